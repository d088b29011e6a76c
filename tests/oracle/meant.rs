//! What a policy means in each place, and the hashes of it and of a change, against plain enumeration: docs/semantics.md,
//! section 19.

use super::compare::{Difference, workspace};
use super::differ::{Side, deciding, here, joint, pair, reformatted};
use super::edits;
use super::judge::{DecidedTerm, Judge};
use super::moved::Told;
use super::policy::{Domain, Policy, Speaker};
use hjemmel::{Ending, MeaningDecision, MeaningTable, PlaceMeaning, Shape, To};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) type Uses = BTreeMap<&'static str, u64>;

/// The values a cell allows.
fn cell(domain: &Domain, words: &str) -> Option<BTreeSet<i64>> {
    let all: BTreeSet<i64> = domain.values().into_iter().collect();
    let value = |word: &str| domain.value(word);
    let within = |low: Option<i64>, high: Option<i64>| {
        let (low, high) = (low?, high?);
        Some(all.iter().copied().filter(|value| (low..=high).contains(value)).collect::<BTreeSet<i64>>())
    };
    let (first, last) = (all.first().copied(), all.last().copied());
    match words {
        "" | "alle værdier" => return Some(all),
        "ingen værdi" => return Some(BTreeSet::new()),
        _ => {}
    }
    if let Domain::YesNo | Domain::List { .. } = domain {
        let list = |words: &str| words.split(", ").map(value).collect::<Option<BTreeSet<i64>>>();
        return match words.strip_prefix("ikke ").filter(|_| domain.value(words).is_none()) {
            Some(others) => Some(all.difference(&list(others)?).copied().collect()),
            None => list(words),
        };
    }
    let mut values = BTreeSet::new();
    for range in words.split(" eller ") {
        let part = if let Some(low) = range.strip_prefix("mindst ") {
            within(value(low), last)
        } else if let Some(high) = range.strip_prefix("højst ").or_else(|| range.strip_prefix("til ")) {
            within(first, value(high))
        } else if let Some((low, high)) = range.strip_prefix("fra ").and_then(|rest| rest.split_once(" til "))
        {
            within(value(low), value(high))
        } else if let Some(low) = range.strip_prefix("fra ") {
            within(value(low), last)
        } else {
            within(value(range), value(range))
        };
        values.extend(part?);
    }
    Some(values)
}

/// What the table ends in for a citizen; just one row or way must be theirs.
fn ending<'t>(
    policy: &Policy,
    table: &'t MeaningTable,
    profile: &[i64],
) -> Result<Option<&'t Ending>, String> {
    let is_in = |fact: &str, words: &str| -> Result<bool, String> {
        let at = policy.facts.iter().position(|known| known.name == fact);
        let at = at.ok_or_else(|| format!("`{fact}` is no fact"))?;
        let values = cell(&policy.facts[at].domain, words);
        let values = values.ok_or_else(|| format!("`{fact}`: `{words}` cannot be read"))?;
        Ok(values.contains(&profile[at]))
    };
    match &table.shape {
        Shape::Rows(rows) => {
            let mut theirs = Vec::new();
            for (cells, end) in rows {
                let mut inside = true;
                for (fact, words) in table.facts.iter().zip(cells) {
                    inside &= is_in(fact, words)?;
                }
                if inside {
                    theirs.push(*end);
                }
            }
            match theirs[..] {
                [] => Ok(None),
                [end] => Ok(table.ends.get(end)),
                _ => Err(format!("{profile:?} is in {} rows", theirs.len())),
            }
        }
        Shape::Stages(_, stages) => {
            let mut at = 0;
            loop {
                let mut theirs = Vec::new();
                for (words, to) in &stages[at].ways {
                    if is_in(&stages[at].fact, words)? {
                        theirs.push(*to);
                    }
                }
                match theirs[..] {
                    [] => return Ok(None),
                    [To::Stage(next)] if next > 0 => at = next,
                    [To::End(end)] => return Ok(table.ends.get(end)),
                    _ => return Err(format!("{profile:?} has {} ways", theirs.len())),
                }
            }
        }
        _ => Err("a new shape".to_owned()),
    }
}

/// What was decided, in words that can be compared.
fn right(policy: &Policy, told: &Told) -> String {
    let decision = &told.decision;
    let granted = told.granted();
    let mut words = format!("{:?}", decision.grant);
    for (said, word) in [
        (decision.duty && granted, "duty"),
        (decision.assess, "assess"),
        (decision.should, "should"),
        (decision.should_not, "should not"),
    ] {
        if said {
            words += &format!(" {word}");
        }
    }
    let mut terms: BTreeMap<&str, Option<BTreeSet<String>>> = BTreeMap::new();
    for (term, decided) in policy.terms.iter().zip(&decision.terms).filter(|_| granted) {
        match decided {
            DecidedTerm::Unbounded => {}
            DecidedTerm::Undecided => drop(terms.insert(&term.name, None)),
            DecidedTerm::Values(set) => {
                let values = term.domain.values().into_iter().enumerate();
                let inside =
                    values.filter(|(at, _)| set & (1 << at) != 0).map(|(_, value)| term.domain.word(value));
                terms.insert(&term.name, Some(inside.collect()));
            }
        }
    }
    format!("{words} {terms:?} {:?}", told.basis)
}

