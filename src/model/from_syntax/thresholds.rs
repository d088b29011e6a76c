//! Where a condition draws a line through an ordered fact, and what would be written to move it by one step.

use super::coding;
use super::lexicon::Lexicon;
use super::names::{Sort, Space};
use super::problems::Problems;
use crate::ground::Span;
use crate::model::{Domain, FactId, Threshold};
use crate::syntax::ast::{Condition, Name, Op, Test, Value, ValueKind};

impl Lexicon<'_> {
    /// The lines a condition draws itself, concepts not opened.
    pub(super) fn thresholds(&self, condition: Option<&Condition>) -> Vec<Threshold> {
        match condition {
            Some(Condition::Test { fact, test, .. }) => self.lines(fact, test),
            // what a line takes in, the opposite leaves out
            Some(Condition::Not(..)) => Vec::new(),
            Some(Condition::And(parts) | Condition::Or(parts)) => {
                let mut lines: Vec<Threshold> =
                    parts.iter().flat_map(|part| self.thresholds(Some(part))).collect();
                lines.shrink_to_fit();
                lines
            }
            Some(Condition::Always(_) | Condition::Name(_) | Condition::Decided { .. }) | None => Vec::new(),
        }
    }

    /// The lines of one comparison. What is wrong with it is told elsewhere.
    pub(super) fn lines(&self, name: &Name, test: &Test) -> Vec<Threshold> {
        let mut unheard = Problems::of_vocabulary();
        let found = self.names.find(&[Space::Conditions], name, &[Sort::Fact, Sort::Concept], &mut unheard);
        let Some((Sort::Fact, index)) = found.filter(|_| !matches!(test.op, Op::Is | Op::IsNot)) else {
            return Vec::new();
        };
        let fact = FactId(index);
        let Some(subject) = self.fact(fact) else { return Vec::new() };
        let domain = subject.domain;
        let Some((low, high)) = coding::set(subject, test, &mut unheard).and_then(|set| set.bounds()) else {
            return Vec::new();
        };
        let word = |own: &str| {
            let start = test.span.start as usize;
            Span::new(test.span.file, start, start + own.len())
        };
        let line = |above, span, gains, loses| Threshold { fact, above, span, gains, loses };
        let to = |value: i64, word: &str| Some((value, word.to_owned()));
        match test.op {
            Op::Over => vec![line(true, word("over"), to(low - 1, "mindst"), None)],
            Op::Under => vec![line(false, word("under"), to(high + 1, "højst"), None)],
            Op::AtLeast => vec![line(true, word("mindst"), None, to(low, "over"))],
            Op::AtMost => vec![line(false, word("højst"), None, to(high, "under"))],
            Op::Between => match (domain, test.values.as_slice()) {
                (Domain::Number { decimals: 0, .. }, [from, till]) if is_bare(from) && is_bare(till) => {
                    let written = |at: i64, value: i64| Some((at, value.to_string()));
                    vec![
                        line(true, from.span, written(low - 1, low - 1), written(low, low + 1)),
                        line(false, till.span, written(high + 1, high + 1), written(high, high - 1)),
                    ]
                }
                _ => Vec::new(),
            },
            Op::Is | Op::IsNot => Vec::new(),
        }
    }
}

/// Whether a value is a number and nothing else.
fn is_bare(value: &Value) -> bool {
    matches!(value.kind, ValueKind::Number { decimals: 0, unit: None, .. })
}
