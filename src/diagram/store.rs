//! The node store: hash-consed multi-valued decision diagrams.
//!
//! A node asks one dimension and has one child per class of it; a leaf is a number (0 and 1 for regions, an index
//! for verdicts). Dimensions are asked in one fixed order, a node whose children are all equal is never made, and
//! equal nodes are made once, so each function has one diagram (Bryant 1986; for several values Kam et al. 1998).

use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;

/// A diagram: a node of the store, or a leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Node(u32);

const LEAF: u32 = 1 << 31;

/// The empty region.
pub(crate) const NO: Node = Node(LEAF);
/// The region of everyone.
pub(crate) const YES: Node = Node(LEAF | 1);

impl Node {
    /// The diagram that answers `value` everywhere.
    pub(crate) fn leaf(value: u32) -> Node {
        Node(LEAF | value)
    }

    /// The answer, if it is the same everywhere.
    pub(crate) fn as_leaf(self) -> Option<u32> {
        (self.0 & LEAF != 0).then_some(self.0 & !LEAF)
    }
}

/// The allowance of counted steps ran out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotProven;

/// A diagram, or the news that the allowance ran out.
pub(crate) type Built = Result<Node, NotProven>;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Operation {
    And,
    Or,
    Without,
}

/// All nodes of one task, in flat arrays: a task makes many and drops them all at once.
pub(crate) struct Store {
    /// what each node asks, and where its children end
    nodes: Vec<(u32, u32)>,
    /// the children of all nodes, one node after the other
    children: Vec<Node>,
    unique: Unique,
    results: FxHashMap<(Operation, Node, Node), Node>,
    /// children that are being worked out, those of the innermost node last
    open: Vec<Node>,
    /// what the question that is asked may still take
    steps_left: u64,
    /// what is kept for the questions after it
    kept: u64,
}

/// The nodes by what they ask and what their children are: open addressing, at most half full.
#[derive(Default)]
struct Unique {
    /// the numbers of nodes, and `LEAF` where there is none
    slots: Vec<u32>,
    taken: usize,
}

impl Store {
    /// An empty store that may take `budget` steps.
    pub(crate) fn new(budget: u64) -> Self {
        Store {
            nodes: Vec::new(),
            children: Vec::new(),
            unique: Unique::default(),
            results: FxHashMap::default(),
            open: Vec::new(),
            steps_left: budget,
            kept: 0,
        }
    }

    /// Counts one step.
    pub(crate) fn step(&mut self) -> Result<(), NotProven> {
        self.steps(1)
    }

    pub(super) fn steps(&mut self, many: usize) -> Result<(), NotProven> {
        match self.steps_left.checked_sub(many as u64) {
            Some(left) => {
                self.steps_left = left;
                Ok(())
            }
            None => {
                self.steps_left = 0;
                Err(NotProven)
            }
        }
    }

    /// How many steps may still be taken.
    pub(super) fn steps_left(&self) -> u64 {
        self.steps_left
    }

    /// Counts steps anew.
    pub(crate) fn allow(&mut self, budget: u64) {
        (self.steps_left, self.kept) = (budget, 0);
        self.open.clear();
    }

    /// Tries what may find no end with a part of the allowance.
    pub(crate) fn within<T>(
        &mut self,
        part: u64,
        attempt: impl FnOnce(&mut Store) -> Result<T, NotProven>,
    ) -> Result<T, NotProven> {
        let part = part.min(self.steps_left);
        let others = self.steps_left - part;
        self.steps_left = part;
        let result = attempt(self);
        self.steps_left += others;
        // what ran out of steps left children open
        if result.is_err() {
            self.open.clear();
        }
        result
    }

    /// A diagram with other diagrams in the place of its leaves.
    pub(crate) fn composed(&mut self, a: Node, ends: &[Node]) -> Built {
        let end = |leaf: u32| ends[leaf as usize];
        if let Some(first) = ends.first().filter(|first| ends.iter().all(|end| end == *first)) {
            return Ok(*first);
        }
        let mut whole = self.map(a, &mut |leaf| end(leaf).as_leaf().unwrap_or_default())?;
        let mut others: Vec<Node> = ends.iter().copied().filter(|end| end.as_leaf().is_none()).collect();
        others.sort_unstable();
        others.dedup();
        for other in others {
            let here = self.map(a, &mut |leaf| u32::from(end(leaf) == other))?;
            // one more than the leaf, nothing elsewhere
            let own = self.zip(here, other, &mut |here, leaf| if here == 0 { 0 } else { leaf + 1 })?;
            whole = self.zip(whole, own, &mut |whole, own| own.checked_sub(1).unwrap_or(whole))?;
        }
        Ok(whole)
    }

