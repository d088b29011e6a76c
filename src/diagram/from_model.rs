//! Model to diagrams: conditions, where rules apply, which parts are active, which grades stand.

use super::beside::Party;
use super::cover::{self, Cells};
use super::decisions::Decisions;
use super::open::{Answer, Prover};
use super::space::{Space, tests_in};
use super::store::{NO, Node, NotProven, Store, YES};
use super::verdicts::Leaves;
use crate::model::{ConceptId, DATE, FactId, Formula, Model, Profile, Question, RuleId, SupportId, ValueSet};
use crate::verdict::{Grant, Layer, Matter, Part, Said, SaidBound, SaidGrade, Statements};
use rustc_hash::FxHashMap;

/// Where a question has an answer, and which.
#[derive(Clone, Copy)]
struct Answered {
    decided: Node,
    granted: Node,
    due: Node,
}

/// The place of a value in a list, where it is put if it is new.
fn number<T: PartialEq>(list: &mut Vec<T>, value: T) -> u32 {
    let at = list.iter().position(|known| *known == value).unwrap_or_else(|| {
        list.push(value);
        list.len() - 1
    });
    at as u32
}

/// Every comparison that these rules and formulas, and all they rest on, make; and what they ask, each after what it
/// rests on.
pub(crate) fn comparisons(
    model: &Model,
    statements: &Statements,
    rules: &[RuleId],
    formulas: &[&Formula],
) -> (Vec<(FactId, ValueSet)>, Vec<Question>) {
    let mut tests = Vec::new();
    for formula in formulas {
        tests_in(model, formula, &mut tests);
    }
    let (resting, questions) = statements.closure(model, rules, formulas);
    for id in resting.iter() {
        let rule = model.rule(id);
        tests.push((DATE, model.days_of(rule)));
        tests_in(model, &rule.when, &mut tests);
        tests_in(model, &rule.deviable, &mut tests);
        for place in &rule.places {
            tests_in(model, &model.departments[place.index()].scope, &mut tests);
        }
        for effect in &rule.effects {
            if let crate::model::EffectKind::Precondition(formula) = &effect.kind {
                tests_in(model, formula, &mut tests);
            }
            let dated = effect.bounds.iter().filter(|bound| bound.days != ValueSet::all());
            tests.extend(dated.map(|bound| (DATE, bound.days.clone())));
        }
    }
    (tests, questions)
}

/// The same, with what divides findings.
pub(super) fn tests_of(
    model: &Model,
    statements: &Statements,
    rules: &[RuleId],
    formulas: &[&Formula],
) -> Vec<(FactId, ValueSet)> {
    let (mut tests, _) = comparisons(model, statements, rules, formulas);
    // whatever is found may have to be divided into what is accepted and what is not
    for formula in model.promises.accepts.iter().filter_map(|accept| accept.when.as_ref()) {
        tests_in(model, formula, &mut tests);
    }
    tests
}

/// The diagrams of one task: its space, its store, and what has been built so far.
pub(crate) struct Diagrams<'a> {
    pub model: &'a Model,
    pub statements: &'a Statements,
    pub space: Space,
    pub store: Store,
    /// the profiles that exist, over the facts the task asks
    pub possible: Node,
    /// whether some region had more boxes than were listed
    pub truncated: bool,
    /// the same over all facts of the space
    pub(crate) existing: Node,
    /// what a concept means to a rule that asks the law, and to others
    concepts: FxHashMap<(ConceptId, bool), Node>,
    answers: FxHashMap<Question, Answered>,
    applies: FxHashMap<RuleId, Node>,
    active: FxHashMap<(RuleId, SupportId, Part), Node>,
}

impl<'a> Diagrams<'a> {
    /// The diagrams of a task that looks at these rules and formulas (and at whatever sets those rules aside).
    pub(crate) fn new(
        model: &'a Model,
        statements: &'a Statements,
        rules: &[RuleId],
        formulas: &[&Formula],
        budget: u64,
    ) -> Result<Self, NotProven> {
        Self::with_known(model, statements, rules, formulas, &[], budget)
    }

