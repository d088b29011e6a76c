//! csv: the separator and the encoding are seen from the text itself.

use super::{MOST_CELLS, too_many};
use crate::ground::{Text, text};
use crate::import::{Grid, GridCell, blocks};
use csv::ReaderBuilder;
use encoding_rs::{UTF_8, WINDOWS_1252};

/// The separators Danish programs write, the likeliest first.
const SEPARATORS: [u8; 3] = *b";\t,";

/// How many lines are looked at to find the separator.
const LINES: usize = 50;

pub(super) fn tables(name: &str, bytes: &[u8]) -> Result<Vec<Grid>, Text> {
    let content = decoded(name, bytes)?;
    let mut rows = Vec::new();
    let mut cells = 0;
    let mut reader = ReaderBuilder::new()
        .delimiter(separator(&content))
        .has_headers(false)
        .flexible(true)
        .from_reader(content.as_bytes());
    let mut last_line = 0;
    for record in reader.records() {
        let record = record.map_err(|error| {
            let line = error.position().map_or(0, csv::Position::line);
            text!(en: "`{name}`, line {line}: no csv", da: "`{name}`, linje {line}: ikke csv")
        })?;
        // the crate passes over empty lines, but they part tables
        let line = record.position().map_or(0, csv::Position::line);
        if last_line > 0 && is_blank_between(&content, last_line, line) {
            rows.push(Vec::new());
        }
        last_line = line + record.iter().map(|cell| cell.matches('\n').count() as u64).sum::<u64>() + 1;
        cells += record.len();
        if cells > MOST_CELLS {
            return Err(too_many(name));
        }
        rows.push(record.iter().map(|cell| GridCell::new(cell.trim())).collect());
    }
    Ok(blocks(rows, Vec::new()))
}

/// Whether a record that begins at `line` leaves a line free behind the one before it.
fn is_blank_between(content: &str, after: u64, line: u64) -> bool {
    let from = usize::try_from(after.saturating_sub(1)).unwrap_or(usize::MAX);
    let many = usize::try_from(line.saturating_sub(after)).unwrap_or(0);
    content.lines().skip(from).take(many).any(|line| line.trim().is_empty())
}

/// The text of the bytes: by their mark, as UTF-8, or as Windows writes Danish.
pub(super) fn decoded(name: &str, bytes: &[u8]) -> Result<String, Text> {
    let (content, encoding, _) = UTF_8.decode(bytes);
    let content = if encoding == UTF_8 && content.contains('\u{fffd}') && std::str::from_utf8(bytes).is_err()
    {
        WINDOWS_1252.decode_without_bom_handling(bytes).0
    } else {
        content
    };
    let odd = content.chars().filter(|letter| letter.is_control() && !"\t\r\n".contains(*letter)).count();
    if odd > 0 {
        return Err(text!(
            en: "`{name}` is no text: it holds bytes that no letter is written with",
            da: "`{name}` er ikke tekst: filen rummer tegn, der ikke er bogstaver"
        ));
    }
    Ok(content.into_owned())
}

/// The separator that cuts most lines into the same number of cells; quoted ones do not count.
fn separator(content: &str) -> u8 {
    let score = |separator: u8| {
        let counts: Vec<usize> =
            content.lines().take(LINES).map(|line| outside_quotes(line, separator)).collect();
        let most = counts.iter().copied().max().unwrap_or(0);
        let alike = counts.iter().filter(|count| **count == most && most > 0).count();
        (alike, most)
    };
    let mut best = SEPARATORS[0];
    for other in SEPARATORS {
        if score(other) > score(best) {
            best = other;
        }
    }
    best
}

fn outside_quotes(line: &str, separator: u8) -> usize {
    let mut inside = false;
    let mut count = 0;
    for byte in line.bytes() {
        match byte {
            b'"' => inside = !inside,
            _ if byte == separator && !inside => count += 1,
            _ => {}
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::{decoded, separator};

    #[test]
    fn separators_are_seen() {
        assert_eq!(separator("Type;Timer\nMentor, social;1,5\n"), b';');
        assert_eq!(separator("Type,Timer\n\"Mentor; social\",1-2\n"), b',');
        assert_eq!(separator("Type\tTimer\nMentor, social\t1,5\n"), b'\t');
    }

    #[test]
    fn danish_letters_are_read_in_each_encoding() {
        for bytes in [
            &b"st\xc3\xb8tte"[..],
            b"st\xf8tte",
            b"\xef\xbb\xbfst\xc3\xb8tte",
            b"\xff\xfes\0t\0\xf8\0t\0t\0e\0",
        ] {
            assert_eq!(decoded("a.csv", bytes).as_deref(), Ok("støtte"));
        }
        assert!(decoded("a.csv", b"a\0b").is_err());
    }
}
