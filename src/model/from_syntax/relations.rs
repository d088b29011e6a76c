//! How supports stand to each other, and tasks as parts of supports.

use super::names::{Names, Sort, Space};
use super::problems::{Problems, error};
use crate::ground::{Diagnostic, Span, text};
use crate::model::{RelationKind, Role, Support, SupportId};
use crate::syntax::ast::{self, EffectKind, ItemKind};
use std::collections::{BTreeMap, BTreeSet};

const SUPPORTS: [Sort; 2] = [Sort::Support, Sort::Kind];

/// A support's name and its relations, as written.
pub(super) type Written<'a> = (&'a ast::Name, &'a [ast::Relation]);

/// The name of a task as part of a support.
pub(super) fn pair_name(task: &str, support: &str) -> String {
    format!("{task} ved {support}")
}

/// The pairs of a task and a support that some `ved` names; a kind stands for the supports below it.
pub(super) fn pairs(
    files: &[ast::File],
    declared: &[(Support, Option<&ast::Name>)],
) -> BTreeSet<(String, String)> {
    let by_name: BTreeMap<&str, (&Support, Option<&str>)> = declared
        .iter()
        .map(|(support, parent)| (support.name.as_str(), (support, parent.map(|name| name.text.as_str()))))
        .collect();
    let is_below = |support: &str, kind: &str| {
        let above = |name: &&str| by_name.get(name).and_then(|(_, parent)| *parent);
        let mut path = std::iter::successors(Some(support), above).take(declared.len() + 1);
        path.any(|name| name == kind)
    };
    let is_task = |name: &str| {
        by_name.get(name).is_some_and(|(support, _)| matches!(support.role, Role::Task | Role::Step))
    };
    let mut pairs = BTreeSet::new();
    for (task, at) in performed_at(files).filter(|(task, _)| is_task(task)) {
        let members = declared.iter().map(|(support, _)| support).filter(|support| {
            !support.is_kind && support.role == Role::Support && is_below(&support.name, at)
        });
        pairs.extend(members.map(|support| (task.to_owned(), support.name.clone())));
    }
    pairs
}

/// Every task and what stands behind its `ved`.
fn performed_at(files: &[ast::File]) -> impl Iterator<Item = (&str, &str)> {
    let rules = files.iter().flat_map(|file| &file.items).filter_map(|item| match &item.kind {
        ItemKind::Rule(rule) => Some(rule),
        _ => None,
    });
    rules.flat_map(|rule| &rule.effects).flat_map(|effect| {
        let at = match &effect.kind {
            EffectKind::Perform { at, .. } => at.as_slice(),
            _ => &[],
        };
        effect
            .supports
            .iter()
            .flat_map(move |task| at.iter().map(|at| (task.text.as_str(), at.text.as_str())))
    })
}

/// Enters every relation, `udelukker` on both sides.
pub(super) fn enter(
    written: &[Written<'_>],
    supports: &mut [Support],
    names: &Names,
    problems: &mut Problems,
) {
    let mut relations: BTreeSet<(SupportId, RelationKind, SupportId)> = BTreeSet::new();
    for (name, clauses) in written {
        let own = names.look_up(&[Space::Supports], name, &[Sort::Support], &mut Problems::of_vocabulary());
        let Some((_, own)) = own else { continue };
        let own = SupportId(own);
        for relation in *clauses {
            for other in &relation.supports {
                let Some((_, other_id)) = names.find(&[Space::Supports], other, &SUPPORTS, problems) else {
                    continue;
                };
                if SupportId(other_id) == own {
                    problems.tell(to_itself(&name.text, other.span));
                    continue;
                }
                for other in with_members(supports, SupportId(other_id)).filter(|other| *other != own) {
                    relations.insert((own, relation.kind, other));
                    if relation.kind == RelationKind::Excludes {
                        relations.insert((other, relation.kind, own));
                    }
                }
            }
        }
    }
    for (own, kind, other) in relations {
        if let Some(support) = supports.get_mut(own.index()) {
            support.relations.push((kind, other));
        }
    }
}

/// A support alone, a kind with every support below it.
fn with_members(supports: &[Support], target: SupportId) -> impl Iterator<Item = SupportId> {
    let parent = |at: &SupportId| supports.get(at.index()).and_then(|support| support.parent);
    let below: Vec<SupportId> = (0..supports.len() as u32)
        .map(SupportId)
        .filter(|id| {
            let is_support = supports.get(id.index()).is_some_and(|one| !one.is_kind && one.is_given());
            let mut path = std::iter::successors(Some(*id), parent).take(supports.len());
            *id == target || is_support && path.any(|at| at == target)
        })
        .collect();
    below.into_iter()
}

fn to_itself(name: &str, span: Span) -> Diagnostic {
    let message = text!(
        en: "`{name}` cannot stand in a relation to itself",
        da: "`{name}` kan ikke stå i forhold til sig selv"
    );
    error("type-mismatch", message)
        .label(span, text!(en: "the støtte itself", da: "støtten selv"))
        .help(text!(en: "name another støtte", da: "nævn en anden støtte"))
}
