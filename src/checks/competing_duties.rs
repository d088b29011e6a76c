//! Two supports of one kind are due to the same citizen, and nobody says how they go together.

use super::view::{name_rules, with_region};
use super::words::rule_label;
use super::{Card, tasks::Found};
use crate::diagram::{Diagrams, Leaves, NO, Node, NotProven, doubtful, exceptions_from, unsettled};
use crate::ground::{Diagnostic, Severity, Text, list, text};
use crate::model::{Grade, Model, RelationKind, RuleId, SupportId};
use crate::verdict::{Layer, Matter, Statements, Verdict, distance};
use std::collections::BTreeSet;

const NAME: &str = "competing-duties";

/// So many supports are named in the message.
const NAMED: usize = 3;

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "dobbelt-krav",
        severity: Severity::Warning,
        about: text!(
            en: "two supports of one kind are due at once, and nobody says how they go together",
            da: "der er krav på to støtter af samme art på én gang, og ingen siger, hvordan de hænger sammen"
        ),
        explanation: text!(
            en: "Rules that must be followed make two supports of one kind due to the same citizen. Is one given, or \
                 both? The relation between the supports is not declared. One finding for each kind, with the largest \
                 set that is due at once.",
            da: "Regler, der skal følges, giver samme borger krav på to støtter af samme art. Gives den ene, eller \
                 gives begge? Det er ikke skrevet, hvordan støtterne forholder sig til hinanden. Én melding for hver \
                 art, med det største antal, der er krav på på én gang."
        ),
        definition: text!(
            en: "Two supports right below one art are due (a firm ret or skal stands in the layer or \
                 above, not contradicted), no `supplerer`, `erstatter` or `udelukker` is declared \
                 between them or an art above them, and the layers above do not already make both \
                 due. One finding for each art, with the largest set that is due at once.",
            da: "Der er krav på to støtter lige under samme art (et ret eller skal, der ikke kan \
                 fraviges, står i laget eller derover uden modstrid), intet `supplerer`, `erstatter` \
                 eller `udelukker` er skrevet mellem dem eller en art over dem, og lagene over giver \
                 ikke allerede krav på begge. Ét fund for hver art med den største mængde, der er \
                 krav på på én gang."
        ),
        sections: "12",
        reason: text!(
            en: "The authority must find the right provision and decide what it entitles to. Where two duties meet \
                 and no rule says whether both are given, two caseworkers will decide like cases differently.",
            da: "Myndigheden skal finde den rette bestemmelse og afgøre, hvad den giver ret til. Hvor to krav \
                 mødes, og ingen regel siger, om begge gives, vil to sagsbehandlere afgøre ens sager forskelligt."
        ),
        example: include_str!("examples/competing-duties.md"),
    }
}

/// Due by a rule that must be followed, and not contradicted.
fn is_due(verdict: &Verdict) -> bool {
    verdict.is_firmly_due() && !verdict.is_contradicted(Matter::Grant)
}

/// The place's own layer after those that bind it.
fn layers(statements: &Statements) -> Vec<Layer> {
    statements.above(statements.own()).iter().copied().chain([statements.own()]).collect()
}

/// The supports right below a kind that may be due in a place.
fn members(model: &Model, statements: &Statements, kind: SupportId) -> Vec<SupportId> {
    let layers = layers(statements);
    let below = |id: &SupportId| {
        let support = &model.supports[id.index()];
        let is_one = !support.is_kind && support.is_given() && support.parent == Some(kind);
        is_one && can_be_due(statements, &layers, *id)
    };
    statements.judged.iter().copied().filter(below).collect()
}

fn can_be_due(statements: &Statements, layers: &[Layer], support: SupportId) -> bool {
    statements.about(support).iter().any(|said| layers.contains(&said.layer) && said.makes_due())
}

/// The kinds that have two supports which can be due, one of them by the place's own layer.
pub(crate) fn kinds(model: &Model, statements: &Statements) -> Vec<SupportId> {
    let own = [statements.own()];
    let competes = |kind: &SupportId| {
        let members = members(model, statements, *kind);
        members.len() > 1 && members.iter().any(|member| can_be_due(statements, &own, *member))
    };
    model.support_ids().filter(competes).collect()
}

