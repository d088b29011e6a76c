//! Citizens a municipality promises something, and no rule speaks of.

use super::accept;
use super::boundary;
use super::coverage::{Coverage, counting, promised};
use super::view::{confirmed, facts_named, name_rules, reaches};
use super::{Card, tasks::Found};
use crate::diagram::{Cells, Conjunction, Diagrams, NO, Node, NotProven};
use crate::ground::{Diagnostic, Severity, Span, Text, text};
use crate::model::{Domain, FactId, Model, Profile, RuleId, ValueSet};
use crate::verdict::Part;
use std::collections::BTreeSet;

const NAME: &str = "gap";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "hul",
        severity: Severity::Error,
        about: text!(
            en: "citizens in the scope whom no rule speaks of",
            da: "borgere i målgruppen, som ingen regel siger noget om"
        ),
        explanation: text!(
            en: "The municipality's `omfatter` promises these citizens something about these kinds of support, and no \
                 rule of the municipality, or of the department they belong to, says kan, ret, skal, bør, skal vurdere \
                 or må ikke about any of them. Silence is not a refusal: nobody can decide the case. A kan for a whole \
                 kind of support counts only where an `ansvarlig` is named; who has only such a general answer is told by itself, and so is a \
                 boundary that two rules both miss by one. Who lost the last rule on a known day is `coverage-ends`.",
            da: "Kommunens `omfatter` lover disse borgere noget om disse arter af støtte, og ingen regel i kommunen, \
                 eller i den afdeling de hører til, siger kan, ret, skal, bør, skal vurdere eller må ikke om nogen af \
                 dem. Tavshed er ikke et afslag: ingen kan afgøre sagen. Et kan for en hel art tæller kun, hvor en \
                 `ansvarlig` er nævnt; de, der kun har sådan et generelt svar, meldes for sig, og det gør en grænse, som to \
                 regler begge lige går fri af, også. De, der mistede den sidste regel på en kendt dag, er `dækning-ophører`."
        ),
        definition: text!(
            en: "The citizen is in the municipality's `omfatter`, and no rule of the municipality (in \
                 a department: that names the department or no place) has an active grade on a \
                 promised support, one below a promised kind, or a kind above or below one; a kan on \
                 such a kind counts only with an `ansvarlig`. It is not told where `coverage-ends` \
                 holds, nor where the municipality's own grey zone does.",
            da: "Borgeren er omfattet af kommunens `omfatter`, og ingen regel i kommunen (i en \
                 afdeling: der nævner afdelingen eller intet sted) har en grad, der virker, om en \
                 lovet støtte, en under en lovet art eller en art over eller under den; et kan om \
                 sådan en art tæller kun med en `ansvarlig`. Det meldes ikke, hvor `dækning-ophører` \
                 gælder, og ikke i kommunens egen grå zone."
        ),
        sections: "7",
        reason: text!(
            en: "The municipality has said that these citizens are covered. It must answer every application with a \
                 decision that has a basis (retssikkerhedsloven § 5, forvaltningsloven § 24), and here there is \
                 none: each caseworker makes one up.",
            da: "Kommunen har sagt, at disse borgere er omfattet. Den skal besvare enhver ansøgning med en \
                 afgørelse, der har et grundlag (retssikkerhedsloven § 5, forvaltningsloven § 24), og her er der \
                 intet: hver sagsbehandler må finde på et."
        ),
        example: include_str!("examples/gap.md"),
    }
}

/// Looks for gaps in one unit: first who has only a general answer, then who has none.
pub(crate) fn find(coverage: &mut Coverage<'_>) -> Result<Vec<Found>, NotProven> {
    let gap = coverage.gap()?;
    let unheard = general_answers(coverage, gap)?;
    let mut general = NO;
    for (_, region) in &unheard {
        general = coverage.diagrams.store.or(general, *region)?;
    }
    let silent = coverage.diagrams.store.without(gap, general)?;
    let mut found = Vec::new();
    for (region, unheard) in [(general, unheard), (silent, Vec::new())] {
        if region == NO {
            continue;
        }
        let rules: Vec<RuleId> = unheard.iter().map(|(rule, _)| *rule).collect();
        let diagnostic = tell(coverage, &[], &rules);
        for piece in accept::pieces(&mut coverage.diagrams, &diagnostic, region)? {
            for group in groups(coverage, piece.0)? {
                let gap = told(coverage, &group, &unheard)?;
                found.extend(gap.map(|gap| accept::told(gap, piece)));
            }
        }
    }
    if std::mem::take(&mut coverage.diagrams.truncated) {
        found.push(Found::More);
    }
    Ok(found)
}

