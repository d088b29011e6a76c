//! Random conditions, bounds and cells.

use super::policy::{Cond, Domain, Op, Policy, Test};
use super::random::Random;

pub(crate) struct Conditions<'a> {
    pub(crate) random: &'a mut Random,
    pub(crate) policy: &'a Policy,
}

impl Conditions<'_> {
    /// A condition of at most this depth.
    pub(crate) fn cond(&mut self, depth: usize) -> Cond {
        let roll = self.random.between(0, 99);
        if depth == 0 || roll < 50 {
            return self.atom();
        }
        match roll {
            50..60 => Cond::Not(Box::new(self.cond(depth - 1))),
            60..82 => Cond::And(self.parts(depth - 1)),
            _ => Cond::Or(self.parts(depth - 1)),
        }
    }

    fn parts(&mut self, depth: usize) -> Vec<Cond> {
        (0..self.random.between(2, 3)).map(|_| self.cond(depth)).collect()
    }

    /// A condition that holds for no one.
    pub(crate) fn contrary(&mut self) -> Cond {
        let atom = self.atom();
        Cond::And(vec![atom.clone(), self.atom(), Cond::Not(Box::new(atom))])
    }

    fn atom(&mut self) -> Cond {
        let plain = |at: &usize| !self.policy.asks(&Cond::Concept(*at));
        let concepts: Vec<usize> = (0..self.policy.concepts.len()).filter(plain).collect();
        if !concepts.is_empty() && self.random.chance(15) {
            return Cond::Concept(*self.random.pick(&concepts));
        }
        if self.random.chance(2) {
            return Cond::Always;
        }
        let fact = self.random.between(0, self.policy.facts.len() - 1);
        let domain = &self.policy.facts[fact].domain;
        if matches!(domain, Domain::YesNo) && self.random.chance(70) {
            let bare = Cond::Fact(fact);
            return if self.random.chance(40) { Cond::Not(Box::new(bare)) } else { bare };
        }
        Cond::Test(fact, self.test(domain, true))
    }

    /// A comparison that some but not all values pass.
    fn test(&mut self, domain: &Domain, negatable: bool) -> Test {
        let values = domain.values();
        let last = values.len() - 1;
        if !domain.ordered() || self.random.chance(25) {
            let op = if negatable && self.random.chance(30) { Op::IsNot } else { Op::Is };
            let mut chosen = vec![*self.random.pick(&values)];
            if values.len() > 2 && self.random.chance(40) {
                chosen.push(*self.random.pick(&values));
                chosen.sort_unstable();
                chosen.dedup();
            }
            return Test { op, values: chosen };
        }
        let (op, low, high) = *self.random.pick(&[
            (Op::Under, 1, last),
            (Op::Over, 0, last - 1),
            (Op::AtLeast, 1, last),
            (Op::AtMost, 0, last - 1),
            (Op::Between, 0, last),
        ]);
        let mut chosen = vec![values[self.random.between(low, high)]];
        if op == Op::Between {
            chosen.push(*self.random.pick(&values));
            chosen.sort_unstable();
        }
        Test { op, values: chosen }
    }

    /// A cell of a fact's column.
    pub(crate) fn cell(&mut self, domain: &Domain) -> Test {
        self.test(domain, false)
    }

    /// The bound of a term: one exact value, or a range.
    pub(crate) fn bound(&mut self, domain: &Domain) -> Test {
        let mut test = self.test(domain, false);
        if test.op == Op::Is {
            test.values.truncate(1);
        }
        test
    }
}
