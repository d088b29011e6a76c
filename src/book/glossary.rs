//! The glossary: every declared word with what it means and what uses it.

use super::addresses::Sort;
use super::html::Html;
use super::items::Items;
use super::material::Material;
use super::uses::Uses;
use super::view::{Entry, Link};
use super::vocabulary;
use super::words::Label;
use crate::ground::{FileId, Text, text};
use crate::model::DATE;
use crate::syntax::ast::{Item, ItemKind};
use serde::Serialize;

/// The words of one sort.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Group {
    pub id: String,
    pub title: String,
    pub entries: Vec<Entry>,
}

/// The groups of words, in the order they stand in.
const GROUPS: usize = 6;

fn group_of(kind: &ItemKind) -> Option<usize> {
    Some(match kind {
        ItemKind::Fact(_) => 0,
        ItemKind::Concept(_) => 1,
        ItemKind::Term(_) => 2,
        ItemKind::Rate(_) => 3,
        ItemKind::Task(_) | ItemKind::Step(_) => 4,
        ItemKind::Unit(_) | ItemKind::Department(_) => 5,
        _ => return None,
    })
}

fn heading(group: usize) -> (&'static str, Text) {
    match group {
        0 => ("oplysninger", text!(en: "Facts about the citizen", da: "Oplysninger om borgeren")),
        1 => ("begreber", text!(en: "Concepts", da: "Begreber")),
        2 => ("vilkaar", text!(en: "Terms", da: "Vilkår")),
        3 => ("satser", text!(en: "Rates", da: "Satser")),
        4 => ("opgaver", text!(en: "Tasks and procedural steps", da: "Opgaver og sagsskridt")),
        _ => ("enheder", text!(en: "Units and departments", da: "Enheder og afdelinger")),
    }
}

/// All words but the supports, which have pages of their own. `items` writes for the glossary's page.
pub(super) fn groups(material: &Material<'_>, items: &Items<'_>, uses: &Uses) -> Vec<Group> {
    let mut groups: Vec<Group> = (0..GROUPS)
        .map(|group| {
            let (id, title) = heading(group);
            Group { id: format!("ord-{id}"), title: items.say(&title), entries: Vec::new() }
        })
        .collect();
    let mut seen: Vec<String> = Vec::new();
    for (file, tree) in material.trees.iter().enumerate() {
        for item in &tree.items {
            let Some(group) = group_of(&item.kind) else { continue };
            let departments = &material.model.departments;
            let department = departments.iter().find(|department| item.span.holds(department.span));
            let module = department.map(|one| material.model.modules[one.module.index()].name.as_str());
            let items = Items { phrases: super::phrases::Phrases { module, ..items.phrases }, ..*items };
            if let Some(entry) = entry(&items, item, FileId(file as u32), module, uses)
                && !seen.contains(&entry.id)
            {
                seen.push(entry.id.clone());
                groups[group].entries.push(entry);
            }
        }
    }
    groups[0].entries.extend(the_day(items, uses));
    for group in &mut groups {
        group.entries.sort_by_cached_key(|entry| collated(&entry.title.plain()));
    }
    groups.retain(|group| !group.entries.is_empty());
    groups
}

/// The fact that nobody declares: the day that is looked at.
fn the_day(items: &Items<'_>, uses: &Uses) -> Option<Entry> {
    let phrases = &items.phrases;
    let name = &phrases.model.facts[DATE.index()].name;
    let address = phrases.addresses.word(Sort::Fact, name)?;
    let words = text!(
        en: "the day that is looked at; every workspace has it",
        da: "den dag, der ses på; findes i enhver regelsamling"
    );
    Some(Entry {
        id: address.id.clone(),
        sort: items.say(&text!(en: "fact", da: "oplysning")),
        title: phrases.danish(name),
        name: name.clone(),
        rows: vec![items.row(Label::Means, phrases.say(&words))],
        more: None,
        findings: Vec::new(),
        mentions: Vec::new(),
        uses: uses.users(Sort::Fact, name).map(|user| super::supports::user(phrases, user)).collect(),
    })
}

fn entry(items: &Items<'_>, item: &Item, file: FileId, module: Option<&str>, uses: &Uses) -> Option<Entry> {
    let entry = vocabulary::entry(items, item)?;
    let phrases = &items.phrases;
    let (sort, name) = match &item.kind {
        ItemKind::Fact(_) => (Sort::Fact, entry.name.clone()),
        ItemKind::Concept(_) => (Sort::Concept, entry.name.clone()),
        ItemKind::Term(_) => (Sort::Term, entry.name.clone()),
        ItemKind::Rate(_) => (Sort::Rate, entry.name.clone()),
        ItemKind::Unit(_) => (Sort::Unit, entry.name.clone()),
        ItemKind::Department(_) => (Sort::Department, format!("{}.{}", module?, entry.name)),
        _ => (Sort::Support, entry.name.clone()),
    };
    let address = phrases.addresses.word(sort, &name)?;
    let declared = phrases.addresses.document(file);
    let more = Link {
        href: format!("{}{declared}#{}", phrases.root, entry.id),
        words: phrases.say(&text!(en: "where it is declared", da: "hvor det er defineret")),
        more: Html::default(),
    };
    // a rate is resolved into its values before anybody uses it
    let users = uses.users(sort, &name).map(|user| super::supports::user(phrases, user)).collect();
    Some(Entry {
        id: address.id.clone(),
        more: Some(more),
        findings: Vec::new(),
        mentions: Vec::new(),
        uses: users,
        ..entry
    })
}

/// A key that puts words in Danish order: æ, ø and å come last.
pub(super) fn collated(words: &str) -> String {
    let letter = |letter: char| match letter {
        'æ' => "{a".to_owned(),
        'ø' => "{b".to_owned(),
        'å' => "{c".to_owned(),
        other => other.to_string(),
    };
    words.to_lowercase().chars().map(letter).collect()
}
