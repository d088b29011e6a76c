//! The words common to all modules: facts, terms, supports and kinds, units; and the names of concepts and
//! departments, whose conditions are read when all words are known.

use super::domains::{self, Typical};
use super::modules::Home;
use super::names::{Names, Sort, Space};
use super::problems::Problems;
use super::rates::{self, Rate};
use super::relations::{self, Written};
use crate::ground::{Span, Window, text};
use crate::model::{DATE, Domain, Fact, ModuleId, Role, Support, SupportId, Term, Unit};
use crate::syntax::ast::{self, ItemKind};
use std::collections::{BTreeMap, BTreeSet};

/// What the vocabulary items declare, each list sorted by name.
pub(super) struct Vocabulary<'a> {
    pub(super) facts: Vec<Fact>,
    pub(super) terms: Vec<Term>,
    pub(super) supports: Vec<Support>,
    /// a task and a support, and what they are together
    pub(super) pairs: BTreeMap<(SupportId, SupportId), SupportId>,
    pub(super) rates: Vec<Rate>,
    pub(super) units: Vec<Unit>,
    pub(super) concepts: Vec<&'a ast::Concept>,
    /// in their places' order
    pub(super) assumptions: Vec<(&'a ast::Assumption, Span)>,
    pub(super) departments: Vec<(ModuleId, &'a ast::Department)>,
}

/// What was declared once, before it has a number.
#[derive(Default)]
struct Declared<'a> {
    facts: Vec<Fact>,
    terms: Vec<Term>,
    supports: Vec<(Support, Option<&'a ast::Name>)>,
    relations: Vec<Written<'a>>,
    rates: Vec<Rate>,
    units: Vec<&'a ast::Unit>,
    concepts: Vec<&'a ast::Concept>,
    assumptions: Vec<(&'a ast::Assumption, Span)>,
    departments: Vec<(ModuleId, &'a ast::Department)>,
    /// the kinds that tasks are said to belong to
    kinds_of_tasks: Vec<&'a ast::Name>,
}

/// Reads every vocabulary item and enters its word among the names.
pub(super) fn read<'a>(
    files: &'a [ast::File],
    homes: &[Home],
    window: Window,
    sources: &crate::ground::Sources,
    names: &mut Names,
    problems: &mut Problems,
) -> Vocabulary<'a> {
    names.define_date();
    let mut declared = Declared::default();
    for (file, home) in files.iter().zip(homes) {
        for item in &file.items {
            declared.item(item, *home, Reading { window, sources }, names, problems);
        }
    }
    let pairs = relations::pairs(files, &declared.supports);
    declared.numbered(window, pairs, names, problems)
}

#[derive(Clone, Copy)]
struct Reading<'a> {
    window: Window,
    sources: &'a crate::ground::Sources,
}

impl<'a> Declared<'a> {
    fn item(
        &mut self,
        item: &'a ast::Item,
        home: Home,
        reading: Reading<'_>,
        names: &mut Names,
        problems: &mut Problems,
    ) {
        let mut define = |space, name: &ast::Name, sort, problems: &mut Problems| {
            names.define(space, name, sort, problems)
        };
        match &item.kind {
            ItemKind::Fact(fact) => {
                if define(Space::Conditions, &fact.name, Sort::Fact, problems) {
                    self.facts.extend(self::fact(fact, reading, problems));
                }
            }
            ItemKind::Term(term) => {
                if define(Space::Conditions, &term.name, Sort::Term, problems) {
                    self.terms.extend(self::term(term, reading, problems));
                }
            }
            ItemKind::Concept(concept) => {
                if define(Space::Conditions, &concept.name, Sort::Concept, problems) {
                    self.concepts.push(concept);
                }
            }
            ItemKind::Assumption(assumption) => self.assumptions.push((assumption, item.span)),
            ItemKind::Kind(kind) => {
                if define(Space::Supports, &kind.name, Sort::Kind, problems) {
                    let support = self::support(&kind.name, kind.title.as_ref(), true, Role::Support);
                    self.supports.push((support, kind.parent.as_ref()));
                }
            }
            ItemKind::Support(one) => {
                if define(Space::Supports, &one.name, Sort::Support, problems) {
                    let mut support = self::support(&one.name, one.title.as_ref(), false, Role::Support);
                    support.without_decision = one.without_decision.is_some();
                    self.supports.push((support, one.kind.as_ref()));
                    self.relations.push((&one.name, &one.relations));
                }
            }
            ItemKind::Task(task) => {
                if define(Space::Supports, &task.name, Sort::Task, problems) {
                    self.supports
                        .push((self::support(&task.name, task.title.as_ref(), false, Role::Task), None));
                    self.kinds_of_tasks.extend(task.kind.as_ref());
                }
            }
            ItemKind::Step(step) => {
                if define(Space::Supports, &step.name, Sort::Step, problems) {
                    self.supports
                        .push((self::support(&step.name, step.title.as_ref(), false, Role::Step), None));
                }
            }
            ItemKind::Rate(rate) => {
                if define(Space::Conditions, &rate.name, Sort::Rate, problems) {
                    self.rates.extend(rates::read(rate, reading.window, reading.sources, problems));
                }
            }
            ItemKind::Unit(unit) => {
                if define(Space::Units, &unit.name, Sort::Unit, problems) {
                    self.units.push(unit);
                }
            }
            ItemKind::Department(department) => {
                // without a home the file's header is told
                if let Home::Of(module) = home
                    && define(Space::Departments(module), &department.name, Sort::Department, problems)
                {
                    self.departments.push((module, department));
                }
            }
            ItemKind::Broken { keyword, name: Some(name) } => broken(keyword, name, home, names),
            ItemKind::Module(_)
            | ItemKind::Rule(_)
            | ItemKind::Table(_)
            | ItemKind::Matrix(_)
            | ItemKind::Offer(_)
            | ItemKind::Guarantee(_)
            | ItemKind::Example(_)
            | ItemKind::Accept(_)
            | ItemKind::Silence(_)
            | ItemKind::Broken { .. } => {}
        }
    }

