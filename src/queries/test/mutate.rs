//! Which small changes of rules the examples and guarantees would notice (`docs/semantics.md`, section 16).

use super::mutants::{Mutant, Operator, mutants};
use super::paste::{fails_of_a_task, holds_of_a_term};
use super::shown::names;
use super::subject::{Subject, short_name};
use super::{Planned, TestKind, TestOutcome, holding, planned, run};
use crate::diagram::{Diagrams, NO, Node, NotProven, YES};
use crate::ground::{Span, Text, text};
use crate::model::{
    DATE, EffectKind, Formula, Model, ModuleId, Place, Rule, RuleId, SupportId, TermId, ValueSet,
};
use crate::queries::place::deciding;
use crate::verdict::{Decision, Grant, Statements};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// A small change of a rule, and whether the tests notice.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mutation {
    /// what it does
    pub operator: Operator,
    /// the rule's full name
    pub rule: String,
    /// where the rule's name stands
    pub span: Span,
    /// the change
    pub words: Text,
    /// what became of it
    pub fate: Fate,
}

/// What becomes of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fate {
    /// this test fails
    Caught(String),
    /// every citizen is decided as before
    Same,
    /// no test fails; an example that would, where one can be written
    Survived(Option<String>),
}

/// A support in a place where a change makes a difference.
struct Difference {
    place: usize,
    support: SupportId,
    /// the tests that look at somebody of whom something else is decided
    tests: Vec<usize>,
}

/// Changes every rule a little, one change at a time.
///
/// # Errors
/// More steps than are allowed.
pub(crate) fn mutate(model: &Model, budget: u64) -> Result<Vec<Mutation>, Text> {
    let asking = Asking::new(model, budget);
    asking.mutations().map_err(|NotProven| {
        text!(
            en: "not proven: the budget ran out before it was known what the tests notice; a larger `--budget` may help",
            da: "ikke bevist: beregningsrammen slap op, før det var kendt, hvad prøverne opdager; prøv med en større `--budget`"
        )
    })
}

struct Asking<'a> {
    model: &'a Model,
    budget: u64,
    places: Vec<(ModuleId, Statements)>,
    tests: Vec<Planned<'a>>,
    mutants: Vec<Mutant>,
}

impl<'a> Asking<'a> {
    fn new(model: &'a Model, budget: u64) -> Self {
        let places: Vec<(ModuleId, Statements)> = deciding(model)
            .into_par_iter()
            .map(|id| (id, Statements::of(model, Place::of(model, id))))
            .collect();
        Asking { model, budget, places, tests: planned(model), mutants: mutants(model) }
    }

    fn mutations(&self) -> Result<Vec<Mutation>, NotProven> {
        let views: Vec<(usize, SupportId)> = self
            .places
            .iter()
            .enumerate()
            .flat_map(|(at, (_, statements))| statements.judged.iter().map(move |id| (at, *id)))
            .collect();
        let looked = views.par_iter().map(|(place, support)| self.differences(*place, *support));
        let looked: Vec<Vec<(usize, Difference)>> = looked.collect::<Result<_, _>>()?;
        let mut differences: BTreeMap<usize, Vec<Difference>> = BTreeMap::new();
        for (mutant, difference) in looked.into_iter().flatten() {
            differences.entry(mutant).or_default().push(difference);
        }
        let holding = holding(self.model, &self.places, &self.tests, self.budget);
        let fate = |number: usize| {
            let mutant = &self.mutants[number];
            let rule = self.model.rule(mutant.rule);
            let fate = match differences.get(&number) {
                None => Fate::Same,
                Some(differences) => self.fate(number, differences, &holding)?,
            };
            Ok(Mutation {
                operator: mutant.operator,
                rule: rule.name.clone(),
                span: rule.name_span,
                words: mutant.words.clone(),
                fate,
            })
        };
        (0..self.mutants.len()).into_par_iter().map(fate).collect()
    }

