//! One file per check: its card, what it finds, how it tells it.
//!
//! In: the model, what its rules say, the budget. Out: findings in both languages, and the names of tasks that ran
//! out of budget. Work is cut into independent tasks, each with its own diagrams and allowance, so that any number
//! of threads gives the same answer. Never true here: a source text read, a finding shown without a witness that
//! the plain evaluator confirms.

mod above_law;
mod accept;
mod against_guidance;
mod beyond_law;
mod boundary;
mod broken_silence;
mod cause;
mod claim_words;
mod competing_duties;
mod contradiction;
mod coverage;
mod coverage_ends;
mod dead_rule;
mod duplicate_rule;
mod ending;
mod escaping_exception;
mod expired;
mod failed_example;
mod failed_guarantee;
mod family;
mod fettered_discretion;
mod gap;
mod grey_zone;
mod hidden;
mod hidden_by_assumption;
mod idle_acceptance;
mod impossible_assumption;
mod jump_at_boundary;
mod kept;
mod lost;
mod missing_basis;
mod mixed_grades;
mod no_competence;
mod no_offer;
mod offer_below_terms;
mod offer_cannot_deliver;
mod offer_unbounded;
mod offers;
mod outgrown;
mod over_ceiling;
mod overlap;
mod places;
mod redundant_rule;
mod renumbered_source;
mod replaced_unit;
mod shadowed_rule;
mod silent_term;
mod superfluous;
mod tasks;
mod text;
mod trial_without_effect;
mod undated;
mod undercut;
mod unserved_right;
mod view;
mod words;

use crate::ground::Card;

pub(crate) use accept::{Settled, settle};
pub(crate) use coverage::taken_as_covering;
pub use family::{Family, family};
pub(crate) use kept::Kept;
pub(crate) use tasks::{Outcome, run};

/// Every check, by name.
pub fn checks() -> Vec<Card> {
    let mut cards = vec![
        above_law::card(),
        against_guidance::card(),
        beyond_law::card(),
        broken_silence::card(),
        competing_duties::card(),
        contradiction::card(),
        coverage_ends::card(),
        dead_rule::card(),
        duplicate_rule::card(),
        escaping_exception::card(),
        expired::card(),
        failed_example::card(),
        failed_guarantee::card(),
        fettered_discretion::card(),
        gap::card(),
        grey_zone::card(),
        hidden_by_assumption::card(),
        idle_acceptance::card(),
        impossible_assumption::card(),
        jump_at_boundary::card(),
        missing_basis::card(),
        mixed_grades::card(),
        no_competence::card(),
        no_offer::card(),
        offer_below_terms::card(),
        offer_cannot_deliver::card(),
        offer_unbounded::card(),
        over_ceiling::card(),
        overlap::card(),
        redundant_rule::card(),
        renumbered_source::card(),
        replaced_unit::card(),
        shadowed_rule::card(),
        silent_term::card(),
        trial_without_effect::card(),
        undated::card(),
        undercut::card(),
        unserved_right::card(),
    ];
    cards.extend(text::cards());
    cards.sort_by_key(|card| card.name);
    cards
}
