//! A place, made ready to decide many.

use super::batch::{Batch, NOT_KNOWN};
use super::cells::{self, FactColumn};
use super::classes::{Classes, Coded};
use super::lately::Lately;
use super::layers::Layers;
use super::outcome::{Decided, Outcome, SupportColumn, Word};
use super::premises::{Judged, Premises, premises};
use super::shape::{Column, SupportShape};
use super::unit::Unit;
use crate::diagram::{Decisions, Diagrams, Node, NotProven, Partly, comparisons};
use crate::evaluate::{Case, reasons};
use crate::ground::{Day, Text, text};
use crate::model::{
    DATE, DepartmentId, FactId, Formula, Model, ModuleId, Place, Profile, RuleId, SupportId, ValueSet,
    distance, nearest,
};
use crate::verdict::{Decision, Statements};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// What is asked of a population.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked<'a> {
    /// the municipality or institution
    pub place: &'a str,
    /// only this support, or what lies below this art
    pub support: Option<&'a str>,
    /// the one day of all
    pub day: Option<Day>,
    /// whether the rules behind each decision are told
    pub rules: bool,
}

/// A citizen there cannot be.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Excluded {
    /// which
    pub row: usize,
    /// the assumption that is false
    pub reason: Text,
    /// the facts it asks
    pub facts: Vec<String>,
}

/// How a model is made in which one day is looked at alone.
pub(crate) type Resolve = Box<dyn Fn(Day) -> Model + Send + Sync>;

/// A place that decides many citizens at once, each as it decides one. Made by
/// [`Workspace::population`](crate::Workspace::population).
pub struct Decider {
    within: Compiled,
    /// the days outside the window, each looked at alone
    outside: Mutex<Lately<Compiled>>,
    resolve: Resolve,
    facts: Vec<FactColumn>,
    asked: Owned,
    budget: u64,
}

impl fmt::Debug for Decider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decider").field("asked", &self.asked).finish_non_exhaustive()
    }
}

#[derive(Clone, Debug)]
struct Owned {
    place: ModuleId,
    supports: Vec<SupportShape>,
    day: Option<Day>,
}

impl Decider {
    /// Makes a place ready.
    ///
    /// # Errors
    /// An unknown place or support; a kind with nothing below it.
    pub(crate) fn new(
        model: Model,
        place: ModuleId,
        asked: Asked<'_>,
        resolve: Resolve,
        budget: u64,
    ) -> Result<Self, Text> {
        let statements = Statements::of(&model, Place::of(&model, place));
        let supports = shapes(&model, &statements, asked)?;
        let owned = Owned { place, supports, day: asked.day };
        let facts = model.fact_ids().map(|id| FactColumn::new(id, &model.facts[id.index()])).collect();
        let within = Compiled::new(model, &owned, budget);
        Ok(Decider { within, outside: Mutex::default(), resolve, facts, asked: owned, budget })
    }

    /// The facts, each in its place.
    pub fn facts(&self) -> &[FactColumn] {
        &self.facts
    }

    /// The place of the day among the facts.
    pub fn day(&self) -> usize {
        DATE.index()
    }

    /// The one day of all, where there is one.
    pub fn day_of_all(&self) -> Option<Day> {
        self.asked.day
    }

    /// The place, for people.
    pub fn place_title(&self) -> &str {
        let place = &self.within.model.modules[self.asked.place.index()];
        crate::ground::titled(&place.title, &place.name)
    }

    /// What is told, support by support.
    pub fn supports(&self) -> &[SupportShape] {
        &self.asked.supports
    }

    /// The columns of the decisions.
    pub fn columns(&self) -> Vec<Column> {
        self.asked.supports.iter().flat_map(SupportShape::columns).collect()
    }

    /// The facts that something asks here, by their places: what is not known of others changes nothing.
    pub fn asked_facts(&self) -> Vec<usize> {
        self.within.asked.iter().map(|fact| fact.index()).collect()
    }

    /// The supports whose diagrams have outgrown their budget: they are decided one citizen at a time.
    pub fn slow(&self) -> Vec<&str> {
        let units = self.within.units.iter().zip(&self.asked.supports);
        units.filter(|(unit, _)| unit.outgrown).map(|(_, shape)| shape.name.as_str()).collect()
    }

    /// Why a cell is no value of its fact.
    pub fn problem(&self, fact: usize, cell: &str) -> Text {
        cells::problem(&self.within.model, FactId(fact as u32), cell)
    }

