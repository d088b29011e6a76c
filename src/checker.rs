//! The door for whoever checks again and again: `check --watch`, an editor.

use crate::pipeline::{self, Memory};
use crate::workspace::{Checked, Workspace};

/// Checks versions of a workspace one after the other, and looks again only at what can have changed since the last
/// ones. What it finds is what [`Workspace::check`] finds, byte for byte.
///
/// It keeps what the last two checks used and nothing older, so its memory is bounded by the workspace's.
#[derive(Debug, Default)]
pub struct Checker {
    memory: Memory,
}

impl Checker {
    /// One that has seen nothing yet.
    pub fn new() -> Self {
        Checker::default()
    }

    /// Every finding, exactly.
    pub fn check(&mut self, workspace: &Workspace) -> Checked {
        pipeline::check_again(&mut self.memory, workspace.sources(), workspace.options())
    }
}
