//! What depends on what: in a workspace, in a module, and on one thing.

use super::things::{Things, is_heard};
use super::{Graph, GraphKind, Thing};
use crate::ground::{Text, text};
use crate::model::{Model, ModuleId, Place};
use crate::queries::place;
use petgraph::Direction::{Incoming, Outgoing};
use petgraph::graph::NodeIndex;
use petgraph::visit::{Bfs, Reversed};
use std::collections::{BTreeMap, BTreeSet};

/// The dependencies of a whole workspace, or of one municipality and what it rests on.
///
/// # Errors
/// An unknown municipality.
pub(super) fn all(model: &Model, municipality: Option<&str>) -> Result<Graph, Text> {
    let things = Things::of(model);
    let place = municipality.map(|name| place::municipality(model, name)).transpose()?;
    let (title, kept) = match place {
        None => {
            let kept = things.shape.node_indices().filter(|node| has_edge(&things, *node)).collect();
            (text!(en: "What depends on what", da: "Hvad der afhænger af hvad"), kept)
        }
        Some(place) => {
            let module = &model.modules[place.index()];
            let name = if module.title.is_empty() { &module.name } else { &module.title };
            let title = text!(en: "{name}: what depends on what", da: "{name}: hvad der afhænger af hvad");
            (title, of_module(&things, model, place))
        }
    };
    let description = text!(
        en: "An arrow leads from what depends to what it depends on.",
        da: "En pil fører fra det, der afhænger, til det, det afhænger af."
    );
    let mut kept: BTreeSet<NodeIndex> = kept;
    kept.retain(|node| is_framework(&things.shape[*node].what));
    Ok(part(&things, &kept, &[], title, description))
}

/// What the whole is shown by. The facts that conditions ask and the terms that rules bound would hide it: what rests on
/// one of them is asked of that one.
fn is_framework(what: &Thing) -> bool {
    !matches!(what, Thing::Fact | Thing::Term | Thing::Assumption)
}

fn has_edge(things: &Things<'_>, node: NodeIndex) -> bool {
    things.shape.neighbors_undirected(node).next().is_some()
}

/// What a module says, everything that rests on, and the supports it speaks of.
fn of_module(things: &Things<'_>, model: &Model, place: ModuleId) -> BTreeSet<NodeIndex> {
    let own: Vec<NodeIndex> =
        things.shape.node_indices().filter(|node| things.home(*node) == Some(place)).collect();
    let mut kept = BTreeSet::new();
    for start in &own {
        let decided = things.shape.neighbors_directed(*start, Incoming);
        let decided = decided.filter(|node| is_support(things, *node));
        kept.extend(decided);
        let mut below = Bfs::new(&things.shape, *start);
        while let Some(node) = below.next(&things.shape) {
            kept.insert(node);
        }
    }
    // the kinds of those supports, without the rules of others that decide them
    let mut kinds: Vec<NodeIndex> = kept.iter().copied().filter(|node| is_support(things, *node)).collect();
    while let Some(node) = kinds.pop() {
        let above = things.shape.neighbors_directed(node, Outgoing);
        kinds.extend(above.filter(|above| is_support(things, *above) && kept.insert(*above)));
    }
    let place = Place::of(model, place);
    kept.retain(|node| things.home(*node).is_none_or(|home| is_heard(model, &place, home)));
    kept
}

fn is_support(things: &Things<'_>, node: NodeIndex) -> bool {
    matches!(things.shape[node].what, Thing::Support | Thing::Kind)
}

