//! What differs between two decisions, and what that is for a citizen (`docs/semantics.md`, "Two versions, two
//! places").

use crate::model::{Grade, Model, TermId, ValueSet};
use crate::queries::graph::Told;
use crate::verdict::{Grant, Verdict};
use std::collections::{BTreeMap, BTreeSet};

/// What a change is for the citizens it is about, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ChangeClass {
    /// they get less
    Narrowed,
    /// the support is no longer known, and it was spoken of
    Gone,
    /// they get more of one thing and less of another, or it is not settled what they get
    Mixed,
    /// a term is another, neither better nor worse
    Terms,
    /// they get more
    Widened,
    /// the support was not known, and it is spoken of
    New,
    /// they get the same on other provisions
    Basis,
}

/// What differs between two decisions; what both say alike is not in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Delta {
    pub grant: Option<(Option<Grant>, Option<Grant>)>,
    /// whether it is said only now (else only before)
    pub to_be_assessed: Option<bool>,
    pub recommended: Option<bool>,
    pub discouraged: Option<bool>,
    pub duty: Option<bool>,
    /// where both grant: the values before and now
    pub terms: BTreeMap<TermId, [Values; 2]>,
    /// where nothing else differs: the provisions that are cited only before, and only now
    pub basis: [BTreeSet<String>; 2],
    /// where two places are compared: whose own layer says nothing of what differs
    pub silent: [bool; 2],
}

/// What a layer of its own says something about.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spoken {
    /// the grant, or advice
    pub grades: bool,
    pub terms: BTreeSet<TermId>,
}

impl Spoken {
    pub(super) fn of(verdict: &Verdict) -> Self {
        let advice = [Grade::Should, Grade::ShouldNot, Grade::MustAssess];
        Spoken {
            grades: verdict.speaks_of_grant() || advice.into_iter().any(|grade| verdict.stands(grade)),
            terms: verdict.terms.keys().copied().collect(),
        }
    }
}

/// What is decided on a term.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Values {
    Unbounded,
    Undecided,
    Bounded(ValueSet),
}

impl Values {
    fn of(told: &Told, term: TermId) -> Self {
        match told.terms.get(&term) {
            None => Values::Unbounded,
            Some(None) => Values::Undecided,
            Some(Some(set)) => Values::Bounded(set.clone()),
        }
    }
}

impl Delta {
    /// What differs between two outcomes.
    pub(super) fn of(before: &Told, after: &Told) -> Self {
        let differs = |before: bool, after: bool| (before != after).then_some(after);
        let is_granted = |of: &Told| of.grant.is_some_and(Grant::is_granted);
        let both = is_granted(before) && is_granted(after);
        let terms: BTreeSet<TermId> =
            before.terms.keys().chain(after.terms.keys()).copied().filter(|_| both).collect();
        let terms = terms.into_iter().map(|id| (id, [Values::of(before, id), Values::of(after, id)]));
        Delta {
            grant: (before.grant != after.grant).then_some((before.grant, after.grant)),
            to_be_assessed: differs(before.to_be_assessed, after.to_be_assessed),
            recommended: differs(before.recommended, after.recommended),
            discouraged: differs(before.discouraged, after.discouraged),
            // a duty to take part in what is not granted is none
            duty: differs(before.duty, after.duty).filter(|_| both),
            terms: terms.filter(|(_, [before, after])| before != after).collect(),
            basis: [BTreeSet::new(), BTreeSet::new()],
            silent: [false, false],
        }
    }

    /// The same, and which of two layers says nothing of what differs.
    pub(super) fn heard(&self, spoken: [&Spoken; 2]) -> Self {
        let of_grades = [self.to_be_assessed, self.recommended, self.discouraged, self.duty];
        let of_grades = self.grant.is_some() || of_grades.into_iter().any(|flag| flag.is_some());
        let speaks = |spoken: &Spoken| {
            (of_grades && spoken.grades) || self.terms.keys().any(|term| spoken.terms.contains(term))
        };
        Delta { silent: spoken.map(|spoken| !speaks(spoken)), ..self.clone() }
    }

    /// What the plain evaluator can confirm of it.
    pub(super) fn outcomes(&self) -> Self {
        Delta { basis: Default::default(), silent: [false, false], ..self.clone() }
    }

    /// Whether nothing differs.
    pub(super) fn is_nothing(&self) -> bool {
        *self == Delta::default()
    }

    /// What it is for a citizen.
    pub(super) fn class(&self, model: &Model) -> ChangeClass {
        let mut directions = Directions::default();
        match self.grant {
            None => {}
            Some((Some(before), Some(after))) => {
                directions.up |= after > before;
                directions.down |= after < before;
            }
            Some(_) => directions.unclear(),
        }
        directions.gained(self.to_be_assessed);
        directions.gained(self.recommended);
        directions.gained(self.discouraged.map(|now| !now));
        directions.gained(self.duty.map(|now| !now));
        for (id, [before, after]) in &self.terms {
            directions.term(model, *id, before, after);
        }
        match directions {
            Directions { down: true, up: false, .. } => ChangeClass::Narrowed,
            Directions { down: false, up: true, .. } => ChangeClass::Widened,
            Directions { down: true, up: true, .. } => ChangeClass::Mixed,
            Directions { other: true, .. } => ChangeClass::Terms,
            Directions { .. } => ChangeClass::Basis,
        }
    }
}

#[derive(Default)]
struct Directions {
    down: bool,
    up: bool,
    other: bool,
}

impl Directions {
    fn gained(&mut self, now: Option<bool>) {
        self.up |= now == Some(true);
        self.down |= now == Some(false);
    }

    fn unclear(&mut self) {
        self.up = true;
        self.down = true;
    }

    /// A term that is not bounded may have any value.
    fn term(&mut self, model: &Model, id: TermId, before: &Values, after: &Values) {
        let term = &model.terms[id.index()];
        let whole = term.domain.all();
        let ends = |values: &Values| match values {
            Values::Unbounded => Some(whole.bounds()),
            Values::Undecided => None,
            Values::Bounded(set) => Some(set.intersection(&whole).bounds()),
        };
        let (Some(before), Some(after)) = (ends(before), ends(after)) else { return self.unclear() };
        match (before, after, term.more_is_better) {
            (Some((low, high)), Some((new_low, new_high)), Some(more_is_better)) => {
                let raised = new_low > low || new_high > high;
                let lowered = new_low < low || new_high < high;
                self.up |= if more_is_better { raised } else { lowered };
                self.down |= if more_is_better { lowered } else { raised };
                self.other |= !raised && !lowered;
            }
            _ => self.other = true,
        }
    }
}
