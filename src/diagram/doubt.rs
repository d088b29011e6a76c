//! Rules with an error in them: what they may have meant to say keeps findings from being told that only their
//! absence makes.

use super::{Diagrams, NO, Node, NotProven};
use crate::model::{Layer, Model, Place, RuleId, SupportId};
use crate::verdict::{Statements, distance};

/// The rules with an error, of any layer heard in a place, that may have meant to say something of a support.
pub(crate) fn doubtful(model: &Model, statements: &Statements, support: SupportId) -> Vec<RuleId> {
    statements.with_error.iter().copied().filter(|id| may_speak(model, *id, support)).collect()
}

/// Whether a rule with an error may have meant a support: it names it, a kind above it or something below it, it
/// lets a rule lapse, or some of what it says could not be read.
pub(crate) fn may_speak(model: &Model, id: RuleId, support: SupportId) -> bool {
    let rule = model.rule(id);
    let near = |target: SupportId| {
        distance(model, support, target).is_some() || distance(model, target, support).is_some()
    };
    rule.has_error && (rule.half_read || rule.effects.iter().any(|effect| effect.support.is_none_or(near)))
}

/// Where one of these rules may have meant to apply.
pub(crate) fn unsettled(diagrams: &mut Diagrams<'_>, rules: &[RuleId]) -> Result<Node, NotProven> {
    let mut region = NO;
    for rule in rules {
        let applies = diagrams.would_apply(*rule)?;
        region = diagrams.store.or(region, applies)?;
    }
    Ok(region)
}

/// Those of the rules that are exceptions from rules of these layers: without them their bases stand where they
/// should not.
pub(crate) fn exceptions_from(
    model: &Model,
    place: &Place,
    rules: &[RuleId],
    layers: &[Layer],
) -> Vec<RuleId> {
    let excepts = |id: &RuleId, base: RuleId| {
        let (own, base) = (Layer::of(model, *id), Layer::of(model, base));
        own.zip(base).is_some_and(|(own, base)| layers.contains(&base) && place.may_except(model, own, base))
    };
    let heard = |id: &RuleId| model.rule(*id).exception_to.iter().any(|base| excepts(id, base));
    rules.iter().copied().filter(heard).collect()
}
