//! Decisions in plain lines.

use super::outline::{Entry, outline};
use super::{DecisionFormat, DecisionPage};
use crate::export::wrap::wrapped;
use unicode_width::UnicodeWidthStr;

pub(super) const FORMAT: DecisionFormat = DecisionFormat { name: "text", render };

fn render(page: &DecisionPage<'_>) -> String {
    let mut text = String::new();
    for entry in outline(page) {
        match entry {
            Entry::Title(words) => line(&mut text, page.width, "", "", words.get(page.lang)),
            Entry::Paragraph(words) => {
                text.push('\n');
                line(&mut text, page.width, "", "", words.get(page.lang));
            }
            Entry::Heading(words) => {
                text.push('\n');
                line(&mut text, page.width, "", "", words.get(page.lang));
            }
            Entry::Item { level, mark, words } => {
                let mark = if mark.is_empty() { String::new() } else { format!("{mark} ") };
                line(&mut text, page.width, &"  ".repeat(level), &mark, words.get(page.lang));
            }
        }
    }
    text
}

/// Words behind a mark; further lines begin below the words.
pub(super) fn line(text: &mut String, width: usize, indent: &str, mark: &str, words: &str) {
    let hang = indent.width() + mark.width();
    let room = width.saturating_sub(hang).max(20);
    for (number, line) in wrapped(words, room as f64, |line| line.width() as f64).iter().enumerate() {
        let start = if number == 0 { format!("{indent}{mark}") } else { " ".repeat(hang) };
        text.push_str(format!("{start}{line}").trim_end());
        text.push('\n');
    }
}
