//! Supports that replace and exclude each other, and ceilings: what the checks ask of them.

use super::checks::{DUE, Finder};
use super::judge::{Verdict, View};
use super::sets::reaches_past;
use hjemmel::Severity;

impl Finder<'_> {
    /// The supports that replace one and are granted here as strongly as a layer above grants it.
    pub(super) fn replacements<'v>(
        &'v self,
        view: &'v View,
        law: &'v Verdict,
        support: usize,
    ) -> impl Iterator<Item = usize> + 'v {
        let own = self.judge.place.layer();
        let replacing = self.policy.words.replacing(self.policy, support).into_iter();
        replacing.filter(move |other| {
            let given = view.verdict(own, *other);
            given.granted() && given.grant >= law.grant
        })
    }

    /// Supports that exclude each other and are both firmly due, told of the first by name.
    pub(super) fn exclusions(&mut self, view: &View, verdict: &Verdict, support: usize) {
        let name = |support: usize| self.policy.supports[support].name.as_str();
        let rivals = self.policy.words.excluding(self.policy, support).into_iter();
        let mut later = rivals.filter(|rival| name(*rival) > name(support));
        let own = self.judge.place.layer();
        let is_due =
            |rival: usize| self.judge.judged.contains(&rival) && view.verdict(own, rival).stands_firm(&DUE);
        if verdict.stands_firm(&DUE) && later.any(is_due) {
            self.tell("contradiction", self.judge.place.name(), Some(support), Severity::Error);
        }
    }

    /// The law's ceiling on a term.
    pub(super) fn ceiling(&self, law: &Verdict, term: usize) -> Option<u64> {
        let marked = |rule: usize| self.policy.words.is_ceiling(&self.judge.rules[rule].name, term);
        let sets = law.bounds[term].iter().filter(|(rule, _, _)| marked(*rule)).map(|(_, set, _)| *set);
        sets.reduce(|a, b| a & b)
    }

    pub(super) fn over_ceiling(
        &self,
        law: &Verdict,
        local: &[(usize, u64, bool)],
        term: usize,
    ) -> Option<Severity> {
        let ceiling = self.ceiling(law, term)?;
        let last = self.policy.terms[term].domain.values().len() as u32 - 1;
        let better = self.policy.terms[term].more_is_better;
        let past = |set: u64| reaches_past(set, ceiling, last, better);
        let all = local.iter().map(|(_, set, _)| *set).reduce(|a, b| a & b)?;
        let firm = local.iter().filter(|(_, _, firm)| *firm).map(|(_, set, _)| *set).reduce(|a, b| a & b);
        past(all).then(|| if firm.is_some_and(past) { Severity::Error } else { Severity::Warning })
    }
}
