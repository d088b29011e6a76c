//! What can be decided of a citizen of whom not everything is known, and what to ask first: `docs/semantics.md`,
//! section 13.

use super::graph::{Outcome, Outcomes, all_about};
use super::place;
use crate::claims::judged_below;
use crate::diagram::{Decisions, Diagrams, Node, NotProven, condition};
use crate::evaluate::Known;
use crate::ground::{Condition, Text, list, text, titled};
use crate::model::{Domain, FactId, Model, Place, SupportId, ValueSet};
use crate::verdict::Statements;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// What can be decided of a citizen, whatever is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Possible {
    /// one for each support, by name
    pub supports: Vec<PossibleDecisions>,
    /// what is still to be asked, the most decisive first; none when everything is decided
    pub questions: Vec<OpenQuestion>,
}

/// What can be decided on one support.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PossibleDecisions {
    /// the support's name
    pub support: String,
    /// the same for people
    pub title: String,
    /// the possible decisions, the strongest first; one when it is settled
    pub decisions: Vec<Outcome>,
}

/// A fact on which some decision still depends.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OpenQuestion {
    /// the fact's name
    pub fact: String,
    /// the same for people
    pub title: String,
    /// `skøn`: a person assesses it
    pub assessed: bool,
    /// what can be answered: values that some citizen has of whom the same is known
    pub answers: Answers,
    /// the values that lead alike, and how many decisions each leaves possible
    pub ways: Vec<Way>,
    /// how many decisions are left possible at worst, over all supports
    pub left_at_worst: usize,
    /// the supports whose decision hangs on it
    pub supports: Vec<String>,
}

/// What can be answered to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Answers {
    /// `ja` or `nej`
    YesNo,
    /// one of these: the value, and the same for people, empty where it has no title
    OneOf(Vec<(String, String)>),
    /// a number, a duration, an amount or a date, from the first to the last, as the language writes them
    Range {
        /// the least
        from: String,
        /// the greatest
        to: String,
        /// the unit of a number
        unit: Option<String>,
        /// the whole in words
        words: Text,
    },
}

/// Values of a fact that lead alike, whatever else is so.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Way {
    /// which
    pub values: Condition,
    /// how many decisions they leave possible, over all supports
    pub left: usize,
}

/// What can be decided on every judged support of a place, or on one and what lies below it.
///
/// # Errors
/// A place, support or fact nobody declared; a value outside its domain; a citizen there cannot be; the budget ran out.
pub(crate) fn possible(
    model: &Model,
    place: &str,
    facts: &[(String, String)],
    support: Option<&str>,
    budget: u64,
) -> Result<Possible, Text> {
    let module = place::municipality(model, place)?;
    let known = Known::of(model, facts)?;
    let statements = Statements::of(model, Place::of(model, module));
    let supports = match support {
        Some(name) => asked(model, &statements, name)?,
        None => statements.judged.clone(),
    };
    if let Some(problem) = nobody(model, &statements, &known, budget).map_err(too_much)? {
        return Err(problem);
    }
    let looking = Looking { model, statements: &statements, known: &known };
    looking.possible(&supports, budget).map_err(too_much)
}

/// The budget ran out.
pub(super) fn too_much(_: NotProven) -> Text {
    text!(
        en: "not proven: the budget ran out before it was known what can be decided; a larger `--budget` may help",
        da: "ikke bevist: beregningsrammen slap op, før det var kendt, hvad der kan afgøres; prøv med en større `--budget`"
    )
}

/// The judged supports a name stands for.
fn asked(model: &Model, statements: &Statements, name: &str) -> Result<Vec<SupportId>, Text> {
    let asked = judged_below(statements, model, place::support(model, name)?);
    if asked.is_empty() {
        return Err(
            text!(en: "there is nothing below the art `{name}`", da: "der er intet under arten `{name}`"),
        );
    }
    Ok(asked)
}

