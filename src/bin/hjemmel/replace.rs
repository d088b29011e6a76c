//! Writing a file as a whole or not at all.

use hjemmel::Text;
use std::fs::{self, OpenOptions, Permissions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process;

/// Writes a file beside, then puts it in the place of the old one, if there is one: nobody ever sees half a file.
pub(crate) fn replace(path: &Path, text: &str) -> io::Result<()> {
    Beside::write(path, text)?.put()
}

/// A whole text that waits beside the place it is for. What is not put there leaves nothing behind.
#[derive(Debug)]
pub(crate) enum Beside {
    /// a file under another name
    File { beside: PathBuf, real: PathBuf },
    /// a pipe or a device cannot be replaced: it takes the text when it is put
    Device { path: PathBuf, text: String },
}

impl Beside {
    /// Writes the text beside its place.
    pub(crate) fn write(path: &Path, text: &str) -> io::Result<Self> {
        let old = fs::metadata(path).ok();
        if old.as_ref().is_some_and(|old| !old.is_file() && !old.is_dir()) {
            return Ok(Beside::Device { path: path.to_owned(), text: text.to_owned() });
        }
        let real = if old.is_some() { fs::canonicalize(path)? } else { path.to_owned() };
        let permissions = old.map(|old| old.permissions());
        if permissions.as_ref().is_some_and(Permissions::readonly) {
            return Err(io::Error::from(ErrorKind::PermissionDenied));
        }
        let name = real.file_name().unwrap_or_default().to_string_lossy();
        let beside = real.with_file_name(format!(".{name}.{}.new", process::id()));
        let mut file = OpenOptions::new().write(true).create_new(true).open(&beside)?;
        let waiting = Beside::File { beside, real };
        file.write_all(text.as_bytes())
            .and_then(|()| permissions.map_or(Ok(()), |permissions| file.set_permissions(permissions)))
            .and_then(|()| file.sync_all())?;
        Ok(waiting)
    }

    /// Puts it in its place.
    pub(crate) fn put(self) -> io::Result<()> {
        match &self {
            Beside::File { beside, real } => fs::rename(beside, real),
            Beside::Device { path, text } => {
                OpenOptions::new().write(true).open(path)?.write_all(text.as_bytes())
            }
        }
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        if let Beside::File { beside, .. } = self {
            // gone already where it was put
            let _ = fs::remove_file(beside);
        }
    }
}

/// Why a file could not be written.
pub(crate) fn not_written(name: &str, error: &io::Error) -> Text {
    if error.kind() == ErrorKind::PermissionDenied {
        return Text {
            en: format!("no permission to write `{name}`"),
            da: format!("`{name}` må ikke skrives af dig"),
        };
    }
    Text {
        en: format!("`{name}` cannot be written: {error}"),
        da: format!("`{name}` kan ikke skrives: {error}"),
    }
}
