//! The decision graph against the definition: every citizen who exists comes to the decision that is theirs.

use super::compare::{Difference, workspace};
use super::judge::{DecidedTerm, Decision, Grant, Judge};
use super::policy::{Domain, Policy, Speaker};
use super::region::{Space, read_condition};
use hjemmel::{Asked, Graph, GraphNode, Link, Outcome, Thing};
use std::collections::BTreeMap;

pub(crate) fn differences(policy: &Policy, citizens: usize) -> Vec<Difference> {
    let space = Space::new(policy);
    let judge = Judge::new(policy, Speaker::Town);
    let workspace = workspace(policy);
    let step = (space.existing.count() as usize).div_ceil(citizens).max(1);
    let mut differences = Vec::new();
    // some support, and what stands last: a task, where there is one
    let last = judge.judged.last().copied().filter(|support| !policy.is_given(*support));
    for support in judge.judged.iter().copied().take(2).chain(last) {
        let name = &policy.supports[support].name;
        let asked =
            Asked { support: Some(name), municipality: Some(Speaker::Town.name()), ..Asked::default() };
        let graph = match workspace.graph(asked) {
            Ok(graph) => graph,
            Err(problem) => {
                differences.push(Difference { kind: "no graph".to_owned(), words: problem.en });
                continue;
            }
        };
        for point in space.existing.iter().step_by(step) {
            let profile = &space.profiles[point];
            let right = end_words(policy, &judge.at(profile).decision(support));
            let got = walked(policy, &graph, profile);
            if got.as_ref() != Ok(&right) {
                let words = format!("`{name}` of {}: right {right}, got {got:?}", space.describe(point));
                differences.push(Difference { kind: "wrong way in a graph".to_owned(), words });
            }
        }
    }
    differences
}

/// What the graph should tell: terms only of what is granted.
pub(crate) fn end_words(policy: &Policy, decision: &Decision) -> String {
    let granted = decision.grant.is_some_and(|grant| grant >= Grant::May);
    let mut words = format!(
        "{:?} should {} {} assess {} duty {}",
        decision.grant,
        decision.should,
        decision.should_not,
        decision.assess,
        decision.duty && granted
    );
    for (term, decided) in policy.terms.iter().zip(&decision.terms).filter(|_| granted) {
        match decided {
            DecidedTerm::Unbounded => {}
            DecidedTerm::Undecided => words.push_str(&format!(" {} undecided", term.name)),
            DecidedTerm::Values(set) => {
                let values = term.domain.values();
                let inside: Vec<i64> =
                    (0..values.len()).filter(|at| set & (1 << at) != 0).map(|at| values[at]).collect();
                words.push_str(&format!(" {} {}", term.name, span(&term.domain, &inside)));
            }
        }
    }
    words
}

/// Values as far as the words of a bound tell them: all of a list without order, else the first and the last.
fn span(domain: &Domain, values: &[i64]) -> String {
    match domain {
        Domain::YesNo | Domain::List { ordered: false, .. } => format!("{values:?}"),
        _ => format!("{:?}..{:?}", values.first(), values.last()),
    }
}

/// What a graph tells one citizen.
fn walked(policy: &Policy, graph: &Graph, profile: &[i64]) -> Result<String, String> {
    let nodes: Vec<&GraphNode> = graph.nodes().collect();
    let follow = |mut at: usize| -> Result<usize, String> {
        while nodes[at].what == Thing::Question {
            let mut ways = Vec::new();
            for (to, edge) in graph.edges_from(at) {
                let Link::Answer(condition) = &edge.why else { return Err("no answer".to_owned()) };
                let fact = policy.facts.iter().position(|fact| fact.name == condition.fact).unwrap();
                let test = read_condition(&policy.facts[fact].domain, condition);
                if test.ok_or_else(|| format!("{condition:?}"))?(profile[fact]) {
                    ways.push(to);
                }
            }
            let [only] = ways[..] else {
                return Err(format!("{} ways from `{}`", ways.len(), nodes[at].name));
            };
            at = only;
        }
        Ok(at)
    };
    let Thing::Outcome(outcome) = &nodes[follow(0)?].what else { return Err("no outcome".to_owned()) };
    let mut terms: BTreeMap<String, Option<String>> = outcome.terms.iter().cloned().collect();
    if outcome.grant.is_some_and(|grant| grant >= hjemmel::Grant::May) {
        terms.extend(graph.always.iter().cloned());
        for at in (0..nodes.len()).filter(|at| nodes[*at].what == Thing::Term) {
            let end = nodes[follow(graph.edges_from(at)[0].0)?];
            match (&end.what, end.label.en.as_str()) {
                (Thing::Value(None), "nothing is set") => {}
                (Thing::Value(values), _) => {
                    terms.insert(nodes[at].name.clone(), values.clone());
                }
                (other, _) => return Err(format!("{other:?} is no value")),
            }
        }
    }
    told(policy, outcome, &terms)
}

fn told(
    policy: &Policy,
    outcome: &Outcome,
    terms: &BTreeMap<String, Option<String>>,
) -> Result<String, String> {
    let grant = outcome.grant.map(|grant| match grant {
        hjemmel::Grant::Forbidden => Grant::Forbidden,
        hjemmel::Grant::None => Grant::None,
        hjemmel::Grant::May => Grant::May,
        hjemmel::Grant::Right => Grant::Right,
        _ => Grant::Must,
    });
    let Outcome { recommended, discouraged, to_be_assessed, duty, .. } = outcome;
    let mut words =
        format!("{grant:?} should {recommended} {discouraged} assess {to_be_assessed} duty {duty}");
    for term in &policy.terms {
        match terms.get(&term.name) {
            None => {}
            Some(None) => words.push_str(&format!(" {} undecided", term.name)),
            Some(Some(bound)) => {
                let values =
                    bounded(&term.domain, bound).ok_or_else(|| format!("`{bound}` cannot be read"))?;
                words.push_str(&format!(" {} {}", term.name, span(&term.domain, &values)));
            }
        }
    }
    Ok(words)
}

/// What is told of a possible decision.
pub(crate) fn told_words(policy: &Policy, outcome: &Outcome) -> String {
    told(policy, outcome, &outcome.terms.iter().cloned().collect()).unwrap_or_else(|problem| problem)
}

/// The values of a bound's words.
pub(crate) fn bounded(domain: &Domain, words: &str) -> Option<Vec<i64>> {
    // no value fits all rules that may be departed from
    if words == "–" {
        return Some(Vec::new());
    }
    let all = domain.values();
    let within = |low: Option<i64>, high: Option<i64>| {
        let (low, high) = (low?, high?);
        Some(all.iter().copied().filter(|value| (low..=high).contains(value)).collect())
    };
    if let Domain::YesNo | Domain::List { ordered: false, .. } = domain {
        return words.split(", ").map(|word| domain.value(word)).collect();
    }
    if let Some(low) = words.strip_prefix("mindst ") {
        return within(domain.value(low), all.last().copied());
    }
    if let Some(high) = words.strip_prefix("højst ") {
        return within(all.first().copied(), domain.value(high));
    }
    match words.strip_prefix("fra ").unwrap_or(words).split_once(" til ") {
        Some((low, high)) => within(domain.value(low), domain.value(high)),
        None => within(domain.value(words), domain.value(words)),
    }
}
