//! What should be found of guarantees, examples, offers and acceptances, by listing the citizens: docs/semantics.md,
//! sections 8 to 10; and whether the library finds it.

use super::checks::expected;
use super::compare::Difference;
use super::judge::{DecidedTerm, Grant, Judge, View};
use super::points::Points;
use super::policy::{DATE, Grade, Layer, Policy, Sort, Speaker, Test};
use super::promises::{Claim, Offer, Promises, files, promises};
use super::region::Space;
use super::text;
use hjemmel::{Diagnostic, Options, Severity, SourceFile, Window, Workspace};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) const CHECKS: [&str; 7] = [
    "failed-example",
    "failed-guarantee",
    "idle-acceptance",
    "no-offer",
    "offer-below-terms",
    "offer-cannot-deliver",
    "offer-unbounded",
];

/// The check, what it is told of, and how seriously.
pub(super) type Told = (&'static str, String, Severity);

/// All that should be told: an empty set of citizens where a finding is about none.
pub(crate) struct Due {
    told: BTreeMap<Told, Points>,
    accepted: BTreeMap<Told, Points>,
}

impl Due {
    /// The checks that fire.
    pub(crate) fn fired(&self) -> BTreeSet<&'static str> {
        self.told.keys().chain(self.accepted.keys()).map(|(check, ..)| *check).collect()
    }
}

/// Whatever is claimed, sold and accepted beside the policy of a seed, against every citizen.
pub(crate) fn due(space: &Space, promises: &Promises) -> Due {
    let policy = space.policy;
    let mut due = Due { told: BTreeMap::new(), accepted: BTreeMap::new() };
    let judges: Vec<Judge> = policy.speakers().into_iter().map(|place| Judge::new(policy, place)).collect();
    let at = |place: Speaker| judges.iter().find(|judge| judge.place == place);
    for (number, guarantee) in promises.guarantees.iter().enumerate() {
        let everywhere = vec![Speaker::Town, Speaker::OtherTown];
        let places = if guarantee.places.is_empty() { &everywhere } else { &guarantee.places };
        for place in places {
            let Some(judge) = at(*place) else { continue };
            let when = |profile: &[i64]| policy.holds_if_any(guarantee.when.as_ref(), profile);
            let failing = failing(space, judge, &when, &guarantee.claim);
            let name = format!("{} g{number}", place.name());
            keep(&mut due.told, ("failed-guarantee", name, Severity::Error), failing, Severity::Warning);
        }
    }
    for (number, example) in promises.examples.iter().enumerate() {
        let Some(judge) = at(example.place) else { continue };
        let given = |profile: &[i64]| policy.holds(&example.given, profile);
        let failing = failing(space, judge, &given, &example.claim);
        let name = format!("{} e{number}", example.place.name());
        keep(&mut due.told, ("failed-example", name, Severity::Error), failing, Severity::Error);
    }
    let compared = [Speaker::Law, Speaker::Town, Speaker::OtherTown];
    let compared: Vec<&Judge> = compared.into_iter().filter_map(at).collect();
    let mut together: BTreeMap<Sold, (usize, Points)> = BTreeMap::new();
    for (number, offer) in promises.offers.iter().enumerate() {
        for (sold, points) in sold(space, &compared, offer) {
            let none = || (number, Points::none(space.profiles.len()));
            together.entry(sold).or_insert_with(none).1.add(&points);
        }
    }
    for (sold, (first, points)) in together {
        let severity = if sold.check == "offer-cannot-deliver" { Severity::Error } else { Severity::Warning };
        let term = &policy.terms[sold.term].name;
        due.told.insert((sold.check, format!("o{first} {term}"), severity), points);
    }
    for judge in &compared {
        unsold(space, judge, &promises.offers, &mut due.told);
    }
    accept(space, promises, &mut due);
    due
}

