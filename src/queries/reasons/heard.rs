//! What was heard: layers, rules and their parts, in names.

use super::Judgement;
use crate::queries::TermDecision;
use crate::verdict::{Grant, Step};

/// What one layer says of a support, and what that does to the decision.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LayerReasons {
    /// which of [`Reasons::layers`](super::Reasons::layers)
    pub layer: usize,
    /// its own grant; nothing where it contradicts itself
    pub grant: Option<Grant>,
    /// what it does to the grant
    pub step: Step,
    /// a precondition of its own fails
    pub blocked: bool,
    /// where it contradicts itself: the rules that give, and those that refuse or whose precondition fails
    pub contradiction: Option<(Vec<String>, Vec<String>)>,
    /// the terms it bounds, by name
    pub terms: Vec<TermReasons>,
    /// its rules about the support, in the order of the policies
    pub rules: Vec<SpokenRule>,
    /// of an art: what it gives each support below it, where it gives or refuses one
    pub members: Vec<MemberReasons>,
}

/// What a layer says of a support below an art.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MemberReasons {
    /// the support
    pub support: String,
    /// its grant there
    pub grant: Grant,
}

/// What a layer says of a term, and what that does to the decision.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TermReasons {
    /// the values its bounds have in common; nothing where it contradicts itself
    pub own: TermDecision,
    /// what it does to the decided values
    pub step: Step,
    /// where it contradicts itself: the rules whose bounds have nothing in common
    pub contradiction: Vec<String>,
}

/// A rule that speaks of a support.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SpokenRule {
    /// its full name, told in [`Reasons::rules`](super::Reasons::rules)
    pub rule: String,
    /// whether it applies, or may
    pub applies: bool,
    /// what it says of the support, part by part; nothing for a rule that only sets others aside
    pub parts: Vec<PartReasons>,
}

/// One part of a rule, and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PartReasons {
    /// what it says
    pub part: Part,
    /// what becomes of it
    pub force: PartForce,
}

/// What a rule says of a support.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Part {
    /// `kan`, `skal`, …
    Grade {
        /// as a policy writes it
        word: &'static str,
        /// `som pligt`
        duty: bool,
        /// the art it is said of, where that is not the support itself
        of: Option<String>,
    },
    /// a bound on a term
    Term {
        /// the term's name
        term: String,
        /// the author's own words: `mindst 6 måneder`
        words: String,
        /// `som loft`
        ceiling: bool,
    },
    /// a precondition, judged where it counts
    Precondition(Option<Judgement>),
}

/// What becomes of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PartForce {
    /// its rule does not apply
    Idle,
    /// it counts
    Active,
    /// these exceptions set it aside
    SetAside(Vec<String>),
    /// a kan on an art, to these rules nearer the support
    GivesWay(Vec<String>),
    /// a bound with a `sats` that has another value on the day
    OtherDay,
    /// that rests on what is not known
    Open,
}

/// A rule that was heard, and whether it applies.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RuleReasons {
    /// its full name
    pub name: String,
    /// its title; empty where it has none
    pub title: String,
    /// which of [`Reasons::layers`](super::Reasons::layers) it stands in
    pub layer: usize,
    /// the module it stands in
    pub module: super::Named,
    /// the provisions it cites: `LAB § 31 b, stk. 2`
    pub provisions: Vec<String>,
    /// the same with their sources, and whether a decision after them can be appealed
    pub cited: Vec<super::CitedProvision>,
    /// whether it applies, else the first thing that keeps it from that
    pub fate: RuleFate,
    /// whether a department it names serves the citizen, where it names one and that was looked at
    pub department: Option<Judgement>,
    /// its condition, where that was looked at
    pub condition: Option<Judgement>,
    /// the rules it is an exception from
    pub exception_to: Vec<String>,
    /// `kan fraviges` holds of the citizen
    pub deviable: bool,
    /// `fordi`
    pub reason: Option<String>,
}

/// Whether a rule applies, else the first thing that keeps it from that.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RuleFate {
    /// it applies
    Applies,
    /// it is not in force on the day, but on these, each from the first to the last; an end that is open is nothing
    OtherDay(Vec<(Option<String>, Option<String>)>),
    /// it holds in departments that do not serve the citizen
    OtherDepartment,
    /// it asks what is decided on this support, and the rules contradict each other there
    Unanswered(String),
    /// its condition is not met
    Fails,
    /// that rests on what is not known
    Open,
}
