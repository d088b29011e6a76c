//! Rules of one layer give the same citizen different grades.

use super::boundary;
use super::cause::{attribute, join};
use super::view::{Statement, View, What, with_region};
use super::words::{grades_of, label_group};
use super::{Card, tasks::Found};
use crate::diagram::NotProven;
use crate::ground::{Severity, Text, list, text};
use crate::model::Grade;
use std::collections::BTreeSet;

const NAME: &str = "mixed-grades";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "blandet-grad",
        severity: Severity::Error,
        about: text!(
            en: "rules of one layer give the same citizen different grades",
            da: "regler i samme lag giver samme borger forskellig grad"
        ),
        explanation: text!(
            en: "One rule says kan, another ret or skal, of the same support and the same citizen: nobody can tell \
                 whether there is a claim (error). Ret beside skal, and skal vurdere beside kan or skal, are told as \
                 notes. A general kan on a kind of support gives way to a rule about the support itself and is not \
                 compared with it.",
            da: "Én regel siger kan, en anden ret eller skal, om samme støtte og samme borger: ingen kan se, om der er \
                 et krav (fejl). Ret ved siden af skal og skal vurdere ved siden af kan eller skal meldes som \
                 bemærkninger. Et generelt kan om en hel art viger for en regel om selve støtten og sammenlignes \
                 ikke med den."
        ),
        definition: text!(
            en: "In one layer two different grades stand on a support: kan with ret or skal (an error \
                 where neither may be departed from, else a warning); ret with skal, or skal vurdere \
                 with kan or skal (a note).",
            da: "I ét lag står to forskellige grader om en støtte: kan sammen med ret eller skal (en \
                 fejl, hvor ingen af dem kan fraviges, ellers en advarsel); ret sammen med skal, \
                 eller skal vurdere sammen med kan eller skal (en bemærkning)."
        ),
        sections: "6",
        reason: text!(
            en: "»Kan« leaves an assessment, »skal« and »ret« leave none. The citizen's position, and what an \
                 appeal can be about, hangs on which of the two is said.",
            da: "»Kan« giver plads til et skøn, »skal« og »ret« gør det ikke. Borgerens retsstilling, og hvad en \
                 klage kan handle om, beror på, hvilket af de to der er sagt."
        ),
        example: include_str!("examples/mixed-grades.md"),
    }
}

/// How serious it is that these two grades stand together; nothing where it is no fault.
fn severity(one: &Statement, other: &Statement) -> Option<Severity> {
    let (What::Grade(first), What::Grade(second)) = (&one.what, &other.what) else { return None };
    severity_of((*first, one.firm), (*second, other.firm))
}

/// The same of two grades, each with whether it is firm.
fn severity_of(one: (Grade, bool), other: (Grade, bool)) -> Option<Severity> {
    match (one.0.min(other.0), one.0.max(other.0)) {
        (Grade::May, Grade::Right | Grade::Must) if one.1 && other.1 => Some(Severity::Error),
        (Grade::May, Grade::Right | Grade::Must) => Some(Severity::Warning),
        (Grade::Right, Grade::Must) | (Grade::May | Grade::Must, Grade::MustAssess) => Some(Severity::Note),
        _ => None,
    }
}

pub(crate) fn find(view: &mut View<'_>) -> Result<Vec<Found>, NotProven> {
    let statements = own_grades(view)?;
    let mut found = Vec::new();
    let mut told = crate::diagram::NO;
    for wanted in [Severity::Error, Severity::Warning, Severity::Note] {
        let mut region = crate::diagram::NO;
        for (index, one) in statements.iter().enumerate() {
            for other in &statements[index + 1..] {
                if severity(one, other) == Some(wanted) {
                    let both = view.diagrams.store.and(one.region, other.region)?;
                    region = view.diagrams.store.or(region, both)?;
                }
            }
        }
        region = view.settled(region)?;
        // where firm rules already clash, a rule that may be departed from adds nothing
        if wanted == Severity::Error {
            told = region;
        } else if wanted == Severity::Warning {
            region = view.diagrams.store.without(region, told)?;
        }
        let clash = |one: &Statement, other: &Statement| severity(one, other) == Some(wanted);
        let groups = attribute(&mut view.diagrams, region, &statements, clash)?;
        for group in join(&mut view.diagrams, groups, &statements, |_| true)? {
            let words = grades_of(&group, &statements).into_iter().map(|grade| format!("`{}`", grade.word()));
            let words = words.collect::<Vec<_>>();
            let both = if words.len() == 2 { "både " } else { "" };
            let words = list(&words);
            let name = view.name();
            let message = Text {
                en: format!("the rules say {} about `{name}` to the same citizen", words.en),
                da: format!("reglerne siger {both}{} om `{name}` til samme borger", words.da),
            };
            let help = if wanted == Severity::Note {
                text!(
                    en: "write the same grade in all of them, or say when each applies",
                    da: "skriv samme grad i dem alle, eller skriv, hvornår hver af dem gælder"
                )
            } else {
                text!(
                    en: "decide whether there is a claim, and write that grade in all of the rules",
                    da: "afgør, om borgeren har krav på støtten, og skriv den grad i alle reglerne"
                )
            };
            let diagnostic = view.diagnostic(NAME, wanted, message).help(help);
            let diagnostic = label_group(view.model(), diagnostic, &group, &statements);
            let (layer, support) = (view.layer, view.support);
            let mut told = with_region(&mut view.diagrams, diagnostic, group.region, |case| {
                let grades = case.verdict(layer, support).grades;
                grades.iter().any(|one| grades.iter().any(|other| severity_of(*one, *other) == Some(wanted)))
            })?;
            boundary::name_shared(view.model(), &mut told, &group.rules(&statements));
            found.push(told);
        }
    }
    Ok(found)
}

/// The grades the layer states of the support itself, not of a kind's members.
fn own_grades(view: &mut View<'_>) -> Result<Vec<Statement>, NotProven> {
    let support = view.support;
    let statements = view.diagrams.statements;
    let own: BTreeSet<_> = statements
        .about(support)
        .iter()
        .flat_map(|said| said.grades.iter().map(|grade| (said.rule, grade.span)))
        .collect();
    let all = view.statements(view.layer)?;
    Ok(all
        .into_iter()
        .filter(|s| matches!(s.what, What::Grade(_)) && own.contains(&(s.rule, s.span)))
        .collect())
}
