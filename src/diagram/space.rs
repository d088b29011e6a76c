//! The dimensions of a task: which facts, in which order, cut into which classes.

use crate::model::{Domain, FactId, Formula, Model, ValueSet};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// One fact of a task.
#[derive(Clone, Debug)]
pub(crate) struct Dimension {
    pub fact: FactId,
    /// values that no formula in sight tells apart, as one set each
    pub classes: Vec<ValueSet>,
    /// for each class the value a witness would have
    pub representative: Vec<i64>,
    /// for each class how far a witness strays by having it: 0 for the typical one
    pub cost: Vec<u64>,
}

/// The facts a task tells apart, the most asked first. Those that only an `antag` mentions come last.
#[derive(Clone, Debug)]
pub(crate) struct Space {
    pub dimensions: Vec<Dimension>,
    /// how many dimensions the task itself asks; the others are there for the assumptions
    pub asked: usize,
    by_fact: BTreeMap<FactId, usize>,
}

/// One comparison of one fact.
type Test = (FactId, ValueSet);

/// Every comparison in a formula, concepts opened.
pub(crate) fn tests_in(model: &Model, formula: &Formula, tests: &mut Vec<Test>) {
    match formula {
        // what is asked comes with the rules it rests on
        Formula::Always | Formula::Never | Formula::Decided { .. } => {}
        Formula::Test(fact, set) => tests.push((*fact, set.clone())),
        Formula::Concept(concept) => tests_in(model, &model.concepts[concept.index()].formula, tests),
        Formula::Not(inner) => tests_in(model, inner, tests),
        Formula::And(parts) | Formula::Or(parts) => {
            parts.iter().for_each(|part| tests_in(model, part, tests))
        }
    }
}

impl Space {
    /// The space of the comparisons a task makes and of those that assumptions do. What is known of a fact, by its id,
    /// is its only value.
    pub(crate) fn of(model: &Model, asked: &[Test], assumed: &[Test], known: &[Option<i64>]) -> Self {
        let mut sets: BTreeMap<FactId, Vec<&ValueSet>> = BTreeMap::new();
        let mut mentions: BTreeMap<FactId, usize> = BTreeMap::new();
        for (fact, set) in asked {
            sets.entry(*fact).or_default().push(set);
            *mentions.entry(*fact).or_default() += 1;
        }
        for (fact, set) in assumed {
            sets.entry(*fact).or_default().push(set);
        }
        let value = |fact: FactId| known.get(fact.index()).copied().flatten();
        let mut dimensions: Vec<Dimension> =
            sets.iter().map(|(fact, sets)| dimension(model, *fact, sets, value(*fact))).collect();
        let rank = |d: &Dimension| {
            let count = mentions.get(&d.fact).copied().unwrap_or(0);
            (count == 0, std::cmp::Reverse(count), d.classes.len(), d.fact)
        };
        dimensions.sort_by_key(rank);
        let asked = dimensions.iter().filter(|d| mentions.contains_key(&d.fact)).count();
        let by_fact = dimensions.iter().enumerate().map(|(at, d)| (d.fact, at)).collect();
        Space { dimensions, asked, by_fact }
    }

    /// Where a fact stands in the order.
    pub(crate) fn position(&self, fact: FactId) -> Option<usize> {
        self.by_fact.get(&fact).copied()
    }
}

fn dimension(model: &Model, fact: FactId, sets: &[&ValueSet], known: Option<i64>) -> Dimension {
    let kind = &model.facts[fact.index()].domain;
    let domain = known.map_or_else(|| kind.all(), |value| ValueSet::range(value, value));
    let typical = model.facts[fact.index()].typical;
    let measured = !matches!(kind, Domain::YesNo | Domain::List { ordered: false, .. });
    let mut cuts: Vec<i64> = domain.ranges().iter().chain(sets.iter().flat_map(|set| set.ranges())).fold(
        Vec::new(),
        |mut cuts, (low, high)| {
            cuts.extend([*low, high.saturating_add(1)]);
            cuts
        },
    );
    cuts.sort_unstable();
    cuts.dedup();
    let mut sets = sets.to_vec();
    sets.sort_unstable();
    sets.dedup();
    // which sets begin and end at each cut
    let mut turns: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for (at, set) in sets.iter().enumerate() {
        for (low, high) in set.ranges() {
            turns.entry(*low).or_default().push(at);
            turns.entry(high.saturating_add(1)).or_default().push(at);
        }
    }
    let mut signature = vec![0_u64; sets.len().div_ceil(64)];
    let mut known: FxHashMap<Vec<u64>, usize> = FxHashMap::default();
    let mut ranges: Vec<Vec<(i64, i64)>> = Vec::new();
    for pair in cuts.windows(2) {
        for at in turns.get(&pair[0]).into_iter().flatten() {
            signature[at / 64] ^= 1 << (at % 64);
        }
        // a stretch in which no value can be written is nobody's: it belongs to no class
        if !domain.contains(pair[0]) || kind.written(pair[0], pair[1] - 1).is_none() {
            continue;
        }
        match known.get(&signature) {
            Some(class) => ranges[*class].push((pair[0], pair[1] - 1)),
            None => {
                known.insert(signature.clone(), ranges.len());
                ranges.push(vec![(pair[0], pair[1] - 1)]);
            }
        }
    }
    let classes: Vec<ValueSet> = ranges.into_iter().map(ValueSet::from_ranges).collect();
    let representative: Vec<i64> = classes.iter().map(|class| nearest(kind, class, typical)).collect();
    let cost = representative.iter().map(|value| stray(*value, typical, measured)).collect();
    Dimension { fact, classes, representative, cost }
}

/// The value of a set nearest to another value, the lower of two equally near.
pub(super) fn nearest(kind: &Domain, set: &ValueSet, to: i64) -> i64 {
    let clamp = |(low, high): &(i64, i64)| kind.written(*low, *high).map(|(low, high)| to.clamp(low, high));
    set.ranges().iter().filter_map(clamp).min_by_key(|value| (value.abs_diff(to), *value)).unwrap_or(to)
}

/// One changed fact outweighs any distance within a fact. Distance counts only where values have an order; another
/// word of a list is further than any number.
fn stray(value: i64, typical: i64, measured: bool) -> u64 {
    const FACT: u64 = 1_000_000;
    const WORD: u64 = 10_000;
    match value.abs_diff(typical) {
        0 => 0,
        distance if measured => FACT + distance.min(WORD - 1),
        _ => FACT + WORD,
    }
}
