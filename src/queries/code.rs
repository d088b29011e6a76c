//! What is decided in signs and names only: what is made into a hash must not depend on how it is told.

use crate::diagram::{Canonical, Way};
use crate::model::{Domain, Model, ValueSet};
use crate::queries::graph::Told;
use crate::verdict::Grant;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// What may stand beside a grant, in the order in which it is told.
const FLAGS: [&str; 4] = ["assess", "should", "should-not", "duty"];

/// Some values: those of a list by their names, whatever order they are declared in.
pub(super) fn values(domain: &Domain, set: &ValueSet) -> String {
    match domain {
        Domain::List { .. } => names(domain, set).join("|"),
        _ => {
            let ranges = domain.written_ranges(&set.intersection(&domain.all()));
            ranges.iter().map(|(low, high)| format!("{low}..{high}")).collect::<Vec<_>>().join("|")
        }
    }
}

/// The values of a list by their names, sorted.
pub(super) fn names<'m>(domain: &'m Domain, set: &ValueSet) -> Vec<&'m str> {
    let Domain::List { values, .. } = domain else { return Vec::new() };
    let among = values.iter().enumerate().filter(|(index, _)| set.contains(*index as i64));
    let mut names: Vec<&str> = among.map(|(_, value)| value.name.as_str()).collect();
    names.sort_unstable();
    names
}

/// How values are counted.
fn kind(domain: &Domain) -> String {
    match domain {
        Domain::YesNo => "yes-no".to_owned(),
        Domain::List { .. } => "list".to_owned(),
        Domain::Number { decimals, unit, .. } => {
            format!("number {decimals} {:?}", unit.as_deref().unwrap_or_default())
        }
        Domain::Duration { .. } => "duration".to_owned(),
        Domain::Date { .. } => "date".to_owned(),
        Domain::Money { .. } => "money".to_owned(),
    }
}

/// What is decided, and on which provisions.
pub(super) fn decided(model: &Model, told: &Told, basis: &BTreeSet<String>) -> String {
    let mut parts = vec![told.grant.map_or("?", Grant::name).to_owned()];
    let flags = [told.to_be_assessed, told.recommended, told.discouraged, told.duty];
    parts.extend(flags.iter().zip(FLAGS).filter(|(flag, _)| **flag).map(|(_, name)| name.to_owned()));
    let terms: BTreeMap<&str, String> = told
        .terms
        .iter()
        .map(|(id, set)| {
            let term = &model.terms[id.index()];
            let set = set.as_ref().map_or_else(|| "?".to_owned(), |set| values(&term.domain, set));
            (term.name.as_str(), format!("({}) {set}", kind(&term.domain)))
        })
        .collect();
    parts.push(format!("{terms:?} {basis:?}"));
    parts.join(" ")
}

/// A canonical diagram, one question on a line.
pub(super) fn in_code(model: &Model, form: &Canonical, end: &dyn Fn(u32) -> String) -> String {
    let to = |way: &Way| match way {
        Way::Ask(at) => format!("#{at}"),
        Way::End(leaf) => format!("[{}]", end(*leaf)),
    };
    let mut code = String::new();
    for (at, inquiry) in form.inquiries.iter().enumerate() {
        let fact = &model.facts[inquiry.fact.index()];
        let (kind, all) = (kind(&fact.domain), values(&fact.domain, &fact.domain.all()));
        let _ = write!(code, "#{at} {} ({kind} {all})", fact.name);
        for (set, way) in &inquiry.ways {
            let _ = write!(code, "; {} {}", values(&fact.domain, set), to(way));
        }
        code.push('\n');
    }
    let _ = writeln!(code, "> {}", form.start.as_ref().map_or_else(String::new, to));
    code
}
