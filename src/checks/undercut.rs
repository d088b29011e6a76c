//! A municipality promises less than the law.

use super::cause::{Group, attribute, join};
use super::view::{Side, Statement, View, What, is_replaced, with_region};
use super::words::{bounds_of, grades_of, is_only_when, label_group, only_when_help, speaker};
use super::{Card, tasks::Found};
use crate::diagram::NotProven;
use crate::ground::{Diagnostic, Severity, Text, list, text};
use crate::model::{Domain, Grade, TermId};
use crate::verdict::{Layer, TermComparison, Verdict, compare_terms, grant_is_under};
use std::collections::BTreeSet;

pub(super) const NAME: &str = "undercut";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "under-loven",
        severity: Severity::Error,
        about: text!(
            en: "a municipality promises less than the law",
            da: "kommunen lover mindre end loven"
        ),
        explanation: text!(
            en: "Part by part, and only where both speak: the local grade is lower than the law's (må ikke is the \
                 lowest), or a term has no value in common with the law's (error), or leaves room for values worse \
                 than the law's bound (warning). Which side is worse follows from `mere er bedre` and `mindre er \
                 bedre`. A local level may guide and add to the law; it cannot take from it.",
            da: "Del for del, og kun hvor begge taler: den lokale grad er lavere end lovens (må ikke er lavest), eller \
                 et vilkår har ingen værdi tilfælles med lovens (fejl), eller det levner plads til værdier, der er \
                 ringere end lovens grænse (advarsel). Hvilken side der er den ringe, følger af `mere er bedre` og \
                 `mindre er bedre`. Et serviceniveau kan vejlede og lægge til loven; det kan ikke trække fra."
        ),
        definition: text!(
            en: "In a place, against each layer that binds it, where both speak and the law does not \
                 contradict itself: the local grant is lower (må ikke < nothing < kan < ret < skal), \
                 or the local precondition of what the law gives by ret or skal fails, and nothing \
                 that replaces the support is as good; or the local values of a term have nothing in \
                 common with the law's, unless all are better. It is a warning where local values \
                 reach past the law's on the worse side, or all local rules concerned may be departed \
                 from.",
            da: "På et sted, over for hvert lag, der binder det, hvor begge taler, og loven ikke \
                 modsiger sig selv: det lokale svar er lavere (må ikke < intet < kan < ret < skal), \
                 eller den lokale forudsætning for det, loven giver ved ret eller skal, er ikke \
                 opfyldt, og intet, der erstatter støtten, er lige så godt; eller de lokale værdier \
                 af et vilkår har intet tilfælles med lovens, medmindre alle er bedre. Det er en \
                 advarsel, hvor lokale værdier når ud over lovens på den ringe side, eller alle de \
                 lokale regler kan fraviges."
        ),
        sections: "3, 6",
        reason: text!(
            en: "The law stands above the municipality's rules (lex superior). Where a service level promises less, \
                 the decision made by it is unlawful, and the citizen who does not appeal loses what the law gives.",
            da: "Loven står over kommunens regler (lex superior). Hvor et serviceniveau lover mindre, er den \
                 afgørelse, der træffes efter det, ulovlig, og den borger, der ikke klager, mister det, loven \
                 giver."
        ),
        example: include_str!("examples/undercut.md"),
    }
}

pub(crate) fn find(view: &mut View<'_>) -> Result<Vec<Found>, NotProven> {
    let mut found = Vec::new();
    for side in view.sides()?.iter() {
        found.extend(in_grant(view, side)?);
        for (term, bounds) in &side.bounds {
            found.extend(in_term(view, side, *term, bounds)?);
        }
    }
    Ok(found)
}

fn in_grant(view: &mut View<'_>, side: &Side) -> Result<Vec<Found>, NotProven> {
    let (mut found, own, support) = (Vec::new(), view.layer, view.support);
    let Side { above, node, statements, .. } = side;
    let (above, node) = (*above, *node);
    // what replaces the support, given as strongly, meets what is due
    let replaced = view.replaced(node)?;
    for wanted in [true, false] {
        let region = view.compared_where(node, |law, local| grant_is_under(law, local) == Some(wanted))?;
        let region = view.diagrams.store.without(region, replaced)?;
        let groups = attribute(&mut view.diagrams, region, statements, |one, other| {
            (one.layer, other.layer) == (above, own) && lower_grade(one, other)
        })?;
        for group in join(&mut view.diagrams, groups, statements, |s| s.layer == own)? {
            let severity = if wanted { Severity::Error } else { Severity::Warning };
            let diagnostic = tell_grant(view, above, severity, &group, statements);
            found.push(with_region(&mut view.diagrams, diagnostic, group.region, |case| {
                let (law, local) = (case.verdict(above, support), case.verdict(own, support));
                grant_is_under(&law, &local) == Some(wanted) && !is_replaced(case, own, above, support)
            })?);
        }
    }
    Ok(found)
}

