//! One file for each subcommand.

mod approve;
mod ask;
pub(crate) mod asking;
mod book;
mod check;
mod checks;
mod compare;
mod completions;
mod config;
mod decide;
mod diff;
mod explain;
mod export;
mod fmt;
mod graph;
mod import;
mod init;
mod man;
mod matrix;
mod snapshot;
mod test;
mod watch;

pub(crate) use checks::named;

use crate::args::{Args, Color, Command};
use crate::exit::Failure;
use anstream::{AutoStream, ColorChoice};
use hjemmel::{Text, Workspace};
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::io::{self, Write};
use std::thread;

/// Runs the subcommand and says how the program ends.
pub(crate) fn run(args: &Args) -> Result<u8, Failure> {
    match &args.command {
        Command::Check(check) => check::run(check, args.lang, choice(args.color)),
        Command::Checks(checks) => checks::run(checks, args.lang, choice(args.color)),
        Command::Fmt(fmt) => fmt::run(fmt, args.lang, choice(args.color)),
        Command::Decide(decide) => decide::run(decide, args.lang, choice(args.color)),
        Command::Ask(ask) => ask::run(ask, args.lang, choice(args.color)),
        Command::Graph(graph) => graph::run(graph, args.lang, choice(args.color)),
        Command::Matrix(matrix) => matrix::run(matrix, args.lang, choice(args.color)),
        Command::Diff(diff) => diff::run(diff, args.lang, choice(args.color)),
        Command::Approve(approve) => approve::run(approve, args.lang, choice(args.color)),
        Command::Compare(compare) => compare::run(compare, args.lang, choice(args.color)),
        Command::Snapshot(snapshot) => snapshot::run(snapshot, args.lang, choice(args.color)),
        #[cfg(feature = "population")]
        Command::Impact(impact) => crate::population::impact::run(impact, args.lang, choice(args.color)),
        Command::Test(test) => test::run(test, args.lang, choice(args.color)),
        Command::Book(book) => book::run(book, args.lang),
        Command::Export(export) => export::run(export, args.lang, choice(args.color)),
        Command::Explain(explain) => explain::run(explain, args.lang, choice(args.color)),
        Command::Config(config) => config::run(config, args.lang),
        Command::Import(import) => import::run(import, args.lang),
        Command::Init(init) => init::run(init, args.lang),
        Command::Completions(completions) => completions::run(completions),
        Command::Man(man) => man::run(man),
    }
}

/// Every thread gets this much: nested conditions are followed by recursion, to a fixed depth.
pub(crate) const STACK: usize = 64 * 1024 * 1024;

/// The threads a subcommand works with; as many as there are cores, when not given.
pub(crate) fn threads(jobs: Option<u16>) -> Result<ThreadPool, Text> {
    let threads = ThreadPoolBuilder::new().num_threads(jobs.map_or(0, usize::from)).stack_size(STACK);
    threads.build().map_err(|error| Text {
        en: format!("cannot start the threads: {error}"),
        da: format!("trådene kan ikke startes: {error}"),
    })
}

/// For this many bytes of policies it is worth starting a thread.
const WORTH_A_THREAD: usize = 1024;

/// The same, and no more than there is work for: who checks one small file waits for no threads to start.
pub(crate) fn threads_for<'a>(
    jobs: Option<u16>,
    workspaces: impl IntoIterator<Item = &'a Workspace>,
) -> Result<ThreadPool, Text> {
    let files = workspaces.into_iter().flat_map(|workspace| workspace.sources().iter());
    let worth = files.map(|(_, file)| file.text.len()).sum::<usize>() / WORTH_A_THREAD;
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let fitting = u16::try_from(worth.clamp(1, cores)).unwrap_or(u16::MAX);
    threads(jobs.or(Some(fitting)))
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
