//! What the library finds against what it should find.

use super::checks::{CHECKS, Expected, Key, expected};
use super::judge::Judge;
use super::points::Points;
use super::policy::{LAW, Policy};
use super::region::{Space, Values};
use super::text;
use hjemmel::{Checked, Diagnostic, Options, Severity, SourceFile, Window, Workspace};
use std::collections::{BTreeMap, BTreeSet};

const ABOUT_RULES: [&str; 3] = ["dead-rule", "shadowed-rule", "missing-basis"];
const TOLD_BY_BOX: [&str; 2] = ["gap", "unserved-right"];

/// The policy as the library takes it.
pub(crate) fn workspace(policy: &Policy) -> Workspace {
    let files = text::files(policy).into_iter().map(|(name, text)| SourceFile::new(name, text)).collect();
    let mut options = Options::default();
    options.window = Some(Window { from: policy.window.0, to: policy.window.1 });
    Workspace::new(files, options)
}

/// Every difference, in words; none when the library is right.
pub(crate) fn differences(policy: &Policy) -> Vec<String> {
    let space = Space::new(policy);
    let should = expected(policy, &space.profiles);
    let checked = workspace(policy).check();
    let mut comparison = Comparison { space: &space, judge: Judge::new(policy), differences: Vec::new() };
    comparison.run(&should, &checked);
    comparison.differences
}

struct Comparison<'a> {
    space: &'a Space<'a>,
    judge: Judge<'a>,
    differences: Vec<String>,
}

/// One finding with its boxes read.
struct Told<'a> {
    finding: &'a Diagnostic,
    boxes: Vec<(Values, Points)>,
    region: Points,
}

