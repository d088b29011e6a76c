//! The law bounds a term, and the municipality grants the support without naming it.

use super::view::{name_rules, with_region};
use super::words::{rule_label, speaker};
use super::{Card, tasks::Found};
use crate::diagram::{Diagrams, Leaves, NO, Node, NotProven, doubtful, unsettled};
use crate::ground::{Diagnostic, Severity, Text, list, text};
use crate::model::{Grade, Model, RuleId, SupportId, TermId};
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
                 for each bound of the law, over all supports it concerns.",
            da: "Kommunen giver støtten og siger intet om vilkåret; lovens grænse gælder alligevel. Det er en \
                 bemærkning, så en sagsbehandler, der kun læser serviceniveauet, ikke vildledes. Én melding for \
                 hver af lovens grænser, på tværs af de støtter den angår."
        ),
    }
}

/// One bound of a layer above: the rule and the term.
pub(crate) type BoundAbove = (RuleId, TermId);

/// Every bound on a support by the layers that bind a place's own.
pub(crate) fn bounds_above(model: &Model, statements: &Statements) -> BTreeSet<BoundAbove> {
    let above = statements.above(statements.own());
    leaves_of(model, statements)
        .flat_map(|support| statements.about(support))
        .filter(|said| above.contains(&said.layer))
        .flat_map(|said| {
            said.bounds.iter().filter(|bound| bound.is_checkable()).map(|bound| (said.rule, bound.term))
        })
        .collect()
}

fn leaves_of<'a>(model: &'a Model, statements: &'a Statements) -> impl Iterator<Item = SupportId> + 'a {
    statements.judged.iter().copied().filter(|id| !model.supports[id.index()].is_kind)
}

/// Looks for grants of a place's own layer that are silent on one bound above it.
pub(crate) fn find(
    model: &Model,
    statements: &Statements,
    (law_rule, term): BoundAbove,
    budget: u64,
) -> Result<Vec<Found>, NotProven> {
    let layer = statements.own();
    let concerned: Vec<SupportId> = leaves_of(model, statements)
        .filter(|id| {
            statements.by(law_rule, *id).is_some_and(|said| said.bounds.iter().any(|b| b.term == term))
        })
        .filter(|id| statements.about(*id).iter().any(|said| said.layer == layer && !said.grades.is_empty()))
        .collect();
    let heard = |said: &&Said| statements.gives_way(layer, said.layer);
    let about = concerned.iter().flat_map(|support| statements.about(*support)).filter(heard);
    let in_doubt = concerned.iter().flat_map(|support| doubtful(model, &statements.place, *support));
    let rules: BTreeSet<RuleId> = about.map(|said| said.rule).chain(in_doubt).collect();
    let mut diagrams = Diagrams::new(model, statements, &Vec::from_iter(rules), &[], budget)?;
    let mut region = NO;
    let mut silent_rules = BTreeSet::new();
    for support in &concerned {
        let silent = silent(&mut diagrams, layer, *support, (law_rule, term))?;
        for said in
            statements.about(*support).iter().filter(|said| said.layer == layer && !said.grades.is_empty())
        {
            for grade in said.grades.iter().filter(|said| gives(said.grade)) {
                let stands = diagrams.stands(said, grade, *support)?;
                if diagrams.store.and(stands, silent)? != NO {
                    silent_rules.insert(said.rule);
                }
            }
        }
        region = diagrams.store.or(region, silent)?;
    }
    if region == NO {
        return Ok(Vec::new());
    }
    let diagnostic = tell(model, layer, (law_rule, term), &concerned, silent_rules);
    let claim = with_region(&mut diagrams, diagnostic, region, |case| {
        concerned.iter().any(|support| {
            let local = case.verdict(layer, *support);
            let bound = statements
                .by(law_rule, *support)
                .is_some_and(|s| case.is_active(s, Part::Term(term), *support));
            bound && local.grant().is_granted() && !local.names(term)
        })
    })?;
    Ok(if diagrams.truncated { vec![claim, Found::More] } else { vec![claim] })
}

