//! Signs: commas, dashes, quotation marks, parentheses, numbers with dots.

use super::{Explained, Place};
use crate::ground::text;
use crate::syntax::parse::Rule;
use crate::syntax::scanner::first_word;

/// Words no comma stands before.
const AFTER_NO_COMMA: [&str; 29] = [
    "skal",
    "kan",
    "må",
    "bør",
    "ret",
    "når",
    "hjemmel",
    "gyldig",
    "gælder",
    "undtagelse",
    "ansvarlig",
    "henvises",
    "fordi",
    "tolkning",
    "første",
    "forudsætning",
    "kun",
    "som",
    "med",
    "bortfalder",
    "og",
    "eller",
    "så",
    "hvis",
    "er",
    "under",
    "over",
    "mindst",
    "højst",
];

/// A comma before a keyword, or between conditions.
pub(super) fn comma(place: &Place<'_>) -> Option<Explained> {
    let before = place.before();
    let (at, next) = if place.found() == "," {
        (place.at, first_word(place.behind().get(1..)?.trim_start()))
    } else if before.ends_with(',') {
        (before.len() - 1, place.found())
    } else {
        return None;
    };
    let range = at..at + 1;
    if AFTER_NO_COMMA.contains(&next) {
        return Some(Explained {
            range,
            message: text!(en: "a comma stands before `{next}`", da: "der står et komma foran `{next}`"),
            label: text!(en: "not here", da: "ikke her"),
            help: Some(text!(en: "remove the comma", da: "fjern kommaet")),
        });
    }
    if place.expects(Rule::list_value) || place.expects(Rule::list_word) {
        return Some(Explained {
            range,
            message: text!(en: "the values of a list have blanks between them", da: "en listes værdier har mellemrum imellem sig"),
            label: text!(en: "no comma here", da: "intet komma her"),
            help: Some(text!(en: "remove the comma", da: "fjern kommaet")),
        });
    }
    let compares = place.expects(Rule::k_and) || place.expects(Rule::listed_word);
    (compares && next.starts_with(char::is_alphabetic)).then(|| Explained {
        range,
        message: text!(en: "a comma does not join conditions", da: "et komma forbinder ikke betingelser"),
        label: text!(en: "`og` or `eller` is meant", da: "her menes `og` eller `eller`"),
        help: Some(text!(en: "write `og` or `eller` in place of the comma", da: "skriv `og` eller `eller` i stedet for kommaet")),
    })
}

