//! What a policy says to one citizen, sentence by sentence from docs/semantics.md, sections 2 to 4.

use super::policy::{Cond, Effect, EffectKind, Grade, Layer, Policy, Speaker};
use super::rules::{Flat, flatten};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Grant {
    Forbidden,
    None,
    May,
    Right,
    Must,
}

/// A policy with its rules resolved.
pub(crate) struct Judge<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) rules: Vec<Flat>,
    /// for each rule the exceptions from it
    excepters: Vec<Vec<usize>>,
    /// every support, and the kinds that are judged
    pub(crate) judged: Vec<usize>,
}

impl<'a> Judge<'a> {
    pub(crate) fn new(policy: &'a Policy) -> Self {
        let rules = flatten(policy);
        let mut excepters = vec![Vec::new(); rules.len()];
        for (at, rule) in rules.iter().enumerate() {
            for base in &rule.exception_to {
                excepters[*base].push(at);
            }
        }
        let mut judge = Judge { policy, rules, excepters, judged: Vec::new() };
        judge.judged = judge.judged_by(|_| true);
        judge
    }

    /// Every support, and the kinds that some speaker puts a grade of its own on.
    pub(crate) fn judged_by(&self, heard: impl Fn(Speaker) -> bool) -> Vec<usize> {
        let makes_judged = [Grade::Must, Grade::Right, Grade::Should, Grade::MustAssess];
        let puts = |rule: &Flat, support: usize| {
            rule.grades()
                .any(|(grade, effect)| makes_judged.contains(&grade) && effect.targets.contains(&support))
        };
        let speaks = |rule: &&Flat| !rule.has_error() && heard(rule.speaker);
        (0..self.policy.supports.len())
            .filter(|support| {
                !self.policy.supports[*support].is_kind
                    || self.rules.iter().filter(speaks).any(|rule| puts(rule, *support))
            })
            .collect()
    }

    /// What is said to one citizen.
    pub(crate) fn at<'p>(&'p self, profile: &'p [i64]) -> View<'p> {
        let applies = self.rules.iter().map(|rule| rule.applies(self.policy, profile)).collect();
        View { judge: self, policy: self.policy, profile, applies }
    }

