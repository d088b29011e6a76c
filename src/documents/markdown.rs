//! Markdown: its pipe tables, each with the heading or the words above it.

use super::csv::decoded;
use crate::ground::Text;
use crate::import::{Grid, GridCell};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::collections::BTreeMap;

pub(super) fn tables(name: &str, bytes: &[u8]) -> Result<Vec<Grid>, Text> {
    let content = decoded(name, bytes)?;
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let mut grids: Vec<Grid> = Vec::new();
    let mut footnotes: BTreeMap<String, String> = BTreeMap::new();
    // the names of the notes of each cell, as table, row and column
    let mut noted: Vec<(usize, usize, usize, String)> = Vec::new();
    let (mut above, mut words) = (None, String::new());
    let mut of_note: Option<String> = None;
    let mut in_table = false;
    for (event, place) in Parser::new_ext(&content, options).into_offset_iter() {
        match event {
            Event::Start(Tag::Table(_)) => {
                in_table = true;
                grids.push(Grid { caption: above.take(), ..Grid::default() });
            }
            Event::End(TagEnd::Table) => in_table = false,
            Event::End(TagEnd::TableRow) => {
                // Markdown leaves out cells beyond the last heading: they are kept as a note
                let row = grids.last_mut().and_then(|grid| grid.rows.last_mut());
                let beyond = row.as_ref().and_then(|row| beyond(&content[place], row.len()));
                if let (Some(beyond), Some(cell)) = (beyond, row.and_then(|row| row.last_mut())) {
                    cell.notes.push(beyond);
                }
            }
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                grids.iter_mut().last().into_iter().for_each(|grid| grid.rows.push(Vec::new()));
            }
            Event::Start(Tag::TableCell | Tag::Heading { .. } | Tag::Paragraph) => words.clear(),
            Event::End(TagEnd::TableCell) => {
                let row = grids.last_mut().and_then(|grid| grid.rows.last_mut());
                row.into_iter().for_each(|row| row.push(GridCell::new(words.trim())));
            }
            Event::End(TagEnd::Heading(_) | TagEnd::Paragraph) => match &of_note {
                Some(note) => footnotes.entry(note.clone()).or_default().push_str(words.trim()),
                None => above = super::docx::caption(&words),
            },
            Event::Start(Tag::FootnoteDefinition(note)) => of_note = Some(note.to_string()),
            Event::End(TagEnd::FootnoteDefinition) => of_note = None,
            Event::FootnoteReference(note) if in_table => {
                let rows = grids.last().map(|grid| &grid.rows);
                let (row, column) =
                    (rows.map_or(0, Vec::len), rows.and_then(|rows| rows.last()).map_or(0, Vec::len));
                noted.push((grids.len(), row, column, note.to_string()));
            }
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                words.push_str(&text);
            }
            Event::InlineHtml(tag) if tag.trim_start_matches('<').to_lowercase().starts_with("br") => {
                words.push('\n');
            }
            Event::SoftBreak | Event::HardBreak => words.push('\n'),
            _ => {}
        }
    }
    for (table, row, column, note) in noted {
        let cell =
            grids.get_mut(table.wrapping_sub(1)).and_then(|grid| grid.rows.get_mut(row.wrapping_sub(1)));
        if let (Some(cell), Some(words)) = (cell.and_then(|row| row.get_mut(column)), footnotes.get(&note)) {
            cell.notes.push(words.clone());
        }
    }
    Ok(grids)
}

/// What a row of the source holds behind this many cells.
fn beyond(row: &str, cells: usize) -> Option<String> {
    let inner = row.trim().trim_start_matches('|');
    let mut left = cells;
    let mut escaped = false;
    for (at, letter) in inner.char_indices() {
        match letter {
            '\\' => escaped = !escaped,
            '|' if !escaped => {
                left -= 1;
                if left == 0 {
                    let rest = inner[at + 1..].trim().trim_end_matches('|').trim();
                    return (!rest.is_empty()).then(|| rest.to_owned());
                }
            }
            _ => escaped = false,
        }
    }
    None
}
