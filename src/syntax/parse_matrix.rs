//! `matrix`: its clauses are read like a table's; the first cell of a row says whom it is about, or what it says of the
//! columns; the other cells hold grades or signs.

use super::ast::{Clauses, Mark, Matrix, MatrixCell, MatrixColumn, MatrixRow, Sign};
use super::parse::{Reader, Rule, pairs_of};
use super::parse_rules::grade_of;
use super::parse_tables::{cells, is_separator};
use super::scanner::Slice;
use super::slips::problem;
use crate::ground::{Span, text};
use pest::iterators::{Pair, Pairs};
use std::ops::Range;

/// The words that head a row about the columns.
const ABOUT_COLUMNS: [&str; 3] = ["hjemmel", "når", "gyldig"];

impl Reader<'_> {
    /// The matrix without its rows.
    pub(super) fn matrix_frame(&mut self, pairs: Pairs<'_, Rule>) -> Option<Matrix> {
        let (mut name, mut title) = (None, None);
        let mut clauses = Clauses::default();
        let (mut signs, mut seen) = (Vec::new(), Vec::new());
        for pair in pairs {
            self.only_once(&mut seen, &pair);
            match pair.as_rule() {
                Rule::word => name = Some(self.name(&pair)),
                Rule::quoted => title = Some(self.quoted(&pair)),
                Rule::signs => signs = self.signs(pair),
                _ => self.clause(&mut clauses, pair),
            }
        }
        let (columns, rows) = (Vec::new(), Vec::new());
        Some(Matrix { name: name?, title, clauses, signs, fact: None, columns, rows })
    }

    fn signs(&mut self, pair: Pair<'_, Rule>) -> Vec<Sign> {
        let meanings = pair.into_inner().filter(|inner| inner.as_rule() == Rule::sign_meaning);
        let mut signs = Vec::new();
        for meaning in meanings {
            let (mut sign, mut grade, mut duty) = (None, None, false);
            for inner in meaning.into_inner() {
                match inner.as_rule() {
                    Rule::sign => sign = Some(self.name(&inner)),
                    Rule::k_duty => duty = true,
                    rule => grade = grade.or(grade_of(rule)),
                }
            }
            signs.extend(sign.zip(grade).map(|(sign, grade)| Sign { sign, grade, duty }));
        }
        signs
    }

    /// Reads the rows. A row that cannot be read is told and kept as broken; without a heading there is no matrix.
    pub(super) fn matrix_rows(&mut self, mut matrix: Matrix, slice: &Slice) -> Option<Matrix> {
        let Some((heading, rows)) = slice.rows.split_first() else {
            let name = &matrix.name.text;
            self.tell(
                matrix.name.span,
                text!(en: "matrix `{name}` has no rows", da: "matricen `{name}` har ingen rækker"),
                text!(en: "no heading row", da: "ingen overskriftsrække"),
                Some(text!(
                    en: "begin with a heading row: a fact, then the supports: `| målgruppe | mentor |`",
                    da: "begynd med en overskriftsrække: en oplysning, så støtterne: `| målgruppe | mentor |`"
                )),
            );
            return None;
        };
        self.matrix_heading(&mut matrix, heading)?;
        let heading_span = self.absolute(heading.start, heading.end);
        let mut about: Vec<(&'static str, Span)> = Vec::new();
        for (index, row) in rows.iter().enumerate() {
            let cells = cells(self.text(), row);
            let is_separator = index == 0 && is_separator(self.text(), &cells);
            let told = self.told();
            let rules = self.rules_of_row(&cells, matrix.columns.len());
            self.row_shape(row, &cells, &rules, heading_span);
            let is_whole = self.told() == told;
            let Some(first) = cells.first().filter(|_| !is_separator).cloned() else { continue };
            match ABOUT_COLUMNS.into_iter().find(|word| self.text()[first.clone()] == **word) {
                Some(word) if is_whole => self.about_columns(&mut matrix, word, &cells, &mut about),
                Some(_) => matrix.columns.iter_mut().for_each(|column| column.broken = true),
                None => matrix.rows.extend(self.marks(row, &cells, is_whole)),
            }
        }
        Some(matrix)
    }

    fn matrix_heading(&mut self, matrix: &mut Matrix, heading: &Range<usize>) -> Option<()> {
        let told = self.told();
        let cells = cells(self.text(), heading);
        if cells.len() < 2 {
            self.tell(
                self.absolute(heading.start, heading.end),
                text!(en: "a matrix has a fact and at least one support", da: "en matrix har en oplysning og mindst én støtte"),
                text!(en: "too few columns", da: "for få kolonner"),
                Some(text!(en: "write `| målgruppe | mentor |`", da: "skriv `| målgruppe | mentor |`")),
            );
            return None;
        }
        for (index, cell) in cells.iter().enumerate() {
            if index == 0 {
                matrix.fact = self.cell(cell, Rule::cell_name, |reader, pair| Some(reader.name(&pair)));
                continue;
            }
            let names = self.cell(cell, Rule::cell_supports, |reader, pair| Some(reader.names(pair)));
            let supports = names.unwrap_or_default();
            matrix.columns.push(MatrixColumn {
                supports,
                basis: Vec::new(),
                when: None,
                valid: None,
                broken: false,
            });
        }
        (self.told() == told).then_some(())
    }

    /// The grammar of each cell of a row; a mark may be any sign.
    fn rules_of_row(&self, cells: &[Range<usize>], columns: usize) -> Vec<Option<Rule>> {
        let first = cells.first().map_or("", |cell| &self.text()[cell.clone()]);
        let others = match first {
            "hjemmel" => Some(Rule::cell_basis),
            "når" => Some(Rule::cell_when),
            "gyldig" => Some(Rule::cell_valid),
            _ => None,
        };
        let first = Some(Rule::cell_test);
        std::iter::once(first).chain(std::iter::repeat_n(others, columns)).collect()
    }

    /// A row that says of each column what it rests on, when it counts, or how long.
    fn about_columns(
        &mut self,
        matrix: &mut Matrix,
        word: &'static str,
        cells: &[Range<usize>],
        seen: &mut Vec<(&'static str, Span)>,
    ) {
        let span = cells.first().map(|cell| self.absolute(cell.start, cell.end)).unwrap_or_default();
        if let Some((_, first)) = seen.iter().find(|(earlier, _)| *earlier == word) {
            let told = problem(
                span,
                text!(en: "two rows are called `{word}`", da: "to rækker hedder `{word}`"),
                text!(en: "again here", da: "igen her"),
                Some(text!(en: "join them", da: "saml dem")),
            );
            return self.push(told.label(*first, text!(en: "first here", da: "først her")));
        }
        seen.push((word, span));
        for (column, cell) in matrix.columns.iter_mut().zip(cells.iter().skip(1)) {
            if cell.is_empty() {
                continue;
            }
            let told = self.told();
            match word {
                "hjemmel" => {
                    let basis =
                        self.cell(cell, Rule::cell_basis, |reader, pair| Some(reader.citations(pair)));
                    column.basis = basis.unwrap_or_default();
                }
                "når" => {
                    column.when =
                        self.cell(cell, Rule::cell_when, |reader, pair| Some(reader.condition(pair)));
                }
                _ => {
                    column.valid =
                        self.cell(cell, Rule::cell_valid, |reader, pair| Some(reader.period(pair)));
                }
            }
            column.broken |= self.told() > told;
        }
    }

    /// A row of marks; none where it is not even clear whom it is about.
    fn marks(&mut self, place: &Range<usize>, cells: &[Range<usize>], is_whole: bool) -> Option<MatrixRow> {
        let span = self.absolute(place.start, place.end);
        let told = self.told();
        let first = cells.first()?;
        if first.is_empty() {
            if is_whole {
                self.tell(
                    span,
                    text!(en: "this row does not say whom it is about", da: "rækken siger ikke, hvem den handler om"),
                    text!(en: "the first cell is empty", da: "den første celle er tom"),
                    Some(text!(en: "write a value in the first cell", da: "skriv en værdi i den første celle")),
                );
            }
            return None;
        }
        let test = self.cell(first, Rule::cell_test, |reader, pair| Some(reader.test(pair)))?;
        let mut row = MatrixRow { test, cells: Vec::new(), broken: false };
        if is_whole {
            for (column, cell) in cells.iter().skip(1).enumerate().filter(|(_, cell)| !cell.is_empty()) {
                let span = self.absolute(cell.start, cell.end);
                let mark = self.mark(cell);
                row.cells.extend(mark.map(|mark| MatrixCell { column, mark, span }));
            }
        }
        row.broken = !is_whole || self.told() > told;
        Some(row)
    }

    /// A grade in words, else a sign; several words that are no grade are told.
    fn mark(&mut self, cell: &Range<usize>) -> Option<Mark> {
        let written = &self.text()[cell.clone()];
        let is_sign = !written.contains(char::is_whitespace) && !written.contains(['"', '=', ',', '{', '}']);
        if is_sign && pairs_of(Rule::cell_grade, written).is_none() {
            return Some(Mark::Sign(written.to_owned()));
        }
        let duty = written.ends_with("pligt");
        self.cell(cell, Rule::cell_grade, |_, pair| grade_of(pair.as_rule()))
            .map(|grade| Mark::Grade(grade, duty))
    }
}
