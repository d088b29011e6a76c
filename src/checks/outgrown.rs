//! Ranked tables, asked as boxes: long ones before any diagram is made of them, others where it helps.

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
    if statements.about(support).is_empty() {
        return false;
    }
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
    let ranking = Ranking::of(statements, support);
    let excepts =
        |a: RuleId, b: RuleId| ranking.exceptions.get(&b).is_some_and(|exceptions| exceptions.contains(a));
    let rules = &ranking.rules;
    // in one list each goes before all behind it
    if (1..rules.len()).all(|at| {
        let before = ranking.exceptions.get(&rules[at]);
        before.is_some_and(|before| {
            before.len() == at && before.contains(rules[0]) && before.contains(rules[at - 1])
        })
    }) {
        return true;
    }
    let Some(boxes) = Outgrown::new(model, rules, &Formula::Always, budget) else { return false };
    let mut one = true;
    boxes.meeting(|a, b| one = one && (excepts(a, b) || excepts(b, a)));
    one
}

/// What is known of the rules of a module before a diagram is made.
#[derive(Default)]
pub(crate) struct Known {
    /// whoever exists and has one of these
    pub alive: BTreeSet<RuleId>,
    /// of these it is known whether they are shadowed
    pub shadowed: BTreeMap<RuleId, Option<Diagnostic>>,
    /// what is told of these where diagrams come to no end
    pub otherwise: BTreeMap<RuleId, Diagnostic>,
}

/// Looks at the rules of a module as boxes: whom each has, and of long tables what shadows which.
pub(crate) fn known(model: &Model, statements: &Statements, rules: &[RuleId], budget: u64) -> Known {
    let mut known = Known::default();
    shadowed(model, statements, rules, budget, &mut known);
    if let Some(boxes) = Outgrown::of_those_it_can(model, rules, budget) {
        let has_somebody =
            |id: &&RuleId| boxes.has(**id) && boxes.reach(&[**id], std::iter::empty()) == Ok(true);
        known.alive = rules.iter().filter(has_somebody).copied().collect();
    }
    for id in rules.iter().filter(|id| statements.exceptions_of(**id).is_empty()) {
        known.shadowed.insert(*id, None);
    }
    known
}

/// For each rule of a table whether it is shadowed, and what suffices; of a table that is not long diagrams are to say what.
fn shadowed(model: &Model, statements: &Statements, rules: &[RuleId], budget: u64, known: &mut Known) {
    // for how many supports a rule is set aside wherever it applies, by what, and whether all their lists are long
    let mut covered: BTreeMap<RuleId, (usize, BTreeSet<RuleId>, bool)> = BTreeMap::new();
    for support in &statements.judged {
        let asked = |id: &&RuleId| {
            let graded = statements.by(**id, *support).is_some_and(|said| !said.grades.is_empty());
            graded && !statements.exceptions_of(**id).is_empty()
        };
        let asked: Vec<RuleId> = rules.iter().filter(asked).copied().collect();
        if asked.is_empty() {
            continue;
        }
        let long = Ranking::of_long(statements, *support);
        let is_long = long.is_some();
        let ranking = long.unwrap_or_else(|| Ranking::of(statements, *support));
        let Some(boxes) = Outgrown::new(model, &ranking.rules, &Formula::Always, budget) else { continue };
        for id in &asked {
            let Some(exceptions) = ranking.exceptions.get(id) else { continue };
            match boxes.beyond(*id, exceptions.iter()) {
                Ok(Beyond::Somebody) => {
                    known.shadowed.insert(*id, None);
                }
                Ok(Beyond::Covered(by)) if boxes.reach(&[*id], std::iter::empty()) == Ok(true) => {
                    let covered = covered.entry(*id).or_insert((0, BTreeSet::new(), true));
                    covered.0 += 1;
                    covered.1.extend(by);
                    covered.2 &= is_long;
                }
                Ok(Beyond::Covered(_)) | Err(NotProven) => {}
            }
        }
    }
    for (id, (supports, blamed, are_long)) in covered {
        let spoken = statements.judged.iter().filter(|support| statements.by(id, **support).is_some());
        if spoken.count() == supports && !blamed.is_empty() {
            let told = shadowed_rule::tell(model, id, &blamed);
            if are_long {
                known.shadowed.insert(id, Some(told));
            } else {
                known.otherwise.insert(id, told);
            }
        }
    }
}

/// Whether somebody in a place is told by a list that is long.
pub(crate) fn is_long(statements: &Statements) -> bool {
    statements.judged.iter().any(|support| Ranking::of_long(statements, *support).is_some())
}

/// The gap of an undivided municipality that answers in tables; nothing where the diagrams have more to say.
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
    if targets.is_empty() || !model.promises.accepts.is_empty() {
        return Ok(None);
    }
    let rankings: BTreeMap<SupportId, Ranking> =
        targets.iter().map(|target| (*target, Ranking::of(statements, *target))).collect();
    let answers: BTreeMap<RuleId, &Vec<SupportId>> =
        counted.iter().map(|(id, targets)| (*id, targets)).collect();
    let plain = |(id, targets): &(RuleId, Vec<SupportId>)| {
        promised(model, model.rule(*id), scope, true) == *targets
            && targets.iter().all(|target| {
                let exceptions = rankings.get(target).and_then(|ranking| ranking.exceptions.get(id));
                let answers = |other: &RuleId| answers.get(other).is_some_and(|own| own.contains(target));
                exceptions.is_some_and(|exceptions| exceptions.iter().all(|other| answers(&other)))
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
