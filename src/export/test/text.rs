//! What became of tests in plain lines: what fails with a citizen and what is decided, then how many hold.

use super::{TestFormat, citizen, name, place, summary, trouble, unread, written};
use crate::export::wrap::wrapped;
use crate::ground::{Lang, Sources, Text, text};
use crate::queries::{FailedClaim, Test, TestOutcome, Tested};
use unicode_width::UnicodeWidthStr;

pub(super) const FORMAT: TestFormat = TestFormat { name: "text", render };

fn render(tested: &Tested, sources: &Sources, lang: Lang, width: usize) -> String {
    let mut page = Page { text: String::new(), lang, width };
    for test in tested.tests.iter().filter(|test| !test.outcome.is_passed()) {
        page.test(test, sources);
    }
    page.line("", "", &summary(tested));
    if let Some(unread) = unread(tested) {
        page.line("", "", &unread);
    }
    page.text
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
        let hang = indent.width() + mark.width();
        let room = self.width.saturating_sub(hang).max(20);
        let lines = wrapped(words.get(self.lang), room as f64, |line| line.width() as f64);
        for (number, line) in lines.iter().enumerate() {
            let start = if number == 0 { format!("{indent}{mark}") } else { " ".repeat(hang) };
            self.text.push_str(format!("{start}{line}").trim_end());
            self.text.push('\n');
        }
    }

    fn told(&mut self, label: &Text, words: &Text) {
        let label = format!("{}: ", label.get(self.lang));
        self.line("    ", &label, words);
    }

    fn test(&mut self, test: &Test, sources: &Sources) {
        let Text { en, da } = name(test);
        let failed = match &test.outcome {
            TestOutcome::InDoubt(_) | TestOutcome::NotProven => Text { en, da },
            _ => text!(en: "{en} fails", da: "{da} holder ikke"),
        };
        self.line("", "", &failed);
        self.line("  ", "", &Text::same(place(sources, test.span)));
        if let Some(trouble) = trouble(&test.outcome) {
            self.line("    ", "", &trouble);
        }
        if let TestOutcome::Failed(claims) = &test.outcome {
            claims.iter().for_each(|claim| self.claim(claim, sources));
        }
        self.text.push('\n');
    }

    fn claim(&mut self, claim: &FailedClaim, sources: &Sources) {
        let expected = written(sources, claim.span);
        self.told(&text!(en: "expected", da: "ventet"), &Text::same(format!("`{expected}`")));
        self.told(&text!(en: "decided", da: "afgjort"), &claim.words);
        self.told(&text!(en: "for", da: "for"), &Text::same(citizen(&claim.citizen)));
    }
}
