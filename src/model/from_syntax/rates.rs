//! `sats`: values that change with the date, and comparisons with them as sets for each stretch of days.

use super::coding::{self, Subject};
use super::lexicon::Lexicon;
use super::names::{Sort, Space, duplicate, nearest};
use super::problems::{Problems, error};
use crate::ground::{Day, Diagnostic, Sources, Span, Text, Window, iso_date, text};
use crate::model::{DATE, Domain, FactId, Formula, ValueSet};
use crate::syntax::ast::{self, Op, Value, ValueKind};

/// A `sats` as comparisons need it.
#[derive(Clone, Debug)]
pub(super) struct Rate {
    pub(super) name: String,
    /// its type, without ends
    domain: Domain,
    /// the days of the window in their order, each stretch with its value and where that is written
    periods: Vec<(Day, Day, i64, Span)>,
}

/// What a comparison allows on some days.
#[derive(Clone, Debug)]
pub(super) struct Dated {
    /// [`ValueSet::all`] where the days do not matter
    pub(super) days: ValueSet,
    pub(super) set: ValueSet,
}

/// A rate; nothing where its declaration is wrong, which is told.
pub(super) fn read(
    rate: &ast::Rate,
    window: Window,
    sources: &Sources,
    problems: &mut Problems,
) -> Option<Rate> {
    let domain = domain(rate);
    let subject = Subject { name: &rate.name.text, domain: &domain, open: true, sources };
    let mut values: Vec<(Day, i64, Span)> = Vec::with_capacity(rate.values.len());
    let mut sound = true;
    for (date, value) in &rate.values {
        let coded = coding::value(subject, value, problems);
        sound &= coded.is_some();
        match values.iter().find(|(day, ..)| *day == date.day) {
            Some((_, _, first)) => {
                problems.tell(duplicate(&iso_date(date.day), value.span, Some(*first)));
                sound = false;
            }
            None => values.extend(coded.map(|coded| (date.day, coded, value.span))),
        }
    }
    values.sort_unstable();
    if !sound {
        return None;
    }
    if values.first().is_none_or(|(day, ..)| *day > window.from) {
        problems.tell(no_value(rate, window, values.first().map(|(day, ..)| *day)));
        return None;
    }
    let last_days = values.iter().skip(1).map(|(day, ..)| day - 1).chain([window.to]);
    let stretches = values.iter().zip(last_days);
    let periods = stretches
        .map(|((first, value, span), last)| (*first.max(&window.from), last.min(window.to), *value, *span))
        .filter(|(first, last, ..)| first <= last);
    let periods = periods.collect();
    Some(Rate { name: rate.name.text.clone(), domain, periods })
}

/// The type behind the colon, with as many decimals as the values have.
fn domain(rate: &ast::Rate) -> Domain {
    let (low, high) = (ValueSet::MIN, ValueSet::MAX);
    let unit = rate.unit.as_ref().map_or("", |unit| unit.text.as_str());
    let digits = rate.values.iter().map(|(_, value)| match &value.kind {
        ValueKind::Number { decimals, .. } => *decimals,
        ValueKind::Sum(parts) => coding::decimals_in(parts, unit).unwrap_or(0),
        ValueKind::Word(_) | ValueKind::Date(_) | ValueKind::Soonest => 0,
    });
    match rate.unit.as_ref().map(|unit| unit.text.as_str()) {
        Some("kr") => Domain::Money { low, high },
        Some("varighed") => Domain::Duration { low, high },
        None | Some("tal") => Domain::Number { low, high, decimals: digits.max().unwrap_or(0), unit: None },
        Some(unit) => {
            Domain::Number { low, high, decimals: digits.max().unwrap_or(0), unit: Some(unit.to_owned()) }
        }
    }
}

fn no_value(rate: &ast::Rate, window: Window, first: Option<Day>) -> Diagnostic {
    let name = &rate.name.text;
    let from = iso_date(window.from);
    let message = match first.map(iso_date) {
        Some(first) => text!(
            en: "`{name}` has no value before {first}, and the days looked at begin on {from}",
            da: "`{name}` har ingen værdi før {first}, og de dage, der ses på, begynder {from}"
        ),
        None => text!(en: "`{name}` has no value on any day", da: "`{name}` har ingen værdi på nogen dag"),
    };
    error("out-of-domain", message)
        .label(rate.name.span, text!(en: "no value on some days", da: "ingen værdi på nogle dage"))
        .help(text!(
            en: "add the value from {from}: `fra {from}: …`",
            da: "tilføj værdien fra {from}: `fra {from}: …`"
        ))
}

