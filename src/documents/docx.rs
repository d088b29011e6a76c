//! Word: the tables of `word/document.xml`, with the heading above each, footnotes and comments at their cells.

use super::package::{self, Parts};
use super::{MOST_CELLS, too_many};
use crate::ground::{Text, text};
use crate::import::{Grid, GridCell, one_line, short};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::collections::BTreeMap;

/// A paragraph above a table that is longer is not its heading.
const LONGEST_CAPTION: usize = 120;

/// Footnotes and comments by what refers to them.
type Notes = BTreeMap<(&'static str, String), String>;

pub(super) fn tables(name: &str, bytes: &[u8]) -> Result<Vec<Grid>, Text> {
    let parts = package::parts(name, bytes, "Word")?;
    let broken = || {
        text!(
            en: "`{name}` is no Word document, or it is damaged: open it in Word and save it anew",
            da: "`{name}` er ikke et Word-dokument, eller det er beskadiget: åbn det i Word, og gem det igen"
        )
    };
    let document = part(&parts, "word/document.xml").ok_or_else(broken)?;
    let mut notes = Notes::new();
    for (file, item, reference) in [
        ("word/footnotes.xml", "footnote", "footnoteReference"),
        ("word/endnotes.xml", "endnote", "endnoteReference"),
        ("word/comments.xml", "comment", "commentReference"),
    ] {
        if let Some(xml) = part(&parts, file) {
            read_notes(&xml, item, reference, &mut notes).ok_or_else(broken)?;
        }
    }
    let mut reading = Reading {
        notes: &notes,
        done: Vec::new(),
        open: Vec::new(),
        above: None,
        words: String::new(),
        hidden: 0,
        in_text: false,
        cells: 0,
        deleted: false,
    };
    reading.read(&document).ok_or_else(broken)?;
    if reading.cells > MOST_CELLS {
        return Err(too_many(name));
    }
    Ok(reading.done)
}

fn part(parts: &Parts, name: &str) -> Option<String> {
    Some(super::csv::decoded(name, parts.get(name)?).ok()?.trim_start_matches('\u{feff}').to_owned())
}

/// The words above a table, where they can be its heading.
pub(super) fn caption(words: &str) -> Option<String> {
    let words = one_line(words);
    (!words.is_empty() && words.chars().count() <= LONGEST_CAPTION).then_some(words)
}

/// The words of each footnote or comment.
fn read_notes(xml: &str, item: &str, reference: &'static str, notes: &mut Notes) -> Option<()> {
    let mut reader = Reader::from_str(xml);
    let (mut id, mut words) = (String::new(), String::new());
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) if tag.local_name().as_ref() == item => {
                (id, words) = (attribute(&tag, "id").unwrap_or_default(), String::new());
            }
            Event::End(tag) if tag.local_name().as_ref() == item => {
                let words = one_line(&words);
                if !words.is_empty() {
                    notes.insert((reference, id.clone()), words);
                }
            }
            Event::End(tag) if tag.local_name().as_ref() == "p" => words.push('\n'),
            Event::Eof => return Some(()),
            event => push_text(&event, &mut words),
        }
    }
}

/// Text as it stands, with what `&amp;` and `&#248;` mean.
fn push_text(event: &Event<'_>, words: &mut String) {
    match event {
        Event::Text(text) => words.push_str(&text.xml10_content()),
        Event::CData(text) => words.push_str(&text.xml10_content()),
        Event::GeneralRef(entity) => match entity.resolve_char_ref() {
            Ok(Some(letter)) => words.push(letter),
            _ => {
                let name = entity.xml10_content();
                words.push_str(quick_xml::escape::resolve_predefined_entity(&name).unwrap_or_default());
            }
        },
        _ => {}
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|found| found.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
}

/// A table that is being read; tables may stand in cells.
#[derive(Debug, Default)]
struct Open {
    grid: Grid,
    /// the columns at which a merged cell goes on downwards, with its words and the row it began in
    merged: BTreeMap<usize, (GridCell, usize, usize)>,
    cell: GridCell,
    is_continued: bool,
    restarts: bool,
}

#[derive(Debug)]
struct Reading<'a> {
    notes: &'a Notes,
    done: Vec<Grid>,
    open: Vec<Open>,
    above: Option<String>,
    words: String,
    /// how deep inside something that is not shown: deleted text, the second of two renderings
    hidden: usize,
    in_text: bool,
    cells: usize,
    deleted: bool,
}

/// What a reader of the printed page does not see.
const HIDDEN: [&str; 4] = ["del", "moveFrom", "Fallback", "instrText"];

