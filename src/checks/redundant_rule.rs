//! A rule that could be taken out without changing what its layer says to anyone.

use super::missing_basis::source_of;
use super::unserved_right;
use super::view::{name_rules, reach};
use super::words::rule_label;
use super::{Card, superfluous};
use crate::diagram::{Diagrams, Leaves, NO, Node, NotProven, Wanted, enough};
use crate::ground::{Diagnostic, Severity, text};
use crate::model::{Effect, EffectKind, Grade, Model, RuleId, SupportId, TermId, ValueSet};
use crate::verdict::{Layer, Part, Statements};
use std::collections::{BTreeMap, BTreeSet};

const NAME: &str = "redundant-rule";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "overflødig-regel",
        severity: Severity::Note,
        about: text!(
            en: "a rule that other rules make superfluous",
            da: "en regel, som andre regler gør overflødig"
        ),
        explanation: text!(
            en: "Taken out, it would change nothing: no verdict of its layer, for no citizen on no day, and nobody \
                 would be left without an answer. The rules named say all of it together. It is a note: saying a \
                 thing twice can be meant.",
            da: "Tages den ud, ændres intet: ikke ét svar i dens lag, for nogen borger på nogen dag, og ingen ville stå \
                 uden svar. De nævnte regler siger tilsammen det hele. Det er en bemærkning: at sige noget to gange \
                 kan være ment."
        ),
        definition: text!(
            en: "A rule without `bortfalder`, department and `ansvarlig` has an active part and is in \
                 no pair of `duplicate-rule`; without it no layer says anything else of any support \
                 to any citizen, and `gap` and `unserved-right` reach nobody else.",
            da: "En regel uden `bortfalder`, afdeling og `ansvarlig` har en del, der virker, og \
                 indgår i intet par af `gentaget-regel`; uden den siger intet lag noget andet om \
                 nogen støtte til nogen borger, og `hul` og `ubetjent-ret` rammer ingen andre."
        ),
        sections: "12",
        reason: text!(
            en: "A rule more to read, and one more to remember when the others change. It takes nothing from the \
                 citizen.",
            da: "En regel mere at læse, og én mere at huske, når de andre ændres. Den tager intet fra borgeren."
        ),
        example: include_str!("examples/redundant-rule.md"),
    }
}

/// One thing a rule can say that another can say just as well.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Saying {
    Grade(Grade, bool),
    Duty,
    /// the term, its values, whether `som loft`, whether firm
    Bound(TermId, ValueSet, bool, bool),
    Closed,
}

/// What the rules of a layer say of one support, and where.
type Sayings = BTreeMap<Saying, Vec<(RuleId, Node)>>;

/// Looks at the rules of one layer; `told` are told as duplicates.
pub(crate) fn find(
    model: &Model,
    statements: &Statements,
    rules: &[RuleId],
    told: &BTreeSet<RuleId>,
    budget: u64,
) -> Result<Vec<Diagnostic>, NotProven> {
    let asked: Vec<RuleId> =
        rules.iter().copied().filter(|id| is_asked(model, *id) && !told.contains(id)).collect();
    let mut by_boxes = superfluous::look(model, statements, &asked, budget);
    let mut left = budget;
    for group in together(statements, &by_boxes.open) {
        let supports = spoken(statements, &group);
        let heard = supports.iter().flat_map(|support| statements.with_members(*support));
        let heard = heard.flat_map(|support| statements.about(support)).map(|said| said.rule);
        let heard: BTreeSet<RuleId> = heard.chain(group.iter().copied()).collect();
        let mut diagrams = Diagrams::new(model, statements, &Vec::from_iter(heard), &[], left)?;
        let candidates = candidates(&mut diagrams, &supports, &group)?;
        let unchanged = without_effect(diagrams, &candidates, &mut left)?;
        by_boxes.superfluous.extend(served_as_before(model, statements, unchanged, &mut left)?);
    }
    Ok(by_boxes.superfluous.iter().map(|(id, blamed)| tell(model, *id, blamed)).collect())
}

/// Whether a rule is asked about at all. One that names who gives the support says that too.
fn is_asked(model: &Model, id: RuleId) -> bool {
    let rule = model.rule(id);
    let lapses = |effect: &Effect| matches!(effect.kind, EffectKind::Lapses);
    let names = !rule.places.is_empty() || rule.responsible.is_some();
    !rule.has_error && !names && !rule.effects.iter().any(lapses)
}

