//! Two rules of one layer say the same of the same support to the same citizens, or to some of them.

use super::Card;
use super::view::name_rules;
use super::words::rule_label;
use crate::diagram::{Diagrams, NO, Node, NotProven, Outgrown};
use crate::ground::{Diagnostic, Severity, Text, list, text};
use crate::model::{EffectKind, Grade, Model, Profile, RuleId, SupportId, TermId, ValueSet};
use crate::verdict::{Part, Said, Statements, spoken_of};
use std::collections::{BTreeMap, BTreeSet};

const NAME: &str = "duplicate-rule";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "gentaget-regel",
        severity: Severity::Warning,
        about: text!(
            en: "two rules say the same of a support to the same citizens, or to some of them",
            da: "to regler siger det samme om en støtte til de samme borgere, eller til nogle af dem"
        ),
        explanation: text!(
            en: "Two rules of one layer put the same grade on the same support, and set no term differently. Where \
                 they reach the same citizens, one of them is enough (warning): whoever changes one must remember \
                 the other. Where one reaches only some of those the other reaches, its narrower condition limits \
                 nothing (note). A rule that says which department or who is `ansvarlig` adds that, and is not told.",
            da: "To regler i samme lag giver samme støtte samme grad og sætter intet vilkår forskelligt. Når de de \
                 samme borgere, er én af dem nok (advarsel): den, der ændrer den ene, skal huske den anden. Når den \
                 ene kun nogle af dem, den anden når, begrænser dens snævrere betingelse ingenting (bemærkning). En \
                 regel, der siger hvilken afdeling eller hvem der er `ansvarlig`, tilføjer det og meldes ikke."
        ),
        definition: text!(
            en: "Two rules of one layer, neither an exception from the other, put the same grade on \
                 the same target; wherever the first is active so is the second, departed from alike \
                 and with preconditions that fail alike; no term is bounded by both and not alike; \
                 and the first names no department and no `ansvarlig` that the second does not. A \
                 warning where the second lies within the first too, else a note on the first.",
            da: "To regler i ét lag, hvoraf ingen er undtagelse fra den anden, giver det samme den \
                 samme grad; overalt, hvor den første virker, gør den anden det også, og de kan \
                 fraviges ens og har forudsætninger, der svigter ens; intet vilkår er begrænset af \
                 begge og forskelligt; og den første nævner ingen afdeling og ingen `ansvarlig`, som \
                 den anden ikke nævner. En advarsel, hvor også den anden ligger inden for den første, \
                 ellers en bemærkning om den første."
        ),
        sections: "12",
        reason: text!(
            en: "What stands in two places is changed in one of them. From then on the service level says two \
                 things.",
            da: "Det, der står to steder, bliver ændret det ene. Derefter siger serviceniveauet to ting."
        ),
        example: include_str!("examples/duplicate-rule.md"),
    }
}

/// What a rule says in one place, so that it can be held against another: the same grade on the same target.
struct Entry<'a> {
    rule: RuleId,
    /// for each support the grade speaks of: what the rule says of it, and where its grade is active
    parts: Vec<(SupportId, &'a Said, Node)>,
    /// one citizen it reaches
    citizen: Profile,
}

/// How two entries lie.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lies {
    Apart,
    Alike,
    /// the first within the second
    Within,
}

/// What was found, and the rules of all pairs.
#[derive(Default)]
pub(crate) struct Duplicates {
    pub findings: Vec<Diagnostic>,
    pub told: BTreeSet<RuleId>,
}

