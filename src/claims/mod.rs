//! What guarantees and examples claim of decisions, and where it fails: `docs/semantics.md`, section 9.
//!
//! In: the model, what its rules say in one place, claims. Out: the region where a claim fails, whether it fails for
//! one citizen, and that in words. Never true here: a finding, a rule's wording.

mod words;

pub(crate) use words::{Told, tell};

use crate::diagram::{Decisions, Diagrams, NO, Node, NotProven, YES, doubtful, unsettled};
use crate::evaluate::{self, Case};
use crate::model::{
    Bound, Claim, ClaimKind, DATE, Domain, Formula, Grade, Model, RuleId, SupportId, ValueSet,
};
use crate::verdict::{Decision, Grant, Statements, distance};
use std::collections::{BTreeMap, BTreeSet};

type Holds = Box<dyn Fn(&Decision) -> bool>;

/// One way in which a claim fails.
pub(crate) enum Way {
    /// what is decided of each of these is so
    Each(Vec<SupportId>, Holds),
    /// what is decided of one of these is so
    One(Vec<SupportId>, Holds),
    /// what is decided of one of the first and of another one of the second is so
    Two(Vec<SupportId>, Vec<SupportId>, Holds),
}

/// How a claim fails: on some days, in some of these ways.
pub(crate) struct Failure {
    pub days: Formula,
    pub ways: Vec<Way>,
}

/// The supports a name stands for: itself, or every support below a kind.
pub(crate) fn below(model: &Model, name: SupportId) -> Vec<SupportId> {
    let is_meant = |id: &SupportId| {
        let support = &model.supports[id.index()];
        *id == name || (!support.is_kind && support.is_given() && distance(model, *id, name).is_some())
    };
    let is_kind = model.supports[name.index()].is_kind;
    model.support_ids().filter(is_meant).filter(|id| !is_kind || *id != name).collect()
}

/// The same, with a kind that is judged itself.
pub(crate) fn judged_below(statements: &Statements, model: &Model, name: SupportId) -> Vec<SupportId> {
    let mut list = below(model, name);
    if statements.judged.contains(&name) && !list.contains(&name) {
        list.push(name);
    }
    list
}

/// The same, with what is given in place of one of them: it meets what is due of that one.
fn served(statements: &Statements, model: &Model, name: SupportId) -> Vec<SupportId> {
    let mut list = judged_below(statements, model, name);
    for support in list.clone() {
        for other in model.replacing(support) {
            if !list.contains(&other) {
                list.push(other);
            }
        }
    }
    list
}

/// The names a claim turns on.
fn names(statements: &Statements, model: &Model, claim: &Claim) -> Vec<SupportId> {
    let mut names = claim.kind.supports();
    if let ClaimKind::AtLeast(_, name) = &claim.kind {
        let more = served(statements, model, *name).into_iter().filter(|support| *support != *name);
        names.extend(more);
    }
    names
}

/// What kan, ret and skal grant.
pub(crate) fn grant_of(grade: Grade) -> Grant {
    match grade {
        Grade::Must => Grant::Must,
        Grade::Right => Grant::Right,
        _ => Grant::May,
    }
}

fn granted_or_undecided(decision: &Decision) -> bool {
    decision.grant.is_none_or(Grant::is_granted)
}

