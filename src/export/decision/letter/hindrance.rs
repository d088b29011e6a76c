//! What keeps a letter from being written.

use super::super::DecisionPage;
use super::super::words::{joined, layer, rule_in_words};
use crate::ground::{Text, text};
use crate::queries::{Reasons, SupportReasons};

/// Why no letter can be written.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NoLetter {
    /// the reason, with all that is needed to mend it
    pub reason: Text,
    /// the rules contradict each other, else something is not known, or nothing is decided
    pub contradicted: bool,
}

/// Why no letter can be written about a case, if so: nothing is put to a citizen that is contradicted or not known.
pub fn no_letter(page: &DecisionPage<'_>) -> Option<NoLetter> {
    let told = super::told(page);
    if told.is_empty() {
        return Some(NoLetter { reason: nothing(), contradicted: false });
    }
    let mut reasons: Vec<Text> =
        told.iter().filter_map(|support| contradiction(page.reasons, support)).collect();
    if !reasons.is_empty() {
        reasons.insert(0, text!(en: "no letter is written", da: "der skrives intet brev"));
        return Some(NoLetter { reason: joined(&reasons), contradicted: true });
    }
    let open: Vec<&str> =
        told.iter().filter(|support| !support.certain).map(|one| one.support.name.as_str()).collect();
    (!open.is_empty()).then(|| NoLetter { reason: questions(page, &open), contradicted: false })
}

fn nothing() -> Text {
    text!(
        en: "no letter is written: nothing is given or refused; `--support` picks what it is about",
        da: "der skrives intet brev: intet er bevilget eller afslået; `--support` vælger, hvad det handler om"
    )
}

/// Both sides, where the rules contradict each other and nothing settles it.
fn contradiction(reasons: &Reasons, support: &SupportReasons) -> Option<Text> {
    if !support.certain || !support.decision.is_undecided() {
        return None;
    }
    let title = &support.support.title;
    let mut sides = vec![
        text!(en: "the rules on {title} contradict each other", da: "reglerne om {title} modsiger hinanden"),
    ];
    for told in &support.layers {
        let Text { en, da } = layer(reasons, told.layer);
        if let Some((giving, refusing)) =
            told.contradiction.as_ref().filter(|_| support.decision.grant.is_none())
        {
            let (giving, refusing) = (named(reasons, giving), named(reasons, refusing));
            sides.push(text!(en: "{en}: {giving} against {refusing}", da: "{da}: {giving} mod {refusing}"));
        }
        for term in told.terms.iter().filter(|term| !term.contradiction.is_empty()) {
            let (name, rules) = (&term.own.title, named(reasons, &term.contradiction));
            sides.push(text!(
                en: "{en} on {name}: {rules} have nothing in common",
                da: "{da} om {name}: {rules} har intet til fælles"
            ));
        }
    }
    Some(joined(&sides))
}

fn named(reasons: &Reasons, rules: &[String]) -> String {
    let one = |name: &String| reasons.rule(name).map_or_else(|| name.clone(), rule_in_words);
    rules.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// What must be known first, the most decisive first.
fn questions(page: &DecisionPage<'_>, open: &[&str]) -> Text {
    let asked = page.possible.iter().flat_map(|possible| &possible.questions);
    let asked =
        asked.filter(|question| question.supports.iter().any(|support| open.contains(&support.as_str())));
    let mut names: Vec<String> =
        asked.map(|question| format!("`{}` ({})", question.fact, question.title)).collect();
    if names.is_empty() {
        // what is decided is settled, but not what it rests on
        names = page
            .reasons
            .missing()
            .map(|fact| format!("`{}` ({})", fact.fact.name, fact.fact.title))
            .collect();
    }
    let names = names.join(", ");
    text!(
        en: "no letter is written before it is known: {names}",
        da: "der skrives intet brev, før det er oplyst: {names}"
    )
}
