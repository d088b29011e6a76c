//! A cell below a fact or a term.

use super::cells::fits;
use super::dates;
use super::lexicon::{Lexicon, Thing};
use super::measures::{Measure, measured};
use super::rendering::{is_of, written};
use super::words::{slug, squeezed, telling};
use crate::model::{Domain, ListValue};

/// What became of a cell: what it says of which thing, and the words that are left.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    pub values: Vec<(String, String)>,
    pub rest: String,
}

impl Said {
    fn of(name: &str, value: String) -> Self {
        Said { values: vec![(name.to_owned(), value)], rest: String::new() }
    }

    fn nothing(words: &str) -> Self {
        Said { values: Vec::new(), rest: words.to_owned() }
    }
}

/// Whether a cell says nothing: empty, a dash.
pub(super) fn is_silent(words: &str) -> bool {
    words.chars().all(|letter| letter.is_whitespace() || "-–—−/.".contains(letter))
}

/// Reads a cell below a fact.
pub(super) fn of_fact(words: &str, fact: &Thing) -> Said {
    let value = match &fact.domain {
        Domain::YesNo => yes_no(words).map(str::to_owned),
        Domain::List { values, ordered } => listed(words, values, *ordered),
        Domain::Date { .. } => dates::period(words).map(|period| period_test(&period)),
        _ => return of_quantity(words, fact),
    };
    match value.filter(|value| fits(&fact.name, value)) {
        Some(value) => Said::of(&fact.name, value),
        None => Said::nothing(words),
    }
}

fn of_quantity(words: &str, fact: &Thing) -> Said {
    let found = measured(words);
    let [measure] = found.measures.as_slice() else { return Said::nothing(words) };
    match written(measure, fact, "").filter(|value| fits(&fact.name, value)) {
        Some(value) => Said { rest: left(&found.rest, fact, ""), ..Said::of(&fact.name, value) },
        None => Said::nothing(words),
    }
}

/// Reads a cell below a term. A quantity of another unit is said of the term it fits, if it is clear which.
pub(super) fn of_term(words: &str, term: &Thing, heading: &str, lexicon: &Lexicon) -> Said {
    let value = match &term.domain {
        Domain::YesNo => yes_no(words).map(str::to_owned),
        Domain::List { values, ordered } => listed(words, values, *ordered),
        Domain::Date { .. } => dates::period(words).map(|period| period_test(&period)),
        _ => return of_quantities(words, term, heading, lexicon),
    };
    match value.filter(|value| fits(&term.name, value)) {
        Some(value) => Said::of(&term.name, value),
        None => Said::nothing(words),
    }
}

fn of_quantities(words: &str, term: &Thing, heading: &str, lexicon: &Lexicon) -> Said {
    let found = measured(words);
    let mut said = Said::default();
    let mut rest = found.rest.clone();
    for measure in &found.measures {
        let meant =
            if is_of(measure, term, heading) { Some(term) } else { other_term(measure, words, lexicon) };
        let value = meant.and_then(|meant| Some((meant.name.clone(), written(measure, meant, heading)?)));
        let fresh = value
            .filter(|(name, value)| !said.values.iter().any(|(own, _)| own == name) && fits(name, value));
        match fresh {
            Some(value) => said.values.push(value),
            // one quantity that cannot be placed makes the cell's others doubtful
            None => return Said::nothing(words),
        }
    }
    if said.values.is_empty() {
        return Said::nothing(words);
    }
    let named: Vec<&Thing> = said.values.iter().filter_map(|(name, _)| lexicon.term(name)).collect();
    for thing in named {
        rest = remaining(&rest, thing, heading);
    }
    said.rest = rest.join(" ");
    said
}

