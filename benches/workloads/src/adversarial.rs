//! W4: small cases, each hard for one way of looking for a gap.

use crate::case::{Case, Dim, Family, Rule, Seed};

pub(crate) fn cases(seed: &Seed) -> Vec<Case> {
    let mut cases = Vec::new();
    for (literals, ratio) in [(3, 4.26), (4, 9.93)] {
        for count in [20, 30, 40] {
            cases.extend((0..3).map(|run| cubes(seed, literals, ratio, count, run)));
        }
    }
    for (count, rules) in [(20, 170), (25, 215), (30, 260)] {
        cases.extend((0..3).map(|run| half_open(seed, count, rules, run)));
    }
    cases.extend([12, 16, 20, 24].map(pairs));
    cases.extend([6, 7, 8, 9, 10].map(pigeons));
    cases
}

fn case(name: String, dims: Vec<Dim>, rules: Vec<Rule>) -> Case {
    Case { name, family: Family::W4, dims, rules, later: None }
}

fn flags(count: usize, letter: char) -> impl Iterator<Item = Dim> {
    (0..count).map(move |at| Dim::flag(format!("{letter}{at}")))
}

fn cube(index: usize, literals: impl IntoIterator<Item = (usize, i64)>) -> Rule {
    let when = literals.into_iter().map(|(dim, value)| (dim, vec![[value, value]])).collect();
    Rule::new(index, when, (index % 3 + 1) as u32)
}

/// Random cubes where it is hardest to say whether they cover everything: a gap is what satisfies their complement.
fn cubes(seed: &Seed, literals: usize, ratio: f64, count: usize, run: usize) -> Case {
    let mut random = seed.random(&format!("w4-{literals}-{count}-{run}"));
    let rules = (ratio * count as f64).round() as usize;
    let drawn = (0..rules).map(|index| {
        let mut dims = random.sample(count, literals);
        dims.sort_unstable();
        cube(index, dims.into_iter().map(|dim| (dim, random.below(2) as i64)).collect::<Vec<_>>())
    });
    let rules = drawn.collect();
    case(format!("w4_k{literals}_n{count}_s{run}"), flags(count, 'x').collect(), rules)
}

/// The same with numbers: each rule takes about half of three dimensions.
fn half_open(seed: &Seed, count: usize, rules: usize, run: usize) -> Case {
    let mut random = seed.random(&format!("w4-b-{count}-{run}"));
    let dims = (0..count).map(|at| Dim::number(format!("v{at}"), 0, 15)).collect();
    let drawn = (0..rules).map(|index| {
        let mut dims = random.sample(count, 3);
        dims.sort_unstable();
        let mut when = Vec::new();
        for dim in dims {
            let cut = random.between(5, 10);
            when.push((dim, vec![if random.below(2) == 1 { [0, cut] } else { [cut, 15] }]));
        }
        Rule::new(index, when, (index % 3 + 1) as u32)
    });
    let rules = drawn.collect();
    case(format!("w4_box_n{count}_s{run}"), dims, rules)
}

/// One of each pair: in the declared order, all of the first and then all of the second, a diagram doubles at each.
fn pairs(count: usize) -> Case {
    let rules = (0..count).map(|at| cube(at, [(at, 1), (count + at, 1)])).collect();
    case(format!("w4_pairs_n{count}"), flags(count, 'x').chain(flags(count, 'y')).collect(), rules)
}

/// Pigeons, and a hole too few: everything is covered, which clause learning alone cannot see.
fn pigeons(count: usize) -> Case {
    let holes = count - 1;
    let sits = |pigeon: usize, hole: usize| pigeon * holes + hole;
    let dims = (0..count)
        .flat_map(|pigeon| (0..holes).map(move |hole| Dim::flag(format!("p{pigeon}_{hole}"))))
        .collect();
    let mut rules = Vec::new();
    for hole in 0..holes {
        for one in 0..count {
            for other in one + 1..count {
                rules.push(cube(rules.len(), [(sits(one, hole), 1), (sits(other, hole), 1)]));
            }
        }
    }
    for pigeon in 0..count {
        rules.push(cube(rules.len(), (0..holes).map(|hole| (sits(pigeon, hole), 0))));
    }
    case(format!("w4_php_{count}"), dims, rules)
}
