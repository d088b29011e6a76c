//! What uses what: of each declared word the rules, words and promises that rest on it.

use super::addresses::{Address, Addresses, Sort};
use super::phrases::plain;
use crate::model::{Bound, EffectKind, Formula, Model, Rule};
use std::collections::{BTreeMap, BTreeSet};

/// One who uses a word.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct User {
    /// its name: `Slagelse.unge.s7`
    pub name: String,
    pub title: String,
    pub address: Address,
}

/// The users of every word.
pub(super) struct Uses {
    by: BTreeMap<(Sort, String), BTreeSet<User>>,
}

impl Uses {
    pub(super) fn of(model: &Model, addresses: &Addresses) -> Self {
        let mut uses = Uses { by: BTreeMap::new() };
        for rule in &model.rules {
            if let Some(address) = addresses.rule(&rule.name) {
                let user =
                    User { name: rule.name.clone(), title: rule.title.clone(), address: address.clone() };
                uses.rule(model, rule, &user);
            }
        }
        for concept in &model.concepts {
            if let Some(address) = addresses.word(Sort::Concept, &concept.name) {
                let user =
                    User { name: plain(&concept.name), title: String::new(), address: address.clone() };
                uses.condition(model, &concept.formula, &user);
            }
        }
        for department in &model.departments {
            let name = format!("{}.{}", model.modules[department.module.index()].name, department.name);
            if let Some(address) = addresses.word(Sort::Department, &name) {
                let user = User { name, title: department.title.clone(), address: address.clone() };
                uses.condition(model, &department.scope, &user);
            }
        }
        for module in &model.modules {
            let scope = module.scope.as_ref();
            if let Some((scope, address)) = scope.zip(addresses.module(&module.name)) {
                let user =
                    User { name: module.name.clone(), title: module.title.clone(), address: address.clone() };
                uses.condition(model, &scope.formula, &user);
                for kind in &scope.kinds {
                    uses.support(model, kind.index(), &user);
                }
            }
        }
        for assumption in &model.assumptions {
            let address = addresses.near(assumption.span);
            let user = User { name: assumption.title.clone(), title: String::new(), address };
            uses.condition(model, &assumption.formula, &user);
        }
        for offer in &model.promises.offers {
            let user = User {
                name: offer.name.clone(),
                title: offer.title.clone(),
                address: addresses.near(offer.name_span),
            };
            for support in offer.delivers.iter().chain(&offer.performs) {
                uses.support(model, support.index(), &user);
            }
            uses.bounds(model, &offer.bounds, &user);
        }
        uses
    }

    /// Who uses a word, by name.
    pub(super) fn users(&self, sort: Sort, name: &str) -> impl Iterator<Item = &User> {
        self.by.get(&(sort, name.to_owned())).into_iter().flatten()
    }

    fn add(&mut self, sort: Sort, name: &str, user: &User) {
        self.by.entry((sort, name.to_owned())).or_default().insert(user.clone());
    }

    fn support(&mut self, model: &Model, index: usize, user: &User) {
        self.add(Sort::Support, &model.supports[index].name, user);
    }

    fn bounds(&mut self, model: &Model, bounds: &[Bound], user: &User) {
        for bound in bounds {
            self.add(Sort::Term, &model.terms[bound.term.index()].name, user);
        }
    }

    fn rule(&mut self, model: &Model, rule: &Rule, user: &User) {
        self.condition(model, &rule.when, user);
        self.condition(model, &rule.deviable, user);
        for place in &rule.places {
            let department = &model.departments[place.index()];
            let module = &model.modules[department.module.index()].name;
            self.add(Sort::Department, &format!("{module}.{}", department.name), user);
        }
        if let Some(responsible) = &rule.responsible {
            self.add(Sort::Unit, responsible, user);
        }
        for effect in &rule.effects {
            if let EffectKind::Precondition(condition) = &effect.kind {
                self.condition(model, condition, user);
            }
            if let Some(support) = effect.support {
                self.support(model, support.index(), user);
            }
            self.bounds(model, &effect.bounds, user);
        }
    }

    fn condition(&mut self, model: &Model, formula: &Formula, user: &User) {
        match formula {
            Formula::Always | Formula::Never => {}
            Formula::Test(fact, _) => self.add(Sort::Fact, &model.facts[fact.index()].name, user),
            Formula::Concept(concept) => {
                self.add(Sort::Concept, &model.concepts[concept.index()].name, user);
            }
            Formula::Decided { support, .. } => self.support(model, support.index(), user),
            Formula::Not(inner) => self.condition(model, inner, user),
            Formula::And(parts) | Formula::Or(parts) => {
                parts.iter().for_each(|part| self.condition(model, part, user));
            }
        }
    }
}
