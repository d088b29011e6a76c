//! Rules that say the same, and rules that could be taken out: docs/semantics.md, section 5.

use super::checks::{Expected, Finder};
use super::judge::{Judge, Verdict, View};
use super::points::Points;
use super::policy::{Grade, Layer, Policy, Speaker};
use super::rules::{Flat, flatten};
use hjemmel::Severity;
use std::collections::{BTreeMap, BTreeSet};

/// What a rule says with one grade on one target: for each support where it is active, where its own preconditions
/// fail there, and where it may be departed from there; and the bounds it sets.
struct Saying {
    rule: usize,
    active: BTreeMap<usize, (Points, Points, Points)>,
    bounds: BTreeMap<(usize, usize), Vec<BTreeSet<u64>>>,
}

impl Finder<'_> {
    pub(super) fn pairs(&mut self, profiles: &[Vec<i64>]) {
        let told = self.duplicates(profiles);
        self.redundant(&told, profiles);
    }

    fn own_rules(&self) -> Vec<usize> {
        let own = |at: &usize| {
            let rule = &self.judge.rules[*at];
            rule.speaker.layer() == self.judge.place.layer() && !rule.has_error()
        };
        (0..self.judge.rules.len()).filter(own).collect()
    }

    /// Tells the duplicates; the rules of all pairs.
    fn duplicates(&mut self, profiles: &[Vec<i64>]) -> BTreeSet<usize> {
        let rules = self.own_rules();
        let mut classes: BTreeMap<(usize, Grade), Vec<usize>> = BTreeMap::new();
        for rule in rules {
            for (grade, effect) in self.judge.rules[rule].grades() {
                for target in &effect.targets {
                    let class = classes.entry((*target, grade)).or_default();
                    if !class.contains(&rule) {
                        class.push(rule);
                    }
                }
            }
        }
        let judged = &self.judge.judged;
        let mut told = BTreeSet::new();
        for ((target, grade), rules) in classes.into_iter().filter(|(_, rules)| rules.len() > 1) {
            let sayings: Vec<Saying> =
                rules.iter().map(|rule| self.saying(*rule, (grade, target), judged, profiles)).collect();
            for one in &sayings {
                for other in sayings.iter().filter(|other| other.rule != one.rule) {
                    let Some(alike) = self.lies_within(one, other) else { continue };
                    let severity = if alike { Severity::Warning } else { Severity::Note };
                    let name = self.judge.rules[one.rule].name.clone();
                    self.found.rules.insert(("duplicate-rule", name, severity));
                    told.extend([one.rule, other.rule]);
                }
            }
        }
        told
    }

    fn saying(&self, rule: usize, said: (Grade, usize), judged: &[usize], profiles: &[Vec<i64>]) -> Saying {
        let (mut active, mut bounds) = (BTreeMap::new(), BTreeMap::new());
        for support in judged.iter().filter(|support| self.judge.grades_for(rule, **support).contains(&said))
        {
            let none = || Points::none(profiles.len());
            let (mut here, mut closed, mut soft) = (none(), none(), none());
            for (point, profile) in profiles.iter().enumerate().filter(|(_, p)| self.policy.exists(p)) {
                let view = self.judge.at(profile);
                if !view.active_grades(rule, *support).contains(&said) {
                    continue;
                }
                here.insert(point);
                if view.is_closed_by(rule, *support) {
                    closed.insert(point);
                }
                if !view.firm(rule) {
                    soft.insert(point);
                }
            }
            active.insert(*support, (here, closed, soft));
            for term in 0..self.policy.terms.len() {
                let sets = self.bounds_by_day(rule, *support, term);
                if sets.iter().any(|sets| !sets.is_empty()) {
                    bounds.insert((*support, term), sets);
                }
            }
        }
        Saying { rule, active, bounds }
    }

    /// Whether one lies within the other and adds nothing but terms; true where they are alike.
    fn lies_within(&self, one: &Saying, other: &Saying) -> Option<bool> {
        let (first, second) = (&self.judge.rules[one.rule], &self.judge.rules[other.rule]);
        let (here, there) = (&first.clauses.places, &second.clauses.places);
        let served = !here.iter().all(|place| there.contains(place))
            || (first.clauses.responsible && !second.clauses.responsible);
        let excepted = first.exception_to.contains(&other.rule) || second.exception_to.contains(&one.rule);
        let same_terms = one.bounds.iter().all(|(key, sets)| {
            let ceiling = |name: &str| self.policy.words.is_ceiling(name, key.1);
            let alike = ceiling(&first.name) == ceiling(&second.name);
            other.bounds.get(key).is_none_or(|beside| beside == sets && alike)
        });
        let anybody = one.active.values().any(|(here, _, _)| !here.is_empty());
        if served || excepted || !same_terms || !anybody {
            return None;
        }
        let mut alike = here.len() == there.len() && first.clauses.responsible == second.clauses.responsible;
        for (support, (here, closed, soft)) in &one.active {
            let (wider, beside, softer) = &other.active[support];
            let (beside, softer) = (beside.and(here), softer.and(here));
            // what the other says of its preconditions counts where it is not set aside
            if !here.without(wider).is_empty() || beside != *closed || softer != *soft {
                return None;
            }
            alike &= here == wider;
        }
        Some(alike)
    }

    fn redundant(&mut self, told: &BTreeSet<usize>, profiles: &[Vec<i64>]) {
        let (place, own) = (self.judge.place, self.judge.place.layer());
        let mut layers = self.policy.binding(place, own);
        layers.push(own);
        for rule in self.own_rules().into_iter().filter(|rule| !told.contains(rule)) {
            let flat = &self.judge.rules[rule];
            let existing: Vec<&Vec<i64>> = profiles.iter().filter(|p| self.policy.exists(p)).collect();
            let active = |profile: &&Vec<i64>| self.judge.at(profile).any_part_active(rule);
            let named = !flat.clauses.places.is_empty() || flat.clauses.responsible;
            if flat.lapses() || named || !existing.iter().any(active) {
                continue;
            }
            let mut judge = Judge::from_rules(self.policy, place, without(self.policy, rule));
            judge.judged.clone_from(&self.judge.judged);
            let other = Finder::new(self.policy, &judge, profiles.len(), Expected::default());
            let same = existing.iter().all(|profile| {
                let (before, after) = (self.judge.at(profile), judge.at(profile));
                same_verdicts(&layers, &self.judge.judged, &before, &after)
                    && (place != Speaker::Town || self.covers(&before) == other.covers(&after))
            });
            if same {
                self.found.rules.insert(("redundant-rule", flat.name.clone(), Severity::Note));
            }
        }
    }

    /// Who is reached: for `gap` in each unit, for `unserved-right` on each support.
    fn covers(&self, view: &View) -> Vec<bool> {
        let mut covers = Vec::new();
        if let Some((_, promised)) = &self.policy.scope {
            covers.push(self.is_covered(view, promised, None));
            let departments = 0..self.policy.departments.len();
            covers.extend(departments.map(|at| self.is_covered(view, promised, Some(at))));
        }
        if !self.policy.departments.is_empty() {
            let given = self.judge.judged.iter().filter(|support| self.policy.is_given(**support));
            covers.extend(given.map(|support| self.is_served(view, *support)));
        }
        covers
    }
}

