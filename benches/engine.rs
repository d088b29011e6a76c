//! The engine alone, on tables of boxes. Each figure has the building of the table in it.

mod tables;

use criterion::{BenchmarkGroup, Criterion, criterion_group, criterion_main, measurement::WallTime};
use hjemmel::boxes::{Budget, Table};
use hjemmel_workloads::{Case, Seed, w1, w2, w3, w4};
use std::hint::black_box;
use std::time::Duration;
use tables::{boxes, dimensions, table};

const BUDGET: Budget = Budget(1_000_000_000);
/// The most regions of a change that are listed: as many as somebody reads.
const READ: usize = 16;

/// Few samples: what is measured takes from microseconds to a second, and a run of all should not take a morning.
fn group<'a>(criterion: &'a mut Criterion, name: &str) -> BenchmarkGroup<'a, WallTime> {
    let mut group = criterion.benchmark_group(name);
    group.sample_size(10).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(2));
    group
}

/// Asks each case, one benchmark for all of them together.
fn all<T>(group: &mut BenchmarkGroup<WallTime>, name: &str, cases: &[Case], ask: impl Fn(&Case) -> T) {
    group.bench_function(name, |bencher| {
        bencher.iter(|| {
            for case in cases {
                black_box(ask(case));
            }
        });
    });
}

fn changed(case: &Case, limit: usize) -> Option<hjemmel::boxes::Changes> {
    let later = boxes(case.later.as_deref().expect("a municipality has a later version"));
    table(case).changed(&Table::new(&dimensions(case), &later).expect("it is a table"), limit, BUDGET)
}

fn loans(criterion: &mut Criterion) {
    let mut group = group(criterion, "w1");
    for case in w1(&Seed::PUBLISHED).iter().filter(|case| case.dims.len() == 7 && case.rules.len() > 1_400) {
        let (name, case) = (&case.name, std::slice::from_ref(case));
        all(&mut group, &format!("{name}/table"), case, table);
        all(&mut group, &format!("{name}/gap"), case, |case| table(case).gap(BUDGET));
        all(&mut group, &format!("{name}/gaps"), case, |case| table(case).gaps(100_000, BUDGET));
        all(&mut group, &format!("{name}/overlaps"), case, |case| table(case).overlaps());
        all(&mut group, &format!("{name}/shadowed"), case, |case| table(case).shadowed(BUDGET));
    }
    group.finish();
}

fn municipalities(criterion: &mut Criterion) {
    let (mut group, cases) = (group(criterion, "w2"), w2(&Seed::PUBLISHED));
    all(&mut group, "gap", &cases, |case| table(case).gap(BUDGET));
    all(&mut group, "count", &cases, |case| table(case).gap_count(BUDGET));
    all(&mut group, "overlaps", &cases, |case| table(case).overlaps());
    all(&mut group, "shadowed", &cases, |case| table(case).shadowed(BUDGET));
    all(&mut group, "changed", &cases, |case| changed(case, READ));
    all(&mut group, "changed, all regions", &cases, |case| changed(case, usize::MAX));
    group.finish();
}

fn large(criterion: &mut Criterion) {
    let mut group = group(criterion, "w3");
    for rules in [1_000, 10_000] {
        for case in &w3(&Seed::PUBLISHED, rules) {
            let (name, case) = (&case.name, std::slice::from_ref(case));
            all(&mut group, &format!("{name}/gap"), case, |case| table(case).gap(BUDGET));
            all(&mut group, &format!("{name}/overlaps"), case, |case| table(case).overlaps());
            all(&mut group, &format!("{name}/shadowed"), case, |case| table(case).shadowed(BUDGET));
        }
    }
    group.finish();
}

fn adversarial(criterion: &mut Criterion) {
    let (mut group, cases) = (group(criterion, "w4"), w4(&Seed::PUBLISHED));
    for family in ["k3", "k4", "box", "pairs", "php"] {
        let family: Vec<Case> =
            cases.iter().filter(|case| case.name.split('_').nth(1) == Some(family)).cloned().collect();
        let name = family[0].name.split('_').nth(1).expect("it was looked for").to_owned();
        all(&mut group, &name, &family, |case| table(case).gap(BUDGET));
    }
    group.finish();
}

criterion_group!(benches, loans, municipalities, large, adversarial);
criterion_main!(benches);
