//! Documents to tables: Word, Excel, csv and Markdown, each read by the crate that knows its form.
//!
//! In: the bytes of a document and its name. Out: its tables as [`Grid`]s, in the document's order;
//! or why it cannot be read. What a document unpacks to is bounded before anything is read. Never true here: a word of a
//! table understood, a cell dropped without a remark, a byte trusted.

mod csv;
mod docx;
mod markdown;
mod package;
mod xlsx;

use crate::ground::{Text, text};
use crate::import::Grid;

/// The most cells of one document: more is no service level.
const MOST_CELLS: usize = 200_000;

/// What a document is, by the ending of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Docx,
    Xlsx,
    Csv,
    Markdown,
}

/// The tables of a document, in its order.
///
/// # Errors
/// A name with another ending, bytes that are no such document, a document without a table.
pub fn tables(name: &str, bytes: &[u8]) -> Result<Vec<Grid>, Text> {
    let grids = match form(name)? {
        Form::Docx => docx::tables(name, bytes)?,
        Form::Xlsx => xlsx::tables(name, bytes)?,
        Form::Csv => csv::tables(name, bytes)?,
        Form::Markdown => markdown::tables(name, bytes)?,
    };
    let grids: Vec<Grid> = grids.into_iter().filter(|grid| !grid.rows.is_empty()).collect();
    if grids.iter().any(|grid| grid.columns() > MOST_COLUMNS) {
        return Err(too_wide(name));
    }
    if grids.is_empty() {
        return Err(text!(en: "there is no table in `{name}`", da: "der er ingen tabel i `{name}`"));
    }
    Ok(grids)
}

/// Sheets end at 16384 columns; nobody reads a rule that wide.
const MOST_COLUMNS: usize = 200;

fn form(name: &str) -> Result<Form, Text> {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    Ok(match ending.as_str() {
        "docx" | "docm" => Form::Docx,
        "xlsx" | "xlsm" => Form::Xlsx,
        "csv" | "tsv" => Form::Csv,
        "md" => Form::Markdown,
        "doc" | "xls" | "odt" | "ods" | "rtf" => {
            let (new, program) =
                if matches!(ending.as_str(), "xls" | "ods") { ("xlsx", "Excel") } else { ("docx", "Word") };
            return Err(text!(
                en: "`{name}` is a .{ending}: open it and save it as .{new} ({program})",
                da: "`{name}` er en .{ending}: åbn den, og gem den som .{new} ({program})"
            ));
        }
        _ => {
            return Err(text!(
                en: "`{name}` is none of .docx, .xlsx, .csv and .md",
                da: "`{name}` er hverken .docx, .xlsx, .csv eller .md"
            ));
        }
    })
}

/// A table that is wider than anybody reads.
fn too_wide(name: &str) -> Text {
    text!(
        en: "a table in `{name}` has more than {MOST_COLUMNS} columns: save only the table itself",
        da: "en tabel i `{name}` har mere end {MOST_COLUMNS} kolonner: gem kun selve tabellen"
    )
}

/// A document with more cells than anybody reads.
fn too_many(name: &str) -> Text {
    text!(
        en: "`{name}` has more than {MOST_CELLS} cells: save only the table itself",
        da: "`{name}` har mere end {MOST_CELLS} celler: gem kun selve tabellen"
    )
}
