//! A diagram for people: one short list of questions, where only those that exist have to be answered.
//!
//! Profiles that do not exist may be answered in any way, and that is used to ask less: a question whose answers can
//! all be given alike is left out, and answers that can be given alike share one way on (two functions that agree
//! wherever both are asked of somebody are taken for one; "restrict" of Coudert and Madre, both ways round). The order
//! of the questions is looked for by sifting (Rudell 1993): each fact in turn is tried in every place, and stays where
//! the fewest ways are left. Every profile that exists still gets the answer of the diagram.

use super::from_model::Diagrams;
use super::store::{Node, NotProven, Store};
use rustc_hash::FxHashMap;

/// What nobody who exists is told.
const NOBODY: u32 = (1 << 31) - 1;

/// How many counted steps the search for a good order may take; then the best order so far is kept.
const SEARCH: u64 = 3_000_000;

/// How often each fact is tried in every place.
const PASSES: usize = 2;

/// A diagram cut free of its store.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flat {
    pub questions: Vec<Question>,
    /// nothing where nobody exists
    pub start: Option<Step>,
}

/// One fact that is asked, and the ways on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Question {
    pub dimension: usize,
    /// which classes of the dimension go which way; a class that brings nobody has none
    pub ways: Vec<(Vec<usize>, Step)>,
}

/// Where a way leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Step {
    /// to another question, by its place in the list
    Ask(usize),
    /// to a leaf
    Answer(u32),
}

impl Diagrams<'_> {
    /// A diagram over the asked facts, cut free, for those of a region.
    pub(crate) fn flatten(&mut self, diagram: Node, region: Node) -> Result<Flat, NotProven> {
        let region = self.store.and(region, self.possible)?;
        let open =
            self.store.zip(diagram, region, &mut |leaf, inside| if inside == 0 { NOBODY } else { leaf })?;
        let classes: Vec<usize> = self.space.dimensions.iter().map(|d| d.classes.len()).collect();
        let asked: Vec<usize> = self.store.asked_in(open);
        let budget = self.store.steps_left();
        let mut source =
            Source { store: &mut self.store, open, classes: &classes, cut: FxHashMap::default() };
        let mut order = asked;
        let mut allowance = SEARCH.min(budget);
        let mut best = source.in_order(&order, budget)?.0;
        let turns = std::iter::repeat_n(order.clone(), PASSES).flatten();
        'search: for fact in turns {
            let from = order.iter().position(|other| *other == fact).unwrap_or(0);
            let mut kept = order.clone();
            for to in (0..order.len()).filter(|to| *to != from) {
                let mut tried = order.clone();
                let moved = tried.remove(from);
                tried.insert(to, moved);
                let Ok((flat, steps)) = source.in_order(&tried, allowance) else { break 'search };
                allowance = allowance.saturating_sub(steps);
                if flat.ways() < best.ways() {
                    best = flat;
                    kept = tried;
                }
            }
            order = kept;
        }
        Ok(best)
    }
}

impl Flat {
    /// How many ways there are: what the reader has to look at.
    pub(crate) fn ways(&self) -> usize {
        self.questions.iter().map(|question| question.ways.len()).sum()
    }

    /// The questions a step leads to, in the order they are met.
    fn reached(&self, start: Option<Step>) -> Vec<usize> {
        let mut reached = Vec::new();
        let mut pending: Vec<Step> = start.into_iter().collect();
        while let Some(step) = pending.pop() {
            let Step::Ask(question) = step else { continue };
            if !reached.contains(&question) {
                reached.push(question);
                pending.extend(self.questions[question].ways.iter().rev().map(|(_, step)| *step));
            }
        }
        reached
    }

    /// Without the questions that were only thought of.
    fn tidied(self) -> Flat {
        let reached = self.reached(self.start);
        let moved = |step: Step| match step {
            Step::Ask(old) => Step::Ask(reached.iter().position(|at| *at == old).unwrap_or(old)),
            answer => answer,
        };
        let question = |at: &usize| {
            let Question { dimension, ways } = self.questions[*at].clone();
            let ways = ways.into_iter().map(|(classes, step)| (classes, moved(step))).collect();
            Question { dimension, ways }
        };
        Flat { questions: reached.iter().map(question).collect(), start: self.start.map(moved) }
    }
}

