//! Some rows as they were read: coded values, what is kept, and what is wrong.

use super::kept::{Kept, KeptKind};
use crate::exit::Failure;
use crate::nearest::nearest;
use hjemmel::Text;
use hjemmel::population::{Batch, Decider, NOT_KNOWN};

/// What is done with a column of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Role {
    /// the fact it is named by
    pub(super) fact: Option<usize>,
    /// its place among those that are kept
    pub(super) kept: Option<usize>,
}

impl Role {
    pub(super) fn is_read(self) -> bool {
        self.fact.is_some() || self.kept.is_some()
    }
}

/// The columns that are asked for.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    /// the facts by their places
    facts: Vec<String>,
    /// the names of the columns that are kept
    pub(super) keep: Vec<String>,
    pub(super) day: usize,
    pub(super) day_of_all: Option<i64>,
}

impl Wanted {
    pub(super) fn new(decider: &Decider, keep: &[String]) -> Self {
        let facts = decider.facts().iter().map(|fact| fact.name.clone()).collect();
        Wanted { facts, keep: keep.to_vec(), day: decider.day(), day_of_all: decider.day_of_all() }
    }

    /// What is done with a column of this name.
    pub(super) fn role(&self, name: &str) -> Role {
        let place = |all: &[String]| all.iter().position(|other| other == name);
        Role { fact: place(&self.facts), kept: place(&self.keep) }
    }

    /// The roles of some columns.
    ///
    /// # Errors
    /// A column there twice; a column that is to be kept and is not there; the day known from nowhere, or twice.
    pub(super) fn roles(&self, file: &str, names: &[String]) -> Result<Vec<Role>, Failure> {
        let mut problems = Vec::new();
        let roles: Vec<Role> = names.iter().map(|name| self.role(name)).collect();
        for (at, name) in names.iter().enumerate() {
            if roles[at].is_read() && names[..at].contains(name) {
                problems.push(Text {
                    en: format!("{file}: there are two columns `{name}`"),
                    da: format!("{file}: der er to kolonner `{name}`"),
                });
            }
        }
        for name in self.keep.iter().filter(|name| !names.contains(name)) {
            problems.push(no_column(file, name, names));
        }
        let has_day = roles.iter().any(|role| role.fact == Some(self.day));
        problems.extend(self.day_problem(file, has_day));
        if problems.is_empty() { Ok(roles) } else { Err(Failure::new(problems)) }
    }

    /// What is wrong with where the day is known from.
    pub(super) fn day_problem(&self, file: &str, has_day: bool) -> Option<Text> {
        match (has_day, self.day_of_all) {
            (true, Some(_)) => Some(Text {
                en: format!("{file} has a column `dato`, and `--date` gives one day for all"),
                da: format!("{file} har en kolonne `dato`, og `--date` giver én dag for alle"),
            }),
            (false, None) => Some(Text {
                en: format!(
                    "the day is not known: {file} has no column `dato`; write `--date 2016-01-01`, or `reference_date` in hjemmel.toml"
                ),
                da: format!(
                    "dagen er ikke oplyst: {file} har ingen kolonne `dato`; skriv `--date 2016-01-01` eller `reference_date` i hjemmel.toml"
                ),
            }),
            _ => None,
        }
    }
}

fn no_column(file: &str, name: &str, names: &[String]) -> Text {
    match nearest(name, names.iter().map(String::as_str)) {
        Some(near) => Text {
            en: format!("{file} has no column `{name}` to keep, did you mean `{near}`?"),
            da: format!("{file} har ingen kolonne `{name}` at beholde, mente du `{near}`?"),
        },
        None => Text {
            en: format!("{file} has no column `{name}` to keep"),
            da: format!("{file} har ingen kolonne `{name}` at beholde"),
        },
    }
}

/// Something wrong with a row.
#[derive(Clone, Debug)]
pub(super) struct Bad {
    /// its line, or in Parquet its number, from 1
    pub(super) line: u64,
    /// the columns that are to blame
    pub(super) column: String,
    /// what stands there
    pub(super) value: String,
    pub(super) why: Text,
}

/// Rows as they were read. A bad row is not among them.
#[derive(Debug)]
pub(super) struct Parsed {
    pub(super) batch: Batch,
    pub(super) kept: Vec<Kept>,
    pub(super) lines: Vec<u64>,
    pub(super) bad: Vec<Bad>,
    /// how many rows were read, bad ones too
    pub(super) rows: u64,
    /// the facts of which something is said
    pub(super) seen: Vec<bool>,
}

/// Rows in the making.
pub(super) struct Reading<'a> {
    decider: &'a Decider,
    wanted: &'a Wanted,
    columns: Vec<Option<Vec<i64>>>,
    pub(super) kept: Vec<Kept>,
    lines: Vec<u64>,
    is_bad: Vec<bool>,
    bad: Vec<Bad>,
    lost: u64,
}

