//! The public door of the library.

use crate::ground::{Diagnostic, Options, SourceFile, Sources, Text, Window};
use crate::pipeline;
use crate::queries::Decision;

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
    pub open: Vec<Text>,
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

    /// The trees of the texts as indented lines, to see what was read.
    #[doc(hidden)]
    pub fn show_tree(&self) -> String {
        pipeline::show_tree(&self.sources)
    }

    /// The model the texts become, to see what was understood.
    #[doc(hidden)]
    pub fn show_model(&self) -> String {
        pipeline::show_model(&self.sources, &self.options)
    }

    /// Every finding, exactly.
    pub fn check(&self) -> Checked {
        pipeline::check(&self.sources, &self.options)
    }

    /// What one citizen of a municipality gets, support by support. `facts` gives every fact (also `dato`) by name,
    /// each value as the language writes it. Rules with an error in them are left out.
    ///
    /// # Errors
    /// An unknown municipality, a fact unknown, missing, given twice or outside its domain, a citizen that an
    /// `antag` excludes.
    pub fn decide(&self, municipality: &str, facts: &[(String, String)]) -> Result<Vec<Decision>, Text> {
        pipeline::decide(&self.sources, &self.options, municipality, facts)
    }
}
