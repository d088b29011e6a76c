//! Two versions of a policy, and two places of one, against plain enumeration: docs/semantics.md, section 18.

use super::causes::Meanings;
use super::compare::{Difference, workspace};
use super::graphs::{end_words, told_words};
use super::judge::{DecidedTerm, Decision, Grant, Judge};
use super::moved::{Delta, Told};
use super::points::Points;
use super::policy::{DATE, Domain, Fact, Grade, Layer, Policy, Speaker};
use super::random::Random;
use super::region::Space;
use super::{causes, edits, text};
use hjemmel::{ChangeClass, ChangedPart, CompareAsked, Options, Outcome, RegionBox, Silence, SourceFile};
use hjemmel::{Window, Witness, Workspace};
use std::collections::{BTreeMap, BTreeSet};

/// How often there was what.
pub(crate) type Uses = BTreeMap<String, u64>;

/// One side: a place of one version, and how its citizens are found among those of both.
pub(super) struct Side<'a> {
    pub(super) judge: Judge<'a>,
    /// for each citizen of both who exists: them here
    pub(super) profiles: BTreeMap<usize, Vec<i64>>,
}

impl Side<'_> {
    pub(super) fn support(&self, name: &str) -> Option<usize> {
        self.judge.policy.supports.iter().position(|support| support.name == name)
    }

    /// The støtter below an art.
    fn members(&self, name: &str) -> Vec<usize> {
        let policy = self.judge.policy;
        let kind = self.support(name).filter(|at| policy.supports[*at].is_kind);
        kind.map_or(Vec::new(), |kind| policy.members(kind))
    }

    fn below(&self, name: &str) -> Vec<String> {
        self.members(name).into_iter().map(|at| self.judge.policy.supports[at].name.clone()).collect()
    }

    pub(super) fn told(&self, name: &str, point: usize) -> Told {
        let terms = self.judge.policy.terms.len();
        let nothing = Decision {
            grant: Some(Grant::None),
            terms: vec![DecidedTerm::Unbounded; terms],
            should: false,
            should_not: false,
            assess: false,
            duty: false,
        };
        let view = self.judge.at(&self.profiles[&point]);
        let about: Vec<usize> = self.support(name).into_iter().chain(self.members(name)).collect();
        let active = |rule: usize, support: usize| {
            !view.active_grades(rule, support).is_empty()
                || !view.active_preconditions(rule, support).is_empty()
                || (0..terms).any(|term| !view.active_bounds(rule, support, term).is_empty())
        };
        let decides = |rule: &usize| {
            let layer = self.judge.rules[*rule].speaker.layer();
            layer != Layer::Of(Speaker::Guide) && self.judge.layers.contains(&layer)
        };
        let rules = (0..self.judge.rules.len()).filter(decides);
        let rules = rules.filter(|rule| about.iter().any(|support| active(*rule, *support)));
        let basis = rules.flat_map(|rule| &self.judge.rules[rule].clauses.basis);
        let basis = basis.map(|basis| source(*basis)).collect();
        let Some(support) = self.support(name) else {
            return Told { decision: nothing, basis, own: (false, vec![false; terms]) };
        };
        let own = view.verdict(Layer::Of(self.judge.place), support);
        let advice = [Grade::Should, Grade::ShouldNot, Grade::MustAssess];
        let speaks = own.speaks || advice.into_iter().any(|grade| own.stands(grade));
        Told {
            decision: view.decision(support),
            basis,
            own: (speaks, own.bounds.iter().map(|bounds| !bounds.is_empty()).collect()),
        }
    }
}

fn source(basis: super::policy::Basis) -> &'static str {
    match basis {
        super::policy::Basis::Law => "Lov § 1",
        super::policy::Basis::OtherLaw => "Loven-om-andet § 3",
        super::policy::Basis::Source => "Kilde § 2",
    }
}

/// For each support everyone of whom something differs, by what.
type Right = BTreeMap<String, BTreeMap<Delta, Points>>;

