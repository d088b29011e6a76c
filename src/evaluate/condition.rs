//! Conditions of a region, back as values.

use super::value_from_words;
use crate::ground::{Comparison, Condition};
use crate::model::{Domain, ValueSet};

/// The values a condition admits; nothing where it names what is no value.
pub(crate) fn tested(domain: &Domain, condition: &Condition) -> Option<ValueSet> {
    let all = domain.all();
    let value = |word: &String| value_from_words(domain, word);
    let values = || {
        let values = condition.values.iter().map(value).collect::<Option<Vec<i64>>>()?;
        Some(ValueSet::from_ranges(values.into_iter().map(|value| (value, value))))
    };
    let ends = || Some((value(condition.values.first()?)?, value(condition.values.last()?)?));
    let set = match condition.comparison {
        Comparison::Is => values()?,
        Comparison::IsNot => values()?.complement_in(&all),
        Comparison::AtLeast => ValueSet::range(ends()?.0, ValueSet::MAX),
        Comparison::AtMost => ValueSet::range(ValueSet::MIN, ends()?.0),
        Comparison::Between => ValueSet::range(ends()?.0, ends()?.1),
        Comparison::Outside => ValueSet::range(ends()?.0, ends()?.1).complement_in(&all),
        Comparison::Within => {
            let ranges = condition.values.iter().map(|word| range_from_words(domain, word));
            ranges.collect::<Option<Vec<_>>>()?.iter().fold(ValueSet::empty(), |all, one| all.union(one))
        }
    };
    Some(set.intersection(&all))
}

/// `18`, `18..29`, `67..`, `..17`, `..`
pub(crate) fn range_from_words(domain: &Domain, word: &str) -> Option<ValueSet> {
    let Some((low, high)) = word.split_once("..") else {
        let value = value_from_words(domain, word)?;
        return Some(ValueSet::range(value, value));
    };
    let end = |word: &str, open: i64| {
        if word.is_empty() { Some(open) } else { value_from_words(domain, word) }
    };
    Some(ValueSet::range(end(low, ValueSet::MIN)?, end(high, ValueSet::MAX)?))
}
