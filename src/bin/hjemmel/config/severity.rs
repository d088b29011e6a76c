//! `[severity]`: how grave what a check finds is, in all files or in some.

use super::Glob;
use hjemmel::Severity;
use std::collections::BTreeMap;

/// What a check's findings become.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    /// they are not told
    Off,
    Told(Severity),
}

impl Level {
    /// Every level, by the word for it.
    pub(crate) const ALL: [(&'static str, Level); 4] = [
        ("off", Level::Off),
        ("note", Level::Told(Severity::Note)),
        ("warning", Level::Told(Severity::Warning)),
        ("error", Level::Told(Severity::Error)),
    ];

    pub(crate) fn named(word: &str) -> Option<Level> {
        Level::ALL.iter().find(|(name, _)| *name == word).map(|(_, level)| *level)
    }

    pub(crate) fn name(self) -> &'static str {
        Level::ALL.iter().find(|(_, level)| *level == self).map_or("", |(name, _)| name)
    }
}

/// The levels of some checks, each with the line it is set in.
pub(crate) type Levels = BTreeMap<&'static str, (Level, usize)>;

/// All that is set.
#[derive(Clone, Debug, Default)]
pub(crate) struct Severities {
    pub(crate) everywhere: Levels,
    /// in the order of the file
    pub(crate) somewhere: Vec<(Glob, Levels)>,
}

impl Severities {
    /// What a check's findings become in a file, where something is set: the narrowest pattern wins, of two as narrow
    /// the graver level.
    pub(crate) fn of(&self, check: &str, place: Option<&str>) -> Option<Level> {
        let here = self.somewhere.iter().filter(|(glob, _)| place.is_some_and(|place| glob.holds(place)));
        let set = here.filter_map(|(glob, levels)| Some((glob.rank(), levels.get(check)?.0)));
        set.max().map(|(_, level)| level).or_else(|| self.everywhere.get(check).map(|(level, _)| *level))
    }

    /// The checks that are told nowhere.
    pub(crate) fn off_everywhere(&self) -> impl Iterator<Item = &'static str> {
        let off = self.everywhere.iter().filter(|(_, (level, _))| *level == Level::Off);
        off.map(|(check, _)| *check).filter(|check| {
            let mut set = self.somewhere.iter().filter_map(|(_, levels)| levels.get(check));
            set.all(|(level, _)| *level == Level::Off)
        })
    }
}
