//! Citizens who are made up, each of whom there can be.
//!
//! Where facts are tied to each other by an `antag`, the diagram of the assumptions is walked from its root, and only ways
//! are taken on which somebody is left; so nobody is thrown away. The numbers are drawn by SplitMix64, by the seed and the
//! number of the citizen alone: any citizen can be made by any thread.

use super::batch::Batch;
use super::decider::Decider;
use crate::diagram::{Diagrams, NO, Node, NotProven};
use crate::ground::{Day, Text, text};
use crate::model::{DATE, Domain, FactId, Formula, Model, ValueSet};

/// A source of citizens.
#[derive(Debug)]
pub struct Synthetic {
    seed: u64,
    facts: Vec<Drawn>,
    /// the diagram of the assumptions: the fact that is asked, and where each of its classes leads
    nodes: Vec<(FactId, Vec<Class>)>,
    root: Next,
}

/// Values that lead alike, and where; nothing to nobody.
type Class = (ValueSet, Option<Next>);

#[derive(Clone, Copy, Debug)]
enum Next {
    Node(usize),
    Anybody,
}

/// How the values of one fact are drawn.
#[derive(Clone, Debug)]
struct Drawn {
    domain: Domain,
    /// the values there can be
    all: ValueSet,
    /// where something begins or ends
    starts: Vec<i64>,
    typical: i64,
}

impl Decider {
    /// Made up citizens on one day, or, without one, on any day of the window.
    ///
    /// # Errors
    /// There can be nobody; the assumptions take more steps than are allowed.
    pub fn synthetic(&self, seed: u64, day: Option<Day>) -> Result<Synthetic, Text> {
        let model = self.model();
        let mut known = vec![None; model.facts.len()];
        known[DATE.index()] = day;
        let made = Synthetic::new(self, model, &known, seed).map_err(|NotProven| {
            text!(
                en: "not proven: the budget ran out before it was known who there can be; a larger `--budget` may help",
                da: "ikke bevist: beregningsrammen slap op, før det var kendt, hvem der kan findes; prøv med en større `--budget`"
            )
        })?;
        made.ok_or_else(|| {
            text!(en: "there can be nobody: the assumptions exclude everyone", da: "der kan ikke findes nogen: antagelserne udelukker alle")
        })
    }
}

impl Synthetic {
    fn new(
        decider: &Decider,
        model: &Model,
        known: &[Option<i64>],
        seed: u64,
    ) -> Result<Option<Self>, NotProven> {
        let statements = decider.within().statements();
        let assumed: Vec<&Formula> = model.assumptions.iter().map(|assumption| &assumption.formula).collect();
        let mut made = Diagrams::with_known(model, statements, &[], &assumed, known, decider.budget())?;
        let mut region = crate::diagram::YES;
        for formula in &assumed {
            let holds = made.formula(formula)?;
            region = made.store.and(region, holds)?;
        }
        let mut synthetic = Synthetic { seed, facts: Vec::new(), nodes: Vec::new(), root: Next::Anybody };
        let mut numbers = std::collections::BTreeMap::new();
        let Some(root) = synthetic.add(&made, region, &mut numbers) else { return Ok(None) };
        synthetic.root = root;
        let window = ValueSet::range(model.window.from, model.window.to);
        synthetic.facts = model
            .fact_ids()
            .map(|id| {
                let fact = &model.facts[id.index()];
                let all = match known[id.index()] {
                    Some(value) => ValueSet::range(value, value),
                    None if id == DATE => window.clone(),
                    None => fact.domain.all(),
                };
                let starts = decider.within().classes.of(id).map_or_else(Vec::new, |own| own.starts.clone());
                Drawn { domain: fact.domain.clone(), all, starts, typical: fact.typical }
            })
            .collect();
        Ok(Some(synthetic))
    }