/// What is told, in the same words.
fn got(policy: &Policy, decision: &MeaningDecision) -> Result<String, String> {
    let outcome = &decision.outcome;
    let mut words = match outcome.grant {
        None => "None".to_owned(),
        Some(grant) => format!("Some({grant:?})"),
    };
    for (said, word) in [
        (outcome.duty, "duty"),
        (outcome.to_be_assessed, "assess"),
        (outcome.recommended, "should"),
        (outcome.discouraged, "should not"),
    ] {
        if said {
            words += &format!(" {word}");
        }
    }
    let mut terms: BTreeMap<&str, Option<BTreeSet<String>>> = BTreeMap::new();
    for (name, values) in &outcome.terms {
        let term = policy.terms.iter().find(|term| term.name == *name);
        let term = term.ok_or_else(|| format!("`{name}` is no term"))?;
        let read = |words: &String| {
            let values = cell(&term.domain, words);
            let values = values.ok_or_else(|| format!("`{name}`: `{words}` cannot be read"))?;
            Ok::<_, String>(values.into_iter().map(|value| term.domain.word(value)).collect())
        };
        terms.insert(&term.name, values.as_ref().map(read).transpose()?);
    }
    let basis: BTreeSet<&str> = decision.basis.iter().map(String::as_str).collect();
    Ok(format!("{words} {terms:?} {basis:?}"))
}

/// What is wrong with the tables of one place.
fn wrong_in(policy: &Policy, place: Speaker, told: &PlaceMeaning, uses: &mut Uses) -> Result<(), String> {
    let profiles = policy.profiles();
    let existing: Vec<usize> = (0..profiles.len()).filter(|at| policy.exists(&profiles[*at])).collect();
    if let Some(table) = &told.citizens_there_can_be {
        *uses.entry("excluded").or_default() += 1;
        for profile in &profiles {
            let exists = policy.exists(profile);
            match ending(policy, table, profile)? {
                Some(Ending::Exists(told)) if *told == exists => {}
                other => return Err(format!("existence of {profile:?}: {other:?}, right {exists}")),
            }
        }
    } else if existing.len() < profiles.len() {
        return Err("everybody exists".to_owned());
    }
    let side = Side {
        judge: Judge::new(policy, place),
        profiles: existing.iter().map(|at| (*at, profiles[*at].clone())).collect(),
    };
    for (at, support) in policy.supports.iter().enumerate() {
        let table = told.tables.iter().find(|table| table.support == support.name);
        if !side.judge.judged.contains(&at) {
            if table.is_some() {
                return Err(format!("`{}` is not judged", support.name));
            }
            continue;
        }
        for point in &existing {
            let told = side.told(&support.name, *point);
            let right = right(policy, &told);
            let got = match table {
                None => "Some(None) {} {}".to_owned(),
                Some(table) => match ending(policy, &table.table, &profiles[*point])? {
                    Some(Ending::Decided(decision)) => got(policy, decision)?,
                    other => {
                        return Err(format!("`{}`: {:?} ends in {other:?}", support.name, profiles[*point]));
                    }
                },
            };
            if got != right {
                return Err(format!("`{}`, {:?}: {got}, right {right}", support.name, profiles[*point]));
            }
        }
        if let Some(table) = table {
            let rows = matches!(table.table.shape, Shape::Rows(_));
            *uses.entry(if rows { "rows" } else { "stages" }).or_default() += 1;
        }
    }
    Ok(())
}

pub(crate) fn of_tables(policy: &Policy, uses: &mut Uses) -> Vec<Difference> {
    let meaning = workspace(policy).meaning();
    let mut differences = Vec::new();
    let names: Vec<&str> = meaning.places.iter().map(|place| place.place.as_str()).collect();
    let places = deciding(policy);
    if places.len() != names.len() || !names.is_sorted() {
        differences.push(("places", format!("{names:?}")));
    }
    for place in places {
        let Some(told) = meaning.places.iter().find(|told| told.place == place.name()) else { continue };
        let wrong = wrong_in(policy, place, told, uses).err();
        differences.extend(wrong.map(|words| ("table", format!("{}: {words}", place.name()))));
        differences.extend(told.open.iter().map(|open| ("open", open.clone())));
    }
    differences.into_iter().map(|(kind, words)| Difference { kind: kind.to_owned(), words }).collect()
}

