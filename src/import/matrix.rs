//! A table with supports across and groups of citizens down, with a mark where they meet, is a `matrix`.

use super::columns::{CLEARLY, Target, of_known_word};
use super::grid::{Grid, GridCell};
use super::lexicon::Lexicon;
use super::rows::Body;
use super::values::{is_silent, listed};
use super::{ImportAsked, Imported, grades, new_words, supports, writing};
use crate::ground::{Text, text};
use crate::model::Domain;
use std::collections::BTreeSet;

/// Fewer supports across are a tabel with a column of its own for something.
const LEAST_SUPPORTS: usize = 3;

/// A mark of more letters is a text.
const LONGEST_MARK: usize = 3;

/// A matrix that was recognised.
#[derive(Debug)]
pub(super) struct Matrix {
    fact: String,
    supports: Vec<String>,
    /// the words of each row, its comments before it
    rows: Vec<(Vec<String>, Vec<String>)>,
    signs: BTreeSet<String>,
    told: Vec<Text>,
}

/// The matrix that a table is, if it is one; supports and groups that nobody knows are added to the lexicon.
pub(super) fn of(heading: &[GridCell], body: &[Body], lexicon: &mut Lexicon) -> Option<Matrix> {
    let (first, across) = heading.split_first()?;
    let is_about_groups = |row: &&Body| !is_silent(&row.words(0));
    let groups: Vec<Body> = body.iter().filter(is_about_groups).cloned().collect();
    let marked = |row: &Body| (1..heading.len()).all(|column| is_mark(&row.words(column)));
    let is_support = |cell: &GridCell| {
        let words = cell.line();
        let is_other = of_known_word(&words, CLEARLY, lexicon, &mut Vec::new()).is_some();
        !words.is_empty() && !is_other && grades::grade(&words).is_none() && !grades::is_heading(&words)
    };
    if across.len() < LEAST_SUPPORTS
        || groups.is_empty()
        || !groups.iter().all(marked)
        || !across.iter().all(is_support)
    {
        return None;
    }
    let known = of_known_word(&first.line(), CLEARLY, lexicon, &mut Vec::new());
    let Target::Fact(fact) = known.or_else(|| new_words::target(&first.line(), 0, &groups, lexicon))? else {
        return None;
    };
    let Domain::List { values, ordered } = lexicon.fact(&fact)?.domain.clone() else { return None };
    let supports: Vec<String> =
        across.iter().map(|cell| supports::of_heading(cell, lexicon)).collect::<Option<_>>()?;
    if supports.iter().collect::<BTreeSet<_>>().len() < supports.len() {
        return None;
    }
    let (mut rows, mut signs, mut told, mut comments) = (Vec::new(), BTreeSet::new(), Vec::new(), Vec::new());
    let notes = heading.iter().flat_map(|cell| &cell.notes).cloned();
    comments.extend(notes);
    for row in body {
        comments.extend(row.headings.iter().cloned());
        comments.extend(row.cells.iter().flat_map(|cell| cell.notes.iter().cloned()));
        let group = row.words(0);
        let value = if is_silent(&group) { None } else { listed(&group, &values, ordered) };
        let Some(value) = value else {
            let all: Vec<String> = (0..heading.len()).map(|column| row.words(column)).collect();
            for (column, words) in all.iter().enumerate().filter(|(_, words)| !is_silent(words)) {
                let above = heading.get(column).map(GridCell::line).unwrap_or_default();
                comments.push(format!("»{above}«: »{words}«"));
            }
            if !is_silent(&group) {
                told.push(text!(en: "»{group}« is not read", da: "»{group}« er ikke læst"));
            }
            continue;
        };
        let mut cells = vec![value];
        for column in 1..heading.len() {
            let words = row.words(column);
            let mark = grades::grade(&words).map_or_else(|| words.replace(' ', ""), str::to_owned);
            let mark = if is_silent(&mark) { String::new() } else { mark };
            if !mark.is_empty() && grades::grade(&mark).is_none() {
                signs.insert(mark.clone());
            }
            cells.push(mark);
        }
        rows.push((cells, std::mem::take(&mut comments)));
    }
    if let Some((_, last)) = rows.last_mut() {
        last.append(&mut comments);
    }
    (!rows.is_empty()).then_some(Matrix { fact, supports, rows, signs, told })
}

/// A sign that the language can explain, a grade, or nothing.
fn is_mark(words: &str) -> bool {
    let is_sign =
        words.chars().count() <= LONGEST_MARK && !words.contains(['=', ',', '|', '{', '}', '"', '#']);
    is_silent(words) || is_sign || grades::grade(words).is_some()
}

impl Matrix {
    pub(super) fn written(
        self,
        grid: &Grid,
        lexicon: &Lexicon,
        asked: ImportAsked<'_>,
        remarks: Vec<Text>,
    ) -> Result<Imported, Text> {
        let Matrix { fact, supports, rows, signs, told } = self;
        let mut out = writing::opening("matrix", grid, lexicon, asked);
        let mut all = remarks;
        all.extend(told);
        if !signs.is_empty() {
            let meanings: Vec<String> = signs.iter().map(|sign| format!("{sign} = kan")).collect();
            let meanings = meanings.join(", ");
            out.push_str(&format!("# Skriv, hvad tegnene betyder, f.eks.: tegn {meanings}\n"));
            let signs: Vec<String> = signs.iter().map(|sign| format!("`{sign}`")).collect();
            let signs = signs.join(", ");
            all.push(text!(
                en: "write what {signs} means: `tegn {meanings}`",
                da: "skriv, hvad {signs} betyder: `tegn {meanings}`"
            ));
        }
        out.push_str(&format!(
            "| {fact} | {} |\n|{}\n",
            supports.join(" | "),
            "---|".repeat(supports.len() + 1)
        ));
        for (cells, comments) in &rows {
            out.extend(comments.iter().map(|words| format!("# {}\n", super::grid::one_line(words))));
            out.push_str(&format!("| {} |\n", cells.join(" | ")));
        }
        out.push_str("}\n");
        let columns = vec![text!(
            en: "a matrix: `{fact}` down, supports across",
            da: "en matrix: `{fact}` nedad, støtter hen ad"
        )];
        let imported = Imported { text: String::new(), rows: rows.len(), columns, told: all };
        writing::finished(grid, &out, lexicon, asked, imported)
    }
}
