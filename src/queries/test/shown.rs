//! What examples show of the rules on one support in one place (`docs/semantics.md`, section 15).

use super::subject::Subject;
use crate::claims::judged_below;
use crate::diagram::{NO, Node, NotProven, tests_in};
use crate::model::{Claim, Domain, Example, FactId, Formula, Model, ModuleId, RuleId, SupportId, ValueSet};
use crate::verdict::{Said, Statements};
use std::collections::BTreeSet;

/// Something examples should show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Item {
    /// a rule or a row at work
    Rule(RuleId),
    /// a citizen just below, at or just above a line that the rule's condition draws
    Boundary(RuleId, FactId, i64),
    /// the rule, set aside by the exception
    Aside(RuleId, RuleId),
    /// the rule, where the exception does not set it aside
    Stands(RuleId, RuleId),
}

impl Item {
    /// The rule it is about.
    pub(super) fn rule(self) -> RuleId {
        match self {
            Item::Rule(rule) | Item::Boundary(rule, ..) | Item::Aside(rule, _) | Item::Stands(rule, _) => {
                rule
            }
        }
    }
}

/// One support in one place, and the citizens its examples are about.
pub(super) struct View<'a> {
    pub(super) subject: Subject<'a>,
    /// each example that holds and names the support, by its number
    examples: Vec<(usize, Node)>,
    pub(super) items: Vec<Item>,
}

impl<'a> View<'a> {
    /// Looks at a support that rules of a place speak of, with the examples that hold; nothing where none speaks.
    pub(super) fn of(
        model: &'a Model,
        statements: &'a Statements,
        (place, support): (ModuleId, SupportId),
        holding: &BTreeSet<usize>,
        budget: u64,
    ) -> Result<Option<Self>, NotProven> {
        let items = items(model, statements, support);
        if items.is_empty() {
            return Ok(None);
        }
        let examples = holding.iter().map(|number| (*number, &model.promises.examples[*number]));
        let examples: Vec<(usize, &Example)> = examples
            .filter(|(_, example)| {
                example.place == place && names(model, statements, &example.claims, support)
            })
            .collect();
        let pins: Vec<Formula> = items.iter().filter_map(pin).collect();
        let asked: Vec<&Formula> =
            examples.iter().map(|(_, example)| &example.given).chain(pins.iter()).collect();
        let mut subject = Subject::new(model, statements, (place, support), &asked, budget)?;
        let mut about = Vec::new();
        for (number, example) in examples {
            let given = subject.diagrams.formula(&example.given)?;
            about.push((number, subject.diagrams.store.and(given, subject.diagrams.possible)?));
        }
        Ok(Some(View { subject, examples: about, items }))
    }

    /// The citizens who show something.
    pub(super) fn showing(&mut self, item: Item) -> Result<Node, NotProven> {
        let statements = self.subject.diagrams.statements;
        let said = |rule: RuleId| statements.by(rule, self.subject.support);
        let region = match item {
            Item::Rule(rule) => match said(rule) {
                Some(said) if said.has_part() => self.at_work(said)?,
                _ => self.sets_aside(rule)?,
            },
            Item::Boundary(rule, fact, value) => {
                let applies = self.subject.diagrams.applies(rule)?;
                let whatever = self.subject.diagrams.whatever(applies, fact)?;
                let at =
                    self.subject.diagrams.formula(&Formula::Test(fact, ValueSet::range(value, value)))?;
                self.subject.diagrams.store.and(whatever, at)?
            }
            Item::Aside(rule, exception) => self.aside(rule, exception)?,
            Item::Stands(rule, exception) => {
                let (applies, aside) = (self.subject.diagrams.applies(rule)?, self.aside(rule, exception)?);
                self.subject.diagrams.store.without(applies, aside)?
            }
        };
        self.subject.diagrams.store.and(region, self.subject.diagrams.possible)
    }

    /// The first example all of whose citizens are in a region.
    pub(super) fn shown_by(&mut self, region: Node) -> Result<Option<usize>, NotProven> {
        for (number, about) in self.examples.clone() {
            if about != NO && self.subject.diagrams.store.without(about, region)? == NO {
                return Ok(Some(number));
            }
        }
        Ok(None)
    }

    /// Where some part of a rule is active.
    fn at_work(&mut self, said: &Said) -> Result<Node, NotProven> {
        let mut region = NO;
        for part in said.parts() {
            let active = self.subject.diagrams.active(said, part, self.subject.support)?;
            region = self.subject.diagrams.store.or(region, active)?;
        }
        Ok(region)
    }

