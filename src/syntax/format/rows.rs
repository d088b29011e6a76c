//! The rows of a table or matrix: columns aligned by what is seen, cells written as the grammar reads them.

use super::tokens::{self, Gap, Role, Token};
use crate::syntax::apart::in_shares;
use crate::syntax::parse::{FEWEST_ROWS_APART, Rule, pairs_of};
use crate::syntax::parse_tables::{cells, is_separator};
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use unicode_width::UnicodeWidthStr;

/// A cell wider than this sticks out, so that one giant cell does not widen every row.
const WIDEST: usize = 200;

/// One token for each row, heading and line under it included; `known` are the cells of other tables.
pub(super) fn of<'a>(
    text: &'a str,
    rows: &[Range<usize>],
    is_matrix: bool,
    known: &mut Written<'a>,
) -> Vec<Token> {
    let Some((heading, rest)) = rows.split_first() else { return Vec::new() };
    let columns = cells(text, heading);
    let rules: Vec<Option<Rule>> = columns.iter().map(|cell| rule_of(&text[cell.clone()])).collect();
    let row_of = |written: &mut Written<'a>, cells: Vec<Range<usize>>, is_heading: bool| -> Vec<Cell<'a>> {
        let first = cells.first().map_or("", |cell| &text[cell.clone()]);
        let of_matrix = rule_of_marks(first, is_heading);
        let rule = |index: usize| match (is_matrix, index) {
            (true, 0) => (!is_heading).then_some(Rule::cell_test),
            (true, _) => Some(of_matrix),
            (false, _) if is_heading => None,
            (false, _) => rules.get(index).copied().flatten(),
        };
        let cells = cells.into_iter().take(columns.len()).enumerate();
        cells.map(|(index, cell)| written.cell(&text[cell], rule(index))).collect()
    };
    let under = rest.first().filter(|row| is_separator(text, &cells(text, row)));
    let below = rest.get(usize::from(under.is_some())..).unwrap_or_default();
    let write = |rows: &[Range<usize>], written: &mut Written<'a>| -> Vec<Vec<Cell<'a>>> {
        rows.iter().map(|row| row_of(written, cells(text, row), false)).collect()
    };
    let mut written = vec![row_of(known, columns.clone(), true)];
    if below.len() <= FEWEST_ROWS_APART {
        written.extend(write(below, known));
    } else {
        let apart = in_shares(below, FEWEST_ROWS_APART, |rows| write(rows, &mut Written::default()));
        written.extend(apart.into_iter().flatten());
    }
    let mut widths = vec![1; columns.len()];
    for row in &written {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.width.min(WIDEST).max(*width);
        }
    }
    let marks: Vec<String> = under.map_or_else(Vec::new, |row| {
        cells(text, row).into_iter().map(|cell| text[cell].to_owned()).collect()
    });
    let row = |place: &Range<usize>, (text, width): (String, usize)| Token {
        text,
        width,
        start: place.start,
        end: place.end,
        gap: Gap::Part,
        rank: None,
        role: Role::Row,
    };
    let line = under.cloned().unwrap_or_else(|| end_of_line(text, heading.end));
    let mut found = Vec::with_capacity(rows.len() + 1);
    let line_up = |rows: &[Vec<Cell<'a>>]| rows.iter().map(|row| joined(row, &widths)).collect::<Vec<_>>();
    let mut lines = in_shares(&written, FEWEST_ROWS_APART, line_up).into_iter().flatten();
    found.extend(lines.next().map(|first| row(heading, first)));
    found.push(row(&line, ruler(&widths, &marks)));
    found.extend(below.iter().zip(lines).map(|(place, line)| row(place, line)));
    found
}

/// Where a line that was not written would stand: behind the heading and its comment.
fn end_of_line(text: &str, at: usize) -> Range<usize> {
    let length = text[at..].find('\n').unwrap_or(text.len() - at);
    at + length..at + length
}

fn rule_of(heading: &str) -> Option<Rule> {
    Some(match heading {
        "regel" => Rule::cell_name,
        "støtte" | "opgave" => Rule::cell_supports,
        "når" => Rule::cell_when,
        "grad" => Rule::cell_grade,
        "hjemmel" => Rule::cell_basis,
        "gyldig" => Rule::cell_valid,
        prose if prose.starts_with('"') => return None,
        _ => Rule::cell_bound,
    })
}

/// What the cells of a matrix hold behind the first one.
fn rule_of_marks(first: &str, is_heading: bool) -> Rule {
    match first {
        _ if is_heading => Rule::cell_supports,
        "hjemmel" => Rule::cell_basis,
        "når" => Rule::cell_when,
        "gyldig" => Rule::cell_valid,
        _ => Rule::cell_grade,
    }
}

/// A cell as it is written, and its columns.
#[derive(Clone)]
pub(super) struct Cell<'a> {
    text: Cow<'a, str>,
    width: usize,
}

/// The cells that are written already: the same words are written the same way wherever they stand.
#[derive(Default)]
pub(super) struct Written<'a>(HashMap<(Rule, &'a str), Cell<'a>>);

impl<'a> Written<'a> {
    /// Prose and signs stay as they are.
    fn cell(&mut self, words: &'a str, rule: Option<Rule>) -> Cell<'a> {
        let as_it_is = || Cell { text: Cow::Borrowed(words), width: words.width() };
        let Some(rule) = rule.filter(|_| !words.is_empty()) else { return as_it_is() };
        let write = || match pairs_of(rule, words).map(|pairs| tokens::on_one_line(&tokens::of(pairs, words)))
        {
            Some(line) if line != words => Cell { width: line.width(), text: Cow::Owned(line) },
            _ => as_it_is(),
        };
        self.0.entry((rule, words)).or_insert_with(write).clone()
    }
}

/// A row, and its columns.
fn joined(cells: &[Cell<'_>], widths: &[usize]) -> (String, usize) {
    let mut line = String::from("|");
    let mut columns = 1;
    for (cell, width) in cells.iter().zip(widths) {
        let missing = width.saturating_sub(cell.width);
        line.push(' ');
        line.push_str(&cell.text);
        line.extend(std::iter::repeat_n(' ', missing + 1));
        line.push('|');
        columns += cell.width + missing + 3;
    }
    (line, columns)
}

/// The line under the heading; colons that align a column in other tools are kept.
fn ruler(widths: &[usize], marks: &[String]) -> (String, usize) {
    let mut line = String::from("|");
    for (index, width) in widths.iter().enumerate() {
        let mark = marks.get(index).map_or("", String::as_str);
        let (left, right) = (mark.starts_with(':'), mark.ends_with(':'));
        line.push(if left { ':' } else { '-' });
        line.extend(std::iter::repeat_n('-', *width));
        line.push(if right { ':' } else { '-' });
        line.push('|');
    }
    let columns = line.len();
    (line, columns)
}
