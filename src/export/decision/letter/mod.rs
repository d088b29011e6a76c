//! The decision as a letter to the citizen, in Danish always: what is decided, the rules, the facts of weight, the
//! considerations, and how to appeal. What the policies say stands in it; where only a person can say it, a place is
//! marked with `[skriv …]`. A paragraph, a deadline or an appeal body is never of the program's own making.

mod appeal;
mod hindrance;
mod weight;

pub use hindrance::{NoLetter, no_letter};

use super::{DecisionFormat, DecisionPage};
use crate::export::wrap::hanging;
use crate::ground::date_in_words;
use crate::queries::{FactReasons, Reasons, Role, RuleReasons, SupportReasons};
use crate::verdict::Grant;
use weight::{Weight, weight};

pub(super) const FORMAT: DecisionFormat = DecisionFormat { name: "letter", render };

/// As wide as a letter is, whatever the terminal.
const WIDTH: usize = 80;

fn render(page: &DecisionPage<'_>) -> String {
    if let Some(no_letter) = no_letter(page) {
        return format!("{}\n", no_letter.reason.get(page.lang));
    }
    let reasons = page.reasons;
    let mut letter = Letter { text: String::new() };
    letter.line(&reasons.place.title);
    if let Some(day) = reasons.day {
        letter.line(&date_in_words(day).da);
    }
    for support in told(page) {
        letter.decision(reasons, support);
    }
    letter.text
}

/// The supports the letter is about: those given or refused, and the one that was asked about whatever is decided.
fn told<'a>(page: &DecisionPage<'a>) -> Vec<&'a SupportReasons> {
    let all = page.reasons.supports.iter();
    let given: Vec<&SupportReasons> =
        all.filter(|support| matches!(support.role, Role::Support | Role::Kind)).collect();
    if page.chosen && given.len() == 1 {
        return given;
    }
    let is_told = |support: &&SupportReasons| support.decision.grant != Some(Grant::None) || !support.certain;
    given.into_iter().filter(is_told).collect()
}

struct Letter {
    text: String,
}

impl Letter {
    fn decision(&mut self, reasons: &Reasons, support: &SupportReasons) {
        let weight = weight(reasons, support);
        self.heading(&format!("Afgørelse om {}", support.support.title));
        self.decided(reasons, support);
        let terms = support.decision.terms.iter().filter(|term| !term.internal);
        let terms = terms.filter_map(|term| Some((&term.title, term.told.as_ref()?)));
        let terms: Vec<_> = terms.collect();
        if granted(support) && !terms.is_empty() {
            self.heading("Vilkår");
            terms.into_iter().for_each(|(title, words)| self.item(&labelled(title, words)));
        }
        self.rules(reasons, &weight);
        let (assessed, plain): (Vec<_>, Vec<_>) =
            weight.facts(reasons).into_iter().partition(|fact| fact.assessed);
        if !plain.is_empty() {
            self.heading("Oplysninger, der har haft betydning");
            plain.iter().for_each(|fact| self.item(&fact_in_words(fact)));
        }
        self.considerations(support, &weight, &assessed);
        self.heading("Klagevejledning");
        appeal::sentences(reasons, &weight).iter().for_each(|sentence| self.paragraph(sentence));
    }

    fn decided(&mut self, reasons: &Reasons, support: &SupportReasons) {
        let (place, title) = (&reasons.place.title, &support.support.title);
        let decision = &support.decision;
        match decision.grant {
            Some(Grant::Must) => self.paragraph(&format!("Du får støtten »{title}«.")),
            Some(Grant::Right) => {
                self.paragraph(&format!("Du har ret til støtten »{title}«, og du får den."));
            }
            Some(Grant::May) => {
                self.paragraph(&format!(
                    "{place} kan give dig støtten »{title}« efter en konkret vurdering."
                ));
                self.paragraph("[skriv, om støtten gives, og den konkrete vurdering, der ligger bag]");
            }
            Some(Grant::Forbidden | Grant::None) | None => {
                self.paragraph(&format!("Du får ikke støtten »{title}«. Det er et afslag."));
            }
        }
        if granted(support) && decision.duty {
            self.paragraph("Du har pligt til at deltage.");
        }
        if decision.to_be_assessed {
            self.paragraph("Dit behov for støtten skal vurderes. [skriv vurderingen]");
        }
    }

