//! Items of the language as parts of a page: each with what it says in words, and as it is written.

use super::findings::Findings;
use super::grids;
use super::html::Html;
use super::phrases::{Phrases, plain};
use super::promises;
use super::view::{Badge, Block, Card, Grid, Row};
use super::vocabulary;
use super::words::Label;
use crate::ground::{Span, Text, text};
use crate::syntax::ast::{Clauses, Item, ItemKind, Name, Quoted, Rule};

/// Writes the items of one text.
pub(super) struct Items<'a> {
    pub phrases: Phrases<'a>,
    pub findings: &'a Findings<'a>,
    pub tests: &'a [crate::queries::Test],
}

impl Items<'_> {
    /// An item below a heading of the level above.
    pub(super) fn block(&self, item: &Item, level: usize) -> Block {
        if let Some(entry) = vocabulary::entry(self, item) {
            return Block::Entries { entries: vec![entry] };
        }
        let mut card = match &item.kind {
            ItemKind::Rule(rule) => self.rule(rule),
            ItemKind::Table(table) => grids::table(self, table),
            ItemKind::Matrix(matrix) => grids::matrix(self, matrix),
            ItemKind::Module(module) => super::headers::module(self, module),
            ItemKind::Offer(offer) => promises::offer(self, offer),
            ItemKind::Guarantee(guarantee) => promises::guarantee(self, guarantee),
            ItemKind::Example(example) => promises::example(self, example),
            ItemKind::Accept(accept) => promises::accept(self, accept),
            ItemKind::Silence(silence) => promises::silence(self, silence),
            ItemKind::Broken { keyword, name } => broken(self, keyword, name.as_ref()),
            _ => Draft::default(),
        };
        let is_rule = matches!(
            item.kind,
            ItemKind::Rule(_) | ItemKind::Table(_) | ItemKind::Matrix(_) | ItemKind::Offer(_)
        );
        let is_broken = matches!(item.kind, ItemKind::Broken { .. });
        if is_broken {
            card.badge = Some(Badge {
                look: "error",
                words: self.say(&text!(en: "could not be read", da: "kunne ikke læses")),
            });
        }
        Block::Card(Box::new(Card { is_rule, ..self.card(card, item.span, level) }))
    }

    fn card(&self, draft: Draft, span: Span, level: usize) -> Card {
        let phrases = &self.phrases;
        Card {
            id: phrases.addresses.id(span).unwrap_or_default().to_owned(),
            level,
            sort: self.say(&draft.sort),
            title: draft.title,
            name: draft.name,
            badge: draft.badge,
            is_rule: false,
            effects: draft.effects,
            rows: draft.rows,
            table: draft.table,
            source: phrases.written(span).trim_end().to_owned(),
            findings: self.findings.told_in(span, phrases),
            mentions: self.findings.mentioned_in(span, phrases, false),
        }
    }

    pub(super) fn say(&self, words: &Text) -> String {
        words.get(self.phrases.lang).to_owned()
    }

    pub(super) fn row(&self, label: Label, value: Html) -> Row {
        Row { label: self.say(&label.text()), value }
    }

    /// The title, or the name where there is none.
    pub(super) fn title(&self, title: Option<&Quoted>, name: &str) -> Html {
        let title = title.map(|title| title.text.as_str()).filter(|title| !title.trim().is_empty());
        self.phrases.danish(&title.map_or_else(|| plain(name), str::to_owned))
    }

    fn rule(&self, rule: &Rule) -> Draft {
        Draft {
            sort: text!(en: "rule", da: "regel"),
            title: self.title(rule.title.as_ref(), &rule.name.text),
            name: rule.name.text.clone(),
            effects: rule.effects.iter().map(|effect| self.phrases.effect(effect)).collect(),
            rows: self.clauses(&rule.clauses),
            ..Draft::default()
        }
    }

    /// The clauses rules and tables share, in the order people ask.
    pub(super) fn clauses(&self, clauses: &Clauses) -> Vec<Row> {
        let phrases = &self.phrases;
        let mut rows = Vec::new();
        if let Some(when) = &clauses.when {
            rows.push(self.row(Label::When, phrases.condition(when)));
        }
        if !clauses.places.is_empty() {
            rows.push(self.row(Label::Places, self.departments(&clauses.places)));
        }
        if let Some(valid) = &clauses.valid {
            rows.push(self.row(Label::Valid, phrases.period(valid)));
        }
        if !clauses.basis.is_empty() {
            rows.push(self.row(Label::Basis, phrases.citations(&clauses.basis)));
        }
        if !clauses.exception_to.is_empty() {
            rows.push(self.row(Label::Exception, phrases.paths(&clauses.exception_to)));
        }
        if let Some(responsible) = &clauses.responsible {
            rows.push(self.row(Label::Responsible, self.unit(responsible)));
        }
        if let Some(referred) = &clauses.referred_to {
            rows.push(self.row(Label::Referred, self.unit(referred)));
        }
        if let Some(deviable) = &clauses.deviable {
            let when = deviable.when.as_ref().map(|when| phrases.condition(when));
            let yes = || phrases.say(&text!(en: "yes, in the single case", da: "ja, i den enkelte sag"));
            rows.push(self.row(Label::Deviable, when.unwrap_or_else(yes)));
        }
        if clauses.first_row_wins {
            let words =
                text!(en: "the first row that fits counts", da: "den første række, der passer, gælder");
            rows.push(self.row(Label::FirstRow, phrases.say(&words)));
        }
        if let Some(reason) = &clauses.reason {
            rows.push(self.row(Label::Because, phrases.danish(&reason.text)));
        }
        if let Some(reading) = &clauses.reading {
            rows.push(self.row(Label::Reading, phrases.danish(&reading.text)));
        }
        rows
    }

    pub(super) fn departments(&self, names: &[Name]) -> Html {
        use super::addresses::Sort;
        let names: Vec<&str> = names.iter().map(|name| name.text.as_str()).collect();
        self.phrases.words(Sort::Department, &names)
    }

    /// A unit, or a department that carries something out.
    pub(super) fn unit(&self, name: &Name) -> Html {
        use super::addresses::Sort;
        let is_unit = self.phrases.addresses.word(Sort::Unit, &name.text).is_some();
        self.phrases.word(if is_unit { Sort::Unit } else { Sort::Department }, &name.text)
    }
}

/// A card before its findings.
#[derive(Default)]
pub(super) struct Draft {
    pub sort: Text,
    pub title: Html,
    pub name: String,
    pub badge: Option<Badge>,
    pub effects: Vec<Html>,
    pub rows: Vec<Row>,
    pub table: Option<Grid>,
}

fn broken(items: &Items<'_>, keyword: &str, name: Option<&Name>) -> Draft {
    let name = name.map(|name| name.text.clone()).unwrap_or_default();
    let title = if name.is_empty() { keyword.to_owned() } else { plain(&name) };
    Draft { sort: Text::same(keyword), title: items.phrases.danish(&title), name, ..Draft::default() }
}
