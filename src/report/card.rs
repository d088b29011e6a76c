//! The checks' cards, for a reader who wants to know what a check is about.

use super::Look;
use super::human::page::{Ink, Page};
use super::json::Words;
use crate::ground::{Card, ExampleFile, Severity, text};
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

/// Below so many columns each check takes a line of its own and its description the next.
const ROOMY: usize = 64;

/// A check explained: its names and strongest severity, what it is about, when it holds and what to do.
pub fn card(card: &Card, look: Look) -> String {
    let mut page = Page::new(look);
    let (name, danish, strongest) = (card.name, card.danish, card.severity.in_words());
    page.heading(&format!("{name} · {danish} ({})", strongest.get(look.lang)), Ink::of(card.severity), "");
    page.paragraph(card.about.get(look.lang));
    page.line("");
    page.paragraph(card.explanation.get(look.lang));
    page.line("");
    page.paragraph(card.reason.get(look.lang));
    page.line("");
    let exactly = text!(en: "exactly: ", da: "nøjagtigt: ");
    page.paragraph(&format!("{}{}", exactly.get(look.lang), card.definition.get(look.lang)));
    let headings = [
        (text!(en: "it finds something here:", da: "her finder den noget:"), true),
        (text!(en: "mended, it finds nothing:", da: "rettet finder den intet:"), false),
    ];
    for (heading, is_bad) in headings {
        page.line("");
        page.paragraph(heading.get(look.lang));
        for file in
            card.example().iter().filter(|file| if is_bad { file.bad } else { file.good && !file.bad })
        {
            page.line("");
            page.line(&format!("  {}", file.name));
            file.text.lines().for_each(|line| policy_line(&mut page, line, look));
        }
    }
    page.into_string()
}

/// A line of a policy; one that is too wide is broken where the language does not mind.
fn policy_line(page: &mut Page, line: &str, look: Look) {
    let indented = format!("    {line}");
    if indented.width() <= look.width {
        return page.line(indented.trim_end());
    }
    let words = line.trim_start();
    let indent = " ".repeat(4 + line.len() - words.len());
    page.entry(&indent, "", Ink::Key, words, 4);
}

/// The checks there are, the gravest first: names, Danish names and what each is about.
pub fn cards(cards: &[Card], look: Look) -> String {
    let mut page = Page::new(look);
    let widest = |word: fn(&Card) -> &'static str| {
        cards.iter().map(|card| word(card).chars().count()).max().unwrap_or(0)
    };
    let (name, danish) = (widest(|card| card.name), widest(|card| card.danish));
    let gravest_first = [Severity::Error, Severity::Warning, Severity::Note];
    for strongest in gravest_first {
        let grave = strongest.in_words();
        let grave = grave.get(look.lang);
        let mut those = cards.iter().filter(|card| card.severity == strongest).peekable();
        if those.peek().is_some() && look.width >= ROOMY {
            page.heading(grave, Ink::of(strongest), "");
        }
        for card in those {
            let about = card.about.get(look.lang);
            if look.width >= ROOMY {
                let key = format!("{:name$}  {:danish$}  ", card.name, card.danish);
                page.entry("  ", &key, Ink::Key, about, 0);
            } else {
                page.heading(card.name, Ink::of(strongest), &format!("· {} ({grave})", card.danish));
                page.entry("  ", "", Ink::Key, about, 0);
            }
        }
    }
    let more = text!(en: "what a check means: `hjemmel explain CHECK`", da: "hvad en kontrol betyder: `hjemmel explain KONTROL`");
    page.paragraph(more.get(look.lang));
    page.into_string()
}

/// The same for programs: a JSON array with all a card says, in both languages.
pub fn cards_json(cards: &[Card]) -> String {
    let files = |card: &Card, wanted: fn(&ExampleFile) -> bool| {
        let wanted = card.example().into_iter().filter(wanted);
        wanted.map(|file| File { name: file.name, text: file.text }).collect()
    };
    let entries: Vec<Entry<'_>> = cards
        .iter()
        .map(|card| Entry {
            name: card.name,
            danish: card.danish,
            severity: card.severity.name(),
            about: (&card.about).into(),
            explanation: (&card.explanation).into(),
            definition: (&card.definition).into(),
            reason: (&card.reason).into(),
            bad: files(card, |file| file.bad),
            good: files(card, |file| file.good),
        })
        .collect();
    let mut page = serde_json::to_string_pretty(&entries).unwrap_or_default();
    page.push('\n');
    page
}

#[derive(Serialize)]
struct Entry<'a> {
    name: &'a str,
    danish: &'a str,
    severity: &'a str,
    about: Words<'a>,
    explanation: Words<'a>,
    definition: Words<'a>,
    reason: Words<'a>,
    bad: Vec<File<'a>>,
    good: Vec<File<'a>>,
}

#[derive(Serialize)]
struct File<'a> {
    name: &'a str,
    text: &'a str,
}
