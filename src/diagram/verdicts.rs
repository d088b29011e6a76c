//! Verdict diagrams: what a layer says of a support, everywhere at once.
//!
//! The leaves are interned verdicts without rule names: naming rules in the leaves would multiply the nodes. Which
//! rules are behind a point is asked afterwards, at the witness.

use super::from_model::Diagrams;
use super::store::{NO, Node, NotProven};
use crate::ground::Numbered;
use crate::model::{Grade, SupportId};
use crate::verdict::{Layer, Members, Part, Said, Verdict};
use rustc_hash::FxHashMap;

/// The verdicts that stand at the leaves, each once.
#[derive(Clone, Debug)]
pub(crate) struct Leaves(Numbered<Verdict>);

impl Leaves {
    /// Only "nothing is said", as leaf 0.
    pub(crate) fn new() -> Self {
        Leaves(Numbered::from_first(Verdict::default()))
    }

    /// The verdict at a leaf.
    pub(crate) fn get(&self, leaf: u32) -> &Verdict {
        self.0.get(leaf)
    }

    pub(super) fn changed(&mut self, leaf: u32, change: impl FnOnce(&mut Verdict)) -> u32 {
        let mut verdict = self.0.get(leaf).clone();
        change(&mut verdict);
        self.0.number(verdict)
    }
}

impl Diagrams<'_> {
    /// What one layer says of one judged support; the leaves index `leaves`.
    pub(crate) fn verdict(
        &mut self,
        layer: Layer,
        support: SupportId,
        leaves: &mut Leaves,
    ) -> Result<Node, NotProven> {
        let (statements, model) = (self.statements, self.model);
        let mut diagram = Node::leaf(0);
        // one that only sets others aside says nothing here, and the task may not know what it asks
        let speaks = |said: &&Said| said.layer == layer && said.has_part();
        for said in statements.about(support).iter().filter(speaks) {
            let deviable = self.formula_in(said.rule, &model.rule(said.rule).deviable)?;
            for grade in &said.grades {
                let stands = self.stands(said, grade, support)?;
                let firm = self.store.without(stands, deviable)?;
                let soft = self.store.and(stands, deviable)?;
                for (region, firm) in [(firm, true), (soft, false)] {
                    let state = |v: &mut Verdict| {
                        v.grades.insert((grade.grade, firm));
                    };
                    diagram = self.say(diagram, region, leaves, &state)?;
                }
                if grade.duty {
                    let active = self.active(said, Part::Grade, support)?;
                    diagram = self.say(diagram, active, leaves, &|v| v.duty = true)?;
                }
            }
            for bound in &said.bounds {
                let active = self.bound(said, bound, support)?;
                let firm = self.store.without(active, deviable)?;
                let soft = self.store.and(active, deviable)?;
                for (region, firm) in [(firm, true), (soft, false)] {
                    diagram = self.say(diagram, region, leaves, &|v| v.add(bound, firm))?;
                }
            }
            for precondition in &said.preconditions {
                let active = self.active(said, Part::Precondition, support)?;
                let met = self.formula_in(said.rule, &precondition.formula)?;
                let fails = self.store.without(active, met)?;
                let firmly = self.store.without(fails, deviable)?;
                diagram = self.say(diagram, firmly, leaves, &|v| v.blocked = true)?;
            }
        }
        match statements.members.get(&support) {
            Some(members) => self.with_members(diagram, layer, members, leaves),
            None => Ok(diagram),
        }
    }

    /// Where a firm ret or skal of a layer stands on a support.
    pub(crate) fn firmly_due(&mut self, layer: Layer, support: SupportId) -> Result<Node, NotProven> {
        let (statements, model) = (self.statements, self.model);
        let mut due = NO;
        for said in statements.about(support).iter().filter(|said| said.layer == layer && said.makes_due()) {
            let deviable = self.formula_in(said.rule, &model.rule(said.rule).deviable)?;
            for grade in said.grades.iter().filter(|said| matches!(said.grade, Grade::Right | Grade::Must)) {
                let stands = self.stands(said, grade, support)?;
                let firm = self.store.without(stands, deviable)?;
                due = self.store.or(due, firm)?;
            }
        }
        Ok(due)
    }

    /// Adds a statement to the verdicts of a region.
    fn say(
        &mut self,
        diagram: Node,
        region: Node,
        leaves: &mut Leaves,
        state: &dyn Fn(&mut Verdict),
    ) -> Result<Node, NotProven> {
        if region == NO {
            return Ok(diagram);
        }
        let mut said: FxHashMap<u32, u32> = FxHashMap::default();
        self.store.zip(diagram, region, &mut |leaf, inside| match inside {
            0 => leaf,
            _ => *said.entry(leaf).or_insert_with(|| leaves.changed(leaf, |verdict| state(verdict))),
        })
    }

    fn with_members(
        &mut self,
        diagram: Node,
        layer: Layer,
        members: &[SupportId],
        leaves: &mut Leaves,
    ) -> Result<Node, NotProven> {
        // the members so far, as the `members` of an otherwise empty verdict
        let mut together: Option<Node> = None;
        for member in members {
            let own = self.verdict(layer, *member, leaves)?;
            let alone = self.store.map(own, &mut |leaf| {
                let members = Members::one(leaves.get(leaf));
                leaves.changed(0, |verdict| verdict.members = Some(members))
            })?;
            together = Some(match together {
                None => alone,
                Some(others) => self.store.zip(others, alone, &mut |left, right| {
                    let both = leaves.get(left).members.into_iter().chain(leaves.get(right).members);
                    let members = both.reduce(Members::and);
                    leaves.changed(0, |verdict| verdict.members = members)
                })?,
            });
        }
        let nobody = Members::of(std::iter::empty());
        let together =
            together.unwrap_or_else(|| Node::leaf(leaves.changed(0, |v| v.members = Some(nobody))));
        self.store.zip(diagram, together, &mut |leaf, members| {
            let members = leaves.get(members).members;
            leaves.changed(leaf, |verdict| verdict.members = members)
        })
    }
}
