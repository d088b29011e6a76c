//! Words people write before they know the language: `minimum`, `mdr`, `mellem 18 og 67`, `LAB 93`, `12.500 kr`.

use super::{Explained, Place};
use crate::ground::text;
use crate::syntax::parse::Rule;
use crate::syntax::scanner::first_word;
use crate::syntax::words::is_keyword;
use std::ops::Range;

/// Other words for the words of the language; those in the second half only where that word can stand.
const OTHER_WORDS: [(&str, &str, Option<Rule>); 27] = [
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
    ("er", "=", Some(Rule::equals)),
    ("betyder", "=", Some(Rule::equals)),
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
    Some(
        Explained::new(
            at..at + word.len(),
            text!(en: "`{word}` is written `{meant}` here", da: "`{word}` skrives her `{meant}`"),
            text!(en: "not the word of the language", da: "ikke sprogets ord"),
            Some(text!(en: "write `{meant}`", da: "skriv `{meant}`")),
        )
        .replaced(meant),
    )
}

/// `6 mdr`, `12500 kroner`, `timer 1-2 om ugen`, `seks måneder`
pub(super) fn other_unit(place: &Place<'_>) -> Option<Explained> {
    let found = place.found();
    let (start, previous) = place.previous_word();
    let digits = NUMBERS.iter().position(|number| *number == previous.to_lowercase());
    if let Some(number) = digits.map(|index| index + 1).filter(|_| is_unit(found)) {
        return Some(
            Explained::new(
                start..start + previous.len(),
                text!(en: "a number is written in digits", da: "et tal skrives med cifre"),
                text!(en: "a number as a word", da: "et tal med bogstaver"),
                Some(text!(en: "write `{number} {found}`", da: "skriv `{number} {found}`")),
            )
            .replaced(number.to_string()),
        );
    }
    if !place.before().ends_with(|letter: char| letter.is_ascii_digit()) || !is_word(found) {
        return None;
    }
    let range = place.found_range();
    if let Some((_, unit)) = OTHER_UNITS.iter().find(|(other, _)| *other == found) {
        return Some(Explained::new(
                range,
                text!(en: "`{found}` is not a unit of the language", da: "`{found}` er ikke en enhed i sproget"),
                text!(en: "unknown unit", da: "ukendt enhed"),
                Some(text!(en: "write `{unit}`", da: "skriv `{unit}`")),
            ).replaced(*unit));
    }
    let spelt = ["timer", "dage", "hverdage", "uger", "måneder"].into_iter();
    let near = spelt.map(|unit| (strsim::damerau_levenshtein(found, unit), unit)).min();
    let near = near.filter(|(distance, _)| *distance <= 2 && found.chars().count() > 3 && !is_keyword(found));
    if let Some((_, unit)) = near {
        let told = Explained::new(
            range,
            text!(en: "`{found}` is not a unit of the language", da: "`{found}` er ikke en enhed i sproget"),
            text!(en: "unknown unit", da: "ukendt enhed"),
            Some(text!(en: "did you mean `{unit}`?", da: "mente du `{unit}`?")),
        );
        return Some(told.replaced(unit));
    }
    matches!(found, "om" | "pr" | "per" | "ugentligt" | "ugentlig" | "i").then(|| {
        let told = Explained::new(
            range,
            text!(en: "a value is a number and its unit", da: "en værdi er et tal og dets enhed"),
            text!(en: "too much", da: "for meget"),
            Some(text!(
                en: "remove what follows the number: the `vilkår` says what it is counted by",
                da: "fjern det, der følger efter tallet: `vilkår` siger, hvad der regnes i"
            )),
        );
        match counted_by(place) {
            Some(end) => told.edit(place.back_to(end), ""),
            None => told,
        }
    })
}

/// Where `om ugen`, `pr. måned` or `ugentligt` ends.
fn counted_by(place: &Place<'_>) -> Option<usize> {
    const PERIODS: [&str; 8] = ["uge", "ugen", "måned", "måneden", "dag", "dagen", "år", "året"];
    if place.found().starts_with("ugentlig") {
        return Some(place.found_range().end);
    }
    let rest = place.behind().get(place.found().len()..)?;
    let period = rest.trim_start_matches('.').trim_start();
    let word = first_word(period);
    PERIODS.contains(&word).then(|| place.source.len() - period.len() + word.len())
}

