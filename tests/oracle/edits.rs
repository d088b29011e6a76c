//! A policy edited as its authors would: what a rule says, who it is about, whom it is called after.

use super::conditions::Conditions;
use super::generate::Generator;
use super::policy::{Assumption, Rule, Sort, Speaker, Support};
use super::policy::{
    Basis, Clauses, Cond, DATE, Domain, Effect, EffectKind, Fact, Grade, Item, Policy, Test,
};
use super::random::Random;
use super::shrink;

/// The edits that change no decision.
pub(crate) const IDLE: [&str; 4] = ["rename", "reorder", "split", "reformat"];

const ALL: [&str; 27] = [
    "rename",
    "reorder",
    "split",
    "reformat",
    "bound",
    "bound",
    "grade",
    "grade",
    "value",
    "department",
    "days",
    "days",
    "precondition",
    "exception",
    "citation",
    "citation",
    "domain",
    "list",
    "antag",
    "concept",
    "add",
    "remove",
    "when",
    "when",
    "support",
    "fact",
    "place",
];

/// The policy after some edits, and which.
pub(crate) fn edited(policy: &Policy, seed: u64) -> (Policy, Vec<&'static str>) {
    let mut random = Random::new(seed ^ 0x0d1f_f0d1);
    // every fifth pair is told the same otherwise
    let idle = random.chance(20);
    let mut made = Vec::new();
    let mut after = policy.clone();
    for _ in 0..random.between(1, 3) {
        let edit = if idle { *random.pick(&IDLE) } else { *random.pick(&ALL) };
        let mut candidate = after.clone();
        let mut editor = Generator { random, policy: candidate };
        let done = editor.edit(edit);
        (random, candidate) = (editor.random, editor.policy);
        shrink::tidy(&mut candidate);
        if done && shrink::is_sound(&candidate) && !super::layers::runs_in_a_circle(&candidate) {
            after = candidate;
            made.push(edit);
        }
    }
    (after, made)
}

/// The same policy told otherwise.
pub(crate) fn retold(policy: &Policy, seed: u64) -> Policy {
    let mut random = Random::new(seed ^ 0x7e11);
    let mut after = policy.clone();
    for edit in IDLE {
        let mut editor = Generator { random, policy: after.clone() };
        let done = editor.edit(edit);
        let mut candidate = editor.policy;
        random = editor.random;
        shrink::tidy(&mut candidate);
        if done && shrink::is_sound(&candidate) && !super::layers::runs_in_a_circle(&candidate) {
            after = candidate;
        }
    }
    after
}

impl Generator {
    fn edit(&mut self, edit: &str) -> bool {
        match edit {
            "rename" => self.rename(),
            "reorder" => {
                let last = self.policy.items.len() - 1;
                let (one, other) = (self.random.between(0, last), self.random.between(0, last));
                self.policy.items.swap(one, other);
                true
            }
            "split" => self.split(),
            "reformat" => true,
            "bound" => self.rebound(),
            "grade" => self.regrade(),
            "value" => self.revalue(),
            "precondition" => self.precondition(),
            "domain" => self.domain(),
            "list" => self.turn_list(),
            "support" => self.add_support(),
            "fact" => self.add_fact(),
            "department" => self.department(),
            "antag" => {
                if !self.policy.assumptions.is_empty() && self.random.chance(50) {
                    self.policy.assumptions.pop();
                } else {
                    let made = Assumption { when: self.maybe_plain(70), then: self.plain() };
                    self.policy.assumptions.push(made);
                }
                true
            }
            "concept" => {
                let count = self.policy.concepts.len();
                if count == 0 {
                    return false;
                }
                // a concept may rest on those before it
                self.policy.concepts[0].1 = self.plain();
                true
            }
            "add" => {
                let speaker =
                    *self.random.pick(&[Speaker::Law, Speaker::Town, Speaker::Town, Speaker::OtherTown]);
                let effects = vec![self.graded(speaker.is_law())];
                let clauses =
                    Clauses { when: self.maybe_plain(70), basis: vec![Basis::Law], ..Clauses::default() };
                self.policy.items.push(Item::Rule(Rule {
                    speaker,
                    name: format!("ny-regel-{}", self.policy.items.len()),
                    clauses,
                    effects,
                }));
                true
            }
            "remove" => {
                let at = self.random.between(0, self.policy.items.len() - 1);
                let gone = self.policy.items.remove(at);
                let Item::Rule(rule) = gone else { return true };
                let name = format!("{}.{}", rule.speaker.name(), rule.name);
                self.policy.words.ceilings.retain(|(rule, _)| *rule != name);
                true
            }
            "place" => {
                let town = *self.random.pick(&[Speaker::Town, Speaker::OtherTown]);
                if self.policy.home.is_some() && self.random.chance(60) {
                    self.policy.home = Some(town);
                } else if let Some(trial) = &mut self.policy.trial {
                    trial.towns = vec![town];
                } else if let Some(towns) = &mut self.policy.region {
                    *towns = vec![town];
                } else {
                    return false;
                }
                true
            }
            _ => self.clause(edit),
        }
    }

