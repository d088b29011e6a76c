//! Where two models, or two places, decide differently: all citizens at once.

use super::class::Delta;
use super::decided::{Decided, Leaf, Side, decided_in_both};
use crate::diagram::{Diagrams, NO, Node, NotProven, Party, Way};
use crate::ground::{Numbered, RegionBox, Whole, Witness};
use crate::model::{FactId, Model, Profile, RuleId};
use crate::queries::code;
use crate::queries::graph::Outcomes;
use std::collections::{BTreeMap, BTreeSet};

/// How two sides are compared.
#[derive(Clone, Copy)]
pub(super) struct How<'a> {
    /// as two versions: also by the provisions they rest on. Else as two places: also by who says something
    pub of_versions: bool,
    /// the first side with one value of a fact, the second with another
    pub at: Option<(FactId, [i64; 2])>,
    /// the pairs of rules that mean the same, where the sides differ in nothing but rules
    pub alike: Option<&'a BTreeMap<RuleId, RuleId>>,
    pub budget: u64,
}

/// Citizens to whom the same change happens.
pub(super) struct Moved {
    pub delta: Delta,
    pub region: Vec<RegionBox>,
    /// whether the boxes are all of the region
    pub is_whole: bool,
    /// all of it, where they are not
    pub in_full: Option<Whole>,
    pub witness: Witness,
    /// the same as a citizen of each side
    pub profiles: [Profile; 2],
    /// what is decided of the witness, before and now, as ends in the outcomes of the comparison
    pub ends: [u32; 2],
}

/// What a comparison of two sides found.
pub(super) struct Regions {
    pub outcomes: Outcomes,
    pub moved: Vec<Moved>,
    /// a witness that the plain evaluator does not confirm
    pub disagreement: bool,
    /// what changes for whom, in the one form that only its meaning decides; empty where nothing does
    pub form: String,
}

/// Where two sides decide differently. What happens to a kind through a support below it is told of that.
pub(super) fn regions<'a>(before: Side<'a>, after: Side<'a>, how: How<'a>) -> Result<Regions, NotProven> {
    let words = after.model;
    let mut leaf = Leaf::new(words);
    let (first_rules, other_rules) = (before.rules(), after.rules());
    let first = Party { model: before.model, statements: before.statements, rules: &first_rules };
    let other = Party { model: after.model, statements: after.statements, rules: &other_rules };
    let (mut was, mut is, mut diagrams) = decided_in_both([before, after], [first, other], &mut leaf, how)?;
    if let Some((fact, values)) = how.at {
        let (at, classes) = diagrams.with_either(fact, values)?;
        was = was.fixed(&mut diagrams, at, classes[0])?;
        is = is.fixed(&mut diagrams, at, classes[1])?;
    }
    let (changed, deltas) = changed(&mut diagrams, &leaf, &was, &is, how)?;
    let below = below(&mut diagrams, &leaf, &was, &is)?;
    let leaf_of = (leaf.outcomes.clone(), leaf.bases.into_list());
    let mut found =
        Regions { outcomes: leaf.outcomes, moved: Vec::new(), disagreement: false, form: String::new() };
    let mut order: Vec<u32> = (1..deltas.len() as u32).collect();
    if how.of_versions {
        // in an order of their own, in whichever of two ways they were found
        order.sort_by_key(|at| &deltas[*at as usize]);
    }
    for at in order {
        let region = diagrams.store.map(changed, &mut |delta| u32::from(delta == at))?;
        let region = diagrams.store.without(region, below)?;
        let region = diagrams.store.and(region, diagrams.possible)?;
        if region == NO {
            continue;
        }
        diagrams.truncated = false;
        let boxes = diagrams.cover(region)?;
        let is_whole = !diagrams.truncated;
        let in_full = (!is_whole).then(|| diagrams.in_full(region));
        let Some(profile) = diagrams.witness(region)? else { continue };
        let region: Vec<RegionBox> = boxes.iter().map(|cells| diagrams.box_in_words(cells)).collect();
        let matters = facts_of(words, &region);
        let profiles = twins(&profile, how);
        let sides = [(before, &profiles[0]), (after, &profiles[1])];
        let ends = sides.map(|(side, profile)| side.end(words, &mut found.outcomes, profile));
        let delta = deltas[at as usize].clone();
        found.disagreement |= match ends {
            [Some(was), Some(is)] => {
                Delta::of(found.outcomes.told(was), found.outcomes.told(is)) != delta.outcomes()
            }
            _ => true,
        };
        let mut witness = diagrams.witness_in_words(&profile, &matters);
        // of whom it is asked with either value
        witness.retain(|fact| how.at.is_none_or(|(id, _)| words.facts[id.index()].name != fact.fact));
        let ends = ends.map(Option::unwrap_or_default);
        found.moved.push(Moved { delta, region, is_whole, in_full, witness, profiles, ends });
    }
    if how.of_versions && deltas.len() > 1 {
        found.form = form(&mut diagrams, words, &leaf_of, [&was, &is], changed)?;
    }
    Ok(found)
}

