//! `policies/README.md`: each row of the working list has its rule, each fault of a document its finding, and the
//! tables there are what is tested.

use super::{check, findings, pages, words};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const PAGE: &str = "policies/README.md";

/// The rules and offers of the model.
fn rules() -> BTreeSet<String> {
    let output = check("policies", &["--show", "model"]);
    let model = String::from_utf8(output.stdout).unwrap();
    let named = |line: &str| {
        let rest = line.strip_prefix("rule ").or_else(|| line.strip_prefix("offer "))?;
        Some(rest.split([' ', ':']).next()?.to_owned())
    };
    model.lines().filter_map(named).collect()
}

#[test]
fn every_row_has_its_rule_and_every_rule_its_row() {
    let page = fs::read_to_string(PAGE).unwrap();
    let rules = rules();
    let listed: BTreeSet<String> = [pages::rows(&page, "Row"), pages::rows(&page, "Rule")]
        .concat()
        .iter()
        .flat_map(|row| row[..row.len().min(2)].iter().flat_map(|cell| pages::names(cell)))
        .map(str::to_owned)
        .collect();
    let unknown: Vec<_> = listed.difference(&rules).collect();
    let unlisted: Vec<_> = rules.difference(&listed).collect();
    assert!(unknown.is_empty(), "{PAGE} names rules that are not there: {unknown:#?}");
    assert!(unlisted.is_empty(), "{PAGE} says nothing of: {unlisted:#?}");
}

#[test]
fn the_rows_are_whole_and_few_lack_a_rule() {
    let page = fs::read_to_string(PAGE).unwrap();
    let rows = pages::rows(&page, "Row");
    let mut numbers: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for row in &rows {
        let id = &row[0];
        let letters: String = id.chars().take_while(|letter| letter.is_alphabetic()).collect();
        if let Ok(number) = id[letters.len()..].parse() {
            assert!(numbers.entry(letters).or_default().insert(number), "{id} stands twice");
        }
    }
    for (letters, numbers) in &numbers {
        assert!(numbers.iter().copied().eq(1..=numbers.len()), "rows {letters} have holes: {numbers:?}");
    }
    let without = |row: &&Vec<String>| pages::names(&row[1]).is_empty();
    let lacking: Vec<_> = rows.iter().filter(without).collect();
    assert!(lacking.iter().all(|row| row[2].len() > 10), "a row without a rule says why: {lacking:?}");
    assert!(lacking.len() * 10 <= rows.len(), "{} of {} rows have no rule", lacking.len(), rows.len());
    assert_eq!(pages::too_long(&page), Vec::<&str>::new(), "quotations of more than twelve words");
}

#[test]
fn every_known_fault_has_its_finding() {
    let page = fs::read_to_string(PAGE).unwrap();
    let findings = findings();
    let rows = pages::rows(&page, "Fault");
    assert!(rows.len() >= 50, "faults are missing");
    let mut missing = Vec::new();
    for row in &rows {
        let keys: Vec<Vec<&str>> =
            row[1].split(';').map(pages::names).filter(|key| !key.is_empty()).collect();
        assert!(!keys.is_empty() || row[2].len() > 10, "{}: no finding and no reason", row[0]);
        for key in keys {
            if !findings.iter().any(|finding| key.iter().all(|word| tells(finding, word))) {
                missing.push(format!("{}: {key:?}", row[0]));
            }
        }
    }
    assert!(missing.is_empty(), "{PAGE} promises findings that are not told: {missing:#?}");
}

/// The trial's text has no period, so it applies nowhere and nothing more is told of it. With one, it is told what
/// Aalborg's own text keeps of the rule the trial lifts, and that the trial says whom it exempts twice.
#[test]
fn a_trial_with_a_period_is_without_effect_in_aalborg() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("dated-trial");
    let _ = fs::remove_dir_all(&folder);
    for (path, mut text) in pages::texts(Path::new("policies")) {
        text = text.replace(
            "gælder i Jammerbugt, Aalborg",
            "gælder i Jammerbugt, Aalborg gyldig fra 2017-06-08 til 2021-12-31",
        );
        let copy = folder.join(path);
        fs::create_dir_all(copy.parent().unwrap()).unwrap();
        fs::write(copy, text).unwrap();
    }
    let output = check(folder.join("policies").to_str().unwrap(), &["--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = report["findings"].as_array().unwrap();
    let told = |word: &str| findings.iter().any(|finding| finding["check"] == word);
    assert!(told("trial-without-effect"));
    let twice = |finding: &&Value| words(&finding["rules"]).contains(&"Lempede-mentorregler.t3");
    assert!(findings.iter().filter(twice).any(|finding| finding["check"] == "duplicate-rule"));
    assert!(
        !findings
            .iter()
            .any(|finding| finding["check"] == "undated" && finding["module"] == "Lempede-mentorregler")
    );
}

/// Whether a word of a key is the finding's check, module or support, a rule it names, a `fact=value` of its
/// witness or of a box of its region, or stands in its message.
fn tells(finding: &Value, word: &str) -> bool {
    if let Some((fact, value)) = word.split_once('=') {
        let says = |condition: &Value| {
            condition["fact"] == fact
                && condition["op"] == "is"
                && words(&condition["values"]).contains(&value)
        };
        let boxes = finding["region"].as_array().into_iter().flatten();
        let in_a_box = boxes.flat_map(|conditions| conditions.as_array().into_iter().flatten()).any(says);
        return in_a_box || finding["witness"][fact] == *value;
    }
    ["check", "module", "support"].iter().any(|key| finding[key] == *word)
        || words(&finding["rules"]).contains(&word)
        || finding["message"]["da"].as_str().unwrap_or_default().contains(&format!("`{word}`"))
}
