//! Regions for people: irredundant lists of maximal boxes, and witnesses.
//!
//! A box fixes a set of classes in each dimension. It is *maximal* when every class added would reach an existing
//! profile outside the region or bring nobody who exists, and a list is *irredundant* when no box can be left out. This is the expand
//! and irredundant step of two-level minimisation (Espresso; Brayton et al. 1984), done on the diagram, so that
//! both answers are exact. Worked example, two facts with classes {0,1,2}: region `a>=1 or b>=1`. The first profile
//! not yet covered is (0,1); widening `a` reaches every class, widening `b` must stop before 0: box `b>=1`. What is
//! left is (1,0),(2,0); from (1,0) `b` can be freed and `a` widened to {1,2}: box `a>=1`. The boxes share a corner
//! and neither can go.

use super::space::Space;
use super::store::{NO, Node, NotProven, Store, YES};
use rustc_hash::{FxHashMap, FxHashSet};

/// A box: for each dimension, which classes it admits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cells(pub(crate) Vec<Vec<bool>>);

/// A list of boxes, and whether it is all of them.
pub(crate) struct Cover {
    pub boxes: Vec<Cells>,
    /// false where the list stopped before the region was covered
    pub complete: bool,
}

impl Cells {
    fn at(space: &Space, point: &[usize]) -> Self {
        let cells = space.dimensions.iter().zip(point);
        Cells(cells.map(|(d, class)| (0..d.classes.len()).map(|other| other == *class).collect()).collect())
    }

    fn constrained(&self) -> usize {
        self.0.iter().filter(|classes| classes.contains(&false)).count()
    }
}

/// More boxes than this nobody reads: the list stops there and says so.
const MOST_BOXES: usize = 64;

/// An irredundant list of maximal boxes of `region` within `possible`, and whether they cover all of it. Both
/// regions ask only the first `space.asked` dimensions.
pub(crate) fn cover(
    store: &mut Store,
    space: &Space,
    region: Node,
    possible: Node,
) -> Result<Cover, NotProven> {
    let outside = store.without(possible, region)?;
    let mut left = store.and(region, possible)?;
    let whole = left;
    let mut boxes: Vec<Cells> = Vec::new();
    while left != NO && boxes.len() < MOST_BOXES {
        let Some(point) = nearest_point(store, space, left)? else { break };
        let cells = grow(store, space, (outside, possible), &point)?;
        let node = box_node(store, &cells)?;
        left = store.without(left, node)?;
        boxes.push(cells);
    }
    // the narrowest boxes are the first to be doubted
    boxes.sort_by_key(|cells| std::cmp::Reverse(cells.constrained()));
    let mut list: Vec<Cells> = Vec::new();
    for (index, cells) in boxes.iter().enumerate() {
        let others = list.iter().chain(&boxes[index + 1..]).collect();
        let mut alone = Alone { store, own: cells, known: FxHashSet::default() };
        if alone.is_somebody(whole, 0, others)? {
            list.push(cells.clone());
        }
    }
    list.sort_by(|a, b| (a.constrained(), b).cmp(&(b.constrained(), a)));
    Ok(Cover { boxes: list, complete: left == NO })
}

/// Looks for somebody of a region whom one box has and no other.
struct Alone<'a> {
    store: &'a mut Store,
    own: &'a Cells,
    /// where nobody was found
    known: FxHashSet<(Node, usize, Vec<usize>)>,
}

impl Alone<'_> {
    /// Whether there is somebody below a node, in the dimensions from one on, who is in none of the others.
    fn is_somebody(&mut self, node: Node, at: usize, others: Vec<&Cells>) -> Result<bool, NotProven> {
        if node == NO || others.is_empty() {
            return Ok(node != NO);
        }
        self.store.steps(others.len())?;
        // who is in all that is left of a box is in the box
        if others.iter().any(|cells| self.own.0[at..].iter().zip(&cells.0[at..]).all(is_within)) {
            return Ok(false);
        }
        // boxes are told apart by where they lie
        let key = (node, at, others.iter().map(|cells| std::ptr::from_ref(*cells) as usize).collect());
        if self.known.contains(&key) {
            return Ok(false);
        }
        let own = self.own;
        for class in (0..own.0[at].len()).filter(|class| own.0[at][*class]) {
            let behind = others.iter().copied().filter(|cells| cells.0[at][class]).collect();
            if self.is_somebody(self.store.answer_in(node, at, class), at + 1, behind)? {
                return Ok(true);
            }
        }
        self.known.insert(key);
        Ok(false)
    }
}

/// Whether each class that one admits another admits too.
fn is_within((one, other): (&Vec<bool>, &Vec<bool>)) -> bool {
    one.iter().zip(other).all(|(own, others)| !own || *others)
}

/// The region of a box.
pub(crate) fn box_node(store: &mut Store, cells: &Cells) -> Result<Node, NotProven> {
    let mut node = YES;
    for (dimension, classes) in cells.0.iter().enumerate().rev() {
        let children = classes.iter().map(|admitted| if *admitted { node } else { NO }).collect();
        node = store.node(dimension, children)?;
    }
    Ok(node)
}

