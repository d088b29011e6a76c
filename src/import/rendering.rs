//! A quantity as the domain of a fact or a term writes it.

use super::lexicon::Thing;
use super::measures::{Measure, Per, Unit};
use super::words::telling;
use crate::model::Domain;

/// What is counted below a heading, or by a thing of this name: its own unit, else a unit that its words name.
pub(super) fn unit_of(thing: &Thing, heading: &str) -> Option<Unit> {
    match &thing.domain {
        Domain::Money { .. } => return Some(Unit::Krone),
        Domain::Number { unit: Some(unit), .. } => {
            return Some(match unit.as_str() {
                "time" | "timer" => Unit::Hour,
                "dag" | "dage" => Unit::Day,
                "hverdag" | "hverdage" => Unit::Workday,
                "uge" | "uger" => Unit::Week,
                "måned" | "måneder" => Unit::Month,
                _ => Unit::Year,
            });
        }
        _ => {}
    }
    let words = telling(&format!("{} {} {heading}", thing.name, thing.title));
    let has = |word: &str| words.iter().any(|own| own == word);
    [("time", Unit::Hour), ("procent", Unit::Percent), ("alder", Unit::Year)]
        .into_iter()
        .find(|(word, _)| has(word))
        .map(|(_, unit)| unit)
}

/// How often a term is counted, by its own words.
pub(super) fn period_of(thing: &Thing) -> Option<Per> {
    let words = telling(&format!("{} {}", thing.name, thing.title));
    let has = |word: &str| words.iter().any(|own| own == word);
    match () {
        () if has("alt") => Some(Per::InAll),
        () if has("uge") => Some(Per::Week),
        () if has("måned") => Some(Per::Month),
        () if has("dag") => Some(Per::Day),
        () if has("år") => Some(Per::Year),
        () => None,
    }
}

/// The quantity in the words of the language, where it is one of this domain.
pub(super) fn written(measure: &Measure, thing: &Thing, heading: &str) -> Option<String> {
    let edge = measure.edge.word();
    match &thing.domain {
        Domain::Number { .. } => {
            let unit = unit_of(thing, heading);
            if measure.unit.is_some() && measure.unit != unit {
                return None;
            }
            Some(ranged(measure, edge, decimal, "-"))
        }
        Domain::Money { .. } => {
            if !matches!(measure.unit, None | Some(Unit::Krone)) {
                return None;
            }
            Some(ranged(measure, edge, |number| format!("{} kr", decimal(number)), " til "))
        }
        Domain::Duration { .. } => {
            let unit = measure.unit?;
            let length = |number: i64| length(number, unit);
            let low = length(measure.low)?;
            Some(match measure.high {
                Some(high) => format!("fra {low} til {}", length(high)?),
                None => format!("{edge}{low}"),
            })
        }
        Domain::YesNo | Domain::List { .. } | Domain::Date { .. } => None,
    }
}

fn ranged(measure: &Measure, edge: &str, write: impl Fn(i64) -> String, between: &str) -> String {
    match measure.high {
        Some(high) if between == "-" => format!("{}-{}", write(measure.low), write(high)),
        Some(high) => format!("fra {}{between}{}", write(measure.low), write(high)),
        None => format!("{edge}{}", write(measure.low)),
    }
}

/// Hundredths with a decimal comma.
pub(super) fn decimal(hundredths: i64) -> String {
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    if rest == 0 {
        return whole.to_string();
    }
    format!("{whole},{}", format!("{rest:02}").trim_end_matches('0'))
}

/// A length in whole units: half a year is six months.
fn length(hundredths: i64, unit: Unit) -> Option<String> {
    let whole = (hundredths % 100 == 0).then_some(hundredths / 100);
    let named =
        |number: i64, one: &str, many: &str| format!("{number} {}", if number == 1 { one } else { many });
    Some(match unit {
        Unit::Day => named(whole?, "dag", "dage"),
        Unit::Week => named(whole?, "uge", "uger"),
        Unit::Month => named(whole?, "måned", "måneder"),
        Unit::Year if whole.is_none() => {
            let months = hundredths * 12;
            named((months % 100 == 0).then_some(months / 100)?, "måned", "måneder")
        }
        Unit::Year => format!("{} år", whole?),
        _ => return None,
    })
}

/// Whether a quantity may be one of this term at all: of its unit, counted as often.
pub(super) fn is_of(measure: &Measure, thing: &Thing, heading: &str) -> bool {
    let often = match (measure.per, period_of(thing)) {
        (Some(said), Some(own)) => said == own,
        // what is counted once has no period
        (Some(said), None) => matches!(thing.domain, Domain::Number { .. }) || said == Per::InAll,
        (None, _) => true,
    };
    often && written(measure, thing, heading).is_some()
}
