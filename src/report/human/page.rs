//! Lines on a page of fixed width: wrapping, hanging indents, ink.

use crate::ground::Severity;
use crate::report::Look;
use crate::report::facts::TIED;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What a word is, for a page that has colour.
#[derive(Clone, Copy, Debug)]
pub(in crate::report) enum Ink {
    Error,
    Warning,
    Note,
    Key,
    /// a line that a fix takes away
    Goes,
    /// a line that a fix writes
    Comes,
}

impl Ink {
    pub(in crate::report) fn of(severity: Severity) -> Self {
        match severity {
            Severity::Error => Ink::Error,
            Severity::Warning => Ink::Warning,
            Severity::Note => Ink::Note,
        }
    }

    fn code(self) -> &'static str {
        match self {
            Ink::Error => "1;31",
            Ink::Warning => "1;33",
            Ink::Note => "1;36",
            Ink::Key => "1",
            Ink::Goes => "31",
            Ink::Comes => "32",
        }
    }
}

/// The output as it grows.
#[derive(Debug)]
pub(in crate::report) struct Page {
    pub(super) look: Look,
    text: String,
}

impl Page {
    pub(in crate::report) fn new(look: Look) -> Self {
        Page { look, text: String::new() }
    }

    /// A line that is known to fit.
    pub(in crate::report) fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// Lines that were drawn on a page of their own.
    pub(in crate::report) fn lines(&mut self, lines: &str) {
        self.text.push_str(lines);
    }

    /// How the page looks.
    pub(in crate::report) fn look(&self) -> Look {
        self.look
    }

    /// A word in ink and what follows right behind it, which is known to fit.
    pub(in crate::report) fn inked_line(&mut self, word: &str, ink: Ink, text: &str) {
        let word = self.inked(word, ink);
        self.line(format!("{word}{text}").trim_end());
    }

    /// Text over as many lines as it needs.
    pub(in crate::report) fn paragraph(&mut self, text: &str) {
        for line in wrap(text, self.look.width) {
            self.line(&line);
        }
    }

    /// A word in ink and what follows it.
    pub(in crate::report) fn heading(&mut self, word: &str, ink: Ink, text: &str) {
        let lines = wrap_after(text, self.look.width, word.width() + 1, 2);
        let word = self.inked(word, ink);
        for (number, line) in lines.iter().enumerate() {
            match number {
                0 => self.line(format!("{word} {line}").trim_end()),
                _ => self.line(&format!("  {line}")),
            }
        }
    }

    /// A key in ink and the text behind it, wrapped under the text's own beginning, or a little deeper.
    pub(in crate::report) fn entry(&mut self, indent: &str, key: &str, ink: Ink, text: &str, deeper: usize) {
        let hang = indent.width() + key.width();
        let lines = wrap_after(text, self.look.width, hang, hang + deeper);
        let key = if key.trim().is_empty() { key.to_owned() } else { self.inked(key, ink) };
        for (number, line) in lines.iter().enumerate() {
            match number {
                0 => self.line(&format!("{indent}{key}{line}")),
                _ => self.line(&format!("{:width$}{line}", "", width = hang + deeper)),
            }
        }
    }

    /// A line of a fix, which is known to fit.
    pub(in crate::report) fn change(&mut self, key: &str, place: &str, ink: Ink, text: &str) {
        let key = if key.trim().is_empty() { key.to_owned() } else { self.inked(key, Ink::Key) };
        let text = self.inked(text.trim_end(), ink);
        self.line(&format!("  {key}{place} {text}"));
    }

    fn inked(&self, word: &str, ink: Ink) -> String {
        if self.look.color { format!("\u{1b}[{}m{word}\u{1b}[0m", ink.code()) } else { word.to_owned() }
    }

    pub(in crate::report) fn into_string(self) -> String {
        self.text
    }
}

/// Pieces longer than this are not held together.
const LONGEST_PIECE: usize = 30;

/// Breaks a text between words so that every line fits.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    wrap_after(text, width, 0, 0)
}

/// The same, where `first` columns of the first line and `hang` columns of the others are taken. At least one line
/// comes out.
fn wrap_after(text: &str, width: usize, first: usize, hang: usize) -> Vec<String> {
    let rest = width.saturating_sub(hang).max(8);
    let mut room = width.saturating_sub(first);
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in words(text) {
        let gap = usize::from(!line.is_empty());
        if line.width() + gap + word.width() <= room {
            line.push_str(if gap == 1 { " " } else { "" });
            line.push_str(&word);
            continue;
        }
        if !line.is_empty() || room < rest {
            lines.push(std::mem::take(&mut line));
            room = rest;
        }
        let mut left = word.as_str();
        while left.width() > room {
            let (piece, more) = left.split_at(cut(left, room));
            lines.push(piece.to_owned());
            (left, room) = (more, rest);
        }
        line.push_str(left);
    }
    lines.push(line);
    lines
}

/// Where a word that is wider than the room is broken: behind a hyphen or a full stop, if one stands there.
fn cut(word: &str, room: usize) -> usize {
    let mut columns = 0;
    let (mut fits, mut seam) = (0, None);
    for (at, character) in word.char_indices() {
        columns += character.width().unwrap_or(0);
        if columns > room && at > 0 {
            break;
        }
        fits = at + character.len_utf8();
        seam = if matches!(character, '-' | '.') { Some(fits) } else { seam };
    }
    seam.filter(|seam| *seam < word.len()).unwrap_or(fits)
}

/// The columns of the longest piece that a line should not be broken in.
pub(super) fn longest_word(text: &str) -> usize {
    words(text).iter().map(|word| word.width()).max().unwrap_or(0)
}

/// The pieces a line may be broken between: `LAB § 31 b, stk. 2`, `6 måneder`, a fact's number and a date stay
/// together, and so does what is [`TIED`] or stands in backticks.
fn words(text: &str) -> Vec<String> {
    let quoted = |(number, part): (usize, &str)| match number % 2 {
        1 if part.width() < LONGEST_PIECE => part.replace(' ', &TIED.to_string()),
        _ => part.to_owned(),
    };
    let text = text.split('`').enumerate().map(quoted).collect::<Vec<_>>().join("`");
    let mut words: Vec<String> = Vec::new();
    let mut glue = false;
    for word in text.split(|c: char| c.is_whitespace() && c != TIED).filter(|word| !word.is_empty()) {
        let word = &word.replace(TIED, " ");
        let bare = word.trim_start_matches(['(', '`', '"']);
        let digits = bare.trim_end_matches(['.', ',', ';']);
        let number = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit());
        let sign = matches!(bare, "§" | "§§" | "kap.");
        let part = matches!(bare, "stk." | "nr.");
        let belongs = |last: &str| {
            glue || (sign && !last.ends_with([',', '·']))
                || (part && last.contains('§'))
                || (number && last.ends_with('`'))
                || (number && is_day_and_month(last))
        };
        match words.last_mut() {
            Some(last) if belongs(last) && last.width() + word.width() < LONGEST_PIECE => {
                last.push(' ');
                last.push_str(word);
            }
            _ => words.push(word.to_owned()),
        }
        // a number belongs to what it counts, and the day of a date to its month
        glue = sign || part || (number && !bare.ends_with([',', ';']));
    }
    words
}

/// `31. december`, `31 December`: the year belongs to it.
fn is_day_and_month(piece: &str) -> bool {
    let (day, month) = piece.split_once(' ').unwrap_or_default();
    let day = day.trim_end_matches('.');
    day.len() <= 2 && day.parse::<u8>().is_ok() && month.len() > 2 && month.chars().all(char::is_alphabetic)
}
