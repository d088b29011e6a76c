//! Which checks belong together, where it matters what a reader may set aside.

use super::{
    beyond_law, fettered_discretion, grey_zone, idle_acceptance, impossible_assumption, no_competence,
};
use super::{over_ceiling, undercut, unserved_right};

/// What a check's findings are about, as far as it limits how they may be set aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Family {
    /// what keeps a text from being read, or from being trusted: it is neither accepted nor set lower
    Reading,
    /// somebody gets less than the law gives, or another thing: it is never silent, accepted or not
    Law,
    /// all else
    Other,
}

const READING: [&str; 11] = [
    idle_acceptance::NAME,
    impossible_assumption::NAME,
    "cycle",
    "duplicate-name",
    "empty-range",
    "empty-rule",
    "out-of-domain",
    "syntax-error",
    "type-mismatch",
    "unclear-header",
    "unknown-name",
];

const LAW: [&str; 7] = [
    undercut::NAME,
    over_ceiling::NAME,
    unserved_right::NAME,
    beyond_law::NAME,
    fettered_discretion::NAME,
    no_competence::NAME,
    grey_zone::NAME,
];

/// The family of a check.
pub fn family(check: &str) -> Family {
    if READING.contains(&check) {
        Family::Reading
    } else if LAW.contains(&check) {
        Family::Law
    } else {
        Family::Other
    }
}