/// How two versions of a place stand to each other.
#[derive(PartialEq, Eq)]
enum Alike {
    /// the same citizens, decided alike
    Same,
    /// somebody who exists to both is decided otherwise
    Other,
    /// others exist, and who exists to both is decided alike
    OthersExist,
}

/// An art that only one version judges is nothing in the other; or it is left out.
fn alike(before: &Policy, after: &Policy, place: Speaker, in_both: bool) -> Alike {
    let joint = joint(before, after);
    let profiles = joint.profiles();
    let mut answer = Alike::Same;
    let side = |policy| {
        let own = profiles.iter().enumerate();
        let own = own.filter_map(|(at, profile)| Some((at, here(policy, &joint, profile)?)));
        Side { judge: Judge::new(policy, place), profiles: own.collect() }
    };
    let (was, is) = (side(before), side(after));
    let mut names: BTreeSet<String> = BTreeSet::new();
    for side in [&was, &is] {
        names.extend(side.judge.judged.iter().map(|at| side.judge.policy.supports[*at].name.clone()));
    }
    let judges = |side: &Side<'_>, name: &str| {
        side.judge.judged.iter().any(|at| side.judge.policy.supports[*at].name == name)
    };
    if in_both {
        names.retain(|name| judges(&was, name) && judges(&is, name));
    }
    let told = |side: &Side<'_>, name: &str, point: usize| -> String {
        match judges(side, name) {
            true => right(side.judge.policy, &side.told(name, point)),
            false => "Some(None) {} {}".to_owned(),
        }
    };
    for point in 0..profiles.len() {
        match (was.profiles.contains_key(&point), is.profiles.contains_key(&point)) {
            (true, true) => {
                if names.iter().any(|name| told(&was, name, point) != told(&is, name, point)) {
                    return Alike::Other;
                }
            }
            (false, false) => {}
            _ => answer = Alike::OthersExist,
        }
    }
    answer
}

pub(crate) fn of_hashes(policy: &Policy, seed: u64, uses: &mut Uses) -> Vec<Difference> {
    let (before, after, made) = pair(policy, seed);
    let mut problems = Vec::new();
    let (was, is) = (workspace(&before), reformatted(&after));
    let (meant, means) = (was.meaning(), is.meaning());
    for told in &meant.places {
        let Some(now) = means.places.iter().find(|now| now.place == told.place) else { continue };
        let all = deciding(&before);
        let Some(place) = all.iter().find(|place| place.name() == told.place) else { continue };
        let same = told.hash == now.hash;
        let (seen, wrong) = match alike(&before, &after, *place, false) {
            Alike::Same if told.unread != now.unread => ("errors", same),
            Alike::Same if !have_same_values(&before, &after) => ("other values", false),
            Alike::Same => ("same", !same),
            Alike::Other => ("other", same),
            Alike::OthersExist => ("others exist", false),
        };
        *uses.entry(seen).or_default() += 1;
        if wrong {
            problems.push((seen, format!("{made:?} {}: {same}", told.place)));
        }
    }
    // the same told otherwise is the same change; another decision is another one
    let change = is.since(&was).hash;
    let retold = edits::retold(&after, seed);
    if reformatted(&retold).since(&was).hash != change {
        problems.push(("a change told otherwise", format!("{made:?}")));
    }
    let (further, more) = edits::edited(&after, seed ^ 0xf0_0d);
    let places = deciding(&after).into_iter().filter(|place| deciding(&further).contains(place));
    let is_other = places.into_iter().any(|place| {
        deciding(&before).contains(&place) && alike(&after, &further, place, true) == Alike::Other
    });
    if is_other && joint_is_same(&after, &further) && joint_is_same(&before, &after) {
        *uses.entry("another change").or_default() += 1;
        if reformatted(&further).since(&was).hash == change {
            problems.push(("another change", format!("{made:?}, then {more:?}")));
        }
    }
    problems.into_iter().map(|(kind, words)| Difference { kind: format!("hash, {kind}"), words }).collect()
}

/// Whether each fact of both versions has the same values in both.
fn have_same_values(before: &Policy, after: &Policy) -> bool {
    let values = |domain: &Domain| -> BTreeSet<String> {
        domain.values().into_iter().map(|value| domain.word(value)).collect()
    };
    before.facts.iter().all(|fact| {
        let other = after.facts.iter().find(|other| other.name == fact.name);
        other.is_none_or(|other| values(&other.domain) == values(&fact.domain))
    })
}

/// Whether two versions have the same citizens, so that who is decided otherwise in one of them exists to the other.
fn joint_is_same(one: &Policy, other: &Policy) -> bool {
    let joint = joint(one, other);
    joint
        .profiles()
        .iter()
        .all(|profile| here(one, &joint, profile).is_some() == here(other, &joint, profile).is_some())
}
