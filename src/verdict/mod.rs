//! The legal algebra: what one layer says of one support at one point, and how two layers compare.
//!
//! In: the statements that stand or are active at a point. Out: a [`Verdict`] and answers about it. The definitions
//! are those of `docs/semantics.md`, sections 3 to 5; both the plain evaluator and the diagrams use these and
//! nothing else. Never true here: a profile, a condition, a rule's wording.

mod compare;
mod decide;
mod statements;

pub(crate) use crate::model::{Layer, Place, distance};
pub(crate) use compare::{
    Departure, TermComparison, compare_terms, departure, grant_is_above, grant_is_under, passes_ceiling,
    reaches_past,
};
pub(crate) use decide::Decision;
pub use decide::Step;
pub(crate) use statements::{Part, Said, SaidBound, SaidGrade, SetsAside, Statements, spoken_of};

use crate::model::{Grade, TermId, ValueSet};
use std::collections::{BTreeMap, BTreeSet};

/// What a citizen gets, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[non_exhaustive]
pub enum Grant {
    /// a rule refuses
    Forbidden,
    /// nothing is said
    #[default]
    None,
    /// kan
    May,
    /// ret
    Right,
    /// skal
    Must,
}

impl Grant {
    /// The word for it in data.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Grant::Forbidden => "forbidden",
            Grant::None => "none",
            Grant::May => "may",
            Grant::Right => "right",
            Grant::Must => "must",
        }
    }

    /// kan, ret or skal
    pub(crate) fn is_granted(self) -> bool {
        self >= Grant::May
    }

    /// ret or skal
    pub(crate) fn is_due(self) -> bool {
        self >= Grant::Right
    }
}

/// A part of a verdict that can be contradicted or compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Matter {
    Grant,
    Term(TermId),
}

/// A grade or a bound, and whether the rule that states it is firm (not `kan fraviges`).
pub(crate) type Firm<T> = (T, bool);

/// What one layer says of one support at one point.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) struct Verdict {
    /// the grades that stand; for a kind, its own
    pub grades: BTreeSet<Firm<Grade>>,
    /// an active precondition of a firm rule fails
    pub blocked: bool,
    /// the active bounds
    pub terms: BTreeMap<TermId, BTreeSet<Firm<ValueSet>>>,
    /// the bounds among them that are marked `som loft`
    pub ceilings: BTreeMap<TermId, BTreeSet<ValueSet>>,
    /// the terms that are named by `snarest`, which bounds nothing
    pub soonest: BTreeSet<TermId>,
    /// `som pligt`
    pub duty: bool,
    /// for a kind: what its members get
    pub members: Option<Members>,
}

/// What the members of a kind get, taken together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Members {
    /// the strongest grant among them
    pub strongest: Grant,
    /// every one is forbidden or blocked
    pub all_closed: bool,
    /// for some of them the layer speaks of the grant
    pub speaks: bool,
    /// some of them have a firm statement about the grant
    pub firm: bool,
}

impl Members {
    /// What the members get whose verdicts these are. A kind without members has nothing to say.
    pub(crate) fn of<'a>(members: impl Iterator<Item = &'a Verdict>) -> Self {
        let nothing = Members { strongest: Grant::None, all_closed: false, speaks: false, firm: false };
        members.map(Members::one).reduce(Members::and).unwrap_or(nothing)
    }

    /// What one member gets.
    pub(crate) fn one(member: &Verdict) -> Self {
        Members {
            strongest: member.grant(),
            all_closed: member.is_closed(),
            speaks: member.speaks_of_grant(),
            firm: member.is_firm(),
        }
    }

    /// Two groups of members taken together.
    pub(crate) fn and(self, other: Members) -> Self {
        Members {
            strongest: self.strongest.max(other.strongest),
            all_closed: self.all_closed && other.all_closed,
            speaks: self.speaks || other.speaks,
            firm: self.firm || other.firm,
        }
    }
}

impl Verdict {
    /// Adds an active bound.
    pub(crate) fn add(&mut self, bound: &SaidBound, firm: bool) {
        if !bound.is_checkable() {
            self.soonest.insert(bound.term);
            return;
        }
        self.terms.entry(bound.term).or_default().insert((bound.set.clone(), firm));
        if bound.ceiling {
            self.ceilings.entry(bound.term).or_default().insert(bound.set.clone());
        }
    }

    /// Whether some active bound names the term.
    pub(crate) fn names(&self, term: TermId) -> bool {
        self.terms.contains_key(&term) || self.soonest.contains(&term)
    }

