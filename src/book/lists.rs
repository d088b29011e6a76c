//! Lists over the whole book: the front page, the documents, the findings, the examples, the checks.

use super::findings::Found;
use super::html::Html;
use super::items::Items;
use super::material::Material;
use super::places;
use super::view::{Badge, Contents, Line, Link, Told};
use super::words;
use crate::ground::{Diagnostic, FileId, Severity, text, titled};
use crate::model::{Module, ModuleKind};
use crate::queries::{TestKind, TestOutcome};
use crate::syntax::ast::ItemKind;
use minijinja::{Value, context};
use serde::Serialize;

/// A group of lines below a heading.
#[derive(Clone, Debug, Default, Serialize)]
struct Group {
    id: String,
    title: Html,
    intro: Vec<Html>,
    lines: Vec<Line>,
    told: Vec<Told>,
}

/// A place or a text with what was found in it.
#[derive(Clone, Debug, Serialize)]
struct Tile {
    href: String,
    title: Html,
    sort: String,
    counts: Vec<Badge>,
    text: Html,
}

pub(super) fn front(material: &Material<'_>, items: &Items<'_>) -> Value {
    let phrases = &items.phrases;
    let tile = |module: &Module| {
        let address = phrases.addresses.place(&module.name)?;
        let own =
            |found: &&Found<'_>| found.accepted.is_none() && places::is_about(found.finding, &module.name);
        let found: Vec<&Diagnostic> =
            items.findings.all().iter().filter(own).map(|found| found.finding).collect();
        let mut tile = Tile {
            href: phrases.href(address),
            title: phrases.danish(titled(&module.title, &module.name)),
            sort: items.say(&words::module_kind(module.kind)),
            counts: places::counts(&found, items),
            text: Html::default(),
        };
        if let Some(day) = module.adopted {
            let mut html = phrases.say(&text!(en: "Adopted ", da: "Vedtaget "));
            html.push(&phrases.say(&crate::ground::date_in_words(day)));
            tile.text = html;
        }
        Some(tile)
    };
    let places: Vec<Tile> = material.model.modules.iter().filter_map(tile).collect();
    let rules = material.model.rules.len();
    let texts = material.trees.len();
    let told = text!(
        en: "{texts} texts with {rules} rules. Each rule stands below the words it encodes, and whatever was found is told where it was found.",
        da: "{texts} tekster med {rules} regler. Hver regel står under de ord, den er skrevet efter, og hvert fund står, hvor det er fundet."
    );
    let severities = [Severity::Error, Severity::Warning, Severity::Note];
    let counts: Vec<Badge> = severities
        .into_iter()
        .map(|severity| (severity, items.findings.count(severity)))
        .filter(|(_, number)| *number > 0)
        .map(|(severity, number)| Badge {
            look: severity.name(),
            words: items.say(&severity.counted(number)),
        })
        .collect();
    let open: Vec<Html> =
        material.open.iter().map(|open| phrases.message(open.message().get(phrases.lang))).collect();
    context! {
        places,
        groups => document_groups(material, items),
        intro => phrases.say(&told),
        counts,
        open,
        open_title => items.say(&text!(en: "Not proven", da: "Ikke bevist")),
        findings => super::addresses::FINDINGS,
    }
}

#[derive(Clone, Debug, Serialize)]
struct Tiles {
    title: String,
    id: String,
    tiles: Vec<Tile>,
}

/// Kinds of texts in the order of the list: the local ones first, then what binds them, then the rest.
const KINDS: [ModuleKind; 9] = [
    ModuleKind::Municipality,
    ModuleKind::Institution,
    ModuleKind::Region,
    ModuleKind::Law,
    ModuleKind::Order,
    ModuleKind::Trial,
    ModuleKind::Guidance,
    ModuleKind::Provider,
    ModuleKind::Source,
];

