//! What we ship: every lesson in `examples/` is clean, and `policies/` is told what its documents get wrong.

mod examples;
mod findings;
mod line_ends;
mod lists;
mod long_tables;
mod pages;
mod possible;
mod why_not;

use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn check(folder: &str, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hjemmel"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).env_clear();
    command.args(["check", folder]).args(more).output().unwrap()
}

/// What `hjemmel check policies` finds.
fn findings() -> Vec<Value> {
    let output = check("policies", &["--format", "json"]);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    report["findings"].as_array().unwrap().clone()
}

/// The words of a list in the report.
fn words(list: &Value) -> Vec<&str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

#[test]
fn every_lesson_is_clean() {
    let mut folders: Vec<_> = fs::read_dir("examples").unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|folder| !folder.ends_with("slagelse_rettet"));
    folders.sort();
    assert!(folders.len() >= 26, "lessons are missing");
    for folder in folders {
        let output = check(folder.to_str().unwrap(), &["--format", "short"]);
        assert_eq!(String::from_utf8_lossy(&output.stdout), "", "{}", folder.display());
        assert_eq!(output.status.code(), Some(0), "{}", folder.display());
    }
}

/// What a lawyer would have written: notes at most, and Slagelse's own text has both errors and warnings.
#[test]
fn the_repaired_level_has_no_error_and_no_warning() {
    let told = |folder| {
        let output = check(folder, &["--format", "json"]);
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        let findings = report["findings"].as_array().unwrap().clone();
        let is_worse = |finding: &&Value| finding["severity"] != "note";
        findings
            .iter()
            .filter(is_worse)
            .map(|finding| finding["message"]["en"].to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(told("examples/slagelse_rettet"), Vec::<String>::new());
    assert!(told("policies/kommuner/slagelse.hjemmel.md").len() > 10);
}

#[test]
fn policies_give_the_report_that_was_read() {
    for lang in ["da", "en"] {
        let output = check("policies", &["--lang", lang, "--all"]);
        crate::snapshot(Path::new("tests/policies"), &format!("report.{lang}"), &crate::cli::told(&output));
    }
}

#[test]
fn policies_keep_the_promised_shape() {
    let output = check("policies", &["--format", "json"]);
    let page = String::from_utf8(output.stdout).unwrap();
    assert_eq!(crate::report::broken_promises(&page), Vec::<String>::new());
}
