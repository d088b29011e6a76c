//! A rule that names no legal basis.

use super::Card;
use crate::ground::{Diagnostic, Severity, count, text};
use crate::model::{EffectKind, Grade, Model, Rule, RuleId};

const NAME: &str = "missing-basis";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "mangler-hjemmel",
        severity: Severity::Error,
        about: text!(en: "a rule without a legal basis", da: "en regel uden hjemmel"),
        explanation: text!(
            en: "A duty or a refusal needs a basis in law (error): skal, må ikke, som pligt, a precondition. A benefit \
                 without one is a warning: the citizen cannot be told which rule the decision rests on \
                 (forvaltningsloven § 24). The rows of one table are told together.",
            da: "En pligt eller et afslag kræver hjemmel (fejl): skal, må ikke, som pligt, en forudsætning. En ydelse \
                 uden hjemmel er en advarsel: borgeren kan ikke få at vide, hvilken regel afgørelsen hviler på \
                 (forvaltningsloven § 24). Rækkerne i én tabel meldes samlet."
        ),
        definition: text!(
            en: "The rule, or its row or table, has no `hjemmel`: an error where it says skal, må \
                 ikke, som pligt or a precondition, else a warning.",
            da: "Reglen, eller dens række eller tabel, har ingen `hjemmel`: en fejl, hvor den siger \
                 skal, må ikke, som pligt eller en forudsætning, ellers en advarsel."
        ),
        sections: "6",
        reason: text!(
            en: "A decision must cite the rules it is made by (forvaltningsloven § 24), and a burden needs the \
                 authority of a statute (legalitetsprincippet). A rule that names none can be cited by nobody.",
            da: "En afgørelse skal henvise til de retsregler, den er truffet efter (forvaltningsloven § 24), og et \
                 indgreb kræver lovhjemmel (legalitetsprincippet). En regel, der ingen nævner, kan ingen henvise \
                 til."
        ),
        example: include_str!("examples/missing-basis.md"),
    }
}

fn severity(rule: &Rule) -> Severity {
    let burdens = |kind: &EffectKind| {
        matches!(
            kind,
            EffectKind::Grade { grade: Grade::Must | Grade::MustNot, .. }
                | EffectKind::Grade { duty: true, .. }
                | EffectKind::Precondition(_)
        )
    };
    if rule.effects.iter().any(|effect| burdens(&effect.kind)) { Severity::Error } else { Severity::Warning }
}

/// The table a row belongs to, or the rule itself: the name up to the last dot of three parts.
pub(super) fn source_of(rule: &Rule) -> &str {
    let mut dots = rule.name.match_indices('.').skip(1).map(|(at, _)| at);
    match (dots.next(), dots.next()) {
        (Some(second), None) => &rule.name[..second],
        _ => &rule.name,
    }
}

/// Looks at every rule.
pub(crate) fn find(model: &Model) -> Vec<Diagnostic> {
    let without: Vec<RuleId> = model
        .rule_ids()
        .filter(|id| !model.rule(*id).has_error && model.rule(*id).basis.is_empty())
        // a trial that speaks nowhere is told as that
        .filter(|id| !model.modules[model.rule(*id).module.index()].is_undated_trial())
        .collect();
    let same = |a: &RuleId, b: &RuleId| {
        let (a, b) = (model.rule(*a), model.rule(*b));
        source_of(a) == source_of(b) && severity(a) == severity(b)
    };
    without.chunk_by(same).map(|rules| tell(model, rules)).collect()
}

fn tell(model: &Model, rules: &[RuleId]) -> Diagnostic {
    let first = model.rule(rules[0]);
    let severity = severity(first);
    let others = rules.len() - 1;
    let is_row = source_of(first) != first.name;
    let name = &first.name;
    let message = if others == 0 {
        text!(en: "`{name}` names no legal basis", da: "`{name}` nævner ingen hjemmel")
    } else {
        let one = text!(en: "more row", da: "række til");
        let many = text!(en: "more rows", da: "rækker til");
        let more = count(others, &one, &many);
        crate::ground::Text {
            en: format!("`{name}` and {} name no legal basis", more.en),
            da: format!("`{name}` og {} nævner ingen hjemmel", more.da),
        }
    };
    let mut diagnostic = Diagnostic::new(NAME, severity, message);
    diagnostic.module = Some(model.modules[first.module.index()].name.clone());
    diagnostic.rules = rules.iter().map(|id| model.rule(*id).name.clone()).collect();
    diagnostic.rules.sort();
    diagnostic.label(first.name_span, crate::ground::Text::same(name)).help(if is_row {
        text!(
            en: "add `hjemmel` with source and paragraph above the rows, or as a column",
            da: "skriv `hjemmel` med kilde og paragraf over rækkerne eller i en kolonne"
        )
    } else {
        text!(
            en: "add `hjemmel` with source and paragraph",
            da: "tilføj `hjemmel` med kilde og paragraf"
        )
    })
}
