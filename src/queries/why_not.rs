//! Why a citizen is not given a support, by the smallest change that would have given it: `docs/semantics.md`,
//! section 13.

use super::graph::all_about;
use super::place;
use super::possible::{nobody, too_much};
use crate::diagram::{Decisions, Diagrams, NO, Node, NotProven};
use crate::evaluate::{self, Case, Known};
use crate::ground::{Region, Text, Witness, text, titled};
use crate::model::{FactId, Grade, Model, Place, Profile, RuleId, SupportId};
use crate::verdict::{Grant, Part, Statements};
use std::collections::BTreeSet;

/// Why a support is not given.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WhyNot {
    /// it is given already, whatever is not known
    Given,
    /// it would have been given
    Change(Change),
    /// no change would have given it
    Never(Never),
}

/// The smallest change that gives a support.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// what would have to be otherwise, by name, `dato` first; nothing where it hangs on unknown facts alone
    pub changes: Vec<FactChange>,
    /// what the unknown facts must then be: any of these boxes; an empty box is "whatever they are"
    pub needs: Region,
    /// a citizen who is given it so
    pub citizen: Witness,
}

/// One fact that would have to be otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FactChange {
    /// the fact's name
    pub fact: String,
    /// the same for people
    pub title: String,
    /// what is known
    pub from: String,
    /// what would give it
    pub to: String,
    /// `skøn`: a person assesses it
    pub assessed: bool,
    /// `fast`, or the date: nobody can change it
    pub fixed: bool,
}

/// A support that nobody is given.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Never {
    /// the strongest that anybody is decided; nothing where everybody is left undecided
    pub strongest: Option<Grant>,
    /// some are left undecided, because the rules contradict each other
    pub undecided: bool,
    /// the rules that refuse it to somebody
    pub rules: Vec<String>,
}

/// The smallest change of what is known that gives a support by `at_least` or a stronger grant.
///
/// # Errors
/// A place, support or fact nobody declared; a value outside its domain; a citizen there cannot be; the budget ran out.
pub(crate) fn why_not(
    model: &Model,
    (place, facts): (&str, &[(String, String)]),
    support: &str,
    at_least: Grant,
    budget: u64,
) -> Result<WhyNot, Text> {
    let module = place::municipality(model, place)?;
    let known = Known::of(model, facts)?;
    let statements = Statements::of(model, Place::of(model, module));
    let support = place::judged(model, &statements, support)?;
    if let Some(problem) = nobody(model, &statements, &known, budget).map_err(too_much)? {
        return Err(problem);
    }
    let at_least = at_least.max(Grant::May);
    let asking = Asking { model, statements: &statements, support, at_least, budget };
    let answer = asking.answer(&known).map_err(too_much)?;
    answer.ok_or_else(|| {
        text!(
            en: "the two evaluators disagree, which is a bug in hjemmel",
            da: "de to beregninger er uenige, hvilket er en fejl i hjemmel"
        )
    })
}

struct Asking<'a> {
    model: &'a Model,
    statements: &'a Statements,
    support: SupportId,
    at_least: Grant,
    budget: u64,
}

impl<'a> Asking<'a> {
    /// The answer; nothing where the plain evaluator does not confirm it.
    fn answer(&self, known: &Known) -> Result<Option<WhyNot>, NotProven> {
        let (diagrams, given) = self.given(&known.0)?;
        if given == diagrams.possible {
            let refuted = known.profile().is_some_and(|profile| !self.confirms(&profile));
            return Ok((!refuted).then_some(WhyNot::Given));
        }
        if known.profile().is_some_and(|profile| self.confirms(&profile)) {
            return Ok(None);
        }
        let (mut diagrams, given) = self.given(&[])?;
        let Some(changed) = diagrams.smallest_change(given, &known.0)? else {
            return self.never(&mut diagrams).map(|never| Some(WhyNot::Never(never)));
        };
        let (mut diagrams, given) = self.given(&changed)?;
        let Some(mut profile) = diagrams.witness(given)? else { return Ok(None) };
        // a fact no rule asks keeps what is known of it
        for (value, known) in profile.0.iter_mut().zip(&changed) {
            *value = known.unwrap_or(*value);
        }
        if !self.confirms(&profile) {
            return Ok(None);
        }
        let boxes = diagrams.cover(given)?;
        if diagrams.truncated {
            return Err(NotProven);
        }
        let needs = boxes.iter().map(|cells| diagrams.box_in_words(cells)).collect();
        let is_changed = |fact: &FactId| known.0[fact.index()] != changed[fact.index()];
        let facts: Vec<FactId> = self.model.fact_ids().filter(is_changed).collect();
        let citizen = diagrams.witness_in_words(&profile, &facts);
        let changes = facts
            .iter()
            .filter_map(|fact| Some(self.change(*fact, known.0[fact.index()]?, changed[fact.index()]?)));
        Ok(Some(WhyNot::Change(Change { changes: changes.collect(), needs, citizen })))
    }

