//! The law gives a right, and no department of the municipality reaches the citizen with it.

use super::coverage_ends::{self, label_ends};
use super::lost::{Lost, Reaching, lost, would_reach};
use super::view::{Statement, View, What, meets, name_rules, reach, reaches, with_region};
use super::words::{rule_label, speaker};
use super::{Card, tasks::Found};
use crate::diagram::{NO, Node, NotProven};
use crate::evaluate::Case;
use crate::ground::{Day, Diagnostic, Severity, Text, date_in_words, text};
use crate::model::{EffectKind, Grade, Layer, Model, ModuleId, ModuleKind, RuleId, SupportId};
use crate::verdict::{Matter, Verdict, distance, spoken_of};

pub(super) const NAME: &str = "unserved-right";

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
                 everyone is not serving it: the citizen has a right and nobody to go to. What the \
                 municipality's own rules restate is told apart from what it says nothing of.",
            da: "Loven siger ret eller skal, kommunen er delt i afdelinger, og ingen regel i en afdeling, og heller \
                 ingen med en `ansvarlig`, taler om støtten for disse borgere. At gentage loven for alle er ikke at \
                 betjene den: borgeren har en ret og ingen at gå til. Det, kommunens \
                 egne regler gentager, meldes for sig, og det, den intet siger om, for sig."
        ),
        definition: text!(
            en: "In a municipality with departments, on a support: a layer that binds it grants ret \
                 or skal, not contradicted and with no precondition that fails, and no rule of the \
                 municipality that names a department or an `ansvarlig` has an active grade that \
                 speaks of it, or of something as good that replaces it.",
            da: "I en kommune med afdelinger, om en støtte: et lag, der binder den, giver ret eller \
                 skal uden modstrid og uden en forudsætning, der svigter, og ingen regel i kommunen, \
                 der nævner en afdeling eller en `ansvarlig`, har en grad, der virker, om støtten \
                 eller om noget lige så godt, der erstatter den."
        ),
        sections: "7",
        reason: text!(
            en: "A right is worth what somebody is set to fulfil. The municipality divides its work as it likes, \
                 but all of what the law requires must be divided.",
            da: "En ret er det værd, nogen er sat til at opfylde. Kommunen fordeler arbejdet, som den vil, men alt \
                 det, loven kræver, skal være fordelt."
        ),
        example: include_str!("examples/unserved-right.md"),
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
        rule.has_error || (reaches && !targets(model, *id, support).is_empty())
    };
    model.rules_of(module).filter(serves).collect()
}

/// The supports through which a rule's grades speak of `support`: itself, or for a kind anything below it.
pub(super) fn targets(model: &Model, id: RuleId, support: SupportId) -> Vec<SupportId> {
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
    case.model.replacing(support).any(|other| {
        let mut serving = serving_rules(case.model, module, other).into_iter();
        meets(&asked, &case.verdict(Layer::Module(module), other))
            && serving.any(|rule| reaches(case, rule, targets(case.model, rule, other)))
    })
}

/// Whom nobody serves, among those whom a layer above gives the right.
struct Unserved {
    /// who always was unserved
    never: Node,
    /// who was served until rules ended
    lost: Vec<Lost>,
}

