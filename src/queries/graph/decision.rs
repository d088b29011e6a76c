//! The decision graph of a support: which questions about a citizen lead to which decision.

use super::parts::Parts;
use super::{Graph, GraphEdge, GraphKind, GraphNode, Link, Thing};
use crate::diagram::{Decisions, Diagrams, Flat, NotProven, Step};
use crate::ground::{Comparison, Condition, Text, text, titled};
use crate::model::{DATE, Domain, Formula, Model, Place, RuleId, SupportId};
use crate::queries::place;
use crate::verdict::Statements;
use petgraph::graph::NodeIndex;
use std::collections::{BTreeMap, BTreeSet};

/// The graph of what is decided on a support in a municipality, or by the law alone.
///
/// # Errors
/// An unknown support or municipality; the budget ran out.
pub(super) fn graph(
    model: &Model,
    support: &str,
    municipality: Option<&str>,
    budget: u64,
) -> Result<Graph, Text> {
    let place = municipality.map(|name| place::municipality(model, name)).transpose()?;
    let statements = Statements::of(model, place.map_or_else(Place::law, |id| Place::of(model, id)));
    let support = place::judged(model, &statements, support)?;
    let name = &model.supports[support.index()].name;
    drawn(model, &statements, support, budget).map_err(|NotProven| {
        text!(
            en: "not proven: the budget ran out before the decision on `{name}` was known; a larger `--budget` may help",
            da: "ikke bevist: beregningsrammen slap op, før afgørelsen om `{name}` var kendt; prøv med en større `--budget`"
        )
    })
}

fn drawn(
    model: &Model,
    statements: &Statements,
    support: SupportId,
    budget: u64,
) -> Result<Graph, NotProven> {
    let mut diagrams = of_support(model, statements, support, &[], budget)?;
    let mut decisions = Decisions::new();
    let decided = diagrams.decision(support, &mut decisions)?;
    let mut parts = Parts::of(&mut diagrams, decided, &decisions)?;
    parts.cut(&mut diagrams, decided, &decisions)?;
    let mut graph = headed(model, support, &statements.place);
    graph.always = parts.always(model);
    graph.notes = parts.notes(model);
    let is_given = model.supports[support.index()].is_given();
    let ends = |leaf| parts.outcomes.node(model, leaf, is_given);
    Drawing { model, diagrams: &diagrams, flat: &parts.main, ends: &ends, at: BTreeMap::new() }
        .draw(&mut graph, None);
    for (term, own) in parts.apart(model) {
        let head = GraphNode {
            what: Thing::Term,
            name: model.terms[term.index()].name.clone(),
            label: Text::same(titled(&model.terms[term.index()].title, &model.terms[term.index()].name)),
            lines: vec![text!(en: "when it is given", da: "når støtten gives")],
        };
        let head = graph.shape.add_node(head);
        let ends = |leaf| own.node(model, term, leaf);
        Drawing { model, diagrams: &diagrams, flat: &own.flat, ends: &ends, at: BTreeMap::new() }
            .draw(&mut graph, Some(head));
    }
    Ok(graph)
}

/// The diagrams of everything that is heard of a support and, for a kind, of what lies below it; they tell apart what
/// the asked formulas do.
pub(in crate::queries) fn of_support<'a>(
    model: &'a Model,
    statements: &'a Statements,
    support: SupportId,
    asked: &[&Formula],
    budget: u64,
) -> Result<Diagrams<'a>, NotProven> {
    all_about(statements, &statements.with_members(support), |rules| {
        Diagrams::new(model, statements, rules, asked, budget)
    })
}

/// Everything that is heard of some supports, in diagrams made of those rules.
pub(in crate::queries) fn all_about<'a>(
    statements: &'a Statements,
    all: &[SupportId],
    made: impl FnOnce(&[RuleId]) -> Result<Diagrams<'a>, NotProven>,
) -> Result<Diagrams<'a>, NotProven> {
    let said = all.iter().flat_map(|support| statements.about(*support));
    let rules: BTreeSet<RuleId> = said.map(|said| said.rule).collect();
    let mut diagrams = made(&rules.into_iter().collect::<Vec<_>>())?;
    for support in all {
        diagrams.prepare(*support)?;
    }
    Ok(diagrams)
}

