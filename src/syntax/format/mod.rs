//! Text to text in the language's one style. Items are read as for the tree and written anew from their words; prose
//! and comments are never touched. What is written is read again: it must give the same tree and the same comments.

mod item;
mod page;
mod rows;
mod spelling;
mod tokens;

use super::apart::in_shares;
use super::ast::Item;
use super::literate::{fenced, is_literate};
use super::moved::{Places, Way};
use super::parse::{Frame, Rule, frame, pairs_of, rule_of, uncut};
use super::prepare::{BYTE_ORDER_MARK, Prepared, prepare};
use super::scanner::{Scan, Slice, scan};
use super::slips::problem;
use super::{FEWEST_APART, items};
use crate::ground::{Diagnostic, FileId, SourceFile, Span, text};
use rows::Written;
use std::ops::Range;

/// The text of a file as the language writes it.
///
/// # Errors
/// What could not be read: such a text is not formatted.
pub(crate) fn format(id: FileId, file: &SourceFile) -> Result<String, Vec<Diagnostic>> {
    let prepared = prepare(id, file);
    let scan = scan(&prepared.text);
    let mut problems = Vec::new();
    let tree = items(&scan, &prepared.places, &|_| false, &mut problems);
    if !problems.is_empty() {
        return Err(problems);
    }
    let comments = comments(file, &prepared, &scan);
    let formatted = rewritten(file, &prepared, &scan, &comments);
    let again = SourceFile::new(file.name.as_str(), formatted);
    if says_the_same(id, &again, tree, &comments) { Ok(again.text) } else { Err(vec![bug(id, file)]) }
}

/// Whether a file has this tree, wherever its words stand, and these comments in their order.
fn says_the_same(id: FileId, file: &SourceFile, mut tree: Vec<Item>, comments: &[Comment<'_>]) -> bool {
    let prepared = prepare(id, file);
    let scan = scan(&prepared.text);
    let mut problems = Vec::new();
    let mut again = items(&scan, &prepared.places, &|_| false, &mut problems);
    tree.go(Way::Nowhere);
    again.go(Way::Nowhere);
    let own = self::comments(file, &prepared, &scan);
    let words = |comments: &[Comment<'_>]| comments.iter().map(|comment| comment.text.to_owned()).collect();
    let (own, comments): (Vec<String>, Vec<String>) = (words(&own), words(comments));
    problems.is_empty() && tree == again && own == comments
}

/// A comment of the original text; where it stood in the prepared text.
struct Comment<'a> {
    text: &'a str,
    start: usize,
    end: usize,
}

fn comments<'a>(file: &'a SourceFile, prepared: &Prepared<'_>, scan: &Scan) -> Vec<Comment<'a>> {
    let made = scan.blanks.iter().map(|blank| {
        let original = prepared.places.original(blank.start)..prepared.places.original(blank.end);
        let text = file.text.get(original).unwrap_or_default().trim_end();
        Comment { text, start: blank.start, end: blank.end }
    });
    made.collect()
}

/// The text with each block of code written anew.
fn rewritten(file: &SourceFile, prepared: &Prepared<'_>, scan: &Scan, comments: &[Comment<'_>]) -> String {
    let original = file.text.as_str();
    let mut blocks = Vec::new();
    if is_literate(&file.name) {
        blocks = fenced(original);
    } else {
        let mark = original.len() - original.trim_start_matches(BYTE_ORDER_MARK).len();
        blocks.push(mark..original.len());
    }
    let mut formatted = String::with_capacity(original.len() + original.len() / 8);
    let (mut done, mut items, mut notes) = (0, scan.items.as_slice(), comments);
    // how far the last item reaches
    let mut reached = 0;
    for block in blocks {
        let place = |at: usize| prepared.places.original(at);
        let here = items.partition_point(|item| place(item.range.start) < block.end);
        let noted = notes.partition_point(|note| place(note.start) < block.end);
        let (own, own_notes) = (&items[..here], &notes[..noted]);
        (items, notes) = (&items[here..], &notes[noted..]);
        // an item that is interrupted by prose stays as it is, and so does what stands around it
        let is_interrupted = reached > block.start;
        reached = own.last().map_or(reached, |last| place(last.range.end));
        if is_interrupted || reached > block.end {
            continue;
        }
        formatted.push_str(&original[done..block.start]);
        let style = Style::of(original, &block);
        formatted.push_str(&style.block(&scan.text, own, own_notes));
        done = block.end;
    }
    formatted.push_str(&original[done..]);
    formatted
}

/// How the lines of a block begin and end.
struct Style<'a> {
    base: usize,
    line_end: &'a str,
}

/// An item or a comment of a block, ready to be put on the page.
struct Entry<'a> {
    place: Range<usize>,
    text: String,
    /// the word of an item
    word: Option<&'a str>,
}

