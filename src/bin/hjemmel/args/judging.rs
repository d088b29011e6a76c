//! The flags of every command that judges: which days, against which day, at what cost.

use super::values::{day, jobs, steps, window};
use hjemmel::{Day, Options, Window};

/// How policies are judged.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Judging {
    /// The days to look at, both included: 2015-01-01..2019-12-31
    #[arg(long, value_name = "FROM..TO", value_parser = window)]
    pub(crate) window: Option<Window>,
    /// The day against which "ended" is judged: 2020-01-01
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) reference_date: Option<Day>,
    /// The most steps one question may take before it is left as not proven
    #[arg(long, value_name = "STEPS", value_parser = steps)]
    pub(crate) budget: Option<u64>,
    /// How many threads to use; all cores when not given
    #[arg(long, value_name = "N", value_parser = jobs)]
    pub(crate) jobs: Option<u16>,
}

impl Judging {
    /// The options of a run: what a flag does not say, the configuration does.
    pub(crate) fn options(&self, window: Option<Window>, reference_date: Option<Day>) -> Options {
        let mut options = Options::default();
        options.window = self.window.or(window);
        options.reference_date = self.reference_date.or(reference_date);
        options.budget = self.budget.unwrap_or(options.budget);
        options
    }
}