/// `ca. 2`
pub(super) fn about(place: &Place<'_>) -> Option<Explained> {
    let (start, previous) = place.previous_word();
    matches!(previous, "ca" | "cirka" | "omkring" | "omtrent").then(|| {
        Explained::new(
            start..start + previous.len(),
            text!(en: "`{previous}` cannot be checked", da: "`{previous}` kan ikke kontrolleres"),
            text!(en: "about how much?", da: "omtrent hvor meget?"),
            Some(text!(en: "write a range such as `1-3`", da: "skriv et interval som `1-3`")),
        )
    })
}

/// `alder 18-67`, `alder er 18-67`, `alder mellem 18 og 67`, `målgruppe 2.3` in a condition
pub(super) fn no_comparison(place: &Place<'_>) -> Option<Explained> {
    let behind = place.behind();
    let (start, previous) = place.previous_word();
    let tell = |range: Range<usize>, meant: String| {
        Explained::new(
            range,
            text!(en: "this is not a comparison", da: "dette er ikke en sammenligning"),
            text!(en: "how is it compared?", da: "hvordan sammenlignes der?"),
            Some(text!(en: "write `{meant}`", da: "skriv `{meant}`")),
        )
    };
    if place.found() == "mellem" {
        let words: Vec<&str> = behind.split_whitespace().take(4).collect();
        return match words.as_slice() {
            [_, low, "og", high] => {
                let meant = format!("fra {low} til {high}");
                let length = behind.find(high)? + high.len();
                Some(tell(place.found_range(), meant.clone()).edit(place.at..place.at + length, meant))
            }
            _ => None,
        };
    }
    if !place.expects(Rule::k_and) {
        return None;
    }
    if starts_with_digit(behind) && place.expects(Rule::test) {
        let value = value_at(behind);
        let meant = match value.split_once('-') {
            Some((low, high)) if !high.contains('-') => format!("fra {low} til {high}"),
            _ => format!("er {value}"),
        };
        let told = tell(place.at..place.at + value.len(), format!("{previous} {meant}"));
        return Some(told.replaced(meant));
    }
    let high = behind.strip_prefix('-').map(value_at).filter(|high| !high.is_empty())?;
    starts_with_digit(previous).then(|| {
        let meant = format!("fra {previous} til {high}");
        let told = tell(start..place.at + 1 + high.len(), meant.clone());
        // `alder er 18-67`: the `er` goes too
        let (is, before) = place.word_before(start);
        let from = if before == "er" { is } else { start };
        told.edit(from..place.at + 1 + high.len(), meant)
    })
}

/// `timer 1 til 2`, `tal 0 til 120`, `tal fra 0 til 120`
pub(super) fn range_in_words(place: &Place<'_>) -> Option<Explained> {
    let found = place.found();
    let (_, previous) = place.previous_word();
    let ranges = [Rule::dash, Rule::plain, Rule::number, Rule::plain_range, Rule::range];
    let declares = ranges.into_iter().any(|rule| place.expects(rule));
    let is_slip = found == "til"
        && previous.ends_with(|letter: char| letter.is_alphanumeric())
        && (declares || place.expects(Rule::comma) && starts_with_digit(previous))
        || found == "fra" && declares;
    let told = || {
        Explained::new(
            place.found_range(),
            text!(en: "a range is written with a hyphen here", da: "et interval skrives her med bindestreg"),
            text!(en: "not a word here", da: "ikke med ord"),
            Some(if found == "til" {
                text!(en: "write `-` in place of `til`", da: "skriv `-` i stedet for `til`")
            } else {
                text!(en: "remove `fra`, and write `-` in place of `til`", da: "fjern `fra`, og skriv `-` i stedet for `til`")
            }),
        )
    };
    if !is_slip {
        return None;
    }
    if found == "til" {
        let end = place.with_blanks(place.found_range()).end;
        return Some(told().edit(place.back_to(end), "-"));
    }
    let line = place.behind().lines().next()?;
    let to = line.find(" til ").map(|at| place.at + at);
    let start = place.with_blanks(place.found_range());
    Some(match to {
        Some(to) => told().edit(start, "").edit(to..to + " til ".len(), "-"),
        None => told(),
    })
}

