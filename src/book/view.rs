//! What the templates are given: plain structures of words and pieces of pages.

use super::html::Html;
use serde::Serialize;

/// A label and what stands behind it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Row {
    pub label: String,
    pub value: Html,
}

/// A way somewhere.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Link {
    pub href: String,
    pub words: Html,
    /// a few words behind it
    pub more: Html,
}

/// A short word that stands out, and how it looks.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Badge {
    pub look: &'static str,
    pub words: String,
}

/// A finding, told in full.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Told {
    pub id: String,
    pub badge: Badge,
    /// the check: its name, and the way to what it means
    pub check: Link,
    pub about: Html,
    pub message: Html,
    pub help: Option<Html>,
    pub rows: Vec<Row>,
    /// where it was found
    pub places: Vec<Link>,
    /// it is accepted: why, and until when
    pub accepted: Option<Html>,
}

/// A finding that is told elsewhere.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Mention {
    pub badge: Badge,
    pub link: Link,
}

/// A rule or another item of several lines.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Card {
    pub id: String,
    pub level: usize,
    /// what it is: `regel`
    pub sort: String,
    pub title: Html,
    /// as the policies call it
    pub name: String,
    pub badge: Option<Badge>,
    /// a rule, a table of rules or an offer
    #[serde(skip)]
    pub is_rule: bool,
    /// what it says
    pub effects: Vec<Html>,
    pub rows: Vec<Row>,
    pub table: Option<Grid>,
    /// as it is written
    pub source: String,
    pub findings: Vec<Told>,
    pub mentions: Vec<Mention>,
}

/// A table.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Grid {
    pub caption: String,
    pub head: Vec<Html>,
    pub rows: Vec<GridRow>,
    /// what its signs mean
    pub legend: Vec<Html>,
}

/// A row; its first cell heads it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct GridRow {
    pub id: Option<String>,
    pub cells: Vec<GridCell>,
    pub mentions: Vec<Mention>,
}

/// A cell and how it looks.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct GridCell {
    pub html: Html,
    pub look: &'static str,
}

/// A word that is declared.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Entry {
    pub id: String,
    pub sort: String,
    pub title: Html,
    pub name: String,
    pub rows: Vec<Row>,
    /// the way to its page, or to where it is used
    pub more: Option<Link>,
    pub findings: Vec<Told>,
    pub mentions: Vec<Mention>,
    /// what uses it, where that is told
    pub uses: Vec<Link>,
}

/// A part of a page.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "part", rename_all = "kebab-case")]
pub(super) enum Block {
    Heading { level: usize, id: String, words: Html },
    Prose { html: Html },
    Remark { html: Html },
    Card(Box<Card>),
    Entries { entries: Vec<Entry> },
    Findings { findings: Vec<Told> },
}

/// An entry of the list of what stands on a page.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Contents {
    pub level: usize,
    pub href: String,
    pub words: Html,
}

/// A line of a list.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Line {
    pub id: String,
    pub badges: Vec<Badge>,
    pub link: Option<Link>,
    /// a heading of its own, for what is explained at length
    pub heading: Html,
    pub text: Vec<Html>,
    /// where more is told
    pub after: Option<Link>,
}
