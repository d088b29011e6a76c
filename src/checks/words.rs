//! Words that several checks share: grades, bounds, and the label of a rule.

use super::cause::Group;
use super::view::{Statement, What};
use crate::evaluate::Case;
use crate::ground::{Diagnostic, Text, text};
use crate::model::{Effect, EffectKind, Grade, Layer, Model, ModuleKind, RuleId, TermId, ValueSet};
use std::collections::BTreeSet;

/// Who speaks in a layer, as a sentence names them; the Danish words take an s.
pub(crate) fn speaker(model: &Model, layer: Layer) -> Text {
    match layer.kind(model) {
        ModuleKind::Law | ModuleKind::Order | ModuleKind::Source => text!(en: "the law", da: "loven"),
        ModuleKind::Municipality => text!(en: "the municipality", da: "kommunen"),
        ModuleKind::Trial => text!(en: "the trial", da: "forsøget"),
        ModuleKind::Region => text!(en: "the region", da: "regionen"),
        ModuleKind::Institution => text!(en: "the institution", da: "institutionen"),
        ModuleKind::Guidance => text!(en: "the guidance", da: "vejledningen"),
        ModuleKind::Provider => text!(en: "the provider", da: "leverandøren"),
    }
}

/// The values of a term as a policy bounds them: `mindst 6 måneder`, `1-3`.
pub(crate) fn bound_in_words(model: &Model, term: TermId, set: &ValueSet) -> String {
    model.terms[term.index()].domain.bound_in_words(set)
}

/// Labels a rule's place with its name and its sources: `Slagelse.unge.s7 · LAB § 31 b`.
pub(crate) fn rule_label(model: &Model, id: RuleId) -> Text {
    let rule = model.rule(id);
    if rule.basis.is_empty() {
        let name = &rule.name;
        return Text { en: format!("{name} · no legal basis"), da: format!("{name} · uden hjemmel") };
    }
    Text::same(format!("{} · {}", rule.name, sources_in_words(model, id)))
}

/// The sources of a rule as a policy lists them: `LAB § 93, § 96 c, SEL § 85`.
fn sources_in_words(model: &Model, id: RuleId) -> String {
    let mut words: Vec<&str> = Vec::new();
    let mut last = None;
    for citation in &model.rule(id).basis {
        let source = &model.modules[citation.source.index()].name;
        let short =
            citation.text.strip_prefix(source.as_str()).map(str::trim_start).filter(|rest| !rest.is_empty());
        let again = last == Some(citation.source);
        words.push(if again { short.unwrap_or(&citation.text) } else { &citation.text });
        last = Some(citation.source);
    }
    words.join(", ")
}

/// Labels every statement of a group, names its rules and sources. What closes a support stands first, what
/// opens it after that, both in their order.
pub(crate) fn label_group(
    model: &Model,
    mut diagnostic: Diagnostic,
    group: &Group,
    statements: &[Statement],
) -> Diagnostic {
    let mut seen = BTreeSet::new();
    let closes = |statement: &Statement| matches!(statement.what, What::Blocks | What::Grade(Grade::MustNot));
    let mut ordered: Vec<&Statement> = group.statements.iter().map(|index| &statements[*index]).collect();
    ordered.sort_by_key(|statement| !closes(statement));
    for statement in ordered {
        if seen.insert(statement.span) {
            diagnostic = diagnostic.label(statement.span, rule_label(model, statement.rule));
        }
    }
    let rules = group.rules(statements);
    let modules: BTreeSet<_> = rules.iter().map(|rule| model.rule(*rule).module).collect();
    // a finding of the law is told of its lov, where it is one
    if let (None, [only]) = (&diagnostic.module, Vec::from_iter(modules).as_slice()) {
        diagnostic.module = Some(model.modules[only.index()].name.clone());
    }
    super::view::name_rules(model, &mut diagnostic, rules);
    diagnostic
}

/// The grades a group states, strongest first, as `skal` and `kan`.
pub(crate) fn grades_of(group: &Group, statements: &[Statement]) -> Vec<Grade> {
    let grade = |index: &usize| match statements[*index].what {
        What::Grade(grade) => Some(grade),
        What::Bound(..) | What::Blocks => None,
    };
    let grades: BTreeSet<Grade> = group.statements.iter().filter_map(grade).collect();
    grades.into_iter().rev().collect()
}

/// The bounds on a term that a group states, in the authors' own words, each once.
pub(crate) fn bounds_of(group: &Group, statements: &[Statement], term: TermId) -> Vec<String> {
    let bound = |index: &usize| match &statements[*index].what {
        What::Bound(other, _) if *other == term => Some(statements[*index].words.clone()),
        _ => None,
    };
    let mut words: Vec<String> = Vec::new();
    for word in group.statements.iter().filter_map(bound).map(|word| format!("`{word}`")) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

/// Whether at least two of the rules apply to the citizen.
pub(crate) fn two_apply(case: &Case<'_>, rules: &BTreeSet<RuleId>) -> bool {
    rules.iter().filter(|rule| case.applies(**rule)).count() >= 2
}

/// Whether one of the statements is a `kun når`, which its author may have meant of that one rule only.
pub(crate) fn is_only_when(model: &Model, group: &Group, statements: &[Statement]) -> bool {
    group.statements.iter().map(|index| &statements[*index]).any(|statement| {
        let is_grade = |effect: &Effect| {
            matches!(effect.kind, EffectKind::Grade { .. }) && effect.span == statement.span
        };
        statement.what == What::Blocks && model.rule(statement.rule).effects.iter().any(is_grade)
    })
}

/// The next step for such a `kun når`.
pub(crate) fn only_when_help() -> Text {
    text!(
        en: "`kun når` binds every rule that gives the support; a condition of this one rule is written `når`",
        da: "`kun når` binder alle regler, der giver støtten; en betingelse for denne ene regel skrives `når`"
    )
}
