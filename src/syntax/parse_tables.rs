//! `tabel`: its clauses are read like a rule's; each cell is read by the grammar of its column.

use super::ast::{
    Cell, Citation, Clauses, Column, ColumnKind, Condition, Grade, Name, Period, Row, Table, Test,
};
use super::moved::{Places, Way};
use super::parse::{Reader, Rule, pairs_of};
use super::parse_rules::grade_of;
use super::scanner::Slice;
use super::slips::{problem, too_deep};
use crate::ground::{Diagnostic, Span, Text, count, text};
use pest::iterators::{Pair, Pairs};
use std::collections::HashMap;
use std::ops::Range;

/// How many problems an item may have before its rows are no longer cut anew.
const MOST_RECUTS: usize = 50;

impl<'a> Reader<'a> {
    /// The table without its rows.
    pub(super) fn table_frame(&mut self, pairs: Pairs<'_, Rule>) -> Option<Table> {
        let (mut name, mut title) = (None, None);
        let mut clauses = Clauses::default();
        let mut seen = Vec::new();
        for pair in pairs {
            self.only_once(&mut seen, &pair);
            match pair.as_rule() {
                Rule::word => name = Some(self.name(&pair)),
                Rule::quoted => title = Some(self.quoted(&pair)),
                _ => self.clause(&mut clauses, pair),
            }
        }
        Some(Table { name: name?, title, clauses, columns: Vec::new(), rows: Vec::new() })
    }

    /// Reads the rows. A row that cannot be read is told and kept as broken; without a heading there is no table.
    pub(super) fn table_rows(&mut self, mut table: Table, slice: &Slice) -> Option<Table> {
        let Some((heading, rows)) = slice.rows.split_first() else {
            let name = &table.name.text;
            self.tell(
                table.name.span,
                text!(en: "table `{name}` has no rows", da: "tabellen `{name}` har ingen rækker"),
                text!(en: "no heading row", da: "ingen overskriftsrække"),
                Some(text!(
                    en: "begin with a heading row: `| regel | støtte | når | grad |`",
                    da: "begynd med en overskriftsrække: `| regel | støtte | når | grad |`"
                )),
            );
            return None;
        };
        let heading_span = self.absolute(heading.start, heading.end);
        table.columns = self.columns(heading)?;
        let has_separator =
            rows.first().is_some_and(|row| is_separator(self.text(), &cells(self.text(), row)));
        if let Some(separator) = rows.first().filter(|_| has_separator) {
            let rules = rules_of_columns(&table.columns);
            self.row_shape(separator, &cells(self.text(), separator), &rules, heading_span);
        }
        let columns = &table.columns;
        table.rows = self.side_by_side(&rows[usize::from(has_separator)..], |reader, rows| {
            let frame = Frame { columns, rules: rules_of_columns(columns), heading: heading_span };
            rows.iter().map(|row| reader.row(&frame, row)).collect()
        });
        Some(table)
    }

    fn columns(&mut self, row: &Range<usize>) -> Option<Vec<Column>> {
        let mut columns: Vec<Column> = Vec::new();
        let told = self.told();
        for cell in cells(self.text(), row) {
            let span = self.absolute(cell.start, cell.end);
            let Some(kind) = self.cell(&cell, Rule::cell_heading, Self::column_kind) else { continue };
            if let Some(first) = columns.iter().find(|column| is_same(&column.kind, &kind)) {
                let words = &self.text()[cell.clone()];
                let told = problem(
                    span,
                    text!(en: "two columns are called `{words}`", da: "to kolonner hedder `{words}`"),
                    text!(en: "again here", da: "igen her"),
                    Some(text!(
                        en: "join them, or name one of them anew",
                        da: "saml dem, eller giv den ene et andet navn"
                    )),
                );
                let first = first.span;
                self.push(told.label(first, text!(en: "first here", da: "først her")));
            }
            columns.push(Column { kind, span });
        }
        let has = |kind: fn(&ColumnKind) -> bool| columns.iter().find(|column| kind(&column.kind));
        let support = has(|kind| matches!(kind, ColumnKind::Support));
        if let (Some(support), Some(task)) = (support, has(|kind| matches!(kind, ColumnKind::Task))) {
            let told = problem(
                task.span,
                text!(en: "a table is about supports or about tasks", da: "en tabel handler om støtte eller om opgaver"),
                text!(en: "tasks here", da: "opgaver her"),
                Some(text!(en: "write two tables", da: "skriv to tabeller")),
            );
            let span = support.span;
            self.push(told.label(span, text!(en: "supports here", da: "støtte her")));
        }
        (self.told() == told).then_some(columns)
    }

