//! Pairs of rules that meet.

use super::table::Axis;
use super::{Overlap, Table};

impl Table {
    /// All pairs of rules that share a point, ascending.
    pub fn overlaps(&self) -> Vec<Overlap> {
        let mut list = Vec::new();
        for (first, _) in self.outcomes.iter().enumerate() {
            for second in first + 1..self.outcomes.len() {
                if self.meet(first, second) {
                    let differ = self.outcomes[first] != self.outcomes[second];
                    list.push(Overlap { first: first as u32, second: second as u32, differ });
                }
            }
        }
        list
    }

    fn meet(&self, first: usize, second: usize) -> bool {
        self.pieces_of[first].clone().any(|a| self.pieces_of[second].clone().any(|b| self.pieces_meet(a, b)))
    }

    fn pieces_meet(&self, a: u32, b: u32) -> bool {
        let cells = self.pieces.get(a).iter().zip(self.pieces.get(b));
        cells.zip(&self.space.axes).all(|((a, b), axis): (_, &Axis)| axis.meet(*a, *b).is_some())
    }
}
