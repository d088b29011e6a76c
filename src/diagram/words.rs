//! Boxes and profiles in the words of the policy.

use super::cover::Cells;
use super::from_model::Diagrams;
use crate::ground::{Comparison, Condition, RegionBox, Witness, WitnessFact};
use crate::model::{DATE, Domain, FactId, Formula, Model, Profile, ValueSet};

impl Diagrams<'_> {
    /// A box as conditions, in the order in which the facts are declared.
    pub(crate) fn box_in_words(&self, cells: &Cells) -> RegionBox {
        let mut conditions: Vec<(FactId, Condition)> = Vec::new();
        for (dimension, classes) in self.space.dimensions.iter().zip(&cells.0) {
            if classes.contains(&false) {
                let admitted = dimension.classes.iter().zip(classes).filter(|(_, admits)| **admits);
                let set = admitted.fold(ValueSet::empty(), |all, (class, _)| all.union(class));
                conditions.push((dimension.fact, condition(self.model, dimension.fact, &set)));
            }
        }
        conditions.sort_by_key(|(fact, _)| *fact);
        conditions.into_iter().map(|(_, condition)| condition).collect()
    }

    /// Some classes of one fact as a condition.
    pub(crate) fn classes_in_words(&self, dimension: usize, classes: &[usize]) -> Condition {
        let dimension = &self.space.dimensions[dimension];
        let sets = classes.iter().filter_map(|class| dimension.classes.get(*class));
        let set = sets.fold(ValueSet::empty(), |all, class| all.union(class));
        condition(self.model, dimension.fact, &set)
    }

    /// A profile as a witness; the facts in `matters` are the ones a reader is shown, with those that are not
    /// typical and that the task asks.
    pub(crate) fn witness_in_words(&self, profile: &Profile, matters: &[FactId]) -> Witness {
        let asked: Vec<FactId> =
            self.space.dimensions.iter().take(self.space.asked).map(|d| d.fact).collect();
        let facts = self.model.facts.iter().enumerate().zip(&profile.0);
        facts
            .map(|((index, fact), value)| {
                let id = FactId(index as u32);
                WitnessFact {
                    fact: fact.name.clone(),
                    value: fact.domain.spell_bare(*value),
                    matters: matters.contains(&id) || (asked.contains(&id) && *value != fact.typical),
                }
            })
            .collect()
    }
}

/// Some values of a fact as a condition.
pub(crate) fn condition(model: &Model, id: FactId, set: &ValueSet) -> Condition {
    let domain = model.facts[id.index()].domain.all();
    let plain = within(model, id, set, &domain);
    match concept_source(model, id, set, &domain) {
        Some(source) => Condition { source, ..plain },
        None => plain,
    }
}

/// A test in a rule, which names no concept and may name days that are not looked at.
pub(crate) fn tested(model: &Model, id: FactId, set: &ValueSet) -> Condition {
    let domain = if id == DATE { ValueSet::all() } else { model.facts[id.index()].domain.all() };
    within(model, id, &set.intersection(&domain), &domain)
}

fn within(model: &Model, id: FactId, set: &ValueSet, domain: &ValueSet) -> Condition {
    let fact = &model.facts[id.index()];
    let (comparison, values) = compare(&fact.domain, domain, set);
    let source = source(&fact.name, comparison, &values);
    Condition { fact: fact.name.clone(), comparison, values, source }
}

fn compare(kind: &Domain, domain: &ValueSet, set: &ValueSet) -> (Comparison, Vec<String>) {
    let word = |value: i64| kind.spell_bare(value);
    let Some((low, high)) = set.bounds() else { return (Comparison::Is, Vec::new()) };
    let (least, greatest) = domain.bounds().unwrap_or((low, high));
    if let Domain::YesNo | Domain::List { ordered: false, .. } = kind {
        let rest = set.complement_in(domain);
        let all = |set: &ValueSet| {
            set.ranges().iter().flat_map(|(low, high)| *low..=*high).map(word).collect::<Vec<_>>()
        };
        let (inside, outside) = (all(set), all(&rest));
        // two values are sooner read than what is left of three
        let shorter = inside.len() > 2 && outside.len() < inside.len() && outside.len() <= 3;
        return if matches!(kind, Domain::List { .. }) && shorter {
            (Comparison::IsNot, outside)
        } else {
            (Comparison::Is, inside)
        };
    }
    match kind.written_ranges(set).as_slice() {
        [(low, high)] if low == high => (Comparison::Is, vec![word(*low)]),
        [(low, high)] if *low == least => (Comparison::AtMost, vec![word(*high)]),
        [(low, high)] if *high == greatest => (Comparison::AtLeast, vec![word(*low)]),
        [(low, high)] => (Comparison::Between, vec![word(*low), word(*high)]),
        [(first, end), (start, last)] if *first == least && *last == greatest => {
            let (from, to) = kind.written(end + 1, start - 1).unwrap_or((end + 1, start - 1));
            (Comparison::Outside, vec![word(from), word(to)])
        }
        ranges => {
            let range = |(low, high): &(i64, i64)| format!("{}..{}", word(*low), word(*high));
            (Comparison::Within, ranges.iter().map(range).collect())
        }
    }
}

fn source(fact: &str, comparison: Comparison, values: &[String]) -> String {
    let all = values.join(", ");
    let first = values.first().map_or("", String::as_str);
    let second = values.get(1).map_or("", String::as_str);
    match comparison {
        Comparison::Is if all == "ja" => fact.to_owned(),
        Comparison::Is if all == "nej" => format!("ikke {fact}"),
        Comparison::Is => format!("{fact} er {all}"),
        Comparison::IsNot => format!("{fact} er ikke {all}"),
        Comparison::AtLeast => format!("{fact} mindst {first}"),
        Comparison::AtMost => format!("{fact} højst {first}"),
        Comparison::Between => format!("{fact} fra {first} til {second}"),
        Comparison::Outside => format!("({fact} under {first} eller {fact} over {second})"),
        Comparison::Within => {
            let part = |range: &String| {
                let (low, high) = range.split_once("..").unwrap_or((range, range));
                if low == high { format!("{fact} er {low}") } else { format!("{fact} fra {low} til {high}") }
            };
            format!("({})", values.iter().map(part).collect::<Vec<_>>().join(" eller "))
        }
    }
}

/// The concept that says exactly this of the fact, or exactly the opposite.
fn concept_source(model: &Model, fact: FactId, set: &ValueSet, domain: &ValueSet) -> Option<String> {
    let rest = set.complement_in(domain);
    let own = |formula: &Formula| match formula {
        Formula::Test(tested, values) if *tested == fact => Some(values.intersection(domain)),
        Formula::Not(inner) => match inner.as_ref() {
            Formula::Test(tested, values) if *tested == fact => Some(values.complement_in(domain)),
            _ => None,
        },
        _ => None,
    };
    model.concepts.iter().find_map(|concept| {
        let values = own(&concept.formula)?;
        if values == *set {
            Some(concept.name.clone())
        } else if values == rest {
            Some(format!("ikke {}", concept.name))
        } else {
            None
        }
    })
}
