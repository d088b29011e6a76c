//! Finding and reading the policy files.

use crate::config::{Config, Paths};
use crate::exit::Failure;
use hjemmel::{SourceFile, Text};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, ErrorKind, Read};
use std::path::{Component, Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// Larger files are no policies.
pub(crate) const LARGEST: u64 = 64 * 1024 * 1024;

/// The texts of a workspace, and which of them the reader asked about.
#[derive(Debug)]
pub(crate) struct Files {
    pub(crate) sources: Vec<SourceFile>,
    pub(crate) asked: BTreeSet<String>,
    /// the workspace's folder, as the names begin; nothing where the texts are no workspace
    pub(crate) top: Option<PathBuf>,
}

impl Files {
    /// A file's path from the workspace's folder.
    pub(crate) fn place<'a>(&self, name: &'a str) -> Option<&'a str> {
        let top = shown(self.top.as_deref()?);
        let rest = name.strip_prefix(&top).filter(|_| top != ".").map(|rest| rest.trim_start_matches('/'));
        Some(rest.unwrap_or(name))
    }
}

/// Reads every policy file of the workspace, each once: below its folder where there is one, else at or below the
/// paths. All that cannot be read is told, not only the first.
pub(crate) fn read(paths: &[PathBuf], config: &Config) -> Result<Files, Failure> {
    let mut problems: Vec<Text> = paths.iter().filter_map(|path| unfit(path)).collect();
    let mut found: BTreeMap<String, PathBuf> = BTreeMap::new();
    let top = config.folder.as_deref().zip(paths.first()).map(|(folder, path)| as_given(folder, path));
    if problems.is_empty() {
        for path in top.as_ref().map_or(paths, std::slice::from_ref) {
            find(path, &mut found, &mut problems, Some(&config.paths));
        }
    }
    let asked_below: Vec<PathBuf> = paths.iter().filter_map(|path| fs::canonicalize(path).ok()).collect();
    let files = load(found, &asked_below, &mut problems);
    if problems.is_empty() && files.asked.is_empty() {
        problems.push(left_out(paths, config).unwrap_or_else(|| nothing_in(paths)));
    }
    if problems.is_empty() { Ok(Files { top, ..files }) } else { Err(Failure::new(problems)) }
}

/// Reads every policy file at or below the paths, each once, whatever workspace it belongs to; the name of a file
/// is the path to it.
pub(crate) fn each(paths: &[PathBuf]) -> Result<Vec<SourceFile>, Failure> {
    let mut problems: Vec<Text> = paths.iter().filter_map(|path| unfit(path)).collect();
    let mut found: BTreeMap<String, PathBuf> = BTreeMap::new();
    if problems.is_empty() {
        for path in paths {
            find(path, &mut found, &mut problems, None);
        }
    }
    if found.is_empty() && problems.is_empty() {
        problems.push(nothing_in(paths));
    }
    let files = load(found, &[], &mut problems);
    if problems.is_empty() { Ok(files.sources) } else { Err(Failure::new(problems)) }
}

/// Where there would be policies, but the configuration leaves them out.
fn left_out(paths: &[PathBuf], config: &Config) -> Option<Text> {
    let mut found = BTreeMap::new();
    for path in paths {
        find(path, &mut found, &mut Vec::new(), None);
    }
    let (name, file) = (found.into_keys().next()?, config.file.as_ref()?);
    Some(Text {
        en: format!("`{name}` is no part of the workspace: `paths` in `{file}` leaves it out"),
        da: format!("`{name}` hører ikke til regelsamlingen: `paths` i `{file}` holder den ude"),
    })
}

/// Paths in a sentence.
pub(crate) fn listed(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| format!("`{}`", shown(path))).collect::<Vec<_>>().join(", ")
}

fn nothing_in(paths: &[PathBuf]) -> Text {
    let places = listed(paths);
    Text {
        en: format!("no policies in {places}: their names end in `.hjemmel` or `.hjemmel.md`"),
        da: format!("ingen regler i {places}: filerne skal ende på `.hjemmel` eller `.hjemmel.md`"),
    }
}

