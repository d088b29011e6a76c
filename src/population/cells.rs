//! Cells of a population: words, numbers and days as coded values.

use super::batch::NOT_KNOWN;
use crate::evaluate::{Known, value_from_words};
use crate::ground::{Text, day_of, text};
use crate::model::{DATE, Domain, Fact, FactId, Model, ValueSet};
use rustc_hash::FxHashMap;

/// What kind of values a fact has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FactKind {
    /// ja or nej
    YesNo,
    /// one of some names
    List,
    /// a number with so many decimals
    Number(u8),
    /// a length of time, in words
    Duration,
    /// a day
    Date,
    /// kroner
    Money,
}

/// A fact that a column of a population can be named by.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct FactColumn {
    /// its name
    pub name: String,
    /// its values
    pub kind: FactKind,
    domain: Domain,
    all: ValueSet,
    values: FxHashMap<String, i64>,
    /// of the day every date is a value
    is_day: bool,
}

impl FactColumn {
    pub(super) fn new(id: FactId, fact: &Fact) -> Self {
        let kind = match &fact.domain {
            Domain::YesNo => FactKind::YesNo,
            Domain::List { .. } => FactKind::List,
            Domain::Number { decimals, .. } => FactKind::Number(*decimals),
            Domain::Duration { .. } => FactKind::Duration,
            Domain::Date { .. } => FactKind::Date,
            Domain::Money { .. } => FactKind::Money,
        };
        let values = match &fact.domain {
            Domain::List { values, .. } => {
                values.iter().enumerate().map(|(at, value)| (value.name.clone(), at as i64)).collect()
            }
            _ => FxHashMap::default(),
        };
        FactColumn {
            name: fact.name.clone(),
            kind,
            domain: fact.domain.clone(),
            all: fact.domain.all(),
            values,
            is_day: id == DATE,
        }
    }

    /// The value that a cell's words say; [`NOT_KNOWN`] of an empty cell, nothing where it is no value of the fact.
    pub fn read(&self, cell: &str) -> Option<i64> {
        let cell = cell.trim();
        if cell.is_empty() {
            return Some(NOT_KNOWN);
        }
        let value = match self.kind {
            FactKind::YesNo => yes_no(cell),
            FactKind::List => self.values.get(cell).copied(),
            FactKind::Date => value_from_words(&self.domain, cell).or_else(|| danish_day(cell)),
            FactKind::Number(0) => {
                whole(cell).or_else(|| value_from_words(&self.domain, &cell.replace('.', ",")))
            }
            FactKind::Number(_) | FactKind::Money => value_from_words(&self.domain, &cell.replace('.', ",")),
            FactKind::Duration => value_from_words(&self.domain, cell),
        };
        value.filter(|value| self.is_value(*value))
    }

    /// The value that a whole number says.
    pub fn read_whole(&self, number: i64) -> Option<i64> {
        let value = match self.kind {
            FactKind::YesNo => (0..=1).contains(&number).then_some(number),
            FactKind::List => self.values.get(&number.to_string()).copied(),
            FactKind::Number(decimals) => number.checked_mul(10_i64.checked_pow(decimals.into())?),
            FactKind::Money => number.checked_mul(100),
            FactKind::Duration | FactKind::Date => None,
        };
        value.filter(|value| self.is_value(*value))
    }

    /// The value that a number with decimals says. A value of a list is no number: 2.10 would be 2.1.
    pub fn read_number(&self, number: f64) -> Option<i64> {
        if number.fract() == 0.0 && number.abs() < 1e15 && self.kind != FactKind::List {
            return self.read_whole(number as i64);
        }
        match self.kind {
            FactKind::Number(_) | FactKind::Money => self.read(&number.to_string()),
            _ => None,
        }
    }

    /// The value that a day says.
    pub fn read_day(&self, day: i64) -> Option<i64> {
        (self.kind == FactKind::Date && self.is_value(day)).then_some(day)
    }

    /// A value in the words of the language, a number with a point before its decimals and without its unit.
    pub fn write(&self, value: i64) -> String {
        let word = self.domain.spell_bare(value);
        match self.kind {
            FactKind::Number(_) => word.replace(',', "."),
            FactKind::Money => word.trim_end_matches(" kr").replace(',', "."),
            _ => word,
        }
    }

    fn is_value(&self, value: i64) -> bool {
        self.is_day || self.all.contains(value)
    }
}

/// Why a cell is no value of its fact.
pub(super) fn problem(model: &Model, fact: FactId, cell: &str) -> Text {
    let name = model.facts[fact.index()].name.clone();
    let (_, mut problems) = Known::read(model, &[(name, cell.trim().to_owned())]);
    // what would be right as words was none
    problems.pop().map_or_else(
        || text!(en: "a value of a list is text, and this is a number", da: "en værdi af en liste er tekst, og dette er et tal"),
        |(_, words)| words,
    )
}

fn yes_no(cell: &str) -> Option<i64> {
    match cell {
        "ja" | "1" => Some(1),
        "nej" | "0" => Some(0),
        _ if cell.eq_ignore_ascii_case("true") => Some(1),
        _ if cell.eq_ignore_ascii_case("false") => Some(0),
        _ => None,
    }
}

/// A whole number without a sign before it, the most common cell.
fn whole(cell: &str) -> Option<i64> {
    let digits = cell.len() <= 15 && cell.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| cell.bytes().fold(0, |number, byte| number * 10 + i64::from(byte - b'0')))
}

/// `31-12-2015`, `31.12.2015`, `31/12/2015`
fn danish_day(cell: &str) -> Option<i64> {
    let mark = cell.chars().find(|c| matches!(c, '-' | '.' | '/'))?;
    let mut parts = cell.split(mark);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    day_of(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}