    /// A condition that asks for no decision and names no concept.
    fn plain(&mut self) -> Cond {
        loop {
            let cond = self.cond(1);
            let mut named = false;
            let mut copy = cond.clone();
            shrink::each_part(&mut copy, &mut |part| {
                named |= matches!(part, Cond::Concept(_) | Cond::Decided(..));
            });
            if !named {
                return cond;
            }
        }
    }

    fn maybe_plain(&mut self, percent: usize) -> Option<Cond> {
        self.random.chance(percent).then(|| self.plain())
    }

    /// One of the rules or tables.
    fn pick_item(&mut self) -> usize {
        self.random.between(0, self.policy.items.len() - 1)
    }

    fn clause(&mut self, edit: &str) -> bool {
        let at = self.pick_item();
        let (period, cond, chance) = (self.period(), self.maybe_plain(80), self.random.chance(50));
        let basis = self.basis(false, 10);
        let own = match &self.policy.items[at] {
            Item::Rule(rule) => rule.speaker,
            _ => Speaker::Town,
        };
        // from a rule of another module that has no say here there can be no exception
        let names: Vec<String> = self.policy.items[..at]
            .iter()
            .filter_map(|item| match item {
                Item::Rule(rule) if rule.speaker == own || rule.speaker.is_law() => {
                    Some(format!("{}.{}", rule.speaker.name(), rule.name))
                }
                _ => None,
            })
            .collect();
        let clauses = match &mut self.policy.items[at] {
            Item::Rule(rule) => &mut rule.clauses,
            Item::Table(table) => &mut table.clauses,
            Item::Matrix(matrix) => &mut matrix.clauses,
        };
        match edit {
            "days" => clauses.valid = chance.then_some(period),
            "citation" => clauses.basis = basis,
            "when" => clauses.when = cond,
            _ if clauses.exception_to.is_empty() && !names.is_empty() => {
                clauses.exception_to = vec![self.random.pick(&names).clone()];
            }
            _ => clauses.exception_to.clear(),
        }
        true
    }

    fn department(&mut self) -> bool {
        let count = self.policy.departments.len();
        if count == 0 {
            return false;
        }
        if self.random.chance(50) {
            let at = self.random.between(0, count - 1);
            self.policy.departments[at].1 = self.maybe_plain(80);
            return true;
        }
        let at = self.pick_item();
        let place = self.random.between(0, count - 1);
        match &mut self.policy.items[at] {
            Item::Rule(rule) if rule.speaker == Speaker::Town => rule.clauses.places = vec![place],
            Item::Table(table) => table.clauses.places = vec![place],
            _ => return false,
        }
        true
    }

    fn rule_at(&mut self) -> Option<usize> {
        let rules = |item: &Item| matches!(item, Item::Rule(_));
        let at: Vec<usize> =
            (0..self.policy.items.len()).filter(|at| rules(&self.policy.items[*at])).collect();
        (!at.is_empty()).then(|| *self.random.pick(&at))
    }

    fn rename(&mut self) -> bool {
        let Some(at) = self.rule_at() else { return false };
        let Item::Rule(rule) = &mut self.policy.items[at] else { return false };
        let was = format!("{}.{}", rule.speaker.name(), rule.name);
        rule.name.push_str("-omdøbt");
        let is = format!("{}.{}", rule.speaker.name(), rule.name);
        self.replace_name(&was, &[is]);
        true
    }

