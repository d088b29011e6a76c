//! Decisions as the ends of a decision graph: only what a reader would tell apart.

use super::{GraphNode, Outcome, Thing};
use crate::ground::{Numbered, Text, text, titled};
use crate::model::{Domain, Model, TermId, ValueSet};
use crate::verdict::{Decision, Grant};
use std::collections::{BTreeMap, BTreeSet};

/// What a reader tells apart: the terms of what is not granted are none.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::queries) struct Told {
    pub grant: Option<Grant>,
    pub duty: bool,
    pub to_be_assessed: bool,
    pub recommended: bool,
    pub discouraged: bool,
    pub terms: BTreeMap<TermId, Option<ValueSet>>,
}

impl Told {
    /// Nothing is decided.
    pub(in crate::queries) fn nothing() -> Self {
        Told {
            grant: Some(Grant::None),
            duty: false,
            to_be_assessed: false,
            recommended: false,
            discouraged: false,
            terms: BTreeMap::new(),
        }
    }

    /// The same by the names of terms, their values in some words.
    pub(in crate::queries) fn outcome(
        &self,
        model: &Model,
        spelled: impl Fn(&Domain, &ValueSet) -> String,
    ) -> Outcome {
        let terms = self.terms.iter().map(|(id, set)| {
            let term = &model.terms[id.index()];
            (term.name.clone(), set.as_ref().map(|set| spelled(&term.domain, set)))
        });
        Outcome {
            grant: self.grant,
            duty: self.duty,
            to_be_assessed: self.to_be_assessed,
            recommended: self.recommended,
            discouraged: self.discouraged,
            terms: terms.collect(),
        }
    }
}

/// Different ends, numbered as they are met.
#[derive(Clone, Debug, Default)]
pub(in crate::queries) struct Outcomes {
    /// terms that are told apart from the ends
    pub(super) apart: BTreeSet<TermId>,
    all: Numbered<Told>,
}

impl Outcomes {
    /// The number of the end a decision is.
    pub(in crate::queries) fn number(&mut self, model: &Model, decision: &Decision) -> u32 {
        let granted = decision.grant.is_some_and(Grant::is_granted);
        let told = |(term, _): &(&TermId, &Option<ValueSet>)| granted && !self.apart.contains(term);
        let terms = decision.terms.iter().filter(told);
        let key = Told {
            grant: decision.grant,
            duty: decision.duty && granted,
            to_be_assessed: decision.to_be_assessed,
            recommended: decision.recommended,
            discouraged: decision.discouraged,
            terms: terms
                .map(|(term, set)| (*term, set.as_ref().map(|set| written(model, *term, set))))
                .collect(),
        };
        self.all.number(key)
    }

    /// What is told at an end.
    pub(in crate::queries) fn told(&self, number: u32) -> &Told {
        self.all.get(number)
    }

    /// An end in the words of the policies.
    pub(in crate::queries) fn outcome(&self, model: &Model, number: u32) -> Option<Outcome> {
        Some(self.all.list().get(number as usize)?.outcome(model, Domain::bound_in_words))
    }

    /// An end as a node.
    pub(super) fn node(&self, model: &Model, number: u32, is_given: bool) -> Option<GraphNode> {
        let key = self.all.list().get(number as usize)?;
        let mut lines = Vec::new();
        if key.duty {
            lines.push(text!(en: "a duty for the citizen", da: "som pligt for borgeren"));
        }
        if key.to_be_assessed {
            lines.push(text!(en: "must be assessed", da: "skal vurderes"));
        }
        if key.recommended {
            lines.push(text!(en: "ought to be given", da: "bør gives"));
        }
        if key.discouraged {
            lines.push(text!(en: "ought not to be given", da: "bør ikke gives"));
        }
        lines.extend(key.terms.iter().map(|(id, set)| term_in_words(model, *id, set.as_ref())));
        let outcome = self.outcome(model, number)?;
        let label = grant_in_words(key.grant, is_given);
        Some(GraphNode { what: Thing::Outcome(outcome), name: String::new(), label, lines })
    }
}

/// The values of a term that can be written: what lies between them is nobody's.
fn written(model: &Model, term: TermId, set: &ValueSet) -> ValueSet {
    let domain = &model.terms[term.index()].domain;
    ValueSet::from_ranges(domain.written_ranges(&set.intersection(&domain.all())))
}

/// A support is given, a task is carried out.
pub(crate) fn grant_in_words(grant: Option<Grant>, is_given: bool) -> Text {
    match grant {
        Some(Grant::Must) if !is_given => text!(en: "must be carried out", da: "skal udføres"),
        Some(Grant::May) if !is_given => text!(en: "may be carried out", da: "kan udføres"),
        Some(Grant::None) if !is_given => text!(en: "no rule speaks of it", da: "ingen regel nævner den"),
        Some(Grant::Forbidden) if !is_given => text!(en: "must not be carried out", da: "må ikke udføres"),
        Some(Grant::Must) => text!(en: "must be given", da: "skal gives"),
        Some(Grant::Right) => text!(en: "a right to it", da: "ret til støtten"),
        Some(Grant::May) => text!(en: "may be given", da: "kan gives"),
        Some(Grant::None) => text!(en: "no rule gives it", da: "ingen regel giver den"),
        Some(Grant::Forbidden) => text!(en: "must not be given", da: "må ikke gives"),
        None => {
            text!(en: "undecided: the rules contradict each other", da: "uafklaret: reglerne modsiger hinanden")
        }
    }
}

/// What a term is decided to be: `Timer om ugen: fra 1 til 3`.
pub(super) fn term_in_words(model: &Model, id: TermId, set: Option<&ValueSet>) -> Text {
    let term = &model.terms[id.index()];
    let name = titled(&term.title, &term.name);
    let mark = if name.ends_with('?') { "" } else { ":" };
    match set {
        Some(set) if set.is_empty() => {
            text!(en: "{name}{mark} no value fits all rules", da: "{name}{mark} ingen værdi passer til alle regler")
        }
        Some(set) => {
            let values = term.domain.bound_in_words(set);
            Text::same(format!("{name}{mark} {values}"))
        }
        None => text!(en: "{name}{mark} undecided", da: "{name}{mark} uafklaret"),
    }
}
