//! The text of a `hjemmel.toml`, read as a whole: everything that is wrong is told, each with its line.

use super::keys::{self, Key};
use super::schema::least;
use super::severity::{Level, Levels};
use super::{Config, EDITION, Glob};
use crate::args::{self, FailOn};
use crate::exit::Failure;
use crate::nearest::nearest;
use hjemmel::Text;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

type Value<'a> = Spanned<DeValue<'a>>;

/// What the file says, or all that is wrong with it.
pub(super) fn read(name: &str, text: &str) -> Result<Config, Failure> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader { name, text, config: Config::default(), problems: Vec::new() };
    let (table, unread) = DeTable::parse_recoverable(text);
    if unread.is_empty() {
        for (key, value) in table.get_ref() {
            reader.set(key.get_ref(), key.span(), value);
        }
    }
    for error in unread {
        let (at, what) = (error.span().unwrap_or_default(), error.message());
        reader.problem(&at, |at| Text {
            en: format!("{at}: {what}"),
            da: format!("{at}: ugyldig TOML: {what}"),
        });
    }
    let Reader { mut config, mut problems, .. } = reader;
    config.severities.somewhere.sort_by_key(|(glob, _)| glob.line);
    if problems.is_empty() {
        return Ok(config);
    }
    problems.sort_by_key(|(at, _)| *at);
    Err(Failure::new(problems.into_iter().map(|(_, problem)| problem).collect()))
}

struct Reader<'a> {
    name: &'a str,
    text: &'a str,
    config: Config,
    problems: Vec<(usize, Text)>,
}

impl Reader<'_> {
    fn set(&mut self, key: &str, at: Range<usize>, value: &Value<'_>) {
        let Some(known) = keys::TOP.iter().find(|known| known.name == key) else {
            return self.problem(&at, |place| keys::unknown(place, key, "", &keys::TOP));
        };
        self.config.lines.insert(known.name, self.line(at.start));
        let word = text_of(value);
        let is_set = match known.name {
            "edition" => number(value) == Some(EDITION),
            "language" => some(&mut self.config.language, word.and_then(|word| args::lang(word).ok())),
            "window" => some(&mut self.config.window, word.and_then(|word| args::window(word).ok())),
            "reference_date" => {
                let written = match value.get_ref() {
                    DeValue::Datetime(date) => Some(date.to_string()),
                    _ => word.map(str::to_owned),
                };
                some(&mut self.config.reference_date, written.and_then(|word| args::day(&word).ok()))
            }
            "fail_on" => some(&mut self.config.fail_on, word.and_then(FailOn::named)),
            "approval" => self.entries(value, |reader, key, at, value| reader.set_approval(key, at, value)),
            "paths" => self.entries(value, |reader, key, at, value| reader.set_paths(key, at, value)),
            _ => self.entries(value, |reader, key, at, value| reader.set_severity(key, at, value)),
        };
        if !is_set {
            self.unfit(known, key, value);
        }
    }

    /// Does something with each entry of a table; says whether it is one.
    fn entries(
        &mut self,
        value: &Value<'_>,
        mut set: impl FnMut(&mut Self, &str, Range<usize>, &Value<'_>),
    ) -> bool {
        let DeValue::Table(table) = value.get_ref() else { return false };
        for (key, value) in table {
            set(self, key.get_ref(), key.span(), value);
        }
        true
    }

    fn set_paths(&mut self, key: &str, at: Range<usize>, value: &Value<'_>) {
        let Some(known) = keys::PATHS.iter().find(|known| known.name == key) else {
            return self.problem(&at, |place| keys::unknown(place, key, "paths.", &keys::PATHS));
        };
        let DeValue::Array(values) = value.get_ref() else { return self.unfit(known, key, value) };
        let mut globs = Vec::new();
        for value in values {
            match text_of(value) {
                Some(word) => globs.extend(self.glob(word, value.span())),
                None => self.unfit(known, key, value),
            }
        }
        match known.name {
            "include" => self.config.paths.include = globs,
            _ => self.config.paths.exclude = globs,
        }
    }

    /// An entry of `[approval]`: one role or several.
    fn set_approval(&mut self, key: &str, at: Range<usize>, value: &Value<'_>) {
        let Some(known) = keys::APPROVAL.iter().find(|known| known.name == key) else {
            return self.problem(&at, |place| keys::unknown(place, key, "approval.", &keys::APPROVAL));
        };
        let roles: Option<Vec<String>> = match value.get_ref() {
            DeValue::Array(values) => values.iter().map(|value| text_of(value).map(str::to_owned)).collect(),
            _ => text_of(value).map(|word| vec![word.to_owned()]),
        };
        match roles.filter(|roles| roles.iter().all(|role| !role.trim().is_empty())) {
            Some(roles) => {
                let line = self.line(at.start);
                self.config.approval.set.insert(known.name, (roles, line));
            }
            None => self.unfit(known, key, value),
        }
    }

    /// An entry of `[severity]`: the level of a check, or the levels of some checks in some files.
    fn set_severity(&mut self, key: &str, at: Range<usize>, value: &Value<'_>) {
        let is_check = hjemmel::checks().iter().any(|card| card.name == key || card.danish == key);
        if is_check || text_of(value).is_some() {
            let mut levels = std::mem::take(&mut self.config.severities.everywhere);
            self.set_level(&mut levels, key, at, value);
            self.config.severities.everywhere = levels;
            return;
        }
        let mut levels = Levels::new();
        if !self.entries(value, |reader, key, at, value| reader.set_level(&mut levels, key, at, value)) {
            return self.unfit(&keys::SOMEWHERE, key, value);
        }
        let glob = self.glob(key, at);
        self.config.severities.somewhere.extend(glob.map(|glob| (glob, levels)));
    }

    fn set_level(&mut self, levels: &mut Levels, key: &str, at: Range<usize>, value: &Value<'_>) {
        let line = self.line(at.start);
        let checks = hjemmel::checks();
        let Some(card) = checks.iter().find(|card| card.name == key || card.danish == key) else {
            let names = checks.iter().flat_map(|card| [card.name, card.danish]);
            let near = nearest(&key.to_lowercase(), names);
            return self.problem(&at, |at| no_check(at, key, near));
        };
        let Some(level) = text_of(value).and_then(Level::named) else {
            return self.unfit(&keys::LEVEL, key, value);
        };
        let least = least(card);
        if level < least {
            return self.problem(&value.span(), |at| too_low(at, key, level, least));
        }
        if let Some((_, first)) = levels.insert(card.name, (level, line)) {
            let (one, other) = (card.name, card.danish);
            self.problem(&at, |at| Text {
                en: format!("{at}: `{one}` (`{other}`) is set twice, first in line {first}"),
                da: format!("{at}: `{one}` (`{other}`) er sat to gange, først i linje {first}"),
            });
        }
    }

    fn glob(&mut self, word: &str, at: Range<usize>) -> Option<Glob> {
        let glob = Glob::new(word, self.line(at.start));
        if glob.is_none() {
            self.problem(&at, |at| Text {
                en: format!(
                    "{at}: `{word}` is no pattern of paths; write them from the folder of hjemmel.toml, with `/` between folders: `kommuner/slagelse/**`"
                ),
                da: format!(
                    "{at}: `{word}` er intet mønster for stier; skriv dem fra mappen med hjemmel.toml og med `/` mellem mapper: `kommuner/slagelse/**`"
                ),
            });
        }
        glob
    }

    fn unfit(&mut self, known: &Key, key: &str, value: &Value<'_>) {
        let written = self.text.get(value.span()).unwrap_or_default();
        let short: String = written.lines().next().unwrap_or_default().chars().take(40).collect();
        let short = if short == written { short } else { format!("{short} …") };
        let example = known.example;
        self.problem(&value.span(), |at| Text {
            en: format!("{at}: `{key}` cannot be `{short}`; write for example `{example}`"),
            da: format!("{at}: `{key}` kan ikke være `{short}`; skriv for eksempel `{example}`"),
        });
    }

    fn problem(&mut self, at: &Range<usize>, words: impl FnOnce(&str) -> Text) {
        let place = format!("{}:{}", self.name, self.line(at.start));
        self.problems.push((at.start, words(&place)));
    }

    fn line(&self, at: usize) -> usize {
        self.text.get(..at).unwrap_or_default().matches('\n').count() + 1
    }
}

