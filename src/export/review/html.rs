//! A review as a page that stands alone: for a meeting, or to be printed.

use super::markdown::html;
use super::{ReviewFormat, ReviewPage, outline};
use crate::ground::{Lang, text};

pub(super) const FORMAT: ReviewFormat = ReviewFormat { name: "html", render };

const STYLE: &str = include_str!("page.css");

fn render(page: &ReviewPage<'_>) -> String {
    let (outline, lang) = (outline(page), page.lang);
    let code = match lang {
        Lang::Da => "da",
        Lang::En => "en",
    };
    let title = html(outline.title.get(lang));
    let mut text = format!(
        "<!doctype html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n<ul class=\"summary\">\n"
    );
    for words in &outline.summary {
        text.push_str(&format!("<li>{}</li>\n", html(words.get(lang))));
    }
    text.push_str("</ul>\n");
    for section in &outline.sections {
        text.push_str(&format!(
            "<section>\n<h2><span class=\"class\">{}</span> {}</h2>\n",
            html(section.class.get(lang)),
            html(section.heading.get(lang))
        ));
        if let Some(days) = &section.days {
            text.push_str(&format!("<p class=\"days\">{}</p>\n", html(days.get(lang))));
        }
        for part in &section.parts {
            text.push_str(&format!("<p class=\"part\">{}</p>\n", html(part.get(lang))));
        }
        text.push_str("<dl>\n");
        for (key, lines) in &section.facts {
            text.push_str(&format!("<dt>{}</dt>\n", html(key.get(lang))));
            for line in lines {
                text.push_str(&format!("<dd>{}</dd>\n", marked(line.get(lang))));
            }
        }
        text.push_str("</dl>\n</section>\n");
    }
    if !outline.notes.is_empty() {
        text.push_str(&format!("<h2>{}</h2>\n<ul>\n", text!(en: "Also", da: "I øvrigt").get(lang)));
        for note in &outline.notes {
            text.push_str(&format!("<li>{}</li>\n", marked(note.get(lang))));
        }
        text.push_str("</ul>\n");
    }
    text.push_str("</main>\n</body>\n</html>\n");
    text
}

/// Words in which names stand between backticks.
fn marked(words: &str) -> String {
    let pieces: Vec<String> = words.split('`').map(html).collect();
    if pieces.len().is_multiple_of(2) {
        return html(words);
    }
    let told = pieces.iter().enumerate().map(|(at, piece)| match at % 2 {
        0 => piece.clone(),
        _ => format!("<code>{piece}</code>"),
    });
    told.collect()
}
