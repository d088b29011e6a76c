//! The oracle itself on policies small enough to judge by hand: one ja/nej fact `syg`, one kind `pleje` with the
//! supports `bad` and `vask`, one term `timer` 0-5 of which more is better, one day.

use super::checks::expected;
use super::judge::{DecidedTerm, Grant, Judge};
use super::policy::{
    Basis, Clauses, Cond, Domain, Effect, EffectKind, Fact, Grade, Item, Layer, Op, Policy, Row, Rule, Sort,
    Speaker, Support, Table, Term, Test,
};

const PLEJE: usize = 0;
const BAD: usize = 1;
const VASK: usize = 2;
const SYG: Cond = Cond::Fact(1);

fn policy(items: Vec<Item>) -> Policy {
    let support = |name: &str, parent| Support {
        name: name.to_owned(),
        is_kind: Option::is_none(&parent),
        parent,
        sort: Sort::Support,
    };
    Policy {
        window: (0, 0),
        facts: vec![
            Fact {
                name: "dato".into(),
                domain: Domain::Date { low: 0, high: 0 },
                typical: None,
                assessed: false,
                fixed: false,
            },
            Fact { name: "syg".into(), domain: Domain::YesNo, typical: None, assessed: false, fixed: false },
        ],
        concepts: Vec::new(),
        assumptions: Vec::new(),
        supports: vec![support("pleje", None), support("bad", Some(PLEJE)), support("vask", Some(PLEJE))],
        terms: vec![Term {
            name: "timer".into(),
            domain: Domain::Number { low: 0, high: 5 },
            more_is_better: Some(true),
        }],
        law_editions: Vec::new(),
        other_law_editions: Vec::new(),
        order: false,
        trial: None,
        region: None,
        adopted: Vec::new(),
        home: None,
        guide: false,
        performed: Vec::new(),
        source_editions: Vec::new(),
        successors: Vec::new(),
        reference: None,
        binding: false,
        scope: None,
        departments: Vec::new(),
        items,
        words: super::words::Words::default(),
    }
}

fn rule(law: bool, name: &str, when: Option<Cond>, effects: Vec<Effect>) -> Rule {
    let clauses = Clauses { basis: vec![Basis::Law], when, ..Clauses::default() };
    let speaker = if law { Speaker::Law } else { Speaker::Town };
    Rule { speaker, name: name.to_owned(), clauses, effects }
}

fn grade(grade: Grade, target: usize) -> Effect {
    let kind = EffectKind::Grade { grade, duty: false, only_when: None };
    Effect { kind, targets: vec![target], bounds: Vec::new() }
}

fn with_hours(mut effect: Effect, op: Op, hours: i64) -> Effect {
    effect.bounds.push((0, Test { op, values: vec![hours] }));
    effect
}

fn excepting(mut rule: Rule, from: &str) -> Item {
    rule.clauses.exception_to.push(from.to_owned());
    Item::Rule(rule)
}

/// What is told: check, module, support, severity, and to whom (`nej`, `ja`, `alle`).
fn told(policy: &Policy) -> Vec<String> {
    let found = expected(policy, &policy.profiles());
    let mut told: Vec<String> = Vec::new();
    for (key, points) in &found.regions {
        let whom = match (points.contains(0), points.contains(1)) {
            (true, true) => "alle",
            (true, false) => "rask",
            _ => "syg",
        };
        let support = key.support.as_deref().unwrap_or("-");
        told.push(format!("{} {} {support} {:?} {whom}", key.check, key.module, key.severity));
    }
    told.extend(found.silent_terms.keys().map(|(_, term)| format!("silent-term {term}")));
    told.extend(found.rules.iter().map(|(check, rule, severity)| format!("{check} {rule} {severity:?}")));
    told
}

#[test]
fn an_exception_from_the_exception_brings_the_rule_back() {
    let policy = policy(vec![
        Item::Rule(rule(false, "k1", None, vec![grade(Grade::Must, BAD)])),
        excepting(rule(false, "k2", None, vec![grade(Grade::MustNot, BAD)]), "Byen.k1"),
        excepting(rule(false, "k3", Some(SYG), vec![grade(Grade::Should, BAD)]), "Byen.k2"),
    ]);
    let judge = Judge::new(&policy, Speaker::Town);
    assert_eq!(judge.at(&[0, 0]).verdict(Layer::Of(Speaker::Town), BAD).grant, Grant::Forbidden);
    assert_eq!(judge.at(&[0, 1]).verdict(Layer::Of(Speaker::Town), BAD).grant, Grant::Must);
    assert_eq!(told(&policy), [""; 0]);
}

