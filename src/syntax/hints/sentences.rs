//! Conditions and lists as people speak them.

use super::{Explained, Place};
use crate::ground::text;
use crate::syntax::parse::Rule;
use crate::syntax::scanner::first_word;
use std::ops::Range;

/// `er 2.3 eller 2.13`
pub(super) fn several_values(place: &Place<'_>) -> Option<Explained> {
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
    let told = Explained::new(
        start..start + joiner.len(),
        text!(en: "several values are separated by commas", da: "flere værdier adskilles af komma"),
        text!(en: "`{joiner}` joins conditions", da: "`{joiner}` forbinder betingelser"),
        Some(text!(en: "write `{earlier}, {next}`", da: "skriv `{earlier}, {next}`")),
    );
    let before = place.source.get(..start)?.trim_end().len();
    Some(told.edit(before..start + joiner.len(), ","))
}

/// `mindst 1 år og 6 måneder`
pub(super) fn joined_units(place: &Place<'_>) -> Option<Explained> {
    const LONGEST_FIRST: [&[&str]; 4] = [&["år"], &["måned", "måneder"], &["uge", "uger"], &["dag", "dage"]];
    let rank = |word: &str| LONGEST_FIRST.iter().position(|unit| unit.contains(&word));
    // after a bound nothing can be joined, so reading ends at the `og` itself
    let at = if place.found() == "og" { place.at } else { place.previous_word().0 };
    let behind = place.source.get(at..)?.strip_prefix("og")?;
    let number = behind.trim_start();
    let digits = number.find(|letter: char| !letter.is_ascii_digit()).filter(|length| *length > 0)?;
    let longer = place.word_before(at).1;
    let shorter = first_word(number.get(digits..)?.trim_start());
    if rank(longer)? >= rank(shorter)? {
        return None;
    }
    let blanks = behind.len() - number.len();
    let number = &number[..digits];
    let told = Explained::new(
        at..at + "og".len(),
        text!(en: "a length in two units is one value", da: "en længde i to enheder er én værdi"),
        text!(en: "`og` joins conditions", da: "`og` forbinder betingelser"),
        Some(text!(
            en: "write `… {longer} {number} {shorter}`",
            da: "skriv `… {longer} {number} {shorter}`"
        )),
    );
    Some(told.edit(at..at + "og".len() + blanks, ""))
}

/// `alder under 30 og over 18`
pub(super) fn repeated_fact(place: &Place<'_>) -> Option<Explained> {
    const COMPARING: [&str; 6] = ["er", "under", "over", "mindst", "højst", "fra"];
    let (_, joiner) = place.previous_word();
    let found = place.found();
    if !matches!(joiner, "og" | "eller" | "ikke") || !COMPARING.contains(&found) {
        return None;
    }
    let words: Vec<&str> = place.before().split_whitespace().collect();
    let compared = words.windows(2).rev().find_map(|pair| match pair {
        [fact, comparing] if joiner != "ikke" && *fact != "gyldig" && COMPARING.contains(comparing) => {
            Some(fact.trim_start_matches('('))
        }
        _ => None,
    });
    let mut rest: Vec<&str> = place.behind().split_whitespace().take(2).collect();
    if found == "er" && rest.get(1).is_some_and(|next| COMPARING.contains(next)) {
        rest.remove(0);
    }
    let shown = rest.join(" ");
    let help = match compared {
        Some(fact) => {
            text!(en: "repeat the fact: `{fact} {shown}`", da: "gentag oplysningen: `{fact} {shown}`")
        }
        None => text!(en: "write the fact before `{found}`", da: "skriv oplysningen før `{found}`"),
    };
    let superfluous = rest.len() == 1 && found == "er";
    let told = Explained::new(
        place.found_range(),
        text!(en: "it is not said what is compared", da: "det fremgår ikke, hvad der sammenlignes"),
        text!(en: "a fact is missing before this", da: "her mangler en oplysning foran"),
        Some(help),
    );
    let range = if superfluous { place.with_blanks(place.found_range()) } else { place.at..place.at };
    Some(match compared {
        Some(fact) => told.edit(range, format!("{fact} ")),
        None => told,
    })
}

/// `LAB § 93 og § 96 c`, `kan give a og b`
pub(super) fn joined_by_and(place: &Place<'_>) -> Option<Explained> {
    let found = place.found();
    if !matches!(found, "og" | "eller") || place.expects(Rule::k_and) || !place.expects(Rule::comma) {
        return None;
    }
    let told = Explained::new(
        place.found_range(),
        text!(en: "`{found}` joins conditions only", da: "`{found}` forbinder kun betingelser"),
        text!(en: "a list has commas", da: "en liste har kommaer"),
        Some(text!(en: "write a comma in place of `{found}`", da: "skriv et komma i stedet for `{found}`")),
    );
    Some(told.edit(place.back_to(place.found_range().end), ","))
}

