//! A review in plain lines.

use super::{ReviewFormat, ReviewPage, outline};
use crate::export::wrap::{hanging, hanging_by};
use crate::ground::text;
use unicode_width::UnicodeWidthStr;

pub(super) const FORMAT: ReviewFormat = ReviewFormat { name: "text", render };

fn render(page: &ReviewPage<'_>) -> String {
    let (outline, lang, width) = (outline(page), page.lang, page.width);
    let mut text = String::new();
    hanging(&mut text, width, "", "", outline.title.get(lang));
    for words in &outline.summary {
        hanging(&mut text, width, "  ", "", words.get(lang));
    }
    for section in &outline.sections {
        text.push('\n');
        let class = section.class.get(lang).to_uppercase();
        hanging(&mut text, width, "", &format!("{class}  "), section.heading.get(lang));
        for part in section.days.iter().chain(&section.parts) {
            hanging(&mut text, width, "  ", "", part.get(lang));
        }
        let keys = section.facts.iter().map(|(key, _)| key.get(lang).width());
        // a name that is long alone does not push all others to the right
        let room = keys.filter(|key| *key <= 12).max().unwrap_or(0);
        for (key, lines) in &section.facts {
            let key = key.get(lang);
            let padding = " ".repeat(room.saturating_sub(key.width()));
            for (at, line) in lines.iter().enumerate() {
                let mark = match at {
                    0 => format!("{key}{padding}  "),
                    _ => " ".repeat(room + 2),
                };
                // where several lines stand below each other one sees where each begins
                let deeper = if lines.len() > 1 { "  " } else { "" };
                hanging_by(&mut text, width, ("  ", &mark, deeper), line.get(lang));
            }
        }
    }
    if !outline.notes.is_empty() {
        let heading = text!(en: "Also", da: "I øvrigt");
        text.push_str(&format!("\n{}\n", heading.get(lang)));
        for note in &outline.notes {
            hanging(&mut text, width, "  ", "– ", note.get(lang));
        }
    }
    text
}