pub(super) fn keep(
    told: &mut BTreeMap<Told, Points>,
    (check, name, severity): Told,
    failing: Option<Points>,
    of_nobody: Severity,
) {
    match failing {
        None => {
            told.insert((check, name, of_nobody), Points::none(0));
        }
        Some(points) if !points.is_empty() => {
            told.insert((check, name, severity), points);
        }
        Some(_) => {}
    }
}

/// Where a claim fails; nothing where nobody meets its condition.
pub(super) fn failing(
    space: &Space,
    judge: &Judge,
    when: &dyn Fn(&[i64]) -> bool,
    claim: &Claim,
) -> Option<Points> {
    let asked: Vec<usize> = space.existing.iter().filter(|point| when(&space.profiles[*point])).collect();
    let mut failing = Points::none(space.profiles.len());
    for point in &asked {
        let view = judge.at(&space.profiles[*point]);
        let doubted = turning_on(judge, claim).iter().any(|name| in_doubt(judge, &view, *name));
        if !doubted && fails(judge, &view, claim) {
            failing.insert(*point);
        }
    }
    (!asked.is_empty()).then_some(failing)
}

/// A rule with an error that is heard here may speak of it.
fn in_doubt(judge: &Judge, view: &View, name: usize) -> bool {
    let rules = judge.rules.iter().enumerate();
    let mut heard = rules.filter(|(_, rule)| judge.layers.contains(&rule.speaker.layer()));
    heard.any(|(at, rule)| rule.may_speak(judge.policy, name) && view.reaches(at))
}

fn below(policy: &Policy, name: usize) -> Vec<usize> {
    if policy.supports[name].is_kind { policy.members(name) } else { vec![name] }
}

/// The same, and a kind itself where it is judged.
fn meant(judge: &Judge, name: usize) -> Vec<usize> {
    let mut list = below(judge.policy, name);
    if judge.policy.supports[name].is_kind && judge.judged.contains(&name) {
        list.push(name);
    }
    list
}

/// The same, and what replaces one of them.
fn served(judge: &Judge, name: usize) -> BTreeSet<usize> {
    let own = meant(judge, name);
    let replacing = own.iter().flat_map(|one| judge.policy.words.replacing(judge.policy, *one));
    replacing.chain(own.iter().copied()).collect()
}

/// What is claimed of a task speaks of these: the task and its pairs; with `ved` for each støtte the pair, or the task
/// where the two are none.
pub(super) fn done(policy: &Policy, task: usize, at: Option<usize>) -> BTreeSet<usize> {
    let pairs = (0..policy.supports.len()).filter_map(|pair| match policy.supports[pair].sort {
        Sort::Pair(of, support) if of == task => Some((support, pair)),
        _ => None,
    });
    let pairs: BTreeMap<usize, usize> = pairs.collect();
    match at {
        None => pairs.into_values().chain([task]).collect(),
        Some(at) => below(policy, at).iter().map(|support| *pairs.get(support).unwrap_or(&task)).collect(),
    }
}

/// The names that what is claimed turns on.
fn turning_on(judge: &Judge, claim: &Claim) -> BTreeSet<usize> {
    if let Claim::Done(_, task, at) = claim {
        return done(judge.policy, *task, *at);
    }
    let mut names: BTreeSet<usize> = claim.names().into_iter().collect();
    if let Claim::AtLeast(_, name) = claim {
        names.extend(served(judge, *name));
    }
    names
}

fn grant_of(grade: Grade) -> Grant {
    match grade {
        Grade::May => Grant::May,
        Grade::Right => Grant::Right,
        _ => Grant::Must,
    }
}

