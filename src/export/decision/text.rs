//! Decisions in plain lines.

use super::outline::{Entry, outline};
use super::{DecisionFormat, DecisionPage};
use crate::export::wrap::hanging;

pub(super) const FORMAT: DecisionFormat = DecisionFormat { name: "text", render };

fn render(page: &DecisionPage<'_>) -> String {
    let mut text = String::new();
    for entry in outline(page) {
        match entry {
            Entry::Title(words) => hanging(&mut text, page.width, "", "", words.get(page.lang)),
            Entry::Paragraph(words) => {
                text.push('\n');
                hanging(&mut text, page.width, "", "", words.get(page.lang));
            }
            Entry::Heading(words) => {
                text.push('\n');
                hanging(&mut text, page.width, "", "", words.get(page.lang));
            }
            Entry::Item { level, mark, words } => {
                let mark = if mark.is_empty() { String::new() } else { format!("{mark} ") };
                hanging(&mut text, page.width, &"  ".repeat(level), &mark, words.get(page.lang));
            }
        }
    }
    text
}
