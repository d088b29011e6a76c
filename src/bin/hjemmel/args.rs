//! Flags and their help.

mod approve;
mod book;
mod check;
mod export;
mod import;
mod judging;
#[cfg(feature = "population")]
mod population;
mod questions;
mod review;
mod snapshot;
mod values;

pub(crate) use approve::ApproveArgs;
pub(crate) use book::BookArgs;
pub(crate) use check::{CheckArgs, FailOn, Stage};
pub(crate) use export::{ExportArgs, ExportCommand, SqlArgs};
pub(crate) use import::ImportArgs;
#[cfg(feature = "population")]
pub(crate) use population::{Citizens, CountedArgs, ImpactArgs, ImpactForm};
pub(crate) use questions::{AskArgs, DecideArgs, GraphArgs, Heard, Least, MatrixArgs, TestArgs, Written};
pub(crate) use review::{CompareArgs, DiffArgs, FailingChange};
pub(crate) use snapshot::SnapshotArgs;
pub(crate) use values::{Unfit, day, lang, window};

use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use hjemmel::{Day, Lang, Window};
use std::path::PathBuf;

const EXIT_CODES: &str = "Exit codes: 0 nothing found, 1 findings at or above --fail-on, \
                          2 the work could not be done or an answer is not proven.";

const FMT_EXIT_CODES: &str = "Exit codes: 0 formatted, 1 a file cannot be read as a policy and is left as it is, \
                              or one would change, 2 the work could not be done.";

/// Checks municipal policies against the law: gaps, contradictions, undercuts.
#[derive(Debug, Parser)]
#[command(name = "hjemmel", version, arg_required_else_help = true, max_term_width = 80, after_help = EXIT_CODES)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Language of the report; else HJEMMEL_LANG, hjemmel.toml, the locale
    #[arg(long, global = true, value_name = "LANG", value_parser = lang, hide_possible_values = true, display_order = 90)]
    pub(crate) lang: Option<Lang>,
    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN", display_order = 91)]
    pub(crate) color: Color,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check the policies in files and folders
    Check(CheckArgs),
    /// List the checks: names, Danish names and what each finds
    Checks(ChecksArgs),
    /// Write policies in the one style of the language
    Fmt(FmtArgs),
    /// Decide one citizen's case, with the reasons
    Decide(DecideArgs),
    /// Ask what is not known of a citizen, the most decisive first, and decide
    Ask(AskArgs),
    /// Draw the decision on a support, or what depends on what
    Graph(GraphArgs),
    /// Show who gets what in a municipality: target groups against supports
    Matrix(MatrixArgs),
    /// Show what changes for citizens between two versions of the policies
    Diff(DiffArgs),
    /// Approve what a change does to citizens, as one who must look at it
    Approve(ApproveArgs),
    /// Show where two municipalities treat twins differently, or one the two sides of a line
    Compare(CompareArgs),
    /// Write what the policies mean beside them, tell where that has changed, or keep a version in one file
    Snapshot(SnapshotArgs),
    /// Count who gets what in a whole population, for a council
    #[cfg(feature = "population")]
    Impact(ImpactArgs),
    /// Run the examples and the guarantees of policies
    Test(TestArgs),
    /// Write the policies as a site: rules under their prose, figures, findings, a glossary
    Book(BookArgs),
    /// Write the decisions for another engine: views in SQL
    Export(ExportArgs),
    /// Explain a check, or list them all
    Explain(ExplainArgs),
    /// Show the settings of hjemmel.toml, or their schema
    Config(ConfigArgs),
    /// Make a first table of rules out of a table in Word, Excel, csv or Markdown
    Import(ImportArgs),
    /// Begin: write a hjemmel.toml and a small first policy
    Init(InitArgs),
    /// Print the completions of a shell
    Completions(CompletionsArgs),
    /// Print the manual page, or that of a command
    Man(ManArgs),
}

/// The commands of `config`.
#[derive(Debug, clap::Args)]
pub(crate) struct ConfigArgs {
    #[command(subcommand)]
    pub(crate) command: ConfigCommand,
}

/// What `config` does.
#[derive(Debug, Subcommand)]
pub(crate) enum ConfigCommand {
    /// Show the settings that hold, and where each comes from
    Show(ShowArgs),
    /// Print the JSON schema of hjemmel.toml, for editors
    Schema,
}

/// The flags of `config show`.
#[derive(Debug, clap::Args)]
pub(crate) struct ShowArgs {
    /// A file or folder of the workspace
    #[arg(default_value = ".", value_name = "PATH")]
    pub(crate) path: PathBuf,
    /// How to write the settings
    #[arg(long, value_enum, default_value_t = ListFormat::Human)]
    pub(crate) format: ListFormat,
    /// As with `check`
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub(crate) fail_on: Option<FailOn>,
    /// As with `check`
    #[arg(long, value_name = "FROM..TO", value_parser = window)]
    pub(crate) window: Option<Window>,
    /// As with `check`
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) reference_date: Option<Day>,
}

/// The argument of `init`.
#[derive(Debug, clap::Args)]
pub(crate) struct InitArgs {
    /// The folder to begin in; it is made where it does not exist
    #[arg(default_value = ".", value_name = "DIR")]
    pub(crate) folder: PathBuf,
}

/// The argument of `completions`.
#[derive(Debug, clap::Args)]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    pub(crate) shell: Shell,
}

/// The argument of `man`.
#[derive(Debug, clap::Args)]
pub(crate) struct ManArgs {
    /// The command: check
    #[arg(value_name = "COMMAND")]
    pub(crate) command: Option<String>,
}

/// The flags of `checks`.
#[derive(Debug, clap::Args)]
pub(crate) struct ChecksArgs {
    /// How to write the list
    #[arg(long, value_enum, default_value_t = ListFormat::Human)]
    pub(crate) format: ListFormat,
}

/// `--format` of a list
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum ListFormat {
    Human,
    Json,
}

/// The argument of `explain`.
#[derive(Debug, clap::Args)]
pub(crate) struct ExplainArgs {
    /// The check's name, as findings show it, or its Danish one: undercut, hul
    #[arg(value_name = "CHECK")]
    pub(crate) check: Option<String>,
}

/// The flags of `fmt`.
#[derive(Debug, clap::Args)]
#[command(after_help = FMT_EXIT_CODES)]
pub(crate) struct FmtArgs {
    /// Policy files and folders of them; `-` reads one text from standard input and prints it
    #[arg(default_value = ".", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Write nothing: name the files that would change, and end with 1
    #[arg(long, conflicts_with = "diff")]
    pub(crate) check: bool,
    /// Write nothing: show what would change, and end with 1
    #[arg(long)]
    pub(crate) diff: bool,
    /// The path that the text on standard input has; `.hjemmel.md` is Markdown
    #[arg(long, value_name = "PATH")]
    pub(crate) stdin_filename: Option<PathBuf>,
}

/// `--color`
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}
