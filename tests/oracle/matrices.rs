//! Matrices: supports across, the values of one fact down. How they are written, made, and taken apart into rules.

use super::conditions::Conditions;
use super::generate::Generator;
use super::policy::{
    Basis, Clauses, Cond, Effect, EffectKind, Fault, Grade, Item, Period, Policy, Speaker, Test,
};
use super::rules::{Flat, readable};
use std::collections::BTreeSet;

/// How the signs look; the last one is explained nowhere.
const SIGNS: [&str; 4] = ["x", "X", "•", "?"];

#[derive(Clone, Debug)]
pub(crate) struct Matrix {
    pub(crate) speaker: Speaker,
    pub(crate) name: String,
    pub(crate) clauses: Clauses,
    /// what is down
    pub(crate) fact: usize,
    /// `tegn`: a grade, and whether `som pligt`
    pub(crate) signs: Vec<(Grade, bool)>,
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Line>,
}

#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub(crate) targets: Vec<usize>,
    pub(crate) when: Option<Cond>,
    pub(crate) basis: Vec<Basis>,
    pub(crate) valid: Option<Period>,
}

#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) test: Test,
    /// for each column
    pub(crate) cells: Vec<Option<Mark>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Words(Grade, bool),
    Sign(usize),
    Unexplained,
}

/// What a mark means; nothing where no `tegn` explains it.
type Meaning = Option<(Grade, bool)>;

impl Matrix {
    fn meaning(&self, mark: Mark) -> Meaning {
        match mark {
            Mark::Words(grade, duty) => Some((grade, duty)),
            Mark::Sign(number) => Some(self.signs[number]),
            Mark::Unexplained => None,
        }
    }

    /// Column by column and meaning by meaning, in the order in which one reads the cells.
    fn groups(&self) -> Vec<(usize, Meaning)> {
        let mut groups = Vec::new();
        for line in &self.rows {
            for (column, mark) in line.cells.iter().enumerate() {
                let group = mark.map(|mark| (column, self.meaning(mark)));
                groups.extend(group.filter(|group| !groups.contains(group)));
            }
        }
        groups
    }

    /// Its rules: docs/semantics.md, section 2.
    pub(crate) fn rules(&self, policy: &Policy) -> Vec<Flat> {
        let mut taken = BTreeSet::new();
        let groups = self.groups().into_iter();
        groups.map(|(column, meaning)| self.rule(policy, column, meaning, &mut taken)).collect()
    }

    fn rule(&self, policy: &Policy, number: usize, meaning: Meaning, taken: &mut BTreeSet<String>) -> Flat {
        let column = &self.columns[number];
        let mut clauses = self.clauses.clone();
        if !column.basis.is_empty() {
            clauses.basis.clone_from(&column.basis);
        }
        clauses.valid = column.valid.or(clauses.valid);
        let here = |line: &&Line| line.cells[number].map(|mark| self.meaning(mark)) == Some(meaning);
        let rows = self.rows.iter().filter(here).map(|line| Cond::Test(self.fact, line.test.clone()));
        let rows = Cond::Or(rows.collect());
        let conditions = readable(&clauses).chain(&column.when).cloned().chain([rows]).collect();
        let kind = match meaning {
            Some((grade, duty)) => EffectKind::Grade { grade, duty, only_when: None },
            None => EffectKind::Terms,
        };
        if meaning.is_none() {
            clauses.fault = clauses.fault.or(Some(Fault::Sign));
        }
        let plain =
            format!("{}.{}.{}", self.speaker.name(), self.name, policy.supports[column.targets[0]].name);
        let marked = format!("{plain}-{}", meaning.map_or(SIGNS[3].to_owned(), in_a_name));
        let numbered = (2..).map(|number| format!("{marked}-{number}"));
        let mut names = [plain, marked.clone()].into_iter().chain(numbered);
        let name = names.find(|name| !taken.contains(name)).unwrap_or_default();
        taken.insert(name.clone());
        Flat {
            name,
            speaker: self.speaker,
            clauses,
            conditions,
            effects: vec![Effect { kind, targets: column.targets.clone(), bounds: Vec::new() }],
            exception_to: Vec::new(),
        }
    }

    /// Everything is there that the language asks for.
    pub(crate) fn is_sound(&self) -> bool {
        !self.groups().is_empty() && self.columns.iter().all(|column| !column.targets.is_empty())
    }

    pub(crate) fn drop_column(&mut self, gone: usize) {
        self.columns.remove(gone);
        for line in &mut self.rows {
            line.cells.remove(gone);
        }
    }

