//! Everything that can depend on something, and why it does.

use super::{GraphEdge, GraphNode, Link, Thing};
use crate::ground::{Text, text};
use crate::model::{EffectKind, Formula, Layer, Model, ModuleId, Place, Rule, RuleId};
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::BTreeMap;

/// A thing by the room it has in the model.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Module(usize),
    Provision(String),
    Fact(usize),
    Concept(usize),
    Assumption(usize),
    Department(usize),
    Support(usize),
    Term(usize),
    Rule(usize),
}

/// Everything in a workspace; an edge leads from what depends to what it depends on.
pub(super) struct Things<'a> {
    model: &'a Model,
    pub shape: DiGraph<GraphNode, GraphEdge>,
    at: BTreeMap<Key, NodeIndex>,
}

impl<'a> Things<'a> {
    pub(super) fn of(model: &'a Model) -> Self {
        let mut things = Things { model, shape: DiGraph::new(), at: BTreeMap::new() };
        things.provisions();
        for index in 0..model.facts.len() {
            things.node(Key::Fact(index));
        }
        for (index, concept) in model.concepts.iter().enumerate() {
            let node = things.node(Key::Concept(index));
            things.condition(node, &concept.formula);
        }
        for (index, assumption) in model.assumptions.iter().enumerate() {
            let node = things.node(Key::Assumption(index));
            things.condition(node, &assumption.formula);
        }
        for (index, module) in model.modules.iter().enumerate() {
            if let Some(scope) = &module.scope {
                let node = things.node(Key::Module(index));
                things.condition(node, &scope.formula);
            }
        }
        for (index, department) in model.departments.iter().enumerate() {
            let node = things.node(Key::Department(index));
            things.condition(node, &department.scope);
        }
        for (index, support) in model.supports.iter().enumerate() {
            let node = things.node(Key::Support(index));
            if let Some(kind) = support.parent {
                let kind = things.node(Key::Support(kind.index()));
                things.edge(node, kind, Link::IsA);
            }
        }
        for (id, rule) in model.rule_ids().zip(&model.rules) {
            things.rule(id, rule);
        }
        things
    }

    /// The module a rule or a department stands in.
    pub(super) fn home(&self, node: NodeIndex) -> Option<ModuleId> {
        let (key, _) = self.at.iter().find(|(_, other)| **other == node)?;
        match key {
            Key::Rule(index) => Some(self.model.rules.get(*index)?.module),
            Key::Department(index) => Some(self.model.departments.get(*index)?.module),
            Key::Module(index) => Some(ModuleId(*index as u32)),
            _ => None,
        }
    }

    fn provisions(&mut self) {
        for (index, module) in self.model.modules.iter().enumerate() {
            for paragraph in &module.paragraphs {
                self.provision(index, &format!("{} {}", module.name, paragraph.name));
            }
        }
    }

    /// A provision and what it is part of: `LAB § 31 b, stk. 2` of `LAB § 31 b` of `LAB`.
    fn provision(&mut self, source: usize, words: &str) -> NodeIndex {
        if words == self.model.modules[source].name {
            return self.node(Key::Module(source));
        }
        let key = Key::Provision(words.to_owned());
        if let Some(known) = self.at.get(&key) {
            return *known;
        }
        let node = self.node(key);
        let whole = match words.rsplit_once(", ") {
            Some((whole, _)) => self.provision(source, whole),
            None => self.node(Key::Module(source)),
        };
        self.edge(node, whole, Link::PartOf);
        node
    }

    fn rule(&mut self, id: RuleId, rule: &Rule) {
        let node = self.node(Key::Rule(id.index()));
        for citation in &rule.basis {
            let cited = self.provision(citation.source.index(), &citation.text);
            self.edge(node, cited, Link::Cites);
        }
        for place in &rule.places {
            let place = self.node(Key::Department(place.index()));
            self.edge(node, place, Link::HoldsIn);
        }
        self.condition(node, &rule.when);
        self.condition(node, &rule.deviable);
        for other in rule.exception_to.iter() {
            let other = self.node(Key::Rule(other.index()));
            self.edge(node, other, Link::ExceptionFrom);
        }
        for effect in &rule.effects {
            if let EffectKind::Precondition(formula) = &effect.kind {
                self.condition(node, formula);
            }
            if let Some(support) = effect.support {
                let support = self.node(Key::Support(support.index()));
                self.edge(support, node, Link::DecidedBy);
            }
            for bound in &effect.bounds {
                let term = self.node(Key::Term(bound.term.index()));
                self.edge(node, term, Link::Bounds);
            }
        }
    }