fn gives(grade: Grade) -> bool {
    matches!(grade, Grade::May | Grade::Right | Grade::Must)
}

fn silent(
    diagrams: &mut Diagrams<'_>,
    layer: Layer,
    support: SupportId,
    (law_rule, term): BoundAbove,
) -> Result<Node, NotProven> {
    let Some(said) = diagrams.statements.by(law_rule, support) else { return Ok(NO) };
    let bound = diagrams.active(said, Part::Term(term), support)?;
    let mut leaves = Leaves::new();
    let local = diagrams.verdict(layer, support, &mut leaves)?;
    let grants = diagrams.store.map(local, &mut |leaf| {
        let verdict = leaves.get(leaf);
        u32::from(verdict.grant().is_granted() && !verdict.names(term))
    })?;
    let both = diagrams.store.and(bound, grants)?;
    let unsettled = unsettled(diagrams, &doubtful(diagrams.model, &diagrams.statements.place, support))?;
    let both = diagrams.store.without(both, unsettled)?;
    diagrams.store.and(both, diagrams.possible)
}

fn tell(
    model: &Model,
    layer: Layer,
    (law_rule, term): BoundAbove,
    concerned: &[SupportId],
    silent_rules: BTreeSet<RuleId>,
) -> Diagnostic {
    let name = &model.terms[term.index()].name;
    let bounds = model.rule(law_rule).effects.iter().flat_map(|effect| &effect.bounds);
    let bounds: Vec<_> = bounds.filter(|bound| bound.term == term).collect();
    let words: Vec<String> = bounds.iter().map(|bound| format!("`{}`", bound.words)).collect();
    let words = list(&words);
    let others = silent_rules.len().saturating_sub(1);
    let (rules, do_not, reglerne) =
        if others == 0 { ("the rule of", "does", "reglen") } else { ("the rules of", "do", "reglerne") };
    let home = |rule: &RuleId| model.modules[model.rule(*rule).module.index()].name.as_str();
    let place = silent_rules.first().map_or("", home);
    let above = Layer::of(model, law_rule).map(|above| speaker(model, above)).unwrap_or_default();
    let message = Text {
        en: format!("{} says {} for `{name}`; {rules} `{place}` {do_not} not mention it", above.en, words.en),
        da: format!("{} siger {} om `{name}`; {reglerne} i `{place}` nævner det ikke", above.da, words.da),
    };
    let mut diagnostic = Diagnostic::new(NAME, Severity::Note, message);
    if let Layer::Module(module) = layer {
        diagnostic.module = Some(model.modules[module.index()].name.clone());
    }
    if let [only] = concerned {
        diagnostic.support = Some(model.supports[only.index()].name.clone());
    }
    for bound in bounds {
        diagnostic = diagnostic.label(bound.span, rule_label(model, law_rule));
    }
    if let Some(first) = silent_rules.first() {
        let span = model.rule(*first).name_span;
        diagnostic =
            diagnostic.label(span, text!(en: "says nothing of `{name}`", da: "siger intet om `{name}`"));
    }
    name_rules(model, &mut diagnostic, silent_rules.into_iter().chain([law_rule]));
    diagnostic
        .basis
        .retain(|basis| model.rule(law_rule).basis.iter().any(|citation| citation.text == *basis));
    diagnostic.help(match others {
        0 => Text {
            en: format!("{}'s bound applies; write it into the local rule as well", above.en),
            da: format!("{}s grænse gælder; skriv den også i den lokale regel", above.da),
        },
        others => Text {
            en: format!(
                "{}'s bound applies to this rule and {others} more; write it into the local level as well",
                above.en
            ),
            da: format!(
                "{}s grænse gælder for denne regel og {others} til; skriv den også i serviceniveauet",
                above.da
            ),
        },
    })
}
