//! Decision diagrams of citizens of whom not everything is known.
//!
//! Each fact has one class more: that it is not known. A condition is then two regions, where it is true and where it is
//! false; what is in neither is open (`docs/semantics.md`, section 14). The plain evaluator judges these diagrams as it
//! judges the others.

use super::decisions::Decisions;
use super::from_model::comparisons;
use super::space::Space;
use super::store::{NO, Node, NotProven, Store, YES};
use super::verdicts::Leaves;
use crate::model::{ConceptId, DATE, FactId, Formula, Model, Question, RuleId, SupportId, ValueSet};
use crate::verdict::{Grant, Layer, Matter, Members, Part, Said, Statements, Verdict};
use rustc_hash::FxHashMap;

/// Where something is true, and where it is false.
#[derive(Clone, Copy, Debug)]
struct Kleene {
    yes: Node,
    no: Node,
}

const ALWAYS: Kleene = Kleene { yes: YES, no: NO };
const NEVER: Kleene = Kleene { yes: NO, no: YES };

impl Kleene {
    fn not(self) -> Self {
        Kleene { yes: self.no, no: self.yes }
    }
}

/// What is decided of a question, where that is settled.
#[derive(Clone, Copy, Debug)]
struct Answered {
    decided: Node,
    undecided: Node,
    granted: Kleene,
    due: Kleene,
}

/// The diagrams of one support in one place.
pub(crate) struct Partly<'a> {
    model: &'a Model,
    statements: &'a Statements,
    pub space: Space,
    pub store: Store,
    concepts: FxHashMap<(ConceptId, bool), Kleene>,
    answers: FxHashMap<Question, Answered>,
    applies: FxHashMap<RuleId, Kleene>,
    active: FxHashMap<(RuleId, SupportId, Part), Kleene>,
}

impl<'a> Partly<'a> {
    /// The diagrams of a task that looks at these rules. The day is always known.
    pub(crate) fn new(
        model: &'a Model,
        statements: &'a Statements,
        rules: &[RuleId],
        formulas: &[&Formula],
        known: &[Option<i64>],
        budget: u64,
    ) -> Result<Self, NotProven> {
        let (tests, questions) = comparisons(model, statements, rules, formulas);
        let mut space = Space::of(model, &tests, &[], known);
        for dimension in space.dimensions.iter_mut().filter(|dimension| dimension.fact != DATE) {
            dimension.classes.push(ValueSet::empty());
            dimension.representative.push(0);
            dimension.cost.push(0);
        }
        let mut partly = Partly {
            model,
            statements,
            space,
            store: Store::new(budget),
            concepts: FxHashMap::default(),
            answers: FxHashMap::default(),
            applies: FxHashMap::default(),
            active: FxHashMap::default(),
        };
        for question in questions {
            let answered = partly.answer(question)?;
            partly.answers.insert(question, answered);
        }
        Ok(partly)
    }

    /// What is decided of a judged support: the leaves index `decisions`, `open` where it rests on what is not known.
    pub(crate) fn decision(
        &mut self,
        support: SupportId,
        decisions: &mut Decisions,
        open: u32,
    ) -> Result<Node, NotProven> {
        for id in self.statements.with_members(support) {
            self.prepare(id, &|_| true)?;
        }
        let (decided, uncertain) = self.decided(support, decisions)?;
        self.store.zip(decided, uncertain, &mut |leaf, is_open| if is_open == 1 { open } else { leaf })
    }

    /// Where a condition is true (1), false (0), or neither (2).
    pub(crate) fn judged(&mut self, formula: &Formula) -> Result<Node, NotProven> {
        let judged = self.formula(formula, false)?;
        self.store.zip(judged.yes, judged.no, &mut |yes, no| if yes == 1 { 1 } else { 2 - 2 * no })
    }

    /// Where no assumption is false.
    pub(crate) fn existing(&mut self) -> Result<Node, NotProven> {
        let model = self.model;
        let mut existing = YES;
        for assumption in &model.assumptions {
            let holds = self.formula(&assumption.formula, false)?;
            existing = self.store.without(existing, holds.no)?;
        }
        Ok(existing)
    }

