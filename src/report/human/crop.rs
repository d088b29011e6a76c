//! One source line, cut to fit the page around its labels.
//!
//! Rows of a table are often twice as wide as the page. The labels stay, as much around them as there is room for
//! stays, and `…` stands for what does not. In a line that must be cut, padding shrinks to one blank first.

use crate::report::words::visible;
use std::ops::Range;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A place on the line, in bytes, and what is written under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) at: Range<usize>,
    pub(super) text: String,
}

/// A line as it is shown, and where its marks now lie.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) line: String,
    pub(super) marks: Vec<Mark>,
}

/// Columns the drawing puts between the middle of a mark and its text.
const STEM: usize = 4;

/// The least columns a text under a mark is wrapped to.
const NARROWEST: usize = 12;

/// A character as shown: where it came from, what it became.
struct Cell {
    byte: usize,
    shown: char,
    columns: usize,
}

/// Part of the line that is kept, in cells, and the columns its mark needs to its right.
struct Kept {
    cells: Range<usize>,
    mark: Range<usize>,
    needs: usize,
}

/// Cuts `line` to `width` columns. The marks are sorted and do not overlap.
pub(super) fn crop(line: &str, marks: &[Mark], width: usize) -> Shown {
    let whole = Crop { cells: cells(line, false), width };
    let crop = if whole.columns(0..whole.cells.len()) <= width {
        whole
    } else {
        Crop { cells: cells(line, true), width }
    };
    let mut kept = crop.start(marks);
    crop.grow(&mut kept);
    crop.trim(&mut kept);
    crop.show(line.len(), marks, &kept)
}

/// The characters of a line; squeezed, of each run of blanks only the first.
fn cells(line: &str, squeeze: bool) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
    for (byte, character) in line.char_indices() {
        let shown = visible(character);
        if squeeze && shown == ' ' && cells.last().is_none_or(|last| last.shown == ' ') {
            continue;
        }
        cells.push(Cell { byte, shown, columns: shown.width().unwrap_or(0) });
    }
    cells
}

struct Crop {
    cells: Vec<Cell>,
    width: usize,
}

impl Crop {
    fn columns(&self, cells: Range<usize>) -> usize {
        self.cells.get(cells).unwrap_or_default().iter().map(|cell| cell.columns).sum()
    }

    fn index(&self, byte: usize) -> usize {
        self.cells.partition_point(|cell| cell.byte < byte)
    }

    /// The marks alone, long ones cut at their end.
    fn start(&self, marks: &[Mark]) -> Vec<Kept> {
        let share = (self.width.saturating_sub(marks.len() + 1) / marks.len().max(1)).max(1);
        let mut kept: Vec<Kept> = Vec::new();
        for mark in marks {
            let (start, mut end) = (self.index(mark.at.start), self.index(mark.at.end));
            while end > start + 1 && self.columns(start..end) > share && marks.len() > 1
                || self.columns(start..end) + 2 > self.width
            {
                end -= 1;
            }
            let text = mark.text.width();
            kept.push(Kept { cells: start..end, mark: start..end, needs: STEM + text });
        }
        let places = self.places(&kept);
        for (kept, middle) in kept.iter_mut().zip(places.middles) {
            kept.needs = kept.needs.min(self.width.saturating_sub(middle).max(STEM + NARROWEST));
        }
        kept
    }

    /// Takes in one neighbour after the other, right and left in turn, while everything fits.
    fn grow(&self, kept: &mut [Kept]) {
        let mut growing = !kept.is_empty();
        while growing {
            growing = false;
            for number in 0..kept.len() {
                let limit = kept.get(number + 1).map_or(self.cells.len(), |next| next.cells.start);
                let floor = if number == 0 { 0 } else { kept[number - 1].cells.end };
                if kept[number].cells.end < limit {
                    kept[number].cells.end += 1;
                    if self.fits(kept) { growing = true } else { kept[number].cells.end -= 1 }
                }
                if kept[number].cells.start > floor {
                    kept[number].cells.start -= 1;
                    if self.fits(kept) { growing = true } else { kept[number].cells.start += 1 }
                }
            }
        }
    }

