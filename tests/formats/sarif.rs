//! SARIF against the schema of OASIS, and what a schema cannot say: columns that count what the file says they count,
//! references that lead somewhere, fixes that mend.

use super::{both, every_kind_of_run, report, texts, workspace_of, written};
use hjemmel::report::Report;
use hjemmel::{Diagnostic, FileId, Lang, Options, Severity, Span};
use serde_json::Value;
use std::fs;

/// All texts in a JSON document, one a line.
pub(super) fn strings(page: &str) -> String {
    fn walk(value: &Value, told: &mut String) {
        match value {
            Value::String(text) => {
                told.push_str(text);
                told.push('\n');
            }
            Value::Array(items) => items.iter().for_each(|item| walk(item, told)),
            Value::Object(fields) => fields.values().for_each(|field| walk(field, told)),
            _ => {}
        }
    }
    let mut told = String::new();
    walk(&serde_json::from_str(page).unwrap(), &mut told);
    told
}

/// The page without what changes with every check there is.
pub(super) fn without_rules(page: &str) -> String {
    let mut lines = Vec::new();
    let mut end: Option<String> = None;
    for line in page.lines() {
        let indent = line.len() - line.trim_start().len();
        match &end {
            Some(wanted) if line == wanted => end = None,
            Some(_) => {}
            None if line.ends_with("\"rules\": [") => {
                lines.push(format!("{line} … ],"));
                end = Some(format!("{}],", &line[..indent]));
            }
            None if line.contains("\"ruleIndex\":") => {
                lines.push(format!("{}\"ruleIndex\": …,", &line[..indent]))
            }
            None => lines.push(line.to_owned()),
        }
    }
    lines.join("\n") + "\n"
}

fn broken(page: &str) -> Vec<String> {
    let schema = fs::read_to_string("tests/formats/sarif-2.1.0.schema.json").unwrap();
    // a bracket too many, mended in the errata of the specification: a strict reader of patterns refuses it
    let slip = "^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$";
    assert!(schema.contains(slip));
    let schema = serde_json::from_str(&schema.replace(slip, "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$")).unwrap();
    let schema = jsonschema::draft7::options().should_validate_formats(true).build(&schema).unwrap();
    let page = serde_json::from_str(page).unwrap();
    schema.iter_errors(&page).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn it_keeps_the_schema() {
    every_kind_of_run(|kind, reports| {
        for lang in [Lang::Da, Lang::En] {
            let page = written("sarif", reports, lang);
            assert_eq!(broken(&page), Vec::<String>::new(), "{kind}");
            let wrong = page.replace("\"utf16CodeUnits\"", "\"bytes\"");
            assert_ne!(broken(&wrong), Vec::<String>::new(), "the schema is heard");
        }
    });
}

#[test]
fn a_baseline_tells_new_results_from_known_ones() {
    let states = |report: Report<'_>| -> Vec<String> {
        let log: Value = serde_json::from_str(&written("sarif", &[report], Lang::Da)).unwrap();
        let results = log["runs"][0]["results"].as_array().unwrap().clone();
        results.iter().filter_map(|result| result["baselineState"].as_str().map(str::to_owned)).collect()
    };
    let workspace = workspace_of(texts(), Options::default());
    let (plain, halved) = (report(&workspace), super::against_half(&workspace));
    let all = plain.findings.len() + plain.accepted.len();
    let old = halved.compared.as_ref().map_or(0, |compared| compared.old.len()) + halved.accepted.len();
    assert_eq!(states(plain), Vec::<String>::new());
    let states = states(halved);
    assert_eq!(states.len(), all, "all of them say so, or none");
    assert_eq!(states.iter().filter(|state| *state == "unchanged").count(), old);
    assert!(old > 0 && states.contains(&"new".to_owned()));
}

#[test]
fn what_it_points_to_is_there() {
    every_kind_of_run(|kind, reports| {
        let log: Value = serde_json::from_str(&written("sarif", reports, Lang::Da)).unwrap();
        let runs = log["runs"].as_array().unwrap();
        assert_eq!(runs.len(), reports.len());
        for (run, report) in runs.iter().zip(reports) {
            let ids = |component: &Value| -> Vec<String> {
                let rules = component["rules"].as_array().unwrap();
                rules.iter().map(|rule| rule["id"].as_str().unwrap().to_owned()).collect()
            };
            let (driver, translation) = (ids(&run["tool"]["driver"]), ids(&run["translations"][0]));
            assert_eq!(driver, translation, "each rule is there in both languages");
            let invocation = &run["invocations"][0];
            assert_eq!(invocation["executionSuccessful"], report.proven, "{kind}");
            let told = invocation["toolExecutionNotifications"].as_array().unwrap();
            assert_eq!(told.len(), report.open.len());
            for notification in told {
                let at = notification["descriptor"]["index"].as_u64().unwrap() as usize;
                let rule = &run["tool"]["driver"]["notifications"][at];
                assert_eq!(rule["id"], notification["descriptor"]["id"]);
            }
            let results = run["results"].as_array().unwrap();
            let known = report.compared.as_ref().map_or(0, |compared| compared.old.len());
            assert_eq!(results.len(), report.findings.len() + known + report.accepted.len());
            for result in results {
                let at = result["ruleIndex"].as_u64().unwrap() as usize;
                assert_eq!(driver[at], result["ruleId"].as_str().unwrap());
                for place in result["locations"].as_array().unwrap() {
                    let place = &place["physicalLocation"]["artifactLocation"];
                    let at = place["index"].as_u64().unwrap() as usize;
                    assert_eq!(run["artifacts"][at]["location"]["uri"], place["uri"]);
                }
            }
            let suppressed =
                results.iter().filter(|result| result["suppressions"] != Value::Array(Vec::new()));
            assert_eq!(suppressed.count(), report.accepted.len(), "{kind}");
        }
        let mut ids: Vec<&str> =
            runs.iter().filter_map(|run| run["automationDetails"]["id"].as_str()).collect();
        ids.dedup();
        assert!(runs.len() == 1 || ids.len() == runs.len(), "no run takes another one's place");
    });
}

