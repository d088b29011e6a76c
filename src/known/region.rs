//! Regions in values alone: written down in one model, and asked about in another one.

use super::KnownBox;
use crate::diagram::{Diagrams, NO, Node, NotProven};
use crate::evaluate::{range_from_words, tested};
use crate::ground::{Comparison, Condition, Region, RegionBox, Witness};
use crate::model::{Domain, FactId, Formula, Model, ValueSet};
use crate::verdict::Statements;
use std::collections::BTreeSet;

/// A box of a finding. Values of a list are named one by one, so that a value that comes later is not among them; a range
/// that reaches to an end of its domain is open there, as the policy's own words are.
pub(super) fn in_values(model: &Model, conditions: &RegionBox) -> KnownBox {
    let values = |condition: &Condition| {
        let (_, domain) = fact(model, &condition.fact)?;
        Some(values_of(domain, &tested(domain, condition)?))
    };
    // what could not be read would be nobody, not everybody
    let named = |condition: &Condition| (condition.fact.clone(), values(condition).unwrap_or_default());
    conditions.iter().map(named).collect()
}

/// A box of a region, in the words of the policy.
pub(super) fn in_words(region: &Region) -> String {
    let words = |conditions: &RegionBox| {
        let sources: Vec<&str> = conditions.iter().map(|condition| condition.source.as_str()).collect();
        sources.join(" og ")
    };
    region.iter().map(words).collect::<Vec<_>>().join(" eller ")
}

fn fact<'a>(model: &'a Model, name: &str) -> Option<(FactId, &'a Domain)> {
    let id = model.fact_ids().find(|id| model.facts[id.index()].name == name)?;
    Some((id, &model.facts[id.index()].domain))
}

fn values_of(domain: &Domain, set: &ValueSet) -> Vec<String> {
    let word = |value: i64| domain.spell_bare(value);
    if matches!(domain, Domain::YesNo | Domain::List { .. }) {
        return set.ranges().iter().flat_map(|(low, high)| *low..=*high).map(word).collect();
    }
    let (least, greatest) = domain.bounds();
    let range = |(low, high): (i64, i64)| match (low == least, high == greatest) {
        (true, true) => "..".to_owned(),
        (true, false) => format!("..{}", word(high)),
        (false, true) => format!("{}..", word(low)),
        (false, false) if low == high => word(low),
        (false, false) => format!("{}..{}", word(low), word(high)),
    };
    domain.written_ranges(set).into_iter().map(range).collect()
}

/// A part of a region, and one citizen in it.
pub(super) type Part = (Region, Option<Witness>);

/// How regions are compared.
pub(super) struct Regions<'a> {
    pub(super) model: &'a Model,
    pub(super) statements: &'a Statements,
    pub(super) budget: u64,
}

impl Regions<'_> {
    /// Divides a region into what lies outside some boxes and what lies in them; nothing where the budget runs out.
    pub(super) fn divided(&self, region: &Region, before: &BTreeSet<KnownBox>) -> Option<(Part, Part)> {
        let (now, known) = (self.now(region), self.known(before));
        let divided = || -> Result<(Part, Part), NotProven> {
            let mut diagrams = Diagrams::new(self.model, self.statements, &[], &[&now, &known], self.budget)?;
            let (now, known) = existing(&mut diagrams, &now, &known)?;
            let rest = diagrams.store.without(now, known)?;
            let old = diagrams.store.and(now, known)?;
            let divided = (part(&mut diagrams, rest)?, part(&mut diagrams, old)?);
            // a list of boxes that stops before the end proves nothing
            if diagrams.truncated { Err(NotProven) } else { Ok(divided) }
        };
        divided().ok()
    }

    /// What of some boxes lies outside a region: those that name what is declared no longer, and what is left of the others.
    pub(super) fn left_of(&self, boxes: &BTreeSet<KnownBox>, found: &Region) -> BTreeSet<KnownBox> {
        let (readable, lost): (BTreeSet<KnownBox>, BTreeSet<KnownBox>) =
            boxes.iter().cloned().partition(|known| self.box_formula(known).is_some());
        let left = self.divided(&self.region_of(&readable), &self.written(found));
        let left = left.map_or_else(Vec::new, |((left, _), _)| left);
        lost.into_iter().chain(left.iter().map(|conditions| in_values(self.model, conditions))).collect()
    }

    fn written(&self, region: &Region) -> BTreeSet<KnownBox> {
        region.iter().map(|conditions| in_values(self.model, conditions)).collect()
    }

    /// Boxes that were written down, as conditions of today.
    fn region_of(&self, boxes: &BTreeSet<KnownBox>) -> Region {
        let condition = |(name, values): (&String, &Vec<String>)| Condition {
            fact: name.clone(),
            comparison: Comparison::Within,
            values: values.clone(),
            source: String::new(),
        };
        boxes.iter().map(|known| known.iter().map(condition).collect()).collect()
    }

    fn now(&self, region: &Region) -> Formula {
        let test = |condition: &Condition| {
            let (id, domain) = fact(self.model, &condition.fact)?;
            let set = match condition.comparison {
                Comparison::Within => some_of(domain, &condition.values),
                _ => tested(domain, condition)?,
            };
            Some(Formula::Test(id, set))
        };
        let all = |conditions: &RegionBox| {
            let tests: Option<Vec<Formula>> = conditions.iter().map(test).collect();
            tests.map_or(Formula::Never, Formula::And)
        };
        Formula::Or(region.iter().map(all).collect())
    }

    fn known(&self, boxes: &BTreeSet<KnownBox>) -> Formula {
        Formula::Or(boxes.iter().filter_map(|known| self.box_formula(known)).collect())
    }

    /// Whom a box means that was written down; nothing where it names a fact nobody declares.
    fn box_formula(&self, known: &KnownBox) -> Option<Formula> {
        let test = |(name, values): (&String, &Vec<String>)| {
            let (id, domain) = fact(self.model, name)?;
            Some(Formula::Test(id, some_of(domain, values)))
        };
        known.iter().map(test).collect::<Option<Vec<Formula>>>().map(Formula::And)
    }
}

/// The values that are still values of a domain.
fn some_of(domain: &Domain, values: &[String]) -> ValueSet {
    let sets = values.iter().filter_map(|word| range_from_words(domain, word));
    sets.fold(ValueSet::empty(), |all, set| all.union(&set)).intersection(&domain.all())
}

fn existing(diagrams: &mut Diagrams<'_>, one: &Formula, other: &Formula) -> Result<(Node, Node), NotProven> {
    let possible = diagrams.possible;
    let one = diagrams.formula(one)?;
    let one = diagrams.store.and(one, possible)?;
    Ok((one, diagrams.formula(other)?))
}

fn part(diagrams: &mut Diagrams<'_>, region: Node) -> Result<Part, NotProven> {
    if region == NO {
        return Ok((Region::new(), None));
    }
    let boxes = diagrams.cover(region)?;
    let words: Region = boxes.iter().map(|cells| diagrams.box_in_words(cells)).collect();
    let profile = diagrams.witness(region)?;
    let named: BTreeSet<&str> = words.iter().flatten().map(|condition| condition.fact.as_str()).collect();
    let model = diagrams.model;
    let matters: Vec<FactId> =
        model.fact_ids().filter(|id| named.contains(model.facts[id.index()].name.as_str())).collect();
    let witness = profile.map(|profile| diagrams.witness_in_words(&profile, &matters));
    Ok((words, witness))
}
