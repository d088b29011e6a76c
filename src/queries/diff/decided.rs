//! What is decided on one side of a comparison: of the støtte, of each one below an art, and on which provisions.

use super::class::Spoken;
use super::regions::How;
use crate::diagram::{
    Decisions, Diagrams, Leaves, NO, Node, NotProven, Party, Precedence, Reached, Version, side_by_side,
};
use crate::evaluate::{Case, decision};
use crate::ground::Numbered;
use crate::model::{Model, Profile, RuleId, SupportId, distance};
use crate::queries::graph::{Outcomes, Told};
use crate::verdict::{Decision, Statements};
use std::collections::{BTreeMap, BTreeSet};

/// One side of a comparison: what is decided of a support in a place. Of what is not judged there nothing is said.
#[derive(Clone, Copy)]
pub(in crate::queries) struct Side<'a> {
    pub model: &'a Model,
    pub statements: &'a Statements,
    /// the support, where this side knows it
    pub declared: Option<SupportId>,
}

/// A diagram, and what its leaves stand for.
type ToldOf = (Node, Vec<(Told, BTreeSet<String>)>);

/// Sets of provisions.
pub(super) type Bases = Numbered<BTreeSet<String>>;

impl Side<'_> {
    /// The support, where it is judged.
    pub(super) fn support(&self) -> Option<SupportId> {
        self.declared.filter(|support| self.statements.judged.binary_search(support).is_ok())
    }

    /// The støtter below a kind, whether the kind itself is judged or not.
    fn members(&self) -> Vec<SupportId> {
        let Some(kind) = self.declared.filter(|id| self.model.supports[id.index()].is_kind) else {
            return Vec::new();
        };
        let below = |id: &SupportId| {
            !self.model.supports[id.index()].is_kind && distance(self.model, *id, kind).is_some()
        };
        self.model.support_ids().filter(below).collect()
    }

    pub(super) fn supports(&self) -> Vec<SupportId> {
        self.support().into_iter().chain(self.members()).collect()
    }

    pub(in crate::queries) fn rules(&self) -> Vec<RuleId> {
        let said = self.supports().into_iter().flat_map(|support| self.statements.about(support));
        let rules: BTreeSet<RuleId> = said.map(|said| said.rule).collect();
        rules.into_iter().collect()
    }

    /// What is decided, as numbers of outcomes. The words of the later side name the terms of both.
    fn ends(
        &self,
        diagrams: &mut Diagrams<'_>,
        words: &Model,
        outcomes: &mut Outcomes,
    ) -> Result<Node, NotProven> {
        let mut decisions = Decisions::new();
        let decided = match self.support() {
            Some(support) => diagrams.decision(support, &mut decisions)?,
            None => Node::leaf(0),
        };
        diagrams.store.map(decided, &mut |leaf| outcomes.number(words, decisions.get(leaf)))
    }

    /// On which provisions, as numbers of sets of them.
    fn provisions(&self, diagrams: &mut Diagrams<'_>, bases: &mut Bases) -> Result<Node, NotProven> {
        let mut cited = Node::leaf(bases.number(BTreeSet::new()));
        let deciding: BTreeSet<_> = self.statements.place.deciding(self.model).collect();
        for support in self.supports() {
            for said in self.statements.about(support).iter().filter(|said| deciding.contains(&said.layer)) {
                let basis = &self.model.rule(said.rule).basis;
                let mut active = NO;
                for part in said.parts() {
                    let node = diagrams.active(said, part, support)?;
                    active = diagrams.store.or(active, node)?;
                }
                if active == NO || basis.is_empty() {
                    continue;
                }
                cited = diagrams.store.zip(cited, active, &mut |set, active| {
                    if active == 0 {
                        return set;
                    }
                    let mut set = bases.get(set).clone();
                    set.extend(basis.iter().map(|citation| citation.text.clone()));
                    bases.number(set)
                })?;
            }
        }
        Ok(cited)
    }

    /// What is decided, and on which provisions, as numbers of a list.
    pub(in crate::queries) fn told(&self, diagrams: &mut Diagrams<'_>) -> Result<ToldOf, NotProven> {
        for support in self.supports() {
            diagrams.prepare(support)?;
        }
        let (mut outcomes, mut bases) = (Outcomes::default(), Bases::default());
        let ends = self.ends(diagrams, self.model, &mut outcomes)?;
        let cited = self.provisions(diagrams, &mut bases)?;
        let mut both = Numbered::default();
        let node = diagrams.store.zip(ends, cited, &mut |end, basis| both.number((end, basis)))?;
        let told = |(end, basis): &(u32, u32)| (outcomes.told(*end).clone(), bases.get(*basis).clone());
        Ok((node, both.list().iter().map(told).collect()))
    }

    /// What the plain evaluator decides of a citizen; nothing where there can be no such citizen.
    pub(super) fn end(&self, words: &Model, outcomes: &mut Outcomes, profile: &Profile) -> Option<u32> {
        let case = Case::new(self.model, self.statements, profile);
        let decided = match self.support() {
            Some(support) => decision(&case, support),
            None => Decision::nothing(),
        };
        case.exists().then(|| outcomes.number(words, &decided))
    }
}

