//! The benchmarks' cases are the ones whose right answers are known, and read as policies.

use hjemmel::population::{Asked, Batch};
use hjemmel::{ChangedPart, ChangedPlace, Family, Options, SourceFile, Workspace, family};
use hjemmel_workloads::oracles::{Oracles, sha256};
use hjemmel_workloads::{
    Case, Citizens, NumpyRandom, Policy, PythonRandom, Seed, cases, policy, to_json, w1, w2, workspace,
};
use std::path::Path;

fn oracles() -> Oracles {
    Oracles::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/oracles"))
}

#[test]
fn numbers_are_those_of_python() {
    let mut random = PythonRandom::new("hjemmel");
    let units = [random.unit(), random.unit(), random.unit()];
    assert_eq!(units, [0.384_290_264_582_297_87, 0.692_363_517_226_684_1, 0.960_908_031_060_092_1]);
    let mut random = PythonRandom::new("");
    let words: Vec<u32> = (0..4).map(|_| random.word()).collect();
    assert_eq!(words, [4_124_137_760, 1_951_988_028, 2_557_274_880, 888_572_032]);
    let mut random = PythonRandom::new("grænse");
    let digits: Vec<usize> = (0..12).map(|_| random.below(10)).collect();
    assert_eq!(digits, [2, 0, 5, 1, 1, 9, 3, 3, 4, 8, 2, 8]);
    let between: Vec<i64> = (0..8).map(|_| random.between(-5, 5)).collect();
    assert_eq!(between, [-4, -5, 5, 1, -4, -2, -5, 2]);
    let mut random = PythonRandom::new("x");
    for _ in 0..1_000 {
        random.unit();
    }
    assert_eq!(random.word(), 3_082_078_172);
}

#[test]
fn what_is_drawn_from_lists_is_what_python_draws() {
    let mut random = PythonRandom::new("sample");
    assert_eq!(random.sample(14, 7), [11, 5, 10, 12, 8, 9, 3]);
    assert_eq!(random.sample(1_000, 4), [385, 476, 999, 925]);
    assert_eq!(random.sample(1_000, 12), [745, 649, 236, 601, 557, 546, 36, 521, 992, 486, 768, 405]);
    assert_eq!(random.sample(200, 12), [160, 0, 169, 28, 6, 97, 7, 41, 131, 186, 96, 47]);
    let mut list: Vec<usize> = (0..10).collect();
    PythonRandom::new("shuffle").shuffle(&mut list);
    assert_eq!(list, [3, 7, 5, 4, 0, 9, 1, 6, 8, 2]);
    let mut random = PythonRandom::new("choices");
    let chosen: Vec<usize> = (0..16).map(|_| random.weighted(&[2, 4, 4, 3, 2])).collect();
    assert_eq!(chosen, [2, 2, 1, 2, 4, 0, 1, 0, 0, 0, 3, 2, 1, 1, 1, 2]);
}

#[test]
fn numbers_are_those_of_numpy() {
    let mut random = NumpyRandom::new(20_131);
    let mut draw = |count: usize, lo, hi| (0..count).map(|_| random.between(lo, hi)).collect::<Vec<_>>();
    assert_eq!(draw(8, 0, 120), [34, 32, 75, 114, 68, 46, 116, 108]);
    assert_eq!(draw(2, 5, 5), [5, 5]);
    assert_eq!(draw(5, -3, 3), [-3, 0, 0, 0, -2]);
    assert_eq!(draw(3, 0, i32::MAX - 1), [340_614_705, 630_639_692, 1_640_850_611]);
    let mut random = NumpyRandom::new((1 << 40) + 7);
    let more: Vec<i32> = (0..5).map(|_| random.between(0, 999)).collect();
    assert_eq!(more, [206, 829, 609, 255, 17]);
}

#[test]
fn every_published_case_is_made_anew() {
    let hashes = oracles().hashes;
    let mut made = 0;
    for case in cases(&Seed::PUBLISHED) {
        let file = format!("{}.json", case.name);
        assert_eq!(sha256(to_json(&case).as_bytes()), hashes[&file], "{file}");
        made += 1;
    }
    let citizens = Citizens::new(&Seed::PUBLISHED, Citizens::PUBLISHED).to_bytes();
    assert_eq!(sha256(&citizens), hashes["w5_citizens.i32"]);
    assert_eq!(made + 1, hashes.len());
}

#[test]
fn another_seed_makes_other_cases_of_the_same_shapes() {
    let (published, others) = (w1(&Seed::PUBLISHED), w1(&Seed::other(1)));
    for (published, other) in published.iter().zip(&others) {
        assert_eq!(published.name, other.name);
        assert_eq!(published.rules.len(), other.rules.len());
        assert_ne!(published.rules, other.rules, "{}", other.name);
    }
}

