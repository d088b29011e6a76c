//! What acceptances make of what is found: docs/semantics.md, section 8. The findings without them are taken as they
//! are told (the other comparisons judge them); which of them are accepted, in which part, is worked out here.

use super::compare::Difference;
use super::conditions::Conditions;
use super::points::Points;
use super::policy::{Cond, Item, Policy, Speaker};
use super::promises::{files, promises};
use super::random::Random;
use super::region::Space;
use super::text::{self, cond_words};
use super::words::rate_cond;
use hjemmel::{Checked, Day, Diagnostic, Options, SourceFile, Window, Workspace};
use std::collections::{BTreeMap, BTreeSet};

/// What no acceptance can accept.
const NEVER: [&str; 11] = [
    "syntax-error",
    "unclear-header",
    "unknown-name",
    "duplicate-name",
    "type-mismatch",
    "out-of-domain",
    "empty-range",
    "empty-rule",
    "cycle",
    "impossible-assumption",
    "idle-acceptance",
];

/// Told in boxes of their own, or of one citizen: after a division they name other rules.
const TOLD_ANEW: [&str; 3] = ["gap", "failed-guarantee", "failed-example"];

/// An acceptance; its number is its reason.
struct Accept {
    check: &'static str,
    in_danish: bool,
    /// the module whose file it stands in
    home: Option<Speaker>,
    /// `i`: a module, and one of the first kommune's departments
    place: Option<(Speaker, Option<usize>)>,
    rule: Option<String>,
    when: Option<Cond>,
    reason: bool,
    until: Option<Day>,
}

impl Accept {
    fn file(&self) -> String {
        format!("z-{}.hjemmel", self.home.map_or("ingen", Speaker::name))
    }

    fn is_void(&self, policy: &Policy) -> bool {
        let past = |until: Day| policy.reference.is_some_and(|today| until < today);
        NEVER.contains(&self.check) || !self.reason || self.until.is_some_and(past)
    }

    /// Whether an error keeps its check from being asked where it stands. What an error hides is taken as it is told.
    fn is_hidden(&self, told: &Checked) -> bool {
        let place = match (self.place, self.home) {
            (Some((speaker, _)), _) => Some(speaker),
            (None, home) => home.filter(|home| !home.is_law()),
        };
        told.findings.iter().flat_map(|finding| &finding.hides).any(|hidden| {
            let is_there = place.is_none_or(|place| hidden.places.iter().any(|name| name == place.name()));
            is_there && hidden.checks.contains(&self.check)
        })
    }

    fn fits(&self, policy: &Policy, finding: &Diagnostic) -> bool {
        let module = finding.module.as_deref();
        let place = match (self.place, self.home) {
            (Some((speaker, Some(at))), _) => {
                module == Some(&format!("{}.{}", speaker.name(), policy.departments[at].0))
            }
            (Some((speaker, None)), _) => module.is_some_and(|name| is_within(name, speaker.name())),
            (None, None) => true,
            (None, Some(home)) if home.is_law() => module
                .is_none_or(|name| [Speaker::Law, Speaker::OtherLaw].iter().any(|law| law.name() == name)),
            (None, Some(home)) => module.is_some_and(|name| is_within(name, home.name())),
        };
        let names = |rule: &String| finding.rules.iter().any(|named| is_within(named, rule));
        finding.check == self.check && place && self.rule.as_ref().is_none_or(names)
    }

