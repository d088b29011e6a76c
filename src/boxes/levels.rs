//! The rules of a table level by level, one dimension after another in one order. What the rest of the dimensions can
//! say depends only on the rules that still hold, so that a recursion over sets of rules meets the same set again and
//! again; a set is first rid of rules that say nothing more.

use super::table::{Cell, Pieces, Space};
use super::{Meter, Spent};
use std::cmp::Reverse;

/// A set of pieces.
pub(super) type Set<const W: usize> = [u64; W];

/// The most dimensions there may be: one level of a recursion each.
const MOST_LEVELS: usize = 128;

/// Pieces over dimensions of at most 64 classes.
pub(super) struct Levels<'a, const W: usize> {
    pub space: &'a Space,
    /// the dimension of each level
    pub order: Vec<usize>,
    /// for each level what each piece admits
    own: Vec<Vec<Cell>>,
    /// for each level and class the pieces that admit it
    admit: Vec<Vec<Set<W>>>,
    /// for each level the pieces that ask it
    asking: Vec<Set<W>>,
    /// for each level the pieces that ask nothing from it on
    sure: Vec<Set<W>>,
    /// for each level and piece the pieces that say nothing where it stands, as far as the levels from it on go
    silences: Vec<Vec<Set<W>>>,
}

/// The places in a set, ascending.
pub(super) fn each<const W: usize>(set: Set<W>) -> impl Iterator<Item = usize> {
    set.into_iter().enumerate().flat_map(|(word, mut bits)| {
        std::iter::from_fn(move || {
            let at = bits.trailing_zeros() as usize;
            (bits != 0).then(|| {
                bits &= bits - 1;
                word * 64 + at
            })
        })
    })
}

pub(super) fn both<const W: usize>(a: Set<W>, b: Set<W>) -> Set<W> {
    std::array::from_fn(|at| a[at] & b[at])
}

pub(super) fn put<const W: usize>(set: &mut Set<W>, piece: usize) {
    set[piece / 64] |= 1 << (piece % 64);
}

fn has<const W: usize>(set: &Set<W>, piece: usize) -> bool {
    set[piece / 64] >> (piece % 64) & 1 == 1
}

/// Whether a table is of the kind that goes by levels, with sets of at most so many pieces.
pub(super) fn fits(space: &Space, pieces: usize, most: usize) -> bool {
    pieces <= most && space.axes.len() <= MOST_LEVELS && space.axes.iter().all(|axis| axis.mask)
}

impl<'a, const W: usize> Levels<'a, W> {
    /// The most asked dimension first. `first_only` where a piece silences only pieces behind it, else it silences those
    /// before it as well.
    pub(super) fn new(space: &'a Space, pieces: &Pieces, many: usize, first_only: bool) -> Self {
        let mut asks = vec![0_usize; space.axes.len()];
        for piece in 0..many as u32 {
            pieces.asks(piece).iter().for_each(|at| asks[*at as usize] += 1);
        }
        let mut order: Vec<usize> = (0..asks.len()).filter(|at| asks[*at] > 0).collect();
        order.sort_by_key(|at| (Reverse(asks[*at]), space.axes[*at].classes.len()));
        let own: Vec<Vec<Cell>> =
            order.iter().map(|at| (0..many as u32).map(|piece| pieces.get(piece)[*at]).collect()).collect();
        let (mut admit, mut asking) = (Vec::new(), Vec::new());
        for (at, own) in order.iter().zip(&own) {
            let mut classes = vec![[0; W]; space.axes[*at].classes.len()];
            let mut asked = [0; W];
            for (piece, cell) in own.iter().enumerate() {
                space.axes[*at].each(*cell).for_each(|class| put(&mut classes[class], piece));
                if *cell != space.whole[*at] {
                    put(&mut asked, piece);
                }
            }
            admit.push(classes);
            asking.push(asked);
        }
        let mut all = [0; W];
        (0..many).for_each(|piece| put(&mut all, piece));
        let mut sure = vec![all];
        let mut inside = vec![vec![all; many]];
        for (own, asked) in own.iter().zip(&asking).rev() {
            let (known, known_inside) = (sure[sure.len() - 1], &inside[inside.len() - 1]);
            let part = |(piece, known): (usize, &Set<W>)| {
                let mut set = [0; W];
                each(*known).filter(|other| own[*other] & !own[piece] == 0).for_each(|p| put(&mut set, p));
                set
            };
            let next = known_inside.iter().enumerate().map(part).collect();
            sure.push(std::array::from_fn(|word| known[word] & !asked[word]));
            inside.push(next);
        }
        sure.reverse();
        inside.reverse();
        // of two that say the same the first stays
        let silenced = |inside: &Vec<Set<W>>| -> Vec<Set<W>> {
            let of = |piece: usize| {
                let mut set = [0; W];
                let goes = |other: &usize| *other > piece || !first_only && !has(&inside[*other], piece);
                each(inside[piece])
                    .filter(|other| *other != piece)
                    .filter(goes)
                    .for_each(|p| put(&mut set, p));
                set
            };
            (0..many).map(of).collect()
        };
        let silences = inside.iter().map(silenced).collect();
        Levels { space, order, own, admit, asking, sure, silences }
    }

    /// A set without the pieces that others of it silence.
    pub(super) fn heard(&self, level: usize, mut set: Set<W>) -> Set<W> {
        let silences = &self.silences[level];
        for word in 0..W {
            let mut left = set[word];
            while left != 0 {
                let bit = left.trailing_zeros() as usize;
                let silent = &silences[word * 64 + bit];
                set.iter_mut().zip(silent).for_each(|(set, silent)| *set &= !silent);
                // those that are yet to come
                left = set[word] & (u64::MAX << bit) & !(1 << bit);
            }
        }
        set
    }

    /// Whether some piece of a set holds everywhere from a level on.
    pub(super) fn is_sure(&self, level: usize, set: Set<W>) -> bool {
        both(set, self.sure[level]) != [0; W]
    }

    /// The next level that pieces of a set ask.
    pub(super) fn next_asked(&self, level: usize, set: Set<W>) -> Option<usize> {
        (level..self.order.len()).find(|level| both(set, self.asking[*level]) != [0; W])
    }

    /// The classes of a level, in parts which no piece of a set tells apart.
    pub(super) fn parts(&self, level: usize, set: Set<W>, meter: &mut Meter) -> Result<Vec<Cell>, Spent> {
        let mut parts = vec![self.space.whole[self.order[level]]];
        for piece in each(both(set, self.asking[level])) {
            let own = self.own[level][piece];
            for at in 0..parts.len() {
                let part = parts[at];
                if part & own != 0 && part & !own != 0 {
                    parts[at] = part & own;
                    parts.push(part & !own);
                }
            }
        }
        meter.take(parts.len() * W)?;
        Ok(parts)
    }

    /// What is left of a set behind a level, for one of its parts.
    pub(super) fn behind(&self, level: usize, set: Set<W>, part: Cell) -> Set<W> {
        let left = both(set, self.admit[level][part.trailing_zeros() as usize]);
        if left == set && both(set, self.asking[level]) == [0; W] { set } else { self.heard(level + 1, left) }
    }
}