    fn rules(&mut self, reasons: &Reasons, weight: &Weight<'_>) {
        if !weight.rules.is_empty() {
            self.heading("Regler");
            weight.rules.iter().for_each(|rule| self.item(&rule_in_words(reasons, rule)));
        }
        if !weight.failing.is_empty() {
            self.heading("Regler, du ikke er omfattet af");
        }
        for (rule, facts) in &weight.failing {
            let facts = reasons.facts.iter().filter(|fact| facts.contains(&fact.fact.name));
            let facts: Vec<String> = facts.map(fact_in_words).collect();
            let rule = rule_in_words(reasons, rule);
            self.item(&format!("{rule}. Afgørende er: {}", facts.join("; ")));
        }
        if weight.rules.is_empty() && weight.failing.is_empty() {
            self.heading("Regler");
            self.paragraph("Ingen regel giver støtten. [skriv det lovgrundlag, den er søgt efter]");
        }
        for source in weight.sources(reasons) {
            let (name, title) = (&source.source.name, &source.source.title);
            let called = if name == title { name.clone() } else { format!("{name} er {title}") };
            self.paragraph(&match (&source.edition, reasons.day) {
                (Some(edition), _) if edition == title => format!("{called}."),
                (Some(edition), _) => format!("{called}, {edition}."),
                (None, Some(day)) => {
                    let day = date_in_words(day).da;
                    format!("{called}. [skriv den udgave, der gjaldt {day}: reglerne nævner ingen]")
                }
                (None, None) => format!("{called}."),
            });
        }
    }

    /// What weighed where a person assesses: each assessment with a place for its reasons, and what the rules say of why.
    fn considerations(&mut self, support: &SupportReasons, weight: &Weight<'_>, assessed: &[&FactReasons]) {
        let reasons = weight.considerations();
        let is_open = support.decision.grant == Some(Grant::May);
        if reasons.is_empty() && assessed.is_empty() && !is_open {
            return;
        }
        self.heading("Hovedhensyn");
        reasons.iter().for_each(|reason| self.item(reason));
        for fact in assessed {
            self.item(&format!("{} [skriv de konkrete grunde]", ended(&fact_in_words(fact))));
        }
        if reasons.is_empty() && assessed.is_empty() {
            self.paragraph("[skriv de hensyn, der har været bestemmende: reglerne nævner ingen]");
        }
    }

    fn heading(&mut self, words: &str) {
        self.text.push('\n');
        self.line(words);
    }

    fn line(&mut self, words: &str) {
        hanging(&mut self.text, WIDTH, "", "", words);
    }

    fn paragraph(&mut self, words: &str) {
        hanging(&mut self.text, WIDTH, "  ", "", words);
    }

    fn item(&mut self, words: &str) {
        hanging(&mut self.text, WIDTH, "  ", "- ", words);
    }
}

fn granted(support: &SupportReasons) -> bool {
    support.decision.grant.is_some_and(Grant::is_granted)
}

/// `LAB § 31 b, stk. 2: Ret til mentor ved udskrivning (LAB.n2)`; a rule of a municipality is told as its.
fn rule_in_words(reasons: &Reasons, rule: &RuleReasons) -> String {
    let named = reasons.layers.get(rule.layer).is_some_and(|layer| !layer.title.is_empty());
    let speaker = if named { format!("{}, ", rule.module.title) } else { String::new() };
    let basis = match &rule.provisions[..] {
        [] => "[skriv lovgrundlaget: reglen nævner ingen hjemmel]".to_owned(),
        provisions => provisions.join("; "),
    };
    let title = if rule.title.is_empty() { String::new() } else { format!(": {}", rule.title) };
    format!("{speaker}{basis}{title} ({})", rule.name)
}

/// `Borgerens alder: 24 år`
fn fact_in_words(fact: &FactReasons) -> String {
    let value = fact.value.as_deref().unwrap_or_default();
    labelled(&fact.fact.title, fact.value_title.as_deref().filter(|title| !title.is_empty()).unwrap_or(value))
}

fn labelled(title: &str, words: &str) -> String {
    let mark = if title.ends_with('?') { "" } else { ":" };
    format!("{title}{mark} {words}")
}

/// With a full stop, where there is none.
fn ended(words: &str) -> String {
    format!("{}.", words.trim_end_matches('.'))
}