fn in_term(
    view: &mut View<'_>,
    &Side { above, node, .. }: &Side,
    term: TermId,
    bounds: &[Statement],
) -> Result<Vec<Found>, NotProven> {
    let (mut found, own) = (Vec::new(), view.layer);
    let direction = view.model().terms[term.index()].more_is_better;
    let compare = move |law: &Verdict, local: &Verdict| compare_terms(law, local, term, direction);
    let firmly: fn(TermComparison) -> bool = |c| c.disjoint_firmly;
    let softly: fn(TermComparison) -> bool = |c| c.disjoint_softly;
    let room: fn(TermComparison) -> bool = |c| c.leaves_room_for_less;
    for (holds, severity, apart) in
        [(firmly, Severity::Error, true), (softly, Severity::Warning, true), (room, Severity::Warning, false)]
    {
        let region = view.compared_where(node, |law, local| holds(compare(law, local)))?;
        let groups = attribute(&mut view.diagrams, region, bounds, |one, other| {
            (one.layer, other.layer) == (above, own) && lower_bound(term, direction, apart, one, other)
        })?;
        for group in join(&mut view.diagrams, groups, bounds, |s| s.layer == own)? {
            let diagnostic = tell_term(view, above, severity, apart, term, &group, bounds);
            found.push(confirm(view, above, diagnostic, &group, |law, local| holds(compare(law, local)))?);
        }
    }
    Ok(found)
}

fn confirm(
    view: &mut View<'_>,
    above: Layer,
    diagnostic: Diagnostic,
    group: &Group,
    holds: impl Fn(&Verdict, &Verdict) -> bool,
) -> Result<Found, NotProven> {
    let (layer, support) = (view.layer, view.support);
    with_region(&mut view.diagrams, diagnostic, group.region, |case| {
        holds(&case.verdict(above, support), &case.verdict(layer, support))
    })
}

/// How much a grade grants, for comparing one statement with another.
fn rank(what: &What) -> Option<u8> {
    match what {
        What::Grade(Grade::Must) => Some(4),
        What::Grade(Grade::Right) => Some(3),
        What::Grade(Grade::May) => Some(2),
        What::Blocks => Some(1),
        What::Grade(Grade::MustNot) => Some(0),
        What::Grade(_) | What::Bound(..) => None,
    }
}

fn lower_grade(law: &Statement, local: &Statement) -> bool {
    match (&law.what, &local.what) {
        (What::Grade(Grade::MustAssess), What::Grade(Grade::MustNot)) => true,
        (What::Grade(Grade::May), What::Blocks) => false,
        (What::Grade(_), _) => rank(&local.what).zip(rank(&law.what)).is_some_and(|(given, due)| given < due),
        _ => false,
    }
}

fn lower_bound(
    term: TermId,
    direction: Option<bool>,
    apart: bool,
    law: &Statement,
    local: &Statement,
) -> bool {
    let (What::Bound(_, due), What::Bound(_, given)) = (&law.what, &local.what) else {
        return false;
    };
    let bound = |set: &crate::model::ValueSet| Verdict {
        terms: [(term, BTreeSet::from([(set.clone(), true)]))].into(),
        ..Verdict::default()
    };
    let comparison = compare_terms(&bound(due), &bound(given), term, direction);
    if apart { comparison.disjoint_firmly } else { comparison.leaves_room_for_less }
}

