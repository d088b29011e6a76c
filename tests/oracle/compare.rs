//! What the library finds against what it should find.

use super::checks::{CHECKS, Expected, Key, expected};
use super::guidance::SELLER;
use super::judge::{DecidedTerm, Grant, Judge};
use super::points::Points;
use super::policy::{Policy, Speaker};
use super::region::{Space, Values};
use super::rules::Flat;
use super::text;
use hjemmel::{Checked, Decision, Diagnostic, Options, Severity, SourceFile, Window, Workspace};
use std::collections::{BTreeMap, BTreeSet};

/// For a unit and a day: where the last rule ends, and which rules.
type CoverageEnds = BTreeMap<EndTold, (Points, BTreeSet<String>)>;
/// A unit, maybe a support, and the last day if there is one.
type EndTold = (String, Option<String>, Option<hjemmel::Day>);

const ABOUT_RULES: [&str; 12] = [
    "no-competence",
    "undated",
    "dead-rule",
    "hidden-by-assumption",
    "shadowed-rule",
    "missing-basis",
    "replaced-unit",
    "broken-silence",
    "expired",
    "renumbered-source",
    "duplicate-rule",
    "redundant-rule",
];

/// The policy as the library takes it.
pub(crate) fn workspace(policy: &Policy) -> Workspace {
    workspace_with(policy, None)
}

/// The same with one more file.
pub(crate) fn workspace_with(policy: &Policy, more: Option<String>) -> Workspace {
    let files = text::files(policy).into_iter().chain(more.map(|text| ("mere.hjemmel", text)));
    let files = files.map(|(name, text)| SourceFile::new(name, text)).collect();
    let mut options = Options::default();
    options.reference_date = policy.reference;
    options.window = Some(Window { from: policy.window.0, to: policy.window.1 });
    Workspace::new(files, options)
}

/// One difference: its kind, by which failures are told apart, and the rest.
pub(crate) struct Difference {
    pub(crate) kind: String,
    pub(crate) words: String,
}

/// Every difference; none when the library is right.
pub(crate) fn differences(policy: &Policy) -> Vec<Difference> {
    let space = Space::new(policy);
    let should = expected(policy, &space.profiles);
    let workspace = workspace(policy);
    let checked = workspace.check();
    let judges = policy.speakers().into_iter().map(|place| (place.name(), Judge::new(policy, place)));
    let judges = judges.collect();
    let mut comparison = Comparison { space: &space, judges, differences: Vec::new() };
    comparison.run(&should, &checked);
    comparison.blame(&workspace, &checked);
    comparison.differences
}

/// Every difference between the decisions for some citizens.
pub(crate) fn differences_in_decisions(policy: &Policy, citizens: usize) -> Vec<Difference> {
    let space = Space::new(policy);
    let workspace = workspace(policy);
    let decides = |place: &Speaker| matches!(place, Speaker::Town | Speaker::OtherTown | Speaker::Home);
    let places: Vec<Speaker> = policy.speakers().into_iter().filter(decides).collect();
    let judges: Vec<Judge> = places.iter().map(|place| Judge::new(policy, *place)).collect();
    let step = (space.existing.count() as usize).div_ceil(citizens).max(1);
    let mut differences = Vec::new();
    for (number, point) in space.existing.iter().step_by(step).enumerate() {
        // each citizen asks one of the places, the first kommune most often
        let judge = &judges[if number % 2 == 0 { 0 } else { number / 2 % judges.len() }];
        let profile = &space.profiles[point];
        let named = policy.facts.iter().zip(profile);
        let facts: Vec<(String, String)> =
            named.map(|(fact, value)| (fact.name.clone(), fact.domain.word(*value))).collect();
        let right = right_decisions(policy, judge, profile);
        let place = judge.place.name();
        match workspace.decide(place, &facts) {
            Err(problem) => {
                differences.push(Difference { kind: "no decision".to_owned(), words: problem.en });
            }
            Ok(got) => {
                let got: BTreeSet<String> =
                    got.iter().map(|decision| decision_words(policy, decision)).collect();
                let words = |one: &BTreeSet<String>, other: &BTreeSet<String>| {
                    one.difference(other).cloned().collect::<Vec<_>>().join("; ")
                };
                if right != got {
                    let (right, got) = (words(&right, &got), words(&got, &right));
                    let words = format!("{place}, {}: right {right}, got {got}", space.describe(point));
                    differences.push(Difference { kind: "wrong decision".to_owned(), words });
                }
            }
        }
    }
    differences
}

