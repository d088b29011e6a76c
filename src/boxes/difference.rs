//! Where two lists of rules decide differently, as a diagram: a node for each pair of sets of rules that can still
//! decide before and after, and one node for all that have the same parts. Where both sets are the same nothing differs.

use super::changed::Sides;
use super::levels::{Levels, Set, each, fits, put};
use super::table::{Cell, Merged, Space};
use super::{Count, Meter, Spent};
use rustc_hash::FxHashMap;

/// A node of a diagram, or a leaf of it.
pub(super) type Node = u32;

/// The leaf where nothing differs.
pub(super) const SAME: Node = 0;

/// The most nodes a diagram may have: some hundred megabytes.
const MOST_NODES: usize = 1 << 20;

/// One outcome before and one after; none where no rule holds.
pub(super) type Outcomes = (Option<u32>, Option<u32>);

/// Parts of a dimension and what lies behind each of them. What no part has leads to where nothing differs.
type Parts = Vec<(Cell, Node)>;

/// The nodes of a diagram. Leaves stand before them.
pub(super) struct Diagram<'a> {
    pub space: &'a Space,
    /// the dimension of each level
    pub order: Vec<usize>,
    pub leaves: Vec<Outcomes>,
    nodes: Vec<(usize, Parts)>,
    known: FxHashMap<(usize, Parts), Node>,
}

impl<'a> Diagram<'a> {
    /// The diagram of two lists and its root.
    pub(super) fn of(merged: &'a Merged, meter: &mut Meter) -> Result<(Self, Node), Spent> {
        match merged.sides.len() {
            0..=64 => Building::<1>::all(merged, meter),
            65..=256 => Building::<4>::all(merged, meter),
            _ => Err(Spent),
        }
    }

    /// The level of a node and its parts; behind the last level nothing.
    pub(super) fn get(&self, node: Node) -> (usize, &[(Cell, Node)]) {
        match (node as usize).checked_sub(self.leaves.len()) {
            Some(at) => (self.nodes[at].0, &self.nodes[at].1),
            None => (self.order.len(), &[]),
        }
    }

    /// How many nodes and leaves there are.
    pub(super) fn len(&self) -> usize {
        self.leaves.len() + self.nodes.len()
    }

    /// The node of some parts: a new one only where none has the same.
    pub(super) fn node(&mut self, level: usize, mut parts: Parts, meter: &mut Meter) -> Result<Node, Spent> {
        meter.take(parts.len() + 1)?;
        parts.retain(|(cell, node)| *cell != 0 && *node != SAME);
        parts.sort_unstable_by_key(|(cell, node)| (*node, *cell));
        parts.dedup_by(|next, kept| {
            let same = next.1 == kept.1;
            kept.0 |= if same { next.0 } else { 0 };
            same
        });
        match parts.as_slice() {
            [] => return Ok(SAME),
            [(cell, node)] if *cell == self.space.whole[self.order[level]] => return Ok(*node),
            _ => {}
        }
        if self.nodes.len() >= MOST_NODES {
            return Err(Spent);
        }
        let next = self.len() as Node;
        let node = *self.known.entry((level, parts)).or_insert_with_key(|key| {
            self.nodes.push(key.clone());
            next
        });
        Ok(node)
    }

    /// How many points lead to where something differs.
    pub(super) fn points(&self, root: Node) -> Count {
        let many = |levels: std::ops::Range<usize>, count: Count| {
            let size =
                |level: usize| self.space.axes[self.order[level]].size(self.space.whole[self.order[level]]);
            levels.fold(count, |count, level| count.times(size(level)))
        };
        let mut counts = vec![Count::Exactly(1); self.leaves.len()];
        counts[SAME as usize] = Count::Exactly(0);
        // what a node leads to stands before it
        for (level, parts) in &self.nodes {
            let mut sum = Count::Exactly(0);
            for (cell, node) in parts {
                let behind = many(level + 1..self.get(*node).0, counts[*node as usize]);
                sum = sum.plus(behind.times(self.space.axes[self.order[*level]].size(*cell)));
            }
            counts.push(sum);
        }
        let asked = many(0..self.get(root).0, counts[root as usize]);
        let others = (0..self.space.axes.len()).filter(|at| !self.order.contains(at));
        others.fold(asked, |count, at| count.times(self.space.axes[at].size(self.space.whole[at])))
    }
}

struct Building<'a, const W: usize> {
    merged: &'a Merged,
    levels: Levels<'a, W>,
    diagram: Diagram<'a>,
    /// for each level what is known of the sets before and after
    known: Vec<FxHashMap<[Set<W>; 2], Node>>,
}

impl<'a, const W: usize> Building<'a, W> {
    fn all(merged: &'a Merged, meter: &mut Meter) -> Result<(Diagram<'a>, Node), Spent> {
        let many = merged.sides.len();
        if !fits(&merged.space, many, W * 64) {
            return Err(Spent);
        }
        meter.take(many * many)?;
        let levels = Levels::<W>::new(&merged.space, &merged.pieces, many, true);
        let mut outcomes: Vec<Option<u32>> =
            merged.outcomes.iter().copied().map(Some).chain([None]).collect();
        outcomes.sort_unstable();
        outcomes.dedup();
        let pairs = outcomes.iter().flat_map(|before| outcomes.iter().map(move |after| (*before, *after)));
        let leaves =
            [(None, None)].into_iter().chain(pairs.filter(|(before, after)| before != after)).collect();
        let diagram = Diagram {
            space: &merged.space,
            order: levels.order.clone(),
            leaves,
            nodes: Vec::new(),
            known: FxHashMap::default(),
        };
        let known = vec![FxHashMap::default(); levels.order.len()];
        let of = |speaks: fn(&Sides) -> bool| {
            let mut set = [0; W];
            (0..many).filter(|piece| speaks(&merged.sides[*piece])).for_each(|piece| put(&mut set, piece));
            levels.heard(0, set)
        };
        let sets = [of(|sides| sides.old), of(|sides| sides.new)];
        let mut building = Building { merged, levels, diagram, known };
        let root = building.build(0, sets, meter)?;
        Ok((building.diagram, root))
    }

    fn build(&mut self, level: usize, sets: [Set<W>; 2], meter: &mut Meter) -> Result<Node, Spent> {
        if sets[0] == sets[1] {
            return Ok(SAME);
        }
        let together: Set<W> = std::array::from_fn(|word| sets[0][word] | sets[1][word]);
        let Some(level) = self.levels.next_asked(level, together) else {
            // who is heard holds everywhere: one before and one after, or nobody
            let outcome = |set: Set<W>| each(set).next().map(|piece| self.merged.outcomes[piece]);
            let pair = (outcome(sets[0]), outcome(sets[1]));
            let place = |leaves: &[Outcomes]| leaves.iter().skip(1).position(|leaf| *leaf == pair);
            return Ok(place(&self.diagram.leaves).map_or(SAME, |place| place as Node + 1));
        };
        if let Some(node) = self.known[level].get(&sets) {
            return Ok(*node);
        }
        let mut parts = Vec::new();
        for part in self.levels.parts(level, together, meter)? {
            let behind = sets.map(|set| self.levels.behind(level, set, part));
            parts.push((part, self.build(level + 1, behind, meter)?));
        }
        let node = self.diagram.node(level, parts, meter)?;
        self.known[level].insert(sets, node);
        Ok(node)
    }
}
