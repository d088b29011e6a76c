//! Finding and reading the policy files.

use crate::exit::Failure;
use hjemmel::{SourceFile, Text};
use ignore::WalkBuilder;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Larger files are no policies.
const LARGEST: u64 = 64 * 1024 * 1024;

/// Reads every policy file at or below the paths, each once. All that cannot be read is told, not only the first.
pub(crate) fn read(paths: &[PathBuf]) -> Result<Vec<SourceFile>, Failure> {
    let mut problems = Vec::new();
    let mut found: BTreeMap<String, PathBuf> = BTreeMap::new();
    for path in paths {
        find(path, &mut found, &mut problems);
    }
    let mut files = Vec::new();
    let mut seen = BTreeMap::new();
    for (name, path) in found {
        let real = fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
        if seen.insert(real, ()).is_some() {
            continue;
        }
        match text(&path, &name) {
            Ok(text) => files.push(SourceFile::new(name, text)),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() && files.is_empty() {
        let places: Vec<String> = paths.iter().map(|path| format!("`{}`", shown(path))).collect();
        let places = places.join(", ");
        problems.push(Text {
            en: format!("no policies in {places}: their names end in `.hjemmel` or `.hjemmel.md`"),
            da: format!("ingen regler i {places}: filerne skal ende på `.hjemmel` eller `.hjemmel.md`"),
        });
    }
    if problems.is_empty() { Ok(files) } else { Err(Failure::new(problems)) }
}

/// Collects the policy files at or below `path`.
fn find(path: &Path, found: &mut BTreeMap<String, PathBuf>, problems: &mut Vec<Text>) {
    match fs::metadata(path) {
        Err(error) => return problems.push(unreadable(path, &error)),
        Ok(data) if data.is_file() && !is_policy(path) => {
            let path = shown(path);
            return problems.push(Text {
                en: format!("`{path}` is no policy: its name does not end in `.hjemmel` or `.hjemmel.md`"),
                da: format!(
                    "`{path}` er ingen regelfil: navnet ender ikke på `.hjemmel` eller `.hjemmel.md`"
                ),
            });
        }
        Ok(_) => {}
    }
    let walk = WalkBuilder::new(path)
        .standard_filters(false)
        .follow_links(true)
        .filter_entry(|entry| entry.file_name() != ".git")
        .build();
    let mut here = Vec::new();
    for entry in walk {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_dir()) => {}
            Ok(entry) if is_policy(entry.path()) => {
                found.insert(shown(entry.path()), entry.into_path());
            }
            Ok(_) => {}
            Err(error) => here.extend(walked(path, error)),
        }
    }
    here.sort();
    problems.append(&mut here);
}

fn is_policy(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.ends_with(".hjemmel") || name.ends_with(".hjemmel.md")
}

/// A problem on the way, in our words. A broken link to something that is no policy is nobody's problem.
fn walked(path: &Path, error: ignore::Error) -> Option<Text> {
    match error {
        ignore::Error::WithDepth { err, .. } => walked(path, *err),
        ignore::Error::WithPath { path, err } => walked(&path, *err),
        ignore::Error::Loop { ancestor, child } => {
            let (child, ancestor) = (shown(&child), shown(&ancestor));
            Some(Text {
                en: format!("`{child}` is a link back to its own folder `{ancestor}`: remove the link"),
                da: format!("`{child}` er et link tilbage til sin egen mappe `{ancestor}`: fjern linket"),
            })
        }
        ignore::Error::Io(error) => {
            let dangling = error.kind() == ErrorKind::NotFound && !is_policy(path);
            if dangling { None } else { Some(unreadable(path, &error)) }
        }
        other => Some(unreadable(path, &io::Error::other(other))),
    }
}

/// The whole text of one file.
fn text(path: &Path, name: &str) -> Result<String, Text> {
    let data = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    if !data.is_file() {
        return Err(Text {
            en: format!("`{name}` is not an ordinary file"),
            da: format!("`{name}` er ikke en almindelig fil"),
        });
    }
    if data.len() > LARGEST {
        let size = data.len().div_ceil(1024 * 1024);
        return Err(Text {
            en: format!("`{name}` is {size} MB, the most is 64 MB: split it into several files"),
            da: format!("`{name}` fylder {size} MB, højst 64 MB kan læses: del den i flere filer"),
        });
    }
    let bytes = fs::read(path).map_err(|error| unreadable(path, &error))?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let line = bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
        let byte = bytes.get(at).copied().unwrap_or_default();
        Text {
            en: format!(
                "`{name}` is not UTF-8: byte {at} on line {line} is {byte:02X}; save the file as UTF-8"
            ),
            da: format!(
                "`{name}` er ikke UTF-8: byte {at} på linje {line} er {byte:02X}; gem filen som UTF-8"
            ),
        }
    })
}

/// Why something could not be read.
pub(crate) fn unreadable(path: &Path, error: &io::Error) -> Text {
    let path = shown(path);
    match error.kind() {
        ErrorKind::NotFound => {
            Text { en: format!("`{path}` does not exist"), da: format!("`{path}` findes ikke") }
        }
        ErrorKind::PermissionDenied => Text {
            en: format!("no permission to read `{path}`"),
            da: format!("`{path}` må ikke læses af dig"),
        },
        _ => Text {
            en: format!("`{path}` cannot be read: {error}"),
            da: format!("`{path}` kan ikke læses: {error}"),
        },
    }
}

/// A path as the reader gave it, with `/` between its parts and no `./` before it.
pub(crate) fn shown(path: &Path) -> String {
    let name = path.to_string_lossy();
    let name = if cfg!(windows) { name.replace('\\', "/") } else { name.into_owned() };
    match name.strip_prefix("./").map(|rest| rest.trim_start_matches('/')) {
        Some(rest) if !rest.is_empty() => rest.to_owned(),
        _ => name,
    }
}
