//! The law bounds a term, and the municipality grants the support without naming it.

use super::view::{name_rules, with_region};
use super::words::{rule_label, speaker};
use super::{Card, tasks::Found};
use crate::diagram::{Diagrams, Leaves, NO, Node, NotProven, doubtful, unsettled};
use crate::ground::{Diagnostic, Severity, Text, list, text};
use crate::model::{Bound, Grade, Model, RuleId, SupportId, TermId};
use crate::verdict::{Layer, Part, Said, Statements};
use std::collections::BTreeSet;

const NAME: &str = "silent-term";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "tavst-vilkår",
        severity: Severity::Note,
        about: text!(
            en: "the law bounds a term that the local rules do not mention",
            da: "loven sætter en grænse, som de lokale regler ikke nævner"
        ),
        explanation: text!(
            en: "The municipality grants the support and says nothing of the term; the law's bound applies all the \
                 same. It is a note, so that a caseworker who reads only the local level is not misled. One finding \
                 for each term, over all supports and all rules above. A term that is neither better nor worse \
                 for the citizen (`refusion`) is not asked.",
            da: "Kommunen giver støtten og siger intet om vilkåret; lovens grænse gælder alligevel. Det er en \
                 bemærkning, så en sagsbehandler, der kun læser serviceniveauet, ikke vildledes. Én melding for \
                 hvert vilkår, på tværs af støtter og af lovens regler. Et vilkår, der hverken er bedre eller \
                 dårligere for borgeren (`refusion`), spørges der ikke om."
        ),
        definition: text!(
            en: "A rule of a layer that binds the place has an active bound on a term with a \
                 direction, of a support the place's own layer grants, and no rule of that layer has \
                 an active bound on the term.",
            da: "En regel i et lag, der binder stedet, har en grænse, der virker, for et vilkår med \
                 en retning i en støtte, som stedets eget lag giver, og ingen regel i det lag har en \
                 grænse, der virker, for vilkåret."
        ),
        sections: "6",
        reason: text!(
            en: "What the law promises applies whether or not the service level repeats it. But those who decide \
                 read the service level, and the citizen who is not told of a right does not claim it.",
            da: "Det, loven lover, gælder, hvad enten serviceniveauet gentager det eller ej. Men de, der afgør \
                 sagerne, læser serviceniveauet, og den borger, der ikke får at vide, hvad hun har ret til, kræver \
                 det ikke."
        ),
        example: include_str!("examples/silent-term.md"),
    }
}

/// Every term with a direction that the layers which bind a place's own bound for a support: what is neither better
/// nor worse for the citizen need not be said in a level.
pub(crate) fn terms_above(model: &Model, statements: &Statements) -> BTreeSet<TermId> {
    let above = statements.above(statements.own());
    leaves_of(model, statements)
        .flat_map(|support| statements.about(support))
        .filter(|said| above.contains(&said.layer))
        .flat_map(|said| said.bounds.iter().filter(|bound| bound.is_checkable()).map(|bound| bound.term))
        .filter(|term| model.terms[term.index()].more_is_better.is_some())
        .collect()
}

fn leaves_of<'a>(model: &'a Model, statements: &'a Statements) -> impl Iterator<Item = SupportId> + 'a {
    statements.judged.iter().copied().filter(|id| !model.supports[id.index()].is_kind)
}

/// The rules above a place's own layer that bound a term for a support.
fn bounding(statements: &Statements, support: SupportId, term: TermId) -> Vec<RuleId> {
    let above = statements.above(statements.own());
    let bounds = |said: &&Said| {
        let mut bounds = said.bounds.iter();
        above.contains(&said.layer) && bounds.any(|bound| bound.term == term && bound.is_checkable())
    };
    statements.about(support).iter().filter(bounds).map(|said| said.rule).collect()
}

/// Looks for grants of a place's own layer that are silent on a term the layers above it bound.
pub(crate) fn find(
    model: &Model,
    statements: &Statements,
    term: TermId,
    budget: u64,
) -> Result<Vec<Found>, NotProven> {
    let layer = statements.own();
    let concerned: Vec<SupportId> = leaves_of(model, statements)
        .filter(|id| !bounding(statements, *id, term).is_empty())
        .filter(|id| statements.about(*id).iter().any(|said| said.layer == layer && !said.grades.is_empty()))
        .collect();
    let heard = |said: &&Said| statements.gives_way(layer, said.layer);
    let about = concerned.iter().flat_map(|support| statements.about(*support)).filter(heard);
    let in_doubt = concerned.iter().flat_map(|support| doubtful(model, statements, *support));
    let rules: BTreeSet<RuleId> = about.map(|said| said.rule).chain(in_doubt).collect();
    let mut diagrams = Diagrams::new(model, statements, &Vec::from_iter(rules), &[], budget)?;
    let mut region = NO;
    let (mut bounding_rules, mut silent_rules) = (BTreeSet::new(), BTreeSet::new());
    let mut told_of = Vec::new();
    for support in &concerned {
        let silent = silent(&mut diagrams, layer, *support, term)?;
        let mut here = NO;
        for rule in bounding(statements, *support, term) {
            let bound = bound_by(&mut diagrams, rule, *support, term)?;
            let bound = diagrams.store.and(bound, silent)?;
            if bound != NO {
                bounding_rules.insert(rule);
                here = diagrams.store.or(here, bound)?;
            }
        }
        for said in
            statements.about(*support).iter().filter(|said| said.layer == layer && !said.grades.is_empty())
        {
            for grade in said.grades.iter().filter(|said| gives(said.grade)) {
                let stands = diagrams.stands(said, grade, *support)?;
                if diagrams.store.and(stands, here)? != NO {
                    silent_rules.insert(said.rule);
                }
            }
        }
        region = diagrams.store.or(region, here)?;
        told_of.extend((here != NO).then_some(*support));
    }
    if region == NO {
        return Ok(Vec::new());
    }
    let diagnostic = tell(model, layer, (&bounding_rules, term), &told_of, silent_rules);
    let claim = with_region(&mut diagrams, diagnostic, region, |case| {
        concerned.iter().any(|support| {
            let local = case.verdict(layer, *support);
            let bound = bounding(statements, *support, term).into_iter().any(|rule| {
                let said = statements.by(rule, *support);
                said.is_some_and(|said| case.is_active(said, Part::Term(term), *support))
            });
            bound && local.grant().is_granted() && !local.names(term)
        })
    })?;
    Ok(if diagrams.truncated { vec![claim, Found::More] } else { vec![claim] })
}

