//! A graph in plain lines: numbered questions, or things with what they rest on.

use super::GraphFormat;
use super::ink::sort;
use super::wrap::hanging;
use crate::ground::Lang;
use crate::queries::{Graph, GraphKind, GraphNode, Thing};

pub(super) const FORMAT: GraphFormat = GraphFormat { name: "text", render };

fn render(graph: &Graph, lang: Lang, width: usize) -> String {
    let mut page = Page { text: String::new(), width };
    page.line("", "", graph.title.get(lang));
    page.line("", "", graph.description.get(lang));
    for note in &graph.notes {
        page.line("", "", note.get(lang));
    }
    match graph.kind {
        GraphKind::Decision => decision(graph, lang, &mut page),
        GraphKind::Dependencies => dependencies(graph, lang, &mut page),
    }
    page.text
}

/// Lines none of which is wider than the page.
struct Page {
    text: String,
    width: usize,
}

impl Page {
    fn blank(&mut self) {
        self.text.push('\n');
    }

    /// Words behind a mark; further lines begin below the words.
    fn line(&mut self, indent: &str, mark: &str, words: &str) {
        hanging(&mut self.text, self.width, indent, mark, words);
    }
}

fn decision(graph: &Graph, lang: Lang, page: &mut Page) {
    let nodes: Vec<&GraphNode> = graph.nodes().collect();
    // questions are numbered in the order they stand in
    let questions: Vec<usize> = (0..nodes.len()).filter(|at| nodes[*at].what == Thing::Question).collect();
    let number = |at: usize| questions.iter().position(|other| *other == at).map(|place| place + 1);
    if questions.is_empty() {
        page.blank();
    }
    for (at, node) in nodes.iter().enumerate() {
        if node.what == Thing::Term {
            page.blank();
            let lines = node.lines.iter().map(|line| line.get(lang)).collect::<Vec<_>>().join("; ");
            page.line("", "", &format!("{}, {lines}", node.label.get(lang)));
            continue;
        }
        let Some(own) = number(at) else {
            if questions.is_empty() {
                page.line("", "→ ", &in_one_line(node, lang));
            }
            continue;
        };
        page.blank();
        let mut words = node.label.get(lang).to_owned();
        for line in &node.lines {
            words.push_str(&format!(" ({})", line.get(lang)));
        }
        page.line("", &format!("{own:>2}  "), &words);
        for (to, edge) in graph.edges_from(at) {
            let on = match number(to) {
                Some(next) => next.to_string(),
                None => in_one_line(nodes[to], lang),
            };
            page.line("    ", "", &format!("{} → {on}", edge.label.get(lang)));
        }
    }
}

fn in_one_line(node: &GraphNode, lang: Lang) -> String {
    let lines = node.lines.iter().map(|line| line.get(lang));
    std::iter::once(node.label.get(lang)).chain(lines).collect::<Vec<_>>().join("; ")
}

/// The sorts of things, those first that a reader looks for.
const SORTS: [Thing; 10] = [
    Thing::Support,
    Thing::Kind,
    Thing::Rule,
    Thing::Department,
    Thing::Concept,
    Thing::Assumption,
    Thing::Fact,
    Thing::Term,
    Thing::Provision,
    Thing::Module,
];

fn dependencies(graph: &Graph, lang: Lang, page: &mut Page) {
    let nodes: Vec<&GraphNode> = graph.nodes().collect();
    for what in SORTS {
        let of_sort = nodes.iter().enumerate().filter(|(_, node)| node.what == what);
        let mut of_sort: Vec<(usize, &&GraphNode)> =
            of_sort.filter(|(at, _)| !graph.focus.contains(at)).collect();
        of_sort.sort_by_key(|(_, node)| &node.name);
        if of_sort.is_empty() {
            continue;
        }
        page.blank();
        let heading = sort(&what).map(|sort| sort.get(lang).to_owned()).unwrap_or_default();
        page.line("", "", &format!("{heading} ({})", of_sort.len()));
        for (at, node) in of_sort {
            let titles: Vec<&str> = node.lines.iter().map(|line| line.get(lang)).collect();
            let title = if titles.is_empty() { String::new() } else { format!(" – {}", titles.join("; ")) };
            page.line("  ", "", &format!("{}{title}", node.label.get(lang)));
            let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
            for (to, edge) in graph.edges_from(at) {
                let (why, name) = (edge.label.get(lang), nodes[to].label.get(lang));
                match reasons.iter_mut().find(|(known, _)| *known == why) {
                    Some((_, names)) => names.push(name),
                    None => reasons.push((why, vec![name])),
                }
            }
            for (why, names) in reasons {
                page.line("      ", "", &format!("{why} {}", names.join(", ")));
            }
        }
    }
}
