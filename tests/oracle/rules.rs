//! The rules of a policy one by one: rows joined with their tables, and for every profile whether each applies.

use super::policy::{
    Basis, Clauses, Cond, DATE, Effect, EffectKind, Fault, Grade, Item, Policy, Row, Speaker, Table,
};
use super::tasks;
use hjemmel::Day;
use std::collections::BTreeSet;

/// A rule or a row.
pub(crate) struct Flat {
    pub(crate) name: String,
    pub(crate) speaker: Speaker,
    pub(crate) clauses: Clauses,
    /// all must hold
    pub(crate) conditions: Vec<Cond>,
    pub(crate) effects: Vec<Effect>,
    /// indices of the rules it declares an exception from
    pub(crate) exception_to: Vec<usize>,
}

impl Flat {
    pub(crate) fn grades(&self) -> impl Iterator<Item = (Grade, &Effect)> {
        self.effects.iter().filter_map(|effect| match &effect.kind {
            EffectKind::Grade { grade, .. } => Some((*grade, effect)),
            _ => None,
        })
    }

    pub(crate) fn has_grade(&self) -> bool {
        self.grades().next().is_some()
    }

    pub(crate) fn lapses(&self) -> bool {
        self.effects.iter().any(|effect| matches!(effect.kind, EffectKind::Lapses))
    }

    pub(crate) fn has_error(&self) -> bool {
        self.clauses.fault.is_some()
    }

    /// A rule with an error that may have meant to say something of a support.
    pub(crate) fn may_speak(&self, policy: &Policy, support: usize) -> bool {
        let near = |target: &usize| {
            policy.is_at_or_above(*target, support) || policy.is_at_or_above(support, *target)
        };
        let named = |effect: &Effect| effect.targets.iter().any(near);
        self.has_error()
            && (self.clauses.fault == Some(Fault::Effect) || self.lapses() || self.effects.iter().any(named))
    }

    /// `gyldig` holds, and some edition of some cited source, and of the lov it stands in.
    pub(crate) fn in_force(&self, policy: &Policy, profile: &[i64]) -> bool {
        self.in_force_on(policy, profile[DATE])
    }

    pub(crate) fn in_force_on(&self, policy: &Policy, day: Day) -> bool {
        self.means_to_hold(policy, day) && self.has_source(policy, day)
    }

    /// Its own days, and those of the lov it stands in.
    pub(crate) fn means_to_hold(&self, policy: &Policy, day: Day) -> bool {
        self.clauses.valid.is_none_or(|valid| valid.holds(day))
            && match self.speaker {
                Speaker::Law => policy.in_force(Basis::Law, day),
                Speaker::OtherLaw => policy.in_force(Basis::OtherLaw, day),
                Speaker::Trial => policy.trial.as_ref().is_some_and(|trial| {
                    !trial.towns.is_empty() && trial.valid.is_some_and(|valid| valid.holds(day))
                }),
                Speaker::Region | Speaker::Town | Speaker::OtherTown | Speaker::Home | Speaker::Guide => true,
            }
    }

    fn has_source(&self, policy: &Policy, day: Day) -> bool {
        let basis = &self.clauses.basis;
        basis.is_empty() || basis.iter().any(|basis| policy.in_force(*basis, day))
    }

    /// The last day on which it is in force; nothing where there is none.
    pub(crate) fn last_day(&self, policy: &Policy) -> Option<Day> {
        last(policy, |day| self.in_force_on(policy, day))
    }

    /// The first end of what keeps a rule in force that is not the law's.
    pub(crate) fn first_end(&self, policy: &Policy) -> Option<Day> {
        let own = last(policy, |day| self.clauses.valid.is_none_or(|valid| valid.holds(day)));
        let trial = policy.trial.as_ref().filter(|_| self.speaker == Speaker::Trial);
        let of_trial = trial.and_then(|trial| trial.valid).and_then(|valid| valid.to);
        own.into_iter().chain(of_trial).chain(last(policy, |day| self.has_source(policy, day))).min()
    }

    /// One of its departments serves the citizen.
    pub(crate) fn serves(&self, policy: &Policy, profile: &[i64]) -> bool {
        let places = &self.clauses.places;
        let in_place = |place: &usize| policy.holds_if_any(policy.departments[*place].1.as_ref(), profile);
        places.is_empty() || places.iter().any(in_place)
    }

    /// A concept that asks means what it asks.
    fn open_concepts(&mut self, policy: &Policy) {
        let deviable = self.clauses.deviable.iter_mut().filter_map(|deviable| deviable.0.as_mut());
        let preconditions = self.effects.iter_mut().filter_map(|effect| match &mut effect.kind {
            EffectKind::Precondition(cond) | EffectKind::Grade { only_when: Some(cond), .. } => Some(cond),
            _ => None,
        });
        let conditions = self.conditions.iter_mut().chain(deviable).chain(preconditions);
        conditions.for_each(|cond| *cond = policy.opened(cond));
    }

