//! A municipality lays a duty on the citizen, or gives what the law it cites knows nothing of.

use super::view::{name_rules, with_region};
use super::words::rule_label;
use super::{Card, tasks::Found};
use crate::diagram::{Diagrams, NO, Node, NotProven, doubtful, exceptions_from, tests_in, unsettled};
use crate::evaluate::Case;
use crate::ground::{Diagnostic, Severity, Span, Text, list, text};
use crate::model::{DATE, FactId, Grade, Model, ModuleId, ModuleKind, RuleId, SupportId};
use crate::verdict::{Layer, Part, Said, Statements, distance};
use std::collections::BTreeSet;

pub(super) const NAME: &str = "beyond-law";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "uden-for-loven",
        severity: Severity::Error,
        about: text!(
            en: "a municipality goes where the law it cites does not go",
            da: "kommunen går, hvor den lov, den henviser til, ikke går"
        ),
        explanation: text!(
            en: "A duty on the citizen (`som pligt`) needs a law that lays it: none is an error, one that lays it on \
                 others a warning, since whom it reaches may be a matter of reading. A support \
                 given to citizens to whom, whatever else is true of them, the law could not give it, rests on \
                 nothing (warning). It is asked only where every provision the rule cites lies in a law whose rules \
                 on the support are written down. Refusals and preconditions are measured by under-loven.",
            da: "En pligt for borgeren (`som pligt`) kræver en lov, der pålægger den: gør ingen det, er det en fejl; \
                 pålægger loven den kun andre, er det en advarsel, for hvem den når, kan bero på en læsning. En \
                 støtte til borgere, som loven ikke kunne give den, hvad der end ellers er sandt om dem, hviler på \
                 ingenting (advarsel). Der spørges kun, hvor enhver bestemmelse, reglen henviser til, ligger i en \
                 lov, hvis regler om støtten er skrevet ned. Afslag og forudsætninger måles af under-loven."
        ),
        definition: text!(
            en: "For a rule whose every citation lies in a law whose rules on the support are written \
                 down: its `som pligt` is active and no `som pligt` of the law or a trial is, on the \
                 support, above or below it; or its kan, ret or skal stands, and no citizen with the \
                 same answers to what the rule asks, on that day, gets anything of the support from \
                 the law or a trial. A duty that no law lays on anybody is an error.",
            da: "For en regel, hvis henvisninger alle ligger i en lov, hvis regler om støtten er \
                 skrevet ned: dens `som pligt` virker, og intet `som pligt` i loven eller et forsøg \
                 gør det om støtten, over eller under den; eller dens kan, ret eller skal står, og \
                 ingen borger med de samme svar på det, reglen spørger om, får den dag noget af \
                 støtten af loven eller et forsøg. En pligt, som ingen lov pålægger nogen, er en \
                 fejl."
        ),
        sections: "12",
        reason: text!(
            en: "The principle of legality: a burden on a citizen needs the authority of a statute, and a benefit a \
                 lawful basis. A service level is no statute and can lay no duty of its own.",
            da: "Legalitetsprincippet: en byrde for borgeren kræver lovhjemmel, og en ydelse et lovligt grundlag. \
                 Et serviceniveau er ingen lov og kan ikke selv pålægge en pligt."
        ),
        example: include_str!("examples/beyond-law.md"),
    }
}

/// What goes beyond the law.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    /// a duty on the citizen
    Burden,
    /// a support
    Gift,
}

/// One statement of a rule that is held against the law.
struct Claim<'a> {
    what: What,
    said: &'a Said,
    support: SupportId,
    span: Span,
    region: Node,
    /// a duty the law lays on somebody, if not on these; of a support it is not asked
    on_others: bool,
}

fn gives(grade: Grade) -> bool {
    matches!(grade, Grade::May | Grade::Right | Grade::Must)
}

/// A law may permit by any of these: what must be assessed or is recommended can be given.
fn permits(what: What, grade: Grade, duty: bool) -> bool {
    match what {
        What::Burden => duty,
        What::Gift => gives(grade) || matches!(grade, Grade::Should | Grade::MustAssess),
    }
}

