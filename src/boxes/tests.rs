//! Every function against plain enumeration, on small random tables.

use super::*;

/// Numbers that are the same on every run (Steele, Lea and Flood 2014).
pub(super) struct Random(pub u64);

impl Random {
    pub(super) fn below(&mut self, many: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % many
    }
}

/// A table of at most 4 dimensions, with its rules.
pub(super) fn random(random: &mut Random) -> (Vec<Dimension>, Vec<BoxRule>) {
    let dimensions: Vec<Dimension> = (0..1 + random.below(4))
        .map(|_| match random.below(3) {
            0 => Dimension::listed(1 + random.below(5) as u32),
            1 => Dimension::ordered(-3, -3 + random.below(9) as i64),
            _ => Dimension::ordered(0, 1),
        })
        .collect();
    let rules = (0..random.below(9)).map(|_| rule(random, &dimensions)).collect();
    (dimensions, rules)
}

fn rule(random: &mut Random, dimensions: &[Dimension]) -> BoxRule {
    let mut when = Vec::new();
    for (at, dimension) in dimensions.iter().enumerate() {
        if random.below(3) > 0 {
            let many = (dimension.high - dimension.low + 1) as u64;
            let end = |random: &mut Random| dimension.low + random.below(many) as i64;
            let range = |random: &mut Random| (end(random), end(random));
            when.push((
                at,
                (0..1 + random.below(2))
                    .map(|_| range(random))
                    .map(|(a, b)| if many > 2 { (a.min(b), a.max(b)) } else { (a, a) })
                    .collect(),
            ));
        }
    }
    BoxRule { rank: random.below(5) as i64, outcome: random.below(3) as u32, when }
}

pub(super) fn points(dimensions: &[Dimension]) -> Vec<Point> {
    let mut list = vec![Vec::new()];
    for dimension in dimensions {
        let longer = |point: Point| {
            (dimension.low..=dimension.high).map(move |v| point.iter().copied().chain([v]).collect::<Point>())
        };
        list = list.into_iter().flat_map(longer).collect();
    }
    list
}

pub(super) fn holds(rule: &BoxRule, point: &[i64]) -> bool {
    rule.when.iter().all(|(at, ranges)| ranges.iter().any(|(a, b)| *a <= point[*at] && point[*at] <= *b))
}

pub(super) fn matching(rules: &[BoxRule], point: &[i64]) -> Vec<u32> {
    let mut list: Vec<u32> =
        (0..rules.len() as u32).filter(|rule| holds(&rules[*rule as usize], point)).collect();
    list.sort_by_key(|rule| rules[*rule as usize].rank);
    list
}

#[test]
fn answers_are_those_of_plain_enumeration() {
    let mut numbers = Random(1);
    for _ in 0..3000 {
        let (dimensions, rules) = random(&mut numbers);
        let table = Table::new(&dimensions, &rules).unwrap();
        let points = points(&dimensions);
        let mut open = Vec::new();
        let mut wins = vec![false; rules.len()];
        let mut pairs = std::collections::BTreeSet::new();
        for point in &points {
            let matching = matching(&rules, point);
            assert_eq!(table.matches(point), matching);
            assert_eq!(table.decide(point), matching.first().copied());
            match matching.first() {
                None => open.push(point.clone()),
                Some(rule) => wins[*rule as usize] = true,
            }
            for a in &matching {
                pairs.extend(matching.iter().filter(|b| a < *b).map(|b| (*a, *b)));
            }
        }
        let gap = table.gap(Budget::default()).proven().unwrap();
        assert_eq!(gap.is_some(), !open.is_empty());
        assert!(gap.is_none_or(|point| open.contains(&point)));
        assert_eq!(table.gap_count(Budget::default()), Answer::Proven(Count::Exactly(open.len() as u128)));
        let found = table.overlaps();
        assert_eq!(
            found.iter().map(|pair| (pair.first, pair.second)).collect::<Vec<_>>(),
            pairs.into_iter().collect::<Vec<_>>()
        );
        let shadowed = table.shadowed(Budget::default());
        assert!(shadowed.open.is_empty());
        let never: Vec<u32> = (0..rules.len() as u32).filter(|rule| !wins[*rule as usize]).collect();
        assert_eq!(shadowed.rules.iter().map(|shadow| shadow.rule).collect::<Vec<_>>(), never);
        let gaps = table.gaps(1000, Budget::default());
        assert_eq!(gaps.extent, Extent::All);
        for point in &points {
            assert_eq!(gaps.boxes.iter().any(|region| region.contains(point)), open.contains(point));
        }
    }
}

#[test]
fn what_changed_is_what_enumeration_finds() {
    let mut numbers = Random(2);
    for _ in 0..3000 {
        let (dimensions, rules) = random(&mut numbers);
        let mut edited = rules.clone();
        for _ in 0..numbers.below(3) {
            let new = rule(&mut numbers, &dimensions);
            let at = numbers.below(edited.len() as u64 + 1) as usize;
            if numbers.below(2) == 0 && at < edited.len() {
                edited.remove(at);
            } else {
                edited.insert(at, new);
            }
        }
        let (before, after) =
            (Table::new(&dimensions, &rules).unwrap(), Table::new(&dimensions, &edited).unwrap());
        let changes = before.changed(&after, Budget::default()).unwrap();
        assert_eq!(changes.extent, Extent::All);
        let mut many = 0;
        for point in points(&dimensions) {
            let old = matching(&rules, &point).first().map(|rule| rules[*rule as usize].outcome);
            let new = matching(&edited, &point).first().map(|rule| edited[*rule as usize].outcome);
            let told: Vec<&Change> =
                changes.regions.iter().filter(|change| change.region.contains(&point)).collect();
            if old == new {
                assert!(told.is_empty());
            } else {
                many += 1;
                assert_eq!(told.len(), 1);
                assert_eq!((told[0].before, told[0].after), (old, new));
            }
        }
        assert_eq!(changes.points, Answer::Proven(Count::Exactly(many)));
    }
}
