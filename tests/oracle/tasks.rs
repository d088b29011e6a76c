//! Tasks and procedural steps, alone or as part of a støtte: docs/semantics.md, section 2.

use super::generate::Generator;
use super::judge::View;
use super::policy::{Effect, EffectKind, Grade, Item, Policy, Rule, Sort, Speaker, Support};
use std::collections::BTreeSet;

/// The støtter a name stands for.
fn given(policy: &Policy, name: usize) -> Vec<usize> {
    if policy.supports[name].is_kind { policy.members(name) } else { vec![name] }
}

/// The pairs that some rule names are listed anew, behind everything that is declared.
pub(crate) fn pair_up(policy: &mut Policy) {
    policy.supports.retain(|support| !matches!(support.sort, Sort::Pair(..)));
    let mut pairs = BTreeSet::new();
    for item in &policy.items {
        let Item::Rule(rule) = item else { continue };
        for effect in &rule.effects {
            let EffectKind::Perform { at, .. } = &effect.kind else { continue };
            let at: Vec<usize> = at.iter().flat_map(|name| given(policy, *name)).collect();
            pairs.extend(effect.targets.iter().flat_map(|task| at.iter().map(|support| (*task, *support))));
        }
    }
    let pair = |(task, support): (usize, usize)| Support {
        name: format!("{} ved {}", policy.supports[task].name, policy.supports[support].name),
        is_kind: false,
        parent: Some(task),
        sort: Sort::Pair(task, support),
    };
    let pairs: Vec<Support> = pairs.into_iter().map(pair).collect();
    policy.supports.extend(pairs);
}

/// An effect as it is judged: `udføre T ved X` is a grade on the pairs.
pub(super) fn flattened(policy: &Policy, effect: &Effect) -> Effect {
    let EffectKind::Perform { grade, at } = &effect.kind else { return effect.clone() };
    let kind = EffectKind::Grade { grade: *grade, duty: false, only_when: None };
    let at: Vec<usize> = at.iter().flat_map(|name| given(policy, *name)).collect();
    let meant = |support: &usize| match policy.supports[*support].sort {
        Sort::Pair(task, support) => effect.targets.contains(&task) && at.contains(&support),
        _ => false,
    };
    let targets = if at.is_empty() {
        effect.targets.clone()
    } else {
        (0..policy.supports.len()).filter(meant).collect()
    };
    Effect { kind, targets, bounds: Vec::new() }
}

impl View<'_> {
    /// Findings are told of a support; of a pair only where a grade with `ved` that speaks of it is active.
    pub(crate) fn is_told(&self, support: usize) -> bool {
        let policy = self.judge.policy;
        let speaks =
            |rule: usize| self.active_grades(rule, support).into_iter().any(|(_, target)| target == support);
        !matches!(policy.supports[support].sort, Sort::Pair(..)) || (0..self.judge.rules.len()).any(speaks)
    }
}

const GRADES: [Grade; 8] = [
    Grade::May,
    Grade::May,
    Grade::Must,
    Grade::Must,
    Grade::MustNot,
    Grade::MustNot,
    Grade::Should,
    Grade::ShouldNot,
];

impl Generator {
    /// Two tasks and a step, and rules of them in every module.
    pub(super) fn tasks(&mut self) {
        let kinds: Vec<usize> =
            (0..self.policy.supports.len()).filter(|at| self.policy.supports[*at].is_kind).collect();
        let task = |name: &str, sort| Support { name: name.to_owned(), is_kind: false, parent: None, sort };
        let belongs = self.random.chance(50).then(|| *self.random.pick(&kinds));
        self.policy.supports.push(task("vækning", Sort::Task(belongs)));
        if self.random.chance(50) {
            self.policy.supports.push(task("kørsel", Sort::Task(None)));
        }
        if self.random.chance(40) {
            self.policy.supports.push(task("handleplan", Sort::Step));
        }
        for speaker in self.policy.speakers() {
            let most = match speaker {
                Speaker::Law => 3,
                Speaker::Town => 4,
                _ => 1,
            };
            for number in 0..self.random.between(0, most) {
                self.chore(speaker, &format!("o{number}"));
            }
        }
        if self.random.chance(30) {
            self.table_of_tasks("t8");
        }
    }

    /// A table of what is done: the first kommune's, with a column `opgave`.
    fn table_of_tasks(&mut self, name: &str) {
        let tasks = self.all_tasks();
        let mut table = self.table(name, 3);
        for row in &mut table.rows {
            row.targets = vec![*self.random.pick(&tasks)];
            row.grade = Some((*self.random.pick(&GRADES), false));
            row.bounds.clear();
        }
        self.policy.items.push(Item::Table(table));
    }

    pub(super) fn all_tasks(&self) -> Vec<usize> {
        let is_task = |at: &usize| matches!(self.policy.supports[*at].sort, Sort::Task(_) | Sort::Step);
        (0..self.policy.supports.len()).filter(is_task).collect()
    }

    /// A rule of what is done.
    pub(super) fn chore(&mut self, speaker: Speaker, name: &str) {
        let clauses = self.clauses(speaker, 50);
        let mut effects = vec![self.performs()];
        if self.random.chance(20) {
            effects.push(self.performs());
        }
        if self.random.chance(10) {
            effects.push(self.graded(speaker.is_law()));
        }
        self.policy.items.push(Item::Rule(Rule { speaker, name: name.to_owned(), clauses, effects }));
    }

    pub(super) fn performs(&mut self) -> Effect {
        let tasks = self.all_tasks();
        let mut targets = vec![*self.random.pick(&tasks)];
        if self.random.chance(15) {
            targets.push(*self.random.pick(&tasks));
            targets.dedup();
        }
        let mut at = Vec::new();
        if self.random.chance(45) {
            at.push(self.target(25));
            if self.random.chance(20) {
                at.push(self.target(0));
                at.dedup();
            }
            // an art without støtter names nothing
            at.retain(|name| !given(&self.policy, *name).is_empty());
        }
        let grade = *self.random.pick(&GRADES);
        Effect { kind: EffectKind::Perform { grade, at }, targets, bounds: Vec::new() }
    }
}
