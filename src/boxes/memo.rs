//! Boxes that were looked at before: the same rules in the same cells, as far as these rules ask.

use super::Count;
use super::split::Live;
use super::table::{Cell, Space};
use rustc_hash::FxHashMap;

/// What was found out about boxes with the same rules in the same cells, as far as these rules ask.
pub(super) struct Memo {
    /// whether points are counted; else only covered boxes are remembered
    pub counts: bool,
    known: FxHashMap<Box<[u64]>, u128>,
    words: usize,
    looked: usize,
    /// the points found so far in each box that is open, the outermost first
    pub sums: Vec<Count>,
}

/// What is known of a box.
pub(super) enum Asked {
    /// it was looked at before
    Known,
    /// it was not: its key, and how many points there are for each one in the dimensions that are asked
    New(Box<[u64]>, Option<u128>),
    /// not worth remembering
    Plain,
}

impl Memo {
    /// Words of keys kept at most: 64 MB.
    const MOST_WORDS: usize = 1 << 23;
    /// Boxes looked at before any is remembered, and the most rules in one: easy tables need no memory.
    const EASY: usize = 64;
    const MOST_LIVE: usize = 1024;

    pub(super) fn new(counts: bool) -> Self {
        Memo { counts, known: FxHashMap::default(), words: 0, looked: 0, sums: vec![Count::Exactly(0)] }
    }

    fn put(&mut self, count: Count) {
        if let Some(last) = self.sums.last_mut() {
            *last = last.plus(count);
        }
    }

    pub(super) fn add(&mut self, space: &Space, cells: &[Cell]) {
        if self.counts {
            self.put(space.size(cells));
        }
    }

    pub(super) fn ask(&mut self, space: &Space, cells: &[Cell], live: &[Live], asked: &[u32]) -> Asked {
        self.looked += 1;
        if self.looked < Self::EASY || live.len() > Self::MOST_LIVE || self.words > Self::MOST_WORDS {
            return Asked::Plain;
        }
        let pieces = live.iter().map(|live| u64::from(live.piece));
        let key: Box<[u64]> =
            pieces.chain(asked.iter().flat_map(|at| [!u64::from(*at), cells[*at as usize]])).collect();
        // how many points there are for each one in the dimensions that are asked
        let beside = if self.counts {
            let others = (0..cells.len()).filter(|at| !asked.contains(&(*at as u32)));
            others.map(|at| space.axes[at].size(cells[at])).try_fold(1_u128, u128::checked_mul)
        } else {
            None
        };
        if self.counts && beside.is_none() {
            return Asked::Plain;
        }
        match self.known.get(&key) {
            None => {
                self.sums.push(Count::Exactly(0));
                Asked::New(key, beside)
            }
            Some(points) => {
                let all = points.checked_mul(beside.unwrap_or(1));
                self.put(all.map_or(Count::AtLeast(u128::MAX), Count::Exactly));
                Asked::Known
            }
        }
    }

    pub(super) fn close(&mut self, key: Box<[u64]>, beside: Option<u128>) {
        let Some(sum) = self.sums.pop() else { return };
        self.put(sum);
        if let Count::Exactly(points) = sum {
            self.words += key.len();
            self.known.insert(key, points / beside.unwrap_or(1));
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