/// The judged supports that some rules speak of.
fn spoken(statements: &Statements, rules: &BTreeSet<RuleId>) -> Vec<SupportId> {
    let speaks = |support: &&SupportId| rules.iter().any(|id| statements.by(*id, **support).is_some());
    statements.judged.iter().filter(speaks).copied().collect()
}

/// Rules by what they speak of: those that speak of one support, or through others, stand together.
fn together(statements: &Statements, rules: &BTreeSet<RuleId>) -> Vec<BTreeSet<RuleId>> {
    let mut groups: Vec<BTreeSet<RuleId>> = Vec::new();
    let mut group_of: BTreeMap<SupportId, usize> = BTreeMap::new();
    for id in rules {
        let supports: BTreeSet<SupportId> =
            statements.judged.iter().copied().filter(|s| statements.by(*id, *s).is_some()).collect();
        let known: BTreeSet<usize> = supports.iter().filter_map(|s| group_of.get(s).copied()).collect();
        let at = known.first().copied().unwrap_or(groups.len());
        if at == groups.len() {
            groups.push(BTreeSet::new());
        }
        groups[at].insert(*id);
        for other in known.into_iter().skip(1) {
            let moved = std::mem::take(&mut groups[other]);
            groups[at].extend(moved);
            group_of.values_mut().filter(|group| **group == other).for_each(|group| *group = at);
        }
        group_of.extend(supports.into_iter().map(|support| (support, at)));
    }
    groups.retain(|group| !group.is_empty());
    groups
}

/// A rule that could be taken out, and who says what it says.
type Superfluous = (RuleId, BTreeSet<RuleId>);

/// Those candidates without which no verdict changes.
fn without_effect(
    mut diagrams: Diagrams<'_>,
    candidates: &[RuleId],
    left: &mut u64,
) -> Result<Vec<Superfluous>, NotProven> {
    let (model, statements) = (diagrams.model, diagrams.statements);
    let layer = statements.own();
    let mut found = Vec::new();
    for id in candidates.iter().copied() {
        let about: Vec<SupportId> =
            statements.judged.iter().copied().filter(|s| statements.by(id, *s).is_some()).collect();
        let mut leaves = Leaves::new();
        let before = verdicts(&mut diagrams, &about, &mut leaves)?;
        let mut said = Vec::new();
        for support in &about {
            said.push(sayings(&mut diagrams, layer, *support, true)?);
        }
        let marks = bounds(&mut diagrams, &about)?;
        let fewer = statements.without(id);
        let mut without = diagrams.over(model, &fewer);
        let after = verdicts(&mut without, &about, &mut leaves)?;
        let mut unchanged = true;
        for (one, other) in before.iter().zip(&after) {
            let changed = without.store.zip(*one, *other, &mut |one, other| u32::from(one != other))?;
            unchanged &= without.store.and(changed, without.possible)? == NO;
        }
        // a verdict keeps which sets are bounds and which are ceilings, not which rule's bound is which
        unchanged &= bounds(&mut without, &about)? == marks;
        if unchanged {
            let mut wanted = Vec::new();
            for (support, said) in about.iter().zip(said) {
                wanted.extend(replacements(&mut without, layer, id, *support, said)?);
            }
            found.push((id, enough(&mut without.store, &wanted)?.unwrap_or_default()));
        }
        diagrams = without.over(model, statements);
    }
    *left = diagrams.store.left();
    Ok(found)
}

/// Those without which the rules of the place reach just whom they reach with them.
fn served_as_before(
    model: &Model,
    statements: &Statements,
    found: Vec<Superfluous>,
    left: &mut u64,
) -> Result<Vec<Superfluous>, NotProven> {
    let layer = statements.own();
    let asked = asked_of_coverage(model, statements, layer);
    if found.is_empty() || asked.is_empty() {
        return Ok(found);
    }
    let heard = statements.place.rules(model);
    let mut diagrams = Diagrams::new(model, statements, &heard, &[], *left)?;
    let served = coverage(&mut diagrams, &asked, None)?;
    let mut kept = Vec::new();
    for (id, blamed) in found {
        let fewer = statements.without(id);
        let mut without = diagrams.over(model, &fewer);
        if coverage(&mut without, &asked, Some(id))? == served {
            kept.push((id, blamed));
        }
        diagrams = without.over(model, statements);
    }
    *left = diagrams.store.left();
    Ok(kept)
}

