//! The flags of `book`.

use super::FailOn;
use super::judging::Judging;
use std::path::PathBuf;

const EXIT_CODES: &str = "Exit codes: 0 written, 1 written, with findings at or above --fail-on, \
                               2 the work could not be done, or an answer is not proven.";

/// The flags of `book`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct BookArgs {
    /// Policy files (*.hjemmel, *.hjemmel.md) and folders of them
    #[arg(default_value = ".", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// The folder to write: a new one, an empty one, or that of an earlier book
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// What the book is called; else it is named after those whose rules it holds
    #[arg(long, value_name = "TITLE")]
    pub(crate) title: Option<String>,
    /// The least severity that makes the exit code 1
    #[arg(long, value_enum, default_value_t = FailOn::Never, value_name = "SEVERITY")]
    pub(crate) fail_on: FailOn,
    #[command(flatten)]
    pub(crate) judging: Judging,
}
