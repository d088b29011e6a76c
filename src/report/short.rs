//! One line for each finding, as compilers write them and editors read them: `file:line:col: severity[check] message`.
//! What is not proven follows, one line for each question.

use super::words::one_line;
use super::{Format, Look, Report};
use crate::ground::{Diagnostic, Text, text};
use std::fmt::Write;

pub(super) const FORMAT: Format = Format { name: "short", render, shows_fixes: false };

fn render(reports: &[Report<'_>], look: Look) -> String {
    reports.iter().map(|report| lines(report, look)).collect()
}

fn lines(report: &Report<'_>, look: Look) -> String {
    let mut page = String::new();
    for finding in &report.findings {
        if let Some(label) = finding.labels.first() {
            let file = report.sources.file(label.span.file);
            let place = file.position(label.span.start);
            let _ = write!(page, "{}:{}:{}: ", one_line(&file.name), place.line, place.column);
        }
        let severity = finding.severity.in_words();
        let message = one_line(finding.message.get(look.lang));
        let _ = writeln!(page, "{}[{}] {message}", severity.get(look.lang), finding.check);
    }
    for accepted in report.accepted.iter().filter(|accepted| accepted.is_of_law) {
        never_silent(&mut page, &text!(en: "accepted", da: "accepteret"), &accepted.finding, look);
    }
    for old in report.compared.iter().flat_map(|compared| &compared.old).filter(|old| old.is_of_law) {
        never_silent(&mut page, &text!(en: "known", da: "kendt"), &old.finding, look);
    }
    if let gone @ 1.. = report.compared.as_ref().map_or(0, |compared| compared.gone.len()) {
        let told = text!(
            en: "baseline: {gone} gone or less far: `--write-baseline`",
            da: "baseline: {gone} væk eller mindre langt: `--write-baseline`"
        );
        let _ = writeln!(page, "{}", told.get(look.lang));
    }
    for open in &report.open {
        let key = text!(en: "not proven", da: "ikke bevist");
        let _ = writeln!(page, "{}: {}", key.get(look.lang), one_line(open.message().get(look.lang)));
    }
    page
}

/// What is told in every run, although nobody has to act on it: somebody gets something else than the law gives.
fn never_silent(page: &mut String, key: &Text, finding: &Diagnostic, look: Look) {
    let message = one_line(finding.message.get(look.lang));
    let _ = writeln!(page, "{}: [{}] {message}", key.get(look.lang), finding.check);
}
