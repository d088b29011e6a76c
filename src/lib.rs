//! hjemmel: policy-as-code for Danish municipalities.
//!
//! A workspace of rule texts is read, resolved, compiled to decision diagrams and checked exactly for gaps,
//! overlaps, contradictions and undercuts of the law. The library reads no file and no clock and prints nothing.
//! Start at [`Workspace`].

mod ground;
pub mod boxes;
mod syntax;
mod model;
mod order;
mod verdict;
mod evaluate;
mod diagram;
mod claims;
mod known;
mod checks;
mod queries;
pub mod population;
mod import;
#[cfg(feature = "book")]
mod book;
mod mend;
mod workspace;
mod checker;
mod pipeline;
pub mod report;
pub mod export;
#[cfg(feature = "documents")]
pub mod documents;

#[cfg(feature = "book")]
pub use book::{Book, BookAsked, BookFile};
pub use checker::Checker;
pub use checks::{Family, checks, family};
pub use ground::{
    Accepted, Card, Comparison, Condition, Day, Diagnostic, Edit, ExampleFile, FileId, Hidden, Label, Lang,
    Open, Options, Position, Reason, Region, RegionBox, Selection, Severity, SourceFile, Sources, Span, Text,
    Whole, Window, Witness, WitnessFact, date_in_words, day_of, digest, grouped, iso_date,
};
pub use import::{Grid, GridCell, ImportAsked, Imported};
pub use known::{Compared, Known, KnownBox, OldFinding, Reach};
pub use mend::Mended;
pub use queries::{
    Answers, Asked, Cause, CauseKind, Change, ChangeClass, ChangedPart, ChangedPlace, CitedProvision,
    CompareAsked, ComparedSide, ComplaintReasons, ConceptReasons, Coverage, CoverageItem, CoverageKind,
    Decision, DecisionChange, Diff, Difference, FactChange, FactReasons, FailedClaim, Fate, Graph, GraphEdge,
    GraphKind, GraphNode, Judgement, LayerReasons, Link, LookedAt, Matrix, MatrixAsked, MatrixCell,
    MatrixGroup, MatrixRow, MemberReasons, Mutation, Named, Never, OpenQuestion, Operator, Outcome, Part,
    PartForce, PartReasons, People, PlacesCompared, Possible, PossibleDecisions, Problem, Reasons, Role,
    RuleFate, RuleReasons, Shown, Silence, SourceReasons, SpokenRule, SupportReasons, TermDecision,
    TermReasons, TermState, Test, TestKind, TestOutcome, Tested, TestsAsked, Thing, Way, WhyNot,
};
pub use queries::{
    Cells, Expr, Rehearsal, Sheet, SheetAsked, SheetColumn, SheetInput, SheetKind, SheetOutput, SheetPhase,
    SheetStep, SheetValue,
};
pub use queries::{
    Ending, Meaning, MeaningDecision, MeaningFact, MeaningTable, NamedCitizen, PlaceMeaning, Shape, Stage,
    SupportMeaning, To,
};
pub use verdict::{Grant, Step};
pub use workspace::{Checked, Workspace, format, snapshot};
