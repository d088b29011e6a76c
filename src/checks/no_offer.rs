//! Something citizens have a claim to, and nobody sells.

use super::offers::{Asked, days_of, decided, delivers, is_due, on};
use super::view::{name_rules, with_region};
use super::words::rule_label;
use super::{Card, tasks::Found};
use crate::diagram::{NO, NotProven};
use crate::evaluate::Case;
use crate::ground::{Diagnostic, Severity, text};
use crate::model::{DATE, Grade, Model, ModuleKind, RuleId, SupportId, ValueSet};
use crate::verdict::{Decision, Layer, Part, Statements};
use std::collections::BTreeSet;

pub(super) const NAME: &str = "no-offer";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "intet-forløb",
        severity: Severity::Note,
        about: text!(en: "something due that no offer delivers", da: "noget, borgeren har krav på, som intet forløb leverer"),
        explanation: text!(
            en: "The texts hold a provider, citizens have a claim (ret or skal) to a support, and on those days no offer delivers \
                 it. Somebody else has to give it. What the law makes due is told of the law, what a municipality adds is \
                 told of the municipality.",
            da: "Teksterne har en leverandør, borgere har krav (ret eller skal) på en støtte, og på de dage leverer intet forløb \
                 den. Andre må give den. Det, loven giver krav på, meldes for loven, og det, en kommune lægger til, for \
                 kommunen."
        ),
        definition: text!(
            en: "Some provider has a header, a støtte is due (ret or skal is decided), and no offer \
                 that stands on that day delivers it. In a municipality only where the law alone does \
                 not make it due there.",
            da: "En leverandør har et hoved, der er krav på en støtte (ret eller skal er afgjort), og \
                 intet forløb, der gælder den dag, leverer den. I en kommune kun, hvor loven alene \
                 ikke giver krav på den dér."
        ),
        sections: "10",
        reason: text!(
            en: "A duty to give must be carried out by somebody. The citizen's right does not fall away because no \
                 contract was made.",
            da: "Et krav skal opfyldes af nogen. Borgerens ret bortfalder ikke, fordi der ingen aftale er indgået."
        ),
        example: include_str!("examples/no-offer.md"),
    }
}

/// Whether anything is asked: where nobody sells, nothing is missing.
pub(crate) fn is_asked(model: &Model) -> bool {
    model.modules.iter().any(|module| module.kind == ModuleKind::Provider)
}

/// The days on which some offer delivers a support. One with an error in it is taken to deliver everything.
fn delivered(model: &Model, support: SupportId) -> ValueSet {
    let offers = model.promises.offers.iter();
    let delivering = offers.filter(|offer| offer.has_error || delivers(model, offer, support));
    delivering.fold(ValueSet::empty(), |all, offer| {
        let days = if offer.has_error { ValueSet::all() } else { days_of(model, offer) };
        all.union(&days)
    })
}

/// Whether a citizen has a claim here, and not by the law alone where a municipality is asked.
fn is_due_here(case: &Case<'_>, support: SupportId) -> bool {
    let by_law = Decision::of([&case.verdict(Layer::Law, support)]);
    let in_law = case.statements.place.module().is_none();
    is_due(&decided(case, support)) && (in_law || !is_due(&by_law))
}

/// Looks at one support in one place.
pub(crate) fn find(
    model: &Model,
    statements: &Statements,
    support: SupportId,
    budget: u64,
) -> Result<Vec<Found>, NotProven> {
    let days = delivered(model, support).complement_in(&ValueSet::range(model.window.from, model.window.to));
    if days.is_empty() {
        return Ok(Vec::new());
    }
    let mut asked = Asked::new(model, statements, support, &[on(&days)], budget)?;
    let mut region = asked.holding(&on(&days), is_due)?;
    if statements.place.module().is_some() {
        let by_law = asked.due_by_law()?;
        region = asked.diagrams.store.without(region, by_law)?;
    }
    if region == NO {
        return Ok(Vec::new());
    }
    let name = &model.supports[support.index()].name;
    let message = text!(
        en: "no offer delivers `{name}`, to which these citizens have a claim",
        da: "intet forløb leverer `{name}`, som disse borgere har krav på"
    );
    let mut diagnostic = Diagnostic::new(NAME, Severity::Note, message);
    diagnostic.support = Some(name.clone());
    diagnostic.module = statements.place.module().map(|id| model.modules[id.index()].name.clone());
    let mut rules: BTreeSet<RuleId> = BTreeSet::new();
    for said in statements.about(support).iter().filter(|said| said.makes_due()) {
        let active = asked.diagrams.active(said, Part::Grade, support)?;
        if asked.diagrams.store.and(active, region)? == NO {
            continue;
        }
        for grade in said.grades.iter().filter(|grade| matches!(grade.grade, Grade::Right | Grade::Must)) {
            rules.insert(said.rule);
            diagnostic = diagnostic.label(grade.span, rule_label(model, said.rule));
        }
    }
    name_rules(model, &mut diagnostic, rules);
    let diagnostic = diagnostic.help(text!(
        en: "see who else gives it, or let a `forløb` deliver it",
        da: "se, hvem der ellers giver den, eller lad et `forløb` levere den"
    ));
    let found = with_region(&mut asked.diagrams, diagnostic, region, |case| {
        days.contains(case.profile.0[DATE.index()]) && is_due_here(case, support)
    })?;
    Ok(if asked.diagrams.truncated { vec![found, Found::More] } else { vec![found] })
}
