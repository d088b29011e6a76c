//! An offer without an end, where the law has one.

use super::offer_below_terms::places_and_supports;
use super::offers::{
    Asked, better_end, comparable, decided, delivers, is_ordered, label, names, offered_words, on, stretches,
    subject, terms,
};
use super::places::Places;
use super::view::with_region;
use super::words::bound_in_words;
use super::{Card, tasks::Found};
use crate::diagram::{NO, NotProven};
use crate::ground::{Diagnostic, Severity, Text, text};
use crate::model::{Formula, Model, ModuleId, Offer, TermId, ValueSet};
use crate::verdict::{Decision, Grant};
use std::collections::{BTreeMap, BTreeSet};

pub(super) const NAME: &str = "offer-unbounded";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "forløb-uden-grænse",
        severity: Severity::Warning,
        about: text!(en: "an offer without an end where the law has one", da: "et forløb uden grænse, hvor loven har en"),
        explanation: text!(
            en: "The law grants a support the offer delivers and bounds a term on its better side (upwards, where the term has \
                 no direction): an agreement of at most six months. The offer names the term and has no such end. What is \
                 bought without one can run past what the law allows, and past that a new decision is needed.",
            da: "Loven giver en støtte, som forløbet leverer, og begrænser et vilkår på den bedre side (opad, hvor vilkåret ikke \
                 har en retning): en aftale på højst seks måneder. Forløbet nævner vilkåret og har ingen sådan grænse. \
                 Det, der købes uden, kan løbe ud over, hvad loven tillader, og derefter kræves en ny afgørelse."
        ),
        definition: text!(
            en: "The offer delivers a support the law grants and stands on that day; the law decides \
                 an end of a term on the better side (upwards without a direction) before the end of \
                 the term's values, and the offer names the term and goes to the end of the values.",
            da: "Forløbet leverer en støtte, loven giver, og gælder den dag; loven sætter en ende på \
                 et vilkår på den bedre side (opad uden en retning), før vilkårets værdier hører op, \
                 og forløbet nævner vilkåret og går, til værdierne hører op."
        ),
        sections: "10",
        reason: text!(
            en: "What is bought beyond what the law allows to be given has no basis, and nobody has decided to pay \
                 for it.",
            da: "Det, der købes ud over, hvad loven giver adgang til, har intet grundlag, og ingen har besluttet at \
                 betale for det."
        ),
        example: include_str!("examples/offer-unbounded.md"),
    }
}

/// The law's values of a term for a citizen to whom it grants the support, where they end on the better side.
fn ending(model: &Model, decision: &Decision, term: TermId) -> Option<ValueSet> {
    let whole = model.terms[term.index()].domain.all();
    let set = decision.terms.get(&term)?.as_ref()?.intersection(&whole);
    let granted = decision.grant.is_some_and(Grant::is_granted);
    Some(set)
        .filter(|set| granted && better_end(model, term, set) < better_end(model, term, &whole))
        .filter(|set| !set.is_empty())
}

/// On which days what an offer says of a term is without an end.
fn endless(model: &Model, offer: &Offer, term: TermId) -> ValueSet {
    let whole = model.terms[term.index()].domain.all();
    let open = |set: &ValueSet| better_end(model, term, set) == better_end(model, term, &whole);
    let stretches = stretches(model, offer, term).into_iter();
    let days = stretches.filter(|(_, offered)| open(offered)).map(|(days, _)| days);
    days.fold(ValueSet::empty(), |all, days| all.union(&days))
}

/// What offers are told together by: the term, the support, and where the law ends.
type Matter = (TermId, usize, i64);

