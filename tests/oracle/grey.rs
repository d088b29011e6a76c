//! The grey zone, and which contradictions are told with it: docs/semantics.md, section 5.

use super::checks::DUE;
use super::judge::{Grant, Judge, Verdict, View};
use super::policy::{Basis, Grade, Layer, Speaker};
use std::collections::{BTreeMap, BTreeSet};

/// One citizen to whom a support is due that a precondition keeps from being given.
struct Stuck {
    point: usize,
    /// a rule that makes it due, and one whose precondition fails
    pairs: Vec<(usize, usize)>,
    is_grey: bool,
}

/// All of them in one place, by the support.
#[derive(Default)]
pub(super) struct Zones(BTreeMap<usize, Vec<Stuck>>);

impl Zones {
    pub(super) fn look(&mut self, view: &View, support: usize, verdict: &Verdict, point: usize) {
        let due = verdict.standing.iter().filter(|said| said.firm && DUE.contains(&said.grade));
        let pairs: Vec<_> =
            due.flat_map(|said| verdict.blockers.iter().map(|closer| (said.rule, *closer))).collect();
        if pairs.is_empty() {
            return;
        }
        let is_grey = is_grey(view, support, verdict);
        self.0.entry(support).or_default().push(Stuck { point, pairs, is_grey });
    }

    /// Check, support and citizen of every finding.
    pub(super) fn told(&self) -> Vec<(&'static str, usize, usize)> {
        let mut told = Vec::new();
        for (support, all) in &self.0 {
            let of_zone = rules_of_zones(all);
            for stuck in all {
                if stuck.is_grey {
                    told.push(("grey-zone", *support, stuck.point));
                }
                if stuck.pairs.iter().any(|(due, _)| !of_zone.contains(due)) {
                    told.push(("contradiction", *support, stuck.point));
                }
            }
        }
        told
    }
}

/// A support that is due and blocked is in the grey zone.
pub(super) fn is_grey(view: &View, support: usize, verdict: &Verdict) -> bool {
    view.judge.policy.is_given(support)
        && verdict.stands_firm(&DUE)
        && verdict.blocked()
        && !verdict.stands(Grade::MustNot)
        && !is_replaced(view, support, verdict)
        && !is_helped(view, support).unwrap_or(true)
}

/// Whether what replaces the support is granted as strongly.
fn is_replaced(view: &View, support: usize, verdict: &Verdict) -> bool {
    let judge = view.judge;
    judge.policy.words.replacing(judge.policy, support).into_iter().any(|other| {
        let given = view.verdict(judge.place.layer(), other);
        given.granted() && given.grant >= verdict.grant
    })
}

/// The rules that clash in a grey zone, and those that clash with one of these anywhere.
fn rules_of_zones(all: &[Stuck]) -> BTreeSet<usize> {
    let grey = all.iter().filter(|stuck| stuck.is_grey);
    let mut rules: BTreeSet<usize> = grey.flat_map(|s| &s.pairs).flat_map(|(a, b)| [*a, *b]).collect();
    loop {
        let joined = all.iter().flat_map(|stuck| &stuck.pairs);
        let joined = joined.filter(|(a, b)| rules.contains(a) || rules.contains(b));
        let more: BTreeSet<usize> = joined.flat_map(|(a, b)| [*a, *b]).collect();
        if more.is_subset(&rules) {
            return rules;
        }
        rules.extend(more);
    }
}

/// Whether another lov grants the citizen something; nothing where no rule of the layer points to another lov.
fn is_helped(view: &View, support: usize) -> Option<bool> {
    let judge = view.judge;
    let others = other_lov(judge, support);
    let judged: Vec<usize> =
        judge.judged.iter().copied().filter(|support| judge.policy.is_given(*support)).collect();
    let points = |at: usize| {
        let rule = &judge.rules[at];
        let own = rule.speaker.layer() == judge.place.layer();
        let cites = rule.clauses.basis.iter().any(|basis| match basis {
            Basis::Law => others.contains(&Speaker::Law),
            Basis::OtherLaw => others.contains(&Speaker::OtherLaw),
            Basis::Source => false,
        });
        let elsewhere = judged.iter().filter(|other| **other != support);
        let advises =
            |other: &usize| view.active_grades(at, *other).iter().any(|(grade, _)| *grade == Grade::Should);
        own && cites && elsewhere.into_iter().any(advises)
    };
    if !(0..judge.rules.len()).any(points) {
        return None;
    }
    let unreadable = |at: usize| {
        let rule = &judge.rules[at];
        others.contains(&rule.speaker) && rule.has_error() && view.reaches(at)
    };
    if (0..judge.rules.len()).any(unreadable) {
        return Some(true);
    }
    let grants = |rule: usize, support: usize| {
        let granting = |(grade, _): &(Grade, usize)| matches!(grade, Grade::May | Grade::Right | Grade::Must);
        !judge.rules[rule].has_error() && judge.grades_for(rule, support).iter().any(granting)
    };
    let helping: Vec<usize> = (0..judge.rules.len())
        .filter(|rule| others.contains(&judge.rules[*rule].speaker))
        .filter(|rule| judged.iter().any(|support| grants(*rule, *support)))
        .collect();
    if helping.is_empty() {
        return None;
    }
    let helped = judged.iter().any(|support| {
        let law = view.verdict(Layer::Law, *support);
        let by = law.standing.iter().filter(|said| helping.contains(&said.rule));
        let given = by.filter(|said| matches!(said.grade, Grade::May | Grade::Right | Grade::Must)).count();
        given > 0 && law.grant >= Grant::May && !law.contradicted
    });
    Some(helped)
}

/// The lov that no rule of the layer with ret or skal on the support cites or stands in.
fn other_lov(judge: &Judge, support: usize) -> Vec<Speaker> {
    let due = (0..judge.rules.len()).map(|at| (at, &judge.rules[at])).filter(|(at, rule)| {
        let own = rule.speaker.layer() == judge.place.layer();
        let grades = judge.grades_for(*at, support);
        own && !rule.has_error() && grades.iter().any(|(grade, _)| DUE.contains(grade))
    });
    let mut resting = BTreeSet::new();
    for (_, rule) in due {
        resting.insert(rule.speaker);
        resting.extend(rule.clauses.basis.iter().filter_map(|basis| match basis {
            Basis::Law => Some(Speaker::Law),
            Basis::OtherLaw => Some(Speaker::OtherLaw),
            Basis::Source => None,
        }));
    }
    [Speaker::Law, Speaker::OtherLaw].into_iter().filter(|lov| !resting.contains(lov)).collect()
}
