//! A check's card, for a reader who wants to know what a check is about.

use super::Look;
use super::human::page::{Ink, Page};
use super::words::severity;
use crate::ground::{Severity, Text};

/// A check explained: its name and strongest severity, what it is about, when it holds and what to do.
pub fn card(name: &str, strongest: Severity, about: &Text, explanation: &Text, look: Look) -> String {
    let mut page = Page::new(look);
    page.heading(&format!("{name} ({})", severity(strongest).get(look.lang)), Ink::of(strongest), "");
    page.paragraph(about.get(look.lang));
    page.line("");
    page.paragraph(explanation.get(look.lang));
    page.into_string()
}

/// The checks there are, one line each.
pub fn cards<'a>(cards: impl Iterator<Item = (&'a str, &'a Text)> + Clone, look: Look) -> String {
    let mut page = Page::new(look);
    let wide = cards.clone().map(|(name, _)| name.len()).max().unwrap_or(0) + 2;
    for (name, about) in cards {
        page.entry("", &format!("{name:wide$}"), Ink::Key, about.get(look.lang), 0);
    }
    page.into_string()
}
