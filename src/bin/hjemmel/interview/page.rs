//! What an interview comes to: the decisions, what is still open, and how to ask again.

use super::Ended;
use hjemmel::{Grant, Lang, Outcome, PossibleDecisions, Text};
use serde_json::{Map, Value};

/// What a support may come to is told apart up to here.
const FEW: usize = 4;

fn text(en: impl Into<String>, da: impl Into<String>) -> Text {
    Text { en: en.into(), da: da.into() }
}

/// The page at the end.
pub(crate) fn page(ended: &Ended, municipality: &str, lang: Lang) -> String {
    let (settled, open): (Vec<&PossibleDecisions>, Vec<_>) =
        ended.possible.supports.iter().partition(|support| support.decisions.len() == 1);
    let (silent, told): (Vec<&PossibleDecisions>, Vec<_>) =
        settled.into_iter().partition(|support| support.decisions.iter().all(says_nothing));
    let mut lines = vec![text(format!("Decided in {municipality}"), format!("Afgjort i {municipality}"))];
    for support in &told {
        let name = &support.title;
        for decision in &support.decisions {
            let Text { en, da } = outcome(decision);
            lines.push(text(format!("  {name}: {en}"), format!("  {name}: {da}")));
        }
    }
    if told.is_empty() && silent.is_empty() {
        lines.push(text("  nothing yet", "  intet endnu"));
    }
    if !silent.is_empty() {
        let titles: Vec<&str> = silent.iter().map(|support| support.title.as_str()).collect();
        lines.push(match titles[..] {
            [first, .., last] if titles.len() > FEW => {
                let count = titles.len();
                text(
                    format!("  no rule gives these {count}: {first} … {last}"),
                    format!("  ingen regel giver disse {count}: {first} … {last}"),
                )
            }
            _ => {
                let titles = titles.join(", ");
                text(format!("  no rule gives: {titles}"), format!("  ingen regel giver: {titles}"))
            }
        });
    }
    if !open.is_empty() {
        lines.push(text("Still open", "Stadig åbent"));
        lines.extend(open.iter().map(|support| one_of(support)));
        let facts: Vec<&str> = ended.possible.questions.iter().map(|open| open.fact.as_str()).collect();
        let facts = facts.join(", ");
        lines.push(text(format!("  Not known: {facts}"), format!("  Ikke oplyst: {facts}")));
    }
    let again = again(ended, municipality);
    lines.extend([Text::same(""), text(format!("Again: {again}"), format!("Igen: {again}"))]);
    lines.iter().map(|line| format!("{}\n", line.get(lang))).collect()
}

fn says_nothing(decision: &Outcome) -> bool {
    decision.grant == Some(Grant::None)
        && !decision.recommended
        && !decision.discouraged
        && !decision.to_be_assessed
}

fn one_of(support: &PossibleDecisions) -> Text {
    let (name, count) = (&support.title, support.decisions.len());
    if count > FEW {
        return text(
            format!("  {name}: {count} possible decisions"),
            format!("  {name}: {count} mulige afgørelser"),
        );
    }
    let all: Vec<Text> = support.decisions.iter().map(outcome).collect();
    let en = all.iter().map(|text| text.en.as_str()).collect::<Vec<_>>().join(" | ");
    let da = all.iter().map(|text| text.da.as_str()).collect::<Vec<_>>().join(" | ");
    text(format!("  {name}: {en}"), format!("  {name}: {da}"))
}

fn outcome(decision: &Outcome) -> Text {
    let mut words = vec![match decision.grant {
        Some(Grant::Must) => Text::same("skal"),
        Some(Grant::Right) => Text::same("ret"),
        Some(Grant::May) => Text::same("kan"),
        Some(Grant::Forbidden) => text("refused", "afslag"),
        None => text("undecided: the rules contradict each other", "uafklaret: reglerne modsiger hinanden"),
        _ => text("no rule gives it", "ingen regel giver den"),
    }];
    let marks = [
        (decision.duty, text("a duty for the citizen", "som pligt")),
        (decision.to_be_assessed, text("must be assessed", "skal vurderes")),
        (decision.recommended, text("ought to be given", "bør gives")),
        (decision.discouraged, text("ought not to be given", "bør ikke gives")),
    ];
    words.extend(marks.into_iter().filter(|(holds, _)| *holds).map(|(_, words)| words));
    words.extend(decision.terms.iter().map(|(term, bound)| match bound {
        Some(bound) => Text::same(format!("{term} {bound}")),
        None => text(format!("{term} undecided"), format!("{term} uafklaret")),
    }));
    let en = words.iter().map(|text| text.en.as_str()).collect::<Vec<_>>().join(", ");
    let da = words.iter().map(|text| text.da.as_str()).collect::<Vec<_>>().join(", ");
    Text { en, da }
}

/// The command line that asks again with what is known.
fn again(ended: &Ended, municipality: &str) -> String {
    let quoted = |word: String| {
        let is_plain = |letter: char| letter.is_alphanumeric() || "-=.,_".contains(letter);
        if word.chars().all(is_plain) { word } else { format!("'{}'", word.replace('\'', "'\\''")) }
    };
    let facts =
        ended.facts.iter().map(|(fact, value)| format!(" --fact {}", quoted(format!("{fact}={value}"))));
    format!("hjemmel ask --in {}{}", quoted(municipality.to_owned()), facts.collect::<String>())
}

/// What is known, as JSON.
pub(crate) fn saved(ended: &Ended) -> String {
    let facts = ended.facts.iter().map(|(fact, value)| (fact.clone(), Value::String(value.clone())));
    format!("{:#}\n", Value::Object(facts.collect::<Map<String, Value>>()))
}
