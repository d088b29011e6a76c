//! Rules that never decide: those that the rules before them cover together.

use super::clauses;
use super::pairs::{BLOCK, Index};
use super::split::Splitter;
use super::table::Cell;
use super::{Answer, Beyond, Budget, Meter, Point, Shadow, Shadowed, Spent, Table};

/// How often leaving out a rule is tried.
const MOST_ATTEMPTS: usize = 64;

/// What one of these attempts may take, and what it may take more for each piece: who suffices is no proof of anything.
const ATTEMPT: u64 = 100_000;

/// Of more rules than this a solver is asked first which it needs, and what that may take.
const FEW: usize = 16;
const NARROWING: u64 = 1_000_000;
const EACH: u64 = 64;

impl Table {
    /// Whether some point of a rule lies in none of some others, whatever the ranks are.
    pub fn beyond(&self, rule: u32, others: &[u32], budget: Budget) -> Answer<Beyond> {
        self.beyond_within(rule, others, &mut Meter::new(budget)).into()
    }

    /// The same, one of several questions that share an allowance.
    pub(crate) fn beyond_within(
        &self,
        rule: u32,
        others: &[u32],
        meter: &mut Meter,
    ) -> Result<Beyond, Spent> {
        if let Some(point) = self.outside(&[rule], others, meter)? {
            return Ok(Beyond::Point(point));
        }
        let mut splitter = Splitter::new(&self.space, &self.pieces);
        let by = others.iter().flat_map(|other| self.pieces_of[*other as usize].clone());
        let meets = |by: &u32| {
            let mut own = self.pieces_of[rule as usize].clone();
            own.any(|own| splitter.openness(self.pieces.get(own), *by).is_some())
        };
        let by: Vec<u32> = by.filter(meets).collect();
        Ok(Beyond::Covered(self.enough(&mut splitter, rule as usize, &by, meter)))
    }

    /// A point that all of some rules have and none of the others.
    pub(crate) fn outside(
        &self,
        rules: &[u32],
        others: &[u32],
        meter: &mut Meter,
    ) -> Result<Option<Point>, Spent> {
        let axes = &self.space.axes;
        let mut shared: Vec<Vec<Cell>> = vec![self.space.whole.clone()];
        for rule in rules {
            let pieces = self.pieces_of[*rule as usize].clone();
            let meet = |cells: &Vec<Cell>, piece: u32| {
                let own = self.pieces.get(piece).iter().zip(cells).zip(axes);
                own.map(|((one, other), axis)| axis.meet(*one, *other)).collect::<Option<Vec<Cell>>>()
            };
            meter.take(shared.len() * pieces.len())?;
            shared = shared
                .iter()
                .flat_map(|cells| pieces.clone().filter_map(move |piece| meet(cells, piece)))
                .collect();
        }
        let mut splitter = Splitter::new(&self.space, &self.pieces);
        for cells in shared {
            let by = others.iter().flat_map(|other| self.pieces_of[*other as usize].clone());
            if let Some(live) = splitter.meeting(&cells, by, meter)?
                && let Some(open) = splitter.open(&cells, live, meter)?
            {
                return Ok(Some(self.space.point(&open)));
            }
        }
        Ok(None)
    }

    /// The rules that decide nowhere, each with rules that suffice to silence it.
    pub fn shadowed(&self, budget: Budget) -> Shadowed {
        let mut meter = Meter::new(budget);
        let mut splitter = Splitter::new(&self.space, &self.pieces);
        let many = self.rule_of.len() as u32;
        let mut fates = vec![Fate::Silent; self.outcomes.len()];
        let mut blockers: Vec<Vec<u32>> = vec![Vec::new(); self.outcomes.len()];
        for start in (0..many).step_by(BLOCK as usize) {
            let block = start..many.min(start.saturating_add(BLOCK));
            let mut earlier: Vec<Vec<u32>> = vec![Vec::new(); block.len()];
            let mut index = Index::new(self, block.clone());
            for piece in 0..block.end {
                index.behind(piece, |other| earlier[(other - start) as usize].push(piece));
            }
            for (piece, earlier) in block.zip(earlier) {
                let rule = self.rule_of[piece as usize] as usize;
                if fates[rule] != Fate::Alive {
                    match self.covered(&mut splitter, piece, &earlier, &mut meter) {
                        Ok(true) => blockers[rule].extend(earlier),
                        Ok(false) => fates[rule] = Fate::Alive,
                        Err(Spent) => fates[rule] = Fate::Open,
                    }
                }
            }
        }
        let mut shadowed = Shadowed::default();
        for (rule, fate) in fates.into_iter().enumerate() {
            match fate {
                Fate::Alive => {}
                Fate::Open => shadowed.open.push(rule as u32),
                Fate::Silent => {
                    let by = self.enough(&mut splitter, rule, &blockers[rule], &mut meter);
                    shadowed.rules.push(Shadow { rule: rule as u32, by });
                }
            }
        }
        shadowed
    }