    /// Whether a ret or skal stands firmly.
    pub(crate) fn is_firmly_due(&self) -> bool {
        self.stands_firmly(Grade::Right) || self.stands_firmly(Grade::Must)
    }

    /// Whether a grade stands, firm or not.
    pub(crate) fn stands(&self, grade: Grade) -> bool {
        self.grades.iter().any(|(stated, _)| *stated == grade)
    }

    fn stands_firmly(&self, grade: Grade) -> bool {
        self.grades.contains(&(grade, true))
    }

    /// Whether `skal vurdere` stands.
    pub(crate) fn is_to_be_assessed(&self) -> bool {
        self.stands(Grade::MustAssess)
    }

    /// Whether `bør` stands.
    pub(crate) fn is_recommended(&self) -> bool {
        self.stands(Grade::Should)
    }

    /// Whether it is granted or recommended.
    pub(crate) fn speaks_for(&self) -> bool {
        self.grant().is_granted() || self.is_recommended()
    }

    /// Whether it is forbidden or advised against.
    pub(crate) fn speaks_against(&self) -> bool {
        self.grant() == Grant::Forbidden || self.stands(Grade::ShouldNot)
    }

    /// Whether it is forbidden or advised against, and not contradicted or recommended as well.
    pub(crate) fn is_only_advised_against(&self) -> bool {
        self.speaks_against() && !self.speaks_for() && !self.is_contradicted(Matter::Grant)
    }

    /// The grant, contradictions aside.
    pub(crate) fn grant(&self) -> Grant {
        if self.stands(Grade::MustNot) {
            return Grant::Forbidden;
        }
        let own = self.own_grant();
        match &self.members {
            None => own,
            Some(members) if own == Grant::None => members.strongest,
            Some(members) => own.max(members.strongest),
        }
    }

    fn own_grant(&self) -> Grant {
        if self.stands(Grade::Must) {
            Grant::Must
        } else if self.stands(Grade::Right) {
            Grant::Right
        } else if self.stands(Grade::May) && !self.blocked {
            Grant::May
        } else {
            Grant::None
        }
    }

    /// Whether this is a verdict on something of its own: a support, or a kind on which a ret or skal of its own
    /// stands. What a kind gets through its members alone is told of the members.
    pub(crate) fn is_of_its_own(&self) -> bool {
        self.members.is_none() || self.stands(Grade::Right) || self.stands(Grade::Must)
    }

    /// Whether this layer speaks of the grant.
    pub(crate) fn speaks_of_grant(&self) -> bool {
        [Grade::May, Grade::Right, Grade::Must, Grade::MustNot].into_iter().any(|grade| self.stands(grade))
            || self.members.is_some_and(|members| members.speaks)
    }

    /// Whether what is said of the grant is not all by rules that `kan fraviges`.
    pub(crate) fn is_firm(&self) -> bool {
        let firmly = |grade| self.stands_firmly(grade);
        self.blocked
            || [Grade::May, Grade::Right, Grade::Must, Grade::MustNot].into_iter().any(firmly)
            || self.members.is_some_and(|members| members.firm)
    }

    /// Forbidden or blocked.
    pub(crate) fn is_closed(&self) -> bool {
        self.blocked || self.grant() == Grant::Forbidden
    }

    /// The values all bounds on a term allow; nothing when nobody bounds it.
    pub(crate) fn term(&self, term: TermId) -> Option<ValueSet> {
        common(self.terms.get(&term)?.iter().map(|(set, _)| set))
    }

    /// Whether the layer contradicts itself in this matter.
    pub(crate) fn is_contradicted(&self, matter: Matter) -> bool {
        match matter {
            Matter::Grant => {
                let due = self.stands_firmly(Grade::Right) || self.stands_firmly(Grade::Must);
                let granted = due || self.stands_firmly(Grade::May);
                (self.stands_firmly(Grade::MustNot) && granted)
                    || (self.blocked && due)
                    || (due && self.members.is_some_and(|members| members.all_closed))
            }
            Matter::Term(term) => {
                let firm = self.terms.get(&term).into_iter().flatten().filter(|(_, firm)| *firm);
                self.grant().is_granted()
                    && !self.is_contradicted(Matter::Grant)
                    && common(firm.map(|(set, _)| set)).is_some_and(|set| set.is_empty())
            }
        }
    }
}

/// The values that all sets share; nothing when there is no set.
pub(crate) fn common<'a>(sets: impl Iterator<Item = &'a ValueSet>) -> Option<ValueSet> {
    sets.fold(None, |shared: Option<ValueSet>, set| {
        Some(shared.map_or_else(|| set.clone(), |s| s.intersection(set)))
    })
}