    /// The changes that decide a support otherwise for somebody in a place.
    fn differences(&self, place: usize, support: SupportId) -> Result<Vec<(usize, Difference)>, NotProven> {
        let (id, statements) = &self.places[place];
        let mutants = self.concerning(statements, support);
        if mutants.is_empty() {
            return Ok(Vec::new());
        }
        let own = (0..self.tests.len()).filter(|at| self.tests[*at].place == *id);
        let own: Vec<usize> =
            own.filter(|at| names(self.model, statements, self.tests[*at].claims, support)).collect();
        // the condition of a guarantee may ask what is decided: it is run whomever the change is about
        let (examples, guarantees): (Vec<usize>, Vec<usize>) =
            own.into_iter().partition(|at| self.tests[*at].kind == TestKind::Example);
        let given: Vec<&Formula> = examples.iter().map(|at| self.tests[*at].given).collect();
        let mut subject = self.looking(place, support, &mutants, &given)?;
        let mut about = Vec::new();
        for (test, given) in examples.iter().zip(given) {
            about.push((*test, subject.diagrams.formula(given)?));
        }
        let mut found = Vec::new();
        for number in mutants {
            let (differing, _) = self.compared(&mut subject, number)?;
            if differing == NO {
                continue;
            }
            let mut tests = guarantees.clone();
            for (test, node) in &about {
                if subject.diagrams.store.and(*node, differing)? != NO {
                    tests.push(*test);
                }
            }
            found.push((number, Difference { place, support, tests }));
        }
        Ok(found)
    }

    /// The changes of rules that a decision rests on.
    fn concerning(&self, statements: &Statements, support: SupportId) -> Vec<usize> {
        let rules = resting(self.model, statements, &statements.with_members(support));
        (0..self.mutants.len()).filter(|at| rules.contains(&self.mutants[*at].rule)).collect()
    }

    /// A support in a place, in a space that tells apart whatever these changes and conditions do.
    fn looking(
        &self,
        place: usize,
        support: SupportId,
        mutants: &[usize],
        given: &[&Formula],
    ) -> Result<Subject<'_>, NotProven> {
        let (id, statements) = &self.places[place];
        let changed = || mutants.iter().map(|at| &self.mutants[*at].changed);
        let days: Vec<Formula> =
            changed().map(|rule| Formula::Test(DATE, self.model.days_of(rule))).collect();
        let conditions = changed().flat_map(conditions).chain(given.iter().copied()).chain(&days);
        let conditions: Vec<&Formula> = conditions.collect();
        Subject::new(self.model, statements, (*id, support), &conditions, self.budget)
    }

    /// Where a change decides the support otherwise, and where an example can tell.
    fn compared(&self, subject: &mut Subject<'_>, number: usize) -> Result<(Node, Node), NotProven> {
        subject.diagrams.store.allow(self.budget);
        let changed = self.changed(&self.mutants[number]);
        let was = subject.diagrams.statements;
        let statements = Statements::of(&changed, was.place.clone());
        let support = subject.support;
        // with other rules an art may be judged no longer: what is below it is looked at all the same
        let all = was.with_members(support);
        let rules: Vec<RuleId> = resting(&changed, &statements, &all).into_iter().collect();
        let mut other = subject.diagrams.anew(&changed, &statements, &rules)?;
        for id in all {
            other.prepare(id)?;
        }
        let decided = other.decision(support, &mut subject.decisions)?;
        let differing = other.store.zip(subject.decided, decided, &mut |was, is| u32::from(was != is))?;
        let telling = if self.model.supports[support.index()].is_kind {
            let fails = fails_of_a_kind(&mut other, support, decided, subject)?;
            other.store.and(fails, differing)?
        } else {
            let decisions = &subject.decisions;
            let is_given = self.model.supports[support.index()].is_given();
            let tells = |was: &Decision, is: &Decision| match is_given {
                true => tells(self.model, was, is),
                false => was.grant.is_some() && fails_of_a_task(was, is),
            };
            other.store.zip(subject.decided, decided, &mut |was, is| {
                u32::from(was != is && tells(decisions.get(was), decisions.get(is)))
            })?
        };
        let possible = other.possible;
        let differing = other.store.and(differing, possible)?;
        let telling = other.store.and(telling, possible)?;
        subject.diagrams.store = other.store;
        Ok((differing, telling))
    }

    fn fate(
        &self,
        number: usize,
        differences: &[Difference],
        holding: &BTreeSet<usize>,
    ) -> Result<Fate, NotProven> {
        let changed = self.changed(&self.mutants[number]);
        let tests: BTreeSet<usize> = differences.iter().flat_map(|found| &found.tests).copied().collect();
        let mut statements: BTreeMap<ModuleId, Statements> = BTreeMap::new();
        for at in tests.intersection(holding) {
            let test = &self.tests[*at];
            let own = statements
                .entry(test.place)
                .or_insert_with(|| Statements::of(&changed, Place::of(&changed, test.place)));
            if run(&changed, own, test, self.budget)? != TestOutcome::Passed {
                return Ok(Fate::Caught(test.name.to_owned()));
            }
        }
        for difference in differences {
            let example = self.example(number, difference)?;
            if example.is_some() {
                return Ok(Fate::Survived(example));
            }
        }
        Ok(Fate::Survived(None))
    }

    /// The model with the change made.
    fn changed(&self, mutant: &Mutant) -> Model {
        let mut changed = self.model.clone();
        changed.rules[mutant.rule.index()] = mutant.changed.clone();
        changed
    }

    /// An example that would notice.
    fn example(&self, number: usize, difference: &Difference) -> Result<Option<String>, NotProven> {
        let mut subject = self.looking(difference.place, difference.support, &[number], &[])?;
        let (_, telling) = self.compared(&mut subject, number)?;
        let mutant = &self.mutants[number];
        let title = format!("{}: {}", short_name(self.model, mutant.rule), mutant.words.da);
        let title = title.replace(['"', '`'], "");
        Ok(subject.written(&title, telling)?.map(|(text, _)| text))
    }
}

