//! One file per question a user asks.
//!
//! In: the model and what its rules say, the user's question in words. Out: plain data with names, no ids. Never
//! true here: a finding, a format, a source text.

mod code;
mod decide;
mod diff;
mod graph;
mod matrix;
mod place;
mod possible;
mod reasons;
mod sheet;
mod snapshot;
mod test;
mod why_not;

pub use decide::{Decision, TermDecision};
pub(crate) use decide::{day_given, decide};
pub use diff::{
    Cause, CauseKind, ChangeClass, ChangedPart, ChangedPlace, CompareAsked, ComparedSide, DecisionChange,
    Diff, Difference, People, PlacesCompared, Silence, TermState,
};
pub(crate) use diff::{compare, diff};
pub use graph::{Asked, Graph, GraphEdge, GraphKind, GraphNode, Link, Outcome, Thing};
pub(crate) use graph::{grant_in_words, graph};
pub(crate) use matrix::matrix;
pub use matrix::{Matrix, MatrixAsked, MatrixCell, MatrixGroup, MatrixRow};
#[cfg(feature = "book")]
pub(crate) use place::deciding_places;
pub(crate) use place::municipality;
pub(crate) use possible::possible;
pub use possible::{Answers, OpenQuestion, Possible, PossibleDecisions, Way};
pub(crate) use reasons::reasons;
pub use reasons::{
    CitedProvision, ComplaintReasons, ConceptReasons, FactReasons, Judgement, LayerReasons, LookedAt,
    MemberReasons, Named, Part, PartForce, PartReasons, Problem, Reasons, Role, RuleFate, RuleReasons,
    SourceReasons, SpokenRule, SupportReasons, TermReasons,
};
pub use sheet::{
    Cells, Expr, Rehearsal, Sheet, SheetAsked, SheetColumn, SheetInput, SheetKind, SheetOutput, SheetPhase,
    SheetStep, SheetValue,
};
pub(crate) use sheet::{FIRST_DAY, LAST_DAY, rehearsal, sheet};
pub(crate) use snapshot::meaning;
pub use snapshot::{
    Ending, Meaning, MeaningDecision, MeaningFact, MeaningTable, NamedCitizen, PlaceMeaning, Shape, Stage,
    SupportMeaning, To,
};
pub use test::{
    Coverage, CoverageItem, CoverageKind, FailedClaim, Fate, Mutation, Operator, Shown, Test, TestKind,
    TestOutcome, Tested, TestsAsked,
};
pub(crate) use test::{coverage, mutate, test};
pub(crate) use why_not::why_not;
pub use why_not::{Change, FactChange, Never, WhyNot};
