//! A citizen's decisions with their reasons as text, as Markdown and for programs; and the words they share.

mod json;
mod letter;
mod markdown;
mod outline;
mod text;
mod why_not;
mod words;

pub use letter::{NoLetter, no_letter};
pub use why_not::WhyNotPage;

pub(super) use outline::rules;

use crate::ground::Lang;
use crate::queries::{Possible, Reasons};

/// What is written, and how much of it.
#[derive(Clone, Copy, Debug)]
pub struct DecisionPage<'a> {
    /// the case
    pub reasons: &'a Reasons,
    /// what can be decided, where something is not known
    pub possible: Option<&'a Possible>,
    /// every rule that was heard with what became of it, not only those that decide; programs get all of it always
    pub why: bool,
    /// why some support is not given, where that was asked
    pub why_not: Option<WhyNotPage<'a>>,
    /// only some supports were asked about: tasks and steps among them are told one by one
    pub chosen: bool,
    /// where the day comes from, when the reader did not give it
    pub day_from: Option<&'a str>,
    /// the language; programs get names
    pub lang: Lang,
    /// the widest line, where the form has lines
    pub width: usize,
}

/// The card of a form decisions can be written in.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct DecisionFormat {
    /// its name on the command line
    pub name: &'static str,
    /// writes a case
    pub render: fn(&DecisionPage<'_>) -> String,
}

/// Every form of a decision; the first is the default.
pub fn decision_formats() -> &'static [DecisionFormat] {
    &[text::FORMAT, markdown::FORMAT, json::FORMAT, letter::FORMAT]
}