/// Boxes that are told together, the part of the region that no others hold, and the rules that miss them by one.
type Group = (Vec<Cells>, Node, Vec<NearMiss>);

/// Divides a region: the boxes that the same rules miss by the same value together, and all the others together.
fn groups(coverage: &mut Coverage<'_>, region: Node) -> Result<Vec<Group>, NotProven> {
    let mut groups: Vec<(Vec<Cells>, Vec<NearMiss>)> = Vec::new();
    let mut others: Vec<Cells> = Vec::new();
    let boxes = coverage.diagrams.cover(region)?;
    for (cells, part) in own_parts(&mut coverage.diagrams, region, &boxes)? {
        let Some(witness) = coverage.diagrams.witness(part)? else { continue };
        let beside = near_misses(coverage, &cells, &witness);
        if beside.is_empty() {
            others.push(cells);
        } else if let Some((boxes, _)) = groups.iter_mut().find(|(_, known)| *known == beside) {
            boxes.push(cells);
        } else {
            groups.push((vec![cells], beside));
        }
    }
    groups.push((others, Vec::new()));
    apart(coverage, region, groups)
}

/// A finding for some boxes, shown by a citizen of their own; nothing where there is none.
fn told(
    coverage: &mut Coverage<'_>,
    (boxes, part, beside): &Group,
    unheard: &[(RuleId, Node)],
) -> Result<Option<Found>, NotProven> {
    let Some(witness) = coverage.diagrams.witness(*part)? else { return Ok(None) };
    let mut rules = Vec::new();
    for (rule, region) in unheard {
        if coverage.diagrams.store.and(*region, *part)? != NO {
            rules.push(*rule);
        }
    }
    let mut diagnostic = tell(coverage, beside, &rules);
    let (diagrams, scope) = (&coverage.diagrams, coverage.scope);
    let model = diagrams.model;
    diagnostic.region = boxes.iter().map(|cells| diagrams.box_in_words(cells)).collect();
    let named = diagnostic.region.iter().flatten().map(|condition| condition.fact.as_str());
    let matters = facts_named(model, named);
    Ok(Some(confirmed(diagrams, diagnostic, &witness, &matters, |case| {
        let counts = |rule: &RuleId| reaches(case, *rule, counting(model, model.rule(*rule), scope));
        case.holds(&scope.formula) && !coverage.rules.iter().any(counts)
    })))
}

/// A finding for boxes that were found without diagrams.
pub(crate) fn told_as_boxes(coverage: &Coverage<'_>, boxes: &[Conjunction], witness: &Profile) -> Found {
    let (diagrams, scope) = (&coverage.diagrams, coverage.scope);
    let model = diagrams.model;
    let mut diagnostic = tell(coverage, &[], &[]);
    let in_words = |conditions: &Conjunction| {
        conditions.iter().map(|(fact, set)| crate::diagram::condition(model, *fact, set)).collect()
    };
    diagnostic.region = boxes.iter().map(in_words).collect();
    let matters: Vec<FactId> =
        boxes.iter().flatten().map(|(fact, _)| *fact).collect::<BTreeSet<_>>().into_iter().collect();
    confirmed(diagrams, diagnostic, witness, &matters, |case| {
        let counts = |rule: &RuleId| reaches(case, *rule, counting(model, model.rule(*rule), scope));
        case.holds(&scope.formula) && !coverage.rules.iter().any(counts)
    })
}

