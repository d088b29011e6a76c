//! Long ranked tables: their rows as boxes, because a diagram of a thousand rows is too much work or never ends.
//!
//! Where the exceptions from a rule are closed, which means that what excepts from one of them excepts from the rule
//! too, they are active together exactly where one of them applies: of those that apply at a profile, one that
//! none of the others sets aside is active. So whether a row is reached is a question about conditions alone, and
//! conditions are boxes.

use super::NotProven;
use super::space::nearest;
use crate::boxes::{self, BoxRule, Budget, Dimension, Extent, Table};
use crate::model::{DATE, Domain, FactId, Formula, Model, Profile, RuleId, SupportId, ValueSet};
use crate::verdict::{SetsAside, Statements};
use std::collections::{BTreeMap, BTreeSet};

/// A list this long is asked as boxes.
const LONG: usize = 128;

/// More boxes than this a condition is not divided into.
const MOST_BOXES: usize = 64;

/// Values of some facts; a fact that is not named may have any.
pub(crate) type Conjunction = BTreeMap<FactId, ValueSet>;

/// The rules that speak of a support, and what sets all of each aside.
pub(crate) struct Ranking {
    pub rules: Vec<RuleId>,
    /// for each rule the exceptions from it, if they are closed
    pub exceptions: BTreeMap<RuleId, Vec<RuleId>>,
}

impl Ranking {
    /// What is said of a support; nothing where no list is long.
    pub(crate) fn of(statements: &Statements, support: SupportId) -> Option<Self> {
        let said = statements.about(support);
        if said.iter().all(|said| said.exceptions.len() + 1 < LONG) {
            return None;
        }
        let rules: Vec<RuleId> = said.iter().map(|said| said.rule).collect();
        let aside: Vec<Vec<usize>> = said
            .iter()
            .map(|said| {
                let everything = said.exceptions.iter().filter(|(_, aside)| *aside == SetsAside::Everything);
                let mut own: Vec<usize> =
                    everything.filter_map(|(id, _)| rules.binary_search(id).ok()).collect();
                own.sort_unstable();
                own.dedup();
                own
            })
            .collect();
        let sets: Vec<Vec<u64>> = aside.iter().map(|own| bits(own, rules.len())).collect();
        let closed = |at: &usize| {
            let outside = |(theirs, own): (&u64, &u64)| theirs & !own != 0;
            !aside[*at].iter().any(|other| sets[*other].iter().zip(&sets[*at]).any(outside))
        };
        let exceptions = (0..rules.len()).filter(closed);
        let exceptions =
            exceptions.map(|at| (rules[at], aside[at].iter().map(|other| rules[*other]).collect()));
        Some(Ranking { exceptions: exceptions.collect(), rules })
    }
}

fn bits(members: &[usize], many: usize) -> Vec<u64> {
    let mut words = vec![0; many.div_ceil(64)];
    members.iter().for_each(|at| words[at / 64] |= 1 << (at % 64));
    words
}

/// Whether a rule applies to somebody to whom none of some others does.
pub(crate) enum Beyond {
    /// it does
    Somebody,
    /// it does not, and these are enough to see it
    Covered(BTreeSet<RuleId>),
}

/// Rules as boxes.
pub(crate) struct Outgrown<'a> {
    model: &'a Model,
    facts: Vec<FactId>,
    table: Table,
    /// the boxes of each rule, by their place in the table
    boxes: BTreeMap<RuleId, Vec<u32>>,
    /// whose boxes they are
    owners: Vec<Option<RuleId>>,
    /// boxes in which nobody is asked about or exists
    nobody: Vec<u32>,
    budget: Budget,
}