/// `12.500,50 kr`, `kr 0-100.000`, `1.5-2`, `kr 12500`
pub(super) fn number(place: &Place<'_>) -> Option<Explained> {
    let (start, previous) = place.previous_word();
    let behind = place.behind();
    let number = previous.rsplit('-').next()?;
    let start = start + previous.len() - number.len();
    let tell = |meant: String| {
        Explained::new(
            start..start + number.len(),
            text!(en: "a number has a comma before its decimals and no other signs", da: "et tal har komma foran decimalerne og ingen andre tegn"),
            text!(en: "a dot in a number", da: "punktum i et tal"),
            Some(text!(en: "write `{meant}`", da: "skriv `{meant}`")),
        )
    };
    if previous == "kr" && starts_with_digit(behind) {
        let amount = value_at(behind);
        return Some(
            Explained::new(
                start..place.at + amount.len(),
                text!(en: "the unit stands behind the number", da: "enheden står efter tallet"),
                text!(en: "not in front", da: "ikke foran"),
                Some(text!(en: "write `{amount} kr`", da: "skriv `{amount} kr`")),
            )
            .replaced(format!("{amount} kr")),
        );
    }
    // `12.500,50 kr` was read up to the comma
    if let Some((at, whole)) =
        place.source[..place.at].strip_suffix(',').map(|before| place.word_before(before.len()))
        && starts_with_digit(whole)
        && whole.contains('.')
        && starts_with_digit(behind)
    {
        let meant = format!("{},{}", whole.replace('.', ""), value_at(behind));
        let end = place.at + value_at(behind).len();
        return Some(
            Explained::new(
                at..end,
                text!(en: "a number has a comma before its decimals and no other signs", da: "et tal har komma foran decimalerne og ingen andre tegn"),
                text!(en: "a dot in a number", da: "punktum i et tal"),
                Some(text!(en: "write `{meant}`", da: "skriv `{meant}`")),
            )
            .replaced(meant),
        );
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
    let told = tell(format!("{meant}{decimals}"));
    Some(told.edit(start..start + number.len() + decimals.len(), format!("{meant}{decimals}")))
}

/// `LAB 93`
pub(super) fn provision_without_sign(place: &Place<'_>) -> Option<Explained> {
    let number = value_at(place.behind());
    (place.expects(Rule::provision) && starts_with_digit(number)).then(|| Explained::new(
            place.at..place.at + number.len(),
            text!(en: "the sign `§` is missing", da: "tegnet `§` mangler"),
            text!(en: "a section or a chapter?", da: "paragraf eller kapitel?"),
            Some(text!(en: "write `§ {number}` or `kap. {number}`", da: "skriv `§ {number}` eller `kap. {number}`")),
        ).replaced(format!("§ {number}")).guessed())
}

/// `med 1-2 timer`
pub(super) fn value_before_its_term(place: &Place<'_>) -> Option<Explained> {
    let value = value_at(place.behind());
    let gap = place.behind().get(value.len()..)?;
    let term = first_word(gap.trim_start());
    let end = place.at + value.len() + gap.len() - gap.trim_start().len() + term.len();
    (place.expects(Rule::bound) || place.expects(Rule::expected_bound) || place.previous_word().1 == "med")
        .then_some(())?;
    (starts_with_digit(value) && is_word(term)).then(|| {
        Explained::new(
            place.at..place.at + value.len(),
            text!(en: "a term's name stands before its value", da: "vilkårets navn står før værdien"),
            text!(en: "of which term?", da: "for hvilket vilkår?"),
            Some(text!(en: "write `{term} {value}`", da: "skriv `{term} {value}`")),
        )
        .edit(place.at..end, format!("{term} {value}"))
    })
}

/// `med timer præcis 1-3`, `med netop timer 1-3` in an example, `med timer netop 2` in a rule
pub(super) fn exactly(place: &Place<'_>) -> Option<Explained> {
    let (start, previous) = place.previous_word();
    let (before, word) = place.word_before(start);
    let is_meant = matches!(previous, "præcis" | "præcist" | "nøjagtig" | "nøjagtigt");
    if place.whole == Rule::example_item && is_meant {
        return Some(
            Explained::new(
                start..start + previous.len(),
                text!(en: "`{previous}` is written `netop` here", da: "`{previous}` skrives her `netop`"),
                text!(en: "not the word of the language", da: "ikke sprogets ord"),
                Some(text!(en: "write `netop`", da: "skriv `netop`")),
            )
            .replaced("netop"),
        );
    }
    let is_term = is_word(previous) && !is_keyword(previous);
    if place.whole == Rule::example_item && word == "netop" && is_term {
        let meant = format!("{previous} netop");
        return Some(
            Explained::new(
                before..before + word.len(),
                text!(en: "`netop` stands behind the term", da: "`netop` står efter vilkåret"),
                text!(en: "not before it", da: "ikke foran"),
                Some(text!(en: "write `{meant}`", da: "skriv `{meant}`")),
            )
            .edit(before..start + previous.len(), meant),
        );
    }
    let at = if place.found() == "netop" { place.at } else { start };
    let is_here = place.source.get(at..)?.starts_with("netop ");
    (is_here && place.whole != Rule::example_item).then(|| {
        let range = at..at + "netop".len();
        let told = Explained::new(
            range.clone(),
            text!(en: "`netop` stands in examples only", da: "`netop` står kun i eksempler"),
            text!(en: "too much", da: "for meget"),
            Some(text!(
                en: "remove `netop`: a bare value is exact here",
                da: "fjern `netop`: en værdi uden ord foran gælder nøjagtigt her"
            )),
        );
        told.edit(place.with_blanks(range), "")
    })
}

/// `som pligt varighed mindst 6 måneder`
pub(super) fn missing_with(place: &Place<'_>) -> Option<Explained> {
    let term = place.found();
    let next = place.behind().get(term.len()..)?.trim_start();
    let is_bound =
        starts_with_digit(next) || ["mindst", "højst", "under", "over"].contains(&first_word(next));
    (place.expects(Rule::k_with) && is_word(term) && is_bound).then(|| {
        Explained::new(
            place.found_range(),
            text!(en: "`med` is missing before the terms", da: "der mangler `med` foran vilkårene"),
            text!(en: "a term begins here", da: "her begynder et vilkår"),
            Some(text!(en: "write `med {term}`", da: "skriv `med {term}`")),
        )
        .replaced(format!("med {term}"))
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
    // `uddannelses mentor`
    let joined = [format!("{previous}{found}"), format!("{previous}-{found}")];
    if let Some(joined) = joined.into_iter().find(|joined| !goes_on && (place.is_written)(joined)) {
        let (start, _) = place.previous_word();
        let told = Explained::new(
            start..place.found_range().end,
            text!(en: "a name is one word", da: "et navn er ét ord"),
            text!(en: "split by a blank", da: "delt af et mellemrum"),
            Some(text!(en: "write `{joined}`", da: "skriv `{joined}`")),
        );
        return Some(told.replaced(joined));
    }
    let help = if goes_on {
        text!(en: "write `, {found}`", da: "skriv `, {found}`")
    } else {
        text!(
            en: "write `{previous}, {found}`, or `{previous}-{found}` where it is one name",
            da: "skriv `{previous}, {found}`, eller `{previous}-{found}`, hvis det er ét navn"
        )
    };
    let told = Explained::new(
        place.found_range(),
        text!(en: "a list has commas", da: "en liste har kommaer"),
        text!(en: "a comma is missing before this", da: "her mangler et komma foran"),
        Some(help),
    );
    let told = told.edit(place.back_to(place.at), ", ");
    Some(if goes_on { told } else { told.guessed() })
}

/// `har ret til`
pub(super) fn has_right(place: &Place<'_>) -> Option<Explained> {
    let next = place.behind().strip_prefix("har")?.trim_start();
    (first_word(next) == "ret").then(|| {
        Explained::new(
            place.found_range(),
            text!(en: "`har` does not stand before `ret til`", da: "`har` står ikke foran `ret til`"),
            text!(en: "too much", da: "for meget"),
            Some(text!(en: "remove `har`", da: "fjern `har`")),
        )
        .edit(place.with_blanks(place.found_range()), "")
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
