//! A binding level closes what the law leaves to a judgement of the single case.

use super::cause::Group;
use super::view::{Statement, View, What, name_rules, with_region};
use super::words::{label_group, rule_label};
use super::{Card, tasks::Found};
use crate::diagram::{NO, Node, NotProven, tests_in};
use crate::evaluate::Case;
use crate::ground::{Diagnostic, Severity, Text, list, text};
use crate::model::{DATE, Domain, Grade, Model, ModuleId, RuleId, SupportId, TermId, ValueSet};
use crate::verdict::{Grant, Layer, Matter, Part, Verdict};
use std::collections::BTreeSet;

/// A test on the law's verdict.
type Holds<'a> = Box<dyn Fn(&Verdict) -> bool + 'a>;

pub(super) const NAME: &str = "fettered-discretion";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "skøn-under-regel",
        severity: Severity::Warning,
        about: text!(
            en: "a binding rule closes what the law leaves to the single case",
            da: "en bindende regel lukker det, loven overlader til den enkelte sag"
        ),
        explanation: text!(
            en: "A level with `status bindende` caps a term, or refuses, where the law says kan, or caps a term in a \
                 rule that turns on a `skøn`, and the rule does not say `kan fraviges`. Internal rules may guide a \
                 discretion the law gives; they may not cut it off (skøn under regel). A level that is `vejledende` \
                 is not told, nor a cap the law itself has.",
            da: "Et niveau med `status bindende` sætter loft over et vilkår eller afslår, hvor loven siger kan, eller \
                 sætter loft i en regel, der bygger på et `skøn`, og reglen siger ikke `kan fraviges`. Interne regler \
                 kan vejlede et skøn, loven giver; de kan ikke afskære det (skøn under regel). Et niveau, der er \
                 `vejledende`, meldes ikke, og heller ikke et loft, loven selv har."
        ),
        definition: text!(
            en: "In a place with `status bindende`, by a rule that may not be departed from: må ikke \
                 stands where the law's grant is kan; or a bound shuts out values that are better \
                 than all of its own and that the law allows, where the law's grant is kan, or is ret \
                 or skal and the rule's `når` asks a `skøn`.",
            da: "Et sted med `status bindende`, ved en regel, der ikke kan fraviges: må ikke står, \
                 hvor lovens svar er kan; eller en grænse lukker for værdier, der er bedre end alle \
                 dens egne, og som loven tillader, hvor lovens svar er kan, eller er ret eller skal \
                 og reglens `når` spørger om et `skøn`."
        ),
        sections: "12",
        reason: text!(
            en: "Where the law leaves a decision to an assessment, internal rules may guide it but not cut it off \
                 or limit it much (pligtmæssigt skøn; »skøn under regel«).",
            da: "Hvor loven overlader en afgørelse til et skøn, må interne regler vejlede det, men ikke afskære det \
                 eller i væsentlig grad begrænse det (pligtmæssigt skøn; forbuddet mod »skøn under regel«)."
        ),
        example: include_str!("examples/fettered-discretion.md"),
    }
}

/// Whether the rule's own condition turns on something a person assesses.
fn turns_on_assessment(model: &Model, id: RuleId) -> bool {
    let mut tests = Vec::new();
    tests_in(model, &model.rule(id).when, &mut tests);
    tests.iter().any(|(fact, _)| model.facts[fact.index()].assessed)
}

/// Whether a bound leaves out values better than all it has, which the law leaves open.
fn caps(model: &Model, law: &Verdict, term: TermId, set: &ValueSet) -> bool {
    let known = &model.terms[term.index()];
    let open = law.term(term).unwrap_or_else(|| known.domain.all());
    let (Some((open_low, open_high)), Some((low, high))) = (open.bounds(), set.bounds()) else {
        return false;
    };
    match known.more_is_better {
        // a step on a list of the author's own is no amount
        _ if matches!(known.domain, Domain::List { .. }) => false,
        Some(true) => open_high > high,
        Some(false) => open_low < low,
        None => false,
    }
}

/// Whether the law leaves the citizen's case to a judgement that the rule can close.
fn is_open(law: &Verdict, assessed: bool) -> bool {
    !law.is_contradicted(Matter::Grant) && (law.grant() == Grant::May || (assessed && law.grant().is_due()))
}

fn refuses(law: &Verdict) -> bool {
    is_open(law, false)
}

