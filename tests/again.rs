//! Checking again after an edit: what a `Checker` finds is what a first look finds, byte for byte.
//!
//! `HJEMMEL_EDITS` sets how many random edits are made of the policies, of made-up workspaces and of the cases each;
//! `HJEMMEL_ORACLE_SEED` the first seed.

#[path = "again/directed.rs"]
mod directed;
#[path = "again/edits.rs"]
mod edits;

use crate::oracle::random::Random;
use crate::oracle::{setting, texts_of};
use edits::Texts;
use hjemmel::report::{Look, Report, format};
use hjemmel::{Checked, Checker, Lang, Workspace};
use std::fs;
use std::path::{Path, PathBuf};

/// Everything there is to see of a check.
fn bytes(workspace: &Workspace, checked: Checked) -> String {
    let whole = format!("{checked:#?}");
    let report = [Report::new(workspace, checked)];
    let (human, json) = (format("human").unwrap().render, format("json").unwrap().render);
    let looks = [human(&report, Look::plain(Lang::En)), human(&report, Look::plain(Lang::Da))];
    [whole, looks.concat(), json(&report, Look::plain(Lang::En))].concat()
}

/// Makes edits, one after the other, and compares after each.
fn follow(texts: Texts, edits: u64, random: &mut Random) {
    let mut checker = Checker::new();
    let mut past = vec![texts];
    let mut told = Vec::new();
    for step in 0..edits {
        let mut now = past.last().unwrap().clone();
        told.push(edits::edit(&mut now, &past, random));
        let workspace = now.workspace();
        let (again, first) = (checker.check(&workspace), workspace.check());
        let (again, first) = (bytes(&workspace, again), bytes(&workspace, first));
        if again != first {
            let differs = again.lines().zip(first.lines()).find(|(one, other)| one != other);
            let files: Vec<String> =
                now.files.iter().map(|(name, text)| format!("--- {name}\n{text}")).collect();
            fs::write("target/again.txt", files.join("\n")).unwrap();
            fs::write("target/again.now", &again).unwrap();
            fs::write("target/again.first", &first).unwrap();
            panic!(
                "after edit {step} (the texts stand in target/again.txt):\n{}\n{differs:?}",
                told.join("\n")
            );
        }
        past.push(now);
    }
}

fn edits(otherwise: u64) -> u64 {
    setting("HJEMMEL_EDITS", otherwise)
}

fn random() -> Random {
    Random::new(setting("HJEMMEL_ORACLE_SEED", 0) + 2_011)
}

fn below(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().flat_map(|path| if path.is_dir() { below(&path) } else { vec![path] }).collect()
}

fn read(paths: &[PathBuf]) -> Texts {
    let is_policy = |path: &&PathBuf| {
        let name = path.to_str().unwrap();
        name.ends_with(".hjemmel") || name.ends_with(".hjemmel.md")
    };
    let file = |path: &PathBuf| (path.to_str().unwrap().to_owned(), fs::read_to_string(path).unwrap());
    Texts::new(paths.iter().filter(is_policy).map(file).collect())
}

#[test]
fn the_policies_after_an_edit_are_as_at_first_sight() {
    follow(read(&below(Path::new("policies"))), edits(6), &mut random());
}

#[test]
fn made_up_workspaces_after_an_edit_are_as_at_first_sight() {
    let (mut random, mut left) = (random(), edits(160));
    for seed in setting("HJEMMEL_ORACLE_SEED", 0).. {
        let owned = |(name, text): (&str, String)| (name.to_owned(), text);
        let files = texts_of(seed).into_iter().map(owned).collect();
        let steps = left.min(12);
        follow(Texts::new(files), steps, &mut random);
        left -= steps;
        if left == 0 {
            return;
        }
    }
}

#[test]
fn the_cases_after_an_edit_are_as_at_first_sight() {
    let (mut random, mut left) = (random(), edits(160));
    let cases = below(Path::new("tests/cases/checks"));
    let examples = below(Path::new("examples"));
    while left > 0 {
        let all = if random.chance(80) { &cases } else { &examples };
        let one = random.pick(all);
        let folder = one.parent().unwrap();
        // a folder with nothing but one workspace in it, else a file by itself
        let is_whole = ["fires_", "quiet_"]
            .iter()
            .all(|word| !one.file_name().unwrap().to_str().unwrap().starts_with(word));
        let texts = if is_whole { read(&below(folder)) } else { read(std::slice::from_ref(one)) };
        if texts.files.is_empty() {
            continue;
        }
        let steps = left.min(8);
        follow(texts, steps, &mut random);
        left -= steps;
    }
}