    fn column_kind(&mut self, pair: Pair<'_, Rule>) -> Option<ColumnKind> {
        Some(match (pair.as_rule(), pair.as_str()) {
            (Rule::quoted, _) => ColumnKind::Prose(self.quoted(&pair)),
            (_, "regel") => ColumnKind::Rule,
            (_, "støtte") => ColumnKind::Support,
            (_, "opgave") => ColumnKind::Task,
            (_, "når") => ColumnKind::When,
            (_, "grad") => ColumnKind::Grade,
            (_, "hjemmel") => ColumnKind::Basis,
            (_, "gyldig") => ColumnKind::Valid,
            (_, word) => {
                self.check_capital(word, &pair);
                ColumnKind::Named(self.name(&pair))
            }
        })
    }

    /// `Støtte` over a column is the keyword, not a name.
    fn check_capital(&mut self, word: &str, pair: &Pair<'_, Rule>) {
        let lower = word.to_lowercase();
        if ["regel", "støtte", "opgave", "når", "grad", "hjemmel", "gyldig"].contains(&lower.as_str()) {
            let span = self.span(pair);
            let told = problem(
                span,
                text!(en: "keywords are written in lower case", da: "nøgleord skrives med små bogstaver"),
                text!(en: "a capital letter", da: "stort bogstav"),
                Some(text!(en: "write `{lower}`", da: "skriv `{lower}`")),
            );
            self.push(told.fix(span, lower));
        }
    }

    fn row(&mut self, frame: &Frame<'_>, place: &Range<usize>) -> Row {
        let span = self.absolute(place.start, place.end);
        let mut row = Row {
            name: None,
            supports: Vec::new(),
            when: None,
            grade: None,
            basis: Vec::new(),
            valid: None,
            cells: Vec::new(),
            span,
            broken: false,
        };
        let told = self.told();
        let cells = cells(self.text(), place);
        self.row_shape(place, &cells, &frame.rules, frame.heading);
        // after a wrong count only what stands before the slip can be trusted: the row's name
        if self.told() == told {
            self.swapped(frame, &cells);
        }
        let trusted = if self.told() == told { frame.columns.len() } else { 1 };
        for (index, cell) in cells.iter().enumerate().take(trusted.min(frame.columns.len())) {
            if let Some(said) = self.said(frame, index, cell) {
                said.enter(&mut row, index, self.absolute(cell.start, cell.end));
            }
        }
        row.broken = self.told() > told;
        row
    }

    /// Tells of a row with too few or too many cells, or without its last pipe; `rules` read its cells.
    pub(super) fn row_shape(
        &mut self,
        place: &Range<usize>,
        cells: &[Range<usize>],
        rules: &[Option<Rule>],
        heading: Span,
    ) {
        let span = self.absolute(place.start, place.end);
        if cells.len() != rules.len() {
            // a table made to hurt has endless bad rows: trying every cut must end
            let edit = if self.told() < MOST_RECUTS { recut(self.text(), cells, rules) } else { None };
            let edit = edit.map(|(range, text)| (self.absolute(range.start, range.end), text));
            let at = edit.as_ref().map_or(span, |(place, _)| *place);
            let told = wrong_count(at, heading, cells.len(), rules.len(), edit.is_some());
            self.push(match edit {
                Some((place, text)) => told.fix(place, text),
                None => told,
            });
        } else if !self.text()[place.clone()].ends_with('|') {
            let told = problem(
                span,
                text!(en: "a row ends with `|`", da: "en række slutter med `|`"),
                text!(en: "not closed", da: "ikke lukket"),
                Some(text!(en: "write `|` behind the last cell", da: "skriv `|` efter den sidste celle")),
            );
            self.push(told.fix(span.behind(), " |"));
        }
    }

