//! The words for values that do not fit what they are compared with.

use super::coding::Subject;
use super::names::{did_you_mean, nearest};
use super::problems::error;
use crate::ground::{Diagnostic, Span, Text, text};
use crate::model::{Domain, ListValue, ValueSet};
use crate::syntax::ast::{Test, ValueKind};

/// Why a written value is none of the domain.
pub(super) enum Unfit {
    /// of the wrong type; what to write instead
    Type(Text),
    /// past the ends
    Outside,
    /// a word that is not in the list; the nearest that is, or which are
    Unlisted(Result<String, Text>),
}

impl Unfit {
    /// The finding.
    pub(super) fn told(self, subject: Subject<'_>, span: Span) -> Diagnostic {
        let Subject { name, domain, sources, .. } = subject;
        let (written, what) = (sources.words(span), domain.in_words());
        let (en, da) = (&what.en, &what.da);
        let label = text!(en: "does not fit `{name}`", da: "passer ikke til `{name}`");
        match self {
            Unfit::Type(help) => {
                let message = text!(
                    en: "`{written}` does not fit `{name}`, which is {en}",
                    da: "`{written}` passer ikke til `{name}`, som er {da}"
                );
                error("type-mismatch", message).label(span, label).help(help)
            }
            Unfit::Outside => {
                let message = text!(
                    en: "`{written}` is outside `{name}`, which is {en}",
                    da: "`{written}` ligger uden for `{name}`, som er {da}"
                );
                let help = text!(
                    en: "write a value within it, or declare `{name}` wider",
                    da: "skriv en værdi inden for, eller udvid `{name}`"
                );
                error("out-of-domain", message).label(span, label).help(help)
            }
            Unfit::Unlisted(meant) => {
                let message = text!(
                    en: "`{written}` is not one of the values of `{name}`",
                    da: "`{written}` er ikke en af værdierne i `{name}`"
                );
                let finding = error("out-of-domain", message).label(span, label);
                match meant {
                    Ok(near) => finding.help(did_you_mean(&near)).guess(span, near),
                    Err(help) => finding.help(help),
                }
            }
        }
    }
}

/// The finding for a range whose ends stand the wrong way round.
pub(super) fn backwards(span: Span, low: &str, high: &str) -> Diagnostic {
    let message = text!(
        en: "the range runs from {high} down to {low} and is empty",
        da: "intervallet går fra {high} ned til {low} og er tomt"
    );
    error("empty-range", message)
        .label(span, text!(en: "empty", da: "tomt"))
        .help(text!(en: "write the least end first: from {low} to {high}", da: "skriv den mindste først: fra {low} til {high}"))
}

/// The finding for a period whose last day comes first.
pub(super) fn backwards_period(span: Span) -> Diagnostic {
    let message = text!(en: "the period ends before it begins", da: "perioden slutter, før den begynder");
    error("empty-range", message)
        .label(span, text!(en: "the last day is before the first", da: "sidste dag ligger før første"))
        .help(text!(en: "exchange the two dates", da: "byt om på de to datoer"))
}

pub(super) fn number_without_unit(unit: Option<&str>) -> Text {
    match unit {
        Some(unit) => {
            text!(en: "write the number alone or in `{unit}`", da: "skriv tallet alene eller i `{unit}`")
        }
        None => text!(en: "write the number without a unit", da: "skriv tallet uden enhed"),
    }
}

pub(super) fn digits_after_comma(decimals: u8) -> Text {
    match decimals {
        0 => text!(en: "write a whole number", da: "skriv et helt tal"),
        1 => text!(en: "write at most one digit after the comma", da: "skriv højst ét ciffer efter kommaet"),
        _ => text!(
            en: "write at most {decimals} digits after the comma",
            da: "skriv højst {decimals} cifre efter kommaet"
        ),
    }
}

/// What to write for a length that is neither whole days nor whole months.
pub(super) fn in_one_unit() -> Text {
    text!(
        en: "a month is 30 and a third days: write it in one unit, such as `dage`",
        da: "en måned er 30 og en tredjedel dag: skriv længden i én enhed, for eksempel `dage`"
    )
}

