//! `docs/checks/`: a page for each check, made from its card and its example; and what the cards promise.

use super::{assert_none, files_below, root, table};
use hjemmel::report::{Look, Report, format};
use hjemmel::{Card, Checked, Lang, Options, Severity, SourceFile, Window, Workspace};
use std::collections::BTreeMap;

const FOLDER: &str = "docs/checks";

/// Each check and its Danish word, as a table on a page says.
fn danish_words(page: &str, heading: &str) -> Vec<(String, String)> {
    let rows = table(page, heading).into_iter();
    rows.filter(|cells| cells[0].starts_with('`'))
        .map(|cells| (cells[0].replace('`', ""), cells[1].clone()))
        .collect()
}

fn severity(card: &Card) -> (&'static str, &'static str) {
    match card.severity {
        Severity::Error => ("error", "fejl"),
        Severity::Warning => ("warning", "advarsel"),
        Severity::Note => ("note", "bemærkning"),
    }
}

/// The index, and the page of each check, by their file names.
fn pages() -> BTreeMap<String, String> {
    let mut index = "# The checks · Kontrollerne\n\n\
        Made from the checks themselves by `HJEMMEL_ACCEPT=1 cargo test house`; `hjemmel explain <check>` prints one.\n\
        When exactly each holds stands in [semantics.md](../semantics.md).\n\n\
        | Check | Kontrol | | It finds | Den finder |\n|---|---|---|---|---|\n"
        .to_owned();
    let mut pages = BTreeMap::new();
    for card in hjemmel::checks() {
        let (name, (en, da)) = (card.name, severity(&card));
        let about = format!("{} | {}", card.about.en, card.about.da);
        index.push_str(&format!("| [`{name}`]({name}.md) | {} | {en} · {da} | {about} |\n", card.danish));
        pages.insert(format!("{name}.md"), page(&card));
    }
    pages.insert("README.md".to_owned(), index);
    pages
}

fn page(card: &Card) -> String {
    let (en, da) = severity(card);
    let mut page = format!("# {} · {}\n\n", card.name, card.danish);
    page.push_str(&format!("**{}** ({en})\n\n{}\n\n", card.about.en, one_line(&card.explanation.en)));
    page.push_str(&format!("*Why:* {}\n\n", one_line(&card.reason.en)));
    page.push_str(&format!("**{}** ({da})\n\n{}\n\n", card.about.da, one_line(&card.explanation.da)));
    page.push_str(&format!("*Hvorfor:* {}\n", one_line(&card.reason.da)));
    let (exactly, nøjagtigt) = (one_line(&card.definition.en), one_line(&card.definition.da));
    let sections = card.sections;
    page.push_str(&format!(
        "\n## Exactly · Nøjagtigt\n\n{exactly}\n\n{nøjagtigt}\n\n\
         The words are defined in [semantics.md](../semantics.md), section {sections}.\n"
    ));
    page.push_str("\n## It finds something here · Her finder den noget\n\n");
    let files = card.example();
    files.iter().filter(|file| file.bad).for_each(|file| page.push_str(&block(file.name, file.text)));
    page.push_str(&format!("```text\n{}```\n\n", found(card, Lang::En)));
    page.push_str(&format!("```text\n{}```\n\n", found(card, Lang::Da)));
    page.push_str("## Mended, it finds nothing · Rettet finder den intet\n\n");
    let mended = files.iter().filter(|file| file.good && !file.bad);
    mended.for_each(|file| page.push_str(&block(file.name, file.text)));
    format!("{}\n", page.trim_end())
}

fn block(name: &str, text: &str) -> String {
    format!("`{name}`\n\n```{}\n{text}\n```\n\n", if name.ends_with(".toml") { "toml" } else { "hjemmel" })
}

