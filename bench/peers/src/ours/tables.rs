//! Every question about a table of boxes. The time of each answer has the building of the table in it; what is done to
//! confirm an answer is not timed.

use crate::made::{boxes, dimensions};
use hjemmel::boxes::{Answer, BoxRule, Budget, Changes, Count, Extent, Regions, Table};
use hjemmel_peers::{Records, timed};
use hjemmel_workloads::oracles::sha256;
use hjemmel_workloads::{Case, Citizens, Family, Rule, Seed};
use serde_json::{Value, json};

/// The most rules of which a plain loop over all pairs is a matter of seconds.
const MOST_OF_A_LOOP: usize = 20_000;
/// The most regions that are asked for.
const MOST_REGIONS: usize = 100_000;
/// The most regions of a change that are listed: as many as somebody reads. How many citizens all are is counted.
const READ: usize = 16;

/// `prefix` stands before the names of the cases.
pub fn ask(records: &mut Records, case: &Case, prefix: &str) {
    let budget = Budget::default();
    let (dims, rules) = (dimensions(case), boxes(&case.rules));
    let table = || Table::new(&dims, &rules).unwrap();
    let name = &format!("{prefix}{}", case.name);

    let (time, point) = timed(|| table().gap(budget));
    records.write("gap", name, Some(time), gap(case, point));

    if case.family != Family::W3 {
        let (time, count) = timed(|| table().gap_count(budget));
        records.write("count", name, Some(time), number(&count));
    }
    if case.family == Family::W1 {
        let (time, found) = timed(|| table().gaps(MOST_REGIONS, budget));
        records.write("regions", name, Some(time), regions(case, &found));
    }
    if case.family != Family::W4 {
        let rules: Vec<BoxRule> =
            rules.iter().zip(&case.rules).map(|(asked, rule)| whole(asked, rule)).collect();
        let (time, pairs) = timed(|| Table::new(&dims, &rules).unwrap().overlaps());
        let lines: String = pairs.iter().map(|pair| format!("{} {}\n", pair.first, pair.second)).collect();
        let conflicts = pairs.iter().filter(|pair| pair.differ).count();
        let answer = json!({ "n": pairs.len(), "conflicts": conflicts, "sha256": sha256(lines.as_bytes()) });
        records.write("pairs", name, Some(time), answer);
        let (time, shadowed) = timed(|| table().shadowed(budget));
        let hidden: Vec<u32> = shadowed.rules.iter().map(|shadow| shadow.rule).collect();
        let answer = if shadowed.open.is_empty() { json!(hidden) } else { Value::Null };
        records.write("shadowed", name, Some(time), answer);

        if case.rules.len() <= MOST_OF_A_LOOP {
            plainly(records, case, name);
        }
    }
    if let Some(later) = &case.later {
        let later = boxes(later);
        let changed = |limit| table().changed(&Table::new(&dims, &later).unwrap(), limit, budget);
        for (question, limit) in [("difference", READ), ("difference-all", usize::MAX)] {
            let (time, changes) = timed(|| changed(limit));
            let answer = match &changes {
                Some(changes)
                    if changes.points != Answer::NotProven && changes.extent != Extent::NotProven =>
                {
                    difference(case, changes)
                }
                _ => Value::Null,
            };
            records.write(question, name, Some(time), answer);
        }
    }
}

/// A rule that decides its hours as well: two rules differ where either does.
fn whole(asked: &BoxRule, rule: &Rule) -> BoxRule {
    let hours = rule.hours[0] * 64 + rule.hours[1];
    BoxRule { outcome: rule.out + 8 * hours as u32, ..asked.clone() }
}

