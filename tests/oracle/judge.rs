//! What a policy says to one citizen, sentence by sentence from docs/semantics.md, sections 2 to 5.

use super::policy::{Cond, DATE, Deviable, Effect, EffectKind, Grade, Layer, Policy, Speaker};
use super::rules::{Flat, flatten};
use std::cell::RefCell;
use std::collections::BTreeMap;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Grant {
    Forbidden,
    None,
    May,
    Right,
    Must,
}

/// Within one layer, and a forsøg's from the law.
pub(crate) fn may_except(exception: &Flat, base: &Flat) -> bool {
    let (own, of) = (exception.speaker.layer(), base.speaker.layer());
    own == of || (of == Layer::Law && exception.speaker == Speaker::Trial)
}

/// A policy with its rules resolved, as it is heard in one place.
pub(crate) struct Judge<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) place: Speaker,
    /// the layers of the place, the highest first
    pub(crate) layers: Vec<Layer>,
    pub(crate) rules: Vec<Flat>,
    /// for each rule the exceptions from it that are heard
    excepters: Vec<Vec<usize>>,
    /// every support, and the kinds that are judged
    pub(crate) judged: Vec<usize>,
}

impl<'a> Judge<'a> {
    pub(crate) fn new(policy: &'a Policy, place: Speaker) -> Self {
        Judge::from_rules(policy, place, flatten(policy))
    }

    /// The vejledning is heard too, and decides nothing.
    pub(crate) fn beside_guide(policy: &'a Policy, place: Speaker) -> Self {
        let mut layers = policy.layers(place);
        layers.insert(0, Layer::Of(Speaker::Guide));
        Judge::heard(policy, place, layers, flatten(policy))
    }

    pub(crate) fn from_rules(policy: &'a Policy, place: Speaker, rules: Vec<Flat>) -> Self {
        Judge::heard(policy, place, policy.layers(place), rules)
    }

    fn heard(policy: &'a Policy, place: Speaker, layers: Vec<Layer>, rules: Vec<Flat>) -> Self {
        let mut excepters = vec![Vec::new(); rules.len()];
        for (at, rule) in rules.iter().enumerate().filter(|(_, rule)| layers.contains(&rule.speaker.layer()))
        {
            for base in &rule.exception_to {
                if may_except(rule, &rules[*base]) {
                    excepters[*base].push(at);
                }
            }
        }
        let makes_judged = [Grade::Must, Grade::Right, Grade::Should, Grade::ShouldNot, Grade::MustAssess];
        let puts = |rule: &Flat, support: usize| {
            let mut grades = rule.grades();
            grades.any(|(grade, effect)| makes_judged.contains(&grade) && effect.targets.contains(&support))
        };
        let speaks = |rule: &&Flat| !rule.has_error() && layers.contains(&rule.speaker.layer());
        let is_judged = |support: &usize| {
            !policy.supports[*support].is_kind || rules.iter().filter(speaks).any(|rule| puts(rule, *support))
        };
        let judged = (0..policy.supports.len()).filter(is_judged).collect();
        Judge { policy, place, layers, rules, excepters, judged }
    }

    /// What is said to one citizen.
    pub(crate) fn at<'p>(&'p self, profile: &'p [i64]) -> View<'p> {
        View {
            judge: self,
            policy: self.policy,
            profile,
            applying: RefCell::new(vec![None; self.rules.len()]),
            answers: RefCell::default(),
        }
    }

    /// The exceptions from a rule that are heard.
    pub(crate) fn excepters(&self, rule: usize) -> &[usize] {
        &self.excepters[rule]
    }

    /// The rule has a part for the support.
    pub(crate) fn has_part_for(&self, rule: usize, support: usize) -> bool {
        !self.grades_for(rule, support).is_empty()
            || !self.preconditions_for(rule, support).is_empty()
            || (0..self.policy.terms.len())
                .any(|term| !self.bounds_for(rule, support, term, self.policy.window.0).is_empty())
    }

    /// The rule speaks of some judged support; `kan` on a kind without supports does not.
    pub(crate) fn has_part(&self, rule: usize) -> bool {
        self.rules[rule].lapses() || self.judged.iter().any(|support| self.has_part_for(rule, *support))
    }

