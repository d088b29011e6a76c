//! Gaps as few maximal boxes: what is open is grown until it would meet a rule, and what other boxes cover is left out
//! (Espresso; Brayton et al. 1984). Points of which no two lie in one open box prove how few boxes there can be.

use super::split::Splitter;
use super::table::{Axis, Cell, Pieces, Space, run};
use super::{Budget, Extent, Meter, Regions, Spent, Table};
use std::cmp::Reverse;
use std::ops::ControlFlow;

/// How many points of a box that no other box has are tried for the bound.
const TRIED: usize = 8;

impl Table {
    /// Maximal boxes no rule meets, of which none could be left out, at most so many. A box has neighbouring values of
    /// an ordered dimension, and any values of a list.
    pub fn gaps(&self, limit: usize, budget: Budget) -> Regions {
        self.gaps_within(limit, &mut Meter::new(budget))
    }

    /// The same, one of several questions that share an allowance.
    pub(crate) fn gaps_within(&self, limit: usize, meter: &mut Meter) -> Regions {
        let mut found = Found { table: self, boxes: Vec::new() };
        let mut extent = Extent::All;
        let result = self.uncovered(meter, &mut |cells, meter| found.visit(cells, limit, &mut extent, meter));
        let result = result.and_then(|()| found.thin(meter));
        let at_least = result.and_then(|()| found.bound(meter));
        if at_least.is_err() {
            extent = Extent::NotProven;
        }
        let constrained = |cells: &Vec<Cell>| {
            cells.iter().zip(&self.space.whole).filter(|(cell, whole)| cell != whole).count()
        };
        found.boxes.sort_by_key(|cells| (constrained(cells), self.space.region(cells)));
        let boxes = found.boxes.iter().map(|cells| self.space.region(cells)).collect::<Vec<_>>();
        let at_least = at_least.unwrap_or(usize::from(!boxes.is_empty()));
        Regions { boxes, extent, at_least }
    }

    /// A box that no piece meets, as large as it can be without meeting one: whole dimensions first, the least
    /// asked before the others.
    fn grown(&self, cells: &[Cell], meter: &mut Meter) -> Result<Vec<Cell>, Spent> {
        let mut cells = cells.to_vec();
        let axes = &self.space.axes;
        let mut order: Vec<usize> = (0..cells.len()).collect();
        order.sort_by_key(|at| axes[*at].classes.len());
        // the dimensions in which each piece does not meet the box: a piece with one keeps it from growing there
        let apart = |cells: &[Cell], piece: u32| {
            let own = self.pieces.get(piece);
            let asks = self.pieces.asks(piece).iter().map(|at| *at as usize);
            let mut apart = asks.filter(|at| axes[*at].meet(cells[*at], own[*at]).is_none());
            match (apart.next(), apart.next()) {
                (Some(only), None) => Some(only),
                _ => None,
            }
        };
        for whole in [true, false] {
            for at in &order {
                meter.take(self.rule_of.len())?;
                let blocking: Vec<Cell> = self
                    .all()
                    .filter(|piece| apart(&cells, *piece) == Some(*at))
                    .map(|piece| self.pieces.get(piece)[*at])
                    .collect();
                if blocking.is_empty() {
                    cells[*at] = axes[*at].whole();
                } else if !whole {
                    cells[*at] = self.widened(*at, cells[*at], &blocking);
                }
            }
        }
        Ok(cells)
    }

    /// As many classes as can be had around a cell without meeting some others.
    fn widened(&self, at: usize, cell: Cell, others: &[Cell]) -> Cell {
        let axis = &self.space.axes[at];
        if !self.dimensions[at].ordered && axis.mask {
            return others.iter().fold(axis.whole(), |left, other| left & !other);
        }
        let (low, high) = axis.span(cell);
        let (mut from, mut to) = axis.span(axis.whole());
        for other in others {
            for class in runs(axis, *other) {
                if class.1 < low {
                    from = from.max(class.1 + 1);
                } else {
                    to = to.min(class.0.saturating_sub(1).max(high));
                }
            }
        }
        axis.between(from, to)
    }

    /// The smallest box that holds two points.
    fn hull(&self, a: &[Cell], b: &[Cell]) -> Vec<Cell> {
        let cell = |(at, (a, b)): (usize, (&Cell, &Cell))| {
            let axis = &self.space.axes[at];
            if axis.mask && !self.dimensions[at].ordered {
                return a | b;
            }
            let ((low, high), (first, last)) = (axis.span(*a), axis.span(*b));
            axis.between(low.min(first), high.max(last))
        };
        a.iter().zip(b).enumerate().map(cell).collect()
    }
}

