//! A file that is written piece by piece beside its place, and put there when it is whole.

use crate::exit::Failure;
use crate::files::shown;
use crate::replace::not_written;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process;

/// A file in the making. What is not put in its place leaves nothing behind.
#[derive(Debug)]
pub(super) struct Whole {
    name: String,
    /// nothing for a pipe or a device, which cannot be replaced
    beside: Option<(PathBuf, PathBuf)>,
}

/// Where the pieces go.
pub(super) type Pen = BufWriter<File>;

impl Whole {
    /// Begins beside the place.
    pub(super) fn begin(path: &Path) -> Result<(Self, Pen), Failure> {
        let name = shown(path);
        let (beside, file) = opened(path).map_err(|error| not_written(&name, &error))?;
        Ok((Whole { name, beside }, BufWriter::with_capacity(1 << 20, file)))
    }

    /// Why a piece could not be written.
    pub(super) fn failed(&self, error: &io::Error) -> Failure {
        not_written(&self.name, error).into()
    }

    /// All pieces are written: the file is put in its place.
    pub(super) fn finish(self, file: &File) -> Result<(), Failure> {
        let Some((beside, real)) = &self.beside else { return Ok(()) };
        let put = file.sync_all().and_then(|()| fs::rename(beside, real));
        put.map_err(|error| self.failed(&error))
    }

    /// The same for what was written with a pen.
    pub(super) fn finish_pen(self, mut pen: Pen) -> Result<(), Failure> {
        pen.flush().map_err(|error| self.failed(&error))?;
        self.finish(pen.get_ref())
    }
}

impl Drop for Whole {
    fn drop(&mut self) {
        if let Some((beside, _)) = &self.beside {
            // gone already where it was put
            let _ = fs::remove_file(beside);
        }
    }
}

fn opened(path: &Path) -> io::Result<(Option<(PathBuf, PathBuf)>, File)> {
    let old = fs::metadata(path).ok();
    if old.as_ref().is_some_and(fs::Metadata::is_dir) {
        return Err(io::Error::from(io::ErrorKind::IsADirectory));
    }
    if old.as_ref().is_some_and(|old| !old.is_file()) {
        return Ok((None, OpenOptions::new().write(true).open(path)?));
    }
    let real = if old.is_some() { fs::canonicalize(path)? } else { path.to_owned() };
    if old.as_ref().is_some_and(|old| old.permissions().readonly()) {
        return Err(io::Error::from(io::ErrorKind::PermissionDenied));
    }
    let name = real.file_name().unwrap_or_default().to_string_lossy();
    let beside = real.with_file_name(format!(".{name}.{}.new", process::id()));
    let file = OpenOptions::new().write(true).create_new(true).open(&beside)?;
    if let Some(old) = old {
        file.set_permissions(old.permissions())?;
    }
    Ok((Some((beside, real)), file))
}