fn right(sides: [&Side<'_>; 2], points: &Points, count: usize, of_versions: bool) -> Right {
    let names = |side: &Side<'_>| -> BTreeSet<String> {
        let supports = &side.judge.policy.supports;
        side.judge.judged.iter().map(|at| supports[*at].name.clone()).collect()
    };
    let all: BTreeSet<String> = names(sides[0]).union(&names(sides[1])).cloned().collect();
    let below: BTreeMap<&String, BTreeSet<String>> =
        all.iter().map(|name| (name, sides.iter().flat_map(|side| side.below(name)).collect())).collect();
    let mut right = Right::new();
    for point in points.iter() {
        let told: BTreeMap<&String, [Told; 2]> =
            all.iter().map(|name| (name, sides.map(|side| side.told(name, point)))).collect();
        let deltas: BTreeMap<&String, Delta> =
            told.iter().map(|(name, [was, is])| (*name, Delta::of(was, is))).collect();
        for (name, delta) in &deltas {
            if below[name].iter().any(|below| !deltas[below].is_nothing()) {
                continue;
            }
            let [was, is] = &told[name];
            let mut delta = delta.clone();
            if of_versions && delta.is_nothing() {
                let only = |one: &Told, other: &Told| one.basis.difference(&other.basis).copied().collect();
                delta.basis = [only(was, is), only(is, was)];
            }
            if delta.is_nothing() {
                continue;
            }
            if !of_versions {
                let grades = delta.grant.is_some() || !delta.flags.is_empty();
                let speaks =
                    |told: &Told| grades && told.own.0 || delta.terms.keys().any(|term| told.own.1[*term]);
                delta.silent = [!speaks(was), !speaks(is)];
            }
            let regions = right.entry((*name).clone()).or_default();
            regions.entry(delta).or_insert_with(|| Points::none(count)).insert(point);
        }
    }
    right
}

/// The facts and values of two versions, and where each citizen of both is found in either.
pub(super) fn joint(before: &Policy, after: &Policy) -> Policy {
    let mut joint = after.clone();
    joint.assumptions.clear();
    for fact in &before.facts {
        let Some(same) = joint.facts.iter_mut().find(|known| known.name == fact.name) else {
            joint.facts.push(fact.clone());
            continue;
        };
        same.domain = match (&fact.domain, &same.domain) {
            (Domain::List { values: earlier, .. }, Domain::List { values, ordered }) => {
                let more = earlier.iter().filter(|value| !values.contains(value));
                Domain::List { values: values.iter().chain(more).cloned().collect(), ordered: *ordered }
            }
            (Domain::Number { low, high }, Domain::Number { low: l, high: h }) => {
                Domain::Number { low: *low.min(l), high: *high.max(h) }
            }
            (Domain::Money { low, high }, Domain::Money { low: l, high: h }) => {
                Domain::Money { low: *low.min(l), high: *high.max(h) }
            }
            (_, later) => later.clone(),
        };
    }
    joint
}

/// A citizen of both as one of this version; nothing where they cannot be.
pub(super) fn here(policy: &Policy, joint: &Policy, profile: &[i64]) -> Option<Vec<i64>> {
    let value = |fact: &Fact| {
        let at = joint.facts.iter().position(|known| known.name == fact.name)?;
        let value = fact.domain.value(&joint.facts[at].domain.word(profile[at]))?;
        fact.domain.values().contains(&value).then_some(value)
    };
    let own: Vec<i64> = policy.facts.iter().map(value).collect::<Option<_>>()?;
    policy.exists(&own).then_some(own)
}

