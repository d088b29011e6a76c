//! Texts, dates, numbers, values and tests.

use super::ast::{Date, Name, Op, Path, Period, Quoted, Test, UnitWord, Value, ValueKind};
use super::parse::{Reader, Rule};
use super::slips::problem;
use crate::ground::{Day, day_of, text};
use pest::iterators::Pair;

/// The most digits a number may have: what fits when it is turned into thirds of a day or øre.
const MOST_DIGITS: usize = 15;

impl Reader<'_> {
    pub(super) fn quoted(&self, pair: &Pair<'_, Rule>) -> Quoted {
        let written = pair.as_str();
        let inner = written.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(written);
        Quoted { text: inner.to_owned(), span: self.span(pair) }
    }

    /// The words of a `names` pair.
    pub(super) fn names(&mut self, pair: Pair<'_, Rule>) -> Vec<Name> {
        pair.into_inner().filter(|inner| inner.as_rule() == Rule::word).map(|word| self.name(&word)).collect()
    }

    pub(super) fn path(&mut self, pair: &Pair<'_, Rule>) -> Path {
        let start = pair.as_span().start();
        let mut names = Vec::new();
        let mut at = 0;
        for part in pair.as_str().split('.') {
            let span = self.place(start + at, start + at + part.len());
            self.check_script(part, span);
            names.push(Name { text: part.to_owned(), span });
            at += part.len() + 1;
        }
        Path { names, span: self.span(pair) }
    }

    /// A date; one that is not in the calendar is a problem.
    pub(super) fn date(&mut self, pair: &Pair<'_, Rule>) -> Date {
        let (written, span) = (pair.as_str(), self.span(pair));
        let day = calendar_day(written);
        if day.is_none() {
            self.tell(
                span,
                text!(en: "there is no such day as `{written}`", da: "dagen `{written}` findes ikke"),
                text!(en: "not in the calendar", da: "findes ikke i kalenderen"),
                Some(text!(
                    en: "write a date as `2015-08-24` or `24.8.2015`",
                    da: "skriv en dato som `2015-08-24` eller `24.8.2015`"
                )),
            );
        }
        Date { day: day.unwrap_or_default() }
    }

    pub(super) fn period(&mut self, pair: Pair<'_, Rule>) -> Period {
        let mut period = Period { from: None, to: None, span: self.span(&pair) };
        let mut ends = false;
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::k_to => ends = true,
                Rule::date if ends => period.to = Some(self.date(&inner)),
                Rule::date => period.from = Some(self.date(&inner)),
                _ => {}
            }
        }
        period
    }

    /// A value, where the pair is one.
    pub(super) fn value(&mut self, pair: Pair<'_, Rule>) -> Option<Value> {
        let span = self.span(&pair);
        let kind = match pair.as_rule() {
            Rule::date => ValueKind::Date(self.date(&pair).day),
            Rule::dotted => ValueKind::Word(pair.as_str().into()),
            Rule::word | Rule::listed_word | Rule::bound_word => {
                ValueKind::Word(self.name(&pair).text.into())
            }
            Rule::quantity | Rule::plain => self.quantity(pair),
            Rule::compound => self.compound(pair),
            Rule::soonest => ValueKind::Soonest,
            Rule::dotted_quantity => {
                self.dotted_quantity(pair);
                ValueKind::Number { digits: 0, decimals: 0, unit: None }
            }
            _ => return None,
        };
        Some(Value { kind, span })
    }

    fn quantity(&mut self, pair: Pair<'_, Rule>) -> ValueKind {
        let (mut digits, mut decimals, mut unit) = (0, 0, None);
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::number => (digits, decimals) = self.number(&inner),
                Rule::unit => unit = unit_word(inner.as_str()),
                _ => {}
            }
        }
        ValueKind::Number { digits, decimals, unit }
    }

    /// `65 år 6 måneder`: each unit of length once, the longest first.
    fn compound(&mut self, pair: Pair<'_, Rule>) -> ValueKind {
        let (span, written) = (self.span(&pair), pair.as_str().trim_end().to_owned());
        let mut parts: Vec<(i64, UnitWord)> = Vec::new();
        let mut digits = 0;
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::unit => parts.extend(unit_word(inner.as_str()).map(|unit| (digits, unit))),
                _ => (digits, _) = self.number(&inner),
            }
        }
        let rank = |unit: UnitWord| LONGEST_FIRST.iter().position(|known| *known == unit);
        let ranks: Option<Vec<usize>> = parts.iter().map(|(_, unit)| rank(*unit)).collect();
        let is_one_length = ranks.as_ref().is_some_and(|ranks| ranks.is_sorted_by(|one, next| one < next));
        if !is_one_length {
            let told = problem(
                span,
                text!(en: "`{written}` is not one length", da: "`{written}` er ikke én længde"),
                text!(en: "several values", da: "flere værdier"),
                Some(text!(
                    en: "write each of `år`, `måneder`, `uger` and `dage` at most once, the longest first: `65 år 6 måneder`",
                    da: "skriv hver af `år`, `måneder`, `uger` og `dage` højst én gang, den længste først: `65 år 6 måneder`"
                )),
            );
            self.push(match longest_first(&written, ranks) {
                Some(meant) => told.fix(span, meant),
                None => told,
            });
        }
        ValueKind::Sum(parts)
    }

    fn number(&mut self, pair: &Pair<'_, Rule>) -> (i64, u8) {
        let written = pair.as_str();
        let (whole, fraction) = written.split_once(',').unwrap_or((written, ""));
        let count = whole.len() + fraction.len();
        match format!("{whole}{fraction}").parse() {
            Ok(digits) if count <= MOST_DIGITS => (digits, fraction.len() as u8),
            _ => {
                self.tell(
                    self.span(pair),
                    text!(en: "a number has at most {MOST_DIGITS} digits", da: "et tal har højst {MOST_DIGITS} cifre"),
                    text!(en: "{count} digits", da: "{count} cifre"),
                    None,
                );
                (0, 0)
            }
        }
    }

    /// `1.5 timer` and `2.500 kr`: a dot never belongs to a number.
    fn dotted_quantity(&mut self, pair: Pair<'_, Rule>) {
        let span = self.span(&pair);
        let written = pair.as_str().trim_end().to_owned();
        let (number, unit) = written.split_once(char::is_whitespace).unwrap_or((&written, ""));
        let unit = unit.trim();
        let is_thousands = number.split('.').skip(1).all(|group| group.len() == 3);
        let meant = if is_thousands { number.replace('.', "") } else { number.replacen('.', ",", 1) };
        let meant = format!("{meant} {unit}");
        let (message, label) = if is_thousands {
            (
                text!(en: "thousands are written without a dot", da: "tusinder skrives uden punktum"),
                text!(en: "a dot in a number", da: "punktum i et tal"),
            )
        } else {
            (
                text!(en: "decimals are written with a comma", da: "decimaler skrives med komma"),
                text!(en: "a dot in a number", da: "punktum i et tal"),
            )
        };
        let help = text!(en: "write `{meant}`", da: "skriv `{meant}`");
        self.push(problem(span, message, label, Some(help)).fix(span, meant));
    }

    /// A test, a bound without its term, or the value of a cell.
    pub(super) fn test(&mut self, pair: Pair<'_, Rule>) -> Test {
        let mut test = Test { op: Op::Is, values: Vec::new(), span: self.span(&pair) };
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::k_not => test.op = Op::IsNot,
                Rule::k_under => test.op = Op::Under,
                Rule::k_over => test.op = Op::Over,
                Rule::k_at_least => test.op = Op::AtLeast,
                Rule::k_at_most => test.op = Op::AtMost,
                Rule::k_from => test.op = Op::Between,
                Rule::range => {
                    test.op = Op::Between;
                    test.values = self.range(inner);
                }
                _ => test.values.extend(self.value(inner)),
            }
        }
        if test.op == Op::Between {
            share_unit(&mut test.values);
        }
        test
    }

    /// The two ends of a range.
    pub(super) fn range(&mut self, pair: Pair<'_, Rule>) -> Vec<Value> {
        let mut values: Vec<Value> = pair.into_inner().filter_map(|inner| self.value(inner)).collect();
        share_unit(&mut values);
        values
    }
}