/// `alder er mindst 18`
pub(super) fn superfluous_is(place: &Place<'_>) -> Option<Explained> {
    let (start, previous) = place.previous_word();
    let found = place.found();
    let is_slip = previous == "er" && ["under", "over", "mindst", "højst", "fra"].contains(&found);
    is_slip.then(|| {
        Explained::new(
            start..start + previous.len(),
            text!(en: "`er` does not stand before `{found}`", da: "`er` står ikke foran `{found}`"),
            text!(en: "too much", da: "for meget"),
            Some(text!(en: "remove `er`", da: "fjern `er`")),
        )
        .edit(start..place.at, "")
    })
}

/// `dato fra 2016-01-01` in a condition
pub(super) fn open_range(place: &Place<'_>) -> Option<Explained> {
    let only_to = place.expects(Rule::k_to)
        && place.positives.iter().all(|rule| matches!(rule, Rule::k_to | Rule::unit | Rule::further));
    if !only_to {
        return None;
    }
    let (start, low) = place.previous_word();
    let told = Explained::new(
        start..start + low.len(),
        text!(en: "`fra` in a condition needs `til`", da: "`fra` i en betingelse kræver `til`"),
        text!(en: "`til` is missing after this", da: "herefter mangler `til`"),
        Some(text!(
            en: "add `til …`, or write `mindst {low}`",
            da: "tilføj `til …`, eller skriv `mindst {low}`"
        )),
    );
    let (from, word) = place.word_before(start);
    Some(if word == "fra" { told.edit(from..from + word.len(), "mindst").guessed() } else { told })
}

/// `så kan give x, y`, `så skal udføre x, y ved z`
pub(super) fn several_claims(place: &Place<'_>) -> Option<Explained> {
    let is_claim = matches!(place.whole, Rule::example_item | Rule::guarantee_item);
    if !is_claim || place.found() != "," || !place.expects(Rule::k_then) || place.expects(Rule::comma) {
        return None;
    }
    let claim = place.before().rsplit_once("så ")?.1;
    let (words, named) = claim.rsplit_once(' ')?;
    // of a bound it is another term that may be missing
    if words.contains(" med ") {
        return None;
    }
    let (commas, next, at) = list_behind(place)?;
    let told = Explained::new(
        place.found_range(),
        text!(en: "each `så` claims one thing", da: "hvert `så` påstår én ting"),
        text!(en: "`{next}` needs a `så` of its own", da: "`{next}` skal have sit eget `så`"),
        Some(text!(
            en: "write `så {words} {named}{at}`, and `så {words} {next}{at}` after it",
            da: "skriv `så {words} {named}{at}`, og `så {words} {next}{at}` efter det"
        )),
    );
    let claim = format!("{at}\n    så {words} ");
    Some(commas.into_iter().fold(told, |told, comma| told.edit(comma, claim.clone())).guessed())
}

/// The rest of a list of names: its commas with their blanks, the next name, and what stands behind the list with `ved`.
fn list_behind<'a>(place: &Place<'a>) -> Option<(Vec<Range<usize>>, &'a str, String)> {
    let (mut commas, mut next, mut rest) = (Vec::new(), "", place.behind());
    let mut start = place.before().len();
    while let Some(behind) = rest.strip_prefix(',') {
        let named = behind.trim_start();
        let name = first_word(named);
        if name.is_empty() {
            return None;
        }
        commas.push(start..place.source.len() - named.len());
        next = if next.is_empty() { name } else { next };
        start = place.source.len() - named.len() + name.len();
        rest = named.get(name.len()..)?.trim_start();
    }
    let at = rest.strip_prefix("ved ").map(first_word).map(|at| format!(" ved {at}")).unwrap_or_default();
    Some((commas, next, at))
}

/// `så ikke give x`, `så ikke udføre x`
pub(super) fn verb_behind_not(place: &Place<'_>) -> Option<Explained> {
    let (start, verb) = place.previous_word();
    let (_, not) = place.word_before(start);
    let named = place.found();
    let is_claim = matches!(place.whole, Rule::example_item | Rule::guarantee_item);
    let is_slip = is_claim && not == "ikke" && matches!(verb, "give" | "udføre");
    (is_slip && named.starts_with(char::is_alphabetic)).then(|| {
        Explained::new(
            start..start + verb.len(),
            text!(en: "`{verb}` does not stand behind `ikke` alone", da: "`{verb}` står ikke efter `ikke` alene"),
            text!(en: "too much", da: "for meget"),
            Some(match verb {
                "udføre" => text!(
                    en: "write `så ikke {named}`, or `så må ikke udføre {named}` where a rule forbids it",
                    da: "skriv `så ikke {named}`, eller `så må ikke udføre {named}`, hvor en regel forbyder det"
                ),
                _ => text!(en: "write `så ikke {named}`", da: "skriv `så ikke {named}`"),
            }),
        )
        .edit(start..place.at, "")
        .guessed()
    })
}
