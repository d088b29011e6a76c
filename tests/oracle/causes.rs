//! The rules that are named as causes of a change, and which changes are told as one, against plain enumeration:
//! docs/semantics.md, section 18.

use super::differ::Side;
use super::policy::{Deviable, Effect, EffectKind, Layer, Speaker};
use super::rules::Flat;
use hjemmel::{Cause, CauseKind, DecisionChange};
use std::collections::BTreeSet;

/// What each rule of a side does to the citizens of both, in words that are equal where two rules do the same; nothing for one
/// that asks a decision, has an error, or is an exception from such a one.
pub(super) struct Meanings {
    rules: Vec<Option<String>>,
    /// of those that are heard
    heard: BTreeSet<String>,
}

impl Meanings {
    pub(super) fn of(side: &Side<'_>) -> Self {
        let mut rules: Vec<Option<Option<String>>> = vec![None; side.judge.rules.len()];
        (0..rules.len()).for_each(|rule| drop(meaning(side, rule, &mut rules)));
        let cited = side.judge.rules.iter().map(|flat| -> BTreeSet<String> {
            flat.clauses.basis.iter().map(|basis| format!("{basis:?}")).collect()
        });
        // what a rule is an exception from may cite what it will
        let rules = rules.into_iter().map(Option::flatten).zip(cited);
        let rules: Vec<Option<String>> =
            rules.map(|(meaning, cited)| meaning.map(|meaning| format!("{cited:?} {meaning}"))).collect();
        let heard = (0..rules.len()).filter(|rule| is_heard(side, *rule));
        let heard = heard.filter_map(|rule| rules[rule].clone()).collect();
        Meanings { rules, heard }
    }

    /// Whether no rule heard in the other version does the same; nothing where that is not known.
    fn differs(&self, rule: usize, other: &Meanings) -> Option<bool> {
        self.rules[rule].as_ref().map(|meaning| !other.heard.contains(meaning))
    }
}

fn is_heard(side: &Side<'_>, rule: usize) -> bool {
    let layer = side.judge.rules[rule].speaker.layer();
    layer != Layer::Of(Speaker::Guide) && side.judge.layers.contains(&layer)
}

fn meaning(side: &Side<'_>, rule: usize, known: &mut Vec<Option<Option<String>>>) -> Option<String> {
    if let Some(known) = &known[rule] {
        return known.clone();
    }
    let flat = &side.judge.rules[rule];
    let mut bases = BTreeSet::new();
    let mut told = (!flat.has_error() && flat.asks().is_empty()).then(|| told(side, flat));
    for base in &flat.exception_to {
        match meaning(side, *base, known) {
            Some(base) => drop(bases.insert(base)),
            None => told = None,
        }
    }
    let whole = told.map(|told| format!("{told} except from {bases:?}"));
    known[rule] = Some(whole.clone());
    whole
}

/// Of one that asks nothing.
fn told(side: &Side<'_>, flat: &Flat) -> String {
    let policy = side.judge.policy;
    let where_true = |holds: &dyn Fn(&[i64]) -> bool| -> String {
        side.profiles.values().map(|profile| if holds(profile) { '1' } else { '0' }).collect()
    };
    let reaches = where_true(&|profile| {
        flat.in_force(policy, profile)
            && flat.serves(policy, profile)
            && flat.conditions.iter().all(|cond| policy.holds(cond, profile))
    });
    let deviable = flat.clauses.deviable.as_ref();
    let deviable = deviable.map(|Deviable(when)| {
        where_true(&|profile| when.as_ref().is_none_or(|when| policy.holds(when, profile)))
    });
    let effect = |effect: &Effect| -> Vec<String> {
        let done = match &effect.kind {
            EffectKind::Grade { grade, duty, only_when } => {
                let when = only_when.as_ref().map(|when| where_true(&|profile| policy.holds(when, profile)));
                format!("{grade:?} {duty} {when:?}")
            }
            EffectKind::Precondition(cond) => {
                format!("precondition {}", where_true(&|profile| policy.holds(cond, profile)))
            }
            EffectKind::Terms => "terms".to_owned(),
            EffectKind::Lapses => "lapses".to_owned(),
            EffectKind::Perform { grade, at } => format!("perform {grade:?} {at:?}"),
        };
        let days = policy.window.0..=policy.window.1;
        let bounds: BTreeSet<(&str, Vec<String>)> = effect
            .bounds
            .iter()
            .map(|(term, test)| {
                let domain = &policy.terms[*term].domain;
                let on = |day| {
                    let test = test.on(&policy.words, day);
                    let values = domain.values().into_iter().filter(|value| test.holds(*value));
                    values.map(|value| domain.word(value)).collect::<Vec<_>>().join("|")
                };
                (policy.terms[*term].name.as_str(), days.clone().map(on).collect())
            })
            .collect();
        let targets = effect.targets.iter().map(|target| policy.supports[*target].name.as_str());
        let targets: Vec<&str> = if effect.targets.is_empty() { vec![""] } else { targets.collect() };
        targets.into_iter().map(|target| format!("{done} {target} {bounds:?}")).collect()
    };
    let effects: BTreeSet<String> = flat.effects.iter().flat_map(effect).collect();
    format!("{} {reaches} {deviable:?} {effects:?}", flat.speaker.name())
}

