//! What every check should find, by listing the citizens: docs/semantics.md, sections 5 and 6.

use super::grey::Zones;
use super::judge::{Grant, Judge, Verdict, View, may_except};
use super::points::Points;
use super::policy::{Basis, DATE, EffectKind, Grade, Layer, Policy, Speaker, Trial};
use super::rules::Flat;
use super::sets::{all_better, past_on_better_side, reaches_past_on_worse_side};
use hjemmel::{Day, Severity};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) const CHECKS: [&str; 30] = [
    "escaping-exception",
    "no-competence",
    "trial-without-effect",
    "undated",
    "contradiction",
    "grey-zone",
    "competing-duties",
    "duplicate-rule",
    "redundant-rule",
    "beyond-law",
    "fettered-discretion",
    "jump-at-boundary",
    "mixed-grades",
    "overlap",
    "undercut",
    "above-law",
    "over-ceiling",
    "silent-term",
    "gap",
    "coverage-ends",
    "expired",
    "renumbered-source",
    "unserved-right",
    "dead-rule",
    "hidden-by-assumption",
    "shadowed-rule",
    "missing-basis",
    "replaced-unit",
    "broken-silence",
    "against-guidance",
];

pub(crate) const DUE: [Grade; 2] = [Grade::Right, Grade::Must];
pub(super) const GRANTING: [Grade; 3] = [Grade::May, Grade::Right, Grade::Must];

/// What a set of profiles is told under.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    pub(crate) check: &'static str,
    pub(crate) module: String,
    pub(crate) support: Option<String>,
    pub(crate) severity: Severity,
    /// of `gap` and `unserved-right`: some rule of the municipality speaks, but not so that it counts
    pub(crate) answered: bool,
}

/// Whose end: a unit, maybe a support, and the last day.
pub(crate) type End = (String, Option<String>, Day);

/// All that should be found.
#[derive(Debug, Default)]
pub(crate) struct Expected {
    pub(crate) regions: BTreeMap<Key, Points>,
    /// the unit or the support that nobody serves any more, and the last day; where, and the rules that end
    pub(crate) coverage_ends: BTreeMap<End, (Points, BTreeSet<String>)>,
    /// whose rules are silent, and the term
    pub(crate) silent_terms: BTreeMap<(Speaker, String), Points>,
    /// check, rule, severity
    pub(crate) rules: BTreeSet<(&'static str, String, Severity)>,
}

impl Expected {
    /// The checks that fire.
    pub(crate) fn fired(&self) -> BTreeSet<&'static str> {
        let mut fired: BTreeSet<_> = self.regions.keys().map(|key| key.check).collect();
        fired.extend(self.rules.iter().map(|(check, _, _)| *check));
        if !self.coverage_ends.is_empty() {
            fired.insert("coverage-ends");
        }
        if !self.silent_terms.is_empty() {
            fired.insert("silent-term");
        }
        fired
    }
}

/// Every check over every profile, place by place: what the lov say together is told under the first.
pub(crate) fn expected(policy: &Policy, profiles: &[Vec<i64>]) -> Expected {
    let mut found = Expected::default();
    for place in policy.speakers().into_iter().filter(|place| *place != Speaker::OtherLaw) {
        let judge = Judge::new(policy, place);
        let mut finder = Finder::new(policy, &judge, profiles.len(), found);
        finder.place(profiles);
        found = finder.found;
    }
    let judge = Judge::new(policy, Speaker::Town);
    let mut finder = Finder::new(policy, &judge, profiles.len(), found);
    finder.ends_once();
    finder.renumbered();
    finder.expired();
    finder.ended_offers();
    finder.found
}

pub(super) struct Finder<'a> {
    pub(super) policy: &'a Policy,
    pub(super) judge: &'a Judge<'a>,
    pub(super) count: usize,
    pub(super) point: usize,
    /// an exception and a rule it is declared from that applies to somebody it does not apply to
    pub(super) leaves: BTreeSet<(usize, usize)>,
    pub(super) found: Expected,
    zones: Zones,
}

