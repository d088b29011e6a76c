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
    /// whether somebody gets less than the law gives, or another thing: then no selection leaves it out
    pub is_of_law: bool,
}
