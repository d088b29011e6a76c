//! One source line, cut to fit the page around its labels.
//!
//! Rows of a table are often twice as wide as the page. The labels stay, as much around them as there is room for
//! stays, and `…` stands for what does not. In a line that must be cut, padding shrinks to one blank first.

use super::page::{longest_word, wrap};
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
const NARROWEST: usize = 16;

/// The most columns that are kept free for one word of a text under a mark.
const LONGEST_WORD: usize = 48;

/// Columns a text under a mark may ask for at the cost of the words around the mark; a longer one is wrapped first.
const ASKED: usize = 26;

/// A word cut by the edge is left out whole, unless it is longer than this.
const LONGEST: usize = 24;

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
    if let Some(kept) = whole.whole(marks) {
        return whole.show(marks, &kept);
    }
    let crop = Crop { cells: cells(line, true), width };
    let mut kept = crop.start(marks);
    crop.grow(&mut kept);
    crop.show(marks, &kept)
}

/// The least columns the text under a mark is wrapped to: no word of it is broken, unless it is very long.
fn narrowest(mark: &Mark) -> usize {
    mark.text.width().min(longest_word(&mark.text).clamp(NARROWEST, LONGEST_WORD))
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
        let mut kept: Vec<Kept> = Vec::new();
        for mark in marks {
            let cells = self.index(mark.at.start)..self.index(mark.at.end);
            kept.push(Kept { cells: cells.clone(), mark: cells, needs: STEM + narrowest(mark) });
        }
        while !self.fits(&kept) {
            let Some(longest) =
                kept.iter_mut().max_by_key(|part| part.mark.len()).filter(|part| part.mark.len() > 1)
            else {
                break;
            };
            let end = longest.mark.start + longest.mark.len().min(2 * self.width) - 1;
            (longest.mark.end, longest.cells.end) = (end, end);
        }
        let places = self.places(&kept);
        for ((part, mark), middle) in kept.iter_mut().zip(marks).zip(places.middles) {
            let asked = STEM + mark.text.width().min(ASKED.max(narrowest(mark)));
            part.needs = asked.min(self.width.saturating_sub(middle)).max(part.needs);
        }
        kept
    }

    /// Whether nothing need be cut: the line fits, and so does the text under each mark, if it is wrapped.
    fn whole(&self, marks: &[Mark]) -> Option<Vec<Kept>> {
        let all = 0..self.cells.len();
        if self.columns(all.clone()) > self.width {
            return None;
        }
        let mut kept = self.start(marks);
        let untouched = kept.iter().zip(marks).all(|(part, mark)| part.mark.end == self.index(mark.at.end));
        for number in 0..kept.len() {
            let start = if number == 0 { 0 } else { kept[number].cells.start };
            kept[number].cells = start..self.next(&kept, number);
            kept[number].needs = STEM + narrowest(&marks[number]);
        }
        (untouched && self.fits(&kept)).then_some(kept)
    }

    /// Takes in one neighbour after the other, right and left in turn, while everything fits. What is cut off a word
    /// at the left edge goes to the right.
    fn grow(&self, kept: &mut [Kept]) {
        self.widen(kept, true);
        for number in 0..kept.len() {
            self.trim_left(kept, number);
        }
        self.widen(kept, false);
        for number in 0..kept.len() {
            self.trim_right(kept, number);
        }
    }

    fn widen(&self, kept: &mut [Kept], left: bool) {
        let mut growing = !kept.is_empty();
        while growing {
            growing = false;
            for number in 0..kept.len() {
                if kept[number].cells.end < self.next(kept, number) {
                    kept[number].cells.end += 1;
                    if self.fits(kept) { growing = true } else { kept[number].cells.end -= 1 }
                }
                if left && kept[number].cells.start > before(kept, number) {
                    kept[number].cells.start -= 1;
                    if self.fits(kept) { growing = true } else { kept[number].cells.start += 1 }
                }
            }
        }
    }

    /// Where the part after this one begins.
    fn next(&self, kept: &[Kept], number: usize) -> usize {
        kept.get(number + 1).map_or(self.cells.len(), |next| next.cells.start)
    }

    fn blank(&self, index: usize) -> bool {
        self.cells.get(index).is_none_or(|cell| cell.shown == ' ')
    }

    /// Cuts between words where a word lies across the edge, and never before a combining mark.
    fn trim_left(&self, kept: &mut [Kept], number: usize) {
        let before = before(kept, number);
        let part = &mut kept[number];
        if part.cells.start > before {
            let edge = (part.cells.start..part.mark.start).take(LONGEST).find(|index| self.blank(*index));
            part.cells.start = edge.unwrap_or(part.cells.start);
            while part.cells.start < part.mark.start && self.cells[part.cells.start].columns == 0 {
                part.cells.start += 1;
            }
        }
    }

    fn trim_right(&self, kept: &mut [Kept], number: usize) {
        let next = self.next(kept, number);
        let part = &mut kept[number];
        if part.cells.end < next && part.cells.end > part.mark.end && !self.blank(part.cells.end - 1) {
            let edge = (part.mark.end..part.cells.end).rev().take(LONGEST).find(|index| self.blank(*index));
            part.cells.end = edge.map_or(part.cells.end, |index| index + 1);
        }
    }

    fn fits(&self, kept: &[Kept]) -> bool {
        let places = self.places(kept);
        places.total <= self.width
            && kept.iter().zip(&places.middles).all(|(kept, middle)| middle + kept.needs <= self.width)
    }

    /// The columns the kept parts take, and the column each mark's middle comes to stand in: a mark is underlined at
    /// least one column wide, beside the mark before it.
    fn places(&self, kept: &[Kept]) -> Places {
        let mut places = Places { total: 0, middles: Vec::new() };
        let (mut end, mut underlined) = (0, 0);
        for part in kept {
            places.total += usize::from(part.cells.start > end);
            let start = places.total + self.columns(part.cells.start..part.mark.start);
            let from = start.max(underlined);
            underlined = (start + self.columns(part.mark.clone())).max(from + 1);
            places.middles.push((from + underlined) / 2);
            places.total += self.columns(part.cells.clone());
            end = part.cells.end;
        }
        places.total += usize::from(end < self.cells.len());
        places
    }

    fn show(&self, marks: &[Mark], kept: &[Kept]) -> Shown {
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
                shown.marks.push(Mark { at, text: wrap(&mark.text, room).join("\n") });
            }
            shown.line.extend(self.cells[part.cells.clone()].iter().map(|cell| cell.shown));
            end = part.cells.end;
        }
        if end < self.cells.len() {
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

/// Where the part before this one ends.
fn before(kept: &[Kept], number: usize) -> usize {
    number.checked_sub(1).and_then(|last| kept.get(last)).map_or(0, |last| last.cells.end)
}

struct Places {
    total: usize,
    middles: Vec<usize>,
}
