//! Exact sets of profiles, and what each layer says at every profile at once.
//!
//! In: the model and what its rules say. Out: regions (a diagram that ends in yes or no), verdict diagrams (one that
//! ends in a verdict), covers by maximal boxes, witnesses. A diagram is a graph that asks one fact after another;
//! equal parts are stored once, so two regions are equal exactly when they are the same node. A fact's values that
//! no rule in sight tells apart are one *class*. Every step is counted: when the allowance runs out the answer is
//! [`NotProven`], never a guess. Never true here: a word for the reader, a text span, a check.

mod beside;
mod canonical;
mod changes;
mod completions;
mod cover;
mod decisions;
mod doubt;
mod flat;
mod from_model;
mod in_full;
mod open;
mod outgrown;
mod partly;
mod ranking;
mod side_by_side;
mod space;
mod store;
mod verdicts;
mod words;

pub(crate) use beside::Party;
pub(crate) use canonical::{Canonical, Way};
pub(crate) use cover::Cells;
pub(crate) use decisions::Decisions;
pub(crate) use doubt::{doubtful, exceptions_from, may_speak, unsettled};
pub(crate) use flat::{Flat, Step};
pub(crate) use from_model::{Diagrams, comparisons};
pub(crate) use open::{Answer, Prover, Wanted, enough};
pub(crate) use outgrown::{Beyond, Conjunction, Outgrown};
pub(crate) use partly::Partly;
pub(crate) use ranking::Ranking;
pub(crate) use side_by_side::{Precedence, Reached, Version, side_by_side};
pub(crate) use space::{Space, tests_in};
pub(crate) use store::{NO, Node, NotProven, Store, YES};
pub(crate) use verdicts::Leaves;
pub(crate) use words::{condition, tested};