    /// `tegn`, then the table; the clauses stand above.
    pub(crate) fn text(&self, words: &Words) -> String {
        let mut out = String::new();
        let signs =
            self.signs.iter().zip(SIGNS).map(|(meaning, sign)| format!("{sign} = {}", in_words(*meaning)));
        let signs: Vec<String> = signs.collect();
        if !signs.is_empty() {
            out += &format!("    tegn {}\n", signs.join(", "));
        }
        let mut line =
            |first: &str, cells: Vec<String>| out += &format!("    | {first} | {} |\n", cells.join(" | "));
        let each = |of: &dyn Fn(&Column) -> String| self.columns.iter().map(of).collect::<Vec<_>>();
        line(words.fact, each(&|column| (words.supports)(&column.targets)));
        line("---", each(&|_| "---".to_owned()));
        let or_nothing = |there: bool, words: String| if there { words } else { String::new() };
        let when = |column: &Column| column.when.as_ref().map(words.cond).unwrap_or_default();
        let basis =
            |column: &Column| or_nothing(!column.basis.is_empty(), super::text::basis_words(&column.basis));
        let valid = |column: &Column| column.valid.map(super::text::period_words).unwrap_or_default();
        for (head, cells) in [("hjemmel", each(&basis)), ("når", each(&when)), ("gyldig", each(&valid))] {
            if cells.iter().any(|cell| !cell.is_empty()) {
                line(head, cells);
            }
        }
        for row in &self.rows {
            let cell = |mark: &Option<Mark>| match mark {
                None => String::new(),
                Some(Mark::Words(grade, duty)) => in_words((*grade, *duty)),
                Some(Mark::Sign(number)) => SIGNS[*number].to_owned(),
                Some(Mark::Unexplained) => SIGNS[3].to_owned(),
            };
            line(&(words.test)(&row.test), row.cells.iter().map(cell).collect());
        }
        out
    }
}

/// How a policy writes what stands in a matrix.
pub(crate) struct Words<'a> {
    pub(crate) fact: &'a str,
    pub(crate) supports: &'a dyn Fn(&[usize]) -> String,
    pub(crate) cond: &'a dyn Fn(&Cond) -> String,
    pub(crate) test: &'a dyn Fn(&Test) -> String,
}

fn in_words((grade, duty): (Grade, bool)) -> String {
    super::text::cell(grade).to_lowercase() + if duty { " som pligt" } else { "" }
}

fn in_a_name(meaning: (Grade, bool)) -> String {
    in_words(meaning).replace(' ', "-")
}

impl Generator {
    pub(super) fn matrix(&mut self, speaker: Speaker, name: &str) {
        let law = speaker.is_law();
        let fact = self.random.between(0, self.policy.facts.len() - 1);
        let grades = |generator: &mut Generator| {
            let grade = generator.grade(law);
            let granting = matches!(grade, Grade::May | Grade::Right | Grade::Must);
            (grade, granting && generator.random.chance(8))
        };
        let signs: Vec<(Grade, bool)> = (0..self.random.between(0, 3)).map(|_| grades(self)).collect();
        let columns: Vec<Column> = (0..self.random.between(1, 3))
            .map(|_| {
                let mut targets = vec![self.target(15)];
                if self.random.chance(25) {
                    targets.push(self.target(15));
                    targets.dedup();
                }
                let when = self.maybe_cond(30, 1);
                let basis = if self.random.chance(25) { self.basis(law, 0) } else { Vec::new() };
                Column { targets, when, basis, valid: self.random.chance(15).then(|| self.period()) }
            })
            .collect();
        let mark = |generator: &mut Generator| match generator.random.between(0, 99) {
            0..20 => None,
            20 => Some(Mark::Unexplained),
            21..60 if !signs.is_empty() => Some(Mark::Sign(generator.random.between(0, signs.len() - 1))),
            _ => {
                let (grade, duty) = grades(generator);
                Some(Mark::Words(grade, duty))
            }
        };
        let rows: Vec<Line> = (0..self.random.between(1, 3))
            .map(|_| {
                let domain = &self.policy.facts[fact].domain;
                let test = Conditions { random: &mut self.random, policy: &self.policy }.cell(domain);
                Line { test, cells: (0..columns.len()).map(|_| mark(self)).collect() }
            })
            .collect();
        let clauses = self.clauses(speaker, 30);
        let matrix = Matrix { speaker, name: name.to_owned(), clauses, fact, signs, columns, rows };
        if matrix.is_sound() {
            self.policy.items.push(Item::Matrix(matrix));
        }
    }
}
