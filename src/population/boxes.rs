//! Ranked boxes: of rules that are each a value set for each of some facts, which one counts, and how many match.
//!
//! For each fact and each of its values stands a bit for every rule that admits it; the rules that match a citizen are
//! what the bits of all their values have in common, and the first of them counts.

/// So many citizens are looked at at a time.
const CHUNK: usize = 1024;
/// Rules that are looked at together.
const TOGETHER: usize = 64;

/// A rule: for some facts, by their numbers, the ranges of values it admits, both ends included. Another fact may be
/// anything.
#[derive(Clone, Debug, Default)]
pub struct BoxRule {
    /// what it admits
    pub when: Vec<(usize, Vec<(i32, i32)>)>,
}

/// Which rule counts for a citizen, and how many match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Winner {
    /// the first that matches
    pub rule: Option<u32>,
    /// how many do
    pub matches: u32,
}

/// One fact as some rules see it: a word of bits for each value.
#[derive(Clone, Debug)]
struct Seen {
    fact: usize,
    low: i32,
    words: Vec<u64>,
}

/// Rules in the order of their rank, ready for many citizens.
#[derive(Clone, Debug)]
pub struct RankedBoxes {
    /// for each 64 rules those that there are, and the facts they ask
    groups: Vec<(u64, Vec<Seen>)>,
}

impl RankedBoxes {
    /// The rules, the first the strongest; `domains` are the least and the greatest value of each fact.
    pub fn new(domains: &[(i32, i32)], rules: &[BoxRule]) -> Self {
        let group = |rules: &[BoxRule]| {
            let all = if rules.len() == TOGETHER { u64::MAX } else { (1 << rules.len()) - 1 };
            let seen = |(fact, (low, high)): (usize, &(i32, i32))| {
                let is_asked = rules.iter().any(|rule| rule.when.iter().any(|(asked, _)| *asked == fact));
                is_asked.then(|| {
                    let mut words = vec![all; (i64::from(*high) - i64::from(*low) + 1).max(0) as usize];
                    for (number, rule) in rules.iter().enumerate() {
                        for (_, ranges) in rule.when.iter().filter(|(asked, _)| *asked == fact) {
                            for (value, word) in (*low..=*high).zip(&mut words) {
                                let admits = ranges.iter().any(|(from, to)| (*from..=*to).contains(&value));
                                *word &= !(u64::from(!admits) << number);
                            }
                        }
                    }
                    Seen { fact, low: *low, words }
                })
            };
            (all, domains.iter().enumerate().filter_map(seen).collect())
        };
        RankedBoxes { groups: rules.chunks(TOGETHER).map(group).collect() }
    }

    /// The rules of 64 that match each of a few citizens.
    fn bits(&self, group: usize, columns: &[&[i32]], from: usize, bits: &mut [u64]) {
        let (all, seen) = &self.groups[group];
        bits.fill(*all);
        for seen in seen {
            let column = &columns[seen.fact][from..from + bits.len()];
            let words = seen.words.as_slice();
            for (bits, value) in bits.iter_mut().zip(column) {
                let at = value.wrapping_sub(seen.low) as u32 as usize;
                *bits &= words.get(at).copied().unwrap_or(0);
            }
        }
    }

    /// The rule that counts for each citizen: `u32::MAX` where none matches. The columns are those of the facts.
    pub fn first(&self, columns: &[&[i32]], winners: &mut [u32]) {
        let mut bits = [0_u64; CHUNK];
        for (at, winners) in winners.chunks_mut(CHUNK).enumerate() {
            let bits = &mut bits[..winners.len()];
            winners.fill(u32::MAX);
            for group in 0..self.groups.len() {
                self.bits(group, columns, at * CHUNK, bits);
                let base = (group * TOGETHER) as u32;
                for (winner, bits) in winners.iter_mut().zip(bits.iter()) {
                    let own = if *bits == 0 { u32::MAX } else { base + bits.trailing_zeros() };
                    *winner = (*winner).min(own);
                }
            }
        }
    }

    /// The same with how many rules match.
    pub fn winners(&self, columns: &[&[i32]], winners: &mut [Winner]) {
        let mut bits = [0_u64; CHUNK];
        for (at, winners) in winners.chunks_mut(CHUNK).enumerate() {
            let bits = &mut bits[..winners.len()];
            winners.fill(Winner::default());
            for group in 0..self.groups.len() {
                self.bits(group, columns, at * CHUNK, bits);
                let base = (group * TOGETHER) as u32;
                for (winner, bits) in winners.iter_mut().zip(bits.iter()) {
                    winner.matches += bits.count_ones();
                    let own = (*bits != 0).then(|| base + bits.trailing_zeros());
                    winner.rule = winner.rule.or(own);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{BoxRule, RankedBoxes, Winner};

    /// The definition: look at every rule.
    fn plain(rules: &[BoxRule], citizen: &[i32]) -> Winner {
        let admits = |rule: &BoxRule| {
            rule.when.iter().all(|(fact, ranges)| {
                ranges.iter().any(|(low, high)| (*low..=*high).contains(&citizen[*fact]))
            })
        };
        let matching: Vec<u32> =
            (0..rules.len() as u32).filter(|number| admits(&rules[*number as usize])).collect();
        Winner { rule: matching.first().copied(), matches: matching.len() as u32 }
    }

    #[test]
    fn the_first_rule_that_matches_counts() {
        let mut seed = 7_u32;
        let mut next = |below: i32| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) as i32 % below
        };
        let domains = [(0, 9), (-3, 3), (0, 1), (100, 140)];
        for count in [0, 1, 63, 64, 65, 200] {
            let mut rule = || {
                let facts = (0..domains.len()).filter(|_| next(2) == 0).collect::<Vec<_>>();
                let mut range = |fact: usize| {
                    let (low, high) = domains[fact];
                    let (a, b) = (low + next(high - low + 1), low + next(high - low + 1));
                    (a.min(b), a.max(b))
                };
                BoxRule {
                    when: facts.into_iter().map(|fact| (fact, vec![range(fact), range(fact)])).collect(),
                }
            };
            let rules: Vec<BoxRule> = (0..count).map(|_| rule()).collect();
            let columns: Vec<Vec<i32>> = domains
                .iter()
                .map(|(low, high)| (0..2500).map(|_| low + next(high - low + 1)).collect())
                .collect();
            let slices: Vec<&[i32]> = columns.iter().map(Vec::as_slice).collect();
            let ranked = RankedBoxes::new(&domains, &rules);
            let (mut all, mut first) = (vec![Winner::default(); 2500], vec![0; 2500]);
            ranked.winners(&slices, &mut all);
            ranked.first(&slices, &mut first);
            for row in 0..2500 {
                let citizen: Vec<i32> = columns.iter().map(|column| column[row]).collect();
                let expected = plain(&rules, &citizen);
                assert_eq!(all[row], expected);
                assert_eq!((first[row] != u32::MAX).then_some(first[row]), expected.rule);
            }
        }
    }
}
