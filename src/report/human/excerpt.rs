//! The quoted places of one finding: pieces of files, their lines cut to fit, and the marks on them.

use super::crop::{Mark, crop};
use crate::ground::{FileId, Label, Position, Sources};
use crate::report::Look;
use crate::report::words::one_line;

/// Columns before a quoted line, its number aside.
const GUTTER: usize = 4;

/// Lines further apart than this are quoted as two pieces.
const NEAR: usize = 2;

/// Marks on one line before the rest is quoted again below.
const MARKS: usize = 3;

/// Bytes of one line between marks that are quoted together.
const REACH: usize = 2_000;

/// Neighbouring lines of one file.
#[derive(Debug)]
pub(super) struct Piece {
    /// the file as it is shown
    pub(super) name: String,
    /// where the cause lies, if it is here, else the first mark
    pub(super) position: Position,
    pub(super) lines: Vec<Line>,
}

/// A line as it is shown, with marks that lie beside each other.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) number: usize,
    pub(super) text: String,
    pub(super) marks: Vec<Mark>,
}

/// A label cut to one line.
struct Flat {
    file: FileId,
    line: usize,
    /// how many pieces back this line was already full
    round: usize,
    rank: usize,
    mark: Mark,
    column: usize,
}

/// Quotes every label's line, the cause first.
pub(super) fn pieces(labels: &[Label], sources: &Sources, look: Look) -> Vec<Piece> {
    let mut flats: Vec<Flat> =
        labels.iter().enumerate().map(|(rank, label)| flat(rank, label, sources, look)).collect();
    flats.sort_by_key(|flat| (flat.file, flat.line, flat.mark.at.start, flat.mark.at.end, flat.rank));
    let flats = spread(apart(flats));
    let last_line = flats.iter().map(|flat| flat.line).max().unwrap_or(1);
    let width = look.width.saturating_sub(digits(last_line) + GUTTER);
    let near = |last: &Flat, flat: &Flat| {
        (last.file, last.round) == (flat.file, flat.round) && flat.line - last.line <= NEAR
    };
    let mut runs: Vec<&[Flat]> = flats.chunk_by(near).collect();
    runs.sort_by_key(|run| run.iter().map(|flat| flat.rank).min());
    runs.into_iter().filter_map(|run| piece(run, sources, width)).collect()
}

/// The first line a label touches.
fn flat(rank: usize, label: &Label, sources: &Sources, look: Look) -> Flat {
    let file = sources.file(label.span.file);
    let start = floor(&file.text, label.span.start as usize);
    let end = floor(&file.text, (label.span.end as usize).max(start));
    let position = file.position(u32::try_from(start).unwrap_or(u32::MAX));
    let (line, line_start) = file.line(position.line);
    let from = (start - line_start).min(line.len());
    let to = (end - line_start).clamp(from, line.len());
    let to = from + line[from..to].trim_end().len();
    let mark = Mark { at: from..to, text: one_line(label.text.get(look.lang)) };
    Flat { file: label.span.file, line: position.line, round: 0, rank, mark, column: position.column }
}

/// The nearest offset at or before this one that lies between characters.
fn floor(text: &str, offset: usize) -> usize {
    let offset = offset.min(text.len());
    (0..=offset).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// Marks of one line that overlap are told side by side: the earlier ends where the later begins, and two on the same
/// place become one.
fn apart(flats: Vec<Flat>) -> Vec<Flat> {
    let mut apart: Vec<Flat> = Vec::new();
    for mut flat in flats {
        let same_line = |last: &&mut Flat| (last.file, last.line) == (flat.file, flat.line);
        let Some(last) = apart.last_mut().filter(same_line) else {
            apart.push(flat);
            continue;
        };
        let (before, here) = (&mut last.mark.at, &mut flat.mark.at);
        *here = here.start.max(before.start)..here.end.max(before.start);
        if here.start > before.start {
            before.end = before.end.min(here.start);
            apart.push(flat);
        } else if here.end > before.end && before.start < before.end {
            here.start = before.end;
            apart.push(flat);
        } else {
            before.end = before.end.max(here.end);
            last.rank = last.rank.min(flat.rank);
            if last.mark.text != flat.mark.text {
                last.mark.text = format!("{}; {}", last.mark.text, flat.mark.text);
            }
        }
    }
    apart
}

/// A line with many marks, or with marks far apart, is quoted several times.
fn spread(mut flats: Vec<Flat>) -> Vec<Flat> {
    let mut line = (FileId::default(), 0);
    let (mut round, mut marks, mut from) = (0, 0, 0);
    for flat in &mut flats {
        if (flat.file, flat.line) != line {
            (line, round, marks, from) = ((flat.file, flat.line), 0, 0, flat.mark.at.start);
        } else if marks == MARKS || flat.mark.at.end - from > REACH {
            (round, marks, from) = (round + 1, 0, flat.mark.at.start);
        }
        marks += 1;
        flat.round = round;
    }
    flats.sort_by_key(|flat| (flat.file, flat.round, flat.line, flat.mark.at.start));
    flats
}

/// The columns of a line's number.
pub(super) fn digits(line: usize) -> usize {
    line.to_string().len()
}

fn piece(run: &[Flat], sources: &Sources, width: usize) -> Option<Piece> {
    let (first, last) = (run.first()?, run.last()?);
    let head = run.iter().find(|flat| flat.rank == 0).unwrap_or(first);
    let file = sources.file(first.file);
    let line = |number: usize| {
        let marks = run.iter().filter(|flat| flat.line == number).map(|flat| flat.mark.clone()).collect();
        let (text, marks) = window(file.line(number).0, marks);
        let shown = crop(text, &marks, width);
        Line { number, text: shown.line, marks: shown.marks }
    };
    Some(Piece {
        name: one_line(&file.name),
        position: Position { line: head.line, column: head.column },
        lines: (first.line..=last.line).map(line).collect(),
    })
}

/// The part of a very long line that can be of interest.
fn window(line: &str, mut marks: Vec<Mark>) -> (&str, Vec<Mark>) {
    let from = floor(line, marks.first().map_or(0, |mark| mark.at.start).saturating_sub(REACH));
    let to = floor(line, marks.first().map_or(0, |mark| mark.at.start).saturating_add(2 * REACH));
    for mark in &mut marks {
        mark.at = mark.at.start.min(to) - from..mark.at.end.min(to) - from;
    }
    (&line[from..to], marks)
}
