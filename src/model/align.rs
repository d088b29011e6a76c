//! Two models over one vocabulary, so that their rules can be held against each other: what bears the same name and
//! has the same kind of values is the same, and counts its values alike.

use super::{Assumption, Domain, EffectKind, Fact, FactId, Formula, Model, Promises, Term, TermId, ValueSet};
use crate::ground::{FileId, Span};
use std::collections::BTreeMap;

/// Both models with the facts and terms of both, the later model's first, numbered alike. A fact or term whose values
/// are of another kind than before is another one. Nobody has a value in a model that does not know it: an assumption
/// says so. Promises are left out, they decide nothing. With them for each fact the values that both models know, or the one
/// that knows it at all.
pub(crate) fn aligned(mut before: Model, mut after: Model) -> (Model, Model, Vec<ValueSet>) {
    let facts = Together::of(&before.facts, &after.facts);
    let terms = Together::of(&before.terms, &after.terms);
    let own = [known_values(&before.facts), known_values(&after.facts)];
    before.facts = facts.all.clone();
    before.terms = terms.all.clone();
    rewrite(&mut before, &facts, &terms);
    after.facts = facts.all;
    after.terms = terms.all;
    let [known_before, known_after] = own;
    let known_before = known_before.into_iter().enumerate();
    let known_before = known_before.map(|(index, set)| (facts.ids[index], facts.values[index].of(&set)));
    let known_before: Vec<(usize, ValueSet)> = known_before.collect();
    let known_after: Vec<(usize, ValueSet)> = known_after.into_iter().enumerate().collect();
    let mut shared = known_values(&after.facts);
    for (index, set) in known_before.iter().chain(&known_after) {
        shared[*index] = shared[*index].intersection(set);
    }
    assume(&mut before, known_before);
    assume(&mut after, known_after);
    for model in [&mut before, &mut after] {
        model.promises = Promises::default();
    }
    (before, after, shared)
}

/// What the facts and the terms have in common here.
trait Named: Clone {
    fn name(&self) -> &str;
    fn domain(&self) -> &Domain;
    fn called(self, name: String) -> Self;
    fn with(self, domain: Domain) -> Self;
}

impl Named for Fact {
    fn name(&self) -> &str {
        &self.name
    }
    fn domain(&self) -> &Domain {
        &self.domain
    }
    fn called(self, name: String) -> Self {
        Fact { name, ..self }
    }
    fn with(self, domain: Domain) -> Self {
        Fact { domain, ..self }
    }
}

impl Named for Term {
    fn name(&self) -> &str {
        &self.name
    }
    fn domain(&self) -> &Domain {
        &self.domain
    }
    fn called(self, name: String) -> Self {
        Term { name, ..self }
    }
    fn with(self, domain: Domain) -> Self {
        Term { domain, ..self }
    }
}

/// The things of both models, and what becomes of the earlier ones.
struct Together<T> {
    all: Vec<T>,
    /// for each of the earlier model's where it now stands
    ids: Vec<usize>,
    /// and what its values now are
    values: Vec<Values>,
}

/// What becomes of values: for a list the new place of each, for others nothing.
struct Values(Option<Vec<i64>>);

impl Values {
    fn of(&self, set: &ValueSet) -> ValueSet {
        let Some(places) = &self.0 else { return set.clone() };
        let place = |(index, place): (usize, &i64)| set.contains(index as i64).then_some((*place, *place));
        ValueSet::from_ranges(places.iter().enumerate().filter_map(place))
    }
}

impl<T: Named> Together<T> {
    fn of(before: &[T], after: &[T]) -> Self {
        let mut together = Together { all: after.to_vec(), ids: Vec::new(), values: Vec::new() };
        let at: BTreeMap<&str, usize> =
            after.iter().enumerate().map(|(index, thing)| (thing.name(), index)).collect();
        for thing in before {
            let same = at.get(thing.name()).copied();
            let joined = same.and_then(|index| joined(thing.domain(), together.all[index].domain()));
            match (same, joined) {
                (Some(index), Some((domain, values))) => {
                    together.all[index] = together.all[index].clone().with(domain);
                    together.ids.push(index);
                    together.values.push(values);
                }
                (same, _) => {
                    let name = match same {
                        Some(_) => format!("{} (før)", thing.name()),
                        None => thing.name().to_owned(),
                    };
                    together.ids.push(together.all.len());
                    together.values.push(Values(None));
                    together.all.push(thing.clone().called(name));
                }
            }
        }
        together
    }
}

