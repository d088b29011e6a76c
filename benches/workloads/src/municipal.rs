//! W2: the rules of 98 municipalities over twelve facts, every second one without a gap, and a later version of each.

use crate::PythonRandom;
use crate::calendar::day;
use crate::case::{Case, Dim, Family, Interval, Kind, Rule, Seed};

/// How many there are.
const MUNICIPALITIES: usize = 98;

const GROUP: usize = 0;
const AGE: usize = 1;
const DAY: usize = 8;
const NEED: usize = 9;
const DEPT: usize = 10;

/// What is known of a citizen.
pub fn dims() -> Vec<Dim> {
    let mut dims = vec![Dim::list("group", 'g', 14), Dim::number("age", 0, 120)];
    dims.extend((0..6).map(|flag| Dim::flag(format!("flag{flag}"))));
    dims.push(Dim::date("day", day(2013, 1, 1), day(2030, 12, 31)));
    dims.extend([Dim::number("need", 0, 40), Dim::list("dept", 'd', 3), Dim::list("diag", 'x', 20)]);
    dims
}

pub(crate) fn cases(seed: &Seed) -> Vec<Case> {
    (0..MUNICIPALITIES).map(|municipality| case(seed, municipality)).collect()
}

fn case(seed: &Seed, municipality: usize) -> Case {
    let dims = dims();
    let rules = municipal(seed, &dims, municipality);
    // every fifth one is unchanged
    let later = if municipality % 5 == 4 {
        rules.clone()
    } else {
        edited(&mut seed.random(&format!("w2-edit-{municipality}")), &dims, &rules)
    };
    Case { name: format!("w2_m{municipality:02}"), family: Family::W2, dims, rules, later: Some(later) }
}

fn municipal(seed: &Seed, dims: &[Dim], municipality: usize) -> Vec<Rule> {
    let mut random = seed.random(&format!("w2-{municipality}"));
    let count = (40 + random.between(-5, 5)) as usize;
    let mut rules: Vec<Rule> = (0..count).map(|index| rule(&mut random, dims, index)).collect();
    if municipality.is_multiple_of(2) {
        close_gaps(&mut random, &mut rules);
    }
    rules
}

/// A tree over a few facts that answers whoever is left.
fn close_gaps(random: &mut PythonRandom, rules: &mut Vec<Rule>) {
    let adult = random.choice(&[15, 18, 25, 30]);
    let mut some: Vec<i64> = random.sample(14, 7).into_iter().map(|value| value as i64).collect();
    some.sort_unstable();
    let others: Vec<i64> = (0..14).filter(|value| !some.contains(value)).collect();
    let (some, others) = (runs(some), runs(others));
    let older = (AGE, vec![[adult, 120]]);
    let rest = [older.clone(), (GROUP, others)];
    let of_rest = |more: &[(usize, Interval)]| {
        rest.iter().cloned().chain(more.iter().map(|(dim, range)| (*dim, vec![*range]))).collect()
    };
    let tree = [
        vec![(AGE, vec![[0, adult - 1]])],
        vec![older, (GROUP, some)],
        of_rest(&[(DEPT, [0, 0])]),
        of_rest(&[(DEPT, [1, 2]), (NEED, [0, 19])]),
        of_rest(&[(DEPT, [1, 2]), (NEED, [20, 40])]),
    ];
    for when in tree {
        let out = random.choice(&[1, 2, 3]);
        rules.push(Rule { hours: [0, 10], ..Rule::new(rules.len(), when, out) });
    }
}

fn rule(random: &mut PythonRandom, dims: &[Dim], index: usize) -> Rule {
    let count = 2 + random.weighted(&[2, 4, 4, 3, 2]);
    let mut chosen = std::collections::BTreeSet::new();
    while chosen.len() < count {
        chosen.insert(random.weighted(&[8, 5, 2, 2, 2, 1, 1, 1, 3, 4, 2, 4]));
    }
    let when = chosen.into_iter().map(|dim| (dim, condition(random, dims, dim))).collect();
    let out = [1, 2, 3][random.weighted(&[5, 3, 2])];
    let least = random.between(0, 20);
    // a prohibition draws no length
    let hours = if out == 3 { [0, 0] } else { [least, (least + random.between(0, 20)).min(40)] };
    Rule { hours, ..Rule::new(index, when, out) }
}

fn condition(random: &mut PythonRandom, dims: &[Dim], dim: usize) -> Vec<Interval> {
    let last = dims[dim].hi;
    match dims[dim].kind {
        Kind::Bool => {
            let value = random.below(2) as i64;
            vec![[value, value]]
        }
        Kind::Enum => {
            let count = (last + 1) as usize;
            let some = random.between(1, (count as i64 / 2).max(1)) as usize;
            runs(random.sample(count, some).into_iter().map(|value| value as i64).collect())
        }
        _ if dim == AGE => vec![ages(random)],
        _ if dim == DAY => vec![days(random, last)],
        _ => {
            let lo = random.between(0, 30);
            vec![[lo, if random.unit() < 0.6 { 40 } else { 40.min(lo + random.between(3, 15)) }]]
        }
    }
}

fn ages(random: &mut PythonRandom) -> Interval {
    const CUTS: [i64; 12] = [0, 6, 15, 18, 25, 30, 40, 60, 65, 67, 75, 80];
    let cut = random.choice(&CUTS[1..]);
    let way = random.unit();
    if way < 0.4 {
        return [cut, 120];
    }
    if way < 0.7 {
        return [0, cut - 1];
    }
    let other = random.choice(&CUTS);
    let (lo, hi) = (cut.min(other), cut.max(other));
    [lo, lo.max(hi - 1)]
}

fn days(random: &mut PythonRandom, last: i64) -> Interval {
    let year = random.between(2013, 2028);
    let from = day(year, random.choice(&[1, 4, 7, 10]), 1);
    if random.unit() < 0.7 {
        return [from, last];
    }
    [from, last.min(from + 365 * random.between(1, 5))]
}

/// Neighbouring values as ranges.
fn runs(mut values: Vec<i64>) -> Vec<Interval> {
    values.sort_unstable();
    let mut runs: Vec<Interval> = Vec::new();
    for value in values {
        match runs.last_mut() {
            Some(run) if run[1] == value - 1 => run[1] = value,
            _ => runs.push([value, value]),
        }
    }
    runs
}

/// Three edits: another outcome, another condition, a rule gone.
fn edited(random: &mut PythonRandom, dims: &[Dim], rules: &[Rule]) -> Vec<Rule> {
    let mut rules = rules.to_vec();
    for _ in 0..3 {
        let at = random.below(rules.len());
        let way = random.unit();
        if way < 0.4 {
            rules[at].out = rules[at].out % 3 + 1;
        } else if way < 0.8 {
            let dim = random.choice(&rules[at].dims_by_name(dims));
            let changed = condition(random, dims, dim);
            rules[at].constrain(dim, changed);
        } else {
            rules.remove(at);
        }
    }
    rules
}
