//! A condition as it was judged, in names.

use super::ConceptReasons;
use crate::diagram::tested;
use crate::evaluate::{Answer, Concepts, Judged, Looked};
use crate::ground::Condition;
use crate::model::{Model, ValueSet};
use crate::verdict::Grant;

/// A condition, or a part of one, and whether it is true of the citizen.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Judgement {
    /// nothing where that rests on what is not known
    pub holds: Option<bool>,
    /// what was looked at
    pub tested: LookedAt,
}

/// What was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LookedAt {
    /// nothing: there is no condition
    Always,
    /// one fact
    Fact {
        /// what is required of it
        condition: Condition,
        /// the citizen's value; nothing where it is not known
        value: Option<String>,
    },
    /// a `begreb`, told in [`Reasons::concepts`](super::Reasons::concepts)
    Concept {
        /// its name
        name: String,
        /// asked by the law
        of_law: bool,
    },
    /// `har krav på`, `kan få`
    Decided {
        /// of which support
        support: String,
        /// `har krav på`
        due: bool,
        /// what is decided; nothing where the rules contradict each other, or it is not known
        grant: Option<Grant>,
    },
    /// whether a department serves the citizen
    Department {
        /// its name
        name: String,
        /// whom it serves
        scope: Box<Judgement>,
    },
    /// the opposite
    Not(Box<Judgement>),
    /// all of them
    All(Vec<Judgement>),
    /// one of them
    Any(Vec<Judgement>),
}

pub(super) fn concepts(model: &Model, concepts: &Concepts) -> Vec<ConceptReasons> {
    let told = concepts.iter().map(|((id, of_law), judged)| ConceptReasons {
        name: model.concepts[id.index()].name.clone(),
        of_law: *of_law,
        meaning: judgement(model, judged),
    });
    told.collect()
}

pub(super) fn judgement(model: &Model, judged: &Judged) -> Judgement {
    let all = |parts: &[Judged]| parts.iter().map(|part| judgement(model, part)).collect();
    let tested = match &judged.what {
        Looked::Constant => LookedAt::Always,
        Looked::Test { fact, set, value } => {
            let domain = &model.facts[fact.index()].domain;
            let value = value.map(|value| domain.spell_bare(value));
            LookedAt::Fact { condition: tested(model, *fact, set), value }
        }
        Looked::Concept { id, of_law } => {
            LookedAt::Concept { name: model.concepts[id.index()].name.clone(), of_law: *of_law }
        }
        Looked::Decided { support, due, answer } => LookedAt::Decided {
            support: model.supports[support.index()].name.clone(),
            due: *due,
            grant: match answer {
                Answer::Decided(grant) => Some(*grant),
                Answer::Undecided | Answer::Open => None,
            },
        },
        Looked::Department(id, scope) => LookedAt::Department {
            name: model.departments[id.index()].name.clone(),
            scope: Box::new(judgement(model, scope)),
        },
        Looked::Not(inner) => match &inner.what {
            // `ikke alder under 18` is `alder mindst 18`
            Looked::Test { fact, set, value } => {
                let set = set.complement_in(&ValueSet::all());
                let what = Looked::Test { fact: *fact, set, value: *value };
                return judgement(model, &Judged { holds: judged.holds, what });
            }
            _ => LookedAt::Not(Box::new(judgement(model, inner))),
        },
        Looked::All(parts) => LookedAt::All(all(parts)),
        Looked::Any(parts) => LookedAt::Any(all(parts)),
    };
    Judgement { holds: judged.holds, tested }
}
