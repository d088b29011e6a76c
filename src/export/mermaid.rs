//! Mermaid, which GitHub, GitLab and many editors draw inside Markdown.

use super::GraphFormat;
use super::ink::{Ink, sort};
use crate::ground::Lang;
use crate::queries::{Graph, GraphKind, GraphNode, Thing};

pub(super) const FORMAT: GraphFormat = GraphFormat { name: "mermaid", render };

fn render(graph: &Graph, lang: Lang, _width: usize) -> String {
    let direction = if graph.kind == GraphKind::Decision { "TD" } else { "LR" };
    let (title, description) = (graph.title.get(lang), graph.description.get(lang));
    let mut page = format!(
        "---\ntitle: {}\n---\nflowchart {direction}\n    accTitle: {}\n    accDescr: {}\n",
        serde_json::Value::from(title),
        plain(title),
        plain(description)
    );
    for (at, node) in graph.nodes().enumerate() {
        let words = words(node, lang);
        let shape = match node.what {
            Thing::Outcome(_) | Thing::Value(_) => format!("[\"{words}\"]"),
            Thing::Question => format!("{{{{\"{words}\"}}}}"),
            _ => format!("(\"{words}\")"),
        };
        page.push_str(&format!("    n{at}{shape}:::{}\n", Ink::of(node).name));
    }
    for (from, to, edge) in graph.edges() {
        let label = escaped(edge.label.get(lang));
        let label = if label.is_empty() { String::new() } else { format!("|\"{label}\"|") };
        page.push_str(&format!("    n{from} -->{label} n{to}\n"));
    }
    for ink in Ink::ALL.iter().filter(|ink| graph.nodes().any(|node| Ink::of(node) == **ink)) {
        let dashes = if ink.dashed { ",stroke-dasharray:6 4" } else { "" };
        page.push_str(&format!(
            "    classDef {} fill:{},color:{},stroke:#1a1a1a{dashes}\n",
            ink.name, ink.fill, ink.letters
        ));
    }
    page
}

fn words(node: &GraphNode, lang: Lang) -> String {
    let sort = sort(&node.what).map(|sort| format!("<i>{}</i>", escaped(sort.get(lang))));
    let label = format!("<b>{}</b>", escaped(node.label.get(lang)));
    let lines = node.lines.iter().map(|line| escaped(line.get(lang)));
    sort.into_iter().chain([label]).chain(lines).collect::<Vec<_>>().join("<br/>")
}

/// Inside quotation marks.
fn escaped(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '#' => text.push_str("#35;"),
            '"' => text.push_str("#quot;"),
            '<' => text.push_str("#lt;"),
            '>' => text.push_str("#gt;"),
            '&' => text.push_str("#amp;"),
            '`' => text.push_str("#96;"),
            '\n' | '\r' => text.push(' '),
            other => text.push(other),
        }
    }
    text
}

/// On a line of its own, which has no escapes.
fn plain(words: &str) -> String {
    words.replace([';', '#', '{', '}', '\n', '\r'], " ")
}
