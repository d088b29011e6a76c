//! A region in full, for programs: questions that lead to one another. People are shown boxes, and not too many of them.

/// Everybody in a region, however many boxes that takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whole {
    /// each after those it leads to
    pub(crate) questions: Vec<FactAsked>,
    pub(crate) start: Lead,
}

/// A fact, and which of its values lead where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FactAsked {
    pub fact: String,
    pub ways: Vec<(Vec<(i64, i64)>, Lead)>,
}

/// Where an answer leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lead {
    /// to a question, by its place in the list
    To(usize),
    /// into the region, or out of it
    Inside(bool),
}
