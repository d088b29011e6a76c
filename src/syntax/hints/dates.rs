//! Dates as people write them: `24/8/2015`, `24. august 2015`, `2015-8-24`, a year alone.

use super::{Explained, Place};
use crate::ground::text;
use crate::syntax::parse::Rule;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];

/// A date that is not written as the language does.
pub(super) fn date(place: &Place<'_>) -> Option<Explained> {
    if !place.expects(Rule::date) {
        return None;
    }
    let line = place.behind().lines().next()?;
    let end = line.find(['{', '}', '"', '|']).unwrap_or(line.len());
    let line = &line[..end];
    let mut numbers: Vec<u32> = Vec::new();
    let mut length = 0;
    for part in line.split_inclusive([' ', '.', '/', '-']) {
        let word = part.trim_end_matches([' ', '.', '/', '-']);
        let month = MONTHS.iter().position(|month| word.to_lowercase().starts_with(month));
        let number = match month {
            Some(index) => u32::try_from(index + 1).ok(),
            None => word.parse().ok(),
        };
        match number {
            Some(number) if numbers.len() < 3 && (numbers.is_empty() || !is_year(numbers.as_slice())) => {
                numbers.push(number);
            }
            _ if word.is_empty() => {}
            _ => break,
        }
        length += part.len();
    }
    let meant = match *numbers.as_slice() {
        // a year alone begins with its first day and ends with its last
        [year @ 1000..=9999] if place.previous_word().1 == "til" => format!("{year}-12-31"),
        [year @ 1000..=9999] => format!("{year}-01-01"),
        [year @ 1000..=9999, month @ 1..=12, day @ 1..=31] => format!("{year}-{month:02}-{day:02}"),
        [day @ 1..=31, month @ 1..=12, year @ 1000..=9999] => format!("{year}-{month:02}-{day:02}"),
        [day @ 1..=31, month @ 1..=12, year @ 0..=99] => format!("20{year:02}-{month:02}-{day:02}"),
        _ => return None,
    };
    let written = line[..length].trim_end();
    Some(
        Explained::new(
            place.at..place.at + written.len(),
            text!(en: "`{written}` is not written as a date", da: "`{written}` er ikke skrevet som en dato"),
            text!(en: "a date is year, month, day", da: "en dato er år, måned, dag"),
            Some(text!(en: "write `{meant}`", da: "skriv `{meant}`")),
        )
        .replaced(meant),
    )
}

/// Whether the last number read is a year that ends a date.
fn is_year(numbers: &[u32]) -> bool {
    numbers.len() == 3
}
