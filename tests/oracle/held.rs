//! Rules held against the law, and neighbours against one another: docs/semantics.md, section 5.

use super::checks::{DUE, Finder};
use super::judge::{Grant, Verdict, View};
use super::policy::{Basis, Cond, DATE, Domain, EffectKind, Grade, Layer, Policy, Speaker};
use super::rules::Flat;
use hjemmel::Severity;
use std::collections::BTreeSet;

const GIVING: [Grade; 3] = [Grade::May, Grade::Right, Grade::Must];

impl Finder<'_> {
    pub(super) fn held(&mut self, view: &View) {
        self.competing(view);
        if self.judge.place == Speaker::Town && self.policy.binding {
            self.fettered(view);
        }
        if self.judge.place != Speaker::Law {
            self.jumps(view);
        }
    }

    fn competing(&mut self, view: &View) {
        let (place, own) = (self.judge.place, self.judge.place.layer());
        let binding = self.policy.binding(place, own);
        let due = |layer: Layer, support: usize| {
            let verdict = view.verdict(layer, support);
            let settled = !self.excepts_in_doubt(view, &[layer], support);
            settled && verdict.stands_firm(&DUE) && !verdict.contradicted
        };
        let supports = &self.policy.supports;
        let kinds = (0..supports.len()).filter(|kind| supports[*kind].is_kind);
        let competes = |kind: &usize| {
            let below = |at: &usize| !supports[*at].is_kind && supports[*at].parent == Some(*kind);
            let above = |support: usize| binding.iter().any(|layer| due(*layer, support));
            let heard: Vec<usize> = (0..supports.len())
                .filter(below)
                .filter(|support| due(own, *support) || above(*support))
                .collect();
            heard.iter().enumerate().any(|(at, one)| {
                heard[at + 1..].iter().any(|other| {
                    let both_above = above(*one) && above(*other);
                    !self.are_related(*one, *other) && !both_above
                })
            })
        };
        for kind in kinds.filter(competes).collect::<Vec<_>>() {
            self.tell("competing-duties", place.name(), Some(kind), Severity::Warning);
        }
    }

    fn are_related(&self, one: usize, other: usize) -> bool {
        let words = &self.policy.words;
        let beside = words.is_supplemented(self.policy, one, other);
        beside
            || [(one, other), (other, one)].into_iter().any(|(from, to)| {
                words.excluding(self.policy, from).contains(&to)
                    || words.replacing(self.policy, from).contains(&to)
            })
    }

    fn fettered(&mut self, view: &View) {
        let given = |at: &usize| self.policy.is_given(*at) && !self.policy.supports[*at].is_kind;
        for support in (0..self.policy.supports.len()).filter(given) {
            let law = view.verdict(Layer::Law, support);
            if self.in_doubt(view, support) || law.contradicted || law.grant < Grant::May {
                continue;
            }
            let local = view.verdict(self.judge.place.layer(), support);
            let may = law.grant == Grant::May;
            let refused = may && local.stands_firm(&[Grade::MustNot]);
            let capped = (0..self.policy.terms.len()).any(|term| {
                let mut firm = local.bounds[term].iter().filter(|(_, _, firm)| *firm);
                firm.any(|(rule, set, _)| (may || self.asks_a_person(*rule)) && self.caps(&law, term, *set))
            });
            if refused || capped {
                self.tell("fettered-discretion", Speaker::Town.name(), Some(support), Severity::Warning);
            }
        }
    }

    fn asks_a_person(&self, rule: usize) -> bool {
        let facts = facts_of(self.policy, &self.judge.rules[rule].conditions);
        facts.iter().any(|fact| self.policy.facts[*fact].assessed)
    }

    fn caps(&self, law: &Verdict, term: usize, set: u64) -> bool {
        let all = (1_u64 << self.policy.terms[term].domain.values().len()) - 1;
        let open = law.bounds[term].iter().fold(all, |open, (_, set, _)| open & set);
        open != 0
            && set != 0
            && !matches!(self.policy.terms[term].domain, Domain::List { .. })
            && match self.policy.terms[term].more_is_better {
                Some(true) => open.leading_zeros() < set.leading_zeros(),
                Some(false) => open.trailing_zeros() < set.trailing_zeros(),
                None => false,
            }
    }

    fn jumps(&mut self, view: &View) {
        let layer = self.judge.place.layer();
        let given = |at: &usize| self.policy.is_given(*at) && !self.policy.supports[*at].is_kind;
        let supports: Vec<usize> = (0..self.policy.supports.len()).filter(given).collect();
        for (fact, declared) in self.policy.facts.iter().enumerate().skip(1) {
            let values = declared.domain.values();
            let Some(at) = values.iter().position(|value| *value == view.profile[fact]) else { continue };
            let Some(next) = values.get(at + 1).filter(|_| declared.domain.ordered()) else { continue };
            let mut neighbour = view.profile.to_vec();
            neighbour[fact] = *next;
            if !self.policy.exists(&neighbour) {
                continue;
            }
            let other = self.judge.at(&neighbour);
            for support in &supports {
                let doubt = self.in_doubt(view, *support) || self.in_doubt(&other, *support);
                let (one, two) = (view.verdict(layer, *support), other.verdict(layer, *support));
                if !doubt && differ(&one, &two) && self.is_between_two(*support, view, &other) {
                    self.tell("jump-at-boundary", self.judge.place.name(), Some(*support), Severity::Note);
                }
            }
        }
    }

    /// One rule ends here, another begins, and they come from two departments or two tables.
    fn is_between_two(&self, support: usize, here: &View, there: &View) -> bool {
        let active = |view: &View, rule: usize| !view.active_grades(rule, support).is_empty();
        let own: Vec<usize> = (0..self.judge.rules.len())
            .filter(|at| {
                let rule = &self.judge.rules[*at];
                rule.speaker == self.judge.place && !rule.has_error() && !rule.clauses.reason
            })
            .collect();
        let ends = own.iter().filter(|rule| active(here, **rule) && !active(there, **rule));
        let begins = || own.iter().filter(|rule| !active(here, **rule) && active(there, **rule));
        ends.into_iter().any(|one| begins().any(|other| self.are_apart(*one, *other, support)))
    }

    fn are_apart(&self, one: usize, other: usize, support: usize) -> bool {
        let (first, second) = (&self.judge.rules[one], &self.judge.rules[other]);
        let (here, there) = (&first.clauses.places, &second.clauses.places);
        let departments =
            !here.is_empty() && !there.is_empty() && !here.iter().any(|place| there.contains(place));
        let table = |rule: &Flat| rule.name.splitn(3, '.').nth(2).map(|row| rule.name.len() - row.len());
        let tables = match (table(first), table(second)) {
            (Some(a), Some(b)) => first.name[..a] != second.name[..b],
            _ => false,
        };
        let says = |rule: usize| {
            let grades: BTreeSet<Grade> =
                self.judge.grades_for(rule, support).into_iter().map(|(grade, _)| grade).collect();
            let bounds = (0..self.policy.terms.len()).map(|term| self.bounds_by_day(rule, support, term));
            (grades, bounds.collect::<Vec<_>>())
        };
        (departments || tables) && says(one) != says(other)
    }

    /// The sets a rule bounds a term by, day by day.
    pub(super) fn bounds_by_day(&self, rule: usize, support: usize, term: usize) -> Vec<BTreeSet<u64>> {
        let days = self.policy.facts[DATE].domain.values();
        let on = |day| self.judge.bounds_for(rule, support, term, day).into_iter().collect();
        days.into_iter().map(on).collect()
    }

    /// Duties without a law, and supports no law could give.
    pub(super) fn beyond(&mut self, profiles: &[Vec<i64>]) {
        let place = self.judge.place;
        if place.is_law() || matches!(place, Speaker::Trial | Speaker::Guide) {
            return;
        }
        let given = self.judge.judged.iter().copied().filter(|support| self.policy.is_given(*support));
        for support in given.collect::<Vec<_>>() {
            let near = |other: &usize| {
                self.policy.is_at_or_above(*other, support) || self.policy.is_at_or_above(support, *other)
            };
            let related: Vec<usize> = self.judge.judged.iter().copied().filter(near).collect();
            let own: Vec<usize> = (0..self.judge.rules.len())
                .filter(|rule| self.judge.rules[*rule].speaker == place && self.is_known(*rule, &related))
                .collect();
            if !own.is_empty() {
                self.beyond_on(support, &related, &own, profiles);
            }
        }
    }

    /// Every provision it cites lies in a lov that says something of the support.
    fn is_known(&self, rule: usize, related: &[usize]) -> bool {
        let flat = &self.judge.rules[rule];
        let speaks = |lov: Speaker| {
            (0..self.judge.rules.len()).any(|at| {
                let other = &self.judge.rules[at];
                let says = |support: &usize| !self.judge.grades_for(at, *support).is_empty();
                other.speaker == lov && !other.has_error() && related.iter().any(says)
            })
        };
        let basis = &flat.clauses.basis;
        !flat.has_error()
            && !basis.is_empty()
            && basis.iter().all(|basis| match basis {
                Basis::Law => speaks(Speaker::Law),
                Basis::OtherLaw => speaks(Speaker::OtherLaw),
                Basis::Source => false,
            })
    }

    fn beyond_on(&mut self, support: usize, related: &[usize], own: &[usize], profiles: &[Vec<i64>]) {
        let place = self.judge.place;
        let is_law = |rule: &Flat| {
            let laws = [Layer::Law, Layer::Of(Speaker::Trial)];
            let layer = rule.speaker.layer();
            laws.contains(&layer) && self.judge.layers.contains(&layer)
        };
        let existing = || profiles.iter().enumerate().filter(|(_, profile)| self.policy.exists(profile));
        let mut laid = BTreeSet::new();
        let mut givable = BTreeSet::new();
        for (point, profile) in existing() {
            let view = self.judge.at(profile);
            for (at, rule) in self.judge.rules.iter().enumerate().filter(|(_, rule)| is_law(rule)) {
                let unreadable = rule.has_error() && view.reaches(at);
                let active: Vec<(Grade, usize)> =
                    related.iter().flat_map(|support| view.active_grades(at, *support)).collect();
                let permits = |(grade, _): &(Grade, usize)| {
                    GIVING.contains(grade) || matches!(grade, Grade::Should | Grade::MustAssess)
                };
                if unreadable || active.iter().any(|(grade, target)| has_duty(rule, *grade, *target)) {
                    laid.insert(point);
                }
                if unreadable || active.iter().any(permits) {
                    givable.insert(point);
                }
            }
        }
        let mut told = Vec::new();
        for rule in own {
            let flat = &self.judge.rules[*rule];
            let mut asked = facts_of(self.policy, &flat.conditions);
            let scopes = flat.clauses.places.iter().filter_map(|at| self.policy.departments[*at].1.clone());
            asked.extend(facts_of(self.policy, &scopes.collect::<Vec<_>>()));
            asked.insert(DATE);
            let shared = |point: usize| -> Vec<i64> { asked.iter().map(|at| profiles[point][*at]).collect() };
            let permitted: BTreeSet<Vec<i64>> = givable.iter().map(|point| shared(*point)).collect();
            for (point, profile) in existing() {
                let view = self.judge.at(profile);
                if self.excepts_in_doubt(&view, &[place.layer()], support) {
                    continue;
                }
                let burdens = view.active_grades(*rule, support);
                let burdens = burdens.iter().any(|(grade, target)| has_duty(flat, *grade, *target));
                let laid_here = burdens && !laid.contains(&point);
                if laid_here {
                    told.push((if laid.is_empty() { Severity::Error } else { Severity::Warning }, point));
                }
                let standing = view.verdict(place.layer(), support).standing;
                let gives = standing.iter().any(|said| said.rule == *rule && GIVING.contains(&said.grade));
                if gives && !laid_here && flat.asks().is_empty() && !permitted.contains(&shared(point)) {
                    told.push((Severity::Warning, point));
                }
            }
        }
        for (severity, point) in told {
            self.point = point;
            self.tell("beyond-law", place.name(), None, severity);
        }
    }
}