fn headed(model: &Model, support: SupportId, place: &Place) -> Graph {
    let support = &model.supports[support.index()];
    let support = titled(&support.title, &support.name);
    let title = match place.module().map(|place| &model.modules[place.index()]) {
        Some(place) => Text::same(format!("{support} · {}", titled(&place.title, &place.name))),
        None => text!(en: "{support} · the law alone", da: "{support} · loven alene"),
    };
    let description = text!(
        en: "Which questions about a citizen lead to which decision. Begin at the top; every citizen there can be comes to one decision.",
        da: "Hvilke spørgsmål om en borger, der fører til hvilken afgørelse. Begynd øverst; enhver borger, der kan findes, når én afgørelse."
    );
    Graph::new(GraphKind::Decision, title, description)
}

struct Drawing<'a> {
    model: &'a Model,
    diagrams: &'a Diagrams<'a>,
    flat: &'a Flat,
    ends: &'a dyn Fn(u32) -> Option<GraphNode>,
    at: BTreeMap<(bool, usize), NodeIndex>,
}

impl Drawing<'_> {
    /// From the first question on, each way before the next: so the nodes stand in the order they are read.
    fn draw(mut self, graph: &mut Graph, head: Option<NodeIndex>) {
        let begin = head.map(|head| (head, GraphEdge { why: Link::Begins, label: Text::default() }));
        let mut pending: Vec<(Option<(NodeIndex, GraphEdge)>, Step)> =
            self.flat.start.into_iter().map(|start| (begin.clone(), start)).collect();
        while let Some((from, step)) = pending.pop() {
            let key = match step {
                Step::Ask(question) => (true, question),
                Step::Answer(leaf) => (false, leaf as usize),
            };
            let known = self.at.get(&key).copied();
            let Some(node) = known.or_else(|| Some(graph.shape.add_node(self.node(step)?))) else { continue };
            self.at.insert(key, node);
            if let Some((from, edge)) = from {
                graph.shape.add_edge(from, node, edge);
            }
            if known.is_none()
                && let Step::Ask(question) = step
            {
                let ways = self.ways(question);
                pending.extend(ways.into_iter().rev().map(|(edge, to)| (Some((node, edge)), to)));
            }
        }
    }

    fn node(&self, step: Step) -> Option<GraphNode> {
        let question = match step {
            Step::Answer(leaf) => return (self.ends)(leaf),
            Step::Ask(question) => self.flat.questions.get(question)?,
        };
        let id = self.diagrams.space.dimensions.get(question.dimension)?.fact;
        let fact = &self.model.facts[id.index()];
        let label = match id {
            DATE => text!(en: "Which day is it?", da: "Hvilken dag er det?"),
            _ => Text::same(titled(&fact.title, &fact.name)),
        };
        let assessed = text!(en: "an assessment", da: "et skøn");
        let lines = if fact.assessed { vec![assessed] } else { Vec::new() };
        Some(GraphNode { what: Thing::Question, name: fact.name.clone(), label, lines })
    }

    /// The ways on from a question, in the order of their first values.
    fn ways(&self, question: usize) -> Vec<(GraphEdge, Step)> {
        let Some(question) = self.flat.questions.get(question) else { return Vec::new() };
        let Some(dimension) = self.diagrams.space.dimensions.get(question.dimension) else {
            return Vec::new();
        };
        let domain = &self.model.facts[dimension.fact.index()].domain;
        let mut ways: Vec<_> = question.ways.iter().collect();
        let first = |classes: &[usize]| {
            classes.iter().filter_map(|class| dimension.classes.get(*class)?.bounds()).min()
        };
        ways.sort_by_key(|(classes, _)| first(classes));
        let conditions: Vec<Condition> = ways
            .iter()
            .map(|(classes, _)| self.diagrams.classes_in_words(question.dimension, classes))
            .collect();
        let labels = labels(domain, &conditions);
        let edges = conditions
            .into_iter()
            .zip(labels)
            .map(|(condition, label)| GraphEdge { why: Link::Answer(condition), label });
        edges.zip(ways.into_iter().map(|(_, step)| *step)).collect()
    }
}