/// Looks at the rules of one layer.
pub(crate) fn find(
    model: &Model,
    statements: &Statements,
    rules: &[RuleId],
    budget: u64,
) -> Result<Duplicates, NotProven> {
    let mut duplicates = Duplicates::default();
    let mut left = budget;
    for ((target, grade), pairs) in candidates(model, statements, rules, budget) {
        let (mut alike, mut within) = (Vec::new(), Vec::new());
        for group in joined(&pairs) {
            let rules = Vec::from_iter(group.iter().copied());
            let mut diagrams = Diagrams::new(model, statements, &rules, &[], left)?;
            let mut entries = BTreeMap::new();
            for rule in rules {
                entries.extend(entry(&mut diagrams, rule, grade, target)?.map(|entry| (rule, entry)));
            }
            for (one, other) in pairs.iter().filter(|(one, _)| group.contains(one)) {
                let (Some(one), Some(other)) = (entries.get(one), entries.get(other)) else { continue };
                match lie(&mut diagrams, one, other)? {
                    Lies::Alike => alike.push((one.rule, other.rule)),
                    Lies::Within => within.push((one.rule, other.rule)),
                    Lies::Apart if lie(&mut diagrams, other, one)? == Lies::Within => {
                        within.push((other.rule, one.rule));
                    }
                    Lies::Apart => {}
                }
            }
            left = diagrams.store.left();
        }
        duplicates.told.extend(alike.iter().chain(&within).flat_map(|(one, other)| [*one, *other]));
        duplicates.findings.extend(joined(&alike).iter().map(|all| tell_alike(model, target, grade, all)));
        for group in joined(&within) {
            let pairs: Vec<_> = within.iter().filter(|(inner, _)| group.contains(inner)).copied().collect();
            duplicates.findings.push(tell_within(model, target, grade, &pairs));
        }
    }
    Ok(duplicates)
}

/// For each target and grade the pairs of rules that may say the same: whatever their conditions are, and then, as far
/// as these are boxes, by them.
fn candidates(
    model: &Model,
    statements: &Statements,
    rules: &[RuleId],
    budget: u64,
) -> BTreeMap<(SupportId, Grade), BTreeSet<(RuleId, RuleId)>> {
    let mut said: BTreeMap<RuleId, BTreeSet<(SupportId, Grade)>> = BTreeMap::new();
    let by_statement = by_statement(model, rules);
    for (statement, rules) in &by_statement {
        for rule in rules {
            said.entry(*rule).or_default().insert(*statement);
        }
    }
    let many: Vec<RuleId> =
        by_statement.values().filter(|rules| rules.len() > 1).flatten().copied().collect();
    let boxes = Outgrown::of_those_it_can(model, &many, budget);
    let is_box = |id: RuleId| boxes.as_ref().is_some_and(|boxes| boxes.has(id));
    // one without exceptions is active wherever it applies
    let goes_beyond = |one: RuleId, other: RuleId| {
        let of_both = boxes.as_ref().filter(|_| is_box(one) && is_box(other));
        statements.exceptions_of(one).is_empty()
            && of_both.is_some_and(|boxes| boxes.reach(&[one], std::iter::once(other)) == Ok(true))
    };
    let may_lie = |one: RuleId, other: RuleId| may_lie(model, one, other) && !goes_beyond(one, other);
    let mut pairs: BTreeMap<_, BTreeSet<(RuleId, RuleId)>> = BTreeMap::new();
    let mut meet = |one: RuleId, other: RuleId| {
        let (Some(first), Some(second)) = (said.get(&one), said.get(&other)) else { return };
        let both: Vec<_> = first
            .intersection(second)
            .filter(|(target, grade)| !bound_otherwise(model, statements, (one, other), (*target, *grade)))
            .collect();
        if !both.is_empty() && (may_lie(one, other) || may_lie(other, one)) {
            for statement in both {
                pairs.entry(*statement).or_default().insert((one, other));
            }
        }
    };
    if let Some(boxes) = &boxes {
        boxes.meeting(&mut meet);
    }
    for rules in by_statement.values() {
        for one in rules.iter().filter(|one| !is_box(**one)) {
            rules
                .iter()
                .filter(|other| *other != one)
                .for_each(|other| meet(*one.min(other), *one.max(other)));
        }
    }
    pairs
}

/// Whether one rule may lie within another, whatever their conditions are.
fn may_lie(model: &Model, one: RuleId, other: RuleId) -> bool {
    let (first, second) = (model.rule(one), model.rule(other));
    !first.exception_to.contains(other)
        && !second.exception_to.contains(one)
        && first.places.iter().all(|place| second.places.contains(place))
        && (first.responsible.is_none() || first.responsible == second.responsible)
}

/// Whether two rules that put the same grade on a target bound a term otherwise there.
fn bound_otherwise(
    model: &Model,
    statements: &Statements,
    (one, other): (RuleId, RuleId),
    (target, grade): (SupportId, Grade),
) -> bool {
    spoken_of(model, grade, target).into_iter().any(|support| {
        let both = statements.by(one, support).zip(statements.by(other, support));
        both.is_some_and(|(one, other)| differ(one, other))
    })
}

