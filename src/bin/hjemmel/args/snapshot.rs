//! The flags of `snapshot`.

use super::values::{jobs, steps, window};
use hjemmel::Window;
use std::path::PathBuf;

const EXIT_CODES: &str = "Exit codes: 0 printed, written or the same, 1 the snapshots say something else, \
                          2 the work could not be done or an answer is not proven.";

const EXAMPLES: &str = "Examples:
  hjemmel snapshot policies            print what the policies mean
  hjemmel snapshot policies --accept   write it beside them
  hjemmel snapshot policies --check    in CI: is it still what is written?
  hjemmel snapshot policies --save vedtaget-2026.json
                                       keep the version as it stands, to compare with later";

/// The flags of `snapshot`.
#[derive(Debug, clap::Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{EXIT_CODES}"))]
pub(crate) struct SnapshotArgs {
    /// Policy files (*.hjemmel, *.hjemmel.md) and folders of them
    #[arg(default_value = ".", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Write nothing: tell what the snapshots say otherwise, and end with 1
    #[arg(long, conflicts_with_all = ["accept", "hash"])]
    pub(crate) check: bool,
    /// Write the snapshots that say something else, and take away those of places that are gone
    #[arg(long, conflicts_with = "hash")]
    pub(crate) accept: bool,
    /// Print the hash of what each place means, and of all places
    #[arg(long)]
    pub(crate) hash: bool,
    /// Write the version as it stands into one file, which `diff` and `approve` read
    #[arg(long, value_name = "FILE", conflicts_with_all = ["check", "accept", "hash"])]
    pub(crate) save: Option<PathBuf>,
    /// The days to look at, both included: 2015-01-01..2019-12-31
    #[arg(long, value_name = "FROM..TO", value_parser = window)]
    pub(crate) window: Option<Window>,
    /// The most steps one question may take before it is left as not proven
    #[arg(long, value_name = "STEPS", value_parser = steps)]
    pub(crate) budget: Option<u64>,
    /// How many threads to use; all cores when not given
    #[arg(long, value_name = "N", value_parser = jobs)]
    pub(crate) jobs: Option<u16>,
}
