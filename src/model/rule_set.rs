//! Rules as stretches of neighbours: the rows below one in a table of ten thousand rows are one stretch and no list.

use super::RuleId;
use std::ops::Range;

/// Rules, ascending, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct RuleSet(Vec<Range<u32>>);

impl RuleSet {
    /// No rules.
    pub(crate) const fn empty() -> Self {
        RuleSet(Vec::new())
    }

    /// The rules, ascending.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = RuleId> + Clone {
        self.0.iter().cloned().flatten().map(RuleId)
    }

    /// The stretches, ascending; between two of them lies another rule.
    pub(crate) fn stretches(&self) -> &[Range<u32>] {
        &self.0
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.0.iter().map(ExactSizeIterator::len).sum()
    }

    pub(crate) fn contains(&self, rule: RuleId) -> bool {
        let after = self.0.partition_point(|stretch| stretch.end <= rule.0);
        self.0.get(after).is_some_and(|stretch| stretch.start <= rule.0)
    }

    /// Whether all of these are rules of the other set.
    pub(crate) fn is_subset(&self, other: &RuleSet) -> bool {
        self.0.iter().all(|own| {
            let after = other.0.partition_point(|stretch| stretch.end <= own.start);
            other.0.get(after).is_some_and(|stretch| stretch.start <= own.start && own.end <= stretch.end)
        })
    }

    /// Adds a rule that comes after all others.
    pub(crate) fn push(&mut self, rule: RuleId) {
        match self.0.last_mut() {
            Some(last) if last.end == rule.0 => last.end += 1,
            _ => self.0.push(rule.0..rule.0 + 1),
        }
    }

    /// Adds a stretch of rules, and calls back with each that was not there.
    pub(crate) fn add(&mut self, stretch: Range<u32>, mut new: impl FnMut(RuleId)) {
        let from = self.0.partition_point(|own| own.end < stretch.start);
        let to = self.0.partition_point(|own| own.start <= stretch.end).max(from);
        let (mut joined, mut at) = (stretch.clone(), stretch.start);
        for own in &self.0[from..to] {
            (at..own.start).map(RuleId).for_each(&mut new);
            at = at.max(own.end);
            joined = joined.start.min(own.start)..joined.end.max(own.end);
        }
        (at..stretch.end).map(RuleId).for_each(&mut new);
        if self.0[from..to] != [joined.clone()] {
            self.0.splice(from..to, [joined]);
        }
    }

    /// The rules that a condition keeps.
    pub(crate) fn retain(&mut self, keeps: impl Fn(RuleId) -> bool) {
        *self = self.iter().filter(|rule| keeps(*rule)).collect();
    }
}

impl FromIterator<RuleId> for RuleSet {
    /// The rules may come in any order.
    fn from_iter<T: IntoIterator<Item = RuleId>>(rules: T) -> Self {
        let mut rules: Vec<RuleId> = rules.into_iter().collect();
        rules.sort_unstable();
        rules.dedup();
        let mut set = RuleSet::default();
        rules.into_iter().for_each(|rule| set.push(rule));
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(rules: &[u32]) -> RuleSet {
        rules.iter().copied().map(RuleId).collect()
    }

    #[test]
    fn neighbours_are_one_stretch() {
        let own = set(&[7, 3, 4, 5, 4]);
        assert_eq!(own.stretches(), [3..6, 7..8]);
        assert_eq!(own.iter().map(|rule| rule.0).collect::<Vec<_>>(), [3, 4, 5, 7]);
        assert_eq!((own.len(), own.is_empty()), (4, false));
    }

    #[test]
    fn stretches_that_are_added_tell_what_is_new() {
        let mut own = set(&[3, 4, 8]);
        for (stretch, wanted) in
            [(2..10, vec![2, 5, 6, 7, 9]), (0..1, vec![0]), (1..3, vec![1]), (4..6, vec![])]
        {
            let mut new = Vec::new();
            own.add(stretch, |rule| new.push(rule.0));
            assert_eq!(new, wanted);
        }
        assert_eq!((own.stretches().len(), own.len()), (1, 10));
    }

    #[test]
    fn what_is_in_it_is_what_was_put_there() {
        let own = set(&[0, 1, 5, 9]);
        let within: Vec<u32> = (0..12).filter(|rule| own.contains(RuleId(*rule))).collect();
        assert_eq!(within, [0, 1, 5, 9]);
        assert!(set(&[1, 9]).is_subset(&own) && set(&[]).is_subset(&own));
        assert!(!set(&[1, 2]).is_subset(&own) && !set(&[10]).is_subset(&own));
    }
}
