//! A thing that is added is registered, shown, and nothing is left behind when it goes.

use super::{assert_none, files_below, paths_below, read};

/// Folders whose every file is one entry of a list in the folder's `mod.rs`.
const REGISTRIES: [&str; 2] = ["src/checks", "src/report"];

/// How an entry declares its card, how the list names it, and what stands before the entry's own name.
const CARDS: [(&str, &str, &str); 2] =
    [("fn card()", "card()", "const NAME: &str = "), ("const FORMAT:", "FORMAT", "name: ")];

#[test]
fn every_file_of_a_registry_is_registered_under_its_own_name() {
    let mut broken = Vec::new();
    for folder in REGISTRIES {
        let door = read(&format!("{folder}/mod.rs"));
        for file in files_below(folder, ".rs") {
            let below = file.path.trim_start_matches(folder).trim_start_matches('/');
            let stem = below.split(['/', '.']).next().unwrap_or_default();
            let line = format!("mod {stem};");
            if stem != "mod" && !door.lines().any(|found| found.trim_start_matches("pub ").trim() == line) {
                broken.push(format!("{}: no line `{line}` in {folder}/mod.rs", file.path));
            }
            let own = format!("\"{}\"", stem.replace('_', "-"));
            for (card, listed, name) in CARDS {
                if below.contains('/') || !file.text.contains(card) {
                    continue;
                }
                if !file.text.contains(&format!("{name}{own}")) {
                    broken.push(format!("{}: its card does not have the name {own}", file.path));
                }
                if !door.contains(&format!("{stem}::{listed}")) {
                    broken.push(format!(
                        "{}: `{stem}::{listed}` is not in the list of {folder}/mod.rs",
                        file.path
                    ));
                }
            }
        }
    }
    assert_none(&broken);
}

/// The names of all checks that have a card.
pub(super) fn checks() -> Vec<String> {
    let files = files_below("src/checks", ".rs");
    let cards = files.iter().filter(|file| file.text.contains("fn card()"));
    cards.map(|file| file.stem().replace('_', "-")).collect()
}

/// The names of all findings, also of those about a text that could not be understood.
fn findings() -> Vec<String> {
    let mut names = checks();
    for file in files_below("src", ".rs") {
        for rest in file.text.split("Diagnostic::new(").skip(1) {
            let name = rest.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next());
            names.extend(name.map(str::to_owned));
        }
    }
    names.sort();
    names.dedup();
    names
}

#[test]
fn every_check_has_a_case_that_fires_and_one_that_is_quiet() {
    let cases: Vec<String> =
        paths_below("tests/cases/checks").into_iter().filter(|path| path.ends_with(".snap")).collect();
    let mut broken = Vec::new();
    for check in &checks() {
        for behaviour in ["fires_", "quiet_"] {
            let start = format!("tests/cases/checks/{check}/{behaviour}");
            if !cases.iter().any(|path| path.starts_with(&start)) {
                broken.push(format!("no case {start}….hjemmel"));
            }
        }
    }
    let findings = findings();
    for path in &cases {
        let (check, name) =
            path.trim_start_matches("tests/cases/checks/").split_once('/').unwrap_or_default();
        let told = read(path).contains(&format!("[{check}]"));
        match (
            findings.iter().any(|found| found == check),
            name.starts_with("fires_"),
            name.starts_with("quiet_"),
        ) {
            (false, ..) => broken.push(format!("{path}: `{check}` is no check")),
            (_, true, _) if !told => broken.push(format!("{path}: `{check}` does not fire")),
            (_, _, true) if told => broken.push(format!("{path}: `{check}` is not quiet")),
            (_, false, false) => broken.push(format!("{path}: begins with `fires_` or `quiet_`")),
            _ => {}
        }
    }
    assert_none(&broken);
}

#[test]
fn every_snapshot_has_its_case() {
    let paths = paths_below("tests/cases");
    let mut broken = Vec::new();
    for snapshot in paths.iter().filter(|path| path.ends_with(".snap")) {
        let case = snapshot.trim_end_matches(".snap");
        let name = |path: &str| path.trim_end_matches(".hjemmel.md").trim_end_matches(".hjemmel").to_owned();
        let belongs = |path: &String| {
            case == path.as_str() || case == name(path) || path.starts_with(&format!("{case}/"))
        };
        if !paths.iter().filter(|path| !path.ends_with(".snap")).any(belongs) {
            broken.push(format!("{snapshot}: its case is gone"));
        }
    }
    assert_none(&broken);
}
