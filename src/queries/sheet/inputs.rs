//! What has to be known of a citizen, and which rows are nobody.

use super::columns::Builder;
use super::expr::{Expr, SheetValue, all, known, not};
use super::{FIRST_DAY, LAST_DAY, SheetInput, SheetKind, SheetOutput};
use crate::ground::{Day, Text, Window, iso_date, list, text, titled};
use crate::model::{DATE, Domain, Fact, FactId, ValueSet};

/// The kind of column a domain has as an input.
pub(super) fn kind(domain: &Domain) -> SheetKind {
    match domain {
        Domain::YesNo => SheetKind::YesNo,
        Domain::List { .. } => SheetKind::List,
        Domain::Number { decimals, .. } => SheetKind::Number(*decimals),
        Domain::Duration { .. } => SheetKind::Duration,
        Domain::Date { .. } => SheetKind::Day,
        Domain::Money { .. } => SheetKind::Money,
    }
}

/// A coded value as an engine knows it; a length stays a number of thirds.
pub(super) fn value(domain: &Domain, code: i64) -> SheetValue {
    match domain {
        Domain::YesNo => SheetValue::Truth(code != 0),
        Domain::List { .. } => SheetValue::Word(domain.spell_bare(code)),
        Domain::Number { decimals, .. } => SheetValue::Number(with_point(code, *decimals)),
        Domain::Duration { .. } => SheetValue::Number(code.to_string()),
        Domain::Date { .. } => SheetValue::Day(iso_date(code)),
        Domain::Money { .. } => SheetValue::Number(with_point(code, 2)),
    }
}

fn with_point(code: i64, decimals: u8) -> String {
    if decimals == 0 {
        return code.to_string();
    }
    let scale = 10_i64.saturating_pow(u32::from(decimals)).max(1);
    let sign = if code < 0 { "-" } else { "" };
    let (whole, rest) = ((code / scale).abs(), (code % scale).abs());
    format!("{sign}{whole}.{rest:0width$}", width = usize::from(decimals))
}

