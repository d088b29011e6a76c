//! One answer about a citizen: by tables, of all or at least of those of whom all it asks is known; else by the plain
//! evaluator, once for all of whom the same premises come out alike.

use super::classes::{Classes, Coded};
use super::layers::Layers;
use super::premises::Judged;
use crate::model::FactId;
use rustc_hash::FxHashMap;
use std::sync::{PoisonError, RwLock};

/// More answers than these are not kept: the memory is bounded.
const KEPT: usize = 1 << 18;

/// One thing that is asked of everybody.
#[derive(Debug)]
pub(super) struct Unit {
    /// the facts it asks
    facts: Vec<FactId>,
    /// the places of the premises it rests on
    premises: Vec<u32>,
    /// how citizens are looked up; nothing where the tables would be too many
    pub layers: Option<Layers>,
    /// whether that holds of those too of whom not everything is known
    pub of_all: bool,
    known: RwLock<FxHashMap<Box<[u64]>, u32>>,
}

impl Unit {
    pub(super) fn new(facts: Vec<FactId>, premises: Vec<u32>, layers: Option<Layers>, of_all: bool) -> Self {
        Unit { facts, premises, layers, of_all, known: RwLock::default() }
    }

    /// The answer about each; `plain` answers about one of them.
    pub(super) fn answers(
        &self,
        classes: &Classes,
        coded: &Coded,
        judged: &Judged<'_>,
        mut plain: impl FnMut(usize) -> u32,
    ) -> Vec<u32> {
        let (mut answers, rows) = match &self.layers {
            None => (vec![0; coded.rows], (0..coded.rows).collect()),
            Some(layers) if self.of_all => return layers.answers(coded),
            Some(layers) => (layers.answers(coded), coded.partly_known(classes, &self.facts)),
        };
        if rows.is_empty() {
            return answers;
        }
        let keys = judged.keys(&self.premises);
        let mut new = Vec::new();
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        for row in rows {
            match known.get(keys.of(row)) {
                Some(answer) => answers[row] = *answer,
                None => new.push(row),
            }
        }
        drop(known);
        for row in new {
            answers[row] = self.answer(keys.of(row), || plain(row));
        }
        answers
    }

    /// The answer where the premises come out so.
    fn answer(&self, key: &[u64], plain: impl FnOnce() -> u32) -> u32 {
        if let Some(known) = self.known.read().unwrap_or_else(PoisonError::into_inner).get(key) {
            return *known;
        }
        let answer = plain();
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= KEPT {
            known.clear();
        }
        known.insert(key.into(), answer);
        answer
    }
}