/// The rules of the layer by the target and the grade they put on it.
fn by_statement(model: &Model, rules: &[RuleId]) -> BTreeMap<(SupportId, Grade), BTreeSet<RuleId>> {
    let mut map: BTreeMap<_, BTreeSet<RuleId>> = BTreeMap::new();
    for id in rules.iter().filter(|id| !model.rule(**id).has_error) {
        for effect in &model.rule(*id).effects {
            if let (EffectKind::Grade { grade, .. }, Some(target)) = (&effect.kind, effect.support) {
                map.entry((target, *grade)).or_default().insert(*id);
            }
        }
    }
    map
}

fn entry<'a>(
    diagrams: &mut Diagrams<'a>,
    rule: RuleId,
    grade: Grade,
    target: SupportId,
) -> Result<Option<Entry<'a>>, NotProven> {
    let statements = diagrams.statements;
    let (mut parts, mut reach) = (Vec::new(), NO);
    for support in spoken_of(diagrams.model, grade, target) {
        let Some(said) = statements.by(rule, support) else { continue };
        let active = diagrams.active(said, Part::Grade, support)?;
        let active = diagrams.store.and(active, diagrams.possible)?;
        reach = diagrams.store.or(reach, active)?;
        parts.push((support, said, active));
    }
    Ok(diagrams.witness(reach)?.map(|citizen| Entry { rule, parts, citizen }))
}

/// Whether one entry lies within the other and adds nothing but terms.
fn lie(diagrams: &mut Diagrams<'_>, one: &Entry<'_>, other: &Entry<'_>) -> Result<Lies, NotProven> {
    let (first, second) = (diagrams.model.rule(one.rule), diagrams.model.rule(other.rule));
    // a cheap look first: most rules reach somebody whom the other does not
    let meets = |(_, _, region): &(SupportId, &Said, Node)| diagrams.contains(*region, &one.citizen);
    if !other.parts.iter().any(meets) || !may_lie(diagrams.model, one.rule, other.rule) {
        return Ok(Lies::Apart);
    }
    let deviable =
        [diagrams.formula_in(one.rule, &first.deviable)?, diagrams.formula_in(other.rule, &second.deviable)?];
    let mut alike = first.places.len() == second.places.len() && first.responsible == second.responsible;
    for ((support, said, region), (_, beside, wider)) in one.parts.iter().zip(&other.parts) {
        let outside = diagrams.store.without(*region, *wider)?;
        let firmness = [diagrams.store.and(deviable[0], *region)?, diagrams.store.and(deviable[1], *region)?];
        let closed =
            [closed(diagrams, said, *region, *support)?, closed(diagrams, beside, *region, *support)?];
        if outside != NO || firmness[0] != firmness[1] || closed[0] != closed[1] || differ(said, beside) {
            return Ok(Lies::Apart);
        }
        alike &= region == wider;
    }
    Ok(if alike { Lies::Alike } else { Lies::Within })
}

/// Whether both bound some term, and not alike.
fn differ(one: &Said, other: &Said) -> bool {
    let sets = |said: &Said| {
        let mut map: BTreeMap<TermId, BTreeSet<(ValueSet, ValueSet, bool)>> = BTreeMap::new();
        for bound in &said.bounds {
            map.entry(bound.term).or_default().insert((bound.set.clone(), bound.days.clone(), bound.ceiling));
        }
        map
    };
    let other = sets(other);
    sets(one).iter().any(|(term, set)| other.get(term).is_some_and(|beside| beside != set))
}

/// Where a rule's own preconditions fail within a region.
fn closed(
    diagrams: &mut Diagrams<'_>,
    said: &Said,
    region: Node,
    support: SupportId,
) -> Result<Node, NotProven> {
    let mut closed = NO;
    for precondition in &said.preconditions {
        let active = diagrams.active(said, Part::Precondition, support)?;
        let met = diagrams.formula_in(said.rule, &precondition.formula)?;
        let fails = diagrams.store.without(active, met)?;
        closed = diagrams.store.or(closed, fails)?;
    }
    diagrams.store.and(closed, region)
}

