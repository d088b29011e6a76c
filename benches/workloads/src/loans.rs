//! W1: loan tables of three, five and seven columns, whole and spoilt.

use crate::case::{Case, Dim, Family, Seed};
use crate::tree;

const COLUMNS: [(&str, i64, i64); 7] = [
    ("amount", 500, 40_000),
    ("income", 0, 300_000),
    ("dti", 0, 4_000),
    ("fico", 300, 850),
    ("utilisation", 0, 1_500),
    ("open_accounts", 0, 90),
    ("months_employed", 0, 480),
];

pub(crate) fn cases(seed: &Seed) -> Vec<Case> {
    let sizes = [3, 5, 7].into_iter().flat_map(|columns| [500, 1_000, 1_500].map(|rules| (columns, rules)));
    sizes
        .flat_map(|(columns, rules)| [false, true].map(|spoilt| case(seed, columns, rules, spoilt)))
        .collect()
}

fn case(seed: &Seed, columns: usize, count: usize, spoilt: bool) -> Case {
    let dims: Vec<Dim> = COLUMNS[..columns].iter().map(|&(name, lo, hi)| Dim::number(name, lo, hi)).collect();
    let mut random = seed.random(&format!("w1-{columns}-{count}"));
    let mut leaves = tree::partition(&mut random, &dims, count);
    random.shuffle(&mut leaves);
    let mut rules = Vec::with_capacity(count);
    for (index, leaf) in leaves.iter().enumerate() {
        rules.push(tree::rule(&mut random, &dims, leaf, index, 4));
    }
    if spoilt {
        tree::spoil(&mut random, &dims, &mut rules, 20, 20);
    }
    let state = if spoilt { "dirty" } else { "clean" };
    Case { name: format!("w1_c{columns}_n{count}_{state}"), family: Family::W1, dims, rules, later: None }
}