    /// Tells of a grade that stands in another column's cell while that cell's value stands in its.
    fn swapped(&mut self, frame: &Frame<'_>, cells: &[Range<usize>]) {
        let (text, rules) = (self.text(), &frame.rules);
        let written = |index: usize| cells.get(index).map_or("", |cell| &text[cell.clone()]);
        let of_grades = frame.columns.iter().position(|column| matches!(column.kind, ColumnKind::Grade));
        let is_grade = |column: usize| {
            self.seen.contains_key(&(Rule::cell_grade, written(column)))
                || fits(Some(Rule::cell_grade), written(column))
        };
        let Some(grade) = of_grades.filter(|grade| !is_grade(*grade)) else { return };
        let is_swapped = |index: &usize| {
            let is_test = rules[*index] == Some(Rule::cell_bound);
            is_test && !written(*index).is_empty() && fits(Some(Rule::cell_grade), written(*index))
        };
        let mut others = (0..cells.len()).filter(is_swapped);
        let (Some(other), None) = (others.next(), others.next()) else { return };
        if !fits(rules[other], written(grade)) {
            return;
        }
        let place = |index: usize| self.absolute(cells[index].start, cells[index].end);
        let (one, two) = (written(grade).to_owned(), written(other).to_owned());
        let told = problem(
            place(grade),
            text!(en: "`{one}` is no grade, and `{two}` is one", da: "`{one}` er ikke en grad, men det er `{two}`"),
            text!(en: "under `grad`", da: "under `grad`"),
            Some(text!(en: "exchange the two cells", da: "byt om på de to celler")),
        );
        let told = told.label(place(other), text!(en: "not under `grad`", da: "ikke under `grad`"));
        let told = told.fix(place(grade), two).fix(place(other), one);
        self.push(told);
    }

    /// What a cell says. A cell read without a problem says the same wherever it stands, so it is read once.
    fn said(&mut self, frame: &Frame<'_>, index: usize, cell: &Range<usize>) -> Option<Said> {
        let written = &self.text()[cell.clone()];
        if written.is_empty() {
            return None;
        }
        let rule = frame.rules[index]?;
        let place = self.absolute(cell.start, cell.end);
        if let Some((at, known)) = self.seen.get(&(rule, written)) {
            let mut said = known.clone();
            said.go(Way::To { from: at.start, file: place.file, to: place.start });
            return Some(said);
        }
        let told = self.told();
        let kind = &frame.columns[index].kind;
        let said = self.read_cell(kind, cell);
        // names of rows are no two alike; where letters were put together, the same text does not stand in equal places
        let is_kept = !matches!(kind, ColumnKind::Rule) && self.is_original() && self.told() == told;
        if let Some(said) = said.as_ref().filter(|_| is_kept) {
            self.seen.insert((rule, written), (place, said.clone()));
        }
        said
    }

    fn read_cell(&mut self, column: &ColumnKind, cell: &Range<usize>) -> Option<Said> {
        match column {
            ColumnKind::Rule => {
                self.cell(cell, Rule::cell_name, |reader, pair| Some(Said::Name(reader.name(&pair))))
            }
            ColumnKind::Support | ColumnKind::Task => {
                self.cell(cell, Rule::cell_supports, |reader, pair| Some(Said::Supports(reader.names(pair))))
            }
            ColumnKind::When => {
                self.cell(cell, Rule::cell_when, |reader, pair| Some(Said::When(reader.condition(pair))))
            }
            ColumnKind::Grade => {
                let duty = self.text()[cell.clone()].ends_with("pligt");
                self.cell(cell, Rule::cell_grade, |_, pair| {
                    Some(Said::Grade(grade_of(pair.as_rule())?, duty))
                })
            }
            ColumnKind::Basis => {
                self.cell(cell, Rule::cell_basis, |reader, pair| Some(Said::Basis(reader.citations(pair))))
            }
            ColumnKind::Valid => {
                self.cell(cell, Rule::cell_valid, |reader, pair| Some(Said::Valid(reader.period(pair))))
            }
            ColumnKind::Named(_) => self.named_cell(cell),
            ColumnKind::Prose(_) => None,
        }
    }