    /// The grades of a rule that speak of a judged support, with the target that does.
    pub(crate) fn grades_for(&self, rule: usize, support: usize) -> Vec<(Grade, usize)> {
        let grades = self.rules[rule].grades();
        grades
            .flat_map(|(grade, effect)| effect.targets.iter().map(move |target| (grade, *target)))
            .filter(|(grade, target)| self.grade_speaks(*grade, *target, support))
            .collect()
    }

    fn grade_speaks(&self, grade: Grade, target: usize, support: usize) -> bool {
        let (supports, on_kind) = (&self.policy.supports, self.policy.supports[target].is_kind);
        if on_kind && matches!(grade, Grade::May | Grade::MustNot) {
            !supports[support].is_kind && self.policy.is_above(target, support)
        } else {
            // of an opgave, in the støtter it is done in too
            target == support || (!on_kind && self.policy.is_above(target, support))
        }
    }

    /// The bounds of a rule on a term that speak of a judged support.
    pub(crate) fn bounds_for(&self, rule: usize, support: usize, term: usize, day: hjemmel::Day) -> Vec<u64> {
        let speaks = |effect: &Effect| match &effect.kind {
            EffectKind::Grade { grade, .. } => {
                effect.targets.iter().any(|target| self.grade_speaks(*grade, *target, support))
            }
            EffectKind::Terms => {
                effect.targets.iter().any(|target| self.policy.is_at_or_above(*target, support))
            }
            EffectKind::Precondition(_) | EffectKind::Lapses | EffectKind::Perform { .. } => false,
        };
        let effects = self.rules[rule].effects.iter().filter(|effect| speaks(effect));
        let bounds = effects.flat_map(|effect| effect.bounds.iter().filter(|(bounded, _)| *bounded == term));
        let values = self.policy.terms[term].domain.values();
        bounds
            .map(|(_, test)| {
                let test = test.on(&self.policy.words, day);
                (0..values.len()).filter(|at| test.holds(values[*at])).fold(0, |set, at| set | 1 << at)
            })
            .collect()
    }

    /// The preconditions of a rule for a support; a kind has none of its own.
    pub(crate) fn preconditions_for(&self, rule: usize, support: usize) -> Vec<&Cond> {
        if self.policy.supports[support].is_kind {
            return Vec::new();
        }
        let effects = self.rules[rule].effects.iter();
        effects
            .filter(|effect| effect.targets.iter().any(|target| self.policy.is_at_or_above(*target, support)))
            .filter_map(|effect| match &effect.kind {
                EffectKind::Precondition(cond) | EffectKind::Grade { only_when: Some(cond), .. } => {
                    Some(cond)
                }
                _ => None,
            })
            .collect()
    }
}

/// One citizen.
pub(crate) struct View<'a> {
    pub(crate) judge: &'a Judge<'a>,
    policy: &'a Policy,
    pub(crate) profile: &'a [i64],
    /// whether each rule applies, as far as anyone has asked
    applying: RefCell<Vec<Option<bool>>>,
    answers: RefCell<BTreeMap<(usize, bool), Option<Grant>>>,
}

/// What one layer says about one judged support.
pub(crate) struct Verdict {
    pub(crate) standing: Vec<Standing>,
    /// the firm rules with an active precondition that fails
    pub(crate) blockers: Vec<usize>,
    /// for each term the active bounds: rule, values, firm
    pub(crate) bounds: Vec<Vec<(usize, u64, bool)>>,
    pub(crate) duty: bool,
    pub(crate) grant: Grant,
    pub(crate) speaks: bool,
    pub(crate) contradicted: bool,
    pub(crate) contradicted_terms: Vec<bool>,
    /// the rules the grant rests on, for a kind also its members', and whether each is firm
    pub(crate) grant_rules: Vec<(usize, bool)>,
}

#[derive(Clone, Copy)]
pub(crate) struct Standing {
    pub(crate) grade: Grade,
    pub(crate) rule: usize,
    pub(crate) firm: bool,
}

impl Verdict {
    pub(crate) fn blocked(&self) -> bool {
        !self.blockers.is_empty()
    }

