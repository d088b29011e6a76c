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
        let (mut ready, mut found) = (table.ready(), Vec::new());
        let mut open = Vec::new();
        let mut wins = vec![false; rules.len()];
        let mut pairs = std::collections::BTreeSet::new();
        for point in &points {
            let matching = matching(&rules, point);
            assert_eq!(table.matches(point), matching);
            assert_eq!(table.decide(point), matching.first().copied());
            assert_eq!(ready.decide(point), matching.first().copied());
            ready.matches(point, &mut found);
            assert_eq!(found, matching);
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
        for at in 0..gaps.boxes.len() {
            let alone = |point: &&Point| {
                gaps.boxes.iter().enumerate().all(|(other, region)| region.contains(point) == (other == at))
            };
            assert!(points.iter().any(|point| alone(&point)), "a box that could be left out");
        }
        assert!(gaps.at_least <= gaps.boxes.len());
        assert_eq!(gaps.at_least == 0, open.is_empty());
        for shadow in &shadowed.rules {
            let by: Vec<&BoxRule> = shadow.by.iter().map(|rule| &rules[*rule as usize]).collect();
            let own = &rules[shadow.rule as usize];
            let before = |other: &u32| (rules[*other as usize].rank, *other) < (own.rank, shadow.rule);
            assert!(shadow.by.iter().all(before));
            for point in points.iter().filter(|point| holds(own, point)) {
                assert!(by.iter().any(|rule| holds(rule, point)), "not enough to silence it");
            }
        }
    }
}

#[test]
fn a_small_budget_leaves_answers_right_or_open() {
    let mut numbers = Random(3);
    for _ in 0..2000 {
        let (dimensions, rules) = random(&mut numbers);
        let (_, others) = random(&mut numbers);
        let others: Vec<BoxRule> = others
            .into_iter()
            .filter(|rule| rule.when.iter().all(|(at, _)| *at < dimensions.len()))
            .collect();
        let (table, other) =
            (Table::new(&dimensions, &rules).unwrap(), Table::new(&dimensions, &others).unwrap());
        let budget = Budget(numbers.below(60));
        let all = Budget::default();
        if let Answer::Proven(gap) = table.gap(budget) {
            assert_eq!(gap.is_some(), table.gap(all).proven().unwrap().is_some());
        }
        if let Answer::Proven(count) = table.gap_count(budget) {
            assert_eq!(Answer::Proven(count), table.gap_count(all));
        }
        let (some, known) = (table.shadowed(budget), table.shadowed(all));
        let never = |rule: u32| known.rules.iter().any(|shadow| shadow.rule == rule);
        assert!(some.rules.iter().all(|shadow| never(shadow.rule)));
        for rule in known.rules {
            let told = some.rules.iter().any(|shadow| shadow.rule == rule.rule);
            assert!(told != some.open.contains(&rule.rule), "neither told nor open");
        }
        let (some, known) = (table.gaps(64, budget), table.gaps(64, all));
        assert!(some.extent != Extent::All || known.boxes.is_empty() == some.boxes.is_empty());
        let (some, known) = (
            table.changed(&other, usize::MAX, budget).unwrap(),
            table.changed(&other, usize::MAX, all).unwrap(),
        );
        assert!(some.extent != Extent::All || some == known);
        assert!(some.points == Answer::NotProven || some.points == known.points);
    }
}

/// Each pigeon in a hole, no two in the same one.
fn pigeons(many: usize) -> Table {
    let holes = many - 1;
    let dimensions = vec![Dimension::listed(2); many * holes];
    let mut rules = Vec::new();
    let mut rule = |when: Vec<(usize, Vec<(i64, i64)>)>| {
        rules.push(BoxRule { rank: rules.len() as i64, outcome: 0, when });
    };
    for hole in 0..holes {
        for a in 0..many {
            for b in a + 1..many {
                rule(vec![(a * holes + hole, vec![(1, 1)]), (b * holes + hole, vec![(1, 1)])]);
            }
        }
    }
    for pigeon in 0..many {
        rule((0..holes).map(|hole| (pigeon * holes + hole, vec![(0, 0)])).collect());
    }
    Table::new(&dimensions, &rules).unwrap()
}

#[test]
fn pigeons_have_no_gap_between_them() {
    assert_eq!(pigeons(7).gap(Budget::default()), Answer::Proven(None));
    assert_eq!(pigeons(5).gap_count(Budget::default()), Answer::Proven(Count::Exactly(0)));
    assert_eq!(pigeons(7).gap(Budget(1000)), Answer::NotProven);
}

#[test]
fn pairs_are_counted_one_by_one() {
    let dimensions = vec![Dimension::listed(2); 60];
    let both = |at: usize| vec![(at, vec![(1, 1)]), (at + 30, vec![(1, 1)])];
    let rules: Vec<BoxRule> = (0..30).map(|at| BoxRule { rank: 0, outcome: 0, when: both(at) }).collect();
    let table = Table::new(&dimensions, &rules).unwrap();
    assert_eq!(table.gap_count(Budget::default()), Answer::Proven(Count::Exactly(3_u128.pow(30))));
}

#[test]
fn more_than_can_be_counted_is_at_least() {
    let dimensions = vec![Dimension::ordered(i64::MIN, i64::MAX); 3];
    let table = Table::new(&dimensions, &[]).unwrap();
    assert_eq!(table.gap_count(Budget::default()), Answer::Proven(Count::AtLeast(u128::MAX)));
    assert_eq!(table.gaps(1, Budget::default()).boxes, vec![Region(vec![vec![(i64::MIN, i64::MAX)]; 3])]);
}

