//! The conditions that decisions rest on, each judged of many citizens at once.
//!
//! A condition comes out as its parts do (Kleene), and so does a decision: citizens of whom the same conditions hold, fail and are open are
//! decided alike, and for the same reasons.

use super::batch::{Batch, NOT_KNOWN};
use super::classes::{Classes, Coded};
use crate::model::{DATE, EffectKind, FactId, Formula, Model, RuleId, ValueSet, asked_in};
use crate::verdict::Statements;
use rustc_hash::FxHashMap;
use std::cell::OnceCell;

// so that all of some conditions is the least of them, and any of them the greatest
const FAILS: u8 = 0;
const OPEN: u8 = 1;
const HOLDS: u8 = 2;

/// The bits that one of these takes, and how many a word has room for.
const BITS: usize = 2;
const IN_A_WORD: usize = u64::BITS as usize / BITS;

/// All that the decision on these rules and formulas rests on: the conditions of the rules and of what they rest on. What is decided of a
/// support rests on the conditions of its own rules, so a condition that asks for it is taken apart.
pub(super) fn premises(
    model: &Model,
    statements: &Statements,
    rules: &[RuleId],
    formulas: &[&Formula],
) -> Vec<Formula> {
    let mut all = Vec::new();
    for formula in formulas {
        parts(model, formula, &mut all);
    }
    let (resting, _) = statements.closure(model, rules, formulas);
    for rule in resting.iter().map(|id| model.rule(id)) {
        all.push(Formula::Test(DATE, model.days_of(rule)));
        parts(model, &rule.when, &mut all);
        parts(model, &rule.deviable, &mut all);
        for place in &rule.places {
            parts(model, &model.departments[place.index()].scope, &mut all);
        }
        for effect in &rule.effects {
            if let EffectKind::Precondition(formula) = &effect.kind {
                parts(model, formula, &mut all);
            }
            let dated = effect.bounds.iter().filter(|bound| bound.days != ValueSet::all());
            all.extend(dated.map(|bound| Formula::Test(DATE, bound.days.clone())));
        }
    }
    all
}

/// A condition, or where it asks what is decided, the parts of it that do not.
fn parts(model: &Model, formula: &Formula, all: &mut Vec<Formula>) {
    match formula {
        Formula::Always | Formula::Never | Formula::Decided { .. } => {}
        _ if asked_in(&model.concepts, formula).is_empty() => all.push(formula.clone()),
        Formula::Test(..) => all.push(formula.clone()),
        Formula::Concept(id) => parts(model, &model.concepts[id.index()].formula, all),
        Formula::Not(inner) => parts(model, inner, all),
        Formula::And(inner) | Formula::Or(inner) => inner.iter().for_each(|part| parts(model, part, all)),
    }
}

/// The premises of everything that is asked in a place, each once.
#[derive(Debug, Default)]
pub(super) struct Premises {
    all: Vec<Formula>,
    places: FxHashMap<Formula, u32>,
}

impl Premises {
    /// The places of some among them, each once.
    pub(super) fn places(&mut self, some: Vec<Formula>) -> Vec<u32> {
        let mut place = |premise: Formula| {
            let next = self.all.len() as u32;
            *self.places.entry(premise).or_insert_with_key(|premise| {
                self.all.push(premise.clone());
                next
            })
        };
        let mut places: Vec<u32> = some.into_iter().map(&mut place).collect();
        places.sort_unstable();
        places.dedup();
        places
    }
}

/// How the premises come out for some citizens; each is judged where somebody asks for it.
pub(super) struct Judged<'a> {
    model: &'a Model,
    premises: &'a Premises,
    classes: &'a Classes,
    coded: &'a Coded,
    batch: &'a Batch,
    columns: Vec<OnceCell<Vec<u8>>>,
}

impl<'a> Judged<'a> {
    pub(super) fn new(
        model: &'a Model,
        premises: &'a Premises,
        (classes, coded): (&'a Classes, &'a Coded),
        batch: &'a Batch,
    ) -> Self {
        let columns = premises.all.iter().map(|_| OnceCell::new()).collect();
        Judged { model, premises, classes, coded, batch, columns }
    }

    /// How some of them come out for each citizen, as so many words.
    pub(super) fn keys(&self, places: &[u32]) -> Keys {
        let width = places.len().div_ceil(IN_A_WORD);
        let mut words = vec![0_u64; width * self.coded.rows];
        for (at, place) in places.iter().enumerate() {
            let (word, shift) = (at / IN_A_WORD, at % IN_A_WORD * BITS);
            let column =
                self.columns[*place as usize].get_or_init(|| self.judge(&self.premises.all[*place as usize]));
            for (key, came_out) in words.chunks_exact_mut(width).zip(column) {
                key[word] |= u64::from(*came_out) << shift;
            }
        }
        Keys { width, words }
    }

    fn judge(&self, formula: &Formula) -> Vec<u8> {
        let constant = |came_out: u8| vec![came_out; self.coded.rows];
        let fold = |parts: &[Formula], of_none: u8, join: fn(u8, u8) -> u8| {
            parts.iter().fold(constant(of_none), |mut all, part| {
                all.iter_mut().zip(self.judge(part)).for_each(|(all, part)| *all = join(*all, part));
                all
            })
        };
        match formula {
            Formula::Always => constant(HOLDS),
            // no premise asks what is decided
            Formula::Never | Formula::Decided { .. } => constant(FAILS),
            Formula::Test(fact, set) => self.test(*fact, set),
            Formula::Concept(id) => self.judge(&self.model.concepts[id.index()].formula),
            Formula::Not(inner) => self.judge(inner).into_iter().map(|came_out| HOLDS - came_out).collect(),
            Formula::And(parts) => fold(parts, HOLDS, u8::min),
            Formula::Or(parts) => fold(parts, FAILS, u8::max),
        }
    }

    fn test(&self, fact: FactId, set: &ValueSet) -> Vec<u8> {
        let of_value = |value: i64| if set.contains(value) { HOLDS } else { FAILS };
        if let (Some(stretches), Some(column)) = (self.classes.of(fact), &self.coded.columns[fact.index()]) {
            let of_class: Vec<u8> =
                stretches.starts.iter().map(|start| of_value(*start)).chain([OPEN]).collect();
            return column.iter().map(|class| of_class[usize::from(*class)]).collect();
        }
        let of_cell = |value: &i64| if *value == NOT_KNOWN { OPEN } else { of_value(*value) };
        match self.batch.column(fact.index()) {
            Some(values) => values.iter().map(of_cell).collect(),
            None => vec![OPEN; self.coded.rows],
        }
    }
}

/// How some premises come out, citizen by citizen.
pub(super) struct Keys {
    width: usize,
    words: Vec<u64>,
}

impl Keys {
    pub(super) fn of(&self, row: usize) -> &[u64] {
        &self.words[row * self.width..][..self.width]
    }
}
