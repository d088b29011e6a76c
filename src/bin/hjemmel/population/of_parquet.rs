//! Populations as Parquet.

use super::kept::{Kept, KeptKind};
use super::parsed::{Reading, Role, Wanted};
use super::source::{Block, Kind, Next, Source};
use crate::exit::Failure;
use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Date64Type, Decimal128Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type,
    Int64Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, ArrowPrimitiveType, RecordBatch};
use arrow_schema::{DataType, Schema, SchemaRef, TimeUnit};
use hjemmel::Text;
use hjemmel::population::{Decider, FactKind, NOT_KNOWN};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder,
};
use std::fs::File;
use std::sync::Arc;

/// Rows are handed on in blocks of this size.
const ROWS: usize = 4096;

/// The columns of some rows that are read.
pub(super) struct Table(RecordBatch);

fn unfit(name: &str, error: &dyn std::fmt::Display) -> Failure {
    Text {
        en: format!("`{name}` cannot be read as Parquet: {error}"),
        da: format!("`{name}` kan ikke læses som Parquet: {error}"),
    }
    .into()
}

pub(super) fn open(name: String, file: File, wanted: &Wanted) -> Result<(Source, Next), Failure> {
    // what writers note beside the file's own types says nothing more of a citizen
    let options = || ArrowReaderOptions::new().with_skip_arrow_metadata(true);
    let plain = ArrowReaderMetadata::load(&file, options()).map_err(|error| unfit(&name, &error))?;
    let schema = Arc::clone(plain.schema());
    let names: Vec<String> = schema.fields().iter().map(|field| field.name().clone()).collect();
    let roles = wanted.roles(&name, &names)?;
    let length = plain.metadata().file_metadata().num_rows().max(0) as u64;
    let mut kept = vec![KeptKind::Text; wanted.keep.len()];
    for (field, role) in schema.fields().iter().zip(&roles) {
        if let Some(place) = role.kept {
            kept[place] = kept_kind(&name, field.name(), field.data_type())?;
        }
    }
    let read: Vec<usize> = (0..roles.len()).filter(|at| roles[*at].is_read()).collect();
    let words = options().with_schema(with_words_once(&schema, &roles));
    let metadata = ArrowReaderMetadata::try_new(Arc::clone(plain.metadata()), words);
    let metadata = metadata.map_err(|error| unfit(&name, &error))?;
    let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata);
    let mask = ProjectionMask::roots(builder.parquet_schema(), read.iter().copied());
    let reader = builder.with_batch_size(ROWS).with_projection(mask).build();
    let mut reader = reader.map_err(|error| unfit(&name, &error))?;
    let unread = names.iter().zip(&roles).filter(|(_, role)| !role.is_read());
    let source = Source {
        unread: unread.map(|(name, _)| name.clone()).collect(),
        kind: Kind::Parquet { roles: read.iter().map(|at| roles[*at]).collect() },
        name: name.clone(),
        kept,
        separator: None,
        length,
    };
    let mut row = 1;
    let next = move || match reader.next() {
        None => Ok(None),
        Some(Err(error)) => Err(unfit(&name, &error)),
        Some(Ok(table)) => {
            let first = row;
            row += table.num_rows() as u64;
            Ok(Some((Block::Table(Table(table), first), row - 1)))
        }
    };
    Ok((source, Box::new(next)))
}

/// The same columns; a fact in words is read as the few words there are, and which of them each row has.
fn with_words_once(schema: &Schema, roles: &[Role]) -> SchemaRef {
    let of_words = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
    let fields = schema.fields().iter().zip(roles).map(|(field, role)| match field.data_type() {
        DataType::Utf8 if role.fact.is_some() && role.kept.is_none() => {
            Arc::new(field.as_ref().clone().with_data_type(of_words.clone()))
        }
        _ => Arc::clone(field),
    });
    Arc::new(Schema::new(fields.collect::<Vec<_>>()))
}

/// The names of its columns.
pub(super) fn columns(name: &str, file: File) -> Result<Vec<String>, Failure> {
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|error| unfit(name, &error))?;
    Ok(builder.schema().fields().iter().map(|field| field.name().clone()).collect())
}

fn kept_kind(name: &str, column: &str, kind: &DataType) -> Result<KeptKind, Failure> {
    match kind {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Date32 => Ok(KeptKind::Text),
        DataType::Boolean => Ok(KeptKind::YesNo),
        DataType::Float32 | DataType::Float64 => Ok(KeptKind::Real),
        DataType::UInt64 => Err(no_type(name, column, kind)),
        kind if kind.is_integer() => Ok(KeptKind::Whole),
        kind => Err(no_type(name, column, kind)),
    }
}

