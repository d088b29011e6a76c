//! What was known of a workspace before, and what of today's findings is new.
//!
//! In: the model, today's findings, and what was written down of earlier ones. Out: the findings or the parts of them that
//! are new, those that are not, and what is no more. Never true here: a file or a format known, a place in a text
//! looked at, a part called known that the diagrams do not prove to be.

mod region;

use crate::checks::{Family, family};
use crate::ground::{Diagnostic, Region, Text, Witness, list};
use crate::model::{Model, Place};
use crate::verdict::Statements;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// One thing that was found and written down. What it is about is the key; neither places nor words are in it where a
/// region or rules say it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Known {
    /// the check, by its published name
    pub check: String,
    /// the module, where there is one
    pub module: Option<String>,
    /// the support, where there is one
    pub support: Option<String>,
    /// what of them: a term, a kind, a promise, a rule
    pub about: Option<String>,
    /// how far it reached
    pub reach: Reach,
}

/// How far a finding reaches.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// whom it is about
    Region(BTreeSet<KnownBox>),
    /// the rules it is about, where it is about no citizens
    Rules(BTreeSet<String>),
    /// what it says, in English, where it is about neither, and how often
    Message(String, usize),
}

/// A box of a region in values alone: for each fact the values and ranges it may have (`2.13`, `18..29`, `67..`). Facts that
/// are left out do not matter.
pub type KnownBox = BTreeMap<String, Vec<String>>;

/// What is known already, and what is no more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Compared {
    /// findings, or parts of findings, that were known
    pub old: Vec<OldFinding>,
    /// what was known and is found no longer, as far as the checks have a full answer
    pub gone: Vec<Known>,
}

/// A finding that was known.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OldFinding {
    /// the finding, with the part of its region that was known
    pub finding: Diagnostic,
    /// whether somebody gets less than the law gives, or another thing: then it is never silent
    pub is_of_law: bool,
}

/// Checks that are about rules also where they name citizens.
const BY_RULE: [&str; 1] = ["escaping-exception"];

type Key = (String, Option<String>, Option<String>, Option<String>);

fn key(finding: &Diagnostic) -> Key {
    let rules = || (!finding.rules.is_empty()).then(|| finding.rules.join(", "));
    let by_rule = BY_RULE.contains(&finding.check);
    let about = if by_rule { rules() } else { finding.about.clone() };
    (finding.check.to_owned(), finding.module.clone(), finding.support.clone(), about)
}

fn key_of(known: &Known) -> Key {
    (known.check.clone(), known.module.clone(), known.support.clone(), known.about.clone())
}

fn reach(model: &Model, finding: &Diagnostic) -> Reach {
    if family(finding.check) == Family::Reading || (finding.region.is_empty() && finding.rules.is_empty()) {
        return Reach::Message(finding.message.en.clone(), 1);
    }
    if finding.region.is_empty() {
        return Reach::Rules(finding.rules.iter().cloned().collect());
    }
    Reach::Region(finding.region.iter().map(|conditions| region::in_values(model, conditions)).collect())
}

/// What there is to know of findings: sorted, each thing once.
pub(crate) fn known<'a>(model: &Model, findings: impl Iterator<Item = &'a Diagnostic>) -> Vec<Known> {
    let mut regions: BTreeMap<Key, BTreeSet<KnownBox>> = BTreeMap::new();
    let mut messages: BTreeMap<(Key, String), usize> = BTreeMap::new();
    let mut all: BTreeSet<Known> = BTreeSet::new();
    let entry = |(check, module, support, about): Key, reach| Known { check, module, support, about, reach };
    for finding in findings {
        match reach(model, finding) {
            Reach::Region(boxes) => regions.entry(key(finding)).or_default().extend(boxes),
            Reach::Message(message, times) => *messages.entry((key(finding), message)).or_default() += times,
            Reach::Rules(rules) => {
                all.insert(entry(key(finding), Reach::Rules(rules)));
            }
        }
    }
    all.extend(regions.into_iter().map(|(key, boxes)| entry(key, Reach::Region(boxes))));
    all.extend(messages.into_iter().map(|((key, text), times)| entry(key, Reach::Message(text, times))));
    all.into_iter().collect()
}

