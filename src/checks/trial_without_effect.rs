//! A trial sets the law aside, and a local rule keeps the old result.

use super::cause::{attribute, join};
use super::view::{Statement, View, What, with_region};
use super::words::{label_group, rule_label};
use super::{Card, tasks::Found};
use crate::diagram::{Decisions, NO, Node, NotProven};
use crate::evaluate::{Case, decision};
use crate::ground::{Severity, text};
use crate::model::{Grade, ModuleKind, RuleId, SupportId};
use crate::verdict::{Grant, Layer, Part, Said, SetsAside, Statements, Verdict};
use std::collections::BTreeSet;

pub(super) const NAME: &str = "trial-without-effect";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "forsøg-uden-virkning",
        severity: Severity::Note,
        about: text!(
            en: "a local rule keeps the result that a trial sets aside",
            da: "en lokal regel fastholder det resultat, som et forsøg sætter til side"
        ),
        explanation: text!(
            en: "In a municipality that a trial names, the trial's exception sets a grade of the law aside and puts \
                 another answer in its place; a rule of the municipality still says the old grade, and that is what \
                 is decided. It is lawful, and the trial changes nothing for these citizens: perhaps the rule was \
                 written before the trial.",
            da: "I en kommune, som et forsøg nævner, sætter forsøgets undtagelse en grad i loven til side og svarer \
                 noget andet; en af kommunens regler siger stadig den gamle grad, og det bliver afgørelsen. Det er \
                 lovligt, men forsøget ændrer intet for disse borgere: måske er reglen skrevet før forsøget."
        ),
        definition: text!(
            en: "In a municipality that a trial names: the trial sets a grade of the law aside for a \
                 support and grants something else; a rule of the municipality still says the old \
                 grade, and that is what is decided.",
            da: "I en kommune, som et forsøg nævner: forsøget sætter en grad i loven til side om en \
                 støtte og svarer noget andet; en regel i kommunen siger stadig den gamle grad, og \
                 det er den, der bliver afgørelsen."
        ),
        sections: "6",
        reason: text!(
            en: "A trial with a statute behind it changes what applies in the municipality for a time. A service \
                 level that goes on saying what the trial set aside takes back what the trial was for.",
            da: "Et forsøg med hjemmel i en lov ændrer for en tid, hvad der gælder i kommunen. Et serviceniveau, \
                 der bliver ved med at sige det, forsøget sætter til side, tager det tilbage, forsøget skulle give."
        ),
        example: include_str!("examples/trial-without-effect.md"),
    }
}

/// The grades a layer can keep, and what they grant.
const KEPT: [(Grade, Grant); 4] = [
    (Grade::May, Grant::May),
    (Grade::Right, Grant::Right),
    (Grade::Must, Grant::Must),
    (Grade::MustNot, Grant::Forbidden),
];

fn says(verdict: &Verdict, grade: Grade) -> bool {
    verdict.grades.iter().any(|(said, _)| *said == grade)
}

/// A rule of the law with the grade, and the trial's exceptions that set it aside for the support.
fn set_aside<'s>(
    statements: &Statements,
    support: SupportId,
    (said, grade): (&'s Said, Grade),
    trial: &[RuleId],
) -> Option<(&'s Said, Vec<RuleId>)> {
    let states = said.layer == Layer::Law && said.grades.iter().any(|own| own.grade == grade);
    let exceptions = statements.exceptions_from(said, support);
    let of_trial: Vec<RuleId> = exceptions
        .filter(|by| by.aside == Some(SetsAside::Everything) && trial.contains(&by.rule))
        .map(|by| by.rule)
        .collect();
    (states && !of_trial.is_empty()).then_some((said, of_trial))
}

pub(crate) fn find(view: &mut View<'_>) -> Result<Vec<Found>, NotProven> {
    let mut found = Vec::new();
    for (layer, trial) in view.above.clone() {
        if layer.kind(view.model()) != ModuleKind::Trial {
            continue;
        }
        for (grade, grant) in KEPT {
            found.extend(kept(view, (layer, trial), (grade, grant))?);
        }
    }
    Ok(found)
}

