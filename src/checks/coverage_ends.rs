//! Citizens who lose their last rule on a known day, although they are still promised an answer.

use super::Card;
use super::coverage::{Coverage, counting};
use super::ending::{ending, until};
use super::lost::{Lost, would_reach};
use super::tasks::Found;
use super::view::{name_rules, with_region};
use crate::diagram::NotProven;
use crate::ground::{Day, Diagnostic, Severity, Text, date_in_words, text};
use crate::model::{Model, RuleId};
use std::collections::BTreeSet;

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
                 `gyldig`, or the last edition of its sources, ends; from the next day on no rule does. So it is with \
                 a right by law that a department served until its rule ended: that is then no `unserved-right`. Told \
                 once for each such day, with the rules that end, and not as a `gap`. Prolong the rule, write its \
                 successor, or let the promise end too.",
            da: "Kommunens `omfatter` lover disse borgere et svar, og en regel giver det, indtil dens `gyldig`, eller \
                 den sidste udgave af dens kilder, udløber; fra næste dag gør ingen regel det. Sådan er det også med \
                 en ret efter loven, som en afdeling betjente, indtil dens regel udløb: det er så ingen \
                 `ubetjent-ret`. Meldes én gang for hver sådan dag med de regler, der udløber, og ikke som et `hul`. \
                 Forlæng reglen, skriv dens afløser, eller lad også løftet ophøre."
        ),
        definition: text!(
            en: "The last day on which a rule is in force lies in the window, the citizen's day lies \
                 after it, the rule would count for `gap` (for a right of the law: for \
                 `unserved-right`) if it still were in force, and no rule counts any more. One \
                 finding for each unit and each such day.",
            da: "Den sidste dag, en regel gælder, ligger i perioden, borgerens dag ligger efter den, \
                 reglen ville tælle for `hul` (om en ret efter loven: for `ubetjent-ret`), gjaldt den \
                 endnu, og ingen regel tæller længere. Ét fund for hver enhed og hver sådan dag."
        ),
        sections: "7",
        reason: text!(
            en: "A citizen's matter does not end because a rule does. From the day after, the promise that these \
                 citizens are covered has nothing behind it.",
            da: "Borgerens sag ophører ikke, fordi en regel gør det. Fra dagen efter har løftet om, at disse \
                 borgere er omfattet, intet bag sig."
        ),
        example: include_str!("examples/coverage-ends.md"),
    }
}

pub(crate) fn find(coverage: &mut Coverage<'_>) -> Result<Vec<Found>, NotProven> {
    let mut found = Vec::new();
    for Lost { day, rules, region } in std::mem::take(&mut coverage.lost) {
        let (model, scope) = (coverage.diagrams.model, coverage.scope);
        let diagnostic = tell(coverage, day, &rules);
        found.push(with_region(&mut coverage.diagrams, diagnostic, region, |case| {
            let counting = |rule| counting(model, model.rule(rule), scope);
            case.holds(&scope.formula)
                && rules.iter().any(|rule| would_reach(case, *rule, &counting(*rule), day))
        })?);
    }
    if std::mem::take(&mut coverage.diagrams.truncated) {
        found.push(Found::More);
    }
    Ok(found)
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
    let mut diagnostic = Diagnostic::new(NAME, Severity::Warning, message).about(coverage.promised());
    diagnostic.module = Some(coverage.unit_name());
    diagnostic = label_ends(model, diagnostic, rules);
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

/// A label at each rule that says until when it applies, and by what.
pub(super) fn label_ends(model: &Model, mut diagnostic: Diagnostic, rules: &[RuleId]) -> Diagnostic {
    for rule in rules {
        if let Some(end) = ending(model, *rule) {
            diagnostic = diagnostic.label(model.rule(*rule).name_span, until(model, *rule, &end));
        }
    }
    diagnostic
}

/// Leaves out those of a support whose rules all are named by those of the units: the end is told there.
pub(super) fn once(findings: &mut Vec<Diagnostic>, accepted: &mut Vec<(Diagnostic, usize)>) {
    let all = findings.iter().chain(accepted.iter().map(|(finding, _)| finding));
    let of_units = all.filter(|finding| finding.check == NAME && finding.support.is_none());
    let named: BTreeSet<String> = of_units.flat_map(|finding| finding.rules.iter().cloned()).collect();
    let told_there = |finding: &Diagnostic| {
        let of_support = finding.check == NAME && finding.support.is_some();
        of_support && finding.rules.iter().all(|rule| named.contains(rule))
    };
    findings.retain(|finding| !told_there(finding));
    accepted.retain(|(finding, _)| !told_there(finding));
}
