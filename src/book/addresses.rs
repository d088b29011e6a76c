//! Where everything stands in the book: a page and a place on it for each rule, word, support, paragraph and check.

use super::material::Material;
use crate::ground::{FileId, Span};
use crate::model::{Model, ModuleKind, Role};
use crate::syntax::ast::{Item, ItemKind};
use std::collections::{BTreeMap, BTreeSet};

pub(super) const FRONT: &str = "index.html";
pub(super) const DOCUMENTS: &str = "dokumenter.html";
pub(super) const SUPPORTS: &str = "stoetter.html";
pub(super) const PARAGRAPHS: &str = "paragraffer.html";
pub(super) const GLOSSARY: &str = "ordliste.html";
pub(super) const FINDINGS: &str = "fund.html";
pub(super) const EXAMPLES: &str = "eksempler.html";
pub(super) const CHECKS: &str = "kontroller.html";
pub(super) const SEARCH: &str = "soeg.html";

/// What a word of the policies names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Sort {
    Fact,
    Concept,
    Support,
    Term,
    Unit,
    Department,
    Rate,
}

/// A page, and a place on it; the page itself where the place is empty.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Address {
    pub page: String,
    pub id: String,
}

impl Address {
    pub(super) fn new(page: &str, id: &str) -> Self {
        Address { page: page.to_owned(), id: id.to_owned() }
    }

    /// Seen from the front page.
    pub(super) fn href(&self) -> String {
        if self.id.is_empty() { self.page.clone() } else { format!("{}#{}", self.page, self.id) }
    }
}

/// Names that may stand only once: page names, places on one page.
#[derive(Clone, Debug, Default)]
pub(super) struct Pool(BTreeSet<String>);

impl Pool {
    /// The name, with a number behind it where it is taken.
    pub(super) fn take(&mut self, name: &str) -> String {
        let mut unique = name.to_owned();
        let mut number = 2;
        while !self.0.insert(unique.clone()) {
            unique = format!("{name}-{number}");
            number += 1;
        }
        unique
    }
}

