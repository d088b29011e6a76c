//! Decision graphs as figures: a drawing, and the same as numbered questions for those who do not see it.

use super::addresses::slug;
use super::html::Html;
use super::material::Material;
use super::phrases::Phrases;
use crate::export::graph_formats;
use crate::ground::{Lang, Text};
use crate::queries::{Graph, GraphNode, Thing};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;

/// A drawing with what it says in words.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Figure {
    /// where the drawing lies, seen from the page
    pub href: String,
    pub width: u32,
    pub height: u32,
    pub title: Html,
    pub description: Html,
    pub alt: String,
    pub notes: Vec<Html>,
    pub steps: Vec<Step>,
    /// what is decided where nothing is asked
    pub ends: Vec<Html>,
    /// why there is no drawing
    pub problem: Option<Html>,
}

/// A question, and where its answers lead.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Step {
    pub id: String,
    /// a term that is asked for itself from here on
    pub heading: Option<Html>,
    pub question: Html,
    pub answers: Vec<Answer>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Answer {
    pub words: Html,
    /// the number of the next question and its place
    pub next: Option<(usize, String)>,
    pub end: Html,
}

/// Where the drawing of a decision lies.
pub(super) fn path(place: &str, support: &str) -> String {
    format!("figurer/{}-{}.svg", slug(place), slug(support))
}

/// All drawings of a book, by where they lie.
pub(super) type Drawings = BTreeMap<String, String>;

/// Draws every decision.
pub(super) fn drawings(material: &Material<'_>) -> Drawings {
    let all = material.overviews.iter().flat_map(|overview| {
        let drawn =
            overview.decisions.iter().filter_map(|(support, graph)| Some((support, graph.as_ref().ok()?)));
        drawn.map(|(support, graph)| (path(&overview.place, support), graph))
    });
    let all: Vec<(String, &Graph)> = all.collect();
    let drawn = all.into_par_iter().filter_map(|(path, graph)| {
        let format = graph_formats().iter().find(|format| format.name == "svg")?;
        Some((path, (format.render)(graph, material.asked.lang, 0)))
    });
    drawn.collect()
}

pub(super) fn figure(
    phrases: &Phrases<'_>,
    drawings: &Drawings,
    (place, support): (&str, &str),
    graph: &Result<Graph, Text>,
) -> Figure {
    let nothing = Figure {
        href: String::new(),
        width: 0,
        height: 0,
        title: Html::default(),
        description: Html::default(),
        alt: String::new(),
        notes: Vec::new(),
        steps: Vec::new(),
        ends: Vec::new(),
        problem: None,
    };
    let graph = match graph {
        Ok(graph) => graph,
        Err(problem) => {
            return Figure { problem: Some(phrases.message(problem.get(phrases.lang))), ..nothing };
        }
    };
    let drawn = path(place, support);
    let (width, height) = drawings.get(&drawn).and_then(|drawing| size(drawing)).unwrap_or((800, 600));
    let (steps, ends) = steps(phrases, &slug(place), graph);
    Figure {
        href: format!("{}{drawn}", phrases.root),
        width,
        height,
        title: phrases.say(&graph.title),
        description: phrases.say(&graph.description),
        alt: format!("{}: {}", graph.title.get(phrases.lang), graph.description.get(phrases.lang)),
        notes: graph.notes.iter().map(|note| phrases.say(note)).collect(),
        steps,
        ends,
        ..nothing
    }
}

/// How large a drawing is.
fn size(drawing: &str) -> Option<(u32, u32)> {
    let number = |key: &str| {
        let rest = drawing.split_once(&format!(" {key}=\""))?.1;
        rest.split_once('"')?.0.parse().ok()
    };
    Some((number("width")?, number("height")?))
}

fn steps(phrases: &Phrases<'_>, place: &str, graph: &Graph) -> (Vec<Step>, Vec<Html>) {
    let lang = phrases.lang;
    let nodes: Vec<&GraphNode> = graph.nodes().collect();
    let questions: Vec<usize> = (0..nodes.len()).filter(|at| nodes[*at].what == Thing::Question).collect();
    let number = |at: usize| questions.iter().position(|other| *other == at).map(|place| place + 1);
    let id = |number: usize| format!("{place}-trin-{number}");
    let mut heading = None;
    let mut steps = Vec::new();
    for (at, node) in nodes.iter().enumerate() {
        if node.what == Thing::Term {
            heading = Some(phrases.danish(&in_one_line(node, lang)));
        }
        let Some(own) = number(at) else { continue };
        let answer = |(to, words): (usize, &str)| Answer {
            words: phrases.danish(words),
            next: number(to).map(|next| (next, id(next))),
            end: phrases.danish(&in_one_line(nodes[to], lang)),
        };
        let edges = graph.edges_from(at);
        steps.push(Step {
            id: id(own),
            heading: heading.take(),
            question: phrases.danish(&in_one_line(node, lang)),
            answers: edges.iter().map(|(to, edge)| answer((*to, edge.label.get(lang)))).collect(),
        });
    }
    let is_end = |node: &&&GraphNode| questions.is_empty() && matches!(node.what, Thing::Outcome(_));
    let ends = nodes.iter().filter(is_end).map(|node| phrases.danish(&in_one_line(node, lang))).collect();
    (steps, ends)
}

fn in_one_line(node: &GraphNode, lang: Lang) -> String {
    let lines = node.lines.iter().map(|line| line.get(lang));
    std::iter::once(node.label.get(lang)).chain(lines).collect::<Vec<_>>().join("; ")
}
