//! What is decided of a term: `docs/semantics.md`, section 4.
//!
//! The values of a term that no bound on it tells apart are one *sign*, a power of two. A set of values is the sum of its
//! signs, so that what sets have in common is what every engine has an operator for.

use super::SheetPhase;
use super::columns::Builder;
use super::expr::{Expr, all, any, at_least, common, first, is, meets, not};
use super::verdicts::{Heard, HeardBound};
use crate::ground::{Text, text};
use crate::model::{Domain, SupportId, TermId, ValueSet};
use std::collections::{BTreeMap, BTreeSet};

/// A whole number of an engine has this many signs.
const MOST_SIGNS: usize = 62;

/// What is decided where a layer contradicts itself in a term and nothing above settles it.
const UNDECIDED: i64 = -1;

/// The values no bound tells apart, in the order of their first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Signs(Vec<ValueSet>);

impl Signs {
    fn of(sets: &[&ValueSet]) -> Self {
        let mut cuts: BTreeSet<i64> = BTreeSet::from([ValueSet::MIN, ValueSet::MAX + 1]);
        for (low, high) in sets.iter().flat_map(|set| set.ranges()) {
            cuts.extend([*low, high + 1]);
        }
        let cuts: Vec<i64> = cuts.into_iter().collect();
        let mut order: Vec<Vec<bool>> = Vec::new();
        let mut classes: BTreeMap<Vec<bool>, Vec<(i64, i64)>> = BTreeMap::new();
        for pair in cuts.windows(2) {
            let within: Vec<bool> = sets.iter().map(|set| set.contains(pair[0])).collect();
            if !classes.contains_key(&within) {
                order.push(within.clone());
            }
            classes.entry(within).or_default().push((pair[0], pair[1] - 1));
        }
        Signs(order.iter().map(|within| ValueSet::from_ranges(classes[within].iter().copied())).collect())
    }

    fn all(&self) -> i64 {
        (1 << self.0.len()) - 1
    }

    fn sum(&self, set: &ValueSet) -> i64 {
        let within = |values: &ValueSet| values.ranges().first().is_some_and(|(low, _)| set.contains(*low));
        let signs = self.0.iter().enumerate().filter(|(_, values)| within(values));
        signs.map(|(at, _)| 1 << at).sum()
    }

    /// The sign of a value.
    pub(super) fn of_value(&self, value: i64) -> i64 {
        self.0.iter().position(|values| values.contains(value)).map_or(0, |at| 1 << at)
    }

    /// For each sign the least (the greatest) of its values that can be written, those that decide first first.
    pub(super) fn ends(&self, domain: &Domain, least: bool) -> Vec<(i64, i64)> {
        let end = |(at, values): (usize, &ValueSet)| {
            let written = domain.written_ranges(&values.intersection(&domain.all()));
            let end = if least { written.first()?.0 } else { written.last()?.1 };
            Some((end, 1_i64 << at))
        };
        let mut ends: Vec<(i64, i64)> = self.0.iter().enumerate().filter_map(end).collect();
        ends.sort_unstable();
        if !least {
            ends.reverse();
        }
        ends
    }

    /// What each sign is, in words.
    fn in_words(&self, domain: &Domain) -> String {
        let words = self.0.iter().enumerate().filter_map(|(at, values)| {
            let written = domain.written_ranges(&values.intersection(&domain.all()));
            let ranges =
                written.iter().map(|range| domain.bound_in_words(&ValueSet::range(range.0, range.1)));
            let ranges = ranges.collect::<Vec<_>>().join(" eller ");
            (!written.is_empty()).then(|| format!("{} {ranges}", 1_i64 << at))
        });
        words.collect::<Vec<_>>().join("; ")
    }
}

impl Builder<'_> {
    /// What is decided of each term that somebody bounds.
    pub(super) fn terms(
        &mut self,
        support: SupportId,
        layers: &[Heard],
    ) -> Result<BTreeMap<TermId, (Signs, Expr)>, Text> {
        let bounded: BTreeSet<TermId> =
            layers.iter().flat_map(|layer| layer.bounds.keys().copied()).collect();
        let mut terms = BTreeMap::new();
        for term in bounded {
            let bounds = layers.iter().filter_map(|layer| layer.bounds.get(&term)).flatten();
            let sets: Vec<&ValueSet> = bounds.map(|bound| &bound.set).collect();
            let signs = Signs::of(&sets);
            if signs.0.len() > MOST_SIGNS {
                return Err(self.too_many(support, term));
            }
            let decided = self.term(support, term, &signs, layers);
            terms.insert(term, (signs, decided));
        }
        Ok(terms)
    }

    fn too_many(&self, support: SupportId, term: TermId) -> Text {
        let (support, term) = (&self.model.supports[support.index()].name, self.term_name(term));
        text!(
            en: "`{term}` of `{support}` cannot be written in SQL: its bounds tell more than {MOST_SIGNS} stretches of values apart",
            da: "`{term}` for `{support}` kan ikke skrives i SQL: reglerne skelner mellem mere end {MOST_SIGNS} stykker af dens værdier"
        )
    }

    /// The signs that are left of a term.
    fn term(&mut self, support: SupportId, term: TermId, signs: &Signs, layers: &[Heard]) -> Expr {
        let name = format!("{}.{}", self.model.supports[support.index()].name, self.term_name(term));
        let legend = Text::same(signs.in_words(&self.model.terms[term.index()].domain));
        let mut decided = Expr::Nothing;
        for layer in layers {
            let Some(bounds) = layer.bounds.get(&term) else { continue };
            let set = |firmly: bool| {
                let sum = |bound: &HeardBound| {
                    let counts = if firmly {
                        all([bound.active.clone(), bound.firm.clone()])
                    } else {
                        bound.active.clone()
                    };
                    first([(counts, Expr::Number(signs.sum(&bound.set)))], Expr::Number(signs.all()))
                };
                common(bounds.iter().map(sum).collect())
            };
            let told = bounds.iter().map(|bound| bound.told.as_str()).collect::<Vec<_>>().join("; ");
            let of = format!("{}: {name}", layer.name);
            let bounded = any(bounds.iter().map(|bound| bound.active.clone()).collect::<Vec<_>>());
            let given = self.column(SheetPhase::Layers, &of, set(false), Text::same(told));
            let contradicts = match bounds.len() {
                1 if signs.sum(&bounds[0].set) != 0 => Expr::Constant(false),
                _ => all([at_least(&layer.settled, 1), is(&set(true), 0)]),
            };
            let own = first([(contradicts, Expr::Number(UNDECIDED))], given.clone());
            decided = match decided {
                Expr::Nothing => first([(bounded, own)], Expr::Nothing),
                above => {
                    let above =
                        self.column(SheetPhase::Decisions, &format!("hidtil: {name}"), above, legend.clone());
                    let silent = not(bounded);
                    let unheard = all([not(is(&above, UNDECIDED)), meets(&above, &given)]);
                    first(
                        [
                            (silent, above.clone()),
                            (not(super::expr::known([above.clone()])), own),
                            (unheard, common(vec![above.clone(), given])),
                        ],
                        above,
                    )
                }
            };
        }
        self.column(SheetPhase::Decisions, &format!("vilkår: {name}"), decided, legend)
    }
}