/// All that is decided of those for whom something changes, before and now, in its one form; of an art also where it is
/// told of a support below it.
fn form(
    diagrams: &mut Diagrams<'_>,
    words: &Model,
    (outcomes, bases): &(Outcomes, Vec<BTreeSet<String>>),
    [was, is]: [&Decided; 2],
    changed: Node,
) -> Result<String, NotProven> {
    let mut all = Numbered::from_first([u32::MAX; 4]);
    let mut ends = Numbered::default();
    let both = diagrams.store.zip(was.ends, is.ends, &mut |was, is| ends.number([was, is]))?;
    let mut cited = Numbered::default();
    let bases_of = diagrams.store.zip(was.cited, is.cited, &mut |was, is| cited.number([was, is]))?;
    let told = diagrams.store.zip(both, bases_of, &mut |end, basis| {
        let (&[was, is], &[on, now_on]) = (ends.get(end), cited.get(basis));
        all.number([was, is, on, now_on])
    })?;
    let told = diagrams.store.zip(told, changed, &mut |told, delta| if delta == 0 { 0 } else { told })?;
    let form = diagrams.canonical(told, diagrams.existing)?;
    if form.start.is_none_or(|start| start == Way::End(0)) {
        return Ok(String::new());
    }
    let decided = |end: u32, basis: u32| code::decided(words, outcomes.told(end), &bases[basis as usize]);
    Ok(code::in_code(words, &form, &|leaf| match *all.get(leaf) {
        [was, is, on, now_on] if leaf > 0 => format!("{} > {}", decided(was, on), decided(is, now_on)),
        _ => String::new(),
    }))
}

/// The citizen of each side: the same, but for the fact of which two values are compared.
fn twins(profile: &Profile, how: How<'_>) -> [Profile; 2] {
    [0, 1].map(|side| {
        let mut twin = profile.clone();
        if let Some((fact, values)) = how.at {
            twin.0[fact.index()] = values[side];
        }
        twin
    })
}

/// Which difference there is where, by its number in the list; 0 is none.
fn changed(
    diagrams: &mut Diagrams<'_>,
    leaf: &Leaf,
    was: &Decided,
    is: &Decided,
    how: How<'_>,
) -> Result<(Node, Vec<Delta>), NotProven> {
    let mut deltas = Numbered::from_first(Delta::default());
    let changed = diagrams.store.zip(was.ends, is.ends, &mut |was, is| {
        deltas.number(Delta::of(leaf.outcomes.told(was), leaf.outcomes.told(is)))
    })?;
    let changed = if how.of_versions {
        let rebased = diagrams.store.zip(was.cited, is.cited, &mut |was, is| {
            let (was, is) = (leaf.bases.get(was), leaf.bases.get(is));
            deltas.number(Delta { basis: [was - is, is - was], ..Delta::default() })
        })?;
        diagrams.store.zip(changed, rebased, &mut |change, basis| if change == 0 { basis } else { change })?
    } else {
        let mut pairs = Numbered::default();
        let spoken = diagrams.store.zip(was.spoken, is.spoken, &mut |was, is| pairs.number((was, is)))?;
        diagrams.store.zip(changed, spoken, &mut |change, pair| {
            let (was, is) = *pairs.get(pair);
            let spoken = [was, is].map(|at| leaf.spoken.get(at));
            if change == 0 { 0 } else { deltas.number(deltas.get(change).heard(spoken)) }
        })?
    };
    Ok((changed, deltas.into_list()))
}

/// Where the outcome differs on something below a kind.
fn below(diagrams: &mut Diagrams<'_>, leaf: &Leaf, was: &Decided, is: &Decided) -> Result<Node, NotProven> {
    let names: BTreeSet<&String> = was.members.keys().chain(is.members.keys()).collect();
    let mut below = NO;
    for name in names {
        let ends = |of: &Decided| of.members.get(name).copied().unwrap_or(Node::leaf(leaf.nothing));
        let differs = diagrams.store.zip(ends(was), ends(is), &mut |was, is| {
            u32::from(!Delta::of(leaf.outcomes.told(was), leaf.outcomes.told(is)).is_nothing())
        })?;
        below = diagrams.store.or(below, differs)?;
    }
    Ok(below)
}

fn facts_of(model: &Model, region: &[RegionBox]) -> Vec<FactId> {
    let names: BTreeSet<&str> = region.iter().flatten().map(|condition| condition.fact.as_str()).collect();
    model.fact_ids().filter(|id| names.contains(model.facts[id.index()].name.as_str())).collect()
}

/// Citizens that only one of two models can have, as boxes.
pub(super) fn apart(
    before: Party<'_>,
    after: Party<'_>,
    budget: u64,
) -> Result<[Vec<RegionBox>; 2], NotProven> {
    let (mut diagrams, regions) = Diagrams::existing_apart(before, after, budget)?;
    let mut told = [Vec::new(), Vec::new()];
    for (words, region) in told.iter_mut().zip(regions) {
        let boxes = diagrams.cover(region)?;
        words.extend(boxes.iter().map(|cells| diagrams.box_in_words(cells)));
    }
    Ok(told)
}
