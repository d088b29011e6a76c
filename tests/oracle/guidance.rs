//! What a vejledning says, and who departs from it: docs/semantics.md, section 6, `against-guidance`.

use super::checks::{Expected, Finder};
use super::generate::Generator;
use super::judge::{Grant, Judge, Verdict, View};
use super::policy::{DATE, Effect, EffectKind, Grade, Item, Layer, Period, Policy, Rule, Sort, Speaker};
use super::sets::{all_better, reaches_past_on_worse_side};
use super::text::period_words;
use hjemmel::{Day, Severity};

/// What a leverandør delivers and performs, as `forløb` number so and so.
#[derive(Clone, Debug)]
pub(crate) struct Performed {
    pub(crate) delivers: Vec<usize>,
    pub(crate) performs: Vec<usize>,
    pub(crate) valid: Option<Period>,
}

pub(crate) const SELLER: &str = "Sælger";

/// The file of the leverandør.
pub(crate) fn seller(policy: &Policy) -> String {
    let names =
        |of: &[usize]| of.iter().map(|at| policy.supports[*at].name.as_str()).collect::<Vec<_>>().join(", ");
    let mut out = format!("leverandør {SELLER} \"Sælger\" {{ vedtaget 2020-01-01 }}\n");
    for (number, offer) in policy.performed.iter().enumerate() {
        out += &format!("forløb o{number} \"Forløb\" {{\n    hjemmel Kilde § 2\n");
        if let Some(valid) = offer.valid {
            out += &format!("    gyldig {}\n", period_words(valid));
        }
        out +=
            &format!("    leverer {}\n    udfører {}\n}}\n", names(&offer.delivers), names(&offer.performs));
    }
    out
}

fn speaks_for(verdict: &Verdict) -> bool {
    verdict.granted() || verdict.stands(Grade::Should)
}

fn speaks_against(verdict: &Verdict) -> bool {
    verdict.grant == Grant::Forbidden || verdict.stands(Grade::ShouldNot)
}

/// The local bounds give less than the advised ones.
fn gives_less(advice: &Verdict, local: &Verdict, term: usize, better: Option<bool>) -> bool {
    let common = |bounds: &[(usize, u64, bool)]| bounds.iter().map(|(_, set, _)| *set).reduce(|a, b| a & b);
    let Some(advised) = common(&advice.bounds[term]).filter(|set| *set != 0) else { return false };
    let Some(own) = common(&local.bounds[term]) else { return false };
    let sets = if own == 0 { local.bounds[term].iter().map(|(_, set, _)| *set).collect() } else { vec![own] };
    let less = |set: u64| {
        let apart = set & advised == 0;
        (apart && !all_better(set, advised, better)) || reaches_past_on_worse_side(set, advised, better)
    };
    !advice.contradicted_terms[term] && sets.into_iter().any(less)
}

fn departs(view: &View, support: usize) -> bool {
    let policy = view.judge.policy;
    let own = view.verdict(view.judge.place.layer(), support);
    let said = view.verdict(Layer::Of(Speaker::Guide), support);
    let (pro, contra) = (speaks_for(&said), speaks_against(&said));
    let settled = !own.contradicted && !said.contradicted;
    let due = said.stands(Grade::Right) || said.stands(Grade::Must);
    // of an art only what is said of the art itself
    let itself = due || said.stands(Grade::Should) || said.stands(Grade::ShouldNot);
    let asked = settled && (itself || !policy.supports[support].is_kind);
    let refused = pro && !contra && !own.granted() && speaks_against(&own);
    let given = contra && !pro && speaks_for(&own);
    let lowered = pro && !contra && due && said.grant >= Grant::Right && own.grant == Grant::May;
    let mut terms = policy.terms.iter().enumerate();
    (asked && (refused || given || lowered))
        || terms.any(|(at, term)| gives_less(&said, &own, at, term.more_is_better))
}