/// The diagram to be written in another order.
struct Source<'a> {
    store: &'a mut Store,
    open: Node,
    classes: &'a [usize],
    cut: FxHashMap<(Node, usize, usize), Node>,
}

impl Source<'_> {
    /// The flat form in an order of the facts, and the steps it took.
    fn in_order(&mut self, order: &[usize], budget: u64) -> Result<(Flat, u64), NotProven> {
        let mut store = Store::new(budget);
        let open = self.written(self.open, order, 0, &mut store, &mut FxHashMap::default())?;
        let mut flattening = Flattening {
            store,
            joined: FxHashMap::default(),
            done: FxHashMap::default(),
            flat: Flat::default(),
            weights: FxHashMap::default(),
        };
        let start = flattening.step(open)?;
        let steps = budget - flattening.store.steps_left();
        let mut flat = flattening.flat;
        flat.start = start;
        flat = flat.tidied();
        for question in &mut flat.questions {
            question.dimension = order[question.dimension];
        }
        Ok((flat, steps))
    }

    /// The same diagram in another store, whose dimension `k` is `order[k]` of this one.
    fn written(
        &mut self,
        node: Node,
        order: &[usize],
        at: usize,
        to: &mut Store,
        seen: &mut FxHashMap<(Node, usize), Node>,
    ) -> Result<Node, NotProven> {
        if node.as_leaf().is_some() {
            return Ok(node);
        }
        if let Some(known) = seen.get(&(node, at)) {
            return Ok(*known);
        }
        to.step()?;
        let Some(dimension) = order.get(at) else { return Err(NotProven) };
        let mut children = Vec::with_capacity(self.classes[*dimension]);
        for class in 0..self.classes[*dimension] {
            let child = self.fixed(node, *dimension, class)?;
            children.push(self.written(child, order, at + 1, to, seen)?);
        }
        let written = to.node(at, children)?;
        seen.insert((node, at), written);
        Ok(written)
    }

    /// The diagram once a fact is known.
    fn fixed(&mut self, node: Node, dimension: usize, class: usize) -> Result<Node, NotProven> {
        let Some((own, children)) = self.store.ask(node) else { return Ok(node) };
        if own > dimension {
            return Ok(node);
        }
        if own == dimension {
            return Ok(children[class]);
        }
        if let Some(known) = self.cut.get(&(node, dimension, class)) {
            return Ok(*known);
        }
        let children = children.to_vec();
        let mut fixed = Vec::with_capacity(children.len());
        for child in children {
            fixed.push(self.fixed(child, dimension, class)?);
        }
        let result = self.store.node(own, fixed)?;
        self.cut.insert((node, dimension, class), result);
        Ok(result)
    }
}

/// The flat form as it grows.
struct Flattening {
    store: Store,
    joined: FxHashMap<(Node, Node), Option<Node>>,
    done: FxHashMap<Node, Option<Step>>,
    flat: Flat,
    weights: FxHashMap<Node, usize>,
}

impl Flattening {
    /// Where a diagram begins; nothing where it is asked of nobody.
    fn step(&mut self, node: Node) -> Result<Option<Step>, NotProven> {
        if let Some(leaf) = node.as_leaf() {
            return Ok((leaf != NOBODY).then_some(Step::Answer(leaf)));
        }
        if let Some(known) = self.done.get(&node) {
            return Ok(*known);
        }
        self.store.step()?;
        let Some((dimension, children)) = self.store.ask(node) else { return Ok(None) };
        let children = children.to_vec();
        let mut alike: Vec<(Vec<usize>, Node)> = Vec::new();
        for (class, child) in children.into_iter().enumerate() {
            match alike.iter_mut().find(|(_, other)| *other == child) {
                _ if child == Node::leaf(NOBODY) => {}
                Some((classes, _)) => classes.push(class),
                None => alike.push((vec![class], child)),
            }
        }
        let groups = self.grouped(alike)?;
        let mut ways: Vec<(Vec<usize>, Step)> = Vec::new();
        for (classes, child) in groups {
            let Some(step) = self.step(child)? else { continue };
            match ways.iter_mut().find(|(_, other)| *other == step) {
                Some((others, _)) => others.extend(classes),
                None => ways.push((classes, step)),
            }
        }
        ways.iter_mut().for_each(|(classes, _)| classes.sort_unstable());
        let step = match ways.as_slice() {
            [] => None,
            [(_, only)] => Some(*only),
            _ => Some(self.question(Question { dimension, ways })),
        };
        self.done.insert(node, step);
        Ok(step)
    }

