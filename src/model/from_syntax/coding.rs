//! Written values as whole numbers, and comparisons as sets of them.

use super::problems::Problems;
use super::unfit::{
    Unfit, an_example, backwards, digits_after_comma, in_one_unit, missing_unit, not_even, nothing_left,
    number_without_unit, pick_one, without_order,
};
use crate::ground::{Sources, text};
use crate::model::{Domain, ValueSet};
use crate::syntax::ast::{Op, Test, UnitWord, Value, ValueKind};

/// The most decimals a length gets as a number of one of its units.
const MOST_DECIMALS: u8 = 3;

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

/// The values a comparison allows, within the domain; nothing where it is wrong, which is told.
pub(super) fn set(subject: Subject<'_>, test: &Test, problems: &mut Problems) -> Option<ValueSet> {
    let borrowed = borrowed_unit(test);
    if has_no_order(subject, test, problems) {
        return None;
    }
    let mut expected = 0;
    let mut codes = test.values.iter().map(|value| {
        // a list is mostly written in its order
        let coded = if is_value_of_list(subject.domain, expected, value) {
            Some(expected)
        } else {
            code(subject, value, borrowed, problems)
        };
        expected = coded.map_or(0, |coded| coded.saturating_add(1));
        coded
    });
    // a range with a mistake is one mistake, in a list each value is its own
    let coded: Option<Vec<i64>> = match test.op {
        Op::Between => codes.collect(),
        _ => codes.by_ref().collect::<Vec<_>>().into_iter().collect(),
    };
    of_codes(subject, test, &coded?, problems)
}

/// Whether a value is the one of that number in a list.
fn is_value_of_list(domain: &Domain, number: i64, value: &Value) -> bool {
    let (Domain::List { values, .. }, ValueKind::Word(word)) = (domain, &value.kind) else { return false };
    let listed = usize::try_from(number).ok().and_then(|number| values.get(number));
    listed.is_some_and(|listed| *listed.name == **word)
}

/// Whether a comparison by order is made with what has none, which is told.
fn has_no_order(subject: Subject<'_>, test: &Test, problems: &mut Problems) -> bool {
    let unordered = !subject.domain.is_ordered() && !matches!(test.op, Op::Is | Op::IsNot);
    if unordered {
        problems.tell(without_order(subject, test));
    }
    unordered
}