    pub(super) fn model(&self) -> &Model {
        &self.within.model
    }

    pub(super) fn within(&self) -> &Compiled {
        &self.within
    }

    pub(super) fn place(&self) -> ModuleId {
        self.asked.place
    }

    pub(super) fn budget(&self) -> u64 {
        self.budget
    }

    /// Those among some citizens there cannot be. The others can be decided.
    pub fn excluded(&self, batch: &Batch) -> Vec<Excluded> {
        let mut excluded = Vec::new();
        self.by_day(batch, |compiled, batch, rows| {
            let coded = compiled.classes.coded(batch);
            let judged = compiled.judged(batch, &coded);
            let exists = compiled.exists.answers(&compiled.classes, &coded, &judged, |row| {
                u32::from(compiled.broken(batch, row).next().is_none())
            });
            for (row, exists) in exists.into_iter().enumerate().filter(|(_, exists)| *exists == 0) {
                debug_assert_eq!(exists, 0);
                excluded.extend(compiled.broken(batch, row).map(|(reason, facts)| Excluded {
                    row: rows.map_or(row, |rows| rows[row]),
                    reason,
                    facts,
                }));
            }
        });
        excluded.sort_by_key(|excluded| excluded.row);
        excluded
    }

    /// Decides each of some citizens. The day of each must be known, and none be [excluded](Decider::excluded).
    pub fn decide(&self, batch: &Batch) -> Decided {
        let mut parts = Vec::new();
        self.by_day(batch, |compiled, batch, rows| {
            parts.push((compiled.decide(batch, &self.asked.supports), rows.map(<[usize]>::to_vec)));
        });
        if parts.len() == 1 && parts[0].1.is_none() {
            return Decided { supports: parts.remove(0).0 };
        }
        let supports = (0..self.asked.supports.len()).map(|support| {
            let mut gathered = Gathered::default();
            let mut of_row = vec![0; batch.rows()];
            let part = |(columns, rows): &(Vec<SupportColumn>, Option<Vec<usize>>), row: usize| {
                let place = match rows {
                    Some(rows) => rows.binary_search(&row).ok()?,
                    None => row,
                };
                let column: &SupportColumn = &columns[support];
                Some(Arc::clone(&column.outcomes[column.of_row[place] as usize]))
            };
            for (row, place) in of_row.iter_mut().enumerate() {
                if let Some(outcome) = parts.iter().find_map(|one| part(one, row)) {
                    *place = gathered.number(outcome);
                }
            }
            SupportColumn { outcomes: gathered.list, of_row }
        });
        Decided { supports: supports.collect() }
    }

    /// Looks at the citizens of the window together, and at those of each other day alone.
    pub(super) fn by_day(&self, batch: &Batch, mut look: impl FnMut(&Compiled, &Batch, Option<&[usize]>)) {
        let window = self.within.model.window;
        let is_within = |day: Day| (window.from..=window.to).contains(&day) || day == NOT_KNOWN;
        let days = batch.column(DATE.index()).unwrap_or_default();
        if days.iter().all(|day| is_within(*day)) {
            return look(&self.within, batch, None);
        }
        let mut rows: BTreeMap<Option<Day>, Vec<usize>> = BTreeMap::new();
        for (row, day) in days.iter().enumerate() {
            rows.entry((!is_within(*day)).then_some(*day)).or_default().push(row);
        }
        for (day, rows) in rows {
            match day {
                None => look(&self.within, &batch.only(&rows), Some(&rows)),
                Some(day) => look(&self.compiled_for(day), &batch.only(&rows), Some(&rows)),
            }
        }
    }

    fn compiled_for(&self, day: Day) -> Arc<Compiled> {
        let mut outside = self.outside.lock().unwrap_or_else(PoisonError::into_inner);
        outside.get(day, || {
            let asked = Owned { day: Some(day), ..self.asked.clone() };
            Compiled::new((self.resolve)(day), &asked, self.budget)
        })
    }
}