fn fails(judge: &Judge, view: &View, claim: &Claim) -> bool {
    let policy = judge.policy;
    let grant = |support: &usize| view.decision(*support).grant;
    let open = |support: &usize| grant(support).is_none_or(|grant| grant >= Grant::May);
    match claim {
        Claim::AtLeast(grade, name) => !served(judge, *name)
            .iter()
            .any(|support| grant(support).is_some_and(|grant| grant >= grant_of(*grade))),
        Claim::AtMost(grade, name) => meant(judge, *name)
            .iter()
            .any(|support| grant(support).is_none_or(|grant| grant > grant_of(*grade))),
        Claim::NotGranted(name) => meant(judge, *name).iter().any(open),
        Claim::Exactly(grade, name) => {
            let wanted = grant_of(*grade);
            let grants: Vec<Option<Grant>> = meant(judge, *name).iter().map(grant).collect();
            !grants.contains(&Some(wanted)) || grants.iter().any(|grant| grant.is_none_or(|it| it > wanted))
        }
        Claim::Said(grade, name) => !meant(judge, *name)
            .iter()
            .any(|support| judge.layers.iter().any(|layer| view.verdict(*layer, *support).stands(*grade))),
        Claim::Refused(name) => {
            let all = below(policy, *name);
            all.is_empty() || all.iter().any(|support| grant(support) != Some(Grant::Forbidden))
        }
        Claim::NotBoth(one, other) => {
            let second: Vec<usize> = below(policy, *other).into_iter().filter(open).collect();
            below(policy, *one)
                .iter()
                .filter(|support| open(support))
                .any(|one| second.iter().any(|other| other != one))
        }
        Claim::Done(grade, task, at) => {
            let all = done(policy, *task, *at);
            let is_so = |one: &usize| match grade {
                None => !open(one),
                Some(Grade::MustNot) => grant(one) == Some(Grant::Forbidden),
                Some(grade @ (Grade::Should | Grade::ShouldNot)) => {
                    judge.layers.iter().any(|layer| view.verdict(*layer, *one).stands(*grade))
                }
                Some(grade) => grant(one) == Some(grant_of(*grade)),
            };
            all.is_empty() || !all.iter().all(is_so)
        }
        Claim::Within(name, term, test) => is_otherwise(judge, view, *name, (*term, test), false),
        Claim::With(grade, name, (term, test), exactly) => {
            fails(judge, view, &Claim::Exactly(*grade, *name))
                || is_otherwise(judge, view, *name, (*term, test), *exactly)
        }
    }
}

/// A support that is granted and whose values of a term are not all within a bound, or not just those of it.
fn is_otherwise(
    judge: &Judge,
    view: &View,
    name: usize,
    (term, test): (usize, &Test),
    exactly: bool,
) -> bool {
    let policy = judge.policy;
    let values = policy.terms[term].domain.values();
    let test = test.on(&policy.words, view.profile[DATE]);
    let allowed = mask(values.iter().map(|value| test.holds(*value)));
    let all = mask(values.iter().map(|_| true));
    let holds = |set: u64| if exactly { set == allowed } else { set & !allowed == 0 };
    below(policy, name).iter().any(|support| {
        let decision = view.decision(*support);
        let holds = match decision.terms[term] {
            DecidedTerm::Unbounded => holds(all),
            DecidedTerm::Undecided => false,
            DecidedTerm::Values(set) => holds(set),
        };
        decision.grant.is_some_and(|grant| grant >= Grant::May) && !holds
    })
}

fn mask(values: impl Iterator<Item = bool>) -> u64 {
    values.enumerate().fold(0, |set, (at, inside)| if inside { set | 1 << at } else { set })
}

fn least(set: u64) -> i64 {
    i64::from(set.trailing_zeros())
}

fn greatest(set: u64) -> i64 {
    63 - i64::from(set.leading_zeros())
}

/// The supports a name of the offer delivers, by name as a reader sorts them.
fn delivered(policy: &Policy, offer: &Offer) -> Vec<usize> {
    let mut list: Vec<usize> = (0..policy.supports.len())
        .filter(|at| !policy.supports[*at].is_kind && offer.delivers(policy, *at))
        .collect();
    list.sort_by(|a, b| policy.supports[*a].name.cmp(&policy.supports[*b].name));
    list
}

