//! Text to text in the language's one style. Items are read as for the tree and written anew from their words; prose
//! and comments are never touched. What is written is read again: it must give the same tree and the same comments.

mod item;
mod page;
mod rows;
mod spelling;
mod tokens;

use super::literate::{fenced, is_literate};
use super::parse::{Rule, pairs_of, rule_of, without_rows};
use super::prepare::{BYTE_ORDER_MARK, Prepared, prepare};
use super::scanner::{Scan, Slice, scan};
use super::slips::problem;
use super::{parse, print};
use crate::ground::{Diagnostic, FileId, SourceFile, Span, text};
use std::ops::Range;

/// The text of a file as the language writes it.
///
/// # Errors
/// What could not be read: such a text is not formatted.
pub(crate) fn format(id: FileId, file: &SourceFile) -> Result<String, Vec<Diagnostic>> {
    let (tree, problems) = parse(id, file);
    if !problems.is_empty() {
        return Err(problems);
    }
    let formatted = rewritten(id, file);
    let again = SourceFile::new(file.name.as_str(), formatted);
    let (new_tree, new_problems) = parse(id, &again);
    let is_same = new_problems.is_empty() && print(&tree) == print(&new_tree);
    if is_same && comments_of(id, file) == comments_of(id, &again) {
        Ok(again.text)
    } else {
        Err(vec![bug(id, file)])
    }
}

/// The comments of a file, in their order.
fn comments_of(id: FileId, file: &SourceFile) -> Vec<String> {
    let prepared = prepare(id, file);
    let scan = scan(&prepared.text);
    comments(file, &prepared, &scan).into_iter().map(|comment| comment.text.to_owned()).collect()
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
fn rewritten(id: FileId, file: &SourceFile) -> String {
    let prepared = prepare(id, file);
    let scan = scan(&prepared.text);
    let comments = comments(file, &prepared, &scan);
    let original = file.text.as_str();
    let mut blocks = Vec::new();
    if is_literate(&file.name) {
        blocks = fenced(original);
    } else {
        let mark = original.len() - original.trim_start_matches(BYTE_ORDER_MARK).len();
        blocks.push(mark..original.len());
    }
    let mut formatted = String::with_capacity(original.len() + original.len() / 8);
    let (mut done, mut items, mut notes) = (0, scan.items.as_slice(), comments.as_slice());
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

    fn entries<'a>(&self, text: &str, items: &'a [Slice], comments: &[Comment<'_>]) -> Vec<Entry<'a>> {
        let mut entries = Vec::with_capacity(items.len() + comments.len());
        let mut next = 0;
        for item in items {
            while let Some(comment) = comments.get(next).filter(|comment| comment.start < item.range.start) {
                entries.push(self.comment(comment));
                next += 1;
            }
            // with the comment behind it on its last line
            let line = text[item.range.end..].find('\n').map_or(text.len(), |length| item.range.end + length);
            let until = comments.partition_point(|comment| comment.start < line).max(next);
            let own = &comments[next..until];
            let written = item::write(&words(text, item), own, text, self.base, self.line_end);
            let end = own.last().map_or(item.range.end, |comment| comment.end.max(item.range.end));
            entries.push(Entry { place: item.range.start..end, text: written, word: Some(&item.word) });
            next = until;
        }
        entries.extend(comments[next..].iter().map(|comment| self.comment(comment)));
        entries
    }

    fn comment<'a>(&self, comment: &Comment<'_>) -> Entry<'a> {
        let text = format!("{}{}{}", " ".repeat(self.base), comment.text, self.line_end);
        Entry { place: comment.start..comment.end, text, word: None }
    }
}

/// The words of an item and the rows of a table, in their order.
fn words(text: &str, item: &Slice) -> Vec<tokens::Token> {
    let source = without_rows(text, item);
    let Some(pairs) = pairs_of(rule_of(&item.word), &source) else { return Vec::new() };
    let mut words = tokens::of(pairs, &source, item.range.start);
    if !item.rows.is_empty() {
        words.extend(rows::of(text, &item.rows, item.word == "matrix"));
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
