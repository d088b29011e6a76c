//! One line for each finding, as compilers write them and editors read them: `file:line:col: severity[check] message`.
//! What is not proven follows, one line for each question.

use super::words::{one_line, severity};
use super::{Format, Look, Report};
use crate::ground::text;
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
        let severity = severity(finding.severity);
        let message = one_line(finding.message.get(look.lang));
        let _ = writeln!(page, "{}[{}] {message}", severity.get(look.lang), finding.check);
    }
    for open in &report.open {
        let key = text!(en: "not proven", da: "ikke bevist");
        let _ = writeln!(page, "{}: {}", key.get(look.lang), one_line(open.message().get(look.lang)));
    }
    page
}
