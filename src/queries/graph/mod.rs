//! Graphs to be drawn: nodes and edges with the words a reader sees, whatever the drawing.

mod decision;
mod dependencies;
mod outcome;
mod parts;
mod things;

pub(super) use decision::{all_about, of_support};
pub(crate) use outcome::grant_in_words;
pub(super) use outcome::{Outcomes, Told};

use crate::ground::{Condition, Text};
use crate::model::Model;
use crate::verdict::Grant;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

/// What a graph is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked<'a> {
    /// the support whose decision is shown; without it, what depends on what
    pub support: Option<&'a str>,
    /// the municipality; without it, the law alone, or the whole workspace
    pub municipality: Option<&'a str>,
    /// only what depends on this paragraph, fact, concept, rule, support or term
    pub on: Option<&'a str>,
}

/// The graph that is asked for.
pub(crate) fn graph(model: &Model, asked: Asked<'_>, budget: u64) -> Result<Graph, Text> {
    match (asked.support, asked.on) {
        (Some(support), _) => decision::graph(model, support, asked.municipality, budget),
        (None, Some(thing)) => dependencies::on(model, thing, asked.municipality),
        (None, None) => dependencies::all(model, asked.municipality),
    }
}

/// What a graph shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GraphKind {
    /// which questions lead to which decision on one support
    Decision,
    /// what depends on what
    Dependencies,
}

/// A graph in the words of the policies.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Graph {
    /// what it shows
    pub kind: GraphKind,
    /// a heading
    pub title: Text,
    /// one or two sentences for those who cannot see it
    pub description: Text,
    /// the terms that are always the same where the support is given; as in [`Outcome::terms`]
    pub always: Vec<(String, Option<String>)>,
    /// what holds of the whole of it, in words
    pub notes: Vec<Text>,
    /// the nodes that were asked about, by their places
    pub focus: Vec<usize>,
    shape: DiGraph<GraphNode, GraphEdge>,
}

/// A node: what it is, and the words in it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GraphNode {
    /// what it stands for
    pub what: Thing,
    /// its name in the policies, empty for a decision
    pub name: String,
    /// the words that stand out
    pub label: Text,
    /// the words below them
    pub lines: Vec<Text>,
}

/// What a node stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Thing {
    /// a fact that is asked
    Question,
    /// what is decided
    Outcome(Outcome),
    /// what is decided of one term, as the language bounds it; nothing where nothing is set, or it is undecided
    Value(Option<String>),
    /// a law, a municipality, a source that is cited
    Module,
    /// a cited or declared provision
    Provision,
    /// `oplysning`
    Fact,
    /// `begreb`
    Concept,
    /// `antag`
    Assumption,
    /// `afdeling`
    Department,
    /// `art`
    Kind,
    /// `støtte`
    Support,
    /// `vilkår`
    Term,
    /// a rule, or a row of a table
    Rule,
}

/// What is decided on a support.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Outcome {
    /// nothing where the rules contradict each other and nothing settles it
    pub grant: Option<Grant>,
    /// `som pligt`
    pub duty: bool,
    /// `skal vurdere`
    pub to_be_assessed: bool,
    /// `bør`
    pub recommended: bool,
    /// `bør ikke`
    pub discouraged: bool,
    /// the terms of a grant: the term's name, and the values as the language bounds them; nothing where undecided
    pub terms: Vec<(String, Option<String>)>,
}

impl Outcome {
    /// Whether the rules contradict each other in it and nothing settles it, in the grant or in a term.
    pub fn is_undecided(&self) -> bool {
        self.grant.is_none() || self.terms.iter().any(|(_, values)| values.is_none())
    }
}

/// An edge: why there is one, and the words on it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GraphEdge {
    /// why there is an edge
    pub why: Link,
    /// the words on it; for dependencies those say what `why` says
    pub label: Text,
}

/// Why there is an edge.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Link {
    /// a term is asked from here
    Begins,
    /// the fact has one of these values
    Answer(Condition),
    /// a rule cites a provision
    Cites,
    /// a provision is part of another, or of a law
    PartOf,
    /// a condition asks a fact
    Asks,
    /// a condition uses a concept
    Uses,
    /// a rule sets another aside
    ExceptionFrom,
    /// a rule holds in a department
    HoldsIn,
    /// a support is decided by a rule
    DecidedBy,
    /// a support or a kind is of a kind
    IsA,
    /// a condition asks what is decided of a support
    RestsOn,
    /// a rule bounds a term
    Bounds,
}

impl Graph {
    fn new(kind: GraphKind, title: Text, description: Text) -> Self {
        Graph {
            kind,
            title,
            description,
            always: Vec::new(),
            notes: Vec::new(),
            focus: Vec::new(),
            shape: DiGraph::new(),
        }
    }

    /// The nodes, each known by its place in this list.
    pub fn nodes(&self) -> impl Iterator<Item = &GraphNode> {
        self.shape.node_weights()
    }

    /// The edges: from, to, and the edge.
    pub fn edges(&self) -> impl Iterator<Item = (usize, usize, &GraphEdge)> {
        self.shape.edge_references().map(|edge| (edge.source().index(), edge.target().index(), edge.weight()))
    }

    /// The edges that leave a node, in their order.
    pub fn edges_from(&self, node: usize) -> Vec<(usize, &GraphEdge)> {
        let mut edges: Vec<_> = self.shape.edges(NodeIndex::new(node)).collect();
        edges.sort_by_key(|edge| edge.id());
        edges.into_iter().map(|edge| (edge.target().index(), edge.weight())).collect()
    }

    /// The graph as petgraph has it.
    pub(crate) fn shape(&self) -> &DiGraph<GraphNode, GraphEdge> {
        &self.shape
    }
}
