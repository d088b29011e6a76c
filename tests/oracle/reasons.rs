//! Reasons against the definition: docs/semantics.md, section 14, counted out rule by rule and part by part.

use super::compare::{Difference, decision_words, right_decisions, workspace};
use super::judge::{Grant, Judge, Verdict, View};
use super::policy::{DATE, Effect, Grade, Policy, Speaker};
use super::random::Random;
use super::region::Space;
use hjemmel::{
    ConceptReasons, Judgement, LookedAt, Part, PartForce, Reasons, RuleFate, Step, SupportReasons,
};
use std::collections::BTreeSet;

/// Every difference between the reasons for some citizens; of every third something is not known.
pub(crate) fn differences(policy: &Policy, citizens: usize) -> Vec<Difference> {
    let space = Space::new(policy);
    let workspace = workspace(policy);
    let decides = |place: &Speaker| matches!(place, Speaker::Town | Speaker::OtherTown | Speaker::Home);
    let places: Vec<Speaker> = policy.speakers().into_iter().filter(decides).collect();
    let judges: Vec<Judge> = places.iter().map(|place| Judge::new(policy, *place)).collect();
    let step = (space.existing.count() as usize).div_ceil(citizens).max(1);
    let mut random = Random::new(space.existing.count().into());
    let mut differences = Vec::new();
    for (number, point) in space.existing.iter().step_by(step).enumerate() {
        let judge = &judges[if number % 2 == 0 { 0 } else { number / 2 % judges.len() }];
        let profile = &space.profiles[point];
        let is_partial = number % 3 == 2;
        let known: Vec<bool> = (0..policy.facts.len()).map(|_| !is_partial || random.chance(60)).collect();
        let named = policy.facts.iter().zip(profile).zip(&known).filter(|(_, known)| **known);
        let facts: Vec<(String, String)> =
            named.map(|((fact, value), _)| (fact.name.clone(), fact.domain.word(*value))).collect();
        let place = judge.place.name();
        let mut differ = |kind: &str, words: String| {
            let words = format!("{place}, {}, known {known:?}: {words}", space.describe(point));
            differences.push(Difference { kind: kind.to_owned(), words });
        };
        let reasons = match workspace.reasons(place, &facts, None) {
            Ok(reasons) => reasons,
            Err(problems) => {
                differ("no reasons", format!("{problems:?}"));
                continue;
            }
        };
        let same = |other: &&Vec<i64>| (0..known.len()).all(|at| !known[at] || other[at] == profile[at]);
        let completions = space.existing.iter().map(|point| &space.profiles[point]).filter(same);
        let completions: Vec<&Vec<i64>> =
            if is_partial { completions.take(12).collect() } else { vec![profile] };
        for completion in completions {
            let view = judge.at(completion);
            let asked = Asked { policy, judge, view: &view, reasons: &reasons, profile: completion };
            asked.compare(&mut differ);
        }
    }
    differences
}

struct Asked<'a> {
    policy: &'a Policy,
    judge: &'a Judge<'a>,
    view: &'a View<'a>,
    reasons: &'a Reasons,
    profile: &'a [i64],
}

