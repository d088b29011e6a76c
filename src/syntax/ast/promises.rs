//! What is offered, promised, shown and accepted: `forløb`, `garanti`, `eksempel`, `accepter`, `intet serviceniveau`.

use super::{Clauses, Condition, Date, Grade, Name, Path, Quoted, TermBound};
use crate::ground::Span;

/// `forløb f "…" { hjemmel … leverer … udfører … med … }`: what a provider sells
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Offer {
    /// its name
    pub name: Name,
    /// its heading
    pub title: Option<Quoted>,
    /// `hjemmel`, `gyldig`, `fordi`, `tolkning`
    pub clauses: Clauses,
    /// `leverer`: supports
    pub delivers: Vec<Name>,
    /// `udfører`: tasks
    pub performs: Vec<Name>,
    /// `med`
    pub terms: Vec<TermBound>,
}

/// `garanti g "…" { i X  når C  så findes mentorstøtte }`: what must hold of every decision
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Guarantee {
    /// its name
    pub name: Name,
    /// what it promises
    pub title: Option<Quoted>,
    /// `i`: the municipalities; none is the file's own, or all in a file of no municipality
    pub places: Vec<Name>,
    /// `når`
    pub when: Option<Condition>,
    /// `så`
    pub claims: Vec<Claim>,
}

/// One `så` of a guarantee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Claim {
    /// what is claimed
    pub kind: ClaimKind,
    /// where
    pub span: Span,
}

/// What a guarantee claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ClaimKind {
    /// `findes K`, `findes mindst ret K`: some member of the kind is granted
    Exists { at_least: Grade, kind: Name },
    /// `mindst kan X`
    AtLeast { grade: Grade, support: Name },
    /// `højst kan X`: the grade is `kan`, `ret` or `skal`
    AtMost { grade: Grade, support: Name },
    /// `ikke X`: not granted
    NotGranted { support: Name },
    /// `ikke både X og Y`
    NotBoth(Name, Name),
    /// `X med varighed mindst 6 måneder`: where X is granted
    Terms { support: Name, terms: Vec<TermBound> },
}

/// `eksempel "…" { i Slagelse  givet CONDITION  så … }`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Example {
    /// what it shows
    pub title: Quoted,
    /// `i`: the municipality or institution; none is the file's own
    pub place: Option<Name>,
    /// `givet`
    pub given: Option<Condition>,
    /// `så`
    pub expects: Vec<Expectation>,
}

/// One `så` of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Expectation {
    /// what is expected
    pub kind: ExpectationKind,
    /// of which support, task or step
    pub support: Name,
    /// `ved`: the task as part of this
    pub at: Option<Name>,
    /// `med`: the decided values lie within these
    pub terms: Vec<TermBound>,
    /// where
    pub span: Span,
}

/// What an example expects of a support.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExpectationKind {
    /// exactly this: `kan give`, `ret til`, `skal give`; `bør give`, `bør ikke give` and `skal vurdere` beside any grant
    Grade(Grade),
    /// `kan udføre`, `skal udføre`, `bør udføre`, `bør ikke udføre`, `må ikke udføre`
    Perform(Grade),
    /// `ikke X`: not granted, or nobody lets it be done
    NotGranted,
    /// `afslag X`: a rule forbids
    Refused,
}

/// `accepter hul i Slagelse for RULE når C fordi "…" indtil DATE`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Accept {
    /// the check, by its Danish name or its own
    pub check: Name,
    /// `i`: a module, or a department of one
    pub place: Option<Path>,
    /// `for`: a rule the finding names
    pub rule: Option<Path>,
    /// `når`: the region accepted
    pub when: Option<Condition>,
    /// `fordi`
    pub reason: Option<Quoted>,
    /// `indtil`: the last day it holds
    pub until: Option<Date>,
}

/// `intet serviceniveau for efterværn, mentorstøtte`: silent on purpose
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Silence {
    /// of what
    pub supports: Vec<Name>,
}
