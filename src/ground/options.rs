//! What a run is asked to look at.

use super::Day;

/// The days a check looks at, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// first day
    pub from: Day,
    /// last day
    pub to: Day,
}

/// The options of a run. The library reads no clock: what is not given is not known.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Options {
    /// the days to look at; without it, the years in which the policies' own dates lie
    pub window: Option<Window>,
    /// the day against which "ended" is judged; without it nothing has ended
    pub reference_date: Option<Day>,
    /// the most diagram steps one task may take before its answer is *not proven*
    pub budget: u64,
}

impl Default for Options {
    fn default() -> Self {
        Options { window: None, reference_date: None, budget: 8_000_000 }
    }
}
