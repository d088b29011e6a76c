//! Everything a graph knows, for programs. The shape is a promise: `docs/graph.schema.json` describes it, and
//! `format_version` rises when it changes.

use super::GraphFormat;
use crate::ground::{Condition, Lang, Text};
use crate::queries::{Graph, GraphEdge, GraphKind, GraphNode, Link, Thing};
use crate::verdict::Grant;
use serde::Serialize;

pub(super) const FORMAT: GraphFormat = GraphFormat { name: "json", render };

const FORMAT_VERSION: u32 = 1;

fn render(graph: &Graph, _lang: Lang, _width: usize) -> String {
    let page = Page {
        format_version: FORMAT_VERSION,
        tool: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
        kind: match graph.kind {
            GraphKind::Decision => "decision",
            GraphKind::Dependencies => "dependencies",
        },
        title: Words::from(&graph.title),
        description: Words::from(&graph.description),
        always: terms(&graph.always),
        notes: graph.notes.iter().map(Words::from).collect(),
        focus: graph.focus.iter().map(|node| format!("n{node}")).collect(),
        nodes: graph.nodes().enumerate().map(|(at, node)| Node::new(at, node)).collect(),
        edges: graph.edges().map(|(from, to, edge)| Edge::new(from, to, edge)).collect(),
    };
    let mut page = serde_json::to_string_pretty(&page).unwrap_or_default();
    page.push('\n');
    page
}

#[derive(Serialize)]
struct Page<'a> {
    format_version: u32,
    tool: &'static str,
    version: &'static str,
    kind: &'static str,
    title: Words<'a>,
    description: Words<'a>,
    always: Vec<Term<'a>>,
    notes: Vec<Words<'a>>,
    focus: Vec<String>,
    nodes: Vec<Node<'a>>,
    edges: Vec<Edge<'a>>,
}

#[derive(Serialize)]
pub(super) struct Words<'a> {
    da: &'a str,
    en: &'a str,
}

impl<'a> From<&'a Text> for Words<'a> {
    fn from(text: &'a Text) -> Self {
        Words { da: &text.da, en: &text.en }
    }
}

#[derive(Serialize)]
struct Node<'a> {
    id: String,
    kind: &'static str,
    name: Option<&'a str>,
    label: Words<'a>,
    lines: Vec<Words<'a>>,
    outcome: Option<Decided<'a>>,
    values: Option<&'a str>,
}

#[derive(Serialize)]
struct Decided<'a> {
    grant: &'static str,
    duty: bool,
    to_be_assessed: bool,
    recommended: bool,
    discouraged: bool,
    terms: Vec<Term<'a>>,
}

#[derive(Serialize)]
struct Term<'a> {
    term: &'a str,
    values: Option<&'a str>,
}

fn terms(terms: &[(String, Option<String>)]) -> Vec<Term<'_>> {
    terms.iter().map(|(term, values)| Term { term, values: values.as_deref() }).collect()
}

/// A grant as programs know it.
pub(super) fn grant_name(grant: Option<Grant>) -> &'static str {
    grant.map_or("undecided", Grant::name)
}

impl<'a> Node<'a> {
    fn new(at: usize, node: &'a GraphNode) -> Self {
        let kind = match &node.what {
            Thing::Question => "question",
            Thing::Outcome(_) => "outcome",
            Thing::Value(_) => "value",
            Thing::Module => "module",
            Thing::Provision => "provision",
            Thing::Fact => "fact",
            Thing::Concept => "concept",
            Thing::Assumption => "assumption",
            Thing::Department => "department",
            Thing::Kind => "kind",
            Thing::Support => "support",
            Thing::Term => "term",
            Thing::Rule => "rule",
        };
        let values = match &node.what {
            Thing::Value(values) => values.as_deref(),
            _ => None,
        };
        let outcome = match &node.what {
            Thing::Outcome(outcome) => Some(Decided {
                grant: grant_name(outcome.grant),
                duty: outcome.duty,
                to_be_assessed: outcome.to_be_assessed,
                recommended: outcome.recommended,
                discouraged: outcome.discouraged,
                terms: terms(&outcome.terms),
            }),
            _ => None,
        };
        Node {
            id: format!("n{at}"),
            kind,
            name: (!node.name.is_empty()).then_some(&node.name),
            label: Words::from(&node.label),
            lines: node.lines.iter().map(Words::from).collect(),
            outcome,
            values,
        }
    }
}

#[derive(Serialize)]
struct Edge<'a> {
    from: String,
    to: String,
    kind: &'static str,
    label: Words<'a>,
    condition: Option<Test<'a>>,
}

#[derive(Serialize)]
struct Test<'a> {
    fact: &'a str,
    op: &'static str,
    values: &'a [String],
}

impl<'a> From<&'a Condition> for Test<'a> {
    fn from(condition: &'a Condition) -> Self {
        Test { fact: &condition.fact, op: condition.comparison.name(), values: &condition.values }
    }
}

impl<'a> Edge<'a> {
    fn new(from: usize, to: usize, edge: &'a GraphEdge) -> Self {
        let (kind, condition) = match &edge.why {
            Link::Answer(condition) => ("answer", Some(Test::from(condition))),
            Link::Begins => ("begins", None),
            Link::Cites => ("cites", None),
            Link::PartOf => ("part-of", None),
            Link::Asks => ("asks", None),
            Link::Uses => ("uses", None),
            Link::ExceptionFrom => ("exception-from", None),
            Link::HoldsIn => ("holds-in", None),
            Link::DecidedBy => ("decided-by", None),
            Link::IsA => ("is-a", None),
            Link::RestsOn => ("rests-on", None),
            Link::Bounds => ("bounds", None),
        };
        let (from, to) = (format!("n{from}"), format!("n{to}"));
        Edge { from, to, kind, label: Words::from(&edge.label), condition }
    }
}
