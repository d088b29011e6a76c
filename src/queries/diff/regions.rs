//! Where two models, or two places, decide differently: all citizens at once.

use super::class::{Delta, Spoken};
use crate::diagram::{Decisions, Diagrams, Leaves, NO, Node, NotProven, Party, Way};
use crate::evaluate::{Case, decision};
use crate::ground::{RegionBox, Witness};
use crate::model::{FactId, Model, Profile, RuleId, SupportId, distance};
use crate::queries::code;
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

/// How two sides are compared.
#[derive(Clone, Copy)]
pub(super) struct How {
    /// as two versions: also by the provisions they rest on. Else as two places: also by who says something
    pub of_versions: bool,
    /// the first side with one value of a fact, the second with another
    pub at: Option<(FactId, [i64; 2])>,
    pub budget: u64,
}

/// Citizens to whom the same change happens.
pub(super) struct Moved {
    pub delta: Delta,
    pub region: Vec<RegionBox>,
    /// whether the boxes are all of the region
    pub is_whole: bool,
    pub witness: Witness,
    /// the same as a citizen of each side
    pub profiles: [Profile; 2],
    /// what is decided of the witness, before and now, as ends in the outcomes of the comparison
    pub ends: [u32; 2],
}

/// What a comparison of two sides found.
pub(super) struct Regions {
    pub outcomes: Outcomes,
    pub moved: Vec<Moved>,
    /// a witness that the plain evaluator does not confirm
    pub disagreement: bool,
    /// what changes for whom, in the one form that only its meaning decides; empty where nothing does
    pub form: String,
}

/// Things that stand at leaves, each once.
struct Numbered<T> {
    list: Vec<T>,
    index: BTreeMap<T, u32>,
}

/// A diagram, and what its leaves stand for.
type ToldOf = (Node, Vec<(Told, BTreeSet<String>)>);

/// Sets of provisions.
type Bases = Numbered<BTreeSet<String>>;

impl<T> Default for Numbered<T> {
    fn default() -> Self {
        Numbered { list: Vec::new(), index: BTreeMap::new() }
    }
}

impl<T: Ord + Clone> Numbered<T> {
    fn number(&mut self, thing: T) -> u32 {
        if let Some(known) = self.index.get(&thing) {
            return *known;
        }
        let new = self.list.len() as u32;
        self.list.push(thing.clone());
        self.index.insert(thing, new);
        new
    }
}

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
                    let mut set = bases.list[set as usize].clone();
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
        let told =
            |(end, basis): &(u32, u32)| (outcomes.told(*end).clone(), bases.list[*basis as usize].clone());
        Ok((node, both.list.iter().map(told).collect()))
    }

    /// What the plain evaluator decides of a citizen; nothing where there can be no such citizen.
    fn end(&self, words: &Model, outcomes: &mut Outcomes, profile: &Profile) -> Option<u32> {
        let case = Case::new(self.model, self.statements, profile);
        let decided = match self.support() {
            Some(support) => decision(&case, support),
            None => Decision::nothing(),
        };
        case.exists().then(|| outcomes.number(words, &decided))
    }
}

/// What one side decides everywhere: of the support, of each one below a kind, and on which provisions.
struct Decided {
    ends: Node,
    members: BTreeMap<String, Node>,
    /// the provisions, as numbers of sets of them
    cited: Node,
    /// what the place's own layer speaks of
    spoken: Node,
}

/// What stands at the leaves of a comparison.
struct Leaf {
    outcomes: Outcomes,
    bases: Bases,
    spoken: Numbered<Spoken>,
}

impl Side<'_> {
    fn decided(
        &self,
        diagrams: &mut Diagrams<'_>,
        words: &Model,
        leaf: &mut Leaf,
        how: How,
    ) -> Result<Decided, NotProven> {
        let supports = self.supports();
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
    fn fixed(self, diagrams: &mut Diagrams<'_>, at: usize, class: usize) -> Result<Self, NotProven> {
        let mut fix = |node: Node| diagrams.store.fix(node, at, class);
        let mut members = BTreeMap::new();
        for (name, ends) in self.members {
            members.insert(name, fix(ends)?);
        }
        Ok(Decided { ends: fix(self.ends)?, members, cited: fix(self.cited)?, spoken: fix(self.spoken)? })
    }
}

