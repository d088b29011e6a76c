//! Coded values in the words of the language.

use super::{Domain, ValueSet};
use crate::ground::{Text, iso_date, text};

/// Thirds of a day in the units of duration, longest first.
const UNITS: [(i64, &str, &str); 4] =
    [(1092, "år", "år"), (91, "måned", "måneder"), (21, "uge", "uger"), (3, "dag", "dage")];

/// More months than these are told in years and months.
const MOST_MONTHS: i64 = 60;

impl Domain {
    /// The least and the greatest value.
    pub(crate) fn bounds(&self) -> (i64, i64) {
        match self {
            Domain::YesNo => (0, 1),
            Domain::List { values, .. } => (0, values.len() as i64 - 1),
            Domain::Number { low, high, .. }
            | Domain::Duration { low, high }
            | Domain::Date { low, high }
            | Domain::Money { low, high } => (*low, *high),
        }
    }

    /// Whether `mindst`, `under` and ranges mean something.
    pub(crate) fn is_ordered(&self) -> bool {
        match self {
            Domain::YesNo => false,
            Domain::List { ordered, .. } => *ordered,
            Domain::Number { .. } | Domain::Duration { .. } | Domain::Date { .. } | Domain::Money { .. } => {
                true
            }
        }
    }

    /// A value as the language writes it, with its unit: `ja`, `2.13`, `35 år`, `6 måneder`, `2015-09-01`, `500 kr`.
    pub(crate) fn spell(&self, value: i64) -> String {
        match self {
            Domain::Number { unit: Some(unit), .. } => format!("{} {unit}", self.spell_bare(value)),
            _ => self.spell_bare(value),
        }
    }

    /// A value as the language writes it, a number without its unit: `35`.
    pub(crate) fn spell_bare(&self, value: i64) -> String {
        match self {
            Domain::YesNo => if value == 0 { "nej" } else { "ja" }.to_owned(),
            Domain::List { values, .. } => {
                let named = usize::try_from(value).ok().and_then(|index| values.get(index));
                named.map_or_else(|| value.to_string(), |named| named.name.clone())
            }
            Domain::Number { decimals, .. } => with_comma(value, *decimals),
            Domain::Duration { .. } => duration(value),
            Domain::Date { .. } => iso_date(value),
            Domain::Money { .. } if value % 100 == 0 => format!("{} kr", value / 100),
            Domain::Money { .. } => format!("{} kr", with_comma(value, 2)),
        }
    }

    /// The title of a list value, where it has one.
    pub(crate) fn title(&self, value: i64) -> Option<&str> {
        let Domain::List { values, .. } = self else { return None };
        let named = usize::try_from(value).ok().and_then(|index| values.get(index))?;
        (!named.title.is_empty()).then_some(&named.title)
    }

    /// Some of the values as a policy bounds them: `mindst 6 måneder`, `fra 1 til 3`.
    pub(crate) fn bound_in_words(&self, set: &ValueSet) -> String {
        let word = |value: i64| self.spell(value);
        let (Some((low, high)), Some((least, greatest))) = (set.bounds(), self.all().bounds()) else {
            return "–".to_owned();
        };
        if let Domain::YesNo | Domain::List { ordered: false, .. } = self {
            let values = set.ranges().iter().flat_map(|(low, high)| *low..=*high).map(word);
            return values.collect::<Vec<_>>().join(", ");
        }
        let (low, high) = self.written(low, high).unwrap_or((low, high));
        match (low == high, low == least, high == greatest) {
            (true, _, _) => word(low),
            (_, true, true) => format!("{} til {}", word(low), word(high)),
            (_, true, _) => format!("højst {}", word(high)),
            (_, _, true) => format!("mindst {}", word(low)),
            _ => format!("fra {} til {}", word(low), word(high)),
        }
    }

    /// Whether two sets have the same values that can be written.
    pub(crate) fn is_the_same(&self, one: &ValueSet, other: &ValueSet) -> bool {
        let written = |set: &ValueSet| self.written_ranges(&set.intersection(&self.all()));
        written(one) == written(other)
    }

    /// The same for people: values of a list by their titles, where they all have one.
    pub(crate) fn bound_for_people(&self, set: &ValueSet) -> String {
        let among = set.intersection(&self.all());
        let values = || among.ranges().iter().flat_map(|(low, high)| *low..=*high);
        match self {
            Domain::List { .. } if !among.is_empty() && values().all(|value| self.title(value).is_some()) => {
                values().filter_map(|value| self.title(value)).collect::<Vec<_>>().join(" eller ")
            }
            _ => self.bound_in_words(set),
        }
    }

    /// The part of a range that can be written down, from its first value to its last; nothing where there is none.
    ///
    /// A duration is a whole number of days, weeks, months or years. Thirds of a day that are none of these lie
    /// between two durations and stand for nobody.
    pub(crate) fn written(&self, low: i64, high: i64) -> Option<(i64, i64)> {
        let Domain::Duration { .. } = self else { return (low <= high).then_some((low, high)) };
        let up = |value: i64| value + (0..3).find(|more| is_duration(value + more)).unwrap_or(0);
        let down = |value: i64| value - (0..3).find(|less| is_duration(value - less)).unwrap_or(0);
        let (low, high) = (up(low), down(high));
        (low <= high).then_some((low, high))
    }