impl<'a> Finder<'a> {
    pub(super) fn new(policy: &'a Policy, judge: &'a Judge<'a>, count: usize, found: Expected) -> Self {
        Finder { policy, judge, count, point: 0, leaves: BTreeSet::new(), found, zones: Zones::default() }
    }

    fn place(&mut self, profiles: &[Vec<i64>]) {
        self.undated();
        let judge = self.judge;
        let own = |rule: &&Flat| rule.speaker.layer() == judge.place.layer();
        for profile in profiles.iter().filter(|profile| self.policy.exists(profile)) {
            let view = judge.at(profile);
            for (at, rule) in judge.rules.iter().enumerate().filter(|(_, rule)| own(rule)) {
                let left = rule.exception_to.iter().filter(|base| view.applies(**base) && !view.applies(at));
                self.leaves.extend(left.map(|base| (at, *base)));
            }
        }
        let mut applied = vec![false; judge.rules.len()];
        let mut active = vec![false; judge.rules.len()];
        for (point, profile) in profiles.iter().enumerate().filter(|(_, p)| self.policy.exists(p)) {
            self.point = point;
            let view = judge.at(profile);
            self.supports(&view);
            self.held(&view);
            if judge.place == Speaker::Town {
                self.gaps(&view, profile);
            }
            for (at, _) in judge.rules.iter().enumerate().filter(|(_, rule)| own(rule)) {
                applied[at] |= view.applies(at);
                active[at] |= view.any_part_active(at);
            }
        }
        self.against_guidance(profiles);
        if judge.place == Speaker::Guide {
            self.performed_against_guidance(profiles);
        }
        self.beyond(profiles);
        self.pairs(profiles);
        for (check, support, point) in std::mem::take(&mut self.zones).told() {
            self.point = point;
            self.tell(check, judge.place.name(), Some(support), Severity::Error);
        }
        for (at, rule) in judge.rules.iter().enumerate().filter(|(_, rule)| own(rule) && !rule.has_error()) {
            let hidden = self.is_hidden(at, profiles);
            let heard = |base: &usize| may_except(rule, &judge.rules[*base]);
            if self.judge.place == Speaker::Guide && binds(rule) {
                self.found.rules.insert(("no-competence", rule.name.clone(), Severity::Warning));
            }
            if !rule.exception_to.iter().all(heard) {
                self.found.rules.insert(("no-competence", rule.name.clone(), Severity::Error));
            }
            self.rule(rule, applied[at], active[at] || !judge.has_part(at), hidden);
        }
    }

    /// A header without a date, or without the kommuner of a forsøg.
    fn undated(&mut self) {
        let (policy, place) = (self.policy, self.judge.place);
        let changes = |basis: &Basis| match basis {
            Basis::Law => !policy.law_editions.is_empty(),
            Basis::OtherLaw => !policy.other_law_editions.is_empty(),
            Basis::Source => !policy.source_editions.is_empty(),
        };
        let cites = |rule: &Flat| rule.clauses.valid.is_none() && rule.clauses.basis.iter().any(changes);
        let undated = match place {
            Speaker::Law | Speaker::OtherLaw | Speaker::Guide => false,
            Speaker::Trial => policy.trial.as_ref().is_some_and(Trial::is_undated),
            _ => {
                let mut own = self.judge.rules.iter().filter(|rule| rule.speaker == place);
                !policy.adopted.contains(&place) && own.any(cites)
            }
        };
        if undated {
            self.found.rules.insert(("undated", place.name().to_owned(), Severity::Warning));
        }
    }

