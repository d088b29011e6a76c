//! Words people write before they know the language: `minimum`, `mdr`, `mellem 18 og 67`, `LAB 93`, `12.500 kr`.

use super::{Explained, Place};
use crate::ground::text;
use crate::syntax::parse::Rule;
use crate::syntax::scanner::first_word;
use crate::syntax::words::is_keyword;
use std::ops::Range;

/// Other words for the words of the language; those in the second half only where that word can stand.
const OTHER_WORDS: [(&str, &str, Option<Rule>); 25] = [
    ("minimum", "mindst", None),
    ("min", "mindst", None),
    ("mindste", "mindst", None),
    ("maksimum", "højst", None),
    ("maksimalt", "højst", None),
    ("maks", "højst", None),
    ("max", "højst", None),
    ("maximum", "højst", None),
    ("samt", "og", None),
    ("stykke", "stk.", None),
    ("paragraf", "§", Some(Rule::provision)),
    ("hvis", "når", Some(Rule::k_when)),
    ("såfremt", "når", Some(Rule::k_when)),
    ("når", "hvis", Some(Rule::k_if)),
    ("såfremt", "hvis", Some(Rule::k_if)),
    ("da", "så", Some(Rule::k_then)),
    ("begrundelse", "fordi", Some(Rule::k_reason)),
    ("begrundet", "fordi", Some(Rule::k_reason)),
    ("lovgrundlag", "hjemmel", Some(Rule::k_basis)),
    ("lovhjemmel", "hjemmel", Some(Rule::k_basis)),
    ("bevilges", "kan give", Some(Rule::g_may)),
    ("gives", "kan give", Some(Rule::g_may)),
    ("omhandler", "omfatter", Some(Rule::k_covers)),
    ("dækker", "omfatter", Some(Rule::k_covers)),
    ("ændres", "revideres", Some(Rule::k_revised)),
];

/// Other words for the units.
const OTHER_UNITS: [(&str, &str); 12] = [
    ("mdr", "måneder"),
    ("md", "måneder"),
    ("mdr.", "måneder"),
    ("månedes", "måneder"),
    ("M", "måneder"),
    ("døgn", "dage"),
    ("dages", "dage"),
    ("dager", "dage"),
    ("ugers", "uger"),
    ("t", "timer"),
    ("kroner", "kr"),
    ("DKK", "kr"),
];

const NUMBERS: [&str; 12] =
    ["en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv"];

/// `minimum 6 måneder`, `hvis` for `når`
pub(super) fn other_word(place: &Place<'_>) -> Option<Explained> {
    let (start, previous) = place.previous_word();
    let here = (place.at, place.found());
    let meant = |word: &str| {
        let known = OTHER_WORDS.iter().filter(|(other, _, _)| *other == word);
        known
            .filter(|(_, _, where_to)| where_to.is_none_or(|rule| place.expects(rule)))
            .map(|known| known.1)
            .next()
    };
    let before_number = starts_with_digit(place.behind()) || place.found() == ".";
    let found = std::iter::once(here).chain(before_number.then_some((start, previous)));
    let (at, word, meant) = found.filter_map(|(at, word)| Some((at, word, meant(word)?))).next()?;
    Some(Explained {
        range: at..at + word.len(),
        message: text!(en: "`{word}` is written `{meant}` here", da: "`{word}` skrives her `{meant}`"),
        label: text!(en: "not the word of the language", da: "ikke sprogets ord"),
        help: Some(text!(en: "write `{meant}`", da: "skriv `{meant}`")),
    })
}

/// `6 mdr`, `12500 kroner`, `timer 1-2 om ugen`, `seks måneder`
pub(super) fn other_unit(place: &Place<'_>) -> Option<Explained> {
    let found = place.found();
    let (start, previous) = place.previous_word();
    let digits = NUMBERS.iter().position(|number| *number == previous.to_lowercase());
    if let Some(number) = digits.map(|index| index + 1).filter(|_| is_unit(found)) {
        return Some(Explained {
            range: start..start + previous.len(),
            message: text!(en: "a number is written in digits", da: "et tal skrives med cifre"),
            label: text!(en: "a number as a word", da: "et tal med bogstaver"),
            help: Some(text!(en: "write `{number} {found}`", da: "skriv `{number} {found}`")),
        });
    }
    if !place.before().ends_with(|letter: char| letter.is_ascii_digit()) || !is_word(found) {
        return None;
    }
    let range = place.found_range();
    if let Some((_, unit)) = OTHER_UNITS.iter().find(|(other, _)| *other == found) {
        return Some(Explained {
            range,
            message: text!(en: "`{found}` is not a unit of the language", da: "`{found}` er ikke en enhed i sproget"),
            label: text!(en: "unknown unit", da: "ukendt enhed"),
            help: Some(text!(en: "write `{unit}`", da: "skriv `{unit}`")),
        });
    }
    matches!(found, "om" | "pr" | "per" | "ugentligt" | "ugentlig" | "i").then(|| Explained {
        range,
        message: text!(en: "a value is a number and its unit", da: "en værdi er et tal og dets enhed"),
        label: text!(en: "too much", da: "for meget"),
        help: Some(text!(
            en: "remove what follows the number: the `vilkår` says what it is counted by",
            da: "fjern det, der følger efter tallet: `vilkår` siger, hvad der regnes i"
        )),
    })
}