/// What to do with a length that is no number of the unit.
pub(super) fn not_even(domain: &Domain, unit: &str) -> Text {
    match domain {
        Domain::Number { low, decimals: 0, .. } if *low > ValueSet::MIN => text!(
            en: "whole `{unit}` are counted: declare it with decimals or as `varighed`",
            da: "der tælles i hele `{unit}`: angiv den med decimaler eller som `varighed`"
        ),
        _ => text!(
            en: "it does not come out even in `{unit}`: declare it as `varighed`",
            da: "det går ikke op i `{unit}`: angiv den som `varighed`"
        ),
    }
}

/// What a value of the domain looks like.
pub(super) fn an_example(domain: &Domain) -> Text {
    match domain {
        Domain::YesNo => text!(en: "write `ja` or `nej`", da: "skriv `ja` eller `nej`"),
        Domain::List { values, .. } => the_values(values),
        Domain::Number { .. } => text!(en: "write a number", da: "skriv et tal"),
        Domain::Duration { .. } => text!(
            en: "write a number and its unit: `dage`, `uger`, `måneder` or `år`",
            da: "skriv et tal og dets enhed: `dage`, `uger`, `måneder` eller `år`"
        ),
        Domain::Date { .. } => {
            text!(en: "write a date like `2015-08-24`", da: "skriv en dato som `2015-08-24`")
        }
        Domain::Money { .. } => text!(en: "write an amount like `500 kr`", da: "skriv et beløb som `500 kr`"),
    }
}

/// The value nearest to a word, or all of them.
pub(super) fn pick_one(word: &str, values: &[ListValue]) -> Result<String, Text> {
    let near = nearest(word, values.iter().map(|value| value.name.as_str()));
    near.map(str::to_owned).ok_or_else(|| the_values(values))
}

/// `6` for a duration: the longest unit in which it lies within the declared range.
pub(super) fn missing_unit(domain: &Domain, value: &ValueKind) -> Option<&'static str> {
    const UNITS: [(&str, i64); 4] = [("år", 1092), ("måneder", 91), ("uger", 21), ("dage", 3)];
    let (Domain::Duration { low, high }, ValueKind::Number { digits, decimals: 0, unit: None }) =
        (domain, value)
    else {
        return None;
    };
    let fits = |thirds: i64| (*low..=*high).contains(&digits.saturating_mul(thirds));
    UNITS.into_iter().find(|(_, thirds)| fits(*thirds)).map(|(unit, _)| unit)
}

fn the_values(values: &[ListValue]) -> Text {
    let shown: Vec<String> = values.iter().take(12).map(|value| format!("`{}`", value.name)).collect();
    let shown = shown.join(", ");
    if values.len() > 12 {
        return text!(en: "the values are {shown} and more", da: "værdierne er {shown} med flere");
    }
    text!(en: "the values are {shown}", da: "værdierne er {shown}")
}

pub(super) fn nothing_left(subject: Subject<'_>, test: &Test) -> Diagnostic {
    let (name, written) = (subject.name, subject.sources.words(test.span));
    let message = text!(en: "`{written}` leaves no value of `{name}`", da: "`{written}` levner ingen værdi af `{name}`");
    let label = text!(en: "true of nobody", da: "passer på ingen");
    let Text { en, da } = subject.domain.in_words();
    error("empty-range", message).label(test.span, label).help(match subject.domain {
        Domain::List { values, .. } => the_values(values),
        _ => text!(en: "`{name}` is {en}", da: "`{name}` er {da}"),
    })
}

pub(super) fn without_order(subject: Subject<'_>, test: &Test) -> Diagnostic {
    let name = subject.name;
    let message = text!(
        en: "the values of `{name}` have no order to compare by",
        da: "værdierne af `{name}` har ingen rækkefølge at sammenligne efter"
    );
    let help = match subject.domain {
        Domain::YesNo => text!(en: "write `ja` or `nej`", da: "skriv `ja` eller `nej`"),
        _ => text!(
            en: "list the values with commas, or declare them `i rækkefølge`",
            da: "skriv værdierne med komma imellem, eller angiv dem `i rækkefølge`"
        ),
    };
    error("type-mismatch", message)
        .label(test.span, text!(en: "compares by order", da: "sammenligner efter rækkefølge"))
        .help(help)
}