    /// A cell under the name of a fact or a term.
    fn named_cell(&mut self, place: &Range<usize>) -> Option<Said> {
        let source = &self.text()[place.clone()];
        self.at(place.start, place.end, |reader| {
            let (mut test, mut ceiling) = (None, None);
            for pair in reader.pairs(Rule::cell_bound, source)? {
                match pair.as_rule() {
                    Rule::cell_value => test = Some(reader.test(pair)),
                    Rule::k_ceiling => ceiling = Some(reader.span(&pair)),
                    _ => {}
                }
            }
            Some(Said::Bound(test?, ceiling))
        })
    }

    /// Reads one cell by `rule` and makes something of the first pair in it.
    pub(super) fn cell<T>(
        &mut self,
        cell: &Range<usize>,
        rule: Rule,
        make: impl FnOnce(&mut Self, Pair<'_, Rule>) -> Option<T>,
    ) -> Option<T> {
        let source = &self.text()[cell.clone()];
        if let Some(deep) = too_deep(source, cell.start) {
            self.slip(&deep);
            return None;
        }
        self.at(cell.start, cell.end, |reader| {
            let pair = reader.pairs(rule, source)?.next()?;
            make(reader, pair)
        })
    }
}

/// A table whose rows are read.
struct Frame<'c> {
    columns: &'c [Column],
    /// the grammar of each column
    rules: Vec<Option<Rule>>,
    heading: Span,
}

/// The cells that were read without a problem: what stood where, and what it says.
pub(super) type Seen<'a> = HashMap<(Rule, &'a str), (Span, Said)>;

/// What a cell says.
#[derive(Clone)]
pub(super) enum Said {
    Name(Name),
    Supports(Vec<Name>),
    When(Condition),
    Grade(Grade, bool),
    Basis(Vec<Citation>),
    Valid(Period),
    Bound(Test, Option<Span>),
}

impl Said {
    /// Enters it in its row; `place` is that of the cell.
    fn enter(self, row: &mut Row, column: usize, place: Span) {
        match self {
            Said::Name(name) => row.name = Some(name),
            Said::Supports(names) => row.supports = names,
            Said::When(when) => row.when = Some(when),
            Said::Grade(grade, duty) => row.grade = Some((grade, duty, place)),
            Said::Basis(basis) => row.basis = basis,
            Said::Valid(period) => row.valid = Some(period),
            Said::Bound(test, ceiling) => row.cells.push(Cell { column, test, ceiling }),
        }
    }
}

impl Places for Said {
    fn go(&mut self, way: Way) {
        match self {
            Said::Name(name) => name.go(way),
            Said::Supports(names) => names.go(way),
            Said::When(when) => when.go(way),
            Said::Grade(..) => {}
            Said::Basis(basis) => basis.go(way),
            Said::Valid(period) => period.go(way),
            Said::Bound(test, ceiling) => {
                test.go(way);
                ceiling.go(way);
            }
        }
    }
}

fn rules_of_columns(columns: &[Column]) -> Vec<Option<Rule>> {
    columns.iter().map(|column| rule_of_column(&column.kind)).collect()
}

/// The grammar of a column's cells; prose has none.
fn rule_of_column(kind: &ColumnKind) -> Option<Rule> {
    Some(match kind {
        ColumnKind::Rule => Rule::cell_name,
        ColumnKind::Support | ColumnKind::Task => Rule::cell_supports,
        ColumnKind::When => Rule::cell_when,
        ColumnKind::Grade => Rule::cell_grade,
        ColumnKind::Basis => Rule::cell_basis,
        ColumnKind::Valid => Rule::cell_valid,
        ColumnKind::Named(_) => Rule::cell_bound,
        ColumnKind::Prose(_) => return None,
    })
}

/// Whether a cell can hold this.
fn fits(rule: Option<Rule>, written: &str) -> bool {
    written.is_empty() || rule.is_none_or(|rule| pairs_of(rule, written).is_some())
}

