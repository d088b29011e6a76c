//! Conditions that ask what is decided, in their own words or by a concept.

use super::policy::{Cond, Policy};
use std::collections::BTreeSet;

impl Policy {
    /// A condition asks what is decided, itself or by way of a concept.
    pub(crate) fn asks(&self, cond: &Cond) -> bool {
        !self.asked(cond).is_empty()
    }

    /// The supports whose decision a condition asks about.
    pub(crate) fn asked(&self, cond: &Cond) -> BTreeSet<usize> {
        match cond {
            Cond::Decided(support, _) => BTreeSet::from([*support]),
            Cond::Concept(concept) => self.asked(&self.concepts[*concept].1),
            Cond::Not(inner) => self.asked(inner),
            Cond::And(parts) | Cond::Or(parts) => parts.iter().flat_map(|part| self.asked(part)).collect(),
            Cond::Always | Cond::Test(..) | Cond::Fact(_) => BTreeSet::new(),
        }
    }

    /// The same condition, with what a concept asks written out.
    pub(crate) fn opened(&self, cond: &Cond) -> Cond {
        let all = |parts: &[Cond]| parts.iter().map(|part| self.opened(part)).collect();
        match cond {
            Cond::Concept(concept) if self.asks(cond) => self.opened(&self.concepts[*concept].1),
            Cond::Not(inner) => Cond::Not(Box::new(self.opened(inner))),
            Cond::And(parts) => Cond::And(all(parts)),
            Cond::Or(parts) => Cond::Or(all(parts)),
            _ => cond.clone(),
        }
    }
}