/// How a claim fails in the place of these statements.
pub(crate) fn failure(model: &Model, statements: &Statements, claim: &Claim) -> Failure {
    let all = |name: SupportId| judged_below(statements, model, name);
    let ways = match &claim.kind {
        ClaimKind::AtLeast(grade, name) => {
            let least = grant_of(*grade);
            let all = served(statements, model, *name);
            vec![Way::Each(all, Box::new(move |d| d.grant.is_none_or(|grant| grant < least)))]
        }
        ClaimKind::AtMost(grade, name) => vec![above(all(*name), grant_of(*grade))],
        ClaimKind::Exactly(grade, name) => {
            let grant = grant_of(*grade);
            let other: Holds = Box::new(move |d| d.grant != Some(grant));
            vec![Way::Each(all(*name), other), above(all(*name), grant)]
        }
        ClaimKind::Said(grade, name) => {
            let grade = *grade;
            vec![Way::Each(all(*name), Box::new(move |d| !is_said(d, grade)))]
        }
        ClaimKind::NotGranted(name) => vec![Way::One(all(*name), Box::new(granted_or_undecided))],
        ClaimKind::Refused(name) => {
            let other = || -> Holds { Box::new(|d| d.grant != Some(Grant::Forbidden)) };
            // a kind without supports refuses nothing
            vec![Way::One(below(model, *name), other()), Way::Each(below(model, *name), other())]
        }
        ClaimKind::NotBoth(one, other) => {
            vec![Way::Two(below(model, *one), below(model, *other), Box::new(granted_or_undecided))]
        }
        ClaimKind::Within(name, bound) | ClaimKind::Just(name, bound) => {
            let (term, bound) = (bound.term, bound.clone());
            let domain = model.terms[term.index()].domain.clone();
            let is_just = matches!(claim.kind, ClaimKind::Just(..));
            let other = move |decision: &Decision| !is_within(decision, &domain, &bound, is_just);
            vec![Way::One(below(model, *name), Box::new(other))]
        }
        ClaimKind::Done(done) => {
            let (all, grade) = (done.of.clone(), done.grade);
            let nothing = all.is_empty().then(|| Way::Each(Vec::new(), Box::new(|_| true)));
            let other: Holds = Box::new(move |decision| !is_so_done(decision, grade));
            nothing.into_iter().chain([Way::One(all, other)]).collect()
        }
    };
    let days = match &claim.kind {
        ClaimKind::Within(_, bound) | ClaimKind::Just(_, bound) if bound.days != ValueSet::all() => {
            Formula::Test(DATE, bound.days.clone())
        }
        _ => Formula::Always,
    };
    Failure { days, ways }
}

fn above(list: Vec<SupportId>, most: Grant) -> Way {
    Way::One(list, Box::new(move |decision| decision.grant.is_none_or(|grant| grant > most)))
}

/// Whether what is decided of a term, where the support is granted, lies within a bound, or is just that.
fn is_within(decision: &Decision, domain: &Domain, bound: &Bound, is_just: bool) -> bool {
    let whole = domain.all();
    let decided = decision.terms.get(&bound.term).map_or(Some(&whole), Option::as_ref);
    let holds = |decided: &ValueSet| match is_just {
        true => domain.is_the_same(decided, &bound.set),
        false => decided.intersection(&whole).is_subset(&bound.set),
    };
    !decision.grant.is_some_and(Grant::is_granted) || decided.is_some_and(holds)
}

/// Whether what is decided of a task is what is claimed; without a grade, that it is neither kan nor skal.
fn is_so_done(decision: &Decision, claimed: Option<Grade>) -> bool {
    match claimed {
        None => decision.grant.is_some_and(|grant| !grant.is_granted()),
        Some(Grade::MustNot) => decision.grant == Some(Grant::Forbidden),
        Some(grade @ (Grade::Should | Grade::ShouldNot)) => is_said(decision, grade),
        Some(grade) => decision.grant == Some(grant_of(grade)),
    }
}

fn is_said(decision: &Decision, grade: Grade) -> bool {
    match grade {
        Grade::Should => decision.recommended,
        Grade::ShouldNot => decision.discouraged,
        _ => decision.to_be_assessed,
    }
}

/// Whether a claim fails for one citizen.
pub(crate) fn fails(case: &Case<'_>, failure: &Failure) -> bool {
    let is = |holds: &Holds, support: &SupportId| holds(&evaluate::decision(case, *support));
    let one_way = |way: &Way| match way {
        Way::Each(list, holds) => list.iter().all(|support| is(holds, support)),
        Way::One(list, holds) => list.iter().any(|support| is(holds, support)),
        Way::Two(first, second, holds) => first
            .iter()
            .filter(|one| is(holds, one))
            .any(|one| second.iter().any(|other| other != one && is(holds, other))),
    };
    case.holds(&failure.days) && failure.ways.iter().any(one_way)
}

/// What is decided of the supports some claims name, in one place.
pub(crate) struct Decided<'a> {
    pub diagrams: Diagrams<'a>,
    decisions: Decisions,
    nodes: BTreeMap<SupportId, Node>,
    /// for each name where a rule with an error may have meant to say something
    doubts: BTreeMap<SupportId, Vec<RuleId>>,
}