    /// Nothing but the assumptions keeps the rule from applying.
    fn is_hidden(&self, at: usize, profiles: &[Vec<i64>]) -> bool {
        let conditions = &self.judge.rules[at].conditions;
        profiles.iter().any(|profile| self.judge.at(profile).applies(at))
            && !profiles.iter().filter(|profile| self.policy.exists(profile)).any(|profile| {
                let view = self.judge.at(profile);
                conditions.iter().all(|cond| view.holds(at, cond))
            })
    }

    pub(super) fn tell(
        &mut self,
        check: &'static str,
        module: &str,
        support: Option<usize>,
        severity: Severity,
    ) {
        self.tell_part(check, module, support, severity, false);
    }

    pub(super) fn tell_part(
        &mut self,
        check: &'static str,
        module: &str,
        support: Option<usize>,
        severity: Severity,
        answered: bool,
    ) {
        let support = support.map(|support| self.policy.supports[support].name.clone());
        let key = Key { check, module: module.to_owned(), support, severity, answered };
        self.found.regions.entry(key).or_insert_with(|| Points::none(self.count)).insert(self.point);
    }

    fn supports(&mut self, view: &View) {
        let (place, own) = (self.judge.place, self.judge.place.layer());
        let binding = self.policy.binding(place, own);
        for support in self.judge.judged.clone() {
            if !self.in_doubt(view, support) {
                self.escaping_exceptions(view, support);
            }
            if !view.is_told(support) {
                continue;
            }
            let verdict = view.verdict(own, support);
            if !self.excepts_in_doubt(view, &[own], support) {
                self.within(view, place, &verdict, support);
                self.exclusions(view, &verdict, support);
            }
            let above: Vec<Verdict> = binding.iter().map(|layer| view.verdict(*layer, support)).collect();
            if !self.in_doubt(view, support) {
                for (layer, law) in binding.iter().zip(&above) {
                    let replaced = self.replacements(view, law, support).next().is_some();
                    self.compared(place, *layer, law, &verdict, support, replaced);
                    if *layer == Layer::Of(Speaker::Trial) {
                        self.trial_without_effect(view, &above[0], law, &verdict, support);
                    }
                }
            }
            if place == Speaker::Town && !self.excepts_in_doubt(view, &binding, support) {
                self.unserved_right(view, &above, support);
            }
        }
    }

    fn compared(
        &mut self,
        place: Speaker,
        layer: Layer,
        law: &Verdict,
        own: &Verdict,
        support: usize,
        replaced: bool,
    ) {
        if !replaced {
            self.undercut_grant(place, law, own, support);
        }
        if layer != Layer::Of(Speaker::Trial) {
            self.above_law_grant(place, law, own, support);
        }
        for term in 0..self.policy.terms.len() {
            self.compare_term(place, layer, law, own, support, term);
            self.silent_term(place, law, own, support, term);
        }
    }

    /// The rules with an error that are heard here and may speak of the support.
    fn doubtful<'v>(&'v self, view: &'v View, support: usize) -> impl Iterator<Item = &'v Flat> {
        let rules = self.judge.rules.iter().enumerate();
        let here = rules.filter(|(_, rule)| self.judge.layers.contains(&rule.speaker.layer()));
        here.filter(move |(at, rule)| rule.may_speak(self.policy, support) && view.reaches(*at))
            .map(|(_, rule)| rule)
    }

    pub(super) fn in_doubt(&self, view: &View, support: usize) -> bool {
        self.doubtful(view, support).next().is_some()
    }

    /// One of them is an exception from a rule of these layers.
    pub(super) fn excepts_in_doubt(&self, view: &View, layers: &[Layer], support: usize) -> bool {
        self.doubtful(view, support).any(|rule| {
            rule.exception_to.iter().any(|base| {
                let of = self.judge.rules[*base].speaker.layer();
                layers.contains(&of)
                    && (of == rule.speaker.layer() || (of == Layer::Law && rule.speaker == Speaker::Trial))
            })
        })
    }

