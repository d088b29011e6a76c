//! Where pest stopped, in words a caseworker can use.

use super::parse::Rule;
use crate::ground::{Text, text};
use pest::error::{Error, InputLocation};
use std::ops::Range;

/// What to tell about a text that does not follow the grammar.
pub(super) struct Explained {
    pub(super) range: Range<usize>,
    pub(super) message: Text,
    pub(super) label: Text,
    pub(super) help: Option<Text>,
}

/// Explains where `source` leaves the grammar of `_rule`.
pub(super) fn explain(error: &Error<Rule>, _rule: Rule, source: &str) -> Explained {
    let at = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    };
    let found = super::scanner::first_word(&source[at..]);
    let length = found.len().max(source[at..].chars().next().map_or(0, char::len_utf8));
    let found = &source[at..at + length];
    Explained {
        range: at..at + length,
        message: text!(en: "`{found}` cannot stand here", da: "`{found}` kan ikke stå her"),
        label: text!(en: "not expected", da: "ikke ventet"),
        help: None,
    }
}
