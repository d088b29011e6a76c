//! Why a condition is true, or is not: the tests that settle it, as statements about the citizen.

use super::{ConceptReasons, Judgement, LookedAt};
use crate::ground::{Comparison, Condition, Text, text};

/// The statements that make a judgement come out as it does, each once.
pub(super) fn because(judgement: &Judgement, concepts: &[ConceptReasons]) -> Text {
    let mut statements = Vec::new();
    settle(judgement, concepts, &mut statements);
    let mut once: Vec<Text> = Vec::new();
    for statement in statements {
        if !once.contains(&statement) {
            once.push(statement);
        }
    }
    let join = |pick: fn(&Text) -> &str| once.iter().map(pick).collect::<Vec<_>>().join("; ");
    Text { en: join(|text| &text.en), da: join(|text| &text.da) }
}

/// A part settles the whole where it comes out as the whole does.
fn settle(judgement: &Judgement, concepts: &[ConceptReasons], into: &mut Vec<Text>) {
    let holds = judgement.holds;
    match &judgement.tested {
        LookedAt::Always => {}
        LookedAt::Fact { condition, value } => into.push(fact(condition, value.as_deref(), holds)),
        LookedAt::Concept { name, of_law } => {
            let known = concepts.iter().find(|concept| concept.name == *name && concept.of_law == *of_law);
            let inner = known.map_or_else(Text::default, |concept| because(&concept.meaning, concepts));
            let (yes, no) = (Text::same(name), text!(en: "not {name}", da: "ikke {name}"));
            into.push(with(yes, no, holds, inner));
        }
        LookedAt::Decided { support, due, .. } => {
            let (yes, no) = decided(support, *due);
            into.push(match holds {
                Some(true) => yes,
                Some(false) => no,
                None => text!(
                    en: "what is decided on {support} is open",
                    da: "afgørelsen om {support} er åben"
                ),
            });
        }
        LookedAt::Department { name, scope } => {
            let yes = text!(en: "belongs to {name}", da: "hører til {name}");
            let no = text!(en: "does not belong to {name}", da: "hører ikke til {name}");
            into.push(with(yes, no, holds, because(scope, concepts)));
        }
        LookedAt::Not(inner) => settle(inner, concepts, into),
        LookedAt::All(parts) | LookedAt::Any(parts) => {
            parts.iter().filter(|part| part.holds == holds).for_each(|part| settle(part, concepts, into));
        }
    }
}

/// The facts whose values settle a judgement, each once.
pub(super) fn settling(judgement: &Judgement, concepts: &[ConceptReasons]) -> Vec<String> {
    let mut facts = Vec::new();
    weigh(judgement, concepts, &mut facts);
    facts
}

fn weigh(judgement: &Judgement, concepts: &[ConceptReasons], into: &mut Vec<String>) {
    match &judgement.tested {
        LookedAt::Always | LookedAt::Decided { .. } => {}
        LookedAt::Fact { condition, .. } => {
            if !into.contains(&condition.fact) {
                into.push(condition.fact.clone());
            }
        }
        LookedAt::Concept { name, of_law } => {
            let known = concepts.iter().find(|concept| concept.name == *name && concept.of_law == *of_law);
            known.into_iter().for_each(|concept| weigh(&concept.meaning, concepts, into));
        }
        LookedAt::Department { scope, .. } => weigh(scope, concepts, into),
        LookedAt::Not(inner) => weigh(inner, concepts, into),
        LookedAt::All(parts) | LookedAt::Any(parts) => {
            let settling = parts.iter().filter(|part| part.holds == judgement.holds);
            settling.for_each(|part| weigh(part, concepts, into));
        }
    }
}

/// What is so, with why; of what is open only what is not known.
fn with(yes: Text, no: Text, holds: Option<bool>, why: Text) -> Text {
    let what = match holds {
        Some(true) => yes,
        Some(false) => no,
        None => return why,
    };
    if why.en.is_empty() {
        return what;
    }
    Text { en: format!("{} ({})", what.en, why.en), da: format!("{} ({})", what.da, why.da) }
}

fn decided(support: &str, due: bool) -> (Text, Text) {
    if due {
        let yes = text!(en: "has a right to {support}", da: "har krav på {support}");
        (yes, text!(en: "has no right to {support}", da: "har ikke krav på {support}"))
    } else {
        let yes = text!(en: "can get {support}", da: "kan få {support}");
        (yes, text!(en: "cannot get {support}", da: "kan ikke få {support}"))
    }
}

/// `alder er 24`; where it does not fit, what would: `alder er 31, ikke højst 29`.
fn fact(condition: &Condition, value: Option<&str>, holds: Option<bool>) -> Text {
    let name = &condition.fact;
    let Some(value) = value else {
        return text!(en: "{name} is not known", da: "{name} er ikke oplyst");
    };
    let is_yes_or_no = matches!(value, "ja" | "nej");
    let Some(Text { en, da }) = fitting(condition).filter(|_| holds == Some(false) && !is_yes_or_no) else {
        return text!(en: "{name} is {value}", da: "{name} er {value}");
    };
    text!(en: "{name} is {value}, not {en}", da: "{name} er {value}, ikke {da}")
}

/// The values that fit, for a sentence; nothing where the value that does not says enough.
fn fitting(condition: &Condition) -> Option<Text> {
    let values = &condition.values;
    let first = values.first()?;
    let second = values.get(1).unwrap_or(first);
    Some(match condition.comparison {
        Comparison::Is => either(values),
        Comparison::IsNot => return None,
        Comparison::AtLeast => text!(en: "at least {first}", da: "mindst {first}"),
        Comparison::AtMost => text!(en: "at most {first}", da: "højst {first}"),
        Comparison::Between => text!(en: "from {first} to {second}", da: "fra {first} til {second}"),
        Comparison::Outside => {
            text!(en: "below {first} or above {second}", da: "under {first} eller over {second}")
        }
        Comparison::Within => {
            let range = |range: &String| match range.split_once("..") {
                Some((low, high)) if low != high => format!("{low}-{high}"),
                _ => range.split("..").next().unwrap_or_default().to_owned(),
            };
            either(&values.iter().map(range).collect::<Vec<_>>())
        }
    })
}

/// `a`, `a eller b`, `a, b eller c`
fn either(values: &[String]) -> Text {
    let join = |or: &str| match values {
        [] => String::new(),
        [one] => one.clone(),
        [start @ .., last] => format!("{} {or} {last}", start.join(", ")),
    };
    Text { en: join("or"), da: join("eller") }
}