    /// The checks of one layer alone; what the lov say together is told under the first.
    fn within(&mut self, view: &View, speaker: Speaker, verdict: &Verdict, support: usize) {
        self.zones.look(view, support, verdict, self.point);
        self.contradiction(speaker.name(), verdict, support);
        self.mixed_grades(speaker.name(), verdict, support);
        self.overlap(speaker.name(), verdict, support);
    }

    fn contradiction(&mut self, module: &str, verdict: &Verdict, support: usize) {
        // a precondition that fails is looked at together with the grey zone
        let refused = verdict.stands_firm(&[Grade::MustNot])
            && verdict.stands_firm(&[Grade::May, Grade::Right, Grade::Must]);
        let all_closed = verdict.contradicted && self.policy.supports[support].is_kind;
        if refused || all_closed || verdict.contradicted_terms.contains(&true) {
            self.tell("contradiction", module, Some(support), Severity::Error);
        }
    }

    fn mixed_grades(&mut self, module: &str, verdict: &Verdict, support: usize) {
        let due = verdict.stands(Grade::Must) || verdict.stands(Grade::Right);
        if verdict.stands(Grade::May) && due {
            let firm = verdict.stands_firm(&[Grade::May]) && verdict.stands_firm(&DUE);
            let severity = if firm { Severity::Error } else { Severity::Warning };
            self.tell("mixed-grades", module, Some(support), severity);
        }
        let two_dues = verdict.stands(Grade::Must) && verdict.stands(Grade::Right);
        let assess = verdict.stands(Grade::MustAssess);
        if two_dues || (assess && (verdict.stands(Grade::May) || verdict.stands(Grade::Must))) {
            self.tell("mixed-grades", module, Some(support), Severity::Note);
        }
    }

    fn overlap(&mut self, module: &str, verdict: &Verdict, support: usize) {
        let settled = |(term, _): &(usize, _)| !verdict.contradicted_terms[*term];
        for (_, bounds) in verdict.bounds.iter().enumerate().filter(settled) {
            for (one, first, _) in bounds {
                for (other, second, _) in bounds {
                    if one < other && first != second && first & second != 0 {
                        self.tell("overlap", module, Some(support), Severity::Warning);
                    }
                }
            }
        }
    }

    fn undercut_grant(&mut self, speaker: Speaker, law: &Verdict, town: &Verdict, support: usize) {
        if law.contradicted || town.contradicted {
            return;
        }
        let is_kind = self.policy.supports[support].is_kind;
        let own = law.stands(Grade::Must) || law.stands(Grade::Right);
        // a blocked kan is not lower than the law's kan
        let conditional = town.grant == Grant::None && town.stands(Grade::May) && law.grant == Grant::May;
        let lower = law.speaks && town.speaks && town.grant < law.grant && !conditional && (own || !is_kind);
        let not_assessed = town.grant == Grant::Forbidden && law.stands(Grade::MustAssess);
        let barred = town.blocked() && law.grant >= Grant::Right;
        if lower || not_assessed || barred {
            let firm = town.grant_rules.iter().any(|(_, firm)| *firm);
            let severity = if firm { Severity::Error } else { Severity::Warning };
            self.tell("undercut", speaker.name(), Some(support), severity);
        }
    }

    fn above_law_grant(&mut self, speaker: Speaker, law: &Verdict, town: &Verdict, support: usize) {
        let own = town.stands(Grade::Must) || town.stands(Grade::Right);
        let compared = law.speaks
            && town.speaks
            && !law.contradicted
            && !town.contradicted
            && (own || !self.policy.supports[support].is_kind);
        if compared
            && town.granted()
            && matches!(law.grant, Grant::May | Grant::Right)
            && town.grant > law.grant
        {
            self.tell("above-law", speaker.name(), Some(support), Severity::Note);
        }
    }