    pub(crate) fn closed(&self) -> bool {
        self.grant == Grant::Forbidden || self.blocked()
    }

    pub(crate) fn granted(&self) -> bool {
        self.grant >= Grant::May
    }

    pub(crate) fn stands(&self, grade: Grade) -> bool {
        self.standing.iter().any(|standing| standing.grade == grade)
    }

    pub(crate) fn stands_firm(&self, grades: &[Grade]) -> bool {
        self.standing.iter().any(|standing| standing.firm && grades.contains(&standing.grade))
    }
}

/// What is decided on one judged support.
pub(crate) struct Decision {
    /// nothing: undecided
    pub(crate) grant: Option<Grant>,
    /// for each term: unbounded, undecided, or these values
    pub(crate) terms: Vec<DecidedTerm>,
    pub(crate) should: bool,
    pub(crate) should_not: bool,
    pub(crate) assess: bool,
    pub(crate) duty: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum DecidedTerm {
    Unbounded,
    Undecided,
    Values(u64),
}

const GRANTING: [Grade; 3] = [Grade::May, Grade::Right, Grade::Must];

impl View<'_> {
    fn rule(&self, rule: usize) -> &Flat {
        &self.judge.rules[rule]
    }

    /// The rule is heard here, and applies.
    pub(crate) fn applies(&self, rule: usize) -> bool {
        let known = self.applying.borrow()[rule];
        known.unwrap_or_else(|| {
            let flat = self.rule(rule);
            let applies = self.judge.layers.contains(&flat.speaker.layer())
                && !flat.has_error()
                && flat.in_force(self.policy, self.profile)
                && self.meets(rule);
            self.applying.borrow_mut()[rule] = Some(applies);
            applies
        })
    }

    /// What it asks is decided, and its departments and its condition hold.
    pub(crate) fn meets(&self, rule: usize) -> bool {
        self.is_answered(rule) && self.reaches(rule)
    }

    /// What it asks is decided.
    pub(crate) fn is_answered(&self, rule: usize) -> bool {
        let of_law = self.rule(rule).speaker.is_law();
        let decided = |support: &usize| self.answer(*support, of_law).is_some();
        self.rule(rule).asks().iter().all(decided)
    }

    /// Its departments and its condition hold.
    pub(crate) fn reaches(&self, rule: usize) -> bool {
        let flat = self.rule(rule);
        flat.serves(self.policy, self.profile) && flat.conditions.iter().all(|cond| self.holds(rule, cond))
    }

    /// A condition of a rule holds.
    pub(crate) fn holds(&self, rule: usize, cond: &Cond) -> bool {
        self.is_true(cond, self.rule(rule).speaker.is_law())
    }

    fn is_true(&self, cond: &Cond, of_law: bool) -> bool {
        match cond {
            Cond::Decided(support, due) => {
                let least = if *due { Grant::Right } else { Grant::May };
                self.answer(*support, of_law).is_some_and(|grant| grant >= least)
            }
            Cond::Not(inner) => !self.is_true(inner, of_law),
            Cond::And(parts) => parts.iter().all(|part| self.is_true(part, of_law)),
            Cond::Or(parts) => parts.iter().any(|part| self.is_true(part, of_law)),
            _ => self.policy.holds(cond, self.profile),
        }
    }

    /// The grant decided here of a support, or the law's; nothing where it is undecided.
    fn answer(&self, support: usize, of_law: bool) -> Option<Grant> {
        if let Some(known) = self.answers.borrow().get(&(support, of_law)) {
            return *known;
        }
        let answer = if of_law {
            let law = self.verdict(Layer::Law, support);
            (!law.contradicted).then_some(law.grant)
        } else if self.judge.place == Speaker::Guide {
            // alone it decides nothing
            None
        } else {
            self.decision(support).grant
        };
        self.answers.borrow_mut().insert((support, of_law), answer);
        answer
    }

    /// Every part of `rule` for `support` is set aside.
    pub(crate) fn all_aside(&self, rule: usize, support: usize) -> bool {
        self.judge.excepters[rule].iter().any(|except| self.sets_all_aside(*except, support))
    }