    /// What is left of the allowance.
    pub(crate) fn left(&self) -> u64 {
        self.steps_left + self.kept
    }

    /// Goes on to another question of the same task: it may take half of what is left, so that all questions of a task
    /// together take no more than its allowance, and one that finds no end does not leave the others without an answer.
    pub(crate) fn next_question(&mut self) {
        let left = self.steps_left + self.kept;
        self.steps_left = left.div_ceil(2);
        self.kept = left - self.steps_left;
        // what ran out of steps left children open
        self.open.clear();
    }

    /// The node that asks `dimension` and goes on with `children[class]`.
    pub(crate) fn node(&mut self, dimension: usize, children: Vec<Node>) -> Built {
        let from = self.open.len();
        self.open.extend(children);
        self.close(dimension, from)
    }

    /// The node whose children are the open ones from `from` on.
    fn close(&mut self, dimension: usize, from: usize) -> Built {
        let made = self.made(dimension as u32, from);
        self.open.truncate(from);
        made
    }

    fn made(&mut self, dimension: u32, from: usize) -> Built {
        // each child was looked at
        self.steps(self.open.len() - from)?;
        let first = self.open[from];
        if self.open[from..].iter().all(|child| *child == first) {
            return Ok(first);
        }
        if self.unique.taken * 2 >= self.unique.slots.len() {
            self.grow();
        }
        let children = &self.open[from..];
        let mask = self.unique.slots.len() - 1;
        let mut slot = hash(dimension, children) & mask;
        loop {
            match self.unique.slots[slot] {
                LEAF => break,
                known if self.nodes[known as usize].0 == dimension && self.below(known) == children => {
                    return Ok(Node(known));
                }
                _ => slot = (slot + 1) & mask,
            }
        }
        let node = self.nodes.len() as u32;
        self.children.extend_from_slice(&self.open[from..]);
        self.nodes.push((dimension, self.children.len() as u32));
        self.unique.slots[slot] = node;
        self.unique.taken += 1;
        Ok(Node(node))
    }

    fn grow(&mut self) {
        let mut slots = vec![LEAF; (self.unique.slots.len() * 2).max(256)];
        let mask = slots.len() - 1;
        for (node, (dimension, _)) in self.nodes.iter().enumerate() {
            let mut slot = hash(*dimension, self.below(node as u32)) & mask;
            while slots[slot] != LEAF {
                slot = (slot + 1) & mask;
            }
            slots[slot] = node as u32;
        }
        self.unique.slots = slots;
    }

    /// The children of a node.
    fn below(&self, node: u32) -> &[Node] {
        let node = node as usize;
        let from = node.checked_sub(1).map_or(0, |before| self.nodes[before].1);
        &self.children[from as usize..self.nodes[node].1 as usize]
    }

    /// Which dimension a diagram asks first, and its children; nothing for a leaf.
    pub(crate) fn ask(&self, node: Node) -> Option<(usize, &[Node])> {
        let (dimension, _) = self.nodes.get(node.0 as usize)?;
        Some((*dimension as usize, self.below(node.0)))
    }

    /// The dimension a diagram asks first, and how many classes it has; nothing for a leaf.
    fn first(&self, node: Node) -> Option<(usize, usize)> {
        self.ask(node).map(|(dimension, children)| (dimension, children.len()))
    }

    /// What a diagram goes on with in a class of a dimension; it asks none before that one.
    pub(super) fn answer_in(&self, node: Node, dimension: usize, class: usize) -> Node {
        match self.ask(node) {
            Some((own, children)) if own == dimension => children[class],
            _ => node,
        }
    }

    /// The dimensions a diagram asks, in order.
    pub(crate) fn asked_in(&self, diagram: Node) -> Vec<usize> {
        let (mut asked, mut seen) = (BTreeSet::new(), FxHashSet::default());
        let mut pending = vec![diagram];
        while let Some(node) = pending.pop() {
            if let Some((dimension, children)) = self.ask(node).filter(|_| seen.insert(node)) {
                asked.insert(dimension);
                pending.extend(children);
            }
        }
        asked.into_iter().collect()
    }

    /// Both regions.
    pub(crate) fn and(&mut self, a: Node, b: Node) -> Built {
        self.boolean(Operation::And, a.min(b), a.max(b))
    }

