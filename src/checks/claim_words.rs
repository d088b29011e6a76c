//! How a claim that fails is told: what was claimed, what is decided, and by which rules.

use super::accept;
use super::tasks::Found;
use super::view::{name_rules, with_region};
use super::words::rule_label;
use crate::claims::{Decided, Told, fails, failure, tell};
use crate::diagram::{NO, NotProven};
use crate::evaluate::Case;
use crate::ground::{Diagnostic, Severity, Text, text};
use crate::model::{Claim, DATE, Formula, Model, RuleId, SupportId};
use crate::verdict::{Part, Statements};
use std::collections::BTreeSet;

/// Who makes claims: a guarantee or an example.
pub(crate) struct Promise<'a> {
    pub check: &'static str,
    /// whose they are
    pub name: &'a str,
    /// under which condition
    pub given: &'a Formula,
    pub claims: &'a [Claim],
    /// `the guarantee … does not hold`
    pub fails: Text,
    /// what the claim's place is called
    pub label: Text,
    /// the next step, where something is decided
    pub help: Text,
}

/// Tells every claim that fails somewhere in the place of these statements; nothing where no citizen meets the
/// condition.
pub(crate) fn look(
    model: &Model,
    statements: &Statements,
    promise: &Promise<'_>,
    budget: u64,
) -> Result<Option<Vec<Found>>, NotProven> {
    let claims = promise.claims;
    let failures: Vec<_> = claims.iter().map(|claim| failure(model, statements, claim)).collect();
    let mut decided = Decided::new(model, statements, claims, &failures, promise.given, budget)?;
    let given = decided.diagrams.formula(promise.given)?;
    let asked = decided.diagrams.store.and(given, decided.diagrams.possible)?;
    if asked == NO {
        return Ok(None);
    }
    let mut about = Diagnostic::new(promise.check, Severity::Error, Text::default()).about(promise.name);
    about.module = place_name(model, statements);
    let mut found = Vec::new();
    for (claim, failure) in claims.iter().zip(&failures) {
        let region = decided.failing(claim, failure, asked)?;
        if region == NO {
            continue;
        }
        // divided before it is told: what is decided is told of the citizen who is shown
        for piece in accept::pieces(&mut decided.diagrams, &about, region)? {
            let Some(profile) = decided.diagrams.witness(piece.0)? else { continue };
            let case = Case::new(model, statements, &profile);
            let told = tell(&case, &claim.kind);
            let mut diagnostic = about.clone();
            diagnostic.message = Text {
                en: format!("{}: {}", promise.fails.en, told.words.en),
                da: format!("{}: {}", promise.fails.da, told.words.da),
            };
            let named = claim.kind.supports().into_iter().next();
            diagnostic.support = named.map(|id| model.supports[id.index()].name.clone());
            diagnostic = diagnostic.label(claim.span, promise.label.clone());
            let help = match told.so.as_slice() {
                _ if told.undecided => {
                    text!(en: "settle the contradiction first", da: "få først løst modstriden")
                }
                [] => promise.help.clone(),
                so => only_there(model, so),
            };
            diagnostic = label_rules(&case, &told, diagnostic).help(help);
            let here = with_region(&mut decided.diagrams, diagnostic, piece.0, |case| {
                case.holds(promise.given) && fails(case, failure)
            })?;
            found.push(accept::told(here, piece));
        }
    }
    if decided.diagrams.truncated {
        found.push(Found::More);
    }
    Ok(Some(found))
}

/// The next step where a claim about a task holds of some of its parts.
fn only_there(model: &Model, so: &[SupportId]) -> Text {
    const MOST: usize = 3;
    let name = |id: &SupportId| format!("`{}`", model.supports[id.index()].name);
    let mut named: Vec<String> = so.iter().take(MOST).map(name).collect();
    if so.len() > MOST {
        named.push("…".to_owned());
    }
    let names = named.join(", ");
    text!(
        en: "it is so of {names}: say `ved` in the example where only a part is meant, or correct the rules",
        da: "sådan er det for {names}: skriv `ved` i eksemplet, hvis kun en del menes, eller ret reglerne"
    )
}

/// The name of the place where something is decided.
pub(crate) fn place_name(model: &Model, statements: &Statements) -> Option<String> {
    Some(model.modules[statements.place.module()?.index()].name.clone())
}

/// Labels the statements a decision rests on for one citizen, and names their rules.
fn label_rules(case: &Case<'_>, told: &Told, mut diagnostic: Diagnostic) -> Diagnostic {
    let mut rules: BTreeSet<RuleId> = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let today = case.profile.0[DATE.index()];
    for support in &told.supports {
        for said in case.statements.about(*support) {
            let active = |part: Part| case.is_active(said, part, *support);
            let mut spans = Vec::new();
            match told.term {
                Some(term) if active(Part::Term(term)) => {
                    let bounds = said.bounds.iter().filter(|bound| bound.term == term);
                    spans.extend(bounds.filter(|bound| bound.days.contains(today)).map(|bound| bound.span));
                }
                Some(_) => {}
                None => {
                    if active(Part::Grade) {
                        let standing = said.grades.iter().filter(|grade| case.stands(said, grade, *support));
                        spans.extend(standing.map(|grade| grade.span));
                    }
                    if active(Part::Precondition) {
                        let failing =
                            said.preconditions.iter().filter(|p| !case.holds_in(said.rule, &p.formula));
                        spans.extend(failing.map(|precondition| precondition.span));
                    }
                }
            }
            for span in spans {
                rules.insert(said.rule);
                if seen.insert(span) {
                    diagnostic = diagnostic.label(span, rule_label(case.model, said.rule));
                }
            }
        }
    }
    name_rules(case.model, &mut diagnostic, rules);
    diagnostic
}