    /// Children that can share a way share one, where that asks the reader no more than two ways would.
    fn grouped(&mut self, alike: Vec<(Vec<usize>, Node)>) -> Result<Vec<(Vec<usize>, Node)>, NotProven> {
        let mut groups: Vec<(Vec<usize>, Node)> = Vec::new();
        for (classes, child) in alike {
            let alone = self.weight(child)? + 1;
            let mut best: Option<(usize, usize, Node)> = None;
            for (place, whole) in groups.iter().map(|(_, whole)| *whole).enumerate() {
                let Some(both) = self.join(whole, child)? else { continue };
                let more = self.weight(both)?.saturating_sub(self.weight(whole)?);
                if more < alone && best.is_none_or(|(least, ..)| more < least) {
                    best = Some((more, place, both));
                }
            }
            match best {
                Some((_, place, both)) => {
                    groups[place].0.extend(classes);
                    groups[place].1 = both;
                }
                None => groups.push((classes, child)),
            }
        }
        Ok(groups)
    }

    /// How many ways a reader would look at from here on.
    fn weight(&mut self, node: Node) -> Result<usize, NotProven> {
        if let Some(known) = self.weights.get(&node) {
            return Ok(*known);
        }
        let step = self.step(node)?;
        let weight = self.flat.reached(step).iter().map(|at| self.flat.questions[*at].ways.len()).sum();
        self.weights.insert(node, weight);
        Ok(weight)
    }

    /// A question that asks the same and nowhere leads elsewhere is this one too: it takes in the new classes.
    fn question(&mut self, question: Question) -> Step {
        let leads = |question: &Question, class: usize| {
            question.ways.iter().find(|(classes, _)| classes.contains(&class)).map(|(_, step)| *step)
        };
        let agrees = |known: &Question| {
            let mut classes =
                question.ways.iter().flat_map(|(classes, step)| classes.iter().map(move |c| (*c, *step)));
            known.dimension == question.dimension
                && classes.all(|(class, step)| leads(known, class).is_none_or(|other| other == step))
        };
        let questions = &mut self.flat.questions;
        let Some(place) = questions.iter().position(agrees) else {
            questions.push(question);
            return Step::Ask(questions.len() - 1);
        };
        for (classes, step) in question.ways {
            match questions[place].ways.iter_mut().find(|(_, other)| *other == step) {
                Some((known, _)) => {
                    known.extend(classes);
                    known.sort_unstable();
                    known.dedup();
                }
                None => questions[place].ways.push((classes, step)),
            }
        }
        Step::Ask(place)
    }

    /// One diagram that answers for both, where they agree on everybody whom both are asked of.
    fn join(&mut self, a: Node, b: Node) -> Result<Option<Node>, NotProven> {
        let nobody = Node::leaf(NOBODY);
        if a == b || b == nobody {
            return Ok(Some(a));
        }
        if a == nobody {
            return Ok(Some(b));
        }
        if a.as_leaf().is_some() && b.as_leaf().is_some() {
            return Ok(None);
        }
        if let Some(known) = self.joined.get(&(a, b)) {
            return Ok(*known);
        }
        self.store.step()?;
        let (dimension, pairs) = self.store.split(a, b);
        let mut children = Vec::with_capacity(pairs.len());
        for (a, b) in pairs {
            match self.join(a, b)? {
                Some(child) => children.push(child),
                None => {
                    self.joined.insert((a, b), None);
                    return Ok(None);
                }
            }
        }
        let both = self.store.node(dimension, children)?;
        self.joined.insert((a, b), Some(both));
        Ok(Some(both))
    }
}