fn differ(one: &Verdict, other: &Verdict) -> bool {
    let common = |verdict: &Verdict| -> Vec<Option<u64>> {
        let sets = |bounds: &Vec<(usize, u64, bool)>| bounds.iter().map(|b| b.1).reduce(|a, b| a & b);
        verdict.bounds.iter().map(sets).collect()
    };
    one.grant != other.grant || ((one.granted() || other.granted()) && common(one) != common(other))
}

fn has_duty(rule: &Flat, grade: Grade, target: usize) -> bool {
    rule.effects.iter().any(|effect| {
        let said =
            matches!(&effect.kind, EffectKind::Grade { grade: said, duty: true, .. } if *said == grade);
        said && effect.targets.contains(&target)
    })
}

/// The facts that conditions ask, concepts opened.
fn facts_of(policy: &Policy, conditions: &[Cond]) -> BTreeSet<usize> {
    fn add(policy: &Policy, cond: &Cond, facts: &mut BTreeSet<usize>) {
        match cond {
            Cond::Always | Cond::Decided(..) => {}
            Cond::Test(fact, _) | Cond::Fact(fact) => {
                facts.insert(*fact);
            }
            Cond::Concept(concept) => add(policy, &policy.concepts[*concept].1, facts),
            Cond::Not(inner) => add(policy, inner, facts),
            Cond::And(parts) | Cond::Or(parts) => parts.iter().for_each(|part| add(policy, part, facts)),
        }
    }
    let mut facts = BTreeSet::new();
    conditions.iter().for_each(|cond| add(policy, cond, &mut facts));
    facts
}
