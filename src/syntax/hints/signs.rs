//! Signs: commas, dashes, quotation marks, parentheses, numbers with dots.

use super::{Explained, Place};
use crate::ground::text;
use crate::syntax::parse::Rule;
use crate::syntax::scanner::first_word;
use crate::syntax::words::is_keyword;

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
        return Some(
            Explained::new(
                range,
                text!(en: "a comma stands before `{next}`", da: "der står et komma foran `{next}`"),
                text!(en: "not here", da: "ikke her"),
                Some(text!(en: "remove the comma", da: "fjern kommaet")),
            )
            .replaced(""),
        );
    }
    if place.expects(Rule::list_value) || place.expects(Rule::list_word) {
        let told = Explained::new(
            range,
            text!(en: "the values of a list have blanks between them", da: "en listes værdier har mellemrum imellem sig"),
            text!(en: "no comma here", da: "intet komma her"),
            Some(text!(en: "remove the comma", da: "fjern kommaet")),
        );
        let commas = commas_of_list(place.source.get(at..)?).into_iter();
        return Some(commas.fold(told, |told, comma| told.edit(at + comma..at + comma + 1, " ")));
    }
    let compares = place.expects(Rule::k_and) || place.expects(Rule::listed_word);
    (compares && next.starts_with(char::is_alphabetic)).then(|| {
        Explained::new(
            range,
            text!(en: "a comma does not join conditions", da: "et komma forbinder ikke betingelser"),
            text!(en: "`og` or `eller` is meant", da: "her menes `og` eller `eller`"),
            Some(text!(en: "write `og` or `eller` in place of the comma", da: "skriv `og` eller `eller` i stedet for kommaet")),
        )
        .edit(at..at + 1, " og")
        .guessed()
    })
}

/// Where the commas stand in the rest of a list, up to its brace.
fn commas_of_list(rest: &str) -> Vec<usize> {
    let mut quoted = false;
    let mut found = Vec::new();
    for (at, letter) in rest.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            '}' if !quoted => break,
            ',' if !quoted => found.push(at),
            _ => {}
        }
    }
    found
}

const QUOTES: [char; 10] = ['“', '”', '„', '»', '«', '‟', '‘', '’', '\'', '"'];

