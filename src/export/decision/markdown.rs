//! Decisions as Markdown: a heading for each support, lists below it.

use super::outline::{Entry, outline};
use super::{DecisionFormat, DecisionPage};
use crate::export::matrix::escaped;

pub(super) const FORMAT: DecisionFormat = DecisionFormat { name: "markdown", render };

fn render(page: &DecisionPage<'_>) -> String {
    let mut text = String::new();
    let mut in_list = false;
    for entry in outline(page) {
        let is_item = matches!(entry, Entry::Item { .. });
        if is_item && !in_list {
            text.push('\n');
        }
        in_list = is_item;
        match entry {
            Entry::Title(words) => text.push_str(&format!("# {}\n", escaped(words.get(page.lang)))),
            Entry::Paragraph(words) => text.push_str(&format!("\n{}\n", escaped(words.get(page.lang)))),
            Entry::Heading(words) => text.push_str(&format!("\n## {}\n", escaped(words.get(page.lang)))),
            Entry::Item { level, mark, words } => {
                let indent = "  ".repeat(level.saturating_sub(1));
                let mark = if mark.is_empty() { String::new() } else { format!("`{mark}` ") };
                text.push_str(&format!("{indent}- {mark}{}\n", escaped(words.get(page.lang))));
            }
        }
    }
    text
}
