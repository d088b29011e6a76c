//! The citizens whom an `eksempel` names, and what is decided of them.

use super::{MeaningDecision, NamedCitizen, decision};
use crate::diagram::{Diagrams, NotProven};
use crate::model::{Example, Model, ModuleId, SupportId, distance};
use crate::queries::diff::Side;
use crate::verdict::Statements;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Those of a place, by their titles.
pub(super) fn named(
    model: &Model,
    module: ModuleId,
    statements: &Statements,
    budget: u64,
) -> Vec<NamedCitizen> {
    let here: Vec<&Example> = model.promises.examples.iter().filter(|one| one.place == module).collect();
    let citizen = |example: &&Example| {
        let supports = spoken_of(model, statements, example);
        let decided = supports.into_iter().map(|id| {
            let support = &model.supports[id.index()];
            let decided = decided(model, statements, example, id, budget).unwrap_or_default();
            (support.name.clone(), support.is_given(), decided)
        });
        NamedCitizen { title: example.title.clone(), decided: decided.collect() }
    };
    let mut all: Vec<NamedCitizen> = here.par_iter().map(citizen).collect();
    all.sort_by(|one, other| one.title.cmp(&other.title));
    all
}

/// What an example speaks of: of a kind also what lies below it.
fn spoken_of(model: &Model, statements: &Statements, example: &Example) -> BTreeSet<SupportId> {
    let named: Vec<SupportId> = example.claims.iter().flat_map(|claim| claim.kind.supports()).collect();
    let is_meant =
        |id: &&SupportId| named.iter().any(|named| *named == **id || distance(model, **id, *named).is_some());
    statements.judged.iter().filter(is_meant).copied().collect()
}

/// All that can be decided of the citizens an example is about.
fn decided(
    model: &Model,
    statements: &Statements,
    example: &Example,
    support: SupportId,
    budget: u64,
) -> Result<Vec<MeaningDecision>, NotProven> {
    let side = Side { model, statements, declared: Some(support) };
    let mut diagrams = Diagrams::new(model, statements, &side.rules(), &[&example.given], budget)?;
    let (told, ends) = side.told(&mut diagrams)?;
    let given = diagrams.formula(&example.given)?;
    let given = diagrams.store.and(given, diagrams.existing)?;
    let met: BTreeSet<MeaningDecision> =
        diagrams.met(told, given)?.into_iter().map(|end| decision(model, &ends[end as usize])).collect();
    Ok(met.into_iter().collect())
}
