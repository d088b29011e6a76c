//! Two versions of a workspace: folders, files, versions that were saved, or revisions that git keeps.

mod git;
pub(crate) mod saved;

pub(crate) use git::who_git_knows;

use crate::config::Config;
use crate::exit::Failure;
use crate::files::{self, as_given, shown};
use git::{at_revision, branched};
use hjemmel::{Options, SourceFile, Text, Window, Workspace};
use saved::Saved;
use std::path::{Path, PathBuf};

/// What is compared, the earlier first.
pub(crate) struct Versions {
    /// the settings of what is on disk, of the later version where both are
    pub(crate) config: Config,
    both: [Version; 2],
}

/// One version: what it is called, and where its texts are.
enum Version {
    /// at paths on disk, with the settings there
    Disk(Vec<PathBuf>, Box<Config>),
    /// in a file of their own
    Saved(String, Box<Saved>),
    /// in a revision, below paths
    Git(String, Vec<PathBuf>),
}

/// A version's name and its texts.
type Named = (String, Vec<SourceFile>);

impl Versions {
    /// The versions that the words on the command line name.
    pub(crate) fn named(words: &[String], base: Option<&str>) -> Result<Self, Failure> {
        if let Some(base) = base {
            let paths = paths(words)?;
            let config = Config::find(&paths)?;
            let base = branched(&paths, base, "HEAD")?;
            let disk = Version::Disk(paths.clone(), Box::new(Config::find(&paths)?));
            return Ok(Versions { config, both: [Version::Git(base, paths), disk] });
        }
        let range =
            words.first().filter(|word| !Path::new(word).exists()).and_then(|word| word.split_once(".."));
        if let Some((was, is)) = range {
            let paths = paths(&words[1..])?;
            let named = |name: &str| if name.is_empty() { "HEAD".to_owned() } else { name.to_owned() };
            // `a...b` is what b has changed since it left a
            let (was, is) = match is.strip_prefix('.') {
                Some(is) => (branched(&paths, &named(was), &named(is))?, named(is)),
                None => (named(was), named(is)),
            };
            let config = Config::find(&paths)?;
            return Ok(Versions {
                config,
                both: [Version::Git(was, paths.clone()), Version::Git(is, paths)],
            });
        }
        let [was, is] = words else { return Err(unclear(words).into()) };
        let mut config = Config::find(&[PathBuf::from(is)])?;
        let both = [Version::named(was)?, Version::named(is)?];
        if let [_, Version::Saved(_, saved)] = &both {
            (config.window, config.reference_date) = (saved.window, saved.reference_date);
        }
        Ok(Versions { config, both })
    }

    /// The workspaces of both, each with its name. They look at the days that are given, else at those of the later version.
    pub(crate) fn workspaces(
        &self,
        window: Option<Window>,
        budget: Option<u64>,
    ) -> Result<[(String, Workspace); 2], Failure> {
        let mut options = Options::default();
        options.window = window.or(self.config.window);
        options.reference_date = self.config.reference_date;
        options.budget = budget.unwrap_or(options.budget);
        let workspace = |version: &Version, other: &Version| -> Result<(String, Workspace), Failure> {
            let (name, mut texts) = version.read(&self.config)?;
            let mut options = options.clone();
            if let Version::Saved(_, saved) = version {
                options.window = options.window.or(saved.window);
                // called as the files they are compared with, as those of a revision are
                if let Some(folder) = other.folder() {
                    let called =
                        |text: SourceFile| SourceFile::new(shown(&folder.join(text.name)), text.text);
                    texts = texts.into_iter().map(called).collect();
                }
            }
            Ok((name, Workspace::new(texts, options)))
        };
        let [was, is] = &self.both;
        Ok([workspace(was, is)?, workspace(is, was)?])
    }
}

impl Version {
    /// The version that one word names: a path.
    fn named(word: &str) -> Result<Self, Failure> {
        let path = PathBuf::from(word);
        if let Some(saved) = saved::at(&path)? {
            return Ok(Version::Saved(shown(&path), Box::new(saved)));
        }
        let paths = vec![path];
        let config = Config::find(&paths)?;
        Ok(Version::Disk(paths, Box::new(config)))
    }

    /// The folder on disk that the names of its texts begin with.
    fn folder(&self) -> Option<PathBuf> {
        let Version::Disk(paths, own) = self else { return None };
        let path = paths.first()?;
        match own.folder.as_deref() {
            Some(folder) => Some(as_given(folder, path)),
            None if path.is_dir() => Some(path.clone()),
            None => path.parent().map(PathBuf::from),
        }
    }

    /// Its name and its texts.
    fn read(&self, config: &Config) -> Result<Named, Failure> {
        match self {
            Version::Disk(paths, own) => {
                let name = paths.iter().map(|path| shown(path)).collect::<Vec<_>>().join(" ");
                Ok((name, files::read(paths, own)?.sources))
            }
            Version::Saved(name, saved) => Ok((name.clone(), saved.texts.clone())),
            Version::Git(revision, paths) => Ok((revision.clone(), at_revision(revision, paths, config)?)),
        }
    }
}

/// The paths that are looked at in a revision.
fn paths(words: &[String]) -> Result<Vec<PathBuf>, Failure> {
    if words.is_empty() {
        return Ok(vec![PathBuf::from(".")]);
    }
    let paths: Vec<PathBuf> = words.iter().map(PathBuf::from).collect();
    match paths.iter().find_map(|path| saved::known_as(path)) {
        Some(other) => Err(other.into()),
        None => Ok(paths),
    }
}

fn unclear(words: &[String]) -> Text {
    match words {
        [one] if !Path::new(one).exists() => Text {
            en: format!("`{one}` is neither a path nor two revisions: write OLD NEW, or main..HEAD"),
            da: format!("`{one}` er hverken en sti eller to revisioner: skriv GAMMEL NY eller main..HEAD"),
        },
        _ => Text {
            en: "name two versions: OLD NEW, or main..HEAD and paths, or --base main and paths".to_owned(),
            da: "nævn to versioner: GAMMEL NY, eller main..HEAD og stier, eller --base main og stier"
                .to_owned(),
        },
    }
}