/// Whether it is written how two supports go together: one of them adds to, replaces or excludes the other.
fn are_related(model: &Model, one: SupportId, other: SupportId) -> bool {
    let names = |from: SupportId, to: SupportId| {
        let relations = model.supports[from.index()].relations.iter();
        let says = |kind: &RelationKind| {
            matches!(kind, RelationKind::Supplements | RelationKind::Replaces | RelationKind::Excludes)
        };
        relations.filter(|(kind, _)| says(kind)).any(|(_, named)| distance(model, to, *named).is_some())
    };
    names(one, other) || names(other, one)
}

/// Where one support is due: in any of the layers heard, and in those above the place's own.
struct Due {
    support: SupportId,
    heard: Node,
    above: Node,
}

/// Looks at one kind in one place.
pub(crate) fn find(
    model: &Model,
    statements: &Statements,
    kind: SupportId,
    budget: u64,
) -> Result<Vec<Found>, NotProven> {
    let members = members(model, statements, kind);
    let heard = members.iter().flat_map(|id| statements.about(*id)).map(|said| said.rule);
    let in_doubt = members.iter().flat_map(|id| doubtful(model, statements, *id));
    let rules: BTreeSet<RuleId> = heard.chain(in_doubt).collect();
    let mut diagrams = Diagrams::new(model, statements, &Vec::from_iter(rules), &[], budget)?;
    let mut list = Vec::new();
    for support in members {
        diagrams.prepare(support)?;
        let own = due(&mut diagrams, statements.own(), support)?;
        let mut above = NO;
        for layer in statements.above(statements.own()) {
            let here = due(&mut diagrams, *layer, support)?;
            above = diagrams.store.or(above, here)?;
        }
        list.push(Due { support, heard: diagrams.store.or(own, above)?, above });
    }
    // for each support where it competes with another
    let mut competing = vec![NO; list.len()];
    for (first, one) in list.iter().enumerate() {
        for (second, other) in list.iter().enumerate().skip(first + 1) {
            if are_related(model, one.support, other.support) {
                continue;
            }
            let both = diagrams.store.and(one.heard, other.heard)?;
            // what the layers above make due by themselves is told of them
            let told = diagrams.store.and(one.above, other.above)?;
            let both = diagrams.store.without(both, told)?;
            competing[first] = diagrams.store.or(competing[first], both)?;
            competing[second] = diagrams.store.or(competing[second], both)?;
        }
    }
    let mut region = NO;
    for part in &competing {
        region = diagrams.store.or(region, *part)?;
    }
    if region == NO {
        return Ok(Vec::new());
    }
    let competing: Vec<(SupportId, Node)> =
        list.iter().map(|due| due.support).zip(competing).filter(|(_, part)| *part != NO).collect();
    list.retain(|due| competing.iter().any(|(support, _)| *support == due.support));
    let largest = largest(&mut diagrams, region, &list)?;
    let diagnostic = tell(&mut diagrams, kind, &competing, &largest)?;
    let layers = layers(statements);
    let found = with_region(&mut diagrams, diagnostic, region, |case| {
        let due_in = |layers: &[Layer], support: SupportId| {
            layers.iter().any(|layer| is_due(&case.verdict(*layer, support)))
        };
        let due: Vec<SupportId> =
            competing.iter().map(|(support, _)| *support).filter(|id| due_in(&layers, *id)).collect();
        // that they are not both due above says who tells it, not whether it is true
        due.iter()
            .enumerate()
            .any(|(at, one)| due[at + 1..].iter().any(|other| !are_related(model, *one, *other)))
    })?;
    Ok(if diagrams.truncated { vec![found, Found::More] } else { vec![found] })
}

fn due(diagrams: &mut Diagrams<'_>, layer: Layer, support: SupportId) -> Result<Node, NotProven> {
    let mut leaves = Leaves::new();
    let verdict = diagrams.verdict(layer, support, &mut leaves)?;
    let due = diagrams.store.map(verdict, &mut |leaf| u32::from(is_due(leaves.get(leaf))))?;
    // a rule with an error may have meant to set it aside
    let (model, statements) = (diagrams.model, diagrams.statements);
    let in_doubt = doubtful(model, statements, support);
    let in_doubt = exceptions_from(model, &statements.place, &in_doubt, &[layer]);
    let unsettled = unsettled(diagrams, &in_doubt)?;
    let due = diagrams.store.without(due, unsettled)?;
    diagrams.store.and(due, diagrams.possible)
}

