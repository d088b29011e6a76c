//! A box without the rules that meet it, by splitting: what one rule covers is left, what no rule meets is open,
//! and everything else is cut where the cut parts the rules best. On tables that began as a tree the cuts find the
//! tree again. A rule that asks one dimension only is taken off the box without a split, as a unit clause is.

use super::table::{Axis, Cell, Pieces, Space};
use super::{Answer, Budget, Count, Meter, Point, Spent, Table};
use std::ops::ControlFlow;

/// A rule that meets the box, and how many dimensions of the box it does not admit whole.
#[derive(Clone, Copy, Debug)]
pub(super) struct Live {
    pub piece: u32,
    pub open: u32,
}

/// What is done with an open box.
pub(super) type Visit<'v> = dyn FnMut(&[Cell], &mut Meter) -> Result<ControlFlow<()>, Spent> + 'v;

/// A search over the boxes of one table, with its working memory.
pub(super) struct Splitter<'a> {
    pub space: &'a Space,
    pub pieces: &'a Pieces,
    cells: Vec<Cell>,
    live: Vec<Live>,
    scores: Scores,
}

/// The weight of the rules that end at, or begin behind, each class of each dimension.
struct Scores {
    /// where each dimension's classes begin
    offset: Vec<usize>,
    begin: Vec<u64>,
    end: Vec<u64>,
    /// classes of each dimension where something begins or ends
    touched: Vec<Vec<u32>>,
    begins: Vec<u64>,
}

/// Where a box is cut.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cut {
    pub axis: usize,
    pub left: Cell,
    pub right: Cell,
}

impl<'a> Splitter<'a> {
    pub(super) fn new(space: &'a Space, pieces: &'a Pieces) -> Self {
        let mut offset = Vec::with_capacity(space.axes.len());
        let mut many = 0;
        for axis in &space.axes {
            offset.push(many);
            many += axis.classes.len();
        }
        let scores = Scores {
            offset,
            begin: vec![0; many],
            end: vec![0; many],
            touched: vec![Vec::new(); space.axes.len()],
            begins: vec![0; space.axes.len()],
        };
        Splitter { space, pieces, cells: Vec::new(), live: Vec::new(), scores }
    }

    /// The pieces that meet a box; nothing where one of them contains it.
    pub(super) fn meeting(
        &self,
        cells: &[Cell],
        pieces: impl Iterator<Item = u32>,
        meter: &mut Meter,
    ) -> Result<Option<Vec<Live>>, Spent> {
        let mut list = Vec::new();
        for piece in pieces {
            meter.take(1)?;
            if let Some(open) = self.openness(cells, piece) {
                if open == 0 {
                    return Ok(None);
                }
                list.push(Live { piece, open });
            }
        }
        Ok(Some(list))
    }

    /// How many dimensions of a box a piece does not admit whole; nothing where they do not meet.
    pub(super) fn openness(&self, cells: &[Cell], piece: u32) -> Option<u32> {
        let mut open = 0;
        for ((axis, own), cell) in self.space.axes.iter().zip(self.pieces.get(piece)).zip(cells) {
            if !axis.within(*cell, *own) {
                axis.meet(*cell, *own)?;
                open += 1;
            }
        }
        Some(open)
    }

    /// Visits boxes that share no point and together are what no piece covers of a box.
    pub(super) fn open_boxes(
        &mut self,
        start: &[Cell],
        live: Vec<Live>,
        meter: &mut Meter,
        visit: &mut Visit<'_>,
    ) -> Result<(), Spent> {
        let width = start.len();
        let (mut cells, mut live) = (start.to_vec(), live);
        self.cells.clear();
        self.live.clear();
        // where the live pieces of each waiting box begin
        let mut waiting: Vec<usize> = Vec::new();
        loop {
            if self.settle(&mut cells, &mut live, meter)? {
                if live.is_empty() {
                    if visit(&cells, meter)?.is_break() {
                        return Ok(());
                    }
                } else {
                    let cut = self.cut(&cells, &live, meter)?;
                    // the side with fewer rules first: there an open box is found sooner
                    let mut sides = [cut.left, cut.right];
                    let mut meets = [0; 2];
                    for live in &live {
                        let own = self.pieces.get(live.piece)[cut.axis];
                        for (side, meets) in sides.iter().zip(&mut meets) {
                            *meets += usize::from(self.space.axes[cut.axis].meet(*side, own).is_some());
                        }
                    }
                    if meets[1] < meets[0] {
                        sides.swap(0, 1);
                    }
                    meter.take(live.len())?;
                    let (later, from) = (self.cells.len(), self.live.len());
                    self.cells.extend_from_slice(&cells);
                    self.cells[later + cut.axis] = sides[1];
                    let axis = &self.space.axes[cut.axis];
                    let own = |live: &Live| self.pieces.get(live.piece)[cut.axis];
                    let side =
                        |live: &Live, side: Cell| narrowed(axis, *live, own(live), cells[cut.axis], side);
                    self.live.extend(live.iter().filter_map(|live| side(live, sides[1])));
                    live = live.iter().filter_map(|live| side(live, sides[0])).collect();
                    cells[cut.axis] = sides[0];
                    waiting.push(from);
                    if live.iter().all(|live| live.open > 0) {
                        continue;
                    }
                }
            }
            // a covered box is left for the next that waits
            loop {
                let Some(from) = waiting.pop() else { return Ok(()) };
                live.clear();
                live.extend(self.live.drain(from..));
                cells.clear();
                cells.extend(self.cells.drain(self.cells.len() - width..));
                if live.iter().all(|live| live.open > 0) {
                    break;
                }
            }
        }
    }