/// The set of a comparison whose values are on the scale already.
pub(super) fn of_codes(
    subject: Subject<'_>,
    test: &Test,
    coded: &[i64],
    problems: &mut Problems,
) -> Option<ValueSet> {
    let Subject { domain, open, .. } = subject;
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
    // every set begins and ends at values that can be written: `over 29 dage` begins at 30 days
    let set = ValueSet::from_ranges(domain.written_ranges(&set.intersection(&whole)));
    if set.is_empty() && !open {
        problems.tell(nothing_left(subject, test));
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

/// In `1-3 måneder` the first end has the unit of the second.
fn borrowed_unit(test: &Test) -> Option<UnitWord> {
    test.values.last().filter(|_| test.op == Op::Between).and_then(unit_of)
}

/// The unit behind a number.
pub(super) fn unit_of(value: &Value) -> Option<UnitWord> {
    match value.kind {
        ValueKind::Number { unit, .. } => unit,
        ValueKind::Word(_) | ValueKind::Sum(_) | ValueKind::Date(_) | ValueKind::Soonest => None,
    }
}

/// The same; a number without a unit has the borrowed one.
pub(super) fn code(
    subject: Subject<'_>,
    value: &Value,
    borrowed: Option<UnitWord>,
    problems: &mut Problems,
) -> Option<i64> {
    let Subject { domain, open, .. } = subject;
    let (low, high) = domain.bounds();
    match on_scale(domain, &value.kind, borrowed) {
        Ok(coded) if open || (low..=high).contains(&coded) => return Some(coded),
        Ok(_) => problems.tell(Unfit::Outside.told(subject, value.span)),
        Err(unfit) => {
            let told = unfit.told(subject, value.span);
            problems.tell(match missing_unit(domain, &value.kind) {
                Some(unit) => {
                    let written = subject.sources.words(value.span);
                    let help = text!(en: "write its unit, for example `{written} {unit}`", da: "skriv enheden, for eksempel `{written} {unit}`");
                    told.help(help).guess(value.span.behind(), format!(" {unit}"))
                }
                None => told,
            });
        }
    }
    None
}

fn on_scale(domain: &Domain, value: &ValueKind, borrowed: Option<UnitWord>) -> Result<i64, Unfit> {
    match (domain, value) {
        (Domain::YesNo, ValueKind::Word(word)) if &**word == "ja" => Ok(1),
        (Domain::YesNo, ValueKind::Word(word)) if &**word == "nej" => Ok(0),
        (Domain::List { values, .. }, ValueKind::Word(word)) => {
            let index = values.iter().position(|value| *value.name == **word);
            index.map(|index| index as i64).ok_or_else(|| Unfit::Unlisted(pick_one(word, values)))
        }
        (Domain::Number { decimals, unit, .. }, ValueKind::Number { unit: written, .. }) => {
            if written.is_some_and(|written| unit.as_deref() != Some(unit_word(written))) {
                return Err(Unfit::Type(number_without_unit(unit.as_deref())));
            }
            let scaled = number(value, 10_i64.saturating_pow(u32::from(*decimals)));
            scaled.ok_or_else(|| Unfit::Type(digits_after_comma(*decimals)))
        }
        (Domain::Duration { .. }, ValueKind::Number { unit, .. }) => {
            let thirds = unit.or(borrowed).and_then(thirds).and_then(|thirds| number(value, thirds));
            thirds.ok_or_else(|| Unfit::Type(an_example(domain)))
        }
        (Domain::Duration { .. }, ValueKind::Sum(parts)) => {
            let sum = sum(parts).filter(|sum| domain.written(*sum, *sum).is_some());
            sum.ok_or_else(|| Unfit::Type(in_one_unit()))
        }
        (Domain::Number { decimals, unit: Some(unit), .. }, ValueKind::Sum(parts)) => {
            in_unit(parts, unit, *decimals).ok_or_else(|| Unfit::Type(not_even(domain, unit)))
        }
        (Domain::Money { .. }, ValueKind::Number { unit: None | Some(UnitWord::Kroner), .. }) => {
            number(value, 100).ok_or_else(|| Unfit::Type(digits_after_comma(2)))
        }
        (Domain::Date { .. }, ValueKind::Date(day)) => Ok(*day),
        _ => Err(Unfit::Type(an_example(domain))),
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

/// A length in several units, in thirds of a day.
fn sum(parts: &[(i64, UnitWord)]) -> Option<i64> {
    parts.iter().try_fold(0_i64, |sum, (digits, unit)| sum.checked_add(digits.checked_mul(thirds(*unit)?)?))
}

/// The same as a number of `unit` with so many decimals, where that is exact.
fn in_unit(parts: &[(i64, UnitWord)], unit: &str, decimals: u8) -> Option<i64> {
    let scaled = sum(parts)?.checked_mul(10_i64.checked_pow(u32::from(decimals))?)?;
    let length = thirds(unit_of_length(unit)?)?;
    (scaled % length == 0).then(|| scaled / length)
}

/// How many decimals a length in several units has as a number of `unit`, where few are enough.
pub(super) fn decimals_in(parts: &[(i64, UnitWord)], unit: &str) -> Option<u8> {
    (0..=MOST_DECIMALS).find(|decimals| in_unit(parts, unit, *decimals).is_some())
}

/// The unit of length a word names.
pub(super) fn unit_of_length(word: &str) -> Option<UnitWord> {
    match word {
        "dag" | "dage" => Some(UnitWord::Days),
        "uge" | "uger" => Some(UnitWord::Weeks),
        "måned" | "måneder" => Some(UnitWord::Months),
        "år" => Some(UnitWord::Years),
        _ => None,
    }
}

/// How long a unit of duration is.
pub(super) fn thirds(unit: UnitWord) -> Option<i64> {
    match unit {
        UnitWord::Days => Some(3),
        UnitWord::Weeks => Some(21),
        UnitWord::Months => Some(91),
        UnitWord::Years => Some(1092),
        UnitWord::Hours | UnitWord::Kroner | UnitWord::Workdays => None,
    }
}

fn unit_word(unit: UnitWord) -> &'static str {
    match unit {
        UnitWord::Hours => "timer",
        UnitWord::Days => "dage",
        UnitWord::Weeks => "uger",
        UnitWord::Months => "måneder",
        UnitWord::Years => "år",
        UnitWord::Kroner => "kr",
        UnitWord::Workdays => "hverdage",
    }
}
