//! The plain evaluator: a model and one citizen give each layer's verdict and the decision.
//!
//! In: the model, what its rules say, one profile. Out: which rules apply, which parts are active and stand, each
//! layer's verdict, the decision with the rules it rests on. It reads like `docs/semantics.md` and does nothing
//! clever: it confirms every witness before a finding is shown, and the tests judge the diagrams by it. Never true
//! here: a diagram, a region, a finding.

mod decision;
mod known;

pub(crate) use decision::{Decided, decide, decision};
pub(crate) use known::Known;

use crate::model::{DATE, Formula, Grade, Model, Profile, Question, RuleId, SupportId};
use crate::verdict::{Grant, Layer, Matter, Members, Part, Said, SaidGrade, SetsAside, Statements, Verdict};
use std::collections::BTreeMap;

/// One citizen in one place: a model, what its rules say there, and the answers to what they ask.
#[derive(Clone)]
pub(crate) struct Case<'a> {
    pub model: &'a Model,
    pub statements: &'a Statements,
    pub profile: &'a Profile,
    /// nothing where it is undecided
    answers: BTreeMap<Question, Option<Grant>>,
}

impl<'a> Case<'a> {
    /// The case of one citizen in the place whose statements these are.
    pub(crate) fn new(model: &'a Model, statements: &'a Statements, profile: &'a Profile) -> Self {
        let mut case = Case { model, statements, profile, answers: BTreeMap::new() };
        for question in &statements.questions {
            let answer = case.answer(*question);
            case.answers.insert(*question, answer);
        }
        case
    }

    /// The grant a question is about; what it rests on is answered already.
    fn answer(&self, question: Question) -> Option<Grant> {
        if !question.of_law {
            self.statements.place.deciding(self.model).next()?;
            return decision(self, question.support).grant;
        }
        let law = self.verdict(Layer::Law, question.support);
        if law.is_contradicted(Matter::Grant) { None } else { Some(law.grant()) }
    }

    /// Whether the condition is true of the citizen; what it asks is what is decided here.
    pub(crate) fn holds(&self, formula: &Formula) -> bool {
        self.holds_as(formula, false)
    }

    /// Whether a condition in a rule is true of the citizen; a rule of the law asks the law.
    pub(crate) fn holds_in(&self, rule: RuleId, formula: &Formula) -> bool {
        self.holds_as(formula, Layer::of(self.model, rule) == Some(Layer::Law))
    }

    fn holds_as(&self, formula: &Formula, of_law: bool) -> bool {
        match formula {
            Formula::Always => true,
            Formula::Never => false,
            Formula::Test(fact, set) => set.contains(self.profile.0[fact.index()]),
            Formula::Concept(concept) => self.holds_as(&self.model.concepts[concept.index()].formula, of_law),
            Formula::Decided { support, due } => {
                let answer = self.answers.get(&Question { support: *support, of_law }).copied().flatten();
                answer.is_some_and(|grant| if *due { grant.is_due() } else { grant.is_granted() })
            }
            Formula::Not(inner) => !self.holds_as(inner, of_law),
            Formula::And(all) => all.iter().all(|part| self.holds_as(part, of_law)),
            Formula::Or(any) => any.iter().any(|part| self.holds_as(part, of_law)),
        }
    }

    /// Whether everything a rule asks is decided.
    fn is_answered(&self, rule: RuleId) -> bool {
        self.model.questions_of(rule).all(|question| self.answers.get(&question).is_some_and(Option::is_some))
    }

    /// Whether there can be such a citizen: no `antag` excludes it.
    pub(crate) fn exists(&self) -> bool {
        self.model.assumptions.iter().all(|assumption| self.holds(&assumption.formula))
    }

    /// Whether the rule applies: its days, its departments, what it asks, its condition.
    pub(crate) fn applies(&self, id: RuleId) -> bool {
        let rule = self.model.rule(id);
        !rule.has_error && self.model.days_of(rule).contains(self.profile.0[DATE.index()]) && self.meets(id)
    }

