//! One test binary.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "tests read files, start the program and print what they counted"
)]

mod again;
mod approve;
mod book;
mod cases;
mod ci;
mod cli;
mod decide;
mod diff;
mod fmt;
mod formats;
mod graph;
mod guide;
mod house;
mod import;
#[cfg(unix)]
mod interview;
mod library;
mod meaning;
mod mend;
mod oracle;
mod population;
mod report;
mod saved;
mod slips;
mod sql;
#[cfg(unix)]
mod watch;
mod workloads;

use std::path::Path;

/// Compares with `<folder>/<name>.snap`.
fn snapshot(folder: &Path, name: &str, content: &str) {
    let mut settings = insta::Settings::new();
    settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, content));
}
