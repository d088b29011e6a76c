//! zen-engine: `zen RECORDS`. Its verifier on the loan tables, and its rows a second on the citizens of W5.
//!
//! Its numbers are dense, so each range ends before the next number instead of at its last one, and no bound stands
//! where the domain ends: so its tables have the gaps that ours have. Where its own limits stop it, it says so.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::unwrap_used,
    reason = "it measures, and may fail"
)]

use hjemmel_peers::{Records, timed};
use hjemmel_workloads::{Case, Citizens, Interval, Seed, w1, w2};
use serde_json::{Map, Value, json};
use std::thread;
use std::time::Instant;
use zen_engine::model::DecisionContent;
use zen_engine::policy::{DiagnosticCode, Workspace};
use zen_engine::{Decision, Variable};

const ROWS: usize = 40_000;
const THREADS: usize = 4;

fn main() {
    let path = std::env::args().nth(1).expect("zen RECORDS");
    let mut records = Records::new(&path, "zen-engine");
    for case in w1(&Seed::PUBLISHED) {
        verify(&mut records, &case);
    }
    batch(&mut records, &w2(&Seed::PUBLISHED)[0]);
}

fn verify(records: &mut Records, case: &Case) {
    let (time, found) = timed(|| {
        let mut workspace = Workspace::new();
        workspace.set_document("table", content(case));
        workspace.diagnostics("table")
    });
    let incomplete = found.iter().any(|found| found.code == DiagnosticCode::TableChecksIncomplete);
    let missing = found.iter().find(|found| found.code == DiagnosticCode::MissingCases);
    let cases = missing.and_then(|found| found.args.get("cases"));
    let cases = cases.and_then(|cases| serde_json::from_str::<Vec<Value>>(cases).ok());
    let answer = if incomplete { Value::Null } else { json!(missing.is_some()) };
    let more = json!({ "regions": cases.map(|cases| cases.len()), "gave_up": incomplete });
    records.write_with("regions", &case.name, Some(time), answer, more);
}

/// The same rows on four threads, each with the whole table and a part of the citizens.
fn batch(records: &mut Records, case: &Case) {
    let citizens = Citizens::new(&Seed::PUBLISHED, Citizens::PUBLISHED);
    let rows: Vec<Value> = (0..ROWS)
        .map(|at| {
            let facts =
                case.dims.iter().zip(citizens.row(at)).map(|(dim, value)| (dim.name.clone(), json!(value)));
            Value::Object(facts.collect())
        })
        .collect();
    let start = Instant::now();
    let sums: Vec<usize> = thread::scope(|scope| {
        let parts: Vec<_> =
            rows.chunks(ROWS / THREADS).map(|part| scope.spawn(|| winners(case, part))).collect();
        parts.into_iter().map(|part| part.join().unwrap()).collect()
    });
    let time = start.elapsed();
    let answer = json!({ "rows": ROWS, "winner_sum": sums.iter().sum::<usize>() });
    records.write("batch", "4 threads", Some(time), answer);
}

/// The places of the deciding rules, added up.
fn winners(case: &Case, rows: &[Value]) -> usize {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let DecisionContent::Graph(graph) = content(case) else { panic!("a table is a graph") };
    let mut decision = Decision::from((*graph).clone());
    decision.compile();
    let winner = |row: &Value| {
        let response = runtime.block_on(decision.evaluate(Variable::from(row.clone()))).unwrap();
        serde_json::to_value(&response.result).unwrap()["out"].as_u64().map_or(0, |rule| rule as usize)
    };
    rows.iter().map(winner).sum()
}

fn content(case: &Case) -> DecisionContent {
    let schema: Map<String, Value> =
        case.dims.iter().map(|dim| (dim.name.clone(), json!({ "type": "number" }))).collect();
    let names: Vec<&String> = case.dims.iter().map(|dim| &dim.name).collect();
    let schema = json!({ "type": "object", "properties": schema, "required": names });
    let inputs: Vec<Value> =
        names.iter().map(|name| json!({ "id": name, "name": name, "field": name })).collect();
    let rules = case.rules.iter().enumerate().map(|(at, rule)| {
        let mut row: Map<String, Value> = rule
            .when
            .iter()
            .map(|(dim, intervals)| (case.dims[*dim].name.clone(), json!(cell(case, *dim, intervals))))
            .collect();
        row.insert("_id".into(), json!(rule.id));
        row.insert("o".into(), json!(at.to_string()));
        Value::Object(row)
    });
    let table = json!({
        "hitPolicy": "first", "passThrough": false, "inputs": inputs, "rules": rules.collect::<Vec<_>>(),
        "outputs": [{ "id": "o", "name": "Out", "field": "out" }],
    });
    serde_json::from_value(json!({
        "nodes": [
            { "id": "in", "name": "request", "type": "inputNode", "content": { "schema": schema.to_string() } },
            { "id": "table", "name": "table", "type": "decisionTableNode", "content": table },
            { "id": "out", "name": "out", "type": "outputNode", "content": {} },
        ],
        "edges": [
            { "id": "first", "sourceId": "in", "targetId": "table" },
            { "id": "last", "sourceId": "table", "targetId": "out" },
        ],
    }))
    .unwrap()
}

fn cell(case: &Case, dim: usize, intervals: &[Interval]) -> String {
    let domain = &case.dims[dim];
    let range = |[lo, hi]: &Interval| match () {
        () if *hi == domain.hi => format!(">= {lo}"),
        () if *lo == domain.lo => format!("< {}", hi + 1),
        () => format!("[{lo}..{})", hi + 1),
    };
    intervals.iter().map(range).collect::<Vec<_>>().join(", ")
}
