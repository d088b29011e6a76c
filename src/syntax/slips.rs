//! What can be wrong with an item before its grammar is looked at, and the words for it.

use super::item_words::suggest;
use super::prepare::Places;
use crate::ground::{Diagnostic, Severity, Span, Text, text};

/// The check every finding of this room belongs to.
pub(super) const CHECK: &str = "syntax-error";

/// How deep conditions may be nested.
pub(super) const DEEPEST: usize = 64;

/// Something wrong with the characters, quotes, braces or nesting of an item; offsets in the prepared text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Slip {
    MissingBrace { opened: usize, missing: usize },
    MissingOpening { behind: usize, closed: usize },
    StrayBrace { at: usize },
    UnclosedQuote { from: usize, to: usize },
    Character { at: usize, letter: char },
    TooDeep { at: usize },
}

/// A finding of this room.
pub(super) fn problem(span: Span, message: Text, label: Text, help: Option<Text>) -> Diagnostic {
    let found = Diagnostic::new(CHECK, Severity::Error, message).label(span, label);
    match help {
        Some(help) => found.help(help),
        None => found,
    }
}

impl Slip {
    /// Whether the item can be read all the same.
    pub(super) fn is_mended(&self) -> bool {
        matches!(self, Slip::MissingBrace { .. } | Slip::MissingOpening { .. } | Slip::StrayBrace { .. })
    }

    /// The finding; `end` is where the item ends.
    pub(super) fn tell(&self, places: &Places, text: &str, end: usize) -> Diagnostic {
        match self {
            Slip::MissingBrace { opened, missing } => {
                let is_long = text[*opened..end].contains('\n');
                let brace = if is_long { "\n}" } else { " }" };
                let last = text[..end].char_indices().next_back().map_or(end, |(at, _)| at);
                problem(
                    places.span(last, end),
                    text!(en: "a closing brace is missing", da: "der mangler en afsluttende tuborgklamme"),
                    text!(en: "write `}}` behind this", da: "skriv `}}` efter dette"),
                    None,
                )
                .label(
                    places.span(*opened, opened + 1),
                    text!(en: "opened here and never closed", da: "åbnet her og aldrig lukket"),
                )
                .fix(places.span(end, end), brace.repeat(*missing))
            }
            Slip::MissingOpening { behind, closed } => {
                let last = text[..*behind].char_indices().next_back().map_or(*behind, |(at, _)| at);
                problem(
                    places.span(last, *behind),
                    text!(en: "an opening brace is missing", da: "der mangler en åbnende tuborgklamme"),
                    text!(en: "write `{{` behind this", da: "skriv `{{` efter dette"),
                    None,
                )
                .label(
                    places.span(*closed, closed + 1),
                    text!(en: "closed here and never opened", da: "lukket her og aldrig åbnet"),
                )
                .fix(places.span(*behind, *behind), " {")
            }
            Slip::StrayBrace { at } => problem(
                places.span(*at, at + 1),
                text!(en: "a closing brace without an opening one", da: "en afsluttende tuborgklamme uden en åbnende"),
                text!(en: "nothing is open here", da: "her er intet åbent"),
                Some(text!(en: "remove `}}`", da: "fjern `}}`")),
            )
            .fix(places.span(*at, at + 1), ""),
            Slip::UnclosedQuote { from, to } => {
                let written = &text[*from..*to];
                let curly = written.char_indices().rev().find(|(_, letter)| "“”„»«".contains(*letter));
                let help = if curly.is_some() {
                    text!(
                        en: "write straight quotation marks, `\"…\"`, on both sides",
                        da: "skriv lige anførselstegn, `\"…\"`, på begge sider"
                    )
                } else {
                    text!(
                        en: "a text ends on the line it begins on: write `\"` where it ends",
                        da: "en tekst slutter på den linje, den begynder på: skriv `\"`, hvor den slutter"
                    )
                };
                let told = problem(
                    places.span(*from, *to),
                    text!(en: "a quotation mark is missing", da: "der mangler et anførselstegn"),
                    text!(en: "opened here, never closed", da: "åbnet her, aldrig lukket"),
                    Some(help),
                );
                match curly {
                    Some((at, letter)) => {
                        told.fix(places.span(from + at, from + at + letter.len_utf8()), "\"")
                    }
                    None => {
                        let title = written.split('{').next().unwrap_or(written).trim_end();
                        let end = from + title.len();
                        told.guess(places.span(end, end), "\"")
                    }
                }
            }
            Slip::Character { at, letter } => {
                let span = places.span(*at, at + letter.len_utf8());
                tell_character(span, *letter).fix(span, "")
            }
            Slip::TooDeep { at } => problem(
                places.span(*at, at + 1),
                text!(
                    en: "a condition is nested more than {DEEPEST} levels deep",
                    da: "en betingelse er indlejret mere end {DEEPEST} niveauer"
                ),
                text!(en: "level {DEEPEST} is passed here", da: "her passeres niveau {DEEPEST}"),
                Some(text!(
                    en: "name a part of the condition with `begreb`",
                    da: "giv en del af betingelsen et navn med `begreb`"
                )),
            ),
        }
    }
}

