//! Written values as whole numbers, and comparisons as sets of them.

use super::names::nearest;
use super::problems::{Problems, error};
use crate::ground::{Diagnostic, Sources, Span, Text, text};
use crate::model::{Domain, ValueSet};
use crate::syntax::ast::{Op, Test, UnitWord, Value, ValueKind};

/// A fact or a term that something is compared with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Subject<'a> {
    pub(super) name: &'a str,
    pub(super) domain: &'a Domain,
    /// `dato`: values outside the window are no mistake
    pub(super) open: bool,
    /// for the author's own spelling
    pub(super) sources: &'a Sources,
}

/// What a written value is not.
enum Unfit {
    /// of the wrong type; what to write instead
    Type(Text),
    /// of the right type but no value of the domain
    Outside(Option<Text>),
}

/// The values a comparison allows, within the domain; nothing where it is wrong, which is told.
pub(super) fn set(subject: Subject<'_>, test: &Test, problems: &mut Problems) -> Option<ValueSet> {
    let Subject { name, domain, open, .. } = subject;
    if !domain.is_ordered() && !matches!(test.op, Op::Is | Op::IsNot) {
        problems.tell(without_order(subject, test));
        return None;
    }
    let borrowed = borrowed_unit(test);
    let coded: Vec<Option<i64>> =
        test.values.iter().map(|value| code(subject, value, borrowed, problems)).collect();
    let coded: Vec<i64> = coded.into_iter().collect::<Option<_>>()?;
    let (low, high) = domain.bounds();
    let whole = ValueSet::range(low, high);
    let first = *coded.first()?;
    let last = coded.last().copied().unwrap_or(first);
    if test.op == Op::Between && first > last {
        problems.tell(backwards(test.span, &domain.spell(last), &domain.spell(first)));
        return None;
    }
    let set = match test.op {
        Op::Is => ValueSet::from_ranges(coded.iter().map(|value| (*value, *value))),
        Op::IsNot => ValueSet::from_ranges(coded.iter().map(|value| (*value, *value))).complement_in(&whole),
        Op::Under => ValueSet::range(low, first.saturating_sub(1)),
        Op::Over => ValueSet::range(first.saturating_add(1), high),
        Op::AtLeast => ValueSet::range(first, high),
        Op::AtMost => ValueSet::range(low, first),
        Op::Between => ValueSet::range(first, last),
    };
    let set = set.intersection(&whole);
    if set.is_empty() && !open {
        let message =
            text!(en: "no value of `{name}` is left by this", da: "der er ingen værdi af `{name}` tilbage");
        problems.tell(
            error("empty-range", message).label(test.span, text!(en: "nothing fits", da: "intet passer")),
        );
        return None;
    }
    Some(set)
}

/// One value on the scale of its domain; nothing where it is wrong, which is told.
pub(super) fn value(subject: Subject<'_>, value: &Value, problems: &mut Problems) -> Option<i64> {
    code(subject, value, None, problems)
}

