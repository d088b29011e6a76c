//! `eksempel`: what is decided of some citizens.

use super::guarantees::grants;
use super::lexicon::Lexicon;
use super::problems::Problems;
use super::promises::{Author, misplaced};
use super::relations::pair_name;
use crate::ground::text;
use crate::model::{Claim, ClaimKind, Done, Example, Formula, SupportId};
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
        let span = expected.span;
        if let Some(mistaken) = self.mistaken(expected) {
            problems.tell(mistaken);
            return Vec::new();
        }
        let is_of_a_task = match expected.kind {
            ExpectationKind::Perform(_) => true,
            ExpectationKind::NotGranted => expected.at.is_some() || self.is_done(&expected.support),
            ExpectationKind::Grade(_) | ExpectationKind::Refused => false,
        };
        if is_of_a_task {
            let done = self.done(expected, problems);
            return done.map(|done| Claim { kind: ClaimKind::Done(done), span }).into_iter().collect();
        }
        let Some(support) = self.one_support(&expected.support, problems) else { return Vec::new() };
        let kind = match expected.kind {
            ExpectationKind::Grade(grade) if grants(grade) => ClaimKind::Exactly(grade, support),
            ExpectationKind::Grade(grade) => ClaimKind::Said(grade, support),
            ExpectationKind::Refused => ClaimKind::Refused(support),
            ExpectationKind::NotGranted | ExpectationKind::Perform(_) => ClaimKind::NotGranted(support),
        };
        let mut claims = vec![Claim { kind, span }];
        claims.extend(self.within(support, &expected.terms, problems));
        claims
    }

    /// What is claimed of a task: of everything that a rule with the same words would speak of. A part that no rule
    /// tells apart is judged as the task itself.
    fn done(&self, expected: &ast::Expectation, problems: &mut Problems) -> Option<Done> {
        let grade = match expected.kind {
            ExpectationKind::Perform(grade) => Some(grade),
            _ => None,
        };
        let task = &expected.support;
        let id = self.performed(std::slice::from_ref(task), &[], None, problems).pop();
        let at = match &expected.at {
            None => None,
            Some(at) => Some(self.one_support(at, problems)?),
        };
        let id = id?;
        let mut of: Vec<SupportId> = match at {
            None => {
                let parts = self.pairs.iter().filter(|((task, _), _)| *task == id).map(|(_, pair)| *pair);
                std::iter::once(id).chain(parts).collect()
            }
            Some(at) => {
                let part = |support| self.pairs.get(&(id, support)).copied().unwrap_or(id);
                self.given_at_or_below(at).map(part).collect()
            }
        };
        of.sort_unstable();
        of.dedup();
        let name = match &expected.at {
            None => task.text.clone(),
            Some(at) => pair_name(&task.text, &at.text),
        };
        Some(Done { name, of, grade })
    }
}
