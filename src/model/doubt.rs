//! What could not be understood, and everything that rests on it.

use super::{ConceptId, DepartmentId, EffectKind, Formula, Model};
use std::collections::BTreeSet;

/// Concepts and departments that mean nothing, told elsewhere.
#[derive(Clone, Debug, Default)]
pub(crate) struct Doubt {
    pub(crate) concepts: BTreeSet<ConceptId>,
    pub(crate) departments: BTreeSet<DepartmentId>,
}

impl Doubt {
    /// Makes every doubtful concept empty and everything that rests on doubt harmless: rules are marked and cover
    /// what is left of their condition, departments serve nobody, promises and assumptions are dropped.
    pub(crate) fn spread(mut self, model: &mut Model) {
        if self.concepts.is_empty() && self.departments.is_empty() {
            return;
        }
        self.reach(model);
        for concept in &self.concepts {
            if let Some(concept) = model.concepts.get_mut(concept.index()) {
                concept.formula = Formula::Never;
            }
        }
        let concepts = self.concepts;
        let doubtful = |formula: &Formula| mentions(formula, &concepts);
        model.assumptions.retain(|assumption| !doubtful(&assumption.formula));
        for module in &mut model.modules {
            module.scope = module.scope.take().filter(|scope| !doubtful(&scope.formula));
        }
        for (index, department) in model.departments.iter_mut().enumerate() {
            if doubtful(&department.scope) {
                department.scope = Formula::Never;
                self.departments.insert(DepartmentId(index as u32));
            }
        }
        let promises = &mut model.promises;
        promises.guarantees.retain(|guarantee| !doubtful(&guarantee.when));
        promises.examples.retain(|example| !doubtful(&example.given));
        promises.accepts.retain(|accept| !accept.when.as_ref().is_some_and(&doubtful));
        for rule in &mut model.rules {
            if rule.places.iter().any(|place| self.departments.contains(place)) {
                rule.places.clear();
                rule.has_error = true;
            }
            if doubtful(&rule.when) {
                rule.when = without_doubt(&rule.when, &doubtful);
                rule.has_error = true;
            }
            let precondition =
                |kind: &EffectKind| matches!(kind, EffectKind::Precondition(when) if doubtful(when));
            if doubtful(&rule.deviable) || rule.effects.iter().any(|effect| precondition(&effect.kind)) {
                rule.has_error = true;
            }
        }
    }

    /// Adds the concepts that use a doubtful one, and those that use them.
    fn reach(&mut self, model: &Model) {
        let mut users: Vec<Vec<ConceptId>> = vec![Vec::new(); model.concepts.len()];
        for (index, concept) in model.concepts.iter().enumerate() {
            for used in used_concepts(&concept.formula) {
                if let Some(users) = users.get_mut(used.index()) {
                    users.push(ConceptId(index as u32));
                }
            }
        }
        let mut open: Vec<ConceptId> = self.concepts.iter().copied().collect();
        while let Some(concept) = open.pop() {
            for user in users.get_mut(concept.index()).map(std::mem::take).unwrap_or_default() {
                if self.concepts.insert(user) {
                    open.push(user);
                }
            }
        }
    }
}

/// The concepts a formula names, in the order it names them.
pub(crate) fn used_concepts(formula: &Formula) -> Vec<ConceptId> {
    let mut used = Vec::new();
    let mut open = vec![formula];
    while let Some(formula) = open.pop() {
        match formula {
            Formula::Always | Formula::Never | Formula::Test(..) | Formula::Decided { .. } => {}
            Formula::Concept(concept) => used.push(*concept),
            Formula::Not(inner) => open.push(inner),
            Formula::And(parts) | Formula::Or(parts) => open.extend(parts.iter().rev()),
        }
    }
    used
}

fn mentions(formula: &Formula, concepts: &BTreeSet<ConceptId>) -> bool {
    used_concepts(formula).iter().any(|concept| concepts.contains(concept))
}

/// The parts of a condition that are not doubtful; the others hold for everyone.
pub(crate) fn without_doubt(formula: &Formula, doubtful: &impl Fn(&Formula) -> bool) -> Formula {
    match formula {
        Formula::And(parts) => Formula::And(parts.iter().filter(|part| !doubtful(part)).cloned().collect()),
        _ => Formula::Always,
    }
}
