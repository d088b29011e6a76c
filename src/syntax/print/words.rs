//! The small parts of a tree in words: conditions, comparisons, values, sources.

use crate::ground::{Day, iso_date};
use crate::syntax::ast::{
    Citation, Condition, Grade, Name, Op, Path, Period, Quoted, TermBound, Test, UnitWord, Value, ValueKind,
};

pub(super) fn after(title: Option<&Quoted>) -> String {
    title.map_or(String::new(), |title| format!(" \"{}\"", title.text))
}

pub(super) fn names(names: &[Name]) -> String {
    names.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(", ")
}

pub(super) fn citation(citation: &Citation) -> String {
    let provision = citation.provision.as_ref().map_or(String::new(), |provision| format!(" {provision}"));
    format!("{}{provision}", citation.source.text)
}

pub(super) fn path(path: &Path) -> String {
    path.names.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(".")
}

/// `timer ≤ 10 as a ceiling`
pub(super) fn bound(bound: &TermBound) -> String {
    let ceiling = if bound.ceiling { " as a ceiling" } else { "" };
    let exactly = if bound.exactly { "exactly " } else { "" };
    format!("{} {exactly}{}{ceiling}", bound.term.text, test(&bound.bound))
}

pub(super) fn period(period: &Period) -> String {
    let day = |day: Option<Day>| day.map_or("…".to_owned(), iso_date);
    format!("{} to {}", day(period.from.map(|date| date.day)), day(period.to.map(|date| date.day)))
}

pub(super) fn grade_word(grade: Grade) -> &'static str {
    match grade {
        Grade::May => "may",
        Grade::Right => "right",
        Grade::Must => "must",
        Grade::MustNot => "must not",
        Grade::Should => "should",
        Grade::ShouldNot => "should not",
        Grade::MustAssess => "must assess",
    }
}

/// A condition, each group in parentheses.
pub(super) fn condition(written: &Condition) -> String {
    let join = |parts: &[Condition], word: &str| {
        format!("({})", parts.iter().map(condition).collect::<Vec<_>>().join(word))
    };
    match written {
        Condition::Always(_) => "always".to_owned(),
        Condition::Test { fact, test: tested, .. } => format!("{} {}", fact.text, test(tested)),
        Condition::Name(name) => name.text.clone(),
        Condition::Not(inside, _) => format!("not {}", condition(inside)),
        Condition::And(parts) => join(parts, " and "),
        Condition::Or(parts) => join(parts, " or "),
        Condition::Decided { support, due: true, .. } => format!("due {}", support.text),
        Condition::Decided { support, due: false, .. } => format!("granted {}", support.text),
    }
}

pub(super) fn test(test: &Test) -> String {
    let word = match test.op {
        Op::Is => "=",
        Op::IsNot => "≠",
        Op::Under => "<",
        Op::Over => ">",
        Op::AtLeast => "≥",
        Op::AtMost => "≤",
        Op::Between => "in",
    };
    let separator = if test.op == Op::Between { " to " } else { ", " };
    format!("{word} {}", test.values.iter().map(value).collect::<Vec<_>>().join(separator))
}

pub(super) fn value(value: &Value) -> String {
    match &value.kind {
        ValueKind::Word(word) => word.to_string(),
        ValueKind::Date(day) => iso_date(*day),
        ValueKind::Soonest => "soonest".to_owned(),
        ValueKind::Number { digits, decimals, unit } => {
            let figures = format!("{digits:0width$}", width = usize::from(*decimals) + 1);
            let (whole, fraction) = figures.split_at(figures.len() - usize::from(*decimals));
            let comma = if fraction.is_empty() { "" } else { "," };
            let unit = unit.map_or("", unit_word);
            format!("{whole}{comma}{fraction}{unit}")
        }
        ValueKind::Sum(parts) => {
            let parts = parts.iter().map(|(digits, unit)| format!("{digits}{}", unit_word(*unit)));
            parts.collect::<Vec<_>>().join(" ")
        }
    }
}

fn unit_word(unit: UnitWord) -> &'static str {
    match unit {
        UnitWord::Hours => " hours",
        UnitWord::Days => " days",
        UnitWord::Weeks => " weeks",
        UnitWord::Months => " months",
        UnitWord::Years => " years",
        UnitWord::Kroner => " kr",
        UnitWord::Workdays => " workdays",
    }
}