impl Asked<'_> {
    fn compare(&self, differ: &mut dyn FnMut(&str, String)) {
        let whole = self.reasons.supports.iter().all(|support| support.certain);
        let right = right_decisions(self.policy, self.judge, self.profile);
        for told in &self.reasons.supports {
            let words = decision_words(self.policy, &told.decision);
            if told.certain && !right.contains(&words) {
                differ("a decision with reasons", format!("right {right:?}, got {words}"));
            }
            let support = self.policy.supports.iter().position(|known| known.name == told.support.name);
            let Some(support) = support else { continue };
            self.rules(support, told, differ);
            self.parts(support, told, differ);
            self.layers(support, told, differ);
        }
        if whole && right.len() != self.reasons.supports.len() {
            differ("a decision with reasons", format!("{} of {}", self.reasons.supports.len(), right.len()));
        }
        for rule in &self.reasons.rules {
            let judged = rule.condition.iter().chain(&rule.department);
            for judged in judged.filter(|judged| !self.is_consistent(judged)) {
                differ("a condition that does not add up", format!("{}: {judged:?}", rule.name));
            }
        }
    }

    fn at(&self, name: &str) -> usize {
        self.judge.rules.iter().position(|rule| rule.name == name).unwrap_or(usize::MAX)
    }

    fn names(&self, rules: &[usize]) -> BTreeSet<String> {
        rules.iter().map(|rule| self.judge.rules[*rule].name.clone()).collect()
    }

    /// The rules that are told, and the fate of each.
    fn rules(&self, support: usize, told: &SupportReasons, differ: &mut dyn FnMut(&str, String)) {
        let names = |effect: &Effect| {
            effect.targets.iter().any(|target| self.policy.is_at_or_above(*target, support))
        };
        let spoken = |rule: &usize| {
            let flat = &self.judge.rules[*rule];
            let heard = self.judge.layers.contains(&flat.speaker.layer());
            heard && !flat.has_error() && (flat.lapses() || flat.effects.iter().any(names))
        };
        let right: Vec<usize> = (0..self.judge.rules.len()).filter(spoken).collect();
        let right = self.names(&right);
        let got = told.layers.iter().flat_map(|layer| &layer.rules).map(|rule| rule.rule.clone());
        let got: BTreeSet<String> = got.collect();
        if right != got {
            differ("which rules are told", format!("right {right:?}, got {got:?}"));
        }
        let doubtful = |rule: &usize| {
            let flat = &self.judge.rules[*rule];
            self.judge.layers.contains(&flat.speaker.layer()) && flat.may_speak(self.policy, support)
        };
        let doubtful: Vec<usize> = (0..self.judge.rules.len()).filter(doubtful).collect();
        let right = self.names(&doubtful);
        if right != told.left_out.iter().cloned().collect() {
            differ("which rules are left out", format!("right {right:?}, got {:?}", told.left_out));
        }
        for rule in got.iter().filter_map(|name| self.reasons.rule(name)) {
            let at = self.at(&rule.name);
            let flat = &self.judge.rules[at];
            let right = if !flat.in_force(self.policy, self.profile) {
                "other day"
            } else if !flat.serves(self.policy, self.profile) {
                "other department"
            } else if !self.view.is_answered(at) {
                "unanswered"
            } else if !self.view.applies(at) {
                "fails"
            } else {
                "applies"
            };
            let got = match rule.fate {
                RuleFate::Applies => "applies",
                RuleFate::OtherDay(_) => "other day",
                RuleFate::OtherDepartment => "other department",
                RuleFate::Unanswered(_) => "unanswered",
                RuleFate::Fails => "fails",
                _ => "open",
            };
            // of what is not known one reason may be certain before the first is
            let known =
                self.reasons.facts.iter().all(|fact| fact.value.is_some()) && self.reasons.day.is_some();
            let differs = if known { right != got } else { (right == "applies") != (got == "applies") };
            if got != "open" && differs {
                differ("the fate of a rule", format!("{}: right {right}, got {got}", rule.name));
            }
        }
    }

    /// Every part and what becomes of it.
    fn parts(&self, support: usize, told: &SupportReasons, differ: &mut dyn FnMut(&str, String)) {
        let spoken = told.layers.iter().flat_map(|layer| &layer.rules);
        for spoken in spoken {
            let rule = self.at(&spoken.rule);
            let force = |force: &PartForce| match force {
                PartForce::Idle => "idle".to_owned(),
                PartForce::Active => "active".to_owned(),
                PartForce::SetAside(by) => format!("set aside {:?}", set(by)),
                PartForce::GivesWay(to) => format!("gives way {:?}", set(to)),
                _ => "open".to_owned(),
            };
            let counted = spoken.parts.iter().filter(|part| part.force != PartForce::OtherDay);
            let got: BTreeSet<String> = counted
                .map(|told| match &told.part {
                    Part::Grade { word, .. } => format!("{word} {}", force(&told.force)),
                    Part::Term { term, .. } => format!("{term} {}", force(&told.force)),
                    Part::Precondition(judged) => {
                        let met = judged.as_ref().map(|judged| judged.holds);
                        format!("precondition {} {met:?}", force(&told.force))
                    }
                    _ => String::new(),
                })
                .collect();
            let partial =
                !self.reasons.facts.iter().all(|fact| fact.value.is_some()) || self.reasons.day.is_none();
            if partial {
                self.certain_parts(rule, support, spoken, differ);
                continue;
            }
            let right = self.right_parts(rule, support);
            if right != got {
                differ("the parts of a rule", format!("{}: right {right:?}, got {got:?}", spoken.rule));
            }
        }
    }

    fn right_parts(&self, rule: usize, support: usize) -> BTreeSet<String> {
        let applies = self.view.applies(rule);
        let force = |by: Vec<usize>, to: Vec<usize>| {
            if !applies {
                "idle".to_owned()
            } else if !by.is_empty() {
                format!("set aside {:?}", self.names(&by))
            } else if !to.is_empty() {
                format!("gives way {:?}", self.names(&to))
            } else {
                "active".to_owned()
            }
        };
        let mut right = BTreeSet::new();
        for (grade, target) in self.judge.grades_for(rule, support) {
            let by = self.view.all_excepters(rule, support);
            let to = self.view.nearer(rule, grade, target, support);
            right.insert(format!("{} {}", word(grade), force(by, to)));
        }
        for (at, term) in self.policy.terms.iter().enumerate() {
            if !self.judge.bounds_for(rule, support, at, self.profile[DATE]).is_empty() {
                let by = self.view.term_excepters(rule, support, at);
                right.insert(format!("{} {}", term.name, force(by, Vec::new())));
            }
        }
        for condition in self.judge.preconditions_for(rule, support) {
            let force = force(self.view.precondition_excepters(rule, support), Vec::new());
            let met = (force == "active").then(|| Some(self.view.holds(rule, condition)));
            right.insert(format!("precondition {force} {met:?}"));
        }
        right
    }

    /// Of what is not known: what is said to be active or set aside is so.
    fn certain_parts(
        &self,
        rule: usize,
        support: usize,
        spoken: &hjemmel::SpokenRule,
        differ: &mut dyn FnMut(&str, String),
    ) {
        let right = self.right_parts(rule, support);
        for told in &spoken.parts {
            let begins = match (&told.part, &told.force) {
                (Part::Grade { word, .. }, PartForce::Active) => format!("{word} active"),
                (Part::Grade { word, .. }, PartForce::GivesWay(_)) => format!("{word} gives way"),
                (Part::Term { term, .. }, PartForce::Active) => format!("{term} active"),
                (Part::Precondition(judged), PartForce::Active) => {
                    match judged.as_ref().and_then(|judged| judged.holds) {
                        None => "precondition active".to_owned(),
                        met => format!("precondition active Some({met:?})"),
                    }
                }
                _ => continue,
            };
            if !right.iter().any(|part| part.starts_with(&begins)) {
                differ("a part that is not open", format!("{}: right {right:?}, got {begins}", spoken.rule));
            }
        }
    }

    /// What each layer does to the decision.
    fn layers(&self, support: usize, told: &SupportReasons, differ: &mut dyn FnMut(&str, String)) {
        if !told.certain {
            return;
        }
        let (mut decided, mut spoken) = (Some(Grant::None), false);
        for (at, layer) in self.judge.layers.iter().enumerate() {
            let verdict = self.view.verdict(*layer, support);
            let (next, right) = step(decided, spoken, &verdict);
            decided = next;
            spoken |= verdict.speaks;
            let got = told.layers.iter().find(|told| told.layer == at);
            let step = got.map_or(Step::Silent, |got| got.step);
            // a layer without a rule is not told
            if step != right && (got.is_some() || right != Step::TooLate) {
                differ("what a layer does", format!("{layer:?}: right {right:?}, got {step:?}"));
            }
            let sides = got.and_then(|got| got.contradiction.as_ref());
            let right = verdict.contradicted.then(|| self.sides(*layer, support, &verdict));
            let got = sides.map(|(giving, refusing)| (set(giving), set(refusing)));
            if got != right {
                differ("the sides of a contradiction", format!("{layer:?}: right {right:?}, got {got:?}"));
            }
        }
    }

    fn sides(
        &self,
        layer: super::policy::Layer,
        support: usize,
        verdict: &Verdict,
    ) -> (BTreeSet<String>, BTreeSet<String>) {
        let firm = |grades: &[Grade]| {
            let standing = verdict.standing.iter().filter(|one| one.firm && grades.contains(&one.grade));
            standing.map(|one| one.rule).collect::<Vec<_>>()
        };
        let giving = firm(&[Grade::May, Grade::Right, Grade::Must]);
        let mut refusing = [firm(&[Grade::MustNot]), verdict.blockers.clone()].concat();
        if self.policy.supports[support].is_kind {
            for member in self.policy.members(support) {
                let member = self.view.verdict(layer, member);
                let forbids = member.standing.iter().filter(|one| one.grade == Grade::MustNot);
                refusing.extend(forbids.map(|one| one.rule).chain(member.blockers.iter().copied()));
            }
        }
        (self.names(&giving), self.names(&refusing))
    }

    /// A record's parts come to the whole, and its tests are those of the citizen.
    fn is_consistent(&self, judged: &Judgement) -> bool {
        let all = |parts: &[Judgement]| parts.iter().all(|part| self.is_consistent(part));
        let some = |parts: &[Judgement], holds: Option<bool>| parts.iter().any(|part| part.holds == holds);
        match &judged.tested {
            LookedAt::Always => judged.holds.is_some(),
            LookedAt::Fact { condition, value } => {
                let Some(at) = self.policy.facts.iter().position(|fact| fact.name == condition.fact) else {
                    return false;
                };
                let domain = &self.policy.facts[at].domain;
                match value {
                    None => judged.holds.is_none(),
                    Some(value) => {
                        let right = domain.value(value) == Some(self.profile[at]);
                        let test = super::region::read_condition(domain, condition);
                        // a day may be compared with days that are not looked at
                        let fits = test.map(|test| test(self.profile[at]));
                        right && (at == DATE || fits == judged.holds)
                    }
                }
            }
            LookedAt::Concept { name, of_law } => {
                let same = |known: &&ConceptReasons| known.name == *name && known.of_law == *of_law;
                let known = self.reasons.concepts.iter().find(same);
                known.is_some_and(|known| known.meaning.holds == judged.holds)
            }
            LookedAt::Department { scope, .. } => scope.holds == judged.holds && self.is_consistent(scope),
            LookedAt::Not(inner) => {
                inner.holds.map(|holds| !holds) == judged.holds && self.is_consistent(inner)
            }
            LookedAt::All(parts) => {
                let holds = match (some(parts, Some(false)), some(parts, None)) {
                    (true, _) => Some(false),
                    (false, open) => (!open).then_some(true),
                };
                holds == judged.holds && all(parts)
            }
            LookedAt::Any(parts) => {
                let holds = match (some(parts, Some(true)), some(parts, None)) {
                    (true, _) => Some(true),
                    (false, open) => (!open).then_some(false),
                };
                holds == judged.holds && all(parts)
            }
            _ => true,
        }
    }
}

