//! Breaking words into lines, whatever they are measured by.

use unicode_width::UnicodeWidthStr;

/// The words in lines none of which is longer than `room`, as `long` measures them; a word that is longer alone is
/// broken. At least one line comes out.
pub(super) fn wrapped(text: &str, room: f64, long: impl Fn(&str) -> f64) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if long(&longer) <= room {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for letter in word.chars() {
            line.push(letter);
            if long(&line) > room && line.chars().count() > 1 {
                let last = line.pop();
                lines.push(std::mem::take(&mut line));
                line.extend(last);
            }
        }
    }
    lines.push(line);
    lines
}

/// Words behind a mark, in lines none of which is wider than the page; further lines begin below the words.
pub(super) fn hanging(page: &mut String, width: usize, indent: &str, mark: &str, words: &str) {
    hanging_by(page, width, (indent, mark, ""), words);
}

/// The same, where further lines begin deeper than the words.
pub(super) fn hanging_by(
    page: &mut String,
    width: usize,
    (indent, mark, deeper): (&str, &str, &str),
    words: &str,
) {
    let hang = indent.width() + mark.width() + deeper.width();
    let room = width.saturating_sub(hang).max(20);
    for (number, line) in wrapped(words, room as f64, |line| line.width() as f64).iter().enumerate() {
        let start = if number == 0 { format!("{indent}{mark}") } else { " ".repeat(hang) };
        page.push_str(format!("{start}{line}").trim_end());
        page.push('\n');
    }
}
