//! Random modules beside lov and kommune, and conditions that ask what is decided.

use super::generate::Generator;
use super::policy::{
    Basis, Clauses, Cond, Deviable, Effect, EffectKind, Grade, Item, Policy, Rule, Speaker, Trial,
};
use super::random::Random;
use super::rules::{Flat, flatten};
use std::collections::BTreeSet;

impl Generator {
    pub(super) fn modules(&mut self) {
        let some_towns = |random: &mut Random| match random.between(0, 9) {
            0..5 => vec![Speaker::Town],
            5..8 => vec![Speaker::Town, Speaker::OtherTown],
            _ => vec![Speaker::OtherTown],
        };
        if self.random.chance(45) {
            let mut trial = Trial {
                towns: some_towns(&mut self.random),
                valid: self.random.chance(85).then(|| self.period()),
            };
            if self.random.chance(8) {
                trial.towns.clear();
            }
            self.policy.trial = Some(trial);
        }
        if self.random.chance(20) {
            self.policy.region = Some(some_towns(&mut self.random));
        }
        if self.random.chance(25) {
            let town = if self.random.chance(70) { Speaker::Town } else { Speaker::OtherTown };
            self.policy.home = Some(town);
        }
        for speaker in [Speaker::Region, Speaker::Town, Speaker::OtherTown, Speaker::Home] {
            if self.policy.speakers().contains(&speaker) && self.random.chance(60) {
                self.policy.adopted.push(speaker);
            }
        }
    }

    /// A duty in the law, a forsøg's exemption from it, and a kommune that says the same as the law.
    pub(super) fn kept_duty(&mut self) {
        let target = self.target(0);
        let grade = *self.random.pick(&[Grade::Must, Grade::Right, Grade::MustNot]);
        let mut said = |speaker: Speaker, name: &str, grade: Grade, base: Vec<String>| {
            let clauses = Clauses {
                basis: vec![Basis::Source],
                when: self.maybe_cond(50, 1),
                exception_to: base,
                ..Clauses::default()
            };
            let kind = EffectKind::Grade { grade, duty: false, only_when: None };
            let effects = vec![Effect { kind, targets: vec![target], bounds: Vec::new() }];
            self.policy.items.push(Item::Rule(Rule { speaker, name: name.to_owned(), clauses, effects }));
        };
        said(Speaker::Law, "f1", grade, Vec::new());
        said(Speaker::Trial, "f2", Grade::May, vec![format!("{}.f1", Speaker::Law.name())]);
        said(Speaker::Town, "f3", grade, Vec::new());
    }

    /// Questions are put into conditions afterwards, where no answer then rests on itself.
    pub(super) fn questions(&mut self) {
        if !self.random.chance(35) {
            return;
        }
        for _ in 0..self.random.between(1, 4) {
            let asked = Cond::Decided(self.target(20), self.random.chance(50));
            let asked = if self.random.chance(25) { Cond::Not(Box::new(asked)) } else { asked };
            let at = self.random.between(0, self.policy.items.len() - 1);
            let mut with = self.policy.clone();
            let asked = if self.random.chance(45) { self.by_name(&mut with, asked) } else { asked };
            let roll = self.random.between(0, 9);
            match &mut with.items[at] {
                Item::Matrix(matrix) => {
                    let when = &mut matrix.columns[0].when;
                    *when = Some(join(when.take(), asked, roll < 7));
                }
                Item::Table(table) => {
                    let row = self.random.between(0, table.rows.len() - 1);
                    let when = &mut table.rows[row].when;
                    *when = Some(join(when.take(), asked, roll < 7));
                }
                Item::Rule(rule) => match rule.effects.first_mut().map(|effect| &mut effect.kind) {
                    Some(EffectKind::Precondition(cond)) if roll < 5 => *cond = asked,
                    Some(EffectKind::Grade { grade: Grade::May, only_when, .. }) if roll < 2 => {
                        *only_when = Some(asked);
                    }
                    _ if roll == 9 => rule.clauses.deviable = Some(Deviable(Some(asked))),
                    _ => {
                        let when = &mut rule.clauses.when;
                        *when = Some(join(when.take(), asked, roll < 7));
                    }
                },
            }
            if !runs_in_a_circle(&with) {
                self.policy = with;
            }
        }
    }

    /// The question as a concept of its own, beside a fact now and then; or a concept that is known to ask, with it.
    fn by_name(&mut self, policy: &mut Policy, asked: Cond) -> Cond {
        let asking = |at: &usize| policy.asks(&Cond::Concept(*at));
        let known: Vec<usize> = (0..policy.concepts.len()).filter(asking).collect();
        let meaning = match self.random.between(0, 5) {
            0 => join(Some(self.cond(0)), asked, true),
            1 => join(Some(self.cond(0)), asked, false),
            2.. if known.is_empty() => asked,
            2 => join(Some(Cond::Concept(*self.random.pick(&known))), asked, false),
            3 => return Cond::Concept(*self.random.pick(&known)),
            _ => asked,
        };
        policy.concepts.push((format!("krævet-{}", known.len() + 1), meaning));
        Cond::Concept(policy.concepts.len() - 1)
    }
}

/// A condition with a question in it.
fn join(cond: Option<Cond>, asked: Cond, both: bool) -> Cond {
    match cond {
        None => asked,
        Some(cond) if both => Cond::And(vec![cond, asked]),
        Some(cond) => Cond::Or(vec![cond, asked]),
    }
}

/// Some answer may rest on itself: by the rules of all places together, and by every rule that names the support, a
/// kind above it or something below it, which is more than rests on it.
pub(super) fn runs_in_a_circle(policy: &Policy) -> bool {
    let rules = flatten(policy);
    let touches = |rule: &Flat, support: usize| {
        let near = |target: &usize| {
            policy.is_at_or_above(*target, support) || policy.is_at_or_above(support, *target)
        };
        rule.lapses() || rule.effects.iter().any(|effect| effect.targets.iter().any(near))
    };
    let rests_on = |support: usize| {
        let mut resting: BTreeSet<usize> =
            (0..rules.len()).filter(|at| touches(&rules[*at], support)).collect();
        loop {
            let excepts = |at: &usize| rules[*at].exception_to.iter().any(|base| resting.contains(base));
            let more: Vec<usize> =
                (0..rules.len()).filter(|at| !resting.contains(at) && excepts(at)).collect();
            if more.is_empty() {
                return resting.iter().flat_map(|at| rules[*at].asks()).collect::<BTreeSet<usize>>();
            }
            resting.extend(more);
        }
    };
    (0..policy.supports.len()).any(|start| {
        let (mut seen, mut open) = (BTreeSet::new(), vec![start]);
        while let Some(support) = open.pop() {
            for asked in rests_on(support) {
                if asked == start {
                    return true;
                }
                if seen.insert(asked) {
                    open.push(asked);
                }
            }
        }
        false
    })
}
