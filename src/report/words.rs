//! The words all formats share: what a severity is called, how many there are, and how a line of text is kept safe.

use crate::ground::{Severity, Text, count, text};

/// `error`, `warning`, `note`.
pub(super) fn severity(severity: Severity) -> Text {
    match severity {
        Severity::Error => text!(en: "error", da: "fejl"),
        Severity::Warning => text!(en: "warning", da: "advarsel"),
        Severity::Note => text!(en: "note", da: "bemærkning"),
    }
}

/// `1 warning`, `2 warnings`.
pub(super) fn counted(number: usize, severity: Severity) -> Text {
    let one = self::severity(severity);
    let many = match severity {
        Severity::Error => text!(en: "errors", da: "fejl"),
        Severity::Warning => text!(en: "warnings", da: "advarsler"),
        Severity::Note => text!(en: "notes", da: "bemærkninger"),
    };
    count(number, &one, &many)
}

/// What stands for a character that would move the cursor, turn the writing direction or be seen by nobody.
pub(super) fn visible(character: char) -> char {
    match character {
        '\t' => ' ',
        '\u{AD}'
        | '\u{200B}'
        | '\u{2060}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2066}'..='\u{2069}'
        | '\u{FEFF}' => '\u{FFFD}',
        control if control.is_control() => '\u{FFFD}',
        other => other,
    }
}

/// A text as one line that is safe to print.
pub(super) fn one_line(text: &str) -> String {
    text.chars().map(|c| if matches!(c, '\n' | '\r') { ' ' } else { visible(c) }).collect()
}