    /// Whether the rule's departments, what it asks and its condition hold, on whatever day.
    pub(crate) fn meets(&self, id: RuleId) -> bool {
        let rule = self.model.rule(id);
        let departments = rule.places.iter().map(|place| &self.model.departments[place.index()].scope);
        (rule.places.is_empty() || departments.into_iter().any(|scope| self.holds(scope)))
            && self.is_answered(id)
            && self.holds_in(id, &rule.when)
    }

    /// Whether this part of the rule applies and no exception sets it aside.
    pub(crate) fn is_active(&self, said: &Said, part: Part, support: SupportId) -> bool {
        self.applies(said.rule) && !self.is_set_aside(said, part, support)
    }

    /// Whether some exception sets this part of the rule aside.
    pub(crate) fn is_set_aside(&self, said: &Said, part: Part, support: SupportId) -> bool {
        let mut exceptions = said.exceptions.iter();
        exceptions.any(|(exception, aside)| self.sets_aside(*exception, aside, part, support))
    }

    fn sets_aside(&self, exception: RuleId, aside: &SetsAside, part: Part, support: SupportId) -> bool {
        let Some(said) = self.statements.by(exception, support) else { return false };
        match (aside, part) {
            (SetsAside::Everything, _) => self.is_active(said, Part::Grade, support),
            (SetsAside::Parts { terms, .. }, Part::Term(term)) => {
                terms.contains(&term) && self.is_active(said, part, support)
            }
            (SetsAside::Parts { precondition, .. }, Part::Precondition) => {
                *precondition && self.is_active(said, part, support)
            }
            (SetsAside::Parts { .. }, Part::Grade) => false,
        }
    }

    /// Whether an active grade also stands: a kan on a kind gives way to a grade nearer the support.
    pub(crate) fn stands(&self, said: &Said, grade: &SaidGrade, support: SupportId) -> bool {
        if !self.is_active(said, Part::Grade, support) {
            return false;
        }
        let nearer =
            |other: &&Said| self.statements.gives_way(said.layer, other.layer) && other.displaces(grade);
        let about = self.statements.about(support);
        !about.iter().filter(nearer).any(|other| self.is_active(other, Part::Grade, support))
    }

    /// What one layer says of one judged support.
    pub(crate) fn verdict(&self, layer: Layer, support: SupportId) -> Verdict {
        let mut verdict = Verdict::default();
        for said in self.statements.about(support).iter().filter(|said| said.layer == layer) {
            let rule = self.model.rule(said.rule);
            let firm = !self.holds_in(said.rule, &rule.deviable);
            for grade in said.grades.iter().filter(|grade| self.stands(said, grade, support)) {
                verdict.grades.insert((grade.grade, firm));
            }
            verdict.duty |=
                said.grades.iter().any(|grade| grade.duty) && self.is_active(said, Part::Grade, support);
            for bound in said.bounds.iter().filter(|b| self.is_active(said, Part::Term(b.term), support)) {
                if bound.days.contains(self.profile.0[DATE.index()]) {
                    verdict.add(bound, firm);
                }
            }
            let fails = said
                .preconditions
                .iter()
                .any(|precondition| !self.holds_in(said.rule, &precondition.formula));
            verdict.blocked |= firm && fails && self.is_active(said, Part::Precondition, support);
        }
        if let Some(members) = self.statements.members.get(&support) {
            let verdicts: Vec<Verdict> = members.iter().map(|member| self.verdict(layer, *member)).collect();
            verdict.members = Some(Members::of(verdicts.iter()));
        }
        verdict
    }
    /// Whether a firm ret or skal of a layer stands on a judged support.
    pub(crate) fn is_firmly_due(&self, layer: Layer, support: SupportId) -> bool {
        let own = self.statements.about(support).iter().filter(|said| said.layer == layer);
        own.filter(|said| !self.holds_in(said.rule, &self.model.rule(said.rule).deviable)).any(|said| {
            let mut due = said.grades.iter().filter(|said| matches!(said.grade, Grade::Right | Grade::Must));
            due.any(|grade| self.stands(said, grade, support))
        })
    }
}