/// Words as part of an address: `Støtte § 31 b` is `stoette-31-b`.
pub(super) fn slug(words: &str) -> String {
    let mut slug = String::new();
    for letter in words.chars().flat_map(char::to_lowercase) {
        match letter {
            'æ' => slug.push_str("ae"),
            'ø' => slug.push_str("oe"),
            'å' => slug.push_str("aa"),
            letter if letter.is_ascii_alphanumeric() => slug.push(letter),
            _ if slug.is_empty() || slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "x".to_owned() } else { slug.to_owned() }
}

/// Every address of the book.
#[derive(Clone, Debug, Default)]
pub(super) struct Addresses {
    /// the page of each text, by its file
    documents: Vec<String>,
    /// items and rows, by where they begin
    items: BTreeMap<(FileId, u32), String>,
    /// rules, tables and matrices by their full names
    rules: BTreeMap<String, Address>,
    words: BTreeMap<(Sort, String), Address>,
    /// the page of a municipality or another who decides
    places: BTreeMap<String, Address>,
    /// where a module is declared
    modules: BTreeMap<String, Address>,
    /// `LAB § 31 b`, by the words of citations
    provisions: BTreeMap<String, Address>,
    checks: BTreeSet<&'static str>,
}

impl Addresses {
    pub(super) fn of(material: &Material<'_>) -> Self {
        let mut addresses = Addresses::default();
        let mut pages = Pool::default();
        for name in material.short_names() {
            let stem = name.trim_end_matches(".md").trim_end_matches(".hjemmel");
            addresses.documents.push(format!("dokumenter/{}.html", pages.take(&slug(stem))));
        }
        for (file, tree) in material.trees.iter().enumerate() {
            let mut pool = Pool::default();
            for item in &tree.items {
                addresses.item(material.model, FileId(file as u32), item, &mut pool);
            }
        }
        addresses.rules_of(material.model);
        addresses.words_of(material.model, &addresses.rate_names(material));
        addresses.modules_of(material.model);
        addresses.checks = material.cards.iter().map(|card| card.name).collect();
        addresses
    }

    fn rate_names(&self, material: &Material<'_>) -> Vec<String> {
        let items = material.trees.iter().flat_map(|tree| &tree.items);
        let rates = items.filter_map(|item| match &item.kind {
            ItemKind::Rate(rate) => Some(rate.name.text.clone()),
            _ => None,
        });
        rates.collect()
    }

    fn item(&mut self, model: &Model, file: FileId, item: &Item, pool: &mut Pool) {
        let id = pool.take(&slug(&item_id(item)));
        self.items.insert((file, item.span.start), id);
        if let ItemKind::Table(table) = &item.kind {
            for row in &table.rows {
                let rule = model.rules.iter().find(|rule| rule.of_table && row.span.holds(rule.name_span));
                let rule = rule.map(|rule| rule.name.split_once('.').map_or("", |(_, rest)| rest));
                if let Some(name) = rule {
                    let id = pool.take(&slug(&format!("regel {name}")));
                    self.items.insert((file, row.span.start), id);
                }
            }
        }
    }

    /// The rules of the model stand where their rows do, else where their items do.
    fn rules_of(&mut self, model: &Model) {
        for rule in &model.rules {
            let span = rule.name_span;
            let before = self.items.range(..=(span.file, span.start)).next_back();
            let Some(((file, _), id)) = before.filter(|((file, _), _)| *file == span.file) else { continue };
            let address = Address::new(&self.documents[file.0 as usize], id);
            if let Some((table, _)) = rule.name.rsplit_once('.').filter(|_| rule.of_table) {
                self.rules.entry(table.to_owned()).or_insert_with(|| address.clone());
            }
            self.rules.entry(rule.name.clone()).or_insert(address);
        }
    }

    fn words_of(&mut self, model: &Model, rates: &[String]) {
        let mut pool = Pool::default();
        let mut word = |addresses: &mut Addresses, sort: Sort, kind: &str, name: &str| {
            let id = pool.take(&slug(&format!("{kind} {name}")));
            addresses.words.insert((sort, name.to_owned()), Address::new(GLOSSARY, &id));
        };
        for fact in &model.facts {
            word(self, Sort::Fact, "oplysning", &fact.name);
        }
        for concept in &model.concepts {
            word(self, Sort::Concept, "begreb", &concept.name);
        }
        for term in &model.terms {
            word(self, Sort::Term, "vilkaar", &term.name);
        }
        for rate in rates {
            word(self, Sort::Rate, "sats", rate);
        }
        for unit in &model.units {
            word(self, Sort::Unit, "enhed", &unit.name);
        }
        for department in &model.departments {
            let name = format!("{}.{}", model.modules[department.module.index()].name, department.name);
            word(self, Sort::Department, "afdeling", &name);
        }
        let mut pages = Pool::default();
        for support in &model.supports {
            if super::supports::has_page(support) {
                let page = format!("stoetter/{}.html", pages.take(&slug(&support.name)));
                self.words.insert((Sort::Support, support.name.clone()), Address::new(&page, ""));
            } else if !matches!(support.role, Role::Pair(_)) {
                word(self, Sort::Support, "opgave", &support.name);
            }
        }
        // a task as part of a support is explained where the task is
        for support in model.supports.iter().filter(|support| matches!(support.role, Role::Pair(_))) {
            let task = support.parent.map(|task| model.supports[task.index()].name.clone());
            let task = task.and_then(|task| self.words.get(&(Sort::Support, task)).cloned());
            if let Some(address) = task {
                self.words.insert((Sort::Support, support.name.clone()), address);
            }
        }
    }

    fn modules_of(&mut self, model: &Model) {
        let mut pages = Pool::default();
        let mut ids = Pool::default();
        for module in &model.modules {
            let span = module.span;
            if let Some(id) = self.items.get(&(span.file, span.start)).cloned().or_else(|| self.around(span))
            {
                let address = Address::new(&self.documents[span.file.0 as usize], &id);
                self.modules.insert(module.name.clone(), address);
            }
            if is_place(module.kind) {
                let page = format!("steder/{}.html", pages.take(&slug(&module.name)));
                self.places.insert(module.name.clone(), Address::new(&page, ""));
            }
            let mut provision = |addresses: &mut Addresses, words: &str| {
                if !addresses.provisions.contains_key(words) {
                    let id = ids.take(&slug(words));
                    addresses.provisions.insert(words.to_owned(), Address::new(PARAGRAPHS, &id));
                }
            };
            provision(self, &module.name);
            for paragraph in &module.paragraphs {
                provision(self, &format!("{} {}", module.name, paragraph.name));
            }
        }
        for citation in super::paragraphs::all_citations(model) {
            if !self.provisions.contains_key(&citation.text) {
                let id = ids.take(&slug(&citation.text));
                self.provisions.insert(citation.text.clone(), Address::new(PARAGRAPHS, &id));
            }
        }
    }

    /// The place of the item a span lies in.
    fn around(&self, span: Span) -> Option<String> {
        let before = self.items.range(..=(span.file, span.start)).next_back();
        before.filter(|((file, _), _)| *file == span.file).map(|(_, id)| id.clone())
    }

    /// The page of a text.
    pub(super) fn document(&self, file: FileId) -> &str {
        self.documents.get(file.0 as usize).map_or(FRONT, String::as_str)
    }

    /// The place of an item or a row on its page.
    pub(super) fn id(&self, span: Span) -> Option<&str> {
        self.items.get(&(span.file, span.start)).map(String::as_str)
    }

    /// The item or row a place in a text lies in, else its page.
    pub(super) fn near(&self, span: Span) -> Address {
        Address::new(self.document(span.file), &self.around(span).unwrap_or_default())
    }

    pub(super) fn rule(&self, name: &str) -> Option<&Address> {
        self.rules.get(name)
    }

    pub(super) fn word(&self, sort: Sort, name: &str) -> Option<&Address> {
        self.words.get(&(sort, name.to_owned()))
    }

    /// A department, known in the module that speaks or by its full name.
    pub(super) fn department(&self, module: Option<&str>, name: &str) -> Option<&Address> {
        let full = module.map(|module| format!("{module}.{name}"));
        full.and_then(|full| self.word(Sort::Department, &full)).or_else(|| self.word(Sort::Department, name))
    }

    pub(super) fn module(&self, name: &str) -> Option<&Address> {
        self.modules.get(name)
    }

    pub(super) fn place(&self, name: &str) -> Option<&Address> {
        self.places.get(name)
    }

    /// A provision as citations write it: `LAB § 31 b, stk. 2`.
    pub(super) fn provision(&self, words: &str) -> Option<&Address> {
        self.provisions.get(words)
    }

    pub(super) fn check(&self, name: &str) -> Option<Address> {
        self.checks.contains(name).then(|| Address::new(CHECKS, name))
    }
}

/// Whether somebody decides here, so that there is an overview of it.
pub(super) fn is_place(kind: ModuleKind) -> bool {
    kind.decides()
}

/// What an item is called on its page, before it is made an address.
fn item_id(item: &Item) -> String {
    let (kind, name) = match &item.kind {
        ItemKind::Module(module) => ("hvem", module.name.text.as_str()),
        ItemKind::Fact(fact) => ("oplysning", fact.name.text.as_str()),
        ItemKind::Concept(concept) => ("begreb", concept.name.text.as_str()),
        ItemKind::Assumption(assumption) => ("antag", assumption.title.text.as_str()),
        ItemKind::Kind(kind) => ("art", kind.name.text.as_str()),
        ItemKind::Support(support) => ("støtte", support.name.text.as_str()),
        ItemKind::Term(term) => ("vilkår", term.name.text.as_str()),
        ItemKind::Unit(unit) => ("enhed", unit.name.text.as_str()),
        ItemKind::Department(department) => ("afdeling", department.name.text.as_str()),
        ItemKind::Rule(rule) => ("regel", rule.name.text.as_str()),
        ItemKind::Table(table) => ("tabel", table.name.text.as_str()),
        ItemKind::Matrix(matrix) => ("matrix", matrix.name.text.as_str()),
        ItemKind::Rate(rate) => ("sats", rate.name.text.as_str()),
        ItemKind::Task(task) => ("opgave", task.name.text.as_str()),
        ItemKind::Step(step) => ("sagsskridt", step.name.text.as_str()),
        ItemKind::Offer(offer) => ("forløb", offer.name.text.as_str()),
        ItemKind::Guarantee(guarantee) => ("garanti", guarantee.name.text.as_str()),
        ItemKind::Example(example) => ("eksempel", example.title.text.as_str()),
        ItemKind::Accept(accept) => ("accepter", accept.check.text.as_str()),
        ItemKind::Silence(_) => ("intet", "serviceniveau"),
        ItemKind::Broken { keyword, .. } => ("ulæst", keyword.as_str()),
    };
    format!("{kind} {name}")
}
