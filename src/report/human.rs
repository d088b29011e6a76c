//! A report for people: every finding with its places quoted, who it is about and what to do next. Miette draws the
//! quotations; everything around them is ours, because the words must exist in both languages.

pub(super) mod changes;
mod crop;
mod excerpt;
mod footer;
pub(super) mod page;

pub(super) use footer::summary;

use super::together::{Together, together};
use super::words::one_line;
use super::{Format, Look, Report, facts};
use crate::ground::{Diagnostic, Severity};
use excerpt::Excerpts;
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};
use page::{Ink, Page, wrap};
use rayon::prelude::*;
use std::fmt;

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

/// The message and the quoted places, drawn by miette.
fn quotations(page: &mut Page, finding: &Diagnostic, report: &Report<'_>) {
    let look = page.look;
    let theme = if look.color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(look.width + 2)
        .with_context_lines(excerpt::WHOLE)
        .with_links(false)
        .without_syntax_highlighting();
    let message = wrap(&one_line(finding.message.get(look.lang)), look.width.saturating_sub(4)).join("\n");
    let excerpts = Excerpts::of(&finding.labels, report.sources, look);
    let picture = Picture { message, severity: finding.severity, excerpts };
    let mut drawn = String::new();
    if handler.render_report(&mut drawn, &picture).is_err() {
        drawn.clone_from(&picture.message);
    }
    let mut indents = picture.excerpts.indents().into_iter();
    let mut indent = 0;
    for line in drawn.lines() {
        if line.trim_start().starts_with('╭') {
            indent = indents.next().unwrap_or(0);
        }
        page.line(format!("{:indent$}{line}", "").trim_end());
    }
}

/// A finding as miette wants it.
#[derive(Debug)]
struct Picture {
    message: String,
    severity: Severity,
    excerpts: Excerpts,
}

impl fmt::Display for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Picture {}

impl miette::Diagnostic for Picture {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpts)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.excerpts.labels()))
    }
}
