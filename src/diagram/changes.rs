//! The smallest change of what is known of a citizen that leads into a region: a shortest path over its diagram.

use super::from_model::Diagrams;
use super::space::nearest;
use super::store::{NO, Node, NotProven, Store};
use crate::model::{Domain, Model};
use rustc_hash::FxHashMap;

/// One changed fact outweighs any number of facts that are hard to change.
const CHANGE: u64 = 1 << 20;

/// For each dimension what each class costs; nothing where it may not be.
type Prices = Vec<Vec<Option<u64>>>;

impl Diagrams<'_> {
    /// What is known, changed in as few facts as possible so that some existing profile of a region has it; the ties
    /// are settled as `docs/semantics.md` says, section 13. Nothing where nobody is in the region.
    pub(crate) fn smallest_change(
        &mut self,
        region: Node,
        known: &[Option<i64>],
    ) -> Result<Option<Vec<Option<i64>>>, NotProven> {
        let region = self.store.and(region, self.existing)?;
        let mut prices = self.prices(known);
        let Some(least) = price(&mut self.store, region, &prices)? else { return Ok(None) };
        let mut changed = known.to_vec();
        for (index, known) in known.iter().enumerate() {
            let at = self.space.dimensions.iter().position(|d| d.fact.index() == index);
            let (Some(at), Some(known)) = (at, known) else { continue };
            let whole = std::mem::take(&mut prices[at]);
            for (class, value) in self.nearest_first(at, *known) {
                let only = |(other, price): (usize, &Option<u64>)| price.filter(|_| other == class);
                prices[at] = whole.iter().enumerate().map(only).collect();
                if price(&mut self.store, region, &prices)? == Some(least) {
                    changed[index] = Some(value);
                    break;
                }
            }
        }
        Ok(Some(changed))
    }

    fn prices(&self, known: &[Option<i64>]) -> Prices {
        let of_dimension = |dimension: &super::space::Dimension| {
            let fact = &self.model.facts[dimension.fact.index()];
            let change = CHANGE + u64::from(fact.assessed || fact.fixed);
            let known = known[dimension.fact.index()];
            let is_free = |class: &crate::model::ValueSet| known.is_none_or(|value| class.contains(value));
            dimension.classes.iter().map(|class| Some(if is_free(class) { 0 } else { change })).collect()
        };
        self.space.dimensions.iter().map(of_dimension).collect()
    }

    /// The classes of a fact and the value each is changed to, the nearest to the known one first.
    fn nearest_first(&self, at: usize, known: i64) -> Vec<(usize, i64)> {
        let dimension = &self.space.dimensions[at];
        let model: &Model = self.model;
        let domain = &model.facts[dimension.fact.index()].domain;
        let ordered = !matches!(domain, Domain::YesNo | Domain::List { ordered: false, .. });
        let mut values: Vec<(u64, i64, usize)> = Vec::new();
        for (class, set) in dimension.classes.iter().enumerate() {
            let first = set.bounds().map_or(known, |(low, _)| low);
            values.push(match (set.contains(known), ordered) {
                (true, _) => (0, known, class),
                (false, false) => (1, first, class),
                (false, true) => {
                    let value = nearest(domain, set, known);
                    (value.abs_diff(known), value, class)
                }
            });
        }
        values.sort_unstable();
        values.into_iter().map(|(_, value, class)| (class, value)).collect()
    }
}

/// The least price of a point of a region; nothing where none may be.
fn price(store: &mut Store, region: Node, prices: &Prices) -> Result<Option<u64>, NotProven> {
    // a dimension the diagram does not ask may still be held to a class that costs
    let mut least = Vec::with_capacity(prices.len() + 1);
    least.push(0);
    for classes in prices.iter().rev() {
        let below: u64 = least[least.len() - 1];
        let Some(own) = classes.iter().flatten().min() else { return Ok(None) };
        least.push(below + own);
    }
    least.reverse();
    let paths = Paths { prices, least: &least };
    paths.price(store, region, 0, &mut FxHashMap::default())
}

struct Paths<'a> {
    prices: &'a Prices,
    /// the least price of all dimensions from each one on
    least: &'a [u64],
}

impl Paths<'_> {
    /// The least price of the dimensions from `from` on.
    fn price(
        &self,
        store: &mut Store,
        node: Node,
        from: usize,
        seen: &mut FxHashMap<Node, Option<u64>>,
    ) -> Result<Option<u64>, NotProven> {
        let Some((dimension, children)) = store.ask(node) else {
            return Ok((node != NO).then(|| self.least[from]));
        };
        let skipped = self.least[from] - self.least[dimension];
        if let Some(known) = seen.get(&node) {
            return Ok(known.map(|price| price + skipped));
        }
        let children = children.to_vec();
        store.step()?;
        let mut best: Option<u64> = None;
        for (child, own) in children.into_iter().zip(&self.prices[dimension]) {
            let Some(own) = own else { continue };
            let below = self.price(store, child, dimension + 1, seen)?;
            let total = below.map(|below| below + own);
            best = [best, total].into_iter().flatten().min();
        }
        seen.insert(node, best);
        Ok(best.map(|price| price + skipped))
    }
}
