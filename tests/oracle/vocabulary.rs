//! Random words: facts, supports and terms of every type.

use super::policy::{DATE, Domain, Fact, Policy, Sort, Support, Term};
use super::random::Random;
use super::words::Words;
use hjemmel::Day;

/// The most profiles a policy may have.
const MOST_PROFILES: usize = 4_000;

/// The words of a policy: facts, supports and terms.
pub(crate) fn vocabulary(random: &mut Random) -> Policy {
    let first = hjemmel::day_of(2020, 2, 25).unwrap_or_default();
    let window = (first, first + random.between(3, 7) as Day);
    let date = Fact {
        name: "dato".into(),
        domain: Domain::Date { low: window.0, high: window.1 },
        typical: None,
        assessed: false,
        fixed: true,
    };
    let mut facts = vec![date];
    let list = |words: &[&str], ordered| Domain::List {
        values: words.iter().map(|w| (*w).to_owned()).collect(),
        ordered,
    };
    let mut choices = vec![
        ("enlig", Domain::YesNo),
        ("syg", Domain::YesNo),
        ("gruppe", list(&["2.1", "2.2", "2.13", "uden-for"], false)),
        ("ydelse", list(&["løn", "kontant"], false)),
        ("behov", list(&["intet", "let", "svært"], true)),
        ("alder", Domain::Number { low: 0, high: 4 }),
        ("børn", Domain::Number { low: 1, high: 3 }),
        ("indtægt", Domain::Money { low: 0, high: 4 }),
        ("fravær", Domain::Decimal { low: 3, high: 6 }),
        // 29 and 30 days, a month of 30 days and a third, 31 days
        ("ledig-i", Domain::Duration { low: 87, high: 93 }),
    ];
    let mut profiles = facts[DATE].domain.values().len();
    for _ in 0..random.between(2, 5) {
        let (name, domain) = choices.remove(random.between(0, choices.len() - 1));
        let values = domain.values();
        if profiles * values.len() > MOST_PROFILES {
            continue;
        }
        profiles *= values.len();
        let typical = random.chance(40).then(|| *random.pick(&values));
        let assessed = matches!(domain, Domain::YesNo | Domain::Number { .. }) && random.chance(35);
        let fixed = facts.len() % 3 == 1;
        facts.push(Fact { name: name.to_owned(), domain, typical, assessed, fixed });
    }
    Policy {
        window,
        facts,
        concepts: Vec::new(),
        assumptions: Vec::new(),
        supports: supports(random),
        terms: terms(random),
        law_editions: Vec::new(),
        other_law_editions: Vec::new(),
        order: random.chance(40),
        trial: None,
        region: None,
        adopted: Vec::new(),
        home: None,
        guide: false,
        performed: Vec::new(),
        source_editions: Vec::new(),
        successors: Vec::new(),
        reference: None,
        binding: random.chance(75),
        scope: None,
        departments: Vec::new(),
        items: Vec::new(),
        words: Words::default(),
    }
}

fn supports(random: &mut Random) -> Vec<Support> {
    let support =
        |name: &str, is_kind, parent| Support { name: name.to_owned(), is_kind, parent, sort: Sort::Support };
    let mut supports = vec![support("omsorg", true, None)];
    if random.chance(50) {
        let parent = random.chance(60).then_some(0);
        supports.push(support("pleje", true, parent));
    }
    let kinds = supports.len();
    for (at, name) in ["bad", "vask", "gåtur", "nattevagt"].iter().enumerate().take(random.between(2, 4)) {
        // the first supports see to it that few kinds are empty
        let parent = if at < kinds && !random.chance(12) {
            Some(at)
        } else if random.chance(75) {
            Some(random.between(0, kinds - 1))
        } else {
            None
        };
        supports.push(support(name, false, parent));
    }
    supports
}

fn terms(random: &mut Random) -> Vec<Term> {
    let words = |words: &[&str], ordered| Domain::List {
        values: words.iter().map(|w| (*w).to_owned()).collect(),
        ordered,
    };
    let direction = |random: &mut Random| *random.pick(&[Some(true), Some(true), Some(false), None]);
    let mut terms = vec![
        Term {
            name: "timer".into(),
            domain: Domain::Number { low: 0, high: 5 },
            more_is_better: direction(random),
        },
        Term {
            name: "varighed-i-alt".into(),
            domain: Domain::Duration { low: 87, high: 93 },
            more_is_better: direction(random),
        },
        Term {
            name: "omfang".into(),
            domain: words(&["lidt", "noget", "meget"], true),
            more_is_better: direction(random),
        },
        Term {
            name: "tilskud".into(),
            domain: Domain::Money { low: 98, high: 103 },
            more_is_better: direction(random),
        },
        Term {
            name: "dagligt".into(),
            domain: Domain::Decimal { low: 8, high: 12 },
            more_is_better: direction(random),
        },
        Term { name: "form".into(), domain: words(&["hjemme", "ude", "begge"], false), more_is_better: None },
    ];
    while terms.len() > 2 {
        terms.remove(random.between(0, terms.len() - 1));
    }
    if random.chance(20) {
        terms.remove(random.between(0, 1));
    }
    terms
}
