//! The decision: part by part, the highest layer first (`docs/semantics.md`, section 4).

use super::{Case, Told, Truth};
use crate::model::{RuleId, SupportId};
use crate::verdict::{Decision, Matter, Step};

/// What a citizen is decided on one support.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Decided {
    pub support: SupportId,
    pub decision: Decision,
    /// the rules with an active part, in order
    pub rules: Vec<RuleId>,
}

/// A decision with all that was heard on the way to it.
#[derive(Clone, Debug)]
pub(crate) struct Reasoned<T> {
    pub support: SupportId,
    pub decision: Decision,
    /// nothing in it rests on what is not known
    pub certain: bool,
    /// the highest first, and what each did
    pub layers: Vec<(Told<T>, Steps)>,
}

/// What a layer did to the grant, and to each term it bounds.
pub(crate) type Steps = Vec<(Matter, Step)>;

impl<T> Reasoned<T> {
    /// The decision alone.
    pub(crate) fn decided(&self) -> Decided {
        let heard = self.layers.iter().flat_map(|(told, _)| &told.rules);
        let mut rules: Vec<RuleId> =
            heard.filter(|heard| heard.is_active()).map(|heard| heard.rule).collect();
        rules.sort_unstable();
        Decided { support: self.support, decision: self.decision.clone(), rules }
    }
}

/// Decides every judged support for one citizen of a place.
pub(crate) fn decide(case: &Case<'_>) -> Vec<Decided> {
    let judged = case.statements.judged.iter();
    judged.map(|support| reasons::<Option<bool>>(case, *support, &mut ()).decided()).collect()
}

/// What is decided on one judged support for one citizen of a place: the layers folded, the highest first.
pub(crate) fn decision(case: &Case<'_>, support: SupportId) -> Decision {
    reasons::<Option<bool>>(case, support, &mut ()).decision
}

/// The same, with what was heard.
pub(crate) fn reasons<T: Truth>(
    case: &Case<'_>,
    support: SupportId,
    concepts: &mut T::Concepts,
) -> Reasoned<T> {
    let mut reasoned = Reasoned { support, decision: Decision::nothing(), certain: true, layers: Vec::new() };
    for layer in case.statements.place.deciding(case.model) {
        let told = case.listen(layer, support, concepts);
        let mut steps = Vec::new();
        reasoned.decision = reasoned.decision.hear_and_tell(&told.verdict, |matter, step| {
            steps.push((matter, step));
        });
        reasoned.certain &= told.certain;
        reasoned.layers.push((told, steps));
    }
    reasoned
}
