//! Whom a municipality promises something, and which of its rules reach them.

use super::ending::last_day;
use super::view::reach;
use crate::diagram::{Diagrams, NO, Node, NotProven};
use crate::ground::{Day, Text, list};
use crate::model::{
    DATE, DepartmentId, EffectKind, Formula, Grade, Model, ModuleId, Rule, RuleId, Scope, SupportId, ValueSet,
};
use crate::verdict::{Part, Statements, distance, spoken_of};
use std::collections::BTreeSet;

/// What is asked for a gap: a department, or the municipality outside all its departments.
#[derive(Clone, Copy)]
pub(crate) struct Unit {
    pub module: ModuleId,
    pub department: Option<DepartmentId>,
}

/// The units of a model, in order.
pub(crate) fn units(model: &Model) -> Vec<Unit> {
    let promising = model.modules.iter().enumerate().filter(|(_, module)| module.scope.is_some());
    let mut units = Vec::new();
    for (index, _) in promising {
        let module = ModuleId(index as u32);
        let own = model.departments.iter().enumerate().filter(|(_, department)| department.module == module);
        units.extend(own.map(|(at, _)| Unit { module, department: Some(DepartmentId(at as u32)) }));
        units.push(Unit { module, department: None });
    }
    units
}

/// How many rules with an error in them stand where coverage is asked.
pub(crate) fn taken_as_covering(model: &Model) -> usize {
    let is_asked = |module: ModuleId| {
        let promises = model.modules[module.index()].scope.is_some();
        promises || model.departments.iter().any(|department| department.module == module)
    };
    model.rules.iter().filter(|rule| rule.has_error && is_asked(rule.module)).count()
}

/// The rules that may speak in a unit.
fn rules_of(model: &Model, unit: Unit) -> Vec<RuleId> {
    let speaks = |rule: &Rule| {
        let here = unit.department.is_none_or(|d| rule.places.is_empty() || rule.places.contains(&d));
        rule.module == unit.module && here
    };
    model.rule_ids().filter(|id| speaks(model.rule(*id))).collect()
}

/// The supports through which a rule's grades count as speaking of something promised.
pub(crate) fn counting(model: &Model, rule: &Rule, scope: &Scope) -> Vec<SupportId> {
    promised(model, rule, scope, rule.responsible.is_some())
}

/// The rules that may answer in a unit, and the supports through which each does.
pub(crate) fn answering(model: &Model, unit: Unit) -> Vec<(RuleId, Vec<SupportId>)> {
    let Some(scope) = &model.modules[unit.module.index()].scope else { return Vec::new() };
    let rules = rules_of(model, unit).into_iter();
    rules.map(|id| (id, counting(model, model.rule(id), scope))).collect()
}

/// The same, if it is given whether somebody is responsible.
pub(crate) fn promised(model: &Model, rule: &Rule, scope: &Scope, has_responsible: bool) -> Vec<SupportId> {
    let below = |inner: SupportId, outer: SupportId| distance(model, inner, outer).is_some();
    let mut list = Vec::new();
    for effect in &rule.effects {
        let (EffectKind::Grade { grade, .. }, Some(target)) = (&effect.kind, effect.support) else {
            continue;
        };
        let within = scope.kinds.iter().any(|kind| below(target, *kind));
        let above = scope.kinds.iter().any(|kind| below(*kind, target));
        let weighty = matches!(grade, Grade::Must | Grade::Right) || has_responsible;
        let is_kind = model.supports[target.index()].is_kind;
        if (within && !is_kind) || (is_kind && (within || above) && weighty) {
            list.extend(spoken_of(model, *grade, target));
        }
    }
    list
}

/// One unit, everything its rules cover of what is promised there, and what they leave.
pub(crate) struct Coverage<'a> {
    pub diagrams: Diagrams<'a>,
    pub unit: Unit,
    pub scope: &'a Scope,
    pub rules: Vec<RuleId>,
    /// whom the unit is asked about
    pub asked: Node,
    /// whom each rule reaches
    pub covered: Vec<(RuleId, Node)>,
    /// who is left, among the profiles that exist
    pub uncovered: Node,
    /// whom of those some rule reached until it ended, the latest end first
    pub ended: Vec<Ended>,
}

/// The citizens who lost their last rule on one day.
pub(crate) struct Ended {
    /// the last day on which the rules were in force
    pub day: Day,
    pub rules: Vec<RuleId>,
    pub region: Node,
}