/// A type of which nothing can be made.
fn no_type(name: &str, column: &str, kind: &DataType) -> Failure {
    Text {
        en: format!("{name}: a column of the type {kind} like `{column}` cannot be used"),
        da: format!("{name}: en kolonne af typen {kind} som `{column}` kan ikke bruges"),
    }
    .into()
}

/// Reads the rows of a piece.
pub(super) fn parse(
    name: &str,
    table: &Table,
    first: u64,
    roles: &[Role],
    decider: &Decider,
    reading: &mut Reading<'_>,
) -> Result<(), Failure> {
    let Table(table) = table;
    for row in 0..table.num_rows() as u64 {
        reading.row(first + row);
    }
    let schema = table.schema();
    for ((role, array), field) in roles.iter().zip(table.columns()).zip(schema.fields()) {
        if let Some(fact) = role.fact {
            fact_column(name, field.name(), array, fact, decider, reading)?;
        }
        if let Some(place) = role.kept {
            let kept = kept(array).ok_or_else(|| no_type(name, field.name(), field.data_type()))?;
            reading.kept[place] = kept;
        }
    }
    Ok(())
}

fn fact_column(
    name: &str,
    column: &str,
    array: &ArrayRef,
    fact: usize,
    decider: &Decider,
    reading: &mut Reading<'_>,
) -> Result<(), Failure> {
    let own = &decider.facts()[fact];
    let mut say = |row: usize, value: Option<i64>, cell: &dyn Fn() -> String| {
        reading.say_of(row, fact, value, cell);
    };
    if array.null_count() == array.len() {
        return Ok(());
    }
    if let Some(values) = wholes(array) {
        for (row, value) in values.into_iter().enumerate() {
            say(row, value.map_or(Some(NOT_KNOWN), |value| own.read_whole(value)), &|| {
                value.unwrap_or_default().to_string()
            });
        }
        return Ok(());
    }
    if let Some(values) = days(array) {
        for (row, value) in values.into_iter().enumerate() {
            let read = match value {
                None => Some(NOT_KNOWN),
                Some(day) => day.and_then(|day| own.read_day(day)),
            };
            say(row, read, &|| match value.flatten() {
                Some(day) => hjemmel::iso_date(day),
                None => "a time that is no whole day".to_owned(),
            });
        }
        return Ok(());
    }
    match array.data_type() {
        DataType::Dictionary(..) => {
            let words = array.as_dictionary::<Int32Type>();
            let cells = words.values().as_string::<i32>();
            let keys = words.keys().iter().map(|key| key.map(|key| key as usize));
            // of a long list few words stand in these rows
            let is_short = cells.len() <= array.len();
            let read = |cell: Option<&str>| own.read(cell.unwrap_or_default());
            match is_short.then(|| cells.iter().map(read).collect::<Option<Vec<i64>>>()).flatten() {
                Some(known) => {
                    reading.say_all(fact, keys.map(|key| key.map_or(NOT_KNOWN, |key| known[key])).collect());
                }
                None => {
                    for (row, key) in keys.enumerate() {
                        let cell = key.map_or("", |key| cells.value(key));
                        say(row, own.read(cell), &|| cell.to_owned());
                    }
                }
            }
        }
        DataType::Utf8 => {
            for (row, cell) in array.as_string::<i32>().iter().enumerate() {
                let cell = cell.unwrap_or_default();
                say(row, own.read(cell), &|| cell.to_owned());
            }
        }
        DataType::LargeUtf8 => {
            for (row, cell) in array.as_string::<i64>().iter().enumerate() {
                let cell = cell.unwrap_or_default();
                say(row, own.read(cell), &|| cell.to_owned());
            }
        }
        DataType::Boolean => {
            let is_yes_no = own.kind == FactKind::YesNo;
            for (row, value) in array.as_boolean().iter().enumerate() {
                let read = value.map_or(Some(NOT_KNOWN), |holds| is_yes_no.then_some(i64::from(holds)));
                say(row, read, &|| value.unwrap_or_default().to_string());
            }
        }
        DataType::Float32 | DataType::Float64 | DataType::Decimal128(_, _) => {
            let numbers = reals(array).unwrap_or_default();
            for (row, value) in numbers.into_iter().enumerate() {
                let read = value.map_or(Some(NOT_KNOWN), |value| own.read_number(value));
                say(row, read, &|| value.unwrap_or_default().to_string());
            }
        }
        kind => return Err(no_type(name, column, kind)),
    }
    Ok(())
}