    /// Where a rule without a part of its own sets another's aside.
    fn sets_aside(&mut self, exception: RuleId) -> Result<Node, NotProven> {
        let mut region = NO;
        for said in self.subject.diagrams.statements.about(self.subject.support) {
            let aside = self.aside(said.rule, exception)?;
            region = self.subject.diagrams.store.or(region, aside)?;
        }
        Ok(region)
    }

    /// Where a rule applies, and the exception sets some part of it aside.
    fn aside(&mut self, rule: RuleId, exception: RuleId) -> Result<Node, NotProven> {
        let Some(said) = self.subject.diagrams.statements.by(rule, self.subject.support) else {
            return Ok(NO);
        };
        let mut region = NO;
        for part in said.parts() {
            for (by, node) in self.subject.diagrams.set_aside_by(said, part, self.subject.support)? {
                if by == exception {
                    region = self.subject.diagrams.store.or(region, node)?;
                }
            }
        }
        let applies = self.subject.diagrams.applies(rule)?;
        self.subject.diagrams.store.and(region, applies)
    }
}

/// Whether some claims are about a support.
pub(super) fn names(model: &Model, statements: &Statements, claims: &[Claim], support: SupportId) -> bool {
    let named = claims.iter().flat_map(|claim| claim.kind.supports());
    named.into_iter().any(|name| judged_below(statements, model, name).contains(&support))
}

/// Everything that examples should show of the rules on a support.
fn items(model: &Model, statements: &Statements, support: SupportId) -> Vec<Item> {
    let mut items = BTreeSet::new();
    for said in statements.about(support) {
        items.insert(Item::Rule(said.rule));
        for (fact, value) in boundaries(model, said.rule) {
            items.insert(Item::Boundary(said.rule, fact, value));
        }
        let told = statements.exceptions_from(said, support).map(|exception| exception.rule);
        for exception in told.filter(|exception| said.has_part() && !same_table(model, said.rule, *exception))
        {
            items.extend([Item::Aside(said.rule, exception), Item::Stands(said.rule, exception)]);
        }
    }
    items.into_iter().collect()
}

/// Whether two rules are rows of one table: which row counts is no exception that somebody wrote.
fn same_table(model: &Model, one: RuleId, other: RuleId) -> bool {
    let table = |id: RuleId| {
        let rule = model.rule(id);
        rule.of_table.then(|| rule.name.rsplit_once('.').map_or("", |(table, _)| table))
    };
    table(one).is_some_and(|own| table(other) == Some(own))
}

/// For each line that a rule's condition or its departments draw through an ordered fact: the value at the line and
/// its neighbours on both sides.
fn boundaries(model: &Model, rule: RuleId) -> BTreeSet<(FactId, i64)> {
    let rule = model.rule(rule);
    let mut tests = Vec::new();
    tests_in(model, &rule.when, &mut tests);
    for place in &rule.places {
        tests_in(model, &model.departments[place.index()].scope, &mut tests);
    }
    let mut found = BTreeSet::new();
    for (fact, set) in tests {
        let domain = &model.facts[fact.index()].domain;
        if !domain.is_ordered() {
            continue;
        }
        let (least, greatest) = domain.bounds();
        for (low, high) in set.intersection(&domain.all()).ranges() {
            let ends = [(*low, *low > least), (*high, *high < greatest)];
            for (end, _) in ends.into_iter().filter(|(_, is_line)| *is_line) {
                let near = [before(domain, end), written(domain, end), behind(domain, end)];
                found.extend(near.into_iter().flatten().map(|value| (fact, value)));
            }
        }
    }
    found
}

fn written(domain: &Domain, value: i64) -> Option<i64> {
    domain.written(value, value).map(|(value, _)| value)
}

/// The next value below that can be written.
fn before(domain: &Domain, value: i64) -> Option<i64> {
    let (least, _) = domain.bounds();
    domain.written(least, value - 1).map(|(_, last)| last)
}

/// The next value above that can be written.
fn behind(domain: &Domain, value: i64) -> Option<i64> {
    let (_, greatest) = domain.bounds();
    domain.written(value + 1, greatest).map(|(first, _)| first)
}

fn pin(item: &Item) -> Option<Formula> {
    match item {
        Item::Boundary(_, fact, value) => Some(Formula::Test(*fact, ValueSet::range(*value, *value))),
        _ => None,
    }
}
