//! The one way to write a word, a date and a provision.

use crate::ground::iso_date;
use crate::syntax::parse::Rule;
use crate::syntax::parse_citations::canonical_numeral;
use crate::syntax::parse_values::calendar_day;
use pest::iterators::Pair;

/// A pair without pairs in it: texts as they are, dates in ISO form, grades of cells in lower case, one blank between
/// the words of a keyword.
pub(super) fn leaf(pair: &Pair<'_, Rule>) -> String {
    let written = pair.as_str();
    match pair.as_rule() {
        Rule::quoted => written.to_owned(),
        Rule::date => calendar_day(written).map_or_else(|| written.to_owned(), iso_date),
        Rule::c_must_assess
        | Rule::c_must
        | Rule::c_must_not
        | Rule::c_may
        | Rule::c_right
        | Rule::c_should_not
        | Rule::c_should => one_blank(&written.to_lowercase()),
        _ => one_blank(written),
    }
}

fn one_blank(written: &str) -> String {
    written.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `§ 31 b, stk. 2, nr. 1`, `§§ 42-44`, `kap. 9 b`; `behind` is the rest of the item.
pub(super) fn provision(pair: Pair<'_, Rule>, behind: &str) -> String {
    let mut is_chapter = false;
    let mut numerals: Vec<String> = Vec::new();
    let mut small = String::new();
    let last = pair.clone().into_inner().filter(|inner| inner.as_rule() == Rule::numeral).count();
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::chapter => is_chapter = true,
            Rule::numeral => {
                let ends = numerals.len() + 1 == last;
                let is_before_word = ends && behind.trim_start().starts_with(char::is_alphabetic);
                numerals.push(numeral(inner.as_str().trim_end(), is_before_word));
            }
            Rule::subsection => small += &small_number(", stk. ", inner),
            Rule::item_number => small += &small_number(", nr. ", inner),
            _ => {}
        }
    }
    let mark = match (is_chapter, numerals.len()) {
        (true, _) => "kap.",
        (false, 2) => "§§",
        _ => "§",
    };
    // `42 a-44` would read `a-44` as one word
    let has_letter = numerals.first().is_some_and(|first| first.ends_with(char::is_alphabetic));
    let dash = if has_letter { " - " } else { "-" };
    format!("{mark} {}{small}", numerals.join(dash))
}

/// `31b` and `31 B` are `31 b`. Only an `i` before a word, which could be the `i` of `i Slagelse`, stays where it was.
fn numeral(written: &str, is_before_word: bool) -> String {
    let canonical = canonical_numeral(written);
    let letters = canonical.split(' ').nth(1).map_or(0, |letter| letter.chars().count());
    let is_in = canonical.ends_with(" i");
    match letters {
        0 => canonical,
        1 if is_in && is_before_word && !written.ends_with(" i") => canonical.replace(' ', ""),
        1 => canonical,
        _ => one_blank(written),
    }
}

fn small_number(mark: &str, pair: Pair<'_, Rule>) -> String {
    let integer = pair.into_inner().find(|inner| inner.as_rule() == Rule::integer);
    let digits = integer.map_or("", |integer| integer.as_str());
    let short = digits.trim_start_matches('0');
    format!("{mark}{}", if short.is_empty() && !digits.is_empty() { "0" } else { short })
}