/// The rules of pairs that hang together.
fn joined<'p>(pairs: impl IntoIterator<Item = &'p (RuleId, RuleId)>) -> Vec<BTreeSet<RuleId>> {
    let mut beside: BTreeMap<RuleId, Vec<RuleId>> = BTreeMap::new();
    for (one, other) in pairs {
        beside.entry(*one).or_default().push(*other);
        beside.entry(*other).or_default().push(*one);
    }
    let (mut groups, mut seen) = (Vec::new(), BTreeSet::new());
    for start in beside.keys() {
        let (mut group, mut open) = (BTreeSet::new(), vec![*start]);
        while let Some(rule) = open.pop() {
            if seen.insert(rule) {
                group.insert(rule);
                open.extend(&beside[&rule]);
            }
        }
        if !group.is_empty() {
            groups.push(group);
        }
    }
    groups
}

fn names(model: &Model, rules: &BTreeSet<RuleId>) -> Text {
    list(&rules.iter().map(|id| format!("`{}`", model.rule(*id).name)).collect::<Vec<_>>())
}

fn told(model: &Model, severity: Severity, message: Text, target: SupportId, first: RuleId) -> Diagnostic {
    let mut diagnostic = Diagnostic::new(NAME, severity, message);
    diagnostic.module = Some(model.modules[model.rule(first).module.index()].name.clone());
    diagnostic.support = Some(model.supports[target.index()].name.clone());
    diagnostic
}

fn tell_alike(model: &Model, target: SupportId, grade: Grade, rules: &BTreeSet<RuleId>) -> Diagnostic {
    let (all, support, grade) = (names(model, rules), &model.supports[target.index()].name, grade.word());
    let message = Text {
        en: format!("{} all say `{grade}` about `{support}` to the same citizens", all.en),
        da: format!("{} siger alle `{grade}` om `{support}` til de samme borgere", all.da),
    };
    let message = if rules.len() == 2 {
        Text {
            en: message.en.replace(" all say ", " both say "),
            da: message.da.replace(" alle ", " begge "),
        }
    } else {
        message
    };
    let first = rules.first().copied().unwrap_or(RuleId(0));
    let mut diagnostic = told(model, Severity::Warning, message, target, first);
    for id in rules {
        diagnostic = diagnostic.label(model.rule(*id).name_span, rule_label(model, *id));
    }
    name_rules(model, &mut diagnostic, rules.iter().copied());
    diagnostic.help(text!(
        en: "keep one of them, with everything the others add",
        da: "behold én af dem, med det, de andre tilføjer"
    ))
}

fn tell_within(model: &Model, target: SupportId, grade: Grade, pairs: &[(RuleId, RuleId)]) -> Diagnostic {
    let inner: BTreeSet<RuleId> = pairs.iter().map(|(inner, _)| *inner).collect();
    let outer: BTreeSet<RuleId> =
        pairs.iter().map(|(_, outer)| *outer).filter(|outer| !inner.contains(outer)).collect();
    // those that lie alike are told together; one of them is enough to see it
    let widest = outer.first().copied().unwrap_or(pairs[0].1);
    let (few, support, grade) = (names(model, &inner), &model.supports[target.index()].name, grade.word());
    let (says, wide) = (if inner.len() == 1 { "says" } else { "say" }, &model.rule(widest).name);
    let message = Text {
        en: format!(
            "{} {says} `{grade}` about `{support}` to some of those to whom `{wide}` says it already",
            few.en
        ),
        da: format!(
            "{} siger `{grade}` om `{support}` til nogle af dem, som `{wide}` siger det til i forvejen",
            few.da
        ),
    };
    let mut diagnostic = told(model, Severity::Note, message, target, widest);
    for id in inner.iter().chain([&widest]) {
        diagnostic = diagnostic.label(model.rule(*id).name_span, rule_label(model, *id));
    }
    let bounds = |id: &RuleId| model.rule(*id).effects.iter().any(|effect| !effect.bounds.is_empty());
    let adds_terms = inner.iter().any(bounds);
    name_rules(model, &mut diagnostic, inner);
    diagnostic.help(if adds_terms {
        text!(
            en: "if the narrower condition is meant, write it into `{wide}`; if only the terms are, write `gælder for`",
            da: "er den snævrere betingelse ment, så skriv den i `{wide}`; er kun vilkårene ment, så skriv `gælder for`"
        )
    } else {
        text!(
            en: "if the narrower condition is meant, write it into `{wide}`; otherwise one rule is enough",
            da: "er den snævrere betingelse ment, så skriv den i `{wide}`; ellers er én regel nok"
        )
    })
}
