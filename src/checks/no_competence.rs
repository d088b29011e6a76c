//! An exception that its speaker has no authority to make.

use super::Card;
use super::view::name_rules;
use super::words::rule_label;
use crate::ground::{Diagnostic, Severity, text};
use crate::model::{Model, RuleId};
use crate::verdict::{Layer, Place};

const NAME: &str = "no-competence";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "uden-kompetence",
        severity: Severity::Error,
        about: text!(
            en: "an exception that its speaker has no authority to make",
            da: "en undtagelse, som den, der taler, ikke har kompetence til"
        ),
        explanation: text!(
            en: "A municipality declares an exception from a rule of the law. It cannot set the law aside: the \
                 declaration has no effect, and the law's rule applies as before. Only an exception within the same \
                 layer is heard.",
            da: "En kommune erklærer en undtagelse fra en regel i loven. Den kan ikke sætte loven til side: \
                 erklæringen har ingen virkning, og lovens regel gælder som før. Kun en undtagelse inden for samme \
                 lag høres."
        ),
    }
}

/// Looks at every declared exception.
pub(crate) fn find(model: &Model) -> Vec<Diagnostic> {
    let overreaches = |exception: RuleId, rule: RuleId| {
        let place = Place::of(model, model.rule(exception).module);
        let layers = Layer::of(model, exception).zip(Layer::of(model, rule));
        layers.is_none_or(|(own, base)| !place.may_except(model, own, base))
    };
    let tell = |id: RuleId| {
        let rule = model.rule(id);
        let beyond: Vec<RuleId> =
            rule.exception_to.iter().copied().filter(|target| overreaches(id, *target)).collect();
        (!rule.has_error && !beyond.is_empty()).then(|| tell(model, id, &beyond))
    };
    model.rule_ids().filter_map(tell).collect()
}

fn tell(model: &Model, id: RuleId, beyond: &[RuleId]) -> Diagnostic {
    let rule = model.rule(id);
    let speaker = &model.modules[rule.module.index()].name;
    let message = text!(
        en: "`{speaker}` cannot make exceptions from the law; this one has no effect",
        da: "`{speaker}` kan ikke gøre undtagelse fra loven; denne har ingen virkning"
    );
    let mut diagnostic = Diagnostic::new(NAME, Severity::Error, message);
    diagnostic.module = Some(speaker.clone());
    diagnostic = diagnostic.label(rule.name_span, rule_label(model, id));
    for target in beyond {
        diagnostic = diagnostic.label(model.rule(*target).name_span, rule_label(model, *target));
    }
    name_rules(model, &mut diagnostic, beyond.iter().copied().chain([id]));
    diagnostic.help(text!(
        en: "take `undtagelse fra` out; the law's rule applies beside this one",
        da: "tag `undtagelse fra` ud; lovens regel gælder ved siden af denne"
    ))
}