impl Rate {
    /// A value of this rate on the scale of another domain; nothing where the types differ.
    fn on(&self, value: i64, target: &Domain) -> Option<i64> {
        match (&self.domain, target) {
            (Domain::Money { .. }, Domain::Money { .. })
            | (Domain::Duration { .. }, Domain::Duration { .. }) => Some(value),
            (
                Domain::Number { decimals, unit: own, .. },
                Domain::Number { decimals: wanted, unit: other, .. },
            ) if own.is_none() || own == other => {
                let (scale, divisor) = (10_i64.pow(u32::from(*wanted)), 10_i64.pow(u32::from(*decimals)));
                let scaled = value.checked_mul(scale)?;
                (scaled % divisor == 0).then(|| scaled / divisor)
            }
            (Domain::Number { decimals, unit: Some(unit), .. }, Domain::Duration { .. }) => {
                let divisor = 10_i64.pow(u32::from(*decimals));
                let scaled = value.checked_mul(coding::thirds(coding::unit_of_length(unit)?)?)?;
                (scaled % divisor == 0).then(|| scaled / divisor)
            }
            _ => None,
        }
    }
}

impl Lexicon<'_> {
    /// The values a comparison allows, stretch by stretch where it names a `sats`; nothing where it is wrong, which is
    /// told. The stretches cover the window.
    pub(super) fn dated(
        &self,
        subject: Subject<'_>,
        test: &ast::Test,
        problems: &mut Problems,
    ) -> Option<Vec<Dated>> {
        let mut rates: Vec<Option<&Rate>> = Vec::with_capacity(test.values.len());
        for value in &test.values {
            rates.push(self.rate(subject, value, problems)?);
        }
        if rates.iter().all(Option::is_none) {
            return Some(vec![Dated { days: ValueSet::all(), set: coding::set(subject, test, problems)? }]);
        }
        let mut starts: Vec<Day> =
            rates.iter().flatten().flat_map(|rate| rate.periods.iter().map(|period| period.0)).collect();
        starts.sort_unstable();
        starts.dedup();
        let ends: Vec<Day> = starts.iter().skip(1).map(|day| day - 1).chain([self.window.to]).collect();
        let mut dated: Vec<Dated> = Vec::with_capacity(starts.len());
        for (first, last) in starts.into_iter().zip(ends) {
            let coded = self.codes_on(first, subject, test, &rates, problems)?;
            let set = coding::of_codes(subject, test, &coded, problems)?;
            let days = ValueSet::range(first, last);
            match dated.iter_mut().find(|known| known.set == set) {
                Some(known) => known.days = known.days.union(&days),
                None => dated.push(Dated { days, set }),
            }
        }
        if let [only] = dated.as_mut_slice() {
            only.days = ValueSet::all();
        }
        Some(dated)
    }

    /// The rate a value names. The outer nothing: it is wrong, which is told.
    fn rate(&self, subject: Subject<'_>, value: &Value, problems: &mut Problems) -> Option<Option<&Rate>> {
        let ValueKind::Word(word) = &value.kind else { return Some(None) };
        if matches!(subject.domain, Domain::YesNo | Domain::List { .. }) {
            return Some(None);
        }
        let name = ast::Name { text: word.to_string(), span: value.span };
        let close = || nearest(word, self.rates.iter().map(|rate| rate.name.as_str())).is_some();
        if self.names.sort_of(Space::Conditions, word) != Some(Sort::Rate)
            && (self.names.is_known(word) || !close())
        {
            return Some(None);
        }
        let (_, index) = self.names.find(&[Space::Conditions], &name, &[Sort::Rate], problems)?;
        let rate = self.rates.get(index as usize)?;
        let fits = rate.periods.iter().map(|(_, _, value, _)| rate.on(*value, subject.domain));
        if fits.collect::<Option<Vec<i64>>>().is_none() {
            problems.tell(other_type(rate, subject, value.span));
            return None;
        }
        Some(Some(rate))
    }

    /// The values of a comparison on one day.
    fn codes_on(
        &self,
        day: Day,
        subject: Subject<'_>,
        test: &ast::Test,
        rates: &[Option<&Rate>],
        problems: &mut Problems,
    ) -> Option<Vec<i64>> {
        let mut codes = Vec::with_capacity(rates.len());
        for (value, rate) in test.values.iter().zip(rates) {
            let Some(rate) = rate else {
                let borrowed = test.values.last().filter(|_| test.op == Op::Between);
                codes.push(coding::code(subject, value, borrowed.and_then(coding::unit_of), problems)?);
                continue;
            };
            let (_, _, rated, written) =
                rate.periods.iter().find(|(first, last, ..)| (*first..=*last).contains(&day))?;
            let code = rate.on(*rated, subject.domain)?;
            let (low, high) = subject.domain.bounds();
            if !subject.open && !(low..=high).contains(&code) {
                if self.tells_rate(subject.name, *written) {
                    problems.tell(outside(rate, *rated, day, subject, value.span, *written));
                } else {
                    problems.follow(*written);
                }
                return None;
            }
            codes.push(code);
        }
        Some(codes)
    }
}