    /// What a condition rests on: concepts it names, and facts it asks itself.
    fn condition(&mut self, from: NodeIndex, formula: &Formula) {
        match formula {
            Formula::Always | Formula::Never => {}
            Formula::Test(fact, _) => {
                let fact = self.node(Key::Fact(fact.index()));
                self.edge(from, fact, Link::Asks);
            }
            Formula::Concept(concept) => {
                let concept = self.node(Key::Concept(concept.index()));
                self.edge(from, concept, Link::Uses);
            }
            Formula::Decided { support, .. } => {
                let support = self.node(Key::Support(support.index()));
                self.edge(from, support, Link::RestsOn);
            }
            Formula::Not(inner) => self.condition(from, inner),
            Formula::And(parts) | Formula::Or(parts) => {
                parts.iter().for_each(|part| self.condition(from, part));
            }
        }
    }

    /// An edge, once.
    fn edge(&mut self, from: NodeIndex, to: NodeIndex, why: Link) {
        let known = self.shape.edges_connecting(from, to).any(|edge| edge.weight().why == why);
        if from != to && !known {
            let label = why_in_words(&why);
            self.shape.add_edge(from, to, GraphEdge { why, label });
        }
    }

    fn node(&mut self, key: Key) -> NodeIndex {
        if let Some(known) = self.at.get(&key) {
            return *known;
        }
        let (what, name, title) = self.described(&key);
        let says_more = !title.is_empty() && title.to_lowercase() != name.replace('-', " ").to_lowercase();
        let lines = if !says_more { Vec::new() } else { vec![Text::same(title)] };
        let node = self.shape.add_node(GraphNode { what, label: Text::same(&name), name, lines });
        self.at.insert(key, node);
        node
    }

    fn described(&self, key: &Key) -> (Thing, String, String) {
        let model = self.model;
        let named = |what, name: &str, title: &str| (what, name.to_owned(), title.to_owned());
        match key {
            Key::Module(index) => {
                named(Thing::Module, &model.modules[*index].name, &model.modules[*index].title)
            }
            Key::Provision(words) => named(Thing::Provision, words, &self.paragraph_title(words)),
            Key::Fact(index) => named(Thing::Fact, &model.facts[*index].name, &model.facts[*index].title),
            Key::Concept(index) => named(Thing::Concept, &model.concepts[*index].name, ""),
            Key::Assumption(index) => named(Thing::Assumption, &model.assumptions[*index].title, ""),
            Key::Department(index) => {
                let department = &model.departments[*index];
                let name = format!("{}.{}", model.modules[department.module.index()].name, department.name);
                named(Thing::Department, &name, &department.title)
            }
            Key::Support(index) => {
                let support = &model.supports[*index];
                let what = if support.is_kind { Thing::Kind } else { Thing::Support };
                named(what, &support.name, &support.title)
            }
            Key::Term(index) => named(Thing::Term, &model.terms[*index].name, &model.terms[*index].title),
            Key::Rule(index) => named(Thing::Rule, &model.rules[*index].name, &model.rules[*index].title),
        }
    }

    fn paragraph_title(&self, words: &str) -> String {
        let of = |module: &crate::model::Module| {
            let own = words.strip_prefix(module.name.as_str())?.trim_start();
            Some(module.paragraphs.iter().find(|paragraph| paragraph.name == own)?.title.clone())
        };
        self.model.modules.iter().find_map(of).unwrap_or_default()
    }
}

/// Whether what a module says is heard in a place; what is only cited is everybody's.
pub(super) fn is_heard(model: &Model, place: &Place, module: ModuleId) -> bool {
    Layer::of_module(model, module).is_none_or(|layer| place.hears(layer))
}

fn why_in_words(why: &Link) -> Text {
    match why {
        Link::Answer(_) | Link::Begins => Text::default(),
        Link::Cites => text!(en: "cites", da: "henviser til"),
        Link::PartOf => text!(en: "part of", da: "del af"),
        Link::Asks => text!(en: "asks", da: "spørger om"),
        Link::Uses => text!(en: "uses", da: "bruger"),
        Link::ExceptionFrom => text!(en: "exception from", da: "undtagelse fra"),
        Link::HoldsIn => text!(en: "holds in", da: "gælder i"),
        Link::DecidedBy => text!(en: "decided by", da: "afgøres af"),
        Link::IsA => text!(en: "is a", da: "er en"),
        Link::RestsOn => text!(en: "rests on the decision on", da: "afhænger af afgørelsen om"),
        Link::Bounds => text!(en: "bounds", da: "sætter"),
    }
}
