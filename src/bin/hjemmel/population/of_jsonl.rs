//! Populations as JSON lines: one object on each.

use super::kept::{Kept, KeptKind};
use super::of_csv::Lines;
use super::parsed::{Reading, Role, Wanted};
use super::source::{Kind, Next, Source};
use crate::exit::Failure;
use hjemmel::Text;
use hjemmel::population::{Decider, NOT_KNOWN};
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;

pub(super) fn open(
    name: String,
    file: File,
    length: u64,
    wanted: &Wanted,
) -> Result<(Source, Next), Failure> {
    let mut lines = Lines::new(&name, file);
    let source = Source {
        name,
        kind: Kind::Jsonl,
        kept: vec![KeptKind::Json; wanted.keep.len()],
        unread: Vec::new(),
        separator: None,
        length,
    };
    Ok((source, Box::new(move || lines.next())))
}

/// The names in the first line.
pub(super) fn columns(name: &str, file: File) -> Result<Vec<String>, Failure> {
    let first = Lines::new(name, file).heading()?;
    let pairs = serde_json::from_slice::<Pairs<'_>>(&first).map_or_else(|_| Vec::new(), |Pairs(pairs)| pairs);
    Ok(pairs.into_iter().map(|(name, _)| name.into_owned()).collect())
}

/// The pairs of an object, each name once.
struct Pairs<'de>(Vec<(Cow<'de, str>, &'de RawValue)>);

impl<'de> serde::Deserialize<'de> for Pairs<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Object)
    }
}

struct Object;

impl<'de> Visitor<'de> for Object {
    type Value = Pairs<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of facts, {\"alder\": 24}")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs<'de>, A::Error> {
        let mut pairs: Vec<(Cow<'de, str>, &'de RawValue)> = Vec::new();
        while let Some(Name(name)) = map.next_key()? {
            if pairs.iter().any(|(other, _)| *other == name) {
                return Err(A::Error::custom(format_args!("`{name}` is given twice")));
            }
            pairs.push((name, map.next_value()?));
        }
        Ok(Pairs(pairs))
    }
}

#[derive(serde::Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

/// Reads the rows of some lines.
pub(super) fn parse(
    name: &str,
    bytes: &[u8],
    first: u64,
    decider: &Decider,
    wanted: &Wanted,
    reading: &mut Reading<'_>,
) -> Result<(), Failure> {
    let mut roles: BTreeMap<String, Role> = BTreeMap::new();
    for (line, text) in (first..).zip(bytes.split(|byte| *byte == b'\n')) {
        let text = std::str::from_utf8(text).map_err(|_| no_utf8(name, line))?;
        if text.trim().is_empty() {
            continue;
        }
        let pairs = match serde_json::from_str::<Pairs<'_>>(text) {
            Ok(Pairs(pairs)) => pairs,
            Err(error) => {
                let words = error.to_string();
                let what = words.rsplit_once(" at line ").map_or(words.as_str(), |(what, _)| what);
                let column = error.column();
                reading.lose(
                    line,
                    Text {
                        en: format!("no JSON object: {what}, at sign {column}"),
                        da: format!("intet JSON-objekt: {what}, ved tegn {column}"),
                    },
                );
                continue;
            }
        };
        let row = reading.row(line);
        for (name, value) in pairs {
            let role = match roles.get(name.as_ref()) {
                Some(role) => *role,
                None => *roles.entry(name.to_string()).or_insert_with(|| wanted.role(&name)),
            };
            if let Some(fact) = role.fact {
                let known = decider.facts()[fact].name.as_str();
                debug_assert_eq!(known, name);
                reading.say(fact, read(decider, fact, value.get()), || plain(value.get()));
            }
            if let Some(Kept::Json(kept)) = role.kept.map(|place| &mut reading.kept[place]) {
                kept.resize(row, None);
                kept.push((value.get() != "null").then(|| value.get().to_owned()));
            }
        }
        for kept in &mut reading.kept {
            if let Kept::Json(kept) = kept {
                kept.resize(row + 1, None);
            }
        }
    }
    Ok(())
}

/// What a value says of a fact.
fn read(decider: &Decider, fact: usize, json: &str) -> Option<i64> {
    let fact = &decider.facts()[fact];
    match json.as_bytes().first()? {
        b'n' => Some(NOT_KNOWN),
        b't' => fact.read("true").filter(|_| fact.kind == hjemmel::population::FactKind::YesNo),
        b'f' => fact.read("false").filter(|_| fact.kind == hjemmel::population::FactKind::YesNo),
        b'"' => match unescaped(json) {
            Some(word) => fact.read(word),
            None => fact.read(&serde_json::from_str::<String>(json).ok()?),
        },
        b'[' | b'{' => None,
        _ => match json.parse::<i64>() {
            Ok(number) => fact.read_whole(number),
            Err(_) => fact.read_number(json.parse().ok()?),
        },
    }
}

/// The words between quotation marks, where nothing in them is escaped.
fn unescaped(json: &str) -> Option<&str> {
    json.strip_prefix('"')?.strip_suffix('"').filter(|words| !words.contains('\\'))
}

fn plain(json: &str) -> String {
    serde_json::from_str::<String>(json).unwrap_or_else(|_| json.to_owned())
}

fn no_utf8(name: &str, line: u64) -> Failure {
    Text { en: format!("{name}:{line}: not UTF-8"), da: format!("{name}:{line}: ikke UTF-8") }.into()
}
