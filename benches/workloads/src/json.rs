//! A case as JSON, for programs in other languages.

use crate::{Case, Dim, Kind, Rule};
use std::fmt::Write;

/// One line, the keys in a fixed order.
pub fn to_json(case: &Case) -> String {
    let mut out = String::new();
    write!(out, r#"{{"name":"{}","family":"{}","dims":["#, case.name, case.family.name()).expect(TEXT);
    for (at, dim) in case.dims.iter().enumerate() {
        out.push_str(comma(at));
        write_dim(&mut out, dim);
    }
    out.push_str(r#"],"rules":"#);
    write_rules(&mut out, case, &case.rules);
    if let Some(later) = &case.later {
        out.push_str(r#","rules_v2":"#);
        write_rules(&mut out, case, later);
    }
    out.push('}');
    out
}

const TEXT: &str = "a text takes what is written";

fn comma(at: usize) -> &'static str {
    if at == 0 { "" } else { "," }
}

fn write_dim(out: &mut String, dim: &Dim) {
    let kind = match dim.kind {
        Kind::Int => "int",
        Kind::Date => "date",
        Kind::Enum => "enum",
        Kind::Bool => "bool",
    };
    write!(out, r#"{{"name":"{}","kind":"{kind}","lo":{},"hi":{}"#, dim.name, dim.lo, dim.hi).expect(TEXT);
    if dim.kind == Kind::Enum {
        write!(out, r#","values":["{}"]"#, dim.values.join("\",\"")).expect(TEXT);
    }
    out.push('}');
}

fn write_rules(out: &mut String, case: &Case, rules: &[Rule]) {
    out.push('[');
    for (at, rule) in rules.iter().enumerate() {
        write!(out, r#"{}{{"id":"{}","prio":{},"when":{{"#, comma(at), rule.id, rule.prio).expect(TEXT);
        for (at, (dim, intervals)) in rule.when.iter().enumerate() {
            write!(out, r#"{}"{}":["#, comma(at), case.dims[*dim].name).expect(TEXT);
            for (at, [lo, hi]) in intervals.iter().enumerate() {
                write!(out, "{}[{lo},{hi}]", comma(at)).expect(TEXT);
            }
            out.push(']');
        }
        let [least, most] = rule.hours;
        write!(out, r#"}},"out":{},"hours":[{least},{most}]}}"#, rule.out).expect(TEXT);
    }
    out.push(']');
}
