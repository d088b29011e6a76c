//! Code quality reports against what GitLab documents of them.

use super::{every_kind_of_run, written};
use hjemmel::Lang;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;

#[test]
fn it_is_what_gitlab_documents() {
    let schema = fs::read_to_string("tests/formats/gitlab.schema.json").unwrap();
    let schema = jsonschema::draft202012::new(&serde_json::from_str(&schema).unwrap()).unwrap();
    every_kind_of_run(|kind, reports| {
        for lang in [Lang::Da, Lang::En] {
            let page: Value = serde_json::from_str(&written("gitlab", reports, lang)).unwrap();
            let broken: Vec<String> = schema
                .iter_errors(&page)
                .map(|error| format!("{}: {error}", error.instance_path()))
                .collect();
            assert_eq!(broken, Vec::<String>::new(), "{kind}");
            let entries = page.as_array().unwrap();
            let all = |report: &hjemmel::report::Report<'_>| {
                report.findings.len() + report.accepted.len() + report.open.len()
            };
            assert_eq!(entries.len(), reports.iter().map(all).sum::<usize>());
            // GitLab drops an entry whose fingerprint another one has
            let names: BTreeSet<&str> =
                entries.iter().map(|entry| entry["fingerprint"].as_str().unwrap()).collect();
            assert_eq!(names.len(), entries.len(), "{kind}");
        }
    });
}

#[test]
fn one_fingerprint_in_both_languages() {
    every_kind_of_run(|_, reports| {
        let names = |lang| -> Vec<String> {
            let page: Value = serde_json::from_str(&written("gitlab", reports, lang)).unwrap();
            let name = |entry: &Value| entry["fingerprint"].as_str().unwrap().to_owned();
            page.as_array().unwrap().iter().map(name).collect()
        };
        assert_eq!(names(Lang::Da), names(Lang::En));
    });
}