/// The texts, by who speaks in them.
fn document_groups(material: &Material<'_>, items: &Items<'_>) -> Vec<Tiles> {
    let phrases = &items.phrases;
    let names = material.short_names();
    let mut groups: Vec<(Option<ModuleKind>, Vec<Tile>)> =
        KINDS.iter().map(|kind| (Some(*kind), Vec::new())).chain([(None, Vec::new())]).collect();
    for (at, tree) in material.trees.iter().enumerate() {
        let file = FileId(at as u32);
        let module = tree.items.iter().find_map(|item| match &item.kind {
            ItemKind::Module(module) => Some(module),
            _ => None,
        });
        let document = super::document::title_of(material, items, file, &names[at]);
        let here = |found: &&Found<'_>| {
            found.accepted.is_none()
                && found.finding.labels.first().is_some_and(|label| label.span.file == file)
        };
        let found: Vec<&Diagnostic> =
            items.findings.all().iter().filter(here).map(|found| found.finding).collect();
        let tile = Tile {
            href: format!("{}{}", phrases.root, phrases.addresses.document(file)),
            title: phrases.danish(&document),
            sort: String::new(),
            counts: places::counts(&found, items),
            text: phrases.danish(&names[at]),
        };
        let kind = module.map(|module| module.kind);
        if let Some((_, tiles)) = groups.iter_mut().find(|(known, _)| *known == kind) {
            tiles.push(tile);
        }
    }
    let groups = groups.into_iter().filter(|(_, tiles)| !tiles.is_empty());
    let group = |(kind, tiles): (Option<ModuleKind>, Vec<Tile>)| {
        let title = kind.map_or_else(|| text!(en: "Words they share", da: "Fælles ord"), words::module_kinds);
        Tiles { id: format!("slags-{}", super::addresses::slug(&title.da)), title: items.say(&title), tiles }
    };
    groups.map(group).collect()
}

pub(super) fn documents(material: &Material<'_>, items: &Items<'_>) -> Value {
    context! { groups => document_groups(material, items) }
}

pub(super) fn findings(material: &Material<'_>, items: &Items<'_>) -> (Value, Vec<Contents>) {
    let phrases = &items.phrases;
    let mut groups = Vec::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        let those = items.findings.all().iter();
        let those: Vec<&Found<'_>> =
            those.filter(|found| found.accepted.is_none() && found.finding.severity == severity).collect();
        if those.is_empty() {
            continue;
        }
        let title = severity.counted(those.len());
        groups.push(group_of(items, severity.name(), phrases.say(&title), &those));
    }
    let accepted: Vec<&Found<'_>> =
        items.findings.all().iter().filter(|found| found.accepted.is_some()).collect();
    if !accepted.is_empty() {
        let title = phrases.say(&text!(en: "Accepted", da: "Accepterede"));
        groups.push(group_of(items, "accepted", title, &accepted));
    }
    let intro = match items.findings.all().is_empty() {
        true => text!(en: "Nothing was found.", da: "Der er ingen fund."),
        false => text!(
            en: "What the check found in the texts. Each line leads to the place where it is told in full: of whom it is true, one such citizen, and the next step.",
            da: "Hvad kontrollen fandt i teksterne. Hver linje fører til det sted, hvor fundet står helt: hvem det gælder, en sådan borger, og det næste skridt."
        ),
    };
    let open: Vec<Html> =
        material.open.iter().map(|open| phrases.message(open.message().get(phrases.lang))).collect();
    if !open.is_empty() {
        let title = phrases.say(&text!(en: "Not proven", da: "Ikke bevist"));
        groups.push(Group { id: "ikke-bevist".to_owned(), title, intro: open, ..Group::default() });
    }
    page(groups, phrases.say(&intro))
}

fn page(groups: Vec<Group>, intro: Html) -> (Value, Vec<Contents>) {
    let contents = groups.iter().map(|group| Contents {
        level: 2,
        href: format!("#{}", group.id),
        words: Html::text(&group.title.plain()),
    });
    let contents = contents.collect();
    (context! { groups, intro }, contents)
}

fn group_of(items: &Items<'_>, id: &str, title: Html, found: &[&Found<'_>]) -> Group {
    let (placed, unplaced): (Vec<&Found<'_>>, Vec<&Found<'_>>) =
        found.iter().copied().partition(|found| !found.finding.labels.is_empty());
    Group {
        id: format!("alle-{id}"),
        title,
        intro: Vec::new(),
        lines: placed.into_iter().map(|found| items.findings.line(found, &items.phrases)).collect(),
        told: unplaced.into_iter().map(|found| items.findings.told(found, &items.phrases)).collect(),
    }
}

