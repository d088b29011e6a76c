//! What is left open of a citizen of whom not everything is known.
//!
//! A diagram here ends in a leaf for everybody who exists and says of nobody else anything, so that two values of a fact
//! lead alike exactly when the same node lies below them.

use super::from_model::Diagrams;
use super::store::{NO, Node, NotProven, YES};
use crate::model::{FactId, Profile, ValueSet};
use std::collections::{BTreeMap, BTreeSet};

/// Where nobody exists.
const NOBODY: u32 = (1 << 31) - 1;
/// Where two citizens who can no longer be told apart come to different leaves.
const TORN: u32 = (1 << 31) - 2;

/// The values of one fact that lead alike, and what they lead to.
pub(crate) type Alike = (ValueSet, Node);

impl Diagrams<'_> {
    /// A diagram for those who exist, on all facts of the space.
    pub(crate) fn of_existing(&mut self, diagram: Node) -> Result<Node, NotProven> {
        self.store.zip(diagram, self.existing, &mut |leaf, exists| if exists == 0 { NOBODY } else { leaf })
    }

    /// The leaves somebody comes to, in a diagram of those who exist.
    pub(crate) fn reached(&self, diagram: Node) -> BTreeSet<u32> {
        let mut leaves = self.store.leaves(diagram);
        leaves.remove(&NOBODY);
        leaves
    }

    /// The values of a fact, those together that lead alike; nothing where the space does not tell them apart.
    pub(crate) fn ways(&mut self, diagram: Node, fact: FactId) -> Result<Vec<Alike>, NotProven> {
        let Some(at) = self.space.position(fact) else { return Ok(Vec::new()) };
        let mut ways: BTreeMap<Node, ValueSet> = BTreeMap::new();
        for (class, values) in self.space.dimensions[at].classes.clone().into_iter().enumerate() {
            let below = self.store.fix(diagram, at, class)?;
            let known = ways.entry(below).or_default();
            *known = known.union(&values);
        }
        Ok(ways.into_iter().map(|(below, values)| (values, below)).collect())
    }

    /// The diagram without a fact; nothing where two who exist and differ in it alone come to different leaves.
    pub(crate) fn without_fact(&mut self, diagram: Node, fact: FactId) -> Result<Option<Node>, NotProven> {
        let Some(at) = self.space.position(fact) else { return Ok(Some(diagram)) };
        let joined = self.store.joined(diagram, at, &mut |left, right| match (left, right) {
            (NOBODY, other) | (other, NOBODY) => other,
            (left, right) if left == right => left,
            _ => TORN,
        })?;
        Ok((!self.store.leaves(joined).contains(&TORN)).then_some(joined))
    }

    /// Where somebody with another value of a fact would be in a region, or is.
    pub(crate) fn whatever(&mut self, region: Node, fact: FactId) -> Result<Node, NotProven> {
        let Some(at) = self.space.position(fact) else { return Ok(region) };
        self.store.exists(region, &|dimension| dimension == at)
    }

    /// Those who exist and share these facts with a citizen, as far as the space tells values apart.
    pub(crate) fn like(&mut self, profile: &Profile, facts: &BTreeSet<FactId>) -> Result<Node, NotProven> {
        let mut node = self.existing;
        for at in 0..self.space.dimensions.len() {
            let dimension = &self.space.dimensions[at];
            if facts.contains(&dimension.fact) {
                let value = profile.0[dimension.fact.index()];
                let own = |class: &ValueSet| if class.contains(value) { YES } else { NO };
                let children = dimension.classes.iter().map(own).collect();
                let same = self.store.node(at, children)?;
                node = self.store.and(node, same)?;
            }
        }
        Ok(node)
    }
}
