//! The decision: part by part, the law first (`docs/semantics.md`, section 4).

use super::Case;
use crate::model::{ModuleId, RuleId, SupportId};
use crate::verdict::{Decision, Verdict, layers_of};

/// What a citizen is decided on one support.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Decided {
    pub support: SupportId,
    pub decision: Decision,
    /// the rules with an active part, in order
    pub rules: Vec<RuleId>,
}

/// Decides every judged support for one citizen of a municipality.
pub(crate) fn decide(case: &Case<'_>, municipality: ModuleId) -> Vec<Decided> {
    case.statements.judged.iter().map(|support| decide_one(case, municipality, *support)).collect()
}

/// What is decided on one judged support for one citizen of a place.
pub(crate) fn decision(case: &Case<'_>, place: ModuleId, support: SupportId) -> Decision {
    let verdicts: Vec<Verdict> =
        layers_of(place).into_iter().map(|layer| case.verdict(layer, support)).collect();
    Decision::of(&verdicts)
}

fn decide_one(case: &Case<'_>, place: ModuleId, support: SupportId) -> Decided {
    let layers = layers_of(place);
    let heard = case.statements.about(support).iter().filter(|said| layers.contains(&said.layer));
    let speaks =
        heard.filter(|said| said.parts().into_iter().any(|part| case.is_active(said, part, support)));
    Decided {
        support,
        decision: decision(case, place, support),
        rules: speaks.map(|said| said.rule).collect(),
    }
}
