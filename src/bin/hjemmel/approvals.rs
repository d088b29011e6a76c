//! Who has approved which change: a file in git beside `hjemmel.toml`, one line for each approval, so that two branches
//! merge. A line is bound to the hash of a change: it holds as long as the same citizens get the same, however the
//! rules are written, and is void as soon as one of them does not.

use crate::config::Config;
use crate::exit::Failure;
use crate::files::{shown, text};
use crate::replace::{not_written, replace};
use hjemmel::export::{Approved, Needed};
use hjemmel::{ChangeClass, Diff, Text};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The file's name.
pub(crate) const NAME: &str = "godkendelser.jsonl";

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Approval {
    /// the hash of the change
    pub(crate) change: String,
    pub(crate) role: String,
    pub(crate) who: Approved,
}

const KEYS: [&str; 5] = ["change", "role", "by", "date", "reason"];

/// Where the approvals of a workspace lie.
pub(crate) fn file(config: &Config) -> Result<PathBuf, Failure> {
    let folder =
        config.folder.as_ref().and(config.file.as_ref()).map(|file| Path::new(file).with_file_name(NAME));
    folder.ok_or_else(|| {
        Failure::from(Text {
            en: "there is no hjemmel.toml: `[approval]` in it says who must look at which changes".to_owned(),
            da: "der er ingen hjemmel.toml: `[approval]` i den siger, hvem der skal se på hvilke ændringer"
                .to_owned(),
        })
    })
}

/// Every approval there is; none where there is no file.
pub(crate) fn read(path: &Path) -> Result<Vec<Approval>, Failure> {
    if !path.exists() {
        return Ok(Vec::new());
    }
    let name = shown(path);
    let text = text(path, &name)?;
    let (mut all, mut problems) = (Vec::new(), Vec::new());
    for (at, line) in
        text.trim_start_matches('\u{feff}').lines().enumerate().filter(|(_, line)| !line.trim().is_empty())
    {
        match of_line(line) {
            Some(approval) => all.push(approval),
            None => problems.push(unread(&name, at + 1)),
        }
    }
    if problems.is_empty() { Ok(all) } else { Err(Failure::new(problems)) }
}

fn of_line(line: &str) -> Option<Approval> {
    let Value::Object(mut entries) = serde_json::from_str(line).ok()? else { return None };
    let mut word = |key: &str| match entries.remove(key) {
        Some(Value::String(word)) if !word.trim().is_empty() => Some(word),
        _ => None,
    };
    let [change, role, by, date, reason] = KEYS.map(&mut word);
    let (by, date, reason) = (by?, date?, reason?);
    crate::args::day(&date).ok()?;
    let approval = Approval { change: change?, role: role?, who: Approved { by, date, reason } };
    entries.is_empty().then_some(approval)
}

fn unread(name: &str, line: usize) -> Text {
    let keys = KEYS.map(|key| format!("`{key}`")).join(", ");
    Text {
        en: format!(
            "{name}:{line}: this is no approval: a line is a JSON object of {keys}, as `hjemmel approve` writes it"
        ),
        da: format!(
            "{name}:{line}: dette er ingen godkendelse: en linje er et JSON-objekt med {keys}, som `hjemmel approve` skriver det"
        ),
    }
}

/// Adds a line.
pub(crate) fn append(path: &Path, approval: &Approval) -> Result<(), Failure> {
    let name = shown(path);
    let mut page = if path.exists() { text(path, &name)? } else { String::new() };
    if !page.is_empty() && !page.ends_with('\n') {
        page.push('\n');
    }
    let Approved { by, date, reason } = &approval.who;
    let values = [&approval.change, &approval.role, by, date, reason];
    let line: Vec<String> = KEYS
        .iter()
        .zip(values)
        .map(|(key, value)| format!("\"{key}\": {}", Value::from(value.as_str())))
        .collect();
    page.push_str(&format!("{{{}}}\n", line.join(", ")));
    debug_assert!(
        serde_json::from_str::<Map<String, Value>>(page.lines().last().unwrap_or_default()).is_ok()
    );
    replace(path, &page).map_err(|error| Failure::from(not_written(&name, &error)))
}

/// Where nobody is asked to approve anything, nothing can be required.
pub(crate) fn no_role_at_all() -> Text {
    Text {
        en: "`[approval]` in hjemmel.toml names no role: write for example `narrowed = \"jurist\"`"
            .to_owned(),
        da: "`[approval]` i hjemmel.toml nævner ingen rolle: skriv for eksempel `narrowed = \"jurist\"`"
            .to_owned(),
    }
}

/// The class of each change. A whole place that comes or goes is looked at as what comes or goes in it.
pub(crate) fn classes(diff: &Diff) -> impl Iterator<Item = ChangeClass> {
    let places = diff.new_places.iter().map(|_| ChangeClass::New);
    let places = places.chain(diff.gone_places.iter().map(|_| ChangeClass::Gone));
    diff.changes.iter().map(|change| change.class).chain(places)
}

/// Which roles must look at a change, by name, why, and who has.
pub(crate) fn needed(config: &Config, diff: &Diff, given: &[Approval]) -> Vec<Needed> {
    let mut roles: BTreeMap<&str, BTreeMap<ChangeClass, usize>> = BTreeMap::new();
    for class in classes(diff) {
        for role in config.approval.roles(class) {
            *roles.entry(role).or_default().entry(class).or_default() += 1;
        }
    }
    let approved = |role: &str| {
        // of several the last one is told
        let own = given.iter().rev().find(|one| one.role == role && Some(&one.change) == diff.hash.as_ref());
        own.map(|approval| approval.who.clone())
    };
    roles
        .into_iter()
        .map(|(role, classes)| Needed {
            role: role.to_owned(),
            classes: classes.into_iter().collect(),
            approved: approved(role),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Approval, Approved, append, of_line, read};
    use std::{env, fs, process};

    #[test]
    fn what_is_written_is_read_again() {
        let path = env::temp_dir().join(format!("hjemmel-godkendelser-{}.jsonl", process::id()));
        let word = |word: &str| word.to_owned();
        let approval = |reason: &str| Approval {
            change: word("0123"),
            role: word("økonomi"),
            who: Approved { by: word("Jo <jo@x.dk>"), date: word("2026-01-05"), reason: word(reason) },
        };
        let all = [approval("fordi \"a\"\n{b}"), approval("ja")];
        for one in &all {
            append(&path, one).unwrap();
        }
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(read(&path).unwrap(), all);
        fs::write(&path, format!("\u{feff}{}\n\n", text.trim_end().replace('\n', "\r\n"))).unwrap();
        assert_eq!(read(&path).unwrap(), all);
        fs::remove_file(&path).unwrap();
    }

    #[test]
    fn what_is_no_approval_is_refused() {
        let whole = r#"{"change": "a", "role": "b", "by": "c", "date": "2026-01-05", "reason": "e"}"#;
        assert!(of_line(whole).is_some());
        for (from, to) in [
            ("\"e\"", "\"\""),
            ("2026-01-05", "i går"),
            ("\"role\"", "\"rolle\""),
            ("}", ", \"x\": 1}"),
            ("\"a\"", "1"),
        ] {
            assert_eq!(of_line(&whole.replace(from, to)), None, "{to}");
        }
    }
}