fn unserved(view: &mut View<'_>, module: ModuleId) -> Result<Unserved, NotProven> {
    let (model, support) = (view.model(), view.support);
    let mut due = NO;
    for (_, above) in view.above.clone() {
        let leaves = &view.leaves;
        let mut here = view.diagrams.store.map(above, &mut |leaf| u32::from(is_due(leaves.get(leaf))))?;
        for other in model.replacing(support) {
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
    let rules: Vec<Reaching> = serving_rules(model, module, support)
        .into_iter()
        .map(|rule| (rule, targets(model, rule, support)))
        .collect();
    let mut never = due;
    for (rule, targets) in &rules {
        let reach = reach(&mut view.diagrams, *rule, targets.clone())?;
        never = view.diagrams.store.without(never, reach)?;
    }
    let lost = lost(&mut view.diagrams, never, &rules)?;
    for lost in &lost {
        never = view.diagrams.store.without(never, lost.region)?;
    }
    Ok(Unserved { never, lost })
}

/// The rules of the layers above that make the support due.
fn givers(view: &mut View<'_>) -> Result<Vec<Statement>, NotProven> {
    let mut givers = Vec::new();
    for (layer, _) in view.above.clone() {
        givers.extend(view.statements(layer)?);
    }
    givers.retain(|statement| matches!(statement.what, What::Grade(Grade::Right | Grade::Must)));
    Ok(givers)
}

/// Whether the citizen has a right that nobody serves.
fn is_unserved(case: &Case<'_>, module: ModuleId, above: &[Layer], support: SupportId) -> bool {
    let due = |layer: &Layer| is_due(&case.verdict(*layer, support));
    let mut rules = serving_rules(case.model, module, support).into_iter();
    above.iter().any(|layer| due(layer) && !is_met(case, module, *layer, support))
        && !rules.any(|rule| reaches(case, rule, targets(case.model, rule, support)))
}

/// Those who were served until rules ended: that is the news, and not that nobody serves them since.
pub(crate) fn find_lost(view: &mut View<'_>, module: ModuleId) -> Result<Vec<Found>, NotProven> {
    let (model, support) = (view.model(), view.support);
    let above: Vec<Layer> = view.above.iter().map(|(layer, _)| *layer).collect();
    let mut found = Vec::new();
    for Lost { day, rules, region } in unserved(view, module)?.lost {
        let givers = givers(view)?;
        let givers = meeting(view, &givers, region)?;
        let diagnostic = tell_lost(view, module, (day, &rules), &givers);
        found.push(with_region(&mut view.diagrams, diagnostic, region, |case| {
            let would_reach = |rule| would_reach(case, rule, &targets(model, rule, support), day);
            is_unserved(case, module, &above, support) && rules.iter().any(|rule| would_reach(*rule))
        })?);
    }
    Ok(found)
}

fn tell_lost(
    view: &View<'_>,
    module: ModuleId,
    (day, rules): (Day, &[RuleId]),
    givers: &[Statement],
) -> Diagnostic {
    let (model, name) = (view.model(), view.name());
    let place = &model.modules[module.index()].name;
    let giver = speaker(model, givers.first().map_or(Layer::Law, |statement| statement.layer));
    let next = date_in_words(day + 1);
    let message = Text {
        en: format!(
            "from {}, no department of `{place}` serves these citizens, whom {} entitles to `{name}`",
            next.en, giver.en
        ),
        da: format!(
            "fra {} tager ingen afdeling i `{place}` sig af disse borgere, som {} giver krav på `{name}`",
            next.da, giver.da
        ),
    };
    let mut diagnostic = view.diagnostic(coverage_ends::NAME, Severity::Warning, message);
    diagnostic.module = Some(place.clone());
    diagnostic = label_ends(model, diagnostic, rules);
    for statement in givers {
        diagnostic = diagnostic.label(statement.span, rule_label(model, statement.rule));
    }
    name_rules(model, &mut diagnostic, givers.iter().map(|statement| statement.rule));
    diagnostic.rules.clear();
    let basis = std::mem::take(&mut diagnostic.basis);
    name_rules(model, &mut diagnostic, rules.iter().copied());
    diagnostic.basis = basis;
    diagnostic.help(text!(
        en: "prolong the rule, or write the one that follows it",
        da: "forlæng reglen, eller skriv den, der følger efter"
    ))
}

pub(crate) fn find(view: &mut View<'_>, module: ModuleId) -> Result<Vec<Found>, NotProven> {
    let support = view.support;
    let unserved = unserved(view, module)?.never;
    if unserved == NO {
        return Ok(Vec::new());
    }
    let above: Vec<Layer> = view.above.iter().map(|(layer, _)| *layer).collect();
    let givers = givers(view)?;
    let mut local = view.statements(view.layer)?;
    local.retain(|statement| matches!(statement.what, What::Grade(Grade::May | Grade::Right | Grade::Must)));
    let mut restated = NO;
    for statement in &local {
        restated = view.diagrams.store.or(restated, statement.region)?;
    }
    let restated = view.diagrams.store.and(unserved, restated)?;
    let silent = view.diagrams.store.without(unserved, restated)?;
    let mut found = Vec::new();
    for region in [restated, silent] {
        if region == NO {
            continue;
        }
        let givers = meeting(view, &givers, region)?;
        let local = meeting(view, &local, region)?;
        let diagnostic = tell(view, module, &givers, &local);
        found.push(with_region(&mut view.diagrams, diagnostic, region, |case| {
            is_unserved(case, module, &above, support)
        })?);
    }
    Ok(found)
}

/// The statements that hold somewhere in a region, one for each rule.
fn meeting(view: &mut View<'_>, statements: &[Statement], region: Node) -> Result<Vec<Statement>, NotProven> {
    let mut list: Vec<Statement> = Vec::new();
    for statement in statements {
        let meets = view.diagrams.store.and(statement.region, region)? != NO;
        if meets && list.iter().all(|known| known.rule != statement.rule) {
            list.push(statement.clone());
        }
    }
    Ok(list)
}

fn tell(view: &View<'_>, module: ModuleId, givers: &[Statement], local: &[Statement]) -> Diagnostic {
    let (model, name) = (view.model(), view.name());
    let municipality = &model.modules[module.index()];
    let giver = givers.first().map_or(Layer::Law, |statement| statement.layer);
    let giver = speaker(model, giver);
    let place = &municipality.name;
    let message = Text {
        en: format!(
            "{} entitles these citizens to `{name}`, but no department of `{place}` serves them",
            giver.en
        ),
        da: format!(
            "{} giver disse borgere krav på `{name}`, men ingen afdeling i `{place}` tager sig af dem",
            giver.da
        ),
    };
    let mut diagnostic = view.diagnostic(NAME, Severity::Error, message);
    diagnostic.module = Some(municipality.name.clone());
    for statement in givers {
        diagnostic = diagnostic.label(statement.span, rule_label(model, statement.rule));
    }
    name_rules(model, &mut diagnostic, givers.iter().map(|statement| statement.rule));
    diagnostic = diagnostic.label(
        municipality.span,
        text!(en: "none of its departments reaches them", da: "ingen af dens afdelinger når dem"),
    );
    for statement in local {
        diagnostic = diagnostic.label(
            statement.span,
            text!(en: "does not say who serves them", da: "siger ikke, hvem der gør det"),
        );
    }
    let basis = std::mem::take(&mut diagnostic.basis);
    name_rules(model, &mut diagnostic, local.iter().map(|statement| statement.rule));
    diagnostic.basis = basis;
    diagnostic.help(if local.is_empty() {
        text!(
            en: "let a rule of a department reach these citizens, or add one with an `ansvarlig`",
            da: "lad en regel i en afdeling nå disse borgere, eller tilføj en med en `ansvarlig`"
        )
    } else {
        text!(
            en: "write in the local rule who gives it: `gælder i` a department, or `ansvarlig`",
            da: "skriv i den lokale regel, hvem der giver den: `gælder i` en afdeling eller `ansvarlig`"
        )
    })
}
