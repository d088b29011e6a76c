//! What a rule means, whatever it is called and wherever it stands: equal meanings have equal numbers, in two models
//! over one vocabulary.

use crate::model::{
    ConceptId, EffectKind, FactId, Formula, Grade, Model, Place, RuleId, SupportId, TermId, ValueSet,
};
use std::collections::{BTreeMap, BTreeSet};

/// Numbers things, equal ones alike.
struct Numbers<K>(BTreeMap<K, u32>);

impl<K: Ord> Numbers<K> {
    fn of(&mut self, key: K) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry(key).or_insert(next)
    }
}

/// A condition whose concepts are opened.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Condition {
    Always,
    Never,
    Test(FactId, ValueSet),
    Decided(String, bool),
    Not(u32),
    And(BTreeSet<u32>),
    Or(BTreeSet<u32>),
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Done {
    Grade(Grade, bool),
    Terms,
    Precondition(u32),
    Lapses,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Effect {
    done: Done,
    support: Option<String>,
    bounds: BTreeSet<(TermId, ValueSet, ValueSet, bool)>,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Rule {
    module: String,
    places: BTreeSet<u32>,
    days: ValueSet,
    when: u32,
    deviable: u32,
    effects: BTreeSet<Effect>,
    exception_to: BTreeSet<u32>,
    has_error: bool,
}

/// A shared numbering of what rules mean.
pub(super) struct Meanings {
    /// for each fact the values that somebody of both models can have
    shared: Vec<ValueSet>,
    conditions: Numbers<Condition>,
    rules: Numbers<Rule>,
}

/// The meanings of all rules of one model, by their ids, and of its assumptions.
pub(super) struct Meant {
    pub rules: Vec<u32>,
    pub assumptions: BTreeSet<u32>,
}

impl Meanings {
    pub(super) fn new(shared: Vec<ValueSet>) -> Self {
        Meanings { shared, conditions: Numbers(BTreeMap::new()), rules: Numbers(BTreeMap::new()) }
    }

    /// What the rules of a model mean. Two models are compared by the same `Meanings`.
    pub(super) fn of(&mut self, model: &Model) -> Meant {
        let mut reading = Reading { model, meanings: self, concepts: BTreeMap::new(), of_shared: false };
        let assumptions =
            model.assumptions.iter().map(|assumption| reading.condition(&assumption.formula)).collect();
        // `at least 18` says the same however old one may be
        (reading.concepts, reading.of_shared) = (BTreeMap::new(), true);
        let mut rules: Vec<Option<u32>> = vec![None; model.rules.len()];
        for start in model.rule_ids() {
            // a rule is numbered after those it is an exception from; a chain may be long
            let mut pending = vec![start];
            while let Some(id) = pending.last().copied() {
                let bases = &model.rule(id).exception_to;
                let open = bases.iter().rev().find(|base| rules[base.index()].is_none());
                match open {
                    Some(base) if rules[id.index()].is_none() => pending.push(base),
                    _ => {
                        let number = rules[id.index()].unwrap_or_else(|| reading.rule(id, &rules));
                        rules[id.index()] = Some(number);
                        pending.pop();
                    }
                }
            }
        }
        Meant { rules: rules.into_iter().flatten().collect(), assumptions }
    }
}

struct Reading<'a, 'm> {
    model: &'a Model,
    meanings: &'m mut Meanings,
    concepts: BTreeMap<ConceptId, u32>,
    /// whether conditions are read as what they say of citizens of both models
    of_shared: bool,
}

impl Reading<'_, '_> {
    fn rule(&mut self, id: RuleId, known: &[Option<u32>]) -> u32 {
        let model = self.model;
        let rule = model.rule(id);
        let name = |id: &SupportId| model.supports[id.index()].name.clone();
        let places =
            rule.places.iter().map(|id| self.condition(&model.departments[id.index()].scope)).collect();
        let effects = rule.effects.iter().map(|effect| Effect {
            done: match &effect.kind {
                EffectKind::Grade { grade, duty } => Done::Grade(*grade, *duty),
                EffectKind::Terms => Done::Terms,
                EffectKind::Precondition(formula) => Done::Precondition(self.condition(formula)),
                EffectKind::Lapses => Done::Lapses,
            },
            support: effect.support.as_ref().map(name),
            bounds: effect
                .bounds
                .iter()
                .map(|bound| (bound.term, bound.days.clone(), bound.set.clone(), bound.ceiling))
                .collect(),
        });
        let effects = effects.collect();
        let (when, deviable) = (self.condition(&rule.when), self.condition(&rule.deviable));
        self.meanings.rules.of(Rule {
            module: model.modules[rule.module.index()].name.clone(),
            places,
            days: model.days_of(rule),
            when,
            deviable,
            effects,
            exception_to: rule.exception_to.iter().filter_map(|base| known[base.index()]).collect(),
            has_error: rule.has_error,
        })
    }

    fn condition(&mut self, formula: &Formula) -> u32 {
        let key = match formula {
            Formula::Always => Condition::Always,
            Formula::Never => Condition::Never,
            Formula::Test(fact, set) => {
                let all = self.model.facts[fact.index()].domain.all();
                let known = if self.of_shared { self.meanings.shared[fact.index()].clone() } else { all };
                Condition::Test(*fact, set.intersection(&known))
            }
            Formula::Concept(id) => {
                if let Some(number) = self.concepts.get(id) {
                    return *number;
                }
                let number = self.condition(&self.model.concepts[id.index()].formula);
                self.concepts.insert(*id, number);
                return number;
            }
            Formula::Decided { support, due } => {
                Condition::Decided(self.model.supports[support.index()].name.clone(), *due)
            }
            Formula::Not(inner) => Condition::Not(self.condition(inner)),
            Formula::And(parts) => Condition::And(parts.iter().map(|part| self.condition(part)).collect()),
            Formula::Or(parts) => Condition::Or(parts.iter().map(|part| self.condition(part)).collect()),
        };
        self.meanings.conditions.of(key)
    }
}

/// What is heard in a place: the meanings of its rules with what they cite, and how its layers lie.
pub(super) fn heard(model: &Model, place: &Place, meant: &Meant) -> BTreeSet<(u32, BTreeSet<String>)> {
    let cited = |id: RuleId| model.rule(id).basis.iter().map(|citation| citation.text.clone()).collect();
    place.rules(model).into_iter().map(|id| (meant.rules[id.index()], cited(id))).collect()
}
