//! Names of findings for systems that compare one run with the next: the fingerprint, which an edit elsewhere leaves as
//! it is, told apart where two findings have the same.

use super::Report;
use crate::ground::Diagnostic;
use std::collections::BTreeMap;

/// Gives out names, each once.
#[derive(Debug, Default)]
pub(super) struct Identities {
    given: BTreeMap<String, usize>,
}

impl Identities {
    /// The name of the next finding of a report. Of a folder of workspaces the folder is part of it.
    pub(super) fn next(&mut self, report: &Report<'_>, finding: &Diagnostic) -> String {
        let mut name = finding.fingerprint();
        if let Some(folder) = &report.folder {
            name = format!("{folder}:{name}");
        }
        self.once(name)
    }

    /// A name that was not given before.
    pub(super) fn once(&mut self, name: String) -> String {
        let given = self.given.entry(name.clone()).or_default();
        *given += 1;
        if *given == 1 { name } else { format!("{name}:{given}") }
    }
}
