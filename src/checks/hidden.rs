//! What is not asked because of an error: told with the error, so that nobody takes silence for an answer.

use super::places::Places;
use super::unserved_right;
use crate::diagram::{Diagrams, NO, NotProven, may_speak, unsettled};
use crate::ground::{Diagnostic, FileId, Hidden, Region, Severity, Text, list, text};
use crate::model::{Effect, EffectKind, Grade, Layer, Model, ModuleId, ModuleKind, RuleId, SupportId};
use crate::verdict::Statements;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Checks that hold what a place says against what binds it.
const BETWEEN: [&str; 5] = ["above-law", "fettered-discretion", "over-ceiling", "silent-term", "undercut"];

/// Checks that hold the rules of one layer against one another.
const WITHIN: [&str; 6] =
    ["beyond-law", "competing-duties", "contradiction", "grey-zone", "mixed-grades", "overlap"];

/// Names told before the rest is only counted.
const NAMES_TOLD: usize = 3;

/// Adds to each error in a text what it keeps from being asked.
pub(crate) fn tell(model: &Model, places: &Places, findings: &mut [Diagnostic], budget: u64) {
    let mut told: BTreeMap<(FileId, u32), Vec<usize>> = BTreeMap::new();
    for (index, finding) in findings.iter().enumerate() {
        if finding.severity == Severity::Error && !finding.labels.is_empty() {
            let at = finding.told_at();
            told.entry((at.file, at.start)).or_default().push(index);
        }
    }
    let mut spoiled: BTreeMap<usize, BTreeSet<RuleId>> = BTreeMap::new();
    for id in model.rule_ids() {
        for fault in &model.rule(id).faults {
            let within = told.range((fault.file, fault.start)..=(fault.file, fault.end));
            let within = within.flat_map(|(_, indexes)| indexes);
            for index in within.filter(|index| fault.holds(findings[**index].told_at())) {
                spoiled.entry(*index).or_default().insert(id);
            }
        }
    }
    let hidden: Vec<(usize, Vec<Hidden>)> = spoiled
        .into_par_iter()
        .map(|(index, rules)| {
            let modules: BTreeSet<ModuleId> = rules.iter().map(|id| model.rule(*id).module).collect();
            let of = |module: ModuleId| {
                let own = |id: &RuleId| model.rule(*id).module == module;
                let rules: Vec<RuleId> = rules.iter().copied().filter(own).collect();
                hidden_by(model, places, module, &rules, budget)
            };
            (index, modules.into_iter().filter_map(of).collect())
        })
        .collect();
    for (index, hidden) in hidden {
        findings[index].hides = hidden;
    }
}

/// What these rules of one module keep from being asked; nothing where nothing would be asked without the error.
fn hidden_by(
    model: &Model,
    places: &Places,
    module: ModuleId,
    rules: &[RuleId],
    budget: u64,
) -> Option<Hidden> {
    let region = region(model, places.home(module), rules, budget).unwrap_or(None);
    if region.as_ref().is_some_and(Vec::is_empty) {
        return None;
    }
    let mut unasked = Unasked::default();
    let supports = supports(model, rules);
    cover(model, places, module, rules, &mut unasked);
    compare(model, places, rules, supports.as_deref(), &mut unasked);
    let Unasked { checks, places, parts } = unasked;
    let (en, da): (Vec<String>, Vec<String>) = parts.into_iter().map(|part| (part.en, part.da)).unzip();
    let rules: BTreeSet<String> = rules.iter().map(|id| model.rule(*id).name.clone()).collect();
    (!checks.is_empty()).then(|| Hidden {
        module: model.modules[module.index()].name.clone(),
        rules: rules.into_iter().collect(),
        checks: checks.into_iter().collect(),
        places: places.into_iter().collect(),
        supports,
        region,
        message: Text { en: list(&en).en, da: list(&da).da },
    })
}

/// What is found not to be asked.
#[derive(Default)]
struct Unasked {
    checks: BTreeSet<&'static str>,
    places: BTreeSet<String>,
    /// the same in words
    parts: Vec<Text>,
}

