//! A diagram as a few small tables.
//!
//! The facts are cut into blocks of neighbours. Between two blocks a citizen stands at one of the nodes that cross the
//! cut; a block's table says, for each of them and each combination of its facts' classes, where they stand after it. So
//! citizens are looked up column by column, without a branch, and the tables stay in the cache.

use super::classes::{Classes, Coded};
use crate::diagram::{Node, Space, Store};
use crate::model::{FactId, ValueSet};
use std::collections::BTreeMap;

/// The largest table of a block of several facts.
const BLOCK: usize = 1 << 13;
/// The most entries all tables may have.
const MOST: usize = 1 << 21;
/// So many citizens are looked up at a time: their places fit into the first cache.
const CHUNK: usize = 1024;

/// One fact of a block: what each of its stretches adds to the place in the table.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub fact: FactId,
    pub adds: Vec<u32>,
}

#[derive(Clone, Debug)]
pub(super) struct Block {
    pub asked: Vec<Asked>,
    pub product: u32,
    /// by where one stands times the product, and the classes: where one stands then
    pub table: Vec<u32>,
}

/// A diagram that can be asked of many at once.
#[derive(Clone, Debug)]
pub(super) struct Layers {
    /// the answer where nothing is asked
    pub constant: u32,
    pub blocks: Vec<Block>,
}

impl Layers {
    /// The tables of a diagram, and what its leaves answer; nothing where they would be too many.
    pub(super) fn new(
        (space, store): (&Space, &Store),
        root: Node,
        classes: &Classes,
        mut answer: impl FnMut(u32) -> u32,
    ) -> Option<Self> {
        let asked = store.asked_in(root);
        if let Some(leaf) = root.as_leaf() {
            return Some(Layers { constant: answer(leaf), blocks: Vec::new() });
        }
        let (mut states, mut blocks, mut next, mut size) = (vec![root], Vec::new(), 0, 0);
        while next < asked.len() {
            let (first, mut product) = (next, space.dimensions[asked[next]].classes.len());
            next += 1;
            while let Some(dimension) = asked.get(next) {
                let more = product * space.dimensions[*dimension].classes.len();
                if states.len() * more > BLOCK {
                    break;
                }
                product = more;
                next += 1;
            }
            size += states.len() * product;
            if size > MOST {
                return None;
            }
            let (block, after) = block((space, store), classes, &states, &asked[first..next], product)?;
            blocks.push(block);
            states = after;
        }
        // after the last block everybody stands at a leaf
        let answers: Vec<u32> =
            states.iter().map(|state| state.as_leaf().map(&mut answer)).collect::<Option<_>>()?;
        let last = blocks.last_mut()?;
        for place in &mut last.table {
            *place = answers[*place as usize];
        }
        Some(Layers { constant: 0, blocks })
    }

    /// What the diagram answers of each. Where a fact it asks is not known the answer means nothing.
    pub(super) fn answers(&self, coded: &Coded) -> Vec<u32> {
        let mut places = vec![self.constant; coded.rows];
        for (at, chunk) in places.chunks_mut(CHUNK).enumerate() {
            let from = at * CHUNK;
            for block in &self.blocks {
                chunk.iter_mut().for_each(|place| *place *= block.product);
                for asked in &block.asked {
                    let Some(column) = &coded.columns[asked.fact.index()] else { continue };
                    let column = &column[from..from + chunk.len()];
                    for (place, class) in chunk.iter_mut().zip(column) {
                        *place += asked.adds[usize::from(*class)];
                    }
                }
                chunk.iter_mut().for_each(|place| *place = block.table[*place as usize]);
            }
        }
        places
    }
}

/// Some neighbouring facts as a table, and where one can stand after it.
fn block(
    (space, store): (&Space, &Store),
    classes: &Classes,
    states: &[Node],
    asked: &[usize],
    product: usize,
) -> Option<(Block, Vec<Node>)> {
    let dimensions = &space.dimensions;
    let mut strides = BTreeMap::new();
    let mut stride = product;
    for dimension in asked {
        stride /= dimensions[*dimension].classes.len();
        strides.insert(*dimension, stride);
    }
    let (mut after, mut numbers) = (Vec::new(), BTreeMap::new());
    let mut table = Vec::with_capacity(states.len() * product);
    for state in states {
        for combination in 0..product {
            let mut node = *state;
            while let Some((dimension, children)) = store.ask(node) {
                let Some(stride) = strides.get(&dimension) else { break };
                node = children[combination / stride % children.len()];
            }
            let number = *numbers.entry(node).or_insert_with(|| {
                after.push(node);
                after.len() as u32 - 1
            });
            table.push(number);
        }
    }
    let adds = |dimension: &usize| {
        let own = &dimensions[*dimension];
        let stretches = classes.of(own.fact)?;
        let class = |start: &i64| own.classes.iter().position(|class| class.contains(*start)).unwrap_or(0);
        let add = |start: &i64| (class(start) * strides[dimension]) as u32;
        // where what is not known is no class of its own it goes anywhere: the answer is not used
        let unknown = own.classes.iter().position(ValueSet::is_empty).unwrap_or(0) * strides[dimension];
        let adds = stretches.starts.iter().map(add).chain([unknown as u32]).collect();
        Some(Asked { fact: own.fact, adds })
    };
    let asked = asked.iter().map(adds).collect::<Option<_>>()?;
    Some((Block { asked, product: product as u32, table }, after))
}
