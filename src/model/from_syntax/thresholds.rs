//! Where a condition draws a line with `under` or `over`, so that a line one step off can be moved.

use super::coding;
use super::lexicon::Lexicon;
use super::names::{Sort, Space};
use super::problems::Problems;
use crate::ground::Span;
use crate::model::{FactId, Threshold};
use crate::syntax::ast::{Condition, Name, Op, Test};

impl Lexicon<'_> {
    /// The lines a condition draws itself, concepts not opened.
    pub(super) fn thresholds(&self, condition: Option<&Condition>) -> Vec<Threshold> {
        match condition {
            Some(Condition::Test { fact, test, .. }) => self.threshold(fact, test).into_iter().collect(),
            Some(Condition::Not(inner, _)) => self.thresholds(Some(inner)),
            Some(Condition::And(parts) | Condition::Or(parts)) => {
                parts.iter().flat_map(|part| self.thresholds(Some(part))).collect()
            }
            Some(Condition::Always(_) | Condition::Name(_) | Condition::Decided { .. }) | None => Vec::new(),
        }
    }

    /// The line of one comparison. What is wrong with it is told elsewhere.
    pub(super) fn threshold(&self, name: &Name, test: &Test) -> Option<Threshold> {
        let word = match test.op {
            Op::Over => "over",
            Op::Under => "under",
            _ => return None,
        };
        let mut unheard = Problems::of_vocabulary();
        let (sort, index) =
            self.names.find(&[Space::Conditions], name, &[Sort::Fact, Sort::Concept], &mut unheard)?;
        let fact = FactId(index);
        let subject = self.fact(fact).filter(|_| sort == Sort::Fact)?;
        let set = coding::set(subject, test, &mut unheard)?;
        let (low, high) = set.bounds()?;
        let excluded = if test.op == Op::Over { low - 1 } else { high + 1 };
        let start = test.span.start as usize;
        let word = Span::new(test.span.file, start, start + word.len());
        Some(Threshold { fact, above: test.op == Op::Over, excluded, word })
    }
}
