//! Keywords: misspelt, half, or with a capital letter.

use super::{Explained, Place};
use crate::ground::text;
use crate::syntax::item_words;
use crate::syntax::parse::{Rule, pairs_of};
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
    let is_defined = place.expects(Rule::equals) && matches!(place.found(), "er" | "betyder");
    if rest.is_empty()
        || is_defined
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
    let told = Explained::new(
        place.at..place.at + rest.len(),
        text!(en: "a name is one word", da: "et navn er ét ord"),
        text!(en: "does not belong to the name", da: "hører ikke med til navnet"),
        Some(help),
    );
    let start = place.before().len() - head.len();
    let told = told.edit(start..place.at + rest.len(), joined);
    Some(if has_title { told } else { told.guessed() })
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
    is_slip.then(|| {
        let told = place.unexpected(Some(text!(en: "write `ja/nej`", da: "skriv `ja/nej`")));
        let written = place.behind().lines().next().unwrap_or_default();
        let lower = written.to_lowercase();
        let forms = ["ja/nej", "ja / nej", "ja eller nej", "ja, nej", "nej/ja"];
        match forms.into_iter().find(|form| lower.starts_with(form)) {
            Some(form) => told.edit(place.at..place.at + form.len(), "ja/nej"),
            None => told,
        }
    })
}

/// `så ret til x` in a guarantee, `så må ikke give x` in an example
pub(super) fn outcomes(place: &Place<'_>) -> Option<Explained> {
    let is_grade = |word: &str| matches!(word, "kan" | "ret" | "skal");
    let is_claim = place.whole == Rule::guarantee_item;
    let (start, previous) = place.previous_word();
    // `så skal x` is read as the support `skal`
    let (at, grade) = if is_claim && place.expects(Rule::k_with) && is_grade(previous) {
        (start, previous)
    } else {
        (place.at, place.found())
    };
    if is_claim && is_grade(grade) && (at < place.at || place.expects(Rule::k_exists)) {
        let behind = place.source.get(at + grade.len()..)?;
        let second = first_word(behind.trim_start());
        let blanks = behind.len() - behind.trim_start().len();
        let more = if matches!(second, "give" | "til") { blanks + second.len() } else { 0 };
        let told = Explained::new(
            at..at + grade.len() + more,
            text!(en: "a guarantee says how much at least or at most", da: "en garanti siger, hvor meget mindst eller højst"),
            text!(en: "at least this?", da: "mindst dette?"),
            Some(text!(en: "write `mindst {grade}`", da: "skriv `mindst {grade}`")),
        );
        return Some(told.replaced(format!("mindst {grade}")).guessed());
    }
    let forbids = "må ikke give";
    let expects = place.whole == Rule::example_item && place.expects(Rule::k_refused);
    (expects && place.behind().starts_with(forbids)).then(|| {
        let told = Explained::new(
            place.at..place.at + forbids.len(),
            text!(en: "an example says what is decided", da: "et eksempel siger, hvad der afgøres"),
            text!(en: "what a rule says", da: "det, en regel siger"),
            Some(text!(en: "write `afslag`", da: "skriv `afslag`")),
        );
        told.replaced("afslag")
    })
}