    fn written(&self, policy: &Policy, number: usize) -> String {
        let card = hjemmel::checks().into_iter().find(|card| card.name == self.check);
        let danish = card.map(|card| card.danish).filter(|_| self.in_danish);
        let mut words = format!("accepter {}", danish.unwrap_or(self.check));
        if let Some((speaker, department)) = self.place {
            let department = department.map(|at| policy.departments[at].0.as_str());
            words += &match department {
                Some(name) if self.home == Some(speaker) => format!(" i {name}"),
                Some(name) => format!(" i {}.{name}", speaker.name()),
                None => format!(" i {}", speaker.name()),
            };
        }
        if let Some(rule) = &self.rule {
            let own = self.home.and_then(|home| rule.strip_prefix(&format!("{}.", home.name())));
            words += &format!(" for {}", own.unwrap_or(rule));
        }
        if let Some(when) = &self.when {
            words += &format!(" når {}", cond_words(policy, when));
        }
        if self.reason {
            words += &format!(" fordi \"{number}\"");
        }
        words + &self.until.map(|day| format!(" indtil {}", hjemmel::iso_date(day))).unwrap_or_default()
    }
}

/// A name is another's, or stands in it: a department in its kommune, a row in its table.
fn is_within(name: &str, whole: &str) -> bool {
    name == whole || name.starts_with(&format!("{whole}."))
}

/// A policy with what is promised and sold beside it, and some acceptances.
struct Accepting<'a> {
    space: &'a Space<'a>,
    texts: Vec<(&'static str, String)>,
    accepts: Vec<Accept>,
}

/// How often each kind of acceptance took something, or took nothing.
pub(crate) type Uses = BTreeMap<&'static str, u64>;

/// Every difference; none when the library is right.
pub(crate) fn differences(policy: &Policy, seed: u64, uses: &mut Uses) -> (Vec<Difference>, String) {
    let space = Space::new(policy);
    let mut texts = text::files(policy);
    let is_accept = |line: &&str| !line.starts_with("accepter ");
    for (name, text) in files(policy, &promises(policy, seed)) {
        texts.push((name, text.lines().filter(is_accept).map(|line| format!("{line}\n")).collect()));
    }
    let mut accepting = Accepting { space: &space, texts, accepts: Vec::new() };
    let plain = accepting.check(|_| false);
    accepting.accepts = make(policy, &plain.0, seed);
    let with_when = accepting.check(|accept| accept.when.is_some());
    let all = accepting.check(|_| true);
    let mut differences = accepting.divided(&plain.0, &with_when.0);
    differences.extend(accepting.taken(&with_when.0, &all, uses));
    let words = accepting.files(|_| true).into_iter().map(|(name, text)| format!("# ---- {name}\n{text}"));
    (differences, words.collect())
}

fn make(policy: &Policy, plain: &Checked, seed: u64) -> Vec<Accept> {
    let mut random = Random::new(seed ^ 0x0061_6363_6570_7465);
    let told: Vec<&Diagnostic> = plain.findings.iter().filter(|finding| finding.check != "unused").collect();
    let checks: Vec<&'static str> = hjemmel::checks().into_iter().map(|card| card.name).collect();
    let count = if told.is_empty() { 1 } else { random.between(3, 7) };
    let mut accepts: Vec<Accept> = (0..count).map(|_| one(policy, &told, &checks, &mut random)).collect();
    // in the order of their files
    accepts.sort_by_key(|accept| accept.file());
    accepts
}

