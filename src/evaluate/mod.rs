//! The plain evaluator: a model and one citizen give each layer's verdict and the decision, with their reasons.
//!
//! In: the model, what its rules say, one profile. Out: which rules apply, which parts are active and stand, each
//! layer's verdict, the decision with what it rests on. It reads like `docs/semantics.md` and does nothing
//! clever: it confirms every witness before a finding is shown, and the tests judge the diagrams by it. There is one
//! way through it; whether the reasons are kept is a type, [`Truth`]. Never true here: a diagram, a region, a finding.

mod condition;
mod decision;
mod heard;
mod known;
mod truth;

pub(crate) use condition::{range_from_words, tested};
pub(crate) use decision::{Decided, Reasoned, decide, decision, reasons};
pub(crate) use heard::{Force, Heard, Outcome, Told};
pub(crate) use known::{Known, day_from_words, value_from_words};
pub(crate) use truth::{Concepts, Judged, Looked, Truth};

use crate::model::{FactId, Formula, Grade, Model, Profile, Question, RuleId, SupportId};
use crate::verdict::{Grant, Layer, Matter, Part, Said, SaidGrade, Statements, Verdict};
use std::collections::{BTreeMap, BTreeSet};

/// What is decided of a support that is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    Decided(Grant),
    /// a layer contradicts itself, and no other settles it
    Undecided,
    /// that rests on what is not known
    Open,
}

/// One citizen in one place: a model, what its rules say there, and the answers to what they ask.
#[derive(Clone)]
pub(crate) struct Case<'a> {
    pub model: &'a Model,
    pub statements: &'a Statements,
    pub profile: &'a Profile,
    /// the facts that are not known: their values in the profile mean nothing
    unknown: BTreeSet<FactId>,
    answers: BTreeMap<Question, Answer>,
}

impl<'a> Case<'a> {
    /// The case of one citizen in the place whose statements these are.
    pub(crate) fn new(model: &'a Model, statements: &'a Statements, profile: &'a Profile) -> Self {
        Case::partly(model, statements, profile, BTreeSet::new())
    }

    /// The same, where some facts are not known.
    pub(crate) fn partly(
        model: &'a Model,
        statements: &'a Statements,
        profile: &'a Profile,
        unknown: BTreeSet<FactId>,
    ) -> Self {
        let mut case = Case { model, statements, profile, unknown, answers: BTreeMap::new() };
        for question in &statements.questions {
            let answer = case.answer(*question);
            case.answers.insert(*question, answer);
        }
        case
    }

    /// The grant a question is about; what it rests on is answered already.
    fn answer(&self, question: Question) -> Answer {
        let (grant, certain) = if question.of_law {
            let law = self.listen::<Option<bool>>(Layer::Law, question.support, &mut ());
            let contradicted = law.verdict.is_contradicted(Matter::Grant);
            ((!contradicted).then(|| law.verdict.grant()), law.certain)
        } else if self.statements.place.deciding(self.model).next().is_none() {
            (None, true)
        } else {
            let decided = reasons::<Option<bool>>(self, question.support, &mut ());
            (decided.decision.grant, decided.certain)
        };
        match grant {
            _ if !certain => Answer::Open,
            None => Answer::Undecided,
            Some(grant) => Answer::Decided(grant),
        }
    }

    fn answer_to(&self, question: Question) -> Answer {
        self.answers.get(&question).copied().unwrap_or(Answer::Undecided)
    }

    /// The citizen's value, where it is known.
    pub(crate) fn value(&self, fact: FactId) -> Option<i64> {
        let known = self.unknown.is_empty() || !self.unknown.contains(&fact);
        known.then(|| self.profile.0[fact.index()])
    }

    /// A condition, judged; what it asks is what is decided here.
    pub(crate) fn judge<T: Truth>(&self, formula: &Formula, of_law: bool, concepts: &mut T::Concepts) -> T {
        match formula {
            Formula::Always => T::constant(true),
            Formula::Never => T::constant(false),
            Formula::Test(fact, set) => T::test(*fact, set, self.value(*fact)),
            Formula::Concept(id) => T::concept(*id, of_law, concepts, |concepts| {
                self.judge(&self.model.concepts[id.index()].formula, of_law, concepts)
            }),
            Formula::Decided { support, due } => {
                T::decided(*support, *due, self.answer_to(Question { support: *support, of_law }))
            }
            Formula::Not(inner) => self.judge::<T>(inner, of_law, concepts).not(),
            Formula::And(all) => T::all(all.iter().map(|part| self.judge(part, of_law, concepts))),
            Formula::Or(any) => T::any(any.iter().map(|part| self.judge(part, of_law, concepts))),
        }
    }

    /// A condition in a rule, judged; a rule of the law asks the law.
    pub(crate) fn judge_in<T: Truth>(
        &self,
        rule: RuleId,
        formula: &Formula,
        concepts: &mut T::Concepts,
    ) -> T {
        self.judge(formula, Layer::of(self.model, rule) == Some(Layer::Law), concepts)
    }

    /// Whether the condition is true of the citizen.
    pub(crate) fn holds(&self, formula: &Formula) -> bool {
        self.judge::<Option<bool>>(formula, false, &mut ()) == Some(true)
    }

    /// Whether a condition in a rule is true of the citizen.
    pub(crate) fn holds_in(&self, rule: RuleId, formula: &Formula) -> bool {
        self.judge_in::<Option<bool>>(rule, formula, &mut ()) == Some(true)
    }

    /// Whether there can be such a citizen: no `antag` excludes it.
    pub(crate) fn exists(&self) -> bool {
        self.model.assumptions.iter().all(|assumption| self.holds(&assumption.formula))
    }

    /// Whether the rule applies.
    pub(crate) fn applies(&self, id: RuleId) -> bool {
        self.fate::<Option<bool>>(id, &mut ()).holds() == Some(true)
    }

    /// Whether the rule's departments, what it asks and its condition hold, on whatever day.
    pub(crate) fn meets(&self, id: RuleId) -> bool {
        self.meeting::<Option<bool>>(id, &mut ()).holds() == Some(true)
    }

    /// Whether this part of the rule applies and no exception sets it aside.
    pub(crate) fn is_active(&self, said: &Said, part: Part, support: SupportId) -> bool {
        self.is_active_for(said, part, support) == Some(true)
    }

    fn is_active_for(&self, said: &Said, part: Part, support: SupportId) -> Option<bool> {
        let applies = self.fate::<Option<bool>>(said.rule, &mut ()).holds();
        if applies == Some(false) {
            return applies;
        }
        Option::all([applies, self.is_aside(said, part, support).not()].into_iter())
    }

    /// Whether some exception sets this part of the rule aside.
    pub(crate) fn is_set_aside(&self, said: &Said, part: Part, support: SupportId) -> bool {
        self.is_aside(said, part, support) == Some(true)
    }

    fn sets_aside(&self, exception: &Said, part: Part, support: SupportId) -> Option<bool> {
        exception.sets_aside(part).map_or(Some(false), |own| self.is_active_for(exception, own, support))
    }

    /// Whether an active grade also stands: a kan on a kind gives way to a grade nearer the support.
    pub(crate) fn stands(&self, said: &Said, grade: &SaidGrade, support: SupportId) -> bool {
        self.is_active(said, Part::Grade, support) && self.is_displaced(said, grade, support) == Some(false)
    }

    /// What one layer says of one judged support.
    pub(crate) fn verdict(&self, layer: Layer, support: SupportId) -> Verdict {
        self.listen::<Option<bool>>(layer, support, &mut ()).verdict
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
