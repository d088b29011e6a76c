//! Excel: every visible sheet, cell by cell, so that an empty sheet that claims a million rows costs nothing.

use super::{MOST_CELLS, package, too_many};
use crate::ground::{Text, text};
use crate::import::{Grid, GridCell, blocks};
use calamine::{Data, DataRef, Dimensions, Reader, SheetType, SheetVisible, Xlsx};
use std::collections::BTreeMap;
use std::io::Cursor;

type Workbook<'a> = Xlsx<Cursor<&'a [u8]>>;

pub(super) fn tables(name: &str, bytes: &[u8]) -> Result<Vec<Grid>, Text> {
    package::parts(name, bytes, "Excel")?;
    let broken = || {
        text!(
            en: "`{name}` is no Excel workbook, or it is damaged: open it in Excel and save it anew",
            da: "`{name}` er ikke en Excel-projektmappe, eller den er beskadiget: åbn den i Excel, og gem den igen"
        )
    };
    let mut book: Workbook<'_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| broken())?;
    let sheets = book.sheets_metadata().iter();
    let shown: Vec<(String, bool)> = sheets
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible))
        .collect();
    let mut grids = Vec::new();
    let mut cells = 0;
    for (sheet, is_visible) in &shown {
        let rows = rows(&mut book, sheet, &mut cells).map_err(|_| broken())?;
        if cells > MOST_CELLS {
            return Err(too_many(name));
        }
        let merged = book.merge_cells_by_sheet_name(sheet).unwrap_or_default();
        let mut remarks = Vec::new();
        if !is_visible {
            remarks.push(text!(en: "the sheet `{sheet}` is hidden", da: "arket `{sheet}` er skjult"));
        }
        let first = rows.keys().map(|(_, column)| *column).min().unwrap_or(0);
        if rows.keys().any(|(_, column)| (column - first) as usize >= super::MOST_COLUMNS) {
            return Err(super::too_wide(name));
        }
        for grid in blocks(filled(rows, &merged, &mut remarks), remarks) {
            let caption = grid.caption.clone().or_else(|| telling(sheet));
            grids.push(Grid { caption, sheet: Some(sheet.clone()), ..grid });
        }
    }
    Ok(grids)
}

/// The name of a sheet, unless it is one that nobody chose.
fn telling(sheet: &str) -> Option<String> {
    let word = sheet.trim_end_matches(|letter: char| letter.is_ascii_digit());
    (!["Ark", "Sheet"].contains(&word)).then(|| sheet.to_owned())
}

/// The cells of a sheet by row and column.
type Cells = BTreeMap<(u32, u32), String>;

fn rows(book: &mut Workbook<'_>, sheet: &str, count: &mut usize) -> Result<Cells, calamine::XlsxError> {
    let mut cells = Cells::new();
    let mut reader = book.worksheet_cells_reader(sheet)?;
    while let Some(cell) = reader.next_cell()? {
        let words = words(cell.get_value());
        if words.trim().is_empty() {
            continue;
        }
        *count += 1;
        if *count > MOST_CELLS {
            break;
        }
        cells.insert(cell.get_position(), words);
    }
    Ok(cells)
}

/// What a cell shows: numbers with a decimal comma, dates as dates.
fn words(value: &DataRef<'_>) -> String {
    match Data::from(value.clone()) {
        Data::Float(number) => format!("{number}").replace('.', ","),
        Data::Bool(is_so) => if is_so { "ja" } else { "nej" }.to_owned(),
        Data::DateTime(date) if date.is_datetime() => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTimeIso(date) => date.split('T').next().unwrap_or_default().to_owned(),
        other => other.to_string(),
    }
}

/// The rows from the first to the last that hold something. A merged cell stands in each of its rows, and is as wide as it
/// is merged.
fn filled(mut cells: Cells, merged: &[Dimensions], remarks: &mut Vec<Text>) -> Vec<Vec<GridCell>> {
    let mut widths: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    let last_row = cells.keys().map(|(row, _)| *row).max().unwrap_or(0);
    for region in merged {
        let Some(words) = cells.get(&region.start).cloned() else { continue };
        let (first, last) = (region.start.0, region.end.0.min(last_row));
        for row in first..=last {
            widths.insert((row, region.start.1), (region.end.1 - region.start.1) as usize + 1);
            cells.insert((row, region.start.1), words.clone());
        }
        if first < last {
            let words = crate::import::short(&words);
            let (from, to) = (first + 1, last + 1);
            remarks.push(text!(
                en: "the merged cell »{words}« is read in each of the rows {from}-{to}",
                da: "den flettede celle »{words}« er læst i hver af rækkerne {from}-{to}"
            ));
        }
    }
    let mut rows: Vec<Vec<GridCell>> = Vec::new();
    let first_column = cells.keys().map(|(_, column)| *column).min().unwrap_or(0);
    let mut last = None;
    for ((row, column), words) in cells {
        if last != Some(row) {
            // one free row parts as well as many
            if last.is_some_and(|last| last + 1 < row) {
                rows.push(Vec::new());
            }
            rows.push(Vec::new());
            last = Some(row);
        }
        let width = widths.get(&(row, column)).copied().unwrap_or(1);
        let at = (column - first_column) as usize;
        let Some(cells) = rows.last_mut() else { continue };
        cells.resize_with(at.max(cells.len()), || GridCell::new(""));
        cells.push(GridCell { width, ..GridCell::new(words.trim()) });
    }
    rows
}