/// The table of section 14.
fn step(decided: Option<Grant>, spoken: bool, verdict: &Verdict) -> (Option<Grant>, Step) {
    let Some(above) = decided else { return (None, Step::TooLate) };
    let own = verdict.grant;
    if verdict.contradicted {
        return if spoken { (decided, Step::Settled) } else { (None, Step::Undecided) };
    }
    let next = match above {
        Grant::Forbidden => above,
        Grant::None | Grant::May if own == Grant::Forbidden => own,
        _ if own == Grant::Forbidden => above,
        _ => above.max(own),
    };
    let step = if !verdict.speaks {
        Step::Silent
    } else if own == Grant::None {
        Step::Withholds
    } else if next == above {
        if own == above { Step::Confirms } else { Step::Displaced }
    } else if next == Grant::Forbidden {
        Step::Refuses
    } else if above == Grant::None {
        Step::Decides
    } else {
        Step::Strengthens
    };
    (Some(next), step)
}

fn set(names: &[String]) -> BTreeSet<String> {
    names.iter().cloned().collect()
}

fn word(grade: Grade) -> &'static str {
    match grade {
        Grade::May => "kan",
        Grade::Right => "ret",
        Grade::Must => "skal",
        Grade::MustNot => "må ikke",
        Grade::Should => "bør",
        Grade::ShouldNot => "bør ikke",
        Grade::MustAssess => "skal vurdere",
    }
}