    /// Takes off the box what pieces cover that ask one dimension only; false where nothing is left.
    fn settle(&mut self, cells: &mut [Cell], live: &mut Vec<Live>, meter: &mut Meter) -> Result<bool, Spent> {
        loop {
            let mut changed: Option<(usize, Cell)> = None;
            for one in live.iter().filter(|live| live.open == 1) {
                let own = self.pieces.get(one.piece);
                let asks = |at: &usize| !self.space.axes[*at].within(cells[*at], own[*at]);
                let Some(at) = (0..cells.len()).find(asks) else { continue };
                let left = match changed {
                    Some((axis, _)) if axis != at => continue,
                    Some((_, left)) => left,
                    None => cells[at],
                };
                match self.space.axes[at].without(left, own[at]) {
                    [None, None] => return Ok(false),
                    [Some(left), None] | [None, Some(left)] => changed = Some((at, left)),
                    [Some(_), Some(_)] => {}
                }
            }
            let Some((at, left)) = changed.filter(|(at, left)| cells[*at] != *left) else { return Ok(true) };
            meter.take(live.len())?;
            let axis = &self.space.axes[at];
            let (pieces, before) = (self.pieces, cells[at]);
            let mut covered = false;
            live.retain_mut(|one| match narrowed(axis, *one, pieces.get(one.piece)[at], before, left) {
                Some(kept) => {
                    *one = kept;
                    covered |= kept.open == 0;
                    true
                }
                None => false,
            });
            cells[at] = left;
            if covered {
                return Ok(false);
            }
        }
    }

    /// A live piece of a box once one of the box's cells is a part of what it was.
    pub(super) fn narrowed(&self, live: Live, cells: &[Cell], at: usize, now: Cell) -> Option<Live> {
        narrowed(&self.space.axes[at], live, self.pieces.get(live.piece)[at], cells[at], now)
    }

    /// The cut that keeps most rules, the narrowest counted most, out of one of its sides.
    pub(super) fn cut(&mut self, cells: &[Cell], live: &[Live], meter: &mut Meter) -> Result<Cut, Spent> {
        let axes = &self.space.axes;
        meter.take(live.len() * 2)?;
        for one in live {
            let weight = 1_u64 << (10_u32.saturating_sub(2 * one.open));
            for (at, (own, cell)) in self.pieces.get(one.piece).iter().zip(cells).enumerate() {
                let axis = &axes[at];
                if axis.within(*cell, *own) {
                    continue;
                }
                let Some(met) = axis.meet(*cell, *own) else { continue };
                let ((first, last), (low, high)) = (axis.span(*cell), axis.span(met));
                self.scores.add(at, weight, (low > first).then(|| low - 1), (high < last).then_some(high));
            }
        }
        let mut best: Option<((u64, u64), usize, u32)> = None;
        for at in 0..cells.len() {
            let (score, place) = self.scores.best(at, axes[at].span(cells[at]));
            if score.0 > 0 && best.is_none_or(|(known, ..)| score > known) {
                best = Some((score, at, place));
            }
        }
        let by_place = best.map(|(score, at, place)| {
            let cell = cells[at];
            let (left, right) = if axes[at].mask {
                let low = u64::MAX >> (63 - place);
                (cell & low, cell & !low)
            } else {
                let (low, high) = super::table::ends(cell);
                (super::table::run(low, place), super::table::run(place + 1, high))
            };
            (score, Cut { axis: at, left, right })
        });
        let by_set = self.cut_by_set(cells, live, by_place.map_or((0, 0), |(score, _)| score));
        // some rule asks some dimension, and so parts it
        Ok(by_set.or(by_place.map(|(_, cut)| cut)).unwrap_or(Cut {
            axis: 0,
            left: cells[0],
            right: cells[0],
        }))
    }

