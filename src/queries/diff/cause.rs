//! Which changed rules have a part in a change.

use super::decided::Side;
use super::meaning::Meant;
use super::regions::Moved;
use super::{ChangedPlace, place_name};
use crate::evaluate::{Case, reasons};
use crate::ground::Span;
use crate::model::{Layer, Model, ModuleKind, Place, Profile, Question, Role, RuleId, RuleSet, SupportId};
use crate::queries::graph::Outcome;
use crate::verdict::Statements;
use std::collections::{BTreeMap, BTreeSet};

/// A rule that has changed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Cause {
    /// the rule's full name, the later one
    pub rule: String,
    /// the module it stands in
    pub module: String,
    /// what has become of it
    pub kind: CauseKind,
    /// where its name stands in the earlier texts
    pub before: Option<Span>,
    /// where its name stands in the later texts
    pub after: Option<Span>,
    /// the provisions it cites, as it stands now; of a rule that is gone, as it stood
    pub basis: Vec<String>,
}

/// What has become of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum CauseKind {
    /// it is gone
    Removed,
    /// it says something else, or to others, or on other days
    Changed,
    /// it is new
    Added,
    /// it says the same on other provisions
    Rebased,
}

/// What may have changed for a support.
pub(super) enum Concern {
    /// nothing
    Nothing,
    /// only what rules say
    Rules,
    /// anything
    Anything,
}

/// The rules heard in a place that mean something else in the two versions.
pub(super) struct Changed<'a> {
    before: &'a Model,
    after: &'a Model,
    /// the rules of each version whose meaning, with what they cite, the other does not have
    removed: BTreeSet<RuleId>,
    added: BTreeSet<RuleId>,
    /// who takes the place of a removed rule
    successors: BTreeMap<RuleId, RuleId>,
    /// removed and added rules whose meaning alone is the same
    rebased: BTreeSet<RuleId>,
    is_vocabulary_same: bool,
    /// the rules of the earlier version that ask no decision, with one of the later version that means the same
    pub(super) alike: BTreeMap<RuleId, RuleId>,
}

impl<'a> Changed<'a> {
    pub(super) fn of(
        before: &'a Model,
        was: &Statements,
        after: &'a Model,
        is: &Statements,
        meant: &[Meant; 2],
    ) -> Self {
        let key = |model: &Model, meant: &Meant, id: RuleId| {
            let cited: BTreeSet<String> =
                model.rule(id).basis.iter().map(|citation| citation.text.clone()).collect();
            (meant.rules[id.index()], cited)
        };
        let (was, is) = (was.place.rules(before), is.place.rules(after));
        let had: BTreeSet<_> = was.iter().map(|id| key(before, &meant[0], *id)).collect();
        let has: BTreeSet<_> = is.iter().map(|id| key(after, &meant[1], *id)).collect();
        let removed: BTreeSet<RuleId> =
            was.iter().filter(|id| !has.contains(&key(before, &meant[0], **id))).copied().collect();
        let added: BTreeSet<RuleId> =
            is.iter().filter(|id| !had.contains(&key(after, &meant[1], **id))).copied().collect();
        let mut twins: BTreeMap<_, Vec<RuleId>> = BTreeMap::new();
        is.iter().rev().for_each(|id| twins.entry(key(after, &meant[1], *id)).or_default().push(*id));
        let asks_nothing = was.iter().filter(|id| before.questions_of(**id).next().is_none());
        let alike = asks_nothing
            .filter_map(|id| Some((*id, twins.get_mut(&key(before, &meant[0], *id))?.pop()?)))
            .collect();
        let successors = successors(before, &removed, after, &added);
        let has: BTreeSet<u32> = is.iter().map(|id| meant[1].rules[id.index()]).collect();
        let rebased =
            removed.iter().filter(|id| has.contains(&meant[0].rules[id.index()])).copied().collect();
        let is_vocabulary_same = meant[0].assumptions == meant[1].assumptions;
        Changed { before, after, removed, added, successors, rebased, is_vocabulary_same, alike }
    }

