//! The law gives a right, and no department of the municipality reaches the citizen with it.

use super::accept;
use super::view::{
    Statement, View, What, confirmed, facts_named, meets, name_rules, reach, reaches, replacing,
};
use super::words::{rule_label, speaker};
use super::{Card, tasks::Found};
use crate::diagram::{NO, NotProven};
use crate::evaluate::Case;
use crate::ground::{Severity, Text, text};
use crate::model::{EffectKind, Grade, Model, ModuleId, ModuleKind, RuleId, SupportId};
use crate::verdict::{Layer, Matter, Verdict, distance, spoken_of};

const NAME: &str = "unserved-right";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "ubetjent-ret",
        severity: Severity::Error,
        about: text!(
            en: "the law gives a right that no department serves",
            da: "loven giver en ret, som ingen afdeling betjener"
        ),
        explanation: text!(
            en: "The law says ret or skal, the municipality is divided into departments, and no rule of a department, \
                 nor one that names an `ansvarlig`, speaks of the support for these citizens. Restating the law for \
                 everyone is not serving it: the citizen has a right and nobody to go to. Told box by box.",
            da: "Loven siger ret eller skal, kommunen er delt i afdelinger, og ingen regel i en afdeling, og heller \
                 ingen med en `ansvarlig`, taler om støtten for disse borgere. At gentage loven for alle er ikke at \
                 betjene den: borgeren har en ret og ingen at gå til. Hver afgrænsning meldes for sig."
        ),
    }
}

/// Whether a module is asked how it serves rights: a municipality that is divided into departments.
pub(crate) fn is_asked(model: &Model, module: ModuleId) -> bool {
    model.modules[module.index()].kind == ModuleKind::Municipality
        && model.departments.iter().any(|department| department.module == module)
}

/// The rules of a municipality through which a department or a named unit can reach a citizen with the support.
pub(crate) fn serving_rules(model: &Model, module: ModuleId, support: SupportId) -> Vec<RuleId> {
    let serves = |id: &RuleId| {
        let rule = model.rule(*id);
        let reaches = !rule.places.is_empty() || rule.responsible.is_some();
        rule.module == module && (rule.has_error || (reaches && !targets(model, *id, support).is_empty()))
    };
    model.rule_ids().filter(serves).collect()
}

/// The supports through which a rule's grades speak of `support`: itself, or for a kind anything below it.
fn targets(model: &Model, id: RuleId, support: SupportId) -> Vec<SupportId> {
    let grades = model.rule(id).effects.iter().filter_map(|effect| match (&effect.kind, effect.support) {
        (EffectKind::Grade { grade, .. }, Some(target)) => Some((*grade, target)),
        _ => None,
    });
    let spoken = grades.flat_map(|(grade, target)| spoken_of(model, grade, target));
    spoken.filter(|id| distance(model, *id, support).is_some()).collect()
}

fn is_due(law: &Verdict) -> bool {
    law.is_of_its_own() && law.grant().is_due() && !law.is_contradicted(Matter::Grant) && !law.blocked
}

/// Whether what replaces the support is given as strongly, and by someone.
fn is_met(case: &Case<'_>, module: ModuleId, above: Layer, support: SupportId) -> bool {
    let asked = case.verdict(above, support);
    replacing(case.model, support).any(|other| {
        let mut serving = serving_rules(case.model, module, other).into_iter();
        meets(&asked, &case.verdict(Layer::Module(module), other))
            && serving.any(|rule| reaches(case, rule, targets(case.model, rule, other)))
    })
}

