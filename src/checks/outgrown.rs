//! Long ranked tables, asked as boxes before any diagram is made of them.

use super::coverage::{Coverage, Unit, answering, promised};
use super::tasks::Found;
use super::{gap, shadowed_rule};
use crate::diagram::{Beyond, NotProven, Outgrown, Ranking, doubtful};
use crate::ground::Diagnostic;
use crate::model::{Formula, Model, RelationKind, Role, RuleId, SupportId};
use crate::verdict::{Said, Statements};
use std::collections::{BTreeMap, BTreeSet};

/// Whether at most one rule speaks of a support at any profile, and only the place's own layer does: then no two
/// statements can clash, and none can be compared with another layer's.
pub(crate) fn one_at_most(model: &Model, statements: &Statements, support: SupportId, budget: u64) -> bool {
    let Some(ranking) = Ranking::of(statements, support) else { return false };
    let own = &model.supports[support.index()];
    let related =
        model.replacing(support).next().is_some() || own.related(RelationKind::Excludes).next().is_some();
    if own.is_kind || related || matches!(own.role, Role::Pair(_)) {
        return false;
    }
    if !doubtful(model, statements, support).is_empty() {
        return false;
    }
    let plain = |said: &Said| {
        let mut terms = BTreeSet::new();
        said.layer == statements.own()
            && said.grades.len() <= 1
            && said.preconditions.is_empty()
            && said.bounds.iter().all(|bound| !bound.set.is_empty() && terms.insert(bound.term))
    };
    if !statements.about(support).iter().all(plain) {
        return false;
    }
    let Some(boxes) = Outgrown::new(model, &ranking.rules, &Formula::Always, budget) else { return false };
    let excepts = |a: RuleId, b: RuleId| {
        ranking.exceptions.get(&b).is_some_and(|exceptions| exceptions.binary_search(&a).is_ok())
    };
    boxes.meeting().into_iter().all(|(a, b)| excepts(a, b) || excepts(b, a))
}

/// What is known of long tables of a module: for each rule of one whether it is shadowed, and what suffices.
pub(crate) fn shadowed(
    model: &Model,
    statements: &Statements,
    rules: &[RuleId],
    budget: u64,
) -> BTreeMap<RuleId, Option<Diagnostic>> {
    let mut known: BTreeMap<RuleId, Option<Diagnostic>> = BTreeMap::new();
    // for how many supports a rule is set aside wherever it applies, and by what
    let mut covered: BTreeMap<RuleId, (usize, BTreeSet<RuleId>)> = BTreeMap::new();
    for support in &statements.judged {
        let Some(ranking) = Ranking::of(statements, *support) else { continue };
        let Some(boxes) = Outgrown::new(model, &ranking.rules, &Formula::Always, budget) else { continue };
        for id in rules {
            let graded = statements.by(*id, *support).is_some_and(|said| !said.grades.is_empty());
            let Some(exceptions) = ranking.exceptions.get(id).filter(|_| graded) else { continue };
            match boxes.beyond(*id, exceptions) {
                Ok(Beyond::Somebody) => {
                    known.insert(*id, None);
                }
                Ok(Beyond::Covered(by)) if matches!(boxes.beyond(*id, &[]), Ok(Beyond::Somebody)) => {
                    let covered = covered.entry(*id).or_default();
                    covered.0 += 1;
                    covered.1.extend(by);
                }
                Ok(Beyond::Covered(_)) | Err(NotProven) => {}
            }
        }
    }
    for (id, (supports, blamed)) in covered {
        let spoken = statements.judged.iter().filter(|support| statements.by(id, **support).is_some());
        if spoken.count() == supports && !blamed.is_empty() {
            known.insert(id, Some(shadowed_rule::tell(model, id, &blamed)));
        }
    }
    known
}

/// The gap of an undivided municipality that answers in long tables; nothing where the diagrams have more to say.
pub(crate) fn gap(
    model: &Model,
    statements: &Statements,
    unit: Unit,
    budget: u64,
) -> Result<Option<Vec<Found>>, NotProven> {
    let Some(scope) = &model.modules[unit.module.index()].scope else { return Ok(None) };
    let counted = answering(model, unit);
    let targets: BTreeSet<SupportId> =
        counted.iter().flat_map(|(_, targets)| targets.iter().copied()).collect();
    let rankings: BTreeMap<SupportId, Ranking> =
        targets.iter().filter_map(|target| Some((*target, Ranking::of(statements, *target)?))).collect();
    if rankings.is_empty() || !model.promises.accepts.is_empty() {
        return Ok(None);
    }
    let answers: BTreeMap<RuleId, &Vec<SupportId>> =
        counted.iter().map(|(id, targets)| (*id, targets)).collect();
    let plain = |(id, targets): &(RuleId, Vec<SupportId>)| {
        promised(model, model.rule(*id), scope, true) == *targets
            && targets.iter().all(|target| {
                let exceptions = rankings.get(target).and_then(|ranking| ranking.exceptions.get(id));
                let answers = |other: &RuleId| answers.get(other).is_some_and(|own| own.contains(target));
                exceptions.is_some_and(|exceptions| exceptions.iter().all(answers))
            })
    };
    if !counted.iter().all(plain) {
        return Ok(None);
    }
    let Some(coverage) = Coverage::bare(model, statements, unit, budget)? else { return Ok(None) };
    let rules: Vec<RuleId> =
        counted.iter().filter(|(_, targets)| !targets.is_empty()).map(|(id, _)| *id).collect();
    let Some(boxes) = Outgrown::new(model, &rules, &scope.formula, budget) else { return Ok(None) };
    let (regions, all) = boxes.uncovered()?;
    let Some(witness) = boxes.witness(&regions) else { return Ok(Some(Vec::new())) };
    let mut found = vec![gap::told_as_boxes(&coverage, &regions, &witness)];
    if !all {
        found.push(Found::More);
    }
    Ok(Some(found))
}