/// The judged supports through which the law can permit: the support, what lies above it and what lies below it.
fn related(model: &Model, statements: &Statements, support: SupportId) -> Vec<SupportId> {
    let near = |other: &SupportId| {
        distance(model, support, *other).is_some() || distance(model, *other, support).is_some()
    };
    statements.judged.iter().copied().filter(near).collect()
}

/// Whether a layer can lay duties and permit: the law, and a trial it allows.
fn is_law(model: &Model, layer: Layer) -> bool {
    matches!(layer.kind(model), ModuleKind::Law | ModuleKind::Trial)
}

/// Whether everything the rule cites lies in a law whose rules on the support are written down.
fn is_known(model: &Model, statements: &Statements, id: RuleId, support: SupportId) -> bool {
    let related = related(model, statements, support);
    let speaks = |module: ModuleId| {
        related.iter().flat_map(|id| statements.about(*id)).any(|said| {
            is_law(model, said.layer) && !said.grades.is_empty() && model.rule(said.rule).module == module
        })
    };
    let basis = &model.rule(id).basis;
    !basis.is_empty() && basis.iter().all(|citation| speaks(citation.source))
}

/// The rules of a municipality that are held against the law: what, rule, support.
fn questions<'a>(model: &'a Model, statements: &'a Statements) -> Vec<(What, &'a Said, SupportId)> {
    let mut list = Vec::new();
    for support in statements.judged.iter().filter(|id| model.supports[id.index()].is_given()) {
        let own = statements.about(*support).iter().filter(|s| s.layer == statements.own());
        for said in own.filter(|said| is_known(model, statements, said.rule, *support)) {
            if said.grades.iter().any(|grade| grade.duty) {
                list.push((What::Burden, said, *support));
            }
            // what a rule asks that rests on a decision is more than its own facts
            let asks = model.questions_of(said.rule).next().is_some();
            if !asks && said.grades.iter().any(|grade| gives(grade.grade)) {
                list.push((What::Gift, said, *support));
            }
        }
    }
    list
}

/// The law's rules with an error in them: nobody knows what they permit.
fn unreadable(model: &Model, statements: &Statements) -> impl Iterator<Item = RuleId> {
    let of_law = |id: &RuleId| Layer::of(model, *id).is_some_and(|layer| is_law(model, layer));
    let rules = statements.place.rules(model).into_iter();
    rules.filter(move |id| model.rule(*id).has_error && of_law(id))
}