    fn decided(&mut self, support: SupportId, decisions: &mut Decisions) -> Result<(Node, Node), NotProven> {
        let mut leaves = Leaves::new();
        let (mut decided, mut uncertain) = (Node::leaf(0), NO);
        let (statements, model) = (self.statements, self.model);
        for layer in statements.place.deciding(model) {
            let (verdict, open) = self.verdict(layer, support, &mut leaves)?;
            uncertain = self.store.or(uncertain, open)?;
            decided = self.store.zip(decided, verdict, &mut |above, below| {
                let heard = decisions.get(above).clone().hear(leaves.get(below));
                decisions.leaf(heard)
            })?;
            // what is open is open, whatever else would be said of it
            decided = self.blank(decided, uncertain)?;
        }
        Ok((decided, uncertain))
    }

    fn blank(&mut self, diagram: Node, uncertain: Node) -> Result<Node, NotProven> {
        self.store.zip(diagram, uncertain, &mut |leaf, is_open| if is_open == 1 { 0 } else { leaf })
    }

    fn answer(&mut self, question: Question) -> Result<Answered, NotProven> {
        let support = question.support;
        let statements = self.statements;
        for id in statements.with_members(support) {
            self.prepare(id, &|rule| statements.rests_on(question, rule))?;
        }
        let mut grants: Vec<Option<Grant>> = Vec::new();
        let mut number = |grant: Option<Grant>| {
            let at = grants.iter().position(|known| *known == grant).unwrap_or_else(|| {
                grants.push(grant);
                grants.len() - 1
            });
            at as u32
        };
        let (grant_of, open) = if question.of_law {
            let mut leaves = Leaves::new();
            let (law, open) = self.verdict(Layer::Law, support, &mut leaves)?;
            let grant_of = self.store.map(law, &mut |leaf| {
                let law = leaves.get(leaf);
                number(Some(law.grant()).filter(|_| !law.is_contradicted(Matter::Grant)))
            })?;
            (grant_of, open)
        } else if statements.place.deciding(self.model).next().is_none() {
            return Ok(Answered { decided: NO, undecided: YES, granted: NEVER, due: NEVER });
        } else {
            let mut decisions = Decisions::new();
            let (decided, open) = self.decided(support, &mut decisions)?;
            (self.store.map(decided, &mut |leaf| number(decisions.get(leaf).grant))?, open)
        };
        let mut at = |holds: &dyn Fn(Option<Grant>) -> bool| {
            let region = self.store.map(grant_of, &mut |leaf| u32::from(holds(grants[leaf as usize])))?;
            self.store.without(region, open)
        };
        // what is undecided is neither granted nor due, and that is known
        let granted = |grant: Option<Grant>| grant.is_some_and(Grant::is_granted);
        let due = |grant: Option<Grant>| grant.is_some_and(Grant::is_due);
        Ok(Answered {
            decided: at(&|grant| grant.is_some())?,
            undecided: at(&|grant| grant.is_none())?,
            granted: Kleene { yes: at(&granted)?, no: at(&|grant| !granted(grant))? },
            due: Kleene { yes: at(&due)?, no: at(&|grant| !due(grant))? },
        })
    }

    fn all(&mut self, one: Kleene, other: Kleene) -> Result<Kleene, NotProven> {
        Ok(Kleene { yes: self.store.and(one.yes, other.yes)?, no: self.store.or(one.no, other.no)? })
    }

    fn any(&mut self, one: Kleene, other: Kleene) -> Result<Kleene, NotProven> {
        Ok(self.all(one.not(), other.not())?.not())
    }

    fn test(&mut self, fact: FactId, set: &ValueSet) -> Result<Kleene, NotProven> {
        let at = self.space.position(fact).ok_or(NotProven)?;
        let is_in = |class: &ValueSet| class.bounds().map(|(low, _)| set.contains(low));
        let inside: Vec<Option<bool>> = self.space.dimensions[at].classes.iter().map(is_in).collect();
        let side =
            |side: bool| inside.iter().map(|inside| if *inside == Some(side) { YES } else { NO }).collect();
        Ok(Kleene { yes: self.store.node(at, side(true))?, no: self.store.node(at, side(false))? })
    }