impl Comparison<'_> {
    fn differ(&mut self, difference: String) {
        self.differences.push(difference);
    }

    fn run(&mut self, should: &Expected, checked: &Checked) {
        if !checked.proven {
            self.differ("not proven".to_owned());
        }
        self.readable(checked);
        let rules: BTreeSet<_> = checked
            .findings
            .iter()
            .filter(|finding| ABOUT_RULES.contains(&finding.check))
            .flat_map(|finding| {
                finding.rules.iter().take(1).map(|rule| (finding.check, rule.clone(), finding.severity))
            })
            .collect();
        for missing in should.rules.difference(&rules) {
            self.differ(format!("missing: {} {} {:?}", missing.0, missing.1, missing.2));
        }
        for extra in rules.difference(&should.rules) {
            self.differ(format!("too much: {} {} {:?}", extra.0, extra.1, extra.2));
        }
        let about_citizens = checked
            .findings
            .iter()
            .filter(|finding| CHECKS.contains(&finding.check) && !ABOUT_RULES.contains(&finding.check));
        let mut told = Vec::new();
        for finding in about_citizens {
            match self.read(finding) {
                Ok(read) => told.push(read),
                Err(problem) => self.differ(format!("{}: {problem}", name(finding))),
            }
        }
        self.regions(should, &told);
        self.silent_terms(should, &told);
        for at in 0..told.len() {
            self.shape(&told, at);
            self.witness(&told, at);
        }
    }

    /// The texts have no other faults than those put into them.
    fn readable(&mut self, checked: &Checked) {
        let faulty = self.judge.rules.iter().any(|rule| rule.has_error());
        for finding in checked.findings.iter().filter(|finding| !CHECKS.contains(&finding.check)) {
            let meant = match finding.check {
                "unknown-name" => faulty,
                "no-competence" => true,
                _ => finding.severity != Severity::Error,
            };
            if !meant {
                self.differ(format!("the text has a fault: {} {}", finding.check, finding.message.en));
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
        for told in told.iter().filter(|told| told.finding.check != "silent-term") {
            let region =
                found.entry(key(told.finding)).or_insert_with(|| Points::none(self.space.profiles.len()));
            region.add(&told.region);
        }
        let none = Points::none(self.space.profiles.len());
        let keys: BTreeSet<&Key> = should.regions.keys().chain(found.keys()).collect();
        for key in keys {
            let (right, got) = (should.regions.get(key).unwrap_or(&none), found.get(key).unwrap_or(&none));
            self.compare(&format!("{key:?}"), right, got);
        }
    }

    fn compare(&mut self, what: &str, right: &Points, got: &Points) {
        for (word, points) in [("missing", right.without(got)), ("too much", got.without(right))] {
            if let Some(point) = points.iter().next() {
                let (count, whole) = (points.count(), right.count());
                let example = self.space.describe(point);
                self.differ(format!("{word}: {what}: {count} profiles (right: {whole}), first: {example}"));
            }
        }
    }

    fn silent_terms(&mut self, should: &Expected, told: &[Told]) {
        let mut right: Vec<(&str, &Points)> =
            should.silent_terms.iter().map(|((rule, _), points)| (rule.as_str(), points)).collect();
        let mut got: Vec<(&str, &Points)> = Vec::new();
        for told in told.iter().filter(|told| told.finding.check == "silent-term") {
            let law_rules: Vec<&String> =
                told.finding.rules.iter().filter(|rule| rule.starts_with(&format!("{LAW}."))).collect();
            match law_rules[..] {
                [rule] => got.push((rule, &told.region)),
                _ => self.differ(format!("silent-term names not one law rule but {law_rules:?}")),
            }
            if told.finding.severity != Severity::Note || told.finding.support.is_some() {
                self.differ("silent-term should be a note about no one support".to_owned());
            }
        }
        right.sort();
        got.sort();
        if right != got {
            let words = |sets: &[(&str, &Points)]| {
                sets.iter()
                    .map(|(rule, points)| format!("{rule} at {}", points.count()))
                    .collect::<Vec<_>>()
                    .join(", ")
            };
            self.differ(format!("silent-term: right {}; got {}", words(&right), words(&got)));
        }
    }

    /// The findings whose boxes together are one irredundant list: the finding's own, or all of its unit.
    fn list<'t, 'f>(&self, told: &'t [Told<'f>], at: usize) -> Vec<&'t Told<'f>> {
        if TOLD_BY_BOX.contains(&told[at].finding.check) {
            told.iter().filter(|other| key(other.finding) == key(told[at].finding)).collect()
        } else {
            vec![&told[at]]
        }
    }

    fn shape(&mut self, told: &[Told], at: usize) {
        let list = self.list(told, at);
        let finding = told[at].finding;
        if TOLD_BY_BOX.contains(&finding.check) && told[at].boxes.len() != 1 {
            self.differences.push(format!(
                "{}: {} boxes in one finding",
                name(finding),
                told[at].boxes.len()
            ));
        }
        let mut region = Points::none(self.space.profiles.len());
        list.iter().for_each(|told| region.add(&told.region));
        let all: Vec<&Points> =
            list.iter().flat_map(|told| told.boxes.iter().map(|(_, points)| points)).collect();
        for (number, (values, points)) in told[at].boxes.iter().enumerate() {
            if let Some(value) = self.space.could_add(values, &region) {
                let conditions = &finding.region[number];
                self.differences.push(format!(
                    "{}: not maximal, {value} could be added to {conditions:?}",
                    name(finding)
                ));
            }
            let mut others = Points::none(self.space.profiles.len());
            all.iter().filter(|other| !std::ptr::eq(**other, points)).for_each(|other| others.add(other));
            if points.without(&others).is_empty() {
                self.differences.push(format!(
                    "{}: could be dropped: {:?}",
                    name(finding),
                    finding.region[number]
                ));
            }
        }
        if finding.region.is_empty() {
            self.differences.push(format!("{}: no region", name(finding)));
        }
    }

    fn witness(&mut self, told: &[Told], at: usize) {
        let finding = told[at].finding;
        let point = match self.space.witness(finding) {
            Ok(point) => point,
            Err(problem) => return self.differ(format!("{}: {problem}", name(finding))),
        };
        let citizen = self.space.describe(point);
        if !told[at].region.contains(point) {
            return self.differ(format!("{}: witness {citizen} lies outside the region", name(finding)));
        }
        let mut others = Points::none(self.space.profiles.len());
        let list = self.list(told, at);
        list.iter()
            .filter(|other| !std::ptr::eq(**other, &told[at]))
            .for_each(|other| others.add(&other.region));
        let own = told[at].region.without(&others);
        let fitting = if own.is_empty() { &told[at].region } else { &own };
        if !fitting.contains(point) {
            self.differ(format!("{}: witness {citizen} lies in another box too", name(finding)));
        }
        let best = fitting.iter().map(|point| self.space.strangeness(point)).min().unwrap_or(0);
        let strangeness = self.space.strangeness(point);
        if strangeness > best {
            self.differ(format!(
                "{}: witness {citizen} differs in {strangeness} facts, {best} would do",
                name(finding)
            ));
        }
        let view = self.judge.at(&self.space.profiles[point]);
        let idle = |rule: &&String| {
            let known = self.judge.rules.iter().position(|known| known.name == **rule);
            known.is_none_or(|known| !view.applies[known])
        };
        if let Some(rule) = finding.rules.iter().find(idle) {
            self.differences
                .push(format!("{}: {rule} does not apply to the witness {citizen}", name(finding)));
        }
    }
}

fn key(finding: &Diagnostic) -> Key {
    Key {
        check: finding.check,
        module: finding.module.clone().unwrap_or_default(),
        support: finding.support.clone(),
        severity: finding.severity,
    }
}

fn name(finding: &Diagnostic) -> String {
    let module = finding.module.as_deref().unwrap_or("-");
    let support = finding.support.as_deref().unwrap_or("-");
    format!("{} {module} {support} {:?} {:?}", finding.check, finding.severity, finding.rules)
}
