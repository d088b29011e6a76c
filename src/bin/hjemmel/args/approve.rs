//! The flags of `approve`.

use super::values::{day, steps, window};
use hjemmel::{Day, Window};

const EXIT_CODES: &str = "Exit codes: 0 approved, 2 the work could not be done.";

const EXAMPLES: &str = "Examples:
  hjemmel approve --base origin/main policies --role jurist --reason \"LAB § 31 b gives no more\"
  hjemmel approve main..HEAD policies --role økonomi --reason \"within the budget of 2026\"";

/// The flags of `approve`.
#[derive(Debug, clap::Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{EXIT_CODES}"))]
pub(crate) struct ApproveArgs {
    /// The change, as with `diff`: two folders, files or saved versions; or `REV..REV` and paths; with --base only paths
    #[arg(value_name = "VERSION", required_unless_present = "base")]
    pub(crate) versions: Vec<String>,
    /// What is on disk against where this branch left the revision
    #[arg(long, value_name = "REV")]
    pub(crate) base: Option<String>,
    /// As whom you approve: a role of `[approval]` in hjemmel.toml
    #[arg(long, value_name = "ROLE")]
    pub(crate) role: String,
    /// Why the change is right
    #[arg(long, value_name = "WORDS")]
    pub(crate) reason: String,
    /// Who approves; else who git says you are
    #[arg(long, value_name = "NAME")]
    pub(crate) by: Option<String>,
    /// The day of the approval; else today
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) date: Option<Day>,
    /// The days to look at, both included: 2015-01-01..2019-12-31
    #[arg(long, value_name = "FROM..TO", value_parser = window)]
    pub(crate) window: Option<Window>,
    /// The most steps one question may take before it is left as not proven
    #[arg(long, value_name = "STEPS", value_parser = steps)]
    pub(crate) budget: Option<u64>,
}
