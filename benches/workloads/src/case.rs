//! A case: dimensions, and rules that are boxes.

use crate::PythonRandom;

/// Both ends belong to it.
pub type Interval = [i64; 2];

/// What the values of a dimension stand for. They are always whole numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Numbers.
    Int,
    /// Days since 1970-01-01.
    Date,
    /// The places of the named values.
    Enum,
    /// No and yes.
    Bool,
}

/// Something that is known of a citizen.
#[derive(Clone, Debug)]
pub struct Dim {
    /// How rules call it.
    pub name: String,
    /// What its values stand for.
    pub kind: Kind,
    /// Its first value.
    pub lo: i64,
    /// Its last value.
    pub hi: i64,
    /// The names of its values, of an [`Kind::Enum`].
    pub values: Vec<String>,
}

impl Dim {
    pub(crate) fn number(name: impl Into<String>, lo: i64, hi: i64) -> Dim {
        Dim { name: name.into(), kind: Kind::Int, lo, hi, values: Vec::new() }
    }

    pub(crate) fn date(name: &str, lo: i64, hi: i64) -> Dim {
        Dim { name: name.into(), kind: Kind::Date, lo, hi, values: Vec::new() }
    }

    pub(crate) fn flag(name: impl Into<String>) -> Dim {
        Dim { name: name.into(), kind: Kind::Bool, lo: 0, hi: 1, values: Vec::new() }
    }

    /// A list of `count` values, called by the letter and their place.
    pub(crate) fn list(name: &str, letter: char, count: i64) -> Dim {
        let values = (0..count).map(|value| format!("{letter}{value}")).collect();
        Dim { name: name.into(), kind: Kind::Enum, lo: 0, hi: count - 1, values }
    }

    /// How many values it has.
    pub fn size(&self) -> i64 {
        self.hi - self.lo + 1
    }
}

/// A box, and what it decides.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Its name.
    pub id: String,
    /// Its rank: the smaller wins.
    pub prio: usize,
    /// For some dimensions, by their place: the intervals one of which the value lies in. In the order they were made.
    pub when: Vec<(usize, Vec<Interval>)>,
    /// What it decides.
    pub out: u32,
    /// From how many hours to how many.
    pub hours: Interval,
}

impl Rule {
    pub(crate) fn new(index: usize, when: Vec<(usize, Vec<Interval>)>, out: u32) -> Rule {
        Rule { id: format!("r{index}"), prio: index, when, out, hours: [0, 0] }
    }

    /// The intervals of a dimension, if it is constrained.
    pub fn intervals(&self, dim: usize) -> Option<&[Interval]> {
        self.when.iter().find(|(at, _)| *at == dim).map(|(_, intervals)| &intervals[..])
    }

    /// Whether it holds of these values, one for each dimension.
    pub fn holds(&self, values: &[i64]) -> bool {
        self.when
            .iter()
            .all(|(dim, intervals)| intervals.iter().any(|[lo, hi]| (*lo..=*hi).contains(&values[*dim])))
    }

    /// The constrained dimensions in the order of their names.
    pub(crate) fn dims_by_name(&self, dims: &[Dim]) -> Vec<usize> {
        let mut names: Vec<usize> = self.when.iter().map(|(dim, _)| *dim).collect();
        names.sort_by(|&one, &other| dims[one].name.cmp(&dims[other].name));
        names
    }

    /// Constrains a dimension, at its old place where it has one.
    pub(crate) fn constrain(&mut self, dim: usize, intervals: Vec<Interval>) {
        match self.when.iter_mut().find(|(at, _)| *at == dim) {
            Some(found) => found.1 = intervals,
            None => self.when.push((dim, intervals)),
        }
    }
}

/// Which of the four kinds of workloads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Loan tables.
    W1,
    /// Municipalities.
    W2,
    /// Large tables.
    W3,
    /// Adversarial ones.
    W4,
}

impl Family {
    /// `w1` to `w4`.
    pub fn name(self) -> &'static str {
        match self {
            Family::W1 => "w1",
            Family::W2 => "w2",
            Family::W3 => "w3",
            Family::W4 => "w4",
        }
    }
}

/// One input, with questions that [`crate::oracles`] may know the answers of.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its name, which does not tell the seed.
    pub name: String,
    /// What it is one of.
    pub family: Family,
    /// What is known of a citizen.
    pub dims: Vec<Dim>,
    /// The rules, the first going before.
    pub rules: Vec<Rule>,
    /// A later version of the rules.
    pub later: Option<Vec<Rule>>,
}

/// What a run is made from.
#[derive(Clone, Debug, Default)]
pub struct Seed(Option<u64>);

impl Seed {
    /// The one whose right answers are known.
    pub const PUBLISHED: Seed = Seed(None);

    /// Another one.
    pub fn other(number: u64) -> Seed {
        Seed(Some(number))
    }

    /// The numbers for a part of a run.
    pub(crate) fn random(&self, part: &str) -> PythonRandom {
        match self.0 {
            None => PythonRandom::new(part),
            Some(number) => PythonRandom::new(&format!("{part}/{number}")),
        }
    }

    /// What to add to a number that seeds.
    pub(crate) fn number(&self) -> u64 {
        self.0.unwrap_or(0)
    }
}
