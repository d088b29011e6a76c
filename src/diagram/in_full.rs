//! A region in full, cut free of its store.

use super::from_model::Diagrams;
use super::store::Node;
use crate::ground::{FactAsked, Lead, Whole};
use rustc_hash::FxHashMap;

impl Diagrams<'_> {
    /// Everybody in a region.
    pub(crate) fn in_full(&self, region: Node) -> Whole {
        let mut whole = Whole { questions: Vec::new(), start: Lead::Inside(false) };
        whole.start = self.lead(region, &mut whole.questions, &mut FxHashMap::default());
        whole
    }

    fn lead(&self, node: Node, questions: &mut Vec<FactAsked>, known: &mut FxHashMap<Node, Lead>) -> Lead {
        let Some((dimension, children)) = self.store.ask(node) else {
            return Lead::Inside(node.as_leaf() == Some(1));
        };
        if let Some(lead) = known.get(&node) {
            return *lead;
        }
        let dimension = &self.space.dimensions[dimension];
        let mut ways = Vec::new();
        for (class, child) in dimension.classes.iter().zip(children) {
            ways.push((class.ranges().to_vec(), self.lead(*child, questions, known)));
        }
        let fact = self.model.facts[dimension.fact.index()].name.clone();
        questions.push(FactAsked { fact, ways });
        let lead = Lead::To(questions.len() - 1);
        known.insert(node, lead);
        lead
    }
}
