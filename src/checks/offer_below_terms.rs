//! An offer that is not always enough for those who have a claim to what it delivers.

use super::offer_cannot_deliver;
use super::offers::{
    Asked, Short, comparable, days_of, decided, delivers, due, label, names, offered_words, on, short,
    stretches, strictness, subject, terms,
};
use super::places::Places;
use super::view::with_region;
use super::words::bound_in_words;
use super::{Card, tasks::Found};
use crate::diagram::{NO, Node, NotProven};
use crate::ground::{Diagnostic, Severity, Text, text};
use crate::model::{DATE, Formula, Model, ModuleId, ModuleKind, Offer, SupportId, TermId, ValueSet};
use crate::verdict::Statements;
use std::collections::{BTreeMap, BTreeSet};

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
                 municipality, where what is due is strictest; what one provider offers in the same case is one \
                 finding. An offer that does not name the term is not compared.",
            da: "En borger har krav (ret eller skal) på en støtte, som forløbet leverer, på vilkår, som nogle af de udbudte \
                 værdier ikke opfylder. Købt til de værdier giver det ikke det, der er krav på. Der sammenlignes med \
                 loven og med hver kommune, hvor kravet er strengest; det, én leverandør udbyder i samme tilfælde, er \
                 ét fund. Et forløb, der ikke nævner vilkåret, sammenlignes ikke."
        ),
        definition: text!(
            en: "The offer delivers a support that is due, stands on that day, and some but not all \
                 of the values it offers of a term are worse than what is due.",
            da: "Forløbet leverer en støtte, der er krav på, gælder den dag, og nogle, men ikke alle, \
                 af de værdier, det tilbyder af et vilkår, er ringere end det, der er krav på."
        ),
        sections: "10",
        reason: text!(
            en: "Whoever buys help from others still owes the citizen what the law and the service level promise.",
            da: "Den, der køber hjælpen hos andre, skylder stadig borgeren det, loven og serviceniveauet lover."
        ),
        example: include_str!("examples/offer-below-terms.md"),
    }
}

/// Where what is offered of a term falls short in a place of a support, and where it does most.
struct Shortfall {
    /// what is offered, on which days
    stretches: Vec<(ValueSet, ValueSet)>,
    region: Node,
}

/// What shortfalls are told together by: the term, the place and the support, how far they fall short, and of what.
type Matter = (TermId, usize, Short, i64);

/// Looks at all a provider sells, in the law and in each municipality.
pub(crate) fn find(
    model: &Model,
    places: &Places,
    provider: ModuleId,
    budget: u64,
) -> Result<Vec<Found>, NotProven> {
    let offers = comparable(model, provider);
    let mut days: Vec<Formula> = Vec::new();
    for offer in &offers {
        days.push(on(&days_of(model, offer)));
        for term in terms(offer) {
            days.extend(stretches(model, offer, term).iter().map(|(days, _)| on(days)));
        }
    }
    let mut asked = Vec::new();
    for (statements, support) in places_and_supports(model, places, &offers) {
        asked.push(Asked::new(model, statements, support, &days, budget)?);
    }
    let mut matters: BTreeMap<Matter, Vec<(&Offer, Shortfall)>> = BTreeMap::new();
    for offer in offers {
        for term in terms(offer) {
            if let Some((matter, shortfall)) = worst(model, &mut asked, offer, term)? {
                matters.entry(matter).or_default().push((offer, shortfall));
            }
        }
    }
    let mut found = Vec::new();
    for (matter, short) in matters {
        found.push(tell(model, &mut asked[matter.1], matter, &short)?);
    }
    if asked.iter().any(|asked| asked.diagrams.truncated) {
        found.push(Found::More);
    }
    Ok(found)
}

/// Where an offer falls short the most.
fn worst<'a>(
    model: &'a Model,
    asked: &mut [Asked<'a>],
    offer: &Offer,
    term: TermId,
) -> Result<Option<(Matter, Shortfall)>, NotProven> {
    let stretches = stretches(model, offer, term);
    let mut worst: Option<(Matter, Node)> = None;
    for (at, here) in asked.iter_mut().enumerate() {
        if !delivers(model, offer, here.support) {
            continue;
        }
        let Some((how, strictness, region)) = shortfall(model, here, term, &stretches)? else { continue };
        let is_worse =
            worst.as_ref().is_none_or(|((_, _, known, strict), _)| (how, strictness) > (*known, *strict));
        if is_worse {
            worst = Some(((term, at, how, strictness), region));
        }
    }
    Ok(worst.map(|(matter, region)| (matter, Shortfall { stretches, region })))
}