    fn is_for(&self, effect: &Effect, support: usize) -> bool {
        effect.targets.iter().any(|target| self.policy.is_at_or_above(*target, support))
    }

    fn term_aside(&self, rule: usize, support: usize, term: usize) -> bool {
        !self.term_excepters(rule, support, term).is_empty()
    }

    /// The exceptions that set a rule's bounds on a term aside.
    pub(crate) fn term_excepters(&self, rule: usize, support: usize, term: usize) -> Vec<usize> {
        let bounds = |effect: &Effect| {
            self.is_for(effect, support) && effect.bounds.iter().any(|(bounded, _)| *bounded == term)
        };
        self.part_excepters(rule, support, &bounds, &|except| self.term_aside(except, support, term))
    }

    fn precondition_aside(&self, rule: usize, support: usize) -> bool {
        !self.precondition_excepters(rule, support).is_empty()
    }

    /// The exceptions that set a rule's preconditions aside.
    pub(crate) fn precondition_excepters(&self, rule: usize, support: usize) -> Vec<usize> {
        let states = |effect: &Effect| {
            matches!(effect.kind, EffectKind::Precondition(_)) && self.is_for(effect, support)
        };
        self.part_excepters(rule, support, &states, &|except| self.precondition_aside(except, support))
    }

    fn part_excepters(
        &self,
        rule: usize,
        support: usize,
        says: &dyn Fn(&Effect) -> bool,
        aside: &dyn Fn(usize) -> bool,
    ) -> Vec<usize> {
        let sets_aside = |except: &usize| {
            self.sets_all_aside(*except, support)
                || !self.rule(*except).has_grade()
                    && self.rule(*except).effects.iter().any(says)
                    && self.applies(*except)
                    && !aside(*except)
        };
        self.judge.excepters[rule].iter().copied().filter(sets_aside).collect()
    }

    /// The exceptions that set every part of a rule aside.
    pub(crate) fn all_excepters(&self, rule: usize, support: usize) -> Vec<usize> {
        let excepters = self.judge.excepters[rule].iter().copied();
        excepters.filter(|except| self.sets_all_aside(*except, support)).collect()
    }

    /// The grades of a rule that are active for a judged support, each with its target.
    pub(crate) fn active_grades(&self, rule: usize, support: usize) -> Vec<(Grade, usize)> {
        let said = self.judge.grades_for(rule, support);
        let active = !said.is_empty() && self.applies(rule) && !self.all_aside(rule, support);
        if active { said } else { Vec::new() }
    }

    /// The bounds of a rule on a term that are active for a judged support.
    pub(crate) fn active_bounds(&self, rule: usize, support: usize, term: usize) -> Vec<u64> {
        let said = self.judge.bounds_for(rule, support, term, self.profile[DATE]);
        let active = !said.is_empty() && self.applies(rule) && !self.term_aside(rule, support, term);
        if active { said } else { Vec::new() }
    }

    pub(crate) fn active_preconditions(&self, rule: usize, support: usize) -> Vec<&Cond> {
        let said = self.judge.preconditions_for(rule, support);
        let active = !said.is_empty() && self.applies(rule) && !self.precondition_aside(rule, support);
        if active { said } else { Vec::new() }
    }

    /// An active precondition of the rule fails.
    pub(crate) fn is_closed_by(&self, rule: usize, support: usize) -> bool {
        self.active_preconditions(rule, support).into_iter().any(|cond| !self.holds(rule, cond))
    }

    /// Some part of the rule is active for some judged support.
    pub(crate) fn any_part_active(&self, rule: usize) -> bool {
        self.applies(rule)
            && self.judge.judged.iter().any(|support| {
                !self.active_grades(rule, *support).is_empty()
                    || (self.rule(rule).lapses() && !self.all_aside(rule, *support))
                    || !self.active_preconditions(rule, *support).is_empty()
                    || (0..self.policy.terms.len())
                        .any(|term| !self.active_bounds(rule, *support, term).is_empty())
            })
    }

    fn gives_way(&self, rule: usize, grade: Grade, target: usize, support: usize) -> bool {
        !self.nearer(rule, grade, target, support).is_empty()
    }

