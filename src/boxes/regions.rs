//! Gaps as few maximal boxes.

use super::split::Splitter;
use super::table::{Cell, Pieces, ends, run};
use super::{Budget, Extent, Meter, Regions, Spent, Table};
use std::ops::ControlFlow;

impl Table {
    /// Maximal boxes no rule meets, of which none could be left out, at most so many.
    pub fn gaps(&self, limit: usize, budget: Budget) -> Regions {
        let mut meter = Meter::new(budget);
        let mut found = Found { table: self, boxes: Vec::new() };
        let mut extent = Extent::All;
        let result =
            self.uncovered(&mut meter, &mut |cells, meter| found.visit(cells, limit, &mut extent, meter));
        if result.is_err() {
            extent = Extent::NotProven;
        }
        let boxes = found.boxes.iter().map(|cells| self.space.region(cells)).collect::<Vec<_>>();
        let at_least = usize::from(!boxes.is_empty());
        Regions { boxes, extent, at_least }
    }
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
        let known = Pieces { width: cells.len(), cells: self.boxes.concat() };
        let mut splitter = Splitter::new(&self.table.space, &known);
        let all = 0..self.boxes.len() as u32;
        let Some(live) = splitter.meeting(cells, all, meter)? else { return Ok(ControlFlow::Continue(())) };
        let mut left = Vec::new();
        splitter.open_boxes(cells, live, meter, &mut |cells, _| {
            left.push(cells.to_vec());
            Ok(ControlFlow::Continue(()))
        })?;
        for cells in left {
            if self.boxes.len() >= limit {
                *extent = Extent::More;
                return Ok(ControlFlow::Break(()));
            }
            let grown = self.table.grown(&cells, meter)?;
            self.boxes.push(grown);
        }
        Ok(ControlFlow::Continue(()))
    }
}

impl Table {
    /// A box that no piece meets, as large as it can be without meeting one: whole dimensions first, lists before
    /// numbers.
    fn grown(&self, cells: &[Cell], meter: &mut Meter) -> Result<Vec<Cell>, Spent> {
        let mut cells = cells.to_vec();
        let axes = &self.space.axes;
        let mut order: Vec<usize> = (0..cells.len()).collect();
        order.sort_by_key(|at| self.dimensions[*at].ordered);
        for whole in [true, false] {
            for at in &order {
                meter.take(self.rule_of.len())?;
                let mut grown = axes[*at].whole();
                for piece in 0..self.rule_of.len() as u32 {
                    let own = self.pieces.get(piece);
                    let beside =
                        |other: usize| other == *at || axes[other].meet(cells[other], own[other]).is_some();
                    if !(0..cells.len()).all(beside) {
                        continue;
                    }
                    if axes[*at].mask {
                        grown &= !own[*at];
                    } else {
                        let ((low, high), (first, last)) = (ends(grown), ends(own[*at]));
                        let cell = ends(cells[*at]);
                        grown = if last < cell.0 {
                            run(low.max(last + 1), high)
                        } else {
                            run(low, high.min(first - 1))
                        };
                    }
                }
                if !whole || grown == axes[*at].whole() {
                    cells[*at] = grown;
                }
            }
        }
        Ok(cells)
    }
}