/// The units of length.
const LONGEST_FIRST: [UnitWord; 4] = [UnitWord::Years, UnitWord::Months, UnitWord::Weeks, UnitWord::Days];

/// `6 måneder 1 år` with the longest unit first; nothing where a unit stands twice.
fn longest_first(written: &str, ranks: Option<Vec<usize>>) -> Option<String> {
    let words: Vec<&str> = written.split_whitespace().collect();
    let mut parts: Vec<(usize, &[&str])> = ranks?.into_iter().zip(words.chunks(2)).collect();
    parts.sort_unstable();
    let is_once = parts.windows(2).all(|pair| pair[0].0 != pair[1].0);
    let is_spaced = words.len() == 2 * parts.len();
    let parts: Vec<String> = parts.into_iter().map(|(_, part)| part.join(" ")).collect();
    (is_once && is_spaced).then(|| parts.join(" "))
}

/// In `1-3 timer` the unit counts for both ends.
fn share_unit(values: &mut [Value]) {
    if let [low, high] = values
        && let ValueKind::Number { unit: Some(shared), .. } = high.kind
        && let ValueKind::Number { unit: unit @ None, .. } = &mut low.kind
    {
        *unit = Some(shared);
    }
}

fn unit_word(word: &str) -> Option<UnitWord> {
    Some(match word {
        "time" | "timer" => UnitWord::Hours,
        "dag" | "dage" => UnitWord::Days,
        "uge" | "uger" => UnitWord::Weeks,
        "måned" | "måneder" => UnitWord::Months,
        "år" => UnitWord::Years,
        "kr" => UnitWord::Kroner,
        "hverdag" | "hverdage" => UnitWord::Workdays,
        _ => return None,
    })
}

/// `2015-08-24` or `24.8.2015`
pub(super) fn calendar_day(written: &str) -> Option<Day> {
    let (separator, newest_first) = if written.contains('-') { ('-', true) } else { ('.', false) };
    let mut parts = written.split(separator);
    let (first, month, last) = (parts.next()?, parts.next()?, parts.next()?);
    let (year, day) = if newest_first { (first, last) } else { (last, first) };
    day_of(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}
