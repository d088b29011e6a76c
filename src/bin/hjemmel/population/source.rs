//! Where citizens come from: a file, or nowhere.

use super::kept::KeptKind;
use super::of_parquet::Table;
use super::parsed::{Parsed, Reading, Role, Wanted};
use super::{of_csv, of_jsonl, of_parquet};
use crate::exit::Failure;
use crate::files::shown;
use hjemmel::Text;
use hjemmel::population::{Decider, Synthetic};
use std::fs::File;
use std::io;
use std::path::Path;

/// The form of a file of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Csv,
    Jsonl,
    Parquet,
}

impl Form {
    /// By the ending of the name.
    pub(super) fn of(path: &Path) -> Result<Form, Failure> {
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("csv" | "tsv" | "txt") => Ok(Form::Csv),
            Some("jsonl" | "ndjson") => Ok(Form::Jsonl),
            Some("parquet") => Ok(Form::Parquet),
            _ => {
                let name = shown(path);
                Err(Text {
                    en: format!("`{name}` ends neither in `.csv`, `.jsonl` nor `.parquet`"),
                    da: format!("`{name}` ender hverken på `.csv`, `.jsonl` eller `.parquet`"),
                }
                .into())
            }
        }
    }
}

/// Some rows as they stand in the source.
pub(super) enum Block {
    /// whole lines, and the number of the first
    Lines(Vec<u8>, u64),
    /// a piece of a table, and the number of its first row
    Table(Table, u64),
    /// made up citizens: the number of the first, and how many
    MadeUp(u64, usize),
}

/// What is known of a source before its rows are read.
pub(super) struct Source {
    pub(super) name: String,
    pub(super) kind: Kind,
    /// what each kept column holds
    pub(super) kept: Vec<KeptKind>,
    /// the names of columns that are no facts and are not kept
    pub(super) unread: Vec<String>,
    /// the separator of its cells, where it has one
    pub(super) separator: Option<u8>,
    /// its length: bytes, or rows
    pub(super) length: u64,
}

pub(super) enum Kind {
    Csv { roles: Vec<Role>, separator: u8 },
    Jsonl,
    Parquet { roles: Vec<Role> },
    MadeUp(Synthetic),
}

/// The next block, and how far the source is read then.
pub(super) type Next = Box<dyn FnMut() -> Result<Option<(Block, u64)>, Failure> + Send>;

impl Source {
    /// Opens a file and reads what its columns are.
    pub(super) fn open(path: &Path, wanted: &Wanted) -> Result<(Source, Next), Failure> {
        let name = shown(path);
        let form = Form::of(path)?;
        let file = File::open(path).map_err(|error| unreadable(&name, &error))?;
        let length = file.metadata().map_err(|error| unreadable(&name, &error))?.len();
        if path.is_dir() {
            return Err(unreadable(&name, &io::Error::from(io::ErrorKind::IsADirectory)));
        }
        match form {
            Form::Csv => of_csv::open(name, file, length, wanted),
            Form::Jsonl => of_jsonl::open(name, file, length, wanted),
            Form::Parquet => of_parquet::open(name, file, wanted),
        }
    }

    /// Citizens who are made up.
    pub(super) fn made_up(synthetic: Synthetic, count: u64) -> (Source, Next) {
        const ROWS: u64 = 8192;
        let mut next = 0;
        let source = Source {
            name: String::new(),
            kind: Kind::MadeUp(synthetic),
            kept: vec![KeptKind::Text],
            unread: Vec::new(),
            separator: None,
            length: count,
        };
        let read = move || {
            let first = next;
            let rows = ROWS.min(count - first);
            next += rows;
            Ok((rows > 0).then_some((Block::MadeUp(first, rows as usize), next)))
        };
        (source, Box::new(read))
    }

    /// Reads the rows of a block.
    pub(super) fn parse(&self, block: Block, decider: &Decider, wanted: &Wanted) -> Result<Parsed, Failure> {
        let mut reading = Reading::new(decider, wanted, &self.kept);
        match (&self.kind, block) {
            (Kind::Csv { roles, separator }, Block::Lines(bytes, line)) => {
                of_csv::parse(&self.name, &bytes, line, roles, *separator, decider, &mut reading)?;
            }
            (Kind::Jsonl, Block::Lines(bytes, line)) => {
                of_jsonl::parse(&self.name, &bytes, line, decider, wanted, &mut reading)?;
            }
            (Kind::Parquet { roles }, Block::Table(table, row)) => {
                of_parquet::parse(&self.name, &table, row, roles, decider, &mut reading)?;
            }
            (Kind::MadeUp(synthetic), Block::MadeUp(first, rows)) => {
                return Ok(made_up(synthetic, first, rows, decider));
            }
            _ => {}
        }
        Ok(reading.finish())
    }
}

fn made_up(synthetic: &Synthetic, first: u64, rows: usize, decider: &Decider) -> Parsed {
    let names = (0..rows as u64).map(|row| Some(format!("syntetisk-{:07}", first + row + 1)));
    let parsed = Parsed {
        batch: synthetic.batch(first, rows),
        kept: vec![super::kept::Kept::Text(names.collect())],
        lines: (first + 1..=first + rows as u64).collect(),
        bad: Vec::new(),
        rows: rows as u64,
        seen: vec![true; decider.facts().len()],
    };
    parsed.without_impossible(decider)
}

/// The names of a file's columns: of JSON lines, those of the first.
pub(super) fn columns(path: &Path) -> Result<Vec<String>, Failure> {
    let name = shown(path);
    let form = Form::of(path)?;
    let file = File::open(path).map_err(|error| unreadable(&name, &error))?;
    match form {
        Form::Csv => of_csv::columns(&name, file).map(|(_, columns)| columns),
        Form::Jsonl => of_jsonl::columns(&name, file),
        Form::Parquet => of_parquet::columns(&name, file),
    }
}

/// Why a source cannot be read.
pub(super) fn unreadable(name: &str, error: &io::Error) -> Failure {
    let (en, da) = match error.kind() {
        io::ErrorKind::NotFound => ("there is no such file".to_owned(), "der er ingen sådan fil".to_owned()),
        _ => (error.to_string(), error.to_string()),
    };
    Text { en: format!("`{name}` cannot be read: {en}"), da: format!("`{name}` kan ikke læses: {da}") }.into()
}
