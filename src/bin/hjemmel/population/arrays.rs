//! Columns of decisions as Arrow has them.

use super::kept::{Kept, KeptKind};
use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Decimal128Array, DictionaryArray, Float64Array, Int32Array,
    Int64Array, StringArray,
};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use hjemmel::population::{Cell, CellKind, Decided, SupportColumn, SupportShape};
use std::collections::HashMap;
use std::sync::Arc;

/// So many digits a number has at most.
const DIGITS: u8 = 18;

/// What the columns are.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    pub(super) schema: Arc<Schema>,
    columns: Vec<Origin>,
}

/// What a column is made of.
#[derive(Clone, Copy, Debug)]
enum Origin {
    Kept(usize),
    /// the cell of a place in every decision on a support
    Decided {
        support: usize,
        cell: usize,
        kind: CellKind,
    },
}

/// Some rows.
pub(super) struct Rows {
    pub(super) length: usize,
    kept: Vec<ArrayRef>,
    decided: Vec<SupportColumn>,
}

impl Rows {
    pub(super) fn new(length: usize, kept: Vec<Kept>, decided: Option<Decided>) -> Self {
        let decided = decided.map_or_else(Vec::new, |decided| decided.supports);
        Rows { length, kept: kept.into_iter().map(array).collect(), decided }
    }
}

impl Layout {
    pub(super) fn new(kept: &[(String, KeptKind)], supports: &[SupportShape]) -> Self {
        let mut fields = Vec::new();
        let mut columns = Vec::new();
        for (place, (name, kind)) in kept.iter().enumerate() {
            let kind = match kind {
                KeptKind::Text | KeptKind::Json => DataType::Utf8,
                KeptKind::Whole => DataType::Int64,
                KeptKind::Real => DataType::Float64,
                KeptKind::YesNo => DataType::Boolean,
            };
            fields.push(Field::new(name, kind, true));
            columns.push(Origin::Kept(place));
        }
        for (support, shape) in supports.iter().enumerate() {
            for (cell, column) in shape.columns().into_iter().enumerate() {
                let kind = match column.kind {
                    CellKind::Number(0) => DataType::Int64,
                    CellKind::Number(decimals) => DataType::Decimal128(DIGITS, decimals as i8),
                    CellKind::Day => DataType::Date32,
                    // in the file it is text
                    _ => DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8)),
                };
                fields.push(Field::new(column.name, kind, true));
                columns.push(Origin::Decided { support, cell, kind: column.kind });
            }
        }
        Layout { schema: Arc::new(Schema::new(fields)), columns }
    }

    /// The names of the columns that say a few words over and over.
    pub(super) fn of_words(&self) -> impl Iterator<Item = &str> {
        let fields = self.schema.fields().iter();
        let of_words = fields.filter(|field| matches!(field.data_type(), DataType::Dictionary(..)));
        of_words.map(|field| field.name().as_str())
    }

    /// A column of some rows, in pieces.
    pub(super) fn column(&self, at: usize, rows: &[Rows]) -> Result<Vec<ArrayRef>, ArrowError> {
        match self.columns[at] {
            Origin::Kept(place) => Ok(rows.iter().map(|rows| Arc::clone(&rows.kept[place])).collect()),
            Origin::Decided { support, cell, kind } => {
                let parts: Vec<&SupportColumn> = rows.iter().map(|rows| &rows.decided[support]).collect();
                decided(&parts, cell, kind).map(|array| vec![array])
            }
        }
    }
}

fn array(kept: Kept) -> ArrayRef {
    match kept {
        Kept::Text(all) => Arc::new(StringArray::from(all)),
        Kept::Whole(all) => Arc::new(Int64Array::from(all)),
        Kept::Real(all) => Arc::new(Float64Array::from(all)),
        Kept::YesNo(all) => Arc::new(BooleanArray::from(all)),
        Kept::Json(ref all) => {
            let words = (0..all.len()).map(|row| kept.words(row));
            Arc::new(words.collect::<StringArray>())
        }
    }
}

/// A cell of every decision, one part after the other.
fn decided(parts: &[&SupportColumn], cell: usize, kind: CellKind) -> Result<ArrayRef, ArrowError> {
    let number = |cell: &Cell| match cell {
        Cell::Number(value) | Cell::Day(value) => Some(*value),
        _ => None,
    };
    Ok(match kind {
        CellKind::Number(0) => {
            let (values, is_there) = each(parts, cell, number);
            Arc::new(Int64Array::try_new(values.into(), is_there.map(Into::into))?)
        }
        CellKind::Number(decimals) => {
            let (values, is_there) = each(parts, cell, |cell| number(cell).map(i128::from));
            let array = Decimal128Array::try_new(values.into(), is_there.map(Into::into))?;
            Arc::new(array.with_precision_and_scale(DIGITS, decimals as i8)?)
        }
        CellKind::Day => {
            let day = |cell: &Cell| number(cell).and_then(|day| i32::try_from(day).ok());
            let (values, is_there) = each(parts, cell, day);
            Arc::new(Date32Array::try_new(values.into(), is_there.map(Into::into))?)
        }
        _ => {
            let mut words: Vec<&str> = Vec::new();
            let mut known: HashMap<&str, i32> = HashMap::new();
            let (keys, is_there) = each(parts, cell, |cell| match cell {
                Cell::Text(said) => Some(*known.entry(said).or_insert_with(|| {
                    words.push(said);
                    words.len() as i32 - 1
                })),
                _ => None,
            });
            let keys = Int32Array::try_new(keys.into(), is_there.map(Into::into))?;
            Arc::new(DictionaryArray::<Int32Type>::try_new(keys, Arc::new(StringArray::from(words)))?)
        }
    })
}

/// A value for each row, which is looked up once for each decision; and where some row has none, which rows have one.
fn each<'a, T: Copy + Default>(
    parts: &[&'a SupportColumn],
    cell: usize,
    mut value: impl FnMut(&'a Cell) -> Option<T>,
) -> (Vec<T>, Option<Vec<bool>>) {
    let length = parts.iter().map(|part| part.of_row.len()).sum();
    let found: Vec<Vec<Option<T>>> = parts
        .iter()
        .map(|part| part.outcomes.iter().map(|outcome| value(&outcome.cells[cell])).collect())
        .collect();
    let mut values = Vec::with_capacity(length);
    for (part, found) in parts.iter().zip(&found) {
        let found: Vec<T> = found.iter().map(|value| value.unwrap_or_default()).collect();
        values.extend(part.of_row.iter().map(|row| found[*row as usize]));
    }
    if found.iter().flatten().all(Option::is_some) {
        return (values, None);
    }
    let mut is_there = Vec::with_capacity(length);
    for (part, found) in parts.iter().zip(&found) {
        let found: Vec<bool> = found.iter().map(Option::is_some).collect();
        is_there.extend(part.of_row.iter().map(|row| found[*row as usize]));
    }
    (values, Some(is_there))
}