/// Reads the files that were found, each once, under its first name.
pub(crate) fn load(
    found: BTreeMap<String, PathBuf>,
    asked_below: &[PathBuf],
    problems: &mut Vec<Text>,
) -> Files {
    let mut files = Files { sources: Vec::new(), asked: BTreeSet::new(), top: None };
    let mut seen = BTreeSet::new();
    for (name, path) in found {
        let real = fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
        if !seen.insert(real.clone()) {
            continue;
        }
        if asked_below.iter().any(|asked| real.starts_with(asked)) {
            files.asked.insert(name.clone());
        }
        match text(&path, &name) {
            Ok(text) => files.sources.push(SourceFile::new(name, text)),
            Err(problem) => problems.push(problem),
        }
    }
    files
}

/// Why nothing can be read at a path.
fn unfit(path: &Path) -> Option<Text> {
    match fs::metadata(path) {
        Err(error) => Some(unreadable(path, &error)),
        Ok(data) if data.is_file() && !is_policy(path) => Some(no_policy(path)),
        Ok(_) => None,
    }
}

/// A name that does not say that it is a policy's.
pub(crate) fn no_policy(path: &Path) -> Text {
    if let Some(known) = crate::versions::saved::known_as(path) {
        return known;
    }
    let path = shown(path);
    Text {
        en: format!("`{path}` is no policy: its name does not end in `.hjemmel` or `.hjemmel.md`"),
        da: format!("`{path}` er ingen regelfil: navnet ender ikke på `.hjemmel` eller `.hjemmel.md`"),
    }
}

/// The workspace's folder as the reader would write it, starting from a path at or below it.
pub(crate) fn as_given(folder: &Path, path: &Path) -> PathBuf {
    let depth = fs::canonicalize(path)
        .ok()
        .and_then(|real| Some(real.strip_prefix(folder).ok()?.components().count()));
    let mut given = path.to_owned();
    for _ in 0..depth.unwrap_or(0) {
        given = match given.components().next_back() {
            Some(Component::Normal(_)) => given.parent().map(Path::to_owned).unwrap_or_default(),
            Some(Component::ParentDir) => given.join(".."),
            _ => PathBuf::from(".."),
        };
    }
    if given.as_os_str().is_empty() {
        given = PathBuf::from(".");
    }
    let leads_there = fs::canonicalize(&given).is_ok_and(|real| real == folder);
    if leads_there { given } else { folder.to_owned() }
}

/// The folders below `folder` that are workspaces, in order, where every policy file below it lies in one of them.
pub(crate) fn workspaces(folder: &Path) -> Vec<PathBuf> {
    let (mut inner, mut policies) = (Vec::new(), Vec::new());
    for entry in walk(folder, None).filter_map(Result::ok) {
        match entry.path().parent() {
            Some(home) if entry.file_name() == crate::config::NAME => inner.push(home.to_owned()),
            _ if is_policy(entry.path()) => policies.push(entry.into_path()),
            _ => {}
        }
    }
    inner.sort();
    let outermost = |home: &&PathBuf| !inner.iter().any(|other| other != *home && home.starts_with(other));
    let inner: Vec<PathBuf> = inner.iter().filter(outermost).cloned().collect();
    let lies_within = |file: &PathBuf| inner.iter().any(|home| file.starts_with(home));
    if policies.iter().all(lies_within) { inner } else { Vec::new() }
}

/// Everything at or below a path, but what git keeps for itself and what is left out.
fn walk<'a>(
    path: &'a Path,
    kept: Option<&'a Paths>,
) -> impl Iterator<Item = Result<DirEntry, walkdir::Error>> + 'a {
    let is_left_out = move |entry: &DirEntry| {
        entry.depth() > 0 && kept.is_some_and(|kept| kept.leave_out(&from_top(entry.path(), path)))
    };
    let is_wanted = move |entry: &DirEntry| entry.file_name() != ".git" && !is_left_out(entry);
    WalkDir::new(path).follow_links(true).into_iter().filter_entry(is_wanted)
}