    fn numbered(
        mut self,
        window: Window,
        pairs: BTreeSet<(String, String)>,
        names: &mut Names,
        problems: &mut Problems,
    ) -> Vocabulary<'a> {
        for (task, support) in &pairs {
            let Some((task, _)) = self.supports.iter().find(|(one, _)| one.name == *task) else { continue };
            let name = relations::pair_name(&task.name, support);
            let pair = Support { name, title: String::new(), role: Role::Task, ..task.clone() };
            self.supports.push((pair, None));
        }
        self.facts.sort_by(|a, b| a.name.cmp(&b.name));
        self.facts.insert(DATE.index(), date(window));
        self.terms.sort_by(|a, b| a.name.cmp(&b.name));
        self.concepts.sort_by(|a, b| a.name.text.cmp(&b.name.text));
        self.supports.sort_by(|a, b| a.0.name.cmp(&b.0.name));
        self.rates.sort_by(|a, b| a.name.cmp(&b.name));
        self.units.sort_by(|a, b| a.name.text.cmp(&b.name.text));
        self.departments.sort_by(|a, b| (a.0, &a.1.name.text).cmp(&(b.0, &b.1.name.text)));
        let facts = self.facts.iter().map(|fact| &fact.name);
        facts.enumerate().for_each(|(index, name)| names.place(Space::Conditions, name, index));
        let terms = self.terms.iter().map(|term| &term.name);
        terms.enumerate().for_each(|(index, name)| names.place(Space::Conditions, name, index));
        let concepts = self.concepts.iter().map(|concept| &concept.name.text);
        concepts.enumerate().for_each(|(index, name)| names.place(Space::Conditions, name, index));
        let supports = self.supports.iter().map(|(support, _)| &support.name);
        supports.enumerate().for_each(|(index, name)| names.place(Space::Supports, name, index));
        let rates = self.rates.iter().map(|rate| &rate.name);
        rates.enumerate().for_each(|(index, name)| names.place(Space::Conditions, name, index));
        let units = self.units.iter().map(|unit| &unit.name.text);
        units.enumerate().for_each(|(index, name)| names.place(Space::Units, name, index));
        for (index, (module, department)) in self.departments.iter().enumerate() {
            names.place(Space::Departments(*module), &department.name.text, index);
        }
        for kind in self.kinds_of_tasks {
            names.look_up(&[Space::Supports], kind, &[Sort::Kind], problems);
        }
        let mut supports = with_parents(self.supports, names, problems);
        let pairs = with_pairs(&mut supports, &pairs);
        relations::enter(&self.relations, &mut supports, names, problems);
        let units = self.units.iter().map(|unit| self::unit(unit, names, problems)).collect();
        Vocabulary {
            facts: self.facts,
            terms: self.terms,
            supports,
            pairs,
            rates: self.rates,
            units,
            concepts: self.concepts,
            assumptions: self.assumptions,
            departments: self.departments,
        }
    }
}

/// The word of an item that could not be read is known, so that its uses are not told again.
fn broken(keyword: &str, name: &ast::Name, home: Home, names: &mut Names) {
    let (space, sort) = match (keyword, home) {
        ("oplysning", _) => (Space::Conditions, Sort::Fact),
        ("begreb", _) => (Space::Conditions, Sort::Concept),
        ("vilkår", _) => (Space::Conditions, Sort::Term),
        ("art", _) => (Space::Supports, Sort::Kind),
        ("støtte", _) => (Space::Supports, Sort::Support),
        ("enhed", _) => (Space::Units, Sort::Unit),
        ("sats", _) => (Space::Conditions, Sort::Rate),
        ("opgave", _) => (Space::Supports, Sort::Task),
        ("sagsskridt", _) => (Space::Supports, Sort::Step),
        ("afdeling", Home::Of(module)) => (Space::Departments(module), Sort::Department),
        _ => return,
    };
    names.define(space, name, sort, &mut Problems::of_vocabulary());
}