/// Looks at one place.
pub(crate) fn find(model: &Model, statements: &Statements, budget: u64) -> Result<Vec<Found>, NotProven> {
    let Some(module) = statements.place.module() else { return Ok(Vec::new()) };
    if is_law(model, statements.own()) {
        return Ok(Vec::new());
    }
    let questions = questions(model, statements);
    if questions.is_empty() {
        return Ok(Vec::new());
    }
    let supports: BTreeSet<SupportId> =
        questions.iter().flat_map(|(_, _, support)| related(model, statements, *support)).collect();
    let heard = supports.iter().flat_map(|id| statements.about(*id)).map(|said| said.rule);
    let in_doubt = supports.iter().flat_map(|id| doubtful(model, statements, *id));
    let rules: BTreeSet<RuleId> = heard.chain(in_doubt).chain(unreadable(model, statements)).collect();
    let mut diagrams = Diagrams::new(model, statements, &Vec::from_iter(rules), &[], budget)?;
    for support in &supports {
        diagrams.prepare(*support)?;
    }
    let mut claims: Vec<Claim<'_>> = Vec::new();
    for (what, said, support) in questions {
        let permitted = permitted(&mut diagrams, what, support)?;
        let on_others = what == What::Gift || permitted != NO;
        let permitted = match what {
            What::Burden => permitted,
            What::Gift => {
                let mut known = whatever_else(&mut diagrams, permitted, said.rule)?;
                // where it lays a duty without a law, that is told
                let own = |claim: &&Claim<'_>| claim.said.rule == said.rule && claim.support == support;
                for claim in claims.iter().filter(own) {
                    known = diagrams.store.or(known, claim.region)?;
                }
                known
            }
        };
        for grade in &said.grades {
            let node = match what {
                What::Burden if grade.duty => diagrams.active(said, Part::Grade, support)?,
                What::Gift if gives(grade.grade) => diagrams.stands(said, grade, support)?,
                _ => continue,
            };
            let node = diagrams.store.and(node, diagrams.possible)?;
            // a rule with an error may have meant to set it aside
            let in_doubt = doubtful(model, statements, support);
            let aside = exceptions_from(model, &statements.place, &in_doubt, &[statements.own()]);
            let unsettled = unsettled(&mut diagrams, &aside)?;
            let node = diagrams.store.without(node, unsettled)?;
            let region = diagrams.store.without(node, permitted)?;
            if region != NO {
                claims.push(Claim { what, said, support, span: grade.span, region, on_others });
            }
        }
    }
    let mut found = Vec::new();
    for (what, on_others) in [(What::Burden, false), (What::Burden, true), (What::Gift, true)] {
        let alike = |claim: &&Claim<'_>| (claim.what, claim.on_others) == (what, on_others);
        for group in by_citation(model, claims.iter().filter(alike)) {
            let region = group.iter().try_fold(NO, |all, claim| diagrams.store.or(all, claim.region))?;
            let diagnostic = tell(model, module, what, &group);
            // that a law could permit is asked of all citizens who share what the rule asks, so it is not asked again
            found.push(with_region(&mut diagrams, diagnostic, region, |case| {
                group
                    .iter()
                    .any(|claim| says(case, claim) && (what == What::Gift || !is_laid(case, claim.support)))
            })?);
        }
    }
    if diagrams.truncated {
        found.push(Found::More);
    }
    Ok(found)
}

/// Where the law permits it.
fn permitted(diagrams: &mut Diagrams<'_>, what: What, support: SupportId) -> Result<Node, NotProven> {
    let (model, statements) = (diagrams.model, diagrams.statements);
    let mut region = NO;
    for id in related(model, statements, support) {
        for said in statements.about(id).iter().filter(|said| is_law(model, said.layer)) {
            if said.grades.iter().any(|grade| permits(what, grade.grade, grade.duty)) {
                let active = diagrams.active(said, Part::Grade, id)?;
                region = diagrams.store.or(region, active)?;
            }
        }
    }
    for id in unreadable(model, statements) {
        let node = diagrams.would_apply(id)?;
        region = diagrams.store.or(region, node)?;
    }
    diagrams.store.and(region, diagrams.possible)
}

/// Where it is permitted to somebody who shares with the citizen all that the rule asks, on the same day.
fn whatever_else(diagrams: &mut Diagrams<'_>, region: Node, id: RuleId) -> Result<Node, NotProven> {
    let model = diagrams.model;
    let mut tests = Vec::new();
    tests_in(model, &model.rule(id).when, &mut tests);
    for place in &model.rule(id).places {
        tests_in(model, &model.departments[place.index()].scope, &mut tests);
    }
    let mut asked: BTreeSet<FactId> = tests.into_iter().map(|(fact, _)| fact).collect();
    asked.insert(DATE);
    let free: Vec<bool> = diagrams.space.dimensions.iter().map(|d| !asked.contains(&d.fact)).collect();
    diagrams.store.exists(region, &|at| free[at])
}

fn says(case: &Case<'_>, claim: &Claim<'_>) -> bool {
    case.is_active(claim.said, Part::Grade, claim.support)
}

fn is_laid(case: &Case<'_>, support: SupportId) -> bool {
    related(case.model, case.statements, support).into_iter().any(|id| {
        case.statements.about(id).iter().any(|said| {
            is_law(case.model, said.layer)
                && said.grades.iter().any(|grade| grade.duty)
                && case.is_active(said, Part::Grade, id)
        })
    })
}

