//! The text as the scanner reads it: prose blanked, a byte order mark blanked, in normal form C; and the way back.

use super::literate::{blank_into, blank_prose, is_literate};
use crate::ground::{FileId, SourceFile, Span};
use std::borrow::Cow;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};
use unicode_normalization::{UnicodeNormalization, is_nfc};

pub(super) const BYTE_ORDER_MARK: char = '\u{feff}';

/// A text to be read, and where each of its bytes stands in the original file.
pub(super) struct Prepared<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) places: Places,
}

/// The way from an offset in the prepared text to the original file.
pub(super) struct Places {
    file: FileId,
    /// prepared offset and original offset, ascending: between two entries both run alike
    shifts: Vec<(usize, usize)>,
}

impl Places {
    /// Whether every offset is that of the original file.
    pub(super) fn are_original(&self) -> bool {
        self.shifts.is_empty()
    }

    /// The original place of `start..end` in the prepared text.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, self.original(start), self.original(end))
    }

    /// Where an offset of the prepared text lies in the original file.
    pub(super) fn original(&self, at: usize) -> usize {
        let next = self.shifts.partition_point(|(prepared, _)| *prepared <= at);
        match next.checked_sub(1).and_then(|index| self.shifts.get(index)) {
            Some((prepared, original)) => original + (at - prepared),
            None => at,
        }
    }
}

/// Makes a file ready to be read.
pub(super) fn prepare(file: FileId, source: &SourceFile) -> Prepared<'_> {
    let mut text = Cow::Borrowed(source.text.as_str());
    if is_literate(&source.name) {
        text = Cow::Owned(blank_prose(&text));
    }
    if let Some(rest) = text.strip_prefix(BYTE_ORDER_MARK) {
        let mut blanked = String::with_capacity(text.len());
        blank_into(&mut blanked, &text[..BYTE_ORDER_MARK.len_utf8()]);
        blanked.push_str(rest);
        text = Cow::Owned(blanked);
    }
    let mut shifts = Vec::new();
    if !is_nfc(&text) {
        let (normal, moved) = normalize(&text);
        text = Cow::Owned(normal);
        shifts = moved;
    }
    Prepared { text, places: Places { file, shifts } }
}

/// Normal form C, one letter with its marks at a time.
fn normalize(text: &str) -> (String, Vec<(usize, usize)>) {
    let mut normal = String::with_capacity(text.len());
    let mut shifts = Vec::new();
    let mut start = 0;
    let mut letters = text.char_indices().peekable();
    while letters.next().is_some() {
        while letters.next_if(|(_, next)| is_mark(*next)).is_some() {}
        let end = letters.peek().map_or(text.len(), |(at, _)| *at);
        let letter = &text[start..end];
        let before = normal.len();
        if letter.is_ascii() {
            normal.push_str(letter);
        } else {
            normal.extend(letter.nfc());
        }
        if normal.len() - before != letter.len() {
            shifts.push((normal.len(), end));
        }
        start = end;
    }
    (normal, shifts)
}

fn is_mark(letter: char) -> bool {
    !letter.is_ascii() && (canonical_combining_class(letter) != 0 || is_combining_mark(letter))
}

#[cfg(test)]
mod tests {
    use super::prepare;
    use crate::ground::{FileId, SourceFile};

    #[test]
    fn offsets_of_decomposed_letters_lead_back() {
        let source = SourceFile::new("a.hjemmel", "ma\u{30a}l na\u{30a}r");
        let prepared = prepare(FileId(0), &source);
        assert_eq!(prepared.text, "mål når");
        let at = prepared.text.find("når").unwrap_or_default();
        let span = prepared.places.span(at, at + "når".len());
        assert_eq!(&source.text[span.range()], "na\u{30a}r");
    }

    #[test]
    fn a_byte_order_mark_is_blank() {
        let source = SourceFile::new("a.hjemmel", "\u{feff}art a");
        assert_eq!(prepare(FileId(0), &source).text, "   art a");
    }
}
