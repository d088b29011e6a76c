//! The smallest change that would have given a support, counted out: docs/semantics.md, section 13.

use super::asking::{Known, citizens, completions, facts};
use super::compare::{Difference, workspace};
use super::judge::{Grant, Judge};
use super::policy::{Grade, Policy};
use super::region::Space;
use hjemmel::{Change, Never, WhyNot};
use std::collections::BTreeSet;

pub(crate) fn differences(policy: &Policy, count: usize) -> Vec<Difference> {
    let space = Space::new(policy);
    let workspace = workspace(policy);
    let mut differences = Vec::new();
    for (number, (place, known)) in citizens(&space, count).into_iter().enumerate() {
        if completions(&space, &known).is_empty() {
            continue;
        }
        let judge = Judge::new(policy, place);
        let support = judge.judged[number % judge.judged.len()];
        let least = [Grant::May, Grant::Right, Grant::May, Grant::Must][number % 4];
        let asking = Asking { space: &space, judge: &judge, known: &known, support, least };
        let (facts, name) = (facts(policy, &known), &policy.supports[support].name);
        let told = match workspace.why_not(place.name(), &facts, name, public(least)) {
            Ok(got) => asking.different(&got),
            Err(problem) => Some(problem.en),
        };
        if let Some(words) = told {
            let words = format!("`{name}` by {least:?} in {}, {facts:?}: {words}", place.name());
            differences.push(Difference { kind: "why not".to_owned(), words });
        }
    }
    differences
}

fn public(grant: Grant) -> hjemmel::Grant {
    match grant {
        Grant::Forbidden => hjemmel::Grant::Forbidden,
        Grant::None => hjemmel::Grant::None,
        Grant::May => hjemmel::Grant::May,
        Grant::Right => hjemmel::Grant::Right,
        Grant::Must => hjemmel::Grant::Must,
    }
}

struct Asking<'a> {
    space: &'a Space<'a>,
    judge: &'a Judge<'a>,
    known: &'a Known,
    support: usize,
    least: Grant,
}

