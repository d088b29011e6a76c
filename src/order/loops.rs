//! Loops in a directed graph.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::{BTreeMap, VecDeque};

/// Things that all depend on each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Loop {
    /// all of them, ascending
    pub(super) members: Vec<usize>,
    /// a shortest way from the first of them back to it: `[1, 4]` is 1 → 4 → 1
    pub(super) way: Vec<usize>,
}

/// The loops among `links`, by their first members; `links[a]` holds what `a` depends on.
pub(super) fn loops(links: &[Vec<usize>]) -> Vec<Loop> {
    let edges = || links.iter().enumerate().flat_map(|(from, to)| to.iter().map(move |to| (from, *to)));
    let mut graph: DiGraph<(), ()> = DiGraph::with_capacity(links.len(), edges().count());
    for _ in links {
        graph.add_node(());
    }
    graph.extend_with_edges(
        edges().filter(|(_, to)| *to < links.len()).map(|(from, to)| (from as u32, to as u32)),
    );
    let mut found: Vec<Loop> = Vec::new();
    for component in kosaraju_scc(&graph) {
        let mut members: Vec<usize> = component.into_iter().map(NodeIndex::index).collect();
        members.sort_unstable();
        if let Some(way) = way_back(&members, links) {
            found.push(Loop { members, way });
        }
    }
    found.sort_by(|a, b| a.members.cmp(&b.members));
    found
}

/// A shortest way within the members from the first back to itself; nothing where there is none.
fn way_back(members: &[usize], links: &[Vec<usize>]) -> Option<Vec<usize>> {
    let start = *members.first()?;
    let mut came_from: BTreeMap<usize, usize> = BTreeMap::new();
    let mut open = VecDeque::from([start]);
    while let Some(at) = open.pop_front() {
        for next in links.get(at)? {
            if *next == start {
                let mut way = vec![at];
                while let Some(before) = way.last().and_then(|at| came_from.get(at)) {
                    way.push(*before);
                }
                way.reverse();
                return Some(way);
            }
            if members.binary_search(next).is_ok() && !came_from.contains_key(next) {
                came_from.insert(*next, at);
                open.push_back(*next);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_has_no_loop() {
        assert_eq!(loops(&[vec![1], vec![2], vec![]]), []);
    }

    #[test]
    fn the_way_is_a_shortest_one_and_every_member_is_named() {
        let links = [vec![1], vec![2, 3], vec![0], vec![2], vec![4], vec![0]];
        let found = loops(&links);
        assert_eq!(
            found,
            [Loop { members: vec![0, 1, 2, 3], way: vec![0, 1, 2] }, Loop { members: vec![4], way: vec![4] },]
        );
    }

    #[test]
    fn a_chain_of_a_hundred_thousand_does_not_overflow() {
        let links: Vec<Vec<usize>> = (0..100_000).map(|at| vec![(at + 1) % 100_000]).collect();
        assert_eq!(loops(&links).len(), 1);
    }
}
