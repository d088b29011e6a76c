//! What stands below the quotations: who it is about, one such citizen, the legal basis, the next step; and, at the
//! end of the report, the sum of it all.

use super::changes::{self, Change};
use super::page::{Ink, Page, wrap};
use crate::ground::{Diagnostic, Severity, text};
use crate::report::Report;
use crate::report::facts::{self, Fact, accepted_at, facts, fix_key, why_accepted};
use crate::report::summary::{self, Unproven, meaning_of_unproven, unproven};
use crate::report::together::{self, Together};
use crate::report::words::one_line;
use std::slice;
use unicode_width::UnicodeWidthStr;

/// The lines below one finding.
pub(super) fn about(page: &mut Page, finding: &Diagnostic, report: &Report<'_>) {
    let facts = facts(finding);
    let lang = page.look.lang;
    let fix = (!finding.fixes.is_empty()).then(|| fix_key(finding));
    let keys = facts.iter().map(|fact| &fact.key).chain(&fix);
    let wide = keys.map(|key| key.get(lang).width()).max().unwrap_or(0) + 2;
    for Fact { key, lines } in &facts {
        let mut key = format!("{}:", key.get(lang));
        key.push_str(&" ".repeat(wide.saturating_sub(key.width())));
        let deeper = if lines.len() > 1 { 2 } else { 0 };
        for line in lines {
            page.entry("  ", &key, Ink::Key, &one_line(line.get(lang)), deeper);
            key = " ".repeat(wide);
        }
    }
    if let Some(key) = fix {
        changes(page, finding, report, key.get(lang), wide);
    }
}

/// What is told together with a finding: the same of other supports.
pub(super) fn others(page: &mut Page, told: &Together<'_>, report: &Report<'_>) {
    if told.others.is_empty() {
        return;
    }
    let lang = page.look.lang;
    let mut key = format!("{}: ", text!(en: "likewise", da: "ligeledes").get(lang));
    for line in together::others(&told.others, report.sources, lang) {
        page.entry("  ", &key, Ink::Key, &line, 2);
        key = " ".repeat(key.width());
    }
}

/// The lines a fix changes, before and after.
fn changes(page: &mut Page, finding: &Diagnostic, report: &Report<'_>, key: &str, wide: usize) {
    let home = finding.labels.first().map(|label| report.sources.file(label.span.file).name.as_str());
    let room = page.look.width.saturating_sub(wide + 2);
    let (changes, more) = changes::of(&finding.fixes, report.sources, home, room);
    let mut key = format!("{key}:{}", " ".repeat(wide.saturating_sub(key.width() + 1)));
    let places = changes.iter().map(|change| change.place.width()).max().unwrap_or(0);
    for Change { place, comes, line } in &changes {
        let (sign, ink) = if *comes { ('+', Ink::Comes) } else { ('-', Ink::Goes) };
        let blanks = " ".repeat(places.saturating_sub(place.width()));
        page.change(&key, &format!("{blanks}{place}"), ink, &format!("{sign} {line}"));
        key = " ".repeat(wide);
    }
    if more > 0 {
        let more = text!(en: "and {more} more lines", da: "og {more} linjer til");
        page.entry("  ", &key, Ink::Key, more.get(page.look.lang), 0);
    }
}

/// What was found and is accepted, one entry each.
pub(super) fn accepted(page: &mut Page, report: &Report<'_>) {
    if report.accepted.is_empty() {
        return;
    }
    let lang = page.look.lang;
    page.heading(text!(en: "accepted", da: "accepteret").get(lang), Ink::Key, "");
    for accepted in &report.accepted {
        let finding = &accepted.finding;
        let (why, place) = (why_accepted(accepted, lang), accepted_at(accepted, report.sources));
        page.entry("  ", &format!("{} ", finding.check), Ink::Key, &facts::about(finding), 0);
        page.entry("    ", "", Ink::Key, &format!("{why} · {place}"), 0);
    }
    page.line("");
}

/// What was known and is never silent: one line each.
pub(super) fn known(page: &mut Page, report: &Report<'_>) {
    let known = summary::known_of_law(report);
    if known.is_empty() {
        return;
    }
    page.heading(summary::known_all_the_same().get(page.look.lang), Ink::Key, "");
    for (check, about) in known {
        page.entry("  ", &format!("{check} "), Ink::Key, &about, 0);
    }
    page.line("");
}

/// The last lines of the report.
pub(in crate::report) fn summary(page: &mut Page, report: &Report<'_>) {
    let lang = page.look.lang;
    let sum = summary::sum(slice::from_ref(report));
    let worst = report.worst().filter(|worst| report.proven || *worst == Severity::Error);
    let ink = match worst {
        Some(worst) => Ink::of(worst),
        None if report.proven => Ink::Key,
        None => Ink::Warning,
    };
    for line in wrap(sum.get(lang), page.look.width) {
        page.heading(&line, ink, "");
    }
    page.paragraph(summary::checked(report).get(lang));
    for remark in summary::remarks_below(report) {
        page.paragraph(remark.get(lang));
    }
    if !report.proven {
        not_proven(page, report);
    }
}

/// Names what is open, and says what that means for what was found.
fn not_proven(page: &mut Page, report: &Report<'_>) {
    let lang = page.look.lang;
    for Unproven { why, questions } in unproven(report) {
        let key = text!(en: "not proven: ", da: "ikke bevist: ");
        page.entry("", key.get(lang), Ink::Warning, why.get(lang), 0);
        for question in questions {
            page.entry("  ", "", Ink::Key, &one_line(question.get(lang)), 2);
        }
    }
    page.paragraph(meaning_of_unproven(report).get(lang));
}
