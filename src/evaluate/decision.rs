//! The decision: part by part, the highest layer first (`docs/semantics.md`, section 4).

use super::Case;
use crate::model::{RuleId, SupportId};
use crate::verdict::{Decision, Verdict};

/// What a citizen is decided on one support.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Decided {
    pub support: SupportId,
    pub decision: Decision,
    /// the rules with an active part, in order
    pub rules: Vec<RuleId>,
}

/// Decides every judged support for one citizen of a place.
pub(crate) fn decide(case: &Case<'_>) -> Vec<Decided> {
    case.statements.judged.iter().map(|support| decide_one(case, *support)).collect()
}

/// What is decided on one judged support for one citizen of a place: the layers folded, the highest first.
pub(crate) fn decision(case: &Case<'_>, support: SupportId) -> Decision {
    let layers = case.statements.place.deciding(case.model);
    let verdicts: Vec<Verdict> = layers.map(|layer| case.verdict(layer, support)).collect();
    Decision::of(&verdicts)
}

fn decide_one(case: &Case<'_>, support: SupportId) -> Decided {
    let speaks = case.statements.about(support).iter();
    let speaks =
        speaks.filter(|said| said.parts().into_iter().any(|part| case.is_active(said, part, support)));
    Decided { support, decision: decision(case, support), rules: speaks.map(|said| said.rule).collect() }
}
