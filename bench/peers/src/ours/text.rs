//! What stands in files: read, formatted, checked.

use hjemmel::{Options, SourceFile, Window, Workspace, day_of};
use hjemmel_peers::{Records, timed};
use hjemmel_workloads::{Case, Policy, Seed, policy, w1, w2, w3, workspace};
use serde_json::json;

pub fn measure(records: &mut Records, seed: &Seed) {
    let large = |rules: usize| w3(seed, rules)[0].clone();
    for rules in [1_000, 10_000] {
        let file = policy(&large(rules)).pop().unwrap();
        let (time, formatted) = timed(|| hjemmel::format(&file.path, &file.text));
        let formatted = formatted.expect("what the workloads write can be read");
        records.write("fmt", &format!("{rules} rules"), Some(time), json!(formatted.len()));
    }

    let files = workspace(&w2(seed));
    let lines: usize = files.iter().map(|file| file.text.lines().count()).sum();
    let sources = sources(files);
    // a place that nobody knows is told once everything is read and resolved, and before anything is decided
    let (time, _) = timed(|| Workspace::new(sources.clone(), options()).decide("nowhere", &[]).is_err());
    records.write("resolve", "w2", Some(time), json!({ "lines": lines }));

    for case in w1(seed).iter().filter(|case| case.rules.len() > 1_400 && case.dims.len() == 7) {
        check_case(records, case);
    }
    check_case(records, &large(1_000));
    check(records, "w2", sources.clone());
    since(records, seed, sources);
}

/// The later version of every municipality beside the first.
fn since(records: &mut Records, seed: &Seed, before: Vec<SourceFile>) {
    let mut later = w2(seed);
    for case in &mut later {
        case.rules = case.later.take().expect("each has a later version");
    }
    let files = |sources: &[SourceFile]| Workspace::new(sources.to_vec(), Options::default());
    let (was, is) = (files(&before), files(&sources(workspace(&later))));
    let (time, diff) = timed(|| is.since(&was));
    let places: usize = diff.changes.iter().map(|change| change.places.len()).sum();
    records.write("since", "w2", Some(time), json!({ "changes": places, "proven": diff.open.is_empty() }));
}

fn check_case(records: &mut Records, case: &Case) {
    check(records, &case.name, sources(policy(case)));
}

fn check(records: &mut Records, name: &str, sources: Vec<SourceFile>) {
    let (time, checked) = timed(|| Workspace::new(sources.clone(), options()).check());
    let answer = json!({ "findings": checked.findings.len(), "proven": checked.proven });
    records.write("check", name, Some(time), answer);
}

fn sources(files: Vec<Policy>) -> Vec<SourceFile> {
    files.into_iter().map(|file| SourceFile::new(file.path, file.text)).collect()
}

/// One year, so that the days themselves are no part of what is measured.
fn options() -> Options {
    let mut options = Options::default();
    options.window = Some(Window { from: day_of(2020, 1, 1).unwrap(), to: day_of(2020, 12, 31).unwrap() });
    options
}
