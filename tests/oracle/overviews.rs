//! The overview against the definition: every group and every support, counted out.

use super::compare::{Difference, workspace};
use super::judge::{Grant, Judge, Verdict};
use super::policy::{Domain, Policy, Speaker};
use super::region::Space;
use hjemmel::MatrixAsked;
use std::collections::{BTreeMap, BTreeSet};

/// A group and a support: what stands in the cell, and the mark in the grey zone.
type Cells = BTreeMap<(String, String), (String, String)>;

pub(crate) fn differences(policy: &Policy) -> Vec<Difference> {
    let is_group = |domain: &Domain| matches!(domain, Domain::YesNo | Domain::List { .. });
    let Some(fact) = policy.facts.iter().position(|fact| is_group(&fact.domain)) else { return Vec::new() };
    let asked = MatrixAsked {
        municipality: Speaker::Town.name(),
        rows: Some(&policy.facts[fact].name),
        ..MatrixAsked::default()
    };
    let matrix = match workspace(policy).matrix(asked) {
        Ok(matrix) => matrix,
        Err(problem) => return vec![Difference { kind: "no overview".to_owned(), words: problem.en }],
    };
    let mut got = Cells::new();
    for row in &matrix.rows {
        for (at, (cell, (support, _))) in row.cells.iter().zip(&matrix.columns).enumerate() {
            let grant = cell.grant.map(|grant| match grant {
                hjemmel::Grant::Forbidden => Grant::Forbidden,
                hjemmel::Grant::None => Grant::None,
                hjemmel::Grant::May => Grant::May,
                hjemmel::Grant::Right => Grant::Right,
                _ => Grant::Must,
            });
            let grey = row.grey_zone.iter().find(|(column, _)| *column == at);
            let grey = grey.map_or("", |(_, for_all)| if *for_all { "all" } else { "some" });
            let words = format!("{grant:?} {}", if cell.for_all { "all" } else { "some" });
            got.insert((row.group.value.clone(), support.clone()), (words, grey.to_owned()));
        }
    }
    let right = right(policy, fact);
    let differing: BTreeSet<&(String, String)> =
        right.keys().chain(got.keys()).filter(|key| right.get(*key) != got.get(*key)).collect();
    let told = |key: &&(String, String)| Difference {
        kind: "wrong cell of an overview".to_owned(),
        words: format!("{key:?}: right {:?}, got {:?}", right.get(*key), got.get(*key)),
    };
    differing.iter().map(told).collect()
}

fn right(policy: &Policy, fact: usize) -> Cells {
    let space = Space::new(policy);
    let judge = Judge::new(policy, Speaker::Town);
    let order = [
        Some(Grant::Must),
        Some(Grant::Right),
        Some(Grant::May),
        None,
        Some(Grant::Forbidden),
        Some(Grant::None),
    ];
    let domain = &policy.facts[fact].domain;
    let mut cells = Cells::new();
    let leaves = (0..policy.supports.len())
        .filter(|support| policy.is_given(*support) && !policy.supports[*support].is_kind);
    for support in leaves {
        let mut column = Vec::new();
        for value in domain.values() {
            let (mut got, mut grey) = (Vec::new(), Vec::new());
            for point in space.existing.iter().filter(|point| space.profiles[*point][fact] == value) {
                let view = judge.at(&space.profiles[point]);
                got.push(view.decision(support).grant);
                let verdicts: Vec<Verdict> =
                    judge.layers.iter().map(|layer| view.verdict(*layer, support)).collect();
                let due = |verdict: &Verdict| verdict.contradicted || verdict.grant >= Grant::Right;
                let closed = |verdict: &Verdict| verdict.contradicted || verdict.closed();
                grey.push(verdicts.iter().any(due) && verdicts.iter().any(closed));
            }
            let Some(strongest) = order.iter().find(|grant| got.contains(grant)) else { continue };
            let mark = |all: bool| if all { "all" } else { "some" };
            let words = format!("{strongest:?} {}", mark(got.iter().all(|grant| grant == strongest)));
            let grey_words = if grey.contains(&true) { mark(!grey.contains(&false)) } else { "" };
            column.push((domain.word(value), words, grey_words.to_owned()));
        }
        let nothing = format!("{:?} all", Some(Grant::None));
        if column.iter().any(|(_, words, grey)| *words != nothing || !grey.is_empty()) {
            let name = &policy.supports[support].name;
            cells.extend(
                column.into_iter().map(|(value, words, grey)| ((value, name.clone()), (words, grey))),
            );
        }
    }
    cells
}
