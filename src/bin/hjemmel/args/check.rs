//! The flags of `check`.

use super::judging::Judging;
use super::values::output;
use crate::outputs::Output;
use clap::ValueEnum;
use clap::builder::PossibleValuesParser;
use hjemmel::Severity;
use std::path::PathBuf;

/// The flags of `check`.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct CheckArgs {
    /// Policy files (*.hjemmel, *.hjemmel.md) and folders of them; `-` reads one text from standard input
    #[arg(default_value = ".", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// How to write the report; else human
    #[arg(long, value_parser = formats())]
    pub(crate) format: Option<String>,
    /// Also write the report to a file, in another format: sarif=hjemmel.sarif; can be given for each
    #[arg(long, value_name = "FORMAT=FILE", value_parser = output)]
    pub(crate) output: Vec<Output>,
    /// Print only how many findings there are, by module and check; as human or json
    #[arg(long)]
    pub(crate) statistics: bool,
    /// Tell each finding in full, also where a module has so many that alike ones are told together
    #[arg(long)]
    pub(crate) all: bool,
    /// The path that the text on standard input has: it is read in place of that file, with the workspace around it
    #[arg(long, value_name = "PATH")]
    pub(crate) stdin_filename: Option<PathBuf>,
    /// Tell only what these checks find; names as `hjemmel checks` lists them
    #[arg(long, value_name = "CHECK,…", value_delimiter = ',')]
    pub(crate) select: Vec<String>,
    /// Leave out what these checks find
    #[arg(long, value_name = "CHECK,…", value_delimiter = ',')]
    pub(crate) ignore: Vec<String>,
    /// Make the fixes that are sure and were tried, then tell what is left; with `-` print the text
    #[arg(long)]
    pub(crate) fix: bool,
    /// The least severity that makes the exit code 1; else fail_on in hjemmel.toml, else error
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub(crate) fail_on: Option<FailOn>,
    /// Check again when a file changes, and tell what came and what went
    #[arg(long, conflicts_with_all = ["format", "output", "statistics", "fix", "write_baseline", "stdin_filename", "show"])]
    pub(crate) watch: bool,
    /// Known findings: they fail nothing, and only what reaches further is told
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    /// Write all that is found to the file of --baseline, in place of what it says
    #[arg(long, requires = "baseline", conflicts_with_all = ["select", "ignore", "stdin_filename"])]
    pub(crate) write_baseline: bool,
    #[command(flatten)]
    pub(crate) judging: Judging,
    /// Print what a stage made of the texts, for those who build hjemmel
    #[arg(long, hide = true, value_enum, value_name = "STAGE")]
    pub(crate) show: Option<Stage>,
}

/// `--show`
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Stage {
    Tree,
    Model,
}

/// `--fail-on`
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    Error,
    Warning,
    Note,
    Never,
}

impl FailOn {
    /// The level of that name.
    pub(crate) fn named(word: &str) -> Option<FailOn> {
        FailOn::from_str(word, false).ok()
    }

    /// The least severity that fails, if any does.
    pub(crate) fn least(self) -> Option<Severity> {
        match self {
            FailOn::Error => Some(Severity::Error),
            FailOn::Warning => Some(Severity::Warning),
            FailOn::Note => Some(Severity::Note),
            FailOn::Never => None,
        }
    }
}

fn formats() -> PossibleValuesParser {
    PossibleValuesParser::new(hjemmel::report::formats().iter().map(|format| format.name))
}