#[test]
fn a_general_kan_gives_way_but_its_terms_stay() {
    let policy = policy(vec![
        Item::Rule(rule(false, "k1", None, vec![with_hours(grade(Grade::May, PLEJE), Op::AtMost, 3)])),
        Item::Rule(rule(false, "k2", None, vec![with_hours(grade(Grade::Must, BAD), Op::AtLeast, 2)])),
    ]);
    let judge = Judge::new(&policy, Speaker::Town);
    let view = judge.at(&[0, 0]);
    assert_eq!(view.verdict(Layer::Of(Speaker::Town), BAD).grant, Grant::Must);
    assert_eq!(view.verdict(Layer::Of(Speaker::Town), VASK).grant, Grant::May);
    assert_eq!(view.decision(BAD).terms, [DecidedTerm::Values(0b00_1100)]);
    assert_eq!(told(&policy), ["overlap Byen bad Warning alle"]);
}

#[test]
fn a_duty_on_a_kind_is_contradicted_when_every_member_is_closed() {
    let blocked = Effect { kind: EffectKind::Precondition(SYG), targets: vec![VASK], bounds: Vec::new() };
    let policy = policy(vec![
        Item::Rule(rule(true, "l1", None, vec![grade(Grade::Must, PLEJE)])),
        Item::Rule(rule(true, "l2", None, vec![grade(Grade::MustNot, BAD), blocked])),
    ]);
    assert_eq!(told(&policy), ["contradiction Lov pleje Error rask"]);
}

#[test]
fn terms_are_compared_by_their_direction() {
    let law = rule(true, "l1", None, vec![with_hours(grade(Grade::Must, BAD), Op::Between, 2)]);
    let with = |op, hours| {
        let mut law = law.clone();
        law.effects[0].bounds[0].1.values.push(3);
        let town = rule(false, "k1", None, vec![with_hours(grade(Grade::Must, BAD), op, hours)]);
        told(&policy(vec![Item::Rule(law), Item::Rule(town)]))
    };
    assert_eq!(with(Op::Is, 1), ["undercut Byen bad Error alle"]);
    assert_eq!(with(Op::AtMost, 2), ["undercut Byen bad Warning alle"]);
    assert_eq!(with(Op::Is, 2), [""; 0]);
    assert_eq!(with(Op::Is, 4), ["above-law Byen bad Note alle"]);
    assert_eq!(with(Op::AtLeast, 1), ["above-law Byen bad Note alle", "undercut Byen bad Warning alle"]);
}

#[test]
fn the_law_decides_where_the_municipality_undercuts_or_is_silent() {
    let policy = policy(vec![
        Item::Rule(rule(true, "l1", None, vec![with_hours(grade(Grade::Right, BAD), Op::AtLeast, 4)])),
        Item::Rule(rule(false, "k1", Some(SYG), vec![grade(Grade::MustNot, BAD)])),
        Item::Rule(rule(false, "k2", Some(Cond::Not(Box::new(SYG))), vec![grade(Grade::Must, BAD)])),
    ]);
    let judge = Judge::new(&policy, Speaker::Town);
    assert_eq!(judge.at(&[0, 1]).decision(BAD).grant, Some(Grant::Right));
    assert_eq!(judge.at(&[0, 0]).decision(BAD).grant, Some(Grant::Must));
    let right = ["above-law Byen bad Note rask", "undercut Byen bad Error syg", "silent-term timer"];
    assert_eq!(told(&policy), right);
}

#[test]
fn a_department_needs_its_own_rule_and_a_kind_a_duty() {
    let mut policy = policy(vec![
        Item::Rule(rule(true, "l1", None, vec![grade(Grade::Right, BAD)])),
        Item::Rule(rule(false, "k1", None, vec![grade(Grade::May, PLEJE)])),
        Item::Rule(rule(false, "k2", None, vec![grade(Grade::Right, VASK)])),
    ]);
    policy.departments = vec![("Nord".to_owned(), Some(SYG))];
    policy.scope = Some((Cond::Always, vec![BAD]));
    let right = [
        "competing-duties Byen pleje Warning alle",
        "gap Byen - Error rask",
        "gap Byen.Nord - Error syg",
        "unserved-right Byen bad Error alle",
        "redundant-rule Byen.k1 Note",
    ];
    assert_eq!(told(&policy), right);
    if let Item::Rule(rule) = &mut policy.items[1] {
        rule.clauses.places = vec![0];
        rule.effects = vec![grade(Grade::Right, PLEJE)];
    }
    assert_eq!(told(&policy), [right[0], right[1], right[3]]);
}

#[test]
fn the_first_row_goes_before_the_later_ones() {
    let row = |name: &str, grade| Row {
        name: name.to_owned(),
        targets: vec![BAD],
        when: None,
        grade: Some((grade, false)),
        bounds: Vec::new(),
        tests: Vec::new(),
        basis: Vec::new(),
        valid: None,
    };
    let table = Table {
        name: "t".to_owned(),
        clauses: Clauses::default(),
        first_row_wins: true,
        rows: vec![row("a", Grade::May), row("b", Grade::MustNot)],
    };
    let policy = policy(vec![Item::Table(table)]);
    let right =
        ["missing-basis Byen.t.a Warning", "missing-basis Byen.t.b Error", "shadowed-rule Byen.t.b Warning"];
    assert_eq!(told(&policy), right);
}
