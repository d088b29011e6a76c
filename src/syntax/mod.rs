//! Text to tree and text to formatted text, and the only room that knows pest.
//!
//! In: the source texts. Out: an [`ast::File`] for each, and findings for what could not be read; or the same text as
//! the language's own style writes it. A scanner cuts a file into items, pest reads one item at a time, so that a
//! misspelt rule costs one finding while everything else is still checked. Never true here: a name looked up, a value compared with its type.

mod apart;
pub(crate) mod ast;
mod format;
mod hints;
mod item_words;
mod kept;
mod literate;
mod moved;
mod parse;
mod parse_citations;
mod parse_conditions;
mod parse_headers;
mod parse_matrix;
mod parse_promises;
mod parse_rules;
mod parse_tables;
mod parse_values;
mod parse_vocabulary;
mod prepare;
mod print;
mod scanner;
mod slips;
mod words;

pub(crate) use format::format;
pub(crate) use kept::Kept;
pub(crate) use print::print;

use crate::ground::{Diagnostic, FileId, SourceFile, Sources};
use parse_tables::Seen;
use prepare::Places;
use scanner::{Scan, Slice};
use std::cell::Cell;

/// Reads one file: its items, and a `syntax-error` for each thing that could not be read.
pub(crate) fn parse(id: FileId, file: &SourceFile) -> (ast::File, Vec<Diagnostic>) {
    parse_beside(id, file, &|_| false)
}

/// Reads one file of several: a slip may be explained by a word that stands in another one.
pub(crate) fn parse_among(id: FileId, file: &SourceFile, all: &Sources) -> (ast::File, Vec<Diagnostic>) {
    parse_beside(id, file, &is_written_in(all))
}

/// Whether a word stands in some text, for the slips of one file.
fn is_written_in(all: &Sources) -> impl Fn(&str) -> bool + '_ {
    // a text made to hurt has endless slips: looking for words in all texts must end
    let left = Cell::new(MOST_LOOKUPS);
    move |word| {
        let lookups = left.replace(left.get().saturating_sub(1));
        lookups > 0 && all.iter().any(|(_, file)| has_word(&file.text, word))
    }
}

const MOST_LOOKUPS: u32 = 200;

fn parse_beside(
    id: FileId,
    file: &SourceFile,
    is_written: &dyn Fn(&str) -> bool,
) -> (ast::File, Vec<Diagnostic>) {
    let prepared = prepare::prepare(id, file);
    let scan = scanner::scan(&prepared.text);
    let mut problems = Vec::new();
    let items = items(&scan, &prepared.places, is_written, &mut problems);
    (ast::File { items, is_whole: problems.is_empty() }, problems)
}

/// Reads the items of a text side by side. One with something wrong in it is read again in its turn: what is told of it
/// rests on the words of other texts, and how many are looked for on what was told before.
fn items(
    scan: &Scan,
    places: &Places,
    is_written: &dyn Fn(&str) -> bool,
    problems: &mut Vec<Diagnostic>,
) -> Vec<ast::Item> {
    let read_apart = |slices: &[Slice]| {
        let mut seen = Seen::new();
        let read = slices.iter().map(|slice| parse::item(&scan.text, slice, places, &|_| false, &mut seen));
        read.collect::<Vec<_>>()
    };
    let read = apart::in_shares(&scan.items, FEWEST_APART, read_apart);
    let in_turn = |((item, found), slice): ((ast::Item, Vec<Diagnostic>), &Slice)| {
        if found.is_empty() {
            return item;
        }
        let (item, found) = parse::item(&scan.text, slice, places, is_written, &mut Seen::new());
        problems.extend(found);
        item
    };
    let mut items = Vec::with_capacity(scan.items.len());
    items.extend(read.into_iter().flatten().zip(&scan.items).map(in_turn));
    items
}

/// How many items are worth being read by another thread.
const FEWEST_APART: usize = 8;

/// Whether a word stands in a text as a word of its own.
fn has_word(text: &str, word: &str) -> bool {
    let is_inner = |letter: char| letter.is_alphanumeric() || letter == '-';
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let behind = text[at + word.len()..].chars().next();
        !before.is_some_and(is_inner) && !behind.is_some_and(is_inner)
    })
}

#[cfg(test)]
mod tests;
