//! A review as Markdown: one comment on a pull request. The worst stands first and what does not fit is counted, so that
//! the comment stays below the size a forge takes.

use super::{Outline, ReviewFormat, ReviewPage, Section, outline};
use crate::export::matrix::escaped;
use crate::ground::{Lang, text};

pub(super) const FORMAT: ReviewFormat = ReviewFormat { name: "markdown", render };

/// The bytes a comment may have: GitHub takes 65,536 characters, and a few bytes are kept for who posts it.
const MOST: usize = 64 * 1024 - 1024;

/// By this line a program finds its own comment again.
const MARK: &str = "<!-- hjemmel-review -->";

fn render(page: &ReviewPage<'_>) -> String {
    let (outline, lang) = (outline(page), page.lang);
    let mut text = format!("{MARK}\n## {}\n", escaped(outline.title.get(lang)));
    for (at, words) in outline.summary.iter().enumerate() {
        let words = escaped(words.get(lang));
        text.push_str(&if at == 0 { format!("\n**{words}**\n\n") } else { format!("- {words}\n") });
    }
    let notes = notes(&outline, lang);
    let room = MOST.saturating_sub(notes.len());
    let mut told = 0;
    for section in &outline.sections {
        let section = folded(section, lang);
        // the last line, which counts the rest, must fit as well
        if text.len() + section.len() + 200 > room {
            break;
        }
        text.push_str(&section);
        told += 1;
    }
    if let more @ 1.. = outline.sections.len() - told {
        let rest = text!(
            en: "{more} more do not fit into a comment: see the text or the page that is made of the same.",
            da: "{more} til er der ikke plads til i en kommentar: se teksten eller siden, der dannes af det samme."
        );
        text.push_str(&format!("\n{}\n", rest.get(lang)));
    }
    text.push_str(&notes);
    text
}

fn notes(outline: &Outline, lang: Lang) -> String {
    let mut text = String::new();
    if !outline.notes.is_empty() {
        text.push_str(&format!("\n### {}\n\n", text!(en: "Also", da: "I øvrigt").get(lang)));
    }
    for (at, note) in outline.notes.iter().enumerate() {
        let note = marked(note.get(lang));
        if text.len() + note.len() > MOST / 4 {
            let more = outline.notes.len() - at;
            text.push_str(&format!("- {}\n", text!(en: "and {more} more", da: "og {more} til").get(lang)));
            break;
        }
        text.push_str(&format!("- {note}\n"));
    }
    text
}

/// A change behind its heading: a click opens it.
fn folded(section: &Section, lang: Lang) -> String {
    let class = section.class.get(lang).to_uppercase();
    let parts: Vec<String> = section.parts.iter().map(|part| html(part.get(lang))).collect();
    let heading: Vec<String> = [Some(&section.heading), section.days.as_ref()]
        .into_iter()
        .flatten()
        .map(|words| html(words.get(lang)))
        .collect();
    let heading = heading.join(", ");
    let mut text = format!(
        "\n<details>\n<summary><b>{}</b> {heading}: {}</summary>\n\n",
        html(&class),
        parts.join("; ")
    );
    for (key, lines) in &section.facts {
        match lines.as_slice() {
            [only] => text.push_str(&format!("- {}: {}\n", escaped(key.get(lang)), marked(only.get(lang)))),
            lines => {
                text.push_str(&format!("- {}:\n", escaped(key.get(lang))));
                for line in lines {
                    text.push_str(&format!("  - {}\n", marked(line.get(lang))));
                }
            }
        }
    }
    text.push_str("\n</details>\n");
    text
}

/// Words in which names stand between backticks: they stay so, and nothing else means anything.
fn marked(words: &str) -> String {
    let pieces: Vec<&str> = words.split('`').collect();
    if pieces.len().is_multiple_of(2) {
        return escaped(words);
    }
    let told = pieces.iter().enumerate().map(|(at, piece)| match at % 2 {
        0 => escaped(piece),
        _ if piece.trim().is_empty() => String::new(),
        _ => format!("`{}`", piece.replace(['\n', '\r'], " ")),
    });
    told.collect()
}

/// Words inside an element.
pub(super) fn html(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
