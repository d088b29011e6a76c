//! One text from standard input, in place of a file of the workspace around it.

use crate::config::Config;
use crate::exit::Failure;
use crate::files::{Files, as_given, find, is_policy, load, no_policy, shown, text_of_stdin, unreadable};
use hjemmel::SourceFile;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What a text without a path is called.
const NAMELESS: &str = "<stdin>";

/// The folder a path lies in.
pub(crate) fn folder_of(path: Option<&Path>) -> PathBuf {
    let parent = path.and_then(Path::parent).filter(|parent| !parent.as_os_str().is_empty());
    parent.unwrap_or(Path::new(".")).to_owned()
}

/// The text, with the workspace around its path where it has one; the reader asks about the text alone.
pub(crate) fn read(path: Option<&Path>, config: &Config) -> Result<Files, Failure> {
    if let Some(path) = path.filter(|path| !is_policy(path)) {
        return Err(no_policy(path).into());
    }
    let own = path.map_or(NAMELESS.to_owned(), shown);
    let folder = folder_of(path);
    let folder_in_full = fs::canonicalize(&folder).map_err(|error| unreadable(&folder, &error))?;
    let text = text_of_stdin(&own)?;
    let alone = |name: String, text| Files {
        sources: vec![SourceFile::new(name.clone(), text)],
        asked: [name].into(),
        top: None,
    };
    let Some((path, workspace)) = path.zip(config.folder.as_deref()) else { return Ok(alone(own, text)) };
    let real =
        fs::canonicalize(path).unwrap_or_else(|_| folder_in_full.join(path.file_name().unwrap_or_default()));
    let top = as_given(workspace, &folder);
    let (mut found, mut problems) = (BTreeMap::new(), Vec::new());
    find(&top, &mut found, &mut problems, Some(&config.paths));
    let is_same = |other: &Path| fs::canonicalize(other).is_ok_and(|other| other == real);
    let name = found.iter().find(|(_, other)| is_same(other)).map(|(name, _)| name.clone());
    let name = name.unwrap_or_else(|| shown(&top.join(real.strip_prefix(workspace).unwrap_or(path))));
    found.retain(|_, other| !is_same(other));
    let Files { mut sources, .. } = load(found, &[], &mut problems);
    let Files { sources: given, asked, .. } = alone(name, text);
    sources.extend(given);
    if problems.is_empty() {
        Ok(Files { sources, asked, top: Some(top) })
    } else {
        Err(Failure::new(problems))
    }
}
