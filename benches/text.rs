//! The whole line from text: reading, formatting, checking.

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
#[path = "municipalities/mod.rs"]
mod municipalities;

use hjemmel::population::Asked;
use hjemmel::{Checker, Options, SourceFile, Window, Workspace, day_of};
use hjemmel_workloads::{Case, Policy, Seed, policy, w1, w2, w3, workspace};
use std::time::Duration;

/// One year, so that the days themselves are no part of what is measured.
fn options() -> Options {
    let mut options = Options::default();
    let day = |month, day| day_of(2020, month, day).expect("it is in the calendar");
    options.window = Some(Window { from: day(1, 1), to: day(12, 31) });
    options
}

fn sources(files: Vec<Policy>) -> Vec<SourceFile> {
    files.into_iter().map(|file| SourceFile::new(file.path, file.text)).collect()
}

fn tree(rules: usize) -> Case {
    w3(&Seed::PUBLISHED, rules)[0].clone()
}

fn formatting(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("fmt");
    group.sample_size(10).measurement_time(Duration::from_secs(2));
    for rules in [1_000, 10_000] {
        let file = policy(&tree(rules)).pop().expect("a policy has files");
        group.throughput(Throughput::Elements(file.text.lines().count() as u64));
        group.bench_function(format!("{rules} rules"), |bencher| {
            bencher.iter(|| hjemmel::format(&file.path, &file.text));
        });
    }
    group.finish();
}

/// A place that nobody knows is told once everything is read and resolved, and before anything is decided.
fn resolving(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("read and resolve");
    group.sample_size(10).measurement_time(Duration::from_secs(2));
    for (name, files) in [("w2", workspace(&w2(&Seed::PUBLISHED))), ("10000 rules", policy(&tree(10_000)))] {
        group.throughput(Throughput::Elements(
            files.iter().map(|file| file.text.lines().count() as u64).sum(),
        ));
        let sources = sources(files);
        group.bench_function(name, |bencher| {
            bencher.iter(|| Workspace::new(sources.clone(), options()).decide("nowhere", &[]));
        });
    }
    group.finish();
}

fn checking(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("check");
    group.sample_size(10).warm_up_time(Duration::from_millis(1)).measurement_time(Duration::from_secs(2));
    let tables = w1(&Seed::PUBLISHED).into_iter().filter(|case| case.dims.len() == 7);
    for case in tables.chain([tree(1_000)]) {
        let sources = sources(policy(&case));
        group.bench_function(&case.name, |bencher| {
            bencher.iter(|| Workspace::new(sources.clone(), options()).check());
        });
    }
    group.finish();
}

/// One citizen, with everything read anew and with the reasons.
fn deciding(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("decide");
    group.sample_size(10).measurement_time(Duration::from_secs(2));
    let case = w2(&Seed::PUBLISHED).swap_remove(0);
    let workspace = Workspace::new(sources(policy(&case)), options());
    let facts: Vec<(String, String)> = [("group", "g1"), ("age", "40"), ("need", "20"), ("dept", "d1")]
        .map(|(fact, value)| (fact.to_owned(), value.to_owned()))
        .into();
    group.bench_function("w2_m00", |bencher| bencher.iter(|| workspace.decide("w2-m00", &facts)));
    group.finish();
}

/// Many citizens in a place that is made ready, each with the rules behind the decision.
fn deciding_many(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("decide many");
    group.sample_size(10).measurement_time(Duration::from_secs(2));
    let workspace = Workspace::new(sources(policy(&w2(&Seed::PUBLISHED).swap_remove(0))), options());
    let asked = Asked { place: "w2-m00", support: Some("ydelse"), day: day_of(2020, 1, 1), rules: true };
    let decider = workspace.population(asked).expect("the place is there");
    let citizens = decider.synthetic(1, asked.day).expect("there can be somebody").batch(0, 4096);
    group.throughput(Throughput::Elements(citizens.rows() as u64));
    group.bench_function("w2_m00, with the rules", |bencher| bencher.iter(|| decider.decide(&citizens)));
    group.finish();
}

/// One edit in a thousand rules, by somebody who has checked before. Each edit is one that was not seen yet.
fn checking_again(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("check again");
    group.sample_size(10).measurement_time(Duration::from_secs(2));
    let files = municipalities::workload(5, 200, 5, 1);
    let asked = "ledig-i over 1 år";
    let place = files.iter().position(|(_, text)| text.contains(asked)).expect("a row asks so");
    let workspace = |days: usize| {
        let mut files = files.clone();
        files[place].1 = files[place].1.replacen(asked, &format!("ledig-i over {days} dage"), 1);
        Workspace::new(written(files), Options::default())
    };
    let (mut checker, mut days) = (Checker::new(), 365);
    group.bench_function("1000 rules", |bencher| {
        bencher.iter_batched(
            || {
                days += 1;
                workspace(days)
            },
            |workspace| checker.check(&workspace),
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

fn written(files: Vec<(String, String)>) -> Vec<SourceFile> {
    files.into_iter().map(|(path, text)| SourceFile::new(path, text)).collect()
}

/// What changes between two versions of 98 municipalities, each edited in one row.
fn comparing(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("diff");
    group.sample_size(10).measurement_time(Duration::from_secs(2));
    let before = municipalities::workload(98, 40, 5, 1);
    let mut after = before.clone();
    for (_, text) in &mut after {
        *text = text.replacen("| kan |", "| skal |", 1);
    }
    let workspace = |files| Workspace::new(written(files), Options::default());
    let (was, is) = (workspace(before), workspace(after));
    group.bench_function("98 municipalities x 40 rules", |bencher| bencher.iter(|| is.since(&was)));
    group.finish();
}

criterion_group!(
    benches,
    formatting,
    resolving,
    checking,
    checking_again,
    comparing,
    deciding,
    deciding_many
);
criterion_main!(benches);