impl<'a> Outgrown<'a> {
    /// Some rules and those who exist and meet a condition; nothing where one of them is no union of few boxes.
    pub(crate) fn new(model: &'a Model, rules: &[RuleId], scope: &Formula, budget: u64) -> Option<Self> {
        let mut conjunctions: Vec<(Option<RuleId>, Conjunction)> = Vec::new();
        let conditions = model.assumptions.iter().map(|assumption| &assumption.formula);
        for formula in conditions.chain([scope]) {
            conjunctions.extend(boxes_of(model, formula, false)?.into_iter().map(|own| (None, own)));
        }
        for id in rules {
            conjunctions.extend(boxes_of_rule(model, *id)?.into_iter().map(|own| (Some(*id), own)));
        }
        let facts: BTreeSet<FactId> = conjunctions.iter().flat_map(|(_, own)| own.keys().copied()).collect();
        let facts: Vec<FactId> = facts.into_iter().collect();
        let mut dimensions = Vec::new();
        for fact in &facts {
            let domain = &model.facts[fact.index()].domain;
            // between two durations lie values that nobody has
            if matches!(domain, Domain::Duration { .. }) {
                return None;
            }
            let (low, high) = domain.all().bounds()?;
            let ordered = !matches!(domain, Domain::YesNo | Domain::List { ordered: false, .. });
            dimensions.push(Dimension { low, high, ordered });
        }
        let place = |fact: &FactId| facts.binary_search(fact).unwrap_or_default();
        let rule = |(_, own): &(Option<RuleId>, Conjunction)| BoxRule {
            rank: 0,
            outcome: 0,
            when: own.iter().map(|(fact, set)| (place(fact), set.ranges().to_vec())).collect(),
        };
        let table = Table::new(&dimensions, &conjunctions.iter().map(rule).collect::<Vec<_>>()).ok()?;
        let mut boxes: BTreeMap<RuleId, Vec<u32>> = rules.iter().map(|id| (*id, Vec::new())).collect();
        let (mut nobody, mut owners) = (Vec::new(), Vec::new());
        for (at, (owner, _)) in conjunctions.into_iter().enumerate() {
            owners.push(owner);
            match owner {
                Some(id) => boxes.entry(id).or_default().push(at as u32),
                None => nobody.push(at as u32),
            }
        }
        Some(Outgrown { model, facts, table, boxes, owners, nobody, budget: Budget(budget) })
    }

    /// Whether a rule applies to somebody who exists and to whom none of these others applies.
    pub(crate) fn beyond(&self, id: RuleId, others: &[RuleId]) -> Result<Beyond, NotProven> {
        let theirs = others.iter().flat_map(|other| self.boxes.get(other).into_iter().flatten());
        let theirs: Vec<u32> = self.nobody.iter().chain(theirs).copied().collect();
        let mut blamed = BTreeSet::new();
        for own in self.boxes.get(&id).ok_or(NotProven)? {
            match self.table.beyond(*own, &theirs, self.budget).proven().ok_or(NotProven)? {
                boxes::Beyond::Point(_) => return Ok(Beyond::Somebody),
                boxes::Beyond::Covered(by) => {
                    blamed.extend(by.iter().filter_map(|at| self.owners[*at as usize]))
                }
            }
        }
        Ok(Beyond::Covered(blamed))
    }

    /// Pairs of different rules that apply to somebody together, whether he exists or not.
    pub(crate) fn meeting(&self) -> BTreeSet<(RuleId, RuleId)> {
        let owners = |pair: boxes::Overlap| {
            let (a, b) = (self.owners[pair.first as usize]?, self.owners[pair.second as usize]?);
            (a != b).then(|| (a.min(b), a.max(b)))
        };
        self.table.overlaps().into_iter().filter_map(owners).collect()
    }

    /// Maximal boxes of those who exist, meet the condition and to whom no rule applies, and whether these are all.
    pub(crate) fn uncovered(&self) -> Result<(Vec<Conjunction>, bool), NotProven> {
        let regions = self.table.gaps(MOST_BOXES, self.budget);
        if regions.boxes.is_empty() && regions.extent == Extent::NotProven {
            return Err(NotProven);
        }
        let conjunction = |region: boxes::Region| {
            let values = region.0.into_iter().map(ValueSet::from_ranges);
            let whole = |fact: FactId| self.model.facts[fact.index()].domain.all();
            let own = self.facts.iter().copied().zip(values);
            own.filter(|(fact, set)| *set != whole(*fact)).collect()
        };
        Ok((regions.boxes.into_iter().map(conjunction).collect(), regions.extent == Extent::All))
    }