    /// Wherever a rule was named, others are.
    fn replace_name(&mut self, was: &str, is: &[String]) {
        for item in &mut self.policy.items {
            let clauses = match item {
                Item::Rule(rule) => &mut rule.clauses,
                Item::Table(table) => &mut table.clauses,
                Item::Matrix(matrix) => &mut matrix.clauses,
            };
            let named = |name: String| if name == was { is.to_vec() } else { vec![name] };
            clauses.exception_to =
                std::mem::take(&mut clauses.exception_to).into_iter().flat_map(named).collect();
        }
        let ceilings = std::mem::take(&mut self.policy.words.ceilings);
        let named = |(name, term): (String, usize)| {
            let names = if name == was { is.to_vec() } else { vec![name] };
            names.into_iter().map(move |name| (name, term))
        };
        self.policy.words.ceilings = ceilings.into_iter().flat_map(named).collect();
    }

    /// A rule that grants two things becomes two rules, for each support one.
    fn split(&mut self) -> bool {
        let can = |item: &Item| match item {
            Item::Rule(rule) => {
                let graded =
                    rule.effects.iter().all(|effect| matches!(effect.kind, EffectKind::Grade { .. }));
                rule.clauses.fault.is_none()
                    && graded
                    && (rule.effects.len() > 1 || rule.effects[0].targets.len() > 1)
            }
            _ => false,
        };
        let Some(at) = self.policy.items.iter().position(can) else { return false };
        let Item::Rule(rule) = self.policy.items[at].clone() else { return false };
        let one = |number: usize, effect: &Effect, target: usize| {
            let effects = vec![Effect { targets: vec![target], ..effect.clone() }];
            Rule { name: format!("{}-{number}", rule.name), effects, ..rule.clone() }
        };
        let parts =
            rule.effects.iter().flat_map(|effect| effect.targets.iter().map(move |target| (effect, *target)));
        let rules: Vec<Rule> =
            parts.enumerate().map(|(number, (effect, target))| one(number, effect, target)).collect();
        let name = |rule: &Rule| format!("{}.{}", rule.speaker.name(), rule.name);
        let names: Vec<String> = rules.iter().map(name).collect();
        self.policy.items.splice(at..=at, rules.into_iter().map(Item::Rule));
        self.replace_name(&name(&rule), &names);
        true
    }

    fn effect_at(&mut self, wanted: fn(&Effect) -> bool) -> Option<(usize, usize)> {
        let mut all = Vec::new();
        for (at, item) in self.policy.items.iter().enumerate() {
            if let Item::Rule(rule) = item {
                let fitting = rule.effects.iter().enumerate().filter(|(_, effect)| wanted(effect));
                all.extend(fitting.map(|(number, _)| (at, number)));
            }
        }
        (!all.is_empty()).then(|| *self.random.pick(&all))
    }

    fn with_effect(&mut self, (at, number): (usize, usize), change: impl FnOnce(&mut Effect)) -> bool {
        if let Item::Rule(rule) = &mut self.policy.items[at] {
            change(&mut rule.effects[number]);
        }
        true
    }

    fn rebound(&mut self) -> bool {
        let bounded = |effect: &Effect| matches!(effect.kind, EffectKind::Grade { .. } | EffectKind::Terms);
        let Some(place) = self.effect_at(bounded) else { return false };
        let bounds = self.bounds(100);
        self.with_effect(place, |effect| effect.bounds = bounds)
    }

    /// One bound alone, of which another value stands.
    fn revalue(&mut self) -> bool {
        let Some(place) = self.effect_at(|effect| !effect.bounds.is_empty()) else { return false };
        let Item::Rule(rule) = &self.policy.items[place.0] else { return false };
        let term = rule.effects[place.1].bounds[0].0;
        let domain = &self.policy.terms[term].domain;
        let test = Conditions { random: &mut self.random, policy: &self.policy }.bound(domain);
        self.with_effect(place, |effect| effect.bounds[0].1 = test)
    }

    fn regrade(&mut self) -> bool {
        let Some(place) = self.effect_at(|effect| matches!(effect.kind, EffectKind::Grade { .. })) else {
            return false;
        };
        let grades =
            [Grade::May, Grade::Right, Grade::Must, Grade::MustNot, Grade::MustAssess, Grade::Should];
        let new = *self.random.pick(&grades);
        let granting = matches!(new, Grade::May | Grade::Right | Grade::Must);
        let pledge = granting && self.random.chance(15);
        self.with_effect(place, |effect| {
            effect.kind = EffectKind::Grade { grade: new, duty: pledge, only_when: None };
            if !granting {
                effect.bounds.clear();
            }
        })
    }

