//! What changes for citizens, and how two places treat twins: as text, as Markdown for a pull request, as a page and for
//! programs; and the words they share.

mod approval;
mod changes;
mod html;
mod json;
mod markdown;
mod places;
mod text;
mod words;

pub use approval::{Approved, Needed, classes_in_words};

use crate::ground::{Diagnostic, Lang, Sources, Text};
use crate::known::Known;
use crate::queries::{Diff, PlacesCompared};

/// What is written.
#[derive(Clone, Copy, Debug)]
pub struct ReviewPage<'a> {
    /// what is told
    pub what: Reviewed<'a>,
    /// the language; programs get names
    pub lang: Lang,
    /// the widest line, where the form has lines
    pub width: usize,
}

/// What is told of.
#[derive(Clone, Copy, Debug)]
pub enum Reviewed<'a> {
    /// two versions of a workspace
    Versions {
        /// what changes
        diff: &'a Diff,
        /// the texts before and now
        sources: [&'a Sources; 2],
        /// what the versions are called: a revision, a folder
        names: [&'a str; 2],
        /// what was found before and now, where that was asked
        findings: Option<FindingsMoved<'a>>,
        /// who must look at it and who has, where that was asked
        approvals: Option<&'a [Needed]>,
    },
    /// two places of one workspace
    Places(&'a PlacesCompared),
}

/// What has become of the findings.
#[derive(Clone, Copy, Debug)]
pub struct FindingsMoved<'a> {
    /// found now and not before
    pub introduced: &'a [Diagnostic],
    /// found before and not now
    pub resolved: &'a [Known],
    /// how many were found before and are still
    pub remaining: usize,
    /// everything the checks ask is answered in both
    pub proven: bool,
}

/// The card of a form a review can be written in.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ReviewFormat {
    /// its name on the command line
    pub name: &'static str,
    /// writes it
    pub render: fn(&ReviewPage<'_>) -> String,
}

/// Every form of a review; the first is the default.
pub fn review_formats() -> &'static [ReviewFormat] {
    &[text::FORMAT, markdown::FORMAT, html::FORMAT, json::FORMAT]
}

/// A page in the order in which people read it.
struct Outline {
    title: Text,
    /// what there is in short
    summary: Vec<Text>,
    sections: Vec<Section>,
    /// what else must be known to trust it
    notes: Vec<Text>,
}

/// One change or difference.
struct Section {
    /// what it is in a word: narrowed
    class: Text,
    heading: Text,
    /// on which days, where these are the same for everybody it is about
    days: Option<Text>,
    /// what differs, one line each
    parts: Vec<Text>,
    /// what there is to know of it: a word, and lines
    facts: Vec<(Text, Vec<Text>)>,
}

fn outline(page: &ReviewPage<'_>) -> Outline {
    match page.what {
        Reviewed::Versions { diff, sources, names, findings, approvals } => {
            let mut page = changes::outline(diff, sources, names, findings);
            page.summary.extend(approvals.iter().flat_map(|needed| approval::told(needed, diff.unread.1)));
            page
        }
        Reviewed::Places(compared) => places::outline(compared),
    }
}
