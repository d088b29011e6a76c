//! Days in a cell: `15.01.2014`, `15. januar 2014`, `2014-01-15`, and the period between two of them.

use crate::ground::MONTHS;

/// The days of a text in their order, as the language writes them.
pub(super) fn days(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let words: Vec<&str> =
        lower.split_whitespace().map(|word| word.trim_matches(['(', ')', ',', ';'])).collect();
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let next = |more: usize| words.get(at + more).copied().unwrap_or_default();
        let named = MONTHS
            .iter()
            .position(|month| next(1).trim_end_matches('.') == *month || is_short(next(1), month));
        let spelt = named.and_then(|month| {
            let year = next(2).trim_end_matches('.');
            day(word.trim_end_matches('.'), &(month + 1).to_string(), year)
        });
        found.extend(spelt);
        found.extend(word.split(['-', '–']).filter(|_| !is_iso(word)).filter_map(dotted));
        found.extend(iso(word));
    }
    found
}

/// `jan.` for `januar`
fn is_short(word: &str, month: &str) -> bool {
    let word = word.trim_end_matches('.');
    word.chars().count() == 3 && month.starts_with(word)
}

fn is_iso(word: &str) -> bool {
    iso(word).is_some()
}

fn iso(word: &str) -> Option<String> {
    let parts: Vec<&str> = word.trim_end_matches('.').split('-').collect();
    match parts.as_slice() {
        [year, month, date] if year.len() == 4 => day(date, month, year),
        [date, month, year] if year.len() == 4 => day(date, month, year),
        _ => None,
    }
}

fn dotted(word: &str) -> Option<String> {
    let parts: Vec<&str> = word.trim_end_matches('.').split(['.', '/']).collect();
    let [date, month, year] = parts.as_slice() else { return None };
    let century = format!("20{year}");
    day(date, month, if year.len() == 2 { &century } else { year })
}

fn day(date: &str, month: &str, year: &str) -> Option<String> {
    let number = |digits: &str| {
        digits.parse::<u16>().ok().filter(|_| digits.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let (date, month, year) = (number(date)?, number(month)?, number(year).filter(|_| year.len() == 4)?);
    let is_day = (1..=31).contains(&date) && (1..=12).contains(&month) && (1900..=2200).contains(&year);
    is_day.then(|| format!("{year:04}-{month:02}-{date:02}"))
}

/// A period: `fra 2014-01-15 til 2016-12-31`, or with one end.
pub(super) fn period(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let has = |words: &[&str]| {
        words.iter().any(|word| lower.split_whitespace().any(|own| own.trim_end_matches('.') == *word))
    };
    match days(text).as_slice() {
        [from, to] if from <= to => Some(format!("fra {from} til {to}")),
        [day] if has(&["til", "indtil", "senest", "ophører"]) && !has(&["fra"]) => {
            Some(format!("til {day}"))
        }
        [day] => Some(format!("fra {day}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::period;

    #[test]
    fn periods_are_read() {
        for (text, expected) in [
            (
                "Forsøgsperioden løber fra den 15. januar 2014 til den 31. december 2016",
                "fra 2014-01-15 til 2016-12-31",
            ),
            ("(forsøgsperioden 15.01.14-31.12.16)", "fra 2014-01-15 til 2016-12-31"),
            ("fra 1. jan. 2026", "fra 2026-01-01"),
            ("til 31-12-2026", "til 2026-12-31"),
            ("2026-01-01", "fra 2026-01-01"),
        ] {
            assert_eq!(period(text).as_deref(), Some(expected), "{text}");
        }
        for text in ["", "31.13.2020", "1-2", "jan", "2.13"] {
            assert_eq!(period(text), None, "{text}");
        }
    }
}
