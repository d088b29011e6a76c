//! The values of each fact that nothing in a place tells apart, as one number.

use super::batch::Batch;
use crate::model::{DATE, FactId, Model, ValueSet};

/// A table by value is made up to so many values; else a class is searched for.
const WIDEST: i64 = 1 << 16;

/// The stretches of one fact: from one line that something draws to the next.
#[derive(Clone, Debug)]
pub(super) struct Stretches {
    /// where each begins
    pub starts: Vec<i64>,
    last: i64,
    by_value: Vec<u16>,
}

impl Stretches {
    fn new(domain: &ValueSet, sets: &[&ValueSet]) -> Self {
        let (low, high) = domain.bounds().unwrap_or((0, 0));
        let edges =
            sets.iter().flat_map(|set| set.ranges()).flat_map(|(from, to)| [*from, to.saturating_add(1)]);
        let mut starts: Vec<i64> = edges.filter(|edge| (low..=high).contains(edge)).chain([low]).collect();
        starts.sort_unstable();
        starts.dedup();
        let mut stretches = Stretches { starts, last: high, by_value: Vec::new() };
        if high - low < WIDEST {
            stretches.by_value = (low..=high).map(|value| stretches.search(value)).collect();
        }
        stretches
    }

    /// How many, and one more for what is not known.
    pub(super) fn count(&self) -> usize {
        self.starts.len() + 1
    }

    /// The stretch of each value from the least on; nothing where there are too many.
    pub(super) fn by_value(&self) -> Option<(i64, &[u16])> {
        (!self.by_value.is_empty()).then_some((self.starts[0], &self.by_value))
    }

    fn unknown(&self) -> u16 {
        self.starts.len() as u16
    }

    fn search(&self, value: i64) -> u16 {
        self.starts.partition_point(|start| *start <= value).saturating_sub(1) as u16
    }

    /// Where a value lies. What is no value of the fact is not known.
    pub(super) fn of(&self, value: i64) -> u16 {
        let first = self.starts[0];
        if !(first..=self.last).contains(&value) {
            return self.unknown();
        }
        let known = self.by_value.get((value - first) as usize);
        known.copied().unwrap_or_else(|| self.search(value))
    }
}

/// The stretches of every fact that something in the place asks.
#[derive(Clone, Debug)]
pub(super) struct Classes(Vec<Option<Stretches>>);

impl Classes {
    /// All lines that these comparisons draw.
    pub(super) fn new(model: &Model, tests: &[(FactId, ValueSet)]) -> Self {
        let stretches = |fact: FactId| {
            let sets: Vec<&ValueSet> =
                tests.iter().filter(|(tested, _)| *tested == fact).map(|(_, set)| set).collect();
            let window = ValueSet::range(model.window.from, model.window.to);
            let domain = if fact == DATE { window } else { model.facts[fact.index()].domain.all() };
            let made = (!sets.is_empty()).then(|| Stretches::new(&domain, &sets));
            made.filter(|made| made.count() < usize::from(u16::MAX))
        };
        Classes(model.fact_ids().map(stretches).collect())
    }

    pub(super) fn of(&self, fact: FactId) -> Option<&Stretches> {
        self.0[fact.index()].as_ref()
    }

    /// The classes of some citizens.
    pub(super) fn coded(&self, batch: &Batch) -> Coded {
        let column = |(fact, stretches): (usize, &Option<Stretches>)| {
            let stretches = stretches.as_ref()?;
            let Some(values) = batch.column(fact) else {
                return Some((vec![stretches.unknown(); batch.rows()], true));
            };
            let column: Vec<u16> = values.iter().map(|value| stretches.of(*value)).collect();
            let open = column.contains(&stretches.unknown());
            Some((column, open))
        };
        let (columns, open) = self.0.iter().enumerate().map(column).map(Option::unzip).unzip();
        Coded { rows: batch.rows(), columns, open }
    }
}

/// The classes of some citizens, fact by fact.
#[derive(Debug)]
pub(super) struct Coded {
    pub rows: usize,
    pub columns: Vec<Option<Vec<u16>>>,
    /// whether a fact is not known of somebody
    open: Vec<Option<bool>>,
}

impl Coded {
    /// The citizens of whom one of the facts is not known.
    pub(super) fn partly_known(&self, classes: &Classes, facts: &[FactId]) -> Vec<usize> {
        let mut rows = Vec::new();
        for fact in facts.iter().filter(|fact| self.open[fact.index()] == Some(true)) {
            let (Some(column), Some(stretches)) = (&self.columns[fact.index()], classes.of(*fact)) else {
                continue;
            };
            let unknown = stretches.unknown();
            rows.extend(
                column.iter().enumerate().filter(|(_, class)| **class == unknown).map(|(row, _)| row),
            );
        }
        rows.sort_unstable();
        rows.dedup();
        rows
    }
}
