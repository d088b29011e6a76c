//! What changes for citizens between two versions of a workspace, or between two places (`docs/semantics.md`, "Two
//! versions, two places").

mod cause;
mod class;
mod compare;
mod days;
mod decided;
mod meaning;
mod regions;

pub use cause::{Cause, CauseKind};
pub use class::ChangeClass;
pub(crate) use compare::compare;
pub use compare::{CompareAsked, ComparedSide, Difference, PlacesCompared, Silence};
pub(super) use decided::Side;

use super::graph::Outcome;
use super::place::deciding;
use super::snapshot::hashes;
use crate::diagram::{NotProven, Party};
use crate::ground::{RegionBox, Whole, Window, Witness, digest};
use crate::model::{Model, ModuleId, Place, Role, Support, SupportId, aligned};
use crate::verdict::{Grant, Statements};
use cause::{Changed, Concern, layers};
use class::{Delta, Values};
use meaning::{Meanings, Meant, heard};
use rayon::prelude::*;
use regions::{How, Moved, regions};
use std::collections::{BTreeMap, BTreeSet};

/// What changes for citizens.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diff {
    /// the days that were looked at
    pub window: Window,
    /// the worst first, then by support and place
    pub changes: Vec<DecisionChange>,
    /// how many supports in places were looked at, whether their rules have changed or not
    pub compared: usize,
    /// municipalities and institutions that are there only now, or no more; nothing in them is compared
    pub new_places: Vec<String>,
    /// see `new_places`
    pub gone_places: Vec<String>,
    /// citizens there could be only before, and can be only now: they are compared with nobody
    pub only_before: Vec<RegionBox>,
    /// see `only_before`
    pub only_after: Vec<RegionBox>,
    /// how many errors keep texts from being read, before and now: what is wrong is left out
    pub unread: (usize, usize),
    /// place and support, where the budget ran out or the two ways of deciding disagree
    pub open: Vec<(String, String)>,
    /// a short name of all that changes for citizens: the same whatever rules are called and however they are written,
    /// another as soon as something else changes for somebody; nothing where some of it is open
    pub hash: Option<String>,
}

/// One change of a decision on one support.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DecisionChange {
    /// what it is for those it happens to
    pub class: ChangeClass,
    /// the support's name
    pub support: String,
    /// the same for people
    pub title: String,
    /// whether it is given, rather than carried out
    pub is_given: bool,
    /// what differs; what is decided alike before and now is not in it
    pub parts: Vec<ChangedPart>,
    /// on which days, where these are the same for everybody in each place, and not all that are looked at
    pub days: Option<Window>,
    /// the rules that have changed and have a part in it; empty where none could be named
    pub causes: Vec<Cause>,
    /// where it happens, and to whom; several where one rule above all of them is the cause
    pub places: Vec<ChangedPlace>,
}

/// A part of a decision that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChangedPart {
    /// what is granted; nothing where it is left undecided
    Grant {
        /// before
        before: Option<Grant>,
        /// now
        after: Option<Grant>,
    },
    /// `skal vurdere`: whether it is said now, and was not before
    ToBeAssessed(bool),
    /// `bør`
    Recommended(bool),
    /// `bør ikke`
    Discouraged(bool),
    /// `som pligt`
    Duty(bool),
    /// a term
    Term {
        /// its name
        term: String,
        /// the same for people
        title: String,
        /// before
        before: TermState,
        /// now
        after: TermState,
    },
    /// nothing but the provisions it rests on
    Basis {
        /// cited only before
        lost: Vec<String>,
        /// cited only now
        gained: Vec<String>,
    },
}

/// What is decided on a term.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TermState {
    /// nothing
    Unbounded,
    /// the rules contradict each other
    Undecided,
    /// bounded
    Bounded {
        /// as a policy bounds it: `mindst 6 måneder`
        values: String,
        /// the same for people: values of a list by their titles
        told: String,
    },
}

/// To whom a change happens in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ChangedPlace {
    /// the municipality or institution
    pub place: String,
    /// to whom
    pub region: Vec<RegionBox>,
    /// whether these boxes are all of them
    pub is_whole: bool,
    /// all of them, where the boxes are not: for programs
    pub in_full: Option<Whole>,
    /// one of them
    pub witness: Witness,
    /// all that was decided of the witness
    pub before: Outcome,
    /// all that is decided now
    pub after: Outcome,
    /// the rules with a part in what was decided of the witness
    pub rules_before: Vec<String>,
    /// and of what is decided now
    pub rules_after: Vec<String>,
    /// the provisions these rules cite, before
    pub basis_before: Vec<String>,
    /// and now
    pub basis_after: Vec<String>,
    /// how many of a population it happens to, where one was counted
    pub people: Option<People>,
}

