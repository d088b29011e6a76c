//! Two models over one vocabulary in one space, so that what they decide can be zipped.

use super::from_model::{Diagrams, tests_of};
use super::space::{Space, tests_in};
use super::store::{Node, NotProven, Store};
use crate::model::{Model, RuleId};
use crate::verdict::Statements;

/// What is asked of one of two models.
#[derive(Clone, Copy)]
pub(crate) struct Party<'a> {
    pub model: &'a Model,
    pub statements: &'a Statements,
    pub rules: &'a [RuleId],
}

impl<'a> Diagrams<'a> {
    /// The diagrams of the first of two parties, in a space that tells apart what either does.
    pub(crate) fn of_two(first: Party<'a>, other: Party<'_>, budget: u64) -> Result<Self, NotProven> {
        let (mut asked, mut assumed) = (Vec::new(), Vec::new());
        for party in [first, other] {
            asked.extend(tests_of(party.model, party.statements, party.rules, &[]));
            for assumption in &party.model.assumptions {
                tests_in(party.model, &assumption.formula, &mut assumed);
            }
        }
        let space = Space::of(first.model, &asked, &assumed, &[]);
        Diagrams::in_space(first, space, Store::new(budget))
    }

    /// The diagrams of the other party, in the same space with the same nodes. Who exists to both exists.
    pub(crate) fn beside<'b>(self, other: Party<'b>) -> Result<Diagrams<'b>, NotProven> {
        let existed = self.existing;
        let mut diagrams = Diagrams::in_space(other, self.space, self.store)?;
        diagrams.existing = diagrams.store.and(diagrams.existing, existed)?;
        diagrams.possible = diagrams.store.exists_from(diagrams.existing, diagrams.space.asked)?;
        Ok(diagrams)
    }

    /// The space of what two models assume, and in it those who exist to the first alone, and to the other alone.
    pub(crate) fn existing_apart(
        first: Party<'a>,
        other: Party<'a>,
        budget: u64,
    ) -> Result<(Self, [Node; 2]), NotProven> {
        let mut assumed = Vec::new();
        for party in [first, other] {
            for assumption in &party.model.assumptions {
                tests_in(party.model, &assumption.formula, &mut assumed);
            }
        }
        let space = Space::of(first.model, &assumed, &[], &[]);
        let diagrams = Diagrams::in_space(first, space, Store::new(budget))?;
        let existed = diagrams.existing;
        let mut diagrams = Diagrams::in_space(other, diagrams.space, diagrams.store)?;
        let exist = diagrams.existing;
        diagrams.possible = diagrams.store.or(existed, exist)?;
        let gone = diagrams.store.without(existed, exist)?;
        let new = diagrams.store.without(exist, existed)?;
        Ok((diagrams, [gone, new]))
    }
}
