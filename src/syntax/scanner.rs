//! Cuts a text into items without reading them: it knows line starts, texts in quotes, comments, braces and table
//! rows. An item begins at an item word at the start of a line, outside braces or in the first column; so one missing
//! brace costs one item.

use super::item_words;
use super::literate::blank_into;
use super::slips::Slip;
use std::ops::Range;

/// What a text was cut into.
pub(super) struct Scan {
    /// the text with comments and stray braces blanked
    pub(super) text: String,
    pub(super) items: Vec<Slice>,
    /// what was blanked, in its order
    pub(super) blanks: Vec<Range<usize>>,
}

/// One item, not read yet.
pub(super) struct Slice {
    pub(super) range: Range<usize>,
    /// the word it begins with
    pub(super) word: String,
    /// whether the language has that word
    pub(super) is_known: bool,
    /// its table rows, from the first pipe to the last
    pub(super) rows: Vec<Range<usize>>,
    /// how many closing braces are missing at its end
    pub(super) missing_braces: usize,
    /// the first thing wrong with its quotes, braces or characters
    pub(super) slip: Option<Slip>,
}

/// Cuts a text.
pub(super) fn scan(text: &str) -> Scan {
    let mut scanner = Scanner { text, blanks: Vec::new(), items: Vec::new(), open: Vec::new(), closed: true };
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        scanner.line(start, line.trim_end_matches(['\n', '\r']));
        start += line.len();
    }
    scanner.finish_item(text.len());
    Scan { text: scanner.cleaned(), items: scanner.items, blanks: scanner.blanks }
}

struct Scanner<'a> {
    text: &'a str,
    blanks: Vec<Range<usize>>,
    items: Vec<Slice>,
    /// the open braces of the last item
    open: Vec<usize>,
    /// whether the last item seems to be over: its last brace was closed and nothing followed
    closed: bool,
}

impl Scanner<'_> {
    fn line(&mut self, start: usize, line: &str) {
        let rest = line.trim_start();
        let at = start + line.len() - rest.len();
        if rest.is_empty() {
            return;
        }
        if rest.starts_with('#') {
            self.blanks.push(at..at + rest.len());
            return;
        }
        if rest.starts_with('|') && !self.open.is_empty() {
            let row = row_length(rest);
            if let Some(item) = self.items.last_mut() {
                item.rows.push(at..at + row);
            }
            self.closed = false;
            return self.lex(at + row, &rest[row..]);
        }
        if let Some(is_known) = self.begins_item(rest, at == start) {
            self.finish_item(at);
            self.items.push(Slice {
                range: at..self.text.len(),
                word: first_word(rest).to_owned(),
                is_known,
                rows: Vec::new(),
                missing_braces: 0,
                slip: None,
            });
        }
        self.lex(at, rest);
    }

    /// Whether an item begins with `rest`, the words of a line; and if so, whether its word is known.
    fn begins_item(&self, rest: &str, in_first_column: bool) -> Option<bool> {
        let word = first_word(rest);
        let behind = rest[word.len()..].trim_start();
        let outside = self.open.is_empty();
        if let Some(known) = item_words::find(word) {
            let continues = if known.named {
                begins_with_letter(behind) && !is_compared(behind)
            } else {
                behind.starts_with('"')
            };
            if (outside && !is_compared(behind) && !behind.starts_with([',', ')', '}', ':']))
                || (in_first_column && continues)
            {
                return Some(true);
            }
        }
        if !outside {
            return None;
        }
        let is_item = !word.is_empty() && (self.closed || in_first_column && looks_like_item(word, behind));
        (self.items.is_empty() || is_item).then_some(false)
    }

    /// Closes the last item before `end`.
    fn finish_item(&mut self, end: usize) {
        let open = std::mem::take(&mut self.open);
        self.closed = true;
        let Some(item) = self.items.last_mut() else { return };
        let whole = self.text.get(item.range.start..end).unwrap_or_default();
        let comments = self.blanks.iter().rev().take_while(|blank| blank.start >= item.range.start);
        let mut length = whole.trim_end().len();
        for comment in comments {
            if comment.end >= item.range.start + length {
                length = self.text[item.range.start..comment.start].trim_end().len();
            }
        }
        item.range.end = item.range.start + length;
        item.missing_braces = open.len();
        if let Some(brace) = open.last() {
            item.slip.get_or_insert(Slip::MissingBrace { opened: *brace, missing: open.len() });
        }
    }

    /// Reads braces, quotes and comments.
    fn lex(&mut self, start: usize, line: &str) {
        let mut at = 0;
        let mut in_broken_quote = false;
        while let Some(letter) = line[at..].chars().next() {
            let here = start + at;
            let next = at + letter.len_utf8();
            let is_brace = matches!(letter, '{' | '}');
            if !letter.is_whitespace() && letter != '#' && !is_brace {
                self.closed = false;
            }
            at = next;
            match letter {
                '"' if !in_broken_quote => match line[next..].find('"') {
                    Some(length) => at = next + length + 1,
                    None => {
                        in_broken_quote = true;
                        self.slip(Slip::UnclosedQuote { from: here, to: start + line.trim_end().len() });
                    }
                },
                '#' if !in_broken_quote => {
                    self.blanks.push(here..start + line.len());
                    return;
                }
                '{' => {
                    self.open.push(here);
                    self.closed = false;
                }
                '}' => {
                    if self.open.pop().is_none() {
                        self.blanks.push(here..here + 1);
                        self.slip(self.stray_brace(here));
                    }
                    self.closed = self.open.is_empty();
                }
                _ => {}
            }
        }
    }

    /// A brace that closes nothing: where the item should have opened one, that is the slip.
    fn stray_brace(&self, at: usize) -> Slip {
        let Some(item) = self.items.last() else { return Slip::StrayBrace { at } };
        let written = &self.text[item.range.start..at];
        let has_braces = item_words::find(&item.word).is_some_and(|known| known.braces);
        if !has_braces || written.contains('{') {
            return Slip::StrayBrace { at };
        }
        Slip::MissingOpening { behind: item.range.start + heading_length(written), closed: at }
    }

    fn slip(&mut self, slip: Slip) {
        if let Some(item) = self.items.last_mut() {
            item.slip.get_or_insert(slip);
        }
    }

    fn cleaned(&mut self) -> String {
        let mut cleaned = String::with_capacity(self.text.len());
        let mut done = 0;
        for blank in &self.blanks {
            cleaned.push_str(&self.text[done..blank.start]);
            blank_into(&mut cleaned, &self.text[blank.clone()]);
            done = blank.end;
        }
        cleaned.push_str(&self.text[done..]);
        cleaned
    }
}