/// What a provider delivers in the law and in each municipality, in this order.
pub(super) fn places_and_supports<'a>(
    model: &Model,
    places: &'a Places,
    offers: &[&Offer],
) -> Vec<(&'a Statements, SupportId)> {
    let sold = |support: &SupportId| offers.iter().any(|offer| delivers(model, offer, *support));
    let delivered: Vec<SupportId> = model.support_ids().filter(sold).collect();
    let each = |place: &'a Statements| delivered.iter().map(move |support| (place, *support));
    places.iter().filter(|place| is_compared(model, place)).flat_map(each).collect()
}

/// Whether offers are held against what is decided here: in the law alone and in each municipality.
pub(super) fn is_compared(model: &Model, place: &Statements) -> bool {
    place.place.module().is_none_or(|id| model.modules[id.index()].kind == ModuleKind::Municipality)
}

fn shortfall(
    model: &Model,
    here: &mut Asked<'_>,
    term: TermId,
    stretches: &[(ValueSet, ValueSet)],
) -> Result<Option<(Short, i64, Node)>, NotProven> {
    let measure = |offered: &ValueSet, due: &ValueSet| {
        Some((short(model, term, offered, due)?, strictness(model, term, due)))
    };
    let dues: Vec<ValueSet> =
        here.decisions.iter().filter_map(|decision| due(model, decision, term)).collect();
    let pairs = stretches.iter().flat_map(|(_, offered)| dues.iter().map(move |due| (offered, due)));
    let possible: BTreeSet<(Short, i64)> = pairs.filter_map(|(offered, due)| measure(offered, due)).collect();
    for (how, strictness) in possible.into_iter().rev() {
        let mut region = NO;
        for (days, offered) in stretches {
            let short_here = here.holding(&on(days), |decision| {
                due(model, decision, term).and_then(|due| measure(offered, &due)) == Some((how, strictness))
            })?;
            region = here.diagrams.store.or(region, short_here)?;
        }
        if region != NO {
            return Ok(Some((how, strictness, region)));
        }
    }
    Ok(None)
}

fn tell(
    model: &Model,
    asked: &mut Asked<'_>,
    (term, _, how, strict): Matter,
    shortfalls: &[(&Offer, Shortfall)],
) -> Result<Found, NotProven> {
    let mut region = NO;
    for (_, shortfall) in shortfalls {
        region = asked.diagrams.store.or(region, shortfall.region)?;
    }
    let Some(profile) = asked.diagrams.witness(region)? else { return Ok(Found::Disagreement) };
    let offers: Vec<&Offer> = shortfalls.iter().map(|(offer, _)| *offer).collect();
    let support = asked.support;
    let case = asked.case(&profile);
    let claim = due(model, &decided(&case, support), term).unwrap_or_default();
    let claim = bound_in_words(model, term, &claim);
    let (name, of) = (names(&offers), &model.supports[support.index()].name);
    let (term_name, given) = (&model.terms[term.index()].name, offered_words(&offers, term));
    let (check, severity, en, da) = match how {
        Short::Always => (offer_cannot_deliver::NAME, Severity::Error, "never enough for", "aldrig nok til"),
        Short::Sometimes => (NAME, Severity::Warning, "not always enough for", "ikke altid nok til"),
    };
    let message = Text {
        en: format!("{}: `{term_name}` is {}, {en} `{of}`, where `{claim}` is due", name.en, given.en),
        da: format!(
            "{}: `{term_name}` er {}, {da} `{of}`, hvor borgeren har krav på `{claim}`",
            name.da, given.da
        ),
    };
    let mut diagnostic = Diagnostic::new(check, severity, message);
    diagnostic.about = Some(subject(model, &offers, term));
    diagnostic.module = offers.first().map(|offer| model.modules[offer.module.index()].name.clone());
    diagnostic.support = Some(of.clone());
    let diagnostic = label(&case, &offers, term, support, diagnostic).help(match how {
        Short::Always => text!(
            en: "do not use them for those who have the claim, or agree on other terms",
            da: "brug dem ikke til dem, der har kravet, eller aftal andre vilkår"
        ),
        Short::Sometimes => text!(
            en: "agree with the provider on no less than is due to those who have the claim",
            da: "aftal med leverandøren mindst det, som de, der har kravet, skal have"
        ),
    });
    with_region(&mut asked.diagrams, diagnostic, region, |case| {
        let due = due(model, &decided(case, support), term);
        let today = case.profile.0[DATE.index()];
        due.filter(|due| strictness(model, term, due) == strict).is_some_and(|due| {
            let stretches = shortfalls.iter().flat_map(|(_, of)| &of.stretches);
            let mut offered = stretches.filter(|(days, _)| days.contains(today));
            offered.any(|(_, offered)| short(model, term, offered, &due) == Some(how))
        })
    })
}
