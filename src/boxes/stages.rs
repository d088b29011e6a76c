//! Whether some point of a box is in none of the pieces: one method after another under one allowance, because each of
//! them has tables on which it alone ends soon.

use super::split::{Live, Splitter};
use super::table::Cell;
use super::{Answer, Budget, Meter, Point, Spent, Table, clauses};

/// What the first attempts may take, and what they may take more for each piece.
const SMALL: u64 = 1_000_000;
const MIDDLE: u64 = 8_000_000;
const EACH: u64 = 64;

impl Splitter<'_> {
    /// An open point of a box, as a box of one class or more in each dimension.
    pub(super) fn open(
        &mut self,
        cells: &[Cell],
        live: Vec<Live>,
        meter: &mut Meter,
    ) -> Result<Option<Vec<Cell>>, Spent> {
        if live.is_empty() {
            return Ok(Some(cells.to_vec()));
        }
        let each = EACH * live.len() as u64;
        if let Ok(found) = meter.within(SMALL + each, |meter| self.first_open(cells, live.clone(), meter)) {
            return Ok(found);
        }
        let (space, pieces) = (self.space, self.pieces);
        let by_clauses = |part: u64, meter: &mut Meter| {
            meter.within(part, |meter| clauses::open(space, pieces, cells, &live, meter))
        };
        if meter.by_clauses
            && let Ok(found) = by_clauses(MIDDLE + each, meter)
        {
            return Ok(found);
        }
        meter.by_clauses = false;
        self.in_one_order(&live);
        let found = meter.within(MIDDLE + each, |meter| self.first_open(cells, live.clone(), meter));
        self.order = None;
        if let Ok(found) = found {
            return Ok(found);
        }
        if let Ok(found) = by_clauses(meter.left / 2, meter) {
            meter.by_clauses = true;
            return Ok(found);
        }
        self.first_open(cells, live, meter)
    }
}

impl Table {
    /// A point no rule covers.
    pub fn gap(&self, budget: Budget) -> Answer<Option<Point>> {
        let mut meter = Meter::new(budget);
        let mut splitter = Splitter::new(&self.space, &self.pieces);
        let whole = &self.space.whole;
        let found = splitter.meeting(whole, self.all(), &mut meter).and_then(|live| match live {
            Some(live) => splitter.open(whole, live, &mut meter),
            None => Ok(None),
        });
        found.map(|found| found.map(|cells| self.space.point(&cells))).into()
    }
}