/// For each group of boxes the part of the region that no box of another group holds.
fn apart(
    coverage: &mut Coverage<'_>,
    region: Node,
    groups: Vec<(Vec<Cells>, Vec<NearMiss>)>,
) -> Result<Vec<Group>, NotProven> {
    let diagrams = &mut coverage.diagrams;
    let mut nodes = Vec::new();
    for (boxes, _) in &groups {
        let mut node = NO;
        for cells in boxes {
            let one = diagrams.box_node(cells)?;
            node = diagrams.store.or(node, one)?;
        }
        nodes.push(node);
    }
    let mut list = Vec::new();
    for (index, (boxes, beside)) in groups.into_iter().enumerate() {
        let mut part = diagrams.store.and(region, nodes[index])?;
        for (other, node) in nodes.iter().enumerate() {
            if other != index {
                part = diagrams.store.without(part, *node)?;
            }
        }
        list.push((boxes, part, beside));
    }
    Ok(list)
}

/// For each box of a list the part of the region that no other box of it holds.
pub(crate) fn own_parts(
    diagrams: &mut Diagrams<'_>,
    region: Node,
    boxes: &[Cells],
) -> Result<Vec<(Cells, Node)>, NotProven> {
    let mut nodes = Vec::new();
    for cells in boxes {
        nodes.push(diagrams.box_node(cells)?);
    }
    let mut later = vec![NO];
    for node in nodes.iter().rev() {
        let last = later[later.len() - 1];
        later.push(diagrams.store.or(last, *node)?);
    }
    let mut earlier = NO;
    let mut parts = Vec::new();
    for (index, cells) in boxes.iter().enumerate() {
        let mut part = diagrams.store.and(region, nodes[index])?;
        part = diagrams.store.without(part, earlier)?;
        part = diagrams.store.without(part, later[boxes.len() - 1 - index])?;
        earlier = diagrams.store.or(earlier, nodes[index])?;
        parts.push((cells.clone(), part));
    }
    Ok(parts)
}

/// The rules that say kan of a whole promised kind to some of these citizens and do not count, for want of an
/// `ansvarlig`, and to whom they say it.
fn general_answers(coverage: &mut Coverage<'_>, gap: Node) -> Result<Vec<(RuleId, Node)>, NotProven> {
    let mut list = Vec::new();
    let diagrams = &mut coverage.diagrams;
    for id in &coverage.rules {
        let mut speaks = NO;
        for target in promised(diagrams.model, diagrams.model.rule(*id), coverage.scope, true) {
            if let Some(said) = diagrams.statements.by(*id, target) {
                let active = diagrams.active(said, Part::Grade, target)?;
                speaks = diagrams.store.or(speaks, active)?;
            }
        }
        let heard = diagrams.store.and(speaks, gap)?;
        if heard != NO {
            list.push((*id, heard));
        }
    }
    Ok(list)
}

fn tell(coverage: &Coverage<'_>, beside: &[NearMiss], unheard: &[RuleId]) -> Diagnostic {
    let (model, unit) = (coverage.diagrams.model, coverage.unit);
    let (kinds, place) = coverage.kinds_and_place();
    let divided = coverage.is_outside_departments();
    let message = if !unheard.is_empty() {
        let (en, da) = if divided {
            ("outside its departments, ", format!("uden for afdelingerne har `{place}`"))
        } else {
            ("", format!("`{place}` har"))
        };
        Text {
            en: format!("{en}`{place}` has only a general answer about {} for these citizens", kinds.en),
            da: format!("{da} kun et generelt svar om {} til disse borgere", kinds.da),
        }
    } else if divided {
        Text {
            en: format!(
                "outside its departments, no rule of `{place}` tells these citizens anything about {}",
                kinds.en
            ),
            da: format!(
                "uden for afdelingerne siger ingen regel i `{place}` disse borgere noget om {}",
                kinds.da
            ),
        }
    } else {
        Text {
            en: format!("no rule of `{place}` tells these citizens anything about {}", kinds.en),
            da: format!("ingen regel i `{place}` siger disse borgere noget om {}", kinds.da),
        }
    };
    let mut diagnostic = Diagnostic::new(NAME, Severity::Error, message).about(coverage.promised());
    diagnostic.module = Some(coverage.unit_name());
    if let Some(department) = unit.department {
        diagnostic = diagnostic.label(
            model.departments[department.index()].span,
            text!(en: "these citizens belong here", da: "her hører disse borgere til"),
        );
    }
    diagnostic = diagnostic.label(
        coverage.scope.span,
        text!(en: "here they are promised an answer", da: "her er de lovet et svar"),
    );
    for miss in beside {
        let label = super::words::rule_label(model, miss.rule);
        diagnostic = diagnostic.label(model.rule(miss.rule).when_span, label);
    }
    for id in unheard {
        diagnostic = diagnostic.label(
            model.rule(*id).name_span,
            text!(en: "names nobody `ansvarlig`", da: "nævner ingen `ansvarlig`"),
        );
    }
    for (word, bound) in moved_lines(model, beside) {
        diagnostic = diagnostic.fix(word, bound);
    }
    name_rules(model, &mut diagnostic, unheard.iter().copied());
    diagnostic.help(match beside.first() {
        Some(miss) => {
            let fact = &model.facts[miss.fact.index()];
            let (value, name) = (fact.domain.spell_bare(miss.value), &fact.name);
            let bound = if miss.begins_above { "mindst" } else { "højst" };
            text!(
                en: "`{name}` {value} falls just outside; write `{bound} {value}` if that value is meant too",
                da: "`{name}` {value} falder lige udenfor; skriv `{bound} {value}`, hvis også den værdi er ment"
            )
        }
        None if !unheard.is_empty() => text!(
            en: "name who is `ansvarlig` in the rule: a kan for a whole kind is no answer without",
            da: "skriv i reglen, hvem der er `ansvarlig`: et kan for en hel art er ellers ikke et svar"
        ),
        None if divided => text!(
            en: "let a department take in these citizens, add a rule for them, or narrow the promise",
            da: "lad en afdeling omfatte disse borgere, tilføj en regel for dem, eller indsnævr løftet"
        ),
        None => text!(
            en: "add a rule for these citizens, a refusal if that is meant, or narrow the `omfatter`",
            da: "tilføj en regel for disse borgere, eventuelt et afslag, eller indsnævr `omfatter`"
        ),
    })
}

