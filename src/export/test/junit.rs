//! What became of tests as JUnit XML: one suite for each file. Times are left out: the same tests give the same bytes.

use super::{TestFormat, citizen, name, place, trouble, written};
use crate::ground::{Lang, Sources, text};
use crate::queries::{FailedClaim, Test, TestOutcome, Tested};
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};
use std::collections::BTreeMap;

pub(super) const FORMAT: TestFormat = TestFormat { name: "junit", render };

fn render(tested: &Tested, sources: &Sources, lang: Lang, _width: usize) -> String {
    let mut suites: BTreeMap<&str, Vec<&Test>> = BTreeMap::new();
    for test in &tested.tests {
        suites.entry(&sources.file(test.span.file).name).or_default().push(test);
    }
    let mut report = Report::new(env!("CARGO_PKG_NAME"));
    for (file, tests) in suites {
        let mut suite = TestSuite::new(file);
        suite.add_test_cases(tests.into_iter().map(|test| case(test, sources, lang)));
        report.add_test_suite(suite);
    }
    // what is written is made here and has no part that XML could not hold
    let mut page = report.to_string().unwrap_or_default();
    if !page.ends_with('\n') {
        page.push('\n');
    }
    page
}

fn case(test: &Test, sources: &Sources, lang: Lang) -> TestCase {
    let status = match &test.outcome {
        TestOutcome::Passed => TestCaseStatus::success(),
        TestOutcome::Failed(claims) => {
            let told = claims.iter().map(|claim| told(claim, sources, lang)).collect::<Vec<_>>();
            not(NonSuccessKind::Failure, "failed", &told.join("\n"))
        }
        outcome => {
            let (kind, type_) = match outcome {
                TestOutcome::OfNobody => (NonSuccessKind::Failure, "of-nobody"),
                _ => (NonSuccessKind::Error, "not-judged"),
            };
            let trouble = trouble(outcome).unwrap_or_default();
            not(kind, type_, trouble.get(lang))
        }
    };
    let mut case = TestCase::new(name(test).get(lang), status);
    case.set_classname(&test.place);
    let position = sources.file(test.span.file).position(test.span.start);
    case.extra.insert("file".into(), sources.file(test.span.file).name.as_str().into());
    case.extra.insert("line".into(), position.line.to_string().into());
    case
}

fn not(kind: NonSuccessKind, type_: &str, words: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(kind);
    status.set_type(type_).set_message(words.lines().next().unwrap_or_default()).set_description(words);
    status
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
