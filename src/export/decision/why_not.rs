//! Why a support is not given, by the smallest change that would have given it.

use super::outline::Entry;
use crate::export::json::grant_name;
use crate::ground::{Text, list, text};
use crate::queries::{Change, FactChange, Never, WhyNot};
use crate::verdict::Grant;
use serde_json::{Value, json};

/// What was asked, and the answer.
#[derive(Clone, Copy, Debug)]
pub struct WhyNotPage<'a> {
    /// the support, as people call it
    pub support: &'a str,
    /// by what at least it should have been given
    pub at_least: Grant,
    /// the answer
    pub answer: &'a WhyNot,
}

pub(super) fn entries(page: &WhyNotPage<'_>) -> Vec<Entry> {
    let support = page.support;
    let heading = match page.at_least {
        Grant::Right => text!(en: "Why no right to {support}?", da: "Hvorfor ikke ret til {support}?"),
        Grant::Must => text!(en: "Why is {support} not a must?", da: "Hvorfor skal {support} ikke gives?"),
        _ => text!(en: "Why not {support}?", da: "Hvorfor ikke {support}?"),
    };
    let mut entries = vec![Entry::Heading(heading)];
    let mut add = |mark, words| entries.push(Entry::Item { level: 1, mark, words });
    match page.answer {
        WhyNot::Given => add("", text!(en: "it is given already", da: "den gives allerede")),
        WhyNot::Change(change) => changed(change, &mut add),
        WhyNot::Never(never) => add("", of_nobody(never)),
    }
    entries
}

fn changed(change: &Change, add: &mut impl FnMut(&'static str, Text)) {
    if change.changes.is_empty() {
        add(
            "",
            text!(
                en: "nothing that is known stands in its way; it hangs on what is not known",
                da: "intet af det oplyste står i vejen; det beror på det, der ikke er oplyst"
            ),
        );
    } else {
        add(
            "",
            text!(
                en: "it would be given, if only this were otherwise:",
                da: "den ville være givet, hvis blot dette var anderledes:"
            ),
        );
        change.changes.iter().for_each(|change| add("–", one_fact(change)));
    }
    let boxes = change.needs.iter().map(|conditions| {
        let words: Vec<&str> = conditions.iter().map(|condition| condition.source.as_str()).collect();
        words.join(" og ")
    });
    let needs: Vec<String> = boxes.filter(|words| !words.is_empty()).collect();
    if needs.len() == change.needs.len() && !needs.is_empty() {
        let needs = needs.join(" eller ");
        add("", text!(en: "and of what is not known: {needs}", da: "og af det, der ikke er oplyst: {needs}"));
    }
}

fn one_fact(change: &FactChange) -> Text {
    let FactChange { title, from, to, .. } = change;
    // a question needs no colon
    let title = if title.ends_with('?') { title.clone() } else { format!("{title}:") };
    let (en, da) = match (change.fixed, change.assessed) {
        (true, _) => (" (nobody can change it)", " (kan ingen ændre)"),
        (_, true) => (" (an assessment)", " (et skøn)"),
        _ => ("", ""),
    };
    text!(en: "{title} {from} → {to}{en}", da: "{title} {from} → {to}{da}")
}

fn of_nobody(never: &Never) -> Text {
    let rules: Vec<String> = never.rules.iter().map(|rule| format!("`{rule}`")).collect();
    let Text { en, da } = list(&rules);
    let mut words = text!(
        en: "no change would give it: nobody there can be is given that",
        da: "ingen ændring ville give den: det gives ingen, der kan findes"
    );
    if !rules.is_empty() {
        words.en.push_str(&format!("; it is refused by {en}"));
        words.da.push_str(&format!("; den afslås efter {da}"));
    }
    if never.undecided {
        words.en.push_str("; for some the rules contradict each other");
        words.da.push_str("; for nogle modsiger reglerne hinanden");
    }
    words
}

pub(super) fn told(page: &WhyNotPage<'_>) -> Value {
    let mut told = json!({
        "support": page.support,
        "at_least": grant_name(Some(page.at_least)),
        "answer": "given",
        "changes": [],
        "needs": [],
        "citizen": {},
        "strongest": null,
        "undecided": false,
        "rules": [],
    });
    match page.answer {
        WhyNot::Given => {}
        WhyNot::Change(change) => {
            told["answer"] = json!("change");
            told["changes"] = change.changes.iter().map(one_change).collect();
            told["needs"] = change
                .needs
                .iter()
                .map(|conditions| {
                    conditions.iter().map(|condition| condition.source.as_str()).collect::<Value>()
                })
                .collect();
            let facts = change.citizen.iter().map(|fact| (fact.fact.clone(), json!(fact.value)));
            told["citizen"] = Value::Object(facts.collect());
        }
        WhyNot::Never(never) => {
            told["answer"] = json!("never");
            told["strongest"] = json!(never.strongest.map(|grant| grant_name(Some(grant))));
            told["undecided"] = json!(never.undecided);
            told["rules"] = json!(never.rules);
        }
    }
    told
}

fn one_change(change: &FactChange) -> Value {
    json!({
        "fact": change.fact,
        "title": change.title,
        "from": change.from,
        "to": change.to,
        "assessed": change.assessed,
        "fixed": change.fixed,
    })
}
