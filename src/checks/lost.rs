//! Citizens who were reached until a rule ended on a known day, and by no rule since.

use super::ending::last_day;
use crate::diagram::{Diagrams, NO, Node, NotProven};
use crate::evaluate::Case;
use crate::ground::Day;
use crate::model::{DATE, Formula, Model, RuleId, SupportId, ValueSet};
use crate::verdict::Part;
use std::collections::BTreeSet;

/// The citizens who lost their last rule on one day.
pub(crate) struct Lost {
    /// the last day on which the rules were in force
    pub day: Day,
    pub rules: Vec<RuleId>,
    pub region: Node,
}

/// A rule, and the supports through which it reaches somebody.
pub(crate) type Reaching = (RuleId, Vec<SupportId>);

/// What a task that asks who lost these rules also turns on: the days after they end.
pub(crate) fn days_after(model: &Model, rules: &[RuleId]) -> Vec<Formula> {
    let ends: BTreeSet<Day> = rules.iter().filter_map(|id| end_within(model, *id)).collect();
    ends.into_iter().map(after).collect()
}

/// For each day on which rules end, the latest first, whom of the citizens left they would reach if they had not, and
/// no later one did.
pub(crate) fn lost(
    diagrams: &mut Diagrams<'_>,
    mut left: Node,
    rules: &[Reaching],
) -> Result<Vec<Lost>, NotProven> {
    let model = diagrams.model;
    let ends: BTreeSet<Day> = rules.iter().filter_map(|(id, _)| end_within(model, *id)).collect();
    let mut list = Vec::new();
    for day in ends.into_iter().rev() {
        let (mut region, mut ended) = (NO, Vec::new());
        for (rule, targets) in rules.iter().filter(|(id, _)| end_within(model, *id) == Some(day)) {
            let reached = reach_after(diagrams, *rule, targets, day)?;
            let reached = diagrams.store.and(reached, left)?;
            if reached != NO {
                region = diagrams.store.or(region, reached)?;
                ended.push(*rule);
            }
        }
        left = diagrams.store.without(left, region)?;
        if region != NO {
            list.push(Lost { day, rules: ended, region });
        }
    }
    Ok(list)
}

/// Whether a rule would reach the citizen if it had not ended on that day.
pub(crate) fn would_reach(case: &Case<'_>, id: RuleId, targets: &[SupportId], day: Day) -> bool {
    let aside = |target: &SupportId| {
        case.statements.by(id, *target).is_some_and(|said| case.is_set_aside(said, Part::Grade, *target))
    };
    case.profile.0[DATE.index()] > day && case.meets(id) && targets.iter().any(|target| !aside(target))
}

/// Whom a rule would reach after a day if it had not ended then; all else is as it is.
fn reach_after(
    diagrams: &mut Diagrams<'_>,
    id: RuleId,
    targets: &[SupportId],
    day: Day,
) -> Result<Node, NotProven> {
    let after = diagrams.formula(&after(day))?;
    let mut reach = NO;
    for target in targets {
        let node = match diagrams.statements.by(id, *target) {
            Some(said) => diagrams.would_be_active(said, Part::Grade, *target)?,
            None => diagrams.meets(id)?,
        };
        reach = diagrams.store.or(reach, node)?;
    }
    diagrams.store.and(reach, after)
}

fn after(day: Day) -> Formula {
    Formula::Test(DATE, ValueSet::range(day + 1, ValueSet::MAX))
}

/// The last day of a rule, if it has one within the window and days are looked at after it.
fn end_within(model: &Model, id: RuleId) -> Option<Day> {
    let rule = model.rule(id);
    let day = last_day(&model.all_days_of(rule)).filter(|_| !rule.has_error)?;
    (model.window.from <= day && day < model.window.to).then_some(day)
}