/// `ca. 2`
pub(super) fn about(place: &Place<'_>) -> Option<Explained> {
    let (start, previous) = place.previous_word();
    matches!(previous, "ca" | "cirka" | "omkring" | "omtrent").then(|| Explained {
        range: start..start + previous.len(),
        message: text!(en: "`{previous}` cannot be checked", da: "`{previous}` kan ikke kontrolleres"),
        label: text!(en: "about how much?", da: "omtrent hvor meget?"),
        help: Some(text!(en: "write a range such as `1-3`", da: "skriv et interval som `1-3`")),
    })
}

/// `alder 18-67`, `alder er 18-67`, `alder mellem 18 og 67`, `målgruppe 2.3` in a condition
pub(super) fn no_comparison(place: &Place<'_>) -> Option<Explained> {
    let behind = place.behind();
    let (start, previous) = place.previous_word();
    let tell = |range: Range<usize>, meant: String| Explained {
        range,
        message: text!(en: "this is not a comparison", da: "dette er ikke en sammenligning"),
        label: text!(en: "how is it compared?", da: "hvordan sammenlignes der?"),
        help: Some(text!(en: "write `{meant}`", da: "skriv `{meant}`")),
    };
    if place.found() == "mellem" {
        let words: Vec<&str> = behind.split_whitespace().take(4).collect();
        return match words.as_slice() {
            [_, low, "og", high] => Some(tell(place.found_range(), format!("fra {low} til {high}"))),
            _ => None,
        };
    }
    if !place.expects(Rule::k_and) {
        return None;
    }
    if starts_with_digit(behind) && place.expects(Rule::test) {
        let value = value_at(behind);
        let meant = match value.split_once('-') {
            Some((low, high)) if !high.contains('-') => format!("{previous} fra {low} til {high}"),
            _ => format!("{previous} er {value}"),
        };
        return Some(tell(place.at..place.at + value.len(), meant));
    }
    let high = behind.strip_prefix('-').map(value_at).filter(|high| !high.is_empty())?;
    starts_with_digit(previous)
        .then(|| tell(start..place.at + 1 + high.len(), format!("fra {previous} til {high}")))
}

/// `timer 1 til 2`, `tal 0 til 120`, `tal fra 0 til 120`
pub(super) fn range_in_words(place: &Place<'_>) -> Option<Explained> {
    let found = place.found();
    let (_, previous) = place.previous_word();
    let declares = place.expects(Rule::dash) || place.expects(Rule::plain) || place.expects(Rule::range);
    let is_slip = found == "til"
        && previous.ends_with(|letter: char| letter.is_alphanumeric())
        && (declares || place.expects(Rule::comma) && starts_with_digit(previous))
        || found == "fra" && declares;
    is_slip.then(|| Explained {
        range: place.found_range(),
        message: text!(en: "a range is written with a hyphen here", da: "et interval skrives her med bindestreg"),
        label: text!(en: "not a word here", da: "ikke med ord"),
        help: Some(if found == "til" {
            text!(en: "write `-` in place of `til`", da: "skriv `-` i stedet for `til`")
        } else {
            text!(en: "remove `fra`, and write `-` in place of `til`", da: "fjern `fra`, og skriv `-` i stedet for `til`")
        }),
    })
}

/// `12.500,50 kr`, `kr 0-100.000`, `1.5-2`, `kr 12500`
pub(super) fn number(place: &Place<'_>) -> Option<Explained> {
    let (start, previous) = place.previous_word();
    let behind = place.behind();
    let number = previous.rsplit('-').next()?;
    let start = start + previous.len() - number.len();
    let tell = |meant: String| Explained {
        range: start..start + number.len(),
        message: text!(en: "a number has a comma before its decimals and no other signs", da: "et tal har komma foran decimalerne og ingen andre tegn"),
        label: text!(en: "a dot in a number", da: "punktum i et tal"),
        help: Some(text!(en: "write `{meant}`", da: "skriv `{meant}`")),
    };
    if previous == "kr" && starts_with_digit(behind) {
        let amount = value_at(behind);
        return Some(Explained {
            range: start..place.at + amount.len(),
            message: text!(en: "the unit stands behind the number", da: "enheden står efter tallet"),
            label: text!(en: "not in front", da: "ikke foran"),
            help: Some(text!(en: "write `{amount} kr`", da: "skriv `{amount} kr`")),
        });
    }
    if !starts_with_digit(number) || !number.contains('.') {
        return None;
    }
    let goes_on = behind.strip_prefix([',', '-']).is_some_and(starts_with_digit);
    let lacks_unit = !place.positives.is_empty() && place.positives.iter().all(|rule| *rule == Rule::unit);
    if !goes_on && !lacks_unit {
        return None;
    }
    let thousands = number.split('.').skip(1).all(|part| part.len() == 3);
    let meant = if thousands { number.replace('.', "") } else { number.replacen('.', ",", 1) };
    let decimals = behind.strip_prefix(',').map(|rest| format!(",{}", value_at(rest))).unwrap_or_default();
    Some(tell(format!("{meant}{decimals}")))
}