/// What offers are told together by.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Sold {
    check: &'static str,
    term: usize,
    place: Speaker,
    support: usize,
    /// where what is due starts, or what the law gives ends
    edge: i64,
}

fn sold(space: &Space, judges: &[&Judge], offer: &Offer) -> Vec<(Sold, Points)> {
    let policy = space.policy;
    let none = || Points::none(space.profiles.len());
    let mut told = Vec::new();
    for (term, test) in offer.bounds.iter().filter(|_| offer.fault.is_none()) {
        let of_term = &policy.terms[*term];
        let values = of_term.domain.values();
        let offered = |day: hjemmel::Day| {
            let test = test.on(&policy.words, day);
            mask(values.iter().map(|value| test.holds(*value)))
        };
        let last = values.len() as i64 - 1;
        let (ordered, better) = (of_term.domain.ordered(), of_term.more_is_better);
        let short = |offered: u64, due: u64| -> Option<(bool, i64)> {
            let (some, all, strict) = match better {
                Some(true) => (least(offered) < least(due), greatest(offered) < least(due), least(due)),
                Some(false) => {
                    (greatest(offered) > greatest(due), least(offered) > greatest(due), -greatest(due))
                }
                None => {
                    let endless = ordered && greatest(offered) == last;
                    let counted = if endless {
                        offered & mask((0..=last).map(|at| at <= greatest(due)))
                    } else {
                        offered
                    };
                    (counted & !due != 0, offered & due == 0, 0)
                }
            };
            (some || all).then_some((all, strict))
        };
        let ends = |offered: u64, due: u64| -> Option<i64> {
            match better {
                _ if !ordered => None,
                Some(false) => (least(due) > 0 && least(offered) == 0).then(|| -least(due)),
                _ => (greatest(due) < last && greatest(offered) == last).then(|| greatest(due)),
            }
        };
        let mut shorts: Vec<(bool, Sold, Points)> = Vec::new();
        let mut endings: Vec<(Sold, Points)> = Vec::new();
        for judge in judges {
            for support in delivered(policy, offer) {
                let mut short_here: BTreeMap<(bool, i64), Points> = BTreeMap::new();
                let mut ends_here: BTreeMap<i64, Points> = BTreeMap::new();
                for point in space.existing.iter() {
                    let profile = &space.profiles[point];
                    let view = judge.at(profile);
                    let decision = view.decision(support);
                    let DecidedTerm::Values(due) = decision.terms[*term] else { continue };
                    let Some(grant) = decision.grant else { continue };
                    if due == 0 || !offer.stands(policy, profile) || in_doubt(judge, &view, support) {
                        continue;
                    }
                    let offered = offered(profile[DATE]);
                    if let Some(how) = short(offered, due).filter(|_| grant >= Grant::Right) {
                        short_here.entry(how).or_insert_with(none).insert(point);
                    }
                    let in_law = judge.place == Speaker::Law && grant >= Grant::May;
                    if let Some(end) = ends(offered, due).filter(|_| in_law) {
                        ends_here.entry(end).or_insert_with(none).insert(point);
                    }
                }
                let of = |check, edge| Sold { check, term: *term, place: judge.place, support, edge };
                let worst = short_here.into_iter().next_back();
                shorts.extend(worst.map(|((all, edge), points)| {
                    (all, of(if all { "offer-cannot-deliver" } else { "offer-below-terms" }, edge), points)
                }));
                let first = ends_here.into_iter().next();
                endings.extend(first.map(|(edge, points)| (of("offer-unbounded", edge), points)));
            }
        }
        // the first of equals
        let worst = shorts.into_iter().rev().max_by_key(|(all, sold, _)| (*all, sold.edge));
        told.extend(worst.map(|(_, sold, points)| (sold, points)));
        told.extend(endings.into_iter().min_by_key(|(sold, _)| sold.edge));
    }
    told
}

