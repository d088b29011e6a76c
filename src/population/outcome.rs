//! The decision on one support as cells.

use super::shape::{SupportShape, TermShape};
use crate::evaluate::Decided as Evaluated;
use crate::model::{Domain, Model, RuleId, ValueSet};
use crate::verdict::{Decision, Grant};
use std::sync::Arc;

/// The word of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Word {
    /// `skal`
    Must,
    /// `ret`
    Right,
    /// `kan`
    May,
    /// `må ikke`
    Forbidden,
    /// nothing is said
    Nothing,
    /// `modstrid`: the rules contradict each other, and nothing settles it
    Contradicted,
    /// `uafklaret`: it rests on what is not known
    Open,
}

impl Word {
    /// All of them, the strongest first.
    pub const ALL: [Word; 7] =
        [Word::Must, Word::Right, Word::May, Word::Forbidden, Word::Nothing, Word::Contradicted, Word::Open];

    /// As it is written; nothing where nothing is said.
    pub fn word(self) -> Option<&'static str> {
        match self {
            Word::Must => Some("skal"),
            Word::Right => Some("ret"),
            Word::May => Some("kan"),
            Word::Forbidden => Some("må ikke"),
            Word::Nothing => None,
            Word::Contradicted => Some("modstrid"),
            Word::Open => Some("uafklaret"),
        }
    }

    /// Whether it is kan, ret or skal.
    pub fn is_granted(self) -> bool {
        matches!(self, Word::Must | Word::Right | Word::May)
    }

    fn of(grant: Option<Grant>) -> Self {
        match grant {
            None => Word::Contradicted,
            Some(Grant::Must) => Word::Must,
            Some(Grant::Right) => Word::Right,
            Some(Grant::May) => Word::May,
            Some(Grant::Forbidden) => Word::Forbidden,
            Some(Grant::None) => Word::Nothing,
        }
    }
}

/// What stands in one cell.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Cell {
    /// nothing
    Empty,
    /// words of the language
    Text(String),
    /// a number, scaled by the decimals of its column
    Number(i64),
    /// days since 1970-01-01
    Day(i64),
}

/// The decision on one support, as it is told.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Outcome {
    /// in one word
    pub word: Word,
    /// whether some term of what is granted is left undecided
    pub undecided_term: bool,
    /// which terms are bounded, along those of the support
    pub bounded: Vec<bool>,
    /// a cell for each column of the support
    pub cells: Vec<Cell>,
}

/// The decisions on one support, one for each citizen.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SupportColumn {
    /// the decisions there are, in the order in which they come
    pub outcomes: Vec<Arc<Outcome>>,
    /// for each citizen the place in the list
    pub of_row: Vec<u32>,
}

/// The decisions on all supports.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Decided {
    /// one for each support
    pub supports: Vec<SupportColumn>,
}

fn text(words: Option<String>) -> Cell {
    words.map_or(Cell::Empty, Cell::Text)
}

fn joined(words: Vec<String>) -> Option<String> {
    (!words.is_empty()).then(|| words.join("|"))
}

impl Outcome {
    /// What rests on what is not known.
    pub(super) fn open(shape: &SupportShape) -> Self {
        Outcome::with(shape, Word::Open, vec![Cell::Empty; shape.columns().len() - 1])
    }

    fn with(shape: &SupportShape, word: Word, rest: Vec<Cell>) -> Self {
        let mut cells = vec![text(word.word().map(str::to_owned))];
        cells.extend(rest);
        Outcome { word, undecided_term: false, bounded: vec![false; shape.terms.len()], cells }
    }

    /// A settled decision, and the rules with an active part where they are told.
    pub(super) fn of(model: &Model, shape: &SupportShape, decision: &Decision, rules: &[RuleId]) -> Self {
        let word = Word::of(decision.grant);
        let mut cells = Vec::new();
        let (mut also, mut undecided_term) = (Vec::new(), false);
        let said = [
            (decision.duty && word.is_granted(), "som pligt"),
            (decision.to_be_assessed, "skal vurdere"),
            (decision.recommended, "bør"),
            (decision.discouraged, "bør ikke"),
        ];
        also.extend(said.iter().filter(|(holds, _)| *holds).map(|(_, word)| (*word).to_owned()));
        let mut terms = Vec::new();
        let mut bounded = Vec::new();
        for term in &shape.terms {
            let set = decision.terms.get(&term.id).filter(|_| word.is_granted());
            if let Some(None) = set {
                also.push(format!("modstrid om {}", term.name));
                undecided_term = true;
            }
            let set = set.and_then(Option::as_ref);
            bounded.push(set.is_some());
            terms.extend(term_cells(&model.terms[term.id.index()].domain, term, set));
        }
        cells.extend(shape.has_also.then(|| text(joined(also))));
        cells.extend(terms);
        let names = || rules.iter().map(|id| model.rule(*id).name.clone()).collect();
        cells.extend(shape.has_rules.then(|| text(joined(names()))));
        Outcome { undecided_term, bounded, ..Outcome::with(shape, word, cells) }
    }

    pub(super) fn of_evaluated(model: &Model, shape: &SupportShape, decided: &Evaluated) -> Self {
        Outcome::of(model, shape, &decided.decision, &decided.rules)
    }
}

fn term_cells(domain: &Domain, term: &TermShape, set: Option<&ValueSet>) -> Vec<Cell> {
    let empty = || vec![Cell::Empty; if term.is_range { 2 } else { 1 }];
    let Some(set) = set else { return empty() };
    let set = set.intersection(&domain.all());
    let ranges = domain.written_ranges(&set);
    let (Some((low, _)), Some((_, high))) = (ranges.first(), ranges.last()) else { return empty() };
    if !term.is_range {
        let values = ranges.iter().flat_map(|(low, high)| *low..=*high);
        return vec![text(joined(values.map(|value| domain.spell_bare(value)).collect()))];
    }
    let (least, greatest) = term.bounds;
    let cell = |value: i64, end: i64| match domain {
        _ if value == end => Cell::Empty,
        Domain::Number { .. } | Domain::Money { .. } => Cell::Number(value),
        Domain::Date { .. } => Cell::Day(value),
        _ => Cell::Text(domain.spell_bare(value)),
    };
    vec![cell(*low, least), cell(*high, greatest)]
}