/// `LAB 93`
pub(super) fn provision_without_sign(place: &Place<'_>) -> Option<Explained> {
    let number = value_at(place.behind());
    (place.expects(Rule::provision) && starts_with_digit(number)).then(|| Explained {
        range: place.at..place.at + number.len(),
        message: text!(en: "the sign `§` is missing", da: "tegnet `§` mangler"),
        label: text!(en: "a section or a chapter?", da: "paragraf eller kapitel?"),
        help: Some(text!(en: "write `§ {number}` or `kap. {number}`", da: "skriv `§ {number}` eller `kap. {number}`")),
    })
}

/// `med 1-2 timer`
pub(super) fn value_before_its_term(place: &Place<'_>) -> Option<Explained> {
    let value = value_at(place.behind());
    let term = first_word(place.behind().get(value.len()..)?.trim_start());
    (place.expects(Rule::bound) || place.previous_word().1 == "med").then_some(())?;
    (starts_with_digit(value) && is_word(term)).then(|| Explained {
        range: place.at..place.at + value.len(),
        message: text!(en: "a term's name stands before its value", da: "vilkårets navn står før værdien"),
        label: text!(en: "of which term?", da: "for hvilket vilkår?"),
        help: Some(text!(en: "write `{term} {value}`", da: "skriv `{term} {value}`")),
    })
}

/// `som pligt varighed mindst 6 måneder`
pub(super) fn missing_with(place: &Place<'_>) -> Option<Explained> {
    let term = place.found();
    let next = place.behind().get(term.len()..)?.trim_start();
    let is_bound =
        starts_with_digit(next) || ["mindst", "højst", "under", "over"].contains(&first_word(next));
    (place.expects(Rule::k_with) && is_word(term) && is_bound).then(|| Explained {
        range: place.found_range(),
        message: text!(en: "`med` is missing before the terms", da: "der mangler `med` foran vilkårene"),
        label: text!(en: "a term begins here", da: "her begynder et vilkår"),
        help: Some(text!(en: "write `med {term}`", da: "skriv `med {term}`")),
    })
}

/// `gælder i Unge Voksne`, `6 måneder kontakt højst 14 dage`, `§ 93 LAB § 31 b`
pub(super) fn missing_comma(place: &Place<'_>) -> Option<Explained> {
    let found = place.found();
    let gap = &place.source[place.before().len()..place.at];
    let (_, previous) = place.previous_word();
    let next = place.behind().get(found.len()..)?.trim_start();
    let goes_on = next.starts_with('§') || is_comparing(first_word(next));
    let lacks_colon = place.expects(Rule::colon) && !place.behind().lines().next()?.contains(':');
    let of_names = !starts_with_digit(previous) && !is_unit(previous);
    if !place.expects(Rule::comma)
        || !is_word(found)
        || is_keyword(found)
        || gap.contains('\n')
        || lacks_colon
        || !(goes_on || of_names)
    {
        return None;
    }
    let help = if goes_on {
        text!(en: "write `, {found}`", da: "skriv `, {found}`")
    } else {
        text!(
            en: "write `{previous}, {found}`, or `{previous}-{found}` where it is one name",
            da: "skriv `{previous}, {found}`, eller `{previous}-{found}`, hvis det er ét navn"
        )
    };
    Some(Explained {
        range: place.found_range(),
        message: text!(en: "a list has commas", da: "en liste har kommaer"),
        label: text!(en: "a comma is missing before this", da: "her mangler et komma foran"),
        help: Some(help),
    })
}

/// `har ret til`
pub(super) fn has_right(place: &Place<'_>) -> Option<Explained> {
    let next = place.behind().strip_prefix("har")?.trim_start();
    (first_word(next) == "ret").then(|| Explained {
        range: place.found_range(),
        message: text!(en: "`har` does not stand before `ret til`", da: "`har` står ikke foran `ret til`"),
        label: text!(en: "too much", da: "for meget"),
        help: Some(text!(en: "remove `har`", da: "fjern `har`")),
    })
}

fn is_comparing(word: &str) -> bool {
    ["er", "under", "over", "mindst", "højst", "fra"].contains(&word)
}

fn is_unit(word: &str) -> bool {
    ["time", "timer", "dag", "dage", "uge", "uger", "måned", "måneder", "år", "kr"].contains(&word)
}

fn is_word(text: &str) -> bool {
    text.starts_with(char::is_alphabetic)
}

pub(super) fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|letter: char| letter.is_ascii_digit())
}

/// The number, dotted value or range `text` begins with.
pub(super) fn value_at(text: &str) -> &str {
    let end = text.find(|letter: char| !(letter.is_ascii_digit() || matches!(letter, '.' | ',' | '-')));
    text[..end.unwrap_or(text.len())].trim_end_matches(['.', ',', '-'])
}
