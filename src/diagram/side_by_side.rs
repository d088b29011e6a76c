//! Citizens by the rules that reach them in two versions, both at once.
//!
//! Each version alone may tell very many citizens apart, and an edit few. So the facts are asked of both versions together,
//! one after another: what applies already silences what it goes before (see `ranking`), and as soon as the two
//! are left with the same rules nothing can differ any more, however many these are. What is decided where
//! something may differ is then a question about a set of rules and no longer about a citizen.

use super::ranking::Ranking;
use super::store::{NO, Node, NotProven, Store, YES};
use crate::ground::Numbered;
use crate::model::{RuleId, RuleSet, SupportId};
use crate::verdict::Statements;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// One version: where each of its rules applies, and what goes before what.
pub(crate) struct Version {
    pub reach: Vec<(RuleId, Node)>,
    pub precedence: Precedence,
}

/// Which rules set others aside altogether, whatever else applies.
pub(crate) struct Precedence(BTreeMap<RuleId, Vec<RuleSet>>);

/// The rules that reach a citizen and may matter, before and after.
pub(crate) type Sets = [Vec<RuleId>; 2];

/// Who is reached by which rules.
pub(crate) struct Reached {
    /// its leaves are places in `sets`
    pub diagram: Node,
    /// the first stands for all to whom the same rules apply in both versions
    pub sets: Vec<Sets>,
}

/// The leaf of those to whom the same rules apply in both versions.
const ALIKE: Node = NO;

impl Precedence {
    /// Among the rules about some supports.
    pub(crate) fn of(statements: &Statements, supports: &[SupportId]) -> Self {
        let mut silenced: BTreeMap<RuleId, Vec<RuleSet>> = BTreeMap::new();
        for support in supports {
            let Ranking { rules, mut exceptions } = Ranking::of(statements, *support);
            for rule in rules {
                silenced.entry(rule).or_default().push(exceptions.remove(&rule).unwrap_or_default());
            }
        }
        Precedence(silenced)
    }

    /// Whether a rule has no active part wherever another one applies.
    fn goes_before(&self, other: RuleId, rule: RuleId) -> bool {
        self.0.get(&rule).is_some_and(|of_supports| of_supports.iter().all(|before| before.contains(other)))
    }
}

/// A rule of one version, or of both, where it means the same to the same people.
struct Atom {
    region: Node,
    rules: [Option<RuleId>; 2],
}

/// A rule that may yet reach somebody: its place in the list, in which versions (as bits), and of whom.
type Live = (u32, u8, Node);

const IN_BOTH: u8 = 0b11;

/// Who is reached by which rules of two versions; `alike` are the pairs of rules that mean the same.
pub(crate) fn side_by_side(
    store: &mut Store,
    versions: [&Version; 2],
    alike: &BTreeMap<RuleId, RuleId>,
) -> Result<Reached, NotProven> {
    let atoms = atoms(versions, alike);
    let mut building = Building {
        store,
        precedence: versions.map(|version| &version.precedence),
        atoms: &atoms,
        known: FxHashMap::default(),
        sets: Numbered::from_first(Sets::default()),
    };
    let in_versions =
        |atom: &Atom| u8::from(atom.rules[0].is_some()) | u8::from(atom.rules[1].is_some()) << 1;
    let all = atoms.iter().zip(0..).map(|(atom, at)| (at, in_versions(atom), atom.region)).collect();
    let live = building.heard(all, &|_| false);
    let diagram = building.build(live)?;
    Ok(Reached { diagram, sets: building.sets.into_list() })
}

fn atoms([before, after]: [&Version; 2], alike: &BTreeMap<RuleId, RuleId>) -> Vec<Atom> {
    let mut later: BTreeMap<RuleId, Node> = after.reach.iter().copied().collect();
    let mut atoms: Vec<Atom> = Vec::new();
    for (rule, region) in &before.reach {
        let twin = alike.get(rule).filter(|twin| later.get(twin) == Some(region)).copied();
        twin.map(|twin| later.remove(&twin));
        atoms.push(Atom { region: *region, rules: [Some(*rule), twin] });
    }
    atoms.extend(later.into_iter().map(|(rule, region)| Atom { region, rules: [None, Some(rule)] }));
    atoms
}

struct Building<'a> {
    store: &'a mut Store,
    precedence: [&'a Precedence; 2],
    atoms: &'a [Atom],
    known: FxHashMap<Vec<Live>, Node>,
    sets: Numbered<Sets>,
}

impl Building<'_> {
    fn build(&mut self, live: Vec<Live>) -> Result<Node, NotProven> {
        // to look at a rule is much less than to make a node
        self.store.steps(live.len() / 4 + 1)?;
        if live.iter().all(|(_, versions, _)| *versions == IN_BOTH) {
            return Ok(ALIKE);
        }
        let first = live.iter().filter_map(|(.., region)| self.store.ask(*region));
        let Some((dimension, classes)) = first.map(|(at, ways)| (at, ways.len())).min() else {
            return Ok(Node::leaf(self.set(&live)));
        };
        if let Some(node) = self.known.get(&live) {
            return Ok(*node);
        }
        let mut children: Vec<Node> = Vec::with_capacity(classes);
        // neighbouring classes often lead to the same
        let mut last: Option<Vec<Live>> = None;
        for class in 0..classes {
            let behind = |region: Node| self.store.answer_in(region, dimension, class);
            let next: Vec<Live> = live.iter().map(|(at, of, region)| (*at, *of, behind(*region))).collect();
            match (&last, children.last()) {
                (Some(known), Some(child)) if *known == next => children.push(*child),
                _ => {
                    let heard = self.heard(next.clone(), &|place| live[place].2 == YES);
                    children.push(self.build(heard)?);
                    last = Some(next);
                }
            }
        }
        let node = self.store.node(dimension, children)?;
        self.known.insert(live, node);
        Ok(node)
    }

    /// What of some rules still matters; those at the places where `was_sure` says so have silenced others already.
    fn heard(&self, mut live: Vec<Live>, was_sure: &dyn Fn(usize) -> bool) -> Vec<Live> {
        let sure = |(place, one): (usize, &Live)| (one.2 == YES && !was_sure(place)).then_some(*one);
        let sure: Vec<Live> = live.iter().enumerate().filter_map(sure).collect();
        for (above, versions, _) in sure {
            for (below, own, _) in live.iter_mut().filter(|one| one.2 != NO) {
                for (at, precedence) in self.precedence.iter().enumerate() {
                    let both = [above, *below].map(|place| self.atoms[place as usize].rules[at]);
                    if versions & *own & 1 << at != 0
                        && let [Some(above), Some(below)] = both
                        && precedence.goes_before(above, below)
                    {
                        *own &= !(1 << at);
                    }
                }
            }
        }
        live.retain(|(_, versions, region)| *versions != 0 && *region != NO);
        live
    }

    fn set(&mut self, live: &[Live]) -> u32 {
        let of = |at: usize| {
            let here = live.iter().filter(|(_, versions, _)| versions >> at & 1 == 1);
            let mut rules: Vec<RuleId> =
                here.filter_map(|(place, ..)| self.atoms[*place as usize].rules[at]).collect();
            rules.sort_unstable();
            rules
        };
        self.sets.number([of(0), of(1)])
    }
}