fn kept(
    view: &mut View<'_>,
    (layer, trial): (Layer, Node),
    (grade, grant): (Grade, Grant),
) -> Result<Vec<Found>, NotProven> {
    let (support, own) = (view.support, view.layer);
    let statements = view.diagrams.statements;
    let about = statements.about(support);
    let of_trial: Vec<RuleId> =
        about.iter().filter(|said| said.layer == layer).map(|said| said.rule).collect();
    let aside: Vec<(&Said, Vec<RuleId>)> =
        about.iter().filter_map(|said| set_aside(statements, support, (said, grade), &of_trial)).collect();
    let (mut region, mut behind) = (NO, Vec::new());
    for (said, exceptions) in &aside {
        let applies = view.diagrams.applies(said.rule)?;
        for exception in exceptions {
            let Some(by) = statements.by(*exception, support) else { continue };
            let active = view.diagrams.active(by, Part::Grade, support)?;
            let here = view.diagrams.store.and(applies, active)?;
            region = view.diagrams.store.or(region, here)?;
            behind.push((said.rule, *exception, here));
        }
    }
    if region == NO {
        return Ok(Vec::new());
    }
    let law_is_silent = view.compared_where(view.law, |law, own| !says(law, grade) && says(own, grade))?;
    let trial_differs = view.compared_where(trial, |trial, _| trial.grant() != grant)?;
    let mut decisions = Decisions::new();
    let decided = view.diagrams.decision(support, &mut decisions)?;
    let decided = view.diagrams.decided_where(decided, &decisions, |decided| decided.grant == Some(grant))?;
    for holds in [law_is_silent, trial_differs, decided] {
        region = view.diagrams.store.and(region, holds)?;
    }
    let keeps = |statement: &Statement| statement.what == What::Grade(grade);
    let keeping: Vec<Statement> = view.statements(own)?.into_iter().filter(keeps).collect();
    let groups = attribute(&mut view.diagrams, region, &keeping, |_, _| false)?;
    let mut found = Vec::new();
    for group in join(&mut view.diagrams, groups, &keeping, |_| true)? {
        let mut others: BTreeSet<RuleId> = BTreeSet::new();
        for (rule, exception, here) in &behind {
            if view.diagrams.store.and(*here, group.region)? != NO {
                others.extend([*rule, *exception]);
            }
        }
        let (name, word, model) = (view.name(), grade.word(), view.model());
        let message = text!(
            en: "`{name}`: the municipality keeps `{word}`, which the trial sets aside",
            da: "`{name}`: kommunen fastholder `{word}`, som forsøget sætter til side"
        );
        let diagnostic = view.diagnostic(NAME, Severity::Note, message).about(word).help(text!(
            en: "let the local rule not apply to these citizens while the trial runs, if the trial is meant to reach them",
            da: "lad ikke den lokale regel gælde for disse borgere, mens forsøget løber, hvis det skal nå dem"
        ));
        let mut diagnostic = label_group(model, diagnostic, &group, &keeping);
        for rule in &others {
            diagnostic = diagnostic.label(model.rule(*rule).name_span, rule_label(model, *rule));
        }
        super::view::name_rules(model, &mut diagnostic, others);
        found.push(with_region(&mut view.diagrams, diagnostic, group.region, |case| {
            aside.iter().any(|(said, exceptions)| is_set_aside(case, said, exceptions, support))
                && !says(&case.verdict(Layer::Law, support), grade)
                && says(&case.verdict(own, support), grade)
                && case.verdict(layer, support).grant() != grant
                && decision(case, support).grant == Some(grant)
        })?);
    }
    Ok(found)
}

fn is_set_aside(case: &Case<'_>, said: &Said, exceptions: &[RuleId], support: SupportId) -> bool {
    let is_active = |exception: &RuleId| {
        let by = case.statements.by(*exception, support);
        by.is_some_and(|by| case.is_active(by, Part::Grade, support))
    };
    case.applies(said.rule) && exceptions.iter().any(is_active)
}