/// The checks that the rules are taken to cover for.
fn cover(model: &Model, places: &Places, module: ModuleId, rules: &[RuleId], unasked: &mut Unasked) {
    let name = &model.modules[module.index()].name;
    let promises = model.modules[module.index()].scope.is_some();
    let divided = unserved_right::is_asked(model, module);
    match (promises, divided) {
        (true, true) => unasked.cover(&["gap", "unserved-right"], &[name]),
        (true, false) => unasked.cover(&["gap"], &[name]),
        (false, true) => unasked.cover(&["unserved-right"], &[name]),
        (false, false) => {}
    }
    // what the law may give or take back is nobody's right for certain
    let rights: Vec<RuleId> = rules.iter().copied().filter(|id| may_turn_on_rights(model, *id)).collect();
    let bound = |place: &&Statements| {
        let divided = place.place.module().is_some_and(|module| unserved_right::is_asked(model, module));
        let above = place.above(place.own());
        let heard = |id: &RuleId| Layer::of(model, *id).is_some_and(|layer| above.contains(&layer));
        divided && rights.iter().any(heard)
    };
    let bound: Vec<&str> = places.iter().filter(bound).filter_map(|place| name_of(model, place)).collect();
    if !bound.is_empty() {
        unasked.cover(&["unserved-right"], &bound);
    }
}

/// Whether a rule may have meant to give a right or to take one back.
fn may_turn_on_rights(model: &Model, id: RuleId) -> bool {
    let rule = model.rule(id);
    let gives =
        |effect: &Effect| matches!(effect.kind, EffectKind::Grade { grade: Grade::Right | Grade::Must, .. });
    rule.half_read || !rule.exception_to.is_empty() || rule.effects.iter().any(gives)
}

impl Unasked {
    fn cover(&mut self, checks: &[&'static str], places: &[impl AsRef<str>]) {
        let words = list(&checks.iter().map(|check| format!("`{check}`")).collect::<Vec<_>>());
        let within = in_places(places);
        self.checks.extend(checks);
        self.places.extend(places.iter().map(|name| name.as_ref().to_owned()));
        self.parts.push(Text {
            en: format!("{}{}", words.en, within.en),
            da: format!("{}{}", words.da, within.da),
        });
    }
}

/// The checks that compare the rules with others: in a place with what binds it, and within their own layer.
fn compare(
    model: &Model,
    places: &Places,
    rules: &[RuleId],
    supports: Option<&[String]>,
    unasked: &mut Unasked,
) {
    let with_law: Vec<&Statements> = places.iter().filter(|place| is_compared(model, place, rules)).collect();
    let within: Vec<&Statements> =
        places.iter().filter(|place| has_neighbours(model, place, rules)).collect();
    if !with_law.is_empty() {
        let tried = |layer: &Layer| layer.kind(model) == ModuleKind::Trial;
        unasked.checks.extend(BETWEEN);
        if with_law.iter().any(|place| place.above(place.own()).iter().any(tried)) {
            unasked.checks.insert("trial-without-effect");
        }
    }
    if !within.is_empty() {
        unasked.checks.extend(WITHIN);
    }
    let against = match (within.is_empty(), with_law.is_empty()) {
        (true, true) => return,
        (true, false) => text!(en: "the law", da: "loven"),
        (false, true) => text!(en: "each other", da: "hinanden"),
        (false, false) => text!(en: "each other or the law", da: "hinanden eller loven"),
    };
    let names = with_law.iter().chain(&within).filter_map(|place| name_of(model, place));
    let names: Vec<&str> = names.collect::<BTreeSet<_>>().into_iter().collect();
    let about = supports.map_or_else(Text::default, |supports| {
        let Text { en, da } = some_of(supports);
        text!(en: " on {en}", da: " om {da}")
    });
    let within = if names.is_empty() { Text::default() } else { in_places(&names) };
    unasked.places.extend(names.iter().map(|name| (*name).to_owned()));
    unasked.parts.push(Text {
        en: format!("whether rules{}{} clash with {}", about.en, within.en, against.en),
        da: format!("om regler{}{} strider mod {}", about.da, within.da, against.da),
    });
}

fn name_of<'a>(model: &'a Model, place: &Statements) -> Option<&'a str> {
    place.place.module().map(|module| model.modules[module.index()].name.as_str())
}

