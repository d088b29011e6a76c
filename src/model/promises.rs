//! What is offered, promised, shown and accepted.

use super::{Bound, Citation, Formula, Grade, ModuleId, SupportId, ValueSet};
use crate::ground::{Day, Span};

/// Everything in a workspace that says what its rules should come to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Promises {
    /// in the order of the sources, like the lists below
    pub guarantees: Vec<Guarantee>,
    pub examples: Vec<Example>,
    pub accepts: Vec<Accept>,
    pub offers: Vec<Offer>,
}

/// `garanti`: what holds of every decision in some places.
#[derive(Clone, Debug)]
pub(crate) struct Guarantee {
    pub name: String,
    pub places: Vec<ModuleId>,
    pub when: Formula,
    pub claims: Vec<Claim>,
    /// the name
    pub span: Span,
}

/// `eksempel`: what is decided of some citizens in one place.
#[derive(Clone, Debug)]
pub(crate) struct Example {
    pub title: String,
    pub place: ModuleId,
    pub given: Formula,
    pub claims: Vec<Claim>,
    /// the title
    pub span: Span,
}

/// One thing that is claimed of decisions; each bound of a `med` is a claim of its own.
#[derive(Clone, Debug)]
pub(crate) struct Claim {
    pub kind: ClaimKind,
    /// as written
    pub span: Span,
}

/// What is claimed. On a kind it is said of the supports below it, `docs/semantics.md`, section 9.
#[derive(Clone, Debug)]
pub(crate) enum ClaimKind {
    /// granted by kan, ret or skal, or more
    AtLeast(Grade, SupportId),
    /// granted by no more than kan, ret or skal
    AtMost(Grade, SupportId),
    /// granted by just this
    Exactly(Grade, SupportId),
    /// bør, bør ikke or skal vurdere stands
    Said(Grade, SupportId),
    NotGranted(SupportId),
    /// forbidden
    Refused(SupportId),
    /// the two are never both granted
    NotBoth(SupportId, SupportId),
    /// where it is granted, no other values of the term are decided
    Within(SupportId, Bound),
    /// where it is granted, just these values of the term are decided
    Just(SupportId, Bound),
    /// what is decided of a task or a step
    Done(Done),
}

/// What is claimed of a task or a step: it is so of everything that a rule with the same words would speak of.
#[derive(Clone, Debug, Hash)]
pub(crate) struct Done {
    /// `vækning ved social-mentor`, as written
    pub name: String,
    /// the task and its parts of supports, or those that `ved` leaves
    pub of: Vec<SupportId>,
    /// just kan or skal, forbidden, or bør and bør ikke beside anything; nothing: neither kan nor skal
    pub grade: Option<Grade>,
}

impl ClaimKind {
    /// The supports and kinds it names; of a task what is claimed of each.
    pub(crate) fn supports(&self) -> Vec<SupportId> {
        match self {
            ClaimKind::AtLeast(_, support)
            | ClaimKind::AtMost(_, support)
            | ClaimKind::Exactly(_, support)
            | ClaimKind::Said(_, support)
            | ClaimKind::NotGranted(support)
            | ClaimKind::Refused(support)
            | ClaimKind::Within(support, _)
            | ClaimKind::Just(support, _) => vec![*support],
            ClaimKind::NotBoth(one, other) => vec![*one, *other],
            ClaimKind::Done(done) => done.of.clone(),
        }
    }
}

/// `forløb`: what a provider sells.
#[derive(Clone, Debug)]
pub(crate) struct Offer {
    /// `LivaRehab.fastholdelsesmentor`
    pub name: String,
    pub title: String,
    pub module: ModuleId,
    /// supports and kinds
    pub delivers: Vec<SupportId>,
    /// `udfører`: tasks and steps
    pub performs: Vec<SupportId>,
    pub bounds: Vec<Bound>,
    pub basis: Vec<Citation>,
    /// `gyldig`
    pub valid: ValueSet,
    /// something in it could not be read or resolved: it is taken to deliver everything
    pub has_error: bool,
    /// the name
    pub name_span: Span,
}

/// `accepter`: findings known and lived with.
#[derive(Clone, Debug)]
pub(crate) struct Accept {
    /// the check's published name
    pub check: &'static str,
    pub place: AcceptPlace,
    /// the full name of a rule, a table or a matrix
    pub rule: Option<String>,
    /// the citizens accepted; nothing for the whole of one finding
    pub when: Option<Formula>,
    pub reason: Option<String>,
    /// the last day it holds
    pub until: Option<Day>,
    pub span: Span,
}

/// Whose findings are accepted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum AcceptPlace {
    Everywhere,
    /// what is found in the law
    Law,
    /// the full name of a module, with its departments, or of a department
    Of(String),
}
