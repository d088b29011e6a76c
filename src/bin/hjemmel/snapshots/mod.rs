//! The files in which it is kept what places mean: where they lie, what stands in them, what they should say.

mod changed;

pub(crate) use changed::changed;

use crate::config::Paths;
use crate::exit::Failure;
use crate::files::{self, shown};
use crate::replace::{Beside, not_written};
use hjemmel::{Meaning, PlaceMeaning, Sources, Text};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// How the name of a snapshot ends.
pub(crate) const ENDING: &str = ".afgoerelser.md";

/// By these words a file is known to be one that may be written anew or taken away.
const MARK: &str = "Skrevet af `hjemmel snapshot --accept`";

/// What a place's snapshot should say, and what it says.
pub(crate) struct Kept<'a> {
    pub(crate) place: &'a PlaceMeaning,
    pub(crate) path: PathBuf,
    pub(crate) meant: String,
    /// nothing where there is no such file
    pub(crate) stands: Option<String>,
}

impl Kept<'_> {
    pub(crate) fn is_right(&self) -> bool {
        self.stands.as_ref() == Some(&self.meant)
    }
}

/// Where snapshots are asked about.
pub(crate) struct Asked<'a> {
    /// the policies that are asked about
    pub(crate) asked: &'a BTreeSet<String>,
    pub(crate) paths: &'a [PathBuf],
    /// the workspace's folder, and what of it belongs to it
    pub(crate) top: Option<&'a Path>,
    pub(crate) kept: &'a Paths,
}

/// The snapshots of some places, and files that look like one and are no place's.
pub(crate) struct Snapshots<'a> {
    pub(crate) kept: Vec<Kept<'a>>,
    pub(crate) unreferenced: Vec<PathBuf>,
}

impl<'a> Snapshots<'a> {
    /// Those of the places whose files are asked about, and whatever else lies below the paths.
    pub(crate) fn find(meaning: &'a Meaning, sources: &Sources, files: &Asked<'_>) -> Result<Self, Failure> {
        let mut kept = Vec::new();
        let mut known = BTreeSet::new();
        for place in &meaning.places {
            let file = &sources.file(place.file).name;
            let path = beside(file, &place.place);
            known.insert(fs::canonicalize(&path).unwrap_or_else(|_| path.clone()));
            if files.asked.contains(file) {
                let stands = match fs::read(&path) {
                    Ok(bytes) => Some(plain(&files::decoded(bytes, &shown(&path))?)),
                    Err(error) if error.kind() == io::ErrorKind::NotFound => None,
                    Err(error) => return Err(files::unreadable(&path, &error).into()),
                };
                kept.push(Kept { place, path, meant: hjemmel::export::snapshot(place), stands });
            }
        }
        let is_known = |path: &PathBuf| {
            let real = fs::canonicalize(path).unwrap_or_else(|_| path.clone());
            known.contains(&real)
        };
        let mut unreferenced: Vec<PathBuf> = files::ending_in(ENDING, files.paths, files.top, files.kept);
        unreferenced.retain(|path| !is_known(path));
        Ok(Snapshots { kept, unreferenced })
    }

    /// Writes what says something else and takes away what is no place's; tells which.
    pub(crate) fn accept(&self) -> Result<(Vec<&Path>, Vec<&Path>), Failure> {
        let foreign: Vec<Text> =
            self.unreferenced.iter().filter(|path| !is_ours(path)).map(|path| foreign(path)).collect();
        if !foreign.is_empty() {
            return Err(Failure::new(foreign));
        }
        let mut waiting = Vec::new();
        for kept in self.kept.iter().filter(|kept| !kept.is_right()) {
            let unable = |error: io::Error| Failure::from(not_written(&shown(&kept.path), &error));
            waiting.push((kept.path.as_path(), Beside::write(&kept.path, &kept.meant).map_err(unable)?));
        }
        let mut written = Vec::new();
        for (path, beside) in waiting {
            beside.put().map_err(|error| Failure::from(not_written(&shown(path), &error)))?;
            written.push(path);
        }
        for path in &self.unreferenced {
            fs::remove_file(path).map_err(|error| Failure::from(not_written(&shown(path), &error)))?;
        }
        Ok((written, self.unreferenced.iter().map(PathBuf::as_path).collect()))
    }
}

/// Where the snapshot of a place lies: beside the file that declares it.
fn beside(file: &str, place: &str) -> PathBuf {
    Path::new(file).with_file_name(format!("{}{ENDING}", place.to_lowercase()))
}

/// A text without what an editor or git makes of its line ends.
fn plain(text: &str) -> String {
    text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n")
}

fn is_ours(path: &Path) -> bool {
    fs::read_to_string(path).is_ok_and(|text| text.contains(MARK))
}

fn foreign(path: &Path) -> Text {
    let name = shown(path);
    Text {
        en: format!(
            "`{name}` is called like a snapshot, but is no place's and was not written as one: give it another name"
        ),
        da: format!(
            "`{name}` hedder som et aftryk, men hører ikke til noget sted og er ikke skrevet som et: giv den et andet navn"
        ),
    }
}
