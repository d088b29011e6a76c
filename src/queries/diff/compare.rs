//! How two places treat twins, or one place the two sides of a line (`docs/semantics.md`, "Two versions, two places").

use super::cause::resting_on;
use super::class::ChangeClass;
use super::decided::Side;
use super::regions::{How, regions};
use super::{ChangedPart, judged_alike, parts};
use crate::diagram::NotProven;
use crate::evaluate::value_from_words;
use crate::ground::{RegionBox, Text, Window, Witness, text};
use crate::model::{FactId, Model, Place, SupportId, distance};
use crate::queries::graph::Outcome;
use crate::queries::place;
use crate::verdict::Statements;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// What two places are asked.
#[derive(Clone, Copy, Debug, Default)]
pub struct CompareAsked<'a> {
    /// two municipalities or institutions; the same twice, with `at`, for the two sides of a line
    pub places: [&'a str; 2],
    /// a fact and the value the twin has in the first and in the second place
    pub at: Option<(&'a str, [&'a str; 2])>,
    /// one support, or a kind and what lies below it
    pub support: Option<&'a str>,
}

/// How two places treat twins.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlacesCompared {
    /// the days that were looked at
    pub window: Window,
    /// the places, by name
    pub places: [String; 2],
    /// the fact that is another for the twin, and its value in the first and the second place
    pub at: Option<(String, [String; 2])>,
    /// what the second gives less of first, then by support
    pub differences: Vec<Difference>,
    /// how many supports were compared
    pub compared: usize,
    /// how many rules heard in either have an error: they are left out
    pub unread: usize,
    /// the supports for which the budget ran out, or the two ways of deciding disagree
    pub open: Vec<String>,
}

/// Twins who are treated differently.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// the support's name
    pub support: String,
    /// the same for people
    pub title: String,
    /// whether it is given, rather than carried out
    pub is_given: bool,
    /// what it is to live in the second place rather than the first
    pub class: ChangeClass,
    /// what differs
    pub parts: Vec<ChangedPart>,
    /// on which days, where these are the same for all twins, and not all that are looked at
    pub days: Option<Window>,
    /// the twins
    pub region: Vec<RegionBox>,
    /// whether these boxes are all of them
    pub is_whole: bool,
    /// one pair of them
    pub witness: Witness,
    /// what each place decides of it
    pub sides: [ComparedSide; 2],
}

/// What one place decides of a twin.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ComparedSide {
    /// whether the place itself says something of what differs
    pub silence: Silence,
    /// all that is decided
    pub outcome: Outcome,
    /// the rules with a part in it
    pub rules: Vec<String>,
    /// the provisions they cite
    pub basis: Vec<String>,
}

/// Whether a place says something of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Silence {
    /// it does
    Speaks,
    /// it does not
    Silent,
    /// it does not, and says so: `intet serviceniveau for`
    OnPurpose,
}

/// Compares what two places decide of twins.
///
/// # Errors
/// A place, support or fact nobody declared; a value that is none of the fact's.
pub(crate) fn compare(model: &Model, asked: CompareAsked<'_>, budget: u64) -> Result<PlacesCompared, Text> {
    let [first, second] = asked.places;
    let modules = [place::municipality(model, first)?, place::municipality(model, second)?];
    let [one, other] = modules.map(|id| Place::of(model, id));
    let (one, other) = judged_alike(model, one, model, other);
    let statements = [one, other];
    let at = asked.at.map(|(fact, values)| line(model, fact, values)).transpose()?;
    let only = asked.support.map(|name| place::support(model, name)).transpose()?;
    let judged: BTreeSet<SupportId> = statements.iter().flat_map(|s| &s.judged).copied().collect();
    let wanted = |id: &SupportId| only.is_none_or(|only| distance(model, *id, only).is_some());
    let judged: Vec<SupportId> = judged.into_iter().filter(wanted).collect();
    let how = How { of_versions: false, at, alike: None, budget };
    let found: Vec<(SupportId, Result<Vec<Difference>, NotProven>)> =
        judged.into_par_iter().map(|id| (id, of_support(model, &statements, id, how))).collect();
    let heard: BTreeSet<_> = statements.iter().flat_map(|s| s.place.rules(model)).collect();
    let mut comparison = PlacesCompared {
        window: model.window,
        places: modules.map(|id| model.modules[id.index()].name.clone()),
        at: asked.at.map(|(fact, values)| (fact.to_owned(), values.map(str::to_owned))),
        compared: found.len(),
        unread: heard.into_iter().filter(|id| model.rule(*id).has_error).count(),
        differences: Vec::new(),
        open: Vec::new(),
    };
    for (id, differences) in found {
        match differences {
            Ok(differences) => comparison.differences.extend(differences),
            Err(NotProven) => comparison.open.push(model.supports[id.index()].name.clone()),
        }
    }
    comparison.differences.sort_by_cached_key(|one| (one.class, one.support.clone()));
    Ok(comparison)
}

/// A fact and two of its values, from words.
fn line(model: &Model, name: &str, values: [&str; 2]) -> Result<(FactId, [i64; 2]), Text> {
    let fact = place::fact(model, name)?;
    let domain = &model.facts[fact.index()].domain;
    let value = |word: &str| {
        let value = value_from_words(domain, word).filter(|value| domain.all().contains(*value));
        value.ok_or_else(
            || text!(en: "`{word}` is no value of `{name}`", da: "`{word}` er ingen værdi af `{name}`"),
        )
    };
    Ok((fact, [value(values[0])?, value(values[1])?]))
}

fn of_support(
    model: &Model,
    statements: &[Statements; 2],
    support: SupportId,
    how: How<'_>,
) -> Result<Vec<Difference>, NotProven> {
    let side = |at: usize| Side { model, statements: &statements[at], declared: Some(support) };
    let sides = [side(0), side(1)];
    let found = regions(sides[0], sides[1], how)?;
    if found.disagreement {
        return Err(NotProven);
    }
    let subject = &model.supports[support.index()];
    let difference = |moved: super::regions::Moved| {
        let compared = |at: usize| {
            let (rules, basis) = resting_on(&sides[at], &moved.profiles[at]);
            let silence = match moved.delta.silent[at] {
                true if is_on_purpose(model, sides[at].statements, support) => Silence::OnPurpose,
                true => Silence::Silent,
                false => Silence::Speaks,
            };
            let outcome = found.outcomes.outcome(model, moved.ends[at])?;
            Some(ComparedSide { silence, outcome, rules, basis })
        };
        Some(Difference {
            support: subject.name.clone(),
            title: subject.title.clone(),
            is_given: subject.is_given(),
            class: moved.delta.class(model),
            parts: parts(model, &moved.delta),
            days: super::days::days(&moved.region, moved.is_whole, model.window),
            sides: [compared(0)?, compared(1)?],
            region: moved.region,
            is_whole: moved.is_whole,
            witness: moved.witness,
        })
    };
    Ok(found.moved.into_iter().filter_map(difference).collect())
}

/// Whether a place says that it says nothing of a support, or of a kind above it.
fn is_on_purpose(model: &Model, statements: &Statements, support: SupportId) -> bool {
    let module = statements.place.module().map(|id| &model.modules[id.index()]);
    let silent_on = module.into_iter().flat_map(|module| &module.silent_on);
    silent_on.into_iter().any(|(declared, _)| distance(model, support, *declared).is_some())
}