impl<'a> Reading<'a> {
    pub(super) fn new(decider: &'a Decider, wanted: &'a Wanted, kinds: &[KeptKind]) -> Self {
        let kept = kinds.iter().map(|kind| match kind {
            KeptKind::Text => Kept::Text(Vec::new()),
            KeptKind::Whole => Kept::Whole(Vec::new()),
            KeptKind::Real => Kept::Real(Vec::new()),
            KeptKind::YesNo => Kept::YesNo(Vec::new()),
            KeptKind::Json => Kept::Json(Vec::new()),
        });
        Reading {
            decider,
            wanted,
            columns: vec![None; decider.facts().len()],
            kept: kept.collect(),
            lines: Vec::new(),
            is_bad: Vec::new(),
            bad: Vec::new(),
            lost: 0,
        }
    }

    /// A new row, of which nothing is known yet; its place.
    pub(super) fn row(&mut self, line: u64) -> usize {
        self.lines.push(line);
        self.is_bad.push(false);
        self.lines.len() - 1
    }

    /// What a cell of the last row says; nothing where that is no value of the fact.
    pub(super) fn say(&mut self, fact: usize, value: Option<i64>, cell: impl FnOnce() -> String) {
        let row = self.lines.len() - 1;
        self.say_of(row, fact, value, cell);
    }

    /// The same of any row.
    pub(super) fn say_of(
        &mut self,
        row: usize,
        fact: usize,
        value: Option<i64>,
        cell: impl FnOnce() -> String,
    ) {
        match value {
            Some(NOT_KNOWN) => {}
            Some(value) => {
                let column = self.columns[fact].get_or_insert_with(Vec::new);
                column.resize(row, NOT_KNOWN);
                column.push(value);
            }
            None => {
                let cell = cell();
                self.spoil(row, fact, cell.clone(), self.decider.problem(fact, &cell));
            }
        }
    }

    /// What a column says of the rows there are; none of its cells is bad.
    pub(super) fn say_all(&mut self, fact: usize, values: Vec<i64>) {
        self.columns[fact] = Some(values);
    }

    /// A cell of a row is bad.
    pub(super) fn spoil(&mut self, row: usize, fact: usize, value: String, why: Text) {
        let column = self.decider.facts()[fact].name.clone();
        self.is_bad[row] = true;
        self.bad.push(Bad { line: self.lines[row], column, value, why });
    }

    /// A row that could not be read at all.
    pub(super) fn lose(&mut self, line: u64, why: Text) {
        self.lost += 1;
        self.bad.push(Bad { line, column: String::new(), value: String::new(), why });
    }

    /// The rows that can be decided.
    pub(super) fn finish(mut self) -> Parsed {
        let rows = self.lines.len();
        let day = self.wanted.day;
        for column in self.columns.iter_mut().flatten() {
            column.resize(rows, NOT_KNOWN);
        }
        if let Some(of_all) = self.wanted.day_of_all {
            self.columns[day] = Some(vec![of_all; rows]);
        }
        let is_dated = |row: usize| self.columns[day].as_ref().is_some_and(|days| days[row] != NOT_KNOWN);
        let undated: Vec<usize> = (0..rows).filter(|row| !self.is_bad[*row] && !is_dated(*row)).collect();
        for row in undated {
            let why = Text { en: "the day is not known".to_owned(), da: "dagen er ikke oplyst".to_owned() };
            self.spoil(row, day, String::new(), why);
        }
        let seen = self.columns.iter().map(Option::is_some).collect();
        let mut batch = Batch::new(self.columns.len(), rows);
        for (fact, column) in self.columns.into_iter().enumerate() {
            column.into_iter().for_each(|column| batch.put(fact, column));
        }
        let mut parsed = Parsed {
            batch,
            kept: self.kept,
            lines: self.lines,
            bad: self.bad,
            rows: rows as u64 + self.lost,
            seen,
        };
        let good: Vec<usize> = (0..rows).filter(|row| !self.is_bad[*row]).collect();
        if good.len() < rows {
            parsed = parsed.only(&good);
        }
        parsed.without_impossible(self.decider)
    }
}

impl Parsed {
    fn only(self, rows: &[usize]) -> Parsed {
        Parsed {
            batch: self.batch.only(rows),
            kept: self.kept.iter().map(|kept| kept.only(rows)).collect(),
            lines: rows.iter().map(|row| self.lines[*row]).collect(),
            ..self
        }
    }

    /// Without the citizens there cannot be.
    pub(super) fn without_impossible(mut self, decider: &Decider) -> Parsed {
        let excluded = decider.excluded(&self.batch);
        if excluded.is_empty() {
            self.bad.sort_by_key(|bad| bad.line);
            return self;
        }
        let mut rest: Vec<usize> = (0..self.batch.rows()).collect();
        rest.retain(|row| excluded.binary_search_by_key(row, |one| one.row).is_err());
        let bad = excluded.into_iter().map(|one| Bad {
            line: self.lines[one.row],
            column: one.facts.join(", "),
            value: String::new(),
            why: one.reason,
        });
        let bad: Vec<Bad> = bad.collect();
        self.bad.extend(bad);
        self.bad.sort_by_key(|bad| bad.line);
        self.only(&rest)
    }
}
