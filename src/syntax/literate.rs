//! Literate Markdown: everything outside fenced blocks tagged `hjemmel` becomes blank, so that offsets stay true.

use std::ops::Range;

/// Whether a file of this name is Markdown with policies in it.
pub(super) fn is_literate(name: &str) -> bool {
    name.ends_with(".md")
}

/// The text with every byte outside `hjemmel` fences replaced by a blank; line feeds are kept.
pub(super) fn blank_prose(text: &str) -> String {
    let mut blanked = String::with_capacity(text.len());
    let mut done = 0;
    for code in fenced(text) {
        blank_into(&mut blanked, &text[done..code.start]);
        blanked.push_str(&text[code.clone()]);
        done = code.end;
    }
    blank_into(&mut blanked, &text[done..]);
    blanked
}

/// Adds one blank for each byte of `text`, and its line feeds.
pub(super) fn blank_into(target: &mut String, text: &str) {
    target.extend(text.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
}

/// The insides of the fences tagged `hjemmel`.
pub(super) fn fenced(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<Fence> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let (start, next) = (at, at + line.len());
        at = next;
        let Some((mark, length, info)) = fence(line) else { continue };
        match &open {
            None if mark == '`' && info.contains('`') => {}
            None => {
                let is_policy = info.split([' ', '\t', ',']).next() == Some("hjemmel");
                open = Some(Fence { mark, length, inside: next, is_policy });
            }
            Some(fence) if fence.mark == mark && length >= fence.length && info.is_empty() => {
                if fence.is_policy {
                    found.push(fence.inside..start);
                }
                open = None;
            }
            Some(_) => {}
        }
    }
    if let Some(fence) = open.filter(|fence| fence.is_policy) {
        found.push(fence.inside..text.len());
    }
    found
}

struct Fence {
    mark: char,
    length: usize,
    inside: usize,
    is_policy: bool,
}

/// The mark, its length and the words behind it, where the line is a fence.
fn fence(line: &str) -> Option<(char, usize, &str)> {
    let rest = line.trim_start_matches(' ');
    if line.len() - rest.len() > 3 {
        return None;
    }
    let mark = rest.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let info = rest.trim_start_matches(mark);
    let length = rest.len() - info.len();
    (length >= 3).then(|| (mark, length, info.trim()))
}

#[cfg(test)]
mod tests {
    use super::blank_prose;

    #[test]
    fn only_tagged_fences_are_code() {
        let text =
            "# Æble\n```hjemmel\nart a\n```\nx\n~~~text\n```hjemmel\nart b\n```\n~~~\n```hjemmel\nart c";
        let blanked = blank_prose(text);
        assert_eq!(blanked.len(), text.len());
        assert_eq!(blanked.split_whitespace().collect::<Vec<_>>(), ["art", "a", "art", "c"]);
        assert_eq!(blanked.find("art a"), text.find("art a"));
    }

    #[test]
    fn a_longer_fence_holds_a_shorter_one() {
        assert_eq!(blank_prose("````markdown\n```hjemmel\nart a\n```\n````\n").trim(), "");
    }
}
