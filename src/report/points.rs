//! A report as a list of points that pass or do not, for the formats in which tests are told: one point for each
//! finding, one for each file in which nothing was found, one for each open question.

use super::Report;
use super::facts::{about, accepted_at, fact_lines, place_lines, why_accepted};
use super::words::one_line;
use crate::ground::{Diagnostic, Lang, Severity, text};
use std::collections::{BTreeMap, BTreeSet};

/// What became of a point.
#[derive(Debug)]
pub(super) enum State {
    /// nothing was found, or nothing grave enough to fail the run
    Passed,
    /// a finding that fails the run
    Failed,
    /// a finding that the policies accept, and why
    Accepted(String),
    /// a question without a full answer
    Open,
}

/// One point.
#[derive(Debug)]
pub(super) struct Point<'r> {
    /// the check, where there is one
    pub(super) check: Option<&'r str>,
    pub(super) severity: Option<Severity>,
    /// no two points of a group have the same
    pub(super) name: String,
    pub(super) state: State,
    /// file, line and column
    pub(super) place: Option<(&'r str, usize, usize)>,
    /// what there is to tell, one line each
    pub(super) lines: Vec<String>,
}

/// The points of one file, or those of no file.
#[derive(Debug)]
pub(super) struct Group<'r> {
    pub(super) name: String,
    pub(super) points: Vec<Point<'r>>,
}

/// The points of a report, by file; what has no place comes last.
pub(super) fn groups<'r>(report: &'r Report<'_>, lang: Lang) -> Vec<Group<'r>> {
    let mut by_file: BTreeMap<Option<&str>, Vec<Point<'r>>> = BTreeMap::new();
    for finding in &report.findings {
        let fails = report.fails_from.is_some_and(|least| finding.severity >= least);
        let state = if fails { State::Failed } else { State::Passed };
        let point = point(finding, report, state, lang);
        by_file.entry(point.place.map(|(file, ..)| file)).or_default().push(point);
    }
    for accepted in &report.accepted {
        let state = State::Accepted(why_accepted(accepted, lang));
        let mut point = point(&accepted.finding, report, state, lang);
        let at = accepted_at(accepted, report.sources);
        point.lines.push(text!(en: "accepted: {at}", da: "accepteret: {at}").get(lang).to_owned());
        by_file.entry(point.place.map(|(file, ..)| file)).or_default().push(point);
    }
    for (_, file) in report.sources.iter().filter(|(_, file)| report.is_asked(&file.name)) {
        by_file.entry(Some(file.name.as_str())).or_insert_with(|| vec![clean(lang)]);
    }
    let open = report.open.iter().map(|open| Point {
        check: None,
        severity: None,
        name: one_line(open.message().get(lang)),
        state: State::Open,
        place: None,
        lines: vec![one_line(open.reason.in_words().get(lang))],
    });
    let mut nowhere = by_file.remove(&None).unwrap_or_default();
    nowhere.extend(open);
    let mut groups: Vec<Group<'r>> = Vec::new();
    for (file, points) in by_file {
        groups.push(Group { name: one_line(file.unwrap_or_default()), points: told_apart(points) });
    }
    if !nowhere.is_empty() {
        let name = report.folder.clone().unwrap_or_else(|| env!("CARGO_PKG_NAME").to_owned());
        groups.push(Group { name: one_line(&name), points: told_apart(nowhere) });
    }
    groups
}

fn point<'r>(finding: &'r Diagnostic, report: &'r Report<'_>, state: State, lang: Lang) -> Point<'r> {
    let place = finding.labels.first().map(|label| {
        let file = report.sources.file(label.span.file);
        let at = file.position(label.span.start);
        (file.name.as_str(), at.line, at.column)
    });
    let word = finding.severity.in_words();
    let first = format!("{}[{}] {}", word.get(lang), finding.check, about(finding));
    let mut lines = vec![first.trim_end().to_owned()];
    lines.extend(place_lines(finding, report.sources, lang));
    lines.extend(fact_lines(finding, lang));
    let name = one_line(finding.message.get(lang));
    Point { check: Some(finding.check), severity: Some(finding.severity), name, state, place, lines }
}

/// A file in which nothing was found.
fn clean(lang: Lang) -> Point<'static> {
    Point {
        check: None,
        severity: None,
        name: text!(en: "nothing found", da: "ingen fund").get(lang).to_owned(),
        state: State::Passed,
        place: None,
        lines: Vec::new(),
    }
}

/// Gives points of one name a number, since readers know a test by its name.
fn told_apart(mut points: Vec<Point<'_>>) -> Vec<Point<'_>> {
    let mut seen = BTreeSet::new();
    for point in &mut points {
        let (name, mut number) = (point.name.clone(), 1);
        while !seen.insert((point.check, point.name.clone())) {
            number += 1;
            point.name = format!("{name} ({number})");
        }
    }
    points
}
