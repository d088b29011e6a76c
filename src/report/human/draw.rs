//! The drawing of a finding: its message under a sign, and its quoted lines with their marks.

use super::excerpt::{Line, Piece, digits};
use super::page::{Ink, Page};
use crate::ground::Severity;
use std::ops::Range;
use unicode_width::UnicodeWidthChar;

/// The message, its lines held together by a bar.
pub(super) fn message(page: &mut Page, severity: Severity, lines: &[String]) {
    let sign = match severity {
        Severity::Error => "×",
        Severity::Warning => "⚠",
        Severity::Note => "☞",
    };
    for (number, line) in lines.iter().enumerate() {
        let bar = page.inked(if number == 0 { sign } else { "│" }, Ink::Sign(severity));
        page.line(format!("  {bar} {line}").trim_end());
    }
}

/// Quoted pieces, the numbers of all their lines under one another.
pub(super) fn pieces(page: &mut Page, pieces: &[Piece]) {
    let lines = pieces.iter().flat_map(|piece| &piece.lines);
    let gutter = lines.map(|line| digits(line.number)).max().unwrap_or(0);
    let mut inks = (0..).map(Ink::Mark);
    for piece in pieces {
        let (name, at) = (&piece.name, piece.position);
        let place = page.inked(&format!("{name}:{}:{}", at.line, at.column), Ink::Place);
        page.line(&format!("{:gutter$}  ╭─[{place}]", ""));
        for line in &piece.lines {
            let inks: Vec<Ink> = inks.by_ref().take(line.marks.len()).collect();
            quoted(page, gutter, line);
            marked(page, gutter, line, &inks);
        }
        page.line(&format!("{:gutter$}  ╰────", ""));
    }
}

fn quoted(page: &mut Page, gutter: usize, line: &Line) {
    let number = page.inked(&format!("{:>gutter$}", line.number), Ink::Faint);
    page.line(format!(" {number} │ {}", line.text).trim_end());
}

/// Under a line its marks, and under those, the last first, what is said of each.
fn marked(page: &mut Page, gutter: usize, line: &Line, inks: &[Ink]) {
    if line.marks.is_empty() {
        return;
    }
    let columns = columns(line);
    let middle = |columns: &Range<usize>| (columns.start + columns.end) / 2;
    let margin = format!(" {:gutter$} · ", "");
    let (mut underlines, mut stems, mut said) = (margin.clone(), margin, Vec::new());
    let (mut underlined, mut stemmed) = (0, 0);
    for ((mark, columns), ink) in line.marks.iter().zip(&columns).zip(inks) {
        let knot = match (mark.at.is_empty(), mark.text.is_empty()) {
            (true, _) => '▲',
            (false, true) => '─',
            (false, false) => '┬',
        };
        let stem = middle(columns);
        let drawn: String = columns.clone().map(|at| if at == stem { knot } else { '─' }).collect();
        underlines += &" ".repeat(columns.start - underlined);
        underlines += &page.inked(&drawn, *ink);
        stems += &" ".repeat(stem - stemmed);
        said.push((stems.clone(), mark.text.as_str(), *ink));
        stems += &page.inked("│", *ink);
        (underlined, stemmed) = (columns.end, stem + 1);
    }
    page.line(&underlines);
    for (stems, text, ink) in said.into_iter().rev().filter(|(_, text, _)| !text.is_empty()) {
        let is_one = !text.contains('\n');
        for (number, text) in text.split('\n').enumerate() {
            let stem = match number {
                0 if is_one => "╰──",
                0 => "╰─┤",
                _ => "  │",
            };
            let told = page.inked(&format!("{stem} {text}"), ink);
            page.line(format!("{stems}{told}").trim_end());
        }
    }
}

/// The columns each mark is underlined in: at least one, and beside the mark before it.
fn columns(line: &Line) -> Vec<Range<usize>> {
    let column = |byte: usize| line.text[..byte].chars().map(|c| c.width().unwrap_or(0)).sum::<usize>();
    let mut end = 0;
    let columns = line.marks.iter().map(|mark| {
        let start = column(mark.at.start).max(end);
        end = column(mark.at.end).max(start + 1);
        start..end
    });
    columns.collect()
}