/// What changes: somebody in each region must fare as they do by a look at every rule; so must some thousands of other
/// citizens where all regions are listed, and else nobody whose decision stays may be in one.
fn difference(case: &Case, changes: &Changes) -> Value {
    let decided =
        |rules: &[Rule], point: &[i64]| rules.iter().find(|rule| rule.holds(point)).map(|rule| rule.out);
    let by_rules =
        |point: &[i64]| (decided(&case.rules, point), decided(case.later.as_ref().unwrap(), point));
    for change in &changes.regions {
        let corner: Vec<i64> = change.region.0.iter().map(|ranges| ranges[0].0).collect();
        assert_eq!((change.before, change.after), by_rules(&corner), "{}: at {corner:?}", case.name);
    }
    let (citizens, mut changed) = (Citizens::new(&Seed::PUBLISHED, 2_000), false);
    for point in (0..citizens.len()).map(|citizen| citizens.row(citizen)) {
        let (before, after) = by_rules(&point);
        let told = changes.regions.iter().any(|change| change.region.contains(&point));
        let right =
            if changes.extent == Extent::All { told == (before != after) } else { !told || before != after };
        assert!(right, "{}: {point:?}", case.name);
        changed |= before != after;
    }
    let exists = changes.points != Answer::Proven(Count::Exactly(0));
    assert!(exists || !changed, "{}: a citizen fares differently", case.name);
    json!({ "exists": exists, "regions": changes.regions.len(), "points": number(&changes.points) })
}

/// Whether there is a gap; what is said to be in one must be.
fn gap(case: &Case, point: Answer<Option<Vec<i64>>>) -> Value {
    match point {
        Answer::NotProven => Value::Null,
        Answer::Proven(None) => json!(false),
        Answer::Proven(Some(point)) => {
            let hit = case.rules.iter().find(|rule| rule.holds(&point));
            assert!(hit.is_none(), "{}: a rule holds in the gap at {point:?}", case.name);
            json!(true)
        }
    }
}

fn number(count: &Answer<Count>) -> Value {
    match count {
        Answer::Proven(Count::Exactly(count)) => json!(count.to_string()),
        _ => Value::Null,
    }
}

/// The regions: none may meet a rule, and with them nobody may be left out.
fn regions(case: &Case, found: &Regions) -> Value {
    let (dims, mut rules) = (dimensions(case), boxes(&case.rules));
    for (at, region) in found.boxes.iter().enumerate() {
        let meets = |rule: &BoxRule| {
            rule.when.iter().all(|(dim, asked)| {
                let free = &region.0[*dim];
                asked.iter().any(|(lo, hi)| free.iter().any(|(from, to)| from <= hi && lo <= to))
            })
        };
        assert!(!rules[..case.rules.len()].iter().any(meets), "{}: a rule meets region {at}", case.name);
        let when = region.0.iter().cloned().enumerate().collect();
        rules.push(BoxRule { rank: i64::MAX, outcome: 9, when });
    }
    let rest = Table::new(&dims, &rules).unwrap().gap(Budget::default());
    let complete = found.extent == Extent::All;
    assert!(!complete || rest == Answer::Proven(None), "{}: the regions leave out {rest:?}", case.name);
    json!({ "regions": found.boxes.len(), "at_least": found.at_least, "all": complete })
}

/// The pairs once more, by the peer.
pub fn plainly(records: &mut Records, case: &Case, name: &str) {
    let (time, pairs) = timed(|| plain_pairs(case));
    records.write("plain-pairs", name, Some(time), json!(pairs));
}

/// The peer for pairs: every rule with every later one, over plain ranges, until a dimension keeps them apart.
fn plain_pairs(case: &Case) -> usize {
    let whole = |rule: &Rule| -> Vec<Vec<[i64; 2]>> {
        let ranges = (0..case.dims.len()).zip(&case.dims);
        ranges.map(|(at, dim)| rule.intervals(at).map_or(vec![[dim.lo, dim.hi]], <[_]>::to_vec)).collect()
    };
    let rules: Vec<_> = case.rules.iter().map(whole).collect();
    let meet = |one: &[[i64; 2]], other: &[[i64; 2]]| {
        one.iter().any(|[lo, hi]| other.iter().any(|[from, to]| lo <= to && from <= hi))
    };
    let mut pairs = 0;
    for (at, one) in rules.iter().enumerate() {
        pairs +=
            rules[at + 1..].iter().filter(|other| one.iter().zip(*other).all(|(a, b)| meet(a, b))).count();
    }
    pairs
}