/// A path from the folder where a walk began.
fn from_top(path: &Path, top: &Path) -> String {
    shown(path.strip_prefix(top).unwrap_or(path))
}

/// Collects the policy files at or below `path`; where they must be one workspace, which begins at `path` and keeps
/// what these `Paths` hold, tells of another one inside.
pub(crate) fn find(
    path: &Path,
    found: &mut BTreeMap<String, PathBuf>,
    problems: &mut Vec<Text>,
    workspace: Option<&Paths>,
) {
    let mut here = Vec::new();
    for entry in walk(path, workspace) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) if is_policy(entry.path()) => {
                if workspace
                    .is_some_and(|kept| entry.depth() > 0 && !kept.hold(&from_top(entry.path(), path)))
                {
                    continue;
                }
                found.insert(shown(entry.path()), entry.into_path());
            }
            Ok(entry)
                if workspace.is_some() && entry.file_name() == crate::config::NAME && entry.depth() > 1 =>
            {
                let inner = shown(entry.path());
                here.push(Text {
                    en: format!("`{inner}` begins a workspace of its own: check one at a time"),
                    da: format!("`{inner}` begynder en regelsamling for sig: kontrollér én ad gangen"),
                });
            }
            Ok(_) => {}
            Err(error) => here.extend(walked(path, &error)),
        }
    }
    here.sort();
    problems.append(&mut here);
}

/// The files of the workspace at or below some paths whose names end so, in order; what `paths` leaves out of it is
/// somebody else's.
pub(crate) fn ending_in(ending: &str, paths: &[PathBuf], top: Option<&Path>, kept: &Paths) -> Vec<PathBuf> {
    let roots = top.map_or_else(|| paths.to_vec(), |top| vec![top.to_owned()]);
    let asked: Vec<PathBuf> = paths.iter().filter_map(|path| fs::canonicalize(path).ok()).collect();
    let mut found = Vec::new();
    for root in roots {
        let is_one = |path: &Path| {
            let is_held = top.is_none() || kept.hold(&from_top(path, &root));
            let is_asked =
                || fs::canonicalize(path).is_ok_and(|real| asked.iter().any(|asked| real.starts_with(asked)));
            shown(path).ends_with(ending) && path.is_file() && is_held && is_asked()
        };
        let all = walk(&root, top.map(|_| kept)).filter_map(Result::ok).map(DirEntry::into_path);
        found.extend(all.filter(|path| is_one(path)));
    }
    found.sort();
    found.dedup();
    found
}

/// Whether there is a policy file at or below a path.
pub(crate) fn has_policies(path: &Path) -> bool {
    walk(path, None).filter_map(Result::ok).any(|entry| entry.path().is_file() && is_policy(entry.path()))
}

pub(crate) fn is_policy(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.ends_with(".hjemmel") || name.ends_with(".hjemmel.md")
}

/// A problem on the way, in our words. A broken link to something that is no policy is nobody's problem.
fn walked(top: &Path, error: &walkdir::Error) -> Option<Text> {
    let path = error.path().unwrap_or(top);
    if let Some(ancestor) = error.loop_ancestor() {
        let (child, ancestor) = (shown(path), shown(ancestor));
        return Some(Text {
            en: format!("`{child}` is a link back to its own folder `{ancestor}`: remove the link"),
            da: format!("`{child}` er et link tilbage til sin egen mappe `{ancestor}`: fjern linket"),
        });
    }
    let error = error.io_error()?;
    let dangling = error.kind() == ErrorKind::NotFound && !is_policy(path);
    if dangling { None } else { Some(unreadable(path, error)) }
}

/// The whole text of one file.
pub(crate) fn text(path: &Path, name: &str) -> Result<String, Text> {
    let advice =
        Text { en: "split it into several files".to_owned(), da: "del den i flere filer".to_owned() };
    decoded(bytes(path, name, &advice)?, name)
}

