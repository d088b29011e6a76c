//! Citizens a municipality promises something, and no rule speaks of.

use super::accept;
use super::boundary;
use super::view::{confirmed, facts_named, reach, reaches};
use super::{Card, tasks::Found};
use crate::diagram::{Cells, Diagrams, NO, Node, NotProven};
use crate::ground::{Diagnostic, Severity, Span, Text, list, text};
use crate::model::{
    DepartmentId, Domain, EffectKind, FactId, Formula, Grade, Model, ModuleId, Profile, Rule, RuleId, Scope,
    SupportId, ValueSet,
};
use crate::verdict::{Part, Statements, distance, spoken_of};
use std::collections::BTreeSet;

const NAME: &str = "gap";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "hul",
        severity: Severity::Error,
        about: text!(
            en: "citizens in the scope whom no rule speaks of",
            da: "borgere i målgruppen, som ingen regel siger noget om"
        ),
        explanation: text!(
            en: "The municipality's `omfatter` promises these citizens something about these kinds of support, and no \
                 rule of the municipality, or of the department they belong to, says kan, ret, skal, bør, skal vurdere \
                 or må ikke about any of them. Silence is not a refusal: nobody can decide the case. A kan for a whole \
                 kind of support counts only where an `ansvarlig` is named. Told box by box.",
            da: "Kommunens `omfatter` lover disse borgere noget om disse arter af støtte, og ingen regel i kommunen, \
                 eller i den afdeling de hører til, siger kan, ret, skal, bør, skal vurdere eller må ikke om nogen af \
                 dem. Tavshed er ikke et afslag: ingen kan afgøre sagen. Et kan for en hel art tæller kun, hvor en \
                 `ansvarlig` er nævnt. Hver afgrænsning meldes for sig."
        ),
    }
}

/// What is asked for a gap: a department, or the municipality outside all its departments.
#[derive(Clone, Copy)]
pub(crate) struct Unit {
    pub module: ModuleId,
    pub department: Option<DepartmentId>,
}

/// The units of a model, in order.
pub(crate) fn units(model: &Model) -> Vec<Unit> {
    let promising = model.modules.iter().enumerate().filter(|(_, module)| module.scope.is_some());
    let mut units = Vec::new();
    for (index, _) in promising {
        let module = ModuleId(index as u32);
        let own = model.departments.iter().enumerate().filter(|(_, department)| department.module == module);
        units.extend(own.map(|(at, _)| Unit { module, department: Some(DepartmentId(at as u32)) }));
        units.push(Unit { module, department: None });
    }
    units
}

/// How many rules with an error in them stand where coverage is asked.
pub(crate) fn taken_as_covering(model: &Model) -> usize {
    let is_asked = |module: ModuleId| {
        let promises = model.modules[module.index()].scope.is_some();
        promises || model.departments.iter().any(|department| department.module == module)
    };
    model.rules.iter().filter(|rule| rule.has_error && is_asked(rule.module)).count()
}

/// The rules that may speak in a unit.
fn rules_of(model: &Model, unit: Unit) -> Vec<RuleId> {
    let speaks = |rule: &Rule| {
        let here = unit.department.is_none_or(|d| rule.places.is_empty() || rule.places.contains(&d));
        rule.module == unit.module && here
    };
    model.rule_ids().filter(|id| speaks(model.rule(*id))).collect()
}

/// The supports through which a rule's grades count as speaking of something promised.
fn counting(model: &Model, rule: &Rule, scope: &Scope) -> Vec<SupportId> {
    promised(model, rule, scope, rule.responsible.is_some())
}

/// The same, if it is given whether somebody is responsible.
fn promised(model: &Model, rule: &Rule, scope: &Scope, has_responsible: bool) -> Vec<SupportId> {
    let below = |inner: SupportId, outer: SupportId| distance(model, inner, outer).is_some();
    let mut list = Vec::new();
    for effect in &rule.effects {
        let (EffectKind::Grade { grade, .. }, Some(target)) = (&effect.kind, effect.support) else {
            continue;
        };
        let within = scope.kinds.iter().any(|kind| below(target, *kind));
        let above = scope.kinds.iter().any(|kind| below(*kind, target));
        let weighty = matches!(grade, Grade::Must | Grade::Right) || has_responsible;
        let is_kind = model.supports[target.index()].is_kind;
        if (within && !is_kind) || (is_kind && (within || above) && weighty) {
            list.extend(spoken_of(model, *grade, target));
        }
    }
    list
}

