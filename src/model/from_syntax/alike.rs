//! Declared words that are almost the same.

use super::names::{Declared, Sort, Space};
use crate::ground::{Diagnostic, Severity, Span, Text, text};
use crate::model::Support;
use crate::syntax::ast::{File, ItemKind, Name, Type};
use std::collections::BTreeMap;

/// How many pairs are compared: a text made to hurt has endless words.
const MOST_COMPARED: usize = 200_000;

/// What a Danish word can end in without being another word.
const ENDINGS: [&str; 12] = ["erne", "ene", "ens", "ets", "en", "et", "er", "ne", "e", "s", "r", "t"];

/// Tells each pair of declared words of one sort that a reader would take for each other.
pub(super) fn find(declared: &[Declared<'_>], supports: &[Support]) -> Vec<Diagnostic> {
    let mut groups: BTreeMap<(Space, Sort, String), Vec<&Declared<'_>>> = BTreeMap::new();
    for word in declared {
        // whoever slips keeps the beginning of the word or its end
        let letters: Vec<char> = word.name.to_lowercase().chars().filter(|letter| *letter != '-').collect();
        let end = letters.len().saturating_sub(3);
        let keys =
            [letters.iter().take(2).collect(), format!("-{}", letters[end..].iter().collect::<String>())];
        for key in keys {
            groups.entry((word.space, word.sort, key)).or_default().push(word);
        }
    }
    let mut found: BTreeMap<(Span, Span), Diagnostic> = BTreeMap::new();
    let mut left = MOST_COMPARED;
    for group in groups.values() {
        for (index, one) in group.iter().enumerate() {
            for other in group.iter().skip(index + 1) {
                if left == 0 {
                    break;
                }
                left -= 1;
                let (first, second) = if one.span <= other.span { (one, other) } else { (other, one) };
                let known_as_two = one.sort == Sort::Support && are_related(one.name, other.name, supports);
                if are_alike(one, other) && !known_as_two {
                    found.entry((first.span, second.span)).or_insert_with(|| tell(first, second));
                }
            }
        }
    }
    found.into_values().collect()
}

/// Tells each pair of values of one list that a reader would take for each other. One word in two forms, `enlig` and
/// `enlige`, may be two values, and the same word may stand in two lists.
pub(super) fn values(files: &[File]) -> Vec<Diagnostic> {
    let lists = files.iter().flat_map(|file| &file.items).filter_map(|item| match &item.kind {
        ItemKind::Fact(fact) => Some((&fact.name, &fact.kind)),
        ItemKind::Term(term) => Some((&term.name, &term.kind)),
        _ => None,
    });
    let mut found = Vec::new();
    let mut left = MOST_COMPARED;
    for (name, kind) in lists {
        let Type::List { values, .. } = kind else { continue };
        for (index, one) in values.iter().enumerate() {
            for other in values.iter().skip(index + 1).take(left) {
                left -= 1;
                let (first, second) = (one.name.text.to_lowercase(), other.name.text.to_lowercase());
                if first != second && are_values_alike(&first, &second) {
                    found.push(tell_values(name, &one.name, &other.name));
                }
            }
        }
    }
    found
}

fn are_values_alike(one: &str, other: &str) -> bool {
    if one.replace('-', "") == other.replace('-', "") {
        return !has_digit(one);
    }
    let (first, second): (Vec<&str>, Vec<&str>) = (one.split('-').collect(), other.split('-').collect());
    let mut different = first.iter().zip(&second).filter(|(a, b)| a != b);
    match (different.next(), different.next()) {
        (Some((a, b)), None) if first.len() == second.len() => !are_forms(a, b) && is_a_slip(a, b),
        _ => false,
    }
}

/// `enlig` and `enlige`
fn are_forms(one: &str, other: &str) -> bool {
    let is_ended =
        |short: &str, long: &str| long.strip_prefix(short).is_some_and(|end| ENDINGS.contains(&end));
    stem(one) == stem(other) || is_ended(one, other) || is_ended(other, one)
}

fn tell_values(name: &Name, first: &Name, second: &Name) -> Diagnostic {
    let (one, other, name) = (&first.text, &second.text, &name.text);
    let message = text!(
        en: "the values `{one}` and `{other}` of `{name}` are almost the same",
        da: "værdierne `{one}` og `{other}` af `{name}` er næsten ens"
    );
    let help = text!(
        en: "use one value for one thing, or values that tell two apart",
        da: "brug én værdi for én ting eller værdier, der skiller to ad"
    );
    almost_the_same(message, first.span, second.span).help(help)
}

/// Supports between which a relation is declared are known to be two.
fn are_related(one: &str, other: &str, supports: &[Support]) -> bool {
    let find = |name: &str| supports.iter().position(|support| support.name == name);
    let Some((first, second)) = find(one).zip(find(other)) else { return false };
    let names = |from: usize, to: usize| {
        supports.get(from).is_some_and(|support| support.relations.iter().any(|(_, id)| id.index() == to))
    };
    names(first, second) || names(second, first)
}

fn are_alike(one: &Declared<'_>, other: &Declared<'_>) -> bool {
    if are_names_alike(one.name, other.name) {
        return true;
    }
    let (one_word, other_word) = (one.name.to_lowercase(), other.name.to_lowercase());
    let (first, second): (Vec<&str>, Vec<&str>) =
        (one_word.split('-').collect(), other_word.split('-').collect());
    let named_of_citizens = matches!(one.sort, Sort::Support | Sort::Unit | Sort::Department);
    named_of_citizens && (is_longer_by_one(&first, &second) || is_longer_by_one(&second, &first))
}

/// Whether a reader would take one name for the other, whatever they name.
pub(crate) fn are_names_alike(one: &str, other: &str) -> bool {
    let (one_word, other_word) = (one.to_lowercase(), other.to_lowercase());
    if one_word.replace('-', "") == other_word.replace('-', "") {
        return true;
    }
    let (first, second): (Vec<&str>, Vec<&str>) =
        (one_word.split('-').collect(), other_word.split('-').collect());
    let mut different = first.iter().zip(&second).filter(|(a, b)| a != b);
    match (different.next(), different.next()) {
        (Some((a, b)), None) if first.len() == second.len() => is_a_slip(a, b),
        _ => false,
    }
}

/// `social mentor` beside `udvidet social mentor`; a number more is no slip.
fn is_longer_by_one(short: &[&str], long: &[&str]) -> bool {
    let added = match long {
        [first, rest @ ..] if rest == short => first,
        [rest @ .., last] if rest == short => last,
        _ => return false,
    };
    short.len() > 1 && added.chars().count() > 2 && !has_digit(added)
}

/// Whether one word is the other with an ending, a letter more or less, two exchanged, or, in a long word, another.
fn is_a_slip(one: &str, other: &str) -> bool {
    if has_digit(one) || has_digit(other) || is_opposite(one, other) || is_opposite(other, one) {
        return false;
    }
    let (first, second) = (one.chars().count(), other.chars().count());
    let shortest = first.min(second);
    if shortest > 4 && stem(one) == stem(other) {
        return true;
    }
    match strsim::osa_distance(one, other) {
        1 if first == second && !is_exchange(one, other) => shortest >= 8,
        1 => shortest >= 6,
        2 => shortest >= 12 && first != second,
        _ => false,
    }
}

/// `lovlig` beside `ulovlig`
fn is_opposite(one: &str, other: &str) -> bool {
    other.strip_prefix('u') == Some(one)
}

/// The same letters in another order.
fn is_exchange(one: &str, other: &str) -> bool {
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    sorted(one) == sorted(other)
}

/// A word without its ending.
pub(crate) fn stem(word: &str) -> &str {
    let stems = ENDINGS.iter().filter_map(|ending| word.strip_suffix(ending));
    stems.filter(|stem| stem.chars().count() > 3).min_by_key(|stem| stem.len()).unwrap_or(word)
}

fn has_digit(word: &str) -> bool {
    word.contains(|letter: char| letter.is_ascii_digit())
}

fn tell(first: &Declared<'_>, second: &Declared<'_>) -> Diagnostic {
    let (one, other) = (first.name, second.name);
    let message = text!(
        en: "`{one}` and `{other}` are almost the same name",
        da: "`{one}` og `{other}` er næsten det samme navn"
    );
    let help = match first.sort {
        Sort::Support => text!(
            en: "use one name for one støtte; where they are two, say how they stand to each other, e.g. `svarer til`",
            da: "brug ét navn for én støtte; er de to, så skriv, hvordan de forholder sig, f.eks. `svarer til`"
        ),
        _ => text!(
            en: "use one name for one thing, or names that tell two apart",
            da: "brug ét navn for én ting eller navne, der skiller to ad"
        ),
    };
    almost_the_same(message, first.span, second.span).help(help)
}

fn almost_the_same(message: Text, first: Span, second: Span) -> Diagnostic {
    Diagnostic::new("similar-names", Severity::Warning, message)
        .label(second, text!(en: "almost the same", da: "næsten det samme"))
        .label(first, text!(en: "as this", da: "som dette"))
}

#[cfg(test)]
mod tests {
    use super::{are_values_alike, is_a_slip};

    #[test]
    fn endings_and_slips_are_alike_and_words_and_numbers_are_not() {
        for (one, other) in [
            ("jobparat", "jobparate"),
            ("mentorer", "mentoren"),
            ("udslningskoordinator", "udslusningskoordinator"),
            ("kontaktperson", "kontkatperson"),
            ("tilbudsmentor", "tilbutsmentor"),
        ] {
            assert!(is_a_slip(one, other), "{one} {other}");
        }
        for (one, other) in
            [("lovlig", "ulovlig"), ("faglig", "daglig"), ("s1", "s2"), ("ung", "unge"), ("heltid", "deltid")]
        {
            assert!(!is_a_slip(one, other), "{one} {other}");
        }
    }

    #[test]
    fn values_may_be_two_forms_of_one_word() {
        for (one, other) in [("sygedagpenge", "syge-dagpenge"), ("kontanthjælp", "kontanhjælp")] {
            assert!(are_values_alike(one, other), "{one} {other}");
        }
        for (one, other) in [
            ("forsørger", "forsørgere"),
            ("enlig-forsørger", "enlige-forsørger"),
            ("2.1", "2.11"),
            ("trin-1", "trin1"),
            ("kontanthjælp", "uddannelseshjælp"),
            ("lovligt", "ulovligt"),
        ] {
            assert!(!are_values_alike(one, other), "{one} {other}");
        }
    }
}