/// The conditions of a rule.
fn conditions(rule: &Rule) -> impl Iterator<Item = &Formula> {
    let preconditions = rule.effects.iter().filter_map(|effect| match &effect.kind {
        EffectKind::Precondition(formula) => Some(formula),
        _ => None,
    });
    std::iter::once(&rule.when).chain(preconditions)
}

/// Where an example of what was decided of an art fails with other rules: there it speaks of all below the art.
fn fails_of_a_kind(
    other: &mut Diagrams<'_>,
    kind: SupportId,
    decided: Node,
    subject: &mut Subject<'_>,
) -> Result<Node, NotProven> {
    let mut all = if other.statements.judged.contains(&kind) { vec![decided] } else { Vec::new() };
    for member in subject.diagrams.statements.members.get(&kind).into_iter().flatten() {
        all.push(other.decision(*member, &mut subject.decisions)?);
    }
    let decisions = &subject.decisions;
    let mut fails = NO;
    for grant in [Grant::Forbidden, Grant::None, Grant::May, Grant::Right, Grant::Must] {
        let most = if grant.is_granted() { grant } else { Grant::None };
        let (mut none_more, mut some) = (YES, if grant.is_granted() { NO } else { YES });
        for node in &all {
            let within = |own: &Decision| own.grant.is_some_and(|own| own <= most);
            let within = other.decided_where(*node, decisions, within)?;
            none_more = other.store.and(none_more, within)?;
            let just = other.decided_where(*node, decisions, |own| own.grant == Some(grant))?;
            some = other.store.or(some, just)?;
        }
        let holds = other.store.and(none_more, some)?;
        let was = other
            .store
            .map(subject.decided, &mut |leaf| u32::from(decisions.get(leaf).grant == Some(grant)))?;
        let here = other.store.without(was, holds)?;
        fails = other.store.or(fails, here)?;
    }
    Ok(fails)
}

/// Whether an example of what was decided of a support fails where something else is.
fn tells(model: &Model, was: &Decision, is: &Decision) -> bool {
    let Some(grant) = is.grant else { return true };
    match was.grant {
        None => return false,
        Some(Grant::None) if !grant.is_granted() => return false,
        Some(own) if own != grant => return true,
        Some(_) if !grant.is_granted() => return false,
        Some(_) => {}
    }
    let advice = (was.recommended && !is.recommended)
        || (was.discouraged && !is.discouraged)
        || (was.to_be_assessed && !is.to_be_assessed);
    let within = |(term, set): (&TermId, &Option<ValueSet>)| {
        let all = model.terms[term.index()].domain.all();
        match (set, is.terms.get(term)) {
            // nothing is claimed of a term that is not bounded, or bounded to nothing
            (Some(set), _) if all.is_subset(set) || set.intersection(&all).is_empty() => true,
            (Some(set), Some(Some(other))) => holds_of_a_term(&model.terms[term.index()].domain, set, other),
            (Some(_), _) => false,
            (None, _) => true,
        }
    };
    advice || !was.terms.iter().all(within)
}

/// All rules the decisions on some supports rest on.
fn resting(model: &Model, statements: &Statements, supports: &[SupportId]) -> BTreeSet<RuleId> {
    let rules: Vec<RuleId> =
        supports.iter().flat_map(|id| statements.about(*id)).map(|said| said.rule).collect();
    statements.closure(model, &rules, &[]).0.iter().collect()
}
