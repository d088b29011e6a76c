//! Small random policies, the same from the same seed. Odds are set so that every check fires often enough.

use super::conditions::Conditions;
use super::policy::{
    Assumption, Basis, Clauses, Cond, Deviable, Effect, EffectKind, Fault, Grade, Item, Period, Policy, Rule,
    Speaker, Trial,
};
use super::random::Random;
use super::vocabulary::vocabulary;
use hjemmel::Day;

/// The policy of a seed.
pub(crate) fn policy(seed: u64) -> Policy {
    let mut generator = Generator { random: Random::new(seed), policy: vocabulary(&mut Random::new(!seed)) };
    generator.conditions_by_name();
    generator.sources();
    generator.modules();
    generator.rules();
    generator.questions();
    super::words::strew(&mut generator.policy, &mut Random::new(seed ^ 0x5a75_5eed));
    super::words::relate(&mut generator.policy, &mut Random::new(seed ^ 0x00be_51de));
    generator.policy
}

pub(super) struct Generator {
    pub(super) random: Random,
    pub(super) policy: Policy,
}

impl Generator {
    pub(super) fn cond(&mut self, depth: usize) -> Cond {
        Conditions { random: &mut self.random, policy: &self.policy }.cond(depth)
    }

    pub(super) fn maybe_cond(&mut self, percent: usize, depth: usize) -> Option<Cond> {
        self.random.chance(percent).then(|| self.cond(depth))
    }

    /// A period that cuts the window; now and then it lies outside.
    pub(super) fn period(&mut self) -> Period {
        let (from, to) = self.policy.window;
        let mut day = |low: Day, high: Day| low + self.random.between(0, (high - low) as usize) as Day;
        let (one, other, shape) = (day(from - 1, to), day(from, to + 1), day(0, 9));
        match shape {
            0..4 => Period { from: Some(one), to: None },
            4..7 => Period { from: None, to: Some(other) },
            _ => Period { from: Some(one.min(other)), to: Some(one.max(other)) },
        }
    }

    fn conditions_by_name(&mut self) {
        for at in 0..self.random.between(0, 2) {
            let cond = self.cond(1);
            self.policy.concepts.push((["aktiv", "udsat"][at].to_owned(), cond));
        }
        for _ in 0..*self.random.pick(&[0, 0, 1, 1, 2]) {
            let assumption = Assumption { when: self.maybe_cond(70, 0), then: self.cond(0) };
            self.policy.assumptions.push(assumption);
            let profiles = self.policy.profiles();
            if profiles.iter().filter(|profile| self.policy.exists(profile)).count() * 3 < profiles.len() {
                self.policy.assumptions.pop();
            }
        }
    }

    fn sources(&mut self) {
        if self.random.chance(30) {
            self.policy.law_editions = (0..self.random.between(1, 2)).map(|_| self.period()).collect();
        }
        if self.random.chance(25) {
            self.policy.other_law_editions = vec![self.period()];
        }
        if self.random.chance(35) {
            self.policy.source_editions = (0..self.random.between(1, 2)).map(|_| self.period()).collect();
        }
        let sources = [Basis::Law, Basis::OtherLaw, Basis::Source];
        for (at, old) in sources.into_iter().enumerate() {
            if self.random.chance(35) {
                let new = sources[(at + self.random.between(1, 2)) % 3];
                self.policy.successors.push((old, new));
            }
        }
        if self.random.chance(40) {
            let (first, last) = self.policy.window;
            self.policy.reference = Some(first + self.random.between(0, (last - first) as usize + 2) as Day);
        }
        for name in &["Nord", "Syd"][..*self.random.pick(&[0, 0, 1, 1, 2])] {
            let scope = self.maybe_cond(85, 1);
            self.policy.departments.push(((*name).to_owned(), scope));
        }
        if self.random.chance(55) {
            let cond = if self.random.chance(50) { Cond::Always } else { self.cond(1) };
            let mut kinds = vec![self.target(60)];
            if self.random.chance(25) {
                kinds.push(self.target(50));
                kinds.dedup();
            }
            self.policy.scope = Some((cond, kinds));
        }
    }

    /// A support, or in `percent` of a hundred cases a kind.
    pub(super) fn target(&mut self, percent: usize) -> usize {
        let on_kind = self.random.chance(percent);
        let fitting: Vec<usize> = (0..self.policy.supports.len())
            .filter(|at| self.policy.is_given(*at) && self.policy.supports[*at].is_kind == on_kind)
            .collect();
        *self.random.pick(&fitting)
    }

