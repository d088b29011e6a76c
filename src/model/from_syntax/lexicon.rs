//! What conditions, bounds and citations are read against: the declared words with what they stand for.

use super::coding::Subject;
use super::names::Names;
use super::rates::Rate;
use crate::ground::{Sources, Span, Window};
use crate::model::{ConceptId, DATE, Fact, FactId, Module, Support, SupportId, Term, TermId};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use super::citations::Paragraphs;

/// The finished vocabulary.
#[derive(Debug)]
pub(super) struct Lexicon<'a> {
    pub(super) sources: &'a Sources,
    pub(super) names: Names,
    pub(super) facts: Vec<Fact>,
    pub(super) terms: Vec<Term>,
    pub(super) supports: Vec<Support>,
    pub(super) rates: Vec<Rate>,
    /// a task and a support, and what they are together
    pub(super) pairs: BTreeMap<(SupportId, SupportId), SupportId>,
    pub(super) window: Window,
    /// the values of rates that were told not to fit, by what they were compared with
    pub(super) told_rates: Mutex<BTreeSet<(String, Span)>>,
    /// the concepts that ask what is decided
    pub(super) asking: BTreeSet<ConceptId>,
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

    /// Whether the value of a rate that does not fit is told here: the same one is told once, wherever it is used.
    pub(super) fn tells_rate(&self, compared: &str, written: Span) -> bool {
        let mut told = self.told_rates.lock().unwrap_or_else(PoisonError::into_inner);
        self.names.looks_apart() || told.insert((compared.to_owned(), written))
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
