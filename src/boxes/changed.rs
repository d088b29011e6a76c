//! Where two tables decide differently.
//!
//! The difference is a diagram (see `difference`) that is counted in one pass. For people it is covered by few boxes (see `cover`);
//! for programs its ways are listed (see `ways`). What is too large for a diagram is split instead, which the rest of this file
//! does.
//!
//! Both lists are merged: rules that stand in both, in the same order, are one rule that speaks for both tables. Where
//! only such rules are left nothing can differ, so that the search looks at the edited rules and hardly beyond.

use super::cover::cover;
use super::difference::{Diagram, Outcomes, SAME};
use super::split::{Live, Splitter};
use super::table::{Asked, Cell, Merged, Space, ends, run};
use super::ways::ways;
use super::{Answer, Budget, Change, Changes, Count, Extent, Meter, Spent, Table};
use rustc_hash::FxHashMap;

/// The steps a diagram may take before boxes are split instead.
const QUOTA: u64 = 4_000_000;

/// The most boxes that are grown to be maximal: more than somebody reads.
const MOST_GROWN: usize = 1 << 10;

/// The most boxes that are kept before they are joined.
const MOST_BOXES: usize = 1 << 16;

/// Which tables a piece speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sides {
    pub old: bool,
    pub new: bool,
}

const BOTH: Sides = Sides { old: true, new: true };

/// One outcome before and one after, and a box where they are.
type Piece = (Outcomes, Vec<Cell>);

impl Table {
    /// The regions where the deciding rule of another table over the same dimensions has another outcome, at most so
    /// many; nothing where the dimensions are not the same. Up to 1,024 are grown to be maximal; who asks for more gets
    /// them all as they come, in boxes that share no point.
    pub fn changed(&self, other: &Table, limit: usize, budget: Budget) -> Option<Changes> {
        if self.dimensions != other.dimensions {
            return None;
        }
        let (old, new) = (self.in_order(), other.in_order());
        let nothing = |extent, points| Changes { regions: Vec::new(), extent, points };
        if old == new {
            return Some(nothing(Extent::All, Answer::Proven(Count::Exactly(0))));
        }
        let Some(merged) = Merged::new(&self.dimensions, &merge(&old, &new)) else {
            return Some(nothing(Extent::NotProven, Answer::NotProven));
        };
        let mut meter = Meter::new(budget);
        let Ok((mut diagram, root)) = meter.within(QUOTA, |meter| Diagram::of(&merged, meter)) else {
            return Some(by_splitting(&merged, limit, &mut meter));
        };
        let points = Answer::Proven(diagram.points(root));
        let mut boxes = Vec::new();
        let extent = if limit > MOST_GROWN {
            match ways(&diagram, root, limit, &mut boxes, &mut meter) {
                Err(Spent) => Extent::NotProven,
                Ok(true) => Extent::All,
                Ok(false) => Extent::More,
            }
        } else {
            match cover(&mut diagram, root, &self.dimensions, limit, &mut boxes, &mut meter) {
                Err(Spent) => Extent::NotProven,
                Ok(SAME) => Extent::All,
                Ok(_) => Extent::More,
            }
        };
        Some(Changes { regions: told(&merged.space, boxes), extent, points })
    }
}

/// Boxes that share no point, by splitting.
fn by_splitting(merged: &Merged, limit: usize, meter: &mut Meter) -> Changes {
    let mut found = Found { merged, boxes: Vec::new(), points: Count::Exactly(0), dropped: false };
    let result = found.search(meter);
    let mut boxes = joined(&merged.space, found.boxes);
    let extent = match result {
        Err(Spent) => Extent::NotProven,
        Ok(()) if found.dropped || boxes.len() > limit => Extent::More,
        Ok(()) => Extent::All,
    };
    boxes.truncate(limit);
    Changes { regions: told(&merged.space, boxes), extent, points: result.map(|()| found.points).into() }
}

/// Boxes for those who ask, in an order of their own.
fn told(space: &Space, boxes: Vec<Piece>) -> Vec<Change> {
    let change = |((before, after), cells): Piece| Change { before, after, region: space.region(&cells) };
    let mut regions: Vec<Change> = boxes.into_iter().map(change).collect();
    regions.sort();
    regions
}

/// One list out of two: what stands in both in the same order stands there once.
fn merge<'a>(old: &[(&'a Asked, u32)], new: &[(&'a Asked, u32)]) -> Vec<(&'a Asked, u32, Sides)> {
    let mut places: FxHashMap<&(&Asked, u32), Vec<usize>> = FxHashMap::default();
    for (at, rule) in new.iter().enumerate().rev() {
        places.entry(rule).or_default().push(at);
    }
    let pairs: Vec<(usize, usize)> =
        old.iter().enumerate().filter_map(|(at, rule)| Some((at, places.get_mut(rule)?.pop()?))).collect();
    let (mut list, mut before, mut after) = (Vec::new(), 0, 0);
    for (left, right) in ascending(&pairs) {
        list.extend(
            old[before..left].iter().map(|(rule, out)| (*rule, *out, Sides { old: true, new: false })),
        );
        list.extend(
            new[after..right].iter().map(|(rule, out)| (*rule, *out, Sides { old: false, new: true })),
        );
        list.push((old[left].0, old[left].1, BOTH));
        (before, after) = (left + 1, right + 1);
    }
    list.extend(old[before..].iter().map(|(rule, out)| (*rule, *out, Sides { old: true, new: false })));
    list.extend(new[after..].iter().map(|(rule, out)| (*rule, *out, Sides { old: false, new: true })));
    list
}

/// A longest part of a list of pairs, which ascend on the left, that ascends on the right too.
fn ascending(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // the last pair of the best part of each length, and the pair before each one
    let mut tails: Vec<usize> = Vec::new();
    let mut previous: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (at, (_, right)) in pairs.iter().enumerate() {
        let place = tails.partition_point(|tail| pairs[*tail].1 < *right);
        previous.push(place.checked_sub(1).map(|before| tails[before]));
        if place == tails.len() {
            tails.push(at);
        } else {
            tails[place] = at;
        }
    }
    let mut part: Vec<(usize, usize)> =
        std::iter::successors(tails.last().copied(), |at| previous[*at]).map(|at| pairs[at]).collect();
    part.reverse();
    part
}

struct Found<'a> {
    merged: &'a Merged,
    boxes: Vec<Piece>,
    points: Count,
    dropped: bool,
}

