//! A municipality says that it has no level for a support, and has rules on it.

use super::Card;
use super::view::name_rules;
use super::words::rule_label;
use crate::ground::{Diagnostic, Severity, Span, text};
use crate::model::{EffectKind, Model, ModuleId, RuleId, SupportId};
use crate::verdict::distance;

const NAME: &str = "broken-silence";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "brudt-tavshed",
        severity: Severity::Warning,
        about: text!(
            en: "no service level is declared for a support, and rules give it one",
            da: "der er intet serviceniveau for en støtte, og regler giver den et"
        ),
        explanation: text!(
            en: "`intet serviceniveau for` says that the municipality is silent on purpose. Here a rule of the same \
                 municipality states a grade for the support, or for one below the art that is named. One of the two \
                 is not meant.",
            da: "`intet serviceniveau for` siger, at kommunen er tavs med vilje. Her har en regel i samme kommune en \
                 grad for støtten eller for en under den art, der er nævnt. En af de to er ikke ment."
        ),
        definition: text!(
            en: "A rule of the municipality has a grade on the støtte or art that its `intet \
                 serviceniveau for` names, or on one below that art.",
            da: "En regel i kommunen har en grad om den støtte eller art, som dens `intet \
                 serviceniveau for` nævner, eller om en under arten."
        ),
        sections: "6",
        reason: text!(
            en: "A citizen must be able to see from the service level what applies. Whoever reads that there is \
                 none looks no further.",
            da: "Borgeren skal kunne se af serviceniveauet, hvad der gælder. Den, der læser, at der intet er, leder \
                 ikke videre."
        ),
        example: include_str!("examples/broken-silence.md"),
    }
}

/// Looks at every declared silence.
pub(crate) fn find(model: &Model) -> Vec<Diagnostic> {
    let modules = model.modules.iter().enumerate();
    let silences = modules.flat_map(|(index, module)| {
        module.silent_on.iter().map(move |(support, span)| (ModuleId(index as u32), *support, *span))
    });
    silences.filter_map(|(module, support, span)| broken(model, module, support, span)).collect()
}

fn broken(model: &Model, module: ModuleId, support: SupportId, span: Span) -> Option<Diagnostic> {
    let grade = |id: &RuleId| {
        model.rule(*id).effects.iter().find(|effect| {
            matches!(effect.kind, EffectKind::Grade { .. })
                && effect.support.is_some_and(|target| distance(model, target, support).is_some())
        })
    };
    let own = model.rules_of(module).filter(|id| !model.rule(*id).has_error);
    let breaking: Vec<(RuleId, Span)> = own.filter_map(|id| Some((id, grade(&id)?.span))).collect();
    if breaking.is_empty() {
        return None;
    }
    let name = &model.supports[support.index()].name;
    let message = text!(
        en: "the municipality declares no service level for `{name}`, and has rules on it",
        da: "kommunen har intet serviceniveau for `{name}`, og den har regler om det"
    );
    let mut diagnostic = Diagnostic::new(NAME, Severity::Warning, message);
    diagnostic.module = Some(model.modules[module.index()].name.clone());
    diagnostic.support = Some(name.clone());
    diagnostic = diagnostic.label(span, text!(en: "silent on purpose", da: "tavs med vilje"));
    for (id, span) in &breaking {
        diagnostic = diagnostic.label(*span, rule_label(model, *id));
    }
    name_rules(model, &mut diagnostic, breaking.into_iter().map(|(id, _)| id));
    Some(diagnostic.help(text!(
        en: "take `{name}` out of `intet serviceniveau for`, or take the rules out",
        da: "tag `{name}` ud af `intet serviceniveau for`, eller tag reglerne ud"
    )))
}
