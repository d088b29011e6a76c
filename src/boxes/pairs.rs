//! Pairs of rules that meet, by bitsets: for each dimension and class the rules that begin at it or before, and those
//! that end at it or behind. What a rule meets is the intersection over the dimensions it asks.

use super::table::{Axis, Cell, ends};
use super::{Overlap, Table};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// So many pieces stand in one index.
pub(super) const BLOCK: u32 = 4096;

/// Which pieces of a block meet a piece.
pub(super) struct Index<'a> {
    table: &'a Table,
    block: Range<u32>,
    words: usize,
    rows: Vec<Rows>,
    met: Vec<u64>,
}

/// Bitsets of one dimension, one after another.
struct Rows {
    /// of runs: which begin at each class or before; of masks: which admit the class
    first: Vec<u64>,
    /// of runs: which end at each class or behind
    last: Vec<u64>,
    /// of masks: which share a class with a cell
    cells: FxHashMap<Cell, Vec<u64>>,
}

impl<'a> Index<'a> {
    pub(super) fn new(table: &'a Table, block: Range<u32>) -> Self {
        let words = block.len().div_ceil(64);
        let axes = table.space.axes.iter().enumerate();
        let rows = axes.map(|(at, axis)| Rows::new(table, block.clone(), words, (at, axis))).collect();
        Index { table, block, words, rows, met: vec![0; words] }
    }

    /// Calls back with each piece of the block behind a piece that meets it, ascending.
    pub(super) fn behind(&mut self, piece: u32, mut meets: impl FnMut(u32)) {
        let from = (piece + 1).saturating_sub(self.block.start) as usize;
        let words = (from / 64).min(self.words)..self.words;
        if words.is_empty() {
            return;
        }
        let met = &mut self.met[words.clone()];
        met.fill(u64::MAX);
        let own = self.table.pieces.get(piece);
        for at in self.table.pieces.asks(piece).iter().map(|at| *at as usize) {
            let (axis, cell) = (&self.table.space.axes[at], own[at]);
            self.rows[at].keep(axis, cell, self.words, words.clone(), met);
            if met.iter().all(|word| *word == 0) {
                return;
            }
        }
        for (place, word) in met.iter().enumerate() {
            let mut word = *word;
            while word != 0 {
                let index = (words.start + place) * 64 + word.trailing_zeros() as usize;
                word &= word - 1;
                if (from..self.block.len()).contains(&index) {
                    meets(self.block.start + index as u32);
                }
            }
        }
    }
}

impl Rows {
    fn new(table: &Table, block: Range<u32>, words: usize, (at, axis): (usize, &Axis)) -> Self {
        let many = axis.classes.len() * words;
        let mut rows = Rows {
            first: vec![0; many],
            last: vec![0; if axis.mask { 0 } else { many }],
            cells: FxHashMap::default(),
        };
        for (index, piece) in block.enumerate() {
            let cell = table.pieces.get(piece)[at];
            let (word, bit) = (index / 64, 1_u64 << (index % 64));
            if axis.mask {
                axis.each(cell).for_each(|class| rows.first[class * words + word] |= bit);
            } else {
                let (low, high) = ends(cell);
                rows.first[low as usize * words + word] |= bit;
                rows.last[high as usize * words + word] |= bit;
            }
        }
        if !axis.mask {
            for place in words..many {
                rows.first[place] |= rows.first[place - words];
            }
            for place in (0..many - words).rev() {
                rows.last[place] |= rows.last[place + words];
            }
        }
        rows
    }

    /// Keeps the pieces that share a class with a cell.
    fn keep(&mut self, axis: &Axis, cell: Cell, width: usize, words: Range<usize>, met: &mut [u64]) {
        if axis.mask {
            let first = &self.first;
            let row = self.cells.entry(cell).or_insert_with(|| {
                let mut row = vec![0; width];
                for class in axis.each(cell) {
                    let own = &first[class * width..][..width];
                    row.iter_mut().zip(own).for_each(|(row, own)| *row |= own);
                }
                row
            });
            met.iter_mut().zip(&row[words]).for_each(|(met, row)| *met &= row);
            return;
        }
        let (low, high) = ends(cell);
        let first = &self.first[high as usize * width..][words.clone()];
        let last = &self.last[low as usize * width..][words];
        met.iter_mut().zip(first.iter().zip(last)).for_each(|(met, (first, last))| *met &= first & last);
    }
}

impl Table {
    /// All pairs of rules that share a point, ascending.
    pub fn overlaps(&self) -> Vec<Overlap> {
        let mut list = Vec::new();
        self.each_overlap(|one, other| {
            let (first, second) = (one.min(other), one.max(other));
            let differ = self.outcomes[first as usize] != self.outcomes[second as usize];
            list.push(Overlap { first, second, differ });
        });
        // a few runs that ascend already
        list.sort();
        list.dedup();
        list
    }

    /// Calls back with pairs of rules that share a point, in no order, maybe more than once.
    pub(crate) fn each_overlap(&self, mut meet: impl FnMut(u32, u32)) {
        let many = self.rule_of.len() as u32;
        for start in (0..many).step_by(BLOCK as usize) {
            let block = start..many.min(start.saturating_add(BLOCK));
            let mut index = Index::new(self, block.clone());
            for piece in 0..block.end {
                let one = self.rule_of[piece as usize];
                index.behind(piece, |other| meet(one, self.rule_of[other as usize]));
            }
        }
    }
}