    /// The same of one citizen: each fact that is known has but its one value.
    pub(crate) fn with_known(
        model: &'a Model,
        statements: &'a Statements,
        rules: &[RuleId],
        formulas: &[&Formula],
        known: &[Option<i64>],
        budget: u64,
    ) -> Result<Self, NotProven> {
        let tests = tests_of(model, statements, rules, formulas);
        let mut assumed = Vec::new();
        for assumption in &model.assumptions {
            tests_in(model, &assumption.formula, &mut assumed);
        }
        let space = Space::of(model, &tests, &assumed, known);
        let (_, questions) = statements.closure(model, rules, formulas);
        Self::answering(model, statements, &questions, space, Store::new(budget))
    }

    /// The diagrams of a party in a space that tells apart what its rules do.
    pub(super) fn in_space(party: Party<'a>, space: Space, store: Store) -> Result<Self, NotProven> {
        let (_, questions) = party.statements.closure(party.model, party.rules, &[]);
        Self::answering(party.model, party.statements, &questions, space, store)
    }

    fn answering(
        model: &'a Model,
        statements: &'a Statements,
        questions: &[Question],
        space: Space,
        store: Store,
    ) -> Result<Self, NotProven> {
        let mut diagrams = Diagrams {
            model,
            statements,
            space,
            store,
            possible: YES,
            truncated: false,
            existing: YES,
            concepts: FxHashMap::default(),
            answers: FxHashMap::default(),
            applies: FxHashMap::default(),
            active: FxHashMap::default(),
        };
        for assumption in &model.assumptions {
            let holds = diagrams.formula(&assumption.formula)?;
            diagrams.existing = diagrams.store.and(diagrams.existing, holds)?;
        }
        diagrams.possible = diagrams.store.exists_from(diagrams.existing, diagrams.space.asked)?;
        for question in questions {
            let answered = diagrams.answer(*question)?;
            diagrams.answers.insert(*question, answered);
        }
        Ok(diagrams)
    }

    /// Where the grant a question is about is decided, where it is any grant, where it is ret or skal; what it rests
    /// on is answered already.
    fn answer(&mut self, question: Question) -> Result<Answered, NotProven> {
        let support = question.support;
        let statements = self.statements;
        for id in statements.with_members(support) {
            self.prepare_those(id, &|rule| statements.rests_on(question, rule))?;
        }
        let mut grants: Vec<Option<Grant>> = Vec::new();
        let grant_of = if question.of_law {
            let mut leaves = Leaves::new();
            let law = self.verdict(Layer::Law, support, &mut leaves)?;
            self.store.map(law, &mut |leaf| {
                let law = leaves.get(leaf);
                let grant = Some(law.grant()).filter(|_| !law.is_contradicted(Matter::Grant));
                number(&mut grants, grant)
            })?
        } else {
            let mut decisions = Decisions::new();
            let decided = self.decision(support, &mut decisions)?;
            if statements.place.deciding(self.model).next().is_none() {
                return Ok(Answered { decided: NO, granted: NO, due: NO });
            }
            self.store.map(decided, &mut |leaf| number(&mut grants, decisions.get(leaf).grant))?
        };
        let mut at = |holds: &dyn Fn(Grant) -> bool| {
            self.store.map(grant_of, &mut |leaf| u32::from(grants[leaf as usize].is_some_and(holds)))
        };
        Ok(Answered { decided: at(&|_| true)?, granted: at(&Grant::is_granted)?, due: at(&Grant::is_due)? })
    }

    /// Goes on as if of some rules just these applied, to everybody.
    pub(crate) fn suppose(&mut self, rules: &[RuleId], applying: &[RuleId]) {
        self.active.clear();
        let applies = |id: &RuleId| if applying.binary_search(id).is_ok() { YES } else { NO };
        self.applies = rules.iter().map(|id| (*id, applies(id))).collect();
    }