/// All bytes of one file; the advice is what to do about one that is too large.
pub(crate) fn bytes(path: &Path, name: &str, advice: &Text) -> Result<Vec<u8>, Text> {
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
            en: format!("`{name}` is {size} MB, the most is 64 MB: {}", advice.en),
            da: format!("`{name}` fylder {size} MB, højst 64 MB kan læses: {}", advice.da),
        });
    }
    fs::read(path).map_err(|error| unreadable(path, &error))
}

/// All of standard input.
pub(crate) fn text_of_stdin(name: &str) -> Result<String, Text> {
    let mut bytes = Vec::new();
    let read = io::stdin().lock().take(LARGEST + 1).read_to_end(&mut bytes);
    read.map_err(|error| unreadable(Path::new(name), &error))?;
    if bytes.len() as u64 > LARGEST {
        return Err(Text {
            en: "standard input is more than 64 MB: split it into several files".to_owned(),
            da: "standardinput fylder mere end 64 MB: del det i flere filer".to_owned(),
        });
    }
    decoded(bytes, name)
}

/// The bytes as text.
pub(crate) fn decoded(bytes: Vec<u8>, name: &str) -> Result<String, Text> {
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
    shown_on(cfg!(windows), &path.to_string_lossy())
}

/// The same on Windows, where `\\` stands between the parts and `\\?\` before a path that was looked up, or elsewhere, where a
/// name may hold a `\`.
fn shown_on(windows: bool, name: &str) -> String {
    let name = if windows {
        let share = name.strip_prefix(r"\\?\UNC\").map(|rest| format!("//{rest}"));
        let plain = share.unwrap_or_else(|| name.strip_prefix(r"\\?\").unwrap_or(name).to_owned());
        plain.replace('\\', "/")
    } else {
        name.to_owned()
    };
    match name.strip_prefix("./").map(|rest| rest.trim_start_matches('/')) {
        Some(rest) if !rest.is_empty() => rest.to_owned(),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::{Files, shown_on};
    use std::collections::BTreeSet;
    use std::path::PathBuf;

    #[test]
    fn a_path_is_told_with_slashes_on_every_system() {
        let windows = |name: &str| shown_on(true, name);
        assert_eq!(windows(r"policies\kommuner\slagelse.hjemmel"), "policies/kommuner/slagelse.hjemmel");
        assert_eq!(windows(r".\lov\lab.hjemmel"), "lov/lab.hjemmel");
        assert_eq!(windows(r"..\lov/lab.hjemmel"), "../lov/lab.hjemmel");
        assert_eq!(windows(r"C:\regler\a.hjemmel"), "C:/regler/a.hjemmel");
        assert_eq!(windows(r"\\?\C:\regler\a.hjemmel"), "C:/regler/a.hjemmel");
        assert_eq!(windows(r"\\?\UNC\server\regler\a.hjemmel"), "//server/regler/a.hjemmel");
        assert_eq!(shown_on(false, r"et\navn.hjemmel"), r"et\navn.hjemmel");
        assert_eq!(shown_on(false, ".//a.hjemmel"), "a.hjemmel");
        assert_eq!(shown_on(false, "./"), "./");
    }

    #[test]
    fn a_place_begins_at_the_workspace() {
        let place = |top: &str, name: &str| {
            let files = Files { sources: Vec::new(), asked: BTreeSet::new(), top: Some(PathBuf::from(top)) };
            files.place(name).map(str::to_owned)
        };
        let told = |place: &str| Some(place.to_owned());
        assert_eq!(place("policies", "policies/lov/lab.hjemmel"), told("lov/lab.hjemmel"));
        assert_eq!(place("./policies/", "policies/lov/lab.hjemmel"), told("lov/lab.hjemmel"));
        assert_eq!(place(".", "lov/lab.hjemmel"), told("lov/lab.hjemmel"));
        assert_eq!(place("..", "../lov/lab.hjemmel"), told("lov/lab.hjemmel"));
    }
}
