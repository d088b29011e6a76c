//! Writing a file as a whole or not at all.

use hjemmel::Text;
use std::fs::{self, OpenOptions, Permissions};
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::process;

/// Writes a file beside, then puts it in the place of the old one, if there is one: nobody ever sees half a file.
pub(crate) fn replace(path: &Path, text: &str) -> io::Result<()> {
    let real = if path.exists() { fs::canonicalize(path)? } else { path.to_owned() };
    let permissions = if path.exists() { Some(fs::metadata(&real)?.permissions()) } else { None };
    if permissions.as_ref().is_some_and(Permissions::readonly) {
        return Err(io::Error::from(ErrorKind::PermissionDenied));
    }
    let name = real.file_name().unwrap_or_default().to_string_lossy();
    let beside = real.with_file_name(format!(".{name}.{}.new", process::id()));
    let mut file = OpenOptions::new().write(true).create_new(true).open(&beside)?;
    let written = file
        .write_all(text.as_bytes())
        .and_then(|()| permissions.map_or(Ok(()), |permissions| file.set_permissions(permissions)))
        .and_then(|()| file.sync_all());
    drop(file);
    let replaced = written.and_then(|()| fs::rename(&beside, &real));
    if replaced.is_err() {
        let _ = fs::remove_file(&beside);
    }
    replaced
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
