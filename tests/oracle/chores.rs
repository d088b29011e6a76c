//! What examples claim of tasks and steps, beside a policy that speaks of them: docs/semantics.md, section 9.

use super::compare::{Difference, workspace_with};
use super::conditions::Conditions;
use super::judge::Judge;
use super::policy::{Cond, Grade, Policy, Sort, Speaker};
use super::promised::{Told, failing, found, keep};
use super::promises::{Claim, Example, claim};
use super::random::Random;
use super::region::Space;
use super::text::cond_words;
use hjemmel::{Severity, TestOutcome, TestsAsked};
use std::collections::BTreeMap;

const GRADES: [Option<Grade>; 6] = [
    None,
    Some(Grade::May),
    Some(Grade::Must),
    Some(Grade::MustNot),
    Some(Grade::Should),
    Some(Grade::ShouldNot),
];

/// Some examples about the tasks of a policy; none where it has none.
pub(crate) fn examples(policy: &Policy, seed: u64) -> Vec<Example> {
    let mut random = Random::new(seed ^ 0x0063_686f_7265);
    let all = || 0..policy.supports.len();
    let tasks: Vec<usize> =
        all().filter(|at| matches!(policy.supports[*at].sort, Sort::Task(_) | Sort::Step)).collect();
    let given: Vec<usize> = all().filter(|at| policy.is_given(*at)).collect();
    if tasks.is_empty() {
        return Vec::new();
    }
    let mut example = || {
        let place = match random.between(0, 4) {
            0 => Speaker::OtherTown,
            1 if policy.home.is_some() => Speaker::Home,
            _ => Speaker::Town,
        };
        let mut cond = |depth| Conditions { random: &mut random, policy }.cond(depth);
        let given_facts = Cond::And(vec![cond(0), cond(1)]);
        let at = random.chance(60).then(|| *random.pick(&given));
        let claim = Claim::Done(*random.pick(&GRADES), *random.pick(&tasks), at);
        Example { place, given: given_facts, claim }
    };
    (0..6).map(|_| example()).collect()
}

/// The file that says it.
pub(crate) fn file(policy: &Policy, examples: &[Example]) -> String {
    let words = |(at, example): (usize, &Example)| {
        let (place, given) = (example.place.name(), cond_words(policy, &example.given));
        let claim = claim(policy, &example.claim);
        format!("eksempel \"e{at}\" {{\n    i {place}\n    givet {given}\n    så {claim}\n}}\n")
    };
    examples.iter().enumerate().map(words).collect()
}

/// What should fail, by the example's place and number: nobody where there is no such citizen.
fn due(space: &Space, examples: &[Example]) -> BTreeMap<Told, super::points::Points> {
    let policy = space.policy;
    let judges: Vec<Judge> = policy.speakers().into_iter().map(|place| Judge::new(policy, place)).collect();
    let mut told = BTreeMap::new();
    for (number, example) in examples.iter().enumerate() {
        let Some(judge) = judges.iter().find(|judge| judge.place == example.place) else { continue };
        let given = |profile: &[i64]| policy.holds(&example.given, profile);
        let failing = failing(space, judge, &given, &example.claim);
        let name = format!("{} e{number}", example.place.name());
        keep(&mut told, ("failed-example", name, Severity::Error), failing, Severity::Error);
    }
    told
}

/// Every difference between what is found of the examples and what should be, and what becomes of them as tests.
pub(crate) fn differences(policy: &Policy, seed: u64) -> Vec<Difference> {
    let difference = |kind: &str, words: String| Difference { kind: kind.to_owned(), words };
    let examples = examples(policy, seed);
    let space = Space::new(policy);
    let right = due(&space, &examples);
    let workspace = workspace_with(policy, Some(file(policy, &examples)));
    let checked = workspace.check();
    let mine = checked.findings.iter().filter(|finding| finding.check == "failed-example");
    let got = match found(&space, mine) {
        Ok(got) => got,
        Err(words) => return vec![difference("unreadable example", words)],
    };
    let mut differences = Vec::new();
    let keys: std::collections::BTreeSet<&Told> = right.keys().chain(got.keys()).collect();
    for key in keys.into_iter().filter(|key| right.get(*key) != got.get(*key)) {
        let count = |map: &BTreeMap<Told, super::points::Points>| {
            map.get(key).map_or("nothing".to_owned(), |points| points.count().to_string())
        };
        let words = format!("{key:?}: right {}, got {}", count(&right), count(&got));
        differences.push(difference("wrong failed-example of a task", words));
    }
    for test in workspace.test(TestsAsked::default()).tests {
        let key = ("failed-example", format!("{} {}", test.place, test.name), Severity::Error);
        let holds = matches!(test.outcome, TestOutcome::Passed | TestOutcome::InDoubt(_));
        if holds == right.contains_key(&key) {
            differences.push(difference("wrong test of a task", format!("{key:?}: {:?}", test.outcome)));
        }
    }
    differences
}

/// How many of the examples fail for somebody, and how many hold.
pub(crate) fn counted(policy: &Policy, seed: u64) -> (usize, usize) {
    let examples = examples(policy, seed);
    let failing = due(&Space::new(policy), &examples).len();
    (failing, examples.len() - failing)
}
