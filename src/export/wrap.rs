//! Breaking words into lines, whatever they are measured by.

/// The words in lines none of which is longer than `room`, as `long` measures them; a word that is longer alone is
/// broken. At least one line comes out.
pub(super) fn wrapped(text: &str, room: f64, long: impl Fn(&str) -> f64) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if long(&longer) <= room {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for letter in word.chars() {
            line.push(letter);
            if long(&line) > room && line.chars().count() > 1 {
                let last = line.pop();
                lines.push(std::mem::take(&mut line));
                line.extend(last);
            }
        }
    }
    lines.push(line);
    lines
}
