//! How many of a population are in some regions.

use super::batch::{Batch, NOT_KNOWN};
use super::decider::Decider;
use crate::evaluate::tested;
use crate::ground::{Condition, RegionBox};
use crate::model::ValueSet;

/// Regions made ready to look for citizens in them. Made by [`Decider::headcount`].
#[derive(Clone, Debug)]
pub struct Headcount {
    regions: Vec<Vec<Vec<Test>>>,
}

/// How many citizens are in a region.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Heads {
    /// those who are
    pub inside: u64,
    /// those of whom too little is known to say so
    pub open: u64,
}

impl Heads {
    /// Both together.
    #[must_use]
    pub fn plus(self, other: Heads) -> Heads {
        Heads { inside: self.inside + other.inside, open: self.open + other.open }
    }
}

/// One condition of a box: the values of a fact; nothing where the place does not know one or the other, so that it is open
/// of everybody.
type Test = Option<(usize, ValueSet)>;

impl Decider {
    /// Makes regions ready to look for citizens in them.
    pub fn headcount(&self, regions: &[&[RegionBox]]) -> Headcount {
        let facts = &self.model().facts;
        let test = |condition: &Condition| -> Test {
            let fact = facts.iter().position(|fact| fact.name == condition.fact)?;
            Some((fact, tested(&facts[fact].domain, condition)?))
        };
        let one = |boxes: &&[RegionBox]| boxes.iter().map(|all| all.iter().map(test).collect()).collect();
        Headcount { regions: regions.iter().map(one).collect() }
    }
}

impl Headcount {
    /// Counts some citizens, for each region.
    pub fn count(&self, batch: &Batch) -> Vec<Heads> {
        let heads = |region: &Vec<Vec<Test>>| {
            let mut heads = Heads::default();
            for row in 0..batch.rows() {
                match is_inside(region, batch, row) {
                    Some(true) => heads.inside += 1,
                    Some(false) => {}
                    None => heads.open += 1,
                }
            }
            heads
        };
        self.regions.iter().map(heads).collect()
    }
}

/// Whether a citizen is in one of some boxes; nothing where that is not known.
fn is_inside(boxes: &[Vec<Test>], batch: &Batch, row: usize) -> Option<bool> {
    let mut answer = Some(false);
    for tests in boxes {
        let mut all = Some(true);
        for test in tests {
            match holds(test, batch, row) {
                Some(true) => {}
                Some(false) => {
                    all = Some(false);
                    break;
                }
                None => all = None,
            }
        }
        match all {
            Some(true) => return Some(true),
            Some(false) => {}
            None => answer = None,
        }
    }
    answer
}

fn holds(test: &Test, batch: &Batch, row: usize) -> Option<bool> {
    let (fact, values) = test.as_ref()?;
    let value = batch.column(*fact).map(|column| column[row]).filter(|value| *value != NOT_KNOWN)?;
    Some(values.contains(value))
}