/// More values than this are not listed where the other ways say it by contrast.
const LISTED: usize = 3;

/// The words on the ways from one question: values in the citizen's words, and of a long list "all others".
fn labels(domain: &Domain, conditions: &[Condition]) -> Vec<Text> {
    let values = |condition: &Condition| condition.values.len();
    let others = match domain {
        Domain::List { ordered: false, .. } => {
            let contrast = |c: &&Condition| c.comparison == Comparison::IsNot || values(c) > LISTED;
            let mut longest = conditions.iter().filter(contrast).collect::<Vec<_>>();
            longest.sort_by_key(|c| (c.comparison != Comparison::IsNot, std::cmp::Reverse(values(c))));
            longest.first().map(|condition| (*condition).clone())
        }
        _ => None,
    };
    let label = |condition: &Condition| match &others {
        Some(others) if others == condition && conditions.len() > 1 => {
            text!(en: "all others", da: "alle andre")
        }
        _ => answer(domain, condition),
    };
    conditions.iter().map(label).collect()
}

/// A condition as an answer to the question: `mindst 30 år`, `Aktivitetsparate på kontanthjælp`.
pub(in crate::queries) fn answer(domain: &Domain, condition: &Condition) -> Text {
    let unit = match domain {
        Domain::Number { unit: Some(unit), .. } => format!(" {unit}"),
        _ => String::new(),
    };
    let word = |value: &String| value_in_words(domain, value);
    let all = condition.values.iter().map(word).collect::<Vec<_>>();
    let joined = all.join(", ");
    let one = all.first().cloned().unwrap_or_default();
    let two = all.get(1).cloned().unwrap_or_default();
    let is_date = matches!(domain, Domain::Date { .. });
    match condition.comparison {
        Comparison::Is => Text::same(format!("{joined}{unit}")),
        Comparison::IsNot => text!(en: "not {joined}{unit}", da: "ikke {joined}{unit}"),
        Comparison::AtLeast if is_date => text!(en: "from {one}", da: "fra {one}"),
        Comparison::AtMost if is_date => text!(en: "until {one}", da: "til og med {one}"),
        Comparison::Outside if is_date => {
            text!(en: "before {one} or after {two}", da: "før {one} eller efter {two}")
        }
        Comparison::AtLeast => text!(en: "at least {one}{unit}", da: "mindst {one}{unit}"),
        Comparison::AtMost => text!(en: "at most {one}{unit}", da: "højst {one}{unit}"),
        Comparison::Between => text!(en: "from {one} to {two}{unit}", da: "fra {one} til {two}{unit}"),
        Comparison::Outside => {
            text!(en: "under {one} or over {two}{unit}", da: "under {one} eller over {two}{unit}")
        }
        Comparison::Within => {
            let range = |range: &String| match range.split_once("..") {
                Some((low, high)) if low == high => low.to_owned(),
                Some((low, high)) => format!("{low}-{high}"),
                None => range.clone(),
            };
            let ranges = condition.values.iter().map(range).collect::<Vec<_>>().join(", ");
            Text::same(format!("{ranges}{unit}"))
        }
    }
}

/// A value as a citizen would say it: the title of a list's value, with its number where the name is one.
fn value_in_words(domain: &Domain, value: &str) -> String {
    let Domain::List { values, .. } = domain else { return value.to_owned() };
    let titled = values.iter().find(|named| named.name == value && !named.title.is_empty());
    match titled {
        Some(named) if value.starts_with(|first: char| first.is_ascii_digit()) => {
            format!("{value} {}", named.title)
        }
        Some(named) => named.title.clone(),
        None => value.to_owned(),
    }
}