/// A comparison with a `sats` as a condition: on these days these values.
pub(super) fn dated_formula(fact: FactId, dated: Vec<Dated>) -> Formula {
    let mut parts: Vec<Formula> = dated
        .into_iter()
        .map(|Dated { days, set }| {
            let test = Formula::Test(fact, set);
            if days == ValueSet::all() { test } else { Formula::And(vec![Formula::Test(DATE, days), test]) }
        })
        .collect();
    if parts.len() == 1 { parts.pop().unwrap_or(Formula::Never) } else { Formula::Or(parts) }
}

fn other_type(rate: &Rate, subject: Subject<'_>, span: Span) -> Diagnostic {
    let (word, name) = (&rate.name, subject.name);
    if let (Domain::Number { unit: own, .. }, Domain::Number { unit: other, .. }) =
        (&rate.domain, subject.domain)
        && (own.is_none() || own == other)
    {
        return error(
            "type-mismatch",
            text!(
                en: "the sats `{word}` has values between those that `{name}` can have",
                da: "satsen `{word}` har værdier, der ligger mellem dem, `{name}` kan have"
            ),
        )
        .label(span, text!(en: "does not fit `{name}`", da: "passer ikke til `{name}`"))
        .help(text!(
            en: "declare `{name}` with as many decimals as `{word}` has",
            da: "angiv `{name}` med lige så mange decimaler, som `{word}` har"
        ));
    }
    let (own, other) = (with_unit(&rate.domain), with_unit(subject.domain));
    let message = Text {
        en: format!(
            "the sats `{word}` is {} and cannot be compared with `{name}`, which is {}",
            own.en, other.en
        ),
        da: format!(
            "satsen `{word}` er {} og kan ikke sammenlignes med `{name}`, som er {}",
            own.da, other.da
        ),
    };
    error("type-mismatch", message)
        .label(span, text!(en: "does not fit `{name}`", da: "passer ikke til `{name}`"))
        .help(text!(
            en: "declare `{word}` with the same type and unit as `{name}`",
            da: "angiv `{word}` med samme type og enhed som `{name}`"
        ))
}

/// `a number of år`
fn with_unit(domain: &Domain) -> Text {
    match domain {
        Domain::Number { unit: Some(unit), .. } => text!(en: "a number of `{unit}`", da: "et tal i `{unit}`"),
        Domain::Number { .. } => text!(en: "a number without a unit", da: "et tal uden enhed"),
        Domain::Duration { .. } => text!(en: "a duration", da: "en varighed"),
        Domain::Money { .. } => text!(en: "an amount", da: "et beløb"),
        Domain::Date { .. } | Domain::YesNo | Domain::List { .. } => domain.in_words(),
    }
}

fn outside(rate: &Rate, value: i64, day: Day, subject: Subject<'_>, used: Span, written: Span) -> Diagnostic {
    let (word, name) = (&rate.name, subject.name);
    let (value, day, what) = (rate.domain.spell(value), iso_date(day), subject.domain.in_words());
    let (en, da) = (what.en, what.da);
    let message = text!(
        en: "`{word}` is {value} on {day}, which is outside `{name}`, {en}",
        da: "`{word}` er {value} den {day}, og det ligger uden for `{name}`, {da}"
    );
    error("out-of-domain", message)
        .label(written, text!(en: "does not fit `{name}`", da: "passer ikke til `{name}`"))
        .label(used, text!(en: "compared here", da: "sammenlignes her"))
        .help(text!(
            en: "correct the value, or declare `{name}` wider",
            da: "ret værdien, eller udvid `{name}`"
        ))
}