    /// Either region.
    pub(crate) fn or(&mut self, a: Node, b: Node) -> Built {
        self.boolean(Operation::Or, a.min(b), a.max(b))
    }

    /// The first region without the second.
    pub(crate) fn without(&mut self, a: Node, b: Node) -> Built {
        self.boolean(Operation::Without, a, b)
    }

    /// Everyone but this region.
    pub(crate) fn not(&mut self, a: Node) -> Built {
        self.without(YES, a)
    }

    fn boolean(&mut self, operation: Operation, a: Node, b: Node) -> Built {
        let settled = match operation {
            Operation::And if a == NO || b == NO => Some(NO),
            Operation::And if a == YES || a == b => Some(b),
            Operation::And if b == YES => Some(a),
            Operation::Or if a == YES || b == YES => Some(YES),
            Operation::Or if a == NO || a == b => Some(b),
            Operation::Or if b == NO => Some(a),
            Operation::Without if a == NO || b == YES || a == b => Some(NO),
            Operation::Without if b == NO => Some(a),
            _ => None,
        };
        if let Some(node) = settled.or_else(|| self.results.get(&(operation, a, b)).copied()) {
            return Ok(node);
        }
        let Some((dimension, classes)) = self.first_of(a, b) else { return Ok(NO) };
        let from = self.open.len();
        for class in 0..classes {
            let (a, b) = (self.answer_in(a, dimension, class), self.answer_in(b, dimension, class));
            let (a, b) = ordered(operation, a, b);
            let child = self.boolean(operation, a, b)?;
            self.open.push(child);
        }
        let node = self.close(dimension, from)?;
        self.results.insert((operation, a, b), node);
        Ok(node)
    }

