//! Where pest stopped, in words a caseworker can use. Slips that real writers make have hints of their own; for the
//! rest it is said what was expected.

use super::item_words;
use super::parse::Rule;
use super::scanner::first_word;
use super::words::{expected, is_keyword, keyword};
use crate::ground::{Text, text};
use pest::error::{Error, ErrorVariant, InputLocation};
use std::ops::Range;

/// What to tell about a text that does not follow the grammar.
pub(super) struct Explained {
    pub(super) range: Range<usize>,
    pub(super) message: Text,
    pub(super) label: Text,
    pub(super) help: Option<Text>,
}

/// The place where the text leaves the grammar, and what could have stood there.
struct Place<'a> {
    source: &'a str,
    /// what is being read: an item, or a cell of a table
    whole: Rule,
    at: usize,
    positives: &'a [Rule],
}

/// Explains where `source` leaves the grammar of `whole`.
pub(super) fn explain(error: &Error<Rule>, whole: Rule, source: &str) -> Explained {
    let at = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    };
    let positives = match &error.variant {
        ErrorVariant::ParsingError { positives, .. } => positives.as_slice(),
        ErrorVariant::CustomError { .. } => &[],
    };
    let place = Place { source, whole, at, positives };
    const HINTS: [fn(&Place<'_>) -> Option<Explained>; 16] = [
        comma,
        sign,
        later_version,
        several_values,
        repeated_fact,
        joined_by_and,
        capital_keyword,
        half_keyword,
        superfluous_is,
        open_range,
        number_with_dot,
        second_item,
        heading_of_words,
        missing_parenthesis,
        stray_parenthesis,
        misspelt_keyword,
    ];
    HINTS.iter().find_map(|hint| hint(&place)).unwrap_or_else(|| place.unexpected(None))
}

