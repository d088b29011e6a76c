//! What went wrong while one thing was resolved, and whose it was.

use crate::ground::{Diagnostic, Severity, Span, Text};

/// The findings of one rule, table, declaration or header, in the order they were met.
#[derive(Debug, Default)]
pub(super) struct Problems {
    module: Option<String>,
    rules: Vec<String>,
    findings: Vec<Diagnostic>,
    faults: Vec<Span>,
}

/// A text check's finding: all of them are errors.
pub(super) fn error(check: &'static str, message: Text) -> Diagnostic {
    Diagnostic::new(check, Severity::Error, message)
}

impl Problems {
    /// Of something common to all modules.
    pub(super) fn of_vocabulary() -> Self {
        Problems::default()
    }

    /// Of something in a module that is not a rule.
    pub(super) fn of_module(module: &str) -> Self {
        Problems { module: Some(module.to_owned()), ..Problems::default() }
    }

    /// Of a rule or table by its full name.
    pub(super) fn of_rule(module: &str, rule: &str) -> Self {
        Problems { module: Some(module.to_owned()), rules: vec![rule.to_owned()], ..Problems::default() }
    }

    /// A new problem.
    pub(super) fn tell(&mut self, mut finding: Diagnostic) {
        finding.module.clone_from(&self.module);
        finding.rules.clone_from(&self.rules);
        self.faults.push(finding.told_at());
        self.findings.push(finding);
    }

    /// A problem that follows from one told elsewhere: at that place, or in the declaration of that name.
    pub(super) fn follow(&mut self, fault: Span) {
        self.faults.push(fault);
    }

    /// A problem that follows from others.
    pub(super) fn follow_all(&mut self, faults: &[Span]) {
        self.faults.extend(faults);
    }

    /// Takes over the findings of a part, but not its failure.
    pub(super) fn take(&mut self, part: Problems) {
        self.findings.extend(part.findings);
    }

    /// Takes over the findings of a part, and its failure.
    pub(super) fn join(&mut self, part: Problems) {
        self.faults.extend(&part.faults);
        self.take(part);
    }

    /// Whether anything went wrong.
    pub(super) fn failed(&self) -> bool {
        !self.faults.is_empty()
    }

    /// Where the problems are told that make the thing wrong.
    pub(super) fn faults(&self) -> &[Span] {
        &self.faults
    }

    /// Whether anything is told.
    pub(super) fn has_findings(&self) -> bool {
        !self.findings.is_empty()
    }

    /// The findings.
    pub(super) fn into_findings(self) -> Vec<Diagnostic> {
        self.findings
    }
}
