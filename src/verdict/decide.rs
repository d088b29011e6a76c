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
    pub(crate) fn hear(mut self, below: &Verdict) -> Self {
        self.grant = self.grant_with(below);
        for term in below.terms.keys() {
            let decided = self.term_with(below, *term);
            self.terms.insert(*term, decided);
        }
        self.recommended |= below.is_recommended();
        self.discouraged |= below.stands(Grade::ShouldNot);
        self.to_be_assessed |= below.is_to_be_assessed();
        self.duty |= below.duty;
        self.speaks |= below.speaks_of_grant();
        self
    }

    fn grant_with(&self, below: &Verdict) -> Option<Grant> {
        let above = self.grant?;
        if below.is_contradicted(Matter::Grant) {
            return self.speaks.then_some(above);
        }
        Some(match (above, below.grant()) {
            (Grant::Forbidden, _) => Grant::Forbidden,
            (Grant::None | Grant::May, Grant::Forbidden) => Grant::Forbidden,
            (above, given) => above.max(given),
        })
    }

    fn term_with(&self, below: &Verdict, term: TermId) -> Option<ValueSet> {
        let given = below.term(term);
        match self.terms.get(&term) {
            Some(above) => {
                let above = above.clone()?;
                let both = given.map(|given| above.intersection(&given)).filter(|both| !both.is_empty());
                Some(both.unwrap_or(above))
            }
            None if below.is_contradicted(Matter::Term(term)) => None,
            None => given,
        }
    }
}