fn primitive<T: ArrowPrimitiveType>(array: &ArrayRef) -> Option<Vec<Option<i64>>>
where
    T::Native: TryInto<i64>,
{
    let array = array.as_primitive_opt::<T>()?;
    Some(array.iter().map(|value| value.and_then(|value| value.try_into().ok())).collect())
}

/// Whole numbers; nothing where it is no column of them.
fn wholes(array: &ArrayRef) -> Option<Vec<Option<i64>>> {
    match array.data_type() {
        DataType::Int8 => primitive::<Int8Type>(array),
        DataType::Int16 => primitive::<Int16Type>(array),
        DataType::Int32 => primitive::<Int32Type>(array),
        DataType::Int64 => primitive::<Int64Type>(array),
        DataType::UInt8 => primitive::<UInt8Type>(array),
        DataType::UInt16 => primitive::<UInt16Type>(array),
        DataType::UInt32 => primitive::<UInt32Type>(array),
        DataType::UInt64 => {
            // what is too large is no value of any fact, and still known
            let array = array.as_primitive_opt::<UInt64Type>()?;
            Some(
                array
                    .iter()
                    .map(|value| value.map(|value| i64::try_from(value).unwrap_or(i64::MAX)))
                    .collect(),
            )
        }
        _ => None,
    }
}

/// Days; within, nothing where a time is no whole day.
fn days(array: &ArrayRef) -> Option<Vec<Option<Option<i64>>>> {
    let whole = |values: Vec<Option<i64>>, of_day: i64| {
        values
            .into_iter()
            .map(|time| time.map(|time| (time % of_day == 0).then_some(time / of_day)))
            .collect()
    };
    const SECONDS: i64 = 86_400;
    match array.data_type() {
        DataType::Date32 => Some(whole(primitive::<Date32Type>(array)?, 1)),
        DataType::Date64 => Some(whole(primitive::<Date64Type>(array)?, SECONDS * 1000)),
        DataType::Timestamp(TimeUnit::Second, _) => {
            Some(whole(primitive::<TimestampSecondType>(array)?, SECONDS))
        }
        DataType::Timestamp(TimeUnit::Millisecond, _) => {
            Some(whole(primitive::<TimestampMillisecondType>(array)?, SECONDS * 1000))
        }
        DataType::Timestamp(TimeUnit::Microsecond, _) => {
            Some(whole(primitive::<TimestampMicrosecondType>(array)?, SECONDS * 1_000_000))
        }
        DataType::Timestamp(TimeUnit::Nanosecond, _) => {
            Some(whole(primitive::<TimestampNanosecondType>(array)?, SECONDS * 1_000_000_000))
        }
        _ => None,
    }
}

fn reals(array: &ArrayRef) -> Option<Vec<Option<f64>>> {
    match array.data_type() {
        DataType::Float64 => Some(array.as_primitive_opt::<Float64Type>()?.iter().collect()),
        DataType::Float32 => {
            // as it is written: 0.1 is not 0.10000000149
            let written = |value: f32| value.to_string().parse().unwrap_or(f64::from(value));
            Some(array.as_primitive_opt::<Float32Type>()?.iter().map(|value| value.map(written)).collect())
        }
        DataType::Decimal128(_, scale) => {
            let scale = 10_f64.powi(i32::from(*scale));
            let array = array.as_primitive_opt::<Decimal128Type>()?;
            Some(array.iter().map(|value| value.map(|value| value as f64 / scale)).collect())
        }
        _ => None,
    }
}

/// A column that is carried through.
fn kept(array: &ArrayRef) -> Option<Kept> {
    match array.data_type() {
        DataType::Utf8 => {
            let all = array.as_string::<i32>().iter();
            Some(Kept::Text(all.map(|word| word.map(str::to_owned)).collect()))
        }
        DataType::LargeUtf8 => {
            let all = array.as_string::<i64>().iter();
            Some(Kept::Text(all.map(|word| word.map(str::to_owned)).collect()))
        }
        DataType::Date32 => {
            let all = primitive::<Date32Type>(array)?.into_iter();
            Some(Kept::Text(all.map(|day| day.map(hjemmel::iso_date)).collect()))
        }
        DataType::Boolean => Some(Kept::YesNo(array.as_boolean().iter().collect())),
        DataType::Float32 | DataType::Float64 => reals(array).map(Kept::Real),
        _ => wholes(array).map(Kept::Whole),
    }
}