    /// The same space, nodes and conditions for other statements of the same rules: what these ask is taken as
    /// decided as it was.
    pub(crate) fn over<'b>(self, model: &'b Model, statements: &'b Statements) -> Diagrams<'b> {
        let Diagrams { space, store, possible, truncated, existing, concepts, answers, applies, .. } = self;
        let active = FxHashMap::default();
        Diagrams {
            model,
            statements,
            space,
            store,
            possible,
            truncated,
            existing,
            concepts,
            answers,
            applies,
            active,
        }
    }

    /// The same space and nodes for other rules of the same number: what these say is worked out anew, here and in
    /// what they ask. The space must tell apart what they do.
    pub(crate) fn anew<'b>(
        &mut self,
        model: &'b Model,
        statements: &'b Statements,
        rules: &[RuleId],
    ) -> Result<Diagrams<'b>, NotProven> {
        let mut diagrams = Diagrams {
            model,
            statements,
            space: self.space.clone(),
            store: std::mem::replace(&mut self.store, Store::new(0)),
            possible: self.possible,
            truncated: false,
            existing: self.existing,
            concepts: FxHashMap::default(),
            answers: FxHashMap::default(),
            applies: FxHashMap::default(),
            active: FxHashMap::default(),
        };
        let (_, questions) = statements.closure(model, rules, &[]);
        for question in questions {
            let answered = diagrams.answer(question)?;
            diagrams.answers.insert(question, answered);
        }
        Ok(diagrams)
    }

    /// Where a condition holds; what it asks is what is decided in the place.
    pub(crate) fn formula(&mut self, formula: &Formula) -> Result<Node, NotProven> {
        self.formula_as(formula, false)
    }

    /// Where a condition in a rule holds; a rule of the law asks the law.
    pub(crate) fn formula_in(&mut self, rule: RuleId, formula: &Formula) -> Result<Node, NotProven> {
        self.formula_as(formula, Layer::of(self.model, rule) == Some(Layer::Law))
    }

    fn formula_as(&mut self, formula: &Formula, of_law: bool) -> Result<Node, NotProven> {
        match formula {
            Formula::Always => Ok(YES),
            Formula::Never => Ok(NO),
            Formula::Test(fact, set) => self.test(*fact, set),
            Formula::Concept(concept) => {
                if let Some(node) = self.concepts.get(&(*concept, of_law)) {
                    return Ok(*node);
                }
                let model = self.model;
                let node = self.formula_as(&model.concepts[concept.index()].formula, of_law)?;
                self.concepts.insert((*concept, of_law), node);
                Ok(node)
            }
            Formula::Decided { support, due } => {
                let answer = self.answers.get(&Question { support: *support, of_law });
                debug_assert!(answer.is_some(), "a task asks a decision it was not made for");
                let answer = answer.ok_or(NotProven)?;
                Ok(if *due { answer.due } else { answer.granted })
            }
            Formula::Not(inner) => {
                let node = self.formula_as(inner, of_law)?;
                self.store.not(node)
            }
            Formula::And(parts) => parts.iter().try_fold(YES, |all, part| {
                let node = self.formula_as(part, of_law)?;
                self.store.and(all, node)
            }),
            Formula::Or(parts) => parts.iter().try_fold(NO, |any, part| {
                let node = self.formula_as(part, of_law)?;
                self.store.or(any, node)
            }),
        }
    }

    fn test(&mut self, fact: FactId, set: &ValueSet) -> Result<Node, NotProven> {
        let position = self.space.position(fact);
        debug_assert!(position.is_some(), "a task asks a fact it was not made for");
        let Some(at) = position else { return Err(NotProven) };
        let classes = &self.space.dimensions[at].classes;
        let is_whole = |class: &ValueSet| class.is_subset(set) || class.intersection(set).is_empty();
        debug_assert!(classes.iter().all(is_whole), "a task asks a set of values it was not made for");
        let inside = |class: &ValueSet| class.bounds().is_some_and(|(low, _)| set.contains(low));
        let children =
            self.space.dimensions[at].classes.iter().map(|c| if inside(c) { YES } else { NO }).collect();
        self.store.node(at, children)
    }

    /// Where a rule applies. A rule with an error applies nowhere.
    pub(crate) fn applies(&mut self, id: RuleId) -> Result<Node, NotProven> {
        if self.model.rule(id).has_error {
            return Ok(NO);
        }
        self.would_apply(id)
    }

    /// The assumptions, by number, that are enough to leave nobody; nothing where somebody is left.
    pub(crate) fn leaving_nobody(&mut self) -> Result<Option<Vec<usize>>, NotProven> {
        if self.possible != NO {
            return Ok(None);
        }
        let mut excluded = Vec::new();
        for assumption in &self.model.assumptions {
            let holds = self.formula(&assumption.formula)?;
            excluded.push(self.store.not(holds)?);
        }
        match self.store.open(YES, &excluded)? {
            Answer::Covered(blamed) => Ok(Some(blamed)),
            Answer::Open => Ok(None),
        }
    }

    /// Where a rule applies; for a rule with an error, as far as its condition and its departments could be read.
    pub(crate) fn would_apply(&mut self, id: RuleId) -> Result<Node, NotProven> {
        if let Some(node) = self.applies.get(&id) {
            return Ok(*node);
        }
        let model = self.model;
        let rule = model.rule(id);
        let days = if rule.has_error { YES } else { self.test(DATE, &model.days_of(rule))? };
        let meets = self.meets(id)?;
        let node = self.store.and(days, meets)?;
        self.applies.insert(id, node);
        Ok(node)
    }

    /// Where a rule's departments and its condition hold, on whatever day.
    pub(crate) fn meets(&mut self, id: RuleId) -> Result<Node, NotProven> {
        let (model, mut node) = (self.model, YES);
        let rule = model.rule(id);
        if !rule.places.is_empty() {
            let mut places = NO;
            for place in &rule.places {
                let scope = self.formula(&model.departments[place.index()].scope)?;
                places = self.store.or(places, scope)?;
            }
            node = self.store.and(node, places)?;
        }
        for question in model.questions_of(id).filter(|_| !rule.has_error) {
            let decided = self.answers.get(&question).ok_or(NotProven)?.decided;
            node = self.store.and(node, decided)?;
        }
        let when = self.formula_in(id, &rule.when)?;
        self.store.and(node, when)
    }

    /// Works out every part of every rule on a support, exceptions first, so that a long chain of exceptions is a
    /// loop here and no recursion.
    pub(crate) fn prepare(&mut self, support: SupportId) -> Result<(), NotProven> {
        self.prepare_those(support, &|_| true)
    }

    fn prepare_those(
        &mut self,
        support: SupportId,
        wanted: &dyn Fn(RuleId) -> bool,
    ) -> Result<(), NotProven> {
        let statements = self.statements;
        for rule in statements.exceptions_first.iter().filter(|rule| wanted(**rule)) {
            let Some(said) = statements.by(*rule, support) else { continue };
            for part in said.parts().into_iter().chain([Part::Grade]) {
                self.active(said, part, support)?;
            }
        }
        Ok(())
    }

    /// Where a part of a rule applies and nothing sets it aside.
    pub(crate) fn active(&mut self, said: &Said, part: Part, support: SupportId) -> Result<Node, NotProven> {
        let key = (said.rule, support, part);
        if let Some(node) = self.active.get(&key) {
            return Ok(*node);
        }
        let applies = self.applies(said.rule)?;
        let aside = if applies == NO { NO } else { self.set_aside(said, part, support)? };
        let node = self.store.without(applies, aside)?;
        self.active.insert(key, node);
        Ok(node)
    }

    /// Where a part of a rule would be active if the rule had no days of its own.
    pub(crate) fn would_be_active(
        &mut self,
        said: &Said,
        part: Part,
        support: SupportId,
    ) -> Result<Node, NotProven> {
        let meets = self.meets(said.rule)?;
        let aside = self.set_aside(said, part, support)?;
        self.store.without(meets, aside)
    }

    /// Where exceptions set a part aside.
    fn set_aside(&mut self, said: &Said, part: Part, support: SupportId) -> Result<Node, NotProven> {
        // united before they are taken away: the rows of a ranked table share these unions
        let mut aside = NO;
        for (_, region) in self.set_aside_by(said, part, support)? {
            aside = self.store.or(aside, region)?;
        }
        Ok(aside)
    }

    /// Where a bound is active, on the days on which it holds.
    pub(crate) fn bound(
        &mut self,
        said: &Said,
        bound: &SaidBound,
        support: SupportId,
    ) -> Result<Node, NotProven> {
        let active = self.active(said, Part::Term(bound.term), support)?;
        if bound.days == ValueSet::all() {
            return Ok(active);
        }
        let days = self.test(DATE, &bound.days)?;
        self.store.and(active, days)
    }

    /// The exceptions that set a part aside, and where.
    pub(crate) fn set_aside_by(
        &mut self,
        said: &Said,
        part: Part,
        support: SupportId,
    ) -> Result<Vec<(RuleId, Node)>, NotProven> {
        let statements = self.statements;
        let mut list = Vec::new();
        for exception in statements.exceptions_from(said, support) {
            if let Some(own) = exception.sets_aside(part) {
                list.push((exception.rule, self.active(exception, own, support)?));
            }
        }
        Ok(list)
    }

    /// Where an active grade also stands.
    pub(crate) fn stands(
        &mut self,
        said: &Said,
        grade: &SaidGrade,
        support: SupportId,
    ) -> Result<Node, NotProven> {
        let mut node = self.active(said, Part::Grade, support)?;
        let statements = self.statements;
        for other in statements.about(support) {
            if statements.gives_way(said.layer, other.layer) && other.displaces(grade) {
                let nearer = self.active(other, Part::Grade, support)?;
                node = self.store.without(node, nearer)?;
            }
        }
        Ok(node)
    }

    /// An irredundant list of maximal boxes for a region. Where it stops before the end, `truncated` is set.
    pub(crate) fn cover(&mut self, region: Node) -> Result<Vec<Cells>, NotProven> {
        let cover = cover::cover(&mut self.store, &self.space, region, self.possible)?;
        self.truncated |= !cover.complete;
        Ok(cover.boxes)
    }

    /// The region of a box.
    pub(crate) fn box_node(&mut self, cells: &Cells) -> Result<Node, NotProven> {
        cover::box_node(&mut self.store, cells)
    }

    /// The existing citizen of a region who strays least from the typical one, on every fact.
    pub(crate) fn witness(&mut self, region: Node) -> Result<Option<Profile>, NotProven> {
        let region = self.store.and(region, self.existing)?;
        let Some(point) = cover::nearest_point(&mut self.store, &self.space, region)? else {
            return Ok(None);
        };
        let mut values: Vec<i64> = self.model.facts.iter().map(|fact| fact.typical).collect();
        for (dimension, class) in self.space.dimensions.iter().zip(point) {
            values[dimension.fact.index()] = dimension.representative[class];
        }
        Ok(Some(Profile(values)))
    }

    /// The facts a diagram asks, as they are declared.
    pub(crate) fn facts_of(&self, diagram: Node) -> Vec<FactId> {
        let asked = self.store.asked_in(diagram).into_iter();
        let mut facts: Vec<FactId> = asked.map(|at| self.space.dimensions[at].fact).collect();
        facts.sort_unstable();
        facts
    }

    /// Whether a profile is in a region.
    pub(crate) fn contains(&self, region: Node, profile: &Profile) -> bool {
        let class = |d: &super::space::Dimension| {
            let value = profile.0[d.fact.index()];
            d.classes.iter().position(|class| class.contains(value)).unwrap_or(0)
        };
        let point: Vec<usize> = self.space.dimensions.iter().map(class).collect();
        self.store.at(region, &point) != 0
    }
}
