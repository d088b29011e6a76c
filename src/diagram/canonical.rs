//! A diagram in the one form that only its meaning decides: `docs/semantics.md`, "The meaning of a place".
//!
//! The facts are asked in the order of their names, the date last, whatever order the diagram was built in. What nobody
//! who exists is asked is answered as those beside them are: first values of a fact are taken together where nobody
//! tells them apart, the last fact first, and then a question with one way is none. Every step is chosen by names and
//! values alone, so equal functions of equal citizens have equal forms.

use super::from_model::Diagrams;
use super::store::{NO, Node, NotProven, YES};
use crate::model::{DATE, Domain, FactId, ValueSet};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// A leaf where nobody exists; no number is ever that high.
const NOBODY: u32 = (1 << 31) - 1;

/// Where an answer leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Way {
    /// to a question, by its place in the list
    Ask(usize),
    /// to a leaf of the diagram
    End(u32),
}

/// A fact, and what leads where; the ways by their first values.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Inquiry {
    pub fact: FactId,
    pub ways: Vec<(ValueSet, Way)>,
}

/// A diagram in its one form. Each question stands after those it leads to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Canonical {
    pub inquiries: Vec<Inquiry>,
    /// nothing where nobody exists
    pub start: Option<Way>,
}

impl Canonical {
    /// How many paths lead to an end.
    pub(crate) fn paths(&self) -> u64 {
        let mut paths: Vec<u64> = Vec::with_capacity(self.inquiries.len());
        let count = |paths: &[u64], way: Way| match way {
            Way::Ask(at) => paths[at],
            Way::End(_) => 1,
        };
        for inquiry in &self.inquiries {
            let all = inquiry.ways.iter().map(|(_, way)| count(&paths, *way));
            paths.push(all.fold(0, u64::saturating_add));
        }
        self.start.map_or(0, |way| count(&paths, way))
    }
}

