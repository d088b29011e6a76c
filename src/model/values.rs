//! Sets of coded values.

/// A set of whole numbers: sorted, disjoint, non-adjacent ranges, both ends included.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) struct ValueSet(Vec<(i64, i64)>);

impl ValueSet {
    pub(crate) const MIN: i64 = i64::MIN / 4;
    pub(crate) const MAX: i64 = i64::MAX / 4;

    /// Every value.
    pub(crate) fn all() -> Self {
        ValueSet(vec![(Self::MIN, Self::MAX)])
    }

    /// No value.
    pub(crate) fn empty() -> Self {
        ValueSet(Vec::new())
    }

    /// `low..=high`; empty when `low > high`.
    pub(crate) fn range(low: i64, high: i64) -> Self {
        if low > high { Self::empty() } else { ValueSet(vec![(low, high)]) }
    }

    /// The given ranges, in any order, overlapping or not.
    pub(crate) fn from_ranges(ranges: impl IntoIterator<Item = (i64, i64)>) -> Self {
        let mut ranges: Vec<_> = ranges.into_iter().filter(|(low, high)| low <= high).collect();
        ranges.sort_unstable();
        let mut merged: Vec<(i64, i64)> = Vec::with_capacity(ranges.len());
        for (low, high) in ranges {
            match merged.last_mut() {
                Some(last) if low <= last.1.saturating_add(1) => last.1 = last.1.max(high),
                _ => merged.push((low, high)),
            }
        }
        ValueSet(merged)
    }

    /// The ranges, ascending.
    pub(crate) fn ranges(&self) -> &[(i64, i64)] {
        &self.0
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn contains(&self, value: i64) -> bool {
        self.0.iter().any(|(low, high)| (*low..=*high).contains(&value))
    }

    /// The least and the greatest value.
    pub(crate) fn bounds(&self) -> Option<(i64, i64)> {
        Some((self.0.first()?.0, self.0.last()?.1))
    }

    pub(crate) fn union(&self, other: &Self) -> Self {
        Self::from_ranges(self.0.iter().chain(&other.0).copied())
    }

    pub(crate) fn intersection(&self, other: &Self) -> Self {
        let pairs = self.0.iter().flat_map(|a| other.0.iter().map(move |b| (a.0.max(b.0), a.1.min(b.1))));
        Self::from_ranges(pairs)
    }

    /// The values of `domain` that are not in this set.
    pub(crate) fn complement_in(&self, domain: &Self) -> Self {
        let mut gaps = Vec::with_capacity(self.0.len() + 1);
        let mut next = Self::MIN;
        for (low, high) in &self.0 {
            gaps.push((next, low.saturating_sub(1)));
            next = high.saturating_add(1);
        }
        gaps.push((next, Self::MAX));
        Self::from_ranges(gaps).intersection(domain)
    }

    pub(crate) fn is_subset(&self, other: &Self) -> bool {
        self.intersection(other) == *self
    }
}

#[cfg(test)]
mod tests {
    use super::ValueSet;

    #[test]
    fn adjacent_ranges_are_one() {
        assert_eq!(ValueSet::from_ranges([(4, 6), (1, 3)]), ValueSet::range(1, 6));
    }

    #[test]
    fn a_complement_stays_in_its_domain() {
        let domain = ValueSet::range(0, 10);
        let set = ValueSet::from_ranges([(0, 2), (5, 5)]);
        assert_eq!(set.complement_in(&domain), ValueSet::from_ranges([(3, 4), (6, 10)]));
        assert_eq!(set.complement_in(&domain).complement_in(&domain), set);
    }
}