/// Everything that depends on one thing, however far; in a municipality, what is not another's.
///
/// # Errors
/// Nothing of that name; an unknown municipality.
pub(super) fn on(model: &Model, thing: &str, municipality: Option<&str>) -> Result<Graph, Text> {
    let things = Things::of(model);
    let place = municipality.map(|name| place::municipality(model, name)).transpose()?;
    let starts = named(&things, thing);
    if starts.is_empty() {
        let missing = text!(en: "nothing is called `{thing}`", da: "der er ikke noget, der hedder `{thing}`");
        let names: BTreeSet<&str> = things.shape.node_weights().map(|node| node.name.as_str()).collect();
        return Err(place::told(missing, thing, names.iter().copied()));
    }
    let mut kept: BTreeSet<NodeIndex> = BTreeSet::new();
    for start in &starts {
        let mut above = Bfs::new(Reversed(&things.shape), *start);
        while let Some(node) = above.next(Reversed(&things.shape)) {
            kept.insert(node);
        }
    }
    if let Some(place) = place.map(|id| Place::of(model, id)) {
        kept.retain(|node| things.home(*node).is_none_or(|home| is_heard(model, &place, home)));
    }
    let name = starts.first().map_or(thing, |start| things.shape[*start].name.as_str());
    let title = text!(en: "What depends on {name}", da: "Hvad der afhænger af {name}");
    let count = kept.len() - starts.iter().filter(|start| kept.contains(start)).count();
    let description = text!(
        en: "{count} things depend on it. An arrow leads from what depends to what it depends on.",
        da: "{count} ting afhænger af den. En pil fører fra det, der afhænger, til det, det afhænger af."
    );
    Ok(part(&things, &kept, &starts, title, description))
}

/// The nodes of a name: written in full, a rule or a department without its module, or a provision in any spelling.
fn named(things: &Things<'_>, words: &str) -> Vec<NodeIndex> {
    let nodes = || things.shape.node_indices();
    let full: Vec<NodeIndex> = nodes().filter(|node| things.shape[*node].name == words).collect();
    if !full.is_empty() {
        return full;
    }
    let wanted = pieces(words);
    let is_provision = |node: &NodeIndex| {
        let node = &things.shape[*node];
        matches!(node.what, Thing::Provision | Thing::Module) && pieces(&node.name) == wanted
    };
    let provisions: Vec<NodeIndex> = nodes().filter(is_provision).collect();
    if !provisions.is_empty() {
        return provisions;
    }
    let is_short = |node: &NodeIndex| {
        let node = &things.shape[*node];
        matches!(node.what, Thing::Rule | Thing::Department)
            && node.name.strip_suffix(words).is_some_and(|start| start.ends_with('.'))
    };
    nodes().filter(is_short).collect()
}

/// A provision without regard to blanks, commas, stops and case: `LAB §31b stk 2` is `LAB § 31 b, stk. 2`.
fn pieces(words: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut last = ' ';
    for letter in words.to_lowercase().chars() {
        let sort = |c: char| match c {
            '0'..='9' => 'n',
            '§' => '§',
            '-' => 'a',
            c if c.is_alphanumeric() => 'a',
            _ => ' ',
        };
        let now = sort(letter);
        match pieces.last_mut() {
            _ if now == ' ' => {}
            // a number behind a hyphen belongs to its name: `LAB-2020`
            Some(piece) if now == last || (now == 'n' && piece.ends_with('-')) => piece.push(letter),
            _ => pieces.push(letter.to_string()),
        }
        last = now;
    }
    pieces
}

/// The part of the graph between the nodes that are kept; they keep their order.
fn part(
    things: &Things<'_>,
    kept: &BTreeSet<NodeIndex>,
    focus: &[NodeIndex],
    title: Text,
    description: Text,
) -> Graph {
    let mut graph = Graph::new(GraphKind::Dependencies, title, description);
    let mut at = BTreeMap::new();
    for node in kept {
        at.insert(*node, graph.shape.add_node(things.shape[*node].clone()));
    }
    for edge in things.shape.edge_indices() {
        let ends = things.shape.edge_endpoints(edge);
        let Some((from, to)) = ends.and_then(|(from, to)| Some((*at.get(&from)?, *at.get(&to)?))) else {
            continue;
        };
        graph.shape.add_edge(from, to, things.shape[edge].clone());
    }
    graph.focus = focus.iter().filter_map(|node| Some(at.get(node)?.index())).collect();
    graph
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn a_provision_is_known_in_any_spelling() {
        assert_eq!(pieces("LAB § 31 b, stk. 2"), pieces("lab §31b stk 2"));
        assert_ne!(pieces("LAB § 31"), pieces("LAB § 31 b"));
        assert_eq!(pieces("LAB-2020 § 167"), ["lab-2020", "§", "167"]);
    }
}