/// How many of a population something happens to. A number below [`People::FEWEST`], but none, is not told: whoever reads
/// it might know whom it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct People {
    /// to so many; nothing where they are too few to be told
    pub reached: Option<u64>,
    /// so many may be among them: too little is known of them; nothing where they are too few to be told
    pub open: Option<u64>,
    /// of so many
    pub of: u64,
}

impl People {
    /// The least number that is told, beside none.
    pub const FEWEST: u64 = 5;

    /// What may be told of some numbers.
    pub fn new(reached: u64, open: u64, of: u64) -> Self {
        let told = |number: u64| (number == 0 || number >= Self::FEWEST).then_some(number);
        People { reached: told(reached), open: told(open), of }
    }
}

/// Compares what two versions decide. Both models look at the same days.
pub(crate) fn diff(before: Model, after: Model, budget: u64) -> Diff {
    let errors = |model: &Model| model.rules.iter().filter(|rule| rule.has_error).count();
    let unread = (errors(&before), errors(&after));
    let (before, after, shared) = aligned(before, after);
    let mut meanings = Meanings::new(shared);
    let meant = [meanings.of(&before), meanings.of(&after)];
    let versions = Versions { before: &before, after: &after, meant: &meant, budget };
    let mut diff = Diff {
        window: after.window,
        changes: Vec::new(),
        compared: 0,
        new_places: Vec::new(),
        gone_places: Vec::new(),
        only_before: Vec::new(),
        only_after: Vec::new(),
        unread,
        open: Vec::new(),
        hash: None,
    };
    let (was, is) = (names(&before), names(&after));
    diff.gone_places.extend(was.keys().filter(|name| !is.contains_key(*name)).cloned());
    diff.new_places.extend(is.keys().filter(|name| !was.contains_key(*name)).cloned());
    match versions.apart() {
        Ok([only_before, only_after]) => {
            (diff.only_before, diff.only_after) = (only_before, only_after);
        }
        Err(NotProven) => diff.open.push((String::new(), String::new())),
    }
    let both: Vec<(ModuleId, ModuleId)> =
        was.iter().filter_map(|(name, before)| Some((*before, *is.get(name)?))).collect();
    let found: Vec<Found> = both.into_par_iter().map(|(was, is)| versions.in_place(was, is)).collect();
    let (mut changes, mut forms) = (Vec::new(), Vec::new());
    for found in found {
        diff.compared += found.compared;
        diff.open.extend(found.open);
        changes.extend(found.changes);
        forms.extend(found.forms);
    }
    diff.changes = told_once(changes);
    diff.hash = diff.open.is_empty().then(|| {
        let gone = alone(&before, &was, &is, budget).into_iter().map(|place| format!("- {place}"));
        let come = alone(&after, &is, &was, budget).into_iter().map(|place| format!("+ {place}"));
        hash(&diff, &gone.chain(come).collect::<Vec<_>>(), forms)
    });
    diff
}

/// A short name of what changes, without its order.
fn hash(diff: &Diff, alone: &[String], mut forms: Vec<String>) -> String {
    let boxes = |boxes: &[RegionBox]| {
        let told = |conditions: &RegionBox| {
            let each = conditions.iter().map(|one| (&one.fact, one.comparison, &one.values));
            format!("{:?}", each.collect::<Vec<_>>())
        };
        let mut told: Vec<String> = boxes.iter().map(told).collect();
        told.sort();
        told
    };
    forms.sort();
    let (gone, come) = (boxes(&diff.only_before), boxes(&diff.only_after));
    let unread = (diff.unread.0 > 0, diff.unread.1 > 0);
    digest(&format!("change 1\n{alone:?}\n{gone:?}\n{come:?}\n{unread:?}\n{}", forms.concat()))
}

/// The places that one version alone has, each with what it means.
fn alone(
    model: &Model,
    has: &BTreeMap<String, ModuleId>,
    other: &BTreeMap<String, ModuleId>,
    budget: u64,
) -> Vec<String> {
    let own: Vec<(&String, &ModuleId)> = has.iter().filter(|(name, _)| !other.contains_key(*name)).collect();
    if own.is_empty() {
        return Vec::new();
    }
    let modules: Vec<ModuleId> = own.iter().map(|(_, id)| **id).collect();
    let hashes = hashes(model, &modules, budget);
    own.iter().zip(hashes).map(|((name, _), hash)| format!("{name} {hash}")).collect()
}

