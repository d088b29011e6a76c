//! Words that are declared and that nothing uses.

use super::names::{Declared, Sort};
use crate::ground::{Diagnostic, Severity, text};
use crate::model::{Role, Support};
use crate::syntax::ast::{self, ItemKind};
use std::collections::{BTreeMap, BTreeSet};

/// Tells each declared word that nothing names. Where something could not be read nobody knows what it named, and
/// where there are no rules yet nothing can be used: then nothing is told.
pub(super) fn find(declared: &[Declared<'_>], supports: &[Support], files: &[ast::File]) -> Vec<Diagnostic> {
    let items = || files.iter().flat_map(|file| &file.items);
    let has_rules =
        items().any(|item| matches!(item.kind, ItemKind::Rule(_) | ItemKind::Table(_) | ItemKind::Matrix(_)));
    if !has_rules || files.iter().any(|file| !file.is_whole) {
        return Vec::new();
    }
    let named: BTreeSet<&str> = declared
        .iter()
        .filter(|word| word.is_used && matches!(word.sort, Sort::Support | Sort::Kind))
        .map(|word| word.name)
        .collect();
    let by_name: BTreeMap<&str, &Support> =
        supports.iter().map(|support| (support.name.as_str(), support)).collect();
    let parents = supports.iter().filter(|support| support.role == Role::Support).filter_map(|s| s.parent);
    let kinds = parents.filter_map(|parent| Some(supports.get(parent.index())?.name.as_str()));
    let kinds_of_tasks = items().filter_map(|item| match &item.kind {
        ItemKind::Task(task) => Some(task.kind.as_ref()?.text.as_str()),
        _ => None,
    });
    let with_members: BTreeSet<&str> = kinds.chain(kinds_of_tasks).collect();
    let is_used = |word: &Declared<'_>| match word.sort {
        // a rule on the art speaks of the støtte, and an art is used by what lies below it
        Sort::Support => is_named_above(by_name.get(word.name).copied(), &named, supports),
        Sort::Kind => word.is_used || with_members.contains(word.name),
        _ => word.is_used,
    };
    let told = declared.iter().filter(|word| can_be_unused(word.sort) && !is_used(word));
    told.map(tell).collect()
}

fn can_be_unused(sort: Sort) -> bool {
    match sort {
        Sort::Fact
        | Sort::Concept
        | Sort::Term
        | Sort::Support
        | Sort::Kind
        | Sort::Unit
        | Sort::Department
        | Sort::Rate
        | Sort::Task
        | Sort::Step => true,
        Sort::Law
        | Sort::Source
        | Sort::Municipality
        | Sort::Trial
        | Sort::Region
        | Sort::Institution
        | Sort::Guidance
        | Sort::Provider => false,
    }
}

fn is_named_above(own: Option<&Support>, named: &BTreeSet<&str>, supports: &[Support]) -> bool {
    let above = |support: &&Support| support.parent.and_then(|parent| supports.get(parent.index()));
    let mut path = std::iter::successors(own, above).take(supports.len());
    path.any(|support| named.contains(support.name.as_str()))
}

fn tell(word: &Declared<'_>) -> Diagnostic {
    let (name, sort) = (word.name, word.sort.with_article());
    let (en, da) = (sort.en, sort.da);
    let message = text!(
        en: "`{name}` is declared as {en}, and nothing uses it",
        da: "`{name}` er defineret som {da}, og intet bruger det"
    );
    Diagnostic::new("unused", Severity::Note, message)
        .label(word.span, text!(en: "never used", da: "bruges aldrig"))
        .help(text!(
            en: "take it out, or use it where it was meant",
            da: "tag det ud, eller brug det, hvor det var ment"
        ))
}