fn one(policy: &Policy, told: &[&Diagnostic], checks: &[&'static str], random: &mut Random) -> Accept {
    let of_department = |told: &&&Diagnostic| told.module.as_ref().is_some_and(|module| module.contains('.'));
    let in_departments: Vec<&Diagnostic> = told.iter().filter(of_department).copied().collect();
    let aims = if in_departments.is_empty() || random.chance(60) { told } else { &in_departments };
    let aimed = (!aims.is_empty() && random.chance(85)).then(|| *random.pick(aims));
    let check = aimed.map_or_else(|| *random.pick(checks), |finding| finding.check);
    let check = if check == "unused" || check == "similar-names" { "gap" } else { check };
    let speaker = |name: &str| policy.speakers().into_iter().find(|speaker| speaker.name() == name);
    let module = aimed.and_then(|finding| finding.module.as_deref());
    let mut parts = module.unwrap_or(Speaker::Law.name()).split('.');
    let own = parts.next().and_then(speaker).unwrap_or(Speaker::Town);
    let department = parts.next().and_then(|name| policy.departments.iter().position(|(at, _)| at == name));
    let home = match random.between(0, 3) {
        0 => Some(own),
        1 => Some(*random.pick(&[Speaker::Law, Speaker::Town, Speaker::OtherTown])),
        _ => None,
    };
    let place = match random.between(0, 4) {
        0 => None,
        1 if !policy.departments.is_empty() => {
            Some((Speaker::Town, Some(random.between(0, policy.departments.len() - 1))))
        }
        2 => Some((own, None)),
        _ => Some((own, department)),
    };
    let when = random.chance(35).then(|| {
        let mut cond = Conditions { random, policy }.cond(1);
        if !policy.words.rates.is_empty() {
            rate_cond(policy, &mut cond, random);
        }
        cond
    });
    let of_offers = |name: &String| name.starts_with("Sælger.");
    let mut named = aimed.map(|finding| finding.rules.clone()).unwrap_or_default();
    named.retain(|name| !of_offers(name));
    let told_anew = when.is_some() && TOLD_ANEW.contains(&check);
    let rule = (!named.is_empty() && !told_anew && random.chance(55)).then(|| {
        let rule = random.pick(&named).clone();
        // the table of a row
        let table = rule.rsplit_once('.').filter(|(table, _)| table.contains('.') && random.chance(75));
        table.map_or(rule.clone(), |(table, _)| table.to_owned())
    });
    let from = policy.window.0;
    Accept {
        check,
        in_danish: random.chance(30),
        home,
        place,
        rule,
        when,
        reason: random.chance(93),
        until: random.chance(25).then(|| from + random.between(0, 9) as Day - 2),
    }
}

/// The findings of a run: what tells them apart, and where they hold.
type Findings = BTreeMap<Vec<String>, Vec<Points>>;

impl Accepting<'_> {
    fn files(&self, wanted: impl Fn(&Accept) -> bool) -> Vec<(String, String)> {
        let mut files: Vec<(String, String)> =
            self.texts.iter().map(|(name, text)| ((*name).to_owned(), text.clone())).collect();
        let mut more: BTreeMap<String, String> = BTreeMap::new();
        for (number, accept) in self.accepts.iter().enumerate().filter(|(_, accept)| wanted(accept)) {
            let header = accept.home.map(|home| self.header(home)).unwrap_or_default();
            let text = more.entry(accept.file()).or_insert(header);
            *text += &format!("{}\n", accept.written(self.space.policy, number));
        }
        files.extend(more);
        files
    }

    /// A second file of a module repeats its header without braces.
    fn header(&self, speaker: Speaker) -> String {
        let starts = |line: &&str| line.split(' ').nth(1) == Some(speaker.name()) && line.ends_with('{');
        let line = self.texts.iter().flat_map(|(_, text)| text.lines()).find(starts).unwrap_or_default();
        format!("{}\n", line.trim_end_matches('{').trim_end())
    }

    fn check(&self, wanted: impl Fn(&Accept) -> bool) -> (Checked, BTreeSet<usize>) {
        let policy = self.space.policy;
        let sources = self.files(wanted).into_iter().map(|(name, text)| SourceFile::new(name, text));
        let mut options = Options::default();
        options.window = Some(Window { from: policy.window.0, to: policy.window.1 });
        options.reference_date = policy.reference;
        let workspace = Workspace::new(sources.collect(), options);
        let checked = workspace.check();
        let written: Vec<String> =
            self.accepts.iter().enumerate().map(|(at, accept)| accept.written(policy, at)).collect();
        let mut idle = BTreeSet::new();
        for finding in checked.findings.iter().filter(|finding| finding.check == "idle-acceptance") {
            let Some(label) = finding.labels.first() else { continue };
            let text = &workspace.sources().file(label.span.file).text;
            let line = text[label.span.start as usize..].lines().next().unwrap_or_default();
            idle.extend((0..written.len()).filter(|at| written[*at] == line));
        }
        (checked, idle)
    }

    /// What tells a finding apart from others.
    fn key(&self, finding: &Diagnostic) -> Vec<String> {
        let mut key = vec![
            finding.check.to_owned(),
            finding.module.clone().unwrap_or_default(),
            finding.support.clone().unwrap_or_default(),
            format!("{:?}", finding.severity),
        ];
        if !TOLD_ANEW.contains(&finding.check) {
            key.extend(finding.rules.iter().cloned());
        }
        if finding.region.is_empty() {
            key.push(finding.message.en.clone());
        }
        key
    }

    fn points(&self, finding: &Diagnostic) -> Points {
        let mut points = Points::none(self.space.profiles.len());
        for conditions in &finding.region {
            match self.space.read(conditions) {
                Ok(values) => points.add(&self.space.points(&values)),
                Err(words) => panic!("{words}"),
            }
        }
        points
    }

    /// What acceptances with a `når` leave of each finding, and what they take.
    fn divided(&self, plain: &Checked, got: &Checked) -> Vec<Difference> {
        let policy = self.space.policy;
        let (mut left, mut taken) = (Findings::new(), Findings::new());
        for finding in plain.findings.iter().filter(|finding| is_compared(finding)) {
            let mut points = self.points(finding);
            let asked = self.accepts.iter().enumerate().filter(|(_, accept)| !accept.is_void(policy));
            for (number, accept) in asked.filter(|(_, accept)| accept.fits(policy, finding)) {
                let Some(when) = &accept.when else { continue };
                let holds = |point: usize| policy.holds(when, &self.space.profiles[point]);
                let part = points.and(&Points::where_true(self.space.profiles.len(), holds));
                if !part.is_empty() {
                    points = points.without(&part);
                    let mut key = self.key(finding);
                    key.push(format!("accepted by {number}"));
                    taken.entry(key).or_default().push(part);
                }
            }
            if !points.is_empty() || finding.region.is_empty() {
                left.entry(self.key(finding)).or_default().push(points);
            }
        }
        let (mut told, mut accepted) = (Findings::new(), Findings::new());
        for finding in got.findings.iter().filter(|finding| is_compared(finding)) {
            told.entry(self.key(finding)).or_default().push(self.points(finding));
        }
        for one in &got.accepted {
            let mut key = self.key(&one.finding);
            key.push(format!("accepted by {}", one.reason));
            accepted.entry(key).or_default().push(self.points(&one.finding));
        }
        let left = differ("left by acceptances", settled(left), settled(told));
        left.into_iter().chain(differ("taken by acceptances", settled(taken), settled(accepted))).collect()
    }

    /// What acceptances without a `når` take of what is told beside them, one by one; and which take nothing.
    fn taken(&self, told: &Checked, got: &(Checked, BTreeSet<usize>), uses: &mut Uses) -> Vec<Difference> {
        let policy = self.space.policy;
        let words = |finding: &Diagnostic| {
            format!("{:?} {} {:?}", self.key(finding), finding.message.en, finding.region)
        };
        let mut left: Vec<&Diagnostic> =
            told.findings.iter().filter(|finding| is_compared(finding)).collect();
        let by_when: BTreeSet<&str> = told.accepted.iter().map(|one| one.reason.as_str()).collect();
        let mut accepted: Vec<String> =
            told.accepted.iter().map(|one| format!("{} {}", one.reason, words(&one.finding))).collect();
        let mut idle = BTreeSet::new();
        for (number, accept) in self.accepts.iter().enumerate() {
            let mut used = |way: &'static str| *uses.entry(way).or_default() += 1;
            let own = number.to_string();
            let fitting: Vec<usize> = (0..left.len()).filter(|at| accept.fits(policy, left[*at])).collect();
            let took = match (accept.is_void(policy), &accept.when, &fitting[..]) {
                (true, ..) => {
                    used("void");
                    false
                }
                (false, Some(_), _) => by_when.contains(own.as_str()),
                (false, None, [only]) => {
                    accepted.push(format!("{own} {}", words(left.remove(*only))));
                    used("takes one whole finding");
                    true
                }
                (false, None, fitting) => {
                    used(if fitting.is_empty() { "fits nothing" } else { "fits several" });
                    false
                }
            };
            if !took {
                let may_fit = accept.when.is_some() || fitting.is_empty();
                if accept.is_void(policy) || !may_fit || !accept.is_hidden(told) {
                    idle.insert(number);
                }
                continue;
            }
            for (way, is_so) in [
                ("takes some citizens", accept.when.is_some()),
                ("takes by a rule", accept.rule.is_some()),
                ("takes in a department", accept.place.is_some_and(|(_, at)| at.is_some())),
                ("takes until a day", accept.until.is_some()),
                ("takes in its own module", accept.place.is_none() && accept.home.is_some()),
                ("takes anywhere", accept.place.is_none() && accept.home.is_none()),
                ("takes by a table", accept.rule.as_deref().is_some_and(|rule| is_table(policy, rule))),
            ] {
                if is_so {
                    used(way);
                }
            }
        }
        let mut left: Vec<String> = left.into_iter().map(words).collect();
        let mut got_left: Vec<String> = got.0.findings.iter().filter(|f| is_compared(f)).map(words).collect();
        let mut got_accepted: Vec<String> =
            got.0.accepted.iter().map(|one| format!("{} {}", one.reason, words(&one.finding))).collect();
        for list in [&mut left, &mut got_left, &mut accepted, &mut got_accepted] {
            list.sort();
        }
        let mut differences = Vec::new();
        let lists = [("told beside acceptances", left, got_left), ("accepted whole", accepted, got_accepted)];
        for (kind, right, got) in lists {
            if right != got {
                let only = |one: &[String], other: &[String]| {
                    let only: Vec<&String> = one.iter().filter(|words| !other.contains(words)).collect();
                    format!("{only:?}")
                };
                let words = format!("right {}, got {}", only(&right, &got), only(&got, &right));
                differences.push(Difference { kind: kind.to_owned(), words });
            }
        }
        if idle != got.1 {
            let words = format!("right {idle:?}, got {:?}", got.1);
            differences.push(Difference { kind: "idle acceptances".to_owned(), words });
        }
        differences
    }
}