pub(super) fn examples(material: &Material<'_>, items: &Items<'_>) -> (Value, Vec<Contents>) {
    let phrases = &items.phrases;
    let mut groups: Vec<(String, Group)> = Vec::new();
    for test in material.tests {
        let at = groups.iter().position(|(place, _)| *place == test.place).unwrap_or_else(|| {
            let group = Group {
                id: format!("sted-{}", super::addresses::slug(&test.place)),
                title: phrases.leading(phrases.addresses.place(&test.place), &test.place),
                ..Group::default()
            };
            groups.push((test.place.clone(), group));
            groups.len() - 1
        });
        let (look, words) = match &test.outcome {
            TestOutcome::Passed => ("passed", text!(en: "holds", da: "holder")),
            TestOutcome::Failed(_) => ("error", text!(en: "does not hold", da: "holder ikke")),
            TestOutcome::OfNobody => ("error", text!(en: "about nobody", da: "handler om ingen")),
            TestOutcome::InDoubt(_) => ("warning", text!(en: "in doubt", da: "i tvivl")),
            TestOutcome::NotProven => ("warning", text!(en: "not proven", da: "ikke bevist")),
        };
        let kind = match test.kind {
            TestKind::Example => text!(en: "example", da: "eksempel"),
            TestKind::Guarantee => text!(en: "guarantee", da: "garanti"),
        };
        let mut line = Line {
            badges: vec![Badge { look, words: items.say(&words) }],
            link: Some(Link {
                href: phrases.href(&phrases.addresses.near(test.span)),
                words: phrases.danish(&super::phrases::plain_title(&test.name, test.kind)),
                more: phrases.say(&kind),
            }),
            ..Line::default()
        };
        if let TestOutcome::Failed(claims) = &test.outcome {
            line.text.extend(claims.iter().map(|claim| phrases.message(claim.words.get(phrases.lang))));
        }
        groups[at].1.lines.push(line);
    }
    let mut groups: Vec<Group> = groups.into_iter().map(|(_, group)| group).collect();
    for group in &mut groups {
        let (all, hold) = (
            group.lines.len(),
            group.lines.iter().filter(|line| line.badges.iter().any(|badge| badge.look == "passed")).count(),
        );
        group.intro.push(phrases.say(&text!(en: "{hold} of {all} hold.", da: "{hold} af {all} holder.")));
    }
    let intro = match groups.is_empty() {
        true => text!(en: "No examples are written.", da: "Der er ikke skrevet eksempler."),
        false => text!(
            en: "Citizens and what must be decided about them, and promises about all decisions. Each is run: it holds if it holds whatever else is true of the citizen.",
            da: "Borgere og det, der skal afgøres om dem, og løfter om alle afgørelser. Hvert er prøvet: det holder, hvis det holder, uanset hvad der ellers er sandt om borgeren."
        ),
    };
    page(groups, phrases.say(&intro))
}

pub(super) fn checks(material: &Material<'_>, items: &Items<'_>) -> (Value, Vec<Contents>) {
    let phrases = &items.phrases;
    let mut groups = Vec::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        let cards = material.cards.iter().filter(|card| card.severity == severity);
        let line = |card: &crate::ground::Card| {
            let own = |found: &&Found<'_>| found.finding.check == card.name;
            let found: Vec<&Diagnostic> =
                items.findings.all().iter().filter(own).map(|found| found.finding).collect();
            let explained = card.explanation.get(phrases.lang);
            let paragraphs = explained.split("\n\n").map(|words| phrases.message(words));
            Line {
                id: card.name.to_owned(),
                badges: places::counts(&found, items),
                heading: Html::text(words::check_name(card, phrases.lang)),
                text: std::iter::once(phrases.message(card.about.get(phrases.lang)))
                    .chain(paragraphs)
                    .collect(),
                ..Line::default()
            }
        };
        groups.push(Group {
            id: format!("grad-{}", severity.name()),
            title: phrases.say(&words::severity_heading(severity)),
            lines: cards.map(line).collect(),
            ..Group::default()
        });
    }
    let intro = text!(
        en: "What each check looks for, why it matters, and what to do. The numbers say how often it was found in these texts.",
        da: "Hvad hver kontrol leder efter, hvorfor det betyder noget, og hvad man gør ved det. Tallene siger, hvor tit det er fundet i disse tekster."
    );
    page(groups, phrases.say(&intro))
}
