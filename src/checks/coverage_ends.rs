//! Citizens who lose their last rule on a known day, although they are still promised an answer.

use super::Card;
use super::coverage::{Coverage, Ended, counting};
use super::ending::{ending, until};
use super::tasks::Found;
use super::view::{name_rules, with_region};
use crate::diagram::NotProven;
use crate::evaluate::Case;
use crate::ground::{Day, Diagnostic, Severity, Text, date_in_words, text};
use crate::model::{DATE, Model, RuleId, Scope};
use crate::verdict::Part;

pub(super) const NAME: &str = "coverage-ends";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "dækning-ophører",
        severity: Severity::Warning,
        about: text!(
            en: "citizens in the scope who lose their last rule on a known day",
            da: "borgere i målgruppen, som mister deres sidste regel på en kendt dag"
        ),
        explanation: text!(
            en: "The municipality's `omfatter` promises these citizens an answer, and a rule gives it until its \
                 `gyldig`, or the last edition of its sources, ends; from the next day on no rule does. Told once for \
                 each such day, with the rules that end, and not as a `gap`. Prolong the rule, write its successor, \
                 or let the promise end too.",
            da: "Kommunens `omfatter` lover disse borgere et svar, og en regel giver det, indtil dens `gyldig`, eller \
                 den sidste udgave af dens kilder, udløber; fra næste dag gør ingen regel det. Meldes én gang for hver \
                 sådan dag med de regler, der udløber, og ikke som et `hul`. Forlæng reglen, skriv dens afløser, \
                 eller lad også løftet ophøre."
        ),
    }
}

pub(crate) fn find(coverage: &mut Coverage<'_>) -> Result<Vec<Found>, NotProven> {
    let mut found = Vec::new();
    for Ended { day, rules, region } in std::mem::take(&mut coverage.ended) {
        let (model, scope) = (coverage.diagrams.model, coverage.scope);
        let diagnostic = tell(coverage, day, &rules);
        found.push(with_region(&mut coverage.diagrams, diagnostic, region, |case| {
            case.holds(&scope.formula)
                && case.profile.0[DATE.index()] > day
                && rules.iter().any(|rule| would_reach(case, model, *rule, scope))
        })?);
    }
    if std::mem::take(&mut coverage.diagrams.truncated) {
        found.push(Found::More);
    }
    Ok(found)
}

/// Whether a rule would reach the citizen if it had not ended.
fn would_reach(case: &Case<'_>, model: &Model, id: RuleId, scope: &Scope) -> bool {
    let aside = |target| {
        case.statements.by(id, target).is_some_and(|said| case.is_set_aside(said, Part::Grade, target))
    };
    case.meets(id) && counting(model, model.rule(id), scope).into_iter().any(|target| !aside(target))
}

fn tell(coverage: &Coverage<'_>, day: Day, rules: &[RuleId]) -> Diagnostic {
    let model = coverage.diagrams.model;
    let (kinds, place) = coverage.kinds_and_place();
    let next = date_in_words(day + 1);
    let (outside, uden_for) = if coverage.is_outside_departments() {
        (" outside its departments", " uden for afdelingerne")
    } else {
        ("", "")
    };
    let message = Text {
        en: format!(
            "from {}, no rule of `{place}`{outside} tells these citizens anything about {}",
            next.en, kinds.en
        ),
        da: format!(
            "fra {} siger ingen regel i `{place}`{uden_for} disse borgere noget om {}",
            next.da, kinds.da
        ),
    };
    let mut diagnostic = Diagnostic::new(NAME, Severity::Warning, message);
    diagnostic.module = Some(coverage.unit_name());
    for rule in rules {
        if let Some(end) = ending(model, *rule) {
            diagnostic = diagnostic.label(model.rule(*rule).name_span, until(model, *rule, &end));
        }
    }
    diagnostic = diagnostic.label(
        coverage.scope.span,
        text!(en: "here they are promised an answer", da: "her er de lovet et svar"),
    );
    name_rules(model, &mut diagnostic, rules.iter().copied());
    diagnostic.help(text!(
        en: "prolong the rule, write the one that follows it, or let the promise end too",
        da: "forlæng reglen, skriv den, der følger efter, eller lad også løftet ophøre"
    ))
}