fn is_table(policy: &Policy, name: &str) -> bool {
    policy.items.iter().any(|item| match item {
        Item::Table(table) => name == format!("{}.{}", Speaker::Town.name(), table.name),
        Item::Rule(_) | Item::Matrix(_) => false,
    })
}

/// A word is used where an acceptance names it, and acceptances that take nothing are compared for themselves.
fn is_compared(finding: &Diagnostic) -> bool {
    !["unused", "idle-acceptance"].contains(&finding.check)
}

/// One list for each key; what is told in boxes of its own is one region.
fn settled(mut findings: Findings) -> Findings {
    for (key, points) in &mut findings {
        if TOLD_ANEW.contains(&key[0].as_str()) && !points.is_empty() {
            let mut all = points[0].clone();
            points.iter().for_each(|more| all.add(more));
            *points = vec![all];
        }
        points.sort();
    }
    findings
}

fn differ(kind: &str, right: Findings, got: Findings) -> Vec<Difference> {
    let keys: BTreeSet<&Vec<String>> = right.keys().chain(got.keys()).collect();
    let counts = |points: Option<&Vec<Points>>| -> Vec<u32> {
        points.into_iter().flatten().map(Points::count).collect()
    };
    keys.into_iter()
        .filter(|key| right.get(*key) != got.get(*key))
        .map(|key| {
            let (right, got) = (counts(right.get(key)), counts(got.get(key)));
            Difference {
                kind: format!("{kind}: {}", key[0]),
                words: format!("{key:?}: right {right:?}, got {got:?}"),
            }
        })
        .collect()
}