/// Why there can be no such citizen; nothing where there can.
pub(super) fn nobody(
    model: &Model,
    statements: &Statements,
    known: &Known,
    budget: u64,
) -> Result<Option<Text>, NotProven> {
    let mut diagrams = Diagrams::with_known(model, statements, &[], &[], &known.0, budget)?;
    let Some(blamed) = diagrams.leaving_nobody()? else { return Ok(None) };
    let titles = blamed.iter().map(|index| format!("\"{}\"", model.assumptions[*index].title));
    let Text { en, da } = list(&titles.collect::<Vec<_>>());
    Ok(Some(text!(
        en: "there can be no such citizen: it is assumed that {en}",
        da: "sådan en borger kan ikke findes: det antages, at {da}"
    )))
}

struct Looking<'a> {
    model: &'a Model,
    statements: &'a Statements,
    known: &'a Known,
}

/// What can be decided on one support.
struct View<'a> {
    support: SupportId,
    diagrams: Diagrams<'a>,
    ends: Node,
    outcomes: Outcomes,
}

/// A fact that is not known: the values that lead alike, and how many decisions each leaves.
struct Unknown {
    fact: FactId,
    ways: Vec<(ValueSet, usize)>,
}

impl Unknown {
    fn at_worst(&self) -> usize {
        self.ways.iter().map(|(_, left)| *left).max().unwrap_or(0)
    }
}

impl<'a> Looking<'a> {
    fn possible(&self, supports: &[SupportId], budget: u64) -> Result<Possible, NotProven> {
        let views = supports.par_iter().map(|support| self.view(*support, budget));
        let mut views: Vec<View<'a>> = views.collect::<Result<_, _>>()?;
        let possible = views.iter().map(|view| self.decisions(view)).collect();
        let mut unknown = self.unknown(&mut views)?;
        unknown.sort_by_key(|unknown| {
            let name = &self.model.facts[unknown.fact.index()].name;
            (unknown.at_worst(), unknown.ways.len(), name)
        });
        let hanging = open(&mut views, &unknown)?;
        let questions = unknown.iter().zip(hanging).filter(|(_, hanging)| !hanging.is_empty());
        let questions = questions.map(|(unknown, hanging)| self.question(unknown, &hanging)).collect();
        Ok(Possible { supports: possible, questions })
    }

    fn view(&self, support: SupportId, budget: u64) -> Result<View<'a>, NotProven> {
        let mut diagrams = all_about(self.statements, &self.statements.with_members(support), |rules| {
            Diagrams::with_known(self.model, self.statements, rules, &[], &self.known.0, budget)
        })?;
        let (mut decisions, mut outcomes) = (Decisions::new(), Outcomes::default());
        let decided = diagrams.decision(support, &mut decisions)?;
        let ends =
            diagrams.store.map(decided, &mut |leaf| outcomes.number(self.model, decisions.get(leaf)))?;
        let ends = diagrams.of_existing(ends)?;
        Ok(View { support, diagrams, ends, outcomes })
    }

    fn decisions(&self, view: &View<'_>) -> PossibleDecisions {
        let reached = view.diagrams.reached(view.ends);
        let outcomes = reached.into_iter().filter_map(|leaf| view.outcomes.outcome(self.model, leaf));
        let mut decisions: Vec<Outcome> = outcomes.collect();
        decisions.sort_by(|one, other| other.cmp(one));
        let support = &self.model.supports[view.support.index()];
        let title = titled(&support.title, &support.name).to_owned();
        PossibleDecisions { support: support.name.clone(), title, decisions }
    }

    /// Every fact that is not known.
    fn unknown(&self, views: &mut [View<'a>]) -> Result<Vec<Unknown>, NotProven> {
        let model = self.model;
        let facts = model.fact_ids().filter(|fact| self.known.0[fact.index()].is_none());
        let mut all: Vec<Unknown> = facts
            .map(|fact| Unknown { fact, ways: vec![(model.facts[fact.index()].domain.all(), 0)] })
            .collect();
        let facts: Vec<FactId> = all.iter().map(|unknown| unknown.fact).collect();
        let counted = views.par_iter_mut().map(|view| {
            let counted = facts.iter().map(|fact| {
                let ways = view.diagrams.ways(view.ends, *fact)?;
                let count = |node: Node| view.diagrams.reached(node).len();
                Ok(ways.into_iter().map(|(values, below)| (values, count(below))).collect::<Vec<_>>())
            });
            let counted: Vec<Vec<(ValueSet, usize)>> = counted.collect::<Result<_, NotProven>>()?;
            Ok((counted, view.diagrams.reached(view.ends).len()))
        });
        for (counted, whole) in counted.collect::<Result<Vec<_>, NotProven>>()? {
            for (unknown, own) in all.iter_mut().zip(counted) {
                if own.is_empty() {
                    unknown.ways.iter_mut().for_each(|(_, left)| *left += whole);
                } else {
                    let domain = &model.facts[unknown.fact.index()].domain;
                    unknown.ways = crossed(domain, &unknown.ways, &own);
                }
            }
        }
        Ok(all)
    }

    fn question(&self, unknown: &Unknown, hanging: &[SupportId]) -> OpenQuestion {
        let model = self.model;
        let fact = &model.facts[unknown.fact.index()];
        let way = |(values, left): &(ValueSet, usize)| Way {
            values: condition(model, unknown.fact, values),
            left: *left,
        };
        let mut ways = unknown.ways.clone();
        ways.sort_by_key(|(values, _)| values.bounds());
        OpenQuestion {
            fact: fact.name.clone(),
            title: titled(&fact.title, &fact.name).to_owned(),
            assessed: fact.assessed,
            answers: answers(&fact.domain, &ways),
            ways: ways.iter().map(way).collect(),
            left_at_worst: unknown.at_worst(),
            supports: hanging.iter().map(|id| model.supports[id.index()].name.clone()).collect(),
        }
    }
}

