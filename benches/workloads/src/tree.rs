//! The leaves of a random decision tree, which cover everything once, and how they are spoilt.

use crate::heap::Heap;
use crate::{Dim, Interval, PythonRandom, Rule};

/// So many boxes that lie beside each other and leave nothing out.
pub(crate) fn partition(random: &mut PythonRandom, dims: &[Dim], count: usize) -> Vec<Vec<Interval>> {
    let whole = dims.iter().map(|dim| [dim.lo, dim.hi]).collect();
    let mut heap: Heap<Vec<Interval>> = Heap::new(random.unit(), whole);
    let mut points = Vec::new();
    while heap.len() + points.len() < count {
        let Some((key, leaf)) = heap.pop() else { break };
        let Some(dim) = widest(random, dims, &leaf) else {
            points.push(leaf);
            continue;
        };
        let [lo, hi] = leaf[dim];
        let cut = lo + ((hi - lo) as f64 * (0.2 + 0.6 * random.unit())) as i64;
        let cut = cut.max(lo).min(hi - 1);
        for half in [[lo, cut], [cut + 1, hi]] {
            let mut part = leaf.clone();
            part[dim] = half;
            heap.push(key + 0.5 + random.unit(), part);
        }
    }
    points.extend(heap.into_items());
    points
}

/// The dimension that is widest for its domain, with noise.
fn widest(random: &mut PythonRandom, dims: &[Dim], leaf: &[Interval]) -> Option<usize> {
    let mut best: Option<(f64, usize)> = None;
    for (at, [lo, hi]) in leaf.iter().enumerate().filter(|(_, [lo, hi])| hi > lo) {
        let width = (hi - lo + 1) as f64 / dims[at].size() as f64 * (0.25 + random.unit());
        if best.is_none_or(|(most, _)| width > most) {
            best = Some((width, at));
        }
    }
    best.map(|(_, at)| at)
}

/// The rule of a leaf, with one of `outs` outcomes.
pub(crate) fn rule(
    random: &mut PythonRandom,
    dims: &[Dim],
    leaf: &[Interval],
    index: usize,
    outs: usize,
) -> Rule {
    let bounded = leaf.iter().zip(dims).enumerate().filter(|(_, (range, dim))| **range != [dim.lo, dim.hi]);
    let when = bounded.map(|(at, (range, _))| (at, vec![*range])).collect();
    Rule::new(index, when, random.below(outs) as u32)
}

/// Widens some rules by a quarter of what they are in one dimension, and removes some.
pub(crate) fn spoil(
    random: &mut PythonRandom,
    dims: &[Dim],
    rules: &mut Vec<Rule>,
    widen: usize,
    remove: usize,
) {
    let bounded: Vec<usize> = (0..rules.len()).filter(|rule| !rules[*rule].when.is_empty()).collect();
    for drawn in random.sample(bounded.len(), widen.min(bounded.len())) {
        let rule = &mut rules[bounded[drawn]];
        let dim = random.choice(&rule.dims_by_name(dims));
        let [mut lo, mut hi] = rule.intervals(dim).expect("it is bounded there")[0];
        let domain = &dims[dim];
        let more = ((hi - lo + 1) / 4).max(1);
        if random.unit() < 0.5 && lo > domain.lo || hi == domain.hi {
            lo = domain.lo.max(lo - more);
        } else {
            hi = domain.hi.min(hi + more);
        }
        rule.constrain(dim, vec![[lo, hi]]);
        rule.when.retain(|(at, intervals)| *at != dim || intervals[..] != [[domain.lo, domain.hi]]);
    }
    let gone = random.sample(rules.len(), remove);
    let mut at = 0;
    rules.retain(|_| {
        at += 1;
        !gone.contains(&(at - 1))
    });
}