/// One of the told regions: what is wrong with it.
fn shape(space: &Space<'_>, region: &[RegionBox], points: &Points) -> Result<(), String> {
    let mut told = Points::none(space.profiles.len());
    let mut boxes = Vec::new();
    for conditions in region {
        let values = space.read(conditions)?;
        let inside = space.points(&values);
        told.add(&inside);
        boxes.push((values, inside));
    }
    if told != *points {
        let (more, less) = (told.without(points), points.without(&told));
        let one = more.iter().chain(less.iter()).next().map(|point| space.describe(point));
        return Err(format!("{} too many, {} too few: {one:?}", more.count(), less.count()));
    }
    for (number, (values, inside)) in boxes.iter().enumerate() {
        if let Some(value) = space.could_add(values, points) {
            return Err(format!("{value} could be added to {:?}", region[number]));
        }
        let mut others = Points::none(space.profiles.len());
        boxes
            .iter()
            .filter(|(_, other)| !std::ptr::eq(other, inside))
            .for_each(|(_, other)| others.add(other));
        if inside.without(&others).is_empty() {
            return Err(format!("{:?} could be dropped", region[number]));
        }
    }
    Ok(())
}

/// The days that all boxes have, where they are the same without a break, and not all days.
fn days<'r>(space: &Space<'_>, boxes: impl Iterator<Item = &'r RegionBox>) -> Result<Option<Window>, String> {
    let mut each = BTreeSet::new();
    for conditions in boxes {
        each.insert(space.read(conditions)?.of(DATE).clone());
    }
    let (Some(days), 1) = (each.first(), each.len()) else { return Ok(None) };
    let (Some(from), Some(to)) = (days.first().copied(), days.last().copied()) else { return Ok(None) };
    let (is_unbroken, is_all) =
        (days.len() as i64 == to - from + 1, days.len() == space.policy.facts[DATE].domain.values().len());
    Ok((is_unbroken && !is_all).then_some(Window { from, to }))
}

fn point_of(space: &Space<'_>, witness: &Witness, given: Option<(&str, i64)>) -> Result<usize, String> {
    let value = |fact: &Fact| {
        if let Some((name, value)) = given
            && name == fact.name
        {
            return Some(value);
        }
        fact.domain.value(&witness.iter().find(|told| told.fact == fact.name)?.value)
    };
    let profile: Option<Vec<i64>> = space.policy.facts.iter().map(value).collect();
    let profile = profile.ok_or_else(|| format!("witness cannot be read: {witness:?}"))?;
    let point = space.profiles.iter().position(|known| *known == profile);
    point.ok_or_else(|| format!("witness {profile:?} is no profile"))
}

/// One told difference, and what it should be.
struct Claim<'c> {
    support: &'c str,
    class: ChangeClass,
    parts: &'c [ChangedPart],
    silent: [bool; 2],
    region: &'c [RegionBox],
    witness: &'c Witness,
    outcomes: [&'c Outcome; 2],
}