/// How near a rule is to what is decided of a citizen: a part of it is active, it applies, or neither.
fn tier(side: &Side<'_>, rule: usize, support: &str, point: usize) -> u8 {
    let view = side.judge.at(&side.profiles[&point]);
    let judged = side.support(support).filter(|at| side.judge.judged.contains(at));
    let terms = 0..side.judge.policy.terms.len();
    let is_active = |support: usize| {
        !view.active_grades(rule, support).is_empty()
            || !view.active_preconditions(rule, support).is_empty()
            || terms.clone().any(|term| !view.active_bounds(rule, support, term).is_empty())
    };
    match (is_heard(side, rule) && judged.is_some_and(is_active), view.applies(rule)) {
        (true, _) => 0,
        (false, true) => 1,
        (false, false) => 2,
    }
}

/// What is wrong with the causes of a change, as they are of a witness.
pub(super) fn wrong(
    sides: [&Side<'_>; 2],
    meanings: [&Meanings; 2],
    change: &DecisionChange,
    point: usize,
) -> Option<String> {
    let called = |at: usize, name: &str| sides[at].judge.rules.iter().position(|rule| rule.name == name);
    let of = |cause: &Cause| -> Vec<(usize, usize)> {
        let before = (cause.kind != CauseKind::Added).then(|| called(0, &cause.rule)).flatten();
        let after = (cause.kind != CauseKind::Removed).then(|| called(1, &cause.rule)).flatten();
        before.map(|rule| (0, rule)).into_iter().chain(after.map(|rule| (1, rule))).collect()
    };
    let near = |(at, rule): &(usize, usize)| tier(sides[*at], *rule, &change.support, point);
    let differs = |(at, rule): &(usize, usize)| meanings[*at].differs(*rule, meanings[1 - at]);
    let mut named: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut tiers: Vec<u8> = Vec::new();
    for cause in &change.causes {
        let rules = of(cause);
        if rules.is_empty() {
            return Some(format!("`{}` is no rule", cause.rule));
        }
        if rules.iter().all(|rule| differs(rule) == Some(false)) && rules.len() == 2 {
            let words = |(at, rule): &(usize, usize)| {
                let (policy, flat) = (sides[*at].judge.policy, &sides[*at].judge.rules[*rule]);
                let rests_on = (&policy.concepts, &policy.departments, format!("{:?}", policy.words.rates));
                format!("{:?} {:?} {:?} {rests_on:?}", flat.clauses, flat.conditions, flat.effects)
            };
            if words(&rules[0]) == words(&rules[1]) {
                return Some(format!("`{}` is what it was", cause.rule));
            }
        }
        tiers.extend(rules.iter().map(near).min());
        named.extend(rules);
    }
    let nearest = tiers.iter().min().copied().unwrap_or(3);
    if let Some(far) = tiers.iter().position(|tier| *tier != nearest) {
        return Some(format!("`{}` has less of a part than others", change.causes[far].rule));
    }
    for (at, side) in sides.into_iter().enumerate() {
        let support = side.support(&change.support);
        for rule in (0..side.judge.rules.len()).filter(|rule| is_heard(side, *rule)) {
            let speaks = support.is_some_and(|support| side.judge.has_part_for(rule, support));
            let is_missing = match near(&(at, rule)) {
                0 => nearest > 0 || !named.contains(&(at, rule)),
                1 => speaks && (nearest > 1 || nearest == 1 && !named.contains(&(at, rule))),
                _ => false,
            };
            if is_missing && differs(&(at, rule)) == Some(true) {
                let name = &side.judge.rules[rule].name;
                return Some(format!("`{name}` is not named, but {:?}", change.causes));
            }
        }
    }
    None
}

/// What is told as one and should not be, or should and is not.
pub(super) fn wrongly_merged(changes: &[DecisionChange]) -> Option<String> {
    let is_above = |change: &DecisionChange| {
        let is_own = |cause: &Cause| change.places.iter().any(|of| of.place == cause.module);
        !change.causes.is_empty() && !change.causes.iter().any(is_own)
    };
    let of = |change: &DecisionChange| (change.support.clone(), change.class, format!("{:?}", change.parts));
    for (at, change) in changes.iter().enumerate() {
        let places: BTreeSet<&str> = change.places.iter().map(|of| of.place.as_str()).collect();
        if places.len() != change.places.len() {
            return Some(format!("a place twice in {:?}", of(change)));
        }
        if places.len() > 1 && !is_above(change) {
            return Some(format!("{places:?} are one, {:?}", of(change)));
        }
        for other in changes[at + 1..].iter().filter(|other| of(other) == of(change)) {
            if is_above(change) && is_above(other) && change.causes == other.causes {
                return Some(format!("{places:?} are apart, {:?}", of(change)));
            }
        }
    }
    None
}
