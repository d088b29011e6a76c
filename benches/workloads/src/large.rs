//! W3: a thousand to a hundred thousand rules.

use crate::case::{Case, Dim, Family, Rule, Seed};
use crate::tree;

fn dims() -> Vec<Dim> {
    let last = [120, 999, 9_999, 6_574, 40];
    let mut dims: Vec<Dim> = (0..).zip(last).map(|(at, hi)| Dim::number(format!("n{at}"), 0, hi)).collect();
    dims.extend([Dim::list("e0", 'a', 14), Dim::list("e1", 'b', 98), Dim::list("e2", 'c', 20)]);
    dims.extend([Dim::flag("f0"), Dim::flag("f1")]);
    dims
}

pub(crate) fn cases(seed: &Seed, count: usize) -> [Case; 2] {
    let made = |letter: char, rules| Case {
        name: format!("w3{letter}_n{count}"),
        family: Family::W3,
        dims: dims(),
        rules,
        later: None,
    };
    [made('t', leaves(seed, count)), made('r', boxes(seed, count))]
}

/// The leaves of a tree, one in fifty widened and one in a thousand removed.
fn leaves(seed: &Seed, count: usize) -> Vec<Rule> {
    let (mut random, dims) = (seed.random(&format!("w3t-{count}")), dims());
    let mut leaves = tree::partition(&mut random, &dims, count);
    random.shuffle(&mut leaves);
    let mut rules = Vec::with_capacity(count);
    for (index, leaf) in leaves.iter().enumerate() {
        rules.push(tree::rule(&mut random, &dims, leaf, index, 4));
    }
    tree::spoil(&mut random, &dims, &mut rules, count / 50, (count / 1_000).max(1));
    rules
}

/// Random boxes in five of the eight larger dimensions, so wide that a rule meets a few others.
fn boxes(seed: &Seed, count: usize) -> Vec<Rule> {
    let (mut random, dims) = (seed.random(&format!("w3r-{count}")), dims());
    let share = match count {
        0..=1_000 => 0.30,
        1_001..=10_000 => 0.18,
        _ => 0.11,
    };
    let mut rules = Vec::with_capacity(count);
    for index in 0..count {
        let mut when = Vec::new();
        for at in random.sample(8, 5) {
            let dim = &dims[at];
            let width = ((dim.size() as f64 * share * (0.5 + random.unit())) as i64).max(1);
            let lo = random.between(dim.lo, dim.hi - width + 1);
            when.push((at, vec![[lo, lo + width - 1]]));
        }
        for at in 8..dims.len() {
            if random.unit() < 0.5 {
                let value = random.below(2) as i64;
                when.push((at, vec![[value, value]]));
            }
        }
        rules.push(Rule::new(index, when, random.below(4) as u32));
    }
    rules
}