    /// What may have changed for a support.
    pub(super) fn concern(&self, was: &Side<'_>, is: &Side<'_>) -> Concern {
        let rests_on = |side: &Side<'_>| side.statements.closure(side.model, &side.rules(), &[]);
        let ((had, asked), (has, asks)) = (rests_on(was), rests_on(is));
        if !self.is_vocabulary_same
            || layers(was.model, &was.statements.place) != layers(is.model, &is.statements.place)
            || lineage(was, &asked) != lineage(is, &asks)
        {
            return Concern::Anything;
        }
        let is_one_of =
            |rules: &RuleSet, apart: &BTreeSet<RuleId>| rules.iter().any(|id| apart.contains(&id));
        match is_one_of(&had, &self.removed) || is_one_of(&has, &self.added) {
            true => Concern::Rules,
            false => Concern::Nothing,
        }
    }

    /// The changed rules that have a part in what is decided of a citizen; those that would apply where none has.
    pub(super) fn causes(&self, was: &Side<'_>, is: &Side<'_>, [before, after]: &[Profile; 2]) -> Vec<Cause> {
        let (parts_before, parts_after) = (heard(was, before), heard(is, after));
        let pick = |which: &dyn Fn(&Heard) -> &BTreeSet<RuleId>| -> (Vec<RuleId>, Vec<RuleId>) {
            let removed = which(&parts_before).intersection(&self.removed).copied().collect();
            let added = which(&parts_after).intersection(&self.added).copied().collect();
            (removed, added)
        };
        let mut found = pick(&|heard| &heard.active);
        if found.0.is_empty() && found.1.is_empty() {
            found = pick(&|heard| &heard.applying);
        }
        if found.0.is_empty() && found.1.is_empty() {
            found = pick(&|heard| &heard.all);
        }
        let (removed, added) = found;
        let mut causes: BTreeSet<Cause> = BTreeSet::new();
        for id in &removed {
            causes.insert(self.cause(Some(*id), self.successors.get(id).copied()));
        }
        for id in &added {
            let earlier = self.successors.iter().find(|(_, later)| *later == id).map(|(earlier, _)| *earlier);
            causes.insert(self.cause(earlier, Some(*id)));
        }
        causes.into_iter().collect()
    }

    fn cause(&self, earlier: Option<RuleId>, later: Option<RuleId>) -> Cause {
        let (was, is) = (earlier.map(|id| self.before.rule(id)), later.map(|id| self.after.rule(id)));
        let (model, rule) = match (is, was) {
            (Some(rule), _) => (self.after, Some(rule)),
            (None, rule) => (self.before, rule),
        };
        Cause {
            rule: rule.map(|rule| rule.name.clone()).unwrap_or_default(),
            module: rule.map(|rule| model.modules[rule.module.index()].name.clone()).unwrap_or_default(),
            kind: match (earlier, later) {
                (Some(id), Some(_)) if self.rebased.contains(&id) => CauseKind::Rebased,
                (Some(_), Some(_)) => CauseKind::Changed,
                (Some(_), None) => CauseKind::Removed,
                (None, _) => CauseKind::Added,
            },
            before: was.map(|rule| rule.name_span),
            after: is.map(|rule| rule.name_span),
            basis: rule.map(|rule| rule.basis.iter().map(|c| c.text.clone()).collect()).unwrap_or_default(),
        }
    }

    /// To whom a change happens, with what decides about one of them.
    pub(super) fn place(
        &self,
        was: &Side<'_>,
        is: &Side<'_>,
        moved: Moved,
        before: Outcome,
        after: Outcome,
    ) -> ChangedPlace {
        let (rules_before, basis_before) = resting_on(was, &moved.profiles[0]);
        let (rules_after, basis_after) = resting_on(is, &moved.profiles[1]);
        ChangedPlace {
            place: place_name(self.after, is.statements),
            region: moved.region,
            is_whole: moved.is_whole,
            in_full: moved.in_full,
            witness: moved.witness,
            before,
            after,
            rules_before,
            rules_after,
            basis_before,
            basis_after,
            people: None,
        }
    }
}