/// Finds each parent. What stands below an unknown kind is unusable: nobody knows what it belongs to.
fn with_parents(
    declared: Vec<(Support, Option<&ast::Name>)>,
    names: &mut Names,
    problems: &mut Problems,
) -> Vec<Support> {
    let mut lost: Vec<usize> = Vec::new();
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); declared.len()];
    let mut supports = Vec::with_capacity(declared.len());
    for (index, (mut support, parent)) in declared.into_iter().enumerate() {
        if let Some(parent) = parent {
            let found = names.look_up(&[Space::Supports], parent, &[Sort::Kind], problems);
            support.parent = found.map(|(_, parent)| SupportId(parent));
            match support.parent.and_then(|parent| below.get_mut(parent.index())) {
                Some(members) => members.push(index),
                None => lost.push(index),
            }
        }
        supports.push(support);
    }
    while let Some(index) = lost.pop() {
        if let Some(support) = supports.get(index) {
            names.spoil(Space::Supports, &support.name);
        }
        lost.extend(below.get_mut(index).map(std::mem::take).unwrap_or_default());
    }
    supports
}

fn date(window: Window) -> Fact {
    Fact {
        name: "dato".to_owned(),
        title: "Dato".to_owned(),
        domain: Domain::Date { low: window.from, high: window.to },
        assessed: false,
        fixed: true,
        typical: window.from,
    }
}

fn fact(fact: &ast::Fact, reading: Reading<'_>, problems: &mut Problems) -> Option<Fact> {
    let domain = domains::read(&fact.name, &fact.kind, reading.sources, problems)?;
    let typical = Typical { window: reading.window, sources: reading.sources };
    let typical = typical.of(&fact.name, &domain, fact.typical.as_ref(), problems);
    Some(Fact {
        name: fact.name.text.clone(),
        title: title(fact.title.as_ref()),
        domain,
        assessed: fact.assessed,
        fixed: fact.fixed,
        typical,
    })
}

fn term(term: &ast::Term, reading: Reading<'_>, problems: &mut Problems) -> Option<Term> {
    let domain = domains::read(&term.name, &term.kind, reading.sources, problems)?;
    let more_is_better = match (term.more_is_better, domain.is_ordered() || domain == Domain::YesNo) {
        (Some(_), false) => {
            let name = &term.name.text;
            problems.tell(
                super::problems::error(
                    "type-mismatch",
                    text!(
                        en: "the values of `{name}` have no order, so none is better",
                        da: "værdierne af `{name}` har ingen rækkefølge, så ingen er bedre"
                    ),
                )
                .label(term.name.span, text!(en: "a list without order", da: "en liste uden rækkefølge"))
                .help(text!(en: "declare the list `i rækkefølge`", da: "angiv listen `i rækkefølge`")),
            );
            return None;
        }
        (better, _) => better,
    };
    Some(Term {
        name: term.name.text.clone(),
        title: title(term.title.as_ref()),
        domain,
        more_is_better,
        internal: term.internal,
    })
}

fn support(name: &ast::Name, heading: Option<&ast::Quoted>, is_kind: bool, role: Role) -> Support {
    Support {
        name: name.text.clone(),
        title: title(heading),
        is_kind,
        role,
        parent: None,
        relations: Vec::new(),
        without_decision: false,
        span: name.span,
    }
}

/// A unit; the one that takes over must be another one.
fn unit(unit: &ast::Unit, names: &Names, problems: &mut Problems) -> Unit {
    let successor = unit
        .successor
        .as_ref()
        .filter(|name| names.find(&[Space::Units], name, &[Sort::Unit], problems).is_some())
        .zip(unit.successor_from);
    Unit {
        name: unit.name.text.clone(),
        title: title(unit.title.as_ref()),
        successor: successor.map(|(name, from)| (name.text.clone(), from.day)),
        span: unit.name.span,
    }
}

/// Puts each pair below its task.
fn with_pairs(
    supports: &mut [Support],
    pairs: &BTreeSet<(String, String)>,
) -> BTreeMap<(SupportId, SupportId), SupportId> {
    let find = |name: &str| {
        let at = supports.binary_search_by(|support| support.name.as_str().cmp(name)).ok()?;
        Some(SupportId(at as u32))
    };
    let found: BTreeMap<(SupportId, SupportId), SupportId> = pairs
        .iter()
        .filter_map(|(task, support)| {
            Some(((find(task)?, find(support)?), find(&relations::pair_name(task, support))?))
        })
        .collect();
    for ((task, support), pair) in &found {
        if let Some(pair) = supports.get_mut(pair.index()) {
            pair.parent = Some(*task);
            pair.role = Role::Pair(*support);
        }
    }
    found
}

/// A heading's words, none where there is none.
pub(super) fn title(quoted: Option<&ast::Quoted>) -> String {
    quoted.map(|quoted| quoted.text.clone()).unwrap_or_default()
}
