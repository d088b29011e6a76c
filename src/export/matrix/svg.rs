//! An overview as a drawing: every cell says its word, and the colour says it again.

use super::{MatrixFormat, cell, grey_zone, group, legend, star};
use crate::export::ink::{DARK, Ink};
use crate::export::svg::paper::{Paper, Pen, width_of};
use crate::export::wrap::wrapped;
use crate::ground::{Lang, text};
use crate::queries::{Matrix, MatrixRow};

pub(super) const FORMAT: MatrixFormat = MatrixFormat { name: "svg", render };

const MARGIN: f64 = 24.0;
const HEADING: f64 = 20.0;
const SIZE: f64 = 13.0;
const LINE: f64 = 1.3;
const GROUP: f64 = 250.0;
const CELL: f64 = 74.0;
const GREY: f64 = 190.0;
const PADDING: f64 = 8.0;
/// headings lean by 45 degrees
const LEAN: f64 = std::f64::consts::FRAC_1_SQRT_2;

fn render(matrix: &Matrix, lang: Lang, _width: usize) -> String {
    let mut paper = Paper::default();
    let bold = Pen { size: SIZE, bold: true, color: DARK, middle: false };
    let plain = Pen { bold: false, ..bold };
    let title = matrix.title.get(lang);
    paper.words(MARGIN, MARGIN + HEADING * 0.8, Pen { size: HEADING, ..bold }, title);
    let longest = matrix.columns.iter().map(|(_, title)| width_of(title, SIZE, true)).fold(0.0, f64::max);
    let top = MARGIN + HEADING * 1.6 + longest * LEAN + SIZE;
    let left = MARGIN + GROUP;
    let grey_left = left + CELL * matrix.columns.len() as f64;
    let groups = wrapped(&matrix.groups, GROUP - 2.0 * PADDING, |line| width_of(line, SIZE, true));
    for (at, line) in groups.iter().rev().enumerate() {
        paper.words(MARGIN, top - PADDING - SIZE * LINE * at as f64, bold, line);
    }
    for (at, (_, title)) in matrix.columns.iter().enumerate() {
        paper.leaning(left + CELL * (at as f64 + 0.45), top - PADDING, bold, title);
    }
    paper.words(grey_left + PADDING, top - PADDING, bold, grey_zone().get(lang));
    let mut y = top;
    for row in &matrix.rows {
        let name = lines(&group(&row.group), GROUP - PADDING);
        let grey = grey_lines(matrix, row);
        let height = name.len().max(grey.len()).max(1) as f64 * SIZE * LINE + 2.0 * PADDING;
        column(&mut paper, (MARGIN, y), plain, &name);
        for (at, one) in row.cells.iter().enumerate() {
            let (x, middle) = (left + CELL * at as f64, y + height / 2.0 + SIZE * 0.35);
            let pen = Pen { middle: true, ..plain };
            let ink = Ink::of_grant(one.grant);
            let look = format!("fill=\"{}\" stroke=\"#ffffff\" stroke-width=\"2\"", ink.fill);
            paper.rectangle((x, y), (CELL, height), &look);
            let pen = Pen { color: ink.letters, bold: one.for_all, ..pen };
            paper.words(x + CELL / 2.0, middle, pen, &cell(one, lang));
        }
        if !row.grey_zone.is_empty() {
            let look = "fill=\"#d0d0d0\" stroke=\"#ffffff\" stroke-width=\"2\"";
            paper.rectangle((grey_left, y), (GREY, height), look);
            column(&mut paper, (grey_left + PADDING, y), plain, &grey);
        }
        y += height;
        paper.curve(&[(MARGIN, y), (grey_left + GREY, y)], "stroke=\"#b0b0b0\" stroke-width=\"1\"");
    }
    y += SIZE;
    // the last heading leans out to the right
    let lean = matrix.columns.last().map_or(0.0, |(_, title)| width_of(title, SIZE, true) * LEAN);
    let right =
        (grey_left + GREY).max(grey_left - CELL / 2.0 + lean).max(MARGIN + width_of(title, HEADING, true));
    for words in legend(matrix) {
        for line in lines(words.get(lang), right - MARGIN) {
            y += SIZE * LINE;
            paper.words(MARGIN, y, plain, &line);
        }
    }
    let description = text!(
        en: "A table: a row for each group, a column for each support, and what the group gets in each cell.",
        da: "En tabel: en række for hver gruppe, en kolonne for hver støtte, og i hver celle, hvad gruppen får."
    );
    paper.page((right + MARGIN, y + MARGIN), lang, title, description.get(lang))
}

fn lines(words: &str, room: f64) -> Vec<String> {
    wrapped(words, room, |line| width_of(line, SIZE, false))
}

fn column(paper: &mut Paper, (x, y): (f64, f64), pen: Pen, lines: &[String]) {
    for (at, line) in lines.iter().enumerate() {
        paper.words(x, y + PADDING + SIZE * (1.0 + LINE * at as f64), pen, line);
    }
}

/// The supports in the grey zone, each on a line of its own.
fn grey_lines(matrix: &Matrix, row: &MatrixRow) -> Vec<String> {
    let named = |(at, for_all): &(usize, bool)| {
        let title = matrix.columns.get(*at).map_or("", |(_, title)| title.as_str());
        lines(&format!("{title}{}", star(*for_all)), GREY - 2.0 * PADDING)
    };
    row.grey_zone.iter().flat_map(named).collect()
}
