//! The slips a caseworker is likeliest to make, `tests/cases/syntax/slip_*.hjemmel`: one error each, at the slip, and
//! what it offers to write instead mends the text.

use hjemmel::{Diagnostic, Edit, Options, Severity, SourceFile, Workspace};
use std::fs;

#[test]
fn each_likely_slip_is_one_error_and_its_fix_mends_it() {
    let mut counted = 0;
    let mut failed = Vec::new();
    for entry in fs::read_dir("tests/cases/syntax").unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if !name.starts_with("slip_") || !name.ends_with(".hjemmel") {
            continue;
        }
        counted += 1;
        let text = fs::read_to_string(&path).unwrap();
        let found = errors(&text);
        let [slip] = found.as_slice() else {
            failed.push(format!("{name}: {} errors", found.len()));
            continue;
        };
        let place = slip.labels[0].span;
        let is_near = |edit: &Edit| edit.span.end + 1 >= place.start && edit.span.start <= place.end + 1;
        if !slip.fixes.iter().any(is_near) {
            failed.push(format!("{name}: no fix at the slip: {:?}", slip.fixes));
            continue;
        }
        let mended = applied(&text, &slip.fixes);
        let left = errors(&mended);
        if let Some(error) = left.first() {
            failed.push(format!("{name}: {} is left in\n{mended}", error.message.en));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    assert!(counted >= 20, "slips are missing");
}

fn errors(text: &str) -> Vec<Diagnostic> {
    let file = SourceFile::new("a.hjemmel", text);
    let mut found = Workspace::new(vec![file], Options::default()).check().findings;
    found.retain(|finding| finding.severity == Severity::Error);
    found
}

/// The text with all edits made, from the last to the first.
fn applied(text: &str, edits: &[Edit]) -> String {
    let mut edits = edits.to_vec();
    edits.sort();
    let mut mended = text.to_owned();
    for edit in edits.iter().rev() {
        mended.replace_range(edit.span.range(), &edit.text);
    }
    mended
}
