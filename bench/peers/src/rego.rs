//! regorus, an interpreter of Rego: `rego RECORDS`.
//!
//! Each rule adds its number to a set, the decision is its least member. The policy is compiled and the inputs are made
//! before the clock starts.

#![allow(clippy::unwrap_used, reason = "it measures, and may fail")]

use hjemmel_peers::{Records, single_decisions, timed_each};
use hjemmel_workloads::{Case, Rule};
use regorus::{Engine, Value};
use serde_json::json;
use std::hint::black_box;

fn main() {
    let path = std::env::args().nth(1).expect("rego RECORDS");
    let mut records = Records::new(&path, "regorus");
    let (case, citizens) = single_decisions();
    let mut engine = Engine::new();
    engine.add_policy("rules.rego".to_owned(), text(&case)).unwrap();
    let policy = engine.compile_with_entrypoint(&"data.rules.decided".into()).unwrap();
    let inputs: Vec<Value> = citizens
        .iter()
        .map(|(point, _)| {
            let facts: serde_json::Map<_, _> =
                case.dims.iter().zip(point).map(|(dim, value)| (dim.name.clone(), json!(value))).collect();
            Value::from_json_str(&serde_json::Value::Object(facts).to_string()).unwrap()
        })
        .collect();
    let decide = |citizen: usize| policy.eval_with_input(inputs[citizen].clone()).unwrap();
    let right = (0..citizens.len()).filter(|citizen| {
        let decided = decide(*citizen);
        decided.as_i64().ok().map(|rule| rule as usize) == citizens[*citizen].1
    });
    let right = right.count();
    let time = timed_each(citizens.len(), |citizen| {
        black_box(decide(citizen));
    });
    records.write("decide-one", "1000 rules", Some(time), json!({ "right": right, "of": citizens.len() }));
}

fn text(case: &Case) -> String {
    let rules: String = case.rules.iter().enumerate().map(|(at, rule)| clause(case, at, rule)).collect();
    format!("package rules\n\ndecided := min(matches)\n\n{rules}")
}

fn clause(case: &Case, at: usize, rule: &Rule) -> String {
    let tests = rule.when.iter().map(|(dim, intervals)| {
        let name = &case.dims[*dim].name;
        let [[lo, hi]] = intervals[..] else { panic!("one range a dimension") };
        if lo == hi {
            format!("input.{name} == {lo}")
        } else {
            format!("input.{name} >= {lo}; input.{name} <= {hi}")
        }
    });
    format!("matches contains {at} if {{ {} }}\n", tests.collect::<Vec<_>>().join("; "))
}
