//! Declared types to domains, and the value of the typical citizen.

use super::coding::{self, Subject};
use super::names::duplicate;
use super::problems::Problems;
use super::unfit::{backwards, backwards_period};
use crate::ground::{Day, Sources, Window, day_of};
use crate::model::{Domain, ListValue, ValueSet};
use crate::syntax::ast::{Name, Type, Value};
use std::collections::BTreeMap;

/// The domain of a fact or term; nothing where its declaration is wrong, which is told.
pub(super) fn read(name: &Name, kind: &Type, sources: &Sources, problems: &mut Problems) -> Option<Domain> {
    let (low, high) = (ValueSet::MIN, ValueSet::MAX);
    match kind {
        Type::YesNo => Some(Domain::YesNo),
        Type::List { values, ordered } => {
            let mut seen = BTreeMap::new();
            let mut list = Vec::with_capacity(values.len());
            for value in values {
                match seen.insert(&value.name.text, value.name.span) {
                    Some(first) => problems.tell(duplicate(&value.name.text, value.name.span, Some(first))),
                    None => list.push(ListValue {
                        name: value.name.text.clone(),
                        title: super::vocabulary::title(value.title.as_ref()),
                    }),
                }
            }
            (!list.is_empty()).then_some(Domain::List { values: list, ordered: *ordered })
        }
        Type::Number { low: first, high: last, decimals, unit } => {
            let unit = unit.as_ref().map(|unit| unit.text.clone());
            let wide = Domain::Number { low, high, decimals: *decimals, unit: unit.clone() };
            let (low, high) = ends(name, &wide, first, last, sources, problems)?;
            Some(Domain::Number { low, high, decimals: *decimals, unit })
        }
        Type::Workdays { low: first, high: last } => {
            let unit = Some("hverdage".to_owned());
            let wide = Domain::Number { low, high, decimals: 0, unit: unit.clone() };
            let (low, high) = ends(name, &wide, first, last, sources, problems)?;
            Some(Domain::Number { low, high, decimals: 0, unit })
        }
        Type::Duration { low: first, high: last } => {
            let (low, high) = ends(name, &Domain::Duration { low, high }, first, last, sources, problems)?;
            Some(Domain::Duration { low, high })
        }
        Type::Money { low: first, high: last } => {
            let (low, high) = ends(name, &Domain::Money { low, high }, first, last, sources, problems)?;
            Some(Domain::Money { low, high })
        }
        Type::Date(period) => {
            let low = period.from.map_or(first_day(), |date| date.day);
            let high = period.to.map_or(last_day(), |date| date.day);
            if low > high {
                problems.tell(backwards_period(period.span));
                return None;
            }
            Some(Domain::Date { low, high })
        }
    }
}

fn first_day() -> Day {
    day_of(1800, 1, 1).unwrap_or(0)
}

fn last_day() -> Day {
    day_of(2199, 12, 31).unwrap_or(0)
}

fn ends(
    name: &Name,
    domain: &Domain,
    first: &Value,
    last: &Value,
    sources: &Sources,
    problems: &mut Problems,
) -> Option<(i64, i64)> {
    let subject = Subject { name: &name.text, domain, open: true, sources };
    let range = coding::ends(subject, first, last, problems);
    let (low, high) = range?;
    if low > high {
        problems.tell(backwards(first.span.to(last.span), &domain.spell(high), &domain.spell(low)));
        return None;
    }
    Some((low, high))
}

/// How the typical citizen's values are found.
pub(super) struct Typical<'a> {
    pub(super) window: Window,
    pub(super) sources: &'a Sources,
}

impl Typical<'_> {
    /// `typisk`, else nej, the first value, the middle of a range, the first day of the window.
    pub(super) fn of(
        &self,
        name: &Name,
        domain: &Domain,
        written: Option<&Value>,
        problems: &mut Problems,
    ) -> i64 {
        let (low, high) = domain.bounds();
        let subject = Subject { name: &name.text, domain, open: false, sources: self.sources };
        if let Some(value) = written.and_then(|value| coding::value(subject, value, problems)) {
            return value;
        }
        let middle = low + (high - low) / 2;
        let whole = match domain {
            Domain::YesNo | Domain::List { .. } => return low,
            Domain::Date { .. } => return self.window.from.clamp(low, high),
            Domain::Number { decimals, .. } => 10_i64.saturating_pow(u32::from(*decimals)),
            Domain::Duration { .. } => 3,
            Domain::Money { .. } => 100,
        };
        // a middle that can be written: a whole number, day or krone where the range has one
        (middle - middle.rem_euclid(whole)).max(low)
    }
}