/// Where a pipe must be written, or which one must go, for every cell to fit its column; only where one way leads there.
fn recut(text: &str, cells: &[Range<usize>], rules: &[Option<Rule>]) -> Option<(Range<usize>, String)> {
    const WIDEST: usize = 400;
    let length = cells.last()?.end - cells.first()?.start;
    let all_fit = |cells: &[&str]| cells.iter().zip(rules).all(|(cell, rule)| fits(*rule, cell));
    let written: Vec<&str> = cells.iter().map(|cell| &text[cell.clone()]).collect();
    // the cells as they would be, and the edit that makes them so
    let mut ways: Vec<(Vec<&str>, Range<usize>)> = Vec::new();
    let pipe = if cells.len() < rules.len() { " | " } else { " " };
    if length > WIDEST {
        return None;
    }
    if cells.len() + 1 == rules.len() {
        for (index, cell) in cells.iter().enumerate() {
            for (at, blank) in written[index].match_indices(' ') {
                let (left, right) = (written[index][..at].trim_end(), written[index][at..].trim_start());
                let mut cut = written.clone();
                cut.splice(index..=index, [left, right]);
                ways.push((cut, cell.start + at..cell.start + at + blank.len()));
            }
        }
    } else if cells.len() == rules.len() + 1 {
        for index in 1..cells.len() {
            let (left, right) = (written[index - 1], written[index]);
            if !left.is_empty() && !right.is_empty() {
                continue;
            }
            let mut joined = written.clone();
            joined.splice(index - 1..=index, [if left.is_empty() { right } else { left }]);
            ways.push((joined, cells[index - 1].end..cells[index].start));
        }
    }
    ways.retain(|(cells, _)| all_fit(cells));
    ways.dedup_by(|one, other| one.0 == other.0);
    let mut ways = ways.into_iter();
    match (ways.next(), ways.next()) {
        (Some((_, place)), None) => Some((place, pipe.to_owned())),
        _ => None,
    }
}

/// The finding for a row with too few or too many cells.
fn wrong_count(span: Span, heading: Span, found: usize, expected: usize, is_found: bool) -> Diagnostic {
    let (one, many) = (text!(en: "cell", da: "celle"), text!(en: "cells", da: "celler"));
    let lacks = found < expected;
    let found = count(found, &one, &many);
    let (column, columns) = (text!(en: "column", da: "kolonne"), text!(en: "columns", da: "kolonner"));
    let columns = count(expected, &column, &columns);
    let message = Text {
        en: format!("this row has {}, the heading has {}", found.en, columns.en),
        da: format!("rækken har {}, overskriften har {}", found.da, columns.da),
    };
    let (label, help) = match (is_found, lacks) {
        (false, _) => (
            found,
            text!(
                en: "write one cell for each column; an empty cell is `| |`",
                da: "skriv én celle for hver kolonne; en tom celle er `| |`"
            ),
        ),
        (true, true) => (
            text!(en: "a `|` is missing here", da: "her mangler en `|`"),
            text!(en: "write `|`", da: "skriv `|`"),
        ),
        (true, false) => {
            (text!(en: "one `|` too many", da: "én `|` for meget"), text!(en: "remove it", da: "fjern den"))
        }
    };
    problem(span, message, label, Some(help)).label(heading, columns)
}

/// The cells of a row, without the blanks around them.
pub(super) fn cells(text: &str, row: &Range<usize>) -> Vec<Range<usize>> {
    let mut cells = Vec::new();
    let mut at = row.start;
    for part in text[row.clone()].split('|') {
        let lead = part.len() - part.trim_start().len();
        let trimmed = part.trim();
        let start = at + lead.min(part.len());
        cells.push(start..start + trimmed.len());
        at += part.len() + 1;
    }
    // the first pipe opens the row, the last one closes it
    cells.remove(0);
    if cells.last().is_some_and(Range::is_empty) {
        cells.pop();
    }
    cells
}

/// Whether a row is the line under a heading.
pub(super) fn is_separator(text: &str, cells: &[Range<usize>]) -> bool {
    let is_line = |cell: &Range<usize>| {
        let written = &text[cell.clone()];
        written.contains('-') && written.trim_matches(':').bytes().all(|byte| byte == b'-')
    };
    !cells.is_empty() && cells.iter().all(is_line)
}

/// Whether two columns would hold the same thing.
fn is_same(one: &ColumnKind, other: &ColumnKind) -> bool {
    match (one, other) {
        (ColumnKind::Named(one), ColumnKind::Named(other)) => one.text == other.text,
        (ColumnKind::Prose(_), _) | (_, ColumnKind::Prose(_)) => false,
        _ => std::mem::discriminant(one) == std::mem::discriminant(other),
    }
}
