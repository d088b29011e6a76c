//! A finding's region read back into profiles, and what a good list of boxes is.

use super::points::Points;
use super::policy::{Domain, Policy};
use hjemmel::{Comparison, Condition, Diagnostic, RegionBox};
use std::collections::{BTreeMap, BTreeSet};

/// All profiles of a policy, and which of them exist.
pub(crate) struct Space<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) profiles: Vec<Vec<i64>>,
    pub(crate) existing: Points,
}

/// A box: for each fact the values it allows.
pub(crate) struct Values(Vec<BTreeSet<i64>>);

impl Values {
    /// Those of one fact.
    pub(crate) fn of(&self, fact: usize) -> &BTreeSet<i64> {
        &self.0[fact]
    }
}

impl<'a> Space<'a> {
    pub(crate) fn new(policy: &'a Policy) -> Self {
        let profiles = policy.profiles();
        let existing = Points::where_true(profiles.len(), |point| policy.exists(&profiles[point]));
        Space { policy, profiles, existing }
    }

    /// The values a box allows, or what is wrong with its words.
    pub(crate) fn read(&self, conditions: &RegionBox) -> Result<Values, String> {
        let mut values: Vec<BTreeSet<i64>> =
            self.policy.facts.iter().map(|fact| fact.domain.values().into_iter().collect()).collect();
        for condition in conditions {
            let Some(at) = self.policy.facts.iter().position(|fact| fact.name == condition.fact) else {
                return Err(format!("region names `{}`, which is no fact", condition.fact));
            };
            let domain = &self.policy.facts[at].domain;
            let test = read_condition(domain, condition)
                .ok_or_else(|| format!("region says `{condition:?}`, which cannot be read"))?;
            values[at].retain(|value| test(*value));
        }
        Ok(Values(values))
    }

    /// The existing profiles in a box.
    pub(crate) fn points(&self, values: &Values) -> Points {
        let inside = |point: usize| self.outside_of(values, point).is_empty();
        Points::where_true(self.profiles.len(), inside).and(&self.existing)
    }

    /// The facts by which a profile lies outside a box.
    fn outside_of(&self, values: &Values, point: usize) -> Vec<usize> {
        let profile = &self.profiles[point];
        (0..profile.len()).filter(|fact| !values.0[*fact].contains(&profile[*fact])).collect()
    }

    /// A value that would bring existing profiles to the box, all of them in the region.
    pub(crate) fn could_add(&self, values: &Values, region: &Points) -> Option<String> {
        let mut brings: BTreeMap<(usize, i64), bool> = BTreeMap::new();
        for point in self.existing.iter() {
            if let [fact] = self.outside_of(values, point)[..] {
                let inside = brings.entry((fact, self.profiles[point][fact])).or_insert(true);
                *inside &= region.contains(point);
            }
        }
        let ((fact, value), _) = brings.into_iter().find(|(_, inside)| *inside)?;
        let fact = &self.policy.facts[fact];
        Some(format!("{} {}", fact.name, fact.domain.word(value)))
    }

    /// The profile a finding's witness is.
    pub(crate) fn witness(&self, finding: &Diagnostic) -> Result<usize, String> {
        let Some(witness) = &finding.witness else { return Err("no witness".to_owned()) };
        let mut profile = Vec::new();
        for fact in &self.policy.facts {
            let told: Vec<_> = witness.iter().filter(|told| told.fact == fact.name).collect();
            let value = match told[..] {
                [told] => fact.domain.value(&told.value),
                _ => None,
            };
            profile.push(value.ok_or_else(|| format!("witness says nothing readable of `{}`", fact.name))?);
        }
        let place = self.profiles.iter().position(|known| *known == profile);
        place.ok_or_else(|| format!("witness {profile:?} is no profile"))
    }

    /// In how many facts a profile differs from the typical citizen.
    pub(crate) fn strangeness(&self, point: usize) -> usize {
        let typical = |fact: usize| {
            let fact = &self.policy.facts[fact];
            let values = fact.domain.values();
            let usual = match fact.domain {
                Domain::Number { low, high } => low + (high - low) / 2,
                // the middle, as a whole day
                Domain::Duration { low, high } => (low + (high - low) / 2) / 3 * 3,
                _ => values[0],
            };
            fact.typical.unwrap_or(usual)
        };
        (0..self.policy.facts.len()).filter(|fact| self.profiles[point][*fact] != typical(*fact)).count()
    }

    /// A profile in words.
    pub(crate) fn describe(&self, point: usize) -> String {
        let words = self.policy.facts.iter().zip(&self.profiles[point]);
        words
            .map(|(fact, value)| format!("{} {}", fact.name, fact.domain.word(*value)))
            .collect::<Vec<_>>()
            .join(", ")
    }
}

pub(crate) fn read_condition(domain: &Domain, condition: &Condition) -> Option<Box<dyn Fn(i64) -> bool>> {
    if condition.comparison == Comparison::Within {
        let ranges = condition.values.iter().map(|range| {
            let (low, high) = range.split_once("..")?;
            Some((domain.value(low)?, domain.value(high)?))
        });
        let ranges: Vec<(i64, i64)> = ranges.collect::<Option<_>>()?;
        return Some(Box::new(move |value| ranges.iter().any(|(low, high)| *low <= value && value <= *high)));
    }
    let values: Vec<i64> = condition.values.iter().map(|word| domain.value(word)).collect::<Option<_>>()?;
    let test: Box<dyn Fn(i64) -> bool> = match (condition.comparison, &values[..]) {
        (Comparison::Is, _) => Box::new(move |value| values.contains(&value)),
        (Comparison::IsNot, _) => Box::new(move |value| !values.contains(&value)),
        (Comparison::AtLeast, [low]) => {
            let low = *low;
            Box::new(move |value| value >= low)
        }
        (Comparison::AtMost, [high]) => {
            let high = *high;
            Box::new(move |value| value <= high)
        }
        (Comparison::Between, [low, high]) => {
            let (low, high) = (*low, *high);
            Box::new(move |value| low <= value && value <= high)
        }
        (Comparison::Outside, [low, high]) => {
            let (low, high) = (*low, *high);
            Box::new(move |value| value < low || high < value)
        }
        _ => return None,
    };
    Some(test)
}
