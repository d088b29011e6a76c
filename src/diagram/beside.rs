//! Two models over one vocabulary in one space, so that what they decide can be zipped.

use super::from_model::{Diagrams, tests_of};
use super::space::{Space, tests_in};
use super::store::{Node, NotProven, Store};
use crate::model::{FactId, Model, RuleId, ValueSet};
use crate::verdict::Statements;

/// What is asked of one of two models.
#[derive(Clone, Copy)]
pub(crate) struct Party<'a> {
    pub model: &'a Model,
    pub statements: &'a Statements,
    pub rules: &'a [RuleId],
}

impl<'a> Diagrams<'a> {
    /// The diagrams of the first of two parties, in a space that tells apart what either does, and these values of a
    /// fact.
    pub(crate) fn of_two(
        first: Party<'a>,
        other: Party<'_>,
        apart: Option<(FactId, [i64; 2])>,
        budget: u64,
    ) -> Result<Self, NotProven> {
        let (mut asked, mut assumed) = (Vec::new(), Vec::new());
        for party in [first, other] {
            asked.extend(tests_of(party.model, party.statements, party.rules, &[]));
            for assumption in &party.model.assumptions {
                tests_in(party.model, &assumption.formula, &mut assumed);
            }
        }
        if let Some((fact, values)) = apart {
            asked.extend(values.map(|value| (fact, ValueSet::range(value, value))));
        }
        let space = Space::of(first.model, &asked, &assumed, &[]);
        Diagrams::in_space(first, space, Store::new(budget))
    }

    /// The diagrams of the other party, in the same space with the same nodes, which are handed over to it. Who exists to
    /// both exists.
    pub(crate) fn beside<'b>(&mut self, other: Party<'b>) -> Result<Diagrams<'b>, NotProven> {
        let existed = self.existing;
        let mut diagrams = Diagrams::in_space(other, self.space.clone(), self.handed_over())?;
        diagrams.existing = diagrams.store.and(diagrams.existing, existed)?;
        diagrams.possible = diagrams.store.exists_from(diagrams.existing, diagrams.space.asked)?;
        Ok(diagrams)
    }

    /// The nodes, for another one that knows the same space.
    pub(crate) fn handed_over(&mut self) -> Store {
        std::mem::replace(&mut self.store, Store::new(0))
    }

    /// Looks at citizens who exist with either value of a fact; the answer is where the space asks it, and as which
    /// classes.
    pub(crate) fn with_either(
        &mut self,
        fact: FactId,
        values: [i64; 2],
    ) -> Result<(usize, [usize; 2]), NotProven> {
        let Some(at) = self.space.position(fact) else { return Err(NotProven) };
        let classes = &self.space.dimensions[at].classes;
        let of = |value: i64| classes.iter().position(|class| class.contains(value)).ok_or(NotProven);
        let classes = [of(values[0])?, of(values[1])?];
        let both = classes.map(|class| self.store.fix(self.existing, at, class));
        self.existing = self.store.and(both[0]?, both[1]?)?;
        self.possible = self.store.exists_from(self.existing, self.space.asked)?;
        Ok((at, classes))
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