/// A sign the language does not have.
pub(super) fn sign(place: &Place<'_>) -> Option<Explained> {
    let letter = place.behind().chars().next()?;
    let range = place.at..place.at + letter.len_utf8();
    let mut edits = vec![(range.clone(), String::new())];
    let label = text!(en: "not a sign of the language", da: "ikke et tegn i sproget");
    let (message, help) = match letter {
        quote if QUOTES[..9].contains(&quote) => {
            let line = place.behind().lines().next()?.get(letter.len_utf8()..)?;
            let closing = line.char_indices().find(|(_, letter)| QUOTES.contains(letter));
            let closing = closing.map(|(at, letter)| (range.end + at, letter.len_utf8()));
            edits = std::iter::once((range.start, letter.len_utf8()))
                .chain(closing)
                .map(|(at, length)| (at..at + length, "\"".to_owned()))
                .collect();
            (
                text!(en: "a text stands in straight quotation marks", da: "en tekst står i lige anførselstegn"),
                text!(en: "write `\"…\"`", da: "skriv `\"…\"`"),
            )
        }
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
            let told_end = place.with_blanks(range.clone()).end;
            let told = Explained::new(
                range,
                text!(en: "`{sign}` is written `{word}`", da: "`{sign}` skrives `{word}`"),
                label,
                Some(text!(en: "write `{word}`", da: "skriv `{word}`")),
            );
            return Some(told.edit(place.back_to(told_end), format!(" {word} ")));
        }
        '½' | '¼' | '¾' => {
            let (decimals, months) = match letter {
                '½' => ("5", 6),
                '¼' => ("25", 3),
                _ => ("75", 9),
            };
            let (start, previous) = place.previous_word();
            let whole: Option<u32> = previous.parse().ok();
            let start = whole.map_or(place.at, |_| start);
            let whole = whole.unwrap_or(0);
            let behind = place.behind().get(letter.len_utf8()..)?;
            let meant = if first_word(behind.trim_start()) == "år" {
                let end = range.end + behind.len() - behind.trim_start().len() + "år".len();
                let meant = format!("{} måneder", u64::from(whole) * 12 + months);
                edits = vec![(start..end, meant.clone())];
                meant
            } else {
                let meant = format!("{whole},{decimals}");
                edits = vec![(start..range.end, meant.clone())];
                meant
            };
            (
                text!(en: "a fraction is no number of the language", da: "en brøk er ikke et tal i sproget"),
                text!(en: "write `{meant}`", da: "skriv `{meant}`"),
            )
        }
        '–' | '—' | '−' | '‐' | '‑' => {
            let behind = place.behind().get(letter.len_utf8()..)?.trim_start();
            let next = first_word(behind);
            let (start, previous) = place.previous_word();
            let end = place.with_blanks(range.clone()).end;
            if place.expects(Rule::k_and) && previous.starts_with(|letter: char| letter.is_ascii_digit()) {
                // in a sentence a range is words: `alder er 18–29`
                let (is, word) = place.word_before(start);
                let from = if word == "er" { is } else { start };
                edits = vec![(from..end + next.len(), format!("fra {previous} til {next}"))];
            } else {
                edits = vec![(place.back_to(end), "-".to_owned())];
            }
            (
                text!(en: "a hyphen belongs here, not a long dash", da: "her skal stå en bindestreg, ikke en tankestreg"),
                text!(en: "write `{previous}-{next}`", da: "skriv `{previous}-{next}`"),
            )
        }
        '_' => {
            let (_, previous) = place.previous_word();
            let next = first_word(place.behind().get(1..)?);
            let name = place.behind();
            let length = name
                .find(|letter: char| !(letter.is_alphanumeric() || matches!(letter, '-' | '_')))
                .unwrap_or(name.len());
            let underscores = name[..length].match_indices('_');
            edits = underscores.map(|(at, _)| (place.at + at..place.at + at + 1, "-".to_owned())).collect();
            (
                text!(en: "a name has hyphens, not underscores", da: "et navn har bindestreger, ikke understreger"),
                text!(en: "write `{previous}-{next}`", da: "skriv `{previous}-{next}`"),
            )
        }
        '&' => {
            edits = vec![(range.clone(), "og".to_owned())];
            (
                text!(en: "`&` is written `og`", da: "`&` skrives `og`"),
                text!(en: "write `og`", da: "skriv `og`"),
            )
        }
        ';' if place.expects(Rule::comma) => {
            edits = vec![(range.clone(), ",".to_owned())];
            (
                text!(en: "a list has commas", da: "en liste har kommaer"),
                text!(en: "write a comma", da: "skriv et komma"),
            )
        }
        '[' | ']' => {
            let line = place.behind().lines().next()?;
            edits = vec![(range.clone(), if letter == '[' { "(" } else { ")" }.to_owned())];
            if let Some(at) = line.find(']').filter(|at| *at > 0) {
                edits.push((place.at + at..place.at + at + 1, ")".to_owned()));
            }
            (
                text!(en: "parentheses are round", da: "parenteser er runde"),
                text!(en: "write `(` and `)`", da: "skriv `(` og `)`"),
            )
        }
        '/' if place.previous_word().1 == "og" => {
            let start = place.previous_word().0;
            edits = vec![(start..range.end, String::new())];
            (
                text!(en: "`og/eller` can be read in two ways", da: "`og/eller` kan læses på to måder"),
                text!(en: "write `eller`: it does not rule out both", da: "skriv `eller`: det udelukker ikke begge dele"),
            )
        }
        ':' if place.expects(Rule::equals) => {
            edits = vec![(place.back_to(range.end), " =".to_owned())];
            (
                text!(en: "`:` is written `=` here", da: "`:` skrives her `=`"),
                text!(en: "write `=`", da: "skriv `=`"),
            )
        }
        ':' => (
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
    let told = Explained::new(range, message, label, Some(help));
    Some(edits.into_iter().fold(told, |told, (range, text)| told.edit(range, text)))
}

/// A dash for "nothing" in a cell.
pub(super) fn empty_cell(place: &Place<'_>) -> Option<Explained> {
    let nothing = matches!(place.source.trim(), "-" | "–" | "—" | "−" | "/" | "." | "x" | "X");
    (place.is_cell() && place.whole != Rule::cell_grade && nothing).then(|| {
        Explained::new(
            place.found_range(),
            text!(en: "a cell that says nothing is empty", da: "en celle, der intet siger, er tom"),
            text!(en: "says nothing", da: "siger intet"),
            Some(text!(en: "leave the cell empty", da: "lad cellen være tom")),
        )
        .replaced("")
    })
}

/// `niveau er "moderat"`
pub(super) fn quoted_value(place: &Place<'_>) -> Option<Explained> {
    let value = place.behind().strip_prefix('"')?.split('"').next()?;
    let wants_value = [Rule::listed_word, Rule::bound_word, Rule::dotted, Rule::cell_value];
    wants_value.iter().any(|rule| place.expects(*rule)).then(|| {
        Explained::new(
            place.at..(place.at + value.len() + 2).min(place.source.len()),
            text!(en: "a value has no quotation marks", da: "en værdi har ingen anførselstegn"),
            text!(en: "a text, not a value", da: "en tekst, ikke en værdi"),
            Some(text!(en: "write `{value}`", da: "skriv `{value}`")),
        )
        .replaced(value)
    })
}

/// `"Med "store" timer"`
pub(super) fn quotes_in_a_text(place: &Place<'_>) -> Option<Explained> {
    let line = place.behind().lines().next()?;
    let is_slip = place.source.get(..place.at)?.ends_with('"')
        && place.found().starts_with(char::is_alphanumeric)
        && line.matches('"').count() % 2 == 0
        && line.contains('"');
    let told = || {
        Explained::new(
            place.found_range(),
            text!(en: "a quotation mark inside a text ends it", da: "et anførselstegn inde i en tekst afslutter den"),
            text!(en: "the text has ended before this", da: "teksten er slut før dette"),
            Some(text!(en: "write `»…«` inside the text", da: "skriv `»…«` inde i teksten")),
        )
    };
    is_slip.then(|| match line.match_indices('"').collect::<Vec<_>>().as_slice() {
        // one word in quotation marks, and the end of the text behind it
        [(closing, _), _] => {
            let closing = place.at + closing;
            told().edit(place.at - 1..place.at, "»").edit(closing..closing + 1, "«")
        }
        _ => told(),
    })
}

/// `omfatter behov mentorstøtte`
pub(super) fn missing_colon(place: &Place<'_>) -> Option<Explained> {
    let found = place.found();
    let is_slip = place.whole == Rule::module_item && place.expects(Rule::colon) && found != ":";
    // a name here can only be what is promised; without one nobody knows what is
    let is_promised = found.starts_with(char::is_alphabetic) && !is_keyword(found);
    is_slip.then(|| {
        let told = Explained::new(
            place.found_range(),
            text!(en: "a colon and what is promised are missing", da: "der mangler et kolon og det, der loves"),
            text!(en: "missing before this", da: "mangler foran dette"),
            Some(text!(
                en: "write `omfatter CONDITION: KINDS OF SUPPORT`",
                da: "skriv `omfatter BETINGELSE: ARTER AF STØTTE`"
            )),
        );
        if is_promised { told.edit(place.back_to(place.at), ": ") } else { told }
    })
}

/// `tal 0.5-2`, `tal 0-37 med 1 decimal`
pub(super) fn number_with_dot(place: &Place<'_>) -> Option<Explained> {
    let behind = place.behind();
    if place.found() == "med" && matches!(place.whole, Rule::fact_item | Rule::term_item) {
        let told = place.unexpected(Some(text!(
            en: "write a comma before the decimals: `tal 0-37, 1 decimal`",
            da: "skriv et komma foran decimalerne: `tal 0-37, 1 decimal`"
        )));
        return Some(told.edit(place.back_to(place.found_range().end), ","));
    }
    let length =
        behind.find(|letter: char| !(letter.is_ascii_digit() || letter == '.')).unwrap_or(behind.len());
    let number = behind[..length].trim_end_matches('.');
    if place.expects(Rule::comma) && !number.is_empty() {
        return Some(
            Explained::new(
                place.at..place.at + number.len(),
                text!(en: "several values are separated by commas", da: "flere værdier adskilles af komma"),
                text!(en: "a comma is missing before this", da: "her mangler et komma foran"),
                Some(text!(en: "write `, {number}`", da: "skriv `, {number}`")),
            )
            .edit(place.back_to(place.at), ", "),
        );
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
    let told = Explained::new(
        place.at..place.at + number.len(),
        text!(en: "decimals are written with a comma", da: "decimaler skrives med komma"),
        text!(en: "a dot in a number", da: "punktum i et tal"),
        Some(text!(en: "write `{meant}`", da: "skriv `{meant}`")),
    );
    Some(told.replaced(meant))
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
    Some(
        Explained::new(
            place.previous_word().0.min(last)..before.len(),
            text!(en: "a closing parenthesis is missing", da: "der mangler en slutparentes"),
            text!(en: "write `)` behind this", da: "skriv `)` efter dette"),
            None,
        )
        .edit(before.len()..before.len(), ")")
        .guessed(),
    )
}

/// `a og b)`
pub(super) fn stray_parenthesis(place: &Place<'_>) -> Option<Explained> {
    (place.found() == ")" && place.expects(Rule::k_and)).then(|| Explained::new(
            place.found_range(),
            text!(en: "a closing parenthesis without an opening one", da: "en slutparentes uden en startparentes"),
            text!(en: "nothing is open here", da: "her er intet åbent"),
            Some(text!(en: "remove `)`", da: "fjern `)`")),
        ).replaced(""))
}
