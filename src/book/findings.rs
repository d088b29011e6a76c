//! Findings at their places: told in full where the first of their labels stands, named where the others do.

use super::addresses::{Address, Addresses, FINDINGS, Pool};
use super::html::Html;
use super::material::Material;
use super::phrases::Phrases;
use super::view::{Badge, Line, Link, Mention, Row, Told};
use super::words::{self, Label};
use crate::ground::{Accepted, Card, Diagnostic, FileId, Lang, Severity, Span, date_in_words, text};
use std::cmp::Reverse;

/// Where every finding stands.
pub(super) struct Findings<'a> {
    found: Vec<Found<'a>>,
    cards: &'a [Card],
}

/// A finding, or one that is accepted.
pub(super) struct Found<'a> {
    pub finding: &'a Diagnostic,
    pub accepted: Option<&'a Accepted>,
    pub address: Address,
}

impl<'a> Findings<'a> {
    pub(super) fn of(material: &Material<'a>, addresses: &Addresses) -> Self {
        let told = material.findings.iter().map(|finding| (finding, None));
        let accepted = material.accepted.iter().map(|accepted| (&accepted.finding, Some(accepted)));
        let mut pool = Pool::default();
        let found = told.chain(accepted).map(|(finding, accepted)| {
            let id = pool.take(&format!("fund-{}", finding.fingerprint()));
            let page = match finding.labels.first() {
                Some(label) => addresses.document(label.span.file),
                None => FINDINGS,
            };
            Found { finding, accepted, address: Address::new(page, &id) }
        });
        Findings { found: found.collect(), cards: material.cards }
    }

    pub(super) fn all(&self) -> &[Found<'a>] {
        &self.found
    }

    /// Those of one severity that are not accepted.
    pub(super) fn count(&self, severity: Severity) -> usize {
        let open = self.found.iter().filter(|found| found.accepted.is_none());
        open.filter(|found| found.finding.severity == severity).count()
    }

    /// What is told in full in an item.
    pub(super) fn told_in(&self, span: Span, phrases: &Phrases<'_>) -> Vec<Told> {
        let here =
            |found: &&Found<'_>| found.finding.labels.first().is_some_and(|label| span.holds(label.span));
        self.found.iter().filter(here).map(|found| self.told(found, phrases)).collect()
    }

    /// What is told in a text, but in none of its items.
    pub(super) fn told_between(&self, file: FileId, items: &[Span], phrases: &Phrases<'_>) -> Vec<Told> {
        let here = |found: &&Found<'_>| {
            found.finding.labels.first().is_some_and(|label| {
                label.span.file == file && !items.iter().any(|item| item.holds(label.span))
            })
        };
        self.found.iter().filter(here).map(|found| self.told(found, phrases)).collect()
    }

    /// What is told of a span, the gravest first: also what is told in full there, or only the rest.
    pub(super) fn mentioned_in(&self, span: Span, phrases: &Phrases<'_>, own: bool) -> Vec<Mention> {
        let about = |found: &&Found<'_>| {
            let mut labels = found.finding.labels.iter().enumerate();
            labels.any(|(at, label)| (at > 0 || own) && span.holds(label.span))
                && (own || !found.finding.labels.first().is_some_and(|label| span.holds(label.span)))
        };
        let mut found: Vec<&Found<'_>> = self.found.iter().filter(about).collect();
        found.sort_by_key(|found| (found.accepted.is_some(), Reverse(found.finding.severity)));
        found.into_iter().map(|found| self.mention(found, phrases)).collect()
    }

    pub(super) fn mention(&self, found: &Found<'_>, phrases: &Phrases<'_>) -> Mention {
        let finding = found.finding;
        let mut more = Html::text(" ");
        more.push(&phrases.danish(&about(finding)));
        let link =
            Link { href: phrases.href(&found.address), words: self.check_word(finding.check, phrases), more };
        Mention { badge: badge(found, phrases.lang), link }
    }

    /// A check by the name the reader knows it by.
    pub(super) fn check_word(&self, check: &str, phrases: &Phrases<'_>) -> Html {
        let card = self.cards.iter().find(|card| card.name == check);
        Html::text(card.map_or(check, |card| words::check_name(card, phrases.lang)))
    }

    /// A finding as a line of a list that leads to it.
    pub(super) fn line(&self, found: &Found<'_>, phrases: &Phrases<'_>) -> Line {
        let told = self.told(found, phrases);
        Line {
            badges: vec![told.badge],
            link: Some(Link {
                href: phrases.href(&found.address),
                words: told.check.words.clone(),
                more: told.about,
            }),
            text: vec![told.message],
            after: Some(Link {
                href: told.check.href,
                words: phrases.say(&text!(en: "what it means", da: "hvad det betyder")),
                more: told.check.words,
            }),
            ..Line::default()
        }
    }

    /// Those that fit, the gravest first, as lines of a list.
    pub(super) fn lines(&self, fits: &dyn Fn(&Diagnostic) -> bool, phrases: &Phrases<'_>) -> Vec<Line> {
        let mut found: Vec<&Found<'_>> = self.found.iter().filter(|found| fits(found.finding)).collect();
        found.sort_by_key(|found| (found.accepted.is_some(), Reverse(found.finding.severity)));
        found.into_iter().map(|found| Line { after: None, ..self.line(found, phrases) }).collect()
    }

    pub(super) fn told(&self, found: &Found<'_>, phrases: &Phrases<'_>) -> Told {
        let (finding, lang) = (found.finding, phrases.lang);
        let check = phrases.addresses.check(finding.check).map(|address| phrases.href(&address));
        let check = Link {
            href: check.unwrap_or_default(),
            words: self.check_word(finding.check, phrases),
            more: Html::default(),
        };
        let mut rows = Vec::new();
        let mut row = |label: Label, value: Html| {
            if !value.is_empty() {
                rows.push(Row { label: label.text().get(lang).to_owned(), value });
            }
        };
        row(Label::Who, who(finding, phrases));
        row(Label::Example, witness(finding, phrases));
        let rules: Vec<Html> = finding.rules.iter().map(|rule| phrases.rule(rule)).collect();
        row(Label::Rules, Html::joined(&rules, ", "));
        let basis: Vec<Html> = finding.basis.iter().map(|words| phrases.provision(words)).collect();
        row(Label::Basis, Html::joined(&basis, ", "));
        Told {
            id: found.address.id.clone(),
            badge: badge(found, lang),
            check,
            about: phrases.danish(&about(finding)),
            message: phrases.message(&sentence(finding.message.get(lang))),
            help: finding.help.as_ref().map(|help| phrases.message(&sentence(help.get(lang)))),
            rows,
            places: places(finding, phrases),
            accepted: found.accepted.map(|accepted| {
                let until = accepted.until.map(date_in_words).map(|day| {
                    let (en, da) = (day.en, day.da);
                    text!(en: " (until {en})", da: " (til {da})")
                });
                let mut html = phrases.say(&text!(en: "Accepted: ", da: "Accepteret: "));
                html.push(&phrases.danish(&accepted.reason));
                html.push(&phrases.say(&until.unwrap_or_default()));
                html
            }),
        }
    }
}

