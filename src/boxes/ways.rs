//! All of a difference, for programs: each way through its diagram is a box, and no two of them share a point.

use super::difference::{Diagram, Node, Outcomes, SAME};
use super::table::Cell;
use super::{Meter, Spent};

/// Adds the boxes, at most so many, and says whether these are all. Where the allowance is spent, those that were found are there.
pub(super) fn ways(
    diagram: &Diagram<'_>,
    root: Node,
    limit: usize,
    found: &mut Vec<(Outcomes, Vec<Cell>)>,
    meter: &mut Meter,
) -> Result<bool, Spent> {
    let mut walk = Walk { diagram, limit, cells: diagram.space.whole.clone(), found };
    if root == SAME { Ok(true) } else { walk.below(root, meter) }
}

struct Walk<'d, 'a> {
    diagram: &'d Diagram<'a>,
    limit: usize,
    /// the box on the way to where the walk is
    cells: Vec<Cell>,
    found: &'d mut Vec<(Outcomes, Vec<Cell>)>,
}

impl Walk<'_, '_> {
    /// Whether every way from a node was found.
    fn below(&mut self, node: Node, meter: &mut Meter) -> Result<bool, Spent> {
        let (level, parts) = self.diagram.get(node);
        if parts.is_empty() {
            if self.found.len() == self.limit {
                return Ok(false);
            }
            meter.take(self.cells.len())?;
            self.found.push((self.diagram.leaves[node as usize], self.cells.clone()));
            return Ok(true);
        }
        let at = self.diagram.order[level];
        for (cell, next) in parts {
            self.cells[at] = *cell;
            if !self.below(*next, meter)? {
                return Ok(false);
            }
        }
        self.cells[at] = self.diagram.space.whole[at];
        Ok(true)
    }
}
