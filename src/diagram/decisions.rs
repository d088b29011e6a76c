//! Decision diagrams: what is decided of a support in a place, everywhere at once.
//!
//! The verdict diagrams of the layers heard there, folded leaf by leaf as the plain evaluator folds verdicts.

use super::from_model::Diagrams;
use super::store::{Node, NotProven};
use super::verdicts::Leaves;
use crate::ground::Numbered;
use crate::model::SupportId;
use crate::verdict::Decision;

/// The decisions that stand at the leaves, each once.
#[derive(Clone, Debug)]
pub(crate) struct Decisions(Numbered<Decision>);

impl Decisions {
    /// Only "nothing is decided", as leaf 0.
    pub(crate) fn new() -> Self {
        Decisions(Numbered::from_first(Decision::nothing()))
    }

    /// The decision at a leaf.
    pub(crate) fn get(&self, leaf: u32) -> &Decision {
        self.0.get(leaf)
    }

    /// All of them.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Decision> {
        self.0.list().iter()
    }

    pub(super) fn leaf(&mut self, decision: Decision) -> u32 {
        self.0.number(decision)
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