impl Axis {
    pub(super) fn between(&self, low: u32, high: u32) -> Cell {
        if self.mask { (u64::MAX << low) & (u64::MAX >> (63 - high)) } else { run(low, high) }
    }
}

/// The runs of neighbouring classes of a cell.
pub(super) fn runs(axis: &Axis, cell: Cell) -> Vec<(u32, u32)> {
    if !axis.mask {
        return vec![axis.span(cell)];
    }
    let mut list: Vec<(u32, u32)> = Vec::new();
    for class in axis.each(cell).map(|class| class as u32) {
        match list.last_mut() {
            Some(last) if last.1 + 1 == class => last.1 = class,
            _ => list.push((class, class)),
        }
    }
    list
}

/// Some boxes of what others leave of a box.
pub(super) fn left_of<'b>(
    space: &Space,
    cells: &[Cell],
    others: impl Iterator<Item = &'b [Cell]>,
    most: usize,
    meter: &mut Meter,
) -> Result<Vec<Vec<Cell>>, Spent> {
    let (mut known, mut many) = (Pieces::new(cells.len()), 0);
    for other in others {
        known.push(space, other);
        many += 1;
    }
    let mut splitter = Splitter::new(space, &known);
    let mut left = Vec::new();
    if let Some(live) = splitter.meeting(cells, 0..many, meter)? {
        splitter.open_boxes(cells, live, meter, &mut |cells, _| {
            left.push(cells.to_vec());
            Ok(if left.len() < most { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
        })?;
    }
    Ok(left)
}

struct Found<'a> {
    table: &'a Table,
    boxes: Vec<Vec<Cell>>,
}

impl Found<'_> {
    fn visit(
        &mut self,
        cells: &[Cell],
        limit: usize,
        extent: &mut Extent,
        meter: &mut Meter,
    ) -> Result<ControlFlow<()>, Spent> {
        loop {
            let Some(left) = self.left_of(cells, None, 1, meter)?.pop() else {
                return Ok(ControlFlow::Continue(()));
            };
            if self.boxes.len() >= limit {
                *extent = Extent::More;
                return Ok(ControlFlow::Break(()));
            }
            let grown = self.table.grown(&self.together(left), meter)?;
            self.boxes.push(grown);
        }
    }

    /// A part of a box with neighbouring values only in each ordered dimension.
    fn together(&self, mut cells: Vec<Cell>) -> Vec<Cell> {
        for (at, cell) in cells.iter_mut().enumerate() {
            let axis = &self.table.space.axes[at];
            if axis.mask && self.table.dimensions[at].ordered {
                let (low, high) = runs(axis, *cell)[0];
                *cell = axis.between(low, high);
            }
        }
        cells
    }

    /// Some boxes of what the boxes found, but one, leave of a box.
    fn left_of(
        &self,
        cells: &[Cell],
        but: Option<usize>,
        most: usize,
        meter: &mut Meter,
    ) -> Result<Vec<Vec<Cell>>, Spent> {
        let others = self.boxes.iter().enumerate().filter(|(at, _)| Some(*at) != but);
        left_of(&self.table.space, cells, others.map(|(_, cells)| cells.as_slice()), most, meter)
    }

    /// Leaves out boxes that the others cover, the smallest first.
    fn thin(&mut self, meter: &mut Meter) -> Result<(), Spent> {
        self.boxes.sort_by_key(|cells| Reverse(self.table.space.size(cells)));
        let mut at = self.boxes.len();
        while at > 0 {
            at -= 1;
            if self.left_of(&self.boxes[at], Some(at), 1, meter)?.is_empty() {
                self.boxes.remove(at);
            }
        }
        Ok(())
    }

    /// How many boxes any complete list has at least.
    fn bound(&self, meter: &mut Meter) -> Result<usize, Spent> {
        let table = self.table;
        let mut apart: Vec<Vec<Cell>> = Vec::new();
        for (at, cells) in self.boxes.iter().enumerate() {
            for own in self.left_of(cells, Some(at), TRIED, meter)? {
                let point: Vec<Cell> = own
                    .iter()
                    .zip(&table.space.axes)
                    .map(|(cell, axis)| axis.between(axis.span(*cell).0, axis.span(*cell).0))
                    .collect();
                meter.take(apart.len() * table.rule_of.len())?;
                let splitter = Splitter::new(&table.space, &table.pieces);
                let met = |other: &Vec<Cell>| {
                    let hull = table.hull(&point, other);
                    table.all().any(|piece| splitter.openness(&hull, piece).is_some())
                };
                if apart.iter().all(met) {
                    apart.push(point);
                    break;
                }
            }
        }
        Ok(apart.len())
    }
}
