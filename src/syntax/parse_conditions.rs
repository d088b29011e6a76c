//! Conditions.

use super::ast::{Condition, Name};
use super::parse::{Reader, Rule};
use super::slips::problem;
use crate::ground::{Span, text};
use pest::iterators::Pair;
use std::ops::Range;

impl Reader<'_> {
    pub(super) fn condition(&mut self, pair: Pair<'_, Rule>) -> Condition {
        let whole = self.span(&pair);
        let mut operands = Vec::new();
        let mut words = Vec::new();
        let (mut joiners, mut places): (Vec<(Rule, Span)>, Vec<Span>) = (Vec::new(), Vec::new());
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::operand => {
                    places.push(self.span(&inner));
                    words.push(inner.as_str());
                    operands.push(self.operand(inner));
                }
                rule => joiners.push((rule, self.span(&inner))),
            }
        }
        if let Some((first, _)) = joiners.first()
            && let Some((_, other)) = joiners.iter().find(|(joiner, _)| joiner != first)
        {
            self.ambiguous(whole, *other, (&words, &places), &joiners);
        }
        match (operands.len(), joiners.first()) {
            (1, _) => operands.swap_remove(0),
            (_, Some((Rule::k_and, _))) => Condition::And(operands),
            (0, _) => Condition::Always(whole),
            _ => Condition::Or(operands),
        }
    }

    fn operand(&mut self, pair: Pair<'_, Rule>) -> Condition {
        let span = self.span(&pair);
        let mut negations = Vec::new();
        let mut condition = Condition::Always(span);
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::k_not => negations.push(self.span(&inner)),
                Rule::group => {
                    if let Some(inside) =
                        inner.into_inner().find(|inside| inside.as_rule() == Rule::condition)
                    {
                        condition = self.condition(inside);
                    }
                }
                Rule::comparison => condition = self.comparison(inner),
                Rule::k_always => condition = Condition::Always(self.span(&inner)),
                Rule::decided => condition = self.decided(inner).unwrap_or(condition),
                _ => {}
            }
        }
        negations
            .into_iter()
            .rev()
            .fold(condition, |inside, not| Condition::Not(Box::new(inside), not.to(span)))
    }

    fn decided(&mut self, pair: Pair<'_, Rule>) -> Option<Condition> {
        let span = self.span(&pair);
        let (mut support, mut due) = (None, false);
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::word => support = Some(self.name(&inner)),
                rule => due |= rule == Rule::k_has_claim,
            }
        }
        Some(Condition::Decided { support: support?, due, span })
    }

    fn comparison(&mut self, pair: Pair<'_, Rule>) -> Condition {
        let span = self.span(&pair);
        let mut fact = Name { text: String::new(), span };
        let mut test = None;
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::word => fact = self.name(&inner),
                Rule::test => test = Some(self.test(inner)),
                _ => {}
            }
        }
        match test {
            Some(test) => Condition::Test { fact, test, span },
            None => Condition::Name(fact),
        }
    }

    /// `a og b eller c`: both readings are shown, the author chooses.
    fn ambiguous(
        &mut self,
        whole: Span,
        at: Span,
        (words, places): (&[&str], &[Span]),
        joiners: &[(Rule, Span)],
    ) {
        let on_one_line = |words: &&str| words.split_whitespace().collect::<Vec<_>>().join(" ");
        let words: Vec<String> = words.iter().map(on_one_line).collect();
        let and_first = grouped(&words, joiners, Rule::k_and);
        let or_first = grouped(&words, joiners, Rule::k_or);
        let message = text!(
            en: "`og` beside `eller` can be read in two ways",
            da: "`og` ved siden af `eller` kan læses på to måder"
        );
        let help = text!(
            en: "write `{and_first}` or `{or_first}`",
            da: "skriv `{and_first}` eller `{or_first}`"
        );
        let told = problem(
            at,
            message,
            text!(en: "parentheses are missing", da: "her mangler parenteser"),
            Some(help),
        );
        let mut told = told.label(whole, text!(en: "this condition", da: "denne betingelse"));
        // `og` binds tighter where people read on
        for group in groups(joiners, Rule::k_and).into_iter().filter(|group| group.len() > 1) {
            let (first, last) = (places.get(group.start), places.get(group.end - 1));
            if let Some((first, last)) = first.zip(last) {
                told = told.guess(first.before(), "(").guess(last.behind(), ")");
            }
        }
        self.push(told);
    }
}

/// Which operands stand together where `tight` joins.
fn groups(joiners: &[(Rule, Span)], tight: Rule) -> Vec<Range<usize>> {
    let mut groups = vec![Range { start: 0, end: 1 }];
    for (index, (joiner, _)) in joiners.iter().enumerate() {
        match groups.last_mut() {
            Some(group) if *joiner == tight => group.end += 1,
            _ => groups.push(index + 1..index + 2),
        }
    }
    groups
}

/// The condition with parentheses around the operands that `tight` joins.
fn grouped(words: &[String], joiners: &[(Rule, Span)], tight: Rule) -> String {
    const LONGEST: usize = 160;
    let is_long = words.iter().map(String::len).sum::<usize>() > LONGEST;
    let shown = |index: usize| {
        let operand = words.get(index).map(String::as_str).unwrap_or_default();
        match operand.split_once(' ') {
            Some((first, _)) if is_long => format!("{first} …"),
            _ => operand.to_owned(),
        }
    };
    let groups = groups(joiners, tight).into_iter().map(|group| group.map(shown).collect::<Vec<_>>());
    let (inner, outer) = if tight == Rule::k_and { (" og ", " eller ") } else { (" eller ", " og ") };
    let groups: Vec<String> = groups
        .map(|group| if group.len() > 1 { format!("({})", group.join(inner)) } else { group.concat() })
        .collect();
    groups.join(outer)
}
