//! `eksempel`: what is decided of some citizens.

use super::guarantees::grants;
use super::lexicon::Lexicon;
use super::problems::Problems;
use super::promises::{Author, misplaced};
use crate::ground::text;
use crate::model::{Claim, ClaimKind, Example, Formula};
use crate::syntax::ast::{self, ExpectationKind};

impl Lexicon<'_> {
    /// An example; nothing where its place or its `givet` is wrong. An expectation that is wrong is left out.
    pub(super) fn example(
        &self,
        example: &ast::Example,
        author: Author<'_>,
        problems: &mut Problems,
    ) -> Option<Example> {
        let place = match (&example.place, author.decides()) {
            (Some(place), _) => self.deciding_place(place, problems),
            (None, Some(own)) => Some(own),
            (None, None) => {
                problems.tell(misplaced(
                    text!(
                        en: "the example does not say whose decision it shows",
                        da: "eksemplet siger ikke, hvis afgørelse det viser"
                    ),
                    example.title.span,
                    text!(
                        en: "write `i KOMMUNE` in the example",
                        da: "skriv `i KOMMUNE` i eksemplet"
                    ),
                ));
                None
            }
        };
        let given = match &example.given {
            None => Some(Formula::Always),
            Some(given) => self.facts_formula(given, problems),
        };
        let claims =
            example.expects.iter().flat_map(|expected| self.expectation(expected, problems)).collect();
        let title = example.title.text.clone();
        Some(Example { title, place: place?, given: given?, claims, span: example.title.span })
    }

    fn expectation(&self, expected: &ast::Expectation, problems: &mut Problems) -> Vec<Claim> {
        let Some(support) = self.one_support(&expected.support, problems) else { return Vec::new() };
        let kind = match expected.kind {
            ExpectationKind::Grade(grade) if grants(grade) => ClaimKind::Exactly(grade, support),
            ExpectationKind::Grade(grade) => ClaimKind::Said(grade, support),
            ExpectationKind::NotGranted => ClaimKind::NotGranted(support),
            ExpectationKind::Refused => ClaimKind::Refused(support),
        };
        let mut claims = vec![Claim { kind, span: expected.span }];
        claims.extend(self.within(support, &expected.terms, problems));
        claims
    }
}
