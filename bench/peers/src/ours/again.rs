//! One edit in a thousand rules, checked again by somebody who has checked before. Each edit is one that was not seen yet.

use crate::country;
use hjemmel::{Checker, Options, SourceFile, Workspace};
use hjemmel_peers::{Records, timed};
use serde_json::json;

const ASKED: &str = "ledig-i over 1 år";

pub fn measure(records: &mut Records) {
    let files = country::workload(5, 200, 5, 1);
    let place = files.iter().position(|(_, text)| text.contains(ASKED)).expect("a row asks so");
    let workspace = |months: usize| {
        let mut files = files.clone();
        files[place].1 = files[place].1.replacen(ASKED, &format!("ledig-i over {months} måneder"), 1);
        let sources = files.into_iter().map(|(path, text)| SourceFile::new(path, text)).collect();
        Workspace::new(sources, Options::default())
    };
    let mut checker = Checker::new();
    checker.check(&workspace(12));
    let mut months = 12;
    let (time, checked) = timed(|| {
        months += 1;
        checker.check(&workspace(months))
    });
    let same = checked.findings == workspace(months).check().findings;
    assert!(same, "what is checked again is what is checked cold");
    records.write("recheck", "1000 rules", Some(time), json!({ "findings": checked.findings.len() }));
}
