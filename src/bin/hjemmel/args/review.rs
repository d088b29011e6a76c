//! The flags of `diff` and `compare`.

use super::Written;
use super::values::{day, line};
use clap::ValueEnum;
use clap::builder::PossibleValuesParser;
use hjemmel::Day;
use std::path::PathBuf;

const DIFF_EXIT_CODES: &str = "Exit codes: 0 compared, 1 a change that --fail-on names, bad rows or a missing approval, \
                               2 the work could not be done or an answer is not proven.";

const COMPARE_EXIT_CODES: &str =
    "Exit codes: 0 compared, 2 the work could not be done or an answer is not proven.";

const DIFF_EXAMPLES: &str = "Examples:
  hjemmel diff gammel ny                     two folders or files
  hjemmel diff vedtaget-2026.json policies   since the version that `snapshot --save` wrote
  hjemmel diff main..HEAD -- policies        two revisions in git
  hjemmel diff --base origin/main policies   what this branch changes";

/// The flags of `diff`.
#[derive(Debug, clap::Args)]
#[command(after_help = format!("{DIFF_EXAMPLES}\n\n{DIFF_EXIT_CODES}"))]
pub(crate) struct DiffArgs {
    /// Two folders, files or saved versions, the earlier first; or `REV..REV` and paths; with --base only paths
    #[arg(value_name = "VERSION", required_unless_present = "base")]
    pub(crate) versions: Vec<String>,
    /// Compare what is on disk with where this branch left the revision
    #[arg(long, value_name = "REV")]
    pub(crate) base: Option<String>,
    /// End with 1 if there is such a change
    #[arg(long, value_enum, value_name = "CHANGE", value_delimiter = ',')]
    pub(crate) fail_on: Vec<FailingChange>,
    /// End with 1 if a role that `[approval]` in hjemmel.toml names has not approved the change, or an error hides some of it
    #[arg(long)]
    pub(crate) require_approval: bool,
    /// How to write what changes
    #[arg(long, default_value = "text", value_parser = review_formats())]
    pub(crate) format: String,
    #[cfg(feature = "population")]
    #[command(flatten)]
    pub(crate) many: super::population::CountedArgs,
    #[command(flatten)]
    pub(crate) written: Written,
}

/// `--fail-on` of `diff`
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailingChange {
    /// somebody gets less of something: narrowed, gone, mixed
    Narrowed,
    /// somebody gets more of something: widened, new, mixed
    Widened,
    /// anything changes for anybody
    Any,
    /// a check finds what it did not find before
    NewFindings,
}

/// The flags of `compare`.
#[derive(Debug, clap::Args)]
#[command(after_help = COMPARE_EXIT_CODES)]
pub(crate) struct CompareArgs {
    /// The first municipality or institution
    #[arg(value_name = "FIRST")]
    pub(crate) first: String,
    /// The second; with --at it may be left out
    #[arg(value_name = "SECOND", required_unless_present = "at")]
    pub(crate) second: Option<String>,
    /// Policy files (*.hjemmel, *.hjemmel.md) and folders of them
    #[arg(default_value = ".", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// A fact and its value on either side of a line: alder=29,30
    #[arg(long, value_name = "FACT=VALUE,VALUE", value_parser = line)]
    pub(crate) at: Option<(String, [String; 2])>,
    /// Only this day
    #[arg(long, value_name = "DATE", value_parser = day, conflicts_with = "window")]
    pub(crate) date: Option<Day>,
    /// Only this support, or this kind and what lies below it
    #[arg(long, value_name = "SUPPORT")]
    pub(crate) support: Option<String>,
    /// How to write what differs
    #[arg(long, default_value = "text", value_parser = review_formats())]
    pub(crate) format: String,
    #[command(flatten)]
    pub(crate) written: Written,
}

fn review_formats() -> PossibleValuesParser {
    PossibleValuesParser::new(hjemmel::export::review_formats().iter().map(|format| format.name))
}
