//! Words that are declared and that nothing uses.

use super::names::{Declared, Sort};
use crate::ground::{Diagnostic, Severity, text};
use crate::model::{Role, Support};
use crate::syntax::ast::{self, ItemKind};

/// Tells each declared word that nothing names. Where something could not be read nobody knows what it named, and
/// where there are no rules yet nothing can be used: then nothing is told.
pub(super) fn find(declared: &[Declared<'_>], supports: &[Support], files: &[ast::File]) -> Vec<Diagnostic> {
    let items = || files.iter().flat_map(|file| &file.items);
    let has_rules =
        items().any(|item| matches!(item.kind, ItemKind::Rule(_) | ItemKind::Table(_) | ItemKind::Matrix(_)));
    if !has_rules || files.iter().any(|file| !file.is_whole) {
        return Vec::new();
    }
    let is_used = |word: &Declared<'_>| match word.sort {
        // a rule on the art speaks of the støtte, and an art is used by what lies below it
        Sort::Support => is_named_above(word, declared, supports),
        Sort::Kind => word.is_used || has_members(word.name, supports),
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

fn is_named_above(word: &Declared<'_>, declared: &[Declared<'_>], supports: &[Support]) -> bool {
    let own = supports.iter().find(|support| support.name == word.name);
    let above = |support: &&Support| support.parent.and_then(|parent| supports.get(parent.index()));
    let named = |support: &Support| {
        declared.iter().any(|word| {
            word.is_used && matches!(word.sort, Sort::Support | Sort::Kind) && word.name == support.name
        })
    };
    std::iter::successors(own, above).take(supports.len()).any(named)
}

fn has_members(kind: &str, supports: &[Support]) -> bool {
    let parents = supports.iter().filter(|support| support.role == Role::Support);
    let mut parents = parents.filter_map(|support| supports.get(support.parent?.index()));
    parents.any(|parent| parent.name == kind)
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