/// A path as a URI says it.
fn path_of(uri: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = uri.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let hex: Vec<u8> = rest.by_ref().take(2).collect();
            bytes.push(u8::from_str_radix(std::str::from_utf8(&hex).unwrap(), 16).unwrap());
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// The byte a line and a UTF-16 column stand for.
fn byte_of(text: &str, region: &Value, which: &str) -> usize {
    let number = |name: &str| region[format!("{which}{name}")].as_u64().unwrap() as usize;
    let (line, column) = (number("Line"), number("Column"));
    let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let (mut units, mut at) = (1, start);
    for character in text[start..].chars() {
        if units >= column {
            break;
        }
        units += character.len_utf16();
        at += character.len_utf8();
    }
    assert_eq!(units, column, "a column in the middle of a character");
    at
}

#[test]
fn columns_count_utf16_units() {
    let workspace = workspace_of(texts(), Options::default());
    let log: Value = serde_json::from_str(&written("sarif", &[report(&workspace)], Lang::Da)).unwrap();
    assert_eq!(log["runs"][0]["columnKind"], "utf16CodeUnits");
    let texts = texts();
    let mut compared = 0;
    let mut beyond = 0;
    for result in log["runs"][0]["results"].as_array().unwrap() {
        let none = Vec::new();
        let related = result["relatedLocations"].as_array().unwrap_or(&none);
        for place in result["locations"].as_array().unwrap().iter().chain(related) {
            let place = &place["physicalLocation"];
            let name = path_of(place["artifactLocation"]["uri"].as_str().unwrap());
            let (_, text) = texts.iter().find(|(file, _)| *file == name).unwrap();
            let region = &place["region"];
            let (start, end) = (byte_of(text, region, "start"), byte_of(text, region, "end"));
            assert_eq!(&text[start..end], region["snippet"]["text"].as_str().unwrap());
            compared += 1;
            let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
            beyond += usize::from(text[line..start].contains('🐟'));
        }
    }
    assert!(compared >= 8 && beyond >= 1, "{compared} places, {beyond} behind a letter of two units");
}

#[test]
fn a_byte_order_mark_is_no_column() {
    let text = "\u{feff}støtte bil \"Bil\"\n".to_owned();
    let at = text.find("bil").unwrap();
    let workspace = workspace_of(vec![("a.hjemmel".to_owned(), text)], Options::default());
    let mut checked = workspace.check();
    let span = Span::new(FileId(0), at, at + 3);
    checked.findings = vec![Diagnostic::new("unused", Severity::Note, both("x")).label(span, both("x"))];
    let page = written("sarif", &[Report::new(&workspace, checked)], Lang::Da);
    let log: Value = serde_json::from_str(&page).unwrap();
    let region = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
    assert_eq!((region["startLine"].as_u64(), region["startColumn"].as_u64()), (Some(1), Some(8)), "{log}");
}

#[test]
fn a_fix_mends_what_it_is_for() {
    let before = workspace_of(texts(), Options::default());
    let log: Value = serde_json::from_str(&written("sarif", &[report(&before)], Lang::Da)).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let mended: Vec<&Value> = results.iter().filter(|result| result["fixes"].is_array()).collect();
    assert_eq!(mended.len(), 1, "the case has one finding with a sure fix");
    let mut texts = texts();
    for change in mended[0]["fixes"][0]["artifactChanges"].as_array().unwrap() {
        let name = path_of(change["artifactLocation"]["uri"].as_str().unwrap());
        let (_, text) = texts.iter_mut().find(|(file, _)| *file == name).unwrap();
        for replacement in change["replacements"].as_array().unwrap().iter().rev() {
            let region = &replacement["deletedRegion"];
            let (start, end) = (byte_of(text, region, "start"), byte_of(text, region, "end"));
            text.replace_range(start..end, replacement["insertedContent"]["text"].as_str().unwrap());
        }
    }
    let after = workspace_of(texts, Options::default());
    let print = |workspace| -> Vec<String> {
        report(workspace).findings.iter().map(|finding| finding.fingerprint()).collect()
    };
    let (before, after) = (print(&before), print(&after));
    let gone: Vec<&String> = before.iter().filter(|one| !after.contains(one)).collect();
    let wanted = mended[0]["partialFingerprints"]["hjemmelFinding/v1"].as_str().unwrap();
    assert_eq!(gone, [wanted]);
}
