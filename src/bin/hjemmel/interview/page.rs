//! What an interview comes to: the decisions, what is still open, and how to ask again.

use super::{Asked, DAY, DAY_FROM, Ended};
use crate::exit::Failure;
use crate::terminal::fitted;
use hjemmel::export::{DecisionPage, decision_formats};
use hjemmel::report::Look;
use hjemmel::{Reasons, Text};
use serde_json::{Map, Value};

/// The decisions with their reasons.
pub(crate) fn reasons(ended: &Ended, asked: Asked<'_>) -> Result<Reasons, Failure> {
    let reasons = asked.workspace.reasons(asked.municipality, &ended.facts, asked.support);
    reasons.map_err(|problems| Failure::new(problems.into_iter().map(|problem| problem.words).collect()))
}

/// The page at the end.
pub(crate) fn page(ended: &Ended, reasons: &Reasons, asked: Asked<'_>) -> String {
    let is_open = reasons.supports.iter().any(|support| !support.certain);
    let page = DecisionPage {
        reasons,
        possible: Some(&ended.possible).filter(|_| is_open),
        why: false,
        why_not: None,
        chosen: asked.support.is_some(),
        day_from: asked.configured.map(|_| DAY_FROM),
        lang: asked.lang,
        width: fitted(Look::plain(asked.lang)).width,
    };
    let again = again(ended, asked);
    let again = Text { en: format!("Again: {again}"), da: format!("Igen: {again}") };
    format!("{}\n{}\n", (decision_formats()[0].render)(&page), again.get(asked.lang))
}

/// The command line that asks again with what is known.
fn again(ended: &Ended, asked: Asked<'_>) -> String {
    let quoted = |word: String| {
        let is_plain = |letter: char| letter.is_alphanumeric() || "-=.,_".contains(letter);
        if word.chars().all(is_plain) { word } else { format!("'{}'", word.replace('\'', "'\\''")) }
    };
    let support = asked.support.map(|support| format!(" --support {}", quoted(support.to_owned())));
    // what the configuration says it says again
    let told = ended.facts.iter().filter(|(fact, _)| asked.configured.is_none() || fact != DAY);
    let facts = told.map(|(fact, value)| format!(" --fact {}", quoted(format!("{fact}={value}"))));
    let place = quoted(asked.municipality.to_owned());
    format!("hjemmel ask --in {place}{}{}", support.unwrap_or_default(), facts.collect::<String>())
}

/// What is known, as JSON.
pub(crate) fn saved(ended: &Ended) -> String {
    let facts = ended.facts.iter().map(|(fact, value)| (fact.clone(), Value::String(value.clone())));
    format!("{:#}\n", Value::Object(facts.collect::<Map<String, Value>>()))
}
