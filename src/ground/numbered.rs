//! Things that are told by number, as those that stand at the leaves of a diagram.

use std::collections::BTreeMap;

/// Things, each once, in the order in which they were first seen.
#[derive(Clone, Debug)]
pub(crate) struct Numbered<T> {
    list: Vec<T>,
    index: BTreeMap<T, u32>,
}

impl<T> Default for Numbered<T> {
    fn default() -> Self {
        Numbered { list: Vec::new(), index: BTreeMap::new() }
    }
}

impl<T: Ord + Clone> Numbered<T> {
    /// Only this, as number 0.
    pub(crate) fn from_first(thing: T) -> Self {
        let mut all = Numbered::default();
        all.number(thing);
        all
    }

    /// The number of a thing; a new one where it was never seen.
    pub(crate) fn number(&mut self, thing: T) -> u32 {
        if let Some(known) = self.index.get(&thing) {
            return *known;
        }
        let new = self.list.len() as u32;
        self.list.push(thing.clone());
        self.index.insert(thing, new);
        new
    }

    /// The thing of a number that was given out.
    pub(crate) fn get(&self, number: u32) -> &T {
        &self.list[number as usize]
    }

    /// All of them, by their numbers.
    pub(crate) fn list(&self) -> &[T] {
        &self.list
    }

    /// The same, where no more will come.
    pub(crate) fn into_list(self) -> Vec<T> {
        self.list
    }
}