    /// The rules to which a grade gives way.
    pub(crate) fn nearer(&self, rule: usize, grade: Grade, target: usize, support: usize) -> Vec<usize> {
        if grade != Grade::May || !self.policy.is_above(target, support) {
            return Vec::new();
        }
        let nearer = |(grade, nearer): (Grade, usize)| {
            matches!(grade, Grade::Must | Grade::Right | Grade::May | Grade::MustNot | Grade::MustAssess)
                && (nearer == support || self.policy.is_above(target, nearer))
        };
        let speaks = |other: &usize| {
            let (own, other_layer) = (self.rule(rule).speaker.layer(), self.rule(*other).speaker.layer());
            (other_layer == own || self.policy.binding(self.judge.place, own).contains(&other_layer))
                && self.active_grades(*other, support).into_iter().any(nearer)
        };
        (0..self.judge.rules.len()).filter(speaks).collect()
    }

    /// The active grades of a rule that do not give way.
    pub(crate) fn standing_grades(&self, rule: usize, support: usize) -> Vec<Grade> {
        let active = self.active_grades(rule, support).into_iter();
        active
            .filter(|(grade, target)| !self.gives_way(rule, *grade, *target, support))
            .map(|(grade, _)| grade)
            .collect()
    }

    /// An exception of the rule sets every part of another aside: it has a grade for the support, or lapses it, and
    /// that is active.
    pub(crate) fn sets_all_aside(&self, exception: usize, support: usize) -> bool {
        let flat = self.rule(exception);
        let graded = flat.grades().any(|(_, effect)| self.is_for(effect, support));
        (flat.lapses() || graded) && self.applies(exception) && !self.all_aside(exception, support)
    }

    pub(crate) fn firm(&self, rule: usize) -> bool {
        match &self.rule(rule).clauses.deviable {
            None => true,
            Some(Deviable(None)) => false,
            Some(Deviable(Some(cond))) => !self.holds(rule, cond),
        }
    }

    /// What a layer says about a judged support.
    pub(crate) fn verdict(&self, layer: Layer, support: usize) -> Verdict {
        let rules: Vec<usize> =
            (0..self.judge.rules.len()).filter(|rule| layer.hears(self.rule(*rule).speaker)).collect();
        let mut standing = Vec::new();
        let mut blockers = Vec::new();
        let mut duty = false;
        for rule in &rules {
            for (grade, target) in self.active_grades(*rule, support) {
                if !self.gives_way(*rule, grade, target, support) {
                    standing.push(Standing { grade, rule: *rule, firm: self.firm(*rule) });
                }
                duty |= self.has_duty(*rule, grade, target);
            }
            let fails = |cond: &&Cond| !self.holds(*rule, cond);
            if self.active_preconditions(*rule, support).iter().any(fails) && self.firm(*rule) {
                blockers.push(*rule);
            }
        }
        let bounds: Vec<Vec<(usize, u64, bool)>> = (0..self.policy.terms.len())
            .map(|term| {
                let of = |rule: &usize| {
                    let rule = *rule;
                    let sets = self.active_bounds(rule, support, term);
                    sets.into_iter().map(move |set| (rule, set, self.firm(rule))).collect::<Vec<_>>()
                };
                rules.iter().flat_map(of).collect()
            })
            .collect();
        let mut verdict = Verdict {
            grant_rules: Vec::new(),
            grant: Grant::None,
            speaks: false,
            contradicted: false,
            contradicted_terms: Vec::new(),
            standing,
            blockers,
            bounds,
            duty,
        };
        let members =
            if self.policy.supports[support].is_kind { self.policy.members(support) } else { Vec::new() };
        let members: Vec<Verdict> = members.into_iter().map(|member| self.verdict(layer, member)).collect();
        self.finish(&mut verdict, &members, self.policy.supports[support].is_kind);
        verdict
    }

    fn has_duty(&self, rule: usize, grade: Grade, target: usize) -> bool {
        self.rule(rule).effects.iter().any(|effect| {
            effect.targets.contains(&target)
                && matches!(&effect.kind, EffectKind::Grade { grade: said, duty: true, .. } if *said == grade)
        })
    }