/// The rules that say nothing which, as far as conditions go, no other rule of the layer might say as well.
fn candidates(
    diagrams: &mut Diagrams<'_>,
    supports: &[SupportId],
    asked: &BTreeSet<RuleId>,
) -> Result<Vec<RuleId>, NotProven> {
    let statements = diagrams.statements;
    let layer = statements.own();
    let mut left = asked.clone();
    let mut active = BTreeSet::new();
    for support in supports.iter().copied() {
        diagrams.prepare(support)?;
        for said in statements.about(support).iter().filter(|said| asked.contains(&said.rule)) {
            for part in said.parts() {
                let region = diagrams.active(said, part, support)?;
                if diagrams.store.and(region, diagrams.possible)? != NO {
                    active.insert(said.rule);
                }
            }
        }
        let might = sayings(diagrams, layer, support, false)?;
        for (saying, said) in sayings(diagrams, layer, support, true)? {
            let Some(all) = might.get(&saying) else { continue };
            // for each rule what all others might say, by unions from both ends
            let mut later = vec![NO];
            for (_, node) in all.iter().rev() {
                later.push(diagrams.store.or(later[later.len() - 1], *node)?);
            }
            let mut earlier = NO;
            let mut others = BTreeMap::new();
            for (index, (rule, node)) in all.iter().enumerate() {
                let rest = diagrams.store.or(earlier, later[all.len() - 1 - index])?;
                let known = others.entry(*rule).or_insert(rest);
                *known = diagrams.store.and(*known, rest)?;
                earlier = diagrams.store.or(earlier, *node)?;
            }
            for (rule, node) in said {
                let rest = others.get(&rule).copied().unwrap_or(NO);
                if diagrams.store.without(node, rest)? != NO {
                    left.remove(&rule);
                }
            }
        }
    }
    left.retain(|id| active.contains(id));
    Ok(left.into_iter().collect())
}

/// What each rule says of a support where it counts; or, without exceptions and giving way, where it might.
fn sayings(
    diagrams: &mut Diagrams<'_>,
    layer: Layer,
    support: SupportId,
    counts: bool,
) -> Result<Sayings, NotProven> {
    let (statements, model) = (diagrams.statements, diagrams.model);
    let mut sayings = Sayings::new();
    for said in statements.about(support).iter().filter(|said| said.layer == layer) {
        let applies = diagrams.applies(said.rule)?;
        let applies = diagrams.store.and(applies, diagrams.possible)?;
        let deviable = diagrams.formula_in(said.rule, &model.rule(said.rule).deviable)?;
        let mut list: Vec<(Saying, Saying, Node)> = Vec::new();
        for grade in &said.grades {
            let node = if counts { diagrams.stands(said, grade, support)? } else { applies };
            list.push((Saying::Grade(grade.grade, true), Saying::Grade(grade.grade, false), node));
            if grade.duty {
                let node = if counts { diagrams.active(said, Part::Grade, support)? } else { applies };
                list.push((Saying::Duty, Saying::Duty, node));
            }
        }
        for bound in &said.bounds {
            let node = if counts { diagrams.bound(said, bound, support)? } else { applies };
            let saying = |firm| Saying::Bound(bound.term, bound.set.clone(), bound.ceiling, firm);
            list.push((saying(true), saying(false), node));
        }
        for precondition in &said.preconditions {
            let node = if counts { diagrams.active(said, Part::Precondition, support)? } else { applies };
            let met = diagrams.formula_in(said.rule, &precondition.formula)?;
            let node = diagrams.store.without(node, met)?;
            // one that may be departed from closes nothing
            let node = diagrams.store.without(node, deviable)?;
            list.push((Saying::Closed, Saying::Closed, node));
        }
        for (firmly, softly, node) in list {
            let node = diagrams.store.and(node, applies)?;
            let firm = diagrams.store.without(node, deviable)?;
            let soft = diagrams.store.and(node, deviable)?;
            for (saying, node) in [(firmly, firm), (softly, soft)] {
                if node != NO {
                    sayings.entry(saying).or_default().push((said.rule, node));
                }
            }
        }
    }
    Ok(sayings)
}

/// Where each bound stands with its marks, in the place's own layer and those above it.
fn bounds(diagrams: &mut Diagrams<'_>, about: &[SupportId]) -> Result<Vec<(Saying, Node)>, NotProven> {
    let own = diagrams.statements.own();
    let layers: Vec<Layer> = diagrams.statements.above(own).iter().copied().chain([own]).collect();
    let mut bounds = Vec::new();
    for (support, layer) in about.iter().flat_map(|support| layers.iter().map(move |layer| (support, layer)))
    {
        for (saying, said) in sayings(diagrams, *layer, *support, true)? {
            if let Saying::Bound(..) = saying {
                let all = said.iter().try_fold(NO, |all, (_, node)| diagrams.store.or(all, *node))?;
                bounds.push((saying, all));
            }
        }
    }
    Ok(bounds)
}

