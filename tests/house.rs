//! The rules of ARCHITECTURE.md as tests. The tables of that page are what is tested, so page and code cannot differ.

mod checks;
mod files;
mod pages;
mod registry;
mod rooms;

use std::fs;
use std::path::{Path, PathBuf};

/// A file of the repository: its path from the root, with `/`, and its text.
struct File {
    path: String,
    text: String,
}

impl File {
    /// The text without line comments.
    fn code(&self) -> String {
        let without = |line: &str| line.split("//").next().unwrap_or_default().to_owned();
        self.text.lines().map(without).collect::<Vec<_>>().join("\n")
    }

    /// The name without its folder and its ending.
    fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.split('.').next().unwrap_or_default()
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// All files below a folder, sorted; none where the folder does not exist.
fn paths_below(folder: &str) -> Vec<String> {
    fn walk(at: &Path, found: &mut Vec<PathBuf>) {
        let Ok(entries) = fs::read_dir(at) else { return };
        for entry in entries.flatten() {
            let path = entry.path();
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                walk(&path, found)
            } else {
                found.push(path)
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join(folder), &mut found);
    let short = |path: &PathBuf| {
        let below = path.strip_prefix(root()).unwrap_or(path);
        below.to_string_lossy().replace('\\', "/")
    };
    let mut paths: Vec<String> = found.iter().map(short).collect();
    paths.sort();
    paths
}

/// The files below a folder whose names end so.
fn files_below(folder: &str, ending: &str) -> Vec<File> {
    let paths = paths_below(folder).into_iter().filter(|path| path.ends_with(ending));
    paths.map(|path| File { text: read(&path), path }).collect()
}

/// The library's own modules: not the program.
fn library() -> Vec<File> {
    let files = files_below("src", ".rs").into_iter();
    files.filter(|file| !file.path.starts_with("src/bin/")).collect()
}

/// The rows of the table below a heading of a page, as trimmed cells; the heading row is left out.
fn table(page: &str, heading: &str) -> Vec<Vec<String>> {
    let text = read(page);
    let below = text.lines().skip_while(|line| *line != heading).skip(1);
    let rows = below.take_while(|line| !line.starts_with('#')).filter(|line| line.starts_with('|'));
    let cells = |row: &str| row.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
    let rows: Vec<Vec<String>> = rows.map(cells).skip(2).collect();
    assert!(rows.len() > 3, "{page}: no table below `{heading}`");
    rows
}

/// Fails with all broken rules at once.
fn assert_none(broken: &[String]) {
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}
