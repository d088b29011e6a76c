//! What is declared beside the rules: rates, how supports stand to each other, a unit that is replaced, ceilings and silence.

use super::policy::{Cond, Domain, Fact, Item, Op, Policy, Support, Test};
use super::random::Random;
use hjemmel::Day;
use std::collections::BTreeSet;
use std::fmt::Write;

/// From here on a value of a test is a `sats`, by its number.
pub(crate) const RATE: i64 = 1_000_000;

/// The rates: their unit, the facts and terms they are compared with, and the values they take, none of which is the least or
/// the greatest.
const RATES: [(&str, &[&str], [i64; 3]); 5] = [
    ("tal", &["alder", "timer"], [1, 2, 3]),
    ("tal", &["alder", "timer"], [1, 2, 3]),
    ("kr", &["indtægt"], [1, 2, 3]),
    ("kr", &["tilskud"], [99, 101, 102]),
    ("varighed", &["ledig-i", "varighed-i-alt"], [90, 91, 90]),
];

#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    /// each rate's values, each from a day on; the first from a day before the window
    pub(crate) rates: Vec<Vec<(Day, i64)>>,
    /// the fact that rules with an error compare with a rate that begins too late, and its first day
    pub(crate) late: Option<(usize, Day)>,
    /// `udelukker`: a støtte, and a støtte or art
    pub(crate) excludes: Vec<(usize, usize)>,
    /// `erstatter`
    pub(crate) replaces: Vec<(usize, usize)>,
    /// `supplerer`
    pub(crate) supplements: Vec<(usize, usize)>,
    /// `svarer til`, which is kept for readers
    pub(crate) matches: Vec<(usize, usize)>,
    /// `uden afgørelse`, likewise
    pub(crate) undecided: Vec<usize>,
    /// the first day of the unit that takes over
    pub(crate) successor: Option<Day>,
    /// what the first kommune is silent on
    pub(crate) silent: Vec<usize>,
    /// full names of rules and the terms they bound `som loft`
    pub(crate) ceilings: BTreeSet<(String, usize)>,
}

pub(crate) fn rate_name(number: usize) -> String {
    format!("sats-{}", ["a", "b", "c", "d", "e"][number])
}

/// What a rule with an error asks that cannot be read.
pub(crate) fn unreadable(policy: &Policy) -> String {
    match policy.words.late {
        Some((fact, _)) => format!("{} under sats-sen", policy.facts[fact].name),
        None => "ubekendt".to_owned(),
    }
}

impl Words {
    /// A value on a day.
    pub(crate) fn on(&self, value: i64, day: Day) -> i64 {
        let Ok(number) = usize::try_from(value - RATE) else { return value };
        let reached = self.rates[number].iter().filter(|(from, _)| *from <= day);
        reached.map(|(_, value)| *value).next_back().unwrap_or(value)
    }

    pub(crate) fn is_ceiling(&self, rule: &str, term: usize) -> bool {
        self.ceilings.iter().any(|(name, bounded)| name == rule && *bounded == term)
    }

    /// The supports that exclude one, on either side; an art stands for itself and the støtter below it.
    pub(crate) fn excluding(&self, policy: &Policy, support: usize) -> BTreeSet<usize> {
        let pairs = self.excludes.iter().flat_map(|(one, other)| {
            meant(policy, *other)
                .into_iter()
                .filter(move |other| other != one)
                .map(move |other| (*one, other))
        });
        let pairs: Vec<(usize, usize)> = pairs.collect();
        let sides = pairs.iter().flat_map(|(one, other)| [(*one, *other), (*other, *one)]);
        sides.filter(|(one, _)| *one == support).map(|(_, other)| other).collect()
    }

    /// The supports that replace one.
    pub(crate) fn replacing(&self, policy: &Policy, support: usize) -> BTreeSet<usize> {
        let replaces = self.replaces.iter();
        replaces
            .filter(|(one, other)| *one != support && meant(policy, *other).contains(&support))
            .map(|(one, _)| *one)
            .collect()
    }

    /// Two supports of which one says that it is given beside the other.
    pub(crate) fn is_supplemented(&self, policy: &Policy, one: usize, other: usize) -> bool {
        let names = |from: usize, to: usize| {
            self.supplements.iter().any(|(own, named)| *own == from && meant(policy, *named).contains(&to))
        };
        names(one, other) || names(other, one)
    }

