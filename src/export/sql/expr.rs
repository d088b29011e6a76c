//! An expression in SQL. SQL's three truth values are those of an expression, with NULL for what is not known; a `CASE`
//! takes a way only where its condition is true.

use super::dialect::{Dialect, truth};
use crate::queries::{Expr, SheetValue};

/// A line is no longer than this where it can be helped.
const WIDTH: usize = 112;

/// An engine's functions take fewer parts than this.
const MOST_PARTS: usize = 90;

/// How tightly what stands there holds together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tie {
    /// parts joined by OR
    Loose,
    /// parts joined by AND
    Middle,
    /// a comparison
    Close,
    /// a name, a call, a CASE
    Whole,
}

/// Writes an expression into a line that begins with so many blanks.
pub(super) fn write(dialect: &Dialect, expr: &Expr, indent: usize) -> String {
    Writer { dialect }.within(expr, indent, Tie::Loose)
}

struct Writer<'a> {
    dialect: &'a Dialect,
}

impl Writer<'_> {
    fn within(&self, expr: &Expr, indent: usize, least: Tie) -> String {
        let (text, tie) = self.expr(expr, indent);
        if tie < least { format!("({text})") } else { text }
    }

    fn expr(&self, expr: &Expr, indent: usize) -> (String, Tie) {
        match expr {
            Expr::Constant(holds) => (truth(*holds).to_owned(), Tie::Whole),
            Expr::Number(number) if *number < 0 => (number.to_string(), Tie::Close),
            Expr::Number(number) => (number.to_string(), Tie::Whole),
            Expr::Value(value) => (self.dialect.value(value), Tie::Whole),
            Expr::Nothing => ("NULL".to_owned(), Tie::Whole),
            Expr::Fact(name) | Expr::Column(name) => (self.dialect.name(name), Tie::Whole),
            Expr::Within(name, ranges) => self.ranges(name, ranges),
            Expr::OneOf(name, values) => self.one_of(name, values, false),
            Expr::IsDuration(name) => {
                let name = self.dialect.name(name);
                (format!("{name} % 3 = 0 OR {name} % 91 = 0"), Tie::Loose)
            }
            Expr::Not(inner) => self.not(inner, indent),
            Expr::All(parts) => self.joined(parts, "AND", indent, Tie::Middle),
            Expr::Any(parts) => self.joined(parts, "OR", indent, Tie::Loose),
            Expr::Known(parts) => self.known(parts, indent),
            Expr::Is(inner, number) => self.compared(inner, "=", *number, indent),
            Expr::AtLeast(inner, number) => self.compared(inner, ">=", *number, indent),
            Expr::Meets(one, other) => {
                let (one, other) =
                    (self.within(one, indent, Tie::Whole), self.within(other, indent, Tie::Whole));
                (format!("({one} & {other}) <> 0"), Tie::Close)
            }
            Expr::Common(parts) => self.call("(", " & ", parts, indent),
            Expr::Greatest(parts) => self.call("GREATEST(", ", ", parts, indent),
            Expr::First(ways, last) => (self.first(ways, last, indent), Tie::Whole),
            Expr::Joined(words) => (self.words(words, indent), Tie::Whole),
        }
    }

    fn not(&self, inner: &Expr, indent: usize) -> (String, Tie) {
        match inner {
            Expr::OneOf(name, values) => self.one_of(name, values, true),
            Expr::Is(inner, number) => self.compared(inner, "<>", *number, indent),
            Expr::AtLeast(inner, number) => self.compared(inner, "<", *number, indent),
            Expr::Known(parts) if parts.len() == 1 => {
                (format!("{} IS NULL", self.within(&parts[0], indent, Tie::Whole)), Tie::Close)
            }
            inner => (format!("NOT {}", self.within(inner, indent + 4, Tie::Whole)), Tie::Close),
        }
    }

    fn compared(&self, inner: &Expr, sign: &str, number: i64, indent: usize) -> (String, Tie) {
        (format!("{} {sign} {number}", self.within(inner, indent, Tie::Whole)), Tie::Close)
    }

    fn ranges(&self, name: &str, ranges: &[(Option<SheetValue>, Option<SheetValue>)]) -> (String, Tie) {
        let (name, value) = (self.dialect.name(name), |value: &SheetValue| self.dialect.value(value));
        let range = |range: &(Option<SheetValue>, Option<SheetValue>)| match range {
            (None, None) => format!("CASE WHEN {name} IS NOT NULL THEN TRUE END"),
            (Some(low), None) => format!("{name} >= {}", value(low)),
            (None, Some(high)) => format!("{name} <= {}", value(high)),
            (Some(low), Some(high)) if low == high => format!("{name} = {}", value(low)),
            (Some(low), Some(high)) => format!("{name} BETWEEN {} AND {}", value(low), value(high)),
        };
        let all: Vec<String> = ranges.iter().map(range).collect();
        let tie = if all.len() == 1 { Tie::Close } else { Tie::Loose };
        (all.join(" OR "), tie)
    }

    fn one_of(&self, name: &str, values: &[SheetValue], not: bool) -> (String, Tie) {
        let name = self.dialect.name(name);
        match values {
            [SheetValue::Truth(holds)] if *holds != not => (name, Tie::Whole),
            [SheetValue::Truth(_)] => (format!("NOT {name}"), Tie::Close),
            [SheetValue::Truth(_), ..] => {
                (format!("CASE WHEN {name} IS NOT NULL THEN {} END", truth(!not)), Tie::Whole)
            }
            [one] => {
                (format!("{name} {} {}", if not { "<>" } else { "=" }, self.dialect.value(one)), Tie::Close)
            }
            values => {
                let values: Vec<String> = values.iter().map(|value| self.dialect.value(value)).collect();
                (format!("{name} {}IN ({})", if not { "NOT " } else { "" }, values.join(", ")), Tie::Close)
            }
        }
    }

    fn joined(&self, parts: &[Expr], word: &str, indent: usize, tie: Tie) -> (String, Tie) {
        let next = if tie == Tie::Loose { Tie::Middle } else { Tie::Close };
        let texts: Vec<String> =
            parts.iter().map(|part| self.within(part, indent + word.len() + 1, next)).collect();
        (in_lines(&texts, &format!(" {word} "), &format!("{word} "), indent), tie)
    }

    fn known(&self, parts: &[Expr], indent: usize) -> (String, Tie) {
        let known = |part: &Expr| format!("{} IS NOT NULL", self.within(part, indent + 4, Tie::Whole));
        let texts: Vec<String> = parts.iter().map(known).collect();
        let tie = if texts.len() == 1 { Tie::Close } else { Tie::Middle };
        (in_lines(&texts, " AND ", "AND ", indent), tie)
    }

    fn call(&self, head: &str, between: &str, parts: &[Expr], indent: usize) -> (String, Tie) {
        let texts: Vec<String> = parts.iter().map(|part| self.within(part, indent + 2, Tie::Whole)).collect();
        let flat = format!("{head}{})", texts.join(between));
        if fits(&flat, indent) {
            return (flat, Tie::Whole);
        }
        let blanks = " ".repeat(indent + 2);
        let between = format!("{}\n{blanks}", between.trim_end());
        (format!("{head}\n{blanks}{})", texts.join(&between)), Tie::Whole)
    }

    fn first(&self, ways: &[(Expr, Expr)], last: &Expr, indent: usize) -> String {
        let way = |(condition, value): &(Expr, Expr)| {
            let condition = self.within(condition, indent + 7, Tie::Loose);
            format!("WHEN {condition} THEN {}", self.within(value, indent + 4, Tie::Loose))
        };
        let mut lines: Vec<String> = ways.iter().map(way).collect();
        if *last != Expr::Nothing {
            lines.push(format!("ELSE {}", self.within(last, indent + 7, Tie::Loose)));
        }
        let flat = format!("CASE {} END", lines.join(" "));
        if fits(&flat, indent) {
            return flat;
        }
        let blanks = " ".repeat(indent);
        format!("CASE\n{blanks}  {}\n{blanks}END", lines.join(&format!("\n{blanks}  ")))
    }

    fn words(&self, words: &[(Expr, String)], indent: usize) -> String {
        let told = |(condition, word): &(Expr, String)| {
            let condition = self.within(condition, indent + 4, Tie::Loose);
            format!("CASE WHEN {condition} THEN {} END", self.dialect.words(word))
        };
        let mut parts: Vec<String> = words.iter().map(told).collect();
        while parts.len() > MOST_PARTS {
            let some = |parts: &[String]| format!("NULLIF(CONCAT_WS('|', {}), '')", parts.join(", "));
            parts = parts.chunks(MOST_PARTS).map(some).collect();
        }
        let flat = format!("NULLIF(CONCAT_WS('|', {}), '')", parts.join(", "));
        if fits(&flat, indent) {
            return flat;
        }
        let blanks = " ".repeat(indent + 2);
        format!("NULLIF(CONCAT_WS('|',\n{blanks}{}), '')", parts.join(&format!(",\n{blanks}")))
    }
}

fn fits(text: &str, indent: usize) -> bool {
    !text.contains('\n') && indent + text.chars().count() <= WIDTH
}

/// Parts in one line, or each in a line of its own behind what joins it.
fn in_lines(texts: &[String], between: &str, before: &str, indent: usize) -> String {
    let flat = texts.join(between);
    if fits(&flat, indent) {
        return flat;
    }
    texts.join(&format!("\n{}{before}", " ".repeat(indent)))
}
