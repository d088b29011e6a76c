//! Cards of the checks of the text itself. They are raised where the text is read, long before anything is judged;
//! the words of each finding stand there.

mod cycle;
mod duplicate_name;
mod empty_range;
mod empty_rule;
mod out_of_domain;
mod similar_names;
mod syntax_error;
mod type_mismatch;
mod unclear_header;
mod unknown_name;
mod unknown_paragraph;
mod unused;

use super::Card;

/// The cards, by name.
pub(super) fn cards() -> Vec<Card> {
    vec![
        cycle::card(),
        duplicate_name::card(),
        empty_range::card(),
        empty_rule::card(),
        out_of_domain::card(),
        similar_names::card(),
        syntax_error::card(),
        type_mismatch::card(),
        unclear_header::card(),
        unknown_name::card(),
        unknown_paragraph::card(),
        unused::card(),
    ]
}
