//! Tables, and rules of a shape that chance alone makes too seldom.

use super::conditions::Conditions;
use super::generate::Generator;
use super::policy::{Basis, Clauses, Effect, EffectKind, Grade, Item, Period, Row, Rule, Speaker, Table};
use hjemmel::Day;

impl Generator {
    /// A right, and three rules of one form on it, each an exception from the one before.
    pub(super) fn chain(&mut self) {
        let target = self.target(0);
        let right = EffectKind::Grade { grade: Grade::Right, duty: false, only_when: None };
        let form = self.random.between(0, 2);
        for at in 0..4 {
            let kind = match form {
                _ if at == 0 => right.clone(),
                0 => EffectKind::Precondition(self.cond(0)),
                1 => EffectKind::Terms,
                _ => EffectKind::Grade { grade: self.grade(false), duty: false, only_when: None },
            };
            let bounds = if matches!(kind, EffectKind::Terms) { self.bounds(100) } else { Vec::new() };
            let mut clauses = Clauses { basis: vec![Basis::Source], ..Clauses::default() };
            clauses.when = self.maybe_cond(50, 1);
            if at > 1 {
                clauses.exception_to = vec![format!("{}.c{}", Speaker::Town.name(), at - 1)];
            }
            let effects = vec![Effect { kind, targets: vec![target], bounds }];
            self.policy.items.push(Item::Rule(Rule {
                speaker: Speaker::Town,
                name: format!("c{at}"),
                clauses,
                effects,
            }));
        }
    }

    /// A rule about something promised that ends within the window.
    pub(super) fn ending(&mut self) {
        let Some((_, kinds)) = self.policy.scope.clone() else { return };
        let below =
            |at: &usize| !self.policy.supports[*at].is_kind && self.policy.is_at_or_above(kinds[0], *at);
        let promised: Vec<usize> = (0..self.policy.supports.len()).filter(below).collect();
        if promised.is_empty() {
            return;
        }
        let (first, last) = self.policy.window;
        let to = Some(first + self.random.between(0, (last - first) as usize - 1) as Day);
        let mut clauses = Clauses { basis: vec![Basis::Source], ..Clauses::default() };
        clauses.valid = Some(Period { from: None, to });
        clauses.when = self.maybe_cond(50, 1);
        let kind = EffectKind::Grade { grade: self.grade(false), duty: false, only_when: None };
        let targets = vec![*self.random.pick(&promised)];
        let effects = vec![Effect { kind, targets, bounds: Vec::new() }];
        let rule = Rule { speaker: Speaker::Town, name: "e1".to_owned(), clauses, effects };
        self.policy.items.push(Item::Rule(rule));
    }

    pub(super) fn table(&mut self, name: &str, rows: usize) -> Table {
        let mut clauses = self.clauses(Speaker::Town, 20);
        if !clauses.basis.is_empty() {
            clauses.fault = self.fault(2);
        }
        let fact = self.random.between(0, self.policy.facts.len() - 1);
        let rows = ["a", "b", "c", "d"][..rows].iter().map(|row| self.row(row, fact)).collect();
        Table { name: name.to_owned(), clauses, first_row_wins: self.random.chance(40), rows }
    }

    fn row(&mut self, name: &str, fact: usize) -> Row {
        let grade = self.random.chance(85).then(|| self.grade(false));
        let granting = matches!(grade, Some(Grade::May | Grade::Right | Grade::Must));
        let on_kind = if grade == Some(Grade::ShouldNot) { 0 } else { 15 };
        let mut targets = vec![self.target(on_kind)];
        if self.random.chance(15) {
            targets.push(self.target(on_kind));
            targets.dedup();
        }
        let bounds = match grade {
            None => self.bounds(100),
            Some(_) if granting => self.bounds(50),
            Some(_) => Vec::new(),
        };
        let mut tests = Vec::new();
        if self.random.chance(50) {
            let domain = &self.policy.facts[fact].domain;
            let test = Conditions { random: &mut self.random, policy: &self.policy }.cell(domain);
            tests.push((fact, test));
        }
        Row {
            name: name.to_owned(),
            targets,
            when: self.maybe_cond(40, 1),
            grade: grade.map(|grade| (grade, granting && self.random.chance(8))),
            bounds,
            tests,
            basis: if self.random.chance(15) { self.basis(false, 0) } else { Vec::new() },
            valid: self.random.chance(8).then(|| self.period()),
        }
    }
}
