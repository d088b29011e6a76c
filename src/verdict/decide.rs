//! The decision on one support: the layers' verdicts heard one after the other, the highest first.

use super::{Grant, Matter, Verdict};
use crate::model::{Grade, TermId, ValueSet};
use std::collections::BTreeMap;

/// What is decided by the layers heard so far, part by part (`docs/semantics.md`, section 4).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Decision {
    /// nothing where a layer contradicts itself and none above it settles it
    pub grant: Option<Grant>,
    /// the same, term by term
    pub terms: BTreeMap<TermId, Option<ValueSet>>,
    /// `bør`
    pub recommended: bool,
    /// `bør ikke`
    pub discouraged: bool,
    /// `skal vurdere`
    pub to_be_assessed: bool,
    /// `som pligt`
    pub duty: bool,
    /// some layer speaks of the grant, so that a lower one's contradiction is settled
    speaks: bool,
}

/// What a layer does to what is decided above it (`docs/semantics.md`, section 14).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Step {
    /// it says nothing of it
    Silent,
    /// it is the first to give, or to bound
    Decides,
    /// it gives more than the layers above
    Strengthens,
    /// it forbids what no layer above requires
    Refuses,
    /// it leaves a term fewer values
    Narrows,
    /// it says what is decided already
    Confirms,
    /// its kan is blocked by its own precondition
    Withholds,
    /// it says less, or something else, and a layer above decides
    Displaced,
    /// it contradicts itself, and what is decided above stays
    Settled,
    /// it contradicts itself, and no layer above settles it
    Undecided,
    /// a layer above has left it undecided
    TooLate,
}

impl Decision {
    /// Before anyone has spoken.
    pub(crate) fn nothing() -> Self {
        Decision {
            grant: Some(Grant::None),
            terms: BTreeMap::new(),
            recommended: false,
            discouraged: false,
            to_be_assessed: false,
            duty: false,
            speaks: false,
        }
    }

    /// What these layers decide together, the highest first.
    pub(crate) fn of<'a>(layers: impl IntoIterator<Item = &'a Verdict>) -> Self {
        layers.into_iter().fold(Decision::nothing(), Decision::hear)
    }

    /// What is decided once the next layer below has spoken.
    pub(crate) fn hear(self, below: &Verdict) -> Self {
        self.hear_and_tell(below, |_, _| {})
    }

    /// The same; what the layer does to the grant, and to each term it bounds, is told.
    pub(crate) fn hear_and_tell(mut self, below: &Verdict, mut tell: impl FnMut(Matter, Step)) -> Self {
        let (grant, step) = self.grant_with(below);
        self.grant = grant;
        tell(Matter::Grant, step);
        for term in below.terms.keys() {
            let (decided, step) = self.term_with(below, *term);
            self.terms.insert(*term, decided);
            tell(Matter::Term(*term), step);
        }
        self.recommended |= below.is_recommended();
        self.discouraged |= below.stands(Grade::ShouldNot);
        self.to_be_assessed |= below.is_to_be_assessed();
        self.duty |= below.duty;
        self.speaks |= below.speaks_of_grant();
        self
    }

    fn grant_with(&self, below: &Verdict) -> (Option<Grant>, Step) {
        let Some(above) = self.grant else { return (None, Step::TooLate) };
        if below.is_contradicted(Matter::Grant) {
            return if self.speaks { (Some(above), Step::Settled) } else { (None, Step::Undecided) };
        }
        let given = below.grant();
        let decided = match (above, given) {
            (Grant::Forbidden, _) => Grant::Forbidden,
            (Grant::None | Grant::May, Grant::Forbidden) => Grant::Forbidden,
            (above, given) => above.max(given),
        };
        let step = match () {
            () if !below.speaks_of_grant() => Step::Silent,
            () if given == Grant::None => Step::Withholds,
            () if decided == above && given == above => Step::Confirms,
            () if decided == above => Step::Displaced,
            () if decided == Grant::Forbidden => Step::Refuses,
            () if above == Grant::None => Step::Decides,
            () => Step::Strengthens,
        };
        (Some(decided), step)
    }

    fn term_with(&self, below: &Verdict, term: TermId) -> (Option<ValueSet>, Step) {
        let given = below.term(term);
        match self.terms.get(&term) {
            Some(None) => (None, Step::TooLate),
            Some(Some(above)) => {
                let both = given.map(|given| above.intersection(&given)).filter(|both| !both.is_empty());
                match both {
                    None => (Some(above.clone()), Step::Displaced),
                    Some(both) if both == *above => (Some(both), Step::Confirms),
                    Some(both) => (Some(both), Step::Narrows),
                }
            }
            None if below.is_contradicted(Matter::Term(term)) => (None, Step::Undecided),
            None => (given, Step::Decides),
        }
    }
}
