//! Findings to bytes, one file for each format.
//!
//! In: a [`Report`] for each workspace, which is findings, the texts they point into and what was asked, and how a
//! reader wants to see it ([`Look`]). Out: one whole document over all of them as one string, ending in a line end, the
//! same bytes for the same reports.
//! Never true here: a finding left out, a word about one particular check, a file read, a terminal asked.
//!
//! A new format is one file with a `FORMAT` card and one line in [`formats`].

mod card;
mod facts;
mod points;
mod identity;
mod statistics;
mod summary;
mod together;
mod words;
mod human;
mod short;
mod json;
mod sarif;
mod markdown;
mod github;
mod gitlab;
mod junit;
mod tap;

pub use card::{card, cards, cards_json};
pub use human::findings;

use crate::ground::{Accepted, Day, Diagnostic, Lang, Open, Selection, Severity, Sources, Window};
use crate::known::Compared;
use crate::workspace::{Checked, Workspace};
use std::collections::BTreeSet;

/// What a run tells of one workspace.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Report<'a> {
    /// the workspace's folder, where a run is about those below a folder
    pub folder: Option<String>,
    /// the least severity that fails the run; nothing fails where there is none
    pub fails_from: Option<Severity>,
    /// the files that were asked about; all of them where nothing is said
    pub asked: Option<BTreeSet<String>>,
    /// the texts the findings point into
    pub sources: &'a Sources,
    /// the findings, by file, then position, then check
    pub findings: Vec<Diagnostic>,
    /// what was found and is accepted, in the same order
    pub accepted: Vec<Accepted>,
    /// the days that were looked at
    pub window: Window,
    /// the day against which "ended" was judged
    pub reference_date: Option<Day>,
    /// whether every answer is exact
    pub proven: bool,
    /// what was left open, when not proven
    pub open: Vec<Open>,
    /// how many rules have an error in them
    pub rules_with_errors: usize,
    /// how many of those are taken as covering
    pub taken_as_covering: usize,
    /// which checks the reader left out
    pub selection: Selection,
    /// how many findings of the others the reader's settings take out
    pub turned_off: usize,
    /// what of it was known before, where that was asked
    pub compared: Option<Compared>,
}

impl<'a> Report<'a> {
    /// What a check found, in the one order every format keeps.
    pub fn new(workspace: &'a Workspace, checked: Checked) -> Self {
        let Checked { mut findings, mut accepted, proven, open, selection, window, .. } = checked;
        let Checked { rules_with_errors, taken_as_covering, turned_off, compared, .. } = checked;
        findings.sort_by_cached_key(in_order);
        accepted.sort_by_cached_key(|accepted| in_order(&accepted.finding));
        let reference_date = workspace.options().reference_date;
        let sources = workspace.sources();
        Report {
            folder: None,
            asked: None,
            fails_from: Some(Severity::Error),
            sources,
            findings,
            accepted,
            window,
            reference_date,
            proven,
            open,
            rules_with_errors,
            taken_as_covering,
            selection,
            turned_off,
            compared,
        }
    }

    /// Whether a file was asked about.
    pub(crate) fn is_asked(&self, name: &str) -> bool {
        self.asked.as_ref().is_none_or(|asked| asked.contains(name))
    }

    /// How many findings have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// The worst severity found.
    pub fn worst(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).max()
    }
}

/// A key that puts findings in the one order every format keeps.
fn in_order(finding: &Diagnostic) -> impl Ord + use<> {
    let Diagnostic { module, support, rules, message, .. } = finding.clone();
    (finding.labels.first().map(|label| label.span), finding.check, module, support, rules, message)
}

/// How a reader wants to see a report.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Look {
    /// the reader's language
    pub lang: Lang,
    /// columns of the page
    pub width: usize,
    /// whether to colour, where the format knows colour
    pub color: bool,
    /// whether each finding is told in full, also where a module has so many that a page for people joins those that
    /// are alike
    pub each: bool,
}

impl Look {
    /// Eighty columns without colour; findings that are alike are told together where they are many.
    pub fn plain(lang: Lang) -> Self {
        Look { lang, width: 80, color: false, each: false }
    }

    /// The same, so many columns wide.
    #[must_use]
    pub fn width(self, width: usize) -> Self {
        Look { width, ..self }
    }

    /// The same, with colour or without.
    #[must_use]
    pub fn color(self, color: bool) -> Self {
        Look { color, ..self }
    }

    /// The same, with each finding told in full or without.
    #[must_use]
    pub fn each(self, each: bool) -> Self {
        Look { each, ..self }
    }
}

/// The card of an output format.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Format {
    /// its name on the command line
    pub name: &'static str,
    /// writes the reports on the workspaces of a run as one document
    pub render: fn(&[Report<'_>], Look) -> String,
    /// whether it shows fixes, which then must have been tried ([`Workspace::prove_fixes`])
    pub shows_fixes: bool,
}

/// Every output format; the first is the default.
pub fn formats() -> &'static [Format] {
    &[
        human::FORMAT,
        short::FORMAT,
        json::FORMAT,
        sarif::FORMAT,
        markdown::FORMAT,
        github::FORMAT,
        gitlab::FORMAT,
        junit::FORMAT,
        tap::FORMAT,
    ]
}

/// The format of that name.
pub fn format(name: &str) -> Option<&'static Format> {
    formats().iter().find(|format| format.name == name)
}

/// The forms in which the findings are only counted, by the names of the formats they stand in for.
pub fn statistics() -> &'static [Format] {
    &statistics::FORMATS
}
