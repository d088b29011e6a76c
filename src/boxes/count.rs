//! How many points no rule covers, by one recursion over the sets of rules that still hold.

use super::levels::{Levels, Set, fits, put};
use super::split::Splitter;
use super::{Answer, Budget, Count, Meter, Spent, Table};
use rustc_hash::FxHashMap;

/// The steps the recursion may take before boxes are split instead.
const QUOTA: u64 = 2_000_000;

impl Table {
    /// How many points no rule covers.
    pub fn gap_count(&self, budget: Budget) -> Answer<Count> {
        let mut meter = Meter::new(budget);
        let by_levels = meter.within(QUOTA, |meter| match self.rule_of.len() {
            0..=64 => self.count::<1>(meter),
            65..=256 => self.count::<4>(meter),
            _ => Err(Spent),
        });
        by_levels.or_else(|Spent| self.count_by_splitting(&mut meter)).into()
    }

    fn count<const W: usize>(&self, meter: &mut Meter) -> Result<Count, Spent> {
        let many = self.rule_of.len();
        if !fits(&self.space, many, W * 64) {
            return Err(Spent);
        }
        meter.take(many * many)?;
        let levels = Levels::<W>::new(&self.space, &self.pieces, many, false);
        let mut all = [0; W];
        (0..many).for_each(|piece| put(&mut all, piece));
        let known = vec![FxHashMap::default(); levels.order.len()];
        let mut counting = Counting { levels: &levels, known };
        let asked = counting.open(0, levels.heard(0, all), meter)?;
        let others = (0..self.space.axes.len()).filter(|at| !levels.order.contains(at));
        Ok(others.fold(asked, |count, at| count.times(self.space.axes[at].size(self.space.whole[at]))))
    }

    fn count_by_splitting(&self, meter: &mut Meter) -> Result<Count, Spent> {
        let mut splitter = Splitter::new(&self.space, &self.pieces);
        let whole = &self.space.whole;
        match splitter.meeting(whole, self.all(), meter)? {
            None => Ok(Count::Exactly(0)),
            Some(live) => splitter.count(whole, live, meter),
        }
    }
}

struct Counting<'a, const W: usize> {
    levels: &'a Levels<'a, W>,
    /// for each level what is known of sets
    known: Vec<FxHashMap<Set<W>, Count>>,
}

impl<const W: usize> Counting<'_, W> {
    /// The points of all levels from one on that are in no piece of a set.
    fn open(&mut self, level: usize, set: Set<W>, meter: &mut Meter) -> Result<Count, Spent> {
        let levels = self.levels;
        if levels.is_sure(level, set) {
            return Ok(Count::Exactly(0));
        }
        let next = levels.next_asked(level, set).unwrap_or(levels.order.len());
        let axis = |level: usize| &levels.space.axes[levels.order[level]];
        let skipped = |count: Count| {
            (level..next).fold(count, |count, level| count.times(axis(level).size(axis(level).whole())))
        };
        if next == levels.order.len() {
            return Ok(skipped(Count::Exactly(1)));
        }
        if let Some(count) = self.known[next].get(&set) {
            return Ok(skipped(*count));
        }
        let mut sum = Count::Exactly(0);
        for part in levels.parts(next, set, meter)? {
            let count = self.open(next + 1, levels.behind(next, set, part), meter)?;
            sum = sum.plus(count.times(axis(next).size(part)));
        }
        self.known[next].insert(set, sum);
        Ok(skipped(sum))
    }
}

impl Count {
    /// So many times as many.
    pub(super) fn times(self, many: u128) -> Count {
        match self {
            Count::Exactly(count) => {
                count.checked_mul(many).map_or(Count::AtLeast(u128::MAX), Count::Exactly)
            }
            at_least @ Count::AtLeast(_) => at_least,
        }
    }
}
