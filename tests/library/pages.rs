//! Tables in Markdown pages: what they say, cell by cell.

use std::fs;
use std::path::{Path, PathBuf};

/// Every file below a folder, and its text.
pub(super) fn texts(folder: &Path) -> Vec<(PathBuf, String)> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let below = |path: PathBuf| match path.is_dir() {
        true => texts(&path),
        false => vec![(path.clone(), fs::read_to_string(path).unwrap())],
    };
    entries.flat_map(below).collect()
}

/// The rows below every heading whose first cell is `first`, without heading and rule.
pub(super) fn rows(page: &str, first: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut inside = false;
    for line in page.lines() {
        let cells = cells(line);
        inside = match cells.first() {
            None => false,
            Some(cell) if cell == first => true,
            Some(_) => inside,
        };
        let ruled = cells.iter().all(|cell| cell.chars().all(|letter| "-: ".contains(letter)));
        if inside && !ruled && cells.first().is_some_and(|cell| cell != first) {
            rows.push(cells);
        }
    }
    rows
}

fn cells(line: &str) -> Vec<String> {
    let inner = line.trim().strip_prefix('|').and_then(|line| line.strip_suffix('|'));
    inner.map(|line| line.split('|').map(|cell| cell.trim().to_owned()).collect()).unwrap_or_default()
}

/// What stands in backticks.
pub(super) fn names(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

/// What stands in »…«.
pub(super) fn quotes(cell: &str) -> Vec<&str> {
    cell.split('»').skip(1).map(|rest| rest.split('«').next().unwrap_or_default()).collect()
}

/// Quotations of more than twelve words: the page speaks in its own.
pub(super) fn too_long(page: &str) -> Vec<&str> {
    quotes(page).into_iter().filter(|quote| quote.split_whitespace().count() > 12).collect()
}
