//! Lines that are one step off: a value that two rules leave between them, or that both take in.

use super::tasks::Found;
use crate::ground::{Comparison, Diagnostic, Span, text};
use crate::model::{Domain, FactId, Model, RuleId, Threshold};
use std::collections::BTreeSet;

/// What would be written so that the lines of these rules that begin above a value, or end below it, take it in.
pub(crate) fn taking_in(
    model: &Model,
    rules: impl Iterator<Item = RuleId>,
    (fact, value, above): (FactId, i64, bool),
) -> BTreeSet<(Span, String)> {
    let gains = |line: &Threshold| {
        let (gained, words) = line.gains.as_ref()?;
        (line.fact == fact && line.above == above && *gained == value).then(|| (line.span, words.clone()))
    };
    rules.flat_map(|rule| model.rule(rule).thresholds.iter().filter_map(gains).collect::<Vec<_>>()).collect()
}

/// Where a finding is about a single value that one rule ends with and another begins with, says so and offers to end
/// one step before it. Which of the two is meant to have it, a person must say.
pub(crate) fn name_shared(model: &Model, found: &mut Found, rules: &BTreeSet<RuleId>) {
    match found {
        Found::Told(finding) => name_in(model, finding, rules),
        Found::Several(found) => found.iter_mut().for_each(|one| name_shared(model, one, rules)),
        _ => {}
    }
}

fn name_in(model: &Model, finding: &mut Diagnostic, rules: &BTreeSet<RuleId>) {
    let [conditions] = finding.region.as_slice() else { return };
    for condition in conditions.clone() {
        let (Comparison::Is, [word]) = (condition.comparison, condition.values.as_slice()) else { continue };
        let Some(at) = model.facts.iter().position(|fact| fact.name == condition.fact) else { continue };
        let (fact, domain) = (FactId(at as u32), &model.facts[at].domain);
        if matches!(domain, Domain::YesNo | Domain::List { ordered: false, .. }) {
            continue;
        }
        let loses = |line: &&Threshold| {
            line.fact == fact
                && line.loses.as_ref().is_some_and(|(value, _)| domain.spell_bare(*value) == *word)
        };
        let at_value = |rule: &RuleId, above: bool| -> Vec<&Threshold> {
            model.rule(*rule).thresholds.iter().filter(|line| line.above == above).filter(loses).collect()
        };
        // a rule about this value alone is no step off
        let ends = |rule: &&RuleId| at_value(rule, true).is_empty();
        let begins = |rule: &RuleId| !at_value(rule, true).is_empty() && at_value(rule, false).is_empty();
        let ending: BTreeSet<(Span, String)> = rules
            .iter()
            .filter(ends)
            .flat_map(|rule| at_value(rule, false))
            .filter_map(|line| Some((line.span, line.loses.clone()?.1)))
            .collect();
        if ending.is_empty() || !rules.iter().any(begins) {
            continue;
        }
        for (span, words) in ending {
            *finding = finding.clone().guess(span, words);
        }
        let name = &condition.fact;
        finding.help = Some(text!(
            en: "`{name}` {word} ends one rule and begins another; leave it to one of them: `under {word}`, or `over {word}`",
            da: "`{name}` {word} er både det sidste i én regel og det første i en anden; lad den ene få den: `under {word}` eller `over {word}`"
        ));
        return;
    }
}
