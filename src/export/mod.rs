//! Graphs, overviews and decisions in foreign forms, one file or folder for each form.
//!
//! In: a [`Graph`], a [`Matrix`](crate::Matrix), [`Reasons`](crate::Reasons), a [`Sheet`](crate::Sheet) or what became of [tests](crate::Tested), in
//! the words of the policies. Out: the whole form as one string that ends in a line end, the same
//! bytes for the same question. petgraph writes DOT, dagre (the layout that Mermaid uses) places what is drawn as SVG.
//! Never true here: a question answered, a rule looked at, a file written.

mod decision;
mod dot;
mod ink;
mod json;
mod matrix;
mod mermaid;
mod sql;
mod review;
mod snapshot;
mod svg;
mod test;
mod text;
mod wrap;

pub use decision::{DecisionFormat, DecisionPage, NoLetter, WhyNotPage, decision_formats, no_letter};
#[cfg(feature = "book")]
pub(crate) use matrix::legend as matrix_legend;
pub use matrix::{MatrixFormat, matrix_formats};
pub use review::{
    Approved, FindingsMoved, Needed, ReviewFormat, ReviewPage, Reviewed, classes_in_words, review_formats,
};
pub use snapshot::snapshot;
pub use sql::{SqlDialect, SqlPage, sql_dialects};
pub use test::{TestFormat, coverage_page, mutations_page, test_formats};

use crate::ground::Lang;
use crate::queries::Graph;

/// The card of a form a graph can be written in.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct GraphFormat {
    /// its name on the command line
    pub name: &'static str,
    /// writes a graph in a language; the width counts where the form has lines
    pub render: fn(&Graph, Lang, usize) -> String,
}

/// Every form of a graph; the first is the default.
pub fn graph_formats() -> &'static [GraphFormat] {
    &[text::FORMAT, dot::FORMAT, mermaid::FORMAT, svg::FORMAT, json::FORMAT]
}
