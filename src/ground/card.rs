//! What a check is, for whoever asks.

use super::{Severity, Text};

/// A check's published names, its strongest severity, what it is about and why it matters.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Card {
    /// kebab-case, names the problem
    pub name: &'static str,
    /// the same in Danish, to be said aloud; `explain` knows it too
    pub danish: &'static str,
    /// the strongest severity it has
    pub severity: Severity,
    /// one line
    pub about: Text,
    /// when it holds, why it matters, what to do
    pub explanation: Text,
}