fn unsold(space: &Space, judge: &Judge, offers: &[Offer], told: &mut BTreeMap<Told, Points>) {
    let policy = space.policy;
    for support in (0..policy.supports.len()).filter(|at| !policy.supports[*at].is_kind) {
        let mut points = Points::none(space.profiles.len());
        for point in space.existing.iter() {
            let profile = &space.profiles[point];
            let view = judge.at(profile);
            let law = view.verdict(Layer::Law, support);
            let by_law = !law.contradicted && law.grant >= Grant::Right;
            let due = view.decision(support).grant.is_some_and(|grant| grant >= Grant::Right);
            let sold =
                offers.iter().any(|offer| offer.stands(policy, profile) && offer.delivers(policy, support));
            let asked = judge.place == Speaker::Law || !by_law;
            if due && asked && !sold && !in_doubt(judge, &view, support) {
                points.insert(point);
            }
        }
        if !points.is_empty() {
            let name = format!("{} {}", judge.place.name(), policy.supports[support].name);
            told.insert(("no-offer", name, Severity::Note), points);
        }
    }
}

/// Divides what is found by what is accepted.
fn accept(space: &Space, promises: &Promises, due: &mut Due) {
    let accept = &promises.accept;
    let mut found: BTreeMap<Told, Points> = BTreeMap::new();
    if accept.check == "failed-guarantee" {
        let of_town = |(check, name, _): &Told| *check == accept.check && name.starts_with("Byen ");
        found =
            due.told.iter().filter(|(key, _)| of_town(key)).map(|(k, p)| (k.clone(), p.clone())).collect();
    } else {
        for (key, points) in expected(space.policy, &space.profiles).regions {
            if key.check == accept.check && key.module.split('.').next() == Some(Speaker::Town.name()) {
                let name = format!("{} {}", key.module, key.support.unwrap_or_default());
                let none = || Points::none(space.profiles.len());
                found.entry((key.check, name, key.severity)).or_insert_with(none).add(&points);
            }
        }
    }
    let holds = !is_past(space.policy, promises);
    let named = Points::where_true(space.profiles.len(), |point| {
        holds && space.policy.holds(&accept.when, &space.profiles[point])
    });
    for (key, points) in found {
        if points == Points::none(0) {
            continue;
        }
        let (taken, left) = (points.and(&named), points.without(&named));
        due.told.remove(&key);
        if !left.is_empty() {
            due.told.insert(key.clone(), left);
        }
        if !taken.is_empty() {
            due.accepted.insert(key, taken);
        }
    }
    if due.accepted.is_empty() {
        due.told.insert(idle(), Points::none(0));
    }
}

/// Whether the last day of what is accepted has passed.
fn is_past(policy: &Policy, promises: &Promises) -> bool {
    let past = |until: hjemmel::Day| policy.reference.is_some_and(|today| until < today);
    promises.accept.until.is_some_and(past)
}

/// That the acceptance of the first kommune accepts nothing.
fn idle() -> Told {
    ("idle-acceptance", Speaker::Town.name().to_owned(), Severity::Warning)
}

/// What a finding is told of.
fn name(finding: &Diagnostic) -> String {
    let module = finding.module.clone().unwrap_or_else(|| Speaker::Law.name().to_owned());
    let message = &finding.message.en;
    let quoted = |sign: char, number: usize| message.split(sign).nth(2 * number + 1).unwrap_or_default();
    match finding.check {
        "failed-guarantee" => format!("{module} {}", quoted('`', 0)),
        "failed-example" => format!("{module} {}", quoted('"', 0)),
        "idle-acceptance" => module,
        "offer-below-terms" | "offer-cannot-deliver" | "offer-unbounded" => {
            let offer = quoted('`', 0).rsplit('.').next().unwrap_or_default();
            format!("{offer} {}", quoted('`', 1))
        }
        _ => format!("{module} {}", finding.support.clone().unwrap_or_default()),
    }
}

