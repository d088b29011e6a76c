//! What the commands that answer a question have in common: reading the workspace, and where the answer goes.

use crate::args::Written;
use crate::config::Config;
use crate::exit::{self, Failure};
use crate::files;
use crate::replace::{not_written, replace};
use anstream::ColorChoice;
use hjemmel::{Options, Workspace};
use std::path::{Path, PathBuf};

/// The workspace of the paths.
pub(crate) fn workspace(paths: &[PathBuf], config: &Config, asked: &Written) -> Result<Workspace, Failure> {
    let files = files::read(paths, config)?;
    let mut options = Options::default();
    options.window = asked.window.or(config.window);
    options.reference_date = config.reference_date;
    options.budget = asked.budget.unwrap_or(options.budget);
    Ok(Workspace::new(files.sources, options))
}

/// Prints the answer, or writes it to a file.
pub(crate) fn answered(page: &str, out: Option<&Path>, color: ColorChoice) -> Result<u8, Failure> {
    match out {
        None => super::print(page, color)?,
        Some(path) => replace(path, page).map_err(|error| not_written(&files::shown(path), &error))?,
    }
    Ok(exit::CLEAN)
}