pub(crate) fn find(view: &mut View<'_>, module: ModuleId) -> Result<Vec<Found>, NotProven> {
    let (model, support) = (view.model(), view.support);
    let mut due = NO;
    for (_, above) in view.above.clone() {
        let leaves = &view.leaves;
        let mut here = view.diagrams.store.map(above, &mut |leaf| u32::from(is_due(leaves.get(leaf))))?;
        for other in replacing(model, support) {
            let met = view.replaced_by(other, above)?;
            for rule in serving_rules(model, module, other) {
                let served = reach(&mut view.diagrams, rule, targets(model, rule, other))?;
                let both = view.diagrams.store.and(met, served)?;
                here = view.diagrams.store.without(here, both)?;
            }
        }
        due = view.diagrams.store.or(due, here)?;
    }
    let due = view.diagrams.store.without(due, view.unsettled_above)?;
    let due = view.diagrams.store.and(due, view.diagrams.possible)?;
    if due == NO {
        return Ok(Vec::new());
    }
    let rules = serving_rules(model, module, support);
    let mut unserved = due;
    for rule in &rules {
        let reach = reach(&mut view.diagrams, *rule, targets(model, *rule, support))?;
        unserved = view.diagrams.store.without(unserved, reach)?;
    }
    let about = view.diagnostic(NAME, Severity::Error, Text::default());
    let mut parts = Vec::new();
    for piece in accept::pieces(&mut view.diagrams, &about, unserved)? {
        let boxes = view.diagrams.cover(piece.0)?;
        let own = super::gap::own_parts(&mut view.diagrams, piece.0, &boxes)?;
        parts.extend(own.into_iter().map(|(cells, part)| (cells, part, piece)));
    }
    let above: Vec<Layer> = view.above.iter().map(|(layer, _)| *layer).collect();
    let mut statements = Vec::new();
    for layer in &above {
        statements.extend(view.statements(*layer)?);
    }
    let local = view.statements(view.layer)?;
    let mut found = Vec::new();
    for (cells, part, piece) in parts {
        let Some(witness) = view.diagrams.witness(part)? else { continue };
        let name = view.name();
        let municipality = &model.modules[module.index()];
        let gives = |statement: &&Statement| {
            matches!(statement.what, What::Grade(Grade::Right | Grade::Must))
                && view.diagrams.contains(statement.region, &witness)
        };
        let giver = statements.iter().find(gives).map_or(Layer::Law, |statement| statement.layer);
        let giver = speaker(model, giver);
        let message = Text {
            en: format!("{} entitles these citizens to `{name}`, but no department serves them", giver.en),
            da: format!(
                "{} giver disse borgere krav på `{name}`, men ingen afdeling tager sig af dem",
                giver.da
            ),
        };
        let mut diagnostic = view.diagnostic(NAME, Severity::Error, message);
        diagnostic.module = Some(municipality.name.clone());
        let mut law_rules = Vec::new();
        for statement in &statements {
            let gives = matches!(statement.what, What::Grade(Grade::Right | Grade::Must));
            if gives
                && view.diagrams.contains(statement.region, &witness)
                && !law_rules.contains(&statement.rule)
            {
                law_rules.push(statement.rule);
                diagnostic = diagnostic.label(statement.span, rule_label(model, statement.rule));
            }
        }
        name_rules(model, &mut diagnostic, law_rules);
        diagnostic = diagnostic.label(
            municipality.span,
            text!(en: "none of its departments reaches them", da: "ingen af dens afdelinger når dem"),
        );
        let speaks = |statement: &&Statement| {
            matches!(statement.what, What::Grade(_)) && view.diagrams.contains(statement.region, &witness)
        };
        let restated = local.iter().find(speaks);
        if let Some(restated) = restated {
            diagnostic = diagnostic.label(
                restated.span,
                text!(en: "does not say who serves them", da: "siger ikke, hvem der gør det"),
            );
        }
        diagnostic = diagnostic.help(if restated.is_some() {
            text!(
                en: "write in the local rule who gives it: `gælder i` a department, or `ansvarlig`",
                da: "skriv i den lokale regel, hvem der giver den: `gælder i` en afdeling eller `ansvarlig`"
            )
        } else {
            text!(
                en: "let a rule of a department reach these citizens, or add one with an `ansvarlig`",
                da: "lad en regel i en afdeling nå disse borgere, eller tilføj en med en `ansvarlig`"
            )
        });
        diagnostic.region = vec![view.diagrams.box_in_words(&cells)];
        let told: Vec<String> = diagnostic.region.iter().flatten().map(|c| c.fact.clone()).collect();
        let matters = facts_named(model, told.iter().map(String::as_str));
        let unserved = confirmed(&view.diagrams, diagnostic, &witness, &matters, |case| {
            above
                .iter()
                .any(|layer| is_due(&case.verdict(*layer, support)) && !is_met(case, module, *layer, support))
                && !rules.iter().any(|rule| reaches(case, *rule, targets(model, *rule, support)))
        });
        found.push(accept::told(unserved, piece));
    }
    Ok(found)
}