    fn compare_term(
        &mut self,
        speaker: Speaker,
        layer: Layer,
        law: &Verdict,
        town: &Verdict,
        support: usize,
        term: usize,
    ) {
        let law_set = law.bounds[term].iter().map(|(_, set, _)| *set).reduce(|a, b| a & b);
        let Some(law_set) = law_set.filter(|set| *set != 0 && !law.contradicted_terms[term]) else { return };
        let local = &town.bounds[term];
        let Some(common) = local.iter().map(|(_, set, _)| *set).reduce(|a, b| a & b) else { return };
        let better = self.policy.terms[term].more_is_better;
        let over = self.over_ceiling(law, local, term);
        if let Some(severity) = over {
            self.tell("over-ceiling", speaker.name(), Some(support), severity);
        }
        let ceiling = self.ceiling(law, term);
        let sets: Vec<(u64, bool)> = if common == 0 {
            local.iter().map(|(_, set, firm)| (*set, *firm)).collect()
        } else {
            let firm = local.iter().filter(|(_, _, firm)| *firm).map(|(_, set, _)| *set).reduce(|a, b| a & b);
            let apart = |set: u64| set & law_set == 0 && !all_better(set, law_set, better);
            vec![(common, firm.is_some_and(apart))]
        };
        for (set, firm) in sets {
            if set & law_set == 0 && !all_better(set, law_set, better) {
                let severity = if firm { Severity::Error } else { Severity::Warning };
                self.tell("undercut", speaker.name(), Some(support), severity);
            } else if reaches_past_on_worse_side(set, law_set, better) {
                self.tell("undercut", speaker.name(), Some(support), Severity::Warning);
            }
            let trial = layer == Layer::Of(Speaker::Trial);
            let past = past_on_better_side(set, law_set, better, ceiling.is_some());
            if common != 0 && !trial && over.is_none() && past {
                self.tell("above-law", speaker.name(), Some(support), Severity::Note);
            }
        }
    }

    fn silent_term(&mut self, speaker: Speaker, law: &Verdict, town: &Verdict, support: usize, term: usize) {
        if self.policy.supports[support].is_kind || !town.granted() || !town.bounds[term].is_empty() {
            return;
        }
        let of_term = &self.policy.terms[term];
        if !law.bounds[term].is_empty() && of_term.more_is_better.is_some() {
            let key = (speaker, of_term.name.clone());
            let points = self.found.silent_terms.entry(key).or_insert_with(|| Points::none(self.count));
            points.insert(self.point);
        }
    }

    fn unserved_right(&mut self, view: &View, above: &[Verdict], support: usize) {
        // the own ret or skal of a kind; of a support, its grant is forbidden where må ikke stands too
        let is_due = |law: &Verdict| {
            let own = law.stands(Grade::Must) || law.stands(Grade::Right);
            own && law.grant >= Grant::Right && !law.contradicted && !law.blocked()
        };
        let met = |law: &Verdict| {
            self.replacements(view, law, support).any(|other| {
                self.town_rules().any(|(at, rule)| {
                    let named = !rule.clauses.places.is_empty() || rule.clauses.responsible;
                    named && !view.active_grades(at, other).is_empty()
                })
            })
        };
        let asked = self.policy.is_given(support)
            && !self.policy.departments.is_empty()
            && above.iter().any(|law| is_due(law) && !met(law));
        if asked && !self.is_served(view, support) {
            if let Some((day, rules)) = self.lost_service(view, support) {
                let name = self.policy.supports[support].name.clone();
                return self.tell_end((Speaker::Town.name().to_owned(), Some(name), day), rules);
            }
            let granting = [Grade::May, Grade::Right, Grade::Must];
            let members =
                (0..self.policy.supports.len()).filter(|other| self.policy.is_above(support, *other));
            let restated =
                members.chain([support]).filter(|other| self.judge.judged.contains(other)).any(|other| {
                    let (kind, leaf) = (other == support, !self.policy.supports[other].is_kind);
                    let own = view.verdict(Layer::Of(Speaker::Town), other);
                    (kind || leaf) && granting.iter().any(|grade| own.stands(*grade))
                });
            let town = Speaker::Town.name();
            self.tell_part("unserved-right", town, Some(support), Severity::Error, restated);
        }
    }

