//! The rules of a place, divided into parts that have nothing to do with one another: whoever looks at a support needs
//! the rules of its part, and no others.

use crate::model::{EffectKind, Grade, Model, Role, RuleId, SupportId};
use crate::verdict::{Statements, distance};
use std::collections::{BTreeMap, BTreeSet};

/// The parts of one place; a part goes by the number of one of its members.
pub(super) struct Parts {
    heads: Vec<u32>,
    supports: usize,
    rules: BTreeMap<u32, Vec<RuleId>>,
    /// the parts of rules with an error: nobody knows of what else they may have meant to speak
    in_doubt: BTreeSet<u32>,
}

impl Parts {
    /// Joins what can meet in one look: rules and the supports they speak of and ask about, exceptions and their bases,
    /// supports that stand in a relation.
    pub(super) fn of(model: &Model, place: &Statements) -> Self {
        let heard = place.place.rules(model);
        let supports = model.supports.len();
        let mut parts = Parts {
            heads: (0..(supports + model.rules.len()) as u32).collect(),
            supports,
            rules: BTreeMap::new(),
            in_doubt: BTreeSet::new(),
        };
        let below = below(model);
        for id in model.support_ids() {
            let support = &model.supports[id.index()];
            support.relations.iter().for_each(|(_, other)| parts.join_all(id.0, &below[other.index()]));
            // what is said of a task, of it as a part of a support, and of the support
            if let Role::Pair(of) = support.role {
                parts.join(id.0, of.0);
                support.parent.iter().for_each(|task| parts.join(id.0, task.0));
            }
        }
        for id in &heard {
            let (rule, own) = (model.rule(*id), parts.node(*id));
            let named =
                rule.effects.iter().filter_map(|effect| effect.support).chain(rule.asks.iter().copied());
            named.for_each(|support| parts.join_all(own, &below[support.index()]));
            for base in rule.exception_to.iter().filter(|base| heard.binary_search(base).is_ok()) {
                let base = parts.node(base);
                parts.join(own, base);
            }
        }
        if meets_other_laws(model, &heard) {
            heard.iter().for_each(|id| parts.join(parts.node(*id), parts.node(heard[0])));
            (0..supports as u32).for_each(|id| parts.join(id, parts.node(heard[0])));
        }
        for id in heard {
            let part = parts.head(parts.node(id));
            parts.rules.entry(part).or_default().push(id);
            if model.rule(id).has_error {
                parts.in_doubt.insert(part);
            }
        }
        parts
    }

    /// The rules of the parts in which these supports and rules lie, and of all in which a rule has an error; sorted.
    pub(super) fn around(&self, supports: &[SupportId], rules: &[RuleId]) -> (BTreeSet<u32>, Vec<RuleId>) {
        let nodes = supports.iter().map(|id| id.0).chain(rules.iter().map(|id| self.node(*id)));
        let parts: BTreeSet<u32> =
            nodes.map(|node| self.head(node)).chain(self.in_doubt.iter().copied()).collect();
        let mut rules: Vec<RuleId> =
            parts.iter().filter_map(|part| self.rules.get(part)).flatten().copied().collect();
        rules.sort_unstable();
        (parts, rules)
    }

    fn node(&self, rule: RuleId) -> u32 {
        self.supports as u32 + rule.0
    }

    fn head(&self, mut node: u32) -> u32 {
        while self.heads[node as usize] != node {
            node = self.heads[node as usize];
        }
        node
    }

    fn join(&mut self, one: u32, other: u32) {
        let (one, other) = (self.head(one), self.head(other));
        let (low, high) = (one.min(other), one.max(other));
        self.heads[high as usize] = low;
    }

    fn join_all(&mut self, one: u32, supports: &[SupportId]) {
        supports.iter().for_each(|support| self.join(one, support.0));
    }
}

/// For each support itself and what lies below it.
fn below(model: &Model) -> Vec<Vec<SupportId>> {
    let mut below = vec![Vec::new(); model.supports.len()];
    for id in model.support_ids() {
        let above = model.support_ids().filter(|other| distance(model, id, *other).is_some());
        above.for_each(|other| below[other.index()].push(id));
    }
    below
}

/// Whether somebody may be due a support that is blocked, and be pointed to another one: then the rules of all supports meet.
fn meets_other_laws(model: &Model, heard: &[RuleId]) -> bool {
    let has = |wanted: fn(&EffectKind) -> bool| {
        heard.iter().any(|id| model.rule(*id).effects.iter().any(|effect| wanted(&effect.kind)))
    };
    has(|kind| matches!(kind, EffectKind::Grade { grade: Grade::Should, .. }))
        && has(|kind| matches!(kind, EffectKind::Precondition(_)))
}
