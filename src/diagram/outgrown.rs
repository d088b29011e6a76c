//! Rules as boxes, because a diagram of a thousand of them is too much work or never ends.

use super::NotProven;
use super::space::nearest;
use crate::boxes::{self, BoxRule, Budget, Dimension, Extent, Meter, Spent, Table};
use crate::model::{DATE, Domain, FactId, Formula, Model, Profile, RuleId, ValueSet};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// More boxes than this a condition is not divided into.
const MOST_BOXES: usize = 64;

/// A look at a rule as a box is so much quicker than a step in a diagram.
const LOOKS: u64 = 24;

/// Values of some facts; a fact that is not named may have any.
pub(crate) type Conjunction = BTreeMap<FactId, ValueSet>;

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
    /// what all questions together may take
    meter: RefCell<Meter>,
}

impl From<Spent> for NotProven {
    fn from(_: Spent) -> Self {
        NotProven
    }
}

impl<'a> Outgrown<'a> {
    /// Those of some rules that are unions of few boxes.
    pub(crate) fn of_those_it_can(model: &'a Model, rules: &[RuleId], budget: u64) -> Option<Self> {
        let as_boxes = |id: &RuleId| boxes_of_rule(model, *id).is_some();
        let rules: Vec<RuleId> = rules.iter().copied().filter(as_boxes).collect();
        Outgrown::new(model, &rules, &Formula::Always, budget)
    }

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
        // to look at each pair of boxes once is no search
        let pairs = owners.len().saturating_mul(owners.len()) as u64;
        let meter = Meter::new(Budget(budget.saturating_mul(LOOKS).saturating_add(pairs)));
        Some(Outgrown { model, facts, table, boxes, owners, nobody, meter: RefCell::new(meter) })
    }

    /// Whether a rule is among them.
    pub(crate) fn has(&self, id: RuleId) -> bool {
        self.boxes.contains_key(&id)
    }

    /// The boxes of some rules, and those in which nobody is asked about.
    fn taken_by(&self, rules: impl Iterator<Item = RuleId>) -> Vec<u32> {
        let theirs = rules.flat_map(|rule| self.boxes.get(&rule).into_iter().flatten());
        self.nobody.iter().chain(theirs).copied().collect()
    }

    /// Whether somebody who exists, to whom all of some rules apply, has none of these others.
    pub(crate) fn reach(
        &self,
        rules: &[RuleId],
        others: impl Iterator<Item = RuleId>,
    ) -> Result<bool, NotProven> {
        let theirs = self.taken_by(others);
        // every choice of a box of each rule
        let mut choices: Vec<Vec<u32>> = vec![Vec::new()];
        for rule in rules {
            let own = self.boxes.get(rule).ok_or(NotProven)?;
            let and = |choice: &Vec<u32>| {
                own.iter().map(|at| [&choice[..], &[*at]].concat()).collect::<Vec<Vec<u32>>>()
            };
            choices = choices.iter().flat_map(and).collect();
        }
        for choice in choices {
            let mut meter = self.meter.borrow_mut();
            if meter.share(|meter| self.table.outside(&choice, &theirs, meter))?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether a rule applies to somebody who exists and to whom none of these others applies.
    pub(crate) fn beyond(
        &self,
        id: RuleId,
        others: impl Iterator<Item = RuleId>,
    ) -> Result<Beyond, NotProven> {
        let theirs = self.taken_by(others);
        let mut blamed = BTreeSet::new();
        for own in self.boxes.get(&id).ok_or(NotProven)? {
            let mut meter = self.meter.borrow_mut();
            match meter.share(|meter| self.table.beyond_within(*own, &theirs, meter))? {
                boxes::Beyond::Point(_) => return Ok(Beyond::Somebody),
                boxes::Beyond::Covered(by) => {
                    blamed.extend(by.iter().filter_map(|at| self.owners[*at as usize]))
                }
            }
        }
        Ok(Beyond::Covered(blamed))
    }

    /// Calls back with pairs of different rules that apply to somebody together, whether he exists or not; maybe more
    /// than once with each.
    pub(crate) fn meeting(&self, mut meet: impl FnMut(RuleId, RuleId)) {
        self.table.each_overlap(|one, other| {
            if let (Some(one), Some(other)) = (self.owners[one as usize], self.owners[other as usize])
                && one != other
            {
                meet(one.min(other), one.max(other));
            }
        });
    }

    /// Maximal boxes of those who exist, meet the condition and to whom no rule applies, and whether these are all.
    pub(crate) fn uncovered(&self) -> Result<(Vec<Conjunction>, bool), NotProven> {
        let regions = self.table.gaps_within(MOST_BOXES, &mut self.meter.borrow_mut());
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