/// Claims that hang together by a provision they cite.
fn by_citation<'c, 'a>(
    model: &Model,
    claims: impl Iterator<Item = &'c Claim<'a>>,
) -> Vec<Vec<&'c Claim<'a>>> {
    let cited = |claim: &Claim<'_>| -> BTreeSet<String> {
        model.rule(claim.said.rule).basis.iter().map(|citation| citation.text.clone()).collect()
    };
    let mut groups: Vec<(BTreeSet<String>, Vec<&Claim<'a>>)> = Vec::new();
    for claim in claims {
        let (mut texts, mut all) = (cited(claim), Vec::new());
        let mut apart = Vec::new();
        for (known, list) in groups {
            if known.is_disjoint(&texts) {
                apart.push((known, list));
            } else {
                texts.extend(known);
                all.extend(list);
            }
        }
        all.push(claim);
        apart.push((texts, all));
        groups = apart;
    }
    groups.into_iter().map(|(_, list)| list).collect()
}

fn tell(model: &Model, module: ModuleId, what: What, group: &[&Claim<'_>]) -> Diagnostic {
    let supports: BTreeSet<SupportId> = group.iter().map(|claim| claim.support).collect();
    let names: Vec<String> =
        supports.iter().map(|id| format!("`{}`", model.supports[id.index()].name)).collect();
    let is = if names.len() == 1 { "is" } else { "are" };
    let names = list(&names);
    let laws: BTreeSet<String> = group
        .iter()
        .flat_map(|claim| &model.rule(claim.said.rule).basis)
        .map(|citation| format!("`{}`", model.modules[citation.source.index()].name))
        .collect();
    let laws = list(&Vec::from_iter(laws));
    let on_others = group.iter().all(|claim| claim.on_others);
    let (severity, message, help) = match what {
        What::Burden if on_others => (
            Severity::Warning,
            Text {
                en: format!("{} is made a duty for more citizens than {} lays it on", names.en, laws.en),
                da: format!(
                    "{} gøres til en pligt for flere borgere, end {} pålægger den",
                    names.da, laws.da
                ),
            },
            text!(
                en: "take `som pligt` out for these citizens, or write the law's condition into the rule",
                da: "tag `som pligt` ud for disse borgere, eller skriv lovens betingelse ind i reglen"
            ),
        ),
        What::Burden => (
            Severity::Error,
            Text {
                en: format!("{} {is} made a duty for citizens on whom {} lays none", names.en, laws.en),
                da: format!("{} gøres til en pligt for borgere, som {} ikke pålægger den", names.da, laws.da),
            },
            text!(
                en: "take `som pligt` out for these citizens, or cite the provision that lays the duty on them",
                da: "tag `som pligt` ud for disse borgere, eller henvis til den bestemmelse, der pålægger dem pligten"
            ),
        ),
        What::Gift => (
            Severity::Warning,
            Text {
                en: format!("{} {is} given to citizens to whom {} could not give it", names.en, laws.en),
                da: format!("{} gives til borgere, som {} ikke kunne give den", names.da, laws.da),
            },
            text!(
                en: "limit the rule to those the law reaches, or cite the provision it rests on",
                da: "begræns reglen til dem, loven når, eller henvis til den bestemmelse, den hviler på"
            ),
        ),
    };
    let mut diagnostic = Diagnostic::new(NAME, severity, message).help(help);
    let several = if supports.len() > 1 { names.da.replace('`', "") } else { String::new() };
    let burden = if matches!(what, What::Burden) { "som pligt" } else { "" };
    diagnostic.about =
        Some(format!("{several} {burden}").trim().to_owned()).filter(|about| !about.is_empty());
    diagnostic.module = Some(model.modules[module.index()].name.clone());
    if let [only] = Vec::from_iter(&supports)[..] {
        diagnostic.support = Some(model.supports[only.index()].name.clone());
    }
    let mut seen = BTreeSet::new();
    for claim in group.iter().filter(|claim| seen.insert(claim.span)) {
        diagnostic = diagnostic.label(claim.span, rule_label(model, claim.said.rule));
    }
    name_rules(model, &mut diagnostic, group.iter().map(|claim| claim.said.rule));
    diagnostic
}
