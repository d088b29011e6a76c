//! What one citizen gets from a municipality or an institution.

use super::place;
use crate::evaluate::{self, Case, Known};
use crate::ground::{Day, Text, text, titled};
use crate::model::{Model, TermId, ValueSet};
use crate::verdict::{Grant, Place, Statements};

/// The decision on one support, or on one kind that carries a duty of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Decision {
    /// the support's name
    pub support: String,
    /// what is granted; nothing where a layer contradicts itself and no other settles it
    pub grant: Option<Grant>,
    /// the terms some rule bounds, by name
    pub terms: Vec<TermDecision>,
    /// `bør`
    pub recommended: bool,
    /// `bør ikke`
    pub discouraged: bool,
    /// `skal vurdere`
    pub to_be_assessed: bool,
    /// `som pligt`: the citizen must take part
    pub duty: bool,
    /// the full names of the rules with a part in it
    pub rules: Vec<String>,
}

impl Decision {
    /// Whether the rules contradict each other in it, and nothing settles it: in the grant, or in a term of what is
    /// granted.
    pub fn is_undecided(&self) -> bool {
        let granted = |grant: Grant| grant.is_granted();
        self.grant.is_none_or(|grant| granted(grant) && self.terms.iter().any(|term| term.ranges.is_none()))
    }
}

/// What is decided on one term.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TermDecision {
    /// the term's name
    pub term: String,
    /// the same for people
    pub title: String,
    /// the ranges of values allowed, both ends included, as the language writes them; nothing where undecided
    pub ranges: Option<Vec<(String, String)>>,
    /// the same as a policy bounds a term: `mindst 6 måneder`
    pub words: Option<String>,
    /// the same for people: values of a list by their titles
    pub told: Option<String>,
    /// `internt`: no matter between the authority and the citizen
    pub internal: bool,
}

/// The day that is among the facts.
pub(crate) fn day_given(facts: &[(String, String)]) -> Option<Day> {
    facts.iter().find(|(name, _)| name == "dato").and_then(|(_, word)| evaluate::day_from_words(word))
}

/// Decides every judged support for one fully known citizen.
///
/// # Errors
/// An unknown municipality or institution; a fact unknown, missing, given twice or outside its domain; a citizen that an `antag`
/// excludes.
pub(crate) fn decide(model: &Model, place: &str, facts: &[(String, String)]) -> Result<Vec<Decision>, Text> {
    let module = place::municipality(model, place)?;
    let known = Known::of(model, facts)?;
    let profile = known.profile().ok_or_else(|| {
        let name = known.first_unknown().map_or("", |fact| &model.facts[fact.index()].name);
        text!(en: "`{name}` is not given", da: "`{name}` er ikke oplyst")
    })?;
    let statements = Statements::of(model, Place::of(model, module));
    let case = Case::new(model, &statements, &profile);
    if let Some(broken) = model.assumptions.iter().find(|assumption| !case.holds(&assumption.formula)) {
        let title = &broken.title;
        return Err(text!(
            en: "there can be no such citizen: it is assumed that \"{title}\"",
            da: "sådan en borger kan ikke findes: det antages, at \"{title}\""
        ));
    }
    let decided = evaluate::decide(&case);
    Ok(decided.into_iter().map(|decided| in_words(model, decided)).collect())
}

/// A decision in names.
pub(super) fn in_words(model: &Model, decided: evaluate::Decided) -> Decision {
    let decision = decided.decision;
    Decision {
        support: model.supports[decided.support.index()].name.clone(),
        grant: decision.grant,
        terms: decision.terms.into_iter().map(|(id, set)| term_in_words(model, id, set)).collect(),
        recommended: decision.recommended,
        discouraged: decision.discouraged,
        to_be_assessed: decision.to_be_assessed,
        duty: decision.duty,
        rules: decided.rules.iter().map(|id| model.rule(*id).name.clone()).collect(),
    }
}

/// What is decided on a term, in words.
pub(super) fn term_in_words(model: &Model, id: TermId, set: Option<ValueSet>) -> TermDecision {
    let term = &model.terms[id.index()];
    let word = |value: i64| term.domain.spell_bare(value);
    let ranges = |set: &ValueSet| set.ranges().iter().map(|(low, high)| (word(*low), word(*high))).collect();
    TermDecision {
        term: term.name.clone(),
        title: titled(&term.title, &term.name).to_owned(),
        ranges: set.as_ref().map(ranges),
        words: set.as_ref().map(|set| term.domain.bound_in_words(set)),
        told: set.map(|set| term.domain.bound_for_people(&set)),
        internal: term.internal,
    }
}
