//! Small scenes that chance alone would seldom write: a duty nobody can meet, a line between two departments, a rule
//! said once more.

use super::generate::Generator;
use super::policy::{Basis, Clauses, Cond, Effect, EffectKind, Grade, Item, Op, Rule, Speaker, Test};

impl Generator {
    fn town_rule(&mut self, name: &str, basis: Basis, when: Option<Cond>, effects: Vec<Effect>) {
        let clauses = Clauses { basis: vec![basis], when, ..Clauses::default() };
        let rule = Rule { speaker: Speaker::Town, name: name.to_owned(), clauses, effects };
        self.policy.items.push(Item::Rule(rule));
    }

    /// A duty, a precondition for it, and rules that point to another lov, which gives something to some.
    pub(super) fn paradox(&mut self) {
        let (target, other) = (self.target(0), self.target(30));
        let effect = |kind, target| Effect { kind, targets: vec![target], bounds: Vec::new() };
        let grade = |grade| EffectKind::Grade { grade, duty: false, only_when: None };
        let (when, needed, pointing) = (self.maybe_cond(60, 1), self.cond(0), self.maybe_cond(40, 0));
        self.town_rule("xp1", Basis::Law, when, vec![effect(grade(Grade::Must), target)]);
        self.town_rule("xp2", Basis::Law, None, vec![effect(EffectKind::Precondition(needed), target)]);
        self.town_rule("xp3", Basis::OtherLaw, pointing, vec![effect(grade(Grade::Should), other)]);
        let clauses =
            Clauses { basis: vec![Basis::OtherLaw], when: Some(self.cond(1)), ..Clauses::default() };
        let effects = vec![effect(grade(Grade::May), other)];
        let name = "xp4".to_owned();
        self.policy.items.push(Item::Rule(Rule { speaker: Speaker::OtherLaw, name, clauses, effects }));
    }

    /// Two departments with a line between them on an ordered fact, and a rule on one support in each.
    pub(super) fn line(&mut self) {
        let ordered = |at: &usize| self.policy.facts[*at].domain.ordered();
        let facts: Vec<usize> = (1..self.policy.facts.len()).filter(ordered).collect();
        if facts.is_empty() {
            return;
        }
        self.policy.departments = ["Nord", "Syd"].map(|name| (name.to_owned(), None)).to_vec();
        let fact = *self.random.pick(&facts);
        let values = self.policy.facts[fact].domain.values();
        let value = values[self.random.between(1, values.len() - 1)];
        for (at, op) in [(0, Op::Under), (1, Op::AtLeast)] {
            self.policy.departments[at].1 = Some(Cond::Test(fact, Test { op, values: vec![value] }));
        }
        let target = self.target(0);
        for (at, name) in ["xd1", "xd2"].into_iter().enumerate() {
            let mut effect = self.graded(false);
            effect.targets = vec![target];
            let when = self.maybe_cond(30, 0);
            self.town_rule(name, Basis::Law, when, vec![effect]);
            if let Some(Item::Rule(rule)) = self.policy.items.last_mut() {
                rule.clauses.places = vec![at];
            }
        }
    }

    /// A rule once more: for everyone, for some, or with the first one cut in two.
    pub(super) fn echo(&mut self, name: &str) {
        let lapses =
            |rule: &Rule| rule.effects.iter().any(|effect| matches!(effect.kind, EffectKind::Lapses));
        let is_plain =
            |item: &&Item| matches!(item, Item::Rule(rule) if rule.clauses.fault.is_none() && !lapses(rule));
        let plain: Vec<Item> = self.policy.items.iter().filter(is_plain).cloned().collect();
        if plain.is_empty() {
            return;
        }
        let Item::Rule(mut rule) = self.random.pick(&plain).clone() else { return };
        let own = rule.name.clone();
        rule.name = name.to_owned();
        rule.clauses.exception_to.clear();
        let cond = self.cond(0);
        let narrower = |when: &Option<Cond>, cond: Cond| match when {
            Some(when) => Some(Cond::And(vec![when.clone(), cond])),
            None => Some(cond),
        };
        match self.random.between(0, 3) {
            0 => {}
            1 => rule.clauses.when = narrower(&rule.clauses.when, cond),
            _ => {
                let mut half = rule.clone();
                half.name = format!("{name}b");
                half.clauses.when = narrower(&half.clauses.when, Cond::Not(Box::new(cond.clone())));
                self.policy.items.push(Item::Rule(half));
                let base = self.policy.items.iter_mut().find_map(|item| match item {
                    Item::Rule(base) if base.name == own => Some(base),
                    _ => None,
                });
                if let Some(base) = base {
                    base.clauses.when = narrower(&base.clauses.when, cond);
                }
            }
        }
        self.policy.items.push(Item::Rule(rule));
    }

    /// An exception mostly speaks of what its base speaks of, and often in the same way.
    pub(super) fn aim_at_base(&mut self, clauses: &Clauses, effects: &mut Vec<Effect>) {
        let Some(base) = clauses.exception_to.first().and_then(|path| self.effects_of(path)) else { return };
        for effect in effects.iter_mut().filter(|effect| !effect.targets.is_empty()) {
            if self.random.chance(60) {
                effect.targets.clone_from(&self.random.pick(&base).targets);
            }
        }
        let Some(Effect { kind, targets, .. }) = base
            .into_iter()
            .rfind(|effect| matches!(effect.kind, EffectKind::Terms | EffectKind::Precondition(_)))
        else {
            return;
        };
        if self.random.chance(40) {
            *effects = match kind {
                EffectKind::Terms => vec![Effect { kind, targets, bounds: self.bounds(100) }],
                _ => {
                    vec![Effect { kind: EffectKind::Precondition(self.cond(0)), targets, bounds: Vec::new() }]
                }
            };
        }
    }

    /// What a rule written before says, where it speaks of some support.
    fn effects_of(&self, path: &str) -> Option<Vec<Effect>> {
        let named =
            |item: &&Item| matches!(item, Item::Rule(rule) if path.ends_with(&format!(".{}", rule.name)));
        match self.policy.items.iter().find(named)? {
            Item::Rule(rule) if rule.effects.iter().all(|effect| !effect.targets.is_empty()) => {
                Some(rule.effects.clone())
            }
            _ => None,
        }
    }
}
