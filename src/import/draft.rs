//! The rows of the `tabel`: each cell read, and what is not read kept as a comment at its row.

use super::columns::{Column, Target};
use super::grid::{GridCell, one_line};
use super::lexicon::{Lexicon, Thing};
use super::rows::Body;
use super::values::{Said, is_silent, of_fact, of_term};
use super::words::slug;
use super::{ages, cells, dates, grades, sources, supports};
use crate::ground::{Text, text};
use crate::model::Domain;
use std::collections::BTreeSet;

/// A column of the `tabel`, in the order in which they stand.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Slot {
    Rule,
    Support,
    When,
    /// by its place among the columns found
    Fact(String),
    Grade,
    Term(String),
    Valid,
    Basis,
    /// by the column of the document
    Prose(usize),
}

/// A row of the `tabel`.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    pub name: String,
    pub cells: Vec<(Slot, String)>,
    pub comments: Vec<String>,
}

impl Row {
    pub(super) fn cell(&self, slot: &Slot) -> &str {
        self.cells.iter().find(|(own, _)| own == slot).map_or("", |(_, words)| words)
    }

    fn has(&self, slot: &Slot) -> bool {
        self.cells.iter().any(|(own, _)| own == slot)
    }
}

/// What becomes of the table.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub rows: Vec<Row>,
    pub told: Vec<Text>,
}

pub(super) fn of(columns: &[Column], body: &[Body], lexicon: &mut Lexicon, told: Vec<Text>) -> Draft {
    let mut names = BTreeSet::new();
    let of_rule = columns.iter().position(|column| column.target == Target::Rule);
    let mut reading = Reading { columns, lexicon, told, row: Row::default() };
    let mut rows = Vec::new();
    for (index, row) in body.iter().enumerate() {
        let own = of_rule.map(|column| row.words(column)).filter(|words| !is_silent(words));
        reading.row = Row { name: row_name(own.as_deref(), index + 1, &mut names), ..Row::default() };
        reading.row.comments.extend(row.headings.iter().map(|words| one_line(words)));
        reading.read(row);
        rows.push(std::mem::take(&mut reading.row));
    }
    Draft { rows, told: reading.told }
}

/// A name that no other row has: the document's own, or its number.
fn row_name(own: Option<&str>, number: usize, names: &mut BTreeSet<String>) -> String {
    let own = own.and_then(|own| slug(own).or_else(|| slug(&format!("r{own}"))));
    let name = own.filter(|name| cells::is_name(name)).unwrap_or_else(|| format!("r{number}"));
    let mut fresh = name.clone();
    let mut more = 2;
    while !names.insert(fresh.clone()) {
        fresh = format!("{name}-{more}");
        more += 1;
    }
    fresh
}

struct Reading<'a> {
    columns: &'a [Column],
    lexicon: &'a mut Lexicon,
    told: Vec<Text>,
    row: Row,
}

