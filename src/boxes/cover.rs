//! A difference for people: few maximal boxes that cover a diagram. What no box covers yet has a point; its box is grown
//! until it would reach another leaf, and taken off what is left.

use super::difference::{Diagram, Node, Outcomes, SAME};
use super::regions::{left_of, runs};
use super::table::{Cell, Space};
use super::{Dimension, Meter, Spent};
use rustc_hash::FxHashMap;
use std::cmp::Reverse;

/// A box and the leaf it leads to everywhere.
type Covering = (Node, Vec<Cell>);

/// Adds maximal boxes, of which none could be left out, at most so many; and says what they leave. Where the allowance is
/// spent, those that were found are there.
pub(super) fn cover(
    diagram: &mut Diagram<'_>,
    root: Node,
    dimensions: &[Dimension],
    limit: usize,
    found: &mut Vec<(Outcomes, Vec<Cell>)>,
    meter: &mut Meter,
) -> Result<Node, Spent> {
    let mut boxes: Vec<Covering> = Vec::new();
    let left = largest(diagram, root, dimensions, limit, &mut boxes, meter);
    let thinned = left.and_then(|left| thin(diagram.space, &mut boxes, meter).map(|()| left));
    found.extend(boxes.into_iter().map(|(leaf, cells)| (diagram.leaves[leaf as usize], cells)));
    thinned
}

/// Boxes grown one after another from what those before leave.
fn largest(
    diagram: &mut Diagram<'_>,
    root: Node,
    dimensions: &[Dimension],
    limit: usize,
    boxes: &mut Vec<Covering>,
    meter: &mut Meter,
) -> Result<Node, Spent> {
    let seen = vec![(0, 0); diagram.len()];
    let mut covering = Cover { diagram, root, dimensions, seen, look: 0 };
    let mut left = root;
    while left != SAME && boxes.len() < limit {
        let (leaf, cells) = covering.witness(left);
        let cells = covering.grown(leaf, cells, meter)?;
        left = covering.without(left, 0, &cells, &mut FxHashMap::default(), meter)?;
        boxes.push((leaf, cells));
    }
    Ok(left)
}

/// Leaves out boxes that the others cover, the smallest first.
fn thin(space: &Space, boxes: &mut Vec<Covering>, meter: &mut Meter) -> Result<(), Spent> {
    boxes.sort_by_key(|(_, cells)| Reverse(space.size(cells)));
    for at in (0..boxes.len()).rev() {
        let (leaf, own) = &boxes[at];
        let meets = |cells: &[Cell]| {
            space.axes.iter().zip(cells.iter().zip(own)).all(|(axis, (a, b))| axis.meet(*a, *b).is_some())
        };
        let others = boxes.iter().enumerate();
        let others = others.filter(|(other, (to, cells))| *other != at && to == leaf && meets(cells));
        let others = others.map(|(_, (_, cells))| cells.as_slice());
        if left_of(space, own, others, 1, meter)?.is_empty() {
            boxes.remove(at);
        }
    }
    Ok(())
}

struct Cover<'d, 'a> {
    diagram: &'d mut Diagram<'a>,
    root: Node,
    dimensions: &'d [Dimension],
    /// for each node the look at which it was seen last, and what was found
    seen: Vec<(u32, Cell)>,
    look: u32,
}

impl Cover<'_, '_> {
    /// A leaf where something differs, and a box on the way to it.
    fn witness(&self, root: Node) -> Covering {
        let space = self.diagram.space;
        let (mut node, mut cells) = (root, space.whole.clone());
        loop {
            let (level, parts) = self.diagram.get(node);
            // the part of most classes
            let Some((cell, next)) = parts.iter().min_by_key(|(cell, _)| Reverse(cell.count_ones())) else {
                break;
            };
            let at = self.diagram.order[level];
            let (low, high) = runs(&space.axes[at], *cell)[0];
            cells[at] = if self.dimensions[at].ordered { space.axes[at].between(low, high) } else { *cell };
            node = *next;
        }
        (node, cells)
    }

