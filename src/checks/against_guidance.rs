//! A place says something else than a guidance does.

use super::cause::{Group, attribute, join};
use super::offers::names;
use super::undercut::by_layer;
use super::view::{Side, Statement, View, What, name_rules, with_region};
use super::words::{bounds_of, grades_of, label_group, rule_label, speaker};
use super::{Card, tasks::Found};
use crate::diagram::{Diagrams, Leaves, NO, NotProven, doubtful, unsettled};
use crate::ground::{Diagnostic, Severity, Text, list, text};
use crate::model::{
    DATE, Formula, Grade, Model, ModuleId, ModuleKind, Offer, Place, Role, RuleId, SupportId, TermId,
};
use crate::verdict::{Departure, Layer, Statements, Verdict, compare_terms, departure, distance};
use std::collections::BTreeMap;

pub(crate) const NAME: &str = "against-guidance";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "mod-vejledningen",
        severity: Severity::Note,
        about: text!(
            en: "a municipality or an offer says something else than a guidance",
            da: "kommunen eller et forløb siger noget andet end en vejledning"
        ),
        explanation: text!(
            en: "A guidance recommends and never binds. The municipality gives, or lets do, what the guidance advises \
                 against; refuses what it recommends; gives as kan what it says is due; or bounds a term worse than it \
                 does. An offer performs a task that the guidance advises against. It is a note: whoever departs from \
                 a guidance should know it and have a reason.",
            da: "En vejledning anbefaler og binder aldrig. Kommunen giver eller lader udføre, hvad vejledningen \
                 fraråder; afviser, hvad den anbefaler; giver som kan, hvad den siger, at der er krav på; eller sætter \
                 en ringere grænse for et vilkår. Et forløb udfører en opgave, som vejledningen fraråder. Det er en \
                 bemærkning: den, der fraviger en vejledning, bør vide det og have en grund."
        ),
        definition: text!(
            en: "For a municipality or an institution and a guidance, neither of which contradicts \
                 itself: the guidance only speaks against a support (må ikke, bør ikke) and the place \
                 speaks for it; or the guidance only speaks for it and the place gives nothing and \
                 speaks against it, or gives kan where the guidance says ret or skal; or the place's \
                 bounds on a term would be under-loven if the guidance were law. An offer performs a \
                 task of which the guidance only speaks against.",
            da: "For en kommune eller institution og en vejledning, der ikke modsiger sig selv: \
                 vejledningen taler kun imod en støtte (må ikke, bør ikke), og stedet taler for den; \
                 eller vejledningen taler kun for den, og stedet giver intet og taler imod, eller \
                 giver kan, hvor vejledningen siger ret eller skal; eller stedets grænser for et \
                 vilkår ville være under-loven, var vejledningen lov. Et forløb udfører en opgave, \
                 som vejledningen kun taler imod."
        ),
        sections: "6",
        reason: text!(
            en: "A guidance from a ministry does not bind the municipality, but it says how the authority that made \
                 the rule understands it. Who departs from it must be able to give a reason the law allows.",
            da: "En vejledning binder ikke kommunen, men den siger, hvordan den myndighed, der har udstedt reglen, \
                 forstår den. Den, der fraviger den, skal kunne give en saglig grund."
        ),
        example: include_str!("examples/against-guidance.md"),
    }
}

/// Where a municipality or an institution is heard together with one guidance, once for each pair of them.
pub(crate) fn places(model: &Model) -> Vec<(Place, Layer)> {
    let places = model.places();
    let kind = |place: &Place| place.own().kind(model);
    let guidances = places.iter().filter(|place| kind(place) == ModuleKind::Guidance);
    let asked = places.iter().filter(|place| kind(place).decides());
    let guidances: Vec<Layer> = guidances.map(Place::own).collect();
    let beside = |place: &Place, guidance: Layer| {
        let mut layers = place.layers.clone();
        layers.insert(layers.len().saturating_sub(1), guidance);
        (Place { layers }, guidance)
    };
    asked.flat_map(|place| guidances.iter().map(move |guidance| beside(place, *guidance))).collect()
}

/// Looks at one support or task in such a place.
pub(crate) fn find(view: &mut View<'_>, guidance: Layer) -> Result<Vec<Found>, NotProven> {
    let node = view.diagrams.verdict(guidance, view.support, &mut view.leaves)?;
    let side = view.beside(guidance, node)?;
    let mut found = Vec::new();
    for wanted in [Departure::Discouraged, Departure::Refused, Departure::Weaker] {
        found.extend(in_grade(view, &side, wanted)?);
    }
    for (term, bounds) in &side.bounds {
        found.extend(in_term(view, &side, *term, bounds)?);
    }
    Ok(found)
}

