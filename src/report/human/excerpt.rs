//! The quoted places of one finding as one virtual source text.
//!
//! Miette draws one text at a time; a finding may point into several files. Each quoted piece gets offsets of its own
//! in one imagined text, and a span that reaches from one piece into another cannot be read. So miette draws each
//! piece under its own file name and never joins two.

use super::crop::{Mark, crop};
use crate::ground::{FileId, Label, Position, Sources};
use crate::report::Look;
use crate::report::words::one_line;
use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use std::ops::{Range, RangeInclusive};

/// The context miette asks for when it wants a whole piece; when it wants only the place it asks for none.
pub(super) const WHOLE: usize = 1;

/// Columns before a quoted line, its number aside.
const GUTTER: usize = 4;

/// Lines further apart than this are quoted as two pieces.
const NEAR: usize = 2;

/// Marks on one line before the rest is quoted again below.
const MARKS: usize = 3;

/// Bytes of one line between marks that are quoted together.
const REACH: usize = 2_000;

/// All quoted pieces.
#[derive(Debug)]
pub(super) struct Excerpts {
    pieces: Vec<Piece>,
}

/// Neighbouring lines of one file.
#[derive(Debug)]
struct Piece {
    name: String,
    lines: RangeInclusive<usize>,
    /// where the piece begins in the imagined text
    offset: usize,
    text: String,
    places: Vec<Place>,
}

#[derive(Debug)]
struct Place {
    /// in the imagined text
    at: Range<usize>,
    text: String,
    position: Position,
    primary: bool,
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

impl Excerpts {
    /// Quotes every label's line, the cause first.
    pub(super) fn of(labels: &[Label], sources: &Sources, look: Look) -> Self {
        let mut flats: Vec<Flat> =
            labels.iter().enumerate().map(|(rank, label)| flat(rank, label, sources, look)).collect();
        flats.sort_by_key(|flat| (flat.file, flat.line, flat.mark.at.start, flat.mark.at.end, flat.rank));
        let flats = spread(apart(flats));
        let mut runs: Vec<Vec<Flat>> = Vec::new();
        for flat in flats {
            let near = runs.last().and_then(|run| run.last()).is_some_and(|last| {
                (last.file, last.round) == (flat.file, flat.round) && flat.line - last.line <= NEAR
            });
            match runs.last_mut() {
                Some(run) if near => run.push(flat),
                _ => runs.push(vec![flat]),
            }
        }
        runs.sort_by_key(|run| run.iter().map(|flat| flat.rank).min());
        let last_line = runs.iter().flatten().map(|flat| flat.line).max().unwrap_or(1);
        let width = look.width.saturating_sub(digits(last_line) + GUTTER);
        let mut pieces = Vec::new();
        let mut offset = 0;
        for run in &runs {
            let Some(first) = run.first() else { continue };
            let piece = piece(run, first, sources, width, offset);
            offset += piece.text.len() + 1;
            pieces.push(piece);
        }
        Excerpts { pieces }
    }

    /// For each piece the blanks that bring its line numbers under the widest one of all pieces.
    pub(super) fn indents(&self) -> Vec<usize> {
        let widths: Vec<usize> = self.pieces.iter().map(|piece| digits(*piece.lines.end())).collect();
        let widest = widths.iter().copied().max().unwrap_or(0);
        widths.into_iter().map(|width| widest - width).collect()
    }

    pub(super) fn labels(&self) -> impl Iterator<Item = LabeledSpan> + '_ {
        self.pieces.iter().flat_map(|piece| &piece.places).map(|place| {
            let (start, length) = (place.at.start, place.at.len());
            let text = (!place.text.is_empty()).then(|| place.text.clone());
            if place.primary {
                LabeledSpan::new_primary_with_span(text, (start, length))
            } else {
                LabeledSpan::new_with_span(text, (start, length))
            }
        })
    }
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

fn digits(line: usize) -> usize {
    line.to_string().len()
}

fn piece(run: &[Flat], first: &Flat, sources: &Sources, width: usize, offset: usize) -> Piece {
    let file = sources.file(first.file);
    let last_line = run.iter().map(|flat| flat.line).max().unwrap_or(first.line);
    let mut piece = Piece {
        name: one_line(&file.name),
        lines: first.line..=last_line,
        offset,
        text: String::new(),
        places: Vec::new(),
    };
    for number in first.line..=last_line {
        let here: Vec<&Flat> = run.iter().filter(|flat| flat.line == number).collect();
        let marks: Vec<Mark> = here.iter().map(|flat| flat.mark.clone()).collect();
        let (line, marks) = window(file.line(number).0, marks);
        let shown = crop(line, &marks, width);
        let base = offset + piece.text.len();
        for (mark, flat) in shown.marks.into_iter().zip(here) {
            piece.places.push(Place {
                at: base + mark.at.start..base + mark.at.end,
                text: mark.text,
                position: Position { line: number, column: flat.column },
                primary: flat.rank == 0,
            });
        }
        piece.text.push_str(&shown.line);
        piece.text.push('\n');
    }
    piece
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

impl SourceCode for Excerpts {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        lines_before: usize,
        _lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (start, end) = (span.offset(), span.offset() + span.len());
        let holds = |piece: &&Piece| piece.offset <= start && end <= piece.offset + piece.text.len();
        let piece = self.pieces.iter().find(holds).ok_or(MietteError::OutOfBounds)?;
        let place =
            piece.places.iter().find(|place| place.at == (start..end)).filter(|_| lines_before < WHOLE);
        let (line, column) =
            place.map_or((*piece.lines.start(), 1), |place| (place.position.line, place.position.column));
        Ok(Box::new(MietteSpanContents::new_named(
            piece.name.clone(),
            piece.text.as_bytes(),
            (piece.offset, piece.text.len()).into(),
            line - 1,
            column - 1,
            piece.text.lines().count(),
        )))
    }
}
