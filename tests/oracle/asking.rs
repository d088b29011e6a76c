//! What can be decided of a citizen of whom not everything is known, counted out: docs/semantics.md, section 13.

use super::compare::{Difference, workspace};
use super::graphs::{end_words, told_words};
use super::judge::{Decision, Grant, Judge};
use super::policy::{Policy, Speaker};
use super::random::Random;
use super::region::{Space, read_condition};
use hjemmel::Possible;
use std::collections::{BTreeMap, BTreeSet};

/// What is known of a citizen: for each fact its value, or nothing.
pub(crate) type Known = Vec<Option<i64>>;

/// Some citizens of a policy of whom something is known, each in one of the places; most of them exist.
pub(crate) fn citizens(space: &Space<'_>, count: usize) -> Vec<(Speaker, Known)> {
    let policy = space.policy;
    let decides = |place: &Speaker| matches!(place, Speaker::Town | Speaker::OtherTown | Speaker::Home);
    let places: Vec<Speaker> = policy.speakers().into_iter().filter(decides).collect();
    let mut random = Random::new(space.profiles.len() as u64 + 31 * policy.items.len() as u64);
    let existing: Vec<usize> = space.existing.iter().collect();
    let citizen = |number: usize| {
        let exists = !existing.is_empty() && random.chance(90);
        let point =
            if exists { *random.pick(&existing) } else { random.between(0, space.profiles.len() - 1) };
        let share = [30, 70, 100, 0][number % 4];
        let known = space.profiles[point].iter().map(|value| random.chance(share).then_some(*value));
        let known = known.collect();
        (*random.pick(&places), known)
    };
    (0..count).map(citizen).collect()
}

/// What is known, in words.
pub(crate) fn facts(policy: &Policy, known: &Known) -> Vec<(String, String)> {
    let known = policy.facts.iter().zip(known);
    known.filter_map(|(fact, value)| Some((fact.name.clone(), fact.domain.word((*value)?)))).collect()
}

/// The existing profiles with what is known.
pub(crate) fn completions(space: &Space<'_>, known: &Known) -> Vec<usize> {
    let agrees = |point: &usize| {
        space.profiles[*point]
            .iter()
            .zip(known)
            .all(|(value, known)| known.is_none_or(|known| known == *value))
    };
    space.existing.iter().filter(agrees).collect()
}

pub(crate) fn differences(policy: &Policy, count: usize) -> Vec<Difference> {
    let space = Space::new(policy);
    let workspace = workspace(policy);
    let mut differences = Vec::new();
    for (place, known) in citizens(&space, count) {
        let judge = Judge::new(policy, place);
        let facts = facts(policy, &known);
        let right = right(&space, &judge, &known);
        let got = workspace.possible(place.name(), &facts, None);
        let told = match (&right, &got) {
            (None, Err(problem)) if problem.en.starts_with("there can be no such citizen") => None,
            (Some(right), Ok(got)) => different(policy, right, got),
            _ => Some(("nobody", format!("right {:?}, got {got:?}", right.is_some()))),
        };
        if let Some((kind, words)) = told {
            let words = format!("{}, {facts:?}: {words}", place.name());
            differences.push(Difference { kind: format!("asking: {kind}"), words });
        }
    }
    differences
}

/// The values of a fact that lead alike, and how many decisions each of them leaves.
type Ways = BTreeSet<(Vec<i64>, usize)>;

/// A question: the fact, the values that lead alike with what each leaves, the supports that hang on it.
type Question = (String, Ways, Vec<String>);

struct Right {
    /// for each support the words of its possible decisions
    decisions: BTreeMap<String, Vec<String>>,
    questions: Vec<Question>,
}

fn different(policy: &Policy, right: &Right, got: &Possible) -> Option<(&'static str, String)> {
    let decisions: BTreeMap<String, Vec<String>> = got
        .supports
        .iter()
        .map(|support| {
            let words = support.decisions.iter().map(|outcome| told_words(policy, outcome));
            let mut words: Vec<String> = words.collect();
            words.sort();
            (support.support.clone(), words)
        })
        .collect();
    if right.decisions != decisions {
        return Some(("decisions", format!("right {:?}, got {decisions:?}", right.decisions)));
    }
    let question = |asked: &hjemmel::OpenQuestion| {
        let fact = policy.facts.iter().find(|fact| fact.name == asked.fact).unwrap();
        let way = |way: &hjemmel::Way| {
            let test = read_condition(&fact.domain, &way.values).unwrap();
            let values = fact.domain.values().into_iter().filter(|value| test(*value));
            (values.collect(), way.left)
        };
        (asked.fact.clone(), asked.ways.iter().map(way).collect(), asked.supports.clone())
    };
    let questions: Vec<Question> = got.questions.iter().map(question).collect();
    (right.questions != questions)
        .then(|| ("questions", format!("right {:?}, got {questions:?}", right.questions)))
}