impl Finder<'_> {
    /// Where a municipality or institution departs from the vejledning.
    pub(super) fn against_guidance(&mut self, profiles: &[Vec<i64>]) {
        let place = self.judge.place;
        if !self.policy.guide || !matches!(place, Speaker::Town | Speaker::OtherTown | Speaker::Home) {
            return;
        }
        let judge = Judge::beside_guide(self.policy, place);
        let heard = Finder::new(self.policy, &judge, self.count, Expected::default());
        for (point, profile) in profiles.iter().enumerate().filter(|(_, profile)| self.policy.exists(profile))
        {
            self.point = point;
            let view = judge.at(profile);
            for support in judge.judged.iter().filter(|support| view.is_told(**support)) {
                if !heard.in_doubt(&view, *support) && departs(&view, *support) {
                    self.tell("against-guidance", place.name(), Some(*support), Severity::Note);
                }
            }
        }
    }

    /// What a leverandør performs although the vejledning advises against it.
    pub(super) fn performed_against_guidance(&mut self, profiles: &[Vec<i64>]) {
        let policy = self.policy;
        for offer in &policy.performed {
            for task in offer.performs.iter().flat_map(|task| performed(policy, offer, *task)) {
                for (point, profile) in
                    profiles.iter().enumerate().filter(|(_, profile)| policy.exists(profile))
                {
                    let view = self.judge.at(profile);
                    let said = view.verdict(Layer::Of(Speaker::Guide), task);
                    let stands = offer.valid.is_none_or(|valid| valid.holds(profile[DATE]));
                    let against = speaks_against(&said) && !speaks_for(&said);
                    if stands && against && !said.contradicted && !self.in_doubt(&view, task) {
                        self.point = point;
                        self.tell("against-guidance", SELLER, Some(task), Severity::Note);
                    }
                }
            }
        }
    }

    /// Offers that have ended.
    pub(super) fn ended_offers(&mut self) {
        for (number, offer) in self.policy.performed.iter().enumerate() {
            let end = offer.valid.and_then(|valid| valid.to);
            let source = super::rules::last(self.policy, |day| {
                self.policy.in_force(super::policy::Basis::Source, day)
            });
            let end = end.into_iter().chain(source).min();
            if end.zip(self.policy.reference).is_some_and(|(end, seen): (Day, Day)| end < seen) {
                self.found.rules.insert(("expired", format!("{SELLER}.o{number}"), Severity::Warning));
            }
        }
    }
}

/// The pairs of a task and what the offer delivers; the task, where there are none.
fn performed(policy: &Policy, offer: &Performed, task: usize) -> Vec<usize> {
    let delivered =
        |support: &usize| offer.delivers.iter().any(|name| policy.is_at_or_above(*name, *support));
    let is_pair = |at: &usize| matches!(&policy.supports[*at].sort, Sort::Pair(of, support) if *of == task && delivered(support));
    let pairs: Vec<usize> = (0..policy.supports.len()).filter(is_pair).collect();
    if pairs.is_empty() { vec![task] } else { pairs }
}

const ADVICE: [Grade; 12] = [
    Grade::Should,
    Grade::Should,
    Grade::Should,
    Grade::ShouldNot,
    Grade::ShouldNot,
    Grade::ShouldNot,
    Grade::May,
    Grade::May,
    Grade::Must,
    Grade::Right,
    Grade::MustNot,
    Grade::MustAssess,
];

impl Generator {
    /// A vejledning, mostly of what the municipalities speak of, and what a leverandør performs.
    pub(super) fn guide(&mut self) {
        self.policy.guide = true;
        for number in 1..=self.random.between(1, 4) {
            let name = format!("h{number}");
            if !self.all_tasks().is_empty() && self.random.chance(40) {
                self.chore(Speaker::Guide, &name);
                continue;
            }
            let clauses = self.clauses(Speaker::Guide, 40);
            let targets = vec![self.local_target()];
            let kind = match self.random.between(0, 9) {
                0 => EffectKind::Terms,
                _ => EffectKind::Grade {
                    grade: *self.random.pick(&ADVICE),
                    duty: self.random.chance(5),
                    only_when: None,
                },
            };
            let bounds = match kind {
                EffectKind::Terms => self.bounds(100),
                EffectKind::Grade { grade: Grade::MustNot | Grade::ShouldNot, .. } => Vec::new(),
                _ => self.bounds(40),
            };
            let effects = vec![Effect { kind, targets, bounds }];
            self.policy.items.push(Item::Rule(Rule { speaker: Speaker::Guide, name, clauses, effects }));
        }
        let tasks: Vec<usize> =
            self.all_tasks().into_iter().filter(|at| self.policy.supports[*at].sort != Sort::Step).collect();
        if !tasks.is_empty() && self.random.chance(60) {
            for _ in 0..self.random.between(1, 2) {
                let (delivers, performs) = (vec![self.target(25)], vec![*self.random.pick(&tasks)]);
                let valid = self.random.chance(30).then(|| self.period());
                self.policy.performed.push(Performed { delivers, performs, valid });
            }
        }
    }

    fn local_target(&mut self) -> usize {
        let mut spoken: Vec<usize> = Vec::new();
        for item in &self.policy.items {
            match item {
                Item::Rule(rule)
                    if matches!(rule.speaker, Speaker::Town | Speaker::OtherTown | Speaker::Home) =>
                {
                    spoken.extend(rule.effects.iter().flat_map(|effect| &effect.targets));
                }
                Item::Table(table) => spoken.extend(table.rows.iter().flat_map(|row| &row.targets)),
                _ => {}
            }
        }
        spoken.retain(|support| self.policy.is_given(*support));
        if spoken.is_empty() || self.random.chance(30) { self.target(20) } else { *self.random.pick(&spoken) }
    }
}
