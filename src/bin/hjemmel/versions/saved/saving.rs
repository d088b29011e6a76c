//! A version on its way into its file.

use super::{Days, KIND, Meant, MeantPlace, Page, Policy, TOOL, VERSION};
use crate::exit::Failure;
use crate::files::{Files, LARGEST, is_policy, shown};
use crate::replace::{not_written, replace};
use crate::snapshots::ENDING;
use hjemmel::{Day, Meaning, SourceFile, Text, Window, iso_date};
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

/// What is saved of a version beside its texts.
pub(crate) struct Saving<'a> {
    pub(crate) files: &'a Files,
    pub(crate) paths: &'a [PathBuf],
    /// the days as configured
    pub(crate) window: Option<Window>,
    pub(crate) reference_date: Option<Day>,
    pub(crate) meaning: &'a Meaning,
}

impl Saving<'_> {
    /// The text of the file.
    fn page(&self) -> String {
        let mut policies: Vec<Policy> = self
            .named()
            .into_iter()
            .zip(&self.files.sources)
            .map(|(name, source)| Policy::of(name, &source.text))
            .collect();
        policies.sort_by(|one, other| one.file.cmp(&other.file));
        let meaning = self.meaning;
        let places = meaning.places.iter();
        let mut page = Page {
            format_version: VERSION,
            tool: TOOL.to_owned(),
            kind: KIND.to_owned(),
            hash: String::new(),
            window: self.window.map(Days::of),
            reference_date: self.reference_date.map(iso_date),
            meaning: Meant {
                window: Days::of(meaning.window),
                hash: meaning.hash.clone(),
                places: places
                    .map(|place| MeantPlace { place: place.place.clone(), hash: place.hash.clone() })
                    .collect(),
            },
            policies,
        };
        page.hash = page.fresh_hash();
        let mut text = serde_json::to_string_pretty(&page).unwrap_or_default();
        text.push('\n');
        text
    }

    /// What each text is called from the folder of the workspace; where there is none, from the folder that all of them and
    /// all paths lie in.
    fn named(&self) -> Vec<String> {
        let sources = &self.files.sources;
        if self.files.top.is_some() {
            let place =
                |source: &SourceFile| self.files.place(&source.name).unwrap_or(&source.name).to_owned();
            return sources.iter().map(place).collect();
        }
        let real = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let places: Vec<PathBuf> = sources.iter().map(|source| real(Path::new(&source.name))).collect();
        let folders = self.paths.iter().map(|path| real(path)).filter(|path| path.is_dir());
        let above = places.iter().filter_map(|place| place.parent().map(Path::to_owned));
        let common = folders.chain(above).reduce(|one, other| {
            let alike = one.components().zip(other.components()).take_while(|(one, other)| one == other);
            alike.map(|(part, _)| part).collect()
        });
        let common = common.unwrap_or_default();
        places.iter().map(|place| shown(place.strip_prefix(&common).unwrap_or(place))).collect()
    }

    /// Writes the file. What stands there already is only taken the place of where it is a saved version.
    pub(crate) fn write(&self, to: &Path) -> Result<(), Failure> {
        let name = shown(to);
        if is_policy(to) || name.ends_with(ENDING) {
            return Err(Failure::from(Text {
                en: format!(
                    "`{name}` is called like a policy or a snapshot: call it for example `vedtaget-2026.json`"
                ),
                da: format!(
                    "`{name}` hedder som en regelfil eller et aftryk: kald den for eksempel `vedtaget-2026.json`"
                ),
            }));
        }
        if to.is_dir() {
            return Err(Failure::from(Text {
                en: format!("`{name}` is a folder, and a saved version is a file"),
                da: format!("`{name}` er en mappe, og en gemt version er en fil"),
            }));
        }
        if to.is_file() && !is_ours(to) {
            return Err(Failure::from(Text {
                en: format!("`{name}` is there already and no saved version: give another name"),
                da: format!("`{name}` findes allerede og er ingen gemt version: giv et andet navn"),
            }));
        }
        let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if !folder.is_dir() {
            let folder = shown(folder);
            return Err(Failure::from(Text {
                en: format!("`{name}` cannot be written: there is no folder `{folder}`"),
                da: format!("`{name}` kan ikke skrives: der er ingen mappe `{folder}`"),
            }));
        }
        let page = self.page();
        if page.len() as u64 > LARGEST {
            let size = (page.len() as u64).div_ceil(1024 * 1024);
            return Err(Failure::from(Text {
                en: format!("the saved version would be {size} MB, and at most 64 MB can be read again"),
                da: format!("den gemte version ville fylde {size} MB, og højst 64 MB kan læses igen"),
            }));
        }
        replace(to, &page).map_err(|error| Failure::from(not_written(&name, &error)))
    }
}

/// Whether a file is a saved version, damaged or not: one that is written anew loses nothing that is anybody's own.
fn is_ours(path: &Path) -> bool {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(1024).read_to_end(&mut bytes));
    read.is_ok_and(|_| {
        let head = String::from_utf8_lossy(&bytes);
        bytes.is_empty() || (head.contains(&format!("\"tool\": \"{TOOL}\"")) && head.contains(KIND))
    })
}