/// What comes of one half of a check's example.
fn checked(card: &Card, bad: bool) -> (Workspace, Checked) {
    let files: Vec<_> =
        card.example().into_iter().filter(|file| if bad { file.bad } else { file.good }).collect();
    let (settings, texts): (Vec<_>, Vec<_>) = files.into_iter().partition(|file| file.name == "hjemmel.toml");
    let mut options = Options::default();
    for line in settings.iter().flat_map(|file| file.text.lines()) {
        let (key, value) = line.split_once(" = ").unwrap();
        let mut days = value.trim_matches('"').split("..").map(|word| crate::cases::day(word).unwrap());
        match key {
            "window" => {
                options.window = Some(Window { from: days.next().unwrap(), to: days.next().unwrap() })
            }
            "reference_date" => options.reference_date = days.next(),
            _ => panic!("{}: an example sets `{key}`", card.name),
        }
    }
    let sources = texts.iter().map(|file| SourceFile::new(file.name, format!("{}\n", file.text)));
    let workspace = Workspace::new(sources.collect(), options);
    let checked = workspace.check();
    let checked = workspace.prove_fixes(checked);
    (workspace, checked)
}

/// What the check says of its own example.
fn found(card: &Card, lang: Lang) -> String {
    let (workspace, mut checked) = checked(card, true);
    checked.findings.retain(|finding| finding.check == card.name);
    let report = Report::new(&workspace, checked);
    let human = format("human").unwrap();
    (human.render)(&[report], Look::plain(lang))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_pages_of_checks_are_current() {
    let pages = pages();
    let folder = root().join(FOLDER);
    if std::env::var_os("HJEMMEL_ACCEPT").is_some() {
        std::fs::create_dir_all(&folder).unwrap();
        for old in std::fs::read_dir(&folder).unwrap() {
            std::fs::remove_file(old.unwrap().path()).unwrap();
        }
        pages.iter().for_each(|(name, page)| std::fs::write(folder.join(name), page).unwrap());
    }
    let there: BTreeMap<String, String> = files_below(FOLDER, ".md")
        .into_iter()
        .map(|file| (file.path.trim_start_matches(FOLDER).trim_start_matches('/').to_owned(), file.text))
        .collect();
    let stale: Vec<&String> =
        pages.keys().chain(there.keys()).filter(|name| pages.get(*name) != there.get(*name)).collect();
    assert!(stale.is_empty(), "not what the checks say: `just docs` rewrites {stale:?}");
}

#[test]
fn a_check_finds_its_example_and_nothing_in_the_mended_one() {
    let mut broken = Vec::new();
    for card in hjemmel::checks() {
        let names =
            |checked: &Checked| checked.findings.iter().map(|finding| finding.check).collect::<Vec<_>>();
        let (_, bad) = checked(&card, true);
        if !names(&bad).contains(&card.name) {
            broken.push(format!("{}: it finds nothing in its example, but {:?}", card.name, names(&bad)));
        }
        let grave = |check: &hjemmel::Diagnostic| check.severity > Severity::Note;
        if let Some(other) = bad.findings.iter().find(|finding| finding.check != card.name && grave(finding))
        {
            broken.push(format!("{}: its example is also about {}", card.name, other.check));
        }
        let (_, good) = checked(&card, false);
        if names(&good).contains(&card.name) || good.findings.iter().any(grave) {
            broken.push(format!("{}: the mended example has {:?}", card.name, names(&good)));
        }
    }
    assert_none(&broken);
}

#[test]
fn examples_of_checks_are_formatted() {
    let mut broken = Vec::new();
    for card in hjemmel::checks() {
        for file in card.example().iter().filter(|file| file.name.ends_with(".hjemmel")) {
            let text = format!("{}\n", file.text);
            let formatted = hjemmel::format(file.name, &text);
            if formatted.is_ok_and(|formatted| formatted != text) {
                broken.push(format!("{}: {} is not as `hjemmel fmt` writes it", card.name, file.name));
            }
        }
    }
    assert_none(&broken);
}

#[test]
fn a_card_says_both_languages_and_not_the_same() {
    let mut broken = Vec::new();
    for card in hjemmel::checks() {
        for text in [&card.about, &card.explanation, &card.definition, &card.reason] {
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
    let examples = files_below("src/checks/examples", ".md");
    let mut examples: Vec<&str> = examples.iter().map(super::File::stem).collect();
    examples.sort_unstable();
    assert_eq!(listed, examples, "each check has one example");
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
