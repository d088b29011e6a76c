//! Fixes on every case: what is mended is gone, nothing worse has come, the comments stay, and once is enough.

use hjemmel::{Diagnostic, Options, Severity, SourceFile, Workspace};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The cases of one file in which something may be mended.
fn cases() -> Vec<PathBuf> {
    let folders = ["tests/cases/syntax", "tests/cases/checks/gap", "tests/cases/checks/overlap"];
    let files = folders.iter().flat_map(|folder| fs::read_dir(folder).unwrap());
    let mut paths: Vec<PathBuf> = files.map(|entry| entry.unwrap().path()).collect();
    let is_text = |path: &PathBuf| {
        let name = path.to_str().unwrap();
        path.is_file() && (name.ends_with(".hjemmel") || name.ends_with(".hjemmel.md"))
    };
    paths.retain(is_text);
    paths.sort();
    paths
}

fn workspace(path: &Path, text: &str) -> Workspace {
    let name = path.file_name().unwrap().to_str().unwrap();
    Workspace::new(vec![SourceFile::new(name, text)], Options::default())
}

fn counted(findings: &[Diagnostic], least: Severity) -> BTreeMap<String, usize> {
    let mut counted = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.severity >= least) {
        *counted.entry(finding.fingerprint()).or_default() += 1;
    }
    counted
}

/// What stands behind a `#`, line by line.
fn comments(text: &str) -> Vec<&str> {
    text.lines().filter_map(|line| line.split_once('#')).map(|(_, comment)| comment).collect()
}

#[test]
fn what_is_mended_is_gone_and_nothing_worse_has_come() {
    let mut mended_once = 0;
    for path in cases() {
        let text = fs::read_to_string(&path).unwrap();
        let before = workspace(&path, &text).check();
        let mended = workspace(&path, &text).mend(&|_| true);
        let (_, file) = mended.sources.iter().next().unwrap();
        mended_once += mended.fixed.len();
        let (then, now) =
            (counted(&before.findings, Severity::Note), counted(&mended.left.findings, Severity::Warning));
        if mended.left.rules_with_errors == before.rules_with_errors {
            for (name, number) in now {
                assert!(number <= then.get(&name).copied().unwrap_or(0), "{}: something new", path.display());
            }
        }
        assert_eq!(mended.fixed.is_empty(), file.text == text, "{}", path.display());
        assert!(mended.fixed.iter().all(|finding| !finding.is_guess), "{}", path.display());
        assert_eq!(comments(&file.text), comments(&text), "{}", path.display());
        let again = workspace(&path, &file.text).mend(&|_| true);
        assert_eq!(again.fixed, Vec::new(), "{}: once is not enough", path.display());
        let unwanted = workspace(&path, &text).mend(&|_| false);
        assert_eq!(unwanted.fixed, Vec::new(), "{}", path.display());
    }
    assert!(mended_once >= 10, "only {mended_once} findings were mended");
}

#[test]
fn a_fix_is_shown_only_where_it_helps() {
    let (mut shown, mut told) = (0, String::new());
    for path in cases() {
        let text = fs::read_to_string(&path).unwrap();
        let workspace = workspace(&path, &text);
        let checked = workspace.check();
        let proved = workspace.prove_fixes(checked.clone());
        assert_eq!(checked.findings.len(), proved.findings.len());
        for finding in proved.findings.iter().filter(|finding| !finding.fixes.is_empty()) {
            shown += 1;
            let mut edits = finding.fixes.clone();
            edits.sort();
            let guess = if finding.is_guess { ", a guess" } else { "" };
            told += &format!("{}: {}{guess}\n", path.file_name().unwrap().to_str().unwrap(), finding.check);
            for edit in &edits {
                let line = text[..edit.span.range().start].lines().count().max(1);
                told += &format!("    {line}: `{}` becomes `{}`\n", &text[edit.span.range()], edit.text);
            }
            let mut mended = text.clone();
            for edit in edits.iter().rev() {
                mended.replace_range(edit.span.range(), &edit.text);
            }
            let left = counted(&self::workspace(&path, &mended).check().findings, Severity::Note);
            let then = counted(&checked.findings, Severity::Note);
            let name = finding.fingerprint();
            assert!(left.get(&name).copied().unwrap_or(0) < then[&name], "{}", path.display());
        }
    }
    assert!(shown >= 20, "only {shown} fixes were shown");
    crate::snapshot(Path::new("tests/mend"), "fixes", &told);
}
