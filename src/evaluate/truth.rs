//! How a condition is judged: only whether it holds, or with every test that was made on the way.
//!
//! What is not known of a citizen is neither true nor false; what rests on it is so only where it must be (Kleene).

use super::Answer;
use crate::model::{ConceptId, DepartmentId, FactId, SupportId, ValueSet};
use std::collections::BTreeMap;

/// A judgement on a condition.
pub(crate) trait Truth: Sized {
    /// The concepts judged so far, where they are kept.
    type Concepts: Default;

    /// `altid`, or what can never be.
    fn constant(holds: bool) -> Self;
    /// Whether the citizen's value lies in the set.
    fn test(fact: FactId, set: &ValueSet, value: Option<i64>) -> Self;
    /// A concept, judged once for a citizen.
    fn concept(
        id: ConceptId,
        of_law: bool,
        concepts: &mut Self::Concepts,
        inner: impl FnOnce(&mut Self::Concepts) -> Self,
    ) -> Self;
    /// What is decided of a support.
    fn decided(support: SupportId, due: bool, answer: Answer) -> Self;
    /// Whether a department serves the citizen.
    fn department(id: DepartmentId, scope: Self) -> Self;
    /// The opposite.
    fn not(self) -> Self;
    /// All of them.
    fn all(parts: impl Iterator<Item = Self>) -> Self;
    /// One of them.
    fn any(parts: impl Iterator<Item = Self>) -> Self;
    /// Whether it holds; nothing where that rests on what is not known.
    fn holds(&self) -> Option<bool>;
}

/// Whether the value lies in the set, and whether an answer is enough.
fn answered(due: bool, answer: Answer) -> Option<bool> {
    match answer {
        Answer::Open => None,
        Answer::Undecided => Some(false),
        Answer::Decided(grant) => Some(if due { grant.is_due() } else { grant.is_granted() }),
    }
}

/// Only the truth: nothing is looked at that cannot change it.
impl Truth for Option<bool> {
    type Concepts = ();

    fn constant(holds: bool) -> Self {
        Some(holds)
    }

    fn test(_: FactId, set: &ValueSet, value: Option<i64>) -> Self {
        value.map(|value| set.contains(value))
    }

    fn concept(_: ConceptId, _: bool, concepts: &mut (), inner: impl FnOnce(&mut ()) -> Self) -> Self {
        inner(concepts)
    }

    fn decided(_: SupportId, due: bool, answer: Answer) -> Self {
        answered(due, answer)
    }

    fn department(_: DepartmentId, scope: Self) -> Self {
        scope
    }

    fn not(self) -> Self {
        self.map(|holds| !holds)
    }

    fn all(parts: impl Iterator<Item = Self>) -> Self {
        let mut all = Some(true);
        for part in parts {
            match part {
                Some(true) => {}
                Some(false) => return Some(false),
                None => all = None,
            }
        }
        all
    }

    fn any(parts: impl Iterator<Item = Self>) -> Self {
        let mut any = Some(false);
        for part in parts {
            match part {
                Some(true) => return Some(true),
                Some(false) => {}
                None => any = None,
            }
        }
        any
    }

    fn holds(&self) -> Option<bool> {
        *self
    }
}

/// A judgement with all that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Judged {
    pub holds: Option<bool>,
    pub what: Looked,
}

/// What was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Looked {
    Constant,
    Test {
        fact: FactId,
        set: ValueSet,
        value: Option<i64>,
    },
    /// kept apart, in [`Concepts`]
    Concept {
        id: ConceptId,
        of_law: bool,
    },
    Decided {
        support: SupportId,
        due: bool,
        answer: Answer,
    },
    Department(DepartmentId, Box<Judged>),
    Not(Box<Judged>),
    All(Vec<Judged>),
    Any(Vec<Judged>),
}

/// The concepts that were asked, each once; in a rule of the law they may ask the law.
pub(crate) type Concepts = BTreeMap<(ConceptId, bool), Judged>;

impl Truth for Judged {
    type Concepts = Concepts;

    fn constant(holds: bool) -> Self {
        Judged { holds: Some(holds), what: Looked::Constant }
    }

    fn test(fact: FactId, set: &ValueSet, value: Option<i64>) -> Self {
        let holds = Option::<bool>::test(fact, set, value);
        Judged { holds, what: Looked::Test { fact, set: set.clone(), value } }
    }

    fn concept(
        id: ConceptId,
        of_law: bool,
        concepts: &mut Concepts,
        inner: impl FnOnce(&mut Concepts) -> Self,
    ) -> Self {
        let what = Looked::Concept { id, of_law };
        if let Some(known) = concepts.get(&(id, of_law)) {
            return Judged { holds: known.holds, what };
        }
        let judged = inner(concepts);
        let holds = judged.holds;
        concepts.insert((id, of_law), judged);
        Judged { holds, what }
    }

    fn decided(support: SupportId, due: bool, answer: Answer) -> Self {
        Judged { holds: answered(due, answer), what: Looked::Decided { support, due, answer } }
    }

    fn department(id: DepartmentId, scope: Self) -> Self {
        Judged { holds: scope.holds, what: Looked::Department(id, Box::new(scope)) }
    }

    fn not(self) -> Self {
        Judged { holds: self.holds.not(), what: Looked::Not(Box::new(self)) }
    }

    fn all(parts: impl Iterator<Item = Self>) -> Self {
        let parts: Vec<Judged> = parts.collect();
        Judged { holds: Option::<bool>::all(parts.iter().map(|part| part.holds)), what: Looked::All(parts) }
    }

    fn any(parts: impl Iterator<Item = Self>) -> Self {
        let parts: Vec<Judged> = parts.collect();
        Judged { holds: Option::<bool>::any(parts.iter().map(|part| part.holds)), what: Looked::Any(parts) }
    }

    fn holds(&self) -> Option<bool> {
        self.holds
    }
}
