//! A decision cut into parts that are asked one by one.
//!
//! Terms often hang on questions of their own: how much the state refunds has nothing to do with who gets the support.
//! In one graph every end then stands as often as there are terms of the other. So a term is taken out of the ends, and
//! asked for itself, wherever that leaves the reader less to look at; a term that is always the same is a note.

use super::outcome::{Outcomes, term_in_words};
use super::{GraphNode, Thing};
use crate::diagram::{Decisions, Diagrams, Flat, Node, NotProven, Step};
use crate::ground::{Text, list, text, titled};
use crate::model::{Model, TermId, ValueSet};
use crate::verdict::Grant;
use std::collections::{BTreeMap, BTreeSet};

/// What is decided of one term where the support is given: nothing set, undecided, or these values.
type Value = Option<Option<ValueSet>>;

/// One term by itself.
pub(super) struct Own {
    pub flat: Flat,
    values: Vec<Value>,
}

impl Own {
    /// The end of that number as a node.
    pub(super) fn node(&self, model: &Model, term: TermId, number: u32) -> Option<GraphNode> {
        let value = self.values.get(number as usize)?;
        let domain = &model.terms[term.index()].domain;
        let (label, words) = match value {
            None => (text!(en: "nothing is set", da: "intet er fastsat"), None),
            Some(None) => (text!(en: "undecided", da: "uafklaret"), None),
            Some(Some(set)) if set.is_empty() => {
                let label = text!(en: "no value fits all rules", da: "ingen værdi passer til alle regler");
                (label, Some(domain.bound_in_words(set)))
            }
            Some(Some(set)) => {
                let words = domain.bound_in_words(set);
                (Text::same(&words), Some(words))
            }
        };
        Some(GraphNode { what: Thing::Value(words), name: String::new(), label, lines: Vec::new() })
    }
}

/// The parts of a decision.
pub(super) struct Parts {
    pub main: Flat,
    pub outcomes: Outcomes,
    own: BTreeMap<TermId, Own>,
}

impl Parts {
    /// Each term by itself, and the whole, from which only what never changes is taken.
    pub(super) fn of(
        diagrams: &mut Diagrams<'_>,
        decided: Node,
        decisions: &Decisions,
    ) -> Result<Self, NotProven> {
        let is_granted = |grant: Option<Grant>| grant.is_some_and(Grant::is_granted);
        let granted = diagrams.decided_where(decided, decisions, |d| is_granted(d.grant))?;
        let mut terms: BTreeSet<TermId> = BTreeSet::new();
        diagrams.store.map(decided, &mut |leaf| {
            terms.extend(decisions.get(leaf).terms.keys());
            0
        })?;
        let mut own = BTreeMap::new();
        for term in terms {
            let mut values: Vec<Value> = Vec::new();
            let ends = diagrams.store.map(decided, &mut |leaf| {
                let value = decisions.get(leaf).terms.get(&term).cloned();
                let known = values.iter().position(|other| *other == value);
                known.unwrap_or_else(|| {
                    values.push(value);
                    values.len() - 1
                }) as u32
            })?;
            own.insert(term, Own { flat: diagrams.flatten(ends, granted)?, values });
        }
        let constant = own.iter().filter(|(_, own)| own.flat.questions.is_empty());
        let apart = constant.map(|(term, _)| *term).collect();
        let (main, outcomes) = without(diagrams, decided, decisions, apart)?;
        Ok(Parts { main, outcomes, own })
    }