    fn rules(&mut self) {
        for name in &["l1", "l2", "l3", "l4", "l5"][..self.random.between(1, 5)] {
            let speaker = if self.random.chance(15) { Speaker::OtherLaw } else { Speaker::Law };
            let rule = self.rule(speaker, name);
            self.policy.items.push(Item::Rule(rule));
        }
        if self.random.chance(12) {
            self.chain();
        }
        if self.random.chance(20) {
            self.paradox();
        }
        if self.random.chance(22) {
            self.line();
        }
        let runs = |trial: &Trial| trial.towns.contains(&Speaker::Town) && !trial.is_undated();
        if self.policy.trial.as_ref().is_some_and(runs) && self.random.chance(95) {
            self.kept_duty();
        }
        for (speaker, most) in [(Speaker::Trial, 3), (Speaker::Region, 2), (Speaker::Home, 2)] {
            if self.policy.speakers().contains(&speaker) {
                for name in &["m1", "m2", "m3"][..self.random.between(1, most)] {
                    let rule = self.rule(speaker, name);
                    self.policy.items.push(Item::Rule(rule));
                }
            }
        }
        if self.random.chance(30) {
            self.ending();
        }
        let mut left = self.random.between(2, 7);
        let mut number = 1;
        while left > 0 {
            if left >= 2 && self.random.chance(30) {
                let rows = self.random.between(2, left.min(4));
                let table = self.table(&format!("t{number}"), rows);
                self.policy.items.push(Item::Table(table));
                left -= rows;
            } else {
                let speaker = if self.random.chance(12) { Speaker::OtherTown } else { Speaker::Town };
                let rule = self.rule(speaker, &format!("k{number}"));
                self.policy.items.push(Item::Rule(rule));
                left -= 1;
            }
            number += 1;
        }
        for name in ["xe1", "xe2"] {
            if self.random.chance(16) {
                self.echo(name);
            }
        }
    }

    fn rule(&mut self, speaker: Speaker, name: &str) -> Rule {
        let law = speaker.is_law();
        let mut clauses = self.clauses(speaker, 55);
        let mut effects = Vec::new();
        let graded = self.random.chance(75);
        if graded {
            effects.push(self.graded(law));
            if self.random.chance(12) {
                effects.push(self.graded(law));
            }
        }
        if (!graded && self.random.chance(75)) || self.random.chance(10) {
            let targets = vec![self.target(35)];
            let bounds = self.bounds(100);
            effects.push(Effect { kind: EffectKind::Terms, targets, bounds });
        }
        if effects.is_empty() || self.random.chance(12) {
            let cond = self.cond(0);
            let targets = vec![self.target(30)];
            effects.push(Effect { kind: EffectKind::Precondition(cond), targets, bounds: Vec::new() });
        }
        if !clauses.exception_to.is_empty() && self.random.chance(20) {
            effects = vec![Effect { kind: EffectKind::Lapses, targets: Vec::new(), bounds: Vec::new() }];
        }
        self.aim_at_base(&clauses, &mut effects);
        clauses.fault = self.fault(5);
        if clauses.fault.is_none() && self.random.chance(1) {
            clauses.fault = Some(Fault::Effect);
        }
        Rule { speaker, name: name.to_owned(), clauses, effects }
    }

    pub(super) fn fault(&mut self, percent: usize) -> Option<Fault> {
        let faults = [Fault::WhenAnd, Fault::WhenAnd, Fault::WhenOr, Fault::Exception, Fault::Responsible];
        self.random.chance(percent).then(|| *self.random.pick(&faults))
    }

    pub(super) fn clauses(&mut self, speaker: Speaker, when: usize) -> Clauses {
        let law = speaker.is_law();
        let mut clauses = Clauses { when: self.maybe_cond(when, 2), ..Clauses::default() };
        if self.random.chance(3) {
            let contrary = Conditions { random: &mut self.random, policy: &self.policy }.contrary();
            clauses.when = Some(contrary);
        } else if !self.policy.assumptions.is_empty() && self.random.chance(4) {
            // citizens whom an assumption excludes
            let Assumption { when, then } = self.random.pick(&self.policy.assumptions).clone();
            let excluded = when.into_iter().chain([Cond::Not(Box::new(then))]).collect::<Vec<_>>();
            clauses.when = Some(if excluded.len() == 1 { excluded[0].clone() } else { Cond::And(excluded) });
        }
        clauses.basis = self.basis(law, 4);
        if self.random.chance(if law { 15 } else { 25 }) {
            clauses.valid = Some(self.period());
        }
        let departments = self.policy.departments.len();
        if speaker == Speaker::Town && departments > 0 && self.random.chance(40) {
            clauses.places.push(self.random.between(0, departments - 1));
            if departments == 2 && self.random.chance(15) {
                clauses.places = vec![0, 1];
            }
        }
        clauses.responsible = matches!(speaker, Speaker::Town | Speaker::OtherTown) && self.random.chance(15);
        clauses.reason = !law && self.random.chance(15);
        if self.random.chance(12) {
            clauses.deviable = Some(Deviable(self.maybe_cond(50, 0)));
        }
        if self.random.chance(38) {
            clauses.exception_to = self.exceptions(speaker);
        }
        clauses
    }

