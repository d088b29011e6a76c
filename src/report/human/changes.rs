//! What a fix writes: the lines as they are and as they would be, each cut around the change to fit the page.

use crate::ground::{Edit, SourceFile, Sources};
use crate::report::words::visible;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Lines told before the rest is only counted.
const LINES_TOLD: usize = 8;

/// Columns that are kept for the words around a change, if it is not wider than the page itself.
const LEAST_AROUND: usize = 12;

/// What stands for words left out.
const CUT: char = '…';

/// A line that goes or comes.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::report) struct Change {
    /// `6`, or `kommune.hjemmel:6` in another file than the finding's
    pub(in crate::report) place: String,
    pub(in crate::report) comes: bool,
    pub(in crate::report) line: String,
}

/// The lines that some edits change, in the order of the texts, and how many are left out. `home` is the file the
/// finding is about.
pub(in crate::report) fn of(
    edits: &[Edit],
    sources: &Sources,
    home: Option<&str>,
    width: usize,
) -> (Vec<Change>, usize) {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort();
    let lines = |edit: &Edit| {
        let file = sources.file(edit.span.file);
        (file.position(edit.span.start).line, file.position(edit.span.end).line)
    };
    let belong =
        |one: &&Edit, next: &&Edit| one.span.file == next.span.file && lines(next).0 <= lines(one).1 + 1;
    let mut changes = Vec::new();
    for together in edits.chunk_by(belong) {
        let file = sources.file(together[0].span.file);
        let place = |line: usize| match home {
            Some(home) if home == file.name => line.to_string(),
            _ => format!("{}:{line}", file.name),
        };
        let (first, old, new) = lines_of(file, together);
        let widest = place(first + old.len().max(new.len())).width() + " - ".len();
        let shown = fitted(&old, &new, width.saturating_sub(widest));
        let told = |comes: bool, index: usize| {
            let (before, after) = &shown[index];
            let line = if comes { after } else { before }.clone()?;
            Some(Change { place: place(first + index), comes, line })
        };
        if old.len() == new.len() {
            changes
                .extend((0..shown.len()).flat_map(|index| [told(false, index), told(true, index)]).flatten());
        } else {
            changes.extend(
                [false, true]
                    .into_iter()
                    .flat_map(|comes| (0..shown.len()).filter_map(move |index| told(comes, index))),
            );
        }
    }
    let more = changes.len().saturating_sub(LINES_TOLD);
    if more > 1 {
        changes.truncate(LINES_TOLD);
    }
    (changes, if more > 1 { more } else { 0 })
}

/// The number of the first line that some edits change, and the lines before and after.
fn lines_of(file: &SourceFile, edits: &[&Edit]) -> (usize, Vec<String>, Vec<String>) {
    let from = edits.first().map_or(0, |edit| edit.span.start);
    let to = edits.iter().map(|edit| edit.span.end).max().unwrap_or(from);
    let (mut first, start) = (file.position(from).line, file.line(file.position(from).line).1);
    let (last, at) = file.line(file.position(to).line);
    let end = (at + last.len()).max(to as usize);
    let old = &file.text[start..end];
    let mut new = old.to_owned();
    for edit in edits.iter().rev() {
        let range = edit.span.range();
        new.replace_range(range.start - start..range.end - start, &edit.text);
    }
    let split = |text: &str| -> Vec<String> { text.lines().map(str::to_owned).collect() };
    let (mut old, mut new) = (split(old), split(&new));
    while !old.is_empty() && old.first() == new.first() {
        old.remove(0);
        new.remove(0);
        first += 1;
    }
    while !old.is_empty() && old.last() == new.last() {
        old.pop();
        new.pop();
    }
    (first, old, new)
}

/// Lines side by side, each as wide as there is room.
fn fitted(old: &[String], new: &[String], width: usize) -> Vec<(Option<String>, Option<String>)> {
    let pair = |index: usize| {
        let (before, after) = (old.get(index), new.get(index));
        let letters = |line: Option<&String>| -> Vec<char> {
            line.map_or("", String::as_str).trim().chars().map(visible).collect()
        };
        let (one, two) = (letters(before), letters(after));
        let (one, two) = cropped(one, two, width);
        (before.map(|_| one), after.map(|_| two))
    };
    (0..old.len().max(new.len())).map(pair).collect()
}

fn columns(letters: &[char]) -> usize {
    letters.iter().map(|letter| letter.width().unwrap_or(0)).sum()
}

