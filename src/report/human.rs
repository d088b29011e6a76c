//! A report for people: every finding with its places quoted, who it is about and what to do next.

pub(super) mod changes;
mod crop;
mod draw;
mod excerpt;
mod footer;
pub(super) mod page;

pub(super) use footer::summary;

use super::together::{Together, together};
use super::words::one_line;
use super::{Format, Look, Report, facts};
use crate::ground::Diagnostic;
use page::{Ink, Page, wrap};
use rayon::prelude::*;

pub(super) const FORMAT: Format = Format { name: "human", render, shows_fixes: true };

fn render(reports: &[Report<'_>], look: Look) -> String {
    let mut page = Page::new(look);
    for (number, report) in reports.iter().enumerate() {
        if number > 0 {
            page.line("");
        }
        if let Some(folder) = &report.folder {
            page.line(&one_line(folder));
        }
        about(&mut page, report);
    }
    page.into_string()
}

/// The findings alone, for one who has seen the rest.
pub fn findings(report: &Report<'_>, look: Look) -> String {
    let mut page = Page::new(look.each(true));
    quoted(&mut page, report);
    page.into_string()
}

fn about(page: &mut Page, report: &Report<'_>) {
    quoted(page, report);
    footer::accepted(page, report);
    footer::known(page, report);
    footer::summary(page, report);
}

fn quoted(page: &mut Page, report: &Report<'_>) {
    let look = page.look;
    let told = together(&report.findings, look.each);
    let drawn: Vec<String> = told.par_iter().map(|told| one(told, report, look)).collect();
    drawn.iter().for_each(|drawn| page.lines(drawn));
}

fn one(told: &Together<'_>, report: &Report<'_>, look: Look) -> String {
    let (mut page, finding) = (Page::new(look), told.first);
    heading(&mut page, finding);
    quotations(&mut page, finding, report);
    footer::about(&mut page, finding, report);
    footer::others(&mut page, told, report);
    page.line("");
    page.into_string()
}

/// `error[undercut] Slagelse.Ungeafdelingen, udskrivningskoordinator`
fn heading(page: &mut Page, finding: &Diagnostic) {
    let word = format!("{}[{}]", finding.severity.in_words().get(page.look.lang), finding.check);
    page.heading(&word, Ink::of(finding.severity), &facts::about(finding));
}

/// The message and the quoted places.
fn quotations(page: &mut Page, finding: &Diagnostic, report: &Report<'_>) {
    let look = page.look;
    let message = wrap(&one_line(finding.message.get(look.lang)), look.width.saturating_sub(4));
    draw::message(page, finding.severity, &message);
    draw::pieces(page, &excerpt::pieces(&finding.labels, report.sources, look));
}