/// The values of both, the later ones first, and what becomes of the earlier; nothing where they are of another kind.
fn joined(before: &Domain, after: &Domain) -> Option<(Domain, Values)> {
    let ends = |low: &i64, other: &i64, high: &i64, another: &i64| (*low.min(other), *high.max(another));
    let domain = match (before, after) {
        (Domain::YesNo, Domain::YesNo) => Domain::YesNo,
        (Domain::List { values: earlier, .. }, Domain::List { values, ordered }) => {
            let mut values = values.clone();
            let mut places = Vec::new();
            for value in earlier {
                let known = values.iter().position(|other| other.name == value.name);
                places.push(known.unwrap_or(values.len()) as i64);
                if known.is_none() {
                    values.push(value.clone());
                }
            }
            return Some((Domain::List { values, ordered: *ordered }, Values(Some(places))));
        }
        (
            Domain::Number { low, high, decimals, unit },
            Domain::Number { low: l, high: h, decimals: d, unit: u },
        ) if decimals == d && unit == u => {
            let (low, high) = ends(low, l, high, h);
            Domain::Number { low, high, decimals: *decimals, unit: unit.clone() }
        }
        (Domain::Duration { low, high }, Domain::Duration { low: l, high: h }) => {
            let (low, high) = ends(low, l, high, h);
            Domain::Duration { low, high }
        }
        (Domain::Date { low, high }, Domain::Date { low: l, high: h }) => {
            let (low, high) = ends(low, l, high, h);
            Domain::Date { low, high }
        }
        (Domain::Money { low, high }, Domain::Money { low: l, high: h }) => {
            let (low, high) = ends(low, l, high, h);
            Domain::Money { low, high }
        }
        _ => return None,
    };
    Some((domain, Values(None)))
}

fn known_values(facts: &[Fact]) -> Vec<ValueSet> {
    facts.iter().map(|fact| fact.domain.all()).collect()
}

/// Nobody has another value of these facts; of what else there is a model says nothing.
fn assume(model: &mut Model, known: Vec<(usize, ValueSet)>) {
    for (index, set) in known {
        let fact = &model.facts[index];
        if !fact.domain.all().is_subset(&set) {
            model.assumptions.push(Assumption {
                title: fact.name.clone(),
                formula: Formula::Test(FactId(index as u32), set),
                span: Span { file: FileId(0), start: 0, end: 0 },
            });
        }
    }
}

fn rewrite(model: &mut Model, facts: &Together<Fact>, terms: &Together<Term>) {
    let concepts = model.concepts.iter_mut().map(|concept| &mut concept.formula);
    let assumptions = model.assumptions.iter_mut().map(|assumption| &mut assumption.formula);
    let departments = model.departments.iter_mut().map(|department| &mut department.scope);
    let scopes = model.modules.iter_mut().filter_map(|module| module.scope.as_mut());
    let scopes = scopes.map(|scope| &mut scope.formula);
    for formula in concepts.chain(assumptions).chain(departments).chain(scopes) {
        renumber(formula, facts);
    }
    for rule in &mut model.rules {
        rule.thresholds.clear();
        renumber(&mut rule.when, facts);
        renumber(&mut rule.deviable, facts);
        for effect in &mut rule.effects {
            if let EffectKind::Precondition(formula) = &mut effect.kind {
                renumber(formula, facts);
            }
            for bound in &mut effect.bounds {
                let index = bound.term.index();
                bound.term = TermId(terms.ids[index] as u32);
                // what names a term and bounds nothing stays so
                if bound.set != ValueSet::all() {
                    bound.set = terms.values[index].of(&bound.set);
                }
            }
        }
    }
}

fn renumber(formula: &mut Formula, facts: &Together<Fact>) {
    match formula {
        Formula::Always | Formula::Never | Formula::Concept(_) | Formula::Decided { .. } => {}
        Formula::Test(fact, set) => {
            let index = fact.index();
            *set = facts.values[index].of(set);
            *fact = FactId(facts.ids[index] as u32);
        }
        Formula::Not(inner) => renumber(inner, facts),
        Formula::And(parts) | Formula::Or(parts) => {
            parts.iter_mut().for_each(|part| renumber(part, facts));
        }
    }
}
