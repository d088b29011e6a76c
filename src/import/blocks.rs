//! The tables of a sheet: free rows part them, and a row of one cell above a table is its heading.

use super::grid::{Grid, GridCell};
use crate::ground::Text;

/// The tables among rows in which an empty one is a free row. What the reader remarked belongs to each.
pub(crate) fn blocks(rows: Vec<Vec<GridCell>>, remarks: Vec<Text>) -> Vec<Grid> {
    let mut grids: Vec<Grid> = Vec::new();
    let mut caption: Option<String> = None;
    let mut is_parted = true;
    for row in rows {
        let filled = row.iter().filter(|cell| !cell.is_empty()).count();
        let heading = grids.last().and_then(|grid| grid.rows.first()).map(|row| words(row));
        let repeats = heading.is_some_and(|heading| heading == words(&row));
        match filled {
            0 => is_parted = true,
            1 if is_parted => {
                let words = row.iter().map(GridCell::line).collect::<String>();
                // two of them in a row: a title and what stands below it
                caption = Some(caption.take().map_or(words.clone(), |above| format!("{above}. {words}")));
            }
            _ if grids.is_empty() || caption.is_some() || is_parted && repeats => {
                let caption = caption.take();
                grids.push(Grid { caption, rows: vec![row], remarks: remarks.clone(), ..Grid::default() });
                is_parted = false;
            }
            _ => {
                grids.iter_mut().last().into_iter().for_each(|grid| grid.rows.push(row.clone()));
                is_parted = false;
            }
        }
        if filled == 1 && caption.is_some() {
            is_parted = true;
        }
    }
    // words below the last table are a remark to it
    if let (Some(grid), Some(words)) = (grids.last_mut(), caption) {
        let last = grid.rows.last_mut().and_then(|row| row.first_mut());
        last.into_iter().for_each(|cell| cell.notes.push(words.clone()));
    }
    grids
}

fn words(row: &[GridCell]) -> Vec<String> {
    row.iter().map(|cell| cell.line().to_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(lines: &[&str]) -> Vec<Vec<GridCell>> {
        lines
            .iter()
            .map(|line| line.split('|').filter(|cell| !cell.is_empty()).map(GridCell::new).collect())
            .collect()
    }

    #[test]
    fn a_free_row_and_a_heading_begin_a_table_and_a_free_row_alone_does_not() {
        let found = blocks(
            rows(&["Unge", "Type|Timer", "a|1", "", "b|2", "", "Voksne", "Type|Timer", "c|3"]),
            Vec::new(),
        );
        let told: Vec<_> = found.iter().map(|grid| (grid.caption.as_deref(), grid.rows.len())).collect();
        assert_eq!(told, [(Some("Unge"), 3), (Some("Voksne"), 2)]);
        let found =
            blocks(rows(&["Type|Timer", "a|1", "", "Type|Timer", "b|2", "", "Bemærk dette"]), Vec::new());
        assert_eq!(found.len(), 2);
        assert_eq!(found[1].rows[1][0].notes, ["Bemærk dette"]);
    }
}