pub(crate) fn right_decisions(policy: &Policy, judge: &Judge, profile: &[i64]) -> BTreeSet<String> {
    let view = judge.at(profile);
    let word = |support: &usize| {
        let decision = view.decision(*support);
        let mut words = vec![policy.supports[*support].name.clone(), format!("{:?}", decision.grant)];
        for (term, decided) in policy.terms.iter().zip(&decision.terms) {
            match decided {
                DecidedTerm::Unbounded => {}
                DecidedTerm::Undecided => words.push(format!("{} undecided", term.name)),
                DecidedTerm::Values(set) => words.push(format!("{} {set:b}", term.name)),
            }
        }
        words.push(format!("{} {} {}", decision.should, decision.assess, decision.duty));
        words.join(" ")
    };
    judge.judged.iter().map(word).collect()
}

pub(crate) fn decision_words(policy: &Policy, decision: &Decision) -> String {
    let grant = decision.grant.map(|grant| match grant {
        hjemmel::Grant::Forbidden => Grant::Forbidden,
        hjemmel::Grant::None => Grant::None,
        hjemmel::Grant::May => Grant::May,
        hjemmel::Grant::Right => Grant::Right,
        _ => Grant::Must,
    });
    let mut words = vec![decision.support.clone(), format!("{grant:?}")];
    for term in &policy.terms {
        let Some(decided) = decision.terms.iter().find(|decided| decided.term == term.name) else { continue };
        let Some(ranges) = &decided.ranges else {
            words.push(format!("{} undecided", term.name));
            continue;
        };
        let values = term.domain.values();
        let within = |value: i64| {
            let ends = ranges.iter().map(|(low, high)| (term.domain.value(low), term.domain.value(high)));
            ends.clone().any(|(low, high)| {
                low.is_some_and(|low| low <= value) && high.is_some_and(|high| value <= high)
            })
        };
        let set = (0..values.len()).filter(|at| within(values[*at])).fold(0_u64, |set, at| set | 1 << at);
        words.push(format!("{} {set:b}", term.name));
    }
    words.push(format!("{} {} {}", decision.recommended, decision.to_be_assessed, decision.duty));
    words.join(" ")
}

struct Comparison<'a> {
    space: &'a Space<'a>,
    /// by place
    judges: BTreeMap<&'static str, Judge<'a>>,
    differences: Vec<Difference>,
}

/// One finding with its boxes read.
struct Told<'a> {
    finding: &'a Diagnostic,
    boxes: Vec<(Values, Points)>,
    region: Points,
}