impl<'a> Coverage<'a> {
    /// Looks at one unit; nothing where nothing is promised.
    pub(crate) fn of(
        model: &'a Model,
        statements: &'a Statements,
        unit: Unit,
        budget: u64,
    ) -> Result<Option<Self>, NotProven> {
        let Some(scope) = &model.modules[unit.module.index()].scope else { return Ok(None) };
        let rules = rules_of(model, unit);
        let departments = model.departments.iter().filter(|department| department.module == unit.module);
        let departments: Vec<&Formula> = departments.map(|department| &department.scope).collect();
        let ends: BTreeSet<Day> = rules.iter().filter_map(|id| end_within(model, *id)).collect();
        let after: Vec<Formula> =
            ends.iter().map(|day| Formula::Test(DATE, ValueSet::range(day + 1, ValueSet::MAX))).collect();
        let mut formulas = departments.clone();
        formulas.push(&scope.formula);
        formulas.extend(&after);
        let mut diagrams = Diagrams::new(model, statements, &rules, &formulas, budget)?;
        let mut asked = diagrams.formula(&scope.formula)?;
        match unit.department {
            Some(department) => {
                let inside = diagrams.formula(&model.departments[department.index()].scope)?;
                asked = diagrams.store.and(asked, inside)?;
            }
            None => {
                for department in departments {
                    let inside = diagrams.formula(department)?;
                    asked = diagrams.store.without(asked, inside)?;
                }
            }
        }
        let mut covered = Vec::new();
        let mut uncovered = diagrams.store.and(asked, diagrams.possible)?;
        for rule in &rules {
            let node = reach(&mut diagrams, *rule, counting(model, model.rule(*rule), scope))?;
            uncovered = diagrams.store.without(uncovered, node)?;
            covered.push((*rule, node));
        }
        let ended = Vec::new();
        let mut coverage = Coverage { diagrams, unit, scope, rules, asked, covered, uncovered, ended };
        coverage.follow_ends(ends)?;
        Ok(Some(coverage))
    }

    /// For each day on which rules end, whom of the uncovered they would reach if they had not, and no later one did.
    fn follow_ends(&mut self, ends: BTreeSet<Day>) -> Result<(), NotProven> {
        let mut left = self.uncovered;
        for day in ends.into_iter().rev() {
            let (mut region, mut rules) = (NO, Vec::new());
            for rule in self.rules.clone() {
                if end_within(self.diagrams.model, rule) != Some(day) {
                    continue;
                }
                let reached = self.reach_after(rule, day)?;
                let reached = self.diagrams.store.and(reached, left)?;
                if reached != NO {
                    region = self.diagrams.store.or(region, reached)?;
                    rules.push(rule);
                }
            }
            left = self.diagrams.store.without(left, region)?;
            if region != NO {
                self.ended.push(Ended { day, rules, region });
            }
        }
        Ok(())
    }

    /// Whom a rule would reach after a day if it had not ended then; all else is as it is.
    fn reach_after(&mut self, id: RuleId, day: Day) -> Result<Node, NotProven> {
        let model = self.diagrams.model;
        let after = Formula::Test(DATE, ValueSet::range(day + 1, ValueSet::MAX));
        let after = self.diagrams.formula(&after)?;
        let mut reach = NO;
        for target in counting(model, model.rule(id), self.scope) {
            let node = match self.diagrams.statements.by(id, target) {
                Some(said) => self.diagrams.would_be_active(said, Part::Grade, target)?,
                None => self.diagrams.meets(id)?,
            };
            reach = self.diagrams.store.or(reach, node)?;
        }
        self.diagrams.store.and(reach, after)
    }

    /// The unit as findings name it: `Slagelse`, or `Slagelse.Ungeafdelingen`.
    pub(crate) fn unit_name(&self) -> String {
        let model = self.diagrams.model;
        let module = &model.modules[self.unit.module.index()].name;
        match self.unit.department {
            Some(department) => format!("{module}.{}", model.departments[department.index()].name),
            None => module.clone(),
        }
    }

    /// What is promised, and the name of who promises.
    pub(crate) fn kinds_and_place(&self) -> (Text, &'a str) {
        let model = self.diagrams.model;
        let name = |kind: &SupportId| format!("`{}`", model.supports[kind.index()].name);
        let kinds: Vec<String> = self.scope.kinds.iter().map(name).collect();
        let module = &model.modules[self.unit.module.index()].name;
        let department = self.unit.department.map(|department| &model.departments[department.index()].name);
        (list(&kinds), department.unwrap_or(module))
    }

    /// Whether the unit is what a divided municipality has outside its departments.
    pub(crate) fn is_outside_departments(&self) -> bool {
        let mut departments = self.diagrams.model.departments.iter();
        self.unit.department.is_none() && departments.any(|own| own.module == self.unit.module)
    }

    /// Who is left and never was reached by a rule that ended.
    pub(crate) fn never_covered(&mut self) -> Result<Node, NotProven> {
        let mut region = self.uncovered;
        for ended in &self.ended {
            region = self.diagrams.store.without(region, ended.region)?;
        }
        Ok(region)
    }
}

/// The last day of a rule, if it has one within the window and days are looked at after it.
fn end_within(model: &Model, id: RuleId) -> Option<Day> {
    let rule = model.rule(id);
    let day = last_day(&model.all_days_of(rule)).filter(|_| !rule.has_error)?;
    (model.window.from <= day && day < model.window.to).then_some(day)
}
