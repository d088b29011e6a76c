//! What a policy means in each place, whatever its rules are called and however they are written (`docs/semantics.md`,
//! "The meaning of a place").

mod citizens;
mod table;

pub use table::{Ending, MeaningFact, MeaningTable, Shape, Stage, To};

use super::code;
use super::diff::Side;
use super::graph::{Outcome, Told};
use super::place::deciding;
use crate::diagram::{Canonical, Diagrams, NotProven, Way, YES};
use crate::ground::{FileId, Window, digest};
use crate::model::{Model, ModuleId, Place, SupportId};
use crate::verdict::Statements;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// What a workspace means: what is decided of whom, in each place.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Meaning {
    /// the days that were looked at
    pub window: Window,
    /// every municipality and institution, by name
    pub places: Vec<PlaceMeaning>,
    /// a short name of it all: equal where every citizen is decided alike on every day, on the same provisions, and
    /// another as soon as one is not
    pub hash: String,
    /// how many errors keep texts from being read: what is wrong is left out
    pub unread: usize,
}

/// What is decided in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlaceMeaning {
    /// the municipality or institution
    pub place: String,
    /// the file that declares it
    pub file: FileId,
    /// the days that were looked at
    pub window: Window,
    /// a short name of what is decided here
    pub hash: String,
    /// the facts that are asked
    pub facts: Vec<MeaningFact>,
    /// which citizens there can be; nothing where the policies exclude nobody
    pub citizens_there_can_be: Option<MeaningTable>,
    /// each support, task and step of which something is decided, by name
    pub tables: Vec<SupportMeaning>,
    /// the citizens whom an `eksempel` names
    pub named: Vec<NamedCitizen>,
    /// whether rules heard here have an error: they are left out
    pub unread: bool,
    /// the supports for which the budget ran out; the empty name is that of who there can be
    pub open: Vec<String>,
}

/// What is decided of one support.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SupportMeaning {
    /// its name
    pub support: String,
    /// whether it is given, rather than carried out
    pub is_given: bool,
    /// whether it is a kind, decided as a whole
    pub is_kind: bool,
    /// of whom what is decided
    pub table: MeaningTable,
}

/// What is decided of a citizen.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct MeaningDecision {
    /// what is decided; of a term all its values
    pub outcome: Outcome,
    /// the provisions it rests on
    pub basis: Vec<String>,
}

/// A citizen whom an `eksempel` names.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NamedCitizen {
    /// the title of the `eksempel`
    pub title: String,
    /// the supports it speaks of: name, whether it is given, and all that can be decided; several where what is not
    /// told of the citizen decides
    pub decided: Vec<(String, bool, Vec<MeaningDecision>)>,
}

/// A support's decisions in their one form.
struct Formed {
    support: SupportId,
    form: Canonical,
    ends: Vec<(Told, BTreeSet<String>)>,
}

/// What a workspace means.
pub(crate) fn meaning(model: &Model, budget: u64) -> Meaning {
    let mut modules = deciding(model);
    modules.sort_by_key(|id| &model.modules[id.index()].name);
    let existing = existing(model, budget);
    let places: Vec<PlaceMeaning> =
        modules.into_par_iter().map(|module| of_place(model, module, existing.as_ref(), budget)).collect();
    let hashes: Vec<String> =
        places.iter().map(|place| format!("{} {}\n", place.place, place.hash)).collect();
    Meaning {
        window: model.window,
        hash: digest(&format!("workspace 1\n{}", hashes.concat())),
        places,
        unread: 0,
    }
}

/// The hash of what each of some places means.
pub(super) fn hashes(model: &Model, modules: &[ModuleId], budget: u64) -> Vec<String> {
    let existing = existing(model, budget);
    let hash = |module: &ModuleId| of_place(model, *module, existing.as_ref(), budget).hash;
    modules.iter().map(hash).collect()
}

