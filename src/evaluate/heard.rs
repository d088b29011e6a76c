//! What one rule, and what one layer, comes to for one citizen: the verdict, and on the way to it each rule's fate and
//! each part's force.

use super::{Answer, Case, Truth};
use crate::model::{DATE, DepartmentId, RuleId, SupportId, ValueSet};
use crate::verdict::{Layer, Members, Part, Said, SaidGrade, Verdict};

/// Whether a rule applies, and as far as it was looked at why.
#[derive(Clone, Debug)]
pub(crate) struct Fate<T> {
    pub outcome: Outcome,
    /// whether one of the departments it names serves the citizen
    pub department: Option<T>,
    /// its condition
    pub when: Option<T>,
}

/// The first thing that keeps a rule from applying, in the order of `docs/semantics.md`, section 14.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    HasError,
    OtherDay,
    OtherDepartment,
    /// it asks about this support, and nobody can say
    Unanswered(SupportId),
    Fails,
    /// that rests on what is not known
    Open,
    Applies,
}

impl<T> Fate<T> {
    fn of(outcome: Outcome) -> Self {
        Fate { outcome, department: None, when: None }
    }

    /// Whether it applies.
    pub(crate) fn holds(&self) -> Option<bool> {
        match self.outcome {
            Outcome::Applies => Some(true),
            Outcome::Open => None,
            _ => Some(false),
        }
    }
}

/// What becomes of one statement of a rule that applies, or may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Force {
    Active,
    /// by these exceptions
    SetAside(Vec<RuleId>),
    /// a kan on a kind, to these rules nearer the support
    GivesWay(Vec<RuleId>),
    /// a bound with a `sats` that has another value on the day
    OtherDay,
    /// that rests on what is not known
    Open,
}

/// One rule, heard about one support. The lists go along those of [`Said`]; they are empty where it does not apply.
#[derive(Clone, Debug)]
pub(crate) struct Heard<T> {
    pub rule: RuleId,
    pub fate: Fate<T>,
    /// whether it may not be departed from
    pub firm: Option<bool>,
    pub grades: Vec<Force>,
    pub bounds: Vec<Force>,
    /// each with its condition, where it was looked at
    pub preconditions: Vec<(Force, Option<T>)>,
}

impl<T> Heard<T> {
    /// Whether some part of it is active.
    pub(crate) fn is_active(&self) -> bool {
        let preconditions = self.preconditions.iter().map(|(force, _)| force);
        let mut forces = self.grades.iter().chain(&self.bounds).chain(preconditions);
        forces.any(|force| matches!(force, Force::Active | Force::GivesWay(_) | Force::OtherDay))
    }
}

/// One layer, heard about one support.
#[derive(Clone, Debug)]
pub(crate) struct Told<T> {
    pub layer: Layer,
    pub verdict: Verdict,
    /// nothing in it rests on what is not known
    pub certain: bool,
    pub rules: Vec<Heard<T>>,
    /// of a kind: each support below it
    pub members: Vec<(SupportId, Told<T>)>,
}