    fn formula(&mut self, formula: &Formula, of_law: bool) -> Result<Kleene, NotProven> {
        match formula {
            Formula::Always => Ok(ALWAYS),
            Formula::Never => Ok(NEVER),
            Formula::Test(fact, set) => self.test(*fact, set),
            Formula::Concept(concept) => {
                if let Some(known) = self.concepts.get(&(*concept, of_law)) {
                    return Ok(*known);
                }
                let model = self.model;
                let judged = self.formula(&model.concepts[concept.index()].formula, of_law)?;
                self.concepts.insert((*concept, of_law), judged);
                Ok(judged)
            }
            Formula::Decided { support, due } => {
                let answer = self.answers.get(&Question { support: *support, of_law }).ok_or(NotProven)?;
                Ok(if *due { answer.due } else { answer.granted })
            }
            Formula::Not(inner) => Ok(self.formula(inner, of_law)?.not()),
            Formula::And(parts) => parts.iter().try_fold(ALWAYS, |all, part| {
                let part = self.formula(part, of_law)?;
                self.all(all, part)
            }),
            Formula::Or(parts) => parts.iter().try_fold(NEVER, |any, part| {
                let part = self.formula(part, of_law)?;
                self.any(any, part)
            }),
        }
    }

    fn formula_in(&mut self, rule: RuleId, formula: &Formula) -> Result<Kleene, NotProven> {
        self.formula(formula, Layer::of(self.model, rule) == Some(Layer::Law))
    }

    fn applies(&mut self, id: RuleId) -> Result<Kleene, NotProven> {
        if let Some(known) = self.applies.get(&id) {
            return Ok(*known);
        }
        let model = self.model;
        let rule = model.rule(id);
        if rule.has_error {
            return Ok(NEVER);
        }
        let mut applies = self.test(DATE, &model.days_of(rule))?;
        if !rule.places.is_empty() {
            let mut served = NEVER;
            for place in &rule.places {
                let scope = self.formula(&model.departments[place.index()].scope, false)?;
                served = self.any(served, scope)?;
            }
            applies = self.all(applies, served)?;
        }
        for question in model.questions_of(id) {
            let answer = self.answers.get(&question).ok_or(NotProven)?;
            let answered = Kleene { yes: answer.decided, no: answer.undecided };
            applies = self.all(applies, answered)?;
        }
        let when = self.formula_in(id, &rule.when)?;
        applies = self.all(applies, when)?;
        self.applies.insert(id, applies);
        Ok(applies)
    }

    /// Works out every part on a support, exceptions first, so that a long chain of them is no recursion.
    fn prepare(&mut self, support: SupportId, wanted: &dyn Fn(RuleId) -> bool) -> Result<(), NotProven> {
        let statements = self.statements;
        for rule in statements.exceptions_first.iter().filter(|rule| wanted(**rule)) {
            let Some(said) = statements.by(*rule, support) else { continue };
            for part in said.parts().into_iter().chain([Part::Grade]) {
                self.active(said, part, support)?;
            }
        }
        Ok(())
    }

    fn active(&mut self, said: &Said, part: Part, support: SupportId) -> Result<Kleene, NotProven> {
        let key = (said.rule, support, part);
        if let Some(known) = self.active.get(&key) {
            return Ok(*known);
        }
        let mut active = self.applies(said.rule)?;
        for exception in self.statements.exceptions_from(said, support) {
            let Some(own) = exception.sets_aside(part) else { continue };
            let aside = self.active(exception, own, support)?;
            active = self.all(active, aside.not())?;
        }
        self.active.insert(key, active);
        Ok(active)
    }

    /// What is neither true nor false.
    fn open(&mut self, judged: Kleene) -> Result<Node, NotProven> {
        let settled = self.store.or(judged.yes, judged.no)?;
        self.store.not(settled)
    }