/// What is told of a place, support by support.
fn shapes(model: &Model, statements: &Statements, asked: Asked<'_>) -> Result<Vec<SupportShape>, Text> {
    let below = match asked.support {
        None => None,
        Some(name) => {
            let found = model.supports.iter().position(|support| support.name == name);
            let Some(found) = found else {
                let near = nearest(name, model.supports.iter().map(|support| support.name.as_str()));
                return Err(match near {
                    Some(near) => text!(
                        en: "there is no støtte `{name}`, did you mean `{near}`?",
                        da: "der er ingen støtte `{name}`, mente du `{near}`?"
                    ),
                    None => text!(en: "there is no støtte `{name}`", da: "der er ingen støtte `{name}`"),
                });
            };
            Some(SupportId(found as u32))
        }
    };
    let is_asked = |id: &SupportId| below.is_none_or(|below| distance(model, *id, below).is_some());
    let judged = statements.judged.iter().copied().filter(is_asked);
    let told = judged.filter_map(|id| SupportShape::of(model, statements, id, asked.rules));
    let told: Vec<SupportShape> = told.collect();
    if told.is_empty() {
        let place = statements.place.module().map_or("", |module| &model.modules[module.index()].name);
        return Err(match asked.support {
            Some(name) => text!(
                en: "no rule heard in `{place}` speaks of `{name}`",
                da: "ingen regel, der høres i `{place}`, taler om `{name}`"
            ),
            None => text!(
                en: "no rule heard in `{place}` speaks of any støtte",
                da: "ingen regel, der høres i `{place}`, taler om nogen støtte"
            ),
        });
    }
    Ok(told)
}

/// One model in one place, with tables for all it decides.
pub(super) struct Compiled {
    pub(super) model: Model,
    statements: Statements,
    pub(super) classes: Classes,
    premises: Premises,
    exists: Unit,
    units: Vec<SupportUnit>,
    departments: Vec<(DepartmentId, Unit)>,
    asked: BTreeSet<FactId>,
}

/// The answer of a diagram where a decision rests on what is not known.
const OPEN: u32 = u32::MAX >> 1;

