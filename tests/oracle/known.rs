//! What was known before, against plain enumeration: which citizens of today's findings are new, which are old, and who is
//! no more among them. What is known is changed at random here; its values are read by this page alone.

use super::compare::{self, Difference};
use super::points::Points;
use super::policy::{Domain, Policy};
use super::random::Random;
use super::region::Space;
use hjemmel::{Checked, Diagnostic, Known, KnownBox, Options, Reach, SourceFile, Workspace};
use std::collections::{BTreeMap, BTreeSet};

/// How often a finding was old, new, and both.
pub(crate) type Uses = BTreeMap<&'static str, u64>;

type Key = (String, Option<String>, Option<String>, Option<String>);

fn key(finding: &Diagnostic) -> Key {
    // told of a rule, also where it names citizens
    let by_rule = finding.check == "escaping-exception";
    let about = if by_rule { Some(finding.rules.join(", ")) } else { finding.about.clone() };
    (finding.check.to_owned(), finding.module.clone(), finding.support.clone(), about)
}

pub(crate) fn differences(policy: &Policy, seed: u64, uses: &mut Uses) -> Vec<Difference> {
    let workspace = compare::workspace(policy);
    let checked = workspace.check();
    if !checked.proven {
        return Vec::new();
    }
    let all = workspace.known(&checked);
    let mut problems = unmoved(&workspace, &checked, &all);
    let mut random = Random::new(seed ^ 0xba5e);
    let known = changed(policy, all, &mut random);
    let now = workspace.against(checked.clone(), &known);
    let Some(compared) = now.compared.clone() else { return told(vec!["nothing compared".to_owned()]) };
    let space = Space::new(policy);
    let none = || Points::none(space.profiles.len());
    let mut before: BTreeMap<Key, Points> = BTreeMap::new();
    for one in &known {
        if let Reach::Region(boxes) = &one.reach {
            let key = (one.check.clone(), one.module.clone(), one.support.clone(), one.about.clone());
            let points = before.entry(key).or_insert_with(none);
            boxes.iter().for_each(|known| points.add(&points_of(&space, known)));
        }
    }
    let region = |finding: &Diagnostic| {
        let mut points = none();
        for conditions in &finding.region {
            points.add(&space.points(&space.read(conditions).unwrap()));
        }
        points
    };
    let mut found: BTreeMap<Key, Points> = BTreeMap::new();
    let (mut new, mut old) = (found.clone(), found.clone());
    let into = |all: &mut BTreeMap<Key, Points>, finding: &Diagnostic| {
        if !finding.region.is_empty() {
            all.entry(key(finding)).or_insert_with(none).add(&region(finding));
        }
    };
    checked.findings.iter().for_each(|finding| into(&mut found, finding));
    now.findings.iter().for_each(|finding| into(&mut new, finding));
    compared.old.iter().for_each(|old_one| into(&mut old, &old_one.finding));
    for (key, points) in &found {
        let known = before.get(key).cloned().unwrap_or_else(none);
        let (rest, both) = (points.without(&known), points.and(&known));
        let told_new = new.get(key).cloned().unwrap_or_else(none);
        let told_old = old.get(key).cloned().unwrap_or_else(none);
        *uses
            .entry(if both.is_empty() {
                "new"
            } else if rest.is_empty() {
                "old"
            } else {
                "grown"
            })
            .or_default() += 1;
        if told_new != rest {
            let (more, less) = (told_new.without(&rest).count(), rest.without(&told_new).count());
            problems.push(format!("{key:?}: new too many {more}, too few {less}"));
        }
        if told_old != both {
            problems.push(format!("{key:?}: old is not what was known of it"));
        }
    }
    for finding in now.findings.iter().filter(|finding| finding.known.is_some() && !finding.region.is_empty())
    {
        match space.witness(finding) {
            Ok(point) if region(finding).contains(point) => {}
            Ok(_) => problems.push(format!("{:?}: the witness is not new", key(finding))),
            Err(why) => problems.push(why),
        }
    }
    let mut gone: BTreeMap<Key, Points> = BTreeMap::new();
    for one in &compared.gone {
        if let Reach::Region(boxes) = &one.reach {
            let key = (one.check.clone(), one.module.clone(), one.support.clone(), one.about.clone());
            let points = gone.entry(key).or_insert_with(none);
            boxes.iter().for_each(|known| points.add(&points_of(&space, known)));
        }
    }
    for (key, known) in &before {
        let left = known.without(found.get(key).unwrap_or(&none()));
        *uses.entry(if left.is_empty() { "whole" } else { "gone" }).or_default() += 1;
        if gone.get(key).cloned().unwrap_or_else(none) != left {
            problems.push(format!("{key:?}: who is gone is not told"));
        }
    }
    told(problems)
}

