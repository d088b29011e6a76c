//! What could not be understood, and everything that rests on it.

use super::{ConceptId, DepartmentId, EffectKind, Formula, Model};
use crate::ground::Span;
use std::collections::BTreeMap;

/// Concepts and departments that mean nothing, and where that is told.
#[derive(Clone, Debug, Default)]
pub(crate) struct Doubt {
    pub(crate) concepts: BTreeMap<ConceptId, Span>,
    pub(crate) departments: BTreeMap<DepartmentId, Span>,
}

impl Doubt {
    /// Makes every doubtful concept empty and everything that rests on doubt harmless: rules are marked and cover
    /// what is left of their condition, departments serve nobody, promises and assumptions are dropped.
    pub(crate) fn spread(mut self, model: &mut Model) {
        if self.concepts.is_empty() && self.departments.is_empty() {
            return;
        }
        self.reach(model);
        for concept in self.concepts.keys() {
            if let Some(concept) = model.concepts.get_mut(concept.index()) {
                concept.formula = Formula::Never;
            }
        }
        let concepts = self.concepts;
        let doubtful = |formula: &Formula| !faults_of(formula, &concepts).is_empty();
        model.assumptions.retain(|assumption| !doubtful(&assumption.formula));
        for module in &mut model.modules {
            module.scope = module.scope.take().filter(|scope| !doubtful(&scope.formula));
        }
        for (index, department) in model.departments.iter_mut().enumerate() {
            if let Some(fault) = faults_of(&department.scope, &concepts).first() {
                department.scope = Formula::Never;
                self.departments.insert(DepartmentId(index as u32), *fault);
            }
        }
        let promises = &mut model.promises;
        promises.guarantees.retain(|guarantee| !doubtful(&guarantee.when));
        promises.examples.retain(|example| !doubtful(&example.given));
        promises.accepts.retain(|accept| !accept.when.as_ref().is_some_and(&doubtful));
        for rule in &mut model.rules {
            let mut faults: Vec<Span> =
                rule.places.iter().filter_map(|place| self.departments.get(place)).copied().collect();
            if !faults.is_empty() {
                rule.places.clear();
            }
            if doubtful(&rule.when) {
                faults.extend(faults_of(&rule.when, &concepts));
                rule.when = without_doubt(&rule.when, &doubtful);
            }
            faults.extend(faults_of(&rule.deviable, &concepts));
            for effect in &rule.effects {
                if let EffectKind::Precondition(when) = &effect.kind {
                    faults.extend(faults_of(when, &concepts));
                }
            }
            rule.has_error |= !faults.is_empty();
            rule.faults.extend(faults);
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
        let mut open: Vec<(ConceptId, Span)> =
            self.concepts.iter().map(|(id, fault)| (*id, *fault)).collect();
        while let Some((concept, fault)) = open.pop() {
            for user in users.get_mut(concept.index()).map(std::mem::take).unwrap_or_default() {
                self.concepts.entry(user).or_insert_with(|| {
                    open.push((user, fault));
                    fault
                });
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

/// What is wrong in the doubtful concepts that a formula names.
fn faults_of(formula: &Formula, concepts: &BTreeMap<ConceptId, Span>) -> Vec<Span> {
    used_concepts(formula).iter().filter_map(|concept| concepts.get(concept)).copied().collect()
}

/// The parts of a condition that are not doubtful; the others hold for everyone.
pub(crate) fn without_doubt(formula: &Formula, doubtful: &impl Fn(&Formula) -> bool) -> Formula {
    match formula {
        Formula::And(parts) => Formula::And(parts.iter().filter(|part| !doubtful(part)).cloned().collect()),
        _ => Formula::Always,
    }
}