/// A region as tables, where it did not outgrow its budget.
fn region(
    made: Result<(Partly<'_>, Node), NotProven>,
    (tests, premises): (&Tests, Vec<u32>),
    classes: &Classes,
) -> Unit {
    let made = made.ok();
    let layers =
        made.and_then(|(made, root)| Layers::new((&made.space, &made.store), root, classes, |leaf| leaf));
    let of_all = layers.is_some();
    Unit::new(facts_of(tests), premises, layers, of_all)
}

/// The decision on one support.
struct SupportUnit {
    unit: Unit,
    outcomes: Outcomes,
    /// its diagram has outgrown its budget
    outgrown: bool,
}

type Tests = Vec<(FactId, ValueSet)>;

fn facts_of(tests: &Tests) -> Vec<FactId> {
    let facts: BTreeSet<FactId> = tests.iter().map(|(fact, _)| *fact).collect();
    facts.into_iter().collect()
}

impl Compiled {
    fn new(model: Model, asked: &Owned, budget: u64) -> Self {
        let statements = Statements::of(&model, Place::of(&model, asked.place));
        let rules_about = |shape: &SupportShape| -> Vec<RuleId> {
            let said = statements.with_members(shape.id).into_iter().flat_map(|id| statements.about(id));
            said.map(|said| said.rule).collect::<BTreeSet<_>>().into_iter().collect()
        };
        // what a case asks is answered before anything else is looked at
        let tests_of = |shape: &SupportShape| comparisons(&model, &statements, &rules_about(shape), &[]).0;
        let support_tests: Vec<Tests> = asked.supports.par_iter().map(tests_of).collect();
        let mut all_premises = Premises::default();
        let of_shape = |shape: &SupportShape| premises(&model, &statements, &rules_about(shape), &[]);
        let of_shapes: Vec<Vec<Formula>> = asked.supports.par_iter().map(of_shape).collect();
        let support_premises: Vec<Vec<u32>> =
            of_shapes.into_iter().map(|own| all_premises.places(own)).collect();
        let assumed: Vec<&Formula> = model.assumptions.iter().map(|assumption| &assumption.formula).collect();
        let exists_tests = comparisons(&model, &statements, &[], &assumed).0;
        let departments: Vec<DepartmentId> = (0..model.departments.len() as u32).map(DepartmentId).collect();
        let own = |id: &DepartmentId| model.departments[id.index()].module == asked.place;
        let departments: Vec<(DepartmentId, Tests)> = departments
            .into_iter()
            .filter(own)
            .map(|id| (id, comparisons(&model, &statements, &[], &[&model.departments[id.index()].scope]).0))
            .collect();
        let scopes = departments.iter().map(|(_, tests)| tests);
        let all: Tests =
            support_tests.iter().chain([&exists_tests]).chain(scopes).flatten().cloned().collect();
        let classes = Classes::new(&model, &all);
        let mut known = vec![None; model.facts.len()];
        known[DATE.index()] = asked.day;
        let exists = {
            let made = Partly::new(&model, &statements, &[], &assumed, &known, budget);
            let root = made.and_then(|mut made| made.existing().map(|root| (made, root)));
            let premises = all_premises.places(premises(&model, &statements, &[], &assumed));
            region(root, (&exists_tests, premises), &classes)
        };
        let departments = departments.iter().map(|(id, tests)| {
            let scope = &model.departments[id.index()].scope;
            let made = Partly::new(&model, &statements, &[], &[scope], &known, budget);
            let root = made.and_then(|mut made| made.judged(scope).map(|root| (made, root)));
            let premises = all_premises.places(premises(&model, &statements, &[], &[scope]));
            (*id, region(root, (tests, premises), &classes))
        });
        let departments = departments.collect();
        let unit = |((shape, tests), premises): ((&SupportShape, &Tests), Vec<u32>)| {
            let mut outcomes = Outcomes::new(Outcome::open(shape));
            let mut told = |decision: &Decision| outcomes.number(Outcome::of(&model, shape, decision, &[]));
            let rules = rules_about(shape);
            let mut of_all = || -> Result<Option<Layers>, NotProven> {
                let mut made = Partly::new(&model, &statements, &rules, &[], &known, budget)?;
                let mut decisions = Decisions::new();
                let root = made.decision(shape.id, &mut decisions, OPEN)?;
                Ok(Layers::new((&made.space, &made.store), root, &classes, |leaf| {
                    if leaf == OPEN { 0 } else { told(decisions.get(leaf)) }
                }))
            };
            // a diagram does not know the rules behind its leaves
            let everybody = if shape.has_rules { None } else { of_all().unwrap_or(None) };
            let mut of_known = || -> Result<Option<Layers>, NotProven> {
                let mut made = Diagrams::with_known(&model, &statements, &rules, &[], &known, budget)?;
                for id in statements.with_members(shape.id) {
                    made.prepare(id)?;
                }
                let mut decisions = Decisions::new();
                let root = made.decision(shape.id, &mut decisions)?;
                Ok(Layers::new((&made.space, &made.store), root, &classes, |leaf| told(decisions.get(leaf))))
            };
            let is_of_all = everybody.is_some();
            let layers = if is_of_all || shape.has_rules { everybody } else { of_known().unwrap_or(None) };
            let outgrown = layers.is_none() && !shape.has_rules;
            let unit = Unit::new(facts_of(tests), premises, layers, is_of_all);
            SupportUnit { unit, outcomes, outgrown }
        };
        let units = asked.supports.par_iter().zip(&support_tests).zip(support_premises).map(unit).collect();
        let asked = facts_of(&all).into_iter().collect();
        Compiled { model, statements, classes, premises: all_premises, exists, units, departments, asked }
    }

    pub(super) fn statements(&self) -> &Statements {
        &self.statements
    }

    /// How the premises come out for some citizens.
    fn judged<'a>(&'a self, batch: &'a Batch, coded: &'a Coded) -> Judged<'a> {
        Judged::new(&self.model, &self.premises, (&self.classes, coded), batch)
    }

    /// One citizen, as the plain evaluator sees them.
    fn with_case<T>(&self, batch: &Batch, row: usize, look: impl FnOnce(&Case<'_>) -> T) -> T {
        let known = batch.row(row);
        let unknown = self.model.fact_ids().filter(|fact| known[fact.index()].is_none()).collect();
        let profile = Profile(known.into_iter().map(Option::unwrap_or_default).collect());
        look(&Case::partly(&self.model, &self.statements, &profile, unknown))
    }

    /// The assumptions that are false of a citizen, and the facts they ask.
    fn broken(&self, batch: &Batch, row: usize) -> impl Iterator<Item = (Text, Vec<String>)> {
        let judged = self.with_case(batch, row, |case| {
            let holds = |formula: &Formula| case.judge::<Option<bool>>(formula, false, &mut ());
            self.model.assumptions.iter().map(|a| holds(&a.formula)).collect::<Vec<_>>()
        });
        let broken = self.model.assumptions.iter().zip(judged).filter(|(_, holds)| *holds == Some(false));
        let told = broken.map(|(assumption, _)| {
            let title = &assumption.title;
            let tests = comparisons(&self.model, &self.statements, &[], &[&assumption.formula]).0;
            let name = |fact: FactId| self.model.facts[fact.index()].name.clone();
            let facts: Vec<String> = facts_of(&tests).into_iter().map(name).collect();
            let words = text!(
                en: "there can be no such citizen: it is assumed that \"{title}\"",
                da: "sådan en borger kan ikke findes: det antages, at \"{title}\""
            );
            (words, facts)
        });
        told.collect::<Vec<_>>().into_iter()
    }

    /// The tables of a support, and the words of their answers.
    pub(super) fn layers(&self, at: usize) -> Option<(&Layers, Vec<Word>, bool)> {
        let unit = self.units.get(at)?;
        let outcomes = unit.outcomes.0.read().unwrap_or_else(PoisonError::into_inner);
        let words = outcomes.list.iter().map(|outcome| outcome.word).collect();
        Some((unit.unit.layers.as_ref()?, words, unit.unit.of_all))
    }

    fn decide(&self, batch: &Batch, shapes: &[SupportShape]) -> Vec<SupportColumn> {
        let coded = self.classes.coded(batch);
        let judged = self.judged(batch, &coded);
        let units = self.units.iter().zip(shapes);
        let column = |(own, shape): (&SupportUnit, &SupportShape)| {
            let plain = |row: usize| {
                let outcome = self.with_case(batch, row, |case| {
                    let reasoned = reasons::<Option<bool>>(case, shape.id, &mut ());
                    let settled = reasoned.certain;
                    settled.then(|| Outcome::of_evaluated(&self.model, shape, &reasoned.decided()))
                });
                outcome.map_or(0, |outcome| own.outcomes.share(outcome))
            };
            let answers = own.unit.answers(&self.classes, &coded, &judged, plain);
            own.outcomes.column(answers)
        };
        units.map(column).collect()
    }

    /// For each department of the place whether it serves each citizen; nothing where that is not known.
    pub(super) fn served(&self, batch: &Batch) -> Vec<(DepartmentId, Vec<Option<bool>>)> {
        let coded: Coded = self.classes.coded(batch);
        let judged = self.judged(batch, &coded);
        let served = |(id, unit): &(DepartmentId, Unit)| {
            let scope = &self.model.departments[id.index()].scope;
            let answers = unit.answers(&self.classes, &coded, &judged, |row| {
                match self.with_case(batch, row, |case| case.judge::<Option<bool>>(scope, false, &mut ())) {
                    Some(holds) => u32::from(holds),
                    None => 2,
                }
            });
            (*id, answers.into_iter().map(|answer| (answer < 2).then_some(answer == 1)).collect())
        };
        self.departments.iter().map(served).collect()
    }
}