/// Where two sides decide differently. What happens to a kind through a support below it is told of that.
pub(super) fn regions(before: Side<'_>, after: Side<'_>, how: How) -> Result<Regions, NotProven> {
    let mut leaf =
        Leaf { outcomes: Outcomes::default(), bases: Bases::default(), spoken: Numbered::default() };
    let words = after.model;
    // what is said of a support that one side does not know
    let nothing = leaf.outcomes.number(words, &Decision::nothing());
    let (first_rules, other_rules) = (before.rules(), after.rules());
    let first = Party { model: before.model, statements: before.statements, rules: &first_rules };
    let other = Party { model: after.model, statements: after.statements, rules: &other_rules };
    let mut diagrams = Diagrams::of_two(first, other, how.at, how.budget)?;
    let mut was = before.decided(&mut diagrams, words, &mut leaf, how)?;
    let mut diagrams = diagrams.beside(other)?;
    let mut is = after.decided(&mut diagrams, words, &mut leaf, how)?;
    if let Some((fact, values)) = how.at {
        let (at, classes) = diagrams.with_either(fact, values)?;
        was = was.fixed(&mut diagrams, at, classes[0])?;
        is = is.fixed(&mut diagrams, at, classes[1])?;
    }
    let (changed, deltas) = changed(&mut diagrams, &leaf, &was, &is, how)?;
    let below = below(&mut diagrams, &leaf.outcomes, &was, &is, nothing)?;
    let leaf_of = (leaf.outcomes.clone(), leaf.bases.list);
    let mut found =
        Regions { outcomes: leaf.outcomes, moved: Vec::new(), disagreement: false, form: String::new() };
    for at in 1..deltas.len() as u32 {
        let region = diagrams.store.map(changed, &mut |delta| u32::from(delta == at))?;
        let region = diagrams.store.without(region, below)?;
        let region = diagrams.store.and(region, diagrams.possible)?;
        if region == NO {
            continue;
        }
        diagrams.truncated = false;
        let boxes = diagrams.cover(region)?;
        let is_whole = !diagrams.truncated;
        let Some(profile) = diagrams.witness(region)? else { continue };
        let region: Vec<RegionBox> = boxes.iter().map(|cells| diagrams.box_in_words(cells)).collect();
        let matters = facts_of(words, &region);
        let profiles = twins(&profile, how);
        let sides = [(before, &profiles[0]), (after, &profiles[1])];
        let ends = sides.map(|(side, profile)| side.end(words, &mut found.outcomes, profile));
        let delta = deltas[at as usize].clone();
        found.disagreement |= match ends {
            [Some(was), Some(is)] => {
                Delta::of(found.outcomes.told(was), found.outcomes.told(is)) != delta.outcomes()
            }
            _ => true,
        };
        let mut witness = diagrams.witness_in_words(&profile, &matters);
        // of whom it is asked with either value
        witness.retain(|fact| how.at.is_none_or(|(id, _)| words.facts[id.index()].name != fact.fact));
        let ends = ends.map(Option::unwrap_or_default);
        found.moved.push(Moved { delta, region, is_whole, witness, profiles, ends });
    }
    if how.of_versions && deltas.len() > 1 {
        found.form = form(&mut diagrams, words, &leaf_of, [&was, &is], changed)?;
    }
    Ok(found)
}

/// All that is decided of those for whom something changes, before and now, in its one form; of an art also where it is
/// told of a support below it.
fn form(
    diagrams: &mut Diagrams<'_>,
    words: &Model,
    (outcomes, bases): &(Outcomes, Vec<BTreeSet<String>>),
    [was, is]: [&Decided; 2],
    changed: Node,
) -> Result<String, NotProven> {
    let mut all: Numbered<[u32; 4]> = Numbered::default();
    all.number([u32::MAX; 4]);
    let mut ends = Numbered::default();
    let both = diagrams.store.zip(was.ends, is.ends, &mut |was, is| ends.number([was, is]))?;
    let mut cited = Numbered::default();
    let bases_of = diagrams.store.zip(was.cited, is.cited, &mut |was, is| cited.number([was, is]))?;
    let told = diagrams.store.zip(both, bases_of, &mut |end, basis| {
        let ([was, is], [on, now_on]) = (ends.list[end as usize], cited.list[basis as usize]);
        all.number([was, is, on, now_on])
    })?;
    let told = diagrams.store.zip(told, changed, &mut |told, delta| if delta == 0 { 0 } else { told })?;
    let form = diagrams.canonical(told, diagrams.existing)?;
    if form.start.is_none_or(|start| start == Way::End(0)) {
        return Ok(String::new());
    }
    let decided = |end: u32, basis: u32| code::decided(words, outcomes.told(end), &bases[basis as usize]);
    Ok(code::in_code(words, &form, &|leaf| match all.list[leaf as usize] {
        [was, is, on, now_on] if leaf > 0 => format!("{} > {}", decided(was, on), decided(is, now_on)),
        _ => String::new(),
    }))
}

