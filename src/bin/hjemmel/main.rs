//! The program: reads files, flags and environment, hands texts to the library, prints what it says.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the program is the door to the outside world"
)]

mod args;
mod commands;
mod config;
mod exit;
mod files;
mod language;
mod nearest;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = args::Args::parse();
    exit::guarded(language::choose(args.lang, None), move || commands::run(&args))
}