impl<'a> Place<'a> {
    fn behind(&self) -> &'a str {
        self.source.get(self.at..).unwrap_or_default()
    }

    fn before(&self) -> &'a str {
        self.source.get(..self.at).unwrap_or_default().trim_end()
    }

    /// The word or sign that cannot stand there.
    fn found(&self) -> &'a str {
        let behind = self.behind();
        let word = first_word(behind);
        let length = word.len().max(behind.chars().next().map_or(0, char::len_utf8));
        &behind[..length]
    }

    fn found_range(&self) -> Range<usize> {
        self.at..self.at + self.found().len()
    }

    /// The word before, and where it begins.
    fn previous_word(&self) -> (usize, &'a str) {
        let before = self.before();
        let start = before
            .char_indices()
            .rev()
            .take_while(|(_, letter)| letter.is_alphanumeric() || matches!(letter, '-' | '.'))
            .last()
            .map_or(before.len(), |(at, _)| at);
        (start, &before[start..])
    }

    fn is_cell(&self) -> bool {
        matches!(
            self.whole,
            Rule::cell_heading
                | Rule::cell_name
                | Rule::cell_supports
                | Rule::cell_when
                | Rule::cell_grade
                | Rule::cell_basis
                | Rule::cell_valid
                | Rule::cell_test
        )
    }

    fn expects(&self, rule: Rule) -> bool {
        self.positives.contains(&rule)
    }

    /// Says what was expected.
    fn unexpected(&self, help: Option<Text>) -> Explained {
        let label = match expected(self.positives) {
            Some(Text { en, da }) => text!(en: "expected {en}", da: "her ventes {da}"),
            None => text!(en: "not expected", da: "ikke ventet"),
        };
        let found = self.found();
        if found.is_empty() {
            let before = self.before();
            let last = before.char_indices().next_back().map_or(0, |(at, _)| at);
            let range = self.previous_word().0.min(last)..before.len();
            let message = if self.is_cell() {
                text!(en: "something is missing at the end of the cell", da: "der mangler noget sidst i cellen")
            } else {
                text!(en: "something is missing at the end", da: "der mangler noget til sidst")
            };
            return Explained { range, message, label, help };
        }
        let message = text!(en: "`{found}` cannot stand here", da: "`{found}` kan ikke stå her");
        Explained { range: self.found_range(), message, label, help }
    }
}

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
fn comma(place: &Place<'_>) -> Option<Explained> {
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
fn sign(place: &Place<'_>) -> Option<Explained> {
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

/// Words of the language that this version does not read yet.
fn later_version(place: &Place<'_>) -> Option<Explained> {
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

/// `er 2.3 eller 2.13`
fn several_values(place: &Place<'_>) -> Option<Explained> {
    let (start, joiner) = place.previous_word();
    if !matches!(joiner, "og" | "eller") || !place.found().starts_with(|letter: char| letter.is_ascii_digit())
    {
        return None;
    }
    let value = |text: &str| {
        let end = text.find(|letter: char| !(letter.is_alphanumeric() || matches!(letter, '.' | '-')));
        text[..end.unwrap_or(text.len())].to_owned()
    };
    let next = value(place.behind());
    let earlier = place.source.get(..start)?.split_whitespace().next_back().unwrap_or_default();
    Some(Explained {
        range: start..start + joiner.len(),
        message: text!(en: "several values are separated by commas", da: "flere værdier adskilles af komma"),
        label: text!(en: "`{joiner}` joins conditions", da: "`{joiner}` forbinder betingelser"),
        help: Some(text!(en: "write `{earlier}, {next}`", da: "skriv `{earlier}, {next}`")),
    })
}

/// `alder under 30 og over 18`
fn repeated_fact(place: &Place<'_>) -> Option<Explained> {
    const COMPARING: [&str; 6] = ["er", "under", "over", "mindst", "højst", "fra"];
    let (_, joiner) = place.previous_word();
    let found = place.found();
    if !matches!(joiner, "og" | "eller" | "ikke") || !COMPARING.contains(&found) {
        return None;
    }
    let words: Vec<&str> = place.before().split_whitespace().collect();
    let compared = words.windows(2).rev().find_map(|pair| match pair {
        [fact, comparing] if COMPARING.contains(comparing) => Some(fact.trim_start_matches('(')),
        _ => None,
    });
    let rest: Vec<&str> = place.behind().split_whitespace().take(2).collect();
    let rest = rest.join(" ");
    let help = match compared {
        Some(fact) => {
            text!(en: "repeat the fact: `{fact} {rest}`", da: "gentag oplysningen: `{fact} {rest}`")
        }
        None => text!(en: "write the fact before `{found}`", da: "skriv oplysningen før `{found}`"),
    };
    Some(Explained {
        range: place.found_range(),
        message: text!(en: "it is not said what is compared", da: "det fremgår ikke, hvad der sammenlignes"),
        label: text!(en: "a fact is missing before this", da: "her mangler en oplysning foran"),
        help: Some(help),
    })
}

/// `LAB § 93 og § 96 c`, `kan give a og b`
fn joined_by_and(place: &Place<'_>) -> Option<Explained> {
    let found = place.found();
    if !matches!(found, "og" | "eller") || place.expects(Rule::k_and) || !place.expects(Rule::comma) {
        return None;
    }
    Some(Explained {
        range: place.found_range(),
        message: text!(en: "`{found}` joins conditions only", da: "`{found}` forbinder kun betingelser"),
        label: text!(en: "a list has commas", da: "en liste har kommaer"),
        help: Some(
            text!(en: "write a comma in place of `{found}`", da: "skriv et komma i stedet for `{found}`"),
        ),
    })
}

/// `Når`, `Skal give`
fn capital_keyword(place: &Place<'_>) -> Option<Explained> {
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
fn half_keyword(place: &Place<'_>) -> Option<Explained> {
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

/// `alder er mindst 18`
fn superfluous_is(place: &Place<'_>) -> Option<Explained> {
    let (start, previous) = place.previous_word();
    let found = place.found();
    let is_slip = previous == "er" && ["under", "over", "mindst", "højst", "fra"].contains(&found);
    is_slip.then(|| Explained {
        range: start..start + previous.len(),
        message: text!(en: "`er` does not stand before `{found}`", da: "`er` står ikke foran `{found}`"),
        label: text!(en: "too much", da: "for meget"),
        help: Some(text!(en: "remove `er`", da: "fjern `er`")),
    })
}

/// `dato fra 2016-01-01` in a condition
fn open_range(place: &Place<'_>) -> Option<Explained> {
    let only_to = place.expects(Rule::k_to)
        && place.positives.iter().all(|rule| matches!(rule, Rule::k_to | Rule::unit));
    if !only_to {
        return None;
    }
    let (start, low) = place.previous_word();
    Some(Explained {
        range: start..start + low.len(),
        message: text!(en: "`fra` in a condition needs `til`", da: "`fra` i en betingelse kræver `til`"),
        label: text!(en: "`til` is missing after this", da: "herefter mangler `til`"),
        help: Some(text!(
            en: "add `til …`, or write `mindst {low}`",
            da: "tilføj `til …`, eller skriv `mindst {low}`"
        )),
    })
}

/// `tal 0.5-2`, `tal 0-37 med 1 decimal`
fn number_with_dot(place: &Place<'_>) -> Option<Explained> {
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

/// Two items on one line.
fn second_item(place: &Place<'_>) -> Option<Explained> {
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
fn heading_of_words(place: &Place<'_>) -> Option<Explained> {
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

/// `(a og b`
fn missing_parenthesis(place: &Place<'_>) -> Option<Explained> {
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
fn stray_parenthesis(place: &Place<'_>) -> Option<Explained> {
    (place.found() == ")" && place.expects(Rule::k_and)).then(|| Explained {
        range: place.found_range(),
        message: text!(en: "a closing parenthesis without an opening one", da: "en slutparentes uden en startparentes"),
        label: text!(en: "nothing is open here", da: "her er intet åbent"),
        help: Some(text!(en: "remove `)`", da: "fjern `)`")),
    })
}

/// `hjemel`: close to a keyword that could stand here.
fn misspelt_keyword(place: &Place<'_>) -> Option<Explained> {
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