fn tell_character(span: Span, letter: char) -> Diagnostic {
    let code = format!("U+{:04X}", u32::from(letter));
    if is_bidi(letter) {
        return problem(
            span,
            text!(
                en: "a hidden character {code} changes the direction of the text",
                da: "et skjult tegn {code} ændrer tekstens retning"
            ),
            text!(en: "hidden character", da: "skjult tegn"),
            Some(text!(en: "remove it: what is read must be what is shown",
                       da: "fjern det: det, der læses, skal være det, der vises")),
        );
    }
    problem(
        span,
        text!(en: "a control character {code} cannot stand in a policy", da: "et styretegn {code} kan ikke stå i en politik"),
        text!(en: "control character", da: "styretegn"),
        Some(text!(en: "remove it, or save the file as plain UTF-8 text",
                   da: "fjern det, eller gem filen som almindelig tekst i UTF-8")),
    )
}

/// The first character of `text` that may stand nowhere.
pub(super) fn forbidden_character(text: &str, start: usize) -> Option<Slip> {
    // a cheap look first: none of them begins with another byte than these
    let may_begin = |byte: u8| {
        (byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r')) || matches!(byte, 0x7f | 0xc2 | 0xd8 | 0xe2)
    };
    if !text.bytes().any(may_begin) {
        return None;
    }
    text.char_indices()
        .find(|(_, letter)| is_control(*letter) || is_bidi(*letter))
        .map(|(at, letter)| Slip::Character { at: start + at, letter })
}

fn is_control(letter: char) -> bool {
    letter.is_control() && !matches!(letter, '\t' | '\n' | '\r')
}

fn is_bidi(letter: char) -> bool {
    matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Where conditions in `text` get nested too deep: parentheses and `ikke` both count.
pub(super) fn too_deep(text: &str, start: usize) -> Option<Slip> {
    let mut around: Vec<usize> = Vec::new();
    let mut depth = 0;
    let mut negations = 0;
    let mut in_quotes = false;
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        let here = at;
        at += letter.len_utf8();
        match letter {
            '"' => in_quotes = !in_quotes,
            '\n' => in_quotes = false,
            _ if in_quotes => {}
            '(' => {
                around.push(negations + 1);
                depth += negations + 1;
                negations = 0;
            }
            ')' => {
                depth -= around.pop().unwrap_or(0);
                negations = 0;
            }
            _ if letter.is_alphabetic() => {
                let word = super::scanner::first_word(&text[here..]);
                at = here + word.len().max(letter.len_utf8());
                negations = if word == "ikke" { negations + 1 } else { 0 };
            }
            _ => {}
        }
        if depth + negations > DEEPEST {
            return Some(Slip::TooDeep { at: start + here });
        }
    }
    None
}

/// The finding for a line that begins with no item word.
pub(super) fn unknown_item(span: Span, word: &str) -> Diagnostic {
    if word.is_empty() {
        return problem(
            span,
            text!(en: "no item begins here", da: "her begynder intet punkt"),
            text!(en: "not a word of the language", da: "ikke et ord i sproget"),
            Some(text!(
                en: "begin with a word such as `regel`, `tabel` or `oplysning`",
                da: "begynd med et ord som `regel`, `tabel` eller `oplysning`"
            )),
        );
    }
    if let Some(owner) = owner_of_clause(word) {
        return problem(
            span,
            text!(en: "`{word}` belongs inside a `{owner}`", da: "`{word}` hører til inde i en `{owner}`"),
            text!(en: "inside which one?", da: "inde i hvilken?"),
            Some(text!(
                en: "write `{owner} NAME \"TITLE\" {{` before it",
                da: "skriv `{owner} NAVN \"TITEL\" {{` foran"
            )),
        );
    }
    let meant = suggest(word);
    let help = match meant {
        Some(meant) => text!(en: "did you mean `{meant}`?", da: "mente du `{meant}`?"),
        None => text!(
            en: "an item begins with a word such as `regel`, `tabel` or `oplysning`; a comment begins with `#`",
            da: "et punkt begynder med et ord som `regel`, `tabel` eller `oplysning`; en kommentar begynder med `#`"
        ),
    };
    let told = problem(
        span,
        text!(en: "`{word}` does not begin any item", da: "`{word}` indleder ikke noget punkt"),
        text!(en: "unknown word", da: "ukendt ord"),
        Some(help),
    );
    match meant {
        Some(meant) => told.fix(span, meant),
        None => told,
    }
}

/// The item whose clause `word` begins.
pub(super) fn owner_of_clause(word: &str) -> Option<&'static str> {
    match word {
        "status" | "vedtaget" | "revideres" | "omfatter" => Some("kommune"),
        "udgave" | "paragraf" => Some("lov"),
        "tegn" => Some("matrix"),
        "leverer" | "udfører" => Some("forløb"),
        "givet" => Some("eksempel"),
        "hjemmel" | "når" | "gyldig" | "ansvarlig" | "fordi" | "tolkning" => Some("regel"),
        _ => None,
    }
}
