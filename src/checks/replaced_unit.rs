//! A rule names a unit on days when another has taken over.

use super::Card;
use super::view::name_rules;
use crate::ground::{Diagnostic, Severity, date_in_words, text};
use crate::model::{Model, RuleId, Unit, ValueSet};

const NAME: &str = "replaced-unit";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "afløst-enhed",
        severity: Severity::Warning,
        about: text!(
            en: "a rule is carried out by a unit that has been replaced",
            da: "en regel udføres af en enhed, der er afløst"
        ),
        explanation: text!(
            en: "The rule names as `ansvarlig` a unit that another one takes over from (`afløses af … fra …`), and it \
                 applies on that day or later. Name the new unit, or let the rule end where the old unit does.",
            da: "Reglen har som `ansvarlig` en enhed, som en anden afløser (`afløses af … fra …`), og den gælder den \
                 dag eller senere. Nævn den nye enhed, eller lad reglen slutte, hvor den gamle enhed gør."
        ),
        definition: text!(
            en: "The rule's `ansvarlig` is an enhed with a successor, and the rule's `gyldig` and \
                 sources leave a day of the window on or after the successor's first.",
            da: "Reglens `ansvarlig` er en enhed med en afløser, og reglens `gyldig` og kilder levner \
                 en dag i perioden på eller efter afløserens første."
        ),
        sections: "6",
        reason: text!(
            en: "The citizen must be able to reach whoever is responsible. The office that is named no longer \
                 exists.",
            da: "Borgeren skal kunne komme i kontakt med den, der har ansvaret. Den enhed, der er nævnt, findes \
                 ikke længere."
        ),
        example: include_str!("examples/replaced-unit.md"),
    }
}

/// Looks at every rule without an error.
pub(crate) fn find(model: &Model) -> Vec<Diagnostic> {
    let sound = model.rule_ids().filter(|id| !model.rule(*id).has_error);
    sound.filter_map(|id| Some(tell(model, id, replaced(model, id)?))).collect()
}

/// The unit a rule names although it is replaced on some of the rule's days.
fn replaced(model: &Model, id: RuleId) -> Option<&Unit> {
    let rule = model.rule(id);
    let name = rule.responsible.as_ref()?;
    let is_department = model.departments.iter().any(|one| one.module == rule.module && one.name == *name);
    let unit = model.units.iter().find(|unit| unit.name == *name && !is_department)?;
    let (_, from) = unit.successor.as_ref()?;
    let later = model.days_of(rule).intersection(&ValueSet::range(*from, ValueSet::MAX));
    (!later.is_empty()).then_some(unit)
}

fn tell(model: &Model, id: RuleId, unit: &Unit) -> Diagnostic {
    let rule = model.rule(id);
    let (name, old) = (&rule.name, &unit.name);
    let (new, from) = unit.successor.clone().unwrap_or_default();
    let day = date_in_words(from);
    let (en, da) = (day.en, day.da);
    let message = text!(
        en: "`{name}` is carried out by `{old}`, which `{new}` takes over from on {en}",
        da: "`{name}` udføres af `{old}`, som `{new}` afløser den {da}"
    );
    let mut diagnostic = Diagnostic::new(NAME, Severity::Warning, message);
    diagnostic.module = Some(model.modules[rule.module.index()].name.clone());
    name_rules(model, &mut diagnostic, [id]);
    diagnostic
        .label(rule.name_span, text!(en: "applies on that day or later", da: "gælder den dag eller senere"))
        .label(unit.span, text!(en: "replaced", da: "afløst"))
        .help(text!(
            en: "write `ansvarlig {new}`, or let the rule end with `gyldig … til …`",
            da: "skriv `ansvarlig {new}`, eller lad reglen slutte med `gyldig … til …`"
        ))
}
