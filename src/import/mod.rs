//! A table of a document to a first `tabel` or `matrix`: columns and cells are read with the words of the workspace.
//!
//! In: a [`Grid`], the model of the workspace, where the rules are to hold. Out: the text of a policy in the language's
//! own style, and what a person should look at. What is not read stands as a comment at its row. Never true here: a file
//! or a document's form known, a word of the table dropped, a text that cannot be read back.

mod ages;
#[cfg(feature = "documents")]
mod blocks;
mod cells;
mod columns;
mod dates;
mod draft;
mod grades;
mod grid;
mod lexicon;
mod matrix;
mod measures;
mod new_words;
mod rendering;
mod rows;
mod sources;
mod supports;
mod values;
mod words;
mod writing;

#[cfg(feature = "documents")]
pub(crate) use blocks::blocks;
#[cfg(feature = "documents")]
pub(crate) use grid::one_line;
pub use grid::{Grid, GridCell};

use crate::ground::{Text, text};
use crate::model::Model;
use lexicon::Lexicon;

/// How a table is to be written.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct ImportAsked<'a> {
    /// the name of the document, for a line about where the rules come from
    pub document: &'a str,
    /// which of the document's tables it is, from 1
    pub number: usize,
    /// the municipality or institution whose rules these are; the only one of the workspace, when not given
    pub place: Option<&'a str>,
    /// as Markdown: the document's table as prose, the rules below it
    pub literate: bool,
}

impl<'a> ImportAsked<'a> {
    /// Rules of the only municipality, in a file of its own.
    pub fn of(document: &'a str, number: usize) -> Self {
        ImportAsked { document, number, ..ImportAsked::default() }
    }
}

/// A first `tabel`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Imported {
    /// the text of the policy
    pub text: String,
    /// how many rows it has
    pub rows: usize,
    /// what became of each column
    pub columns: Vec<Text>,
    /// what a person should look at, in the order of the table
    pub told: Vec<Text>,
}

/// Makes a `tabel` of a table.
///
/// # Errors
/// A place that the workspace does not know, a table with nothing below its heading.
pub(crate) fn import(model: &Model, grid: &Grid, asked: ImportAsked<'_>) -> Result<Imported, Text> {
    let mut lexicon = Lexicon::of(model, asked.place)?;
    let Some((heading, body)) = rows::of(grid) else {
        return Err(text!(
            en: "the table has no rows below its heading",
            da: "tabellen har ingen rækker under sin overskrift"
        ));
    };
    let mut told = grid.remarks.clone();
    if let Some(matrix) = matrix::of(&heading, &body, &mut lexicon) {
        return matrix.written(grid, &lexicon, asked, told);
    }
    let columns = columns::recognised(&heading, &body, &mut lexicon, &mut told);
    let draft = draft::of(&columns, &body, &mut lexicon, told);
    writing::written(grid, &columns, draft, &lexicon, asked)
}

/// The beginning of long words, to name them.
pub(crate) fn short(words: &str) -> String {
    const LONGEST: usize = 48;
    let words = grid::one_line(words);
    if words.chars().count() <= LONGEST {
        return words;
    }
    let start: String = words.chars().take(LONGEST).collect();
    let start = start.rsplit_once(' ').map_or(start.as_str(), |(start, _)| start);
    format!("{start} …")
}
