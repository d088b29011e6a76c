//! The words of policies on a Markdown page: as they are, whatever stands in them.

/// A sentence: what stands in backticks becomes code, all else is plain text.
pub(super) fn prose(text: &str) -> String {
    in_turn(text, plain, code)
}

/// The same where Markdown is not read, between tags.
pub(super) fn html(text: &str) -> String {
    in_turn(text, tagless, |words| format!("<code>{}</code>", tagless(words)))
}

/// Every other piece between backticks is quoted; a backtick without its other half is a character like any other.
fn in_turn(text: &str, outside: impl Fn(&str) -> String, inside: impl Fn(&str) -> String) -> String {
    let pieces: Vec<&str> = text.split('`').collect();
    if pieces.len().is_multiple_of(2) {
        return outside(text);
    }
    let piece = |(number, piece): (usize, &&str)| match (number % 2, piece.is_empty()) {
        (_, true) => String::new(),
        (0, _) => outside(piece),
        _ => inside(piece),
    };
    pieces.iter().enumerate().map(piece).collect()
}

/// Words as code, between as many backticks as it takes.
pub(super) fn code(words: &str) -> String {
    let longest = words.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let blank = if words.starts_with('`') || words.ends_with('`') { " " } else { "" };
    format!("{fence}{blank}{words}{blank}{fence}")
}

/// No character is read as Markdown.
fn plain(text: &str) -> String {
    let mut page = String::new();
    for character in text.chars() {
        if matches!(
            character,
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '!'
        ) {
            page.push('\\');
        }
        page.push(character);
    }
    page
}

/// No character is read as HTML, and none as Markdown either.
fn tagless(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('`', "&#96;")
}