    fn precondition(&mut self) -> bool {
        let may = |effect: &Effect| {
            matches!(effect.kind, EffectKind::Precondition(_) | EffectKind::Grade { grade: Grade::May, .. })
        };
        let Some(place) = self.effect_at(may) else { return false };
        let (cond, both) = (self.plain(), self.random.chance(70));
        self.with_effect(place, |effect| match &mut effect.kind {
            EffectKind::Precondition(old) => *old = cond,
            EffectKind::Grade { only_when, .. } => *only_when = both.then_some(cond),
            _ => {}
        })
    }

    /// A fact has a value more.
    fn domain(&mut self) -> bool {
        let at = self.random.between(1, self.policy.facts.len() - 1);
        match &mut self.policy.facts[at].domain {
            Domain::List { values, .. } if !values.contains(&"en-til".to_owned()) => {
                values.push("en-til".to_owned());
            }
            Domain::Number { high, .. } | Domain::Money { high, .. } => *high += 1,
            _ => return false,
        }
        true
    }

    /// A list is written the other way round.
    fn turn_list(&mut self) -> bool {
        let turnable = |fact: &Fact| matches!(fact.domain, Domain::List { ordered: false, .. });
        let Some(at) = self.policy.facts.iter().position(turnable) else { return false };
        let Domain::List { values, .. } = &mut self.policy.facts[at].domain else { return false };
        values.reverse();
        let last = values.len() as i64 - 1;
        let turn = |test: &mut Test| test.values.iter_mut().for_each(|value| *value = last - *value);
        self.policy.facts[at].typical.iter_mut().for_each(|value| *value = last - *value);
        shrink::each_cond(&mut self.policy, &mut |cond| {
            shrink::each_part(cond, &mut |part| {
                if let Cond::Test(fact, test) = part
                    && *fact == at
                {
                    turn(test);
                }
            });
        });
        for item in &mut self.policy.items {
            match item {
                Item::Table(table) => {
                    let tests = table.rows.iter_mut().flat_map(|row| &mut row.tests);
                    tests.filter(|(fact, _)| *fact == at).for_each(|(_, test)| turn(test));
                }
                Item::Matrix(matrix) if matrix.fact == at => {
                    matrix.rows.iter_mut().for_each(|row| turn(&mut row.test));
                }
                _ => {}
            }
        }
        true
    }

    fn add_support(&mut self) -> bool {
        let name = "ekstra".to_owned();
        if self.policy.supports.iter().any(|support| support.sort != Sort::Support || support.name == name) {
            return false;
        }
        let at = self.policy.supports.len();
        let parent = self.random.chance(50).then_some(0);
        self.policy.supports.push(Support { name, is_kind: false, parent, sort: Sort::Support });
        let mut effect = self.graded(false);
        effect.targets = vec![at];
        let clauses =
            Clauses { when: self.maybe_plain(60), basis: vec![Basis::Source], ..Clauses::default() };
        let rule =
            Rule { speaker: Speaker::Town, name: "om-ekstra".to_owned(), clauses, effects: vec![effect] };
        self.policy.items.push(Item::Rule(rule));
        true
    }

    /// A fact nobody asked before is asked by a rule.
    fn add_fact(&mut self) -> bool {
        let Some(place) = self.rule_at() else { return false };
        let name = "spurgt".to_owned();
        if self.policy.facts.iter().any(|fact| fact.name == name) || self.policy.profiles().len() > 400 {
            return false;
        }
        let at = self.policy.facts.len();
        debug_assert!(at > DATE);
        self.policy.facts.push(Fact {
            name,
            domain: Domain::YesNo,
            typical: None,
            assessed: false,
            fixed: false,
        });
        if let Item::Rule(rule) = &mut self.policy.items[place] {
            let more = rule.clauses.when.take().into_iter().chain([Cond::Fact(at)]).collect::<Vec<_>>();
            rule.clauses.when = Some(if more.len() == 1 { more[0].clone() } else { Cond::And(more) });
        }
        true
    }
}