    /// Whether some pieces cover a piece.
    fn covered(
        &self,
        splitter: &mut Splitter<'_>,
        piece: u32,
        by: &[u32],
        meter: &mut Meter,
    ) -> Result<bool, Spent> {
        let own = self.pieces.get(piece);
        Ok(match splitter.meeting(own, by.iter().copied(), meter)? {
            Some(live) => splitter.open(own, live, meter)?.is_none(),
            None => true,
        })
    }

    /// Rules that suffice to silence one that some pieces cover together.
    fn enough(&self, splitter: &mut Splitter<'_>, rule: usize, by: &[u32], meter: &mut Meter) -> Vec<u32> {
        let own = self.pieces_of[rule].clone();
        let mut rules: Vec<u32> = by.iter().map(|piece| self.rule_of[*piece as usize]).collect();
        rules.sort_unstable();
        rules.dedup();
        let contains = |other: &&u32| {
            own.clone().all(|own| {
                let mut theirs = self.pieces_of[**other as usize].clone();
                theirs.any(|piece| splitter.openness(self.pieces.get(own), piece) == Some(0))
            })
        };
        if let Some(alone) = rules.iter().find(contains) {
            return vec![*alone];
        }
        self.narrow(splitter, own.clone(), &mut rules, meter);
        // those of the list's end are doubted first: a table begins with its plainest rules
        for place in (0..rules.len()).rev().take(MOST_ATTEMPTS) {
            let without: Vec<u32> = rules.iter().copied().filter(|other| *other != rules[place]).collect();
            let mut pieces: Vec<u32> =
                without.iter().flat_map(|rule| self.pieces_of[*rule as usize].clone()).collect();
            pieces.sort_unstable();
            let allowed = ATTEMPT + EACH * pieces.len() as u64;
            let covered = meter.within(allowed, |meter| {
                let mut covered = true;
                for own in own.clone() {
                    covered = covered && self.covered(splitter, own, &pieces, meter)?;
                }
                Ok(covered)
            });
            if matches!(covered, Ok(true)) {
                rules = without;
            }
        }
        rules
    }

    /// Of rules that cover some pieces those that a solver needs to see it, where it sees it soon.
    fn narrow(
        &self,
        splitter: &Splitter<'_>,
        own: std::ops::Range<u32>,
        rules: &mut Vec<u32>,
        meter: &mut Meter,
    ) {
        if rules.len() <= FEW {
            return;
        }
        let mut pieces: Vec<u32> =
            rules.iter().flat_map(|rule| self.pieces_of[*rule as usize].clone()).collect();
        pieces.sort_unstable();
        let mut needed: Vec<u32> = Vec::new();
        for piece in own {
            let cells = self.pieces.get(piece);
            let Ok(Some(live)) = splitter.meeting(cells, pieces.iter().copied(), meter) else { return };
            let allowed = NARROWING + EACH * live.len() as u64;
            let core = meter
                .within(allowed, |meter| clauses::core(splitter.space, splitter.pieces, cells, &live, meter));
            let Ok(Some(core)) = core else { return };
            needed.extend(core.iter().map(|piece| self.rule_of[*piece as usize]));
        }
        needed.sort_unstable();
        needed.dedup();
        *rules = needed;
    }
}

/// What became of a rule.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Silent,
    Alive,
    Open,
}
