//! Keywords: misspelt, half, with a capital letter, or of a later version.

use super::{Explained, Place};
use crate::ground::text;
use crate::syntax::item_words;
use crate::syntax::parse::Rule;
use crate::syntax::scanner::first_word;
use crate::syntax::words::{is_keyword, keyword};

/// Words of the language that this version does not read yet.
pub(super) fn later_version(place: &Place<'_>) -> Option<Explained> {
    const LATER: [&str; 8] =
        ["udføre", "svarer", "udelukker", "supplerer", "uden", "afløses", "hverdage", "snarest"];
    let line = place.behind().lines().next()?;
    let mut words = line.split([' ', '\t', '{']).filter(|word| !word.is_empty());
    let word = words.by_ref().take(3).find(|word| LATER.contains(word))?;
    let start = place.at + line.find(word)?;
    let declares = matches!(place.whole, Rule::support_item | Rule::unit_item);
    let belongs = match word {
        "udføre" => place.whole == Rule::rule_item,
        "svarer" | "udelukker" | "supplerer" | "uden" | "afløses" => declares,
        _ => start == place.at,
    };
    belongs.then(|| Explained {
        range: start..start + word.len(),
        message: text!(en: "`{word}` is not read yet by this version", da: "`{word}` læses endnu ikke af denne version"),
        label: text!(en: "left out of the check", da: "udeladt af kontrollen"),
        help: None,
    })
}

/// `Når`, `Skal give`
pub(super) fn capital_keyword(place: &Place<'_>) -> Option<Explained> {
    let (start, previous) = place.previous_word();
    let slip = [(place.at, place.found()), (start, previous)];
    let (at, word) = slip.into_iter().find(|(_, word)| {
        let lower = word.to_lowercase();
        lower != *word && is_keyword(&lower)
    })?;
    let lower = word.to_lowercase();
    Some(Explained {
        range: at..at + word.len(),
        message: text!(en: "keywords are written in lower case", da: "nøgleord skrives med små bogstaver"),
        label: text!(en: "a capital letter", da: "stort bogstav"),
        help: Some(text!(en: "write `{lower}`", da: "skriv `{lower}`")),
    })
}

/// `skal` without `give`, `gælder` without `i`
pub(super) fn half_keyword(place: &Place<'_>) -> Option<Explained> {
    let found = place.found();
    let (en, da) = match found {
        "skal" => ("`give` or `vurdere`", "`give` eller `vurdere`"),
        "kan" => ("`give` or `fraviges`", "`give` eller `fraviges`"),
        "bør" => ("`give` or `ikke give`", "`give` eller `ikke give`"),
        "må" => ("`ikke give`", "`ikke give`"),
        "ret" | "henvises" => ("`til`", "`til`"),
        "gælder" => ("`i` or `for`", "`i` eller `for`"),
        "undtagelse" => ("`fra`", "`fra`"),
        "forudsætning" => ("`for`", "`for`"),
        "kun" => ("`når`", "`når`"),
        "som" => ("`pligt`", "`pligt`"),
        _ => return None,
    };
    let next = first_word(place.behind().get(found.len()..)?.trim_start());
    let is_whole = en.split('`').any(|word| word.split(' ').next() == Some(next) && !next.is_empty());
    (!is_whole).then(|| Explained {
        range: place.found_range(),
        message: text!(en: "`{found}` is followed by {en}", da: "efter `{found}` følger {da}"),
        label: if next.is_empty() {
            text!(en: "the rest is missing", da: "resten mangler")
        } else {
            text!(en: "`{next}` does not go with it", da: "`{next}` hører ikke til")
        },
        help: None,
    })
}

/// Two items on one line.
pub(super) fn second_item(place: &Place<'_>) -> Option<Explained> {
    let found = place.found();
    let is_item = place.expects(Rule::EOI) && item_words::find(found).is_some();
    is_item.then(|| Explained {
        range: place.found_range(),
        message: text!(en: "an item begins on a line of its own", da: "et punkt begynder på sin egen linje"),
        label: text!(en: "another item begins here", da: "her begynder et andet punkt"),
        help: Some(text!(en: "begin a new line before `{found}`", da: "begynd en ny linje foran `{found}`")),
    })
}

/// `| timer pr uge |`
pub(super) fn heading_of_words(place: &Place<'_>) -> Option<Explained> {
    let words: Vec<&str> = place.source.split_whitespace().collect();
    if place.whole != Rule::cell_heading || words.len() < 2 || place.source.contains('"') {
        return None;
    }
    let (name, prose) = (words.join("-"), words.join(" "));
    Some(place.unexpected(Some(text!(
        en: "write a name, `{name}`, or prose that is not read, `\"{prose}\"`",
        da: "skriv et navn, `{name}`, eller prosa, der ikke læses, `\"{prose}\"`"
    ))))
}

/// `hjemel`: close to a keyword that could stand here.
pub(super) fn misspelt_keyword(place: &Place<'_>) -> Option<Explained> {
    let found = place.found();
    if found.chars().count() < 3 {
        return None;
    }
    let allowed = if found.chars().count() > 4 { 2 } else { 1 };
    let meant = place
        .positives
        .iter()
        .filter_map(|rule| keyword(*rule))
        .map(|whole| (strsim::damerau_levenshtein(found, whole.split(' ').next().unwrap_or(whole)), whole))
        .filter(|(distance, _)| (1..=allowed).contains(distance))
        .min()
        .map(|(_, whole)| whole)?;
    let help = text!(en: "did you mean `{meant}`?", da: "mente du `{meant}`?");
    Some(Explained { label: text!(en: "unknown word", da: "ukendt ord"), ..place.unexpected(Some(help)) })
}
