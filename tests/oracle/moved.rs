//! What differs between two decisions, and what of it was told: docs/semantics.md, section 18.

use super::graphs::bounded;
use super::judge::{DecidedTerm, Decision, Grant};
use super::policy::{Domain, Policy};
use hjemmel::{ChangeClass, ChangedPart, TermState};
use std::collections::{BTreeMap, BTreeSet};

/// What differs between two decisions.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Delta {
    pub(crate) grant: Option<(Option<Grant>, Option<Grant>)>,
    /// what is said now and was not, or the other way round
    pub(crate) flags: BTreeMap<&'static str, bool>,
    pub(crate) terms: BTreeMap<usize, [DecidedTerm; 2]>,
    pub(crate) basis: [BTreeSet<&'static str>; 2],
    pub(crate) silent: [bool; 2],
}

impl Delta {
    pub(crate) fn of(was: &Told, is: &Told) -> Self {
        let both = was.granted() && is.granted();
        let flags = [
            ("assess", was.decision.assess, is.decision.assess),
            ("should", was.decision.should, is.decision.should),
            ("should not", was.decision.should_not, is.decision.should_not),
            ("duty", was.decision.duty && both, is.decision.duty && both),
        ];
        let terms = was.decision.terms.iter().copied().zip(is.decision.terms.iter().copied());
        let terms = terms.enumerate().filter(|(_, (was, is))| both && was != is);
        let (before, after) = (was.decision.grant, is.decision.grant);
        Delta {
            grant: (before != after).then_some((before, after)),
            flags: flags
                .into_iter()
                .filter(|(_, was, is)| was != is)
                .map(|(name, _, is)| (name, is))
                .collect(),
            terms: terms.map(|(at, (was, is))| (at, [was, is])).collect(),
            ..Delta::default()
        }
    }

    pub(crate) fn is_nothing(&self) -> bool {
        *self == Delta::default()
    }

    /// What goes down, goes up, and is other.
    pub(crate) fn class(&self, policy: &Policy) -> ChangeClass {
        let (mut up, mut down, mut other) = (false, false, false);
        match self.grant {
            None => {}
            Some((Some(was), Some(is))) => (up, down) = (is > was, is < was),
            Some(_) => (up, down) = (true, true),
        }
        for (name, now) in &self.flags {
            let better = *now == matches!(*name, "assess" | "should");
            up |= better;
            down |= !better;
        }
        for (term, [was, is]) in &self.terms {
            let term = &policy.terms[*term];
            let last = term.domain.values().len() as u32 - 1;
            let ends = |state: &DecidedTerm| match state {
                DecidedTerm::Unbounded => Some((0, last)),
                DecidedTerm::Undecided | DecidedTerm::Values(0) => None,
                DecidedTerm::Values(set) => Some((set.trailing_zeros(), 63 - set.leading_zeros())),
            };
            let undecided = |state: &DecidedTerm| *state == DecidedTerm::Undecided;
            if undecided(was) || undecided(is) {
                (up, down) = (true, true);
            } else if let (Some(more), Some(was), Some(is)) = (term.more_is_better, ends(was), ends(is)) {
                let (raised, lowered) = (is.0 > was.0 || is.1 > was.1, is.0 < was.0 || is.1 < was.1);
                up |= if more { raised } else { lowered };
                down |= if more { lowered } else { raised };
                other |= !raised && !lowered;
            } else {
                other = true;
            }
        }
        match (up, down, other) {
            (true, true, _) => ChangeClass::Mixed,
            (true, false, _) => ChangeClass::Widened,
            (false, true, _) => ChangeClass::Narrowed,
            (false, false, true) => ChangeClass::Terms,
            (false, false, false) => ChangeClass::Basis,
        }
    }

    /// The parts that were told, as a difference; the provisions and the silence are compared beside.
    pub(crate) fn read(policy: &Policy, parts: &[ChangedPart]) -> Result<Self, String> {
        let mut delta = Delta::default();
        for part in parts {
            match part {
                ChangedPart::Grant { before, after } => {
                    delta.grant = Some((before.map(grant), after.map(grant)));
                }
                ChangedPart::ToBeAssessed(now) => drop(delta.flags.insert("assess", *now)),
                ChangedPart::Recommended(now) => drop(delta.flags.insert("should", *now)),
                ChangedPart::Discouraged(now) => drop(delta.flags.insert("should not", *now)),
                ChangedPart::Duty(now) => drop(delta.flags.insert("duty", *now)),
                ChangedPart::Term { term, before, after, .. } => {
                    let at = policy.terms.iter().position(|known| known.name == *term);
                    let at = at.ok_or_else(|| format!("`{term}` is no term"))?;
                    let states = [state(policy, at, before)?, state(policy, at, after)?];
                    delta.terms.insert(at, states);
                }
                ChangedPart::Basis { lost, gained } => {
                    delta.basis = [known_sources(lost)?, known_sources(gained)?];
                }
                other => return Err(format!("{other:?}")),
            }
        }
        Ok(delta)
    }

    /// As far as the words of a bound tell it.
    pub(crate) fn as_told(&self, policy: &Policy) -> Self {
        let mut told = self.clone();
        told.silent = [false, false];
        for (term, states) in &mut told.terms {
            let domain = &policy.terms[*term].domain;
            if matches!(domain, Domain::List { ordered: false, .. }) {
                continue;
            }
            for state in states {
                if let DecidedTerm::Values(set) = state
                    && *set != 0
                {
                    let (low, high) = (set.trailing_zeros(), 63 - set.leading_zeros());
                    *set = (low..=high).fold(0, |set, at| set | 1 << at);
                }
            }
        }
        told
    }
}

fn state(policy: &Policy, term: usize, told: &TermState) -> Result<DecidedTerm, String> {
    let domain = &policy.terms[term].domain;
    Ok(match told {
        TermState::Unbounded => DecidedTerm::Unbounded,
        TermState::Undecided => DecidedTerm::Undecided,
        TermState::Bounded { values: words, .. } => {
            let inside = bounded(domain, words).ok_or_else(|| format!("`{words}` cannot be read"))?;
            let values = domain.values();
            let place = |value: &i64| values.iter().position(|known| known == value).unwrap_or_default();
            DecidedTerm::Values(inside.iter().fold(0, |set, value| set | 1 << place(value)))
        }
        other => return Err(format!("{other:?}")),
    })
}

fn known_sources(told: &[String]) -> Result<BTreeSet<&'static str>, String> {
    let all = ["Lov § 1", "Loven-om-andet § 3", "Kilde § 2"];
    let known = |name: &String| all.into_iter().find(|known| known == name).ok_or_else(|| name.clone());
    told.iter().map(known).collect()
}

fn grant(grant: hjemmel::Grant) -> Grant {
    match grant {
        hjemmel::Grant::Forbidden => Grant::Forbidden,
        hjemmel::Grant::None => Grant::None,
        hjemmel::Grant::May => Grant::May,
        hjemmel::Grant::Right => Grant::Right,
        _ => Grant::Must,
    }
}

/// What is decided of one support, on which provisions, and what the place itself speaks of.
pub(crate) struct Told {
    pub(crate) decision: Decision,
    pub(crate) basis: BTreeSet<&'static str>,
    /// about the grant or advice; for each term
    pub(crate) own: (bool, Vec<bool>),
}

impl Told {
    pub(crate) fn granted(&self) -> bool {
        self.decision.grant.is_some_and(|grant| grant >= Grant::May)
    }
}
