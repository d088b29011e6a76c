//! Deciding one point at a time, as fast as it goes: for each class of a dimension the boxes that admit it are the bits of a
//! row of words, and the first bit that stands in the rows of all of a point's classes is the box that decides.

use super::Table;
use super::table::{Axis, run};

/// More memory than this no table is made ready with, in words of 8 bytes.
const MOST_WORDS: usize = 16 << 20;

/// Dimensions with as many values or fewer have the class of each in a list.
const MOST_LISTED: i128 = 1 << 16;

/// A table made ready to decide point after point.
#[derive(Debug)]
pub struct Ready<'t> {
    table: &'t Table,
    /// nothing where the rows would take too much memory: then each box is looked at
    columns: Option<Vec<Column>>,
    words: usize,
    /// where the rows of the point's classes begin, one for each dimension
    rows: Vec<usize>,
}

/// One dimension.
#[derive(Debug)]
struct Column {
    low: i64,
    /// the class of each value from `low` on; else `starts` is asked
    listed: Vec<u32>,
    /// the first values of stretches of one class, ascending, and the class of each
    starts: Vec<(i64, u32)>,
    high: i64,
    /// for each class the boxes that admit it
    rows: Vec<u64>,
}

impl Column {
    fn class(&self, value: i64) -> Option<usize> {
        if !(self.low..=self.high).contains(&value) {
            return None;
        }
        if !self.listed.is_empty() {
            return Some(self.listed[(value - self.low) as usize] as usize);
        }
        let at = self.starts.partition_point(|(start, _)| *start <= value);
        Some(self.starts[at.checked_sub(1)?].1 as usize)
    }
}

impl Table {
    /// Makes the table ready to decide many points. It takes a bit for each box and class of each dimension; where that would be more than
    /// 128 MB, deciding stays as slow as [`Table::decide`].
    pub fn ready(&self) -> Ready<'_> {
        let words = self.rule_of.len().div_ceil(64);
        let classes: usize = self.space.axes.iter().map(|axis| axis.classes.len()).sum();
        let columns = (classes.saturating_mul(words) <= MOST_WORDS).then(|| {
            let dimensions = self.dimensions.iter().zip(&self.space.axes).enumerate();
            dimensions
                .map(|(at, (dimension, axis))| self.column(at, (dimension.low, dimension.high), axis))
                .collect()
        });
        Ready { table: self, columns, words, rows: Vec::new() }
    }

    fn column(&self, at: usize, (low, high): (i64, i64), axis: &Axis) -> Column {
        let words = self.rule_of.len().div_ceil(64);
        let mut rows = vec![0; axis.classes.len() * words];
        let mut starts: Vec<(i64, u32)> = Vec::new();
        for (class, values) in axis.classes.iter().enumerate() {
            starts.extend(values.iter().map(|(first, _)| (*first, class as u32)));
            let cell = if axis.mask { 1 << class } else { run(class as u32, class as u32) };
            for piece in 0..self.rule_of.len() {
                if axis.within(cell, self.pieces.get(piece as u32)[at]) {
                    rows[class * words + piece / 64] |= 1 << (piece % 64);
                }
            }
        }
        starts.sort_unstable();
        let mut listed = Vec::new();
        if i128::from(high) - i128::from(low) < MOST_LISTED {
            for (number, (first, class)) in starts.iter().enumerate() {
                let end = starts.get(number + 1).map_or(high, |(next, _)| next - 1);
                listed.extend((*first..=end).map(|_| *class));
            }
        }
        Column { low, listed, starts, high, rows }
    }
}

impl Ready<'_> {
    /// As [`Table::decide`].
    pub fn decide(&mut self, point: &[i64]) -> Option<u32> {
        if self.columns.is_none() {
            return self.table.decide(point);
        }
        let mut decided = None;
        self.each_word(point, |table, word, bits| {
            decided = Some(table.rule_of[word * 64 + bits.trailing_zeros() as usize]);
            false
        });
        decided
    }

    /// As [`Table::matches`], into a list that is emptied first.
    pub fn matches(&mut self, point: &[i64], rules: &mut Vec<u32>) {
        rules.clear();
        if self.columns.is_none() {
            return rules.extend(self.table.matches(point));
        }
        self.each_word(point, |table, word, mut bits| {
            while bits != 0 {
                rules.push(table.rule_of[word * 64 + bits.trailing_zeros() as usize]);
                bits &= bits - 1;
            }
            true
        });
    }

    /// Hands on the boxes that hold at a point, 64 at a time where there are any, until `goes_on` says no.
    fn each_word(&mut self, point: &[i64], mut goes_on: impl FnMut(&Table, usize, u64) -> bool) {
        let boxes = self.table.rule_of.len();
        let Some(columns) = self.columns.as_ref().filter(|columns| columns.len() == point.len()) else {
            return;
        };
        self.rows.clear();
        for (column, value) in columns.iter().zip(point) {
            let Some(class) = column.class(*value) else { return };
            self.rows.push(class * self.words);
        }
        for word in 0..self.words {
            // past the last box every bit would stand where nothing is asked
            let mut bits = u64::MAX >> 64usize.saturating_sub(boxes - word * 64).min(63);
            for (column, row) in columns.iter().zip(&self.rows) {
                bits &= column.rows[row + word];
                if bits == 0 {
                    break;
                }
            }
            if bits != 0 && !goes_on(self.table, word, bits) {
                return;
            }
        }
    }
}