fn gives(grade: Grade) -> bool {
    matches!(grade, Grade::May | Grade::Right | Grade::Must)
}

fn bound_by(
    diagrams: &mut Diagrams<'_>,
    rule: RuleId,
    support: SupportId,
    term: TermId,
) -> Result<Node, NotProven> {
    let Some(said) = diagrams.statements.by(rule, support) else { return Ok(NO) };
    diagrams.active(said, Part::Term(term), support)
}

/// Where the layer grants the support and says nothing of the term, and no rule with an error may do so.
fn silent(
    diagrams: &mut Diagrams<'_>,
    layer: Layer,
    support: SupportId,
    term: TermId,
) -> Result<Node, NotProven> {
    let mut leaves = Leaves::new();
    let local = diagrams.verdict(layer, support, &mut leaves)?;
    let grants = diagrams.store.map(local, &mut |leaf| {
        let verdict = leaves.get(leaf);
        u32::from(verdict.grant().is_granted() && !verdict.names(term))
    })?;
    let unsettled = unsettled(diagrams, &doubtful(diagrams.model, diagrams.statements, support))?;
    let settled = diagrams.store.without(grants, unsettled)?;
    diagrams.store.and(settled, diagrams.possible)
}

fn tell(
    model: &Model,
    layer: Layer,
    (bounding, term): (&BTreeSet<RuleId>, TermId),
    told_of: &[SupportId],
    silent_rules: BTreeSet<RuleId>,
) -> Diagnostic {
    let name = &model.terms[term.index()].name;
    let bounds = |rule: &RuleId| {
        let bounds = model.rule(*rule).effects.iter().flat_map(|effect| &effect.bounds);
        bounds.filter(|bound| bound.term == term).map(move |bound| (*rule, bound)).collect::<Vec<_>>()
    };
    let bounds: Vec<(RuleId, &Bound)> = bounding.iter().flat_map(bounds).collect();
    let mut words: Vec<String> = bounds.iter().map(|(_, bound)| format!("`{}`", bound.words)).collect();
    words.dedup();
    let words = list(&words);
    let others = silent_rules.len().saturating_sub(1);
    let (rules, do_not, reglerne) =
        if others == 0 { ("the rule of", "does", "reglen") } else { ("the rules of", "do", "reglerne") };
    let home = |rule: &RuleId| model.modules[model.rule(*rule).module.index()].name.as_str();
    let place = silent_rules.first().map_or("", home);
    let speakers: Vec<Text> = bounding
        .iter()
        .filter_map(|rule| Layer::of(model, *rule))
        .collect::<BTreeSet<Layer>>()
        .into_iter()
        .map(|above| speaker(model, above))
        .collect();
    let says = if speakers.len() > 1 { "say" } else { "says" };
    let above = Text {
        en: list(&speakers.iter().map(|speaker| &speaker.en).collect::<Vec<_>>()).en,
        da: list(&speakers.iter().map(|speaker| &speaker.da).collect::<Vec<_>>()).da,
    };
    let message = Text {
        en: format!(
            "{} {says} {} of `{name}`; {rules} `{place}` {do_not} not mention it",
            above.en, words.en
        ),
        da: format!("{} siger {} om `{name}`; {reglerne} i `{place}` nævner det ikke", above.da, words.da),
    };
    let mut diagnostic = Diagnostic::new(NAME, Severity::Note, message).about(name);
    if let Layer::Module(module) = layer {
        diagnostic.module = Some(model.modules[module.index()].name.clone());
    }
    if let [only] = told_of {
        diagnostic.support = Some(model.supports[only.index()].name.clone());
    }
    for (rule, bound) in bounds {
        diagnostic = diagnostic.label(bound.span, rule_label(model, rule));
    }
    if let Some(first) = silent_rules.first() {
        let span = model.rule(*first).name_span;
        diagnostic =
            diagnostic.label(span, text!(en: "says nothing of `{name}`", da: "siger intet om `{name}`"));
    }
    name_rules(model, &mut diagnostic, silent_rules.into_iter().chain(bounding.iter().copied()));
    let of_those_above = |basis: &String| {
        let cited = bounding.iter().flat_map(|rule| &model.rule(*rule).basis);
        cited.into_iter().any(|citation| citation.text == *basis)
    };
    diagnostic.basis.retain(of_those_above);
    diagnostic.help(match others {
        0 => text!(
            en: "it applies all the same; write it into the local rule as well",
            da: "det gælder alligevel; skriv det også i den lokale regel"
        ),
        others => text!(
            en: "it applies to this rule and {others} more all the same; write it into the local level as well",
            da: "det gælder alligevel, for denne regel og {others} til; skriv det også i serviceniveauet"
        ),
    })
}