    pub(super) fn basis(&mut self, law: bool, none: usize) -> Vec<Basis> {
        if self.random.chance(none) {
            return Vec::new();
        }
        match self.random.between(0, 9) {
            0 => vec![Basis::Law, Basis::Source],
            1..4 => vec![Basis::Source],
            4 if law => vec![Basis::Source],
            5 => vec![Basis::OtherLaw],
            _ => vec![Basis::Law],
        }
    }

    /// Names of rules, rows and tables written before this one.
    fn exceptions(&mut self, speaker: Speaker) -> Vec<String> {
        let mut own = Vec::new();
        for item in &self.policy.items {
            match item {
                Item::Rule(rule) => {
                    let same_layer = rule.speaker.layer() == speaker.layer();
                    let may = same_layer || (speaker == Speaker::Trial && rule.speaker.is_law());
                    // without effect: who is bound by another cannot except from it
                    let binding = self.policy.binding(speaker, speaker.layer());
                    let in_vain = binding.contains(&rule.speaker.layer()) && self.random.chance(5);
                    if may || in_vain {
                        own.push(format!("{}.{}", rule.speaker.name(), rule.name));
                    }
                }
                Item::Table(table) if speaker == Speaker::Town => {
                    let path = format!("{}.{}", speaker.name(), table.name);
                    own.extend(table.rows.iter().map(|row| format!("{path}.{}", row.name)));
                    own.push(path);
                }
                Item::Matrix(matrix) if matrix.speaker.layer() == speaker.layer() => {
                    own.push(format!("{}.{}", matrix.speaker.name(), matrix.name));
                    // what an unexplained sign says has no name that can be written
                    let rules = matrix.rules(&self.policy).into_iter();
                    own.extend(rules.map(|rule| rule.name).filter(|name| !name.ends_with('?')));
                }
                Item::Table(_) | Item::Matrix(_) => {}
            }
        }
        let whole_law = if speaker == Speaker::Trial { 15 } else { 2 };
        if !speaker.is_law() && self.random.chance(whole_law) {
            let law = if self.random.chance(75) { Speaker::Law } else { Speaker::OtherLaw };
            return vec![law.name().to_owned()];
        }
        if own.is_empty() {
            return own;
        }
        let mut chosen = vec![self.random.pick(&own).clone()];
        if self.random.chance(50) {
            // the last one: it is often an exception itself
            chosen = own.last().cloned().into_iter().collect();
        }
        if self.random.chance(30) {
            chosen.push(self.random.pick(&own).clone());
            chosen.sort();
            chosen.dedup();
        }
        chosen
    }

    pub(super) fn grade(&mut self, law: bool) -> Grade {
        let odds: &[(Grade, usize)] = if law {
            &[
                (Grade::Must, 26),
                (Grade::Right, 26),
                (Grade::May, 24),
                (Grade::MustNot, 10),
                (Grade::MustAssess, 9),
            ]
        } else {
            &[
                (Grade::May, 32),
                (Grade::Must, 20),
                (Grade::Right, 14),
                (Grade::MustNot, 14),
                (Grade::MustAssess, 8),
            ]
        };
        let mut roll = self.random.between(0, 99);
        for (grade, odds) in odds {
            if roll < *odds {
                return *grade;
            }
            roll -= odds;
        }
        *self.random.pick(&[Grade::Should, Grade::ShouldNot])
    }

    pub(super) fn graded(&mut self, law: bool) -> Effect {
        let grade = self.grade(law);
        // `bør ikke` on a kind nobody judges speaks of nothing
        let on_kind = if grade == Grade::ShouldNot { 0 } else { 25 };
        let mut targets = vec![self.target(on_kind)];
        if self.random.chance(15) {
            targets.push(self.target(on_kind));
            targets.dedup();
        }
        let granting = matches!(grade, Grade::May | Grade::Right | Grade::Must);
        let duty = granting && self.random.chance(8);
        let only_when = if grade == Grade::May { self.maybe_cond(15, 0) } else { None };
        let bounded = granting || self.random.chance(15);
        let bounds = if bounded { self.bounds(45) } else { Vec::new() };
        Effect { kind: EffectKind::Grade { grade, duty, only_when }, targets, bounds }
    }

    /// Bounds on some terms; on at least one where `percent` is a hundred.
    pub(super) fn bounds(&mut self, percent: usize) -> Vec<(usize, super::policy::Test)> {
        let mut terms: Vec<usize> =
            (0..self.policy.terms.len()).filter(|_| self.random.chance(percent)).collect();
        if terms.len() > 1 && self.random.chance(60) {
            terms.remove(self.random.between(0, 1));
        }
        let mut test = |term: usize| {
            let domain = &self.policy.terms[term].domain;
            Conditions { random: &mut self.random, policy: &self.policy }.bound(domain)
        };
        terms.into_iter().map(|term| (term, test(term))).collect()
    }
}