/// Whom or what it is about.
fn about(finding: &Diagnostic) -> String {
    let about: Vec<&str> = finding.module.iter().chain(&finding.support).map(String::as_str).collect();
    about.join(", ")
}

/// A message begins small; on a page it is a sentence.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The most boxes that are shown at once.
const MOST_BOXES: usize = 8;

fn who(finding: &Diagnostic, phrases: &Phrases<'_>) -> Html {
    let mut boxes: Vec<Html> = Vec::new();
    for conditions in finding.region.iter().take(MOST_BOXES) {
        let parts: Vec<Html> = conditions.iter().map(|one| phrases.danish(&one.source)).collect();
        boxes.push(match parts.is_empty() {
            true => phrases.say(&text!(en: "everybody", da: "alle")),
            false => Html::joined(&parts, text!(en: " and ", da: " og ").get(phrases.lang)),
        });
    }
    let left = finding.region.len().saturating_sub(MOST_BOXES);
    if left > 0 {
        boxes.push(phrases.say(&text!(en: "and {left} more", da: "og {left} til")));
    }
    match boxes.as_slice() {
        [] => Html::default(),
        [one] => one.clone(),
        _ => Html::list("parts", &boxes),
    }
}

fn witness(finding: &Diagnostic, phrases: &Phrases<'_>) -> Html {
    let facts = finding.witness.iter().flatten().filter(|fact| fact.matters);
    let words: Vec<Html> = facts
        .map(|fact| phrases.danish(&format!("{} {}", super::phrases::plain(&fact.fact), fact.value)))
        .collect();
    Html::joined(&words, ", ")
}

/// The places, each with the words that stand beside it in a report.
fn places(finding: &Diagnostic, phrases: &Phrases<'_>) -> Vec<Link> {
    let mut places: Vec<Link> = Vec::new();
    for label in &finding.labels {
        let file = phrases.sources.file(label.span.file);
        let line = file.position(label.span.start).line;
        let address = phrases.addresses.near(label.span);
        let words = Html::text(&label.text.get(phrases.lang).replace('`', ""));
        let more = phrases.say(&text!(en: "line {line}", da: "linje {line}"));
        let link = Link { href: phrases.href(&address), words, more };
        if !places.iter().any(|known| known.words == link.words && known.href == link.href) {
            places.push(link);
        }
    }
    places
}

fn badge(found: &Found<'_>, lang: Lang) -> Badge {
    if found.accepted.is_some() {
        return Badge {
            look: "accepted",
            words: text!(en: "accepted", da: "accepteret").get(lang).to_owned(),
        };
    }
    let severity = found.finding.severity;
    Badge { look: severity.name(), words: severity.in_words().get(lang).to_owned() }
}
