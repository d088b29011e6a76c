//! A case as a policy: one municipality, with one table in which the first row that holds decides.

use crate::calendar::iso_date;
use crate::{Case, Dim, Interval, Kind, Rule};
use std::fmt::Write;

/// A file of a workspace.
pub struct Policy {
    /// Its name.
    pub path: String,
    /// What stands in it.
    pub text: String,
}

const TEXT: &str = "a text takes what is written";

/// The workspace of a case alone.
pub fn policy(case: &Case) -> Vec<Policy> {
    workspace(std::slice::from_ref(case))
}

/// Cases over the same dimensions as municipalities under one law: what all share, and a file for each.
pub fn workspace(cases: &[Case]) -> Vec<Policy> {
    let mut files = vec![shared(&cases[0].dims)];
    files.extend(cases.iter().map(municipality));
    files
}

/// The law, the facts, and what can be given.
fn shared(dims: &[Dim]) -> Policy {
    let mut text = String::from(
        "lov Lov \"Lov\" {\n    udgave \"Lov nr. 1\" gyldig fra 2010-01-01\n    paragraf § 1 \"Ydelsen\"\n}\n\n",
    );
    for dim in dims {
        let (name, lo, hi) = (name(&dim.name), dim.lo, dim.hi);
        match dim.kind {
            Kind::Int => writeln!(text, "oplysning {name}: tal {lo}-{hi}"),
            Kind::Date => writeln!(text, "oplysning {name}: dato fra {} til {}", iso_date(lo), iso_date(hi)),
            Kind::Enum => writeln!(text, "oplysning {name} {{ {} }}", dim.values.join(" ")),
            Kind::Bool => writeln!(text, "oplysning {name}: ja/nej"),
        }
        .expect(TEXT);
    }
    text.push_str("\nart ydelser \"Ydelser\"\nstøtte ydelse \"Ydelse\": ydelser\n");
    text.push_str("vilkår timer \"Timer om ugen\": tal 0-40, mere er bedre\n");
    Policy { path: "lov.hjemmel".to_owned(), text }
}

/// The municipality promises the support to everyone, so that whoever no row speaks of is a gap.
fn municipality(case: &Case) -> Policy {
    let module = name(&case.name);
    let mut text = format!(
        "kommune {module} \"{module}\" {{\n    status bindende\n    omfatter altid: ydelser\n}}\n\n\
         tabel regler \"Regler\" {{\n    hjemmel Lov § 1\n    første række gælder\n"
    );
    let used: Vec<usize> = (0..case.dims.len())
        .filter(|dim| case.rules.iter().any(|rule| rule.intervals(*dim).is_some()))
        .collect();
    let hours = case.rules.iter().any(|rule| rule.hours != [0, 0]);
    text.push_str("    | regel | støtte | grad |");
    used.iter().for_each(|dim| write!(text, " {} |", name(&case.dims[*dim].name)).expect(TEXT));
    text.push_str(if hours { " timer |\n" } else { "\n" });
    text.push_str(&format!("    |{}\n", "---|".repeat(3 + used.len() + usize::from(hours))));
    for rule in &case.rules {
        row(&mut text, case, rule, &used);
        text.push_str(&if hours { format!(" {} |\n", duration(rule)) } else { "\n".to_owned() });
    }
    text.push_str("}\n");
    Policy { path: format!("{module}.hjemmel"), text }
}

fn row(text: &mut String, case: &Case, rule: &Rule, used: &[usize]) {
    let grade = ["ret", "skal", "kan", "må ikke"][rule.out as usize % 4];
    write!(text, "    | {} | ydelse | {grade} |", rule.id).expect(TEXT);
    for &dim in used {
        match rule.intervals(dim) {
            Some(intervals) => write!(text, " {} |", cell(&case.dims[dim], intervals)).expect(TEXT),
            None => text.push_str("  |"),
        }
    }
}

fn cell(dim: &Dim, intervals: &[Interval]) -> String {
    if dim.kind == Kind::Enum {
        let values = intervals.iter().flat_map(|[lo, hi]| *lo..=*hi);
        return values.map(|value| &dim.values[value as usize][..]).collect::<Vec<_>>().join(", ");
    }
    let &[[lo, hi]] = intervals else { panic!("{}: an ordered fact has one range", dim.name) };
    match dim.kind {
        Kind::Bool => ["nej", "ja"][lo as usize].to_owned(),
        Kind::Date if hi == dim.hi => format!("mindst {}", iso_date(lo)),
        Kind::Date => format!("fra {} til {}", iso_date(lo), iso_date(hi)),
        _ if lo == hi => lo.to_string(),
        _ if hi == dim.hi => format!("mindst {lo}"),
        _ if lo == dim.lo => format!("højst {hi}"),
        _ => format!("{lo}-{hi}"),
    }
}

fn duration(rule: &Rule) -> String {
    match rule.hours {
        _ if rule.out == 3 => String::new(),
        [least, most] if least == most => least.to_string(),
        [least, most] => format!("{least}-{most}"),
    }
}

/// A name as the language writes it.
fn name(word: &str) -> String {
    word.replace('_', "-")
}
