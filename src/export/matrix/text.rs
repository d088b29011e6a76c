//! An overview in plain lines. The supports are numbered, so that all of them fit the page; where they do not, the
//! overview goes on in another part.

use super::{MatrixFormat, cell, grey_zone, group, legend, star};
use crate::export::wrap::wrapped;
use crate::ground::{Lang, text};
use crate::queries::{Matrix, MatrixRow};
use unicode_width::UnicodeWidthStr;

pub(super) const FORMAT: MatrixFormat = MatrixFormat { name: "text", render };

/// The widest name of a group.
const GROUP: usize = 26;
/// The widest list of supports in the grey zone.
const GREY: usize = 12;

fn render(matrix: &Matrix, lang: Lang, width: usize) -> String {
    let mut page = Page { text: String::new(), width };
    page.paragraph("", matrix.title.get(lang));
    page.text.push('\n');
    for (number, (_, title)) in matrix.columns.iter().enumerate() {
        page.paragraph(&format!("{:>2} ", number + 1), title);
    }
    let columns: Vec<Vec<String>> = (0..matrix.columns.len()).map(|at| column(matrix, at, lang)).collect();
    let wide: Vec<usize> = columns.iter().map(|column| widest(column)).collect();
    let groups: Vec<Vec<String>> = matrix.rows.iter().map(|row| broken(&group(&row.group), GROUP)).collect();
    let first = groups.iter().flatten().map(|line| line.width()).max().unwrap_or(0);
    let grey = grey_column(matrix, lang);
    let grey_wide = widest(&grey.concat());
    let mut from = 0;
    loop {
        let mut to = from;
        let mut used = first;
        let room = width.saturating_sub(grey_wide + 2);
        while to < columns.len() && (to == from || used + wide[to] + 2 <= room) {
            used += wide[to] + 2;
            to += 1;
        }
        page.text.push('\n');
        let heading = matrix_heading(&columns[from..to], &wide[from..to]);
        let grey_heading = format!("{:grey_wide$}", grey_zone().get(lang));
        page.row(&format!("{:first$}", ""), &heading, &grey_heading);
        for at in 0..matrix.rows.len() {
            let lines = groups[at].len().max(grey[at].len());
            for line in 0..lines {
                let name = groups[at].get(line).map_or("", String::as_str);
                let cells =
                    if line == 0 { cells(&columns[from..to], &wide[from..to], at) } else { String::new() };
                let blank: usize = wide[from..to].iter().map(|wide| wide + 2).sum();
                let between = grey[at].get(line).map_or("", String::as_str);
                page.row(&padded(name, first), &padded(&cells, blank), between);
            }
        }
        from = to;
        if from >= columns.len() {
            break;
        }
        page.text.push('\n');
        page.paragraph("", text!(en: "continued", da: "fortsat").get(lang));
    }
    page.text.push('\n');
    for words in legend(matrix) {
        page.paragraph("", words.get(lang));
    }
    page.text
}

struct Page {
    text: String,
    width: usize,
}

impl Page {
    fn row(&mut self, name: &str, cells: &str, grey: &str) {
        self.text.push_str(format!("{name}{cells}  {grey}").trim_end());
        self.text.push('\n');
    }

    fn paragraph(&mut self, mark: &str, words: &str) {
        let room = self.width.saturating_sub(mark.width());
        for (number, line) in broken(words, room).iter().enumerate() {
            let start = if number == 0 { mark.to_owned() } else { " ".repeat(mark.width()) };
            self.text.push_str(&format!("{start}{line}\n"));
        }
    }
}

fn broken(words: &str, room: usize) -> Vec<String> {
    wrapped(words, room as f64, |line| line.width() as f64)
}

fn padded(words: &str, width: usize) -> String {
    format!("{words}{}", " ".repeat(width.saturating_sub(words.width())))
}

fn widest(words: &[String]) -> usize {
    words.iter().map(|word| word.width()).max().unwrap_or(0)
}

/// One column's words: its number, then a word for each group.
fn column(matrix: &Matrix, at: usize, lang: Lang) -> Vec<String> {
    let words = matrix.rows.iter().map(|row| row.cells.get(at).map_or(String::new(), |one| cell(one, lang)));
    std::iter::once((at + 1).to_string()).chain(words).collect()
}

fn matrix_heading(columns: &[Vec<String>], wide: &[usize]) -> String {
    columns.iter().zip(wide).map(|(column, wide)| format!("  {}", padded(&column[0], *wide))).collect()
}

fn cells(columns: &[Vec<String>], wide: &[usize], at: usize) -> String {
    columns.iter().zip(wide).map(|(column, wide)| format!("  {}", padded(&column[at + 1], *wide))).collect()
}

/// The supports in the grey zone of each group, by their numbers.
fn grey_column(matrix: &Matrix, lang: Lang) -> Vec<Vec<String>> {
    let numbers = |row: &MatrixRow| {
        let all = row.grey_zone.iter().map(|(at, for_all)| format!("{}{}", at + 1, star(*for_all)));
        broken(&all.collect::<Vec<_>>().join(" "), GREY)
    };
    let mut column: Vec<Vec<String>> = matrix.rows.iter().map(numbers).collect();
    // as wide as its heading
    if let Some(first) = column.first_mut().and_then(|lines| lines.first_mut()) {
        *first = padded(first, grey_zone().get(lang).width());
    }
    column
}
