//! Sources: `LAB § 31 b, stk. 2, § 93, SEL § 85`.

use super::ast::{Citation, Name, Provision};
use super::parse::{Reader, Rule};
use super::slips::problem;
use super::words::is_keyword;
use crate::ground::text;
use pest::iterators::Pair;
use std::fmt;

impl Reader<'_> {
    /// The citations of a list, each with its source.
    pub(super) fn citations(&mut self, pair: Pair<'_, Rule>) -> Vec<Citation> {
        let mut source = None;
        let mut found = Vec::new();
        for inner in pair.into_inner().filter(|inner| inner.as_rule() == Rule::citation) {
            found.extend(self.citation(inner, &mut source));
        }
        found
    }

    /// One citation; `source` is the one before it in the list, and becomes its own.
    pub(super) fn citation(&mut self, pair: Pair<'_, Rule>, source: &mut Option<Name>) -> Option<Citation> {
        let span = self.span(&pair);
        let start = pair.as_span().start();
        let written = pair.as_str().trim_end().to_owned();
        let mut provision = None;
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::name => *source = Some(self.name(&inner)),
                Rule::provision => provision = self.provision(inner),
                _ => {}
            }
        }
        if source.is_none() {
            let nearby = self.source_nearby(start);
            let name = nearby.unwrap_or("LAB");
            let told = problem(
                span,
                text!(en: "`{written}` of which source?", da: "`{written}` i hvilken kilde?"),
                text!(en: "the source is missing", da: "kilden mangler"),
                Some(
                    text!(en: "write its name first: `{name} {written}`", da: "skriv dens navn først: `{name} {written}`"),
                ),
            );
            self.push(match nearby {
                Some(name) => told.guess(span.before(), format!("{name} ")),
                None => told,
            });
        }
        Some(Citation { source: source.clone()?, provision, span })
    }

    /// The name before the nearest `§` that has one: above first, then below.
    fn source_nearby(&self, at: usize) -> Option<&str> {
        const FARTHEST: usize = 50;
        let (above, below) = self.around(at);
        let name = |before: &str| -> Option<(usize, usize)> {
            let before = before.trim_end_matches(['§', ' ', '\t']);
            let start = before
                .char_indices()
                .rev()
                .take_while(|(_, letter)| letter.is_alphanumeric() || *letter == '-')
                .last()
                .map(|(start, _)| start)?;
            let word = &before[start..];
            (word.starts_with(char::is_alphabetic) && !is_keyword(word)).then_some((start, before.len()))
        };
        let backwards = above.rmatch_indices('§').map(|(at, _)| at).take(FARTHEST);
        let found = backwards.filter_map(|at| name(&above[..at])).next();
        if let Some((start, end)) = found {
            return above.get(start..end);
        }
        let found = below.match_indices('§').take(FARTHEST).filter_map(|(at, _)| name(&below[..at])).next();
        found.and_then(|(start, end)| below.get(start..end))
    }

    pub(super) fn provision(&mut self, pair: Pair<'_, Rule>) -> Option<Provision> {
        let span = self.span(&pair);
        let mut chapter = false;
        let mut numerals = Vec::new();
        let (mut subsection, mut item) = (None, None);
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::chapter => chapter = true,
                Rule::numeral => numerals.push(canonical_numeral(inner.as_str())),
                Rule::subsection => subsection = self.small_number(inner),
                Rule::item_number => item = self.small_number(inner),
                _ => {}
            }
        }
        let mut numerals = numerals.into_iter();
        let number = numerals.next()?;
        Some(Provision { chapter, number, last: numerals.next(), subsection, item, span })
    }

    /// The `integer` inside a pair.
    pub(super) fn small_number(&mut self, pair: Pair<'_, Rule>) -> Option<u32> {
        let integer = pair.into_inner().find(|inner| inner.as_rule() == Rule::integer)?;
        let number = integer.as_str().parse().ok();
        if number.is_none() {
            let span = self.span(&integer);
            self.tell(
                span,
                text!(en: "this number is too large", da: "tallet er for stort"),
                text!(en: "too large", da: "for stort"),
                None,
            );
        }
        number
    }
}

/// `31b` and `31 B` are `31 b`
pub(super) fn canonical_numeral(written: &str) -> String {
    let digits = written.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(written.len());
    let (number, letter) = written.split_at(digits);
    match letter.trim() {
        "" => number.to_owned(),
        letter => format!("{number} {}", letter.to_lowercase()),
    }
}

/// As the language writes it: `§ 31 b, stk. 2, nr. 1`, `§§ 42-44`, `kap. 9 b`.
impl fmt::Display for Provision {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = match (self.chapter, &self.last) {
            (true, _) => "kap.",
            (false, Some(_)) => "§§",
            (false, None) => "§",
        };
        write!(out, "{mark} {}", self.number)?;
        if let Some(last) = &self.last {
            write!(out, "-{last}")?;
        }
        if let Some(subsection) = self.subsection {
            write!(out, ", stk. {subsection}")?;
        }
        if let Some(item) = self.item {
            write!(out, ", nr. {item}")?;
        }
        Ok(())
    }
}
