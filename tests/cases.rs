//! Every case below `tests/cases/` with its expected output beside it: `x.hjemmel` has `x.hjemmel.snap`.
//!
//! A case is a file `*.hjemmel` or `*.hjemmel.md`, or a folder with such a name that holds several. A first line with
//! `window: 2015-01-01..2019-12-31` in it sets the window, one with `today: 2016-06-02` the reference date. Cases of the program are in `cli/`, see `cli.rs`,
//! and those of the formatter in `fmt/`, see `fmt.rs`.

use hjemmel::report::{Look, Report, format};
use hjemmel::{Day, Lang, Options, SourceFile, Window, Workspace, day_of};
use std::path::{Path, PathBuf};
use std::{fs, panic};

#[test]
fn every_case_gives_its_expected_output() {
    let (mut failed, mut expected) = (Vec::new(), Vec::new());
    let mut found = below(Path::new("tests/cases"));
    found.retain(|path| !path.starts_with("tests/cases/cli") && !path.starts_with("tests/cases/fmt"));
    for case in found.iter().filter(|path| is_policy(path)) {
        let (folder, name) = (case.parent().unwrap(), case.file_name().unwrap().to_str().unwrap());
        expected.push(folder.join(format!("{name}.snap")));
        let told = told(case);
        let same = || crate::snapshot(folder, name, &told);
        if panic::catch_unwind(panic::AssertUnwindSafe(same)).is_err() {
            failed.push(case);
        }
    }
    let snapshots = found.iter().filter(|path| path.extension().is_some_and(|end| end == "snap"));
    let orphans: Vec<_> = snapshots.filter(|path| !expected.contains(path)).collect();
    assert!(failed.is_empty(), "cases with other output: {failed:#?}");
    assert!(orphans.is_empty(), "snapshots without a case: {orphans:#?}");
}

/// Everything below a folder, sorted; a folder that is a case is not entered, but its snapshot beside it is seen.
fn below(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let inner = |path: PathBuf| if path.is_dir() && !is_policy(&path) { below(&path) } else { vec![path] };
    paths.into_iter().flat_map(inner).collect()
}

fn is_policy(path: &Path) -> bool {
    path.to_str().is_some_and(|name| name.ends_with(".hjemmel") || name.ends_with(".hjemmel.md"))
}

/// The case as a workspace.
fn workspace(case: &Path) -> Workspace {
    let files = if case.is_dir() { below(case) } else { vec![case.to_owned()] };
    let read = |path: &PathBuf| {
        SourceFile::new(path.file_name().unwrap().to_str().unwrap(), fs::read_to_string(path).unwrap())
    };
    let files: Vec<SourceFile> = files.iter().map(read).collect();
    let mut options = Options::default();
    options.window = files.iter().find_map(|file| window(file.text.lines().next()?));
    options.reference_date = files.iter().find_map(|file| today(file.text.lines().next()?));
    Workspace::new(files, options)
}

pub(crate) fn day(word: &str) -> Option<Day> {
    let parts: Vec<&str> = word.split('-').collect();
    day_of(parts.first()?.parse().ok()?, parts.get(1)?.parse().ok()?, parts.get(2)?.parse().ok()?)
}

fn today(line: &str) -> Option<Day> {
    day(line.split_once("today: ")?.1.split_whitespace().next()?)
}

fn window(line: &str) -> Option<Window> {
    let (from, to) = line.split_once("window: ")?.1.split_whitespace().next()?.split_once("..")?;
    Some(Window { from: day(from)?, to: day(to)? })
}

/// The report, first in English, then in Danish.
fn told(case: &Path) -> String {
    let workspace = workspace(case);
    let report = [Report::new(&workspace, workspace.prove_fixes(workspace.check()))];
    let human = format("human").unwrap().render;
    format!(
        "{}\n── dansk ──\n\n{}",
        human(&report, Look::plain(Lang::En).each(true)),
        human(&report, Look::plain(Lang::Da).each(true))
    )
}
