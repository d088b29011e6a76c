//! Conditions, comparisons and values: what stands after `når`, behind a fact, and in a table cell.

use super::Name;
use crate::ground::{Day, Span};
use std::sync::Arc;

/// A condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Condition {
    /// `altid`
    Always(Span),
    /// a fact compared
    Test {
        /// the fact
        fact: Name,
        /// how
        test: Test,
        /// where
        span: Span,
    },
    /// a bare name: a ja/nej fact or a concept
    Name(Name),
    /// `ikke …`
    Not(Box<Condition>, Span),
    /// `… og …`
    And(Vec<Condition>),
    /// `… eller …`
    Or(Vec<Condition>),
    /// `har krav på X`, `kan få X`: what is decided about another support
    Decided {
        /// the support
        support: Name,
        /// `har krav på`: ret or skal; otherwise any grant
        due: bool,
        /// where
        span: Span,
    },
}

/// A comparison without its left side: what stands in a table cell, after a term, or after a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Test {
    /// how
    pub op: Op,
    /// with what; `Between` has two, `Under` to `AtMost` one, `Is` and `IsNot` one or more
    pub values: Vec<Value>,
    /// where
    pub span: Span,
}

/// How values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Op {
    /// `er v1, v2`, a bare value
    Is,
    /// `er ikke v1, v2`
    IsNot,
    /// `under`
    Under,
    /// `over`
    Over,
    /// `mindst`
    AtLeast,
    /// `højst`
    AtMost,
    /// `fra a til b`, `a-b`: both included
    Between,
}

/// A value as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Value {
    /// what
    pub kind: ValueKind,
    /// where
    pub span: Span,
}

/// The kinds of value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ValueKind {
    /// a word or dotted number: `kontanthjælp`, `2.13`, `ja`
    Word(Arc<str>),
    /// a number and the digits after its comma: `1,5` is 15 and 1
    Number {
        /// all digits
        digits: i64,
        /// how many of them stand after the comma
        decimals: u8,
        /// the unit behind it
        unit: Option<UnitWord>,
    },
    /// a length in several units, the longest first: `65 år 6 måneder`
    Sum(Vec<(i64, UnitWord)>),
    /// a date
    Date(Day),
    /// `snarest`: a deadline no one can check
    Soonest,
}

/// The units of measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum UnitWord {
    /// `timer`
    Hours,
    /// `dage`
    Days,
    /// `uger`
    Weeks,
    /// `måneder`
    Months,
    /// `år`
    Years,
    /// `kr`
    Kroner,
    /// `hverdage`
    Workdays,
}