    /// The dimension two diagrams ask first, and how many classes it has; nothing for two leaves.
    fn first_of(&self, a: Node, b: Node) -> Option<(usize, usize)> {
        match (self.first(a), self.first(b)) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        }
    }

    /// Two diagrams leaf by leaf: `join(left, right)` at every profile.
    pub(crate) fn zip(&mut self, a: Node, b: Node, join: &mut dyn FnMut(u32, u32) -> u32) -> Built {
        self.zip_within(a, b, join, &mut FxHashMap::default())
    }

    fn zip_within(
        &mut self,
        a: Node,
        b: Node,
        join: &mut dyn FnMut(u32, u32) -> u32,
        seen: &mut FxHashMap<(Node, Node), Node>,
    ) -> Built {
        if let (Some(left), Some(right)) = (a.as_leaf(), b.as_leaf()) {
            return Ok(Node::leaf(join(left, right)));
        }
        if let Some(node) = seen.get(&(a, b)) {
            return Ok(*node);
        }
        self.step()?;
        let Some((dimension, classes)) = self.first_of(a, b) else { return Ok(NO) };
        let from = self.open.len();
        for class in 0..classes {
            let (a, b) = (self.answer_in(a, dimension, class), self.answer_in(b, dimension, class));
            let child = self.zip_within(a, b, join, seen)?;
            self.open.push(child);
        }
        let node = self.close(dimension, from)?;
        seen.insert((a, b), node);
        Ok(node)
    }

    /// A diagram leaf by leaf.
    pub(crate) fn map(&mut self, a: Node, change: &mut dyn FnMut(u32) -> u32) -> Built {
        self.zip(a, NO, &mut |leaf, _| change(leaf))
    }

    /// The region that some continuation in the dimensions from `first` on belongs to.
    pub(crate) fn exists_from(&mut self, a: Node, first: usize) -> Built {
        self.exists_within(a, first, &mut FxHashMap::default())
    }

    fn exists_within(&mut self, a: Node, first: usize, seen: &mut FxHashMap<Node, Node>) -> Built {
        let Some((dimension, classes)) = self.first(a) else { return Ok(a) };
        // below the last dimension kept, a diagram that is not empty has a continuation
        if dimension >= first {
            return Ok(YES);
        }
        if let Some(node) = seen.get(&a) {
            return Ok(*node);
        }
        let from = self.open.len();
        for class in 0..classes {
            let child = self.exists_within(self.answer_in(a, dimension, class), first, seen)?;
            self.open.push(child);
        }
        let node = self.close(dimension, from)?;
        seen.insert(a, node);
        Ok(node)
    }

    /// The diagram once one dimension is fixed to a class; the answer does not ask that dimension.
    pub(crate) fn fix(&mut self, a: Node, at: usize, class: usize) -> Built {
        self.fix_known(a, at, class, &mut FxHashMap::default())
    }

    /// The same for one who fixes many diagrams so and keeps what became of each node.
    pub(super) fn fix_known(
        &mut self,
        a: Node,
        at: usize,
        class: usize,
        known: &mut FxHashMap<Node, Node>,
    ) -> Built {
        let settle = &mut |_: &mut Store, children: &[Node]| Ok(children[class]);
        self.rebuild(a, known, (&|dimension| dimension == at, at), settle)
    }

    /// The region that some change in the dimensions that are `free` belongs to.
    pub(crate) fn exists(&mut self, a: Node, free: &dyn Fn(usize) -> bool) -> Built {
        let settle = &mut |store: &mut Store, children: &[Node]| {
            children.iter().try_fold(NO, |any, child| store.or(any, *child))
        };
        self.rebuild(a, &mut FxHashMap::default(), (free, usize::MAX), settle)
    }

    /// The diagram without one dimension: what its children answer, joined.
    pub(super) fn joined(&mut self, a: Node, at: usize, join: &mut dyn FnMut(u32, u32) -> u32) -> Built {
        let settle = &mut |store: &mut Store, children: &[Node]| {
            children[1..].iter().try_fold(children[0], |all, child| store.zip(all, *child, join))
        };
        self.rebuild(a, &mut FxHashMap::default(), (&|dimension| dimension == at, at), settle)
    }

    /// A diagram anew without some dimensions, none of them after the last; `settle` says what becomes of the children
    /// of such a one.
    fn rebuild(
        &mut self,
        a: Node,
        seen: &mut FxHashMap<Node, Node>,
        (drop, last): (&dyn Fn(usize) -> bool, usize),
        settle: &mut dyn FnMut(&mut Store, &[Node]) -> Built,
    ) -> Built {
        let Some((dimension, classes)) = self.first(a).filter(|(dimension, _)| *dimension <= last) else {
            return Ok(a);
        };
        if let Some(node) = seen.get(&a) {
            return Ok(*node);
        }
        self.step()?;
        let from = self.open.len();
        for class in 0..classes {
            let child = self.rebuild(self.answer_in(a, dimension, class), seen, (drop, last), settle)?;
            self.open.push(child);
        }
        let node = if drop(dimension) {
            let rebuilt = self.open.split_off(from);
            settle(self, &rebuilt)?
        } else {
            self.close(dimension, from)?
        };
        seen.insert(a, node);
        Ok(node)
    }

    /// The leaves of a diagram.
    pub(super) fn leaves(&self, a: Node) -> BTreeSet<u32> {
        let (mut leaves, mut seen) = (BTreeSet::new(), FxHashSet::default());
        let mut pending = vec![a];
        while let Some(node) = pending.pop() {
            match self.ask(node) {
                None => leaves.extend(node.as_leaf()),
                Some((_, children)) => {
                    pending.extend(children.iter().copied().filter(|child| seen.insert(*child)));
                }
            }
        }
        leaves
    }

    /// The leaf at one point, given as a class for each dimension.
    pub(crate) fn at(&self, mut node: Node, point: &[usize]) -> u32 {
        while let Some((dimension, children)) = self.ask(node) {
            node = children[point[dimension]];
        }
        node.as_leaf().unwrap_or_default()
    }

    /// The dimension two diagrams ask first, and both for each of its classes.
    pub(super) fn split(&self, a: Node, b: Node) -> (usize, Vec<(Node, Node)>) {
        match (self.ask(a), self.ask(b)) {
            (Some((first, left)), Some((second, right))) if first == second => {
                (first, left.iter().copied().zip(right.iter().copied()).collect())
            }
            (Some((first, left)), other) if other.is_none_or(|(second, _)| first < second) => {
                (first, left.iter().map(|child| (*child, b)).collect())
            }
            (_, Some((second, right))) => (second, right.iter().map(|child| (a, *child)).collect()),
            (_, None) => (0, vec![(a, b)]),
        }
    }
}

/// Fx, as rustc-hash has it, over the words of a node; the high bits are the well mixed ones.
fn hash(dimension: u32, children: &[Node]) -> usize {
    const SPREAD: u64 = 0xF135_7AEA_2E62_A9C5;
    let mixed = children.iter().fold(u64::from(dimension), |mixed, child| {
        mixed.wrapping_add(u64::from(child.0)).wrapping_mul(SPREAD)
    });
    (mixed.rotate_left(26)) as usize
}

fn ordered(operation: Operation, a: Node, b: Node) -> (Node, Node) {
    if operation == Operation::Without { (a, b) } else { (a.min(b), a.max(b)) }
}