/// A sign the language does not have.
pub(super) fn sign(place: &Place<'_>) -> Option<Explained> {
    let letter = place.behind().chars().next()?;
    let range = place.at..place.at + letter.len_utf8();
    let digits_before: String = {
        let before = place.source.get(..place.at)?;
        let digits: String = before.chars().rev().take_while(char::is_ascii_digit).collect();
        digits.chars().rev().collect()
    };
    let label = text!(en: "not a sign of the language", da: "ikke et tegn i sproget");
    let (message, help) = match letter {
        '“' | '”' | '„' | '»' | '«' | '‟' | '‘' | '’' | '\'' => (
            text!(en: "a text stands in straight quotation marks", da: "en tekst står i lige anførselstegn"),
            text!(en: "write `\"…\"`", da: "skriv `\"…\"`"),
        ),
        '≥' | '≤' | '>' | '<' | '=' | '≠' | '!' => {
            let two = place.behind().get(letter.len_utf8()..)?.starts_with('=');
            let word = match letter {
                '≥' => "mindst",
                '>' if two => "mindst",
                '≤' => "højst",
                '<' if two => "højst",
                '>' => "over",
                '<' => "under",
                '=' => "er",
                _ => "er ikke",
            };
            let range = range.start..range.end + usize::from(two);
            let sign = place.source.get(range.clone())?;
            return Some(Explained {
                range,
                message: text!(en: "`{sign}` is written `{word}`", da: "`{sign}` skrives `{word}`"),
                label,
                help: Some(text!(en: "write `{word}`", da: "skriv `{word}`")),
            });
        }
        '½' | '¼' | '¾' => {
            let decimals = match letter {
                '½' => "5",
                '¼' => "25",
                _ => "75",
            };
            let whole = if digits_before.is_empty() { "0" } else { digits_before.as_str() };
            (
                text!(en: "a fraction is written with a comma", da: "en brøk skrives med komma"),
                text!(en: "write `{whole},{decimals}`", da: "skriv `{whole},{decimals}`"),
            )
        }
        '–' | '—' | '−' | '‐' | '‑' => {
            let behind = place.behind().get(letter.len_utf8()..)?.trim_start();
            let next = first_word(behind);
            let (_, previous) = place.previous_word();
            (
                text!(en: "a hyphen belongs here, not a long dash", da: "her skal stå en bindestreg, ikke en tankestreg"),
                text!(en: "write `{previous}-{next}`", da: "skriv `{previous}-{next}`"),
            )
        }
        '_' => {
            let (_, previous) = place.previous_word();
            let next = first_word(place.behind().get(1..)?);
            (
                text!(en: "a name has hyphens, not underscores", da: "et navn har bindestreger, ikke understreger"),
                text!(en: "write `{previous}-{next}`", da: "skriv `{previous}-{next}`"),
            )
        }
        '&' => (
            text!(en: "`&` is written `og`", da: "`&` skrives `og`"),
            text!(en: "write `og`", da: "skriv `og`"),
        ),
        ';' if place.expects(Rule::comma) => (
            text!(en: "a list has commas", da: "en liste har kommaer"),
            text!(en: "write a comma", da: "skriv et komma"),
        ),
        '[' | ']' => (
            text!(en: "parentheses are round", da: "parenteser er runde"),
            text!(en: "write `(` and `)`", da: "skriv `(` og `)`"),
        ),
        '/' if place.previous_word().1 == "og" => (
            text!(en: "`og/eller` can be read in two ways", da: "`og/eller` kan læses på to måder"),
            text!(en: "write `eller`: it does not rule out both", da: "skriv `eller`: det udelukker ikke begge dele"),
        ),
        ':' if !place.expects(Rule::equals) => (
            text!(en: "no colon stands here", da: "her står intet kolon"),
            text!(en: "remove `:`", da: "fjern `:`"),
        ),
        '.' | ';' => (
            text!(en: "`{letter}` does not end anything here", da: "`{letter}` afslutter ikke noget her"),
            text!(en: "remove it", da: "fjern det"),
        ),
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {
            let code = format!("U+{:04X}", u32::from(letter));
            (
                text!(en: "an invisible character {code} stands here", da: "her står et usynligt tegn {code}"),
                text!(en: "remove it", da: "fjern det"),
            )
        }
        _ => return None,
    };
    Some(Explained { range, message, label, help: Some(help) })
}

/// A dash for "nothing" in a cell.
pub(super) fn empty_cell(place: &Place<'_>) -> Option<Explained> {
    let nothing = matches!(place.source.trim(), "-" | "–" | "—" | "−" | "/" | "." | "x" | "X");
    (place.is_cell() && place.whole != Rule::cell_grade && nothing).then(|| Explained {
        range: place.found_range(),
        message: text!(en: "a cell that says nothing is empty", da: "en celle, der intet siger, er tom"),
        label: text!(en: "says nothing", da: "siger intet"),
        help: Some(text!(en: "leave the cell empty", da: "lad cellen være tom")),
    })
}

/// `niveau er "moderat"`
pub(super) fn quoted_value(place: &Place<'_>) -> Option<Explained> {
    let value = place.behind().strip_prefix('"')?.split('"').next()?;
    let wants_value = [Rule::listed_word, Rule::bound_word, Rule::dotted, Rule::cell_value];
    wants_value.iter().any(|rule| place.expects(*rule)).then(|| Explained {
        range: place.at..(place.at + value.len() + 2).min(place.source.len()),
        message: text!(en: "a value has no quotation marks", da: "en værdi har ingen anførselstegn"),
        label: text!(en: "a text, not a value", da: "en tekst, ikke en værdi"),
        help: Some(text!(en: "write `{value}`", da: "skriv `{value}`")),
    })
}

