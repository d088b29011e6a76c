//! Lists of rules in which one goes before another, and who is reached by which.
//!
//! Where the exceptions from a rule are closed, which means that what excepts from one of them excepts from the rule
//! too, they are active together exactly where one of them applies: of those that apply at a profile, one that
//! none of the others sets aside is active. So whether a row is reached is a question about conditions alone, and
//! conditions may be boxes.

use crate::model::{RuleId, RuleSet, SupportId};
use crate::verdict::{SetsAside, Statements};
use std::collections::BTreeMap;

/// A list this long is asked as boxes before any diagram is made of it.
const LONG: usize = 128;

/// The rules that speak of a support, and what sets all of each aside.
pub(crate) struct Ranking {
    pub rules: Vec<RuleId>,
    /// for each rule the exceptions from it, if they are closed
    pub exceptions: BTreeMap<RuleId, RuleSet>,
}

impl Ranking {
    /// What is said of a support; nothing where no list is long.
    pub(crate) fn of_long(statements: &Statements, support: SupportId) -> Option<Self> {
        let said = statements.about(support);
        let is_long = said.len() >= LONG
            && said.iter().any(|said| statements.exceptions_of(said.rule).len() + 1 >= LONG);
        is_long.then(|| Ranking::of(statements, support))
    }

    /// What is said of a support.
    pub(crate) fn of(statements: &Statements, support: SupportId) -> Self {
        let rules: Vec<RuleId> = statements.about(support).iter().map(|said| said.rule).collect();
        let aside: Vec<RuleSet> = statements
            .about(support)
            .iter()
            .map(|said| {
                let exceptions = statements.exceptions_from(said, support);
                let everything = exceptions.filter(|by| by.aside == Some(SetsAside::Everything));
                everything.map(|by| by.rule).collect()
            })
            .collect();
        let mut exceptions: BTreeMap<RuleId, RuleSet> = BTreeMap::new();
        for (at, own) in aside.iter().enumerate() {
            if is_closed(own, &exceptions, |other| rules.binary_search(&other).ok().map(|at| &aside[at])) {
                exceptions.insert(rules[at], own.clone());
            }
        }
        Ranking { rules, exceptions }
    }
}

/// Whether what excepts from one of some exceptions is one of them too; `known` are closed.
fn is_closed<'a>(
    own: &RuleSet,
    known: &BTreeMap<RuleId, RuleSet>,
    of: impl Fn(RuleId) -> Option<&'a RuleSet>,
) -> bool {
    // a row of a list: the row above it, and all that go before that one
    if let Some(last) = own.iter().next_back()
        && let Some(before) = known.get(&last)
        && before.len() + 1 == own.len()
        && before.is_subset(own)
    {
        return true;
    }
    own.iter().all(|other| of(other).is_some_and(|theirs| theirs.is_subset(own)))
}