fn same_verdicts(layers: &[Layer], judged: &[usize], before: &View, after: &View) -> bool {
    let words = |view: &View, verdict: &Verdict| {
        let standing: BTreeSet<(Grade, bool)> =
            verdict.standing.iter().map(|said| (said.grade, said.firm)).collect();
        let bounds: Vec<BTreeSet<(u64, bool, bool)>> = verdict
            .bounds
            .iter()
            .enumerate()
            .map(|(term, bounds)| {
                let ceiling = |rule: usize| {
                    let name = &view.judge.rules[rule].name;
                    view.judge.policy.words.is_ceiling(name, term)
                };
                bounds.iter().map(|(rule, set, firm)| (*set, *firm, ceiling(*rule))).collect()
            })
            .collect();
        (standing, verdict.blocked(), bounds, verdict.duty)
    };
    judged.iter().all(|support| {
        layers.iter().all(|layer| {
            words(before, &before.verdict(*layer, *support)) == words(after, &after.verdict(*layer, *support))
        })
    })
}

/// The rules of a policy without one of them.
fn without(policy: &Policy, gone: usize) -> Vec<Flat> {
    let mut rules = flatten(policy);
    rules.remove(gone);
    for rule in &mut rules {
        rule.exception_to.retain(|base| *base != gone);
        rule.exception_to.iter_mut().filter(|base| **base > gone).for_each(|base| *base -= 1);
    }
    rules
}
