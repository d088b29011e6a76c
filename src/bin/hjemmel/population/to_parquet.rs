//! Decisions as Parquet.

use super::arrays::{Layout, Rows};
use super::whole::Whole;
use crate::exit::Failure;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::{
    ArrowColumnChunk, ArrowColumnWriter, ArrowRowGroupWriterFactory, ArrowWriterOptions, compute_leaves,
};
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesBuilder};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::ColumnPath;
use rayon::ThreadPool;
use rayon::prelude::*;
use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;

/// A group of rows ends when it has so many.
const GROUP: usize = 1 << 16;

/// A Parquet file in the making. A group of rows is encoded at once, its columns side by side.
pub(super) struct ParquetFile {
    whole: Whole,
    layout: Layout,
    threads: ThreadPool,
    file: SerializedFileWriter<File>,
    groups: ArrowRowGroupWriterFactory,
    /// the rows that wait for their group to be whole
    waiting: Vec<Rows>,
}

impl ParquetFile {
    /// Begins beside the place; `notes` stand in the file itself.
    pub(super) fn begin(
        path: &Path,
        layout: Layout,
        notes: Vec<(String, String)>,
        threads: ThreadPool,
    ) -> Result<Self, Failure> {
        let (whole, pen) = Whole::begin(path)?;
        let file = pen.into_inner().map_err(|error| whole.failed(error.error()))?;
        let options = ArrowWriterOptions::new()
            .with_properties(properties(&layout, notes))
            .with_skip_arrow_metadata(true);
        let writer = ArrowWriter::try_new_with_options(file, Arc::clone(&layout.schema), options);
        match writer.and_then(ArrowWriter::into_serialized_writer) {
            Ok((file, groups)) => {
                Ok(ParquetFile { whole, layout, threads, file, groups, waiting: Vec::new() })
            }
            Err(error) => Err(whole.failed(&io::Error::other(error))),
        }
    }

    pub(super) fn write(&mut self, rows: Rows) -> Result<(), Failure> {
        self.waiting.push(rows);
        match self.waiting.iter().map(|rows| rows.length).sum() {
            GROUP.. => self.end_group().map_err(|error| self.whole.failed(&io::Error::other(error))),
            _ => Ok(()),
        }
    }

    fn end_group(&mut self) -> Result<(), ParquetError> {
        let rows = std::mem::take(&mut self.waiting);
        if rows.iter().all(|rows| rows.length == 0) {
            return Ok(());
        }
        let writers = self.groups.create_column_writers(self.file.flushed_row_groups().len())?;
        let encoded = || {
            let columns = writers.into_par_iter().enumerate();
            columns
                .map(|(at, writer)| encoded(&self.layout, at, &rows, writer))
                .collect::<Result<Vec<_>, _>>()
        };
        let chunks = self.threads.install(encoded)?;
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

fn properties(layout: &Layout, notes: Vec<(String, String)>) -> WriterProperties {
    let notes = notes.into_iter().map(|(key, value)| KeyValue::new(key, value)).collect();
    let all = WriterProperties::builder()
        .set_created_by(concat!("hjemmel ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_key_value_metadata(Some(notes))
        .set_statistics_enabled(EnabledStatistics::Chunk);
    // every group has all of the words, so a least and a greatest of them spare no reader anything
    let none = |all: WriterPropertiesBuilder, name: &str| {
        all.set_column_statistics_enabled(ColumnPath::new(vec![name.to_owned()]), EnabledStatistics::None)
    };
    layout.of_words().fold(all, none).build()
}

/// A column of some rows, as it stands in the file. No column is nested, so each is one leaf.
fn encoded(
    layout: &Layout,
    at: usize,
    rows: &[Rows],
    mut writer: ArrowColumnWriter,
) -> Result<ArrowColumnChunk, ParquetError> {
    for array in layout.column(at, rows)? {
        for leaf in compute_leaves(layout.schema.field(at), &array)? {
            writer.write(&leaf)?;
        }
    }
    writer.close()
}