/// `"Med "store" timer"`
pub(super) fn quotes_in_a_text(place: &Place<'_>) -> Option<Explained> {
    let line = place.behind().lines().next()?;
    let is_slip = place.source.get(..place.at)?.ends_with('"')
        && place.found().starts_with(char::is_alphanumeric)
        && line.matches('"').count() % 2 == 0
        && line.contains('"');
    is_slip.then(|| Explained {
        range: place.found_range(),
        message: text!(en: "a quotation mark inside a text ends it", da: "et anførselstegn inde i en tekst afslutter den"),
        label: text!(en: "the text has ended before this", da: "teksten er slut før dette"),
        help: Some(text!(en: "write `»…«` inside the text", da: "skriv `»…«` inde i teksten")),
    })
}

/// `omfatter behov mentorstøtte`
pub(super) fn missing_colon(place: &Place<'_>) -> Option<Explained> {
    let found = place.found();
    (place.whole == Rule::module_item && place.expects(Rule::colon) && found != ":").then(|| Explained {
        range: place.found_range(),
        message: text!(en: "a colon and what is promised are missing", da: "der mangler et kolon og det, der loves"),
        label: text!(en: "missing before this", da: "mangler foran dette"),
        help: Some(text!(
            en: "write `omfatter CONDITION: KINDS OF SUPPORT`",
            da: "skriv `omfatter BETINGELSE: ARTER AF STØTTE`"
        )),
    })
}

/// `tal 0.5-2`, `tal 0-37 med 1 decimal`
pub(super) fn number_with_dot(place: &Place<'_>) -> Option<Explained> {
    let behind = place.behind();
    if place.found() == "med" && matches!(place.whole, Rule::fact_item | Rule::term_item) {
        return Some(place.unexpected(Some(text!(
            en: "write a comma before the decimals: `tal 0-37, 1 decimal`",
            da: "skriv et komma foran decimalerne: `tal 0-37, 1 decimal`"
        ))));
    }
    let length =
        behind.find(|letter: char| !(letter.is_ascii_digit() || letter == '.')).unwrap_or(behind.len());
    let number = behind[..length].trim_end_matches('.');
    if place.expects(Rule::comma) && !number.is_empty() {
        return Some(Explained {
            range: place.at..place.at + number.len(),
            message: text!(en: "several values are separated by commas", da: "flere værdier adskilles af komma"),
            label: text!(en: "a comma is missing before this", da: "her mangler et komma foran"),
            help: Some(text!(en: "write `, {number}`", da: "skriv `, {number}`")),
        });
    }
    let wants_number =
        [Rule::number, Rule::plain, Rule::plain_range, Rule::quantity, Rule::integer, Rule::range];
    if !wants_number.iter().any(|rule| place.expects(*rule))
        || !number.contains('.')
        || !number.starts_with(|letter: char| letter.is_ascii_digit())
    {
        return None;
    }
    let meant = number.replacen('.', ",", 1);
    Some(Explained {
        range: place.at..place.at + number.len(),
        message: text!(en: "decimals are written with a comma", da: "decimaler skrives med komma"),
        label: text!(en: "a dot in a number", da: "punktum i et tal"),
        help: Some(text!(en: "write `{meant}`", da: "skriv `{meant}`")),
    })
}

/// `(a og b`
pub(super) fn missing_parenthesis(place: &Place<'_>) -> Option<Explained> {
    let before = place.before();
    let ends_here =
        place.found().is_empty() || place.found() == "}" || AFTER_NO_COMMA.contains(&place.found());
    if !place.expects(Rule::right) || !ends_here {
        return None;
    }
    let last = before.char_indices().next_back().map_or(0, |(at, _)| at);
    Some(Explained {
        range: place.previous_word().0.min(last)..before.len(),
        message: text!(en: "a closing parenthesis is missing", da: "der mangler en slutparentes"),
        label: text!(en: "write `)` behind this", da: "skriv `)` efter dette"),
        help: None,
    })
}

/// `a og b)`
pub(super) fn stray_parenthesis(place: &Place<'_>) -> Option<Explained> {
    (place.found() == ")" && place.expects(Rule::k_and)).then(|| Explained {
        range: place.found_range(),
        message: text!(en: "a closing parenthesis without an opening one", da: "en slutparentes uden en startparentes"),
        label: text!(en: "nothing is open here", da: "her er intet åbent"),
        help: Some(text!(en: "remove `)`", da: "fjern `)`")),
    })
}