/// What the definition says; nothing where there can be no such citizen.
fn right(space: &Space<'_>, judge: &Judge<'_>, known: &Known) -> Option<Right> {
    let policy = space.policy;
    let points = completions(space, known);
    if points.is_empty() {
        return None;
    }
    // for each completion the outcome of each support, by number
    let mut numbers: Vec<BTreeMap<String, usize>> = vec![BTreeMap::new(); judge.judged.len()];
    let mut words: Vec<Vec<String>> = vec![Vec::new(); judge.judged.len()];
    let mut outcomes: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for point in &points {
        let view = judge.at(&space.profiles[*point]);
        let of = |(at, support): (usize, &usize)| {
            let decision = view.decision(*support);
            let (numbers, words) = (&mut numbers[at], &mut words[at]);
            let next = numbers.len();
            *numbers.entry(exactly(&decision)).or_insert_with(|| {
                words.push(end_words(policy, &decision));
                next
            })
        };
        outcomes.insert(*point, judge.judged.iter().enumerate().map(of).collect());
    }
    let name = |at: usize| policy.supports[judge.judged[at]].name.clone();
    let decisions = words.into_iter().enumerate().map(|(at, mut words)| {
        words.sort();
        (name(at), words)
    });
    let counting = Counting { space, known, outcomes };
    let questions = counting.questions();
    let named = |(fact, ways, hanging): (usize, Ways, Vec<usize>)| {
        let mut hanging: Vec<String> = hanging.into_iter().map(name).collect();
        hanging.sort();
        (policy.facts[fact].name.clone(), ways, hanging)
    };
    Some(Right { decisions: decisions.collect(), questions: questions.into_iter().map(named).collect() })
}

/// An outcome, told apart from every other one.
fn exactly(decision: &Decision) -> String {
    let granted = decision.grant.is_some_and(|grant| grant >= Grant::May);
    let Decision { grant, should, should_not, assess, duty, terms } = decision;
    let terms = if granted { terms.as_slice() } else { &[] };
    format!("{grant:?} {should} {should_not} {assess} {} {terms:?}", *duty && granted)
}

struct Counting<'a> {
    space: &'a Space<'a>,
    known: &'a Known,
    outcomes: BTreeMap<usize, Vec<usize>>,
}

impl Counting<'_> {
    fn value(&self, point: usize, fact: usize) -> i64 {
        self.space.profiles[point][fact]
    }

    fn questions(&self) -> Vec<(usize, Ways, Vec<usize>)> {
        let unknown = (0..self.known.len()).filter(|fact| self.known[*fact].is_none());
        let mut ranked: Vec<(usize, Ways)> = unknown.map(|fact| (fact, self.ways(fact))).collect();
        ranked.sort_by_key(|(fact, ways)| {
            let worst = ways.iter().map(|(_, left)| *left).max();
            (worst, ways.len(), self.space.policy.facts[*fact].name.clone())
        });
        let mut kept: BTreeSet<usize> = ranked.iter().map(|(fact, _)| *fact).collect();
        for (fact, _) in ranked.iter().rev() {
            let mut others = kept.clone();
            others.remove(fact);
            if self.torn(&others).is_empty() {
                kept = others;
            }
        }
        let asked = ranked.into_iter().filter(|(fact, _)| kept.contains(fact));
        asked
            .map(|(fact, ways)| {
                let others = kept.iter().copied().filter(|other| *other != fact).collect();
                (fact, ways, self.torn(&others))
            })
            .collect()
    }

    /// The supports of which two completions that agree on these facts differ in an outcome.
    fn torn(&self, facts: &BTreeSet<usize>) -> Vec<usize> {
        let mut first: BTreeMap<Vec<i64>, &Vec<usize>> = BTreeMap::new();
        let mut torn = BTreeSet::new();
        for (point, outcomes) in &self.outcomes {
            let key = facts.iter().map(|fact| self.value(*point, *fact)).collect();
            let known = first.entry(key).or_insert(outcomes);
            torn.extend((0..outcomes.len()).filter(|at| known[*at] != outcomes[*at]));
        }
        torn.into_iter().collect()
    }

    /// The values of a fact that lead alike, and how many decisions each of them leaves.
    fn ways(&self, fact: usize) -> Ways {
        let mut alike: BTreeMap<BTreeMap<Vec<i64>, &Vec<usize>>, Vec<i64>> = BTreeMap::new();
        let mut left = BTreeMap::new();
        for value in self.space.policy.facts[fact].domain.values() {
            let with = self.outcomes.iter().filter(|(point, _)| self.value(**point, fact) == value);
            let with: Vec<(&usize, &Vec<usize>)> = with.collect();
            let Some((_, one)) = with.first() else { continue };
            let distinct = |at: usize| with.iter().map(|(_, outcomes)| outcomes[at]).collect::<BTreeSet<_>>();
            left.insert(value, (0..one.len()).map(|at| distinct(at).len()).sum());
            let others = |point: usize| {
                let mut others = self.space.profiles[point].clone();
                others.remove(fact);
                others
            };
            let signature = with.into_iter().map(|(point, outcomes)| (others(*point), outcomes)).collect();
            alike.entry(signature).or_default().push(value);
        }
        alike.into_values().map(|values| (values.clone(), left[&values[0]])).collect()
    }
}
