//! Findings the policies accept, and acceptances that accept nothing.

use super::Card;
use super::tasks::Found;
use crate::diagram::{Diagrams, NO, Node, NotProven};
use crate::ground::{Accepted, Diagnostic, Open, Severity, Text, date_in_words, text};
use crate::model::{Accept, AcceptPlace, Model, ModuleKind};

const NAME: &str = "idle-acceptance";

/// What keeps a text from being read, so that nothing else found in it can be trusted.
const NEVER: [&str; 11] = [
    NAME,
    super::impossible_assumption::NAME,
    "cycle",
    "duplicate-name",
    "empty-range",
    "empty-rule",
    "out-of-domain",
    "syntax-error",
    "type-mismatch",
    "unclear-header",
    "unknown-name",
];

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "virkningsløs-accept",
        severity: Severity::Warning,
        about: text!(
            en: "an acceptance that accepts nothing",
            da: "en accept, der ikke accepterer noget"
        ),
        explanation: text!(
            en: "An `accepter` without `når` accepts exactly one finding, one with `når` the citizens it names of every \
                 finding it fits. It accepts nothing where no finding fits, where several do and no `når` tells them \
                 apart, where it gives no reason, and after its last day, seen from the reference date. What keeps a \
                 text from being read cannot be accepted. Take it out, or say what is meant.",
            da: "En `accepter` uden `når` accepterer præcis én melding, en med `når` de borgere, den nævner, af hver \
                 melding, der passer. Den accepterer intet, hvor ingen melding passer, hvor flere passer og intet `når` \
                 skiller dem, hvor den ikke giver en grund, og efter sin sidste dag, set fra referencedatoen. Det, der \
                 hindrer en tekst i at blive læst, kan ikke accepteres. Fjern den, eller skriv, hvad der er ment."
        ),
    }
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
            accept.when.as_ref().filter(|_| holds(model, accept) && fits(model, accept, finding))
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

/// Whether an acceptance can accept anything at all.
fn holds(model: &Model, accept: &Accept) -> bool {
    !NEVER.contains(&accept.check) && accept.reason.is_some() && !is_past(model, accept)
}

fn is_past(model: &Model, accept: &Accept) -> bool {
    accept.until.zip(model.reference).is_some_and(|(until, today)| until < today)
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
        if !holds(model, accept) {
            idle.push(tell(model, accept, 0));
            continue;
        }
        let is_open = unchecked || open.iter().any(|open| open.checks.contains(&accept.check));
        if accept.when.is_some() {
            if !is_open && !taken.iter().any(|(_, taker)| *taker == index) {
                idle.push(tell(model, accept, 0));
            }
            continue;
        }
        let fitting: Vec<usize> =
            (0..findings.len()).filter(|at| fits(model, accept, &findings[*at])).collect();
        match fitting[..] {
            [only] => taken.push((findings.remove(only), index)),
            [] if is_open => {}
            _ => idle.push(tell(model, accept, fitting.len())),
        }
    }
    findings.extend(idle);
    let accepted = taken.into_iter().filter_map(|(finding, index)| {
        let accept = model.promises.accepts.get(index)?;
        Some(Accepted::new(finding, accept.reason.clone().unwrap_or_default(), accept.until, accept.span))
    });
    Settled { findings, accepted: accepted.collect() }
}

/// Why an acceptance accepts nothing; `fitting` is how many findings fit one without `når`.
fn tell(model: &Model, accept: &Accept, fitting: usize) -> Diagnostic {
    let check = accept.check;
    let (message, help) = if NEVER.contains(&check) {
        (
            text!(en: "`{check}` cannot be accepted", da: "`{check}` kan ikke accepteres"),
            text!(
                en: "mend it: what is wrong in the text itself keeps everything else from being judged",
                da: "ret fejlen: det, der er galt i selve teksten, hindrer alt andet i at blive bedømt"
            ),
        )
    } else if accept.reason.is_none() {
        (
            text!(en: "the acceptance gives no reason", da: "accepten giver ingen grund"),
            text!(en: "write why: `fordi \"…\"`", da: "skriv hvorfor: `fordi \"…\"`"),
        )
    } else if let (true, Some(until)) = (is_past(model, accept), accept.until) {
        let Text { en, da } = date_in_words(until);
        (
            text!(en: "the acceptance ended on {en}", da: "accepten udløb {da}"),
            text!(
                en: "mend what was found, or take the decision anew and write a later `indtil`",
                da: "ret det, der er meldt, eller tag beslutningen igen og skriv et senere `indtil`"
            ),
        )
    } else if fitting > 1 {
        (
            text!(
                en: "{fitting} findings of `{check}` fit this acceptance, which is meant for one",
                da: "{fitting} meldinger af `{check}` passer på denne accept, som er til én"
            ),
            text!(
                en: "say which: `i` a department, `for` a rule, or `når` for the citizens that are meant",
                da: "skriv hvilken: `i` en afdeling, `for` en regel, eller `når` for de borgere, der er ment"
            ),
        )
    } else {
        (
            text!(en: "no finding of `{check}` fits this acceptance", da: "ingen melding af `{check}` passer på denne accept"),
            text!(
                en: "take it out, or correct what it names",
                da: "fjern den, eller ret det, den nævner"
            ),
        )
    };
    let mut diagnostic = Diagnostic::new(NAME, Severity::Warning, message);
    if let AcceptPlace::Of(place) = &accept.place {
        diagnostic.module = Some(place.clone());
    }
    diagnostic.label(accept.span, text!(en: "accepts nothing", da: "accepterer intet")).help(help)
}
