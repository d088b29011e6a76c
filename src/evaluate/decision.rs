//! The decision: part by part, the law first (`docs/semantics.md`, section 4).

use super::Case;
use crate::model::{ModuleId, RuleId, SupportId, TermId, ValueSet};
use crate::verdict::{Grant, Layer, Matter, Verdict};
use std::collections::BTreeMap;

/// What a citizen is decided on one support.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Decided {
    pub support: SupportId,
    /// nothing where a layer contradicts itself and no other settles it
    pub grant: Option<Grant>,
    /// the same, term by term
    pub terms: BTreeMap<TermId, Option<ValueSet>>,
    pub recommended: bool,
    pub to_be_assessed: bool,
    pub duty: bool,
    /// the rules with an active part, in order
    pub rules: Vec<RuleId>,
}

/// Decides every judged support for one citizen of a municipality.
pub(crate) fn decide(case: &Case<'_>, municipality: ModuleId) -> Vec<Decided> {
    case.statements.judged.iter().map(|support| decide_one(case, municipality, *support)).collect()
}

fn decide_one(case: &Case<'_>, municipality: ModuleId, support: SupportId) -> Decided {
    let local_layer = Layer::Municipality(municipality);
    let law = case.verdict(Layer::Law, support);
    let local = case.verdict(local_layer, support);
    let heard =
        case.statements.about(support).iter().filter(|s| s.layer == Layer::Law || s.layer == local_layer);
    let speaks =
        heard.filter(|said| said.parts().into_iter().any(|part| case.is_active(said, part, support)));
    let terms = law.terms.keys().chain(local.terms.keys());
    Decided {
        support,
        grant: decide_grant(&law, &local),
        terms: terms.map(|term| (*term, decide_term(&law, &local, *term))).collect(),
        recommended: law.is_recommended() || local.is_recommended(),
        to_be_assessed: law.is_to_be_assessed() || local.is_to_be_assessed(),
        duty: law.duty || local.duty,
        rules: speaks.map(|said| said.rule).collect(),
    }
}

fn decide_grant(law: &Verdict, local: &Verdict) -> Option<Grant> {
    if law.is_contradicted(Matter::Grant) {
        return None;
    }
    let required = law.grant();
    if local.is_contradicted(Matter::Grant) {
        return law.speaks_of_grant().then_some(required);
    }
    Some(match (required, local.grant()) {
        (Grant::Forbidden, _) => Grant::Forbidden,
        (Grant::None | Grant::May, Grant::Forbidden) => Grant::Forbidden,
        (stronger, given) => stronger.max(given),
    })
}

fn decide_term(law: &Verdict, local: &Verdict, term: TermId) -> Option<ValueSet> {
    let matter = Matter::Term(term);
    if law.is_contradicted(matter) {
        return None;
    }
    match (law.term(term), local.term(term)) {
        (Some(required), Some(given)) => {
            let both = required.intersection(&given);
            Some(if both.is_empty() { required } else { both })
        }
        (Some(required), None) => Some(required),
        (None, given) => {
            if local.is_contradicted(matter) {
                None
            } else {
                given
            }
        }
    }
}