/// What one side decides everywhere: of the support, of each one below a kind, and on which provisions.
pub(super) struct Decided {
    pub ends: Node,
    pub members: BTreeMap<String, Node>,
    /// the provisions, as numbers of sets of them
    pub cited: Node,
    /// what the place's own layer speaks of
    pub spoken: Node,
}

/// What stands at the leaves of a comparison, in the words of one model.
pub(super) struct Leaf<'m> {
    pub words: &'m Model,
    pub outcomes: Outcomes,
    pub bases: Bases,
    pub spoken: Numbered<Spoken>,
    /// what is said of a support that one side does not know
    pub nothing: u32,
    /// what those cite of whom both sides say the same, whatever that is
    cited_alike: Option<u32>,
}

impl<'m> Leaf<'m> {
    pub(super) fn new(words: &'m Model) -> Self {
        let mut outcomes = Outcomes::default();
        let nothing = outcomes.number(words, &Decision::nothing());
        let bases = Bases::from_first(BTreeSet::new());
        Leaf { words, outcomes, bases, spoken: Numbered::default(), nothing, cited_alike: None }
    }
}

/// What two sides decide, and the diagrams of the second, in which both are.
pub(super) fn decided_in_both<'a>(
    sides: [Side<'a>; 2],
    parties: [Party<'a>; 2],
    leaf: &mut Leaf<'_>,
    how: How<'_>,
) -> Result<(Decided, Decided, Diagrams<'a>), NotProven> {
    let mut first = Diagrams::of_two(parties[0], parties[1], how.at, how.budget)?;
    let before = sides[0].version(&mut first)?;
    let mut second = first.beside(parties[1])?;
    let mut reached = None;
    if let Some(alike) = how.alike {
        let after = sides[1].version(&mut second)?;
        let part = second.store.left() / 2;
        // what finds no end in this way may find one in the other
        reached = second.store.within(part, |store| side_by_side(store, [&before, &after], alike)).ok();
    }
    first.store = second.handed_over();
    let was = match &reached {
        Some(reached) => sides[0].decided_of(reached, 0, &mut first, leaf, how)?,
        None => sides[0].decided(&mut first, leaf, how)?,
    };
    second.store = first.handed_over();
    let is = match &reached {
        Some(reached) => sides[1].decided_of(reached, 1, &mut second, leaf, how)?,
        None => sides[1].decided(&mut second, leaf, how)?,
    };
    Ok((was, is, second))
}

impl Side<'_> {
    fn version(&self, diagrams: &mut Diagrams<'_>) -> Result<Version, NotProven> {
        let mut reach = Vec::new();
        for id in self.rules() {
            reach.push((id, diagrams.applies(id)?));
        }
        Ok(Version { reach, precedence: Precedence::of(self.statements, &self.supports()) })
    }

    /// What is decided of those who are reached by some rules, for each set of rules once. Of those to whom the same
    /// rules apply on both sides anything can be said that is the same on both.
    fn decided_of(
        &self,
        reached: &Reached,
        at: usize,
        diagrams: &mut Diagrams<'_>,
        leaf: &mut Leaf<'_>,
        how: How<'_>,
    ) -> Result<Decided, NotProven> {
        let rules = self.rules();
        let members = self.members().into_iter();
        let members = members.map(|id| self.model.supports[id.index()].name.clone());
        let nothing = Node::leaf(leaf.nothing);
        let alike = Decided {
            ends: nothing,
            members: members.map(|name| (name, nothing)).collect(),
            cited: Node::leaf(0),
            spoken: Node::leaf(leaf.spoken.number(Spoken::default())),
        };
        let mut known: BTreeMap<&[RuleId], usize> = BTreeMap::new();
        let mut all = vec![alike];
        // for each leaf what is decided of it, by its place in the list
        let mut ends: Vec<usize> = vec![0];
        for sets in &reached.sets[1..] {
            let set = sets[at].as_slice();
            if !known.contains_key(set) {
                diagrams.suppose(&rules, set);
                known.insert(set, all.len());
                all.push(self.decided(diagrams, leaf, how)?);
            }
            ends.push(known[set]);
        }
        // the first set of provisions there is: often it is the only one
        let of_the_first = u32::from(leaf.bases.list().len() > 1);
        all[0].cited = Node::leaf(*leaf.cited_alike.get_or_insert(of_the_first));
        let mut composed = |of: &dyn Fn(&Decided) -> Node| {
            let nodes: Vec<Node> = ends.iter().map(|end| of(&all[*end])).collect();
            diagrams.store.composed(reached.diagram, &nodes)
        };
        let mut members = BTreeMap::new();
        for name in all[0].members.keys() {
            members.insert(name.clone(), composed(&|of| of.members[name])?);
        }
        let (ends, cited) = (composed(&|of| of.ends)?, composed(&|of| of.cited)?);
        Ok(Decided { ends, members, cited, spoken: composed(&|of| of.spoken)? })
    }

    fn decided(
        &self,
        diagrams: &mut Diagrams<'_>,
        leaf: &mut Leaf<'_>,
        how: How<'_>,
    ) -> Result<Decided, NotProven> {
        let (supports, words) = (self.supports(), leaf.words);
        for support in &supports {
            diagrams.prepare(*support)?;
        }
        let ends = self.ends(diagrams, words, &mut leaf.outcomes)?;
        let mut members = BTreeMap::new();
        for member in self.members() {
            let side = Side { declared: Some(member), ..*self };
            let ends = side.ends(diagrams, words, &mut leaf.outcomes)?;
            members.insert(self.model.supports[member.index()].name.clone(), ends);
        }
        let cited = match how.of_versions {
            true => self.provisions(diagrams, &mut leaf.bases)?,
            false => NO,
        };
        let spoken = match self.support().filter(|_| !how.of_versions) {
            Some(support) => {
                let mut leaves = Leaves::new();
                let own = diagrams.verdict(self.statements.own(), support, &mut leaves)?;
                diagrams.store.map(own, &mut |own| leaf.spoken.number(Spoken::of(leaves.get(own))))?
            }
            None => Node::leaf(leaf.spoken.number(Spoken::default())),
        };
        Ok(Decided { ends, members, cited, spoken })
    }
}

impl Decided {
    /// The same with a fact fixed to one class.
    pub(super) fn fixed(
        self,
        diagrams: &mut Diagrams<'_>,
        at: usize,
        class: usize,
    ) -> Result<Self, NotProven> {
        let mut fix = |node: Node| diagrams.store.fix(node, at, class);
        let mut members = BTreeMap::new();
        for (name, ends) in self.members {
            members.insert(name, fix(ends)?);
        }
        Ok(Decided { ends: fix(self.ends)?, members, cited: fix(self.cited)?, spoken: fix(self.spoken)? })
    }
}