impl<'a> Comparison<'a> {
    /// The place a finding is about; what has no module is about the law.
    fn judge(&self, finding: &Diagnostic) -> &Judge<'a> {
        let module = finding.module.as_deref().unwrap_or_default();
        let name = module.split('.').next().unwrap_or_default();
        // what is sold is held against the vejledning
        let name = if name == SELLER { Speaker::Guide.name() } else { name };
        self.judges.get(name).unwrap_or(&self.judges[Speaker::Law.name()])
    }

    fn rules(&self) -> &[Flat] {
        &self.judges[Speaker::Law.name()].rules
    }

    fn differ(&mut self, kind: String, words: String) {
        self.differences.push(Difference { kind, words });
    }

    fn differ_on(&mut self, problem: &str, finding: &Diagnostic, words: String) {
        self.differ(format!("{problem} {}", finding.check), format!("{}: {words}", name(finding)));
    }

    fn run(&mut self, should: &Expected, checked: &Checked) {
        if !checked.proven {
            self.differ("not proven".to_owned(), "some task ran out of budget".to_owned());
        }
        self.readable(checked);
        let rules: BTreeSet<_> = checked
            .findings
            .iter()
            .filter(|finding| ABOUT_RULES.contains(&finding.check))
            .flat_map(|finding| {
                let module = finding.module.clone().unwrap_or_default();
                let of_module = |rule: &&String| rule.split('.').next() == Some(&module);
                let named: Vec<String> = match finding.check {
                    "undated" => vec![module],
                    // the rules it may not depart from are named too
                    "no-competence" => finding.rules.iter().filter(of_module).cloned().collect(),
                    _ => finding.rules.clone(),
                };
                named.into_iter().map(|name| (finding.check, name, finding.severity))
            })
            .collect();
        for missing in should.rules.difference(&rules) {
            self.differ(format!("missing {}", missing.0), format!("{} {:?}", missing.1, missing.2));
        }
        for extra in rules.difference(&should.rules) {
            self.differ(format!("too much {}", extra.0), format!("{} {:?}", extra.1, extra.2));
        }
        let about_citizens = checked
            .findings
            .iter()
            .filter(|finding| CHECKS.contains(&finding.check) && !ABOUT_RULES.contains(&finding.check));
        let mut told = Vec::new();
        for finding in about_citizens {
            match self.read(finding) {
                Ok(read) => told.push(read),
                Err(problem) => self.differ_on("unreadable", finding, problem),
            }
        }
        self.regions(should, &told);
        self.silent_terms(should, &told);
        self.coverage_ends(should, &told);
        for at in 0..told.len() {
            self.shape(&told, at);
            self.witness(&told, at);
        }
    }

    /// The assumptions a hidden rule is blamed on suffice, and none of them could be left out.
    fn blame(&mut self, workspace: &Workspace, checked: &Checked) {
        let policy = self.space.policy;
        for finding in checked.findings.iter().filter(|finding| finding.check == "hidden-by-assumption") {
            let named = |rule: &Flat| finding.rules.contains(&rule.name);
            let Some(rule) = self.rules().iter().position(named) else { continue };
            let judge = self.judge(finding);
            let when = |profile: &Vec<i64>| {
                let view = judge.at(profile);
                judge.rules[rule].conditions.iter().all(|cond| view.holds(rule, cond))
            };
            let assumption = |label: &hjemmel::Label| {
                let before = &workspace.sources().file(label.span.file).text[..label.span.start as usize];
                before.lines().filter(|line| line.starts_with("antag")).count()
            };
            let blamed: Vec<usize> = finding.labels[1..].iter().map(assumption).collect();
            let hides = |blamed: &[usize]| {
                !self
                    .space
                    .profiles
                    .iter()
                    .any(|profile| when(profile) && blamed.iter().all(|at| policy.assumes(*at, profile)))
            };
            let fewer = |at: usize| [&blamed[..at], &blamed[at + 1..]].concat();
            let (enough, spare) = (hides(&blamed), (0..blamed.len()).any(|at| hides(&fewer(at))));
            if !enough || spare {
                let words = format!("{blamed:?}, enough: {enough}");
                self.differ_on("wrong blame", finding, words);
            }
        }
    }

    /// The texts have no other faults than those put into them.
    fn readable(&mut self, checked: &Checked) {
        let faulty = self.rules().iter().any(Flat::has_error);
        for finding in checked.findings.iter().filter(|finding| !CHECKS.contains(&finding.check)) {
            let meant = match finding.check {
                "unknown-name" => faulty,
                "out-of-domain" => self.space.policy.words.late.is_some(),
                _ => finding.severity != Severity::Error,
            };
            if !meant {
                self.differ(format!("faulty text {}", finding.check), finding.message.en.clone());
            }
        }
    }

    fn read<'f>(&self, finding: &'f Diagnostic) -> Result<Told<'f>, String> {
        let mut boxes = Vec::new();
        let mut region = Points::none(self.space.profiles.len());
        for conditions in &finding.region {
            let values = self.space.read(conditions)?;
            let points = self.space.points(&values);
            region.add(&points);
            boxes.push((values, points));
        }
        Ok(Told { finding, boxes, region })
    }

    fn regions(&mut self, should: &Expected, told: &[Told]) {
        let mut found: BTreeMap<Key, Points> = BTreeMap::new();
        let elsewhere = ["silent-term", "coverage-ends"];
        for told in told.iter().filter(|told| !elsewhere.contains(&told.finding.check)) {
            let region =
                found.entry(key(told.finding)).or_insert_with(|| Points::none(self.space.profiles.len()));
            region.add(&told.region);
        }
        let none = Points::none(self.space.profiles.len());
        let keys: BTreeSet<&Key> = should.regions.keys().chain(found.keys()).collect();
        for key in keys {
            let (right, got) = (should.regions.get(key).unwrap_or(&none), found.get(key).unwrap_or(&none));
            self.compare(key, right, got);
        }
    }

    fn compare(&mut self, key: &Key, right: &Points, got: &Points) {
        for (word, points) in [("missing", right.without(got)), ("too much", got.without(right))] {
            if let Some(point) = points.iter().next() {
                let (count, whole) = (points.count(), right.count());
                let example = self.space.describe(point);
                let words = format!("{key:?}: {count} profiles (right: {whole}), first: {example}");
                self.differ(format!("{word} {}", key.check), words);
            }
        }
    }

    fn silent_terms(&mut self, should: &Expected, told: &[Told]) {
        let mut right: Vec<(&str, &str, &Points)> = Vec::new();
        let mut got: Vec<(&str, &str, &Points)> = Vec::new();
        for ((town, term), points) in &should.silent_terms {
            right.push((town.name(), term, points));
        }
        for told in told.iter().filter(|told| told.finding.check == "silent-term") {
            let module = told.finding.module.as_deref().unwrap_or_default();
            let label = told.finding.labels.last().map_or("", |label| label.text.en.as_str());
            got.push((module, label.split('`').nth(1).unwrap_or_default(), &told.region));
            if told.finding.severity != Severity::Note {
                self.differ_on("not a note", told.finding, String::new());
            }
        }
        right.sort();
        got.sort();
        if right != got {
            let words = |sets: &[(&str, &str, &Points)]| {
                sets.iter()
                    .map(|(town, term, points)| format!("{town} {term} at {}", points.count()))
                    .collect::<Vec<_>>()
                    .join(", ")
            };
            self.differ(
                "wrong silent-term".to_owned(),
                format!("right {}; got {}", words(&right), words(&got)),
            );
        }
    }

    fn coverage_ends(&mut self, should: &Expected, told: &[Told]) {
        let mut got = BTreeMap::new();
        for told in told.iter().filter(|told| told.finding.check == "coverage-ends") {
            let rules: BTreeSet<String> = told.finding.rules.iter().cloned().collect();
            let ends = self.judge(told.finding).rules.iter().filter(|rule| rules.contains(&rule.name));
            let days: BTreeSet<_> = ends.map(|rule| rule.last_day(self.space.policy)).collect();
            let module = told.finding.module.clone().unwrap_or_default();
            let key = (module, told.finding.support.clone(), days.first().copied().flatten());
            let known = got.insert(key, (told.region.clone(), rules));
            if days.len() != 1 || known.is_some() || told.finding.severity != Severity::Warning {
                self.differ_on("not one day", told.finding, format!("{days:?}"));
            }
        }
        let right: BTreeMap<_, _> = should
            .coverage_ends
            .iter()
            .map(|((module, support, day), (points, rules))| {
                ((module.clone(), support.clone(), Some(*day)), (points.clone(), rules.clone()))
            })
            .collect();
        if right != got {
            let words = |found: &CoverageEnds| {
                let one = |((module, support, day), (points, rules)): (&EndTold, &(Points, _))| {
                    format!("{module} {support:?} {day:?} at {} for {rules:?}", points.count())
                };
                found.iter().map(one).collect::<Vec<_>>().join(", ")
            };
            let words = format!("right {}; got {}", words(&right), words(&got));
            self.differ("wrong coverage-ends".to_owned(), words);
        }
    }

    /// The findings whose boxes together are one irredundant list: the finding's own, or all of its unit.
    fn list<'t, 'f>(&self, told: &'t [Told<'f>], at: usize) -> Vec<&'t Told<'f>> {
        if told[at].finding.check == "gap" {
            told.iter().filter(|other| key(other.finding) == key(told[at].finding)).collect()
        } else {
            vec![&told[at]]
        }
    }

    fn shape(&mut self, told: &[Told], at: usize) {
        let list = self.list(told, at);
        let finding = told[at].finding;
        let mut region = Points::none(self.space.profiles.len());
        list.iter().for_each(|told| region.add(&told.region));
        let all: Vec<&Points> =
            list.iter().flat_map(|told| told.boxes.iter().map(|(_, points)| points)).collect();
        for (number, (values, points)) in told[at].boxes.iter().enumerate() {
            if let Some(value) = self.space.could_add(values, &region) {
                let words = format!("{value} could be added to {:?}", finding.region[number]);
                self.differ_on("not maximal", finding, words);
            }
            let mut others = Points::none(self.space.profiles.len());
            all.iter().filter(|other| !std::ptr::eq(**other, points)).for_each(|other| others.add(other));
            if points.without(&others).is_empty() {
                self.differ_on("could be dropped", finding, format!("{:?}", finding.region[number]));
            }
        }
        if finding.region.is_empty() {
            self.differ_on("no region", finding, String::new());
        }
    }

    fn witness(&mut self, told: &[Told], at: usize) {
        let finding = told[at].finding;
        let point = match self.space.witness(finding) {
            Ok(point) => point,
            Err(problem) => return self.differ_on("unreadable", finding, problem),
        };
        let citizen = self.space.describe(point);
        if !told[at].region.contains(point) {
            return self.differ_on("witness outside", finding, citizen);
        }
        let mut others = Points::none(self.space.profiles.len());
        let list = self.list(told, at);
        list.iter()
            .filter(|other| !std::ptr::eq(**other, &told[at]))
            .for_each(|other| others.add(&other.region));
        let own = told[at].region.without(&others);
        let fitting = if own.is_empty() { &told[at].region } else { &own };
        if !fitting.contains(point) {
            self.differ_on("witness in another box too", finding, citizen.clone());
        }
        let best = fitting.iter().map(|point| self.space.strangeness(point)).min().unwrap_or(0);
        let strangeness = self.space.strangeness(point);
        if strangeness > best {
            self.differ_on(
                "witness too strange",
                finding,
                format!("{citizen}: differs in {strangeness} facts, {best} would do"),
            );
        }
        let view = self.judge(finding).at(&self.space.profiles[point]);
        let applies = |rule: &String| {
            let known = self.rules().iter().position(|known| known.name == *rule);
            known.is_some_and(|known| view.applies(known))
        };
        let over = finding.check == "coverage-ends";
        if !over && !finding.rules.is_empty() && !finding.rules.iter().any(applies) {
            self.differ_on("no rule applies to the witness", finding, citizen);
        }
    }
}

fn key(finding: &Diagnostic) -> Key {
    Key {
        check: finding.check,
        module: match &finding.module {
            // what the lov say together is told under the first
            None => Speaker::Law.name().to_owned(),
            Some(name) if name == Speaker::OtherLaw.name() => Speaker::Law.name().to_owned(),
            Some(name) => name.clone(),
        },
        support: match finding.check {
            // told for each exception, whose name stands in its first label
            "escaping-exception" => {
                let label = finding.labels.first().map(|label| label.text.en.as_str()).unwrap_or_default();
                label.split(" · ").next().map(str::to_owned)
            }
            // one for each provision, over all supports
            "beyond-law" => None,
            _ => finding.support.clone(),
        },
        severity: finding.severity,
        answered: ["gap", "unserved-right"].contains(&finding.check)
            && finding.rules.iter().any(|rule| rule.split('.').next() == Some(Speaker::Town.name())),
    }
}

fn name(finding: &Diagnostic) -> String {
    let module = finding.module.as_deref().unwrap_or("-");
    let support = finding.support.as_deref().unwrap_or("-");
    format!("{} {module} {support} {:?} {:?}", finding.check, finding.severity, finding.rules)
}