fn names(model: &Model) -> BTreeMap<String, ModuleId> {
    deciding(model).into_iter().map(|id| (model.modules[id.index()].name.clone(), id)).collect()
}

struct Versions<'a> {
    before: &'a Model,
    after: &'a Model,
    meant: &'a [Meant; 2],
    budget: u64,
}

/// What was found in one place.
#[derive(Default)]
struct Found {
    compared: usize,
    changes: Vec<DecisionChange>,
    /// the same in the one form that only its meaning decides
    forms: Vec<String>,
    open: Vec<(String, String)>,
}

impl<'m> Versions<'m> {
    fn apart(&self) -> Result<[Vec<RegionBox>; 2], NotProven> {
        if self.meant[0].assumptions == self.meant[1].assumptions {
            return Ok([Vec::new(), Vec::new()]);
        }
        let law = Place::law();
        let (was, is) = (Statements::of(self.before, law.clone()), Statements::of(self.after, law));
        let party = |model, statements| Party { model, statements, rules: &[] };
        regions::apart(party(self.before, &was), party(self.after, &is), self.budget)
    }

    /// Whether nothing that is heard in a place, and nothing that is assumed, means anything else.
    fn is_same(&self, was: &Place, is: &Place) -> bool {
        let support = |model: &Model| -> BTreeSet<(String, Option<String>, Role, bool)> {
            let name = |id: SupportId| model.supports[id.index()].name.clone();
            let of = |support: &Support| {
                (support.name.clone(), support.parent.map(name), support.role, support.is_kind)
            };
            model.supports.iter().map(of).collect()
        };
        self.meant[0].assumptions == self.meant[1].assumptions
            && heard(self.before, was, &self.meant[0]) == heard(self.after, is, &self.meant[1])
            && layers(self.before, was) == layers(self.after, is)
            && support(self.before) == support(self.after)
    }

    fn in_place(&self, was: ModuleId, is: ModuleId) -> Found {
        let (was, is) = (Place::of(self.before, was), Place::of(self.after, is));
        if self.is_same(&was, &is) {
            let judged = Statements::of(self.after, is).judged.len();
            return Found { compared: judged, ..Found::default() };
        }
        let (was, is) = judged_alike(self.before, was, self.after, is);
        let judged = |model: &'m Model, of: &Statements| -> Vec<&'m str> {
            of.judged.iter().map(|id| model.supports[id.index()].name.as_str()).collect()
        };
        let mut supports: Vec<&str> = [judged(self.before, &was), judged(self.after, &is)].concat();
        supports.sort_unstable();
        supports.dedup();
        let compared = supports.len();
        let declared = [self.before, self.after].map(|model| -> BTreeMap<&str, SupportId> {
            model.support_ids().map(|id| (model.supports[id.index()].name.as_str(), id)).collect()
        });
        let changed = Changed::of(self.before, &was, self.after, &is, self.meant);
        let each = supports.into_par_iter().map(|name| {
            let [before, after] = [0, 1].map(|at| declared[at].get(name).copied());
            let was = Side { model: self.before, statements: &was, declared: before };
            let is = Side { model: self.after, statements: &is, declared: after };
            (name, self.of_support(name, was, is, &changed))
        });
        let mut found = Found { compared, ..Found::default() };
        for (name, changes) in each.collect::<Vec<_>>() {
            match changes {
                Ok((changes, form)) => {
                    found.changes.extend(changes);
                    if !form.is_empty() {
                        found.forms.push(format!("{} {name}\n{form}", place_name(self.after, &is)));
                    }
                }
                Err(NotProven) => found.open.push((place_name(self.after, &is), name.to_owned())),
            }
        }
        found
    }

    fn of_support(
        &self,
        name: &str,
        was: Side<'_>,
        is: Side<'_>,
        changed: &Changed<'_>,
    ) -> Result<(Vec<DecisionChange>, String), NotProven> {
        let alike = match changed.concern(&was, &is) {
            Concern::Nothing => return Ok((Vec::new(), String::new())),
            Concern::Rules => Some(&changed.alike),
            Concern::Anything => None,
        };
        let how = How { of_versions: true, at: None, alike, budget: self.budget };
        let found = regions(was, is, how)?;
        if found.disagreement {
            return Err(NotProven);
        }
        let change = |moved: Moved| {
            let title =
                |side: &Side<'_>| side.declared.map(|id| side.model.supports[id.index()].title.clone());
            let outcome = |end: u32| found.outcomes.outcome(self.after, end);
            let [before, after] = moved.ends.map(outcome);
            Some(DecisionChange {
                class: known_class(moved.delta.class(self.after), &was, &is),
                support: name.to_owned(),
                title: title(&is).or_else(|| title(&was)).unwrap_or_default(),
                is_given: [&is, &was]
                    .into_iter()
                    .any(|side| side.declared.is_some_and(|id| side.model.supports[id.index()].is_given())),
                parts: parts(self.after, &moved.delta),
                days: days::days(&moved.region, moved.is_whole, self.after.window),
                causes: changed.causes(&was, &is, &moved.profiles),
                places: vec![changed.place(&was, &is, moved, before?, after?)],
            })
        };
        Ok((found.moved.into_iter().filter_map(change).collect(), found.form))
    }
}

