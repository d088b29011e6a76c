//! Emptiness: "is there a profile in this region that none of those covers?"
//!
//! The question behind dead, shadowed and covered, asked through one interface so that a second engine (clause
//! learning) can stand beside the diagrams. It is a pre-filter and a cross-check, never the definition of a check.

use super::store::{NO, Node, NotProven, Store};
use std::collections::BTreeSet;

/// The answer to [`Prover::open`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// there is such a profile
    Open,
    /// there is none, and these covers (by index) are enough to see it
    Covered(Vec<usize>),
}

/// A region that must be covered, and what covers it by key.
pub(crate) type Wanted<K> = (Node, Vec<(K, Node)>);

/// Keys whose covers together cover every region, none of which can be left out; nothing where all keys do not.
/// Keys late in order are kept before earlier ones.
pub(crate) fn enough<K: Copy + Ord>(
    store: &mut Store,
    wanted: &[Wanted<K>],
) -> Result<Option<BTreeSet<K>>, NotProven> {
    let mut chosen = BTreeSet::new();
    for (region, covers) in wanted {
        let nodes: Vec<Node> = covers.iter().map(|(_, node)| *node).collect();
        match store.open(*region, &nodes)? {
            Answer::Open => return Ok(None),
            Answer::Covered(list) => chosen.extend(list.into_iter().map(|index| covers[index].0)),
        }
    }
    // what is enough for each region by itself may be more than enough for all of them
    for key in chosen.clone() {
        let mut still = true;
        for (region, covers) in wanted {
            let kept = covers.iter().filter(|(other, _)| *other != key && chosen.contains(other));
            let covered = kept.into_iter().try_fold(NO, |all, (_, node)| store.or(all, *node))?;
            still &= store.without(*region, covered)? == NO;
        }
        if still {
            chosen.remove(&key);
        }
    }
    Ok(Some(chosen))
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