pub(crate) fn find(view: &mut View<'_>) -> Result<Vec<Found>, NotProven> {
    let model = view.model();
    let (layer, support) = (view.layer, view.support);
    let binds = |module: ModuleId| {
        let module = &model.modules[module.index()];
        module.kind.decides() && !module.guiding
    };
    let asked = &model.supports[support.index()];
    if !view.diagrams.statements.place.module().is_some_and(binds) || asked.is_kind || !asked.is_given() {
        return Ok(Vec::new());
    }
    let statements: Vec<Statement> =
        view.statements(layer)?.into_iter().filter(|statement| statement.firm).collect();
    let mut found = Vec::new();
    let mut refusal = Group { statements: BTreeSet::new(), region: NO };
    let mut cap = refusal.clone();
    for (index, statement) in statements.iter().enumerate() {
        let (group, holds): (_, Holds<'_>) = match &statement.what {
            What::Grade(Grade::MustNot) => (&mut refusal, Box::new(refuses)),
            What::Bound(term, set) => {
                let assessed = turns_on_assessment(model, statement.rule);
                (&mut cap, Box::new(move |law| is_open(law, assessed) && caps(model, law, *term, set)))
            }
            What::Grade(_) | What::Blocks => continue,
        };
        let region = law_where(view, holds)?;
        let region = view.diagrams.store.and(region, statement.region)?;
        if region != NO {
            group.statements.insert(index);
            group.region = view.diagrams.store.or(group.region, region)?;
        }
    }
    for (group, refusing) in [(refusal, true), (cap, false)] {
        if group.region == NO {
            continue;
        }
        let message = message(view, &group, &statements, refusing);
        let diagnostic = view.diagnostic(NAME, Severity::Warning, message).help(text!(
            en: "write `kan fraviges` in the rule, with when if that is known, or make the level `status vejledende`",
            da: "skriv `kan fraviges` i reglen, eventuelt med hvornår, eller gør niveauet `status vejledende`"
        ));
        let diagnostic = if refusing {
            label_group(model, diagnostic, &group, &statements)
        } else {
            label_caps(model, diagnostic, &group, &statements).about(capped(model, &group, &statements))
        };
        found.push(with_region(&mut view.diagrams, diagnostic, group.region, |case| {
            is_fettered(case, layer, support, refusing)
        })?);
    }
    Ok(found)
}

/// The terms a group of bounds caps.
fn capped(model: &Model, group: &Group, statements: &[Statement]) -> String {
    let term = |index: &usize| match statements[*index].what {
        What::Bound(term, _) => Some(model.terms[term.index()].name.as_str()),
        What::Grade(_) | What::Blocks => None,
    };
    let terms: BTreeSet<&str> = group.statements.iter().filter_map(term).collect();
    Vec::from_iter(terms).join(", ")
}

fn law_where(view: &mut View<'_>, holds: impl Fn(&Verdict) -> bool) -> Result<Node, NotProven> {
    let leaves = &view.leaves;
    let region = view.diagrams.store.map(view.law, &mut |leaf| u32::from(holds(leaves.get(leaf))))?;
    let region = view.diagrams.store.without(region, view.incomparable)?;
    view.diagrams.store.and(region, view.diagrams.possible)
}

fn is_fettered(case: &Case<'_>, layer: Layer, support: SupportId, refusing: bool) -> bool {
    let law = case.verdict(Layer::Law, support);
    case.statements.about(support).iter().filter(|said| said.layer == layer).any(|said| {
        let rule = case.model.rule(said.rule);
        if case.holds_in(said.rule, &rule.deviable) {
            return false;
        }
        if refusing {
            let refusals = said.grades.iter().filter(|grade| grade.grade == Grade::MustNot);
            return refuses(&law) && refusals.into_iter().any(|grade| case.stands(said, grade, support));
        }
        let assessed = turns_on_assessment(case.model, said.rule);
        said.bounds.iter().any(|bound| {
            case.is_active(said, Part::Term(bound.term), support)
                && bound.days.contains(case.profile.0[DATE.index()])
                && bound.is_checkable()
                && is_open(&law, assessed)
                && caps(case.model, &law, bound.term, &bound.set)
        })
    })
}

/// Labels every cap with its term, and the first of each rule with the rule.
fn label_caps(
    model: &Model,
    mut diagnostic: Diagnostic,
    group: &Group,
    statements: &[Statement],
) -> Diagnostic {
    let (mut spans, mut rules) = (BTreeSet::new(), BTreeSet::new());
    for statement in group.statements.iter().map(|index| &statements[*index]) {
        let What::Bound(term, _) = statement.what else { continue };
        if !spans.insert(statement.span) {
            continue;
        }
        let term = Text::same(format!("`{}`", model.terms[term.index()].name));
        let words = if rules.insert(statement.rule) {
            let rule = rule_label(model, statement.rule);
            Text { en: format!("{}: {}", term.en, rule.en), da: format!("{}: {}", term.da, rule.da) }
        } else {
            term
        };
        diagnostic = diagnostic.label(statement.span, words);
    }
    name_rules(model, &mut diagnostic, rules);
    diagnostic
}

fn message(view: &View<'_>, group: &Group, statements: &[Statement], refusing: bool) -> Text {
    let name = view.name();
    if refusing {
        return text!(
            en: "`{name}` is refused by a binding rule where the law leaves it to the single case (`kan`)",
            da: "`{name}` afslås af en bindende regel, hvor loven overlader det til den enkelte sag (`kan`)"
        );
    }
    let terms: BTreeSet<TermId> = group
        .statements
        .iter()
        .filter_map(|index| match statements[*index].what {
            What::Bound(term, _) => Some(term),
            _ => None,
        })
        .collect();
    let names: Vec<String> =
        terms.iter().map(|term| format!("`{}`", view.model().terms[term.index()].name)).collect();
    let names = list(&names);
    let (en, da) = if group.rules(statements).len() == 1 {
        ("a binding rule caps", "en bindende regel lægger loft over")
    } else {
        ("binding rules cap", "bindende regler lægger loft over")
    };
    Text {
        en: format!("{en} {} for `{name}` where the law leaves it to the single case", names.en),
        da: format!("{da} {} for `{name}`, hvor loven overlader det til den enkelte sag", names.da),
    }
}
