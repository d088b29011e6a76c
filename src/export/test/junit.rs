//! What became of tests as JUnit XML: one suite for each file. Times are left out: the same tests give the same bytes.

use super::{TestFormat, citizen, name, place, trouble, written};
use crate::ground::{Lang, Sources, text};
use crate::junit::{Case, Fate, Suite, document};
use crate::queries::{FailedClaim, Test, TestOutcome, Tested};
use std::collections::BTreeMap;

pub(super) const FORMAT: TestFormat = TestFormat { name: "junit", render };

fn render(tested: &Tested, sources: &Sources, lang: Lang, _width: usize) -> String {
    let mut suites: BTreeMap<&str, Vec<&Test>> = BTreeMap::new();
    for test in &tested.tests {
        suites.entry(&sources.file(test.span.file).name).or_default().push(test);
    }
    let suites = suites.into_iter().map(|(name, tests)| {
        let cases = tests.into_iter().map(|test| case(test, sources, lang)).collect();
        Suite { name, cases }
    });
    document(&suites.collect::<Vec<_>>())
}

fn case<'t>(test: &'t Test, sources: &'t Sources, lang: Lang) -> Case<'t> {
    let (fate, kind, words) = match &test.outcome {
        TestOutcome::Passed => (Fate::Passed, "", String::new()),
        TestOutcome::Failed(claims) => {
            let told = claims.iter().map(|claim| told(claim, sources, lang)).collect::<Vec<_>>();
            (Fate::Failed, "failed", told.join("\n"))
        }
        outcome => {
            let (fate, kind) = match outcome {
                TestOutcome::OfNobody => (Fate::Failed, "of-nobody"),
                _ => (Fate::Error, "not-judged"),
            };
            (fate, kind, trouble(outcome).unwrap_or_default().get(lang).to_owned())
        }
    };
    let message = words.lines().next().unwrap_or_default().to_owned();
    let file = sources.file(test.span.file);
    let place = Some((file.name.as_str(), file.position(test.span.start).line));
    Case {
        name: name(test).get(lang).to_owned(),
        class: &test.place,
        place,
        fate,
        told: (kind, message, words),
    }
}

fn told(claim: &FailedClaim, sources: &Sources, lang: Lang) -> String {
    let (at, expected) = (place(sources, claim.span), written(sources, claim.span));
    let (decided, citizen) = (claim.words.get(lang), citizen(&claim.citizen));
    let citizen = citizen.get(lang);
    let words = text!(
        en: "{at}: expected `{expected}`, decided: {decided}; for {citizen}",
        da: "{at}: ventet `{expected}`, afgjort: {decided}; for {citizen}"
    );
    words.get(lang).to_owned()
}