impl Case<'_> {
    /// Whether a rule applies, and why: its days, its departments, what it asks, its condition.
    pub(crate) fn fate<T: Truth>(&self, id: RuleId, concepts: &mut T::Concepts) -> Fate<T> {
        let rule = self.model.rule(id);
        if rule.has_error {
            return Fate::of(Outcome::HasError);
        }
        match self.value(DATE).map(|day| self.model.days_of(rule).contains(day)) {
            Some(false) => Fate::of(Outcome::OtherDay),
            Some(true) => self.meeting(id, concepts),
            None => {
                let fate = self.meeting(id, concepts);
                let open = fate.outcome == Outcome::Applies;
                Fate { outcome: if open { Outcome::Open } else { fate.outcome }, ..fate }
            }
        }
    }

    /// Whether a rule's departments, what it asks and its condition hold, on whatever day.
    pub(super) fn meeting<T: Truth>(&self, id: RuleId, concepts: &mut T::Concepts) -> Fate<T> {
        let rule = self.model.rule(id);
        let mut serves = |place: &DepartmentId| {
            let scope = self.judge::<T>(&self.model.departments[place.index()].scope, false, concepts);
            T::department(*place, scope)
        };
        let department = (!rule.places.is_empty()).then(|| T::any(rule.places.iter().map(&mut serves)));
        let served = department.as_ref().map_or(Some(true), T::holds);
        if served == Some(false) {
            return Fate { outcome: Outcome::OtherDepartment, department, when: None };
        }
        let mut certain = served.is_some();
        for question in self.model.questions_of(id) {
            match self.answer_to(question) {
                Answer::Undecided => {
                    let outcome = Outcome::Unanswered(question.support);
                    return Fate { outcome, department, when: None };
                }
                Answer::Open => certain = false,
                Answer::Decided(_) => {}
            }
        }
        let when = self.judge_in::<T>(id, &rule.when, concepts);
        let outcome = match when.holds() {
            Some(false) => Outcome::Fails,
            Some(true) if certain => Outcome::Applies,
            _ => Outcome::Open,
        };
        Fate { outcome, department, when: Some(when) }
    }

    /// The exceptions from a rule that would set this part aside, and whether each does.
    fn exceptions(
        &self,
        said: &Said,
        part: Part,
        support: SupportId,
    ) -> impl Iterator<Item = (RuleId, Option<bool>)> {
        let exceptions = self.statements.exceptions_from(said, support);
        exceptions.map(move |exception| (exception.rule, self.sets_aside(exception, part, support)))
    }

    /// The rules nearer the support to which a grade would give way, and whether each speaks.
    fn nearer(
        &self,
        said: &Said,
        grade: &SaidGrade,
        support: SupportId,
    ) -> impl Iterator<Item = (RuleId, Option<bool>)> {
        let displaces =
            move |other: &&Said| self.statements.gives_way(said.layer, other.layer) && other.displaces(grade);
        let nearer = self.statements.about(support).iter().filter(displaces);
        nearer.map(move |other| (other.rule, self.is_active_for(other, Part::Grade, support)))
    }

    pub(super) fn is_aside(&self, said: &Said, part: Part, support: SupportId) -> Option<bool> {
        Option::any(self.exceptions(said, part, support).map(|(_, is_active)| is_active))
    }

    pub(super) fn is_displaced(&self, said: &Said, grade: &SaidGrade, support: SupportId) -> Option<bool> {
        Option::any(self.nearer(said, grade, support).map(|(_, speaks)| speaks))
    }

    /// What becomes of a part of a rule that applies, or may.
    fn force<T>(&self, said: &Said, fate: &Fate<T>, part: Part, support: SupportId) -> Force {
        let (by, is_aside) = those(self.exceptions(said, part, support));
        match (is_aside, fate.outcome) {
            (Some(true), _) => Force::SetAside(by),
            (Some(false), Outcome::Applies) => Force::Active,
            _ => Force::Open,
        }
    }

    /// What one rule says of a support.
    fn hear<T: Truth>(&self, said: &Said, support: SupportId, concepts: &mut T::Concepts) -> Heard<T> {
        let rule = self.model.rule(said.rule);
        let fate = self.fate(said.rule, concepts);
        let mut heard = Heard {
            rule: said.rule,
            fate,
            firm: None,
            grades: Vec::new(),
            bounds: Vec::new(),
            preconditions: Vec::new(),
        };
        if heard.fate.holds() == Some(false) {
            return heard;
        }
        heard.firm = self.judge_in::<Option<bool>>(said.rule, &rule.deviable, &mut ()).not();
        if !said.grades.is_empty() {
            let own = self.force(said, &heard.fate, Part::Grade, support);
            let way = |grade: &SaidGrade| {
                if own != Force::Active {
                    return own.clone();
                }
                match those(self.nearer(said, grade, support)) {
                    (to, Some(true)) => Force::GivesWay(to),
                    (_, Some(false)) => Force::Active,
                    (_, None) => Force::Open,
                }
            };
            heard.grades = said.grades.iter().map(way).collect();
        }
        for bound in &said.bounds {
            let force = self.force(said, &heard.fate, Part::Term(bound.term), support);
            let on_the_day = self.value(DATE).map(|day| bound.days.contains(day));
            heard.bounds.push(match (on_the_day, force) {
                (Some(false), Force::Active) => Force::OtherDay,
                (None, Force::Active) if bound.days != ValueSet::all() => Force::Open,
                (_, force) => force,
            });
        }
        for precondition in &said.preconditions {
            let force = self.force(said, &heard.fate, Part::Precondition, support);
            let looked = matches!(force, Force::Active | Force::Open);
            let judged = looked.then(|| self.judge_in(said.rule, &precondition.formula, concepts));
            heard.preconditions.push((force, judged));
        }
        heard
    }

    /// What one layer says of a support.
    pub(crate) fn listen<T: Truth>(
        &self,
        layer: Layer,
        support: SupportId,
        concepts: &mut T::Concepts,
    ) -> Told<T> {
        let mut told =
            Told { layer, verdict: Verdict::default(), certain: true, rules: vec![], members: vec![] };
        for said in self.statements.about(support).iter().filter(|said| said.layer == layer) {
            let heard = self.hear(said, support, concepts);
            told.take(said, &heard);
            told.rules.push(heard);
        }
        if let Some(members) = self.statements.members.get(&support) {
            for member in members {
                let member = (*member, self.listen(layer, *member, concepts));
                told.certain &= member.1.certain;
                told.members.push(member);
            }
            told.verdict.members = Some(Members::of(told.members.iter().map(|(_, member)| &member.verdict)));
        }
        told
    }
}

impl<T: Truth> Told<T> {
    /// Adds what one rule says to the verdict.
    fn take(&mut self, said: &Said, heard: &Heard<T>) {
        let firm = heard.firm.unwrap_or(true);
        let verdict = &mut self.verdict;
        let mut certain = heard.firm.is_some() || !heard.is_active();
        for (grade, force) in said.grades.iter().zip(&heard.grades) {
            match force {
                Force::Active => {
                    verdict.grades.insert((grade.grade, firm));
                    verdict.duty |= grade.duty;
                }
                Force::GivesWay(_) => verdict.duty |= grade.duty,
                Force::Open => certain = false,
                Force::SetAside(_) | Force::OtherDay => {}
            }
        }
        for (bound, force) in said.bounds.iter().zip(&heard.bounds) {
            match force {
                Force::Active => verdict.add(bound, firm),
                Force::Open => certain = false,
                Force::SetAside(_) | Force::GivesWay(_) | Force::OtherDay => {}
            }
        }
        for (force, judged) in &heard.preconditions {
            let met = judged.as_ref().map_or(Some(true), T::holds);
            match (force, met) {
                (Force::Active, Some(false)) => verdict.blocked |= firm,
                (Force::Active | Force::Open, None) | (Force::Open, Some(false)) => certain = false,
                _ => {}
            }
        }
        self.certain &= certain;
    }
}

/// Those of which it is true, and whether it is true of any. Every one is looked at: a reader is told of all.
fn those(all: impl Iterator<Item = (RuleId, Option<bool>)>) -> (Vec<RuleId>, Option<bool>) {
    let (mut found, mut open) = (Vec::new(), false);
    for (rule, holds) in all {
        found.extend((holds == Some(true)).then_some(rule));
        open |= holds.is_none();
    }
    let any = if found.is_empty() && open { None } else { Some(!found.is_empty()) };
    (found, any)
}