#[test]
fn the_solver_says_what_splitting_says() {
    let mut numbers = Random(4);
    for round in 0..2000 {
        let (mut dimensions, mut rules) = random(&mut numbers);
        if round % 4 == 0 {
            // over 64 classes, so that cells are runs
            dimensions.push(Dimension::ordered(0, 999));
            let at = dimensions.len() - 1;
            let place = |numbers: &mut Random| numbers.below(1000) as i64;
            for _ in 0..80 {
                let (a, b) = (place(&mut numbers), place(&mut numbers));
                let mut when = rules.first().map_or(Vec::new(), |rule| rule.when.clone());
                when.push((at, vec![(a.min(b), a.max(b))]));
                rules.push(BoxRule { rank: 9, outcome: 0, when });
            }
        }
        let table = Table::new(&dimensions, &rules).unwrap();
        let splitter = split::Splitter::new(&table.space, &table.pieces);
        let mut meter = Meter::new(Budget::default());
        let whole = &table.space.whole;
        let Ok(Some(live)) = splitter.meeting(whole, table.all(), &mut meter) else { continue };
        let found = clauses::open(&table.space, &table.pieces, whole, &live, &mut meter).unwrap();
        let gap = table.gap(Budget::default()).proven().unwrap();
        assert_eq!(found.is_some(), gap.is_some());
        if let Some(found) = found {
            assert_eq!(table.decide(&table.space.point(&found)), None);
        }
    }
}

#[test]
fn what_changed_is_what_enumeration_finds() {
    let mut numbers = Random(2);
    for round in 0..3000 {
        let (mut dimensions, mut rules) = random(&mut numbers);
        // more rules than one word of a set holds, and every other time more classes than a diagram takes
        if round % 30 == 0 {
            dimensions.truncate(2);
            dimensions.push(Dimension::ordered(0, if round % 60 == 0 { 69 } else { 40 }));
            rules = (0..80).map(|_| rule(&mut numbers, &dimensions)).collect();
        }
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
        let changes = before.changed(&after, 1_000, Budget::default()).unwrap();
        let apart = before.changed(&after, usize::MAX, Budget::default()).unwrap();
        assert_eq!((changes.extent, apart.extent), (Extent::All, Extent::All));
        let mut many = 0;
        for point in points(&dimensions) {
            let old = matching(&rules, &point).first().map(|rule| rules[*rule as usize].outcome);
            let new = matching(&edited, &point).first().map(|rule| edited[*rule as usize].outcome);
            let told_in = |changes: &'_ Changes| -> Vec<Change> {
                changes.regions.iter().filter(|change| change.region.contains(&point)).cloned().collect()
            };
            let (told, once) = (told_in(&changes), told_in(&apart));
            assert_eq!(once.len(), usize::from(old != new));
            assert!(once.iter().all(|change| (change.before, change.after) == (old, new)));
            if old == new {
                assert!(told.is_empty());
            } else {
                many += 1;
                assert!(!told.is_empty());
                assert!(told.iter().all(|change| (change.before, change.after) == (old, new)));
            }
        }
        assert_eq!(changes.points, Answer::Proven(Count::Exactly(many)));
        assert_eq!(apart.points, changes.points);
        let open = points(&dimensions).iter().filter(|point| matching(&rules, point).is_empty()).count();
        assert_eq!(before.gap_count(Budget::default()), Answer::Proven(Count::Exactly(open as u128)));
        let first = before.changed(&after, 1, Budget::default()).unwrap();
        assert_eq!((first.points, first.regions.len()), (changes.points, changes.regions.len().min(1)));
        assert_eq!(first.extent == Extent::All, changes.regions.len() < 2);
    }
}

#[test]
fn boxes_of_a_change_are_maximal_and_none_could_be_left_out() {
    let mut numbers = Random(6);
    for _ in 0..1000 {
        let (dimensions, rules) = random(&mut numbers);
        let others: Vec<BoxRule> = (0..numbers.below(7)).map(|_| rule(&mut numbers, &dimensions)).collect();
        let (before, after) =
            (Table::new(&dimensions, &rules).unwrap(), Table::new(&dimensions, &others).unwrap());
        let changes = before.changed(&after, 1_000, Budget::default()).unwrap().regions;
        let points = points(&dimensions);
        let decided = |rules: &[BoxRule], point: &[i64]| {
            matching(rules, point).first().map(|rule| rules[*rule as usize].outcome)
        };
        for (at, change) in changes.iter().enumerate() {
            let alone = |point: &&Point| {
                changes
                    .iter()
                    .enumerate()
                    .all(|(other, change)| change.region.contains(point) == (other == at))
            };
            assert!(points.iter().any(|point| alone(&point)), "a box that could be left out");
            for (at, dimension) in dimensions.iter().enumerate() {
                let own = &change.region.0[at];
                let holds = |value: i64| own.iter().any(|(a, b)| *a <= value && value <= *b);
                let beside = |value: &i64| {
                    !holds(*value) && (!dimension.ordered || holds(value - 1) || holds(value + 1))
                };
                for value in (dimension.low..=dimension.high).filter(beside) {
                    let mut wider = change.region.clone();
                    wider.0[at] = vec![(value, value)];
                    let mut more = points.iter().filter(|point| wider.contains(point));
                    let same = |point: &Point| {
                        (decided(&rules, point), decided(&others, point)) == (change.before, change.after)
                    };
                    assert!(!more.all(same), "a box that could be larger");
                }
            }
        }
    }
}