/// The supports of the largest set that is due at once somewhere in the region.
fn largest(diagrams: &mut Diagrams<'_>, region: Node, list: &[Due]) -> Result<Vec<SupportId>, NotProven> {
    let mut count = Node::leaf(0);
    for due in list {
        count = diagrams.store.zip(count, due.heard, &mut |count, due| count + due)?;
    }
    for size in (2..=list.len() as u32).rev() {
        let that_many = diagrams.store.map(count, &mut |count| u32::from(count >= size))?;
        let there = diagrams.store.and(that_many, region)?;
        if let Some(witness) = diagrams.witness(there)? {
            let due = list.iter().filter(|due| diagrams.contains(due.heard, &witness));
            return Ok(due.map(|due| due.support).collect());
        }
    }
    Ok(Vec::new())
}

fn tell(
    diagrams: &mut Diagrams<'_>,
    kind: SupportId,
    competing: &[(SupportId, Node)],
    largest: &[SupportId],
) -> Result<Diagnostic, NotProven> {
    let (model, statements) = (diagrams.model, diagrams.statements);
    let layers = layers(statements);
    let name = |id: &SupportId| format!("`{}`", model.supports[id.index()].name);
    let together = list(&largest.iter().map(name).collect::<Vec<_>>());
    let kind = name(&kind);
    // more than three are read at their rules
    let number = largest.len();
    let message = if number > NAMED {
        text!(
            en: "up to {number} supports under {kind} are due at once, and nobody says how they go together",
            da: "der er krav på op til {number} støtter under {kind} på én gang, og ingen siger, hvordan de hænger sammen"
        )
    } else {
        Text {
            en: format!("{} under {kind} are due at once, and nobody says how they go together", together.en),
            da: format!(
                "der er krav på {} under {kind} på én gang, og ingen siger, hvordan de hænger sammen",
                together.da
            ),
        }
    };
    let mut diagnostic = Diagnostic::new(NAME, Severity::Warning, message);
    let mut rules = Vec::new();
    for (support, part) in competing {
        let mut told = false;
        let about = || statements.about(*support).iter();
        let own = about().filter(|said| said.layer == statements.own());
        let above = about().filter(|said| layers.contains(&said.layer) && said.layer != statements.own());
        for said in own.chain(above) {
            let deviable = diagrams.formula_in(said.rule, &model.rule(said.rule).deviable)?;
            for grade in said.grades.iter().filter(|said| matches!(said.grade, Grade::Right | Grade::Must)) {
                let stands = diagrams.stands(said, grade, *support)?;
                let firm = diagrams.store.without(stands, deviable)?;
                if diagrams.store.and(firm, *part)? == NO {
                    continue;
                }
                rules.push(said.rule);
                // the first rule of each support is shown, the others are named
                if !std::mem::replace(&mut told, true) {
                    let label = rule_label(model, said.rule);
                    let support = name(support);
                    diagnostic = diagnostic.label(
                        grade.span,
                        Text {
                            en: format!("{support}: {}", label.en),
                            da: format!("{support}: {}", label.da),
                        },
                    );
                }
            }
        }
    }
    let module = statements.place.module().or(rules.first().map(|rule| model.rule(*rule).module));
    diagnostic.module = module.map(|module| model.modules[module.index()].name.clone());
    diagnostic.support = Some(kind.trim_matches('`').to_owned());
    name_rules(model, &mut diagnostic, rules);
    Ok(diagnostic.help(text!(
        en: "write at the support whether it adds to, replaces or excludes the others (`supplerer`, `erstatter`, \
             `udelukker`), or limit the rules so that one of them applies",
        da: "skriv ved støtten, om den `supplerer`, `erstatter` eller `udelukker` de andre, eller begræns reglerne, \
             så kun én af dem gælder"
    )))
}