    /// The rule speaks of some judged support; `bør ikke` on a kind no one judges does not, nor does `kan` on a kind
    /// without supports.
    pub(crate) fn has_part(&self, rule: usize) -> bool {
        let speaks = |support: &usize| {
            !self.grades_for(rule, *support).is_empty()
                || !self.preconditions_for(rule, *support).is_empty()
                || (0..self.policy.terms.len()).any(|term| !self.bounds_for(rule, *support, term).is_empty())
        };
        self.rules[rule].lapses() || self.judged.iter().any(speaks)
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
            target == support
        }
    }

    /// The bounds of a rule on a term that speak of a judged support.
    pub(crate) fn bounds_for(&self, rule: usize, support: usize, term: usize) -> Vec<u64> {
        let speaks = |effect: &Effect| match &effect.kind {
            EffectKind::Grade { grade, .. } => {
                effect.targets.iter().any(|target| self.grade_speaks(*grade, *target, support))
            }
            EffectKind::Terms => {
                effect.targets.iter().any(|target| self.policy.is_at_or_above(*target, support))
            }
            EffectKind::Precondition(_) | EffectKind::Lapses => false,
        };
        let effects = self.rules[rule].effects.iter().filter(|effect| speaks(effect));
        let bounds = effects.flat_map(|effect| effect.bounds.iter().filter(|(bounded, _)| *bounded == term));
        let values = self.policy.terms[term].domain.values();
        bounds
            .map(|(_, test)| {
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
    pub(crate) applies: Vec<bool>,
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
    pub(crate) assess: bool,
    pub(crate) duty: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

    /// Every part of `rule` for `support` is set aside.
    pub(crate) fn all_aside(&self, rule: usize, support: usize) -> bool {
        self.judge.excepters[rule].iter().any(|except| {
            let graded = self.rule(*except).grades().any(|(_, effect)| self.is_for(effect, support));
            self.applies[*except]
                && (self.rule(*except).lapses() || graded)
                && !self.all_aside(*except, support)
        })
    }

    fn is_for(&self, effect: &Effect, support: usize) -> bool {
        effect.targets.iter().any(|target| self.policy.is_at_or_above(*target, support))
    }

    fn term_aside(&self, rule: usize, support: usize, term: usize) -> bool {
        let bounds = |effect: &Effect| {
            self.is_for(effect, support) && effect.bounds.iter().any(|(bounded, _)| *bounded == term)
        };
        self.all_aside(rule, support)
            || self.judge.excepters[rule].iter().any(|except| {
                self.applies[*except]
                    && !self.rule(*except).has_grade()
                    && self.rule(*except).effects.iter().any(bounds)
                    && !self.term_aside(*except, support, term)
            })
    }

    fn precondition_aside(&self, rule: usize, support: usize) -> bool {
        let states = |effect: &Effect| {
            matches!(effect.kind, EffectKind::Precondition(_)) && self.is_for(effect, support)
        };
        self.all_aside(rule, support)
            || self.judge.excepters[rule].iter().any(|except| {
                self.applies[*except]
                    && !self.rule(*except).has_grade()
                    && self.rule(*except).effects.iter().any(states)
                    && !self.precondition_aside(*except, support)
            })
    }

    /// The grades of a rule that are active for a judged support, each with its target.
    pub(crate) fn active_grades(&self, rule: usize, support: usize) -> Vec<(Grade, usize)> {
        if self.applies[rule] && !self.all_aside(rule, support) {
            self.judge.grades_for(rule, support)
        } else {
            Vec::new()
        }
    }

    /// The bounds of a rule on a term that are active for a judged support.
    pub(crate) fn active_bounds(&self, rule: usize, support: usize, term: usize) -> Vec<u64> {
        if self.applies[rule] && !self.term_aside(rule, support, term) {
            self.judge.bounds_for(rule, support, term)
        } else {
            Vec::new()
        }
    }

    fn active_preconditions(&self, rule: usize, support: usize) -> Vec<&Cond> {
        if self.applies[rule] && !self.precondition_aside(rule, support) {
            self.judge.preconditions_for(rule, support)
        } else {
            Vec::new()
        }
    }

    /// Some part of the rule is active for some judged support.
    pub(crate) fn any_part_active(&self, rule: usize) -> bool {
        self.applies[rule]
            && self.judge.judged.iter().any(|support| {
                !self.active_grades(rule, *support).is_empty()
                    || (self.rule(rule).lapses() && !self.all_aside(rule, *support))
                    || !self.active_preconditions(rule, *support).is_empty()
                    || (0..self.policy.terms.len())
                        .any(|term| !self.active_bounds(rule, *support, term).is_empty())
            })
    }

    fn gives_way(&self, rule: usize, grade: Grade, target: usize, support: usize) -> bool {
        if grade != Grade::May || !self.policy.is_above(target, support) {
            return false;
        }
        let nearer = |(grade, nearer): (Grade, usize)| {
            matches!(grade, Grade::Must | Grade::Right | Grade::May | Grade::MustNot | Grade::MustAssess)
                && (nearer == support || self.policy.is_above(target, nearer))
        };
        (0..self.judge.rules.len()).any(|other| {
            (self.rule(other).speaker.is_law() || self.rule(other).speaker == self.rule(rule).speaker)
                && self.active_grades(other, support).into_iter().any(nearer)
        })
    }

    fn firm(&self, rule: usize) -> bool {
        !self.rule(rule).is_deviable(self.policy, self.profile)
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
            let fails = |cond: &&Cond| !self.policy.holds(cond, self.profile);
            if self.firm(*rule) && self.active_preconditions(*rule, support).iter().any(fails) {
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

    /// What is decided, the law first.
    pub(crate) fn decision(&self, support: usize) -> Decision {
        let (law, town) =
            (self.verdict(Layer::Law, support), self.verdict(Layer::Of(Speaker::Town), support));
        let grant = if law.contradicted {
            None
        } else if town.contradicted {
            law.speaks.then_some(law.grant)
        } else if law.grant == Grant::Forbidden || (town.grant == Grant::Forbidden && law.grant <= Grant::May)
        {
            Some(Grant::Forbidden)
        } else {
            Some(law.grant.max(town.grant))
        };
        let terms = (0..self.policy.terms.len()).map(|term| decide_term(&law, &town, term)).collect();
        Decision {
            grant,
            terms,
            should: law.stands(Grade::Should) || town.stands(Grade::Should),
            assess: law.stands(Grade::MustAssess) || town.stands(Grade::MustAssess),
            duty: law.duty || town.duty,
        }
    }
}

fn decide_term(law: &Verdict, town: &Verdict, term: usize) -> DecidedTerm {
    let common = |verdict: &Verdict| verdict.bounds[term].iter().map(|(_, set, _)| *set).reduce(|a, b| a & b);
    let (of_law, of_town) = (common(law), common(town));
    if law.contradicted_terms[term] {
        return DecidedTerm::Undecided;
    }
    if town.contradicted_terms[term] {
        return of_law.map_or(DecidedTerm::Undecided, DecidedTerm::Values);
    }
    match (of_law, of_town) {
        (None, None) => DecidedTerm::Unbounded,
        (Some(set), None) | (None, Some(set)) => DecidedTerm::Values(set),
        (Some(of_law), Some(of_town)) if of_law & of_town == 0 => DecidedTerm::Values(of_law),
        (Some(of_law), Some(of_town)) => DecidedTerm::Values(of_law & of_town),
    }
}