/// Looks for gaps in one unit.
pub(crate) fn find(
    model: &Model,
    statements: &Statements,
    unit: Unit,
    budget: u64,
) -> Result<Vec<Found>, NotProven> {
    let Some(scope) = &model.modules[unit.module.index()].scope else { return Ok(Vec::new()) };
    let rules = rules_of(model, unit);
    let departments = model.departments.iter().filter(|department| department.module == unit.module);
    let departments: Vec<&Formula> = departments.map(|department| &department.scope).collect();
    let mut formulas = departments.clone();
    formulas.push(&scope.formula);
    let mut diagrams = Diagrams::new(model, statements, &rules, &formulas, budget)?;
    let mut region = diagrams.formula(&scope.formula)?;
    match unit.department {
        Some(department) => {
            let inside = diagrams.formula(&model.departments[department.index()].scope)?;
            region = diagrams.store.and(region, inside)?;
        }
        None => {
            for department in departments {
                let inside = diagrams.formula(department)?;
                region = diagrams.store.without(region, inside)?;
            }
        }
    }
    let asked = region;
    let mut covered = Vec::new();
    for rule in &rules {
        let node = reach(&mut diagrams, *rule, counting(model, model.rule(*rule), scope))?;
        region = diagrams.store.without(region, node)?;
        covered.push((*rule, node));
    }
    region = diagrams.store.and(region, diagrams.possible)?;
    let mut found = Vec::new();
    for piece in accept::pieces(&mut diagrams, &tell(model, unit, scope, &[], &[]), region)? {
        let boxes = diagrams.cover(piece.0)?;
        for (cells, part) in own_parts(&mut diagrams, piece.0, &boxes)? {
            let Some(witness) = diagrams.witness(part)? else { continue };
            let beside = near_misses(&diagrams, asked, &covered, &cells, &witness);
            let unheard = unheard(&mut diagrams, &rules, scope, &witness)?;
            let mut diagnostic = tell(model, unit, scope, &beside, &unheard);
            diagnostic.region = vec![diagrams.box_in_words(&cells)];
            let told: Vec<String> = diagnostic.region.iter().flatten().map(|c| c.fact.clone()).collect();
            let matters = facts_named(model, told.iter().map(String::as_str));
            let gap = confirmed(&diagrams, diagnostic, &witness, &matters, |case| {
                let reached = |rule: &RuleId| reaches(case, *rule, counting(model, model.rule(*rule), scope));
                case.holds(&scope.formula) && !rules.iter().any(reached)
            });
            found.push(accept::told(gap, piece));
        }
    }
    if diagrams.truncated {
        found.push(Found::More);
    }
    Ok(found)
}

/// For each box of a list the part of the region that no other box of it holds.
pub(crate) fn own_parts(
    diagrams: &mut Diagrams<'_>,
    region: Node,
    boxes: &[Cells],
) -> Result<Vec<(Cells, Node)>, NotProven> {
    let mut nodes = Vec::new();
    for cells in boxes {
        nodes.push(diagrams.box_node(cells)?);
    }
    let mut later = vec![NO];
    for node in nodes.iter().rev() {
        let last = later[later.len() - 1];
        later.push(diagrams.store.or(last, *node)?);
    }
    let mut earlier = NO;
    let mut parts = Vec::new();
    for (index, cells) in boxes.iter().enumerate() {
        let mut part = diagrams.store.and(region, nodes[index])?;
        part = diagrams.store.without(part, earlier)?;
        part = diagrams.store.without(part, later[boxes.len() - 1 - index])?;
        earlier = diagrams.store.or(earlier, nodes[index])?;
        parts.push((cells.clone(), part));
    }
    Ok(parts)
}

/// The rules that say kan of a whole promised kind to this citizen and do not count, for want of an `ansvarlig`.
fn unheard(
    diagrams: &mut Diagrams<'_>,
    rules: &[RuleId],
    scope: &Scope,
    citizen: &Profile,
) -> Result<Vec<RuleId>, NotProven> {
    let mut list = Vec::new();
    for id in rules {
        let mut speaks = NO;
        for target in promised(diagrams.model, diagrams.model.rule(*id), scope, true) {
            if let Some(said) = diagrams.statements.by(*id, target) {
                let active = diagrams.active(said, Part::Grade, target)?;
                speaks = diagrams.store.or(speaks, active)?;
            }
        }
        if diagrams.contains(speaks, citizen) {
            list.push(*id);
        }
    }
    Ok(list)
}

