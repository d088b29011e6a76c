//! `docs/checks.md`: the cards of the checks as a page, both languages side by side.

use super::{assert_none, read, root, table};
use hjemmel::Severity;

const PAGE: &str = "docs/checks.md";

/// Each check and its Danish word, as a table on a page says.
fn danish_words(page: &str, heading: &str) -> Vec<(String, String)> {
    let rows = table(page, heading).into_iter();
    rows.filter(|cells| cells[0].starts_with('`'))
        .map(|cells| (cells[0].replace('`', ""), cells[1].clone()))
        .collect()
}

fn page() -> String {
    let mut page = "# The checks · Kontrollerne\n\n\
        Made from the checks themselves by `HJEMMEL_ACCEPT=1 cargo test house`; `hjemmel explain <check>` prints one.\n\
        When exactly each holds stands in [semantics.md](semantics.md).\n"
        .to_owned();
    for card in hjemmel::checks() {
        let (en, da) = match card.severity {
            Severity::Error => ("error", "fejl"),
            Severity::Warning => ("warning", "advarsel"),
            Severity::Note => ("note", "bemærkning"),
        };
        page.push_str(&format!("\n## {} · {}\n\n", card.name, card.danish));
        page.push_str(&format!("**{}** ({en}). {}\n\n", card.about.en, one_line(&card.explanation.en)));
        page.push_str(&format!("**{}** ({da}). {}\n", card.about.da, one_line(&card.explanation.da)));
    }
    page
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_page_of_checks_is_current() {
    let page = page();
    if std::env::var_os("HJEMMEL_ACCEPT").is_some() {
        std::fs::write(root().join(PAGE), &page).unwrap();
    }
    assert!(read(PAGE) == page, "{PAGE} is not what the checks say: `just docs` rewrites it");
}

#[test]
fn a_card_says_both_languages_and_not_the_same() {
    let mut broken = Vec::new();
    for card in hjemmel::checks() {
        for text in [&card.about, &card.explanation] {
            if text.en.trim().is_empty() || text.da.trim().is_empty() || text.en == text.da {
                broken.push(format!("{}: its card lacks one language", card.name));
            }
        }
    }
    assert_none(&broken);
}

#[test]
fn the_library_s_checks_are_the_files_of_the_room() {
    let listed: Vec<String> = hjemmel::checks().iter().map(|card| card.name.to_owned()).collect();
    let mut files = super::registry::checks();
    files.sort();
    assert_eq!(listed, files);
}

#[test]
fn a_check_has_one_danish_word_everywhere() {
    let cards = hjemmel::checks();
    let mut own: Vec<(String, String)> =
        cards.iter().map(|card| (card.name.to_owned(), card.danish.to_owned())).collect();
    let mut broken = Vec::new();
    for (name, danish) in &own {
        if cards.iter().any(|card| card.name != name && (card.danish == danish || card.name == danish)) {
            broken.push(format!("`{danish}` names two checks"));
        }
    }
    assert_none(&broken);
    own.sort();
    let mut told = danish_words("docs/glossary.md", "## The checks · Kontrollerne");
    told.sort();
    assert_eq!(told, own, "docs/glossary.md and the cards name the checks alike");
    let mut shown = danish_words("README.md", "## What it finds");
    shown.retain(|pair| !own.contains(pair));
    assert_eq!(shown, [], "README.md names the checks as their cards do");
}