/// The decisions there are on a support; the first is what rests on what is not known.
struct Outcomes(RwLock<Gathered>);

#[derive(Default)]
struct Gathered {
    list: Vec<Arc<Outcome>>,
    numbers: FxHashMap<Arc<Outcome>, u32>,
}

impl Gathered {
    fn number(&mut self, outcome: Arc<Outcome>) -> u32 {
        if let Some(known) = self.numbers.get(&outcome) {
            return *known;
        }
        let number = self.list.len() as u32;
        self.list.push(Arc::clone(&outcome));
        self.numbers.insert(outcome, number);
        number
    }
}

impl Outcomes {
    fn new(open: Outcome) -> Self {
        let mut gathered = Gathered::default();
        gathered.number(Arc::new(open));
        Outcomes(RwLock::new(gathered))
    }

    fn number(&mut self, outcome: Outcome) -> u32 {
        self.0.get_mut().unwrap_or_else(PoisonError::into_inner).number(Arc::new(outcome))
    }

    fn share(&self, outcome: Outcome) -> u32 {
        self.0.write().unwrap_or_else(PoisonError::into_inner).number(Arc::new(outcome))
    }

    /// The answers about some citizens, by the decisions that are among them, in the order in which they come.
    fn column(&self, mut answers: Vec<u32>) -> SupportColumn {
        let all = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let mut places = vec![u32::MAX; all.list.len()];
        let mut outcomes = Vec::new();
        for answer in &mut answers {
            let place = &mut places[*answer as usize];
            if *place == u32::MAX {
                *place = outcomes.len() as u32;
                outcomes.push(Arc::clone(&all.list[*answer as usize]));
            }
            *answer = *place;
        }
        SupportColumn { outcomes, of_row: answers }
    }
}
