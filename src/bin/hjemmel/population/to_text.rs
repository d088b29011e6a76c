//! Decisions as CSV and as JSON lines.

use super::kept::Kept;
use hjemmel::population::{Cell, CellKind, Column, Decided, SupportColumn};

/// How a text of rows is written.
#[derive(Clone, Debug)]
pub(super) struct Page {
    /// the columns that are kept, then those of the decisions
    pub(super) kept: Vec<String>,
    pub(super) columns: Vec<Column>,
    /// of CSV; JSON has none
    pub(super) separator: Option<u8>,
}

impl Page {
    /// The line that names the columns.
    pub(super) fn heading(&self) -> String {
        let Some(separator) = self.separator.map(char::from) else { return String::new() };
        let names = self.kept.iter().chain(self.columns.iter().map(|column| &column.name));
        let names: Vec<String> = names.map(|name| quoted(name, separator)).collect();
        format!("{}\n", names.join(&separator.to_string()))
    }

    /// Some rows.
    pub(super) fn rows(&self, kept: &[Kept], decided: Option<&Decided>, rows: usize) -> String {
        let supports = decided.map_or(&[][..], |decided| &decided.supports);
        match self.separator {
            Some(separator) => self.csv(kept, supports, rows, char::from(separator)),
            None => self.json(kept, supports, rows),
        }
    }

    fn csv(&self, kept: &[Kept], decided: &[SupportColumn], rows: usize, separator: char) -> String {
        // what is told of a support is written once, and copied
        let told = self.told(decided, |_, column, cell| csv_cell(cell, column.kind, separator));
        let told = joined(told, &separator.to_string());
        let mut page = String::with_capacity(rows * self.columns.len() * 4);
        for row in 0..rows {
            let mut first = true;
            for kept in kept {
                if !first {
                    page.push(separator);
                }
                first = false;
                page.push_str(&quoted(&kept.words(row).unwrap_or_default(), separator));
            }
            for (support, told) in decided.iter().zip(&told) {
                if !first {
                    page.push(separator);
                }
                first = false;
                page.push_str(&told[support.of_row[row] as usize]);
            }
            page.push('\n');
        }
        page
    }

    fn json(&self, kept: &[Kept], decided: &[SupportColumn], rows: usize) -> String {
        let told = joined(
            self.told(decided, |name, column, cell| format!("{name}:{}", json_cell(cell, column.kind))),
            ",",
        );
        let names: Vec<String> = self.kept.iter().map(|name| json_text(name)).collect();
        let mut page = String::with_capacity(rows * self.columns.len() * 24);
        for row in 0..rows {
            page.push('{');
            let mut first = true;
            for (name, kept) in names.iter().zip(kept) {
                if !first {
                    page.push(',');
                }
                first = false;
                page.push_str(name);
                page.push(':');
                page.push_str(&kept.json(row));
            }
            for (support, told) in decided.iter().zip(&told) {
                if !first {
                    page.push(',');
                }
                first = false;
                page.push_str(&told[support.of_row[row] as usize]);
            }
            page.push_str("}\n");
        }
        page
    }

    /// For each support and each of its outcomes the cells.
    fn told(
        &self,
        decided: &[SupportColumn],
        write: impl Fn(&str, &Column, &Cell) -> String,
    ) -> Vec<Vec<Vec<String>>> {
        let mut from = 0;
        let mut told = |support: &SupportColumn| {
            let width = support.outcomes.first().map_or(0, |outcome| outcome.cells.len());
            let columns = &self.columns[from..from + width];
            from += width;
            let names: Vec<String> = columns.iter().map(|column| json_text(&column.name)).collect();
            let cells = |cells: &[Cell]| {
                let cells = names.iter().zip(columns).zip(cells);
                cells.map(|((name, column), cell)| write(name, column, cell)).collect()
            };
            support.outcomes.iter().map(|outcome| cells(&outcome.cells)).collect()
        };
        decided.iter().map(&mut told).collect()
    }
}

fn joined(told: Vec<Vec<Vec<String>>>, mark: &str) -> Vec<Vec<String>> {
    told.into_iter().map(|all| all.into_iter().map(|cells| cells.join(mark)).collect()).collect()
}

/// A number with its decimals, as few as it has.
pub(super) fn number(scaled: i64, decimals: u8, mark: char) -> String {
    let scale = 10_i64.saturating_pow(decimals.into()).max(1);
    let sign = if scaled < 0 { "-" } else { "" };
    let (whole, rest) = ((scaled / scale).abs(), (scaled % scale).abs());
    if rest == 0 {
        return format!("{sign}{whole}");
    }
    let digits = format!("{rest:0width$}", width = usize::from(decimals));
    format!("{sign}{whole}{mark}{}", digits.trim_end_matches('0'))
}

fn csv_cell(cell: &Cell, kind: CellKind, separator: char) -> String {
    // a table with semicolons comes from where decimals have a comma
    let mark = if separator == ';' { ',' } else { '.' };
    match (cell, kind) {
        (Cell::Text(words), _) => quoted(words, separator),
        (Cell::Number(scaled), CellKind::Number(decimals)) => number(*scaled, decimals, mark),
        (Cell::Day(day), _) => hjemmel::iso_date(*day),
        _ => String::new(),
    }
}

fn json_cell(cell: &Cell, kind: CellKind) -> String {
    match (cell, kind) {
        (Cell::Text(words), _) => json_text(words),
        (Cell::Number(scaled), CellKind::Number(decimals)) => number(*scaled, decimals, '.'),
        (Cell::Day(day), _) => json_text(&hjemmel::iso_date(*day)),
        _ => "null".to_owned(),
    }
}

fn json_text(words: &str) -> String {
    serde_json::Value::from(words).to_string()
}

/// A cell of CSV, between quotation marks where it has to be.
pub(super) fn quoted(cell: &str, separator: char) -> String {
    let marks = |c: char| c == separator || matches!(c, '"' | '\n' | '\r');
    if cell.contains(marks) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}