/// What two places say, each also of the arts that only the other judges.
fn judged_alike(before: &Model, was: Place, after: &Model, is: Place) -> (Statements, Statements) {
    let (first, second) = (Statements::of(before, was.clone()), Statements::of(after, is.clone()));
    let missing = |own: &Model, judged: &Statements, others: &Model, other: &Statements| {
        let names: BTreeSet<&str> =
            other.judged.iter().map(|id| others.supports[id.index()].name.as_str()).collect();
        let named = own.support_ids().filter(|id| names.contains(own.supports[id.index()].name.as_str()));
        named.filter(|id| !judged.judged.contains(id)).collect::<BTreeSet<SupportId>>()
    };
    let more = [missing(before, &first, after, &second), missing(after, &second, before, &first)];
    let again = |model, place, statements, more: &BTreeSet<SupportId>| match more.is_empty() {
        true => statements,
        false => Statements::judging(model, place, more),
    };
    (again(before, was, first, &more[0]), again(after, is, second, &more[1]))
}

/// What differs, in the words of the policies.
fn parts(model: &Model, delta: &Delta) -> Vec<ChangedPart> {
    let mut parts = Vec::new();
    parts.extend(delta.grant.map(|(before, after)| ChangedPart::Grant { before, after }));
    parts.extend(delta.to_be_assessed.map(ChangedPart::ToBeAssessed));
    parts.extend(delta.recommended.map(ChangedPart::Recommended));
    parts.extend(delta.discouraged.map(ChangedPart::Discouraged));
    parts.extend(delta.duty.map(ChangedPart::Duty));
    for (id, [before, after]) in &delta.terms {
        let term = &model.terms[id.index()];
        let state = |values: &Values| match values {
            Values::Unbounded => TermState::Unbounded,
            Values::Undecided => TermState::Undecided,
            Values::Bounded(set) => TermState::Bounded {
                values: term.domain.bound_in_words(set),
                told: term.domain.bound_for_people(set),
            },
        };
        parts.push(ChangedPart::Term {
            term: term.name.clone(),
            title: term.title.clone(),
            before: state(before),
            after: state(after),
        });
    }
    let [lost, gained] = &delta.basis;
    if !lost.is_empty() || !gained.is_empty() {
        let list = |set: &BTreeSet<String>| set.iter().cloned().collect();
        parts.push(ChangedPart::Basis { lost: list(lost), gained: list(gained) });
    }
    parts
}

/// A support that only one version declares is new or gone, whatever is given of it.
fn known_class(class: ChangeClass, was: &Side<'_>, is: &Side<'_>) -> ChangeClass {
    match (was.declared, is.declared) {
        (None, _) => ChangeClass::New,
        (_, None) => ChangeClass::Gone,
        _ => class,
    }
}

pub(super) fn place_name(model: &Model, statements: &Statements) -> String {
    statements.place.module().map_or(String::new(), |id| model.modules[id.index()].name.clone())
}

/// The same change in several places, where all its causes stand above them, is one.
fn told_once(changes: Vec<DecisionChange>) -> Vec<DecisionChange> {
    let mut list: Vec<DecisionChange> = Vec::new();
    let mut at: BTreeMap<String, usize> = BTreeMap::new();
    for change in changes {
        let place = change.places.first().map(|place| place.place.clone()).unwrap_or_default();
        let is_above = !change.causes.is_empty() && change.causes.iter().all(|cause| cause.module != place);
        let key = format!("{:?} {} {:?} {:?}", change.class, change.support, change.parts, change.causes);
        match at.get(&key).filter(|_| is_above) {
            Some(index) => {
                let known = &mut list[*index];
                known.days = known.days.filter(|days| Some(*days) == change.days);
                known.places.extend(change.places);
            }
            None => {
                if is_above {
                    at.insert(key, list.len());
                }
                list.push(change);
            }
        }
    }
    let first = |change: &DecisionChange| change.places.first().map(|place| place.place.clone());
    list.sort_by_cached_key(|change| (change.class, change.support.clone(), first(change)));
    list
}
