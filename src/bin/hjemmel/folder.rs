//! Writing a folder as a whole or not at all. A folder is only taken the place of where everything in it is known to be
//! an earlier one of the same kind.

use crate::exit::Failure;
use crate::files::shown;
use crate::replace::not_written;
use hjemmel::{BookFile, Text};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io, process};

/// Names the files of a book, one on a line, so that the next one knows what it may take away.
const LIST: &str = ".hjemmel-book";

/// What stands where a book is to be written.
#[derive(Debug)]
pub(crate) enum Former {
    /// nothing
    Nothing,
    /// an empty folder, or an earlier book and nothing else
    Folder,
}

impl Former {
    /// Looks at the folder.
    pub(crate) fn of(out: &Path) -> Result<Self, Failure> {
        let name = shown(out);
        match fs::symlink_metadata(out) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Former::Nothing),
            Err(error) => return Err(not_written(&name, &error).into()),
            Ok(data) if data.is_dir() => {}
            Ok(_) => {
                return Err(Failure::from(Text {
                    en: format!("`{name}` is no folder"),
                    da: format!("`{name}` er ingen mappe"),
                }));
            }
        }
        let known: BTreeSet<String> = match fs::read_to_string(out.join(LIST)) {
            Ok(list) => list.lines().map(str::to_owned).chain([LIST.to_owned()]).collect(),
            Err(_) => BTreeSet::new(),
        };
        let mut found = Vec::new();
        below(out, "", &mut found).map_err(|error| Failure::from(not_written(&name, &error)))?;
        found.sort();
        match found.into_iter().find(|file| !known.contains(file)) {
            None => Ok(Former::Folder),
            Some(file) => Err(Failure::from(Text {
                en: format!(
                    "`{name}` holds `{file}`, which is not of an earlier book: nothing was written; choose a folder of its own"
                ),
                da: format!(
                    "`{name}` indeholder `{file}`, som ikke er fra en tidligere bog: intet er skrevet; vælg en mappe for sig"
                ),
            })),
        }
    }
}

/// Every file below a folder, seen from it; what is no folder counts as a file.
fn below(folder: &Path, name: &str, found: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{name}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            below(&entry.path(), &format!("{name}/"), found)?;
        } else {
            found.push(name);
        }
    }
    Ok(())
}

/// Writes the files into a folder beside, then lets it take the place of what was there.
pub(crate) fn put(out: &Path, former: &Former, files: &[BookFile]) -> Result<(), Failure> {
    let unable = |error: io::Error| Failure::from(not_written(&shown(out), &error));
    let (new, old) = (beside(out, "new").map_err(unable)?, beside(out, "old").map_err(unable)?);
    let written = write(&new, files).and_then(|()| match former {
        Former::Nothing => fs::rename(&new, out),
        Former::Folder => {
            fs::rename(out, &old)?;
            fs::rename(&new, out).inspect_err(|_| {
                let _ = fs::rename(&old, out);
            })
        }
    });
    if written.is_err() {
        let _ = fs::remove_dir_all(&new);
    }
    written.map_err(unable)?;
    // the new book stands; what is left of the old one is in nobody's way
    let _ = fs::remove_dir_all(&old);
    Ok(())
}

/// A name beside the folder that nobody uses.
fn beside(out: &Path, what: &str) -> io::Result<PathBuf> {
    if let Some(above) = out.parent().filter(|above| !above.as_os_str().is_empty()) {
        fs::create_dir_all(above)?;
    }
    let real = if out.exists() { fs::canonicalize(out)? } else { out.to_owned() };
    let name = real.file_name().ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
    Ok(real.with_file_name(format!(".{}.{}.{what}", name.to_string_lossy(), process::id())))
}

fn write(folder: &Path, files: &[BookFile]) -> io::Result<()> {
    fs::create_dir(folder)?;
    let mut list = String::new();
    for file in files {
        let path = folder.join(&file.path);
        if let Some(above) = path.parent() {
            fs::create_dir_all(above)?;
        }
        fs::write(&path, &file.text)?;
        list.push_str(&file.path);
        list.push('\n');
    }
    fs::write(folder.join(LIST), list)
}