fn told(problems: Vec<String>) -> Vec<Difference> {
    problems.into_iter().map(|words| Difference { kind: "known".to_owned(), words }).collect()
}

/// Files that are renamed and whose lines move change nothing.
fn unmoved(workspace: &Workspace, checked: &Checked, all: &[Known]) -> Vec<String> {
    let moved = workspace.sources().iter().map(|(id, file)| {
        let name = format!("moved/{}-{}", 99 - id.0, file.name);
        SourceFile::new(name, format!("# en linje\r\n\r\n{}", file.text.replace('\n', "\r\n")))
    });
    let options: Options = workspace.options().clone();
    let moved = Workspace::new(moved.collect(), options);
    let again = moved.against(moved.check(), all);
    let mut problems = Vec::new();
    let compared = again.compared.clone().unwrap_or_default();
    if compared.old.len() != checked.findings.len() || !again.findings.is_empty() || !compared.gone.is_empty()
    {
        let new: Vec<Key> = again.findings.iter().map(key).collect();
        problems.push(format!("moved: new {new:?}, gone {:?}", compared.gone));
    }
    if moved.known(&again) != all {
        problems.push("moved: something else is known".to_owned());
    }
    problems
}

/// What is known, here and there less or more of it.
fn changed(policy: &Policy, all: Vec<Known>, random: &mut Random) -> Vec<Known> {
    let mut known = Vec::new();
    for mut one in all {
        if let Reach::Region(boxes) = &mut one.reach {
            let changed: BTreeSet<KnownBox> = std::mem::take(boxes)
                .into_iter()
                .filter_map(
                    |known| if random.chance(15) { None } else { Some(another(policy, known, random)) },
                )
                .collect();
            if changed.is_empty() {
                continue;
            }
            *boxes = changed;
        }
        if !random.chance(15) {
            known.push(one);
        }
    }
    known
}

/// A box with another condition on one fact, or with one fewer, or the box itself.
fn another(policy: &Policy, mut known: KnownBox, random: &mut Random) -> KnownBox {
    let fact = random.pick(&policy.facts);
    let values = fact.domain.values();
    let (one, other) = (*random.pick(&values), *random.pick(&values));
    let (low, high) = (fact.domain.word(one.min(other)), fact.domain.word(one.max(other)));
    match random.between(0, 4) {
        0 => {
            known.remove(&fact.name);
        }
        1 if fact.domain.ordered() && !matches!(fact.domain, Domain::List { .. }) => {
            let range = match random.between(0, 2) {
                0 => format!("{low}..{high}"),
                1 => format!("{low}.."),
                _ => format!("..{high}"),
            };
            known.insert(fact.name.clone(), vec![range]);
        }
        2 => {
            known.insert(fact.name.clone(), vec![low, high]);
        }
        3 if random.chance(20) => {
            known.insert("ingen-kender-den".to_owned(), vec!["ja".to_owned()]);
        }
        _ => {}
    }
    known
}

/// The existing profiles in a box; nobody where it names a fact there is none of.
fn points_of(space: &Space<'_>, known: &KnownBox) -> Points {
    let mut tests = Vec::new();
    for (name, values) in known {
        let Some(at) = space.policy.facts.iter().position(|fact| fact.name == *name) else {
            return Points::none(space.profiles.len());
        };
        let domain = &space.policy.facts[at].domain;
        let end = |word: &str, open: i64| if word.is_empty() { open } else { domain.value(word).unwrap() };
        let range = |word: &String| match word.split_once("..") {
            Some((low, high)) => (end(low, i64::MIN), end(high, i64::MAX)),
            None => domain.value(word).map_or((1, 0), |value| (value, value)),
        };
        tests.push((at, values.iter().map(range).collect::<Vec<_>>()));
    }
    let inside = |point: usize| {
        let profile = &space.profiles[point];
        tests
            .iter()
            .all(|(at, ranges)| ranges.iter().any(|(low, high)| (*low..=*high).contains(&profile[*at])))
    };
    Points::where_true(space.profiles.len(), inside).and(&space.existing)
}