fn tell(model: &Model, unit: Unit, scope: &Scope, beside: &[NearMiss], unheard: &[RuleId]) -> Diagnostic {
    let kinds: Vec<String> =
        scope.kinds.iter().map(|kind| format!("`{}`", model.supports[kind.index()].name)).collect();
    let kinds = list(&kinds);
    let module = &model.modules[unit.module.index()];
    let department = unit.department.map(|department| &model.departments[department.index()]);
    let place = department.map_or(&module.name, |department| &department.name);
    let divided = department.is_none() && model.departments.iter().any(|d| d.module == unit.module);
    let message = if !unheard.is_empty() {
        let (en, da) = if divided {
            ("outside its departments, ", format!("uden for afdelingerne har `{place}`"))
        } else {
            ("", format!("`{place}` har"))
        };
        Text {
            en: format!("{en}`{place}` has only a general answer about {} for these citizens", kinds.en),
            da: format!("{da} kun et generelt svar om {} til disse borgere", kinds.da),
        }
    } else if divided {
        Text {
            en: format!(
                "outside its departments, no rule of `{place}` tells these citizens anything about {}",
                kinds.en
            ),
            da: format!(
                "uden for afdelingerne siger ingen regel i `{place}` disse borgere noget om {}",
                kinds.da
            ),
        }
    } else {
        Text {
            en: format!("no rule of `{place}` tells these citizens anything about {}", kinds.en),
            da: format!("ingen regel i `{place}` siger disse borgere noget om {}", kinds.da),
        }
    };
    let mut diagnostic = Diagnostic::new(NAME, Severity::Error, message);
    diagnostic.module = Some(match department {
        Some(department) => format!("{}.{}", module.name, department.name),
        None => module.name.clone(),
    });
    if let Some(department) = department {
        diagnostic = diagnostic.label(
            department.span,
            text!(en: "these citizens belong here", da: "her hører disse borgere til"),
        );
    }
    diagnostic = diagnostic
        .label(scope.span, text!(en: "here they are promised an answer", da: "her er de lovet et svar"));
    for miss in beside {
        let label = super::words::rule_label(model, miss.rule);
        diagnostic = diagnostic.label(model.rule(miss.rule).when_span, label);
    }
    for id in unheard {
        diagnostic = diagnostic.label(
            model.rule(*id).name_span,
            text!(en: "names nobody `ansvarlig`", da: "nævner ingen `ansvarlig`"),
        );
    }
    for (word, bound) in moved_lines(model, beside) {
        diagnostic = diagnostic.fix(word, bound);
    }
    let divided = model.departments.iter().any(|department| department.module == unit.module);
    diagnostic.help(match beside.first() {
        Some(miss) => {
            let fact = &model.facts[miss.fact.index()];
            let (value, name) = (fact.domain.spell_bare(miss.value), &fact.name);
            let bound = if miss.begins_above { "mindst" } else { "højst" };
            text!(
                en: "`{name}` {value} falls just outside; write `{bound} {value}` if that value is meant too",
                da: "`{name}` {value} falder lige udenfor; skriv `{bound} {value}`, hvis også den værdi er ment"
            )
        }
        None if !unheard.is_empty() => text!(
            en: "name who is `ansvarlig` in the rule: a kan for a whole kind is no answer without",
            da: "skriv i reglen, hvem der er `ansvarlig`: et kan for en hel art er ellers ikke et svar"
        ),
        None if divided && department.is_none() => text!(
            en: "let a department take in these citizens, add a rule for them, or narrow the promise",
            da: "lad en afdeling omfatte disse borgere, tilføj en regel for dem, eller indsnævr løftet"
        ),
        None => text!(
            en: "add a rule for these citizens, a refusal if that is meant, or narrow the `omfatter`",
            da: "tilføj en regel for disse borgere, eventuelt et afslag, eller indsnævr `omfatter`"
        ),
    })
}

/// The lines that would take the value in, as they would be written: those that begin above it, else those that end
/// below it.
fn moved_lines(model: &Model, beside: &[NearMiss]) -> BTreeSet<(Span, String)> {
    let lines = |above: bool| -> BTreeSet<(Span, String)> {
        let misses = beside.iter().filter(|miss| miss.begins_above == above);
        misses
            .flat_map(|miss| {
                boundary::taking_in(model, std::iter::once(miss.rule), (miss.fact, miss.value, above))
            })
            .collect()
    };
    let begin = lines(true);
    if begin.is_empty() { lines(false) } else { begin }
}

/// A rule that speaks to the neighbours of a gap that leaves a single value of an ordered fact.
struct NearMiss {
    rule: RuleId,
    fact: FactId,
    value: i64,
    begins_above: bool,
}

/// The rules that would speak to the witness if one ordered fact, of which the box leaves a single value, were one
/// step higher or lower: `under 30` and `over 30` that leave 30.
fn near_misses(
    diagrams: &Diagrams<'_>,
    asked: Node,
    covered: &[(RuleId, Node)],
    cells: &Cells,
    witness: &Profile,
) -> Vec<NearMiss> {
    let mut list = Vec::new();
    for (dimension, classes) in diagrams.space.dimensions.iter().zip(&cells.0) {
        let admitted = dimension.classes.iter().zip(classes).filter(|(_, admits)| **admits);
        let set = admitted.fold(ValueSet::empty(), |all, (class, _)| all.union(class));
        let domain = &diagrams.model.facts[dimension.fact.index()].domain;
        let ordered = matches!(domain, Domain::Number { .. } | Domain::List { ordered: true, .. });
        let Some((value, _)) = set.bounds().filter(|(low, high)| ordered && low == high) else { continue };
        for (step, begins_above) in [(1, true), (-1, false)] {
            let mut neighbour = witness.clone();
            neighbour.0[dimension.fact.index()] = value + step;
            if !domain.all().contains(value + step) || !diagrams.contains(asked, &neighbour) {
                continue;
            }
            let speaking = covered.iter().filter(|(_, node)| diagrams.contains(*node, &neighbour));
            let miss = |(rule, _): &(RuleId, Node)| NearMiss {
                rule: *rule,
                fact: dimension.fact,
                value,
                begins_above,
            };
            list.extend(speaking.map(miss));
        }
    }
    list
}
