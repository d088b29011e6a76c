//! Cedar: `cedar RECORDS decide`, `cedar RECORDS fmt RULES`, `cedar parse FILE`.
//!
//! Each rule is a policy that permits; the policies that determine a response are the rules that hold, so the first of
//! them is the one that decides. Policies are loaded and requests made before the clock starts.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::unwrap_used,
    reason = "it measures, and may fail"
)]

use cedar_policy::{Authorizer, Context, Entities, PolicyId, PolicySet, Request};
use hjemmel_peers::{Records, single_decisions, timed, timed_each};
use hjemmel_workloads::{Case, Rule, Seed, w3};
use serde_json::{Map, Value, json};
use std::hint::black_box;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match &words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["parse", file] => {
            let policies: PolicySet = std::fs::read_to_string(file).unwrap().parse().unwrap();
            assert!(!policies.is_empty());
        }
        [records, "decide"] => decide(&mut open(records)),
        [records, "fmt", rules] => {
            let rules = rules.parse().unwrap();
            let text = text(&w3(&Seed::PUBLISHED, rules)[0]);
            let config = cedar_policy_formatter::Config::default();
            let (time, _) =
                timed(|| cedar_policy_formatter::policies_str_to_pretty(&text, &config).unwrap().len());
            open(records).write("fmt", &format!("{rules} rules"), Some(time), json!(true));
        }
        _ => panic!("cedar RECORDS decide | cedar RECORDS fmt RULES | cedar parse FILE"),
    }
}

fn open(path: &str) -> Records {
    Records::new(path, "cedar-policy")
}

fn decide(records: &mut Records) {
    let (case, citizens) = single_decisions();
    let policies: PolicySet = text(&case).parse().unwrap();
    let uid = |kind: &str| format!(r#"{kind}::"one""#).parse().unwrap();
    let requests: Vec<Request> = citizens
        .iter()
        .map(|(point, _)| {
            let facts: Map<String, Value> =
                case.dims.iter().zip(point).map(|(dim, value)| (dim.name.clone(), json!(value))).collect();
            let context = Context::from_json_value(Value::Object(facts), None).unwrap();
            Request::new(uid("Citizen"), uid("Action"), uid("Support"), context, None).unwrap()
        })
        .collect();
    let (authorizer, nobody) = (Authorizer::new(), Entities::empty());
    let right = requests.iter().zip(&citizens).filter(|(request, (_, rule))| {
        let response = authorizer.is_authorized(request, &policies, &nobody);
        let number = |id: &PolicyId| id.to_string().trim_start_matches("policy").parse::<usize>().unwrap();
        response.diagnostics().reason().map(number).min() == *rule
    });
    let right = right.count();
    let time = timed_each(requests.len(), |citizen| {
        black_box(authorizer.is_authorized(&requests[citizen], &policies, &nobody));
    });
    records.write("decide-one", "1000 rules", Some(time), json!({ "right": right, "of": citizens.len() }));
}

fn text(case: &Case) -> String {
    case.rules.iter().map(|rule| policy(case, rule)).collect()
}

fn policy(case: &Case, rule: &Rule) -> String {
    let tests = rule.when.iter().map(|(dim, intervals)| {
        let name = &case.dims[*dim].name;
        let test = |[lo, hi]: &[i64; 2]| match lo == hi {
            true => format!("context.{name} == {lo}"),
            false => format!("context.{name} >= {lo} && context.{name} <= {hi}"),
        };
        format!("({})", intervals.iter().map(test).collect::<Vec<_>>().join(" || "))
    });
    format!("permit(principal, action, resource) when {{ {} }};\n", tests.collect::<Vec<_>>().join(" && "))
}