/// The one term a quantity must be of: one that the words name, or the only one of its unit, or the one called after it.
fn other_term<'a>(measure: &Measure, words: &str, lexicon: &'a Lexicon) -> Option<&'a Thing> {
    let fitting: Vec<&Thing> = lexicon.terms.iter().filter(|term| is_of(measure, term, "")).collect();
    let all = telling(words);
    let named = |term: &&&Thing| telling(&term.name).iter().all(|word| all.contains(word));
    let only = |mut found: Vec<&'a Thing>| if found.len() == 1 { found.pop() } else { None };
    only(fitting.iter().filter(named).copied().collect())
        .or_else(|| only(fitting.clone()))
        .or_else(|| fitting.into_iter().find(|term| ["varighed", "timer"].contains(&term.name.as_str())))
}

/// The words that are left when what only names the thing is taken out.
fn left(rest: &[String], thing: &Thing, heading: &str) -> String {
    remaining(rest, thing, heading).join(" ")
}

fn remaining(rest: &[String], thing: &Thing, heading: &str) -> Vec<String> {
    let known = telling(&format!("{} {} {heading}", thing.name, thing.title));
    let says_more = |word: &&String| {
        let own = telling(word);
        !own.is_empty() && !own.iter().all(|word| known.contains(word))
    };
    // small words stay beside a word that says more
    if rest.iter().any(|word| says_more(&word)) {
        let keep = |word: &&String| telling(word).is_empty() || says_more(word);
        return rest.iter().filter(keep).cloned().collect();
    }
    Vec::new()
}

fn yes_no(words: &str) -> Option<&'static str> {
    match squeezed(words).as_str() {
        "ja" | "x" | "j" | "sand" | "true" => Some("ja"),
        "nej" | "n" | "falsk" | "false" => Some("nej"),
        _ if super::grades::is_mark(words) => Some("ja"),
        _ => None,
    }
}

/// Values of a list: by name or title, one or several, all but some.
pub(super) fn listed(words: &str, values: &[ListValue], ordered: bool) -> Option<String> {
    let find = |part: &str| {
        let wanted = squeezed(part);
        let same = |value: &&ListValue| {
            squeezed(&value.name) == wanted && is_same_number(&value.name, part)
                || !value.title.is_empty() && squeezed(&value.title) == wanted
        };
        values.iter().find(same).map(|value| value.name.clone())
    };
    if let Some(value) = find(words) {
        return Some(value);
    }
    let lower = words.to_lowercase();
    for (lead, word) in [("mindst ", "mindst"), ("højst ", "højst"), ("over ", "over"), ("under ", "under")]
    {
        if let Some(value) = lower.strip_prefix(lead).and_then(find).filter(|_| ordered) {
            return Some(format!("{word} {value}"));
        }
    }
    let (lead, listed) = ["alle undtagen ", "undtagen ", "ikke "]
        .into_iter()
        .find_map(|lead| {
            lower.strip_prefix(lead).map(|_| ("er ikke ", words.get(lead.len()..).unwrap_or_default()))
        })
        .unwrap_or(("", words));
    let parts = listed.replace(" og ", ",").replace(" eller ", ",").replace(" samt ", ",");
    let parts: Vec<&str> =
        parts.split([',', ';', '\n', '/']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let found: Option<Vec<String>> =
        parts.iter().map(|part| find(part).or_else(|| unknown_value(part))).collect();
    found.filter(|found| !found.is_empty()).map(|found| format!("{lead}{}", found.join(", ")))
}

/// `2.1` is not `21`.
fn is_same_number(name: &str, part: &str) -> bool {
    !name.starts_with(|letter: char| letter.is_ascii_digit()) || name == part.trim().trim_end_matches('.')
}

/// A value that the list does not have: it is written as it stands, so that the check names it with those there are.
fn unknown_value(part: &str) -> Option<String> {
    let dotted = part.contains('.') && part.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if dotted {
        return Some(part.to_owned());
    }
    (part.split_whitespace().count() <= 3).then(|| slug(part)).flatten()
}

/// `fra 2016-01-01` as the test of a date.
fn period_test(period: &str) -> String {
    match (period.strip_prefix("fra "), period.contains(" til ")) {
        (Some(day), false) => format!("mindst {day}"),
        (None, _) => format!("højst {}", period.trim_start_matches("til ")),
        _ => period.to_owned(),
    }
}
