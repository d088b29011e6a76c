//! One support in one place, as its rules decide it, and examples of that written out.

use super::paste::{self, fails_of_a_task};
use crate::diagram::{Decisions, Diagrams, NO, Node, NotProven, doubtful, unsettled};
use crate::evaluate::{self, Case};
use crate::model::{FactId, Formula, Model, ModuleId, Profile, Role, RuleId, SupportId};
use crate::queries::graph::all_about;
use crate::verdict::{Decision, Grant, Statements};
use std::collections::BTreeSet;

/// A support in a place, in a space that tells apart what its rules and some more conditions do.
pub(super) struct Subject<'a> {
    pub(super) place: ModuleId,
    pub(super) support: SupportId,
    pub(super) diagrams: Diagrams<'a>,
    pub(super) decided: Node,
    pub(super) decisions: Decisions,
    /// the rules with an error that may have meant the support
    doubtful: Vec<RuleId>,
    /// of a task its parts of supports: what is claimed of it is claimed of them
    parts: Vec<SupportId>,
    /// the task inside a support in which no rule tells it apart: `vækning ved mentor`
    elsewhere: Option<String>,
}

impl<'a> Subject<'a> {
    pub(super) fn new(
        model: &'a Model,
        statements: &'a Statements,
        (place, support): (ModuleId, SupportId),
        conditions: &[&Formula],
        budget: u64,
    ) -> Result<Self, NotProven> {
        let doubtful = doubtful(model, statements, support);
        let parts = parts(model, support);
        let all = [statements.with_members(support), parts.clone()].concat();
        let mut diagrams = all_about(statements, &all, |rules| {
            let rules: Vec<RuleId> = rules.iter().chain(&doubtful).copied().collect();
            Diagrams::new(model, statements, &rules, conditions, budget)
        })?;
        let mut decisions = Decisions::new();
        let decided = diagrams.decision(support, &mut decisions)?;
        Ok(Subject {
            place,
            support,
            diagrams,
            decided,
            decisions,
            doubtful,
            elsewhere: elsewhere(model, support, &parts),
            parts,
        })
    }

    /// An example about somebody of a region, and all it is about; nothing where nothing can be claimed of anybody
    /// there.
    pub(super) fn written(&mut self, title: &str, region: Node) -> Result<Option<(String, Node)>, NotProven> {
        let claimable = self.claimable()?;
        let anywhere = self.diagrams.store.and(region, claimable)?;
        let apart = self.told_apart()?;
        let mut region = self.diagrams.store.without(anywhere, apart)?;
        let (model, statements) = (self.diagrams.model, self.diagrams.statements);
        let mut name = model.supports[self.support.index()].name.clone();
        if let (NO, Some(other)) = (region, &self.elsewhere) {
            (region, name) = (anywhere, other.clone());
        }
        let Some(profile) = self.diagrams.witness(region)? else { return Ok(None) };
        let decision = evaluate::decision(&Case::new(model, statements, &profile), self.support);
        let same = |other: &Decision| *other == decision;
        let alike = self.diagrams.decided_where(self.decided, &self.decisions, same)?;
        let both = self.diagrams.store.and(alike, region)?;
        let (facts, about) = self.enough(&profile, both)?;
        let what = (self.support, name.as_str(), &decision);
        let text = paste::example(model, title, self.place, (&profile, &facts), what);
        Ok(text.map(|text| (text, about)))
    }

    /// Where what is claimed of a task does not hold of some part of it.
    fn told_apart(&mut self) -> Result<Node, NotProven> {
        let mut apart = NO;
        for part in &self.parts {
            let node = self.diagrams.decision(*part, &mut self.decisions)?;
            let (decisions, store) = (&self.decisions, &mut self.diagrams.store);
            let otherwise = store.zip(self.decided, node, &mut |own, part| {
                u32::from(fails_of_a_task(decisions.get(own), decisions.get(part)))
            })?;
            apart = store.or(apart, otherwise)?;
        }
        Ok(apart)
    }

    /// Where what is decided can be claimed of the support and is judged: where no rule with an error may have meant
    /// it; of an art by its grant alone, where the grant of everything below it is decided and none is stronger.
    fn claimable(&mut self) -> Result<Node, NotProven> {
        let unsettled = unsettled(&mut self.diagrams, &self.doubtful)?;
        let settled = self.diagrams.store.not(unsettled)?;
        let Some(members) = self.diagrams.statements.members.get(&self.support) else { return Ok(settled) };
        let mut below = Vec::new();
        for member in members {
            below.push(self.diagrams.decision(*member, &mut self.decisions)?);
        }
        let mut claimable = NO;
        for grant in [Grant::Forbidden, Grant::None, Grant::May, Grant::Right, Grant::Must] {
            let mut here =
                self.diagrams.decided_where(self.decided, &self.decisions, |own| own.grant == Some(grant))?;
            for node in &below {
                let weaker = |other: &Decision| other.grant.is_some_and(|other| other <= grant);
                let weaker = self.diagrams.decided_where(*node, &self.decisions, weaker)?;
                here = self.diagrams.store.and(here, weaker)?;
            }
            claimable = self.diagrams.store.or(claimable, here)?;
        }
        self.diagrams.store.and(claimable, settled)
    }

    /// The facts of a citizen that keep everybody who shares them in a region, and all who do.
    fn enough(&mut self, profile: &Profile, region: Node) -> Result<(Vec<FactId>, Node), NotProven> {
        let diagrams = &mut self.diagrams;
        let all: Vec<FactId> = diagrams.space.dimensions.iter().map(|dimension| dimension.fact).collect();
        let mut kept: BTreeSet<FactId> = all.iter().copied().collect();
        let mut node = diagrams.like(profile, &kept)?;
        for fact in all.into_iter().rev() {
            kept.remove(&fact);
            let fewer = diagrams.like(profile, &kept)?;
            if diagrams.store.without(fewer, region)? == NO {
                node = fewer;
            } else {
                kept.insert(fact);
            }
        }
        Ok((kept.into_iter().collect(), node))
    }
}

/// The parts of a task: the pairs of it and a support.
fn parts(model: &Model, task: SupportId) -> Vec<SupportId> {
    let is_part = |id: &SupportId| {
        let part = &model.supports[id.index()];
        matches!(part.role, Role::Pair(_)) && part.parent == Some(task)
    };
    model.support_ids().filter(is_part).collect()
}

/// A task inside a support that is in none of its parts: one of the kind of those that are, where there is one.
fn elsewhere(model: &Model, task: SupportId, parts: &[SupportId]) -> Option<String> {
    let support_of = |part: &SupportId| match model.supports[part.index()].role {
        Role::Pair(support) => Some(support),
        _ => None,
    };
    let told: BTreeSet<SupportId> = parts.iter().filter_map(support_of).collect();
    let kinds: BTreeSet<_> = told.iter().map(|id| model.supports[id.index()].parent).collect();
    let is_other = |id: &SupportId| {
        let support = &model.supports[id.index()];
        !told.is_empty() && !support.is_kind && support.is_given() && !told.contains(id)
    };
    let others = model.support_ids().filter(is_other);
    let nearest = others.min_by_key(|id| !kinds.contains(&model.supports[id.index()].parent))?;
    let (task, support) = (&model.supports[task.index()].name, &model.supports[nearest.index()].name);
    Some(format!("{task} ved {support}"))
}

/// A rule's name without its module's.
pub(super) fn short_name(model: &Model, rule: RuleId) -> &str {
    let name = &model.rule(rule).name;
    name.split_once('.').map_or(name.as_str(), |(_, name)| name)
}