/// What two divisions of the values leave together; values that nobody has are left out.
fn crossed(domain: &Domain, ways: &[(ValueSet, usize)], own: &[(ValueSet, usize)]) -> Vec<(ValueSet, usize)> {
    let somebody =
        |values: &ValueSet| values.ranges().iter().any(|(low, high)| domain.written(*low, *high).is_some());
    let pairs = ways.iter().flat_map(|way| own.iter().map(move |own| (way, own)));
    let both = pairs
        .filter(|(_, (_, count))| *count > 0)
        .map(|((values, left), (own, count))| (values.intersection(own), left + count));
    both.filter(|(values, _)| somebody(values)).collect()
}

/// For each fact the supports that hang on it once those are left out that need not be asked: from the last to the
/// first, each that the others make up for. Nothing hangs on those.
fn open(views: &mut [View<'_>], unknown: &[Unknown]) -> Result<Vec<Vec<SupportId>>, NotProven> {
    let mut asked: BTreeSet<FactId> = unknown.iter().map(|unknown| unknown.fact).collect();
    for fact in unknown.iter().rev().map(|unknown| unknown.fact) {
        let without = views.iter_mut().map(|view| view.diagrams.without_fact(view.ends, fact));
        let without: Option<Vec<Node>> = without.collect::<Result<_, _>>()?;
        if let Some(without) = without {
            views.iter_mut().zip(without).for_each(|(view, ends)| view.ends = ends);
            asked.remove(&fact);
        }
    }
    let hanging = unknown.iter().map(|unknown| {
        let mut hanging = Vec::new();
        for view in views.iter_mut().filter(|_| asked.contains(&unknown.fact)) {
            if view.diagrams.without_fact(view.ends, unknown.fact)?.is_none() {
                hanging.push(view.support);
            }
        }
        Ok(hanging)
    });
    hanging.collect()
}

/// What can be answered: only what some completion has.
fn answers(domain: &Domain, ways: &[(ValueSet, usize)]) -> Answers {
    let values = ways.iter().fold(ValueSet::empty(), |all, (values, _)| all.union(values));
    match domain {
        Domain::YesNo => Answers::YesNo,
        Domain::List { values: named, .. } => {
            let possible = (0..).zip(named).filter(|(index, _)| values.contains(*index));
            Answers::OneOf(possible.map(|(_, named)| (named.name.clone(), named.title.clone())).collect())
        }
        _ => {
            let (low, high) = values.bounds().unwrap_or_else(|| domain.bounds());
            let (low, high) = domain.written(low, high).unwrap_or((low, high));
            let unit = match domain {
                Domain::Number { unit, .. } => unit.clone(),
                _ => None,
            };
            let (from, to) = (domain.spell_bare(low), domain.spell_bare(high));
            Answers::Range { from, to, unit, words: domain.in_words() }
        }
    }
}
