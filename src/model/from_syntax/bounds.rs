//! Bounds on terms: what a rule allows, for each stretch of days where a `sats` bounds it.

use super::coding::Subject;
use super::lexicon::Lexicon;
use super::names::{Sort, Space};
use super::problems::{Problems, error};
use crate::ground::{Diagnostic, Span, text};
use crate::model::{Bound, Domain, TermId, ValueSet};
use crate::syntax::ast::{self, Op, ValueKind};

impl Lexicon<'_> {
    /// The bounds behind `med` and `gælder for`; wrong ones are left out, which is told.
    pub(super) fn bounds(&self, terms: &[ast::TermBound], problems: &mut Problems) -> Vec<Bound> {
        let mut bounds = Vec::with_capacity(terms.len());
        for written in terms {
            let found = self.names.find(&[Space::Conditions], &written.term, &[Sort::Term], problems);
            let Some((_, term)) = found else { continue };
            let ceiling = written.ceiling.then_some(written.span);
            let own = self.bound(TermId(term), &written.bound, ceiling, problems);
            bounds.extend(own.into_iter().map(|bound| Bound { span: written.span, ..bound }));
        }
        bounds
    }

    /// The bounds of one comparison; `ceiling` is where it says `som loft`.
    pub(super) fn bound(
        &self,
        term: TermId,
        test: &ast::Test,
        ceiling: Option<Span>,
        problems: &mut Problems,
    ) -> Vec<Bound> {
        let Some(subject) = self.term(term) else { return Vec::new() };
        let directed = self.terms.get(term.index()).is_none_or(|term| term.more_is_better.is_some());
        if let Some(span) = ceiling.filter(|_| !directed) {
            problems.tell(ceiling_without_direction(subject.name, span));
        }
        let bound = |days: ValueSet, set: ValueSet| Bound {
            term,
            days,
            set,
            ceiling: ceiling.is_some(),
            words: self.words(test.span),
            span: test.span,
        };
        if test.values.iter().any(|value| value.kind == ValueKind::Soonest) {
            if test.op != Op::Is || test.values.len() != 1 || !is_deadline(subject.domain) {
                problems.tell(no_deadline(subject, test.span));
                return Vec::new();
            }
            return vec![bound(ValueSet::all(), ValueSet::all())];
        }
        let dated = self.dated(subject, test, problems).unwrap_or_default();
        dated.into_iter().map(|dated| bound(dated.days, dated.set)).collect()
    }
}

/// Whether `snarest` can be a value: something that can be waited for.
fn is_deadline(domain: &Domain) -> bool {
    match domain {
        Domain::Duration { .. } | Domain::Date { .. } => true,
        Domain::Number { unit: Some(unit), .. } => {
            ["hverdage", "dage", "uger", "måneder"].contains(&unit.as_str())
        }
        Domain::Number { .. } | Domain::YesNo | Domain::List { .. } | Domain::Money { .. } => false,
    }
}

fn no_deadline(subject: Subject<'_>, span: Span) -> Diagnostic {
    let name = subject.name;
    let message = text!(
        en: "`snarest` stands alone as the value of a deadline, and not here for `{name}`",
        da: "`snarest` står alene som værdi af en frist og kan ikke stå sådan for `{name}`"
    );
    error("type-mismatch", message).label(span, text!(en: "not a deadline", da: "ingen frist")).help(text!(
        en: "write `snarest` alone, for a term that is a duration, a date or in `hverdage`",
        da: "skriv `snarest` alene og kun for et vilkår, der er en varighed, en dato eller i `hverdage`"
    ))
}

fn ceiling_without_direction(name: &str, span: Span) -> Diagnostic {
    let message = text!(
        en: "`{name}` does not say which way is better, so `som loft` has no side",
        da: "`{name}` siger ikke, hvilken vej der er bedst, så `som loft` har ingen side"
    );
    error("type-mismatch", message).label(span, text!(en: "a ceiling of what?", da: "loft over hvad?")).help(
        text!(
            en: "declare `{name}` with `mere er bedre` or `mindre er bedre`",
            da: "angiv `{name}` med `mere er bedre` eller `mindre er bedre`"
        ),
    )
}