impl Reading<'_> {
    fn read(&mut self, row: &Body) {
        for (index, column) in self.columns.iter().enumerate() {
            let Some(cell) = row.cell(index) else { continue };
            let words = cell.line();
            if !is_silent(&words) {
                self.cell(index, column, cell, &words);
            }
            if cell.width > 1 {
                self.told.push(self.about(
                    column,
                    &words,
                    "spans several columns: read in the first",
                    "går over flere kolonner: læst i den første",
                ));
            }
            for note in &cell.notes {
                let note = one_line(note);
                self.row.comments.push(format!("{}, »{}«, note: {note}", self.row.name, column.heading));
            }
        }
    }

    fn cell(&mut self, index: usize, column: &Column, cell: &GridCell, words: &str) {
        match &column.target {
            Target::Rule => {}
            Target::Prose => self.set(Slot::Prose(index), words.replace('|', "¦")),
            Target::Support => match supports::named(cell, self.lexicon) {
                Some(named) => {
                    self.set(Slot::Support, named.names.join(", "));
                    if !named.rest.is_empty() {
                        self.who(column, &named.rest);
                    }
                }
                None => self.unread(column, words),
            },
            Target::When if self.is_condition(words) => self.add_condition(words.to_owned()),
            Target::Grade => match grades::grade(words) {
                Some(grade) => self.set(Slot::Grade, grade.to_owned()),
                None => self.no_grade(column, words),
            },
            Target::Mark(grade) if grades::is_mark(words) && !self.row.has(&Slot::Grade) => {
                self.set(Slot::Grade, (*grade).to_owned());
            }
            Target::Basis => match sources::citations(words, self.lexicon) {
                Some(cited) => {
                    let law = cited.split(' ').next().unwrap_or_default();
                    self.lexicon.add_source(law);
                    self.set(Slot::Basis, cited);
                }
                None => self.unread(column, words),
            },
            Target::Valid => match dates::period(words) {
                Some(period) => self.set(Slot::Valid, period),
                None => self.unread(column, words),
            },
            Target::Fact(name) => {
                let concept =
                    Thing { name: name.clone(), title: String::new(), domain: Domain::YesNo, is_new: false };
                let said = of_fact(words, self.lexicon.fact(name).unwrap_or(&concept));
                self.said(column, words, said, Slot::Fact);
            }
            Target::Term(name) => {
                let said = match self.lexicon.term(name) {
                    Some(term) => of_term(words, term, &column.heading, self.lexicon),
                    None => Said { rest: words.to_owned(), ..Said::default() },
                };
                self.said(column, words, said, Slot::Term);
            }
            Target::When | Target::Mark(_) => self.unread(column, words),
        }
    }

    fn said(&mut self, column: &Column, words: &str, said: Said, slot: fn(String) -> Slot) {
        if said.values.is_empty() {
            self.unread(column, words);
            return;
        }
        for (name, value) in said.values {
            if self.row.has(&slot(name.clone())) {
                self.unread(column, words);
                return;
            }
            self.set(slot(name), value);
        }
        if !said.rest.is_empty() {
            let (name, heading, rest) = (&self.row.name, &column.heading, &said.rest);
            self.row.comments.push(format!("{name}, »{heading}«: »{words}« – ikke læst: »{rest}«"));
            self.told.push(text!(
                en: "{name}, »{heading}«: »{rest}« is not read",
                da: "{name}, »{heading}«: »{rest}« er ikke læst"
            ));
        }
    }

    /// Words beside a support: who gets it. An age in them is a condition, the rest is for its author.
    fn who(&mut self, column: &Column, words: &str) {
        let (name, heading) = (self.row.name.clone(), &column.heading);
        let condition =
            ages::condition(words, self.lexicon).filter(|condition| cells::fits("når", condition));
        let Some(condition) = condition else {
            self.row
                .comments
                .push(format!("{name}, »{heading}«: »{words}« er ikke læst; skriv det under `når`"));
            self.told.push(text!(
                en: "{name}, »{heading}«: »{words}« is not read; write it below `når`",
                da: "{name}, »{heading}«: »{words}« er ikke læst; skriv det under `når`"
            ));
            return;
        };
        self.row.comments.push(format!(
            "{name}, »{heading}«: »{words}« er læst som `{condition}`; skriv resten under `når`"
        ));
        self.told.push(text!(
            en: "{name}, »{heading}«: »{words}« is read as `{condition}`; write the rest below `når`",
            da: "{name}, »{heading}«: »{words}« er læst som `{condition}`; skriv resten under `når`"
        ));
        self.add_condition(condition);
    }

    /// Words below grades that are none; a period in them is kept as one.
    fn no_grade(&mut self, column: &Column, words: &str) {
        let Some(period) = dates::period(words).filter(|_| !self.row.has(&Slot::Valid)) else {
            self.unread(column, words);
            return;
        };
        let (name, heading) = (&self.row.name, &column.heading);
        self.row
            .comments
            .push(format!("{name}, »{heading}«: »{words}« er læst som `gyldig {period}`; graden mangler"));
        self.told.push(text!(
            en: "{name}, »{heading}«: read as `gyldig {period}`; the grade is missing",
            da: "{name}, »{heading}«: læst som `gyldig {period}`; graden mangler"
        ));
        self.set(Slot::Valid, period);
    }

    fn add_condition(&mut self, condition: String) {
        match self.row.cells.iter_mut().find(|(slot, _)| *slot == Slot::When) {
            Some((_, whole)) => *whole = format!("({whole}) og ({condition})"),
            None => self.set(Slot::When, condition),
        }
    }

    /// Whether words are a condition of the language about things that are known.
    fn is_condition(&self, words: &str) -> bool {
        let parts = words.split(|letter: char| !letter.is_alphanumeric() && letter != '-');
        let mut names = parts.filter(|word| word.starts_with(char::is_alphabetic));
        cells::fits("når", words) && names.any(|word| self.lexicon.is_condition_word(word))
    }

    fn set(&mut self, slot: Slot, words: String) {
        self.row.cells.push((slot, words));
    }

    fn unread(&mut self, column: &Column, words: &str) {
        let (name, heading) = (&self.row.name, &column.heading);
        self.row.comments.push(format!("{name}, »{heading}«: »{words}« er ikke læst"));
        self.told.push(self.about(column, words, "is not read", "er ikke læst"));
    }

    fn about(&self, column: &Column, words: &str, en: &str, da: &str) -> Text {
        let (name, heading, words) = (&self.row.name, &column.heading, super::short(words));
        text!(en: "{name}, »{heading}«: »{words}« {en}", da: "{name}, »{heading}«: »{words}« {da}")
    }
}