/// Which citizens there can be.
fn existing(model: &Model, budget: u64) -> Result<Canonical, NotProven> {
    let statements = Statements::of(model, Place::law());
    let mut diagrams = Diagrams::new(model, &statements, &[], &[], budget)?;
    diagrams.canonical(diagrams.existing, YES)
}

fn of_place(
    model: &Model,
    module: ModuleId,
    existing: Result<&Canonical, &NotProven>,
    budget: u64,
) -> PlaceMeaning {
    let statements = Statements::of(model, Place::of(model, module));
    let each: Vec<_> = statements
        .judged
        .par_iter()
        .map(|support| (*support, of_support(model, &statements, *support, budget)))
        .collect();
    let (mut formed, mut open) = (Vec::new(), Vec::new());
    for (support, form) in each {
        match form {
            Ok(form) if is_nothing(&form) => {}
            Ok(form) => formed.push(form),
            Err(NotProven) => open.push(model.supports[support.index()].name.clone()),
        }
    }
    let mut forms: Vec<&Canonical> = formed.iter().map(|one| &one.form).collect();
    match existing {
        Ok(existing) => forms.push(existing),
        Err(NotProven) => open.push(String::new()),
    }
    let facts = table::facts(model, &forms);
    let window = model.window;
    let mut code = format!("place 1\n{}..{}\n", window.from, window.to);
    if let Ok(existing) = existing {
        code += &code::in_code(model, existing, &|end| end.to_string());
    }
    for one in &formed {
        let end = |leaf: u32| {
            let (told, basis) = &one.ends[leaf as usize];
            code::decided(model, told, basis)
        };
        code += &format!("{}\n", model.supports[one.support.index()].name);
        code += &code::in_code(model, &one.form, &end);
    }
    let unread = !statements.with_error.is_empty();
    code += &format!("unread {unread}\n");
    open.iter().for_each(|name| code += &format!("open {name}\n"));
    let tables = formed.iter().map(|one| {
        let support = &model.supports[one.support.index()];
        let ends = one.ends.iter().map(|end| Ending::Decided(decision(model, end))).collect();
        SupportMeaning {
            support: support.name.clone(),
            is_given: support.is_given(),
            is_kind: support.is_kind,
            table: table::table(model, &one.form, ends),
        }
    });
    let everybody = |existing: &&Canonical| existing.start != Some(Way::End(1));
    PlaceMeaning {
        place: model.modules[module.index()].name.clone(),
        file: model.modules[module.index()].span.file,
        window,
        hash: digest(&code),
        facts,
        citizens_there_can_be: existing
            .ok()
            .filter(everybody)
            .map(|existing| table::table(model, existing, vec![Ending::Exists(false), Ending::Exists(true)])),
        tables: tables.collect(),
        named: citizens::named(model, module, &statements, budget),
        unread,
        open,
    }
}

fn of_support(
    model: &Model,
    statements: &Statements,
    support: SupportId,
    budget: u64,
) -> Result<Formed, NotProven> {
    let side = Side { model, statements, declared: Some(support) };
    let mut diagrams = Diagrams::new(model, statements, &side.rules(), &[], budget)?;
    let (told, ends) = side.told(&mut diagrams)?;
    let form = diagrams.canonical(told, diagrams.existing)?;
    Ok(Formed { support, form, ends })
}

/// Whether nothing is decided of anybody, on no provision.
fn is_nothing(formed: &Formed) -> bool {
    match formed.form.start {
        None => true,
        Some(Way::Ask(_)) => false,
        Some(Way::End(end)) => {
            let (told, basis) = &formed.ends[end as usize];
            *told == Told::nothing() && basis.is_empty()
        }
    }
}

/// A decision in the words of the policies.
fn decision(model: &Model, (told, basis): &(Told, BTreeSet<String>)) -> MeaningDecision {
    let mut outcome = told.outcome(model, table::values);
    outcome.terms.sort();
    MeaningDecision { outcome, basis: basis.iter().cloned().collect() }
}
