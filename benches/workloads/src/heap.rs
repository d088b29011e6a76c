//! The heap of Python's `heapq`: which of its leaves comes where in the list is part of what a case is.

/// A heap in a list, the smallest key first.
pub(crate) struct Heap<T> {
    list: Vec<(f64, T)>,
}

impl<T> Heap<T> {
    pub(crate) fn new(key: f64, item: T) -> Heap<T> {
        Heap { list: vec![(key, item)] }
    }

    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    pub(crate) fn push(&mut self, key: f64, item: T) {
        self.list.push((key, item));
        self.towards_root(self.list.len() - 1);
    }

    /// The last one takes the place of the first, goes down the smaller way to a leaf, and from there up again.
    pub(crate) fn pop(&mut self) -> Option<(f64, T)> {
        if self.list.is_empty() {
            return None;
        }
        let popped = self.list.swap_remove(0);
        let mut at = 0;
        while 2 * at + 1 < self.list.len() {
            let (left, right) = (2 * at + 1, 2 * at + 2);
            let rightwards = right < self.list.len() && self.list[left].0 >= self.list[right].0;
            let child = if rightwards { right } else { left };
            self.list.swap(at, child);
            at = child;
        }
        if !self.list.is_empty() {
            self.towards_root(at);
        }
        Some(popped)
    }

    fn towards_root(&mut self, mut at: usize) {
        while at > 0 {
            let parent = (at - 1) / 2;
            if self.list[at].0 >= self.list[parent].0 {
                return;
            }
            self.list.swap(at, parent);
            at = parent;
        }
    }

    /// What it holds, as it stands in the list.
    pub(crate) fn into_items(self) -> impl Iterator<Item = T> {
        self.list.into_iter().map(|(_, item)| item)
    }
}