/// What the place's own layer and those above it say of some supports.
fn verdicts(
    diagrams: &mut Diagrams<'_>,
    about: &[SupportId],
    leaves: &mut Leaves,
) -> Result<Vec<Node>, NotProven> {
    let statements = diagrams.statements;
    let own = statements.own();
    let mut verdicts = Vec::new();
    for support in about {
        diagrams.prepare(*support)?;
        for layer in statements.above(own).iter().chain([&own]) {
            verdicts.push(diagrams.verdict(*layer, *support, leaves)?);
        }
    }
    Ok(verdicts)
}

/// Rules that may reach somebody, and the supports through which each does.
type Reaching = Vec<(RuleId, Vec<SupportId>)>;

/// Whose reach is asked in a municipality: by `gap` for each unit, by `unserved-right` for each support.
fn asked_of_coverage(model: &Model, statements: &Statements, layer: Layer) -> Vec<Reaching> {
    let Layer::Module(module) = layer else { return Vec::new() };
    let mut asked: Vec<Reaching> = Vec::new();
    for unit in super::coverage::units(model).into_iter().filter(|unit| unit.module == module) {
        asked.push(super::coverage::answering(model, unit));
    }
    if unserved_right::is_asked(model, module) {
        for support in &statements.judged {
            let serving = unserved_right::serving_rules(model, module, *support).into_iter();
            asked.push(serving.map(|id| (id, unserved_right::targets(model, id, *support))).collect());
        }
    }
    asked
}

/// Whom each of these lists reaches without a rule.
fn coverage(
    diagrams: &mut Diagrams<'_>,
    asked: &[Reaching],
    without: Option<RuleId>,
) -> Result<Vec<Node>, NotProven> {
    for support in diagrams.statements.judged.clone() {
        diagrams.prepare(support)?;
    }
    let mut covered = Vec::new();
    for list in asked {
        let mut all = NO;
        for (rule, targets) in list.iter().filter(|(rule, _)| Some(*rule) != without) {
            let node = reach(diagrams, *rule, targets.clone())?;
            all = diagrams.store.or(all, node)?;
        }
        covered.push(diagrams.store.and(all, diagrams.possible)?);
    }
    Ok(covered)
}

/// What the rule says of a support, and who says the same once it is gone.
fn replacements(
    diagrams: &mut Diagrams<'_>,
    layer: Layer,
    id: RuleId,
    support: SupportId,
    said: Sayings,
) -> Result<Vec<Wanted<RuleId>>, NotProven> {
    let left = sayings(diagrams, layer, support, true)?;
    let mut wanted = Vec::new();
    for (saying, list) in said {
        for (_, node) in list.into_iter().filter(|(rule, _)| *rule == id) {
            wanted.push((node, left.get(&saying).cloned().unwrap_or_default()));
        }
    }
    Ok(wanted)
}

fn tell(model: &Model, id: RuleId, blamed: &BTreeSet<RuleId>) -> Diagnostic {
    let rule = model.rule(id);
    let name = &rule.name;
    let message = text!(
        en: "without `{name}` nothing would change",
        da: "uden `{name}` ville intet være anderledes"
    );
    let mut diagnostic = Diagnostic::new(NAME, Severity::Note, message);
    diagnostic.module = Some(model.modules[rule.module.index()].name.clone());
    diagnostic = diagnostic.label(rule.name_span, rule_label(model, id));
    for other in blamed {
        diagnostic = diagnostic.label(model.rule(*other).name_span, rule_label(model, *other));
    }
    name_rules(model, &mut diagnostic, [id]);
    let row = source_of(rule) != rule.name;
    diagnostic.help(match (blamed.len(), row) {
        (0, _) => text!(
            en: "it always gives way to others; take it out, or change when it applies",
            da: "den viger altid for andre; tag den ud, eller ændr, hvornår den gælder"
        ),
        (1, _) => text!(
            en: "the other rule says the same; take this one out, or write what it should add",
            da: "den anden regel siger det samme; tag denne ud, eller skriv, hvad den skal tilføje"
        ),
        (_, true) => text!(
            en: "the others together say the same; take the row out, or write what it should add",
            da: "de andre siger tilsammen det samme; tag rækken ud, eller skriv, hvad den skal tilføje"
        ),
        (_, false) => text!(
            en: "the others together say the same; take this one out, or write what it should add",
            da: "de andre siger tilsammen det samme; tag denne ud, eller skriv, hvad den skal tilføje"
        ),
    })
}
