//! `policies/findings.md`: each finding of the report with the words it rests on and what a reader judged of it.
//! `HJEMMEL_ACCEPT=1 cargo test findings` adds what is missing with a `?` and takes out what is stale; a judgement
//! follows its finding where only the fingerprint changed.

use super::{findings, pages, words};
use serde_json::Value;
use std::collections::BTreeMap;
use std::{env, fs};

const PAGE: &str = "policies/findings.md";
const HEADING: &str = "| Fingerprint | Check | What | Where, and the words | Judged | Why |";

/// One line: the cells, the last two written by a reader.
struct Line {
    fingerprint: String,
    check: String,
    what: String,
    words: String,
    judged: String,
    why: String,
}

impl Line {
    fn read(row: &[String]) -> Line {
        let cell = |at: usize| row.get(at).cloned().unwrap_or_default();
        Line {
            fingerprint: cell(0).trim_matches('`').to_owned(),
            check: cell(1),
            what: cell(2),
            words: cell(3),
            judged: cell(4),
            why: cell(5),
        }
    }

    fn write(&self) -> String {
        let Line { fingerprint, check, what, words, judged, why } = self;
        format!("| `{fingerprint}` | {check} | {what} | {words} | {judged} | {why} |\n")
    }
}

#[test]
fn every_finding_is_judged() {
    let page = fs::read_to_string(PAGE).unwrap();
    let lines: Vec<Line> = pages::rows(&page, "Fingerprint").iter().map(|row| Line::read(row)).collect();
    let report: Vec<Line> = findings().iter().map(|finding| expected(finding, &lines)).collect();
    if env::var_os("HJEMMEL_ACCEPT").is_some() {
        let (before, _) = page.split_once(HEADING).unwrap();
        let rows: String = report.iter().map(Line::write).collect();
        fs::write(PAGE, format!("{before}{HEADING}\n|---|---|---|---|---|---|\n{rows}")).unwrap();
        return;
    }
    let listed: Vec<String> = lines.iter().map(Line::write).collect();
    let told: Vec<String> = report.iter().map(Line::write).collect();
    let missing: Vec<_> = told.iter().filter(|line| !listed.contains(line)).collect();
    let stale: Vec<_> = listed.iter().filter(|line| !told.contains(line)).collect();
    assert!(
        missing.is_empty() && stale.is_empty(),
        "missing: {missing:#?}, stale: {stale:#?}: HJEMMEL_ACCEPT=1"
    );
    assert_eq!(listed.len(), told.len(), "a finding is listed twice");
    for line in &lines {
        let known = ["true", "arguable"].contains(&line.judged.as_str()) && !line.why.is_empty();
        assert!(known, "not judged yet: {}", line.write());
        let is_error = line.what.starts_with("error");
        assert!(line.judged != "arguable" || !is_error, "an arguable finding is no error: {}", line.write());
    }
    assert_eq!(pages::too_long(&page), Vec::<&str>::new(), "quotations of more than twelve words");
}

/// Characters of a Danish standard page.
const STANDARD_PAGE: usize = 2400;

/// Findings that a reader still takes in on one page.
const MOST_ON_A_PAGE: usize = 20;

#[test]
fn no_page_is_full_of_findings() {
    let page = fs::read_to_string("policies/README.md").unwrap();
    let (mut by_file, mut by_section) = (BTreeMap::<String, usize>::new(), BTreeMap::<String, usize>::new());
    for finding in findings() {
        let label = &finding["labels"][0];
        let file = label["file"].as_str().unwrap().to_owned();
        let line = label["start"]["line"].as_u64().unwrap() as usize;
        *by_section.entry(heading(&file, line)).or_default() += 1;
        *by_file.entry(file.trim_start_matches("policies/").to_owned()).or_default() += 1;
    }
    let full: Vec<_> = by_section.iter().filter(|(_, number)| **number > MOST_ON_A_PAGE).collect();
    assert!(full.is_empty(), "sections with more findings than a page can hold: {full:#?}");
    let lengths = pages::rows(&page, "Length of");
    assert_eq!(lengths.len(), 5, "the documents");
    for row in lengths {
        let (file, characters) = (row[0].trim_matches('`'), row[1].parse::<usize>().unwrap());
        let (found, most) = (by_file[file], MOST_ON_A_PAGE * characters / STANDARD_PAGE);
        assert!(found <= most, "{file}: {found} findings, {most} would be as many as its pages can hold");
    }
}

