//! `hjemmel.toml`, found in the folder of the policies or above it.

use crate::args;
use crate::exit::Failure;
use crate::files::{shown, unreadable};
use crate::nearest::nearest;
use hjemmel::{Day, Lang, Text, Window};
use std::path::{Path, PathBuf};
use std::{env, fs};
use toml::{Table, Value};

pub(crate) const NAME: &str = "hjemmel.toml";
const KEYS: [&str; 4] = ["language", "window", "reference_date", "udgave"];

/// The edition of the language this program reads.
const EDITION: &str = "1";

/// What the file says; flags win over it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Config {
    pub(crate) language: Option<Lang>,
    pub(crate) window: Option<Window>,
    pub(crate) reference_date: Option<Day>,
    /// the folder it lies in: everything below is one workspace
    pub(crate) folder: Option<PathBuf>,
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
            [file] => Ok(Config { folder: file.parent().map(Path::to_owned), ..read(file)? }),
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
}

impl Config {
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

fn read(file: &Path) -> Result<Config, Failure> {
    let name = relative(file);
    let text = fs::read_to_string(file).map_err(|error| unreadable(Path::new(&name), &error))?;
    parse(&name, &text)
}

fn parse(name: &str, text: &str) -> Result<Config, Failure> {
    let table: Table = text.parse().map_err(|error: toml::de::Error| {
        let at = error.span().map_or(0, |span| span.start);
        let line = text.get(..at).unwrap_or_default().matches('\n').count() + 1;
        let what = error.message();
        Text { en: format!("{name}:{line}: {what}"), da: format!("{name}:{line}: ugyldig TOML: {what}") }
    })?;
    let mut config = Config::default();
    let mut problems = Vec::new();
    for (key, value) in &table {
        if let Err(problem) = config.set(name, key, value) {
            problems.push(problem);
        }
    }
    if problems.is_empty() { Ok(config) } else { Err(Failure::new(problems)) }
}

impl Config {
    fn set(&mut self, file: &str, key: &str, value: &Value) -> Result<(), Text> {
        let word = match value {
            Value::String(word) => word.clone(),
            Value::Datetime(date) => date.to_string(),
            other => other.to_string(),
        };
        let wanted = match key {
            "language" => {
                self.language = args::lang(&word).ok();
                self.language.is_none().then_some("\"da\"")
            }
            "window" => {
                self.window = args::window(&word).ok();
                self.window.is_none().then_some("\"2015-01-01..2019-12-31\"")
            }
            "reference_date" => {
                self.reference_date = args::day(&word).ok();
                self.reference_date.is_none().then_some("\"2020-01-01\"")
            }
            "udgave" => (word != EDITION).then_some(EDITION),
            unknown => return Err(unknown_key(file, unknown)),
        };
        wanted.map_or(Ok(()), |wanted| {
            Err(Text {
                en: format!("{file}: `{key}` cannot be `{word}`; write for example {wanted}"),
                da: format!("{file}: `{key}` kan ikke være `{word}`; skriv for eksempel {wanted}"),
            })
        })
    }
}

fn unknown_key(file: &str, key: &str) -> Text {
    match nearest(key, KEYS) {
        Some(near) => Text {
            en: format!("{file}: unknown key `{key}`, did you mean `{near}`?"),
            da: format!("{file}: ukendt nøgle `{key}`, mente du `{near}`?"),
        },
        None => {
            let keys = KEYS.map(|key| format!("`{key}`")).join(", ");
            Text {
                en: format!("{file}: unknown key `{key}`; the keys are {keys}"),
                da: format!("{file}: ukendt nøgle `{key}`; nøglerne er {keys}"),
            }
        }
    }
}

/// Relative to the current folder where it lies below it.
fn relative(path: &Path) -> String {
    let here = env::current_dir().and_then(fs::canonicalize).unwrap_or_default();
    shown(path.strip_prefix(&here).unwrap_or(path))
}
