//! Trials that change nothing, and exceptions that reach past their bases: docs/semantics.md, section 6.

use super::checks::{Finder, GRANTING, Key};
use super::judge::{Grant, Verdict, View};
use super::points::Points;
use super::policy::{Grade, Speaker};
use hjemmel::Severity;

impl Finder<'_> {
    pub(super) fn trial_without_effect(
        &mut self,
        view: &View,
        law: &Verdict,
        trial: &Verdict,
        own: &Verdict,
        support: usize,
    ) {
        let kept = [
            (Grade::May, Grant::May),
            (Grade::Right, Grant::Right),
            (Grade::Must, Grant::Must),
            (Grade::MustNot, Grant::Forbidden),
        ];
        let judge = self.judge;
        let is_kept = kept.iter().any(|(grade, grant)| {
            let of_law = (0..judge.rules.len()).filter(|rule| judge.rules[*rule].speaker.is_law());
            let states =
                |rule: &usize| judge.grades_for(*rule, support).iter().any(|(said, _)| said == grade);
            let by_trial = |rule: usize| {
                let mut exceptions = judge.excepters(rule).iter();
                exceptions.any(|exception| {
                    judge.rules[*exception].speaker == Speaker::Trial
                        && view.sets_all_aside(*exception, support)
                })
            };
            of_law.filter(states).any(|rule| view.applies(rule) && by_trial(rule))
                && !law.stands(*grade)
                && trial.grant != *grant
                && own.stands(*grade)
                && view.decision(support).grant == Some(*grant)
        });
        if is_kept {
            self.tell("trial-without-effect", judge.place.name(), Some(support), Severity::Note);
        }
    }

    /// Told of no support, so of pairs as of everything else.
    pub(super) fn escaping_exceptions(&mut self, view: &View, support: usize) {
        let (judge, own) = (self.judge, self.judge.place.layer());
        let binding = self.policy.binding(judge.place, own);
        let table = |rule: &str| {
            rule.rsplit_once('.').filter(|(table, _)| table.contains('.')).map(|(table, _)| table.to_owned())
        };
        for (at, rule) in judge.rules.iter().enumerate() {
            if rule.speaker.layer() != own || rule.has_error() {
                continue;
            }
            let same_table = |base: &usize| {
                table(&rule.name).is_some() && table(&rule.name) == table(&judge.rules[*base].name)
            };
            let declared: Vec<usize> =
                rule.exception_to.iter().copied().filter(|base| !same_table(base)).collect();
            if declared.iter().any(|base| judge.rules[*base].has_error()) {
                continue;
            }
            let speaks =
                |base: &usize| judge.excepters(*base).contains(&at) && judge.has_part_for(*base, support);
            let bases: Vec<usize> = declared.into_iter().filter(speaks).collect();
            let gives = view.standing_grades(at, support).iter().any(|grade| GRANTING.contains(grade));
            let answers = |other: usize| {
                let layer = judge.rules[other].speaker.layer();
                let grades = || view.standing_grades(other, support);
                other != at
                    && (layer == own || binding.contains(&layer))
                    && grades().iter().any(|grade| *grade == Grade::MustNot || GRANTING.contains(grade))
            };
            let alone = !(0..judge.rules.len()).any(answers);
            let leaves = bases.iter().all(|base| self.leaves.contains(&(at, *base)));
            if gives && !bases.is_empty() && leaves && !bases.iter().any(|base| view.applies(*base)) && alone
            {
                let key = Key {
                    check: "escaping-exception",
                    module: judge.place.name().to_owned(),
                    support: Some(rule.name.clone()),
                    severity: Severity::Warning,
                    answered: false,
                };
                self.found.regions.entry(key).or_insert_with(|| Points::none(self.count)).insert(self.point);
            }
        }
    }
}
