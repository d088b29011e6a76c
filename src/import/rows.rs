//! The heading and the rows of a table: headings of two lines are one, what spans a whole row is said of those below it.

use super::grid::{Grid, GridCell};

/// A row of the table's body.
#[derive(Clone, Debug)]
pub(super) struct Body {
    pub cells: Vec<GridCell>,
    /// the headings inside the table that stand right above it
    pub headings: Vec<String>,
}

impl Body {
    pub(super) fn cell(&self, column: usize) -> Option<&GridCell> {
        self.cells.get(column)
    }

    pub(super) fn words(&self, column: usize) -> String {
        self.cells.get(column).map(GridCell::line).unwrap_or_default()
    }
}

/// The headings of the columns and the rows; nothing where there are no rows.
pub(super) fn of(grid: &Grid) -> Option<(Vec<GridCell>, Vec<Body>)> {
    let width = grid.columns();
    let filled = |row: &[GridCell]| row.iter().filter(|cell| !cell.is_empty()).count();
    let mut rows = grid.rows.iter().filter(|row| filled(row) > 0).peekable();
    let mut above = Vec::new();
    // a title inside the table
    while let Some(row) = rows.next_if(|row| width > 1 && filled(row) == 1 && grid.rows.len() > 2) {
        above.push(row.iter().map(GridCell::line).collect::<String>());
    }
    let mut heading: Vec<GridCell> = rows.next()?.clone();
    heading.resize_with(width, || GridCell::new(""));
    if heading.iter().any(|cell| cell.width > 1)
        && let Some(below) = rows.next()
    {
        heading = joined(&heading, below);
    }
    let mut body = Vec::new();
    let mut headings = above;
    for row in rows {
        let words: Vec<String> = row.iter().map(GridCell::line).collect();
        let repeats = words.iter().zip(&heading).all(|(word, heading)| *word == heading.line());
        let spans = width > 2 && filled(row) == 1 && row.first().is_some_and(|cell| !cell.is_empty());
        if repeats && row.iter().all(|cell| cell.notes.is_empty()) {
            continue;
        }
        if spans {
            let notes = row.iter().flat_map(|cell| cell.notes.iter().cloned());
            headings.push(words.concat());
            headings.extend(notes);
            continue;
        }
        body.push(Body { cells: row.clone(), headings: std::mem::take(&mut headings) });
    }
    // a heading below the last row belongs to nothing: it is kept there
    if let Some(last) = body.last_mut().filter(|_| !headings.is_empty())
        && let Some(cell) = last.cells.first_mut()
    {
        cell.notes.append(&mut headings);
    }
    (!body.is_empty()).then_some((heading, body))
}

/// Two lines of headings: what is written over several columns stands before each of theirs.
fn joined(above: &[GridCell], below: &[GridCell]) -> Vec<GridCell> {
    let mut over = GridCell::new("");
    let mut left = 0;
    let mut joined = Vec::new();
    for (index, cell) in above.iter().enumerate() {
        if left == 0 {
            (over, left) = (cell.clone(), cell.width.max(1));
        }
        left -= 1;
        let under = below.get(index).map(GridCell::line).unwrap_or_default();
        let words = match (over.line(), under) {
            (over, under) if over == under || under.is_empty() => over,
            (over, under) if over.is_empty() => under,
            (over, under) => format!("{over}: {under}"),
        };
        let mut notes = cell.notes.clone();
        notes.extend(below.get(index).into_iter().flat_map(|cell| cell.notes.iter().cloned()));
        joined.push(GridCell { notes, ..GridCell::new(words) });
    }
    joined
}
