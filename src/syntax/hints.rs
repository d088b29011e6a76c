//! Where pest stopped, in words a caseworker can use. Slips that real writers make have hints of their own; for the
//! rest it is said what was expected.

mod dates;
mod everyday;
mod keywords;
mod sentences;
mod signs;

use super::parse::Rule;
use super::scanner::first_word;
use super::words::expected;
use crate::ground::{Text, text};
use pest::error::{Error, ErrorVariant, InputLocation};
use std::ops::Range;

/// What to tell about a text that does not follow the grammar.
pub(super) struct Explained {
    pub(super) range: Range<usize>,
    pub(super) message: Text,
    pub(super) label: Text,
    pub(super) help: Option<Text>,
    /// what to write where, all of it together
    pub(super) edits: Vec<(Range<usize>, String)>,
    /// whether something else may be meant
    pub(super) is_guess: bool,
}

impl Explained {
    fn new(range: Range<usize>, message: Text, label: Text, help: Option<Text>) -> Self {
        Explained { range, message, label, help, edits: Vec::new(), is_guess: false }
    }

    /// Mended by writing `text` in place of what the finding points at.
    fn replaced(self, text: impl Into<String>) -> Self {
        let range = self.range.clone();
        self.edit(range, text)
    }

    /// Mended by writing `text` at `range`.
    fn edit(mut self, range: Range<usize>, text: impl Into<String>) -> Self {
        self.edits.push((range, text.into()));
        self
    }

    /// Something else may be meant.
    fn guessed(self) -> Self {
        Explained { is_guess: true, ..self }
    }
}

/// The place where the text leaves the grammar, and what could have stood there.
struct Place<'a> {
    source: &'a str,
    /// what is being read: an item, or a cell of a table
    whole: Rule,
    at: usize,
    positives: &'a [Rule],
    /// whether a word stands anywhere in the texts
    is_written: &'a dyn Fn(&str) -> bool,
}

/// Explains where `source` leaves the grammar of `whole`.
pub(super) fn explain(
    error: &Error<Rule>,
    whole: Rule,
    source: &str,
    is_written: &dyn Fn(&str) -> bool,
) -> Explained {
    let at = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    };
    let positives = match &error.variant {
        ErrorVariant::ParsingError { positives, .. } => positives.as_slice(),
        ErrorVariant::CustomError { .. } => &[],
    };
    let place = Place { source, whole, at, positives, is_written };
    const HINTS: [fn(&Place<'_>) -> Option<Explained>; 41] = [
        keywords::name_of_words,
        keywords::applies_for_a_place,
        keywords::comma_before_direction,
        signs::quotes_in_a_text,
        signs::empty_cell,
        everyday::about,
        everyday::exactly,
        everyday::other_word,
        everyday::number,
        sentences::several_claims,
        signs::comma,
        dates::date,
        signs::quoted_value,
        signs::sign,
        sentences::joined_units,
        sentences::several_values,
        sentences::repeated_fact,
        sentences::joined_by_and,
        keywords::yes_or_no,
        keywords::capital_keyword,
        keywords::outcomes,
        sentences::verb_behind_not,
        everyday::has_right,
        everyday::no_comparison,
        everyday::range_in_words,
        keywords::half_keyword,
        sentences::superfluous_is,
        sentences::open_range,
        everyday::provision_without_sign,
        everyday::value_before_its_term,
        signs::number_with_dot,
        keywords::second_item,
        keywords::heading_of_words,
        keywords::grades,
        signs::missing_parenthesis,
        signs::stray_parenthesis,
        everyday::missing_with,
        keywords::misspelt_keyword,
        everyday::other_unit,
        signs::missing_colon,
        everyday::missing_comma,
    ];
    HINTS.iter().find_map(|hint| hint(&place)).unwrap_or_else(|| place.unexpected(None))
}

impl<'a> Place<'a> {
    fn behind(&self) -> &'a str {
        self.source.get(self.at..).unwrap_or_default()
    }

    fn before(&self) -> &'a str {
        self.source.get(..self.at).unwrap_or_default().trim_end()
    }

    /// From where the text before it ends up to `end`.
    fn back_to(&self, end: usize) -> Range<usize> {
        self.before().len()..end
    }

    /// A range with the blanks behind it, up to the end of the line: what goes when a word goes.
    fn with_blanks(&self, range: Range<usize>) -> Range<usize> {
        let behind = self.source.get(range.end..).unwrap_or_default();
        let blanks = behind.len() - behind.trim_start_matches([' ', '\t']).len();
        range.start..range.end + blanks
    }

    /// The word or sign that cannot stand there.
    fn found(&self) -> &'a str {
        let behind = self.behind();
        let word = first_word(behind);
        let length = word.len().max(behind.chars().next().map_or(0, char::len_utf8));
        &behind[..length]
    }

    fn found_range(&self) -> Range<usize> {
        self.at..self.at + self.found().len()
    }

    /// The word before, and where it begins.
    fn previous_word(&self) -> (usize, &'a str) {
        self.word_before(self.at)
    }

    /// The word before a place, and where it begins.
    fn word_before(&self, at: usize) -> (usize, &'a str) {
        let before = self.source.get(..at).unwrap_or_default().trim_end();
        let start = before
            .char_indices()
            .rev()
            .take_while(|(_, letter)| letter.is_alphanumeric() || matches!(letter, '-' | '.'))
            .last()
            .map_or(before.len(), |(at, _)| at);
        (start, &before[start..])
    }

    fn is_cell(&self) -> bool {
        matches!(
            self.whole,
            Rule::cell_heading
                | Rule::cell_name
                | Rule::cell_supports
                | Rule::cell_when
                | Rule::cell_grade
                | Rule::cell_basis
                | Rule::cell_valid
                | Rule::cell_test
                | Rule::cell_bound
        )
    }

    fn expects(&self, rule: Rule) -> bool {
        self.positives.contains(&rule)
    }

    /// Says what was expected.
    fn unexpected(&self, help: Option<Text>) -> Explained {
        let label = match expected(self.positives) {
            Some(Text { en, da }) => text!(en: "expected {en}", da: "her ventes {da}"),
            None => text!(en: "nothing more belongs here", da: "her hører ikke mere til"),
        };
        let found = self.found();
        if found.is_empty() {
            let before = self.before();
            let last = before.char_indices().next_back().map_or(0, |(at, _)| at);
            let range = self.previous_word().0.min(last)..before.len();
            let message = if self.is_cell() {
                text!(en: "something is missing at the end of the cell", da: "der mangler noget sidst i cellen")
            } else {
                text!(en: "something is missing at the end", da: "der mangler noget til sidst")
            };
            return Explained::new(range, message, label, help);
        }
        let message = text!(en: "`{found}` cannot stand here", da: "`{found}` kan ikke stå her");
        Explained::new(self.found_range(), message, label, help)
    }
}
