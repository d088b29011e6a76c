//! What the policies accept: found all the same, and told apart from what is reported.

use super::family::{Family, family};
use super::idle_acceptance;
use super::tasks::Found;
use crate::diagram::{Diagrams, NO, Node, NotProven};
use crate::ground::{Accepted, Day, Diagnostic, Hidden, Open};
use crate::model::{Accept, AcceptPlace, Model, ModuleKind};

/// Why an acceptance can accept nothing, whatever is found.
#[derive(Clone, Copy)]
pub(crate) enum Void {
    /// what it names cannot be accepted
    Never,
    /// it does not say why
    NoReason,
    /// its last day has passed
    Past(Day),
}

/// A piece of a finding's region, and the acceptance it falls under, by its number.
pub(crate) type Piece = (Node, Option<usize>);

/// Divides a region by the acceptances that name citizens: what each accepts, in their order, then what is left.
pub(crate) fn pieces(
    diagrams: &mut Diagrams<'_>,
    finding: &Diagnostic,
    region: Node,
) -> Result<Vec<Piece>, NotProven> {
    let model = diagrams.model;
    let mut left = region;
    let mut pieces = Vec::new();
    for (index, accept) in model.promises.accepts.iter().enumerate() {
        let Some(when) =
            accept.when.as_ref().filter(|_| void(model, accept).is_none() && fits(model, accept, finding))
        else {
            continue;
        };
        let when = diagrams.formula(when)?;
        let accepted = diagrams.store.and(left, when)?;
        if accepted != NO {
            pieces.push((accepted, Some(index)));
            left = diagrams.store.without(left, when)?;
        }
    }
    if left != NO || pieces.is_empty() {
        pieces.push((left, None));
    }
    Ok(pieces)
}

/// What was found in a piece.
pub(crate) fn told(found: Found, piece: Piece) -> Found {
    match (found, piece.1) {
        (Found::Told(finding), Some(accept)) => Found::Accepted(finding, accept),
        (found, _) => found,
    }
}

/// Why an acceptance can accept nothing at all, if so.
fn void(model: &Model, accept: &Accept) -> Option<Void> {
    if family(accept.check) == Family::Reading {
        return Some(Void::Never);
    }
    if accept.reason.is_none() {
        return Some(Void::NoReason);
    }
    accept.until.filter(|until| model.reference.is_some_and(|today| *until < today)).map(Void::Past)
}

/// Whether an acceptance names this finding: its check, its place and its rule.
fn fits(model: &Model, accept: &Accept, finding: &Diagnostic) -> bool {
    let inside = |name: &str, whole: &str| {
        name == whole || name.strip_prefix(whole).is_some_and(|rest| rest.starts_with('.'))
    };
    let place = match (&accept.place, &finding.module) {
        (AcceptPlace::Everywhere, _) | (AcceptPlace::Law, None) => true,
        (AcceptPlace::Of(_), None) => false,
        (AcceptPlace::Of(place), Some(module)) => inside(module, place),
        (AcceptPlace::Law, Some(name)) => model
            .modules
            .iter()
            .any(|module| module.name == *name && matches!(module.kind, ModuleKind::Law | ModuleKind::Order)),
    };
    let rule = accept.rule.as_ref().is_none_or(|whole| finding.rules.iter().any(|rule| inside(rule, whole)));
    accept.check == finding.check && place && rule
}

/// Whether what an acceptance names may not have been asked because of an error.
fn hides(accept: &Accept, hidden: &Hidden) -> bool {
    let is_there = match &accept.place {
        AcceptPlace::Of(place) => {
            let module = place.split('.').next().unwrap_or_default();
            hidden.places.iter().any(|place| place == module)
        }
        AcceptPlace::Everywhere | AcceptPlace::Law => true,
    };
    is_there && hidden.checks.contains(&accept.check)
}

/// What is reported, and what is accepted.
pub(crate) struct Settled {
    pub findings: Vec<Diagnostic>,
    pub accepted: Vec<Accepted>,
}

/// Takes out what whole acceptances accept, and tells of those that accept nothing. `pieces` are the findings that
/// acceptances with a `når` took, with the number of each.
pub(crate) fn settle(
    model: &Model,
    mut findings: Vec<Diagnostic>,
    pieces: Vec<(Diagnostic, usize)>,
    open: &[Open],
) -> Settled {
    let mut taken: Vec<(Diagnostic, usize)> = pieces;
    let mut idle = Vec::new();
    let unchecked = findings.iter().any(|finding| finding.check == super::impossible_assumption::NAME);
    for (index, accept) in model.promises.accepts.iter().enumerate() {
        if let Some(void) = void(model, accept) {
            idle.push(idle_acceptance::void(accept, void));
            continue;
        }
        let is_hidden =
            || findings.iter().flat_map(|finding| &finding.hides).any(|hidden| hides(accept, hidden));
        let is_open = unchecked || open.iter().any(|open| open.checks.contains(&accept.check)) || is_hidden();
        if accept.when.is_some() {
            if !is_open && !taken.iter().any(|(_, taker)| *taker == index) {
                idle.push(idle_acceptance::fits(accept, 0));
            }
            continue;
        }
        let fitting: Vec<usize> =
            (0..findings.len()).filter(|at| fits(model, accept, &findings[*at])).collect();
        match fitting[..] {
            [only] => taken.push((findings.remove(only), index)),
            [] if is_open => {}
            _ => idle.push(idle_acceptance::fits(accept, fitting.len())),
        }
    }
    findings.extend(idle);
    let accepted = taken.into_iter().filter_map(|(finding, index)| {
        let accept = model.promises.accepts.get(index)?;
        let is_of_law = family(finding.check) == Family::Law;
        let reason = accept.reason.clone().unwrap_or_default();
        Some(Accepted { finding, reason, until: accept.until, span: accept.span, is_of_law })
    });
    Settled { findings, accepted: accepted.collect() }
}
