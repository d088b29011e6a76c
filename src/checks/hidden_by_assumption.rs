//! A rule about citizens whom only the assumptions exclude.

use super::Card;
use super::view::name_rules;
use super::words::rule_label;
use crate::diagram::{Answer, Diagrams, NO, NotProven, Prover};
use crate::ground::{Diagnostic, Severity, text};
use crate::model::RuleId;

const NAME: &str = "hidden-by-assumption";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "skjult-af-antagelse",
        severity: Severity::Note,
        about: text!(
            en: "a rule about citizens whom an assumption excludes",
            da: "en regel om borgere, som en antagelse udelukker"
        ),
        explanation: text!(
            en: "The rule's own condition can be met, but only by citizens who do not exist according to `antag`, \
                 whatever the department and the day. Either nobody needs the rule, or the assumption is not true: the \
                 assumptions named are enough to hide it. A rule that its department or its dates shut out as well is \
                 a `dead-rule`.",
            da: "Reglens egen betingelse kan opfyldes, men kun af borgere, som ifølge `antag` ikke findes, uanset \
                 afdeling og dag. Enten har ingen brug for reglen, eller også passer antagelsen ikke: de nævnte \
                 antagelser er nok til at skjule den. En regel, som også dens afdeling eller datoer lukker ude, er en \
                 `død-regel`."
        ),
        definition: text!(
            en: "The rule's `gyldig` and its sources leave days of the window; no citizen the \
                 assumptions allow meets its `når`, whatever the department and the day; and without \
                 the assumptions it would apply to somebody.",
            da: "Reglens `gyldig` og dens kilder levner dage i perioden; ingen borger, som \
                 antagelserne tillader, opfylder dens `når`, uanset afdeling og dag; og uden \
                 antagelserne ville den gælde for nogen."
        ),
        sections: "6",
        reason: text!(
            en: "An assumption is a claim about the world: often another statute says who can be whom. A rule for \
                 those it excludes shows that one of the two is wrong.",
            da: "En antagelse er en påstand om virkeligheden: ofte siger en anden lov, hvem der kan være hvem. En \
                 regel for dem, den udelukker, viser, at en af de to er forkert."
        ),
        example: include_str!("examples/hidden-by-assumption.md"),
    }
}

/// Whether nothing but the assumptions keeps a rule from applying: without them it applies to somebody, and with
/// them nobody meets its condition, in any department and on any day.
pub(crate) fn is_hidden(diagrams: &mut Diagrams<'_>, id: RuleId) -> Result<bool, NotProven> {
    let model = diagrams.model;
    let applies = diagrams.applies(id)?;
    let when = diagrams.formula_in(id, &model.rule(id).when)?;
    Ok(applies != NO && diagrams.store.and(when, diagrams.possible)? == NO)
}

/// Looks at one rule, in the diagrams of its module.
pub(crate) fn find(diagrams: &mut Diagrams<'_>, id: RuleId) -> Result<Option<Diagnostic>, NotProven> {
    if !is_hidden(diagrams, id)? {
        return Ok(None);
    }
    let model = diagrams.model;
    let rule = model.rule(id);
    let when = diagrams.formula_in(id, &rule.when)?;
    let mut excluded = Vec::new();
    for assumption in &model.assumptions {
        let holds = diagrams.formula(&assumption.formula)?;
        excluded.push(diagrams.store.not(holds)?);
    }
    let Answer::Covered(blamed) = diagrams.store.open(when, &excluded)? else { return Ok(None) };
    let name = &rule.name;
    let message = if blamed.len() == 1 {
        text!(
            en: "`{name}` is only about citizens whom an assumption excludes",
            da: "`{name}` gælder kun borgere, som en antagelse udelukker"
        )
    } else {
        text!(
            en: "`{name}` is only about citizens whom the assumptions together exclude",
            da: "`{name}` gælder kun borgere, som antagelserne tilsammen udelukker"
        )
    };
    let mut diagnostic = Diagnostic::new(NAME, Severity::Note, message);
    diagnostic.module = Some(model.modules[rule.module.index()].name.clone());
    name_rules(model, &mut diagnostic, [id]);
    diagnostic = diagnostic.label(rule.when_span, rule_label(model, id));
    for index in blamed {
        let taken = text!(en: "this is assumed of everyone", da: "dette antages om alle");
        diagnostic = diagnostic.label(model.assumptions[index].span, taken);
    }
    Ok(Some(diagnostic.help(text!(
        en: "take the rule out, or change the assumption if there are such citizens after all",
        da: "tag reglen ud, eller ret antagelsen, hvis der alligevel er sådanne borgere"
    ))))
}