/// The citizen of each side: the same, but for the fact of which two values are compared.
fn twins(profile: &Profile, how: How) -> [Profile; 2] {
    [0, 1].map(|side| {
        let mut twin = profile.clone();
        if let Some((fact, values)) = how.at {
            twin.0[fact.index()] = values[side];
        }
        twin
    })
}

/// Which difference there is where, by its number in the list; 0 is none.
fn changed(
    diagrams: &mut Diagrams<'_>,
    leaf: &Leaf,
    was: &Decided,
    is: &Decided,
    how: How,
) -> Result<(Node, Vec<Delta>), NotProven> {
    let mut deltas = Numbered::default();
    deltas.number(Delta::default());
    let changed = diagrams.store.zip(was.ends, is.ends, &mut |was, is| {
        deltas.number(Delta::of(leaf.outcomes.told(was), leaf.outcomes.told(is)))
    })?;
    let changed = if how.of_versions {
        let rebased = diagrams.store.zip(was.cited, is.cited, &mut |was, is| {
            let (was, is) = (&leaf.bases.list[was as usize], &leaf.bases.list[is as usize]);
            deltas.number(Delta { basis: [was - is, is - was], ..Delta::default() })
        })?;
        diagrams.store.zip(changed, rebased, &mut |change, basis| if change == 0 { basis } else { change })?
    } else {
        let mut pairs = Numbered::default();
        let spoken = diagrams.store.zip(was.spoken, is.spoken, &mut |was, is| pairs.number((was, is)))?;
        diagrams.store.zip(changed, spoken, &mut |change, pair| {
            let (was, is) = pairs.list[pair as usize];
            let spoken = [was, is].map(|at| &leaf.spoken.list[at as usize]);
            if change == 0 { 0 } else { deltas.number(deltas.list[change as usize].heard(spoken)) }
        })?
    };
    Ok((changed, deltas.list))
}

/// Where the outcome differs on something below a kind.
fn below(
    diagrams: &mut Diagrams<'_>,
    outcomes: &Outcomes,
    was: &Decided,
    is: &Decided,
    nothing: u32,
) -> Result<Node, NotProven> {
    let names: BTreeSet<&String> = was.members.keys().chain(is.members.keys()).collect();
    let mut below = NO;
    for name in names {
        let ends = |of: &Decided| of.members.get(name).copied().unwrap_or(Node::leaf(nothing));
        let differs = diagrams.store.zip(ends(was), ends(is), &mut |was, is| {
            u32::from(!Delta::of(outcomes.told(was), outcomes.told(is)).is_nothing())
        })?;
        below = diagrams.store.or(below, differs)?;
    }
    Ok(below)
}

fn facts_of(model: &Model, region: &[RegionBox]) -> Vec<FactId> {
    let names: BTreeSet<&str> = region.iter().flatten().map(|condition| condition.fact.as_str()).collect();
    model.fact_ids().filter(|id| names.contains(model.facts[id.index()].name.as_str())).collect()
}

/// Citizens that only one of two models can have, as boxes.
pub(super) fn apart(
    before: Party<'_>,
    after: Party<'_>,
    budget: u64,
) -> Result<[Vec<RegionBox>; 2], NotProven> {
    let (mut diagrams, regions) = Diagrams::existing_apart(before, after, budget)?;
    let mut told = [Vec::new(), Vec::new()];
    for (words, region) in told.iter_mut().zip(regions) {
        let boxes = diagrams.cover(region)?;
        words.extend(boxes.iter().map(|cells| diagrams.box_in_words(cells)));
    }
    Ok(told)
}
