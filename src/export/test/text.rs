//! What became of tests in plain lines: what fails with a citizen and what is decided, then how many hold.

use super::{Page, TestFormat, citizen, name, place, summary, trouble, unread, written};
use crate::export::decision::rules;
use crate::ground::{Lang, Sources, Text, text};
use crate::queries::{FailedClaim, Test, TestOutcome, Tested};

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

impl Page {
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
        self.told(&text!(en: "for", da: "for"), &citizen(&claim.citizen));
        for (mark, words) in rules(&claim.reasons) {
            self.line("      ", &format!("{mark} "), &words);
        }
    }
}