    /// The ranges of a set between values that can be written; two with nothing written between them are one.
    pub(crate) fn written_ranges(&self, set: &ValueSet) -> Vec<(i64, i64)> {
        let mut ranges: Vec<(i64, i64)> = Vec::new();
        for (low, high) in set.ranges().iter().filter_map(|(low, high)| self.written(*low, *high)) {
            match ranges.last_mut() {
                Some(last) if self.written(last.1 + 1, low - 1).is_none() => last.1 = high,
                _ => ranges.push((low, high)),
            }
        }
        ranges
    }

    /// What the domain is, for a sentence: `a number from 0 to 120 år`.
    pub(crate) fn in_words(&self) -> Text {
        let (low, high) = self.bounds();
        let unbounded = low == ValueSet::MIN;
        let (low, high) = match self {
            Domain::Number { decimals, .. } => (with_comma(low, *decimals), self.spell(high)),
            _ => (self.spell(low), self.spell(high)),
        };
        match self {
            Domain::Number { .. } if unbounded => text!(en: "a number", da: "et tal"),
            Domain::Duration { .. } if unbounded => text!(en: "a duration", da: "en varighed"),
            Domain::Money { .. } if unbounded => text!(en: "an amount", da: "et beløb"),
            Domain::YesNo => text!(en: "ja or nej", da: "ja eller nej"),
            Domain::List { .. } => text!(en: "a list of values", da: "en liste af værdier"),
            Domain::Number { .. } => {
                text!(en: "a number from {low} to {high}", da: "et tal fra {low} til {high}")
            }
            Domain::Duration { .. } => {
                text!(en: "a duration from {low} to {high}", da: "en varighed fra {low} til {high}")
            }
            Domain::Date { .. } => text!(en: "a date", da: "en dato"),
            Domain::Money { .. } => {
                text!(en: "an amount from {low} to {high}", da: "et beløb fra {low} til {high}")
            }
        }
    }
}

fn with_comma(value: i64, decimals: u8) -> String {
    let scale = 10_i64.saturating_pow(u32::from(decimals)).max(1);
    let (whole, rest) = ((value / scale).abs(), (value % scale).abs());
    let sign = if value < 0 { "-" } else { "" };
    if rest == 0 {
        return format!("{sign}{whole}");
    }
    let digits = format!("{rest:0width$}", width = usize::from(decimals));
    format!("{sign}{whole},{}", digits.trim_end_matches('0'))
}

/// Whether a number of thirds is a whole number of days or of months.
fn is_duration(thirds: i64) -> bool {
    thirds % 3 == 0 || thirds % 91 == 0
}

/// The longest unit that fits; a length between two whole days is told by the days that have passed.
fn duration(thirds: i64) -> String {
    if thirds == 0 {
        return "0 dage".to_owned();
    }
    let in_unit = |thirds: i64, (length, one, many): (i64, &str, &str)| {
        let number = thirds / length;
        format!("{number} {}", if number == 1 { one } else { many })
    };
    let [years, months, ..] = UNITS;
    // nobody counts an age in months
    if thirds > MOST_MONTHS * months.0 && thirds % months.0 == 0 && thirds % years.0 != 0 {
        return format!("{} {}", in_unit(thirds, years), in_unit(thirds % years.0, months));
    }
    in_unit(thirds, UNITS.into_iter().find(|(length, _, _)| thirds % length == 0).unwrap_or(UNITS[3]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_read_as_they_are_written() {
        let hours = Domain::Number { low: 0, high: 370, decimals: 1, unit: None };
        let age = Domain::Number { low: 0, high: 120, decimals: 0, unit: Some("år".to_owned()) };
        let length = Domain::Duration { low: 0, high: 5460 };
        assert_eq!(hours.spell(15), "1,5");
        assert_eq!(hours.spell(-5), "-0,5");
        assert_eq!(age.spell(30), "30 år");
        assert_eq!(length.spell(546), "6 måneder");
        assert_eq!(length.spell(63), "3 uger");
        assert_eq!(length.spell(3), "1 dag");
        assert_eq!(length.spell(54 * 91), "54 måneder");
        assert_eq!(length.spell(65 * 1092 + 6 * 91), "65 år 6 måneder");
        assert_eq!(length.spell(65 * 1092 + 91), "65 år 1 måned");
        assert_eq!(Domain::Money { low: 0, high: 1 }.spell(12345), "123,45 kr");
    }

    #[test]
    fn what_lies_between_two_durations_is_no_duration() {
        let length = Domain::Duration { low: 0, high: 5460 };
        // more than 3 months begins at 92 days, less than 4 months ends at 121 days
        assert_eq!(length.written(274, 363), Some((276, 363)));
        assert_eq!(length.written(274, 275), None);
        // 4 months are 121 days and a third
        assert_eq!(length.written(364, 365), Some((364, 364)));
        assert_eq!(Domain::YesNo.written(0, 1), Some((0, 1)));
    }
}
