//! Who is to blame for a region, and which findings are one cause.

use super::view::Statement;
use crate::diagram::{Diagrams, NO, Node, NotProven};
use crate::model::RuleId;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// Statements that together cause a finding, and where.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    /// indexes into the statements given
    pub statements: BTreeSet<usize>,
    pub region: Node,
}

impl Group {
    /// The rules that make the statements, each once.
    pub(crate) fn rules(&self, statements: &[Statement]) -> BTreeSet<RuleId> {
        self.statements.iter().map(|index| statements[*index].rule).collect()
    }
}

/// Divides a region by the statements behind it: first every pair that clashes, then, where no pair does, where all
/// statements hold that do so at a witness, with those that hold somewhere there. The groups' regions cover the whole
/// region and nothing else, and joined they do not rest on which witness was found.
pub(crate) fn attribute(
    diagrams: &mut Diagrams<'_>,
    region: Node,
    statements: &[Statement],
    clash: impl Fn(&Statement, &Statement) -> bool,
) -> Result<Vec<Group>, NotProven> {
    let mut groups = Vec::new();
    let mut left = region;
    if region == NO {
        return Ok(groups);
    }
    for (first, one) in statements.iter().enumerate() {
        let shared = diagrams.store.and(region, one.region)?;
        for (second, other) in statements.iter().enumerate().skip(first + 1) {
            if shared == NO || !(clash(one, other) || clash(other, one)) {
                continue;
            }
            let both = diagrams.store.and(shared, other.region)?;
            if both != NO {
                left = diagrams.store.without(left, both)?;
                groups.push(Group { statements: BTreeSet::from([first, second]), region: both });
            }
        }
    }
    while let Some(witness) = diagrams.witness(left)? {
        let holds = |statement: &Statement| diagrams.contains(statement.region, &witness);
        let active: BTreeSet<usize> =
            (0..statements.len()).filter(|index| holds(&statements[*index])).collect();
        let mut part = left;
        for index in &active {
            part = diagrams.store.and(part, statements[*index].region)?;
        }
        left = diagrams.store.without(left, part)?;
        let mut named = active;
        for (index, statement) in statements.iter().enumerate() {
            if diagrams.store.and(part, statement.region)? != NO {
                named.insert(index);
            }
        }
        groups.push(Group { statements: named, region: part });
    }
    Ok(groups)
}

/// Joins groups that share a rule among the statements that `links` admits, so that one mistake is told once.
pub(crate) fn join(
    diagrams: &mut Diagrams<'_>,
    groups: Vec<Group>,
    statements: &[Statement],
    links: impl Fn(&Statement) -> bool,
) -> Result<Vec<Group>, NotProven> {
    // for each rule the group it was first met in, and for each group the one it is part of
    let mut met: BTreeMap<RuleId, usize> = BTreeMap::new();
    let mut heads: Vec<usize> = Vec::with_capacity(groups.len());
    for (at, group) in groups.iter().enumerate() {
        heads.push(at);
        let admitted = group.statements.iter().map(|index| &statements[*index]).filter(|s| links(s));
        for statement in admitted {
            let other = head(&heads, *met.entry(statement.rule).or_insert(at));
            let own = head(&heads, at);
            heads[own.max(other)] = own.min(other);
        }
    }
    let mut parts: BTreeMap<usize, Group> = BTreeMap::new();
    for (at, group) in groups.into_iter().enumerate() {
        match parts.entry(head(&heads, at)) {
            Entry::Vacant(new) => {
                new.insert(group);
            }
            Entry::Occupied(mut known) => {
                let known = known.get_mut();
                known.statements.extend(&group.statements);
                known.region = diagrams.store.or(known.region, group.region)?;
            }
        }
    }
    let mut joined: Vec<Group> = parts.into_values().collect();
    joined.sort_by(|a, b| a.statements.cmp(&b.statements));
    Ok(joined)
}

fn head(heads: &[usize], mut at: usize) -> usize {
    while heads[at] != at {
        at = heads[at];
    }
    at
}
