//! What is known of a citizen, from words: facts by name, values as the language writes them.

use crate::ground::{Day, Text, day_of, iso_date, text};
use crate::model::{DATE, Domain, FactId, Model, Profile, nearest};
use std::collections::BTreeSet;

/// For each fact its value, or nothing where it is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Known(pub Vec<Option<i64>>);

impl Known {
    /// What these words say.
    ///
    /// # Errors
    /// A fact nobody declared or given twice, a value that is none of the fact's.
    pub(crate) fn of(model: &Model, facts: &[(String, String)]) -> Result<Self, Text> {
        let (known, problems) = Known::read(model, facts);
        problems.into_iter().next().map_or(Ok(known), |(_, problem)| Err(problem))
    }

    /// What these words say, and what is wrong with any of them, by its place.
    pub(crate) fn read(model: &Model, facts: &[(String, String)]) -> (Self, Vec<(usize, Text)>) {
        let mut known = vec![None; model.facts.len()];
        let mut problems = Vec::new();
        let mut given = BTreeSet::new();
        for (at, (name, word)) in facts.iter().enumerate() {
            let Some(index) = model.facts.iter().position(|fact| fact.name == *name) else {
                problems.push((at, no_such_fact(model, name)));
                continue;
            };
            if !given.insert(index) {
                problems.push((at, text!(en: "`{name}` is given twice", da: "`{name}` er oplyst to gange")));
                continue;
            }
            let domain = &model.facts[index].domain;
            known[index] = value_from_words(domain, word).filter(|value| domain.all().contains(*value));
            if known[index].is_none() {
                problems.push((at, no_such_value(model, name, domain, word)));
            }
        }
        (Known(known), problems)
    }

    /// The first fact that is not known.
    pub(crate) fn first_unknown(&self) -> Option<FactId> {
        self.0.iter().position(Option::is_none).map(|index| FactId(index as u32))
    }

    /// The citizen, if every fact is known.
    pub(crate) fn profile(&self) -> Option<Profile> {
        self.0.iter().copied().collect::<Option<Vec<i64>>>().map(Profile)
    }
}

fn no_such_fact(model: &Model, name: &str) -> Text {
    let names = model.facts.iter().map(|fact| fact.name.as_str());
    match nearest(name, names) {
        Some(near) => text!(
            en: "there is no fact `{name}`, did you mean `{near}`?",
            da: "der er ingen oplysning `{name}`, mente du `{near}`?"
        ),
        None => text!(en: "there is no fact `{name}`", da: "der er ingen oplysning `{name}`"),
    }
}

fn no_such_value(model: &Model, name: &str, domain: &Domain, word: &str) -> Text {
    let Text { en, da } = match domain {
        Domain::List { values, .. } => {
            if let Some(near) = nearest(word, values.iter().map(|value| value.name.as_str())) {
                return text!(
                    en: "`{word}` is not a value of `{name}`, did you mean `{near}`?",
                    da: "`{word}` er ikke en værdi af `{name}`, mente du `{near}`?"
                );
            }
            let values: Vec<String> = values.iter().map(|value| format!("`{}`", value.name)).collect();
            let values = values.join(", ");
            text!(en: "one of {values}", da: "en af {values}")
        }
        // of the day every date is one
        Domain::Date { .. } if name == model.facts[DATE.index()].name => {
            text!(en: "a date, written 2016-01-31", da: "en dato, skrevet 2016-01-31")
        }
        Domain::Date { low, high } => {
            let (low, high) = (iso_date(*low), iso_date(*high));
            text!(en: "a date from {low} to {high}", da: "en dato fra {low} til {high}")
        }
        _ => domain.in_words(),
    };
    text!(
        en: "`{word}` is not a value of `{name}`: it is {en}",
        da: "`{word}` er ikke en værdi af `{name}`: den er {da}"
    )
}

/// A day as the language writes it.
pub(crate) fn day_from_words(word: &str) -> Option<Day> {
    let mut parts = word.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    day_of(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// A value as the language writes it; nothing where the domain has none such.
pub(crate) fn value_from_words(domain: &Domain, word: &str) -> Option<i64> {
    match domain {
        Domain::YesNo => match word {
            "ja" => Some(1),
            "nej" => Some(0),
            _ => None,
        },
        Domain::List { values, .. } => values.iter().position(|value| value.name == word).map(|at| at as i64),
        Domain::Number { decimals, unit, .. } => {
            let bare = unit.as_deref().and_then(|unit| word.strip_suffix(unit)).map(str::trim_end);
            scaled(bare.unwrap_or(word), u32::from(*decimals))
        }
        Domain::Duration { .. } => {
            let words: Vec<&str> = word.split_whitespace().collect();
            words.chunks(2).map(length).reduce(|sum, length| sum?.checked_add(length?))?
        }
        Domain::Date { .. } => day_from_words(word),
        Domain::Money { .. } => scaled(word.strip_suffix("kr").unwrap_or(word).trim(), 2),
    }
}

/// `6 måneder` in thirds of a day.
fn length(words: &[&str]) -> Option<i64> {
    let [number, unit] = words else { return None };
    let thirds = match *unit {
        "dag" | "dage" => 3,
        "uge" | "uger" => 21,
        "måned" | "måneder" => 91,
        "år" => 1092,
        _ => return None,
    };
    number.parse::<i64>().ok()?.checked_mul(thirds)
}

fn scaled(word: &str, decimals: u32) -> Option<i64> {
    let (whole, fraction) = word.split_once(',').unwrap_or((word, ""));
    let missing = decimals.checked_sub(u32::try_from(fraction.len()).ok()?)?;
    format!("{whole}{fraction}").parse::<i64>().ok()?.checked_mul(10_i64.checked_pow(missing)?)
}