    /// Takes terms out, the one that helps most first, as long as it helps.
    pub(super) fn cut(
        &mut self,
        diagrams: &mut Diagrams<'_>,
        decided: Node,
        decisions: &Decisions,
    ) -> Result<(), NotProven> {
        loop {
            let effort_now = effort(&self.main);
            let mut best: Option<(usize, Flat, Outcomes)> = None;
            for (term, own) in &self.own {
                let mut apart = self.outcomes.apart.clone();
                if !apart.insert(*term) {
                    continue;
                }
                let (main, outcomes) = without(diagrams, decided, decisions, apart)?;
                let effort = effort(&main) + effort(&own.flat);
                if effort < best.as_ref().map_or(effort_now, |(least, ..)| *least) {
                    best = Some((effort, main, outcomes));
                }
            }
            let Some((_, main, outcomes)) = best else { return Ok(()) };
            (self.main, self.outcomes) = (main, outcomes);
        }
    }

    /// The terms that are asked for themselves.
    pub(super) fn apart(&self, model: &Model) -> Vec<(TermId, &Own)> {
        let asked = self
            .own
            .iter()
            .filter(|(term, own)| self.outcomes.apart.contains(term) && !own.flat.questions.is_empty());
        let mut asked: Vec<(TermId, &Own)> = asked.map(|(term, own)| (*term, own)).collect();
        asked.sort_by_key(|(term, _)| &model.terms[term.index()].title);
        asked
    }

    /// The terms that never change where the support is given, and what they are.
    fn constant(&self) -> impl Iterator<Item = (TermId, Option<&ValueSet>)> {
        self.own.iter().filter_map(|(term, own)| match own.flat.start {
            Some(Step::Answer(leaf)) => {
                own.values.get(leaf as usize)?.as_ref().map(|value| (*term, value.as_ref()))
            }
            _ => None,
        })
    }

    /// The same, as the language bounds them.
    pub(super) fn always(&self, model: &Model) -> Vec<(String, Option<String>)> {
        let in_words = |(term, set): (TermId, Option<&ValueSet>)| {
            let term = &model.terms[term.index()];
            (term.name.clone(), set.map(|set| term.domain.bound_in_words(set)))
        };
        self.constant().map(in_words).collect()
    }

    /// What holds whenever the support is given, and which terms are asked for themselves.
    pub(super) fn notes(&self, model: &Model) -> Vec<Text> {
        let always: Vec<Text> = self.constant().map(|(term, set)| term_in_words(model, term, set)).collect();
        let mut notes = Vec::new();
        if !always.is_empty() {
            let da = always.iter().map(|text| text.da.as_str()).collect::<Vec<_>>().join("; ");
            let en = always.iter().map(|text| text.en.as_str()).collect::<Vec<_>>().join("; ");
            notes.push(Text {
                en: format!("Always, when it is given: {en}"),
                da: format!("Altid, når støtten gives: {da}"),
            });
        }
        let title = |term: TermId| titled(&model.terms[term.index()].title, &model.terms[term.index()].name);
        let apart: Vec<&str> = self.apart(model).iter().map(|(term, _)| title(*term)).collect();
        if !apart.is_empty() {
            let names = list(&apart);
            notes.push(Text {
                en: format!("Asked for themselves, below: {}", names.en),
                da: format!("Spurgt for sig, nedenfor: {}", names.da),
            });
        }
        notes
    }
}

/// What one picture holds at a glance.
const GLANCE: usize = 24;

/// What a graph asks of its reader: each way once, and beyond a glance each way the more, the more there are.
fn effort(flat: &Flat) -> usize {
    let (ways, beyond) = (flat.ways(), flat.ways().saturating_sub(GLANCE));
    ways + beyond * beyond / 8
}

fn without(
    diagrams: &mut Diagrams<'_>,
    decided: Node,
    decisions: &Decisions,
    apart: BTreeSet<TermId>,
) -> Result<(Flat, Outcomes), NotProven> {
    let mut outcomes = Outcomes::default();
    outcomes.apart = apart;
    let model = diagrams.model;
    let ends = diagrams.store.map(decided, &mut |leaf| outcomes.number(model, decisions.get(leaf)))?;
    let possible = diagrams.possible;
    Ok((diagrams.flatten(ends, possible)?, outcomes))
}
