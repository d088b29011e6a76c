//! How many findings there are, by module and check, in place of the findings themselves: a table for people, and the
//! same for programs (`docs/statistics.schema.json` describes it).

use super::human::page::{Ink, Page};
use super::human::summary;
use super::words::one_line;
use super::{Format, Look, Report};
use crate::ground::{Diagnostic, Lang, Severity, text};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use unicode_width::UnicodeWidthStr;

/// The forms of the statistics, by the names of the formats they stand in for.
pub(super) const FORMATS: [Format; 2] = [
    Format { name: "human", render, shows_fixes: false },
    Format { name: "json", render: render_json, shows_fixes: false },
];

/// Below so many columns each number takes a line of its own.
const ROOMY: usize = 64;

/// How many errors, warnings, notes and accepted findings there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct Counts {
    pub(super) errors: usize,
    pub(super) warnings: usize,
    pub(super) notes: usize,
    pub(super) accepted: usize,
}

impl Counts {
    /// The numbers in the order of the columns.
    pub(super) fn columns(self) -> [usize; 4] {
        [self.errors, self.warnings, self.notes, self.accepted]
    }

    fn add(&mut self, finding: &Diagnostic) {
        match finding.severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Note => self.notes += 1,
        }
    }

    fn of(report: &Report<'_>) -> Self {
        let mut counts = Counts::default();
        report.findings.iter().for_each(|finding| counts.add(finding));
        counts.accepted = report.accepted.len();
        counts
    }
}

/// What the columns are called.
pub(super) fn heads(lang: Lang) -> [String; 4] {
    let [error, warning, note] =
        [Severity::Error, Severity::Warning, Severity::Note].map(|of| of.in_words().get(lang).to_owned());
    [error, warning, note, text!(en: "accepted", da: "accepteret").get(lang).to_owned()]
}

/// The numbers of some reports by a key, what has more of the graver first.
pub(super) fn counted<'r, K: Ord>(
    reports: &'r [Report<'_>],
    key: impl Fn(&'r Diagnostic) -> K,
) -> Vec<(K, Counts)> {
    let mut counts: BTreeMap<K, Counts> = BTreeMap::new();
    for report in reports {
        for finding in &report.findings {
            counts.entry(key(finding)).or_default().add(finding);
        }
        for accepted in &report.accepted {
            counts.entry(key(&accepted.finding)).or_default().accepted += 1;
        }
    }
    let mut rows: Vec<_> = counts.into_iter().collect();
    rows.sort_by_key(|(_, counts)| Reverse(*counts));
    rows
}

/// A check and its numbers.
type Checked<'r> = (&'r str, Counts);

/// The modules of a report in the order of their names, those findings that are of none last; each with its checks.
fn by_module<'r>(report: &'r Report<'_>) -> Vec<(Option<&'r str>, Vec<Checked<'r>>)> {
    let mut modules: BTreeMap<(bool, Option<&str>), Vec<Checked<'r>>> = BTreeMap::new();
    let key = |finding: &'r Diagnostic| (finding.module.as_deref(), finding.check);
    for ((module, check), counts) in counted(std::slice::from_ref(report), key) {
        modules.entry((module.is_none(), module)).or_default().push((check, counts));
    }
    modules.into_iter().map(|((_, module), checks)| (module, checks)).collect()
}

fn render(reports: &[Report<'_>], look: Look) -> String {
    let mut page = Page::new(look);
    let lang = look.lang;
    for (number, report) in reports.iter().enumerate() {
        if number > 0 {
            page.line("");
        }
        if let Some(folder) = &report.folder {
            page.line(&one_line(folder));
        }
        let modules = by_module(report);
        for (number, (module, checks)) in modules.iter().enumerate() {
            let module = module
                .map_or_else(|| text!(en: "of no module", da: "uden modul").get(lang).to_owned(), one_line);
            let heads = if number == 0 { heads(lang) } else { Default::default() };
            row(&mut page, &module, Ink::Key, &heads, "");
            for (check, counts) in checks {
                let ink = if counts.errors > 0 {
                    Ink::Error
                } else if counts.warnings > 0 {
                    Ink::Warning
                } else {
                    Ink::Note
                };
                row(&mut page, &format!("  {check}"), ink, &shown(*counts), &in_words(*counts, lang));
            }
        }
        if modules.iter().map(|(_, checks)| checks.len()).sum::<usize>() > 1 {
            let all = text!(en: "in all", da: "i alt");
            let counts = Counts::of(report);
            row(&mut page, all.get(lang), Ink::Key, &shown(counts), &in_words(counts, lang));
        }
        if !modules.is_empty() {
            page.line("");
        }
        summary(&mut page, report);
    }
    page.into_string()
}

/// The numbers, and nothing where there is none.
fn shown(counts: Counts) -> [String; 4] {
    counts.columns().map(|number| if number == 0 { String::new() } else { number.to_string() })
}

/// `2 errors, 1 note`
fn in_words(counts: Counts, lang: Lang) -> String {
    let severities = [Severity::Error, Severity::Warning, Severity::Note];
    let told = severities.into_iter().zip(counts.columns()).filter(|(_, number)| *number > 0);
    let mut told: Vec<String> = told.map(|(of, number)| of.counted(number).get(lang).to_owned()).collect();
    if let accepted @ 1.. = counts.accepted {
        told.push(text!(en: "{accepted} accepted", da: "{accepted} accepteret").get(lang).to_owned());
    }
    told.join(", ")
}

/// A row of the table; on a narrow page the words stand behind the key.
fn row(page: &mut Page, key: &str, ink: Ink, cells: &[String; 4], words: &str) {
    let (names, width) = (heads(page.look().lang), page.look().width);
    if width < ROOMY {
        page.heading(key, ink, words);
        return;
    }
    let columns: usize = names.iter().map(|name| name.width() + 2).sum();
    let mut line = String::new();
    for (name, cell) in names.iter().zip(cells) {
        line.push_str(&" ".repeat((name.width() + 2).saturating_sub(cell.width())));
        line.push_str(cell);
    }
    let room = width - columns;
    if key.width() > room {
        page.heading(key, ink, "");
        page.line(format!("{}{line}", " ".repeat(room)).trim_end());
    } else {
        let blanks = " ".repeat(room - key.width());
        page.inked_line(key, ink, format!("{blanks}{line}").trim_end());
    }
}

#[derive(Serialize)]
struct Statistics<'a> {
    format_version: u32,
    tool: &'static str,
    version: &'static str,
    proven: bool,
    totals: Counts,
    statistics: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    folder: Option<&'a str>,
    module: Option<&'a str>,
    check: &'a str,
    #[serde(flatten)]
    counts: Counts,
}

fn render_json(reports: &[Report<'_>], _look: Look) -> String {
    let mut totals = Counts::default();
    let mut statistics = Vec::new();
    for report in reports {
        let counts = Counts::of(report);
        totals.errors += counts.errors;
        totals.warnings += counts.warnings;
        totals.notes += counts.notes;
        totals.accepted += counts.accepted;
        let folder = report.folder.as_deref();
        for (module, checks) in by_module(report) {
            let row = |(check, counts)| Row { folder, module, check, counts };
            statistics.extend(checks.into_iter().map(row));
        }
    }
    let page = Statistics {
        format_version: 1,
        tool: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
        proven: reports.iter().all(|report| report.proven),
        totals,
        statistics,
    };
    let mut page = serde_json::to_string_pretty(&page).unwrap_or_default();
    page.push('\n');
    page
}
