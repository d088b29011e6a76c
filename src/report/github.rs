//! Annotations for GitHub Actions: workflow commands, which GitHub shows at the lines of a change. A step shows ten of
//! each kind and drops the rest without a word, so the gravest come first, at most ten of a kind are commands, and
//! every other finding stands as a line of the log; what belongs in the job summary is `markdown`.

use super::facts::{about, fact_lines, place, place_lines, why_accepted, worst_first};
use super::summary::{known_all_the_same, known_of_law, meaning_of_unproven, sum};
use super::words::one_line;
use super::{Format, Look, Report};
use crate::ground::{Diagnostic, Severity, text};
use std::fmt::Write;

pub(super) const FORMAT: Format = Format { name: "github", render, shows_fixes: false };

/// How many annotations of one kind a step shows.
const SHOWN: usize = 10;

/// How many of the errors may be open questions, so that findings have room too.
const OPEN_SHOWN: usize = 3;

fn render(reports: &[Report<'_>], look: Look) -> String {
    let lang = look.lang;
    let mut page = String::new();
    let mut log = Vec::new();
    let mut errors = 0;
    // what is not proven ends the run: it must be among what is shown
    for open in reports.iter().flat_map(|report| &report.open) {
        let message = one_line(open.message().get(lang));
        let title = text!(en: "not proven", da: "ikke bevist");
        if errors < OPEN_SHOWN {
            errors += 1;
            let title = property(title.get(lang));
            let _ = writeln!(page, "::error title={title}::{}", data(&message));
        } else {
            log.push(format!("{}: {message}", title.get(lang)));
        }
    }
    let mut shown = [(Severity::Error, errors), (Severity::Warning, 0), (Severity::Note, 0)];
    let mut dropped = 0;
    for (report, finding) in worst_first(reports) {
        let Some((_, number)) = shown.iter_mut().find(|(of, _)| *of == finding.severity) else { continue };
        if *number < SHOWN {
            *number += 1;
            page.push_str(&annotation(report, finding, look));
        } else {
            dropped += 1;
            log.push(line(report, finding, look));
        }
    }
    for report in reports {
        for accepted in &report.accepted {
            let (line, why) = (line(report, &accepted.finding, look), why_accepted(accepted, lang));
            let accepted =
                text!(en: "accepted, because {why}: {line}", da: "accepteret, fordi {why}: {line}");
            log.push(accepted.get(lang).to_owned());
        }
        for (check, about) in known_of_law(report) {
            log.push(format!("{}: {check} {about}", known_all_the_same().get(lang)));
        }
    }
    if !log.is_empty() {
        let more = text!(en: "not among the annotations", da: "ikke blandt anmærkningerne");
        let _ = writeln!(page, "::group::{}", data(more.get(lang)));
        for line in log {
            let _ = writeln!(page, "{}", plain(&line));
        }
        page.push_str("::endgroup::\n");
    }
    let _ = writeln!(page, "{}", plain(sum(reports).get(lang)));
    if dropped > 0 {
        let told = text!(
            en: "{dropped} of them are not annotated, because GitHub shows {SHOWN} of each kind in a step; they stand \
                 above, and `--output markdown=$GITHUB_STEP_SUMMARY` writes them to the job summary, the gravest first",
            da: "{dropped} af dem er uden anmærkning, fordi GitHub viser {SHOWN} af hver slags i et trin; de står \
                 ovenfor, og `--output markdown=$GITHUB_STEP_SUMMARY` skriver dem i jobbets opsummering, de værste først"
        );
        let _ = writeln!(page, "{}", plain(told.get(lang)));
    }
    for report in reports.iter().filter(|report| !report.proven) {
        let _ = writeln!(page, "{}", plain(meaning_of_unproven(report).get(lang)));
    }
    page
}

fn annotation(report: &Report<'_>, finding: &Diagnostic, look: Look) -> String {
    let kind = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut properties = Vec::new();
    if let Some(label) = finding.labels.first() {
        let file = report.sources.file(label.span.file);
        let (start, end) = (file.position(label.span.start), file.position(label.span.end));
        properties.push(format!("file={}", property(&file.name)));
        properties.push(format!("line={}", start.line));
        // columns are shown only within one line
        if start.line == end.line {
            properties.push(format!("col={}", start.column));
            properties.push(format!("endColumn={}", end.column));
        } else {
            properties.push(format!("endLine={}", end.line));
        }
    }
    let title = format!("{}: {}", finding.check, about(finding));
    properties.push(format!("title={}", property(title.trim_end_matches(": "))));
    let mut lines = vec![one_line(finding.message.get(look.lang))];
    lines.extend(place_lines(finding, report.sources, look.lang).into_iter().skip(1));
    lines.extend(fact_lines(finding, look.lang));
    format!("::{kind} {}::{}\n", properties.join(","), data(&lines.join("\n")))
}

/// A finding as a line of the log.
fn line(report: &Report<'_>, finding: &Diagnostic, look: Look) -> String {
    let place = finding.labels.first().map(|label| format!("{}: ", place(label, report.sources)));
    let severity = finding.severity.in_words();
    let message = one_line(finding.message.get(look.lang));
    format!("{}{}[{}] {message}", place.unwrap_or_default(), severity.get(look.lang), finding.check)
}

/// A line of the log that no reader takes for a command, whatever stands in it.
fn plain(line: &str) -> String {
    let line = line.replace("##[", "## [");
    if line.trim_start().starts_with("::") { format!("- {line}") } else { line }
}

/// What stands behind a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// What stands in a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
