//! DOT, the language of Graphviz, as petgraph writes it.

use super::GraphFormat;
use super::ink::{Ink, sort};
use super::wrap::wrapped;
use crate::ground::Lang;
use crate::queries::{Graph, GraphKind, GraphNode, Thing};
use petgraph::dot::{Config, Dot};

pub(super) const FORMAT: GraphFormat = GraphFormat { name: "dot", render };

fn render(graph: &Graph, lang: Lang, _width: usize) -> String {
    let edge = |_, edge: petgraph::graph::EdgeReference<'_, crate::queries::GraphEdge>| {
        format!("label=\"{}\"", in_lines(edge.weight().label.get(lang)))
    };
    let node = |_, (_, node): (_, &GraphNode)| attributes(node, lang);
    let config = [Config::NodeNoLabel, Config::EdgeNoLabel, Config::GraphContentOnly];
    let body = Dot::with_attr_getters(graph.shape(), &config, &edge, &node);
    let direction = if graph.kind == GraphKind::Decision { "TB" } else { "LR" };
    let lang_code = if lang == Lang::Da { "da" } else { "en" };
    format!(
        "digraph {{\n    graph [label=\"{}\", labelloc=t, rankdir={direction}, fontname=\"Helvetica\", comment=\"{lang_code}\"]\n    \
         node [shape=box, style=\"filled,rounded\", fontname=\"Helvetica\"]\n    \
         edge [fontname=\"Helvetica\"]\n{body:?}}}\n",
        quoted(graph.title.get(lang)),
    )
}

fn attributes(node: &GraphNode, lang: Lang) -> String {
    let ink = Ink::of(node);
    let sort = sort(&node.what).map(|sort| sort.get(lang).to_owned());
    let lines = node.lines.iter().map(|line| line.get(lang).to_owned());
    let words = sort.into_iter().chain([node.label.get(lang).to_owned()]).chain(lines);
    let label = words.map(|line| in_lines(&line)).collect::<Vec<_>>().join("\\n");
    let style = match (&node.what, ink.dashed) {
        (Thing::Outcome(_), true) => "filled,dashed",
        (Thing::Outcome(_) | Thing::Value(_), false) => "filled",
        _ => "filled,rounded",
    };
    format!("label=\"{label}\", style=\"{style}\", fillcolor=\"{}\", fontcolor=\"{}\"", ink.fill, ink.letters)
}

/// Graphviz breaks no line itself.
const LINE: f64 = 28.0;

/// Words of a label, in lines.
fn in_lines(words: &str) -> String {
    let lines = wrapped(words, LINE, |line| line.chars().count() as f64);
    lines.iter().map(|line| quoted(line)).collect::<Vec<_>>().join("\\n")
}

/// Inside a quoted word of DOT.
fn quoted(words: &str) -> String {
    words.replace('\\', "\\\\").replace('"', "\\\"").replace(['\n', '\r'], " ")
}
