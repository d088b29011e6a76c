//! A code quality report for GitLab: one entry for each finding, at its first place. The fingerprint stays when texts
//! move, so that a merge request shows what came and what went. GitLab knows no acceptance and no open question: what is
//! accepted is an entry worth knowing, what is not proven a blocking one.

use super::facts::{about, fact_lines, place_lines, why_accepted};
use super::identity::Identities;
use super::words::one_line;
use super::{Format, Look, Report};
use crate::ground::{Diagnostic, Severity, Span, text};
use serde::Serialize;

pub(super) const FORMAT: Format = Format { name: "gitlab", render, shows_fixes: false };

fn render(reports: &[Report<'_>], look: Look) -> String {
    let mut names = Identities::default();
    let mut entries = Vec::new();
    for report in reports {
        for finding in &report.findings {
            let severity = match finding.severity {
                Severity::Error => "critical",
                Severity::Warning => "major",
                Severity::Note => "info",
            };
            let fingerprint = names.next(report, finding);
            entries.push(entry(report, finding, told(report, finding, look), fingerprint, severity));
        }
        for accepted in &report.accepted {
            let (finding, why) = (&accepted.finding, why_accepted(accepted, look.lang));
            let told = told(report, finding, look);
            let told = text!(en: "accepted, because {why} · {told}", da: "accepteret, fordi {why} · {told}");
            let fingerprint = format!("{}:accepted", names.next(report, finding));
            entries.push(entry(report, finding, told.get(look.lang).to_owned(), fingerprint, "info"));
        }
        for open in &report.open {
            let message = open.message();
            let told = one_line(message.get(look.lang));
            let told = text!(en: "not proven: {told}", da: "ikke bevist: {told}");
            let folder = report.folder.as_deref().unwrap_or_default();
            entries.push(Entry {
                description: told.get(look.lang).to_owned(),
                check_name: "not-proven",
                fingerprint: names.once(format!("{folder}:not-proven:{}", message.en)),
                severity: "blocker",
                location: location(report, Span::default()),
            });
        }
    }
    let mut page = serde_json::to_string_pretty(&entries).unwrap_or_default();
    page.push('\n');
    page
}

/// GitLab shows one line of plain text.
fn told(report: &Report<'_>, finding: &Diagnostic, look: Look) -> String {
    let about = about(finding);
    let message = one_line(finding.message.get(look.lang));
    let mut told = vec![if about.is_empty() { message } else { format!("{about}: {message}") }];
    // the first place is the entry's own
    told.extend(place_lines(finding, report.sources, look.lang).into_iter().skip(1));
    told.extend(fact_lines(finding, look.lang));
    told.join(" · ")
}

#[derive(Serialize)]
struct Entry<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

fn entry<'a>(
    report: &'a Report<'_>,
    finding: &'a Diagnostic,
    description: String,
    fingerprint: String,
    severity: &'static str,
) -> Entry<'a> {
    let location = location(report, finding.told_at());
    Entry { description, check_name: finding.check, fingerprint, severity, location }
}

/// An entry must stand somewhere: what has no place stands at the beginning of the first file.
fn location<'a>(report: &'a Report<'_>, span: Span) -> Location<'a> {
    if report.sources.iter().next().is_none() {
        return Location { path: ".", lines: Lines { begin: 1, end: 1 } };
    }
    let file = report.sources.file(span.file);
    let (begin, end) = (file.position(span.start).line, file.position(span.end).line);
    Location { path: &file.name, lines: Lines { begin, end } }
}