/// Whether a grade speaks for the support: 1, against it: -1.
fn leaning(what: &What) -> i8 {
    match what {
        What::Grade(Grade::May | Grade::Right | Grade::Must | Grade::Should) => 1,
        What::Grade(Grade::MustNot | Grade::ShouldNot) => -1,
        What::Grade(Grade::MustAssess) | What::Bound(..) | What::Blocks => 0,
    }
}

fn in_grade(view: &mut View<'_>, side: &Side, wanted: Departure) -> Result<Vec<Found>, NotProven> {
    let (layer, support, model) = (view.layer, view.support, view.model());
    let Side { above: guidance, node, statements, .. } = side;
    let (guidance, node) = (*guidance, *node);
    let region = view.compared_where(node, |advised, own| departure(advised, own) == Some(wanted))?;
    let clash = |one: &Statement, other: &Statement| {
        let leanings = (leaning(&one.what), leaning(&other.what));
        (one.layer, other.layer) == (guidance, layer)
            && match wanted {
                Departure::Discouraged => leanings == (-1, 1),
                Departure::Refused => leanings == (1, -1),
                Departure::Weaker => {
                    matches!(one.what, What::Grade(Grade::Right | Grade::Must))
                        && other.what == What::Grade(Grade::May)
                }
            }
    };
    let mut found = Vec::new();
    let groups = attribute(&mut view.diagrams, region, statements, clash)?;
    for group in join(&mut view.diagrams, groups, statements, |s| s.layer == layer)? {
        let (advised, own) = by_layer(layer, &group, statements);
        let words = |group: &Group| {
            let grades = grades_of(group, statements).into_iter();
            list(&grades.map(|grade| format!("`{}`", grade.word())).collect::<Vec<_>>())
        };
        let (advice, said, name) = (words(&advised), words(&own), view.name());
        let (one, other) = (speaker(model, layer), speaker(model, guidance));
        let message = Text {
            en: format!("`{name}`: {} says {} where {} says {}", one.en, said.en, other.en, advice.en),
            da: format!("`{name}`: {} siger {}, hvor {} siger {}", one.da, said.da, other.da, advice.da),
        };
        let diagnostic =
            view.diagnostic(NAME, Severity::Note, message).help(help()).about(home(model, guidance));
        let diagnostic = label_group(model, diagnostic, &own, statements);
        let diagnostic = label_group(model, diagnostic, &advised, statements);
        found.push(with_region(&mut view.diagrams, diagnostic, group.region, |case| {
            departure(&case.verdict(guidance, support), &case.verdict(layer, support)) == Some(wanted)
        })?);
    }
    Ok(found)
}

fn in_term(
    view: &mut View<'_>,
    &Side { above: guidance, node, .. }: &Side,
    term: TermId,
    bounds: &[Statement],
) -> Result<Vec<Found>, NotProven> {
    let (layer, support, model) = (view.layer, view.support, view.model());
    let subject = &model.terms[term.index()];
    let is_worse = |advised: &Verdict, own: &Verdict| {
        let compared = compare_terms(advised, own, term, subject.more_is_better);
        compared.disjoint_firmly || compared.disjoint_softly || compared.leaves_room_for_less
    };
    let region = view.compared_where(node, is_worse)?;
    let across = |one: &Statement, other: &Statement| (one.layer, other.layer) == (guidance, layer);
    let mut found = Vec::new();
    let groups = attribute(&mut view.diagrams, region, bounds, across)?;
    for group in join(&mut view.diagrams, groups, bounds, |s| s.layer == layer)? {
        let (advised, own) = by_layer(layer, &group, bounds);
        let advice = list(&bounds_of(&advised, bounds, term));
        let said = list(&bounds_of(&own, bounds, term));
        let (name, of, other) = (&subject.name, view.name(), speaker(model, guidance));
        let message = Text {
            en: format!("`{of}`: `{name}` is {} where {} says {}", said.en, other.en, advice.en),
            da: format!("`{of}`: `{name}` er {}, hvor {} siger {}", said.da, other.da, advice.da),
        };
        let diagnostic = view.diagnostic(NAME, Severity::Note, message).help(help());
        let diagnostic = diagnostic.about(format!("{}, {name}", home(model, guidance)));
        let diagnostic = label_group(model, diagnostic, &own, bounds);
        let diagnostic = label_group(model, diagnostic, &advised, bounds);
        found.push(with_region(&mut view.diagrams, diagnostic, group.region, |case| {
            is_worse(&case.verdict(guidance, support), &case.verdict(layer, support))
        })?);
    }
    Ok(found)
}

/// What a provider's offers perform.
#[derive(Clone)]
pub(crate) struct Performed<'a> {
    pub provider: ModuleId,
    /// a task, as part of a support they deliver where some `ved` names the two
    task: SupportId,
    offers: Vec<&'a Offer>,
}

