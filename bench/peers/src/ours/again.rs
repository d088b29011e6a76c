//! One edit in a thousand rules, checked again by somebody who has checked before.

use crate::country;
use crate::text::options;
use hjemmel::{Checker, SourceFile, Workspace};
use hjemmel_peers::{Records, timed};
use serde_json::json;

pub fn measure(records: &mut Records) {
    let files = country::workload(5, 200, 5, 1);
    let [first, second] = ["ledig-i over 1 år", "ledig-i over 3 år"];
    let place = files.iter().position(|(_, text)| text.contains(first)).expect("a row asks so");
    let workspace = |wanted: &str| {
        let mut files = files.clone();
        files[place].1 = files[place].1.replacen(first, wanted, 1);
        let sources = files.into_iter().map(|(path, text)| SourceFile::new(path, text)).collect();
        Workspace::new(sources, options())
    };
    let versions = [workspace(first), workspace(second)];
    let cold = versions.each_ref().map(|version| format!("{:?}", version.check().findings));
    let mut checker = Checker::new();
    let mut edit = 0;
    let (time, same) = timed(|| {
        edit += 1;
        let checked = checker.check(&versions[edit % 2]);
        format!("{:?}", checked.findings) == cold[edit % 2]
    });
    assert!(same, "what is checked again is what is checked cold");
    records.write("recheck", "1000 rules", Some(time), json!({ "same": same }));
}
