//! Decision diagrams: what is decided of a support in a place, everywhere at once.
//!
//! The verdict diagrams of the layers heard there, folded leaf by leaf as the plain evaluator folds verdicts.

use super::from_model::Diagrams;
use super::store::{Node, NotProven};
use super::verdicts::Leaves;
use crate::model::SupportId;
use crate::verdict::Decision;
use std::collections::BTreeMap;

/// The decisions that stand at the leaves, each once.
#[derive(Clone, Debug)]
pub(crate) struct Decisions {
    list: Vec<Decision>,
    index: BTreeMap<Decision, u32>,
}

impl Decisions {
    /// Only "nothing is decided", as leaf 0.
    pub(crate) fn new() -> Self {
        let nothing = Decision::nothing();
        Decisions { list: vec![nothing.clone()], index: BTreeMap::from([(nothing, 0)]) }
    }

    /// The decision at a leaf.
    pub(crate) fn get(&self, leaf: u32) -> &Decision {
        &self.list[leaf as usize]
    }

    /// All of them.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Decision> {
        self.list.iter()
    }

    pub(super) fn leaf(&mut self, decision: Decision) -> u32 {
        if let Some(known) = self.index.get(&decision) {
            return *known;
        }
        let new = self.list.len() as u32;
        self.list.push(decision.clone());
        self.index.insert(decision, new);
        new
    }
}

impl Diagrams<'_> {
    /// What is decided of one judged support; the leaves index `decisions`.
    pub(crate) fn decision(
        &mut self,
        support: SupportId,
        decisions: &mut Decisions,
    ) -> Result<Node, NotProven> {
        let mut leaves = Leaves::new();
        let mut decided = Node::leaf(0);
        let statements = self.statements;
        for layer in statements.place.deciding(self.model) {
            let verdict = self.verdict(layer, support, &mut leaves)?;
            decided = self.store.zip(decided, verdict, &mut |above, below| {
                let heard = decisions.get(above).clone().hear(leaves.get(below));
                decisions.leaf(heard)
            })?;
        }
        Ok(decided)
    }

    /// Where what is decided has a property, among the profiles that exist.
    pub(crate) fn decided_where(
        &mut self,
        decided: Node,
        decisions: &Decisions,
        holds: impl Fn(&Decision) -> bool,
    ) -> Result<Node, NotProven> {
        let region = self.store.map(decided, &mut |leaf| u32::from(holds(decisions.get(leaf))))?;
        self.store.and(region, self.possible)
    }
}
