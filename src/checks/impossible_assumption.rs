//! Assumptions that leave nobody: every other answer would be empty, and look like a clean bill.

use super::Card;
use crate::diagram::{Diagrams, NotProven};
use crate::ground::{Diagnostic, Severity, text};
use crate::model::Model;
use crate::verdict::Statements;

pub(super) const NAME: &str = "impossible-assumption";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "umulig-antagelse",
        severity: Severity::Error,
        about: text!(
            en: "assumptions that no citizen can meet",
            da: "antagelser, som ingen borger kan opfylde"
        ),
        explanation: text!(
            en: "What `antag` says is taken as true of everyone. Together the assumptions leave nobody, so no rule can \
                 be judged: nothing else is checked until one of them is changed. The ones named are enough to \
                 exclude everybody.",
            da: "Det, `antag` siger, tages som sandt om alle. Tilsammen levner antagelserne ingen, så ingen regel kan \
                 bedømmes: intet andet kontrolleres, før en af dem er ændret. De nævnte er nok til at udelukke alle."
        ),
        definition: text!(
            en: "No citizen meets all `antag` on any day of the window. The assumptions named \
                 suffice, and none of them can be left out.",
            da: "Ingen borger opfylder alle `antag` på nogen dag i perioden. De nævnte antagelser er \
                 nok, og ingen af dem kan udelades."
        ),
        sections: "1",
        reason: text!(
            en: "What is assumed of everybody must be true of somebody. Else every check of the rules is empty, and \
                 a clean report means nothing.",
            da: "Det, der antages om alle, skal være sandt om nogen. Ellers er enhver kontrol af reglerne tom, og \
                 en ren rapport betyder intet."
        ),
        example: include_str!("examples/impossible-assumption.md"),
    }
}

/// Looks at all assumptions together.
pub(crate) fn find(
    model: &Model,
    statements: &Statements,
    budget: u64,
) -> Result<Option<Diagnostic>, NotProven> {
    let mut diagrams = Diagrams::new(model, statements, &[], &[], budget)?;
    let Some(blamed) = diagrams.leaving_nobody()? else { return Ok(None) };
    let message = if blamed.len() == 1 {
        text!(en: "no citizen can meet this assumption", da: "ingen borger kan opfylde denne antagelse")
    } else {
        text!(
            en: "no citizen can meet these assumptions together",
            da: "ingen borger kan opfylde disse antagelser på samme tid"
        )
    };
    let mut diagnostic = Diagnostic::new(NAME, Severity::Error, message);
    for index in blamed {
        let assumption = &model.assumptions[index];
        let taken = text!(en: "taken as true of everyone", da: "tages som sandt om alle");
        diagnostic = diagnostic.label(assumption.span, taken);
    }
    Ok(Some(diagnostic.help(text!(
        en: "change or take out one of them; nothing else is checked until then",
        da: "ændr eller fjern en af dem; indtil da kontrolleres intet andet"
    ))))
}