/// A small table and all municipalities together: nothing in them is misspelt or out of its domain.
#[test]
fn cases_read_as_policies() {
    for files in [policy(&w1(&Seed::PUBLISHED)[0]), workspace(&w2(&Seed::PUBLISHED))] {
        let sources = files.into_iter().map(|file| SourceFile::new(file.path, file.text)).collect();
        let checked = Workspace::new(sources, Options::default()).check();
        let misread: Vec<_> =
            checked.findings.iter().filter(|finding| family(finding.check) == Family::Reading).collect();
        assert!(misread.is_empty(), "{misread:#?}");
    }
}

fn read(files: Vec<Policy>) -> Workspace {
    let sources = files.into_iter().map(|file| SourceFile::new(file.path, file.text)).collect();
    Workspace::new(sources, Options::default())
}

/// The later versions of all municipalities as policies, beside the first ones: that a grant is another for somebody is told
/// where it is published, and so many of a million citizens are reached as is published. Of the first few this is
/// counted, and of all where `HJEMMEL_W2` says so.
#[test]
fn what_changes_in_a_municipality_is_what_is_published() {
    let differences = oracles().differences;
    let citizens = Citizens::new(&Seed::PUBLISHED, Citizens::PUBLISHED);
    let cases = w2(&Seed::PUBLISHED);
    let mut later = w2(&Seed::PUBLISHED);
    later.iter_mut().for_each(|case| case.rules = case.later.take().expect("there is a later version"));
    let after = read(workspace(&later));
    let diff = after.since(&read(workspace(&cases)));
    assert!(diff.open.is_empty(), "{:?}", diff.open);
    assert_eq!(diff.compared, cases.len());
    let of_grants = |part: &ChangedPart| matches!(part, ChangedPart::Grant { .. });
    let changes = diff.changes.iter().filter(|change| change.parts.iter().any(of_grants));
    let told: Vec<&ChangedPlace> = changes.flat_map(|change| &change.places).collect();
    let few = std::env::var("HJEMMEL_W2").map_or(8, |many| many.parse().expect("HJEMMEL_W2 is a number"));
    let (mut changed, mut counted) = (0, 0);
    for case in &cases {
        let place = case.name.replace('_', "-");
        let here: Vec<&ChangedPlace> = told.iter().filter(|of| of.place == place).copied().collect();
        let published = &differences[&case.name];
        assert_eq!(!here.is_empty(), published.exists(), "{place}");
        changed += usize::from(published.exists());
        if counted == few {
            continue;
        }
        counted += 1;
        let decider =
            after.population(Asked { place: &place, ..Asked::default() }).expect("the place is there");
        let mut batch = Batch::new(decider.facts().len(), citizens.len());
        for (dim, column) in case.dims.iter().zip(&citizens.columns) {
            let name = dim.name.replace('_', "-");
            let fact = decider.facts().iter().position(|fact| fact.name == name).expect("the fact is there");
            batch.put(fact, column.iter().map(|value| i64::from(*value)).collect());
        }
        let regions: Vec<_> = here.iter().map(|of| (of.region.as_slice(), of.in_full.as_ref())).collect();
        let heads = decider.headcount(&regions).count(&batch);
        // nobody is in two changes
        let inside: u64 = heads.iter().map(|heads| heads.inside).sum();
        assert_eq!(inside, published.citizens as u64, "{place}");
        assert!(heads.iter().all(|heads| heads.open == 0), "{place}");
    }
    println!("{} compared, {changed} differ, {counted} counted", cases.len());
    assert!(changed > 60);
}

/// Where more than rules differs, what changes is found in another way. Something that all have always had is no
/// difference to anybody, but it is one of these.
#[test]
fn what_changes_is_told_alike_whichever_way_it_is_found() {
    let mut told = 0;
    for case in w2(&Seed::PUBLISHED).into_iter().filter(|case| case.rules.len() < 40).take(4) {
        let later = Case { rules: case.later.clone().expect("there is a later version"), ..case.clone() };
        let mut assumed = policy(&later);
        assumed[0].text.push_str("antag \"Alle har en alder\": hvis age mindst 0 så age mindst 0\n");
        let before = read(policy(&case));
        let mut options = Options::default();
        options.budget = 200_000_000;
        let mut found = [policy(&later), assumed].map(|files| {
            let sources = files.into_iter().map(|file| SourceFile::new(file.path, file.text)).collect();
            Workspace::new(sources, options.clone()).since(&before)
        });
        // the texts of the causes stand further down
        found.iter_mut().flat_map(|diff| &mut diff.changes).flat_map(|change| &mut change.causes).for_each(
            |cause| {
                cause.after = None;
            },
        );
        let [one, other] = found;
        assert_eq!(one.changes, other.changes, "{}", case.name);
        assert!(one.hash.is_some() && one.hash == other.hash, "{}", case.name);
        told += one.changes.len();
    }
    assert!(told > 20, "{told}");
}