impl<'a> Decided<'a> {
    /// Decides everything the claims name. `asked` is the condition under which they are made.
    pub(crate) fn new(
        model: &'a Model,
        statements: &'a Statements,
        claims: &[Claim],
        failures: &[Failure],
        asked: &Formula,
        budget: u64,
    ) -> Result<Self, NotProven> {
        let names: BTreeSet<SupportId> =
            claims.iter().flat_map(|claim| names(statements, model, claim)).collect();
        let supports: BTreeSet<SupportId> =
            names.iter().flat_map(|name| judged_below(statements, model, *name)).collect();
        let doubts: BTreeMap<SupportId, Vec<RuleId>> =
            names.iter().map(|name| (*name, doubtful(model, statements, *name))).collect();
        let said = supports.iter().flat_map(|id| statements.about(*id)).map(|said| said.rule);
        let rules: BTreeSet<RuleId> = said.chain(doubts.values().flatten().copied()).collect();
        let rules: Vec<RuleId> = rules.into_iter().collect();
        let formulas: Vec<&Formula> = failures.iter().map(|failure| &failure.days).chain([asked]).collect();
        let mut diagrams = Diagrams::new(model, statements, &rules, &formulas, budget)?;
        let (mut decisions, mut nodes) = (Decisions::new(), BTreeMap::new());
        for support in supports {
            diagrams.prepare(support)?;
            nodes.insert(support, diagrams.decision(support, &mut decisions)?);
        }
        Ok(Decided { diagrams, decisions, nodes, doubts })
    }

    /// Where a claim fails, within a region of existing profiles and where no rule with an error may have meant to
    /// say something of what it names.
    pub(crate) fn failing(
        &mut self,
        claim: &Claim,
        failure: &Failure,
        within: Node,
    ) -> Result<Node, NotProven> {
        let mut region = NO;
        for way in &failure.ways {
            let failing = self.way(way)?;
            region = self.diagrams.store.or(region, failing)?;
        }
        let days = self.diagrams.formula(&failure.days)?;
        region = self.diagrams.store.and(region, days)?;
        region = self.diagrams.store.and(region, within)?;
        for name in names(self.diagrams.statements, self.diagrams.model, claim) {
            let rules = self.doubts.get(&name).cloned().unwrap_or_default();
            let doubt = unsettled(&mut self.diagrams, &rules)?;
            region = self.diagrams.store.without(region, doubt)?;
        }
        self.diagrams.store.and(region, self.diagrams.possible)
    }

    /// The rules with an error that may have meant to say something of what a claim names, within a region.
    pub(crate) fn in_doubt(&mut self, claim: &Claim, within: Node) -> Result<Vec<RuleId>, NotProven> {
        let named = claim.kind.supports();
        let rules: BTreeSet<RuleId> =
            named.iter().filter_map(|name| self.doubts.get(name)).flatten().copied().collect();
        let mut found = Vec::new();
        for rule in rules {
            let applies = self.diagrams.would_apply(rule)?;
            if self.diagrams.store.and(applies, within)? != NO {
                found.push(rule);
            }
        }
        Ok(found)
    }

    fn way(&mut self, way: &Way) -> Result<Node, NotProven> {
        match way {
            Way::Each(list, holds) => {
                let mut region = YES;
                for support in list {
                    let so = self.so(*support, holds)?;
                    region = self.diagrams.store.and(region, so)?;
                }
                Ok(region)
            }
            Way::One(list, holds) => {
                let mut region = NO;
                for support in list {
                    let so = self.so(*support, holds)?;
                    region = self.diagrams.store.or(region, so)?;
                }
                Ok(region)
            }
            Way::Two(first, second, holds) => {
                let mut region = NO;
                for one in first {
                    for other in second.iter().filter(|other| *other != one) {
                        let (left, right) = (self.so(*one, holds)?, self.so(*other, holds)?);
                        let both = self.diagrams.store.and(left, right)?;
                        region = self.diagrams.store.or(region, both)?;
                    }
                }
                Ok(region)
            }
        }
    }

    fn so(&mut self, support: SupportId, holds: &Holds) -> Result<Node, NotProven> {
        let Some(decided) = self.nodes.get(&support).copied() else { return Ok(NO) };
        self.diagrams.decided_where(decided, &self.decisions, holds)
    }
}