impl Diagrams<'_> {
    /// The one form of a diagram, as far as it is about those in `care`.
    pub(crate) fn canonical(&mut self, diagram: Node, care: Node) -> Result<Canonical, NotProven> {
        let mut whole = self.cared_for(diagram, care)?;
        let mut asked = self.store.asked_in(whole);
        asked.sort_by_cached_key(|at| std::cmp::Reverse(self.rank(*at)));
        for at in asked {
            // where everybody is asked, classes that differ stay apart
            if !self.store.leaves(whole).contains(&NOBODY) {
                break;
            }
            whole = self.taken_together(whole, at)?;
        }
        let mut form = Canonical::default();
        let mut order: Vec<usize> = (0..self.space.dimensions.len()).collect();
        order.sort_by_cached_key(|at| self.rank(*at));
        let mut places = vec![0; order.len()];
        order.iter().enumerate().for_each(|(place, at)| places[*at] = place);
        let mut forming = Forming { order, places, ..Forming::default() };
        form.start = self.form(whole, &mut forming, &mut form.inquiries)?;
        Ok(form)
    }

    /// The leaves that those in `care` come to.
    pub(crate) fn met(&mut self, diagram: Node, care: Node) -> Result<BTreeSet<u32>, NotProven> {
        let whole = self.cared_for(diagram, care)?;
        let mut leaves = self.store.leaves(whole);
        leaves.remove(&NOBODY);
        Ok(leaves)
    }

    /// A diagram that ends in nobody for those not in `care`.
    fn cared_for(&mut self, diagram: Node, care: Node) -> Result<Node, NotProven> {
        match care {
            YES => Ok(diagram),
            _ => self.store.zip(diagram, care, &mut |leaf, cared| if cared == 0 { NOBODY } else { leaf }),
        }
    }

    /// A fact's place in the order: by name, the date last.
    fn rank(&self, at: usize) -> (bool, String) {
        let fact = self.space.dimensions[at].fact;
        (fact == DATE, self.model.facts[fact.index()].name.clone())
    }

    /// Classes of one fact that nobody tells apart, as if they were one.
    fn taken_together(&mut self, whole: Node, at: usize) -> Result<Node, NotProven> {
        let mut pieces: Vec<(Vec<usize>, Node)> = Vec::new();
        for class in self.classes_in_order(at) {
            let piece = self.store.fix(whole, at, class)?;
            match pieces.iter_mut().find(|(_, known)| *known == piece) {
                Some((classes, _)) => classes.push(class),
                None => pieces.push((vec![class], piece)),
            }
        }
        let is_list = matches!(self.domain(at), Domain::YesNo | Domain::List { .. });
        let apart = pieces.len();
        let mut groups: Vec<(Vec<usize>, Node)> = Vec::new();
        for (classes, piece) in pieces {
            let first = if is_list { 0 } else { groups.len().saturating_sub(1) };
            let mut taken = None;
            for (place, (_, group)) in groups.iter().enumerate().skip(first) {
                if let Some(both) = self.both(*group, piece)? {
                    taken = Some((place, both));
                    break;
                }
            }
            match taken {
                Some((place, both)) => {
                    groups[place].0.extend(classes);
                    groups[place].1 = both;
                }
                None => groups.push((classes, piece)),
            }
        }
        match groups.as_slice() {
            [(_, only)] => return Ok(*only),
            all if all.len() == apart => return Ok(whole),
            _ => {}
        }
        let count = self.space.dimensions[at].classes.len();
        let mut together = Node::leaf(NOBODY);
        for (classes, group) in groups {
            let children = (0..count).map(|class| if classes.contains(&class) { YES } else { NO }).collect();
            let here = self.store.node(at, children)?;
            let own =
                self.store.zip(group, here, &mut |leaf, inside| if inside == 0 { NOBODY } else { leaf })?;
            together = self.store.zip(together, own, &mut |one, other| {
                if one == NOBODY { other } else { one }
            })?;
        }
        Ok(together)
    }

    /// One diagram that answers for both, where they agree on everybody whom both are asked of.
    fn both(&mut self, one: Node, other: Node) -> Result<Option<Node>, NotProven> {
        let mut agrees = true;
        let both = self.store.zip(one, other, &mut |one, other| match (one, other) {
            (NOBODY, leaf) | (leaf, NOBODY) => leaf,
            (one, other) => {
                agrees &= one == other;
                one
            }
        })?;
        Ok(agrees.then_some(both))
    }

    fn form(
        &mut self,
        node: Node,
        forming: &mut Forming,
        inquiries: &mut Vec<Inquiry>,
    ) -> Result<Option<Way>, NotProven> {
        if let Some(leaf) = node.as_leaf() {
            return Ok((leaf != NOBODY).then_some(Way::End(leaf)));
        }
        if let Some(known) = forming.done.get(&node) {
            return Ok(*known);
        }
        let place = self.first_asked(node, forming);
        let at = forming.order[place];
        let mut ways: Vec<(ValueSet, Way)> = Vec::new();
        for class in self.classes_in_order(at) {
            let known = forming.fixed.entry((at, class)).or_default();
            let child = self.store.fix_known(node, at, class, known)?;
            let Some(way) = self.form(child, forming, inquiries)? else { continue };
            let set = &self.space.dimensions[at].classes[class];
            match ways.iter_mut().find(|(_, known)| *known == way) {
                Some((values, _)) => *values = values.union(set),
                None => ways.push((set.clone(), way)),
            }
        }
        let way = match ways.as_slice() {
            [] => None,
            [(_, only)] => Some(*only),
            _ => {
                let domain = self.domain(at);
                let written = |set: &ValueSet| ValueSet::from_ranges(domain.written_ranges(set));
                let ways = ways.iter().map(|(set, way)| (written(set), *way)).collect();
                let inquiry = Inquiry { fact: self.space.dimensions[at].fact, ways };
                let next = inquiries.len();
                let place = *forming.known.entry(inquiry.clone()).or_insert(next);
                if place == next {
                    inquiries.push(inquiry);
                }
                Some(Way::Ask(place))
            }
        };
        forming.done.insert(node, way);
        Ok(way)
    }

    /// The fact that a diagram asks and that comes first in the order, by its place there; of a leaf behind the last.
    fn first_asked(&self, node: Node, forming: &mut Forming) -> usize {
        if let Some(known) = forming.first.get(&node) {
            return *known;
        }
        let Some((own, children)) = self.store.ask(node) else { return forming.places.len() };
        let below = children.iter().map(|child| self.first_asked(*child, forming)).min();
        let first = forming.places[own].min(below.unwrap_or(forming.places.len()));
        forming.first.insert(node, first);
        first
    }

    /// The classes of a fact by their first values; those of a list by their first names.
    fn classes_in_order(&self, at: usize) -> Vec<usize> {
        let domain = self.domain(at);
        let key = |class: &usize| {
            let set = &self.space.dimensions[at].classes[*class];
            match domain {
                Domain::List { values, .. } => {
                    let named = values.iter().enumerate().filter(|(index, _)| set.contains(*index as i64));
                    (0, named.map(|(_, value)| value.name.as_str()).min().unwrap_or_default())
                }
                _ => (set.bounds().map_or(0, |(low, _)| low), ""),
            }
        };
        let mut classes: Vec<usize> = (0..self.space.dimensions[at].classes.len()).collect();
        classes.sort_by_key(key);
        classes
    }

    fn domain(&self, at: usize) -> &Domain {
        &self.model.facts[self.space.dimensions[at].fact.index()].domain
    }
}

/// What is being formed.
#[derive(Default)]
struct Forming {
    known: BTreeMap<Inquiry, usize>,
    done: FxHashMap<Node, Option<Way>>,
    /// for each node the first fact in the order that it asks
    first: FxHashMap<Node, usize>,
    /// the dimensions in the order of their facts, and the place of each in it
    order: Vec<usize>,
    places: Vec<usize>,
    /// for each fact and class what is left of nodes
    fixed: FxHashMap<(usize, usize), FxHashMap<Node, Node>>,
}
