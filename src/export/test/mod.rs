//! What became of tests, as text and as JUnit; and the words they share.

mod coverage;
mod junit;
mod mutations;
mod text;

pub use coverage::coverage_page;
pub use mutations::mutations_page;

use super::wrap::{hanging, wrapped};
use crate::ground::{Lang, Sources, Span, Text, Witness, count, text};
use crate::queries::{Test, TestKind, TestOutcome, Tested};
use unicode_width::UnicodeWidthStr;

/// The card of a form tests can be written in.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct TestFormat {
    /// its name on the command line
    pub name: &'static str,
    /// writes what became of tests of these texts in a language; the width counts where the form has lines
    pub render: fn(&Tested, &Sources, Lang, usize) -> String,
}

/// Every form of tests; the first is the default.
pub fn test_formats() -> &'static [TestFormat] {
    &[text::FORMAT, junit::FORMAT]
}

/// `the example "Udskrives" in Fjordby`
fn name(test: &Test) -> Text {
    let (name, place) = (&test.name, &test.place);
    match test.kind {
        TestKind::Example => {
            text!(en: "the example \"{name}\" in {place}", da: "eksemplet \"{name}\" i {place}")
        }
        TestKind::Guarantee => {
            text!(en: "the guarantee `{name}` in {place}", da: "garantien `{name}` i {place}")
        }
    }
}

/// Why a test that did not pass did not, where that is no claim.
fn trouble(outcome: &TestOutcome) -> Option<Text> {
    match outcome {
        TestOutcome::Passed | TestOutcome::Failed(_) => None,
        TestOutcome::OfNobody => Some(text!(
            en: "there can be no such citizen: the assumptions or the days that are looked at rule it out",
            da: "sådan en borger kan ikke findes: antagelserne eller den periode, der ses på, udelukker det"
        )),
        TestOutcome::InDoubt(rules) => {
            let rules = rules.iter().map(|rule| format!("`{rule}`")).collect::<Vec<_>>().join(", ");
            Some(text!(
                en: "not judged: {rules} cannot be read in full; `hjemmel check` says what is wrong",
                da: "ikke bedømt: {rules} kan ikke læses fuldt ud; `hjemmel check` siger, hvad der er galt"
            ))
        }
        TestOutcome::NotProven => Some(text!(
            en: "not proven: the budget ran out; a larger `--budget` may help",
            da: "ikke bevist: beregningsrammen slap op; prøv med en større `--budget`"
        )),
    }
}

/// `14 examples and guarantees: 12 hold, 1 fails, 1 not judged`
fn summary(tested: &Tested) -> Text {
    let number =
        |wanted: fn(&TestOutcome) -> bool| tested.tests.iter().filter(|test| wanted(&test.outcome)).count();
    let of_kind = |kind| tested.tests.iter().filter(|test| test.kind == kind).count();
    let (examples, guarantees) = (of_kind(TestKind::Example), of_kind(TestKind::Guarantee));
    let examples =
        count(examples, &text!(en: "example", da: "eksempel"), &text!(en: "examples", da: "eksempler"));
    let guarantees =
        count(guarantees, &text!(en: "guarantee", da: "garanti"), &text!(en: "guarantees", da: "garantier"));
    let held = number(TestOutcome::is_passed);
    let failed = number(|outcome| matches!(outcome, TestOutcome::Failed(_) | TestOutcome::OfNobody));
    let open = number(|outcome| matches!(outcome, TestOutcome::InDoubt(_) | TestOutcome::NotProven));
    let (hold, fail) = (if held == 1 { "holds" } else { "hold" }, if failed == 1 { "fails" } else { "fail" });
    let mut summary = Text {
        en: format!("{} and {}: {held} {hold}, {failed} {fail}", examples.en, guarantees.en),
        da: format!("{} og {}: {held} holder, {failed} holder ikke", examples.da, guarantees.da),
    };
    if open > 0 {
        summary.en.push_str(&format!(", {open} not judged"));
        summary.da.push_str(&format!(", {open} ikke bedømt"));
    }
    summary
}

/// What is wrong in the texts, beside the tests.
fn unread(tested: &Tested) -> Option<Text> {
    let errors = count(tested.unread, &text!(en: "error", da: "fejl"), &text!(en: "errors", da: "fejl"));
    let Text { en, da } = errors;
    (tested.unread > 0).then(|| {
        text!(
            en: "{en} in the texts: what they stand in is left out; `hjemmel check` tells them",
            da: "{da} i teksterne: det, de står i, er udeladt; `hjemmel check` viser dem"
        )
    })
}

/// `kommuner/slagelse.hjemmel:12:4`
fn place(sources: &Sources, span: Span) -> String {
    let file = sources.file(span.file);
    let position = file.position(span.start);
    format!("{}:{}:{}", file.name, position.line, position.column)
}

/// The facts of a citizen that matter: `alder 24, målgruppe 2.13`.
fn citizen(citizen: &Witness) -> Text {
    let told = citizen.iter().filter(|fact| fact.matters);
    let told: Vec<String> = told.map(|fact| format!("{} {}", fact.fact, fact.value)).collect();
    if told.is_empty() {
        return text!(en: "any citizen", da: "enhver borger");
    }
    Text::same(told.join(", "))
}

/// What stands in the text, on one line.
fn written(sources: &Sources, span: Span) -> String {
    sources.words(span).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Lines none of which is wider than the page.
struct Page {
    text: String,
    lang: Lang,
    width: usize,
}

impl Page {
    /// Words behind a mark; further lines begin below the words.
    fn line(&mut self, indent: &str, mark: &str, words: &Text) {
        hanging(&mut self.text, self.width, indent, mark, words.get(self.lang));
    }

    /// Words that a policy leaves unread.
    fn comment(&mut self, words: &Text) {
        let room = self.width.saturating_sub(2).max(20) as f64;
        for line in wrapped(words.get(self.lang), room, |line| line.width() as f64) {
            self.text.push_str(&format!("# {line}\n"));
        }
    }
}