    /// A box as large as it can be without reaching another leaf: whole dimensions first, those of fewer classes before
    /// the others.
    fn grown(&mut self, leaf: Node, mut cells: Vec<Cell>, meter: &mut Meter) -> Result<Vec<Cell>, Spent> {
        let space = self.diagram.space;
        let mut levels: Vec<usize> = (0..self.diagram.order.len()).collect();
        levels.sort_by_key(|level| space.axes[self.diagram.order[*level]].classes.len());
        for whole in [true, false] {
            for level in &levels {
                let at = self.diagram.order[*level];
                let all = space.whole[at];
                if cells[at] == all {
                    continue;
                }
                self.look += 1;
                let free = self.free(self.root, *level, leaf, &cells, meter)?;
                if free == all || !self.dimensions[at].ordered {
                    if free == all || !whole {
                        cells[at] = free;
                    }
                } else if !whole {
                    let axis = &space.axes[at];
                    let own = axis.span(cells[at]).0;
                    let around =
                        runs(axis, free).into_iter().find(|(low, high)| (*low..=*high).contains(&own));
                    cells[at] = around.map_or(cells[at], |(low, high)| axis.between(low, high));
                }
            }
        }
        Ok(cells)
    }

    /// The classes of a level with which a box leads from a node to one leaf everywhere.
    fn free(
        &mut self,
        node: Node,
        level: usize,
        leaf: Node,
        cells: &[Cell],
        meter: &mut Meter,
    ) -> Result<Cell, Spent> {
        if self.seen[node as usize].0 == self.look {
            return Ok(self.seen[node as usize].1);
        }
        meter.take(1)?;
        let all = self.diagram.space.whole[self.diagram.order[level]];
        let (own, parts) = self.diagram.get(node);
        let free = if parts.is_empty() {
            if node == leaf { all } else { 0 }
        } else {
            let many = parts.len();
            let cell = if own == level { all } else { cells[self.diagram.order[own]] };
            let (mut free, mut met) = (if own == level { 0 } else { all }, 0);
            for part in 0..many {
                let (other, next) = self.diagram.get(node).1[part];
                if other & cell == 0 {
                    continue;
                }
                met |= other & cell;
                let behind = self.free(next, level, leaf, cells, meter)?;
                if own == level {
                    free |= if behind == all { other } else { 0 };
                } else {
                    free &= behind;
                    if free == 0 {
                        break;
                    }
                }
            }
            // what no part has leads to where nothing differs
            if own != level && met != cell { 0 } else { free }
        };
        self.seen[node as usize] = (self.look, free);
        Ok(free)
    }

    /// A diagram, seen from a level, with nothing in a box.
    fn without(
        &mut self,
        node: Node,
        level: usize,
        cells: &[Cell],
        known: &mut FxHashMap<(usize, Node), Node>,
        meter: &mut Meter,
    ) -> Result<Node, Spent> {
        if node == SAME || level == self.diagram.order.len() {
            return Ok(SAME);
        }
        if let Some(left) = known.get(&(level, node)) {
            return Ok(*left);
        }
        let at = self.diagram.order[level];
        let (cell, all) = (cells[at], self.diagram.space.whole[at]);
        let mut left = Vec::new();
        let (own, parts) = self.diagram.get(node);
        let many = if own == level { parts.len() } else { 1 };
        for part in 0..many {
            // a node further down has the whole of this level for its only part
            let (part, next) = if own == level { self.diagram.get(node).1[part] } else { (all, node) };
            left.push((part & !cell, next));
            if part & cell != 0 {
                left.push((part & cell, self.without(next, level + 1, cells, known, meter)?));
            }
        }
        let left = self.diagram.node(level, left, meter)?;
        known.insert((level, node), left);
        Ok(left)
    }
}
