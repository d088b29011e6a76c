//! A finding that the policies accept.

use super::{Day, Diagnostic, Span};

/// A finding, or the part of one, that an `accepter` names.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Accepted {
    /// what was found, where it is accepted
    pub finding: Diagnostic,
    /// `fordi`
    pub reason: String,
    /// `indtil`: the last day the acceptance holds
    pub until: Option<Day>,
    /// the acceptance
    pub span: Span,
}

impl Accepted {
    /// A finding and why it is accepted.
    pub fn new(finding: Diagnostic, reason: String, until: Option<Day>, span: Span) -> Self {
        Accepted { finding, reason, until, span }
    }
}
