//! An offer that is not always enough for those who have a claim to what it delivers.

use super::offer_cannot_deliver;
use super::offers::{
    Asked, Short, days_of, decided, delivers, due, label, offered_words, on, short, stretches, strictness,
    terms,
};
use super::places::Places;
use super::view::with_region;
use super::words::bound_in_words;
use super::{Card, tasks::Found};
use crate::diagram::{NO, Node, NotProven};
use crate::ground::{Diagnostic, Severity, Text, text};
use crate::model::{Formula, Model, ModuleKind, Offer, SupportId, TermId, ValueSet};
use crate::verdict::Statements;
use std::collections::BTreeSet;

pub(super) const NAME: &str = "offer-below-terms";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "forløb-under-vilkår",
        severity: Severity::Warning,
        about: text!(en: "an offer that leaves room for less than is due", da: "et forløb, der levner plads til mindre, end borgeren har krav på"),
        explanation: text!(
            en: "Some citizen has a claim (ret or skal) to a support the offer delivers, on terms that some of the offered values \
                 do not meet. Bought at those values it does not give what is due. Compared with the law and with each \
                 municipality; one finding for each offer and term, where what is due is strictest. An offer that does \
                 not name the term is not compared.",
            da: "En borger har krav (ret eller skal) på en støtte, som forløbet leverer, på vilkår, som nogle af de udbudte \
                 værdier ikke opfylder. Købt til de værdier giver det ikke det, der er krav på. Der sammenlignes med \
                 loven og med hver kommune; ét fund for hvert forløb og vilkår, hvor kravet er strengest. Et forløb, \
                 der ikke nævner vilkåret, sammenlignes ikke."
        ),
    }
}

/// A place and a support where what is offered of a term falls short, and where it does most.
struct Shortfall {
    asked: usize,
    offered: ValueSet,
    how: Short,
    strictness: i64,
    region: Node,
}

/// Looks at one offer, in the law and in each municipality.
pub(crate) fn find(
    model: &Model,
    places: &Places,
    offer: &Offer,
    budget: u64,
) -> Result<Vec<Found>, NotProven> {
    let terms = terms(offer);
    if offer.has_error || terms.is_empty() {
        return Ok(Vec::new());
    }
    let mut days: Vec<Formula> = vec![on(&days_of(model, offer))];
    for term in &terms {
        days.extend(stretches(model, offer, *term).iter().map(|(days, _)| on(days)));
    }
    let mut asked = Vec::new();
    for (statements, support) in places_and_supports(model, places, offer) {
        asked.push(Asked::new(model, statements, support, &days, budget)?);
    }
    let mut found = Vec::new();
    for term in terms {
        let mut worst: Option<Shortfall> = None;
        for at in 0..asked.len() {
            for (days, offered) in stretches(model, offer, term) {
                let here = shortfall(model, &mut asked, at, term, (&days, &offered))?;
                worst = match (worst, here) {
                    (Some(worst), Some(here)) => {
                        let is_worse = (here.how, here.strictness) > (worst.how, worst.strictness);
                        Some(if is_worse { here } else { worst })
                    }
                    (worst, here) => worst.or(here),
                };
            }
        }
        if let Some(worst) = worst {
            found.push(tell(model, &mut asked[worst.asked], offer, term, &worst)?);
        }
    }
    if asked.iter().any(|asked| asked.diagrams.truncated) {
        found.push(Found::More);
    }
    Ok(found)
}

/// What an offer delivers in the law and in each municipality, in this order.
pub(super) fn places_and_supports<'a>(
    model: &Model,
    places: &'a Places,
    offer: &Offer,
) -> Vec<(&'a Statements, SupportId)> {
    let delivered: Vec<SupportId> =
        model.support_ids().filter(|support| delivers(model, offer, *support)).collect();
    let each = |place: &'a Statements| delivered.iter().map(move |support| (place, *support));
    places.iter().filter(|place| is_compared(model, place)).flat_map(each).collect()
}

/// Whether offers are held against what is decided here: in the law alone and in each municipality.
pub(super) fn is_compared(model: &Model, place: &Statements) -> bool {
    place.place.module().is_none_or(|id| model.modules[id.index()].kind == ModuleKind::Municipality)
}

fn shortfall(
    model: &Model,
    asked: &mut [Asked<'_>],
    at: usize,
    term: TermId,
    (days, offered): (&ValueSet, &ValueSet),
) -> Result<Option<Shortfall>, NotProven> {
    let Some(here) = asked.get_mut(at) else { return Ok(None) };
    let measure = |due: &ValueSet| Some((short(model, term, offered, due)?, strictness(model, term, due)));
    let possible: BTreeSet<(Short, i64)> =
        here.decisions.iter().filter_map(|decision| measure(&due(model, decision, term)?)).collect();
    for (how, strictness) in possible.into_iter().rev() {
        let region = here.holding(&on(days), |decision| {
            due(model, decision, term).and_then(|due| measure(&due)) == Some((how, strictness))
        })?;
        if region != NO {
            return Ok(Some(Shortfall { asked: at, offered: offered.clone(), how, strictness, region }));
        }
    }
    Ok(None)
}

fn tell(
    model: &Model,
    asked: &mut Asked<'_>,
    offer: &Offer,
    term: TermId,
    worst: &Shortfall,
) -> Result<Found, NotProven> {
    let Some(profile) = asked.diagrams.witness(worst.region)? else { return Ok(Found::Disagreement) };
    let support = asked.support;
    let case = asked.case(&profile);
    let claim = due(model, &decided(&case, support), term).unwrap_or_default();
    let claim = bound_in_words(model, term, &claim);
    let (name, of) = (&offer.name, &model.supports[support.index()].name);
    let (term_name, given) = (&model.terms[term.index()].name, offered_words(offer, term));
    let (check, severity, en, da) = match worst.how {
        Short::Always => (offer_cannot_deliver::NAME, Severity::Error, "never enough for", "aldrig nok til"),
        Short::Sometimes => (NAME, Severity::Warning, "not always enough for", "ikke altid nok til"),
    };
    let message = Text {
        en: format!("`{name}`: `{term_name}` is {}, {en} `{of}`, where `{claim}` is due", given.en),
        da: format!(
            "`{name}`: `{term_name}` er {}, {da} `{of}`, hvor borgeren har krav på `{claim}`",
            given.da
        ),
    };
    let mut diagnostic = Diagnostic::new(check, severity, message);
    diagnostic.module = Some(model.modules[offer.module.index()].name.clone());
    diagnostic.support = Some(of.clone());
    let diagnostic = label(&case, offer, term, support, diagnostic).help(match worst.how {
        Short::Always => text!(
            en: "do not use this offer for those who have the claim, or agree on other terms",
            da: "brug ikke forløbet til dem, der har kravet, eller aftal andre vilkår"
        ),
        Short::Sometimes => text!(
            en: "agree with the provider on no less than is due to those who have the claim",
            da: "aftal med leverandøren mindst det, som de, der har kravet, skal have"
        ),
    });
    let (how, strict, offered) = (worst.how, worst.strictness, worst.offered.clone());
    with_region(&mut asked.diagrams, diagnostic, worst.region, |case| {
        let due = due(model, &decided(case, support), term);
        due.is_some_and(|due| {
            short(model, term, &offered, &due) == Some(how) && strictness(model, term, &due) == strict
        })
    })
}
