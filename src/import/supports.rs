//! The support a row is about: a name the workspace knows, or the words before `til`, `for` and `der`.

use super::grid::{GridCell, one_line};
use super::lexicon::Lexicon;
use super::words::{slug, squeezed};

/// Words that end the name of a support and begin who gets it.
const ENDS: [&str; 12] =
    ["til", "for", "der", "som", "ved", "hvis", "når", "med", "uden", "i", "efter", "under"];

/// A name of more words is a description.
const MOST_WORDS: usize = 5;

/// The supports of a cell, and the words that say more than their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Named {
    pub names: Vec<String>,
    pub rest: String,
}

/// Reads a cell; supports nobody knows are added to the lexicon.
pub(super) fn named(cell: &GridCell, lexicon: &mut Lexicon) -> Option<Named> {
    let words = bare(&cell.text);
    if words.is_empty() {
        return None;
    }
    if let Some(known) = lexicon.support(&words) {
        return Some(Named { names: vec![known.name.clone()], rest: String::new() });
    }
    let parts: Vec<String> =
        cell.text.split([',', ';', '\n', '/']).map(bare).filter(|part| !part.is_empty()).collect();
    let known: Option<Vec<String>> =
        parts.iter().map(|part| lexicon.support(part).map(|known| known.name.clone())).collect();
    if let Some(names) = known {
        return Some(Named { names, rest: String::new() });
    }
    if let Some((name, rest)) = begins_with(&words, lexicon) {
        return Some(Named { names: vec![name], rest });
    }
    let (head, rest) = head(&words);
    slug(&head).filter(|name| super::cells::is_name(name))?;
    let kind = usual_kind(lexicon);
    let name = lexicon.add_support(&head, kind)?;
    Some(Named { names: vec![name], rest })
}

/// The words without quotation marks and list signs around them.
fn bare(words: &str) -> String {
    joined(&one_line(words)).trim_matches(|letter: char| "\"”“»«'’•·-–*: ".contains(letter)).to_owned()
}

/// A word that a narrow column has parted, `Udskrivnings- koordinator`, is one again; `Ret- og pligtmentor` is as it was.
fn joined(words: &str) -> String {
    let mut parts = words.split("- ");
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let next = part.split(' ').next().unwrap_or_default();
        let is_parted = whole.ends_with(char::is_alphabetic)
            && next.starts_with(char::is_lowercase)
            && !["og", "eller", "samt"].contains(&next);
        whole.push_str(if is_parted { "" } else { "- " });
        whole.push_str(part);
    }
    whole
}

/// The longest known name that the words begin with, and the words behind it.
fn begins_with(words: &str, lexicon: &Lexicon) -> Option<(String, String)> {
    let pieces: Vec<&str> = words.split(' ').collect();
    (1..pieces.len()).rev().find_map(|many| {
        let start = pieces[..many].join(" ");
        let known = lexicon.support(start.trim_end_matches([':', ',', '.']))?;
        Some((known.name.clone(), pieces[many..].join(" ")))
    })
}

/// What names the support, and what is said beyond that.
fn head(words: &str) -> (String, String) {
    let cut = words.find(['(', ':', '.', ',', ';']).unwrap_or(words.len());
    let pieces: Vec<&str> = words.split(' ').collect();
    let mut taken = 0;
    let mut length = 0;
    for (index, piece) in pieces.iter().enumerate() {
        let ends = index > 0 && ENDS.contains(&piece.to_lowercase().as_str());
        if ends || index >= MOST_WORDS || length >= cut {
            break;
        }
        length += piece.len() + 1;
        taken = index + 1;
    }
    let end = (length.saturating_sub(1)).min(cut);
    let head = words.get(..end).unwrap_or(words).trim();
    if head.is_empty() {
        return (pieces[..taken.max(1)].join(" "), pieces[taken.max(1)..].join(" "));
    }
    let rest = words.get(head.len()..).unwrap_or_default();
    (head.to_owned(), rest.trim_matches([' ', ':', ',', ';', '.']).to_owned())
}

/// The kind that new supports are put below: the only one, or that of most supports.
fn usual_kind(lexicon: &Lexicon) -> Option<String> {
    let kinds: Vec<&str> =
        lexicon.supports.iter().filter(|known| known.is_kind).map(|known| known.name.as_str()).collect();
    let below = |kind: &&str| {
        lexicon
            .supports
            .iter()
            .filter(|known| known.parent.as_deref() == Some(*kind) && !known.is_kind)
            .count()
    };
    let is_only = kinds.len() == 1;
    kinds.into_iter().max_by_key(below).filter(|kind| is_only || below(kind) > 0).map(str::to_owned)
}

/// The one support that the heading of a column names; added to the lexicon where nobody knows it.
pub(super) fn of_heading(heading: &GridCell, lexicon: &mut Lexicon) -> Option<String> {
    let named = named(heading, lexicon)?;
    match named.names.as_slice() {
        [name] if named.rest.is_empty() => Some(name.clone()),
        _ => slug(&bare(&heading.text)).filter(|name| super::cells::is_name(name)).and_then(|_| {
            let kind = usual_kind(lexicon);
            lexicon.add_support(&bare(&heading.text), kind)
        }),
    }
}

/// Whether words name a known support, or begin with one.
pub(super) fn is_known(words: &str, lexicon: &Lexicon) -> bool {
    let words = bare(words);
    !squeezed(&words).is_empty()
        && (lexicon.support(&words).is_some() || begins_with(&words, lexicon).is_some())
}

#[cfg(test)]
mod tests {
    use super::{head, joined};

    #[test]
    fn a_word_that_a_column_parted_is_one_again() {
        for (words, whole) in [
            ("Udskrivnings- koordinator", "Udskrivningskoordinator"),
            ("Ret- og pligtmentor", "Ret- og pligtmentor"),
            ("Støtte - for unge", "Støtte - for unge"),
        ] {
            assert_eq!(joined(words), whole);
        }
    }

    #[test]
    fn a_name_ends_where_it_is_said_who_gets_it() {
        for (words, name, rest) in [
            ("Uddannelsesmentor til unge under 30 år", "Uddannelsesmentor", "til unge under 30 år"),
            ("Social mentor", "Social mentor", ""),
            ("Ledsagelse (SEL § 97)", "Ledsagelse", "(SEL § 97)"),
            ("Mentor: gives til alle", "Mentor", "gives til alle"),
        ] {
            assert_eq!(head(words), (name.to_owned(), rest.to_owned()));
        }
    }
}