/// A cell that is no grade.
pub(super) fn grades(place: &Place<'_>) -> Option<Explained> {
    let before = place.before();
    let is_graded = pairs_of(Rule::cell_grade, before).is_some();
    let is_superfluous =
        ["udføre", "gives", "bevilges", "tildeles", "ydes"].contains(&place.behind().trim_end());
    if place.whole == Rule::cell_grade && is_graded && is_superfluous {
        let told = place.unexpected(Some(text!(en: "write `{before}`", da: "skriv `{before}`")));
        return Some(told.edit(place.back_to(place.source.len()), ""));
    }
    if place.whole != Rule::cell_grade {
        return None;
    }
    let written = place.source.trim().to_lowercase();
    let close: Vec<&str> = ["kan", "ret", "skal", "bør"]
        .into_iter()
        .filter(|grade| strsim::damerau_levenshtein(&written, grade) == 1)
        .collect();
    let told = place.unexpected(Some(match close.as_slice() {
        [meant] => text!(en: "did you mean `{meant}`?", da: "mente du `{meant}`?"),
        _ => text!(
            en: "the grades are `kan`, `ret`, `skal`, `må ikke`, `bør`, `bør ikke` and `skal vurdere`",
            da: "graderne er `kan`, `ret`, `skal`, `må ikke`, `bør`, `bør ikke` og `skal vurdere`"
        ),
    }));
    Some(match close.as_slice() {
        [meant] => told.edit(0..place.source.len(), *meant).guessed(),
        _ => told,
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
    let told = Explained::new(
        at..at + word.len(),
        text!(en: "keywords are written in lower case", da: "nøgleord skrives med små bogstaver"),
        text!(en: "a capital letter", da: "stort bogstav"),
        Some(text!(en: "write `{lower}`", da: "skriv `{lower}`")),
    );
    Some(told.replaced(lower.clone()))
}

/// Small words that are taken for one another.
const PREPOSITIONS: [&str; 8] = ["af", "for", "fra", "hvis", "i", "mod", "på", "til"];

/// Other words for `give`.
const GIVING: [&str; 5] = ["bevilge", "bevilges", "tildele", "tildeles", "yde"];

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
    (!is_whole).then(|| {
        let told = Explained::new(
            place.found_range(),
            text!(en: "`{found}` is followed by {en}", da: "efter `{found}` følger {da}"),
            if next.is_empty() {
                text!(en: "the rest is missing", da: "resten mangler")
            } else {
                text!(en: "`{next}` does not go with it", da: "`{next}` hører ikke til")
            },
            None,
        );
        let end = place.found_range().end;
        let start = place.with_blanks(place.found_range()).end;
        let of_next = start..start + next.len();
        let is_meant = |word: &str| {
            PREPOSITIONS.contains(&next)
                || GIVING.contains(&next)
                || strsim::damerau_levenshtein(next, word) <= 1
        };
        match en.split('`').collect::<Vec<_>>().as_slice() {
            _ if next.is_empty() => told,
            // only one word can follow: in place of another small word, or where there is none
            [_, only, _] if is_meant(only) => told.edit(of_next, *only),
            [_, only, _] => told.edit(end..end, format!(" {only}")),
            [_, first, ..] if *first == "give" && !is_keyword(next) => {
                let told = if is_meant(first) {
                    told.edit(of_next, *first)
                } else {
                    told.edit(end..end, format!(" {first}"))
                };
                told.guessed()
            }
            _ => told,
        }
    })
}

/// `gælder for Ungeafdelingen`: `gælder for` sets terms of a support, `gælder i` names a department.
pub(super) fn applies_for_a_place(place: &Place<'_>) -> Option<Explained> {
    let is_table = matches!(place.whole, Rule::table_item | Rule::matrix_item);
    let start = if is_table { place.at } else { place.source.get(..place.at)?.rfind("gælder")? };
    let words = place.source.get(start..)?;
    let rest = words.strip_prefix("gælder")?;
    let at = start + words.len() - rest.trim_start().len();
    let named = rest.trim_start().strip_prefix("for")?.strip_prefix(char::is_whitespace)?.trim_start();
    let name = first_word(named);
    let lacks_colon = place.whole == Rule::rule_item
        && place.expects(Rule::colon)
        && place.before().ends_with(name)
        && !name.is_empty();
    (is_table || lacks_colon).then(|| {
        Explained::new(
            start..at + "for".len(),
            text!(en: "a place is named with `gælder i`", da: "et sted nævnes med `gælder i`"),
            text!(en: "sets the terms of a support", da: "sætter vilkår for en støtte"),
            Some(text!(en: "write `gælder i {name}`", da: "skriv `gælder i {name}`")),
        )
        .edit(at..at + "for".len(), "i")
        .guessed()
    })
}

/// `tal 0-37 mere er bedre`
pub(super) fn comma_before_direction(place: &Place<'_>) -> Option<Explained> {
    let (start, previous) = place.previous_word();
    let is_direction = |word: &str| matches!(word, "mere" | "mindre" | "typisk" | "fast" | "internt");
    let at = if is_direction(place.found()) {
        place.at
    } else if is_direction(previous) {
        start
    } else {
        return None;
    };
    let declares = matches!(place.whole, Rule::term_item | Rule::fact_item);
    let word = first_word(place.source.get(at..)?);
    let before = place.source.get(..at)?.trim_end();
    (declares && place.expects(Rule::EOI) && !before.ends_with(',')).then(|| {
        Explained::new(
            at..at + word.len(),
            text!(en: "a comma is missing before `{word}`", da: "der mangler et komma foran `{word}`"),
            text!(en: "a comma before this", da: "komma foran dette"),
            Some(text!(en: "write `, {word}`", da: "skriv `, {word}`")),
        )
        .edit(before.len()..at, ", ")
    })
}

/// Two items on one line.
pub(super) fn second_item(place: &Place<'_>) -> Option<Explained> {
    let found = place.found();
    let is_item = place.expects(Rule::EOI) && item_words::find(found).is_some();
    is_item.then(|| {
        Explained::new(
            place.found_range(),
            text!(en: "an item begins on a line of its own", da: "et punkt begynder på sin egen linje"),
            text!(en: "another item begins here", da: "her begynder et andet punkt"),
            Some(text!(en: "begin a new line before `{found}`", da: "begynd en ny linje foran `{found}`")),
        )
        .edit(place.back_to(place.at), "\n")
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
        let told = place.unexpected(Some(text!(en: "write `grad`", da: "skriv `grad`")));
        return Some(told.edit(0..place.source.len(), "grad"));
    }
    let parts = prose.split(|letter: char| !letter.is_alphanumeric()).filter(|part| !part.is_empty());
    let name = parts.collect::<Vec<_>>().join("-");
    let told = place.unexpected(Some(text!(
        en: "write a name, `{name}`, or prose that is not read, `\"{prose}\"`",
        da: "skriv et navn, `{name}`, eller prosa, der ikke læses, `\"{prose}\"`"
    )));
    Some(told.edit(0..place.source.len(), format!("\"{prose}\"")).guessed())
}

/// `hjemel`: close to a keyword that could stand here.
pub(super) fn misspelt_keyword(place: &Place<'_>) -> Option<Explained> {
    let found = &without_double_letters(place.found());
    if found.chars().count() < 3 {
        return None;
    }
    let is_folded = found != place.found();
    let allowed = if found.chars().count() > 4 { 2 } else { 1 };
    let known = place.positives.iter().filter_map(|rule| keyword(*rule));
    let scored = known.map(|whole| (strsim::damerau_levenshtein(found, first_word(whole)), whole));
    let mut close: Vec<(usize, &str)> =
        scored.filter(|(distance, _)| *distance <= allowed && (*distance > 0 || is_folded)).collect();
    close.sort_unstable();
    close.dedup();
    // `skal give` and `skal vurdere` begin alike: what follows chooses
    let behind = place.behind().get(place.found().len()..).unwrap_or_default().trim_start();
    let follows = |whole: &str| {
        let rest = whole.split_once(' ').map_or("", |(_, rest)| rest);
        rest.is_empty() || behind.starts_with(rest)
    };
    let (distance, meant) = close.iter().find(|(_, whole)| follows(whole)).or(close.first()).copied()?;
    let others =
        close.iter().filter(|(other, whole)| *other <= distance && first_word(whole) != first_word(meant));
    let is_guess = others.count() > 0;
    let help = text!(en: "did you mean `{meant}`?", da: "mente du `{meant}`?");
    let told = place.unexpected(Some(help));
    let told = Explained { label: text!(en: "unknown word", da: "ukendt ord"), is_guess, ..told };
    Some(if follows(meant) { told.replaced(first_word(meant)) } else { told })
}

/// `naar`, `hoejst` as they are written without Danish letters.
fn without_double_letters(word: &str) -> String {
    word.replace("aa", "å").replace("oe", "ø").replace("ae", "æ")
}
