//! Counting: who gets what, and what that adds up to.

use hjemmel::Text;
use hjemmel::population::{Batch, Cell, Decided, Decider, Grouping, Outcome, SupportShape, TermShape, Word};

/// How many words a decision can have.
pub(super) const WORDS: usize = Word::ALL.len();

/// What some citizens' decisions on one term add up to, scaled by its decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sum {
    /// how many grants bound it
    pub(super) grants: u64,
    pub(super) least: i128,
    pub(super) greatest: i128,
    /// how many of the grants have no greatest value
    pub(super) open: u64,
}

impl Sum {
    fn add(&mut self, more: &Sum) {
        self.grants += more.grants;
        self.least += more.least;
        self.greatest += more.greatest;
        self.open += more.open;
    }
}

/// One group: whole citizens, and what they get together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) citizens: u64,
    /// who has something due, who may be given something or has it due
    pub(super) due: u64,
    pub(super) granted: u64,
    /// of whom something is contradicted, or rests on what is not known
    pub(super) contradicted: u64,
    pub(super) open: u64,
    /// for each support, by word
    pub(super) words: Vec<[u64; WORDS]>,
    /// for each term that is added up: what is due, and what may be given
    pub(super) sums: Vec<[Sum; 2]>,
}

impl Group {
    fn new(supports: usize, terms: usize) -> Self {
        Group {
            words: vec![[0; WORDS]; supports],
            sums: vec![[Sum::default(); 2]; terms],
            ..Group::default()
        }
    }

    fn add(&mut self, more: &Group) {
        self.citizens += more.citizens;
        self.due += more.due;
        self.granted += more.granted;
        self.contradicted += more.contradicted;
        self.open += more.open;
        for (own, more) in self.words.iter_mut().zip(&more.words) {
            own.iter_mut().zip(more).for_each(|(own, more)| *own += more);
        }
        for (own, more) in self.sums.iter_mut().flatten().zip(more.sums.iter().flatten()) {
            own.add(more);
        }
    }

    /// How many get a word on a support.
    pub(super) fn count(&self, support: usize, word: Word) -> u64 {
        self.words[support][place(word)]
    }
}

/// The place of a word.
pub(super) fn place(word: Word) -> usize {
    Word::ALL.iter().position(|other| *other == word).unwrap_or(0)
}

/// What is counted, and how.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    pub(super) decider: &'a Decider,
    pub(super) groupings: Vec<Grouping>,
    /// the supports that are counted, by their places
    pub(super) supports: Vec<usize>,
    /// the terms that are added up
    pub(super) terms: Vec<TermShape>,
}

/// The counts of everybody, and of each group of each grouping.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    pub(super) rows: u64,
    pub(super) all: Group,
    pub(super) groups: Vec<Vec<(Text, Group)>>,
    pub(super) seen: Vec<bool>,
}

impl<'a> Plan<'a> {
    pub(super) fn shape(&self, support: usize) -> &'a SupportShape {
        &self.decider.supports()[self.supports[support]]
    }

    /// Nobody yet.
    pub(super) fn nobody(&self) -> Tally {
        let group = || Group::new(self.supports.len(), self.terms.len());
        let none = Batch::new(self.decider.facts().len(), 0);
        let titles = |grouping| self.decider.groups(grouping, &none).titles;
        let groups = self
            .groupings
            .iter()
            .map(|grouping| titles(grouping).into_iter().map(|title| (title, group())).collect());
        Tally { rows: 0, all: group(), groups: groups.collect(), seen: Vec::new() }
    }

    /// Counts some citizens.
    pub(super) fn count(&self, batch: &Batch, decided: &Decided) -> Tally {
        let mut tally = self.nobody();
        let everybody: Vec<usize> = (0..batch.rows()).collect();
        tally.all = self.group(&everybody, decided);
        for (grouping, groups) in self.groupings.iter().zip(&mut tally.groups) {
            let column = self.decider.groups(grouping, batch);
            for (members, (_, group)) in column.members.iter().zip(groups) {
                let rows: Vec<usize> = (0..batch.rows()).filter(|row| members[*row]).collect();
                *group = self.group(&rows, decided);
            }
        }
        tally
    }

    fn group(&self, rows: &[usize], decided: &Decided) -> Group {
        let mut group = Group::new(self.supports.len(), self.terms.len());
        group.citizens = rows.len() as u64;
        // what of each citizen: due, granted, contradicted, open
        let mut flags = vec![[false; 4]; rows.len()];
        for (at, support) in self.supports.iter().enumerate() {
            let (column, shape) = (&decided.supports[*support], &self.decider.supports()[*support]);
            let mut counts = vec![0_u64; column.outcomes.len()];
            let told: Vec<[bool; 4]> = column.outcomes.iter().map(|outcome| flags_of(outcome)).collect();
            for (row, flags) in rows.iter().zip(&mut flags) {
                let outcome = column.of_row[*row] as usize;
                counts[outcome] += 1;
                flags.iter_mut().zip(told[outcome]).for_each(|(flag, told)| *flag |= told);
            }
            for (outcome, count) in column.outcomes.iter().zip(counts).filter(|(_, count)| *count > 0) {
                group.words[at][place(outcome.word)] += count;
                self.sum(&mut group.sums, shape, outcome, count);
            }
        }
        for [due, granted, contradicted, open] in flags {
            group.due += u64::from(due);
            group.granted += u64::from(granted);
            group.contradicted += u64::from(contradicted);
            group.open += u64::from(open);
        }
        group
    }

    fn sum(&self, sums: &mut [[Sum; 2]], shape: &SupportShape, outcome: &Outcome, count: u64) {
        let mut at = 1 + usize::from(shape.has_also);
        for (term, is_bounded) in shape.terms.iter().zip(&outcome.bounded) {
            let width = if term.is_range { 2 } else { 1 };
            let cells = &outcome.cells[at..at + width];
            at += width;
            let summed = self.terms.iter().position(|other| other.name == term.name);
            let (Some(summed), true, [low, high]) = (summed, *is_bounded, cells) else { continue };
            let number = |cell: &Cell| match cell {
                Cell::Number(value) => Some(i128::from(*value)),
                _ => None,
            };
            let times = i128::from(count);
            let is_due = matches!(outcome.word, Word::Must | Word::Right);
            sums[summed][usize::from(!is_due)].add(&Sum {
                grants: count,
                least: number(low).unwrap_or(i128::from(term.bounds.0)) * times,
                greatest: number(high).unwrap_or_default() * times,
                open: if number(high).is_none() { count } else { 0 },
            });
        }
    }
}

fn flags_of(outcome: &Outcome) -> [bool; 4] {
    let word = outcome.word;
    [
        matches!(word, Word::Must | Word::Right),
        word.is_granted(),
        word == Word::Contradicted || outcome.undecided_term,
        word == Word::Open,
    ]
}

impl Tally {
    pub(super) fn add(&mut self, more: &Tally) {
        self.rows += more.rows;
        self.all.add(&more.all);
        for ((_, own), (_, more)) in self.groups.iter_mut().flatten().zip(more.groups.iter().flatten()) {
            own.add(more);
        }
        self.seen.resize(more.seen.len(), false);
        self.seen.iter_mut().zip(&more.seen).for_each(|(seen, more)| *seen |= more);
    }
}
