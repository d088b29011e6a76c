//! A citizen from words: facts by name, values as the language writes them.

use crate::ground::{Text, day_of, text};
use crate::model::{Domain, Model, Profile};

/// The citizen with these facts. Every fact must be given, once, with a value of its own.
///
/// # Errors
/// A fact nobody declared, a fact missing or given twice, a value outside the fact's domain.
pub(crate) fn profile_of(model: &Model, facts: &[(String, String)]) -> Result<Profile, Text> {
    for (index, (name, _)) in facts.iter().enumerate() {
        if facts[..index].iter().any(|(other, _)| other == name) {
            return Err(text!(en: "`{name}` is given twice", da: "`{name}` er oplyst to gange"));
        }
        if !model.facts.iter().any(|fact| fact.name == *name) {
            return Err(text!(en: "there is no fact `{name}`", da: "der er ingen oplysning `{name}`"));
        }
    }
    let value_of = |fact: &crate::model::Fact| {
        let name = &fact.name;
        let Some((_, word)) = facts.iter().find(|(given, _)| given == name) else {
            return Err(text!(en: "`{name}` is not given", da: "`{name}` er ikke oplyst"));
        };
        let value = value_from_words(&fact.domain, word);
        value.filter(|value| fact.domain.all().contains(*value)).ok_or_else(
            || text!(en: "`{word}` is not a value of `{name}`", da: "`{word}` er ikke en værdi af `{name}`"),
        )
    };
    model.facts.iter().map(value_of).collect::<Result<Vec<i64>, Text>>().map(Profile)
}

fn value_from_words(domain: &Domain, word: &str) -> Option<i64> {
    match domain {
        Domain::YesNo => match word {
            "ja" => Some(1),
            "nej" => Some(0),
            _ => None,
        },
        Domain::List { values, .. } => values.iter().position(|value| value.name == word).map(|at| at as i64),
        Domain::Number { decimals, .. } => scaled(word, u32::from(*decimals)),
        Domain::Duration { .. } => {
            let (number, unit) = word.split_once(' ')?;
            let thirds = match unit {
                "dag" | "dage" => 3,
                "uge" | "uger" => 21,
                "måned" | "måneder" => 91,
                "år" => 1092,
                _ => return None,
            };
            number.parse::<i64>().ok()?.checked_mul(thirds)
        }
        Domain::Date { .. } => {
            let mut parts = word.splitn(3, '-');
            let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
            day_of(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
        }
        Domain::Money { .. } => scaled(word.strip_suffix("kr").unwrap_or(word).trim(), 2),
    }
}

fn scaled(word: &str, decimals: u32) -> Option<i64> {
    let (whole, fraction) = word.split_once(',').unwrap_or((word, ""));
    let missing = decimals.checked_sub(u32::try_from(fraction.len()).ok()?)?;
    format!("{whole}{fraction}").parse::<i64>().ok()?.checked_mul(10_i64.checked_pow(missing)?)
}