    fn change(&self, fact: FactId, from: i64, to: i64) -> FactChange {
        let fact = &self.model.facts[fact.index()];
        FactChange {
            fact: fact.name.clone(),
            title: titled(&fact.title, &fact.name).to_owned(),
            from: fact.domain.spell_bare(from),
            to: fact.domain.spell_bare(to),
            assessed: fact.assessed,
            fixed: fact.fixed,
        }
    }

    /// Where the support is given, among existing profiles with what is known.
    fn given(&self, known: &[Option<i64>]) -> Result<(Diagrams<'a>, Node), NotProven> {
        let mut diagrams =
            all_about(self.statements, &self.statements.with_members(self.support), |rules| {
                Diagrams::with_known(self.model, self.statements, rules, &[], known, self.budget)
            })?;
        let mut decisions = Decisions::new();
        let decided = diagrams.decision(self.support, &mut decisions)?;
        let is_given = |grant: Option<Grant>| grant.is_some_and(|grant| grant >= self.at_least);
        let given = diagrams.decided_where(decided, &decisions, |d| is_given(d.grant))?;
        Ok((diagrams, given))
    }

    fn confirms(&self, profile: &Profile) -> bool {
        let case = Case::new(self.model, self.statements, profile);
        let grant = evaluate::decision(&case, self.support).grant;
        case.exists() && grant.is_some_and(|grant| grant >= self.at_least)
    }

    fn never(&self, diagrams: &mut Diagrams<'_>) -> Result<Never, NotProven> {
        let mut decisions = Decisions::new();
        let decided = diagrams.decision(self.support, &mut decisions)?;
        let decided = diagrams.of_existing(decided)?;
        let reached = diagrams.reached(decided);
        let grants: BTreeSet<Option<Grant>> =
            reached.into_iter().map(|leaf| decisions.get(leaf).grant).collect();
        let mut rules = BTreeSet::new();
        for support in self.statements.with_members(self.support) {
            self.forbidding(diagrams, support, &mut rules)?;
        }
        Ok(Never {
            strongest: grants.iter().max().copied().flatten(),
            undecided: grants.contains(&None),
            rules: rules.into_iter().map(|rule| self.model.rule(rule).name.clone()).collect(),
        })
    }

    fn forbidding(
        &self,
        diagrams: &mut Diagrams<'_>,
        support: SupportId,
        rules: &mut BTreeSet<RuleId>,
    ) -> Result<(), NotProven> {
        for said in self.statements.about(support) {
            let mut forbids = NO;
            for grade in said.grades.iter().filter(|said| said.grade == Grade::MustNot) {
                let stands = diagrams.stands(said, grade, support)?;
                forbids = diagrams.store.or(forbids, stands)?;
            }
            for precondition in &said.preconditions {
                let active = diagrams.active(said, Part::Precondition, support)?;
                let met = diagrams.formula_in(said.rule, &precondition.formula)?;
                let soft = diagrams.formula_in(said.rule, &self.model.rule(said.rule).deviable)?;
                let fails = diagrams.store.without(active, met)?;
                let firmly = diagrams.store.without(fails, soft)?;
                forbids = diagrams.store.or(forbids, firmly)?;
            }
            if diagrams.store.and(forbids, diagrams.possible)? != NO {
                rules.insert(said.rule);
            }
        }
        Ok(())
    }
}
