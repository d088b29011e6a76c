//! Keywords: misspelt, half, or with a capital letter.

use super::{Explained, Place};
use crate::ground::text;
use crate::syntax::item_words;
use crate::syntax::parse::Rule;
use crate::syntax::scanner::first_word;
use crate::syntax::words::{is_keyword, keyword};

/// `støtte ret og pligtmentor "…"`, `regel med timer "…" {`
pub(super) fn name_of_words(place: &Place<'_>) -> Option<Explained> {
    let (item, head) = place.before().split_once(char::is_whitespace)?;
    if !place.expects(Rule::quoted) || item_words::find(item).is_none() || head.contains(['"', '{', ':', '='])
    {
        return None;
    }
    let rest = place.behind().lines().next()?;
    let rest = rest[..rest.find(['"', '{', ':', '=']).unwrap_or(rest.len())].trim();
    let is_name = |word: &str| {
        word.chars().all(|letter| letter.is_alphanumeric() || letter == '-')
            && item_words::find(word).is_none()
    };
    if rest.is_empty()
        || !place.behind().starts_with(rest)
        || is_keyword_here(place)
        || !rest.split_whitespace().all(is_name)
    {
        return None;
    }
    let head = head.trim();
    let joined = format!("{head} {rest}").split_whitespace().collect::<Vec<_>>().join("-");
    let has_title = place.behind()[rest.len()..].trim_start().starts_with('"');
    let help = if has_title {
        text!(en: "write `{joined}`", da: "skriv `{joined}`")
    } else {
        text!(
            en: "write `{joined}`, or `{head} \"{rest}\"` where it is the title",
            da: "skriv `{joined}`, eller `{head} \"{rest}\"`, hvis det er titlen"
        )
    };
    Some(Explained {
        range: place.at..place.at + rest.len(),
        message: text!(en: "a name is one word", da: "et navn er ét ord"),
        label: text!(en: "does not belong to the name", da: "hører ikke med til navnet"),
        help: Some(help),
    })
}

/// Whether the word found is a keyword that can stand there.
fn is_keyword_here(place: &Place<'_>) -> bool {
    let found = place.found();
    place.positives.iter().filter_map(|rule| keyword(*rule)).any(|word| word.split(' ').next() == Some(found))
}

/// `Ja/Nej`, `ja eller nej` as a type
pub(super) fn yes_or_no(place: &Place<'_>) -> Option<Explained> {
    let is_slip =
        place.expects(Rule::k_yes_no) && matches!(place.found().to_lowercase().as_str(), "ja" | "nej");
    is_slip.then(|| place.unexpected(Some(text!(en: "write `ja/nej`", da: "skriv `ja/nej`"))))
}

/// A cell that is no grade.
pub(super) fn grades(place: &Place<'_>) -> Option<Explained> {
    (place.whole == Rule::cell_grade).then(|| {
        place.unexpected(Some(text!(
            en: "the grades are `kan`, `ret`, `skal`, `må ikke`, `bør`, `bør ikke` and `skal vurdere`",
            da: "graderne er `kan`, `ret`, `skal`, `må ikke`, `bør`, `bør ikke` og `skal vurdere`"
        )))
    })
}

/// `Når`, `Skal give`
pub(super) fn capital_keyword(place: &Place<'_>) -> Option<Explained> {
    if place.whole == Rule::cell_grade {
        return None;
    }
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
        "skal" => ("`give`, `vurdere` or `udføre`", "`give`, `vurdere` eller `udføre`"),
        "kan" => ("`give`, `udføre` or `fraviges`", "`give`, `udføre` eller `fraviges`"),
        "bør" => ("`give`, `udføre` or `ikke`", "`give`, `udføre` eller `ikke`"),
        "må" => ("`ikke give` or `ikke udføre`", "`ikke give` eller `ikke udføre`"),
        "ret" | "henvises" => ("`til`", "`til`"),
        "gælder" => ("`i` or `for`", "`i` eller `for`"),
        "undtagelse" => ("`fra`", "`fra`"),
        "forudsætning" => ("`for`", "`for`"),
        "kun" => ("`når`", "`når`"),
        "som" => ("`pligt` or `loft`", "`pligt` eller `loft`"),
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
    if place.whole != Rule::cell_heading || words.is_empty() || place.source.contains('"') {
        return None;
    }
    let prose = words.join(" ");
    if prose.to_lowercase().split([' ', '/']).any(|word| matches!(word, "kan" | "skal")) {
        return Some(place.unexpected(Some(text!(en: "write `grad`", da: "skriv `grad`"))));
    }
    let parts = prose.split(|letter: char| !letter.is_alphanumeric()).filter(|part| !part.is_empty());
    let name = parts.collect::<Vec<_>>().join("-");
    Some(place.unexpected(Some(text!(
        en: "write a name, `{name}`, or prose that is not read, `\"{prose}\"`",
        da: "skriv et navn, `{name}`, eller prosa, der ikke læses, `\"{prose}\"`"
    ))))
}

/// `hjemel`: close to a keyword that could stand here.
pub(super) fn misspelt_keyword(place: &Place<'_>) -> Option<Explained> {
    let found = &without_double_letters(place.found());
    if found.chars().count() < 3 {
        return None;
    }
    let is_folded = found != place.found();
    let allowed = if found.chars().count() > 4 { 2 } else { 1 };
    let meant = place
        .positives
        .iter()
        .filter_map(|rule| keyword(*rule))
        .map(|whole| (strsim::damerau_levenshtein(found, whole.split(' ').next().unwrap_or(whole)), whole))
        .filter(|(distance, _)| *distance <= allowed && (*distance > 0 || is_folded))
        .min()
        .map(|(_, whole)| whole)?;
    let help = text!(en: "did you mean `{meant}`?", da: "mente du `{meant}`?");
    Some(Explained { label: text!(en: "unknown word", da: "ukendt ord"), ..place.unexpected(Some(help)) })
}

/// `naar`, `hoejst` as they are written without Danish letters.
fn without_double_letters(word: &str) -> String {
    word.replace("aa", "å").replace("oe", "ø").replace("ae", "æ")
}
