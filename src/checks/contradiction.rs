//! One layer says two things of the same citizen that cannot both be done.

use super::boundary;
use super::cause::{Group, attribute, join};
use super::view::{Statement, View, What, of_term, with_region};
use super::words::{bounds_of, grades_of, is_only_when, label_group, only_when_help};
use super::{Card, tasks::Found};
use crate::diagram::{NO, Node, NotProven};
use crate::ground::{Diagnostic, Severity, Text, list, text};
use crate::model::{Grade, RelationKind};
use crate::verdict::{Matter, Verdict};

const NAME: &str = "contradiction";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "modstrid",
        severity: Severity::Error,
        about: text!(
            en: "rules of one layer say two things that cannot both be done",
            da: "regler i samme lag siger to ting, der ikke begge kan opfyldes"
        ),
        explanation: text!(
            en: "For the same citizen one rule gives a support and another forbids it, a support that must be given \
                 meets a precondition that fails, or the values the rules allow for a term have nothing in common. \
                 Whoever decides the case breaks one of the rules. Decide which rule is meant, or make one of them \
                 an exception (`undtagelse fra`) from the other. A rule that `kan fraviges` never contradicts.",
            da: "For samme borger giver én regel en støtte, som en anden forbyder, en støtte, der skal gives, møder en \
                 forudsætning, som ikke er opfyldt, eller de værdier, reglerne tillader for et vilkår, har intet \
                 tilfælles. Den, der afgør sagen, bryder en af reglerne. Afgør, hvilken regel der er ment, eller gør \
                 den ene til en undtagelse (`undtagelse fra`) fra den anden. En regel, der `kan fraviges`, er aldrig \
                 i modstrid."
        ),
        definition: text!(
            en: "In one layer, counting only rules that may not be departed from: kan, ret or skal \
                 meets må ikke on one support; ret or skal meets a precondition that fails (of an art: every support below it is forbidden or stopped so); the \
                 active bounds on a term have no value in common; or ret or skal stands on two \
                 supports that exclude each other.",
            da: "I ét lag, når kun regler, der ikke kan fraviges, tælles: kan, ret eller skal møder \
                 må ikke om samme støtte; ret eller skal møder en forudsætning, der ikke er opfyldt (om en art: enhver støtte under den er forbudt eller standset sådan); \
                 de grænser for et vilkår, der virker, har ingen værdi tilfælles; eller ret eller \
                 skal står om to støtter, der udelukker hinanden."
        ),
        sections: "3, 6",
        reason: text!(
            en: "A decision must rest on the rules that apply (forvaltningsloven § 24). Of two rules that cannot \
                 both be followed, one is broken whatever is decided, and the citizen cannot see which.",
            da: "En afgørelse skal hvile på de regler, der gælder (forvaltningsloven § 24). Af to regler, der ikke \
                 begge kan følges, brydes den ene, uanset hvad der afgøres, og borgeren kan ikke se hvilken."
        ),
        example: include_str!("examples/contradiction.md"),
    }
}

/// The ways a layer can contradict itself in the grant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Refused,
    Blocked,
    AllClosed,
}

fn is(verdict: &Verdict, way: Way) -> bool {
    let states = |grade: Grade| verdict.grades.contains(&(grade, true));
    let due = states(Grade::Right) || states(Grade::Must);
    match way {
        Way::Refused => states(Grade::MustNot) && (due || states(Grade::May)),
        Way::Blocked => verdict.blocked && due,
        Way::AllClosed => due && verdict.members.is_some_and(|members| members.all_closed),
    }
}

fn is_due(what: &What) -> bool {
    matches!(what, What::Grade(Grade::Right | Grade::Must))
}

fn clash(way: Way, one: &Statement, other: &Statement) -> bool {
    let closes = matches!(other.what, What::Blocks | What::Grade(Grade::MustNot));
    one.firm
        && other.firm
        && match way {
            Way::Refused => {
                (is_due(&one.what) || one.what == What::Grade(Grade::May))
                    && other.what == What::Grade(Grade::MustNot)
            }
            Way::Blocked => is_due(&one.what) && other.what == What::Blocks,
            Way::AllClosed => is_due(&one.what) && closes,
        }
}

fn grouped(view: &mut View<'_>, way: Way, statements: &[Statement]) -> Result<Vec<Group>, NotProven> {
    let region = view.own_where(|verdict| is(verdict, way))?;
    let groups = attribute(&mut view.diagrams, region, statements, |a, b| clash(way, a, b))?;
    join(&mut view.diagrams, groups, statements, |_| true)
}

/// The rules that make a support due together with the preconditions that are not met, and where.
pub(crate) fn blocked(view: &mut View<'_>, statements: &[Statement]) -> Result<Vec<Group>, NotProven> {
    grouped(view, Way::Blocked, statements)
}

