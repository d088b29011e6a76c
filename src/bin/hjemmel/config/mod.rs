//! `hjemmel.toml`, found in the folder of the policies or above it.

mod approval;
mod glob;
mod keys;
mod read;
mod schema;
mod settle;
mod severity;
#[cfg(test)]
mod tests;

pub(crate) use approval::Approving;
pub(crate) use glob::Glob;
pub(crate) use schema::schema;
pub(crate) use severity::{Level, Levels, Severities};

use crate::args::FailOn;
use crate::exit::Failure;
use crate::files::{shown, text};
use crate::language::Origin;
use hjemmel::{Day, Lang, Text, Window};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

pub(crate) const NAME: &str = "hjemmel.toml";

/// The edition of the language this program reads.
pub(crate) const EDITION: i64 = 1;

/// What the file says; flags win over it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Config {
    pub(crate) language: Option<Lang>,
    pub(crate) window: Option<Window>,
    pub(crate) reference_date: Option<Day>,
    pub(crate) fail_on: Option<FailOn>,
    pub(crate) paths: Paths,
    pub(crate) severities: Severities,
    pub(crate) approval: Approving,
    /// the line of each key that stands in it
    pub(crate) lines: BTreeMap<&'static str, usize>,
    /// the file as a reader would write it
    pub(crate) file: Option<String>,
    /// the folder it lies in: everything below is one workspace
    pub(crate) folder: Option<PathBuf>,
}

/// `[paths]`: which of the files below the folder are the workspace.
#[derive(Clone, Debug, Default)]
pub(crate) struct Paths {
    /// all, where there is none
    pub(crate) include: Vec<Glob>,
    pub(crate) exclude: Vec<Glob>,
}

impl Paths {
    /// Whether a file belongs to the workspace; `place` is its path from the folder.
    pub(crate) fn hold(&self, place: &str) -> bool {
        let is_included = self.include.is_empty() || self.include.iter().any(|glob| glob.holds(place));
        is_included && !self.leave_out(place)
    }

    /// Whether nothing at or below this place belongs to it.
    pub(crate) fn leave_out(&self, place: &str) -> bool {
        self.exclude.iter().any(|glob| glob.holds(place))
    }
}

impl Config {
    /// The configuration above the paths. Paths below two different ones are two workspaces.
    pub(crate) fn find(paths: &[PathBuf]) -> Result<Config, Failure> {
        let mut found: Vec<PathBuf> = Vec::new();
        for path in paths {
            found.extend(above(path));
        }
        found.sort();
        found.dedup();
        match found.as_slice() {
            [] => Ok(Config::default()),
            [file] => {
                let name = relative(file);
                let read = read::read(&name, &text(file, &name)?)?;
                Ok(Config { folder: file.parent().map(Path::to_owned), file: Some(name), ..read })
            }
            [one, other, ..] => {
                let (one, other) = (relative(one), relative(other));
                Err(Failure::from(Text {
                    en: format!(
                        "the paths belong to two workspaces, `{one}` and `{other}`: check one at a time"
                    ),
                    da: format!(
                        "stierne hører til to regelsamlinger, `{one}` og `{other}`: kontrollér én ad gangen"
                    ),
                }))
            }
        }
    }

    /// Where a key is set that stands in it.
    pub(crate) fn origin(&self, key: &str) -> Origin {
        self.lines.get(key).map_or(Origin::Default, |line| self.at(*line))
    }

    pub(crate) fn at(&self, line: usize) -> Origin {
        Origin::File { name: self.file.clone().unwrap_or_default(), line }
    }

    /// The file in the folder or above it, as a reader would write it.
    pub(crate) fn file_above(folder: &Path) -> Option<PathBuf> {
        above(folder).map(|file| PathBuf::from(relative(&file)))
    }
}

/// The file at or above a path.
fn above(path: &Path) -> Option<PathBuf> {
    let real = fs::canonicalize(path).ok()?;
    real.ancestors().map(|folder| folder.join(NAME)).find(|file| file.exists())
}

/// Relative to the current folder where it lies below it.
fn relative(path: &Path) -> String {
    let here = env::current_dir().and_then(fs::canonicalize).unwrap_or_default();
    shown(path.strip_prefix(&here).unwrap_or(path))
}