    /// A støtte or art is gone, and the numbers behind it move up.
    pub(crate) fn forget(&mut self, gone: usize) {
        let moved = |support: &mut usize| *support -= usize::from(*support > gone);
        for pairs in [&mut self.excludes, &mut self.replaces, &mut self.supplements, &mut self.matches] {
            pairs.retain(|(one, other)| *one != gone && *other != gone);
            pairs.iter_mut().for_each(|(one, other)| {
                moved(one);
                moved(other);
            });
        }
        for supports in [&mut self.silent, &mut self.undecided] {
            supports.retain(|support| *support != gone);
            supports.iter_mut().for_each(moved);
        }
    }

    /// The braces behind a støtte.
    pub(crate) fn relations(&self, policy: &Policy, support: &Support) -> String {
        let of = |pairs: &[(usize, usize)], word: &str| -> Vec<String> {
            let own = pairs.iter().filter(|(one, _)| policy.supports[*one].name == support.name);
            own.map(|(_, other)| format!("{word} {}", policy.supports[*other].name)).collect()
        };
        let is_undecided = self.undecided.iter().any(|at| policy.supports[*at].name == support.name);
        let written = [
            of(&self.excludes, "udelukker"),
            of(&self.replaces, "erstatter"),
            of(&self.supplements, "supplerer"),
            of(&self.matches, "svarer til"),
            if is_undecided { vec!["uden afgørelse".to_owned()] } else { Vec::new() },
        ]
        .concat();
        if written.is_empty() { String::new() } else { format!(" {{ {} }}", written.join("   ")) }
    }

    /// The rates and units.
    pub(crate) fn declarations(&self) -> String {
        let mut out = String::new();
        for (number, values) in self.rates.iter().enumerate() {
            let (unit, _, [low, _, high]) = RATES[number];
            let domain = match unit {
                "tal" => Domain::Number { low, high },
                "kr" => Domain::Money { low, high },
                _ => Domain::Duration { low, high },
            };
            let value = |(day, value): &(Day, i64)| {
                format!("fra {}: {}", hjemmel::iso_date(*day), domain.word(*value))
            };
            let values = values.iter().map(value).collect::<Vec<_>>().join("   ");
            let _ = writeln!(out, "sats {} \"Sats\": {unit} {{ {values} }}", rate_name(number));
        }
        if let Some((_, day)) = self.late {
            let _ = writeln!(out, "sats sats-sen \"Sats\": tal {{ fra {}: 2 }}", hjemmel::iso_date(day));
        }
        let successor = self
            .successor
            .map(|day| format!(" {{ afløses af Hovedkontoret fra {} }}", hjemmel::iso_date(day)));
        let _ = writeln!(out, "enhed Kontoret \"Kontoret\"{}", successor.unwrap_or_default());
        let _ = writeln!(out, "enhed Hovedkontoret \"Hovedkontoret\"");
        out
    }
}

/// A støtte alone, an art with every støtte below it.
fn meant(policy: &Policy, target: usize) -> Vec<usize> {
    let below = |support: &usize| {
        *support == target || !policy.supports[*support].is_kind && policy.is_above(target, *support)
    };
    (0..policy.supports.len()).filter(below).collect()
}

/// Strews rates, relations and the rest over a finished policy.
pub(crate) fn strew(policy: &mut Policy, random: &mut Random) {
    let mut words = Words::default();
    if random.chance(40) {
        let mut rate = |values: &[i64; 3]| {
            let before = policy.window.0 - 400;
            let change = policy.window.0 + random.between(1, 3) as Day;
            vec![(before, *random.pick(values)), (change, *random.pick(values))]
        };
        words.rates = RATES.iter().map(|(_, _, values)| rate(values)).collect();
    }
    let number = |fact: &Fact| matches!(fact.domain, Domain::Number { .. });
    if let Some(fact) = policy.facts.iter().position(number)
        && random.chance(50)
    {
        words.late = Some((fact, policy.window.0 + 1));
    }
    let givens: Vec<usize> = (0..policy.supports.len()).filter(|at| !policy.supports[*at].is_kind).collect();
    let pair = |random: &mut Random, percent: usize| -> Vec<(usize, usize)> {
        if !random.chance(percent) {
            return Vec::new();
        }
        let (one, other) = (*random.pick(&givens), random.between(0, policy.supports.len() - 1));
        if one == other { Vec::new() } else { vec![(one, other)] }
    };
    words.excludes = pair(random, 35);
    words.replaces = pair(random, 35);
    if random.chance(60) {
        words.successor = Some(policy.window.0 + random.between(0, 4) as Day);
    }
    if random.chance(25) {
        words.silent = vec![random.between(0, policy.supports.len() - 1)];
    }
    for item in &policy.items {
        let Item::Rule(rule) = item else { continue };
        for (term, _) in rule.effects.iter().flat_map(|effect| &effect.bounds) {
            let directed = policy.terms[*term].more_is_better.is_some();
            if rule.speaker.is_law() && directed && random.chance(60) {
                words.ceilings.insert((format!("{}.{}", rule.speaker.name(), rule.name), *term));
            }
        }
    }
    policy.words = words;
    if policy.words.rates.is_empty() {
        return;
    }
    let plain = policy.clone();
    rate_everything(policy, random);
    if !super::shrink::is_sound(policy) {
        *policy = plain;
    }
}

