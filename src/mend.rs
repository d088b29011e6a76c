//! Fixes: a finding keeps its fix only where the fix was tried, in memory, and it helps.
//!
//! A fix helps where the finding is gone once it is made, and no error and no warning has come in its place; where a
//! rule can be read that could not be, what is then judged of it is news and no harm. It is the whole workspace that is
//! checked again each time, so a fix that mends one rule and breaks another is none; what one fix does not touch is looked at
//! once for all of them.

use crate::ground::{Diagnostic, Edit, Options, Severity, SourceFile, Sources};
use crate::pipeline::{self, Memory};
use crate::workspace::Checked;
use std::collections::BTreeMap;

/// How many bytes of policies are looked at again in all, so that large workspaces do not wait for every fix.
const WORK: usize = 4 * 1024 * 1024;
/// However small the workspace is, more fixes than this are not tried.
const MOST: usize = 512;

/// Texts after fixing, and what is left to find in them.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Mended {
    /// all texts of the workspace, those that nothing was done to as they were
    pub sources: Sources,
    /// the findings that are gone, in the order in which they were mended
    pub fixed: Vec<Diagnostic>,
    /// what a check of the texts finds now
    pub left: Checked,
}

/// Takes away from each finding the fix that does not help.
pub(crate) fn proved(sources: &Sources, options: &Options, mut checked: Checked) -> Checked {
    if checked.findings.iter().all(|finding| finding.fixes.is_empty()) {
        return checked;
    }
    let before = checked.clone();
    let (mut memory, mut left) = (Memory::default(), allowance(sources));
    for finding in checked.findings.iter_mut().filter(|finding| !finding.fixes.is_empty()) {
        let tried = left > 0 && tried(&mut memory, (sources, options), &before, finding).is_some();
        left = left.saturating_sub(1);
        if !tried {
            finding.fixes.clear();
            finding.is_guess = false;
        }
    }
    checked
}

/// Makes one sure fix after the other, each tried on the texts as the ones before it left them, so that no two lie over
/// each other.
pub(crate) fn mended(sources: &Sources, options: &Options, wanted: &dyn Fn(&Diagnostic) -> bool) -> Mended {
    let mut memory = Memory::default();
    let left = pipeline::check_again(&mut memory, sources, options);
    let mut now = Mended { sources: sources.clone(), fixed: Vec::new(), left };
    let mut in_vain: BTreeMap<String, usize> = BTreeMap::new();
    for _ in 0..allowance(sources) {
        let mut again: BTreeMap<String, usize> = BTreeMap::new();
        let is_new = |finding: &&Diagnostic| {
            let name = finding.fingerprint();
            let number = again.entry(name.clone()).or_default();
            *number += 1;
            *number > in_vain.get(&name).copied().unwrap_or(0)
        };
        let sure = |finding: &&Diagnostic| !finding.fixes.is_empty() && !finding.is_guess && wanted(finding);
        let Some(finding) = now.left.findings.iter().filter(sure).find(is_new).cloned() else { break };
        match tried(&mut memory, (&now.sources, options), &now.left, &finding) {
            Some((sources, left)) => {
                now.fixed.push(finding);
                (now.sources, now.left) = (sources, left);
            }
            None => *in_vain.entry(finding.fingerprint()).or_default() += 1,
        }
    }
    now
}

fn allowance(sources: &Sources) -> usize {
    let size: usize = sources.iter().map(|(_, file)| file.text.len()).sum();
    (WORK / size.max(1)).clamp(1, MOST)
}

/// The texts with a finding's fix made, and what a check finds then; nothing where that does not help.
fn tried(
    memory: &mut Memory,
    (sources, options): (&Sources, &Options),
    before: &Checked,
    finding: &Diagnostic,
) -> Option<(Sources, Checked)> {
    let changed = edited(sources, &finding.fixes)?;
    let after = pipeline::check_again(memory, &changed, options);
    let reads_more = after.rules_with_errors < before.rules_with_errors;
    let harms = |finding: &Diagnostic| {
        finding.severity >= Severity::Warning && (!reads_more || pipeline::is_of_reading(finding.check))
    };
    let (then, now) = (counted(before, |_| true), counted(&after, |_| true));
    let name = finding.fingerprint();
    let is_gone = now.get(&name).copied().unwrap_or(0) < then.get(&name).copied().unwrap_or(0);
    let mut serious = counted(&after, harms).into_iter();
    let nothing_new = serious.all(|(name, number)| number <= then.get(&name).copied().unwrap_or(0));
    let as_certain = after.proven || !before.proven;
    (is_gone && nothing_new && as_certain).then_some((changed, after))
}

/// How often each of these findings stands in a report.
fn counted(checked: &Checked, wanted: impl Fn(&Diagnostic) -> bool) -> BTreeMap<String, usize> {
    let mut counted = BTreeMap::new();
    for finding in checked.findings.iter().filter(|finding| wanted(finding)) {
        *counted.entry(finding.fingerprint()).or_default() += 1;
    }
    counted
}

/// The texts with the edits made; nothing where two of them lie over each other.
fn edited(sources: &Sources, edits: &[Edit]) -> Option<Sources> {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort_by_key(|edit| (edit.span.file, edit.span.start, edit.span.end));
    let lie_over =
        |pair: &[&Edit]| pair[0].span.file == pair[1].span.file && pair[0].span.end > pair[1].span.start;
    if edits.windows(2).any(lie_over) {
        return None;
    }
    let mut files = Vec::new();
    for (id, file) in sources.iter() {
        let mut text = file.text.clone();
        for edit in edits.iter().rev().filter(|edit| edit.span.file == id) {
            text.get(edit.span.range())?;
            text.replace_range(edit.span.range(), &edit.text);
        }
        files.push(SourceFile::new(file.name.clone(), text));
    }
    Some(Sources::new(files))
}