/// The two ends of a declared range; in `0-5 år` the first has the unit of the second.
pub(super) fn ends(
    subject: Subject<'_>,
    first: &Value,
    last: &Value,
    problems: &mut Problems,
) -> Option<(i64, i64)> {
    let low = code(subject, first, unit_of(last), problems);
    let high = code(subject, last, None, problems);
    low.zip(high)
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

/// In `1-3 måneder` the first end has the unit of the second.
fn borrowed_unit(test: &Test) -> Option<UnitWord> {
    test.values.last().filter(|_| test.op == Op::Between).and_then(unit_of)
}

fn unit_of(value: &Value) -> Option<UnitWord> {
    match value.kind {
        ValueKind::Number { unit, .. } => unit,
        ValueKind::Word(_) | ValueKind::Date(_) => None,
    }
}

fn code(
    subject: Subject<'_>,
    value: &Value,
    borrowed: Option<UnitWord>,
    problems: &mut Problems,
) -> Option<i64> {
    let (low, high) = subject.domain.bounds();
    let coded = on_scale(subject.domain, &value.kind, borrowed).and_then(|coded| {
        if subject.open || (low..=high).contains(&coded) { Ok(coded) } else { Err(Unfit::Outside(None)) }
    });
    let (name, what) = (subject.name, subject.domain.in_words());
    let written = subject.sources.words(value.span);
    let (what_en, what_da) = (&what.en, &what.da);
    match coded {
        Ok(coded) => Some(coded),
        Err(Unfit::Type(help)) => {
            let message = text!(
                en: "`{written}` does not fit `{name}`, which is {what_en}",
                da: "`{written}` passer ikke til `{name}`, som er {what_da}"
            );
            let label = text!(en: "does not fit `{name}`", da: "passer ikke til `{name}`");
            problems.tell(error("type-mismatch", message).label(value.span, label).help(help));
            None
        }
        Err(Unfit::Outside(help)) => {
            let message = text!(
                en: "`{written}` is not a value of `{name}`",
                da: "`{written}` er ikke en værdi af `{name}`"
            );
            let help =
                help.unwrap_or_else(|| text!(en: "`{name}` is {what_en}", da: "`{name}` er {what_da}"));
            let label = text!(en: "outside `{name}`", da: "uden for `{name}`");
            problems.tell(error("out-of-domain", message).label(value.span, label).help(help));
            None
        }
    }
}

fn on_scale(domain: &Domain, value: &ValueKind, borrowed: Option<UnitWord>) -> Result<i64, Unfit> {
    match (domain, value) {
        (Domain::YesNo, ValueKind::Word(word)) if word == "ja" => Ok(1),
        (Domain::YesNo, ValueKind::Word(word)) if word == "nej" => Ok(0),
        (Domain::List { values, .. }, ValueKind::Word(word)) => {
            let index = values.iter().position(|value| value.name == *word);
            index.map(|index| index as i64).ok_or_else(|| {
                let names: Vec<&str> = values.iter().map(|value| value.name.as_str()).collect();
                Unfit::Outside(Some(pick_one(word, &names)))
            })
        }
        (Domain::Number { decimals, unit, .. }, ValueKind::Number { unit: written, .. }) => {
            match (written.map(unit_word), unit) {
                (None, _) => number(value, 10_i64.saturating_pow(u32::from(*decimals))),
                (Some(written), Some(unit)) if written == unit => {
                    number(value, 10_i64.saturating_pow(u32::from(*decimals)))
                }
                _ => None,
            }
            .ok_or_else(|| wanted(domain))
        }
        (Domain::Duration { .. }, ValueKind::Number { unit, .. }) => match unit.or(borrowed) {
            Some(UnitWord::Days) => number(value, 3),
            Some(UnitWord::Weeks) => number(value, 21),
            Some(UnitWord::Months) => number(value, 91),
            Some(UnitWord::Years) => number(value, 1092),
            Some(UnitWord::Hours | UnitWord::Kroner) | None => None,
        }
        .ok_or_else(|| wanted(domain)),
        (Domain::Money { .. }, ValueKind::Number { unit: None | Some(UnitWord::Kroner), .. }) => {
            number(value, 100).ok_or_else(|| wanted(domain))
        }
        (Domain::Date { .. }, ValueKind::Date(day)) => Ok(*day),
        _ => Err(wanted(domain)),
    }
}

/// The number times `scale`, where that is whole.
fn number(value: &ValueKind, scale: i64) -> Option<i64> {
    let ValueKind::Number { digits, decimals, .. } = value else {
        return None;
    };
    let divisor = 10_i128.checked_pow(u32::from(*decimals)).unwrap_or(i128::MAX);
    let scaled = i128::from(*digits) * i128::from(scale);
    // a number past every domain is cut to one that is still safe to add to
    let cut = |number: i128| number.clamp(i128::from(ValueSet::MIN), i128::from(ValueSet::MAX)) as i64;
    (scaled % divisor == 0).then(|| cut(scaled / divisor))
}

/// What to write for a value of the domain.
fn wanted(domain: &Domain) -> Unfit {
    Unfit::Type(match domain {
        Domain::YesNo => text!(en: "write `ja` or `nej`", da: "skriv `ja` eller `nej`"),
        Domain::List { values, .. } => {
            the_values(&values.iter().map(|value| value.name.as_str()).collect::<Vec<_>>())
        }
        Domain::Number { decimals: 0, .. } => {
            text!(en: "write a whole number without a unit of another kind", da: "skriv et helt tal, uden en enhed af anden slags")
        }
        Domain::Number { decimals, .. } => text!(
            en: "write a number with at most {decimals} digits after the comma",
            da: "skriv et tal med højst {decimals} cifre efter kommaet"
        ),
        Domain::Duration { .. } => text!(
            en: "write a whole number and its unit: `dage`, `uger`, `måneder` or `år`",
            da: "skriv et helt tal og dets enhed: `dage`, `uger`, `måneder` eller `år`"
        ),
        Domain::Date { .. } => {
            text!(en: "write a date like `2015-08-24`", da: "skriv en dato som `2015-08-24`")
        }
        Domain::Money { .. } => text!(en: "write an amount like `500 kr`", da: "skriv et beløb som `500 kr`"),
    })
}

fn pick_one(word: &str, names: &[&str]) -> Text {
    match nearest(word, names.iter().copied()) {
        Some(near) => text!(en: "did you mean `{near}`?", da: "mente du `{near}`?"),
        None => the_values(names),
    }
}

fn the_values(names: &[&str]) -> Text {
    let shown: Vec<String> = names.iter().take(12).map(|name| format!("`{name}`")).collect();
    let shown = shown.join(", ");
    if names.len() > 12 {
        return text!(en: "the values are {shown} and more", da: "værdierne er {shown} med flere");
    }
    text!(en: "the values are {shown}", da: "værdierne er {shown}")
}

fn without_order(subject: Subject<'_>, test: &Test) -> Diagnostic {
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

fn unit_word(unit: UnitWord) -> &'static str {
    match unit {
        UnitWord::Hours => "timer",
        UnitWord::Days => "dage",
        UnitWord::Weeks => "uger",
        UnitWord::Months => "måneder",
        UnitWord::Years => "år",
        UnitWord::Kroner => "kr",
    }
}
