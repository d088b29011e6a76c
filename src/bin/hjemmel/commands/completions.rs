//! `hjemmel completions`: what a shell needs to complete a command line.

use crate::args::{Args, CompletionsArgs};
use crate::exit::{self, Failure};
use anstream::ColorChoice;
use clap::CommandFactory;

pub(crate) fn run(args: &CompletionsArgs) -> Result<u8, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), env!("CARGO_PKG_NAME"), &mut script);
    super::print(&String::from_utf8_lossy(&script), ColorChoice::Never)?;
    Ok(exit::CLEAN)
}