impl Reading<'_> {
    fn read(&mut self, xml: &str) -> Option<()> {
        let mut reader = Reader::from_str(xml);
        let mut is_document = false;
        loop {
            match reader.read_event().ok()? {
                Event::Start(tag) => {
                    let name = tag.local_name().as_ref().to_owned();
                    is_document |= name == "document";
                    if self.hidden > 0 || HIDDEN.contains(&name.as_str()) {
                        self.deleted |= matches!(name.as_str(), "del" | "moveFrom") && !self.open.is_empty();
                        self.hidden += 1;
                    } else {
                        self.start(&name, &tag);
                    }
                }
                Event::Empty(tag) if self.hidden == 0 => {
                    let name = tag.local_name().as_ref().to_owned();
                    self.start(&name, &tag);
                    self.end(&name);
                }
                Event::End(_) if self.hidden > 0 => self.hidden -= 1,
                Event::End(tag) => {
                    let name = tag.local_name().as_ref().to_owned();
                    self.end(&name);
                }
                // what is cut off in the middle is damaged
                Event::Eof => return (is_document && self.open.is_empty()).then_some(()),
                event if self.in_text && self.hidden == 0 => push_text(&event, &mut self.words),
                _ => {}
            }
            if self.cells > MOST_CELLS {
                return Some(());
            }
        }
    }

    fn start(&mut self, name: &str, tag: &BytesStart<'_>) {
        let value = || attribute(tag, "val");
        let number =
            || value().and_then(|value| value.parse().ok()).unwrap_or(1_usize).clamp(1, super::MOST_COLUMNS);
        match name {
            "tbl" => {
                if let Some(outer) = self.open.last_mut() {
                    outer.cell.text.push_str(&std::mem::take(&mut self.words));
                }
                let caption = if self.open.is_empty() { self.above.take() } else { None };
                self.open.push(Open { grid: Grid { caption, ..Grid::default() }, ..Open::default() });
            }
            "t" => self.in_text = true,
            "tab" if self.in_run() => self.words.push(' '),
            "br" | "cr" => self.words.push('\n'),
            "noBreakHyphen" => self.words.push('-'),
            "footnoteReference" | "endnoteReference" | "commentReference" => {
                let id = attribute(tag, "id").unwrap_or_default();
                let of_name = ["footnoteReference", "endnoteReference", "commentReference"];
                let note = of_name.iter().find(|known| **known == name);
                let note = note.and_then(|known| self.notes.get(&(*known, id)));
                if let (Some(open), Some(note)) = (self.open.last_mut(), note) {
                    open.cell.notes.push(note.clone());
                }
            }
            _ => {
                let Some(open) = self.open.last_mut() else { return };
                match name {
                    "tr" => open.grid.rows.push(Vec::new()),
                    "tc" => {
                        open.cell = GridCell::new("");
                        (open.is_continued, open.restarts) = (false, false);
                    }
                    "gridSpan" => open.cell.width = number(),
                    "gridBefore" => {
                        let row = open.grid.rows.last_mut();
                        row.into_iter().for_each(|row| row.resize_with(number(), || GridCell::new("")));
                    }
                    "vMerge" => {
                        open.restarts = value().is_some_and(|value| value == "restart");
                        open.is_continued = !open.restarts;
                    }
                    _ => {}
                }
            }
        }
    }

    /// A tab between words, not a tab stop of a paragraph's style.
    fn in_run(&self) -> bool {
        !self.words.is_empty()
    }

    fn end(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            "p" => match self.open.last_mut() {
                Some(open) => {
                    open.cell.text.push_str(&std::mem::take(&mut self.words));
                    open.cell.text.push('\n');
                }
                None => {
                    let words = std::mem::take(&mut self.words);
                    if !words.trim().is_empty() {
                        self.above = caption(&words);
                    }
                }
            },
            "tc" => self.end_cell(),
            "tbl" => self.end_table(),
            _ => {}
        }
    }

    fn end_cell(&mut self) {
        let Some(open) = self.open.last_mut() else { return };
        let mut cell = std::mem::take(&mut open.cell);
        cell.text = cell.text.trim().to_owned();
        let number = open.grid.rows.len();
        let Some(row) = open.grid.rows.last_mut() else { return };
        let column = row.len();
        match open.merged.get_mut(&column) {
            Some((above, _, last)) if open.is_continued => {
                *last = number;
                // words that hide in a merged cell are not lost
                if !cell.text.is_empty() {
                    cell.notes.push(one_line(&cell.text));
                }
                cell.text.clone_from(&above.text);
            }
            _ => {
                open.merged
                    .remove(&column)
                    .into_iter()
                    .for_each(|merged| tell_merged(&merged, &mut open.grid.remarks));
            }
        }
        if open.restarts {
            open.merged.insert(column, (cell.clone(), number, number));
        }
        let width = cell.width.max(1);
        if let Some(row) = open.grid.rows.last_mut() {
            row.push(cell);
            row.resize_with(row.len() + width - 1, || GridCell::new(""));
        }
        self.cells += width;
    }

    fn end_table(&mut self) {
        let Some(mut open) = self.open.pop() else { return };
        open.merged.values().for_each(|merged| tell_merged(merged, &mut open.grid.remarks));
        if let Some(outer) = self.open.last_mut() {
            let lines = open.grid.rows.iter().map(|row| {
                let words: Vec<String> = row.iter().map(|cell| one_line(&cell.text)).collect();
                words.join("; ")
            });
            let words = lines.collect::<Vec<_>>().join("\n");
            let shown = short(&words);
            outer.grid.remarks.push(text!(
                en: "a table inside a cell is read as its words: »{shown}«",
                da: "en tabel inde i en celle er læst som dens ord: »{shown}«"
            ));
            let notes = open.grid.rows.into_iter().flatten().flat_map(|cell| cell.notes);
            outer.cell.notes.extend(notes);
            outer.cell.text.push_str(&words);
            outer.cell.text.push('\n');
            return;
        }
        if std::mem::take(&mut self.deleted) {
            open.grid.remarks.push(text!(
                en: "the document has tracked changes: what is deleted was not read",
                da: "dokumentet har registrerede ændringer: det slettede er ikke læst"
            ));
        }
        self.done.push(open.grid);
    }
}

fn tell_merged((cell, first, last): &(GridCell, usize, usize), remarks: &mut Vec<Text>) {
    // a heading over two lines of headings is no news
    if first < last && *first > 1 && !cell.text.is_empty() {
        let words = short(&cell.text);
        remarks.push(text!(
            en: "the merged cell »{words}« is read in each of the rows {first}-{last}",
            da: "den flettede celle »{words}« er læst i hver af rækkerne {first}-{last}"
        ));
    }
}
