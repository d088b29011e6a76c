//! Decisions as Parquet.

use super::kept::{Kept, KeptKind};
use super::whole::Whole;
use crate::exit::Failure;
use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Decimal128Array, DictionaryArray, Float64Array, Int32Array,
    Int64Array, RecordBatch, StringArray,
};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use hjemmel::population::{Cell, CellKind, Column, Decided};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::{
    ArrowColumnWriter, ArrowRowGroupWriterFactory, ArrowWriterOptions, compute_leaves,
};
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use rayon::ThreadPool;
use rayon::prelude::*;
use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;

/// So many digits a number has at most.
const DIGITS: u8 = 18;
/// A group of rows ends when it has so many.
const GROUP: usize = 1 << 16;

/// What the columns are.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    schema: Arc<Schema>,
    columns: Vec<Column>,
}

impl Layout {
    pub(super) fn new(kept: &[(String, KeptKind)], columns: &[Column]) -> Self {
        let kept = kept.iter().map(|(name, kind)| {
            let kind = match kind {
                KeptKind::Text | KeptKind::Json => DataType::Utf8,
                KeptKind::Whole => DataType::Int64,
                KeptKind::Real => DataType::Float64,
                KeptKind::YesNo => DataType::Boolean,
            };
            Field::new(name, kind, true)
        });
        let decided = columns.iter().map(|column| {
            let kind = match column.kind {
                CellKind::Number(0) => DataType::Int64,
                CellKind::Number(decimals) => DataType::Decimal128(DIGITS, decimals as i8),
                CellKind::Day => DataType::Date32,
                // a few words over and over; in the file it is text
                _ => DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8)),
            };
            Field::new(&column.name, kind, true)
        });
        let fields: Vec<Field> = kept.chain(decided).collect();
        Layout { schema: Arc::new(Schema::new(fields)), columns: columns.to_vec() }
    }

    /// Some rows.
    pub(super) fn table(
        &self,
        kept: Vec<Kept>,
        decided: Option<&Decided>,
    ) -> Result<RecordBatch, ArrowError> {
        let mut arrays: Vec<ArrayRef> = kept.into_iter().map(array).collect();
        let mut columns = self.columns.iter();
        for support in decided.into_iter().flat_map(|decided| &decided.supports) {
            let width = support.outcomes.first().map_or(0, |outcome| outcome.cells.len());
            for (at, column) in (0..width).zip(&mut columns) {
                let cells: Vec<&Cell> = support.outcomes.iter().map(|outcome| &outcome.cells[at]).collect();
                arrays.push(decided_array(&cells, &support.of_row, column.kind)?);
            }
        }
        RecordBatch::try_new(Arc::clone(&self.schema), arrays)
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

fn decided_array(cells: &[&Cell], rows: &[u32], kind: CellKind) -> Result<ArrayRef, ArrowError> {
    let number = |cell: &Cell| match cell {
        Cell::Number(value) | Cell::Day(value) => Some(*value),
        _ => None,
    };
    let numbers: Vec<Option<i64>> = cells.iter().map(|cell| number(cell)).collect();
    let each = rows.iter().map(|row| *row as usize);
    Ok(match kind {
        CellKind::Number(0) => Arc::new(each.map(|row| numbers[row]).collect::<Int64Array>()),
        CellKind::Number(decimals) => {
            let array: Decimal128Array = each.map(|row| numbers[row].map(i128::from)).collect();
            Arc::new(array.with_precision_and_scale(DIGITS, decimals as i8)?)
        }
        CellKind::Day => {
            let day = |row: usize| numbers[row].and_then(|day| i32::try_from(day).ok());
            Arc::new(each.map(day).collect::<Date32Array>())
        }
        _ => {
            let word = |cell: &&Cell| match cell {
                Cell::Text(words) => Some(words.clone()),
                _ => None,
            };
            let words: StringArray = cells.iter().map(word).collect();
            let is_there: Vec<bool> = cells.iter().map(|cell| matches!(cell, Cell::Text(_))).collect();
            let keys: Int32Array = each.map(|row| is_there[row].then_some(row as i32)).collect();
            Arc::new(DictionaryArray::<Int32Type>::try_new(keys, Arc::new(words))?)
        }
    })
}

/// A Parquet file in the making. Its columns are encoded side by side.
pub(super) struct ParquetFile {
    whole: Whole,
    threads: ThreadPool,
    file: SerializedFileWriter<File>,
    groups: ArrowRowGroupWriterFactory,
    /// the group of rows that is being written, column by column, and how many it has
    columns: Vec<ArrowColumnWriter>,
    rows: usize,
}

impl ParquetFile {
    /// Begins beside the place; `notes` stand in the file itself.
    pub(super) fn begin(
        path: &Path,
        layout: &Layout,
        notes: Vec<(String, String)>,
        threads: ThreadPool,
    ) -> Result<Self, Failure> {
        let (whole, pen) = Whole::begin(path)?;
        let file = pen.into_inner().map_err(|error| whole.failed(error.error()))?;
        let notes = notes.into_iter().map(|(key, value)| KeyValue::new(key, value)).collect();
        let properties = WriterProperties::builder()
            .set_created_by(concat!("hjemmel ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_compression(Compression::SNAPPY)
            .set_key_value_metadata(Some(notes))
            .build();
        let options = ArrowWriterOptions::new().with_properties(properties).with_skip_arrow_metadata(true);
        let writer = ArrowWriter::try_new_with_options(file, Arc::clone(&layout.schema), options);
        match writer.and_then(ArrowWriter::into_serialized_writer) {
            Ok((file, groups)) => {
                Ok(ParquetFile { whole, threads, file, groups, columns: Vec::new(), rows: 0 })
            }
            Err(error) => Err(whole.failed(&io::Error::other(error))),
        }
    }

    pub(super) fn write(&mut self, table: &RecordBatch) -> Result<(), Failure> {
        let written = self.encode(table).and_then(|()| match self.rows {
            GROUP.. => self.end_group(),
            _ => Ok(()),
        });
        written.map_err(|error| self.whole.failed(&io::Error::other(error)))
    }

    fn encode(&mut self, table: &RecordBatch) -> Result<(), ParquetError> {
        if table.num_rows() == 0 {
            return Ok(());
        }
        if self.columns.is_empty() {
            self.columns = self.groups.create_column_writers(self.file.flushed_row_groups().len())?;
        }
        self.rows += table.num_rows();
        let schema = table.schema();
        let each = self.columns.par_iter_mut().zip(&schema.fields()[..]).zip(table.columns());
        // no column is nested, so each is one leaf
        self.threads.install(|| {
            each.try_for_each(|((writer, field), array)| {
                compute_leaves(field, array)?.iter().try_for_each(|leaf| writer.write(leaf))
            })
        })
    }

    fn end_group(&mut self) -> Result<(), ParquetError> {
        self.rows = 0;
        let columns = std::mem::take(&mut self.columns);
        if columns.is_empty() {
            return Ok(());
        }
        let close = || columns.into_par_iter().map(ArrowColumnWriter::close).collect::<Result<Vec<_>, _>>();
        let chunks = self.threads.install(close)?;
        let mut group = self.file.next_row_group()?;
        for chunk in chunks {
            chunk.append_to_row_group(&mut group)?;
        }
        group.close().map(|_| ())
    }

    pub(super) fn finish(mut self) -> Result<(), Failure> {
        if let Err(error) = self.end_group() {
            return Err(self.whole.failed(&io::Error::other(error)));
        }
        let ParquetFile { whole, file, .. } = self;
        match file.into_inner() {
            Ok(file) => whole.finish(&file),
            Err(error) => Err(whole.failed(&io::Error::other(error))),
        }
    }
}
