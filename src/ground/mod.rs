//! The ground every room stands on.
//!
//! In: nothing. Out: source texts and the places in them, the pair of texts every message is made of, what a
//! finding is, regions and witnesses as plain data, and the options of a run. Never true here: a word about a
//! particular check, a vendor type, a file being read.

mod accepted;
mod calendar;
mod card;
mod digest;
mod finding;
mod numbered;
mod open;
mod options;
mod region;
mod source;
mod text;
mod whole;

pub use accepted::Accepted;
pub use calendar::{Day, date_in_words, day_of, iso_date};
pub(crate) use calendar::{MONTHS, year_of};
pub use card::{Card, ExampleFile};
pub use digest::digest;
pub use finding::{Diagnostic, Edit, Hidden, Label, Severity};
pub(crate) use numbered::Numbered;
pub use open::{Open, Reason, Selection};
pub use options::{Options, Window};
pub use region::{Comparison, Condition, Region, RegionBox, Witness, WitnessFact};
pub use source::{FileId, Position, SourceFile, Sources, Span};
pub use text::{Lang, Text, grouped};
pub(crate) use text::{count, list, text, titled};
pub use whole::Whole;
pub(crate) use whole::{FactAsked, Lead};
