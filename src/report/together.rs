//! What people are told together: one cause often shows in many supports, and nobody reads the same note twenty times.
//! Formats for programs tell every finding by itself.

use super::facts::place;
use super::words::one_line;
use crate::ground::{Diagnostic, Lang, Severity, Sources, text};
use std::collections::BTreeMap;

/// A module with no more findings than this has each of them told.
const FEW: usize = 20;

/// Findings told beside the first before the rest is only named.
const ALSO_TOLD: usize = 4;

/// A finding, and those that are told with it.
#[derive(Debug)]
pub(super) struct Together<'r> {
    pub(super) first: &'r Diagnostic,
    pub(super) others: Vec<&'r Diagnostic>,
}

/// The findings, each, or where a module has many those that are told together joined at the place of the first:
/// warnings and notes of one check, one place and one matter on different supports. What has a fix, or is known in part,
/// has more to show and stands alone.
pub(super) fn together(findings: &[Diagnostic], each: bool) -> Vec<Together<'_>> {
    let mut of_module: BTreeMap<&str, usize> = BTreeMap::new();
    for module in findings.iter().filter_map(module) {
        *of_module.entry(module).or_default() += 1;
    }
    let is_one_of_many = |finding: &Diagnostic| module(finding).is_some_and(|module| of_module[module] > FEW);
    let alone = |finding: &Diagnostic| {
        let has_more = !finding.fixes.is_empty() || finding.known.is_some() || !finding.hides.is_empty();
        let is_error = finding.severity == Severity::Error;
        each || is_error || has_more || finding.support.is_none() || !is_one_of_many(finding)
    };
    let key = |finding: &Diagnostic| {
        (finding.check, finding.severity, finding.module.clone(), finding.about.clone())
    };
    let mut all: Vec<Together<'_>> = Vec::new();
    let mut begun = BTreeMap::new();
    for finding in findings {
        if alone(finding) {
            all.push(Together { first: finding, others: Vec::new() });
            continue;
        }
        let at = *begun.entry(key(finding)).or_insert(all.len());
        match all.get_mut(at) {
            Some(together) => together.others.push(finding),
            None => all.push(Together { first: finding, others: Vec::new() }),
        }
    }
    all
}

/// The module a finding is about; of a department its municipality.
fn module(finding: &Diagnostic) -> Option<&str> {
    finding.module.as_deref().and_then(|module| module.split('.').next())
}

/// The other findings, one line each, and in the last line what there are more of.
pub(super) fn others(others: &[&Diagnostic], sources: &Sources, lang: Lang) -> Vec<String> {
    let told = if others.len() == ALSO_TOLD + 1 { others.len() } else { ALSO_TOLD.min(others.len()) };
    let line = |finding: &&Diagnostic| {
        let message = one_line(finding.message.get(lang));
        let at = finding.labels.first().map(|label| format!(" · {}", place(label, sources)));
        format!("{message}{}", at.unwrap_or_default())
    };
    let mut lines: Vec<String> = others[..told].iter().map(line).collect();
    let mut named: Vec<&str> = Vec::new();
    for support in others[told..].iter().filter_map(|finding| finding.support.as_deref()) {
        if !named.contains(&support) {
            named.push(support);
        }
    }
    if !named.is_empty() {
        let more = others.len() - told;
        let named: Vec<String> = named.iter().map(|name| format!("`{}`", one_line(name))).collect();
        let named = named.join(", ");
        lines.push(
            text!(
                en: "and {more} more, on {named}: `--all` tells each",
                da: "og {more} til, om {named}: `--all` melder hvert"
            )
            .get(lang)
            .to_owned(),
        );
    }
    lines
}
