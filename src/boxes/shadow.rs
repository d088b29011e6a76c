//! Rules that never decide: those that the rules before them cover together.

use super::split::Splitter;
use super::{Budget, Meter, Shadow, Shadowed, Spent, Table};
use std::ops::ControlFlow;

/// How often leaving out a rule is tried.
const MOST_ATTEMPTS: usize = 64;

impl Table {
    /// The rules that decide nowhere, each with rules that suffice to silence it.
    pub fn shadowed(&self, budget: Budget) -> Shadowed {
        let mut meter = Meter::new(budget);
        let mut splitter = Splitter::new(&self.space, &self.pieces);
        let mut shadowed = Shadowed::default();
        for rule in 0..self.outcomes.len() as u32 {
            let earlier: Vec<u32> = (0..self.pieces_of[rule as usize].start).collect();
            match self.silenced(&mut splitter, rule, &earlier, &mut meter) {
                Err(Spent) => shadowed.open.push(rule),
                Ok(false) => {}
                Ok(true) => {
                    let by = self.enough(&mut splitter, rule, earlier, &mut meter);
                    shadowed.rules.push(Shadow { rule, by });
                }
            }
        }
        shadowed
    }

    /// Whether some pieces cover a rule.
    fn silenced(
        &self,
        splitter: &mut Splitter<'_>,
        rule: u32,
        by: &[u32],
        meter: &mut Meter,
    ) -> Result<bool, Spent> {
        for piece in self.pieces_of[rule as usize].clone() {
            let own = self.pieces.get(piece);
            let Some(live) = splitter.meeting(own, by.iter().copied(), meter)? else { continue };
            let mut open = false;
            splitter.open_boxes(own, live, meter, &mut |_, _| {
                open = true;
                Ok(ControlFlow::Break(()))
            })?;
            if open {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Rules that suffice to silence one that some pieces cover.
    fn enough(&self, splitter: &mut Splitter<'_>, rule: u32, by: Vec<u32>, meter: &mut Meter) -> Vec<u32> {
        let own: Vec<u32> = self.pieces_of[rule as usize].clone().collect();
        let meets =
            |piece: &u32| own.iter().any(|own| splitter.openness(self.pieces.get(*own), *piece).is_some());
        let mut rules: Vec<u32> =
            by.iter().filter(|piece| meets(piece)).map(|piece| self.rule_of[*piece as usize]).collect();
        rules.dedup();
        let contains = |other: &&u32| {
            own.iter().all(|own| {
                let mut theirs = self.pieces_of[**other as usize].clone();
                theirs.any(|piece| splitter.openness(self.pieces.get(*own), piece) == Some(0))
            })
        };
        if let Some(alone) = rules.iter().find(contains) {
            return vec![*alone];
        }
        let mut at = rules.len();
        for _ in 0..MOST_ATTEMPTS {
            // the last before the rule are doubted first: the first of a table are its plainest
            let Some(next) = at.checked_sub(1) else { break };
            at = next;
            let without: Vec<u32> = rules.iter().copied().filter(|other| *other != rules[at]).collect();
            let pieces: Vec<u32> =
                without.iter().flat_map(|rule| self.pieces_of[*rule as usize].clone()).collect();
            if matches!(self.silenced(splitter, rule, &pieces, meter), Ok(true)) {
                rules = without;
            }
        }
        rules.sort_unstable();
        rules
    }
}
