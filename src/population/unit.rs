//! One answer about a citizen: by tables, of all or at least of those of whom all it asks is known; else by the plain
//! evaluator, once for all whom nothing tells apart.

use super::classes::{Classes, Coded};
use super::layers::Layers;
use crate::model::FactId;
use rustc_hash::FxHashMap;
use std::sync::{PoisonError, RwLock};

/// More answers than these are not kept: the memory is bounded.
const KEPT: usize = 1 << 18;

/// One thing that is asked of everybody.
#[derive(Debug)]
pub(super) struct Unit {
    /// the facts it asks
    pub facts: Vec<FactId>,
    /// how citizens are looked up; nothing where the tables would be too many
    pub layers: Option<Layers>,
    /// whether that holds of those too of whom not everything is known
    pub of_all: bool,
    known: RwLock<FxHashMap<Box<[u16]>, u32>>,
}

impl Unit {
    pub(super) fn new(facts: Vec<FactId>, layers: Option<Layers>, of_all: bool) -> Self {
        Unit { facts, layers, of_all, known: RwLock::default() }
    }

    /// The answer about each; `plain` answers about one of them.
    pub(super) fn answers(
        &self,
        classes: &Classes,
        coded: &Coded,
        mut plain: impl FnMut(usize) -> u32,
    ) -> Vec<u32> {
        let Some(layers) = &self.layers else {
            return (0..coded.rows).map(|row| self.answer(classes, coded, row, &mut plain)).collect();
        };
        let mut answers = layers.answers(coded);
        if self.of_all {
            return answers;
        }
        for row in coded.partly_known(classes, &self.facts) {
            answers[row] = self.answer(classes, coded, row, &mut plain);
        }
        answers
    }

    fn answer(
        &self,
        classes: &Classes,
        coded: &Coded,
        row: usize,
        plain: &mut impl FnMut(usize) -> u32,
    ) -> u32 {
        let key = classes.key(coded, &self.facts, row);
        if let Some(known) = self.known.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return *known;
        }
        let answer = plain(row);
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= KEPT {
            known.clear();
        }
        known.insert(key, answer);
        answer
    }
}