/// How much of a line is its row: to the last pipe, or to the end where no pipe closes it. A cell that begins with
/// `#` is a comment.
fn row_length(line: &str) -> usize {
    let comment = line
        .match_indices('|')
        .map(|(pipe, _)| pipe + 1)
        .find(|cell| line[*cell..].trim_start().starts_with('#'));
    if let Some(end) = comment {
        return end;
    }
    let last = line.rfind('|').map_or(line.len(), |pipe| pipe + 1);
    let behind = line[last..].trim_start();
    if last > 1 && (behind.is_empty() || behind.starts_with('}')) { last } else { line.trim_end().len() }
}

/// How long the item word, the name and the title of an item are together.
fn heading_length(item: &str) -> usize {
    let word = first_word(item).len();
    let behind = item[word..].trim_start();
    let name = item.len() - behind.len() + first_word(behind).len();
    let behind = item[name..].trim_start();
    match behind.strip_prefix('"').and_then(|title| title.find('"')) {
        Some(length) => item.len() - behind.len() + length + 2,
        None => name,
    }
}

/// The letters, digits and hyphens a line begins with.
pub(super) fn first_word(text: &str) -> &str {
    let end = text.find(|letter: char| !(letter.is_alphanumeric() || letter == '-')).unwrap_or(text.len());
    &text[..end]
}

/// Whether a line that begins with an unknown word was meant as an item: the word is close to an item word, or it
/// stands before a name as an item word does.
fn looks_like_item(word: &str, behind: &str) -> bool {
    if behind.starts_with('"') {
        return item_words::suggest(word).is_some();
    }
    let named = first_word(behind);
    let opens = behind[named.len()..].trim_start().starts_with(['"', '{', ':', '=']);
    begins_with_letter(named) && (opens || item_words::suggest(word).is_some())
}

fn begins_with_letter(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_alphabetic)
}

/// Whether the word before `behind` is a name in a condition. `regel højst {` is not: there the word is meant as a name.
fn is_compared(behind: &str) -> bool {
    let word = first_word(behind);
    let is_name = behind[word.len()..].trim_start().starts_with(['"', '{']);
    !is_name && ["er", "under", "over", "mindst", "højst", "fra", "og", "eller"].contains(&word)
}
