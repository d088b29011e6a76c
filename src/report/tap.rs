//! TAP, the test anything protocol, version 14: a point for each finding, with what there is to tell as YAML below it.
//! What fails the run is `not ok`, and so is what is not proven; what the policies accept is skipped.

use super::points::{Point, State, groups};
use super::{Format, Look, Report};
use crate::ground::text;
use std::fmt::Write;

pub(super) const FORMAT: Format = Format { name: "tap", render, shows_fixes: false };

fn render(reports: &[Report<'_>], look: Look) -> String {
    let groups: Vec<_> = reports.iter().flat_map(|report| groups(report, look.lang)).collect();
    let all: usize = groups.iter().map(|group| group.points.len()).sum();
    let mut page = format!("TAP version 14\n1..{all}\n");
    let mut number = 0;
    for group in &groups {
        for point in &group.points {
            number += 1;
            let is_ok = if matches!(point.state, State::Failed | State::Open) { "not ok" } else { "ok" };
            let name = match (point.check, &point.state) {
                (Some(check), _) => format!("{}: {check}: {}", group.name, point.name),
                (None, State::Open) => {
                    let open = text!(en: "not proven", da: "ikke bevist");
                    format!("{}: {}: {}", group.name, open.get(look.lang), point.name)
                }
                (None, _) => format!("{}: {}", group.name, point.name),
            };
            let _ = write!(page, "{is_ok} {number} - {}", escaped(&name));
            if let State::Accepted(why) = &point.state {
                let _ = write!(page, " # SKIP {}", escaped(why));
            }
            page.push('\n');
            details(&mut page, point);
        }
    }
    page
}

/// What a number sign begins is a directive, unless a backslash stands before it.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('#', "\\#")
}

/// The YAML below a point. JSON's strings are YAML's.
fn details(page: &mut String, point: &Point<'_>) {
    let quoted = |text: &str| serde_json::to_string(text).unwrap_or_default();
    if point.lines.is_empty() {
        return;
    }
    page.push_str("  ---\n");
    if let Some((check, severity)) = point.check.zip(point.severity) {
        let _ = writeln!(page, "  check: {}\n  severity: {}", quoted(check), severity.name());
    }
    let _ = writeln!(page, "  message: {}", quoted(&point.name));
    if let Some((file, line, column)) = point.place {
        let file = quoted(file);
        let _ = writeln!(page, "  at:\n    file: {file}\n    line: {line}\n    column: {column}");
    }
    page.push_str("  details:\n");
    for line in &point.lines {
        let _ = writeln!(page, "    - {}", quoted(line));
    }
    page.push_str("  ...\n");
}
