//! What changes for citizens between two versions of a whole country, from their texts.

use crate::country;
use hjemmel::{Options, SourceFile, Workspace};
use hjemmel_peers::{Records, timed};
use serde_json::json;

/// What is written otherwise in the later version, once in each municipality: a condition and a grade.
const EDITS: [(&str, &str); 2] = [("ledig-i over 1 år", "ledig-i over 2 år"), ("| kan |", "| skal |")];

pub fn measure(records: &mut Records) {
    let before = country::workload(98, 40, 5, 1);
    let mut after = before.clone();
    for (_, text) in &mut after {
        for (was, is) in EDITS {
            *text = text.replacen(was, is, 1);
        }
    }
    let workspace = |files: &[(String, String)]| {
        let source = |(path, text): &(String, String)| SourceFile::new(path.clone(), text.clone());
        Workspace::new(files.iter().map(source).collect(), Options::default())
    };
    let (was, is) = (workspace(&before), workspace(&after));
    let (time, diff) = timed(|| is.since(&was));
    let places: usize = diff.changes.iter().map(|change| change.places.len()).sum();
    let edited = before.iter().zip(&after).filter(|(was, is)| was != is).count();
    let answer = json!({ "edited": edited, "changes": places, "proven": diff.open.is_empty() });
    records.write("since", "98 x 40", Some(time), answer);
}