/// Every task of every provider.
pub(crate) fn performed(model: &Model) -> Vec<Performed<'_>> {
    let mut all: BTreeMap<(ModuleId, SupportId), Vec<&Offer>> = BTreeMap::new();
    for offer in model.promises.offers.iter().filter(|offer| !offer.has_error) {
        let delivers =
            |support| offer.delivers.iter().any(|target| distance(model, support, *target).is_some());
        for task in &offer.performs {
            let parts = model.support_ids().filter(|id| {
                let one = &model.supports[id.index()];
                one.parent == Some(*task) && matches!(one.role, Role::Pair(support) if delivers(support))
            });
            let parts: Vec<SupportId> = parts.collect();
            let asked = if parts.is_empty() { vec![*task] } else { parts };
            for task in asked {
                all.entry((offer.module, task)).or_default().push(offer);
            }
        }
    }
    all.into_iter().map(|((provider, task), offers)| Performed { provider, task, offers }).collect()
}

/// Whether a guidance advises against a task, in the place of the guidance alone.
pub(crate) fn find_in_offers(
    model: &Model,
    statements: &Statements,
    Performed { provider, task, offers }: &Performed<'_>,
    budget: u64,
) -> Result<Vec<Found>, NotProven> {
    let (task, guidance) = (*task, statements.own());
    let said = statements.about(task);
    let in_doubt = doubtful(model, statements, task);
    let rules: Vec<RuleId> = said.iter().map(|said| said.rule).chain(in_doubt.iter().copied()).collect();
    let days: Vec<Formula> = offers.iter().map(|offer| Formula::Test(DATE, offer.valid.clone())).collect();
    let asked: Vec<&Formula> = days.iter().collect();
    let mut diagrams = Diagrams::new(model, statements, &rules, &asked, budget)?;
    diagrams.prepare(task)?;
    let mut leaves = Leaves::new();
    let verdict = diagrams.verdict(guidance, task, &mut leaves)?;
    let discouraged =
        diagrams.store.map(verdict, &mut |leaf| u32::from(leaves.get(leaf).is_only_advised_against()))?;
    let unsettled = unsettled(&mut diagrams, &in_doubt)?;
    let discouraged = diagrams.store.without(discouraged, unsettled)?;
    let discouraged = diagrams.store.and(discouraged, diagrams.possible)?;
    let (mut region, mut performing, mut offered) = (NO, Vec::new(), Vec::new());
    for (offer, days) in offers.iter().zip(&days) {
        let here = diagrams.formula(days)?;
        let here = diagrams.store.and(discouraged, here)?;
        if here != NO {
            region = diagrams.store.or(region, here)?;
            performing.push(*offer);
            offered.push(days);
        }
    }
    if region == NO {
        return Ok(Vec::new());
    }
    let (name, who, other) =
        (&model.supports[task.index()].name, names(&performing), speaker(model, guidance));
    let performs = if performing.len() == 1 { "performs" } else { "perform" };
    let message = Text {
        en: format!("{} {performs} `{name}`, which {} advises against", who.en, other.en),
        da: format!("{} udfører `{name}`, som {} fraråder", who.da, other.da),
    };
    let mut diagnostic = Diagnostic::new(NAME, Severity::Note, message).help(text!(
        en: "a guidance does not bind: take the task out of the offer, or note why it stays",
        da: "en vejledning binder ikke: tag opgaven ud af forløbet, eller notér, hvorfor den bliver stående"
    ));
    diagnostic.module = Some(model.modules[provider.index()].name.clone());
    diagnostic.support = Some(name.clone());
    diagnostic.about = Some(home(model, guidance).to_owned());
    for offer in &performing {
        diagnostic = diagnostic.label(offer.name_span, Text::same(&offer.name));
    }
    let mut advising = Vec::new();
    for said in said {
        for grade in said.grades.iter().filter(|said| leaning(&What::Grade(said.grade)) < 0) {
            let stands = diagrams.stands(said, grade, task)?;
            if diagrams.store.and(stands, region)? != NO {
                diagnostic = diagnostic.label(grade.span, rule_label(model, said.rule));
                advising.push(said.rule);
            }
        }
    }
    name_rules(model, &mut diagnostic, advising);
    diagnostic.rules.extend(performing.iter().map(|offer| offer.name.clone()));
    diagnostic.rules.sort();
    let found = with_region(&mut diagrams, diagnostic, region, |case| {
        let sold = offered.iter().any(|days| case.holds(days));
        case.verdict(guidance, task).is_only_advised_against() && sold
    })?;
    Ok(if diagrams.truncated { vec![found, Found::More] } else { vec![found] })
}

/// The guidance's name.
fn home(model: &Model, guidance: Layer) -> &str {
    match guidance {
        Layer::Module(module) => &model.modules[module.index()].name,
        Layer::Law => "",
    }
}

fn help() -> Text {
    text!(
        en: "a guidance does not bind: follow it, or write with `fordi` why the rule departs from it",
        da: "en vejledning binder ikke: følg den, eller skriv med `fordi`, hvorfor reglen fraviger den"
    )
}
