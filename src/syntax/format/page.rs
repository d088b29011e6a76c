//! Lines being written: words are gathered, broken where the line is full, and followed by their comment.

use super::tokens::Token;

/// The columns of a page.
pub(super) const WIDTH: usize = 120;

/// The blanks of one level.
pub(super) const INDENT: usize = 4;

/// The lines of one item.
pub(super) struct Page<'a> {
    pub(super) text: String,
    line_end: &'a str,
    words: Vec<Word<'a>>,
    /// columns before the first word of the line
    indent: usize,
    /// columns before the lines it is continued on
    hang: usize,
}

struct Word<'a> {
    blanks: usize,
    text: &'a str,
    width: usize,
    rank: Option<u8>,
}

impl<'a> Page<'a> {
    pub(super) fn new(line_end: &'a str) -> Self {
        Page { text: String::new(), line_end, words: Vec::new(), indent: 0, hang: 0 }
    }

    /// Ends the line and begins a new one; `hang` is where it would be continued.
    pub(super) fn begin(&mut self, indent: usize, hang: usize) {
        self.end(None);
        (self.indent, self.hang) = (indent, hang);
    }

    /// Adds a word; a line may break before it where it has a rank, the lowest first.
    pub(super) fn word(&mut self, blanks: usize, token: &'a Token, rank: Option<u8>) {
        self.words.push(Word { blanks, text: &token.text, width: token.width, rank });
    }

    /// A comment on a line of its own.
    pub(super) fn comment(&mut self, indent: usize, comment: &str) {
        self.end(None);
        self.blanks(indent);
        self.text.push_str(comment);
        self.text.push_str(self.line_end);
    }

    pub(super) fn blank_line(&mut self) {
        self.end(None);
        self.text.push_str(self.line_end);
    }

    /// Whether words wait for their line to end.
    pub(super) fn is_writing(&self) -> bool {
        !self.words.is_empty()
    }

    /// Writes the waiting words, and what follows them on the last line. Words after it continue the line.
    pub(super) fn end(&mut self, comment: Option<&str>) {
        let words = std::mem::take(&mut self.words);
        let mut from = 0;
        while from < words.len() {
            let next = self.next_line(&words, from);
            self.blanks(self.indent);
            for (index, word) in words[from..next].iter().enumerate() {
                self.blanks(if index == 0 { 0 } else { word.blanks });
                self.text.push_str(word.text);
            }
            from = next;
            if let Some(comment) = comment.filter(|_| from == words.len()) {
                self.text.push_str("  ");
                self.text.push_str(comment);
            }
            self.text.push_str(self.line_end);
            self.indent = self.hang;
        }
    }

    /// The word the next line begins with.
    fn next_line(&self, words: &[Word<'a>], from: usize) -> usize {
        let mut column = self.indent;
        let mut best: Option<(u8, usize)> = None;
        for (index, word) in words.iter().enumerate().skip(from) {
            if index > from {
                column += word.blanks;
                if let Some(rank) = word.rank
                    && (column <= WIDTH || best.is_none())
                    && best.is_none_or(|(lowest, _)| rank <= lowest)
                {
                    best = Some((rank, index));
                }
            }
            column += word.width;
            if column > WIDTH
                && let Some((_, index)) = best
            {
                return index;
            }
        }
        words.len()
    }

    fn blanks(&mut self, count: usize) {
        self.text.extend(std::iter::repeat_n(' ', count));
    }
}