    /// A cut of a list by what one rule admits of it, where that is better than any place between two classes.
    fn cut_by_set(&self, cells: &[Cell], live: &[Live], known: (u64, u64)) -> Option<Cut> {
        let mut best = None;
        let mut known = known;
        let least = live.iter().map(|live| live.open).min()?;
        for one in live.iter().filter(|live| live.open == least).take(3) {
            for (at, own) in self.pieces.get(one.piece).iter().enumerate() {
                let (axis, cell) = (&self.space.axes[at], cells[at]);
                if !axis.mask || cell.count_ones() <= 2 || cell & !own == 0 {
                    continue;
                }
                let (left, right) = (cell & own, cell & !own);
                let (mut out, mut into) = (0, 0);
                for other in live {
                    let theirs = self.pieces.get(other.piece)[at];
                    let weight = 1_u64 << (10_u32.saturating_sub(2 * other.open));
                    out += if theirs & left == 0 { weight } else { 0 };
                    into += if theirs & right == 0 { weight } else { 0 };
                }
                let score = ((out + 1).saturating_mul(into + 1), out + into);
                if score > known {
                    known = score;
                    best = Some(Cut { axis: at, left, right });
                }
            }
        }
        best
    }
}

/// A live piece in a box whose cell in one dimension became a part of what it was.
fn narrowed(axis: &Axis, live: Live, own: Cell, before: Cell, now: Cell) -> Option<Live> {
    if axis.within(before, own) {
        return Some(live);
    }
    if axis.within(now, own) {
        return Some(Live { open: live.open - 1, ..live });
    }
    axis.meet(now, own).map(|_| live)
}

impl Scores {
    fn add(&mut self, at: usize, weight: u64, begins_after: Option<u32>, ends_at: Option<u32>) {
        if let Some(place) = begins_after {
            self.begin[self.offset[at] + place as usize] += weight;
            self.begins[at] += weight;
            self.touched[at].push(place);
        }
        if let Some(place) = ends_at {
            self.end[self.offset[at] + place as usize] += weight;
            self.touched[at].push(place);
        }
    }

    /// The best place of a dimension to cut behind and what it is worth; forgets the dimension.
    fn best(&mut self, at: usize, (first, last): (u32, u32)) -> ((u64, u64), u32) {
        let mut touched = std::mem::take(&mut self.touched[at]);
        if touched.is_empty() {
            return ((0, 0), 0);
        }
        let offset = self.offset[at];
        let (mut out, mut into) = (self.begins[at], 0);
        let mut best = ((0, 0), 0);
        let mut look = |place: u32| {
            let begin = std::mem::take(&mut self.begin[offset + place as usize]);
            into += std::mem::take(&mut self.end[offset + place as usize]);
            let score = ((out + 1).saturating_mul(into + 1), out + into);
            if score > best.0 {
                best = (score, place);
            }
            out -= begin;
        };
        if touched.len() * 4 > (last - first) as usize {
            (first..=last).for_each(&mut look);
        } else {
            touched.sort_unstable();
            touched.dedup();
            touched.iter().copied().for_each(&mut look);
        }
        touched.clear();
        self.touched[at] = touched;
        self.begins[at] = 0;
        best
    }
}

impl Table {
    /// A point no rule covers.
    pub fn gap(&self, budget: Budget) -> Answer<Option<Point>> {
        let mut found = None;
        let result = self.uncovered(&mut Meter::new(budget), &mut |cells, _| {
            found = Some(self.space.point(cells));
            Ok(ControlFlow::Break(()))
        });
        result.map(|()| found).into()
    }

    /// How many points no rule covers.
    pub fn gap_count(&self, budget: Budget) -> Answer<Count> {
        let mut count = Count::Exactly(0);
        let result = self.uncovered(&mut Meter::new(budget), &mut |cells, _| {
            count = count.plus(self.space.size(cells));
            Ok(ControlFlow::Continue(()))
        });
        result.map(|()| count).into()
    }

    pub(super) fn uncovered(&self, meter: &mut Meter, visit: &mut Visit<'_>) -> Result<(), Spent> {
        let mut splitter = Splitter::new(&self.space, &self.pieces);
        let all = 0..self.rule_of.len() as u32;
        match splitter.meeting(&self.space.whole, all, meter)? {
            Some(live) => splitter.open_boxes(&self.space.whole, live, meter, visit),
            None => Ok(()),
        }
    }
}

impl Space {
    /// How many points a box has.
    pub(super) fn size(&self, cells: &[Cell]) -> Count {
        let mut size = 1_u128;
        for (axis, cell) in self.axes.iter().zip(cells) {
            match size.checked_mul(axis.size(*cell)) {
                Some(product) => size = product,
                None => return Count::AtLeast(u128::MAX),
            }
        }
        Count::Exactly(size)
    }
}

impl Count {
    /// Both together.
    pub(super) fn plus(self, other: Count) -> Count {
        match (self, other) {
            (Count::Exactly(a), Count::Exactly(b)) => {
                a.checked_add(b).map_or(Count::AtLeast(u128::MAX), Count::Exactly)
            }
            _ => Count::AtLeast(u128::MAX),
        }
    }
}
