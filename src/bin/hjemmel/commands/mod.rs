//! One file for each subcommand.

mod check;
mod checks;
mod completions;
mod explain;
mod init;
mod man;

pub(crate) use checks::named;

use crate::args::{Args, Color, Command};
use crate::exit::Failure;
use anstream::{AutoStream, ColorChoice};
use hjemmel::Text;
use std::io::{self, Write};

/// Runs the subcommand and says how the program ends.
pub(crate) fn run(args: &Args) -> Result<u8, Failure> {
    match &args.command {
        Command::Check(check) => check::run(check, args.lang, choice(args.color)),
        Command::Checks(checks) => checks::run(checks, args.lang, choice(args.color)),
        Command::Explain(explain) => explain::run(explain, args.lang, choice(args.color)),
        Command::Init(init) => init::run(init, args.lang),
        Command::Completions(completions) => completions::run(completions),
        Command::Man(man) => man::run(man),
    }
}

/// Whether standard output takes colour: the flag, else NO_COLOR, CLICOLOR, CLICOLOR_FORCE and the terminal.
fn choice(color: Color) -> ColorChoice {
    match color {
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
        Color::Auto => AutoStream::choice(&io::stdout()),
    }
}

/// Prints to standard output. A reader who has closed the pipe has read enough.
fn print(page: &str, choice: ColorChoice) -> Result<(), Failure> {
    let mut stdout = AutoStream::new(io::stdout().lock(), choice);
    match stdout.write_all(page.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::from(Text {
            en: format!("cannot write the report: {error}"),
            da: format!("rapporten kan ikke skrives: {error}"),
        })),
        _ => Ok(()),
    }
}
