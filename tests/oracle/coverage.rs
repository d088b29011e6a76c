//! Whom a municipality promises something and no rule reaches, who lost the last rule, and what has ended:
//! docs/semantics.md, section 7.

use super::checks::{End, Expected, Finder};
use super::grey::is_grey;
use super::judge::View;
use super::points::Points;
use super::policy::{Basis, Cond, DATE, Grade, Speaker, Trial};
use super::rules::{Flat, last};
use hjemmel::{Day, Severity};
use std::collections::BTreeSet;

impl Finder<'_> {
    pub(super) fn gaps(&mut self, view: &View, profile: &[i64]) {
        let Some((cond, promised)) = self.policy.scope.as_ref() else { return };
        if !self.policy.holds(cond, profile) {
            return;
        }
        let serves = |(_, scope): &(String, Option<Cond>)| self.policy.holds_if_any(scope.as_ref(), profile);
        let departments = &self.policy.departments;
        let town = Speaker::Town.name();
        let mut units: Vec<(String, Option<usize>)> = Vec::new();
        if !departments.iter().any(serves) {
            units.push((town.to_owned(), None));
        }
        for (at, department) in departments.iter().enumerate().filter(|(_, department)| serves(department)) {
            units.push((format!("{town}.{}", department.0), Some(at)));
        }
        for (unit, department) in units {
            if self.is_covered(view, promised, department) {
                continue;
            }
            match self.lost(view, promised, department) {
                Some((day, rules)) => self.tell_end((unit, None, day), rules),
                None if self.is_in_a_zone(view, promised) => {}
                None => {
                    let general = self.is_answered_generally(view, promised, department);
                    self.tell_part("gap", &unit, None, Severity::Error, general);
                }
            }
        }
    }

    /// The latest day on which the citizen lost a rule, and the rules lost then.
    fn lost(&self, view: &View, promised: &[usize], department: Option<usize>) -> Option<(Day, Vec<String>)> {
        let (first, last) = self.policy.window;
        let mut lost: Vec<(Day, String)> = Vec::new();
        for (at, rule) in self.unit_rules(department).filter(|(_, rule)| !rule.has_error()) {
            let Some(day) = rule.last_day(self.policy) else { continue };
            let judged = &self.judge.judged;
            let would_count = || {
                judged.iter().any(|support| {
                    let mut grades = self.judge.grades_for(at, *support).into_iter();
                    grades.any(|grade| self.counts(grade, promised, rule.clauses.responsible))
                        && !view.all_aside(at, *support)
                })
            };
            let gone = first <= day && day < last && day < view.profile[DATE];
            if gone && view.meets(at) && would_count() {
                lost.push((day, rule.name.clone()));
            }
        }
        let latest = lost.iter().map(|(day, _)| *day).max()?;
        Some((latest, lost.into_iter().filter(|(day, _)| *day == latest).map(|(_, rule)| rule).collect()))
    }

    /// The latest day on which the citizen lost who served a support, and the rules lost then.
    pub(super) fn lost_service(&self, view: &View, support: usize) -> Option<(Day, Vec<String>)> {
        let (first, last) = self.policy.window;
        let mut lost: Vec<(Day, String)> = Vec::new();
        for (at, rule) in self.town_rules().filter(|(_, rule)| !rule.has_error()) {
            let Some(day) = rule.last_day(self.policy) else { continue };
            let named = !rule.clauses.places.is_empty() || rule.clauses.responsible;
            let below =
                self.judge.judged.iter().filter(|spoken| self.policy.is_at_or_above(support, **spoken));
            let mut speaking = below.filter(|spoken| !self.judge.grades_for(at, **spoken).is_empty());
            let gone = first <= day && day < last && day < view.profile[DATE];
            if named && gone && view.meets(at) && speaking.any(|spoken| !view.all_aside(at, *spoken)) {
                lost.push((day, rule.name.clone()));
            }
        }
        let latest = lost.iter().map(|(day, _)| *day).max()?;
        Some((latest, lost.into_iter().filter(|(day, _)| *day == latest).map(|(_, rule)| rule).collect()))
    }

    pub(super) fn tell_end(&mut self, end: End, rules: Vec<String>) {
        let none = (Points::none(self.count), BTreeSet::new());
        let (points, named) = self.found.coverage_ends.entry(end).or_insert(none);
        points.insert(self.point);
        named.extend(rules);
    }

    /// An end of a support is not told where the ends of units name all its rules.
    pub(super) fn ends_once(&mut self) {
        let ends = &mut self.found.coverage_ends;
        let of_units = ends.iter().filter(|((_, support, _), _)| support.is_none());
        let named: BTreeSet<String> = of_units.flat_map(|(_, (_, rules))| rules.iter().cloned()).collect();
        ends.retain(|(_, support, _), (_, rules)| support.is_none() || !rules.is_subset(&named));
    }

    /// The municipality's own rules leave the citizen in the grey zone with something promised.
    fn is_in_a_zone(&self, view: &View, promised: &[usize]) -> bool {
        let own = self.judge.place.layer();
        let below =
            |support: &&usize| promised.iter().any(|kind| self.policy.is_at_or_above(*kind, **support));
        self.judge.judged.iter().filter(below).any(|support| {
            !self.excepts_in_doubt(view, &[own], *support)
                && is_grey(view, *support, &view.verdict(own, *support))
        })
    }

    /// The rules that may speak in a department, or in the municipality outside them.
    fn unit_rules(&self, department: Option<usize>) -> impl Iterator<Item = (usize, &Flat)> {
        self.town_rules().filter(move |(_, rule)| {
            department.is_none_or(|department| {
                rule.clauses.places.is_empty() || rule.clauses.places.contains(&department)
            })
        })
    }

    /// A grade on a target is about what is promised, and weighty enough.
    fn counts(&self, (grade, target): (Grade, usize), promised: &[usize], responsible: bool) -> bool {
        promised.iter().any(|promise| {
            let below = self.policy.is_at_or_above(*promise, target);
            let above = self.policy.is_above(target, *promise);
            if self.policy.supports[target].is_kind {
                (below || above) && (matches!(grade, Grade::Must | Grade::Right) || responsible)
            } else {
                below
            }
        })
    }

    pub(super) fn is_covered(&self, view: &View, promised: &[usize], department: Option<usize>) -> bool {
        self.unit_rules(department).any(|(at, rule)| {
            let counts = |grade| self.counts(grade, promised, rule.clauses.responsible);
            let mut judged = self.judge.judged.iter();
            let active = judged.any(|support| view.active_grades(at, *support).into_iter().any(counts));
            active || self.covers_by_error(view, at)
        })
    }

    /// Some grade would count if its rule named an `ansvarlig`.
    fn is_answered_generally(&self, view: &View, promised: &[usize], department: Option<usize>) -> bool {
        self.unit_rules(department).any(|(at, _)| {
            let counts = |grade| self.counts(grade, promised, true);
            let mut judged = self.judge.judged.iter();
            judged.any(|support| view.active_grades(at, *support).into_iter().any(counts))
        })
    }

    /// Rules that outlive a paragraph they cite whose successor is known.
    pub(super) fn renumbered(&mut self) {
        let policy = self.policy;
        let horizon = policy.reference.map_or(policy.window.1, |day| day.max(policy.window.1));
        for rule in self.judge.rules.iter().filter(|rule| !rule.has_error()) {
            let outlived = |basis: &Basis| {
                let successor = policy.successors.iter().find(|(old, _)| old == basis);
                let end = last(policy, |day| policy.in_force(*basis, day));
                successor.zip(end).is_some_and(|((_, new), end)| {
                    let mut after = end + 1..=horizon;
                    after.any(|day| rule.means_to_hold(policy, day)) && !rule.clauses.basis.contains(new)
                })
            };
            if rule.clauses.basis.iter().any(outlived) {
                self.found.rules.insert(("renumbered-source", rule.name.clone(), Severity::Warning));
            }
        }
    }

    /// Rules of the municipalities that have ended and are told nowhere else.
    pub(super) fn expired(&mut self) {
        let (policy, Some(reference)) = (self.policy, self.policy.reference) else { return };
        let told_elsewhere = |rule: &Flat, found: &Expected| {
            let ends = found.coverage_ends.values().any(|(_, rules)| rules.contains(&rule.name));
            ends || found.rules.contains(&("renumbered-source", rule.name.clone(), Severity::Warning))
        };
        let undated = policy.trial.as_ref().is_some_and(Trial::is_undated);
        let asked = |rule: &&Flat| {
            let silent = undated && rule.speaker == Speaker::Trial;
            !rule.has_error() && !rule.speaker.is_law() && !silent
        };
        for rule in self.judge.rules.iter().filter(asked) {
            let Some(end) = rule.first_end(policy).filter(|end| *end < reference) else { continue };
            let near = |one: &usize, other: &usize| {
                policy.is_at_or_above(*one, *other) || policy.is_at_or_above(*other, *one)
            };
            let taken_over = self.judge.rules.iter().any(|next| {
                let begins = next.in_force_on(policy, end + 1)
                    && !(policy.window.0 - 20..=end).any(|day| next.in_force_on(policy, day));
                let mut named = next.effects.iter().flat_map(|effect| &effect.targets);
                let own = || rule.effects.iter().flat_map(|effect| &effect.targets);
                next.speaker == rule.speaker
                    && !next.has_error()
                    && begins
                    && named.any(|one| own().any(|other| near(one, other)))
            });
            if !taken_over && !told_elsewhere(rule, &self.found) {
                self.found.rules.insert(("expired", rule.name.clone(), Severity::Warning));
            }
        }
    }
}