    pub(super) fn is_served(&self, view: &View, support: usize) -> bool {
        let below = |other: &&usize| self.policy.is_at_or_above(support, **other);
        let spoken_of: Vec<usize> = self.judge.judged.iter().filter(below).copied().collect();
        self.town_rules().any(|(at, rule)| {
            let named = !rule.clauses.places.is_empty() || rule.clauses.responsible;
            let active = spoken_of.iter().any(|spoken| !view.active_grades(at, *spoken).is_empty());
            (named && active) || self.covers_by_error(view, at)
        })
    }

    pub(super) fn town_rules(&self) -> impl Iterator<Item = (usize, &Flat)> {
        self.judge.rules.iter().enumerate().filter(|(_, rule)| rule.speaker == Speaker::Town)
    }

    pub(super) fn covers_by_error(&self, view: &View, rule: usize) -> bool {
        self.judge.rules[rule].has_error() && view.reaches(rule)
    }

    fn rule(&mut self, rule: &Flat, applied: bool, active: bool, hidden: bool) {
        let days = self.policy.facts[DATE].domain.values();
        let in_force = days.iter().any(|day| rule.in_force(self.policy, &[*day]));
        if hidden {
            self.found.rules.insert(("hidden-by-assumption", rule.name.clone(), Severity::Note));
        } else if in_force && !applied && (rule.speaker != Speaker::Guide || rule.asks().is_empty()) {
            self.found.rules.insert(("dead-rule", rule.name.clone(), Severity::Error));
        }
        if applied && !active {
            self.found.rules.insert(("shadowed-rule", rule.name.clone(), Severity::Warning));
        }
        let replaced =
            self.policy.words.successor.is_some_and(|from| {
                days.iter().any(|day| *day >= from && rule.in_force(self.policy, &[*day]))
            });
        if rule.clauses.responsible && replaced {
            self.found.rules.insert(("replaced-unit", rule.name.clone(), Severity::Warning));
        }
        let silent = |(_, effect): (Grade, &super::policy::Effect)| {
            effect.targets.iter().any(|target| {
                self.policy.words.silent.iter().any(|silent| self.policy.is_at_or_above(*silent, *target))
            })
        };
        if rule.speaker == Speaker::Town && rule.grades().any(silent) {
            self.found.rules.insert(("broken-silence", rule.name.clone(), Severity::Warning));
        }
        let nowhere =
            rule.speaker == Speaker::Trial && self.policy.trial.as_ref().is_some_and(Trial::is_undated);
        if rule.clauses.basis == [] as [Basis; 0] && !nowhere {
            let burdens = rule.effects.iter().any(|effect| match &effect.kind {
                EffectKind::Grade { grade, duty, only_when } => {
                    *duty || only_when.is_some() || matches!(grade, Grade::Must | Grade::MustNot)
                }
                EffectKind::Precondition(_) => true,
                EffectKind::Terms | EffectKind::Lapses | EffectKind::Perform { .. } => false,
            });
            let severity = if burdens { Severity::Error } else { Severity::Warning };
            self.found.rules.insert(("missing-basis", rule.name.clone(), severity));
        }
    }
}

/// A rule says what a vejledning cannot say.
fn binds(rule: &Flat) -> bool {
    rule.effects.iter().any(|effect| match &effect.kind {
        EffectKind::Grade { grade, duty, only_when } => {
            let binding = [Grade::Right, Grade::Must, Grade::MustNot, Grade::MustAssess];
            *duty || only_when.is_some() || binding.contains(grade)
        }
        EffectKind::Precondition(_) => true,
        EffectKind::Terms | EffectKind::Lapses | EffectKind::Perform { .. } => false,
    })
}