    /// Cuts between words where a word lies across the edge, and never before a combining mark.
    fn trim(&self, kept: &mut [Kept]) {
        const LONGEST: usize = 14;
        let blank = |index: usize| self.cells.get(index).is_none_or(|cell| cell.shown == ' ');
        for number in 0..kept.len() {
            let next = kept.get(number + 1).map_or(self.cells.len(), |next| next.cells.start);
            let before = if number == 0 { 0 } else { kept[number - 1].cells.end };
            let part = &mut kept[number];
            if part.cells.start > before && part.cells.start < part.mark.start {
                let edge = (part.cells.start..part.mark.start).take(LONGEST).find(|index| blank(*index));
                part.cells.start = edge.unwrap_or(part.cells.start);
                while part.cells.start < part.mark.start && self.cells[part.cells.start].columns == 0 {
                    part.cells.start += 1;
                }
            }
            if part.cells.end < next && part.cells.end > part.mark.end {
                let edge = (part.mark.end..part.cells.end).rev().take(LONGEST).find(|index| blank(*index));
                part.cells.end = edge.map_or(part.cells.end, |index| index + 1);
            }
        }
    }

    fn fits(&self, kept: &[Kept]) -> bool {
        let places = self.places(kept);
        places.total <= self.width
            && kept.iter().zip(&places.middles).all(|(kept, middle)| middle + kept.needs <= self.width)
    }

    /// The columns the kept parts take, and the column each mark's middle comes to stand in.
    fn places(&self, kept: &[Kept]) -> Places {
        let mut places = Places { total: 0, middles: Vec::new() };
        let mut end = 0;
        for part in kept {
            places.total += usize::from(part.cells.start > end);
            let before = places.total + self.columns(part.cells.start..part.mark.start);
            places.middles.push(before + self.columns(part.mark.clone()).max(1) / 2);
            places.total += self.columns(part.cells.clone());
            end = part.cells.end;
        }
        places.total += usize::from(end < self.cells.len());
        places
    }

    fn show(&self, length: usize, marks: &[Mark], kept: &[Kept]) -> Shown {
        let mut shown = Shown { line: String::new(), marks: Vec::new() };
        let places = self.places(kept);
        let mut end = 0;
        let whole = [Kept { cells: 0..self.fitting(), mark: 0..0, needs: 0 }];
        for (number, part) in if marks.is_empty() { &whole[..] } else { kept }.iter().enumerate() {
            if part.cells.start > end {
                shown.line.push('…');
            }
            let offset = |index: usize| -> usize {
                self.cells[part.cells.start..index].iter().map(|cell| cell.shown.len_utf8()).sum()
            };
            if let (Some(mark), Some(middle)) = (marks.get(number), places.middles.get(number)) {
                let base = shown.line.len();
                let at = base + offset(part.mark.start)..base + offset(part.mark.end);
                let room = self.width.saturating_sub(middle + STEM).max(NARROWEST);
                shown.marks.push(Mark { at, text: super::page::wrap(&mark.text, room).join("\n") });
            }
            shown.line.extend(self.cells[part.cells.clone()].iter().map(|cell| cell.shown));
            end = part.cells.end;
        }
        if end < self.cells.len() && length > 0 {
            shown.line.push('…');
        }
        shown
    }

    /// How many cells of a line without marks fit.
    fn fitting(&self) -> usize {
        if self.columns(0..self.cells.len()) <= self.width {
            return self.cells.len();
        }
        let mut columns = 1;
        self.cells
            .iter()
            .take_while(|cell| {
                columns += cell.columns;
                columns <= self.width
            })
            .count()
    }
}

struct Places {
    total: usize,
    middles: Vec<usize>,
}
