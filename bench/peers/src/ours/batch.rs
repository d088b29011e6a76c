//! A million citizens: with a table of boxes, and with a policy.

use hjemmel::population::{Asked, Batch, BoxRule, Decider, Grades, RankedBoxes, Winner, Word};
use hjemmel::{Options, SourceFile, Workspace, day_of};
use hjemmel_peers::{Records, timed};
use hjemmel_workloads::{Case, Citizens, Rule, Seed, policy, w2};
use serde_json::{Value, json};
use std::thread;

pub fn measure(records: &mut Records) {
    let citizens = Citizens::new(&Seed::PUBLISHED, Citizens::PUBLISHED);
    let case = w2(&Seed::PUBLISHED).swap_remove(0);
    let columns: Vec<&[i32]> = citizens.columns.iter().map(Vec::as_slice).collect();

    let domains: Vec<(i32, i32)> = case.dims.iter().map(|dim| (dim.lo as i32, dim.hi as i32)).collect();
    let ranked = RankedBoxes::new(&domains, &case.rules.iter().map(box_rule).collect::<Vec<_>>());
    let decider = ready(&case, false);
    let grades = decider.grades("ydelse").expect("the rules of one municipality have a diagram");
    let asked = |fact: &usize| {
        let name = &decider.facts()[*fact].name;
        columns[case.dims.iter().position(|dim| dim.name == *name).expect("it is a fact of the case")]
    };
    let of_policy: Vec<&[i32]> = grades.facts().iter().map(asked).collect();

    for threads in [4, 1] {
        let name = format!("{threads} threads");
        let mut winners = vec![Winner::default(); citizens.len()];
        let (time, ()) =
            timed(|| parts(threads, &columns, &mut winners, |part, found| ranked.winners(part, found)));
        records.write("batch", &name, Some(time), sums(&case, &winners));
        let mut codes = vec![0; citizens.len()];
        let (time, ()) =
            timed(|| parts(threads, &of_policy, &mut codes, |part, found| grades.fill(part, found)));
        records.write("grades", &name, Some(time), by_out(&codes));
        let (time, words) = timed(|| with_rules(&ready(&case, true), threads, &case, &columns));
        records.write("reasons", &name, Some(time), by_word(&words));
    }
}

/// The decisions with the names of the rules behind each, some citizens at a time; the word of each is handed back.
fn with_rules(decider: &Decider, threads: usize, case: &Case, columns: &[&[i32]]) -> Vec<Word> {
    const ROWS: usize = 4096;
    let day = decider.day_of_all().expect("one day is asked about");
    let decided = |part: &[&[i32]], found: &mut [Word]| {
        for (at, found) in found.chunks_mut(ROWS).enumerate() {
            let mut batch = Batch::new(decider.facts().len(), found.len());
            for (place, fact) in decider.facts().iter().enumerate() {
                let column = case.dims.iter().position(|dim| dim.name == fact.name);
                let cells = |column: usize| &part[column][at * ROWS..][..found.len()];
                match column {
                    Some(column) => batch.put(place, cells(column).iter().map(|cell| i64::from(*cell)).collect()),
                    None if place == decider.day() => batch.put(place, vec![day; found.len()]),
                    None => {}
                }
            }
            let decided = decider.decide(&batch).supports.swap_remove(0);
            for (found, outcome) in found.iter_mut().zip(&decided.of_row) {
                *found = decided.outcomes[*outcome as usize].word;
            }
        }
    };
    let mut words = vec![Word::Open; columns[0].len()];
    parts(threads, columns, &mut words, decided);
    words
}

/// As many threads, each with its part of the columns.
fn parts<T: Send>(
    threads: usize,
    columns: &[&[i32]],
    found: &mut [T],
    fill: impl Fn(&[&[i32]], &mut [T]) + Sync,
) {
    let length = found.len().div_ceil(threads);
    let fill = &fill;
    thread::scope(|scope| {
        for (at, found) in found.chunks_mut(length).enumerate() {
            scope.spawn(move || {
                let from = at * length;
                let part: Vec<&[i32]> =
                    columns.iter().map(|column| &column[from..from + found.len()]).collect();
                fill(&part, found);
            });
        }
    });
}

fn box_rule(rule: &Rule) -> BoxRule {
    let ranges = |intervals: &[[i64; 2]]| intervals.iter().map(|[lo, hi]| (*lo as i32, *hi as i32)).collect();
    BoxRule { when: rule.when.iter().map(|(dim, intervals)| (*dim, ranges(intervals))).collect() }
}

/// The one municipality, made ready from its text.
fn ready(case: &Case, rules: bool) -> Decider {
    let sources = policy(case).into_iter().map(|file| SourceFile::new(file.path, file.text)).collect();
    let place = case.name.replace('_', "-");
    let asked = Asked { place: &place, support: Some("ydelse"), day: day_of(2020, 1, 1), rules };
    match Workspace::new(sources, Options::default()).population(asked) {
        Ok(decider) => decider,
        Err(problem) => panic!("{}", problem.en),
    }
}

fn sums(case: &Case, winners: &[Winner]) -> Value {
    let mut by_out = [0_u64; 5];
    for winner in winners {
        by_out[winner.rule.map_or(0, |rule| case.rules[rule as usize].out as usize)] += 1;
    }
    let matches: u64 = winners.iter().map(|winner| u64::from(winner.matches)).sum();
    let winner_sum: u64 = winners.iter().filter_map(|winner| winner.rule).map(u64::from).sum();
    json!({ "by_out": by_out, "matches": matches, "rows": winners.len(), "winner_sum": winner_sum })
}

/// The grades as the outcomes they were written for.
fn by_out(codes: &[u8]) -> Value {
    assert!(!codes.contains(&Grades::OPEN), "everything is known of every citizen");
    by_word(&codes.iter().map(|code| Word::ALL[usize::from(*code)]).collect::<Vec<_>>())
}

fn by_word(words: &[Word]) -> Value {
    let mut by_out = [0_u64; 5];
    for word in words {
        let out = match word {
            Word::Must => 1,
            Word::May => 2,
            Word::Forbidden => 3,
            Word::Nothing => 0,
            _ => 4,
        };
        by_out[out] += 1;
    }
    json!(by_out)
}
