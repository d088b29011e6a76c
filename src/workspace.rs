//! The public door of the library.

use crate::ground::{Diagnostic, Options, SourceFile, Sources, Window};
use crate::pipeline;

/// All texts below one `hjemmel.toml`, and how to look at them.
#[derive(Clone, Debug)]
pub struct Workspace {
    sources: Sources,
    options: Options,
}

/// What a check of a workspace found.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Checked {
    /// the findings, by file, then position, then check
    pub findings: Vec<Diagnostic>,
    /// false when some task ran out of budget
    pub proven: bool,
    /// what was left open, when not proven: one line of names for each open task
    pub open: Vec<crate::ground::Text>,
    /// the days that were looked at
    pub window: Window,
}

impl Workspace {
    /// A workspace of the given texts.
    pub fn new(files: Vec<SourceFile>, options: Options) -> Self {
        Workspace { sources: Sources::new(files), options }
    }

    /// The texts, sorted by name.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The options the workspace was made with.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// Every finding, exactly.
    pub fn check(&self) -> Checked {
        pipeline::check(&self.sources, &self.options)
    }
}
