//! Whom a municipality promises something, and which of its rules reach them.

use super::grey_zone::{self, Neighbours};
use super::lost::{Lost, Reaching, days_after, lost};
use super::view::{View, reach};
use crate::diagram::{Diagrams, NO, Node, NotProven};
use crate::ground::{Text, list};
use crate::model::{
    DepartmentId, EffectKind, Formula, Grade, Model, ModuleId, Rule, RuleId, Scope, SupportId,
};
use crate::verdict::{Statements, distance, spoken_of};
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

/// What is promised that may be due and blocked, and who points elsewhere with it.
fn zones<'a>(
    model: &'a Model,
    statements: &'a Statements,
    scope: &Scope,
) -> Vec<(SupportId, Neighbours<'a>)> {
    let promised = |id: &&SupportId| scope.kinds.iter().any(|kind| distance(model, **id, *kind).is_some());
    let judged = statements.judged.iter().filter(promised);
    judged.filter_map(|id| Some((*id, Neighbours::of(model, statements, *id)?))).collect()
}

/// The rules that may speak in a unit.
fn rules_of(model: &Model, unit: Unit) -> Vec<RuleId> {
    let speaks =
        |rule: &Rule| unit.department.is_none_or(|d| rule.places.is_empty() || rule.places.contains(&d));
    model.rules_of(unit.module).filter(|id| speaks(model.rule(*id))).collect()
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
    pub lost: Vec<Lost>,
    /// who is in the municipality's own grey zone with something that is promised
    grey: Node,
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
        let after = days_after(model, &rules);
        let mut formulas = departments.clone();
        formulas.push(&scope.formula);
        formulas.extend(&after);
        let zones = zones(model, statements, scope);
        let of_zones = zones.iter().flat_map(|(support, neighbours)| {
            let asked = View::rules(model, statements, *support);
            asked.into_iter().chain(neighbours.rules(statements))
        });
        let asked: BTreeSet<RuleId> = rules.iter().copied().chain(of_zones).collect();
        let asked: Vec<RuleId> = asked.into_iter().collect();
        let mut diagrams = Diagrams::new(model, statements, &asked, &formulas, budget)?;
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
        let counted: Vec<Reaching> =
            rules.iter().map(|id| (*id, counting(model, model.rule(*id), scope))).collect();
        let lost = lost(&mut diagrams, uncovered, &counted)?;
        let mut grey = NO;
        for (support, neighbours) in &zones {
            let mut view = View::on(diagrams, *support)?;
            let zone = grey_zone::region(&mut view, neighbours)?;
            diagrams = view.diagrams;
            grey = diagrams.store.or(grey, zone)?;
        }
        Ok(Some(Coverage { diagrams, unit, scope, rules, asked, covered, uncovered, lost, grey }))
    }

    /// An undivided municipality of which nothing is looked at yet; nothing where some rule of it has an error or ends,
    /// or where it may have a grey zone.
    pub(crate) fn bare(
        model: &'a Model,
        statements: &'a Statements,
        unit: Unit,
        budget: u64,
    ) -> Result<Option<Self>, NotProven> {
        let Some(scope) = &model.modules[unit.module.index()].scope else { return Ok(None) };
        let rules = rules_of(model, unit);
        let divided = model.departments.iter().any(|department| department.module == unit.module);
        let plain = rules.iter().all(|id| !model.rule(*id).has_error) && days_after(model, &rules).is_empty();
        if divided || !plain || !zones(model, statements, scope).is_empty() {
            return Ok(None);
        }
        let diagrams = Diagrams::new(model, statements, &[], &[], budget)?;
        let (covered, lost) = (Vec::new(), Vec::new());
        Ok(Some(Coverage { diagrams, unit, scope, rules, asked: NO, covered, uncovered: NO, lost, grey: NO }))
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

    /// The kinds that are promised.
    pub(crate) fn promised(&self) -> String {
        let model = self.diagrams.model;
        let names = self.scope.kinds.iter().map(|kind| model.supports[kind.index()].name.as_str());
        Vec::from_iter(names).join(", ")
    }

    /// Whether the unit is what a divided municipality has outside its departments.
    pub(crate) fn is_outside_departments(&self) -> bool {
        let mut departments = self.diagrams.model.departments.iter();
        self.unit.department.is_none() && departments.any(|own| own.module == self.unit.module)
    }

    /// Who is left, never was reached by a rule that ended, and is in no grey zone.
    pub(crate) fn gap(&mut self) -> Result<Node, NotProven> {
        let mut region = self.diagrams.store.without(self.uncovered, self.grey)?;
        for lost in &self.lost {
            region = self.diagrams.store.without(region, lost.region)?;
        }
        Ok(region)
    }
}