    fn add(
        &mut self,
        made: &Diagrams<'_>,
        node: Node,
        numbers: &mut std::collections::BTreeMap<Node, usize>,
    ) -> Option<Next> {
        if node == NO {
            return None;
        }
        let Some((dimension, children)) = made.store.ask(node) else { return Some(Next::Anybody) };
        if let Some(known) = numbers.get(&node) {
            return Some(Next::Node(*known));
        }
        let own = &made.space.dimensions[dimension];
        let ways: Vec<(ValueSet, Option<Next>)> = own
            .classes
            .iter()
            .zip(children)
            .map(|(class, child)| (class.clone(), self.add(made, *child, numbers)))
            .collect();
        self.nodes.push((own.fact, ways));
        numbers.insert(node, self.nodes.len() - 1);
        Some(Next::Node(self.nodes.len() - 1))
    }

    /// Some of the citizens, from the one with this number on. Always the same for the same seed.
    pub fn batch(&self, first: u64, rows: usize) -> Batch {
        let mut columns = vec![Vec::with_capacity(rows); self.facts.len()];
        for row in 0..rows as u64 {
            let citizen = self.citizen(first + row);
            columns.iter_mut().zip(citizen).for_each(|(column, value)| column.push(value));
        }
        let mut batch = Batch::new(self.facts.len(), rows);
        for (fact, column) in columns.into_iter().enumerate() {
            batch.put(fact, column);
        }
        batch
    }

    fn citizen(&self, number: u64) -> Vec<i64> {
        let mut random = Random(self.seed ^ number.wrapping_mul(0xD134_2543_DE82_EF95));
        let mut allowed: Vec<Option<ValueSet>> = vec![None; self.facts.len()];
        let mut values: Vec<i64> = Vec::with_capacity(self.facts.len());
        // what the assumptions tie is settled fact by fact, in the order of their diagram
        let mut next = self.root;
        while let Next::Node(at) = next {
            let (fact, ways) = &self.nodes[at];
            let open = ways.iter().filter(|(_, next)| next.is_some());
            let all = open.clone().fold(ValueSet::empty(), |all, (class, _)| all.union(class));
            let value = self.facts[fact.index()].draw(&all, &mut random);
            let way = open.clone().find(|(class, _)| class.contains(value)).or_else(|| open.clone().next());
            let Some((class, Some(way))) = way else { break };
            allowed[fact.index()] =
                Some(if class.contains(value) { ValueSet::range(value, value) } else { class.clone() });
            next = *way;
        }
        for (fact, allowed) in self.facts.iter().zip(allowed) {
            values.push(fact.draw(allowed.as_ref().unwrap_or(&fact.all), &mut random));
        }
        values
    }
}

impl Drawn {
    /// One of some values: often the typical one, else any, else one beside a line that some rule draws.
    fn draw(&self, among: &ValueSet, random: &mut Random) -> i64 {
        let among = among.intersection(&self.all);
        let among = if among.is_empty() { &self.all } else { &among };
        let (typical, anywhere) = match &self.domain {
            Domain::YesNo => (60, 100),
            Domain::List { .. } => (30, 100),
            _ => (20, 70),
        };
        let dice = random.below(100);
        if dice < typical && among.contains(self.typical) {
            return self.typical;
        }
        if dice >= anywhere && !self.starts.is_empty() {
            let start = self.starts[random.below(self.starts.len() as u64) as usize];
            let value = start - random.below(2) as i64;
            if among.contains(value) && self.domain.written(value, value).is_some() {
                return value;
            }
        }
        self.any(among, random)
    }

    fn any(&self, among: &ValueSet, random: &mut Random) -> i64 {
        let written = self.domain.written_ranges(among);
        let size = |(low, high): &(i64, i64)| (high - low) as u64 + 1;
        let total: u64 = written.iter().map(size).sum();
        let Some((first, _)) = written.first().copied() else { return self.typical };
        let mut left = random.below(total);
        for range in &written {
            if left < size(range) {
                let value = range.0 + left as i64;
                // of a length of time the next one that can be written
                return self.domain.written(value, range.1).map_or(range.0, |(low, _)| low);
            }
            left -= size(range);
        }
        first
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(end.max(1))) >> 64) as u64
    }
}