/// The line of a finding, with the judgement it already has.
fn expected(finding: &Value, lines: &[Line]) -> Line {
    let text = |key: &str| finding[key].as_str().unwrap_or_default().to_owned();
    let (fingerprint, check, what) = (text("fingerprint"), text("check"), what(finding));
    let known = lines
        .iter()
        .find(|line| line.fingerprint == fingerprint)
        .or_else(|| lines.iter().find(|line| line.check == check && line.what == what));
    let (judged, why) =
        known.map_or(("?".to_owned(), String::new()), |line| (line.judged.clone(), line.why.clone()));
    Line { fingerprint, check, what, words: sides(finding), judged, why }
}

/// Severity, module, support and rules, those of other modules first; without rules the facts of its first box.
fn what(finding: &Value) -> String {
    let mut parts = vec![finding["severity"].as_str().unwrap_or_default().to_owned()];
    parts.extend(["module", "support"].iter().filter_map(|key| finding[key].as_str()).map(str::to_owned));
    let own = format!("{}.", finding["module"].as_str().unwrap_or("?"));
    let (theirs, others): (Vec<&str>, Vec<&str>) =
        words(&finding["rules"]).into_iter().partition(|rule| rule.starts_with(&own));
    let rules = [others, theirs].concat();
    // an offer or a guarantee is no rule, but it has a name
    let message = finding["message"]["da"].as_str().unwrap_or_default();
    let named =
        pages::names(message).into_iter().find(|name| name.starts_with(&own) && !rules.contains(name));
    parts.extend(named.map(str::to_owned));
    let more = if rules.len() > 4 { format!(" and {} more", rules.len() - 4) } else { String::new() };
    if !rules.is_empty() {
        parts.push(format!("{}{more}", rules[..rules.len().min(4)].join(", ")));
    }
    if BY_BOX.contains(&finding["check"].as_str().unwrap_or_default()) {
        parts.push(first_box(finding));
    }
    parts.join(": ")
}

/// Checks that tell one finding for each box of their region.
const BY_BOX: [&str; 2] = ["gap", "unserved-right"];

fn first_box(finding: &Value) -> String {
    let conditions = finding["region"][0].as_array().into_iter().flatten();
    let short = conditions.filter(|condition| words(&condition["values"]).len() <= 5);
    let told = short.map(|condition| {
        let op = condition["op"].as_str().unwrap_or_default();
        let values = words(&condition["values"]).join(", ");
        format!("{} {op} {values}", condition["fact"].as_str().unwrap_or_default())
    });
    told.collect::<Vec<_>>().join("; ")
}

/// Where each label stands, and the words the README quotes for the rules named.
fn sides(finding: &Value) -> String {
    let page = fs::read_to_string("policies/README.md").unwrap();
    let mut quoted: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in pages::rows(&page, "Row") {
        for rule in pages::names(&row[1]) {
            let quotes = pages::quotes(&row[2]).into_iter().map(|quote| format!("»{quote}«"));
            quoted.entry(rule.to_owned()).or_default().extend(quotes);
        }
    }
    let mut sides: Vec<String> = Vec::new();
    for label in finding["labels"].as_array().unwrap() {
        let file = label["file"].as_str().unwrap();
        let line = label["start"]["line"].as_u64().unwrap_or_default() as usize;
        let side = heading(file, line);
        if !sides.contains(&side) && sides.len() < 3 {
            sides.push(side);
        }
    }
    let mut words_of: Vec<String> = Vec::new();
    for rule in words(&finding["rules"]) {
        for quote in quoted.get(rule).into_iter().flatten() {
            if !words_of.contains(quote) && words_of.len() < 3 {
                words_of.push(quote.clone());
            }
        }
    }
    [sides.join("; "), words_of.join(" / ")].join(" ").trim().to_owned()
}

/// The heading above a line, and its file.
fn heading(file: &str, line: usize) -> String {
    let text = fs::read_to_string(file).unwrap();
    let above = text.lines().take(line).filter(|line| line.starts_with('#')).last();
    let name = file.rsplit('/').next().unwrap_or_default().split('.').next().unwrap_or_default();
    let heading = above.map(|heading| heading.trim_start_matches('#').trim()).unwrap_or_default();
    format!("{name}, {heading}")
}