    /// What one layer says of a support where that is settled, and where it is not.
    fn verdict(
        &mut self,
        layer: Layer,
        support: SupportId,
        leaves: &mut Leaves,
    ) -> Result<(Node, Node), NotProven> {
        let (statements, model) = (self.statements, self.model);
        let (mut diagram, mut uncertain) = (Node::leaf(0), NO);
        let speaks = |said: &&Said| said.layer == layer && said.has_part();
        for said in statements.about(support).iter().filter(speaks) {
            let deviable = self.formula_in(said.rule, &model.rule(said.rule).deviable)?;
            let firmness = self.open(deviable)?;
            let mut any_active = NO;
            if !said.grades.is_empty() {
                let own = self.active(said, Part::Grade, support)?;
                any_active = self.store.or(any_active, own.yes)?;
                let open = self.open(own)?;
                uncertain = self.store.or(uncertain, open)?;
                for grade in &said.grades {
                    let mut nearer = NEVER;
                    let displaces = |other: &&Said| {
                        statements.gives_way(said.layer, other.layer) && other.displaces(grade)
                    };
                    for other in statements.about(support).iter().filter(displaces) {
                        let speaks = self.active(other, Part::Grade, support)?;
                        nearer = self.any(nearer, speaks)?;
                    }
                    let open = self.open(nearer)?;
                    let open = self.store.and(own.yes, open)?;
                    uncertain = self.store.or(uncertain, open)?;
                    let stands = self.store.and(own.yes, nearer.no)?;
                    diagram = self.firmly(diagram, stands, deviable, leaves, &|verdict, firm| {
                        verdict.grades.insert((grade.grade, firm));
                    })?;
                    if grade.duty {
                        let moot = self.store.or(nearer.yes, nearer.no)?;
                        let active = self.store.and(own.yes, moot)?;
                        diagram = self.say(diagram, active, leaves, &|verdict| verdict.duty = true)?;
                    }
                }
            }
            for bound in &said.bounds {
                let active = self.active(said, Part::Term(bound.term), support)?;
                any_active = self.store.or(any_active, active.yes)?;
                let open = self.open(active)?;
                uncertain = self.store.or(uncertain, open)?;
                let mut holds = active.yes;
                if bound.days != ValueSet::all() {
                    let days = self.test(DATE, &bound.days)?;
                    holds = self.store.and(holds, days.yes)?;
                }
                diagram = self.firmly(diagram, holds, deviable, leaves, &|verdict, firm| {
                    verdict.add(bound, firm);
                })?;
            }
            for precondition in &said.preconditions {
                let active = self.active(said, Part::Precondition, support)?;
                any_active = self.store.or(any_active, active.yes)?;
                let met = self.formula_in(said.rule, &precondition.formula)?;
                // it may fail, or nobody knows whether it counts
                let perhaps = self.store.not(active.no)?;
                let unmet = self.open(met)?;
                let unmet = self.store.and(perhaps, unmet)?;
                let open = self.open(active)?;
                let failing = self.store.and(open, met.no)?;
                uncertain = self.store.or(uncertain, unmet)?;
                uncertain = self.store.or(uncertain, failing)?;
                let fails = self.store.and(active.yes, met.no)?;
                let firmly = self.store.without(fails, deviable.yes)?;
                diagram = self.say(diagram, firmly, leaves, &|verdict| verdict.blocked = true)?;
            }
            let loose = self.store.and(any_active, firmness)?;
            uncertain = self.store.or(uncertain, loose)?;
            diagram = self.blank(diagram, uncertain)?;
        }
        if let Some(members) = statements.members.get(&support) {
            let mut together =
                Node::leaf(leaves.changed(0, |v| v.members = Some(Members::of(std::iter::empty()))));
            for (at, member) in members.iter().enumerate() {
                let (own, open) = self.verdict(layer, *member, leaves)?;
                uncertain = self.store.or(uncertain, open)?;
                together = self.store.zip(together, own, &mut |others, own| {
                    let own = Members::one(leaves.get(own));
                    let all =
                        leaves.get(others).members.filter(|_| at > 0).map_or(own, |others| others.and(own));
                    leaves.changed(0, |verdict| verdict.members = Some(all))
                })?;
            }
            diagram = self.store.zip(diagram, together, &mut |leaf, members| {
                let members = leaves.get(members).members;
                leaves.changed(leaf, |verdict| verdict.members = members)
            })?;
            diagram = self.blank(diagram, uncertain)?;
        }
        Ok((diagram, uncertain))
    }

    fn firmly(
        &mut self,
        diagram: Node,
        region: Node,
        deviable: Kleene,
        leaves: &mut Leaves,
        state: &dyn Fn(&mut Verdict, bool),
    ) -> Result<Node, NotProven> {
        let soft = self.store.and(region, deviable.yes)?;
        let firm = self.store.without(region, deviable.yes)?;
        let diagram = self.say(diagram, firm, leaves, &|verdict| state(verdict, true))?;
        self.say(diagram, soft, leaves, &|verdict| state(verdict, false))
    }

    fn say(
        &mut self,
        diagram: Node,
        region: Node,
        leaves: &mut Leaves,
        state: &dyn Fn(&mut Verdict),
    ) -> Result<Node, NotProven> {
        if region == NO {
            return Ok(diagram);
        }
        self.store.zip(diagram, region, &mut |leaf, inside| {
            if inside == 0 { leaf } else { leaves.changed(leaf, |verdict| state(verdict)) }
        })
    }
}