/// Two lines cut alike, so that what is different stays and stands in one column.
fn cropped(one: Vec<char>, two: Vec<char>, width: usize) -> (String, String) {
    let fit = |one: &[char], two: &[char]| columns(one).max(columns(two)) <= width;
    if fit(&one, &two) {
        return (one.into_iter().collect(), two.into_iter().collect());
    }
    let (one, two) = (squeezed(&one), squeezed(&two));
    if fit(&one, &two) {
        return (one.into_iter().collect(), two.into_iter().collect());
    }
    let same = |(a, b): &(&char, &char)| a == b;
    let before = one.iter().zip(&two).take_while(same).count();
    let behind = one[before..].iter().rev().zip(two[before..].iter().rev()).take_while(same).count();
    let changed = |line: &[char]| columns(&line[before..line.len() - behind]);
    let around = width.saturating_sub(changed(&one).max(changed(&two)) + 4).max(LEAST_AROUND);
    let left = (around / 2).max(around.saturating_sub(columns(&one[one.len() - behind..])));
    let start = start_of(&one[..before], left);
    let right = around - columns(&one[start..before]).min(around);
    let cut = |line: &[char]| {
        let tail = &line[line.len() - behind..];
        let kept = end_of(tail, right);
        let mut shown = String::new();
        if start > 0 {
            shown.extend([CUT, ' ']);
        }
        shown.extend(&line[start..line.len() - behind + kept]);
        if kept < tail.len() {
            shown.extend([' ', CUT]);
        }
        shortened(&shown, width)
    };
    (cut(&one), cut(&two))
}

/// Of each run of blanks only the first.
fn squeezed(line: &[char]) -> Vec<char> {
    let mut kept: Vec<char> = line.to_vec();
    kept.dedup_by(|next, last| *next == ' ' && *last == ' ');
    kept
}

/// Where the last words of `line` begin that fit.
fn start_of(line: &[char], width: usize) -> usize {
    let mut start = line.len();
    while start > 0 && columns(&line[start - 1..]) <= width {
        start -= 1;
    }
    if start == 0 {
        return 0;
    }
    let blank = line[start..].iter().position(|letter| *letter == ' ');
    blank.map_or(start, |blank| start + blank + 1)
}

/// Where the first words of `line` end that fit.
fn end_of(line: &[char], width: usize) -> usize {
    let mut end = 0;
    while end < line.len() && columns(&line[..=end]) <= width {
        end += 1;
    }
    if end == line.len() {
        return end;
    }
    line[..end].iter().rposition(|letter| *letter == ' ').unwrap_or(end)
}

fn shortened(line: &str, width: usize) -> String {
    if line.width() <= width {
        return line.to_owned();
    }
    let mut kept = String::new();
    for letter in line.chars() {
        if kept.width() + letter.width().unwrap_or(0) + 1 > width {
            break;
        }
        kept.push(letter);
    }
    kept.push(CUT);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ground::{FileId, Span};

    fn shown(text: &str, edits: &[(&str, &str)], width: usize) -> Vec<String> {
        let sources = Sources::new(vec![SourceFile::new("a.hjemmel", text)]);
        let edit = |(old, new): &(&str, &str)| {
            let at = text.find(old).unwrap();
            Edit { span: Span::new(FileId(0), at, at + old.len()), text: (*new).to_owned() }
        };
        let edits: Vec<Edit> = edits.iter().map(edit).collect();
        let (changes, more) = of(&edits, &sources, Some("a.hjemmel"), width);
        let sign = |change: &Change| if change.comes { '+' } else { '-' };
        let mut lines: Vec<String> = changes
            .iter()
            .map(|change| format!("{} {} {}", change.place, sign(change), change.line))
            .collect();
        lines.extend((more > 0).then(|| format!("{more} more")));
        lines
    }

    #[test]
    fn a_short_line_is_shown_whole() {
        assert_eq!(shown("a\n  b c\n", &[("b", "x")], 40), ["2 - b c", "2 + x c"]);
        assert_eq!(shown("a\nb\n", &[("b\n", "b\nc\n")], 40), ["3 + c"]);
        assert_eq!(shown("a\nb\nc\n", &[("b\n", "")], 40), ["2 - b"]);
        assert_eq!(
            shown("a\nb\nc\nd\n", &[("a", "x"), ("d", "y")], 40),
            ["1 - a", "1 + x", "4 - d", "4 + y"]
        );
        assert_eq!(shown("a\nb\n", &[("a", "x"), ("b", "y")], 40), ["1 - a", "1 + x", "2 - b", "2 + y"]);
    }

    #[test]
    fn a_long_line_is_cut_around_the_change() {
        let text = "one two three four five six seven eight nine ten eleven twelve thirteen";
        let lines = shown(text, &[("seven", "7")], 40);
        assert_eq!(lines, ["1 - … five six seven eight nine ten …", "1 + … five six 7 eight nine ten …"]);
        for width in 20..80 {
            assert!(shown(text, &[("seven", "otherwise")], width).iter().all(|line| line.width() <= width));
        }
    }

    #[test]
    fn many_lines_are_counted() {
        let text = "a0\na1\na2\na3\na4\na5\n";
        let edits: Vec<(&str, &str)> =
            [("a0", "b"), ("a1", "b"), ("a2", "b"), ("a3", "b"), ("a4", "b"), ("a5", "b")].to_vec();
        assert_eq!(shown(text, &edits, 40).last().unwrap(), "4 more");
    }
}