/// Looks at all a provider sells against the law alone.
pub(crate) fn find(
    model: &Model,
    places: &Places,
    provider: ModuleId,
    budget: u64,
) -> Result<Vec<Found>, NotProven> {
    let offers = comparable(model, provider);
    let ordered = |term: &TermId| is_ordered(&model.terms[term.index()].domain);
    let mut open: Vec<(&Offer, TermId, ValueSet)> = Vec::new();
    for offer in &offers {
        for term in terms(offer).into_iter().filter(ordered) {
            open.push((offer, term, endless(model, offer, term)));
        }
    }
    open.retain(|(.., days)| !days.is_empty());
    let days: Vec<Formula> = open.iter().map(|(.., days)| on(days)).collect();
    let mut asked = Vec::new();
    let in_law = places_and_supports(model, places, &offers).into_iter();
    for (statements, support) in in_law.filter(|(statements, _)| statements.place.module().is_none()) {
        asked.push(Asked::new(model, statements, support, &days, budget)?);
    }
    let mut matters: BTreeMap<Matter, (Vec<&Offer>, ValueSet)> = BTreeMap::new();
    for (offer, term, days) in open {
        if let Some((at, end)) = strictest(model, &mut asked, offer, term, &days)? {
            let told = matters.entry((term, at, end)).or_insert_with(|| (Vec::new(), ValueSet::empty()));
            told.0.push(offer);
            told.1 = told.1.union(&days);
        }
    }
    let mut found = Vec::new();
    for ((term, at, end), (offers, days)) in matters {
        found.push(tell(model, &mut asked[at], &offers, (term, end), &days)?);
    }
    if asked.iter().any(|asked| asked.diagrams.truncated) {
        found.push(Found::More);
    }
    Ok(found)
}

/// Of what an offer delivers that for which the law ends first.
fn strictest<'a>(
    model: &'a Model,
    asked: &mut [Asked<'a>],
    offer: &Offer,
    term: TermId,
    days: &ValueSet,
) -> Result<Option<(usize, i64)>, NotProven> {
    let mut strictest: Option<(usize, i64)> = None;
    for (at, here) in asked.iter_mut().enumerate() {
        if !delivers(model, offer, here.support) {
            continue;
        }
        let ends = here.decisions.iter().filter_map(|decision| ending(model, decision, term));
        let ends: BTreeSet<i64> = ends.filter_map(|set| better_end(model, term, &set)).collect();
        for end in ends {
            if strictest.is_some_and(|(_, known)| known <= end) {
                break;
            }
            if ends_at(model, here, term, end, days)? != NO {
                strictest = Some((at, end));
                break;
            }
        }
    }
    Ok(strictest)
}

fn ends_at(
    model: &Model,
    asked: &mut Asked<'_>,
    term: TermId,
    end: i64,
    days: &ValueSet,
) -> Result<crate::diagram::Node, NotProven> {
    asked.holding(&on(days), |decision| {
        ending(model, decision, term).and_then(|set| better_end(model, term, &set)) == Some(end)
    })
}

fn tell(
    model: &Model,
    asked: &mut Asked<'_>,
    offers: &[&Offer],
    (term, end): (TermId, i64),
    days: &ValueSet,
) -> Result<Found, NotProven> {
    let region = ends_at(model, asked, term, end, days)?;
    let Some(profile) = asked.diagrams.witness(region)? else { return Ok(Found::Disagreement) };
    let support = asked.support;
    let case = asked.case(&profile);
    let law = ending(model, &decided(&case, support), term).unwrap_or_default();
    let law = bound_in_words(model, term, &law);
    let (name, of) = (names(offers), &model.supports[support.index()].name);
    let (term_name, given) = (&model.terms[term.index()].name, offered_words(offers, term));
    let (en, da) = match model.terms[term.index()].more_is_better {
        Some(false) => ("a lower", "nedre"),
        _ => ("an upper", "øvre"),
    };
    let message = Text {
        en: format!(
            "{}: `{term_name}` is {} without {en} bound, where the law sets `{law}` for `{of}`",
            name.en, given.en
        ),
        da: format!(
            "{}: `{term_name}` er {} uden {da} grænse, hvor loven sætter `{law}` for `{of}`",
            name.da, given.da
        ),
    };
    let mut diagnostic = Diagnostic::new(NAME, Severity::Warning, message);
    diagnostic.about = Some(subject(model, offers, term));
    diagnostic.module = offers.first().map(|offer| model.modules[offer.module.index()].name.clone());
    diagnostic.support = Some(of.clone());
    let diagnostic = label(&case, offers, term, support, diagnostic).help(text!(
        en: "agree on an end that the law allows; past it a new decision is needed",
        da: "aftal en grænse, som loven tillader; derefter kræves en ny afgørelse"
    ));
    with_region(&mut asked.diagrams, diagnostic, region, |case| {
        let law = ending(model, &decided(case, support), term);
        law.and_then(|set| better_end(model, term, &set)) == Some(end)
    })
}