    /// What it asks: supports whose decision stands in some condition of it.
    pub(crate) fn asks(&self) -> BTreeSet<usize> {
        let deviable = self.clauses.deviable.iter().filter_map(|deviable| deviable.0.as_ref());
        let preconditions = self.effects.iter().filter_map(|effect| match &effect.kind {
            EffectKind::Precondition(cond) | EffectKind::Grade { only_when: Some(cond), .. } => Some(cond),
            _ => None,
        });
        let mut asked = BTreeSet::new();
        self.conditions
            .iter()
            .chain(deviable)
            .chain(preconditions)
            .for_each(|cond| asked_in(cond, &mut asked));
        asked
    }
}

fn asked_in(cond: &Cond, asked: &mut BTreeSet<usize>) {
    match cond {
        Cond::Decided(support, _) => {
            asked.insert(*support);
        }
        Cond::Not(inner) => asked_in(inner, asked),
        Cond::And(parts) | Cond::Or(parts) => parts.iter().for_each(|part| asked_in(part, asked)),
        Cond::Always | Cond::Test(..) | Cond::Fact(_) | Cond::Concept(_) => {}
    }
}

/// The last day of which something is true, among those around the window; nothing where it is true for ever or never.
pub(crate) fn last(policy: &Policy, holds: impl Fn(Day) -> bool) -> Option<Day> {
    let end = policy.window.1 + 20;
    let days = policy.window.0 - 20..end;
    if holds(end) { None } else { days.rev().find(|day| holds(*day)) }
}

/// Every rule, with its exceptions resolved.
pub(crate) fn flatten(policy: &Policy) -> Vec<Flat> {
    let mut flats = Vec::new();
    for item in &policy.items {
        match item {
            Item::Rule(rule) => flats.push(Flat {
                name: format!("{}.{}", rule.speaker.name(), rule.name),
                speaker: rule.speaker,
                clauses: rule.clauses.clone(),
                conditions: readable(&rule.clauses).cloned().collect(),
                effects: rule.effects.iter().map(|effect| tasks::flattened(policy, effect)).collect(),
                exception_to: Vec::new(),
            }),
            Item::Table(table) => flats.extend(table.rows.iter().map(|row| from_row(table, row))),
            Item::Matrix(matrix) => flats.extend(matrix.rules(policy)),
        }
    }
    flats.iter_mut().for_each(|flat| flat.open_concepts(policy));
    let names: Vec<String> = flats.iter().map(|flat| flat.name.clone()).collect();
    for flat in &mut flats {
        for path in &flat.clauses.exception_to {
            let row_of = format!("{path}.");
            let base = (0..names.len()).filter(|at| names[*at] == *path || names[*at].starts_with(&row_of));
            flat.exception_to.extend(base);
        }
    }
    for table in policy.items.iter().filter_map(|item| match item {
        Item::Table(table) if table.first_row_wins => Some(table),
        _ => None,
    }) {
        let row_of = format!("{}.{}.", Speaker::Town.name(), table.name);
        let rows: Vec<usize> = (0..names.len()).filter(|at| names[*at].starts_with(&row_of)).collect();
        for (at, row) in rows.iter().enumerate() {
            flats[*row].exception_to.extend(&rows[at + 1..]);
        }
    }
    flats
}

/// As much of the `når` as can be read.
pub(super) fn readable(clauses: &Clauses) -> impl Iterator<Item = &Cond> {
    clauses.when.iter().filter(|_| clauses.fault != Some(Fault::WhenOr))
}

fn from_row(table: &Table, row: &Row) -> Flat {
    let mut clauses = table.clauses.clone();
    if !row.basis.is_empty() {
        clauses.basis.clone_from(&row.basis);
    }
    clauses.valid = row.valid.or(clauses.valid);
    let tests = row.tests.iter().map(|(fact, test)| Cond::Test(*fact, test.clone()));
    let kind = match row.grade {
        Some((grade, duty)) => EffectKind::Grade { grade, duty, only_when: None },
        None => EffectKind::Terms,
    };
    Flat {
        name: format!("{}.{}.{}", Speaker::Town.name(), table.name, row.name),
        speaker: Speaker::Town,
        conditions: readable(&clauses).chain(&row.when).cloned().chain(tests).collect(),
        clauses,
        effects: vec![Effect { kind, targets: row.targets.clone(), bounds: row.bounds.clone() }],
        exception_to: Vec::new(),
    }
}