/// Takes what is claimed out of what is right, or says what is wrong with it.
fn settle(
    space: &Space<'_>,
    sides: [&Side<'_>; 2],
    right: &mut Right,
    claim: &Claim<'_>,
    class: impl Fn(ChangeClass) -> ChangeClass,
    given: Option<(&str, i64)>,
) -> Result<(), String> {
    let policy = sides[1].judge.policy;
    let point = point_of(space, claim.witness, given)?;
    let told = sides.map(|side| side.told(claim.support, point));
    let regions = right.get_mut(claim.support).ok_or("nothing differs")?;
    let found = regions.iter().find(|(_, points)| points.contains(point)).map(|(delta, _)| delta.clone());
    let delta = found.ok_or_else(|| format!("nothing differs for {}", space.describe(point)))?;
    let parts = Delta::read(policy, claim.parts)?;
    if delta.as_told(policy) != parts.as_told(policy) {
        return Err(format!("parts {:?}, right {delta:?}", claim.parts));
    }
    if delta.silent != claim.silent {
        return Err(format!("silent {:?}, right {delta:?}", claim.silent));
    }
    if class(delta.class(policy)) != claim.class {
        return Err(format!("class {:?}, right {delta:?}", claim.class));
    }
    for ((side, told), outcome) in sides.iter().zip(&told).zip(claim.outcomes) {
        let (right, got) = (end_words(side.judge.policy, &told.decision), told_words(policy, outcome));
        if right != got {
            return Err(format!("the witness: {got}, right {right}"));
        }
    }
    let points = regions.remove(&delta).ok_or("told twice")?;
    shape(space, claim.region, &points)
}

fn left(right: &Right, place: &str) -> impl Iterator<Item = String> {
    let left = right.iter().flat_map(move |(name, regions)| {
        let told = |(delta, points): (&Delta, &Points)| {
            format!("{place}, `{name}`, {} citizens: {delta:?}", points.count())
        };
        regions.iter().map(told).collect::<Vec<_>>()
    });
    left.collect::<Vec<_>>().into_iter()
}

/// The texts with other layout.
pub(super) fn reformatted(policy: &Policy) -> Workspace {
    let files = text::files(policy).into_iter();
    let files = files.map(|(name, text)| {
        SourceFile::new(format!("ny/{name}"), format!("# omskrevet\n\n\n{text}\n\n# slut\n"))
    });
    let mut options = Options::default();
    options.reference_date = policy.reference;
    options.window = Some(Window { from: policy.window.0, to: policy.window.1 });
    Workspace::new(files.collect(), options)
}

pub(super) fn deciding(policy: &Policy) -> Vec<Speaker> {
    let decides = |place: &Speaker| matches!(place, Speaker::Town | Speaker::OtherTown | Speaker::Home);
    policy.speakers().into_iter().filter(decides).collect()
}

/// A policy and an edited copy of it, in either order.
pub(super) fn pair(policy: &Policy, seed: u64) -> (Policy, Policy, Vec<&'static str>) {
    let (after, made) = edits::edited(policy, seed);
    if seed.is_multiple_of(2) { (policy.clone(), after, made) } else { (after, policy.clone(), made) }
}

pub(crate) fn whole(policy: &Policy, seed: u64) -> String {
    let (before, after, made) = pair(policy, seed);
    let (was, is) = (text::whole(&before), text::whole(&after));
    let (mut old, mut new) = (is.lines().collect::<BTreeSet<_>>(), was.lines().collect::<BTreeSet<_>>());
    (old, new) = (new.difference(&old).copied().collect(), old.difference(&new).copied().collect());
    format!("{made:?}\n{was}\n---- gone {old:#?}\n---- come {new:#?}\n")
}

pub(crate) fn of_versions(policy: &Policy, seed: u64, uses: &mut Uses) -> Vec<Difference> {
    let (before, after, made) = pair(policy, seed);
    let diff = reformatted(&after).since(&workspace(&before));
    let mut problems = Vec::new();
    made.iter().for_each(|edit| *uses.entry((*edit).to_owned()).or_default() += 1);
    if made.iter().all(|edit| edits::IDLE.contains(edit))
        && (!diff.changes.is_empty() || !diff.open.is_empty())
    {
        problems.push(("idle", format!("{made:?}: {:?}", diff.changes)));
    }
    let joint = joint(&before, &after);
    let profiles = joint.profiles();
    let each = |policy: &Policy| -> Vec<Option<Vec<i64>>> {
        profiles.iter().map(|profile| here(policy, &joint, profile)).collect()
    };
    let (was, is) = (each(&before), each(&after));
    let where_true = |holds: &dyn Fn(usize) -> bool| Points::where_true(profiles.len(), holds);
    let both = where_true(&|point| was[point].is_some() && is[point].is_some());
    let space = Space { policy: &joint, profiles: profiles.clone(), existing: both };
    let existing = where_true(&|point| was[point].is_some() || is[point].is_some());
    let either = Space { policy: &joint, profiles: profiles.clone(), existing };
    let gone = where_true(&|point| was[point].is_some() && is[point].is_none());
    let new = where_true(&|point| was[point].is_none() && is[point].is_some());
    for (name, told, right) in
        [("only before", &diff.only_before, gone), ("only after", &diff.only_after, new)]
    {
        problems.extend(shape(&either, told, &right).err().map(|problem| (name, problem)));
    }
    let (had, has) = (deciding(&before), deciding(&after));
    let names = |all: &[Speaker], without: &[Speaker]| -> Vec<String> {
        all.iter().filter(|place| !without.contains(place)).map(|place| place.name().to_owned()).collect()
    };
    if (names(&had, &has), names(&has, &had)) != (diff.gone_places.clone(), diff.new_places.clone()) {
        problems.push(("places", format!("{:?} {:?}", diff.gone_places, diff.new_places)));
    }
    let keys: Vec<_> = diff.changes.iter().map(|change| (change.class, &change.support)).collect();
    if !keys.is_sorted() {
        problems.push(("order", format!("{keys:?}")));
    }
    for place in had.into_iter().filter(|place| has.contains(place)) {
        let side = |policy, profiles: &[Option<Vec<i64>>]| Side {
            judge: Judge::new(policy, place),
            profiles: space
                .existing
                .iter()
                .filter_map(|point| Some((point, profiles[point].clone()?)))
                .collect(),
        };
        let (first, second) = (side(&before, &was), side(&after, &is));
        let sides = [&first, &second];
        let mut right = right(sides, &space.existing, profiles.len(), true);
        let meanings =
            diff.changes.iter().flat_map(|change| &change.places).any(|told| told.place == place.name());
        let meanings = meanings.then(|| sides.map(Meanings::of));
        for change in &diff.changes {
            let all = change.places.iter().flat_map(|told| &told.region);
            if days(&space, all) != Ok(change.days) {
                problems.push(("days", format!("{made:?} {:?}: {:?}", change.days, change.places)));
            }
            *uses.entry(format!("days {}", change.days.is_some())).or_default() += 1;
            let declared = |side: &Side<'_>| side.support(&change.support).is_some();
            let class = |class| match (declared(&first), declared(&second)) {
                (true, false) => ChangeClass::Gone,
                (false, true) => ChangeClass::New,
                _ => class,
            };
            for told in change.places.iter().filter(|told| told.place == place.name()) {
                *uses.entry(format!("{:?}", change.class)).or_default() += 1;
                let claim = Claim {
                    support: &change.support,
                    class: change.class,
                    parts: &change.parts,
                    silent: [false, false],
                    region: &told.region,
                    witness: &told.witness,
                    outcomes: [&told.before, &told.after],
                };
                let wrong = settle(&space, sides, &mut right, &claim, class, None).err();
                let words = |problem| format!("{made:?} {}, `{}`: {problem}", place.name(), change.support);
                problems.extend(wrong.map(|problem| ("told", words(problem))));
                let Some([was, is]) = &meanings else { continue };
                let point = point_of(&space, &told.witness, None);
                let wrong = point.map(|point| causes::wrong(sides, [was, is], change, point));
                *uses.entry(format!("{} causes", change.causes.len().min(2))).or_default() += 1;
                problems.extend(wrong.ok().flatten().map(|problem| ("cause", words(problem))));
            }
        }
        problems.extend(left(&right, place.name()).map(|words| ("missing", format!("{made:?} {words}"))));
    }
    *uses.entry("told once".to_owned()).or_default() +=
        diff.changes.iter().filter(|change| change.places.len() > 1).count() as u64;
    problems.extend(causes::wrongly_merged(&diff.changes).map(|problem| ("merged", problem)));
    problems.extend(diff.open.iter().map(|open| ("open", format!("{open:?}"))));
    told(problems, "versions")
}

pub(crate) fn of_places(policy: &Policy, seed: u64, uses: &mut Uses) -> Vec<Difference> {
    let mut random = Random::new(seed ^ 0x0091_ace5);
    let all = deciding(policy);
    let (first, other) = (*random.pick(&all), *random.pick(&all));
    let at = (first == other || random.chance(30)).then(|| {
        let fact = random.between(DATE + 1, policy.facts.len() - 1);
        let values = policy.facts[fact].domain.values();
        (fact, [*random.pick(&values), *random.pick(&values)])
    });
    let words = at.map(|(fact, values)| {
        let fact = &policy.facts[fact];
        (fact.name.clone(), values.map(|value| fact.domain.word(value)))
    });
    let asked = words.as_ref().map(|(name, [one, other])| (name.as_str(), [one.as_str(), other.as_str()]));
    let compared = workspace(policy).compare(CompareAsked {
        places: [first.name(), other.name()],
        at: asked,
        support: None,
    });
    let compared = match compared {
        Ok(compared) => compared,
        Err(problem) => return told(vec![("refused", problem.en)], "places"),
    };
    let mut space = Space::new(policy);
    let twin = |profile: &[i64], side: usize| {
        let mut twin = profile.to_vec();
        at.iter().for_each(|(fact, values)| twin[*fact] = values[side]);
        twin
    };
    space.existing = Points::where_true(space.profiles.len(), |point| {
        (0..2).all(|side| policy.exists(&twin(&space.profiles[point], side)))
    });
    let side = |number: usize, place| Side {
        judge: Judge::new(policy, place),
        profiles: space.existing.iter().map(|point| (point, twin(&space.profiles[point], number))).collect(),
    };
    let (one, two) = (side(0, first), side(1, other));
    let sides = [&one, &two];
    let mut right = right(sides, &space.existing, space.profiles.len(), false);
    let mut problems = Vec::new();
    for difference in &compared.differences {
        let silences = [difference.sides[0].silence, difference.sides[1].silence];
        *uses.entry(format!("{:?} {silences:?}", difference.class)).or_default() += 1;
        let claim = Claim {
            support: &difference.support,
            class: difference.class,
            parts: &difference.parts,
            silent: silences.map(|silence| silence != Silence::Speaks),
            region: &difference.region,
            witness: &difference.witness,
            outcomes: [&difference.sides[0].outcome, &difference.sides[1].outcome],
        };
        let given = at.map(|(fact, values)| (policy.facts[fact].name.as_str(), values[0]));
        if days(&space, difference.region.iter()) != Ok(difference.days) {
            problems.push(("days", format!("{:?}: {:?}", difference.days, difference.region)));
        }
        let wrong = settle(&space, sides, &mut right, &claim, |class| class, given).err();
        let words = |problem| format!("{first:?} {other:?} {asked:?} `{}`: {problem}", difference.support);
        problems.extend(wrong.map(|problem| ("told", words(problem))));
        let support = policy.supports.iter().position(|support| support.name == difference.support);
        for (place, silence) in [first, other].into_iter().zip(silences) {
            let declared = place == Speaker::Town
                && policy.words.silent.iter().any(|silent| policy.is_at_or_above(*silent, support.unwrap()));
            if silence != Silence::Speaks && declared != (silence == Silence::OnPurpose) {
                problems.push(("on purpose", format!("{place:?} `{}` {silence:?}", difference.support)));
            }
        }
    }
    problems.extend(
        left(&right, "twins").map(|words| ("missing", format!("{first:?} {other:?} {asked:?} {words}"))),
    );
    problems.extend(compared.open.iter().map(|open| ("open", open.clone())));
    told(problems, "places")
}

fn told(problems: Vec<(&str, String)>, of: &str) -> Vec<Difference> {
    let kind = |kind: &str, words: &str| {
        let word = words.split(": ").nth(1).and_then(|words| words.split(' ').next()).unwrap_or_default();
        format!("{of}, {kind} {}", if kind == "told" { word } else { "" })
    };
    problems.into_iter().map(|(name, words)| Difference { kind: kind(name, &words), words }).collect()
}