fn text_of<'a>(value: &'a Value<'_>) -> Option<&'a str> {
    match value.get_ref() {
        DeValue::String(word) => Some(word),
        _ => None,
    }
}

fn number(value: &Value<'_>) -> Option<i64> {
    match value.get_ref() {
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok(),
        _ => None,
    }
}

/// Sets a value; says whether there is one.
fn some<T>(place: &mut Option<T>, value: Option<T>) -> bool {
    *place = value;
    place.is_some()
}

fn no_check(at: &str, key: &str, near: Option<&str>) -> Text {
    match near {
        Some(near) => Text {
            en: format!("{at}: there is no check `{key}`, did you mean `{near}`?"),
            da: format!("{at}: der er ingen kontrol `{key}`, mente du `{near}`?"),
        },
        None => Text {
            en: format!(
                "{at}: there is no check `{key}`; `hjemmel checks` lists them, and files are named by a table: `[severity.\"{key}\"]`"
            ),
            da: format!(
                "{at}: der er ingen kontrol `{key}`; `hjemmel checks` viser dem alle, og filer nævnes med en tabel: `[severity.\"{key}\"]`"
            ),
        },
    }
}

/// What is never set lower, and why.
fn too_low(at: &str, key: &str, level: Level, least: Level) -> Text {
    let (level, least) = (level.name(), least.name());
    if least == "note" {
        return Text {
            en: format!(
                "{at}: `{key}` cannot be `{level}`: where somebody gets less than the law gives, it is told; at least `{least}`"
            ),
            da: format!(
                "{at}: `{key}` kan ikke være `{level}`: hvor nogen får mindre, end loven giver, meldes det; mindst `{least}`"
            ),
        };
    }
    Text {
        en: format!(
            "{at}: `{key}` cannot be `{level}`: what cannot be read is not checked; at least `{least}`"
        ),
        da: format!(
            "{at}: `{key}` kan ikke være `{level}`: det, der ikke kan læses, kontrolleres ikke; mindst `{least}`"
        ),
    }
}