/// Who takes the place of a removed rule: the added one of its name, else the only one of its module with its title.
fn successors(
    before: &Model,
    removed: &BTreeSet<RuleId>,
    after: &Model,
    added: &BTreeSet<RuleId>,
) -> BTreeMap<RuleId, RuleId> {
    let called = |model: &Model, id: RuleId| {
        let rule = model.rule(id);
        (model.modules[rule.module.index()].name.clone(), rule.title.clone())
    };
    let named: BTreeMap<&str, RuleId> = added.iter().map(|id| (after.rule(*id).name.as_str(), *id)).collect();
    let mut titled: BTreeMap<(String, String), Vec<RuleId>> = BTreeMap::new();
    for id in added.iter().filter(|id| !after.rule(**id).title.is_empty()) {
        titled.entry(called(after, *id)).or_default().push(*id);
    }
    let successor = |id: &RuleId| {
        let by_name = named.get(before.rule(*id).name.as_str()).copied();
        let by_title = || match titled.get(&called(before, *id)).map(Vec::as_slice) {
            Some([only]) => Some(*only),
            _ => None,
        };
        Some((*id, by_name.or_else(by_title)?))
    };
    removed.iter().filter_map(successor).collect()
}

/// The layers that decide, and what they are.
pub(super) fn layers(model: &Model, place: &Place) -> Vec<(String, ModuleKind)> {
    let layers = place.deciding(model).map(|layer| {
        let name = match layer {
            Layer::Law => String::new(),
            Layer::Module(id) => model.modules[id.index()].name.clone(),
        };
        (name, layer.kind(model))
    });
    layers.collect()
}

/// A støtte by name, the arts above it by name, what it is, and whether it is judged.
type Lineage = (String, Vec<String>, Role, bool, bool);

/// What is decided of and asked, what lies below and above it, and of which of it something is judged.
fn lineage(side: &Side<'_>, asked: &[Question]) -> BTreeSet<Lineage> {
    let supports = &side.model.supports;
    let asked = asked.iter().flat_map(|question| side.statements.with_members(question.support));
    let all = side.supports().into_iter().chain(side.declared).chain(asked);
    let of = |id: SupportId| {
        let above = std::iter::successors(Some(id), |id| supports[id.index()].parent);
        let above = above.skip(1).map(|id| supports[id.index()].name.clone()).collect();
        let support = &supports[id.index()];
        let is_judged = side.statements.judged.binary_search(&id).is_ok();
        (support.name.clone(), above, support.role, support.is_kind, is_judged)
    };
    all.map(of).collect()
}

/// The rules with a part in what is decided of a citizen, and the provisions they cite.
pub(super) fn resting_on(side: &Side<'_>, profile: &Profile) -> (Vec<String>, Vec<String>) {
    let rules: Vec<RuleId> = heard(side, profile).active.into_iter().collect();
    let cited = rules.iter().flat_map(|id| &side.model.rule(*id).basis);
    let basis: BTreeSet<String> = cited.map(|citation| citation.text.clone()).collect();
    let names = rules.iter().map(|id| side.model.rule(*id).name.clone()).collect();
    (names, basis.into_iter().collect())
}

/// The rules that are heard about a support.
struct Heard {
    /// some part of it counts
    active: BTreeSet<RuleId>,
    /// it applies
    applying: BTreeSet<RuleId>,
    all: BTreeSet<RuleId>,
}

fn heard(side: &Side<'_>, profile: &Profile) -> Heard {
    let case = Case::new(side.model, side.statements, profile);
    let rules = side.rules();
    let (all, _) = side.statements.closure(side.model, &rules, &[]);
    let active = side.support().map(|support| {
        let reasoned = reasons::<Option<bool>>(&case, support, &mut ());
        reasoned.decided().rules.into_iter().collect::<BTreeSet<RuleId>>()
    });
    let applying = all.iter().filter(|id| case.applies(*id)).collect();
    Heard { active: active.unwrap_or_default(), applying, all: all.iter().collect() }
}