impl Style<'static> {
    fn of(original: &str, block: &Range<usize>) -> Self {
        let fence =
            original[..block.start].lines().next_back().filter(|_| block.start > 3).unwrap_or_default();
        let base = fence.len() - fence.trim_start_matches(' ').len();
        let first = original[block.clone()].split_inclusive('\n').next().unwrap_or_default();
        let before = &original[..block.start];
        let is_crlf = first.ends_with("\r\n") || !first.ends_with('\n') && before.ends_with("\r\n");
        Style { base, line_end: if is_crlf { "\r\n" } else { "\n" } }
    }

    fn block(&self, text: &str, items: &[Slice], comments: &[Comment<'_>]) -> String {
        let entries = self.entries(text, items, comments);
        let mut page = String::new();
        let blank = blank_lines(text, &entries);
        for (entry, blank) in entries.iter().zip(blank) {
            if blank {
                page.push_str(self.line_end);
            }
            page.push_str(&entry.text);
        }
        page
    }

    fn entries<'a, 't>(&self, text: &'t str, items: &'a [Slice], comments: &[Comment<'_>]) -> Vec<Entry<'a>> {
        // for each item the comments before it, and those inside it and behind it on its last line
        let mut around = Vec::with_capacity(items.len());
        let mut next = 0;
        for item in items {
            let line = text[item.range.end..].find('\n').map_or(text.len(), |length| item.range.end + length);
            let own = next + comments[next..].partition_point(|comment| comment.start < item.range.start);
            let until = own + comments[own..].partition_point(|comment| comment.start < line);
            around.push((next..own, own..until));
            next = until;
        }
        type Around = (Range<usize>, Range<usize>);
        let write = |item: &'a Slice, (before, own): &Around, cells: &mut Written<'t>| {
            let own = &comments[own.clone()];
            let written = item::write(&words(text, item, cells), own, text, self.base, self.line_end);
            let end = own.last().map_or(item.range.end, |comment| comment.end.max(item.range.end));
            let entry = Entry { place: item.range.start..end, text: written, word: Some(&item.word) };
            let before = comments[before.clone()].iter().map(|comment| self.comment(comment));
            before.chain([entry]).collect::<Vec<_>>()
        };
        let write_some = |some: &[(&'a Slice, Around)]| {
            let mut cells = Written::default();
            some.iter().map(|&(item, ref around)| write(item, around, &mut cells)).collect::<Vec<_>>()
        };
        let items: Vec<(&'a Slice, Around)> = items.iter().zip(around).collect();
        let written = in_shares(&items, FEWEST_APART, write_some);
        let rest = comments[next..].iter().map(|comment| self.comment(comment));
        written.into_iter().flatten().flatten().chain(rest).collect()
    }

    fn comment<'a>(&self, comment: &Comment<'_>) -> Entry<'a> {
        let text = format!("{}{}{}", " ".repeat(self.base), comment.text, self.line_end);
        Entry { place: comment.start..comment.end, text, word: None }
    }
}

/// The words of an item and the rows of a table, in their order.
fn words<'t>(text: &'t str, item: &Slice, cells: &mut Written<'t>) -> Vec<tokens::Token> {
    let Frame { text: source, cuts } = frame(text, item);
    let Some(pairs) = pairs_of(rule_of(&item.word), &source) else { return Vec::new() };
    let mut words = tokens::of(pairs, &source);
    for word in &mut words {
        word.start = item.range.start + uncut(&cuts, word.start);
        word.end = item.range.start + uncut(&cuts, word.end);
    }
    if !item.rows.is_empty() {
        words.extend(rows::of(text, &item.rows, item.word == "matrix", cells));
        words.sort_by_key(|word| word.start);
    }
    words
}

/// Whether a blank line stands before each entry: one between items of different kinds and around an item of several
/// lines, before its comments where they have none; elsewhere as the author has it.
fn blank_lines(text: &str, entries: &[Entry<'_>]) -> Vec<bool> {
    let mut blank = vec![false; entries.len()];
    let mut last: Option<usize> = None;
    for (index, entry) in entries.iter().enumerate() {
        if let Some(before) = index.checked_sub(1) {
            let between = text.get(entries[before].place.end..entry.place.start).unwrap_or_default();
            blank[index] = between.bytes().filter(|byte| *byte == b'\n').count() > 1;
        }
        if entry.word.is_none() {
            continue;
        }
        if let Some(last) = last
            && !blank[last + 1..=index].contains(&true)
        {
            let other = &entries[last];
            blank[last + 1] = family(other) != family(entry) || is_long(other) || is_long(entry);
        }
        last = Some(index);
    }
    blank
}

/// The headers of a file are of one kind.
fn family<'a>(entry: &Entry<'a>) -> Option<&'a str> {
    entry.word.map(|word| if rule_of(word) == Rule::module_item { "lov" } else { word })
}

fn is_long(entry: &Entry<'_>) -> bool {
    entry.text.trim_end().contains('\n')
}

fn bug(id: FileId, file: &SourceFile) -> Diagnostic {
    problem(
        Span::new(id, 0, file.text.chars().next().map_or(0, char::len_utf8)),
        text!(
            en: "hjemmel would change what this file says by formatting it, and that is a bug in hjemmel",
            da: "hjemmel ville ændre, hvad filen siger, ved at formatere den, og det er en fejl i hjemmel"
        ),
        text!(en: "left as it is", da: "ladt uændret"),
        None,
    )
}
