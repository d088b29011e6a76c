//! Whether the language can read a cell: the same parser that will read the file is asked.

use crate::ground::{FileId, SourceFile};
use crate::syntax;

/// Whether a cell below this heading can be read back.
pub(super) fn fits(heading: &str, cell: &str) -> bool {
    if cell.contains(['|', '\n', '#']) {
        return false;
    }
    let of_support = heading == "støtte";
    let (columns, line, row) = if of_support {
        ("| støtte |".to_owned(), "|---|".to_owned(), format!("| {cell} |"))
    } else {
        (format!("| støtte | {heading} |"), "|---|---|".to_owned(), format!("| a | {cell} |"))
    };
    reads(&format!("tabel t {{\n{columns}\n{line}\n{row}\n}}\n"))
}

/// Whether a text is read without a problem.
pub(super) fn reads(text: &str) -> bool {
    syntax::parse(FileId(0), &SourceFile::new("t.hjemmel", text)).1.is_empty()
}

/// Whether a word can stand as a name.
pub(super) fn is_name(word: &str) -> bool {
    fits("støtte", word) && !word.contains(',')
}
