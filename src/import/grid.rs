//! A table as a document shows it: rows of cells, before anything is understood.

use crate::ground::Text;

/// One table of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Grid {
    /// the heading above it, the name of its sheet
    pub caption: Option<String>,
    /// the sheet of a workbook it stands on
    pub sheet: Option<String>,
    /// its rows, the heading row among them; they may have different lengths
    pub rows: Vec<Vec<GridCell>>,
    /// what the reader of the document did to it that a person should know: merged cells, tables inside cells
    pub remarks: Vec<Text>,
}

/// One cell: its lines, and what is noted to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct GridCell {
    /// the words; paragraphs and line breaks are line feeds
    pub text: String,
    /// footnotes and comments of the document
    pub notes: Vec<String>,
    /// how many columns it is wide; those behind it are empty cells
    pub width: usize,
}

impl GridCell {
    /// A cell of one column.
    pub fn new(text: impl Into<String>) -> Self {
        GridCell { text: text.into(), notes: Vec::new(), width: 1 }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.trim().is_empty() && self.notes.is_empty()
    }

    /// The words on one line.
    pub(super) fn line(&self) -> String {
        one_line(&self.text)
    }
}

/// Words on one line, without what cannot be seen.
pub(crate) fn one_line(text: &str) -> String {
    let clean: String = text.chars().map(|letter| if is_hidden(letter) { ' ' } else { letter }).collect();
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Control characters, soft hyphens, and marks that turn or hide text.
fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

impl Grid {
    /// How many columns the widest row has.
    pub fn columns(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// The words of its first row, to tell it from others.
    pub fn first_words(&self) -> String {
        let words = self.rows.first().into_iter().flatten().map(GridCell::line);
        let words: Vec<String> = words.filter(|words| !words.is_empty()).collect();
        words.join(", ")
    }

    /// Whether it can be a table of rules: a heading and a row, two columns.
    pub fn is_table(&self) -> bool {
        self.rows.len() > 1 && self.columns() > 1
    }
}