impl Found<'_> {
    fn search(&mut self, meter: &mut Meter) -> Result<(), Spent> {
        let merged = self.merged;
        let mut splitter = Splitter::new(&merged.space, &merged.pieces);
        let all = (0..merged.sides.len() as u32)
            .filter_map(|piece| {
                splitter.openness(&merged.space.whole, piece).map(|open| Live { piece, open })
            })
            .collect();
        let mut waiting: Vec<(Vec<Cell>, Vec<Live>)> = vec![(merged.space.whole.clone(), all)];
        while let Some((cells, mut live)) = waiting.pop() {
            meter.take(live.len() + 1)?;
            self.hearable(&mut live);
            let Some((before, after)) = self.decided(&live) else {
                // first to where the edited rules hold or do not
                let edited = |live: &Live| live.open > 0 && merged.sides[live.piece as usize] != BOTH;
                let mut parting: Vec<Live> = live.iter().copied().filter(edited).collect();
                if parting.is_empty() {
                    parting = live.iter().copied().filter(|live| live.open > 0).collect();
                }
                let cut = splitter.cut(&cells, &parting, meter)?;
                for side in [cut.right, cut.left] {
                    let mut part = cells.clone();
                    part[cut.axis] = side;
                    let kept =
                        live.iter().filter_map(|live| splitter.narrowed(*live, &cells, cut.axis, side));
                    waiting.push((part, kept.collect()));
                }
                continue;
            };
            if before != after {
                self.points = self.points.plus(merged.space.size(&cells));
                if self.boxes.len() < MOST_BOXES {
                    self.boxes.push(((before, after), cells));
                } else {
                    self.dropped = true;
                }
            }
        }
        Ok(())
    }

    /// Leaves out what never gets a hearing in the box: what stands behind a piece that contains it.
    fn hearable(&self, live: &mut Vec<Live>) {
        let mut open = BOTH;
        live.retain(|one| {
            let sides = self.merged.sides[one.piece as usize];
            let heard = (sides.old && open.old) || (sides.new && open.new);
            if heard && one.open == 0 {
                open = Sides { old: open.old && !sides.old, new: open.new && !sides.new };
            }
            heard
        });
    }

    /// The outcomes before and after, where they are the same all over the box; equal ones where nothing can differ.
    fn decided(&self, live: &[Live]) -> Option<(Option<u32>, Option<u32>)> {
        let sides = |one: &Live| self.merged.sides[one.piece as usize];
        if live.iter().all(|one| sides(one) == BOTH) {
            return Some((None, None));
        }
        let first = |speaks: fn(Sides) -> bool| {
            // one outcome wherever the box is heard, or nothing where some part of it may be heard otherwise
            let mut heard: Option<u32> = None;
            for one in live.iter().filter(|one| speaks(sides(one))) {
                let own = self.merged.outcomes[one.piece as usize];
                if heard.is_some_and(|known| known != own) {
                    return None;
                }
                heard = Some(own);
                if one.open == 0 {
                    return Some(heard);
                }
            }
            if heard.is_none() { Some(None) } else { None }
        };
        Some((first(|sides| sides.old)?, first(|sides| sides.new)?))
    }
}

/// Boxes that differ in one dimension only, as one box, as long as there are such.
fn joined(space: &Space, mut boxes: Vec<Piece>) -> Vec<Piece> {
    loop {
        let many = boxes.len();
        for (at, axis) in space.axes.iter().enumerate() {
            let mut alike: FxHashMap<Piece, Vec<Cell>> = FxHashMap::default();
            for (outcomes, mut cells) in boxes {
                let own = std::mem::take(&mut cells[at]);
                alike.entry((outcomes, cells)).or_default().push(own);
            }
            boxes = Vec::new();
            for ((outcomes, cells), mut own) in alike {
                own.sort_unstable();
                let mut together: Vec<Cell> = Vec::new();
                for cell in own {
                    match together.last_mut() {
                        Some(last) if axis.mask => *last |= cell,
                        Some(last) if ends(*last).1 + 1 == ends(cell).0 => {
                            *last = run(ends(*last).0, ends(cell).1);
                        }
                        _ => together.push(cell),
                    }
                }
                for cell in together {
                    let mut cells = cells.clone();
                    cells[at] = cell;
                    boxes.push((outcomes, cells));
                }
            }
            // a map has no order of its own
            boxes.sort_unstable();
        }
        if boxes.len() == many {
            return boxes;
        }
    }
}
