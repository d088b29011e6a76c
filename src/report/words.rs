//! How all formats keep a line of text safe.

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