/// The lines that would take the value in, as they would be written: those that begin above it, else those that end
/// below it.
fn moved_lines(model: &Model, beside: &[NearMiss]) -> BTreeSet<(Span, String)> {
    let lines = |above: bool| -> BTreeSet<(Span, String)> {
        let misses = beside.iter().filter(|miss| miss.begins_above == above);
        misses
            .flat_map(|miss| {
                boundary::taking_in(model, std::iter::once(miss.rule), (miss.fact, miss.value, above))
            })
            .collect()
    };
    let begin = lines(true);
    if begin.is_empty() { lines(false) } else { begin }
}

/// A rule that speaks to the neighbours of a gap that leaves a single value of an ordered fact.
#[derive(PartialEq, Eq)]
struct NearMiss {
    rule: RuleId,
    fact: FactId,
    value: i64,
    begins_above: bool,
}

/// The rules that would speak to the witness if one ordered fact, of which the box leaves a single value, were one
/// step higher or lower: `under 30` and `over 30` that leave 30.
fn near_misses(coverage: &Coverage<'_>, cells: &Cells, witness: &Profile) -> Vec<NearMiss> {
    let (diagrams, asked, covered) = (&coverage.diagrams, coverage.asked, &coverage.covered);
    let mut list = Vec::new();
    for (dimension, classes) in diagrams.space.dimensions.iter().zip(&cells.0) {
        let admitted = dimension.classes.iter().zip(classes).filter(|(_, admits)| **admits);
        let set = admitted.fold(ValueSet::empty(), |all, (class, _)| all.union(class));
        let domain = &diagrams.model.facts[dimension.fact.index()].domain;
        let ordered = matches!(domain, Domain::Number { .. } | Domain::List { ordered: true, .. });
        let Some((value, _)) = set.bounds().filter(|(low, high)| ordered && low == high) else { continue };
        for (step, begins_above) in [(1, true), (-1, false)] {
            let mut neighbour = witness.clone();
            neighbour.0[dimension.fact.index()] = value + step;
            if !domain.all().contains(value + step) || !diagrams.contains(asked, &neighbour) {
                continue;
            }
            let speaking = covered.iter().filter(|(_, node)| diagrams.contains(*node, &neighbour));
            let miss = |(rule, _): &(RuleId, Node)| NearMiss {
                rule: *rule,
                fact: dimension.fact,
                value,
                begins_above,
            };
            list.extend(speaking.map(miss));
        }
    }
    list
}
