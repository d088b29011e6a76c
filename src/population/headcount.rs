//! How many of a population are in some regions.

use super::batch::{Batch, NOT_KNOWN};
use super::decider::Decider;
use crate::evaluate::tested;
use crate::ground::{Condition, FactAsked, Lead, RegionBox, Whole};
use crate::model::ValueSet;
use std::collections::BTreeMap;

/// Regions made ready to look for citizens in them. Made by [`Decider::headcount`].
#[derive(Clone, Debug)]
pub struct Headcount {
    regions: Vec<Told>,
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

/// A region as it was told.
#[derive(Clone, Debug)]
enum Told {
    Boxes(Vec<Vec<Test>>),
    /// each question after those it leads to
    InFull(Vec<Question>, Lead),
}

/// One condition of a box: the values of a fact; nothing where the place does not know one or the other, so that it is open
/// of everybody.
type Test = Option<(usize, ValueSet)>;

/// A fact that is asked.
#[derive(Clone, Debug)]
struct Question {
    /// where the place knows it
    fact: Option<usize>,
    /// where the values from each one on lead, ascending
    from: Vec<(i64, Lead)>,
    /// where some value leads
    leads: Vec<Lead>,
}

impl Question {
    fn of(asked: &FactAsked, fact: Option<usize>) -> Self {
        let ranges = asked.ways.iter().flat_map(|(ranges, lead)| ranges.iter().map(|range| (*range, *lead)));
        let mut ranges: Vec<((i64, i64), Lead)> = ranges.collect();
        ranges.sort_unstable_by_key(|(range, _)| *range);
        let from = ranges.into_iter().map(|((low, _), lead)| (low, lead)).collect();
        Question { fact, from, leads: asked.ways.iter().map(|(_, lead)| *lead).collect() }
    }

    fn lead(&self, value: i64) -> Lead {
        let place = self.from.partition_point(|(low, _)| *low <= value);
        place.checked_sub(1).map_or(Lead::Inside(false), |at| self.from[at].1)
    }
}

impl Decider {
    /// Makes regions ready to look for citizens in them: by boxes, or in full where the boxes are not all.
    pub fn headcount(&self, regions: &[(&[RegionBox], Option<&Whole>)]) -> Headcount {
        let facts = &self.model().facts;
        let named = |name: &str| facts.iter().position(|fact| fact.name == name);
        let test = |condition: &Condition| -> Test {
            let fact = named(&condition.fact)?;
            Some((fact, tested(&facts[fact].domain, condition)?))
        };
        let one = |(boxes, whole): &(&[RegionBox], Option<&Whole>)| match whole {
            None => Told::Boxes(boxes.iter().map(|all| all.iter().map(test).collect()).collect()),
            Some(whole) => {
                let questions = whole.questions.iter().map(|asked| Question::of(asked, named(&asked.fact)));
                Told::InFull(questions.collect(), whole.start)
            }
        };
        Headcount { regions: regions.iter().map(one).collect() }
    }
}

impl Headcount {
    /// Counts some citizens, for each region.
    pub fn count(&self, batch: &Batch) -> Vec<Heads> {
        let heads = |region: &Told| {
            let mut heads = Heads::default();
            for row in 0..batch.rows() {
                let inside = match region {
                    Told::Boxes(boxes) => is_inside(boxes, batch, row),
                    Told::InFull(questions, start) => {
                        is_led_inside(questions, *start, batch, row, &mut BTreeMap::new())
                    }
                };
                match inside {
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

/// Whether the questions lead everybody who a citizen may be into a region; nothing where they lead some of them there.
fn is_led_inside(
    questions: &[Question],
    mut lead: Lead,
    batch: &Batch,
    row: usize,
    seen: &mut BTreeMap<usize, Option<bool>>,
) -> Option<bool> {
    loop {
        let at = match lead {
            Lead::Inside(inside) => return Some(inside),
            Lead::To(at) => at,
        };
        let question = &questions[at];
        if let Some(value) = question.fact.and_then(|fact| known(fact, batch, row)) {
            lead = question.lead(value);
            continue;
        }
        if let Some(answer) = seen.get(&at) {
            return *answer;
        }
        let answers = question.leads.iter();
        let mut answers = answers.map(|lead| is_led_inside(questions, *lead, batch, row, seen));
        let first = answers.next().unwrap_or(Some(false));
        let answer = if answers.all(|other| other == first) { first } else { None };
        seen.insert(at, answer);
        return answer;
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
    Some(values.contains(known(*fact, batch, row)?))
}

fn known(fact: usize, batch: &Batch, row: usize) -> Option<i64> {
    batch.column(fact).map(|column| column[row]).filter(|value| *value != NOT_KNOWN)
}
