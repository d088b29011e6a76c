//! The program: reads files, flags and environment, hands texts to the library, prints what it says.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the program is the door to the outside world"
)]

/// Tasks on all cores make and drop many small things at once.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

mod approvals;
mod args;
mod baseline;
mod commands;
mod config;
mod exit;
mod facts;
mod files;
mod folder;
mod interview;
mod language;
mod nearest;
mod outputs;
#[cfg(feature = "population")]
mod population;
mod replace;
mod selection;
mod snapshots;
mod stdin;
mod terminal;
mod usage;
mod versions;

use clap::Parser;
use std::env;
use std::ffi::OsString;
use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<OsString> = env::args_os().collect();
    usage::choose_color(&words);
    let args = match args::Args::try_parse_from(&words) {
        Ok(args) => args,
        Err(error) => return usage::told(&error, &words),
    };
    exit::guarded(language::choose(args.lang, None), move || commands::run(&args))
}
