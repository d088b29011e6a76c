//! A version of a workspace as one file: its texts, the days it looks at, and what it means. Whoever has it can compare
//! with it, without git and without the folder as it was then. It holds no clock and no path of the machine, and hashes
//! tell where somebody has changed it.

mod saving;
mod words;

pub(crate) use saving::Saving;

use crate::args::day;
use crate::exit::Failure;
use crate::files::{self, is_policy, shown};
use hjemmel::{Day, SourceFile, Text, Window, digest, iso_date};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::path::Path;
use words::{changed, for_people, neither, newer, no_json};

/// The form of the file; another number is another form.
const VERSION: u64 = 1;

const TOOL: &str = env!("CARGO_PKG_NAME");
const KIND: &str = "saved-version";

/// A version as it was saved.
#[derive(Debug)]
pub(crate) struct Saved {
    /// the days that were configured then
    pub(crate) window: Option<Window>,
    pub(crate) reference_date: Option<Day>,
    pub(crate) texts: Vec<SourceFile>,
}

/// The file. `docs/saved.schema.json` describes it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    format_version: u64,
    tool: String,
    kind: String,
    /// of all that follows
    hash: String,
    window: Option<Days>,
    reference_date: Option<String>,
    meaning: Meant,
    policies: Vec<Policy>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Days {
    from: String,
    to: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Meant {
    window: Days,
    hash: String,
    places: Vec<MeantPlace>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct MeantPlace {
    place: String,
    hash: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Policy {
    /// its path from the workspace's folder
    file: String,
    /// of its name and its lines
    hash: String,
    lines: Vec<String>,
}

impl Days {
    fn of(window: Window) -> Self {
        Days { from: iso_date(window.from), to: iso_date(window.to) }
    }

    fn read(&self) -> Option<Window> {
        Some(Window { from: day(&self.from).ok()?, to: day(&self.to).ok()? })
    }
}

impl Policy {
    fn of(file: String, text: &str) -> Self {
        let mut policy =
            Policy { file, hash: String::new(), lines: text.split('\n').map(str::to_owned).collect() };
        policy.hash = policy.fresh_hash();
        policy
    }

    fn fresh_hash(&self) -> String {
        digest(&format!("{}\n{}", self.file, self.lines.join("\n")))
    }
}

impl Page {
    /// The hash of all but the hash itself.
    fn fresh_hash(&mut self) -> String {
        let told = std::mem::take(&mut self.hash);
        let fresh = digest(&serde_json::to_string(self).unwrap_or_default());
        self.hash = told;
        fresh
    }
}

/// The version that a path names; nothing where it names none: a folder, a policy, or what is not there.
pub(crate) fn at(path: &Path) -> Result<Option<Saved>, Failure> {
    if !path.is_file() || is_policy(path) {
        return Ok(None);
    }
    if let Some(why) = for_people(path) {
        return Err(why.into());
    }
    Ok(read(path).map(Some)?)
}

/// What a file that is no policy is instead, and what reads it; nothing where it is nothing of ours.
pub(crate) fn known_as(path: &Path) -> Option<Text> {
    let name = shown(path);
    let is_saved = || read(path).is_ok();
    for_people(path).or_else(|| {
        is_saved().then(|| Text {
            en: format!("`{name}` is a saved version: `hjemmel diff {name} policies` compares with it"),
            da: format!("`{name}` er en gemt version: `hjemmel diff {name} regler` sammenligner med den"),
        })
    })
}

fn read(path: &Path) -> Result<Saved, Text> {
    let name = shown(path);
    let advice = Text {
        en: "no version that was saved is as large".to_owned(),
        da: "ingen gemt version er så stor".to_owned(),
    };
    let bytes = files::bytes(path, &name, &advice)?;
    match std::str::from_utf8(&bytes) {
        Ok(text) => parse(&name, text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(error) if bytes.starts_with(b"{") => {
            let read = &bytes[..error.valid_up_to()];
            Err(changed(&name, read.iter().filter(|byte| **byte == b'\n').count() + 1, None))
        }
        Err(_) => Err(neither(&name)),
    }
}

fn parse(name: &str, text: &str) -> Result<Saved, Text> {
    if !text.trim_start().starts_with('{') {
        return Err(neither(name));
    }
    let head: Value = serde_json::from_str(text).map_err(|error| no_json(name, &error))?;
    if head["tool"] != TOOL || head["kind"] != KIND {
        return Err(neither(name));
    }
    match head["format_version"].as_u64() {
        Some(VERSION) => {}
        Some(other) if other > VERSION => {
            return Err(newer(name, line_of(text, "\"format_version\""), other));
        }
        _ => return Err(changed(name, line_of(text, "\"format_version\""), None)),
    }
    let mut page: Page = serde_json::from_str(text).map_err(|error| changed(name, error.line(), None))?;
    if let Some(policy) = page.policies.iter().find(|policy| policy.hash != policy.fresh_hash()) {
        let line = line_of(text, &format!("\"file\": {}", Value::from(policy.file.as_str())));
        return Err(changed(name, line, Some(&policy.file)));
    }
    let fresh = page.fresh_hash();
    let days = page.window.as_ref().map(Days::read);
    let reference = page.reference_date.as_deref().map(|date| day(date).ok());
    if fresh != page.hash || days == Some(None) || reference == Some(None) {
        return Err(changed(name, line_of(text, "\"hash\""), None));
    }
    let texts = page.policies.into_iter().map(|policy| SourceFile::new(policy.file, policy.lines.join("\n")));
    Ok(Saved { window: days.flatten(), reference_date: reference.flatten(), texts: texts.collect() })
}

/// The line on which these words first stand.
fn line_of(text: &str, words: &str) -> usize {
    text.lines().position(|line| line.contains(words)).map_or(1, |at| at + 1)
}
