//! Whole populations: many citizens decided at once.
//!
//! In: the model, a place, columns of coded values. Out: for each citizen the word of the decision on each support, the
//! terms, what else is said (`docs/semantics.md`, section 17). Where everything a decision asks is known, its diagram answers,
//! laid out as a few small tables that are looked up column by column; else the plain evaluator does, once for citizens
//! of whom the same conditions hold. Never true here: a file, a format, a citizen who is dropped.

mod batch;
mod boxes;
mod classes;
mod cells;
mod decider;
mod grades;
mod groups;
mod headcount;
mod lately;
mod layers;
mod outcome;
mod premises;
mod shape;
mod synthetic;
mod unit;

pub use batch::{Batch, NOT_KNOWN};
pub use boxes::{BoxRule, RankedBoxes, Winner};
pub use cells::{FactColumn, FactKind};
pub use decider::{Asked, Decider, Excluded};
pub use grades::Grades;
pub use groups::{GroupColumn, Grouping};
pub use headcount::{Headcount, Heads};
pub use outcome::{Cell, Decided, Outcome, SupportColumn, Word};
pub use shape::{CellKind, Column, SupportShape, TermShape};
pub use synthetic::Synthetic;