/// Whom the rules reach, as far as they could be read; nothing where that takes too many boxes.
fn region(
    model: &Model,
    home: &Statements,
    rules: &[RuleId],
    budget: u64,
) -> Result<Option<Region>, NotProven> {
    let mut diagrams = Diagrams::new(model, home, rules, &[], budget)?;
    let region = unsettled(&mut diagrams, rules)?;
    if diagrams.store.and(region, diagrams.possible)? == NO {
        return Ok(Some(Vec::new()));
    }
    let boxes = diagrams.cover(region)?;
    let told = boxes.iter().map(|cells| diagrams.box_in_words(cells)).collect();
    Ok(Some(told).filter(|_| !diagrams.truncated))
}

/// Whether, in a place that hears the rules, its own layer and one that binds it speak of one support, these rules
/// taken to speak of all they may have meant.
fn is_compared(model: &Model, place: &Statements, rules: &[RuleId]) -> bool {
    let (own, above) = (place.own(), place.above(place.own()));
    let heard = |id: &RuleId| Layer::of(model, *id).is_some_and(|layer| place.place.hears(layer));
    let meant = |layers: &[Layer], support| {
        let speaks = |id: &RuleId| Layer::of(model, *id).is_some_and(|layer| layers.contains(&layer));
        rules.iter().any(|id| speaks(id) && may_speak(model, *id, support))
    };
    let spoken = |layers: &[Layer], support| {
        let about = place.about(support);
        about.iter().any(|said| layers.contains(&said.layer)) || meant(layers, support)
    };
    let asked = |support| rules.iter().any(|id| heard(id) && may_speak(model, *id, support));
    !above.is_empty() && place.judged.iter().any(|id| asked(*id) && spoken(&[own], *id) && spoken(above, *id))
}

/// Whether, in a place whose own layer the rules belong to, another of its rules speaks of what they may have meant.
fn has_neighbours(model: &Model, place: &Statements, rules: &[RuleId]) -> bool {
    let own = place.own();
    let mut here = rules.iter().filter(|id| Layer::of(model, **id) == Some(own));
    here.any(|id| {
        let spoken = |support: &SupportId| {
            may_speak(model, *id, *support) && place.about(*support).iter().any(|said| said.layer == own)
        };
        place.judged.iter().any(spoken)
    })
}

/// The supports the rules name, sorted; nothing where one of them may mean any.
fn supports(model: &Model, rules: &[RuleId]) -> Option<Vec<String>> {
    let mut names = BTreeSet::new();
    for rule in rules.iter().map(|id| model.rule(*id)) {
        if rule.half_read {
            return None;
        }
        for effect in &rule.effects {
            names.insert(model.supports[effect.support?.index()].name.clone());
        }
    }
    Some(names.into_iter().collect())
}

/// `` in `Fjordby` ``, with the blank before it.
fn in_places(names: &[impl AsRef<str>]) -> Text {
    let names = some_of(names);
    Text { en: format!(" in {}", names.en), da: format!(" i {}", names.da) }
}

/// The first names and how many more there are.
fn some_of(names: &[impl AsRef<str>]) -> Text {
    let told = if names.len() == NAMES_TOLD + 1 { names.len() } else { NAMES_TOLD };
    let mut told: Vec<Text> =
        names.iter().take(told).map(|name| Text::same(format!("`{}`", name.as_ref()))).collect();
    if let more @ 1.. = names.len() - told.len() {
        told.push(text!(en: "{more} more", da: "{more} til"));
    }
    let (en, da): (Vec<String>, Vec<String>) = told.into_iter().map(|name| (name.en, name.da)).unzip();
    Text { en: list(&en).en, da: list(&da).da }
}