pub(super) fn found<'f>(
    space: &Space,
    findings: impl Iterator<Item = &'f Diagnostic>,
) -> Result<BTreeMap<Told, Points>, String> {
    let mut map: BTreeMap<Told, Points> = BTreeMap::new();
    for finding in findings {
        let empty = if finding.region.is_empty() { 0 } else { space.profiles.len() };
        let points = map
            .entry((finding.check, name(finding), finding.severity))
            .or_insert_with(|| Points::none(empty));
        for conditions in &finding.region {
            points.add(&space.points(&space.read(conditions)?));
        }
        if !finding.region.is_empty() && !points.contains(space.witness(finding)?) {
            return Err(format!("{}: the witness lies outside", finding.message.en));
        }
    }
    Ok(map)
}

/// Every difference for the policy of a seed; none when the library is right.
pub(crate) fn differences(policy: &Policy, seed: u64) -> Vec<Difference> {
    let space = Space::new(policy);
    let promises = promises(policy, seed);
    let mut due = due(&space, &promises);
    let texts = text::files(policy).into_iter().chain(files(policy, &promises));
    let sources = texts.map(|(name, text)| SourceFile::new(name, text)).collect();
    let mut options = Options::default();
    options.window = Some(Window { from: policy.window.0, to: policy.window.1 });
    options.reference_date = policy.reference;
    let checked = Workspace::new(sources, options).check();
    // what an error hides is taken as it is told
    let hides = |hidden: &hjemmel::Hidden| {
        hidden.checks.contains(&promises.accept.check)
            && hidden.places.iter().any(|place| place == Speaker::Town.name())
    };
    if !is_past(policy, &promises) && checked.findings.iter().flat_map(|finding| &finding.hides).any(hides) {
        due.told.remove(&idle());
    }
    let asked = |check: &str| CHECKS.contains(&check) || check == promises.accept.check;
    let mine = |finding: &&Diagnostic| {
        let of_town = finding.module.as_deref().and_then(|name| name.split('.').next());
        CHECKS.contains(&finding.check)
            || (finding.check == promises.accept.check && of_town == Some(Speaker::Town.name()))
    };
    let accepted = checked.accepted.iter().map(|accepted| &accepted.finding);
    let lists = [
        ("told", &due.told, found(&space, checked.findings.iter().filter(mine))),
        ("accepted", &due.accepted, found(&space, accepted.filter(|finding| asked(finding.check)))),
    ];
    let mut differences = Vec::new();
    for (list, right, got) in lists {
        let got = match got {
            Ok(got) => got,
            Err(words) => {
                differences.push(Difference { kind: format!("unreadable {list}"), words });
                continue;
            }
        };
        let keys: BTreeSet<&Told> = right.keys().chain(got.keys()).collect();
        for key in keys.into_iter().filter(|key| right.get(*key) != got.get(*key)) {
            let count =
                |points: Option<&Points>| points.map_or("nothing".to_owned(), |p| p.count().to_string());
            let words = format!("{key:?}: right {}, got {}", count(right.get(key)), count(got.get(key)));
            differences.push(Difference { kind: format!("wrong {list} {}", key.0), words });
        }
    }
    differences
}

/// The whole of a seed's texts, for a failure message.
pub(crate) fn whole(policy: &Policy, seed: u64) -> String {
    let more = files(policy, &promises(policy, seed));
    let more: String = more.into_iter().map(|(name, text)| format!("# ---- {name}\n{text}")).collect();
    text::whole(policy) + &more
}

/// What fires for the policy of a seed.
pub(crate) fn fired(policy: &Policy, seed: u64) -> BTreeSet<&'static str> {
    due(&Space::new(policy), &promises(policy, seed)).fired()
}