/// More relations: one that parts duties that compete, and what changes nothing.
pub(crate) fn relate(policy: &mut Policy, random: &mut Random) {
    let given = |at: &usize| policy.is_given(*at) && !policy.supports[*at].is_kind;
    let givens: Vec<usize> = (0..policy.supports.len()).filter(given).collect();
    let named: Vec<usize> = (0..policy.supports.len()).filter(|at| policy.is_given(*at)).collect();
    let pair = |random: &mut Random, percent: usize, among: &[usize]| {
        let pair = (*random.pick(&givens), *random.pick(among));
        (random.chance(percent) && pair.0 != pair.1).then_some(pair)
    };
    policy.words.supplements.extend(pair(random, 50, &named));
    policy.words.matches.extend(pair(random, 40, &givens));
    if random.chance(30) {
        policy.words.undecided.push(*random.pick(&givens));
    }
}

/// Puts rates in place of some of the values that are compared with.
fn rate_everything(policy: &mut Policy, random: &mut Random) {
    let whole = policy.clone();
    let facts = |fact: usize| &whole.facts[fact];
    let terms = |term: usize| &whole.terms[term];
    super::shrink::each_cond(policy, &mut |cond| rate_cond(&whole, cond, random));
    for item in &mut policy.items {
        match item {
            Item::Rule(rule) => {
                for (term, test) in rule.effects.iter_mut().flat_map(|effect| &mut effect.bounds) {
                    rate(&terms(*term).name, &terms(*term).domain, test, random);
                }
            }
            Item::Matrix(_) => {}
            Item::Table(table) => {
                for row in &mut table.rows {
                    for (term, test) in &mut row.bounds {
                        rate(&terms(*term).name, &terms(*term).domain, test, random);
                    }
                    for (fact, test) in &mut row.tests {
                        rate(&facts(*fact).name, &facts(*fact).domain, test, random);
                    }
                }
            }
        }
    }
}

/// Puts rates in place of some of the values in a condition.
pub(crate) fn rate_cond(policy: &Policy, cond: &mut Cond, random: &mut Random) {
    each_test(cond, &mut |fact, test| {
        rate(&policy.facts[fact].name, &policy.facts[fact].domain, test, random);
    });
}

/// Puts a rate in place of the value of a bound.
pub(crate) fn rate_bound(policy: &Policy, term: usize, test: &mut Test, random: &mut Random) {
    rate(&policy.terms[term].name, &policy.terms[term].domain, test, random);
}

fn rate(name: &str, domain: &Domain, test: &mut Test, random: &mut Random) {
    let fitting: Vec<usize> = (0..RATES.len()).filter(|at| RATES[*at].1.contains(&name)).collect();
    if fitting.is_empty() || !random.chance(55) {
        return;
    }
    let rate = RATE + *random.pick(&fitting) as i64;
    // a range begins where the domain does, so that it is never empty
    test.values = match test.op {
        Op::Between => vec![domain.values()[0], rate],
        _ => vec![rate],
    };
}

fn each_test(cond: &mut Cond, change: &mut dyn FnMut(usize, &mut Test)) {
    match cond {
        Cond::Test(fact, test) => change(*fact, test),
        Cond::Not(inner) => each_test(inner, change),
        Cond::And(parts) | Cond::Or(parts) => parts.iter_mut().for_each(|part| each_test(part, change)),
        Cond::Always | Cond::Fact(_) | Cond::Concept(_) | Cond::Decided(..) => {}
    }
}