fn tell_grant(
    view: &View<'_>,
    above: Layer,
    severity: Severity,
    group: &Group,
    statements: &[Statement],
) -> Diagnostic {
    let name = view.name();
    let (one, other) = (speaker(view.model(), view.layer), speaker(view.model(), above));
    let (law, local) = by_layer(view.layer, group, statements);
    let word = |group: &Group| {
        let grades = grades_of(group, statements);
        grades.into_iter().map(|grade| format!("`{}`", grade.word())).collect::<Vec<_>>()
    };
    let (due, given) = (list(&word(&law)), list(&word(&local)));
    let blocks = local.statements.iter().any(|index| statements[*index].what == What::Blocks);
    let message = if blocks && given.da.is_empty() {
        Text {
            en: format!("a local precondition blocks `{name}` where {} says {}", other.en, due.en),
            da: format!("en lokal forudsætning spærrer for `{name}`, hvor {} siger {}", other.da, due.da),
        }
    } else {
        Text {
            en: format!("`{name}`: {} says {} where {} says {}", one.en, given.en, other.en, due.en),
            da: format!("`{name}`: {} siger {}, hvor {} siger {}", one.da, given.da, other.da, due.da),
        }
    };
    let help = if is_only_when(view.model(), &local, statements) {
        only_when_help()
    } else if blocks {
        Text {
            en: format!(
                "{} cannot ask for more than {}; let the precondition not apply to these citizens",
                one.en, other.en
            ),
            da: format!(
                "{} kan ikke kræve mere end {}; lad ikke forudsætningen gælde for disse borgere",
                one.da, other.da
            ),
        }
    } else {
        Text {
            en: format!(
                "raise the local rule to what {0} requires, or leave these citizens to {0}",
                other.en
            ),
            da: format!(
                "hæv den lokale regel til {0}s krav, eller lad {0} gælde for disse borgere",
                other.da
            ),
        }
    };
    labelled(view, severity, message, help, (&local, &law), statements)
}

fn tell_term(
    view: &View<'_>,
    above: Layer,
    severity: Severity,
    apart: bool,
    term: TermId,
    group: &Group,
    statements: &[Statement],
) -> Diagnostic {
    let model = view.model();
    let (support, name) = (view.name(), &model.terms[term.index()].name);
    let other = speaker(model, above);
    let (law, local) = by_layer(view.layer, group, statements);
    let due = list(&bounds_of(&law, statements, term));
    let given = list(&bounds_of(&local, statements, term));
    let within = Text {
        en: format!("bound the local rule by {}, as {} does", due.en, other.en),
        da: format!("begræns den lokale regel til {}, som {} gør", due.da, other.da),
    };
    let direction = model.terms[term.index()].more_is_better;
    let domain = &model.terms[term.index()].domain;
    let (message, help) = if apart {
        (
            Text {
                en: format!("`{support}`: `{name}` is {} where {} gives {}", given.en, other.en, due.en),
                da: format!("`{support}`: `{name}` er {}, hvor {} giver {}", given.da, other.da, due.da),
            },
            match direction {
                Some(more) if !matches!(domain, Domain::YesNo) => {
                    let (better, bedre) = match (domain, more) {
                        (Domain::Date { .. }, true) => ("later", "senere"),
                        (Domain::Date { .. }, false) => ("earlier", "tidligere"),
                        (_, true) => ("more", "mere"),
                        (_, false) => ("less", "mindre"),
                    };
                    Text {
                        en: format!("write {} in the local rule, or {better} than that", due.en),
                        da: format!("skriv {} i den lokale regel, eller {bedre} end det", due.da),
                    }
                }
                _ => within,
            },
        )
    } else {
        (
            if direction.is_some() {
                Text {
                    en: format!(
                        "`{support}`: `{name}` is {}, which can be worse than {}'s {}",
                        given.en, other.en, due.en
                    ),
                    da: format!(
                        "`{support}`: `{name}` er {} og kan blive ringere end {}s {}",
                        given.da, other.da, due.da
                    ),
                }
            } else {
                Text {
                    en: format!(
                        "`{support}`: `{name}` is {}, which reaches outside {}'s {}",
                        given.en, other.en, due.en
                    ),
                    da: format!(
                        "`{support}`: `{name}` er {} og går ud over {}s {}",
                        given.da, other.da, due.da
                    ),
                }
            },
            within,
        )
    };
    labelled(view, severity, message, help, (&local, &law), statements).about(name)
}

/// A finding with the local rules first and the law's after them.
fn labelled(
    view: &View<'_>,
    severity: Severity,
    message: Text,
    help: Text,
    (local, law): (&Group, &Group),
    statements: &[Statement],
) -> Diagnostic {
    let diagnostic = view.diagnostic(NAME, severity, message).help(help);
    let diagnostic = label_group(view.model(), diagnostic, local, statements);
    label_group(view.model(), diagnostic, law, statements)
}

/// A group's statements of the layer above, and of a place's own layer.
pub(crate) fn by_layer(own: Layer, group: &Group, statements: &[Statement]) -> (Group, Group) {
    let (local, above) = group.statements.iter().partition(|index| statements[**index].layer == own);
    (Group { statements: above, region: group.region }, Group { statements: local, region: group.region })
}