impl Builder<'_> {
    /// Whether the value of a fact lies in a set. A set that reaches an end of the domain is open there: beyond it is
    /// nobody's.
    pub(super) fn test(&mut self, id: FactId, set: &ValueSet) -> Expr {
        self.asked.insert(id);
        let fact = &self.model.facts[id.index()];
        let domain = &fact.domain;
        let set = if id == DATE { set.clone() } else { set.intersection(&domain.all()) };
        let name = fact.name.clone();
        match domain {
            Domain::YesNo | Domain::List { .. } => {
                let rest = set.complement_in(&domain.all());
                let values = |set: &ValueSet| {
                    let codes = set.ranges().iter().flat_map(|(low, high)| *low..=*high);
                    codes.map(|code| value(domain, code)).collect::<Vec<_>>()
                };
                let (inside, outside) = (values(&set), values(&rest));
                if inside.is_empty() || (!outside.is_empty() && outside.len() < inside.len()) {
                    not(Expr::OneOf(name, outside))
                } else {
                    Expr::OneOf(name, inside)
                }
            }
            _ => {
                let (least, greatest) = match id {
                    DATE => (self.model.window.from, self.model.window.to),
                    _ => domain.bounds(),
                };
                let low = |code: i64| (code > least).then(|| value(domain, code));
                let high = |code: i64| (code < greatest).then(|| value(domain, code));
                let ranges: Vec<_> = set.ranges().iter().map(|(from, to)| (low(*from), high(*to))).collect();
                match ranges.is_empty() {
                    true => not(Expr::Within(name, vec![(None, None)])),
                    false => Expr::Within(name, ranges),
                }
            }
        }
    }

    /// Why a row is nobody, as far as the assumptions say.
    pub(super) fn excluded(&mut self) -> Vec<(Expr, Expr)> {
        let excluded = self.model.assumptions.iter().map(|assumption| {
            let holds = self.formula(&assumption.formula, false);
            (not(holds), word(format!("antag: {}", assumption.title)))
        });
        excluded.collect()
    }

    /// The column that tells rows that are not decided.
    pub(super) fn impossible(&self) -> SheetOutput {
        SheetOutput {
            name: "umulig".to_owned(),
            expr: self.existence.clone(),
            kind: SheetKind::Words,
            about: String::new(),
        }
    }

    /// The facts that are asked, `dato` first.
    pub(super) fn inputs(&self) -> Vec<SheetInput> {
        let input = |id: &FactId| {
            let fact = &self.model.facts[id.index()];
            SheetInput {
                name: fact.name.clone(),
                title: titled(&fact.title, &fact.name).to_owned(),
                kind: kind(&fact.domain),
                words: words(fact),
            }
        };
        self.asked.iter().map(input).collect()
    }

    /// The cells that are no values: each with what is told of it.
    pub(super) fn bad_cells(&self) -> Vec<(Expr, Expr)> {
        let told = |id: FactId| {
            let fact = &self.model.facts[id.index()];
            let name = &fact.name;
            if id == DATE {
                return self.bad_days(name);
            }
            let words = words(fact).da;
            let bad = |good: Expr| (not(good), word(format!("{name} er ikke {words}")));
            match &fact.domain {
                Domain::YesNo => Vec::new(),
                Domain::List { values, .. } => {
                    let all = (0..values.len() as i64).map(|code| value(&fact.domain, code)).collect();
                    vec![bad(Expr::OneOf(name.clone(), all))]
                }
                domain => {
                    let (least, greatest) = domain.bounds();
                    let low = (least > ValueSet::MIN).then(|| value(domain, least));
                    let high = (greatest < ValueSet::MAX).then(|| value(domain, greatest));
                    let mut good = Vec::new();
                    if low.is_some() || high.is_some() {
                        good.push(Expr::Within(name.clone(), vec![(low, high)]));
                    }
                    if let Domain::Duration { .. } = domain {
                        good.push(Expr::IsDuration(name.clone()));
                    }
                    if good.is_empty() { Vec::new() } else { vec![bad(all(good))] }
                }
            }
        };
        self.asked.iter().flat_map(|id| told(*id)).collect()
    }

    /// A day that is not known, or on which the sheet does not hold.
    fn bad_days(&self, name: &str) -> Vec<(Expr, Expr)> {
        let Window { from, to } = self.model.window;
        let mut bad =
            vec![(not(known([Expr::Fact(name.to_owned())])), word(format!("{name} er ikke oplyst")))];
        let day = |day: Day| SheetValue::Day(iso_date(day));
        let (low, high) = ((from > FIRST_DAY).then(|| day(from)), (to < LAST_DAY).then(|| day(to)));
        let told = match (&low, &high) {
            (None, None) => return bad,
            (Some(_), None) => {
                format!("{name} er før {}, hvor en sats endnu ingen værdi har", iso_date(from))
            }
            _ => format!("{name} er ikke fra {} til {}", iso_date(from), iso_date(to)),
        };
        bad.push((not(Expr::Within(name.to_owned(), vec![(low, high)])), word(told)));
        bad
    }
}

fn word(words: String) -> Expr {
    Expr::Value(SheetValue::Word(words))
}

/// The values of a fact in words.
fn words(fact: &Fact) -> Text {
    match &fact.domain {
        Domain::List { values, .. } => {
            let names: Vec<&str> = values.iter().map(|value| value.name.as_str()).collect();
            let Text { en, da } = list(&names);
            text!(en: "one of {en}", da: "en af {da}")
        }
        Domain::Date { low, high } if *low > ValueSet::MIN => {
            let (low, high) = (iso_date(*low), iso_date(*high));
            text!(en: "a date from {low} to {high}", da: "en dato fra {low} til {high}")
        }
        domain => domain.in_words(),
    }
}