/// Divides findings into what is new and what was known. What cannot be proven to be known is new.
pub(crate) fn compare(
    model: &Model,
    findings: Vec<Diagnostic>,
    known: &[Known],
    open: &BTreeSet<&str>,
    budget: u64,
) -> (Vec<Diagnostic>, Compared) {
    let statements = Statements::of(model, Place::law());
    let regions = region::Regions { model, statements: &statements, budget };
    let mut entries: BTreeMap<Key, Vec<Entry>> = BTreeMap::new();
    for one in known {
        entries
            .entry(key_of(one))
            .or_default()
            .push(Entry { reach: one.reach.clone(), met: BTreeSet::new() });
    }
    let mut found: BTreeMap<Key, Region> = BTreeMap::new();
    let mut compared = Compared::default();
    let mut new = Vec::new();
    for finding in findings {
        let key = key(&finding);
        let is_of_law = family(finding.check) == Family::Law;
        let mut keep_old = |finding| compared.old.push(OldFinding { finding, is_of_law });
        let entries = entries.entry(key.clone()).or_default();
        match reach(model, &finding) {
            Reach::Message(message, _) => match entries.iter_mut().any(|entry| entry.takes(&message)) {
                true => keep_old(finding),
                false => new.push(finding),
            },
            Reach::Rules(rules) => match nearest(entries, &rules) {
                Some(before) if rules.is_subset(&before) => keep_old(finding),
                Some(before) => {
                    let rules: Vec<String> =
                        rules.intersection(&before).map(|rule| format!("`{rule}`")).collect();
                    let Text { en, da } = list(&rules);
                    let known = Some(Text { en: format!("of {en}"), da: format!("om {da}") });
                    new.push(Diagnostic { known, ..finding });
                }
                None => new.push(finding),
            },
            Reach::Region(boxes) => {
                found.entry(key).or_default().extend(finding.region.iter().cloned());
                let before: BTreeSet<KnownBox> = entries.iter().flat_map(Entry::boxes).cloned().collect();
                if boxes.is_subset(&before) {
                    keep_old(finding);
                    continue;
                }
                match regions.divided(&finding.region, &before) {
                    Some((rest, _)) if rest.0.is_empty() => keep_old(finding),
                    Some((rest, old)) if !old.0.is_empty() => {
                        keep_old(part(&finding, old.clone()));
                        let known = Some(Text::same(region::in_words(&old.0)));
                        new.push(Diagnostic { known, ..part(&finding, rest) });
                    }
                    _ => new.push(finding),
                }
            }
        }
    }
    for (key, entries) in entries {
        if !open.contains(key.0.as_str()) {
            compared.gone.extend(gone(&regions, &key, entries, found.get(&key)));
        }
    }
    (new, compared)
}

/// A finding with another part of its region.
fn part(finding: &Diagnostic, (region, witness): (Region, Option<Witness>)) -> Diagnostic {
    Diagnostic { region, witness: witness.or_else(|| finding.witness.clone()), ..finding.clone() }
}

/// What was written down, and what of it was found again.
struct Entry {
    reach: Reach,
    met: BTreeSet<String>,
}

impl Entry {
    /// Takes one of a message, if there is one left.
    fn takes(&mut self, message: &str) -> bool {
        match &mut self.reach {
            Reach::Message(known, times) if known == message && *times > 0 => {
                *times -= 1;
                true
            }
            _ => false,
        }
    }

    fn boxes(&self) -> impl Iterator<Item = &KnownBox> {
        match &self.reach {
            Reach::Region(boxes) => Some(boxes.iter()),
            Reach::Rules(_) | Reach::Message(..) => None,
        }
        .into_iter()
        .flatten()
    }
}

/// The entry with the most of some rules; what it knows of them is met.
fn nearest(entries: &mut [Entry], rules: &BTreeSet<String>) -> Option<BTreeSet<String>> {
    // the narrowest of those that share the most: one that is the same comes first
    let shared = |entry: &Entry| match &entry.reach {
        Reach::Rules(known) => (known.intersection(rules).count(), Reverse(known.len())),
        Reach::Region(_) | Reach::Message(..) => (0, Reverse(0)),
    };
    let entry = entries.iter_mut().max_by_key(|entry| shared(entry)).filter(|entry| shared(entry).0 > 0)?;
    let Reach::Rules(known) = &entry.reach else { return None };
    entry.met.extend(known.intersection(rules).cloned());
    Some(known.clone())
}

/// What is no more of the entries with one key.
fn gone(
    regions: &region::Regions<'_>,
    (check, module, support, about): &Key,
    entries: Vec<Entry>,
    found: Option<&Region>,
) -> Vec<Known> {
    let (mut boxes, mut reaches) = (BTreeSet::new(), Vec::new());
    for entry in entries {
        match entry.reach {
            Reach::Message(_, 0) => {}
            Reach::Message(text, times) => reaches.push(Reach::Message(text, times)),
            Reach::Rules(rules) => {
                let left: BTreeSet<String> = rules.difference(&entry.met).cloned().collect();
                reaches.extend((!left.is_empty()).then_some(Reach::Rules(left)));
            }
            Reach::Region(known) => boxes.extend(known),
        }
    }
    let left = match found {
        None => boxes,
        Some(found) => regions.left_of(&boxes, found),
    };
    reaches.extend((!left.is_empty()).then_some(Reach::Region(left)));
    let entry = |reach| Known {
        check: check.clone(),
        module: module.clone(),
        support: support.clone(),
        about: about.clone(),
        reach,
    };
    reaches.into_iter().map(entry).collect()
}
