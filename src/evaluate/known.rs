//! What is known of a citizen, from words: facts by name, values as the language writes them.

use crate::ground::{Text, day_of, text};
use crate::model::{Domain, FactId, Model, Profile, nearest};

/// For each fact its value, or nothing where it is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Known(pub Vec<Option<i64>>);

impl Known {
    /// What these words say.
    ///
    /// # Errors
    /// A fact nobody declared or given twice, a value that is none of the fact's.
    pub(crate) fn of(model: &Model, facts: &[(String, String)]) -> Result<Self, Text> {
        let mut known = vec![None; model.facts.len()];
        for (name, word) in facts {
            let Some(index) = model.facts.iter().position(|fact| fact.name == *name) else {
                let names = model.facts.iter().map(|fact| fact.name.as_str());
                return Err(match nearest(name, names) {
                    Some(near) => text!(
                        en: "there is no fact `{name}`, did you mean `{near}`?",
                        da: "der er ingen oplysning `{name}`, mente du `{near}`?"
                    ),
                    None => text!(en: "there is no fact `{name}`", da: "der er ingen oplysning `{name}`"),
                });
            };
            if known[index].is_some() {
                return Err(text!(en: "`{name}` is given twice", da: "`{name}` er oplyst to gange"));
            }
            let domain = &model.facts[index].domain;
            let value = value_from_words(domain, word).filter(|value| domain.all().contains(*value));
            known[index] = Some(value.ok_or_else(|| {
                let Text { en, da } = domain.in_words();
                text!(
                    en: "`{word}` is not a value of `{name}`: it is {en}",
                    da: "`{word}` er ikke en værdi af `{name}`: den er {da}"
                )
            })?);
        }
        Ok(Known(known))
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
            let words: Vec<&str> = word.split_whitespace().collect();
            words.chunks(2).map(length).reduce(|sum, length| sum?.checked_add(length?))?
        }
        Domain::Date { .. } => {
            let mut parts = word.splitn(3, '-');
            let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
            day_of(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
        }
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