/// Widens a point to a maximal box that does not meet `outside`: first whole dimensions, the date before the
/// others and then the last asked, then class by class, as long as the class brings somebody who exists.
fn grow(
    store: &mut Store,
    space: &Space,
    (outside, possible): (Node, Node),
    point: &[usize],
) -> Result<Cells, NotProven> {
    let mut cells = Cells::at(space, point);
    let mut order: Vec<usize> = (0..space.dimensions.len()).collect();
    order.sort_by_key(|at| (space.dimensions[*at].fact != crate::model::DATE, std::cmp::Reverse(*at)));
    for at in &order {
        let whole = vec![true; space.dimensions[*at].classes.len()];
        let before = std::mem::replace(&mut cells.0[*at], whole);
        if meets(store, outside, &cells)? {
            cells.0[*at] = before;
        }
    }
    let mut grew = true;
    while std::mem::take(&mut grew) {
        for at in &order {
            if !cells.0[*at].contains(&false) {
                continue;
            }
            let astray = reached(store, outside, &cells, *at)?;
            let somebody = reached(store, possible, &cells, *at)?;
            for (class, admitted) in cells.0[*at].iter_mut().enumerate() {
                if !*admitted && !astray[class] && somebody[class] {
                    *admitted = true;
                    grew = true;
                }
            }
        }
    }
    Ok(cells)
}

/// Whether a region and a box share a profile.
fn meets(store: &mut Store, region: Node, cells: &Cells) -> Result<bool, NotProven> {
    meets_below(store, region, cells, &mut FxHashMap::default())
}

fn meets_below(
    store: &mut Store,
    node: Node,
    cells: &Cells,
    seen: &mut FxHashMap<Node, bool>,
) -> Result<bool, NotProven> {
    if let Some(leaf) = node.as_leaf() {
        return Ok(leaf != 0);
    }
    if let Some(answer) = seen.get(&node) {
        return Ok(*answer);
    }
    store.step()?;
    let mut answer = false;
    for child in admitted(store, node, cells) {
        if meets_below(store, child, cells, seen)? {
            answer = true;
            break;
        }
    }
    seen.insert(node, answer);
    Ok(answer)
}

/// The children of a node that a box admits.
fn admitted(store: &Store, node: Node, cells: &Cells) -> Vec<Node> {
    let Some((dimension, children)) = store.ask(node) else { return Vec::new() };
    children.iter().zip(&cells.0[dimension]).filter(|(_, admits)| **admits).map(|(child, _)| *child).collect()
}

/// For each class of one dimension, whether a region shares a profile with the box once that dimension is fixed to
/// the class, whatever the box says of it. One walk answers for all classes.
fn reached(store: &mut Store, region: Node, cells: &Cells, at: usize) -> Result<Vec<bool>, NotProven> {
    let mut reached = vec![false; cells.0[at].len()];
    let mut below = FxHashMap::default();
    let mut entered = FxHashSet::default();
    let mut pending = vec![region];
    while let Some(node) = pending.pop() {
        store.step()?;
        match store.ask(node) {
            Some((dimension, _)) if dimension < at => {
                let children = admitted(store, node, cells);
                pending.extend(children.into_iter().filter(|child| entered.insert(*child)));
            }
            Some((dimension, children)) if dimension == at => {
                let children: Vec<(usize, Node)> = children.iter().copied().enumerate().collect();
                for (class, child) in children {
                    reached[class] = reached[class] || meets_below(store, child, cells, &mut below)?;
                }
            }
            // the region does not ask this dimension any more: all classes alike
            _ => {
                if meets_below(store, node, cells, &mut below)? {
                    return Ok(vec![true; reached.len()]);
                }
            }
        }
    }
    Ok(reached)
}

/// The point of a region that strays least from the typical citizen: the fewest changed facts, then the nearest
/// values, then the first class in the order of the dimensions. Nothing for an empty region.
pub(crate) fn nearest_point(
    store: &mut Store,
    space: &Space,
    region: Node,
) -> Result<Option<Vec<usize>>, NotProven> {
    fn price(
        store: &mut Store,
        space: &Space,
        node: Node,
        seen: &mut FxHashMap<Node, Option<(u64, usize)>>,
    ) -> Result<Option<(u64, usize)>, NotProven> {
        if let Some(leaf) = node.as_leaf() {
            return Ok((leaf != 0).then_some((0, 0)));
        }
        if let Some(known) = seen.get(&node) {
            return Ok(*known);
        }
        store.step()?;
        let Some((dimension, children)) = store.ask(node) else { return Ok(None) };
        let children = children.to_vec();
        let mut best: Option<(u64, usize)> = None;
        for (class, child) in children.into_iter().enumerate() {
            let Some((below, _)) = price(store, space, child, seen)? else { continue };
            let total = below + space.dimensions[dimension].cost[class];
            if best.is_none_or(|(least, _)| total < least) {
                best = Some((total, class));
            }
        }
        seen.insert(node, best);
        Ok(best)
    }
    let mut seen = FxHashMap::default();
    if price(store, space, region, &mut seen)?.is_none() {
        return Ok(None);
    }
    let typical = |classes: &[u64]| classes.iter().position(|cost| *cost == 0).unwrap_or(0);
    let mut point: Vec<usize> = space.dimensions.iter().map(|d| typical(&d.cost)).collect();
    let mut node = region;
    while let Some((dimension, children)) = store.ask(node) {
        let class = seen.get(&node).copied().flatten().map_or(0, |(_, class)| class);
        point[dimension] = class;
        node = children[class];
    }
    Ok(Some(point))
}