    /// The citizen of one of these boxes who strays in fewest facts from the typical one, and there by least.
    pub(crate) fn witness(&self, boxes: &[Conjunction]) -> Option<Profile> {
        let typical: Vec<i64> = self.model.facts.iter().map(|fact| fact.typical).collect();
        let own = |conjunction: &Conjunction| {
            let mut values = typical.clone();
            for (fact, set) in conjunction {
                let (domain, typical) = (&self.model.facts[fact.index()].domain, typical[fact.index()]);
                values[fact.index()] = nearest(domain, set, typical);
            }
            let changed = values.iter().zip(&typical).filter(|(own, typical)| own != typical);
            let strays: Vec<u64> = changed.map(|(own, typical)| own.abs_diff(*typical)).collect();
            (strays.len(), strays.iter().sum::<u64>(), values)
        };
        boxes.iter().map(own).min().map(|(_, _, values)| Profile(values))
    }
}

/// Where a rule applies; nothing where it asks a decision or has too many boxes.
fn boxes_of_rule(model: &Model, id: RuleId) -> Option<Vec<Conjunction>> {
    let rule = model.rule(id);
    if rule.has_error || !rule.asks.is_empty() {
        return None;
    }
    let scopes = rule.places.iter().map(|place| model.departments[place.index()].scope.clone());
    let places = if rule.places.is_empty() { Formula::Always } else { Formula::Or(scopes.collect()) };
    let days = Formula::Test(DATE, model.days_of(rule));
    boxes_of(model, &Formula::And(vec![days, places, rule.when.clone()]), true)
}

/// Boxes that together are where a condition holds, or does not.
fn boxes_of(model: &Model, formula: &Formula, holds: bool) -> Option<Vec<Conjunction>> {
    let whole = || vec![Conjunction::new()];
    match (formula, holds) {
        (Formula::Always, true) | (Formula::Never, false) => Some(whole()),
        (Formula::Always, false) | (Formula::Never, true) => Some(Vec::new()),
        (Formula::Test(fact, set), _) => {
            let domain = model.facts[fact.index()].domain.all();
            let set = if holds { set.intersection(&domain) } else { set.complement_in(&domain) };
            Some(match (set.is_empty(), set == domain) {
                (true, _) => Vec::new(),
                (_, true) => whole(),
                _ => vec![Conjunction::from([(*fact, set)])],
            })
        }
        (Formula::Concept(concept), _) => boxes_of(model, &model.concepts[concept.index()].formula, holds),
        (Formula::Decided { .. }, _) => None,
        (Formula::Not(inner), _) => boxes_of(model, inner, !holds),
        (Formula::And(parts), true) | (Formula::Or(parts), false) => {
            let mut all = whole();
            for part in parts {
                let own = boxes_of(model, part, holds)?;
                all = all.iter().flat_map(|one| own.iter().filter_map(|other| both(one, other))).collect();
                if all.len() > MOST_BOXES {
                    return None;
                }
            }
            Some(all)
        }
        (Formula::And(parts), false) | (Formula::Or(parts), true) => {
            let mut any = Vec::new();
            for part in parts {
                any.extend(boxes_of(model, part, holds)?);
                if any.len() > MOST_BOXES {
                    return None;
                }
            }
            Some(any)
        }
    }
}

fn both(one: &Conjunction, other: &Conjunction) -> Option<Conjunction> {
    let mut both = one.clone();
    for (fact, set) in other {
        let shared = both.get(fact).map_or_else(|| set.clone(), |own| own.intersection(set));
        if shared.is_empty() {
            return None;
        }
        both.insert(*fact, shared);
    }
    Some(both)
}
