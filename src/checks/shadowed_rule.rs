//! A rule that exceptions set aside wherever it applies.

use super::Card;
use super::missing_basis::source_of;
use super::view::name_rules;
use super::words::rule_label;
use crate::diagram::{Diagrams, NO, NotProven, enough};
use crate::ground::{Diagnostic, Severity, text};
use crate::model::{EffectKind, Model, RuleId, SupportId};
use crate::verdict::{Part, Said};
use std::collections::BTreeSet;

pub(super) const NAME: &str = "shadowed-rule";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "skygget-regel",
        severity: Severity::Warning,
        about: text!(
            en: "a rule that exceptions set aside wherever it applies",
            da: "en regel, som undtagelser sætter til side overalt"
        ),
        explanation: text!(
            en: "There are citizens who meet the rule's condition, and for every one of them an exception, or several \
                 together, sets all of it aside. The exceptions named are enough to see it.",
            da: "Der er borgere, som opfylder reglens betingelse, og for hver eneste af dem sætter en undtagelse, eller \
                 flere tilsammen, den helt til side. De nævnte undtagelser er nok til at se det."
        ),
        definition: text!(
            en: "The rule applies to somebody, says something, and nothing it says is active for \
                 anybody: exceptions set it aside wherever it applies.",
            da: "Reglen gælder for nogen og siger noget, men intet af det virker for nogen: \
                 undtagelser sætter den til side overalt, hvor den gælder."
        ),
        sections: "2, 6",
        reason: text!(
            en: "What stands in the service level is taken for what applies. This rule is always set aside by \
                 another, and so promises what is never given.",
            da: "Det, der står i serviceniveauet, tages for det, der gælder. Denne regel er altid fraveget efter en \
                 anden og lover altså noget, der aldrig gives."
        ),
        example: include_str!("examples/shadowed-rule.md"),
    }
}

/// The parts a rule has for a support; `bortfalder` counts as one.
fn parts(model: &Model, said: &Said) -> BTreeSet<Part> {
    let mut parts = said.parts();
    let lapses = |effect: &crate::model::Effect| matches!(effect.kind, EffectKind::Lapses);
    if model.rule(said.rule).effects.iter().any(lapses) {
        parts.insert(Part::Grade);
    }
    parts
}

/// Looks at one rule, in the diagrams of its module.
pub(crate) fn find(diagrams: &mut Diagrams<'_>, id: RuleId) -> Result<Option<Diagnostic>, NotProven> {
    let (model, statements) = (diagrams.model, diagrams.statements);
    if statements.exceptions_of(id).is_empty() {
        return Ok(None);
    }
    let about: Vec<(SupportId, &Said)> = statements
        .judged
        .iter()
        .filter_map(|support| Some((*support, statements.by(id, *support)?)))
        .collect();
    let applies = diagrams.applies(id)?;
    let applies = diagrams.store.and(applies, diagrams.possible)?;
    let mut wanted = Vec::new();
    for (support, said) in &about {
        for part in parts(model, said) {
            let aside = diagrams.set_aside_by(said, part, *support)?;
            let all = aside.iter().try_fold(NO, |all, (_, node)| diagrams.store.or(all, *node))?;
            if diagrams.store.without(applies, all)? != NO {
                return Ok(None);
            }
            wanted.push((applies, aside));
        }
    }
    let Some(blamed) = enough(&mut diagrams.store, &wanted)? else { return Ok(None) };
    if applies == NO || blamed.is_empty() {
        return Ok(None);
    }
    Ok(Some(tell(model, id, &blamed)))
}

/// The finding that these exceptions together set a rule aside wherever it applies.
pub(crate) fn tell(model: &Model, id: RuleId, blamed: &BTreeSet<RuleId>) -> Diagnostic {
    let rule = model.rule(id);
    let (name, table) = (&rule.name, source_of(rule));
    let is_above = |id: &RuleId| table != rule.name && source_of(model.rule(*id)) == table;
    let rows = blamed.iter().all(is_above);
    let message = if rows && blamed.len() == 1 {
        text!(en: "a row above always holds instead of `{name}`", da: "en række over `{name}` gælder altid i stedet")
    } else if rows {
        text!(
            en: "the rows above together always hold instead of `{name}`",
            da: "rækkerne over `{name}` gælder tilsammen altid i stedet"
        )
    } else if blamed.len() == 1 {
        text!(
            en: "an exception always sets `{name}` aside",
            da: "en undtagelse sætter altid `{name}` til side"
        )
    } else {
        text!(
            en: "exceptions together always set `{name}` aside",
            da: "undtagelser sætter tilsammen altid `{name}` til side"
        )
    };
    let mut diagnostic = Diagnostic::new(NAME, Severity::Warning, message);
    diagnostic.module = Some(model.modules[rule.module.index()].name.clone());
    diagnostic = diagnostic.label(rule.name_span, rule_label(model, id));
    for exception in blamed {
        diagnostic = diagnostic.label(model.rule(*exception).name_span, rule_label(model, *exception));
    }
    name_rules(model, &mut diagnostic, [id]);
    diagnostic.help(match (rows, blamed.len()) {
        (true, _) => text!(
            en: "take the row out, or move it up",
            da: "tag rækken ud, eller flyt den op"
        ),
        (false, 1) => text!(
            en: "take the rule out, or narrow the exception",
            da: "tag reglen ud, eller indsnævr undtagelsen"
        ),
        (false, _) => text!(
            en: "take the rule out, or narrow the exceptions",
            da: "tag reglen ud, eller indsnævr undtagelserne"
        ),
    })
}
