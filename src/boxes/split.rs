//! A box without the rules that meet it, by splitting: what one rule covers is left, what no rule meets is open,
//! and everything else is cut where the cut parts the rules best. On tables that began as a tree the cuts find the
//! tree again. A rule that asks one dimension only is taken off the box without a split, as a unit clause is.

use super::memo::{Asked, Memo};
use super::scores::Scores;
use super::table::{Axis, Cell, Pieces, Space, run};
use super::{Count, Meter, Spent, Table};
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
    /// the order in which dimensions are cut; none where each box chooses for itself
    pub order: Option<Vec<u32>>,
}

/// What waits to be looked at.
enum Waiting {
    /// the box on top of the stack, and where its live pieces begin
    Box(usize),
    /// both halves of a box were looked at
    Close(Box<[u64]>, Option<u128>),
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
        let scores = Scores::new(space);
        Splitter { space, pieces, cells: Vec::new(), live: Vec::new(), scores, order: None }
    }

    /// From now on dimensions are cut in one order, the most asked first and then the one of fewer classes, so that
    /// boxes which come to the same rules by different ways are the same box.
    pub(super) fn in_one_order(&mut self, live: &[Live]) {
        let mut asks = vec![0_usize; self.space.axes.len()];
        for one in live {
            self.pieces.asks(one.piece).iter().for_each(|at| asks[*at as usize] += 1);
        }
        let mut axes: Vec<usize> = (0..asks.len()).collect();
        axes.sort_by_key(|at| (std::cmp::Reverse(asks[*at]), self.space.axes[*at].classes.len()));
        let mut order = vec![0; axes.len()];
        axes.into_iter().enumerate().for_each(|(place, at)| order[at] = place as u32);
        self.order = Some(order);
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
        let own = self.pieces.get(piece);
        for at in self.pieces.asks(piece).iter().map(|at| *at as usize) {
            let axis = &self.space.axes[at];
            if !axis.within(cells[at], own[at]) {
                axis.meet(cells[at], own[at])?;
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
        self.explore(start, live, meter, None, visit)
    }

    /// Whether some point of a box is in none of the pieces: the first open box.
    pub(super) fn first_open(
        &mut self,
        start: &[Cell],
        live: Vec<Live>,
        meter: &mut Meter,
    ) -> Result<Option<Vec<Cell>>, Spent> {
        let mut found = None;
        let mut memo = Memo::new(false);
        self.explore(start, live, meter, Some(&mut memo), &mut |cells, _| {
            found = Some(cells.to_vec());
            Ok(ControlFlow::Break(()))
        })?;
        Ok(found)
    }

    /// How many points of a box are in none of the pieces.
    pub(super) fn count(
        &mut self,
        start: &[Cell],
        live: Vec<Live>,
        meter: &mut Meter,
    ) -> Result<Count, Spent> {
        let mut memo = Memo::new(true);
        self.explore(start, live, meter, Some(&mut memo), &mut |_, _| Ok(ControlFlow::Continue(())))?;
        Ok(memo.sums[0])
    }

    fn explore(
        &mut self,
        start: &[Cell],
        live: Vec<Live>,
        meter: &mut Meter,
        mut memo: Option<&mut Memo>,
        visit: &mut Visit<'_>,
    ) -> Result<(), Spent> {
        let width = start.len();
        let (mut cells, mut live) = (start.to_vec(), live);
        self.cells.clear();
        self.live.clear();
        let mut waiting: Vec<Waiting> = Vec::new();
        loop {
            if self.settle(&mut cells, &mut live, meter)? {
                if live.is_empty() {
                    if let Some(memo) = memo.as_deref_mut() {
                        memo.add(self.space, &cells);
                    }
                    if visit(&cells, meter)?.is_break() {
                        return Ok(());
                    }
                } else {
                    self.weigh(&cells, &live, meter)?;
                    if memo.as_deref().is_some_and(|memo| !memo.counts) && self.escape(&mut cells, &mut live)
                    {
                        self.scores.forget();
                        continue;
                    }
                    let asked = memo
                        .as_deref_mut()
                        .map(|memo| memo.ask(self.space, &cells, &live, &self.scores.asked));
                    if !matches!(asked, Some(Asked::Known)) {
                        if let Some(Asked::New(key, beside)) = asked {
                            meter.take(key.len())?;
                            waiting.push(Waiting::Close(key, beside));
                        }
                        let cut = self.best_cut(&cells, &live);
                        // the side with fewer rules first: there an open box is found sooner
                        let axis = &self.space.axes[cut.axis];
                        let own = |live: &Live| self.pieces.get(live.piece)[cut.axis];
                        let mut sides = [cut.left, cut.right];
                        let meets = sides.map(|side| {
                            live.iter().filter(|live| axis.meet(side, own(live)).is_some()).count()
                        });
                        if meets[1] < meets[0] {
                            sides.swap(0, 1);
                        }
                        meter.take(live.len())?;
                        let side =
                            |live: &Live, side: Cell| narrowed(axis, *live, own(live), cells[cut.axis], side);
                        waiting.push(Waiting::Box(self.live.len()));
                        let later = self.cells.len();
                        self.cells.extend_from_slice(&cells);
                        self.cells[later + cut.axis] = sides[1];
                        self.live.extend(live.iter().filter_map(|live| side(live, sides[1])));
                        let pieces = self.pieces;
                        let before = std::mem::replace(&mut cells[cut.axis], sides[0]);
                        live.retain_mut(|one| {
                            let own = pieces.get(one.piece)[cut.axis];
                            narrowed(axis, *one, own, before, sides[0]).inspect(|kept| *one = *kept).is_some()
                        });
                        if live.iter().all(|live| live.open > 0) {
                            continue;
                        }
                    } else {
                        self.scores.forget();
                    }
                }
            }
            // what is covered is left for the next that waits
            loop {
                match waiting.pop() {
                    None => return Ok(()),
                    Some(Waiting::Close(key, beside)) => {
                        if let Some(memo) = memo.as_deref_mut() {
                            memo.close(key, beside);
                        }
                    }
                    Some(Waiting::Box(from)) => {
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
        }
    }

    /// Takes off the box what pieces cover that ask one dimension only; false where nothing is left.
    fn settle(&mut self, cells: &mut [Cell], live: &mut Vec<Live>, meter: &mut Meter) -> Result<bool, Spent> {
        loop {
            let mut changed: Option<(usize, Cell)> = None;
            for one in live.iter().filter(|live| live.open == 1) {
                let own = self.pieces.get(one.piece);
                let asks = |at: &usize| !self.space.axes[*at].within(cells[*at], own[*at]);
                let mut all = self.pieces.asks(one.piece).iter().map(|at| *at as usize);
                let Some(at) = all.find(asks) else { continue };
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
        self.weigh(cells, live, meter)?;
        Ok(self.best_cut(cells, live))
    }

    /// Notes where the rules begin and end in each dimension.
    fn weigh(&mut self, cells: &[Cell], live: &[Live], meter: &mut Meter) -> Result<(), Spent> {
        let axes = &self.space.axes;
        meter.take(live.len() * 2)?;
        for one in live {
            let weight = 1_u64 << (16_u32.saturating_sub(4 * one.open));
            let own = self.pieces.get(one.piece);
            for at in self.pieces.asks(one.piece) {
                let (axis, own, cell) = (&axes[*at as usize], own[*at as usize], cells[*at as usize]);
                if axis.within(cell, own) {
                    continue;
                }
                let Some(met) = axis.meet(cell, own) else { continue };
                let ((first, last), (low, high)) = (axis.span(cell), axis.span(met));
                let admits = if axis.mask { (met, 0) } else { (low.into(), high.into()) };
                self.scores.admit(*at as usize, admits, axis.mask);
                self.scores.add(
                    *at as usize,
                    weight,
                    (low > first).then(|| low - 1),
                    (high < last).then_some(high),
                );
            }
        }
        self.scores.asked.sort_unstable();
        Ok(())
    }

    /// Where some classes of a dimension are admitted by no rule that asks it, an open point may as well be there:
    /// narrows the box to such a class, which leaves the rules that ask the dimension.
    fn escape(&self, cells: &mut [Cell], live: &mut Vec<Live>) -> bool {
        let before = live.len();
        for at in self.scores.asked.iter().map(|at| *at as usize) {
            let (axis, cell) = (&self.space.axes[at], cells[at]);
            let (low, high) = axis.span(cell);
            let free = if axis.mask {
                let rest = cell & !self.scores.admitted[at].0;
                if rest == 0 { continue } else { rest & rest.wrapping_neg() }
            } else {
                match self.scores.admitted[at] {
                    (first, _) if first > u64::from(low) => run(low, low),
                    (_, last) if last < u64::from(high) => run(high, high),
                    _ => continue,
                }
            };
            cells[at] = free;
            live.retain(|one| axis.within(cell, self.pieces.get(one.piece)[at]));
        }
        live.len() < before
    }

    /// The best cut by what was noted, which is forgotten.
    fn best_cut(&mut self, cells: &[Cell], live: &[Live]) -> Cut {
        let axes = &self.space.axes;
        let mut best: Option<((u64, u64), usize, u32)> = None;
        let asked = std::mem::take(&mut self.scores.asked);
        let first =
            self.order.as_ref().and_then(|order| asked.iter().copied().min_by_key(|at| order[*at as usize]));
        for at in asked.iter().map(|at| *at as usize) {
            let (mut score, place) = self.scores.best(at, axes[at].span(cells[at]));
            if first.is_some_and(|first| first as usize != at) {
                score.0 = 0;
            }
            if score.0 > 0 && best.is_none_or(|(known, ..)| score > known) {
                best = Some((score, at, place));
            }
        }
        self.scores.asked = asked;
        self.scores.asked.clear();
        let by_place = best.map(|(score, at, place)| {
            let cell = cells[at];
            let (left, right) = if axes[at].mask {
                let low = u64::MAX >> (63 - place);
                (cell & low, cell & !low)
            } else {
                let (low, high) = super::table::ends(cell);
                (run(low, place), run(place + 1, high))
            };
            (score, Cut { axis: at, left, right })
        });
        let by_set = self.cut_by_set(cells, live, first, by_place.map_or((0, 0), |(score, _)| score));
        // some rule asks some dimension, and so parts it
        let nowhere = Cut { axis: 0, left: cells[0], right: cells[0] };
        by_set.or(by_place.map(|(_, cut)| cut)).unwrap_or(nowhere)
    }

    /// A cut of a list by what one rule admits of it, where that is better than any place between two classes.
    fn cut_by_set(&self, cells: &[Cell], live: &[Live], only: Option<u32>, known: (u64, u64)) -> Option<Cut> {
        let mut best = None;
        let mut known = known;
        let least = live.iter().map(|live| live.open).min()?;
        for one in live.iter().filter(|live| live.open == least).take(3) {
            for (at, own) in self.pieces.get(one.piece).iter().enumerate() {
                let (axis, cell) = (&self.space.axes[at], cells[at]);
                if only.is_some_and(|only| only as usize != at)
                    || !axis.mask
                    || cell.count_ones() <= 2
                    || cell & !own == 0
                {
                    continue;
                }
                let (left, right) = (cell & own, cell & !own);
                let (mut out, mut into) = (0, 0);
                for other in live {
                    let theirs = self.pieces.get(other.piece)[at];
                    let weight = 1_u64 << (16_u32.saturating_sub(4 * other.open));
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

impl Table {
    /// All pieces.
    pub(super) fn all(&self) -> std::ops::Range<u32> {
        0..self.rule_of.len() as u32
    }

    /// Visits boxes that share no point and together are what no rule covers.
    pub(super) fn uncovered(&self, meter: &mut Meter, visit: &mut Visit<'_>) -> Result<(), Spent> {
        let mut splitter = Splitter::new(&self.space, &self.pieces);
        match splitter.meeting(&self.space.whole, self.all(), meter)? {
            Some(live) => splitter.open_boxes(&self.space.whole, live, meter, visit),
            None => Ok(()),
        }
    }
}
