//! `matrix`: a table of marks, supports across and the values of one fact down.

use super::{Citation, Clauses, Condition, Grade, Name, Period, Quoted, Test};
use crate::ground::Span;

/// `matrix m "…" { tegn x = kan  | fact | support … | }`: who may be given what, at a glance
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Matrix {
    /// its name
    pub name: Name,
    /// its heading
    pub title: Option<Quoted>,
    /// clauses that hold for every cell
    pub clauses: Clauses,
    /// `tegn x = kan, X = skal`
    pub signs: Vec<Sign>,
    /// the fact whose values head the rows
    pub fact: Option<Name>,
    /// the columns behind it
    pub columns: Vec<MatrixColumn>,
    /// the rows that hold marks
    pub rows: Vec<MatrixRow>,
}

/// `x = kan`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sign {
    /// as it stands in the cells; upper and lower case differ
    pub sign: Name,
    /// what it means
    pub grade: Grade,
    /// `som pligt`
    pub duty: bool,
}

/// A column of a matrix: supports, and what its rows `hjemmel`, `når` and `gyldig` say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MatrixColumn {
    /// the supports or kinds of the heading
    pub supports: Vec<Name>,
    /// `hjemmel`, in place of the matrix's
    pub basis: Vec<Citation>,
    /// `når`, together with the matrix's
    pub when: Option<Condition>,
    /// `gyldig`, in place of the matrix's
    pub valid: Option<Period>,
    /// a cell of it could not be read; the finding is told elsewhere
    pub broken: bool,
}

/// A row of a matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MatrixRow {
    /// the test on the matrix's fact in the first cell
    pub test: Test,
    /// the cells that are not empty
    pub cells: Vec<MatrixCell>,
    /// some cell could not be read; the finding is told elsewhere
    pub broken: bool,
}

/// A cell with something in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MatrixCell {
    /// which of the columns
    pub column: usize,
    /// what it says
    pub mark: Mark,
    /// where
    pub span: Span,
}

/// What stands in a cell of a matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// a grade in words, and whether `som pligt`
    Grade(Grade, bool),
    /// a sign that `tegn` explains, or should
    Sign(String),
}
