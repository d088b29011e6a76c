//! A rule whose condition can never hold.

use super::Card;
use super::hidden_by_assumption::is_hidden;
use super::view::name_rules;
use super::words::rule_label;
use crate::diagram::{Answer, Diagrams, NO, Node, NotProven, Prover, YES};
use crate::ground::{Diagnostic, Severity, Text, date_in_words, text};
use crate::model::{DATE, Formula, Model, ModuleKind, RuleId, ValueSet};

const NAME: &str = "dead-rule";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "død-regel",
        severity: Severity::Error,
        about: text!(en: "a rule that can never apply", da: "en regel, der aldrig kan finde anvendelse"),
        explanation: text!(
            en: "The rule's condition, its department's `omfatter`, its dates and the assumptions about citizens \
                 exclude one another: no citizen on any day it looks at can meet it. A rule that is merely over, or \
                 not yet begun, on the days looked at is not dead; one that the assumptions alone keep from \
                 applying is `hidden-by-assumption`.",
            da: "Reglens betingelse, dens afdelings `omfatter`, dens datoer og antagelserne om borgerne udelukker \
                 hinanden: ingen borger kan opfylde dem på nogen af de dage, der ses på. En regel, der blot er \
                 udløbet eller endnu ikke begyndt på de dage, der ses på, er ikke død; en, som kun antagelserne \
                 holder fra at gælde, er `skjult-af-antagelse`."
        ),
        definition: text!(
            en: "The rule's `gyldig` and its sources leave days of the window, yet it applies to no \
                 citizen the assumptions allow on any of them; and not because of the assumptions \
                 alone.",
            da: "Reglens `gyldig` og dens kilder levner dage i perioden, men den gælder ikke for \
                 nogen borger, som antagelserne tillader, på nogen af dem; og det skyldes ikke \
                 antagelserne alene."
        ),
        sections: "6",
        reason: text!(
            en: "A rule nobody can come under promises what is never given. It is most often a slip: the wrong word \
                 between two conditions, or two bounds the wrong way round.",
            da: "En regel, ingen kan komme ind under, lover noget, der aldrig gives. Oftest er det en fejlskrift: \
                 et forkert ord mellem to betingelser eller to grænser, der er byttet om."
        ),
        example: include_str!("examples/dead-rule.md"),
    }
}

/// Looks at one rule, in the diagrams of its module.
pub(crate) fn find(diagrams: &mut Diagrams<'_>, id: RuleId) -> Result<Option<Diagnostic>, NotProven> {
    let model = diagrams.model;
    let rule = model.rule(id);
    if rule.has_error || model.days_of(rule).is_empty() {
        return Ok(None);
    }
    // what it asks is decided where the guidance is followed
    let module = &model.modules[rule.module.index()];
    if module.kind == ModuleKind::Guidance && !rule.asks.is_empty() {
        return Ok(None);
    }
    let applies = diagrams.applies(id)?;
    if diagrams.store.and(applies, diagrams.possible)? != NO || is_hidden(diagrams, id)? {
        return Ok(None);
    }
    let name = &rule.name;
    let message = text!(en: "`{name}` can never apply", da: "`{name}` kan aldrig finde anvendelse");
    let mut diagnostic = Diagnostic::new(NAME, Severity::Error, message);
    diagnostic.module = Some(model.modules[rule.module.index()].name.clone());
    name_rules(model, &mut diagnostic, [id]);
    diagnostic = diagnostic.label(rule.when_span, rule_label(model, id));
    Ok(Some(explain(diagrams, diagnostic, id)?))
}

/// Names a sufficient set of what stands in the way: the department, the dates, the assumptions.
fn explain(diagrams: &mut Diagrams<'_>, diagnostic: Diagnostic, id: RuleId) -> Result<Diagnostic, NotProven> {
    let model = diagrams.model;
    let rule = model.rule(id);
    let when = diagrams.formula_in(id, &rule.when)?;
    let days = diagrams.formula(&Formula::Test(DATE, model.days_of(rule)))?;
    let mut places = if rule.places.is_empty() { YES } else { NO };
    for place in &rule.places {
        let scope = diagrams.formula(&model.departments[place.index()].scope)?;
        places = diagrams.store.or(places, scope)?;
    }
    let mut hindrances: Vec<Node> = Vec::new();
    for holds in [places, days] {
        hindrances.push(diagrams.store.not(holds)?);
    }
    for assumption in &model.assumptions {
        let holds = diagrams.formula(&assumption.formula)?;
        hindrances.push(diagrams.store.not(holds)?);
    }
    let Answer::Covered(blamed) = diagrams.store.open(when, &hindrances)? else { return Ok(diagnostic) };
    let mut told = diagnostic;
    for index in &blamed {
        told = match index {
            0 => rule.places.iter().fold(told, |told, place| {
                let department = &model.departments[place.index()];
                told.label(department.span, text!(en: "the department has no such citizens", da: "afdelingen har ingen sådanne borgere"))
            }),
            1 => told.label(rule.name_span, days_label(model, &model.days_of(rule))),
            at => {
                let assumption = &model.assumptions[at - 2];
                told.label(assumption.span, text!(en: "this is assumed of everyone", da: "dette antages om alle"))
            }
        };
    }
    Ok(told.help(match blamed.first() {
        None if !rule.asks.is_empty() => text!(
            en: "nobody is decided what the condition asks for; change it, or the rules that decide it",
            da: "ingen får det, betingelsen spørger til; ret den, eller de regler, der afgør det"
        ),
        None => text!(
            en: "the parts of the condition exclude one another; take one of them out",
            da: "betingelsens dele udelukker hinanden; tag en af dem ud"
        ),
        Some(0) => text!(
            en: "move the rule to the department these citizens belong to, or change its condition",
            da: "flyt reglen til den afdeling, hvor disse borgere hører til, eller ændr dens betingelse"
        ),
        Some(1) => text!(
            en: "change the dates of the rule, its source or its condition",
            da: "ret reglens datoer, dens kilde eller dens betingelse"
        ),
        Some(_) => text!(
            en: "change the condition, or the assumption if it is not true",
            da: "ret betingelsen, eller antagelsen, hvis den ikke passer"
        ),
    }))
}

/// The days a rule is in force, as far as they begin or end within the days looked at.
fn days_label(model: &Model, days: &ValueSet) -> Text {
    let Some((from, to)) = days.bounds() else {
        return text!(en: "never in force", da: "gælder aldrig");
    };
    let (start, end) = (date_in_words(from), date_in_words(to));
    match (from == model.window.from, to == model.window.to) {
        (_, true) => {
            Text { en: format!("in force from {}", start.en), da: format!("gælder fra {}", start.da) }
        }
        (true, false) => {
            Text { en: format!("in force until {}", end.en), da: format!("gælder til {}", end.da) }
        }
        (false, false) => Text {
            en: format!("in force from {} to {}", start.en, end.en),
            da: format!("gælder fra {} til {}", start.da, end.da),
        },
    }
}
