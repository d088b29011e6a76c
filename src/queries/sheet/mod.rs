//! The decisions of a place as a sheet of columns, each computed from those before it: `docs/semantics.md`, section 17.
//!
//! A foreign engine that knows three truth values can compute the sheet row by row: a concept, a rule, what of it is not set
//! aside, what a layer says of a support, what is decided. Nothing is worked out beforehand, so that a reader finds each rule
//! again.

mod columns;
mod expr;
mod inputs;
mod outputs;
mod rehearsal;
mod rules;
mod terms;
mod verdicts;

pub use expr::{Expr, SheetValue};
pub(crate) use rehearsal::rehearsal;
pub use rehearsal::{Cells, Rehearsal};

use super::place;
use crate::claims::judged_below;
use crate::ground::{Day, Text, text, titled};
use crate::model::{Model, Place};
use crate::verdict::Statements;
use columns::Builder;

/// The first day a sheet can hold on, 0001-01-01.
pub(crate) const FIRST_DAY: Day = -719_162;
/// The last one, 9999-12-31.
pub(crate) const LAST_DAY: Day = 2_932_896;

/// All that is decided in a place, as columns.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sheet {
    /// the place: its name, and the same for people
    pub place: (String, String),
    /// what has to be known of a citizen, `dato` first
    pub inputs: Vec<SheetInput>,
    /// the columns in between, each step made from those before it
    pub steps: Vec<SheetStep>,
    /// what comes out
    pub outputs: Vec<SheetOutput>,
}

/// A fact that is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SheetInput {
    /// its name
    pub name: String,
    /// the same for people
    pub title: String,
    /// its values
    pub kind: SheetKind,
    /// the values in words: `et tal fra 0 til 120 år`, `en af …`
    pub words: Text,
}

/// The values of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SheetKind {
    /// ja or nej
    YesNo,
    /// one of some words
    List,
    /// a number with so many decimals
    Number(u8),
    /// a length in thirds of a day
    Duration,
    /// a day
    Day,
    /// kroner with two decimals
    Money,
    /// words: what is decided, or a length as the language writes it
    Words,
}

/// Columns that can be computed at once.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SheetStep {
    /// what they are
    pub what: SheetPhase,
    /// by name
    pub columns: Vec<SheetColumn>,
}

/// What the columns of a step are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum SheetPhase {
    /// concepts and departments
    Concepts,
    /// whether there can be such a citizen
    Existence,
    /// whether each rule applies
    Rules,
    /// what of them is not set aside, and what stands
    Active,
    /// what each layer says
    Layers,
    /// what is decided
    Decisions,
}

/// A column in between.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SheetColumn {
    /// its name, which no other column and no input has
    pub name: String,
    /// what it is computed from
    pub expr: Expr,
    /// what it is, for people
    pub note: Text,
}

/// A column that comes out.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SheetOutput {
    /// its name: `umulig`, `mentor`, `mentor.også`, `mentor.timer.fra`
    pub name: String,
    /// what it is computed from
    pub expr: Expr,
    /// its values
    pub kind: SheetKind,
    /// what it is about, for people; the same of all columns of a support
    pub about: String,
}

/// What a sheet is asked for.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct SheetAsked<'a> {
    /// where
    pub place: &'a str,
    /// one support, or an art and what lies below it
    pub support: Option<&'a str>,
    /// also the rules each decision rests on
    pub rules: bool,
}

impl<'a> SheetAsked<'a> {
    /// Everything decided in a place.
    pub fn of(place: &'a str) -> Self {
        SheetAsked { place, ..SheetAsked::default() }
    }
}

/// The decisions of a place as columns.
///
/// # Errors
/// A place or a support nobody declared; what a sheet cannot say.
pub(crate) fn sheet(model: &Model, asked: SheetAsked<'_>) -> Result<Sheet, Text> {
    let module = place::municipality(model, asked.place)?;
    let statements = Statements::of(model, Place::of(model, module));
    let supports = match asked.support {
        None => statements.judged.clone(),
        Some(name) => {
            let mut below = judged_below(&statements, model, place::support(model, name)?);
            below.sort_unstable();
            below
        }
    };
    let spoken = |id: &crate::model::SupportId| {
        statements.with_members(*id).iter().any(|id| statements.about(*id).iter().any(|said| said.has_part()))
    };
    let supports: Vec<_> = supports.into_iter().filter(spoken).collect();
    if supports.is_empty() {
        let name = &model.modules[module.index()].name;
        return Err(match asked.support {
            Some(support) => text!(
                en: "no rule heard in `{name}` speaks of `{support}`",
                da: "ingen regel, der høres i `{name}`, nævner `{support}`"
            ),
            None => text!(
                en: "no rule is heard in `{name}`",
                da: "der høres ingen regel i `{name}`"
            ),
        });
    }
    let mut builder = Builder::new(model, &statements);
    builder.answer(&supports)?;
    let mut outputs = vec![builder.impossible()];
    for support in supports {
        outputs.extend(builder.outputs(support, asked.rules)?);
    }
    let module = &model.modules[module.index()];
    let place = (module.name.clone(), titled(&module.title, &module.name).to_owned());
    builder.finish(place, outputs)
}
