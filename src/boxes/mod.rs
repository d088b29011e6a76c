//! Exact answers about a list of ranked box rules.
//!
//! In: dimensions of whole numbers, and rules that are boxes over them: for each dimension a union of closed
//! intervals, and no entry where a rule does not ask. The rule of the smallest rank decides. Out: points nobody
//! covers, how many there are, and regions of them; pairs of rules that meet; rules that never decide, with what
//! suffices to silence them; where two tables decide differently. Never true here: a fact, a policy, a word for a
//! reader; a clock: every search counts its steps, and says *not proven* when its allowance is spent.
//!
//! ```
//! use hjemmel::boxes::{Answer, BoxRule, Budget, Dimension, Table};
//!
//! let age = Dimension::ordered(0, 120);
//! let under_30 = BoxRule { rank: 0, outcome: 1, when: vec![(0, vec![(0, 29)])] };
//! let over_30 = BoxRule { rank: 1, outcome: 2, when: vec![(0, vec![(31, 120)])] };
//! let table = Table::new(&[age], &[under_30, over_30]).unwrap();
//! assert_eq!(table.gap(Budget::default()), Answer::Proven(Some(vec![30])));
//! ```

mod table;
mod memo;
mod scores;
mod split;
mod clauses;
mod stages;
mod pairs;
mod shadow;
mod regions;
mod levels;
mod count;
mod difference;
mod cover;
mod ways;
mod changed;
mod ready;
#[cfg(test)]
mod tests;

pub use ready::Ready;
pub use table::{Table, TableError};

/// One dimension: the whole numbers from `low` to `high`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dimension {
    /// the smallest value
    pub low: i64,
    /// the largest value
    pub high: i64,
    /// whether neighbouring values belong together, as ages do and the entries of a list do not
    pub ordered: bool,
}

impl Dimension {
    /// Numbers, days or amounts.
    pub fn ordered(low: i64, high: i64) -> Self {
        Dimension { low, high, ordered: true }
    }

    /// A list of so many values, numbered from zero.
    pub fn listed(values: u32) -> Self {
        Dimension { low: 0, high: i64::from(values) - 1, ordered: false }
    }
}

/// A rule that holds in a box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoxRule {
    /// the smallest decides; of equal ranks the rule that stands first
    pub rank: i64,
    /// what it decides
    pub outcome: u32,
    /// dimensions it asks, by their place in the table, and the values it admits there; any order, overlaps allowed
    pub when: Vec<(usize, Vec<(i64, i64)>)>,
}

/// How many counted steps a question may take. A step is about one look at one rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget(pub u64);

impl Default for Budget {
    /// Enough for tables of a hundred thousand rules of the usual kind; a few seconds at most.
    fn default() -> Self {
        Budget(1_000_000_000)
    }
}

/// What a bounded search found out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer<T> {
    /// exactly this
    Proven(T),
    /// the budget was spent first
    NotProven,
}

impl<T> Answer<T> {
    /// The answer, if there is one.
    pub fn proven(self) -> Option<T> {
        match self {
            Answer::Proven(answer) => Some(answer),
            Answer::NotProven => None,
        }
    }
}

/// A value for each dimension.
pub type Point = Vec<i64>;

/// A number of points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Count {
    /// so many
    Exactly(u128),
    /// more than 128 bits can count; at least so many
    AtLeast(u128),
}

/// A box of points: for each dimension the closed intervals of its values, ascending.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Region(pub Vec<Vec<(i64, i64)>>);

impl Region {
    /// Whether a point lies in it.
    pub fn contains(&self, point: &[i64]) -> bool {
        self.0.iter().zip(point).all(|(ranges, value)| ranges.iter().any(|(a, b)| a <= value && value <= b))
    }
}

/// A list of boxes and what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Regions {
    /// maximal boxes, of which none could be left out
    pub boxes: Vec<Region>,
    /// whether these are all
    pub extent: Extent,
    /// no list of boxes that is complete can be shorter than this
    pub at_least: usize,
}

/// Whether a list is complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// these are all
    All,
    /// these are the first; there are more
    More,
    /// the budget was spent before that was known
    NotProven,
}

/// Two rules, by their place in the list given, that share a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Overlap {
    /// the one that stands first
    pub first: u32,
    /// the other
    pub second: u32,
    /// whether they decide differently
    pub differ: bool,
}

/// Rules that never decide.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shadowed {
    /// each of them, in the order of the list given
    pub rules: Vec<Shadow>,
    /// rules of which it is not proven either way
    pub open: Vec<u32>,
}

/// A rule that never decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shadow {
    /// its place in the list given
    pub rule: u32,
    /// rules before it that together cover it: sufficient, and after at most 64 attempts to leave one out small;
    /// none where the rule itself holds nowhere
    pub by: Vec<u32>,
}

/// Whether a rule goes beyond others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Beyond {
    /// a point of it that none of them has
    Point(Point),
    /// these of them cover it together
    Covered(Vec<u32>),
}

/// Where two tables decide differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes {
    /// boxes, together all of it where `extent` says so: maximal ones of which none could be left out; where more than
    /// 1,024 are asked for, and of tables beyond 64 classes in a dimension, 256 rules or what a diagram may cost, boxes
    /// that share no point
    pub regions: Vec<Change>,
    /// whether these are all
    pub extent: Extent,
    /// how many points they are
    pub points: Answer<Count>,
}

/// A box in which both tables decide alike everywhere, and each another way.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// the outcome before; none where no rule holds
    pub before: Option<u32>,
    /// the outcome after
    pub after: Option<u32>,
    /// where
    pub region: Region,
}

/// Where nothing more may be spent.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spent;

/// Counts down an allowance.
#[derive(Clone, Debug)]
pub(crate) struct Meter {
    left: u64,
    /// the last hard question was settled by clauses: they are asked first of the next one
    by_clauses: bool,
}

impl Meter {
    pub(crate) fn new(budget: Budget) -> Self {
        Meter { left: budget.0, by_clauses: false }
    }

    /// What one of many questions may take: half of what is left, so that none leaves nothing to the others.
    pub(crate) fn share<T>(
        &mut self,
        question: impl FnOnce(&mut Meter) -> Result<T, Spent>,
    ) -> Result<T, Spent> {
        self.within(self.left / 2, question)
    }

    fn take(&mut self, steps: usize) -> Result<(), Spent> {
        match self.left.checked_sub(steps as u64) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => {
                self.left = 0;
                Err(Spent)
            }
        }
    }
}

impl Meter {
    /// A search that may take a part of the allowance.
    fn within<T>(
        &mut self,
        part: u64,
        search: impl FnOnce(&mut Meter) -> Result<T, Spent>,
    ) -> Result<T, Spent> {
        let mut own = Meter { left: part.min(self.left), by_clauses: self.by_clauses };
        let before = own.left;
        let result = search(&mut own);
        self.left -= before - own.left;
        self.by_clauses = own.by_clauses;
        result
    }
}

impl<T> From<Result<T, Spent>> for Answer<T> {
    fn from(result: Result<T, Spent>) -> Self {
        result.map_or(Answer::NotProven, Answer::Proven)
    }
}
