//! Sets of profiles, by their number in the list of all.

/// A set of profiles.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Points(Vec<u64>);

impl Points {
    /// The empty set among `count` profiles.
    pub(crate) fn none(count: usize) -> Self {
        Points(vec![0; count.div_ceil(64)])
    }

    /// The profiles for which `holds` is true.
    pub(crate) fn where_true(count: usize, holds: impl Fn(usize) -> bool) -> Self {
        let mut points = Points::none(count);
        (0..count).filter(|point| holds(*point)).for_each(|point| points.insert(point));
        points
    }

    pub(crate) fn insert(&mut self, point: usize) {
        self.0[point / 64] |= 1 << (point % 64);
    }

    pub(crate) fn contains(&self, point: usize) -> bool {
        self.0[point / 64] & (1 << (point % 64)) != 0
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    pub(crate) fn count(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    pub(crate) fn add(&mut self, other: &Points) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, more)| *word |= more);
    }

    #[must_use]
    pub(crate) fn and(&self, other: &Points) -> Points {
        Points(self.0.iter().zip(&other.0).map(|(word, more)| word & more).collect())
    }

    #[must_use]
    pub(crate) fn without(&self, other: &Points) -> Points {
        Points(self.0.iter().zip(&other.0).map(|(word, less)| word & !less).collect())
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> {
        (0..self.0.len() * 64).filter(|point| self.contains(*point))
    }
}
