//! What conditions, bounds and citations are read against: the declared words with what they stand for.

use super::coding::Subject;
use super::names::Names;
use crate::ground::{Sources, Span};
use crate::model::{DATE, Fact, FactId, Module, Term, TermId};

use super::citations::Paragraphs;

/// The finished vocabulary.
#[derive(Debug)]
pub(super) struct Lexicon<'a> {
    pub(super) sources: &'a Sources,
    pub(super) names: Names,
    pub(super) facts: Vec<Fact>,
    pub(super) terms: Vec<Term>,
    pub(super) modules: Vec<Module>,
    /// by module
    pub(super) paragraphs: Vec<Paragraphs>,
}

impl Lexicon<'_> {
    /// The author's own words of a comparison, on one line and without `er`.
    pub(super) fn words(&self, span: Span) -> String {
        let words = self.sources.words(span).split_whitespace().collect::<Vec<_>>().join(" ");
        words.strip_prefix("er ").map_or(words.clone(), str::to_owned)
    }

    /// A fact, to compare with.
    pub(super) fn fact(&self, id: FactId) -> Option<Subject<'_>> {
        let fact = self.facts.get(id.index())?;
        Some(Subject { name: &fact.name, domain: &fact.domain, open: id == DATE, sources: self.sources })
    }

    /// A term, to bound.
    pub(super) fn term(&self, id: TermId) -> Option<Subject<'_>> {
        let term = self.terms.get(id.index())?;
        Some(Subject { name: &term.name, domain: &term.domain, open: false, sources: self.sources })
    }
}