/// What has a part in the grey zone is told there.
pub(crate) fn find(view: &mut View<'_>, grey: Node) -> Result<Vec<Found>, NotProven> {
    let statements = view.statements(view.layer)?;
    let mut found = Vec::new();
    for way in [Way::Refused, Way::Blocked, Way::AllClosed] {
        for group in grouped(view, way, &statements)? {
            if way == Way::Blocked && view.diagrams.store.and(group.region, grey)? != NO {
                continue;
            }
            let diagnostic = tell_grant(view, way, &group, &statements);
            let (layer, support) = (view.layer, view.support);
            let mut told = with_region(&mut view.diagrams, diagnostic, group.region, |case| {
                is(&case.verdict(layer, support), way)
            })?;
            boundary::name_shared(view.model(), &mut told, &group.rules(&statements));
            found.push(told);
        }
    }
    found.extend(exclusions(view)?);
    for term in view.terms() {
        let matter = Matter::Term(term);
        let region = view.own_where(|verdict| verdict.is_contradicted(matter))?;
        let clash = |one: &Statement, other: &Statement| match (&one.what, &other.what) {
            (What::Bound(_, a), What::Bound(_, b)) => one.firm && other.firm && a.intersection(b).is_empty(),
            _ => false,
        };
        let bounds = of_term(&statements, term);
        let groups = attribute(&mut view.diagrams, region, &bounds, clash)?;
        for group in join(&mut view.diagrams, groups, &bounds, |_| true)? {
            let name = &view.model().terms[term.index()].name;
            let values = list(&bounds_of(&group, &bounds, term));
            let message = Text {
                en: format!("the rules on `{name}` cannot all be met: {}", values.en),
                da: format!("reglerne om `{name}` kan ikke alle opfyldes: {}", values.da),
            };
            let help = if group.rules(&bounds).len() == 1 {
                text!(
                    en: "decide which value is meant, and take the other one out",
                    da: "afgør, hvilken værdi der er ment, og tag den anden ud"
                )
            } else {
                text!(
                    en: "decide which value is meant, or make one rule an exception from the other with `undtagelse fra`",
                    da: "afgør, hvilken værdi der er ment, eller gør den ene regel til `undtagelse fra` den anden"
                )
            };
            let diagnostic = view.diagnostic(NAME, Severity::Error, message).help(help).about(name);
            let diagnostic = label_group(view.model(), diagnostic, &group, &bounds);
            let (layer, support) = (view.layer, view.support);
            let mut told = with_region(&mut view.diagrams, diagnostic, group.region, |case| {
                case.verdict(layer, support).is_contradicted(matter)
            })?;
            boundary::name_shared(view.model(), &mut told, &group.rules(&bounds));
            found.push(told);
        }
    }
    Ok(found)
}

/// Supports that exclude this one and are due as well. Told of the first of the two by name.
fn exclusions(view: &mut View<'_>) -> Result<Vec<Found>, NotProven> {
    let (layer, support, model) = (view.layer, view.support, view.model());
    let rivals = model.supports[support.index()].related(RelationKind::Excludes);
    let mut found = Vec::new();
    for rival in rivals.filter(|rival| *rival > support) {
        let due = view.diagrams.firmly_due(layer, support)?;
        let too = view.diagrams.firmly_due(layer, rival)?;
        let region = view.diagrams.store.and(due, too)?;
        let region = view.settled(region)?;
        let mut statements = view.statements_on(layer, &[support, rival])?;
        statements.retain(|statement| statement.firm && is_due(&statement.what));
        let groups = attribute(&mut view.diagrams, region, &statements, |_, _| true)?;
        for group in join(&mut view.diagrams, groups, &statements, |_| true)? {
            let (name, other) = (view.name(), &model.supports[rival.index()].name);
            let message = text!(
                en: "`{name}` and `{other}` exclude each other, and both are due",
                da: "`{name}` og `{other}` udelukker hinanden, og der er krav på dem begge"
            );
            let help = text!(
                en: "decide which one is due, or make one rule an exception from the other with `undtagelse fra`",
                da: "afgør, hvilken der er krav på, eller gør den ene regel til `undtagelse fra` den anden"
            );
            let diagnostic = view.diagnostic(NAME, Severity::Error, message).help(help).about(other);
            let diagnostic = label_group(model, diagnostic, &group, &statements);
            found.push(with_region(&mut view.diagrams, diagnostic, group.region, |case| {
                case.is_firmly_due(layer, support) && case.is_firmly_due(layer, rival)
            })?);
        }
    }
    Ok(found)
}

fn tell_grant(view: &View<'_>, way: Way, group: &Group, statements: &[Statement]) -> Diagnostic {
    let name = view.name();
    let grades: Vec<String> = grades_of(group, statements)
        .into_iter()
        .filter(|grade| *grade != Grade::MustNot)
        .map(|grade| format!("`{}`", grade.word()))
        .collect();
    let given = list(&grades);
    let refused = Grade::MustNot.word();
    let (message, help) = match way {
        Way::Refused => (
            Text {
                en: format!("the rules both give ({}) and refuse (`{refused}`) `{name}`", given.en),
                da: format!("reglerne både giver ({}) og forbyder (`{refused}`) `{name}`", given.da),
            },
            text!(
                en: "decide which rule is meant, or make one an exception from the other with `undtagelse fra`",
                da: "afgør, hvilken regel der er ment, eller gør den ene til `undtagelse fra` den anden"
            ),
        ),
        Way::Blocked => (
            Text {
                en: format!("`{name}` is due ({}), but a precondition is not met", given.en),
                da: format!("der er krav på `{name}` ({}), men en forudsætning er ikke opfyldt", given.da),
            },
            if is_only_when(view.model(), group, statements) {
                only_when_help()
            } else {
                text!(
                    en: "limit the rule that gives the support, or let the precondition not apply to these citizens",
                    da: "begræns reglen, der giver støtten, eller lad ikke forudsætningen gælde for disse borgere"
                )
            },
        ),
        Way::AllClosed => (
            Text {
                en: format!(
                    "one support under `{name}` is due ({}), but all of them are ruled out",
                    given.en
                ),
                da: format!(
                    "der er krav på en støtte under `{name}` ({}), men ingen af dem kan gives",
                    given.da
                ),
            },
            text!(
                en: "leave at least one of the supports open for these citizens",
                da: "lad mindst én af støtterne stå åben for disse borgere"
            ),
        ),
    };
    label_group(view.model(), view.diagnostic(NAME, Severity::Error, message).help(help), group, statements)
}
