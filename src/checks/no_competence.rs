//! Something said by one who has no authority to say it.

use super::Card;
use super::missing_basis::source_of;
use super::view::name_rules;
use super::words::rule_label;
use crate::ground::{Diagnostic, Severity, Span, Text, text};
use crate::model::{EffectKind, Grade, Model, ModuleKind, Rule, RuleId};
use crate::verdict::{Layer, Place};

pub(super) const NAME: &str = "no-competence";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "uden-kompetence",
        severity: Severity::Error,
        about: text!(
            en: "something said by one who has no authority to say it",
            da: "noget, som den, der siger det, ikke har kompetence til"
        ),
        explanation: text!(
            en: "An exception is heard within one layer, and a trial's from the law it is allowed to depart from. \
                 Declared by anyone else (a municipality from the law or a trial, an institution from its municipality) \
                 it has no effect, and the rule applies as before. A vejledning binds nobody, so ret, skal and må \
                 ikke in it are told (warning).",
            da: "En undtagelse høres inden for samme lag, og et forsøgs fra den lov, det må fravige. Erklæres den af \
                 andre (en kommune fra loven eller et forsøg, en institution fra sin kommune), har den ingen virkning, \
                 og reglen gælder som før. En vejledning binder ingen, så ret, skal og må ikke i den meldes \
                 (advarsel)."
        ),
        definition: text!(
            en: "A rule declares an exception that is not heard where its own module is at home \
                 (error); or a rule of a guidance says ret, skal, må ikke, skal vurdere, som pligt or \
                 a precondition (warning).",
            da: "En regel erklærer en undtagelse, der ikke høres, hvor dens eget modul hører hjemme \
                 (fejl); eller en regel i en vejledning siger ret, skal, må ikke, skal vurdere, som \
                 pligt eller en forudsætning (advarsel)."
        ),
        sections: "2, 6",
        reason: text!(
            en: "A lower rule cannot set a higher one aside (lex superior). Only a statute or a trial with a \
                 statute behind it can except from a statute.",
            da: "En lavere regel kan ikke sætte en højere ud af kraft (lex superior). Kun en lov, eller et forsøg \
                 med hjemmel i en lov, kan gøre undtagelse fra en lov."
        ),
        example: include_str!("examples/no-competence.md"),
    }
}

/// Looks at every declared exception, and at every rule of a guidance.
pub(crate) fn find(model: &Model) -> Vec<Diagnostic> {
    let overreaches = |exception: RuleId, rule: RuleId| {
        let place = Place::of(model, model.rule(exception).module);
        let layers = Layer::of(model, exception).zip(Layer::of(model, rule));
        layers.is_none_or(|(own, base)| !place.may_except(model, own, base))
    };
    let kind = |rule: &Rule| model.modules[rule.module.index()].kind;
    let tell = |id: RuleId| {
        let rule = model.rule(id);
        let beyond: Vec<RuleId> =
            rule.exception_to.iter().filter(|target| overreaches(id, *target)).collect();
        let speaks = !rule.has_error && kind(rule) != ModuleKind::Provider;
        (speaks && !beyond.is_empty()).then(|| tell(model, id, &beyond))
    };
    let mut found: Vec<Diagnostic> = model.rule_ids().filter_map(tell).collect();
    let of_guidance = |id: &RuleId| kind(model.rule(*id)) == ModuleKind::Guidance;
    let same_source = |a: &RuleId, b: &RuleId| source_of(model.rule(*a)) == source_of(model.rule(*b));
    let binding = |id: &RuleId| !model.rule(*id).has_error && binds(model.rule(*id)).is_some();
    let binding: Vec<RuleId> = model.rule_ids().filter(of_guidance).filter(binding).collect();
    found.extend(binding.chunk_by(same_source).map(|rules| tell_guidance(model, rules)));
    found
}

/// What a rule says that binds somebody, and where.
fn binds(rule: &Rule) -> Option<(&'static str, Span)> {
    rule.effects.iter().find_map(|effect| {
        let word = match &effect.kind {
            EffectKind::Grade { duty: true, .. } => "som pligt",
            EffectKind::Grade { grade, .. } => match grade {
                Grade::Right | Grade::Must | Grade::MustNot | Grade::MustAssess => grade.word(),
                Grade::May | Grade::Should | Grade::ShouldNot => return None,
            },
            EffectKind::Precondition(_) => "forudsætning",
            EffectKind::Terms | EffectKind::Lapses => return None,
        };
        Some((word, effect.span))
    })
}

fn tell_guidance(model: &Model, rules: &[RuleId]) -> Diagnostic {
    let rule = model.rule(rules[0]);
    let speaker = &model.modules[rule.module.index()].name;
    let (word, span) = binds(rule).unwrap_or(("skal", rule.name_span));
    let message = text!(
        en: "`{speaker}` recommends and binds nobody, but says `{word}`",
        da: "`{speaker}` anbefaler og binder ingen, men siger `{word}`"
    );
    let mut diagnostic = Diagnostic::new(NAME, Severity::Warning, message);
    diagnostic.module = Some(speaker.clone());
    diagnostic = diagnostic.label(span, rule_label(model, rules[0]));
    name_rules(model, &mut diagnostic, rules.iter().copied());
    diagnostic.help(text!(
        en: "write `bør`, `bør ikke` or `kan`, or move the rule to one who can bind",
        da: "skriv `bør`, `bør ikke` eller `kan`, eller flyt reglen til den, der kan binde"
    ))
}

fn tell(model: &Model, id: RuleId, beyond: &[RuleId]) -> Diagnostic {
    let rule = model.rule(id);
    let speaker = &model.modules[rule.module.index()].name;
    let base = beyond.first().map_or(rule, |base| model.rule(*base));
    let other = &model.modules[base.module.index()].name;
    let of_law = beyond.first().is_some_and(|base| Layer::of(model, *base) == Some(Layer::Law));
    let from = if of_law {
        text!(en: "the law", da: "loven")
    } else {
        text!(en: "what `{other}` says", da: "det, `{other}` siger")
    };
    let message = Text {
        en: format!("`{speaker}` cannot make exceptions from {}; this one has no effect", from.en),
        da: format!("`{speaker}` kan ikke gøre undtagelse fra {}; denne har ingen virkning", from.da),
    };
    let mut diagnostic = Diagnostic::new(NAME, Severity::Error, message);
    diagnostic.module = Some(speaker.clone());
    diagnostic = diagnostic.label(rule.name_span, rule_label(model, id));
    for target in beyond {
        diagnostic = diagnostic.label(model.rule(*target).name_span, rule_label(model, *target));
    }
    name_rules(model, &mut diagnostic, beyond.iter().copied().chain([id]));
    diagnostic.help(if of_law {
        text!(
            en: "take `undtagelse fra` out; the law's rule applies beside this one",
            da: "tag `undtagelse fra` ud; lovens regel gælder ved siden af denne"
        )
    } else {
        text!(
            en: "take `undtagelse fra` out; the other rule applies beside this one",
            da: "tag `undtagelse fra` ud; den anden regel gælder ved siden af denne"
        )
    })
}
