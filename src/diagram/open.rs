//! Emptiness: "is there a profile in this region that none of those covers?"
//!
//! The question behind dead, shadowed and covered, asked through one interface so that a second engine (clause
//! learning) can stand beside the diagrams. It is a pre-filter and a cross-check, never the definition of a check.

use super::store::{NO, Node, NotProven, Store};

/// The answer to [`Prover::open`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// there is such a profile
    Open,
    /// there is none, and these covers (by index) are enough to see it
    Covered(Vec<usize>),
}

/// Something that can decide emptiness exactly.
pub(crate) trait Prover {
    /// Whether `region` has a profile outside all `covers`; if not, a sufficient set of covers, found by leaving
    /// out one after the other while the rest still suffice.
    fn open(&mut self, region: Node, covers: &[Node]) -> Result<Answer, NotProven>;
}

impl Prover for Store {
    fn open(&mut self, region: Node, covers: &[Node]) -> Result<Answer, NotProven> {
        let mut is_covered = |chosen: &[usize]| -> Result<bool, NotProven> {
            let mut covered = NO;
            for index in chosen {
                covered = self.or(covered, covers[*index])?;
            }
            Ok(self.without(region, covered)? == NO)
        };
        let mut chosen: Vec<usize> = (0..covers.len()).collect();
        if !is_covered(&chosen)? {
            return Ok(Answer::Open);
        }
        for index in 0..covers.len() {
            let fewer: Vec<usize> = chosen.iter().copied().filter(|other| *other != index).collect();
            if is_covered(&fewer)? {
                chosen = fewer;
            }
        }
        Ok(Answer::Covered(chosen))
    }
}