impl Asking<'_> {
    fn grant(&self, point: usize) -> Option<Grant> {
        self.judge.at(&self.space.profiles[point]).decision(self.support).grant
    }

    fn different(&self, got: &WhyNot) -> Option<String> {
        let given: Vec<usize> = self.space.existing.iter().filter(|point| self.is_given(*point)).collect();
        let already = completions(self.space, self.known).iter().all(|point| given.contains(point));
        match got {
            WhyNot::Given => (!already).then(|| "it is not given already".to_owned()),
            _ if already => Some(format!("it is given already, got {got:?}")),
            WhyNot::Change(change) => match given.iter().min_by_key(|point| self.price(**point)) {
                None => Some(format!("it is never given, got {change:?}")),
                Some(best) => self.changed(*best, &given, change),
            },
            WhyNot::Never(_) if !given.is_empty() => Some("a change would give it".to_owned()),
            WhyNot::Never(never) => self.forbidden(never),
            other => Some(format!("got {other:?}")),
        }
    }

    fn is_given(&self, point: usize) -> bool {
        self.grant(point).is_some_and(|grant| grant >= self.least)
    }

    /// The facts, `dato` first, then by name.
    fn by_name(&self) -> Vec<usize> {
        let facts = &self.space.policy.facts;
        let mut order: Vec<usize> = (0..facts.len()).collect();
        order[1..].sort_by_key(|fact| &facts[*fact].name);
        order
    }

    /// How far a profile is from what is known.
    fn price(&self, point: usize) -> (usize, usize, Vec<(u64, i64)>) {
        let facts = &self.space.policy.facts;
        let profile = &self.space.profiles[point];
        let known = self.by_name().into_iter().filter_map(|fact| Some((fact, self.known[fact]?)));
        let changed: Vec<usize> =
            known.clone().filter(|(fact, value)| profile[*fact] != *value).map(|(fact, _)| fact).collect();
        let hard = changed.iter().filter(|fact| facts[**fact].assessed || facts[**fact].fixed).count();
        let distance =
            |(fact, value): (usize, i64)| match (profile[fact] == value, facts[fact].domain.ordered()) {
                (true, _) => (0, value),
                (false, false) => (1, profile[fact]),
                (false, true) => (profile[fact].abs_diff(value), profile[fact]),
            };
        (changed.len(), hard, known.map(distance).collect())
    }

    fn changed(&self, best: usize, given: &[usize], got: &Change) -> Option<String> {
        let policy = self.space.policy;
        let profile = &self.space.profiles[best];
        let right = self.by_name().into_iter().filter_map(|fact| {
            let (known, domain) = (self.known[fact]?, &policy.facts[fact].domain);
            let words = || (policy.facts[fact].name.clone(), domain.word(known), domain.word(profile[fact]));
            (known != profile[fact]).then(words)
        });
        let right: Vec<(String, String, String)> = right.collect();
        let value = |fact: &str, word: &str| {
            let domain = &policy.facts.iter().find(|known| known.name == fact).unwrap().domain;
            domain.word(domain.value(word).unwrap())
        };
        let told = got.changes.iter().map(|change| {
            let word = |word: &str| value(&change.fact, word);
            (change.fact.clone(), word(&change.from), word(&change.to))
        });
        let told: Vec<(String, String, String)> = told.collect();
        if right != told {
            return Some(format!("right {right:?}, got {told:?}"));
        }
        let now: Known = (0..profile.len()).map(|fact| self.known[fact].map(|_| profile[fact])).collect();
        let completed = completions(self.space, &now);
        let right: BTreeSet<usize> =
            completed.iter().copied().filter(|point| given.contains(point)).collect();
        let mut told = BTreeSet::new();
        for conditions in &got.needs {
            let known =
                |fact: &str| policy.facts.iter().zip(&now).any(|(f, v)| f.name == fact && v.is_some());
            if let Some(condition) = conditions.iter().find(|condition| known(&condition.fact)) {
                return Some(format!("{condition:?} is known"));
            }
            match self.space.read(conditions) {
                Ok(values) => told.extend(self.space.points(&values).iter()),
                Err(problem) => return Some(problem),
            }
        }
        told.retain(|point| completed.contains(point));
        if right != told {
            return Some(format!("right {} completions, got {:?}", right.len(), got.needs));
        }
        let named = policy.facts.iter().map(|fact| {
            let told = got.citizen.iter().find(|told| told.fact == fact.name)?;
            fact.domain.value(&told.value)
        });
        let citizen: Option<Vec<i64>> = named.collect();
        let is_right = |point: &usize| Some(&self.space.profiles[*point]) == citizen.as_ref();
        (!right.iter().any(is_right)).then(|| format!("{:?} is not given it so", got.citizen))
    }

    fn forbidden(&self, got: &Never) -> Option<String> {
        let grants: BTreeSet<Option<Grant>> =
            self.space.existing.iter().map(|point| self.grant(point)).collect();
        let policy = self.space.policy;
        let mut all = vec![self.support];
        if policy.supports[self.support].is_kind {
            all.extend(policy.members(self.support));
        }
        let mut rules = BTreeSet::new();
        for point in self.space.existing.iter() {
            let view = self.judge.at(&self.space.profiles[point]);
            for (rule, support) in
                (0..self.judge.rules.len()).flat_map(|rule| all.iter().map(move |s| (rule, *s)))
            {
                if view.standing_grades(rule, support).contains(&Grade::MustNot)
                    || (view.firm(rule) && view.is_closed_by(rule, support))
                {
                    rules.insert(self.judge.rules[rule].name.clone());
                }
            }
        }
        let strongest = grants.iter().max().copied().flatten().map(public);
        let right = (strongest, grants.contains(&None), rules);
        let told = (got.strongest, got.undecided, got.rules.iter().cloned().collect());
        (right != told).then(|| format!("right {right:?}, got {told:?}"))
    }
}