    fn finish(&self, verdict: &mut Verdict, members: &[Verdict], is_kind: bool) {
        let due = [Grade::Right, Grade::Must];
        let own_due = if verdict.stands(Grade::Must) {
            Grant::Must
        } else if verdict.stands(Grade::Right) {
            Grant::Right
        } else {
            Grant::None
        };
        verdict.grant = if is_kind {
            let all_forbidden =
                !members.is_empty() && members.iter().all(|member| member.grant == Grant::Forbidden);
            let strongest = members.iter().map(|member| member.grant).max().unwrap_or(Grant::None);
            if own_due == Grant::None && all_forbidden { Grant::Forbidden } else { own_due.max(strongest) }
        } else if verdict.stands(Grade::MustNot) {
            Grant::Forbidden
        } else if own_due == Grant::None && verdict.stands(Grade::May) && !verdict.blocked() {
            Grant::May
        } else {
            own_due
        };
        let about_grant =
            |standing: &&Standing| standing.grade == Grade::MustNot || GRANTING.contains(&standing.grade);
        let own = verdict.standing.iter().filter(about_grant).map(|standing| (standing.rule, standing.firm));
        verdict.speaks = own.clone().next().is_some() || members.iter().any(|member| member.speaks);
        verdict.grant_rules = own
            .chain(verdict.blockers.iter().map(|rule| (*rule, true)))
            .chain(members.iter().flat_map(|member| member.grant_rules.iter().copied()))
            .collect();
        verdict.contradicted = if is_kind {
            verdict.stands_firm(&due) && !members.is_empty() && members.iter().all(Verdict::closed)
        } else {
            (verdict.stands_firm(&[Grade::MustNot]) && verdict.stands_firm(&GRANTING))
                || (verdict.blocked() && verdict.stands_firm(&due))
        };
        verdict.contradicted_terms = verdict
            .bounds
            .iter()
            .map(|bounds| {
                let firm =
                    bounds.iter().filter(|(_, _, firm)| *firm).map(|(_, set, _)| *set).reduce(|a, b| a & b);
                firm == Some(0) && verdict.granted() && !verdict.contradicted
            })
            .collect();
    }

    /// What is decided, the highest layer first.
    pub(crate) fn decision(&self, support: usize) -> Decision {
        let decides = |layer: &&Layer| **layer != Layer::Of(Speaker::Guide);
        let layers: Vec<Verdict> =
            self.judge.layers.iter().filter(decides).map(|layer| self.verdict(*layer, support)).collect();
        let (mut grant, mut spoken) = (Some(Grant::None), false);
        for layer in &layers {
            grant = match grant {
                Some(_) if layer.contradicted && !spoken => None,
                Some(Grant::None | Grant::May) if !layer.contradicted && layer.grant == Grant::Forbidden => {
                    Some(Grant::Forbidden)
                }
                Some(so_far) if !layer.contradicted && so_far != Grant::Forbidden => {
                    Some(so_far.max(layer.grant))
                }
                other => other,
            };
            spoken |= layer.speaks;
        }
        Decision {
            grant,
            terms: (0..self.policy.terms.len()).map(|term| decide_term(&layers, term)).collect(),
            should: layers.iter().any(|layer| layer.stands(Grade::Should)),
            should_not: layers.iter().any(|layer| layer.stands(Grade::ShouldNot)),
            assess: layers.iter().any(|layer| layer.stands(Grade::MustAssess)),
            duty: layers.iter().any(|layer| layer.duty),
        }
    }
}

fn decide_term(layers: &[Verdict], term: usize) -> DecidedTerm {
    let mut decided = DecidedTerm::Unbounded;
    for layer in layers {
        let Some(set) = layer.bounds[term].iter().map(|(_, set, _)| *set).reduce(|a, b| a & b) else {
            continue;
        };
        decided = match decided {
            DecidedTerm::Unbounded if layer.contradicted_terms[term] => DecidedTerm::Undecided,
            DecidedTerm::Unbounded => DecidedTerm::Values(set),
            DecidedTerm::Values(so_far) if so_far & set != 0 => DecidedTerm::Values(so_far & set),
            settled => settled,
        };
    }
    decided
}
