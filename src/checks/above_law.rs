//! A municipality promises more than the law: lawful, and worth knowing.

use super::cause::{attribute, join};
use super::undercut::by_layer;
use super::view::{Side, Statement, View, What, with_region};
use super::words::{bounds_of, grades_of, label_group, speaker};
use super::{Card, tasks::Found};
use crate::diagram::NotProven;
use crate::ground::{Severity, Text, list, text};
use crate::model::{Grade, ModuleKind, TermId};
use crate::verdict::{Verdict, compare_terms, grant_is_above, passes_ceiling};

const NAME: &str = "above-law";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "over-loven",
        severity: Severity::Note,
        about: text!(
            en: "a municipality promises more than the law",
            da: "kommunen lover mere end loven"
        ),
        explanation: text!(
            en: "The local grade is stronger than the law's, or a term starts or ends past the law's bound on the \
                 better side. A municipality may bind itself to more. It is a note, so that the council knows what it \
                 has promised, and since when: the days stand in the region.",
            da: "Den lokale grad er stærkere end lovens, eller et vilkår begynder eller ender på den bedre side af \
                 lovens grænse. En kommune kan binde sig til mere. Det er en bemærkning, så kommunalbestyrelsen ved, \
                 hvad den har lovet, og siden hvornår: dagene står i afgrænsningen."
        ),
        definition: text!(
            en: "In a place, against each layer that binds it but a trial, for a support of which \
                 both layers speak and neither contradicts itself: the local grant is stronger than \
                 the law's kan or ret; or the local values of a term with a direction start or end \
                 past the law's on the better side, and stay below its ceiling.",
            da: "På et sted, over for hvert lag, der binder det, undtagen et forsøg, om en støtte, \
                 som begge lag taler om uden at modsige sig selv: det lokale svar er stærkere end \
                 lovens kan eller ret; eller de lokale værdier af et vilkår med en retning begynder \
                 eller ender på den bedre side af lovens og under dens loft."
        ),
        sections: "3, 6",
        reason: text!(
            en: "A municipality may as a rule give more than the law obliges it to, within its powers and its \
                 budget. But a promise in a published service level is one the citizen may rely on, and equal \
                 citizens must get the same.",
            da: "En kommune kan som udgangspunkt give mere, end loven forpligter den til, inden for sin kompetence \
                 og sit budget. Men et løfte i et offentliggjort serviceniveau kan borgeren støtte ret på, og lige \
                 sager skal behandles lige."
        ),
        example: include_str!("examples/above-law.md"),
    }
}

pub(crate) fn find(view: &mut View<'_>) -> Result<Vec<Found>, NotProven> {
    let mut found = Vec::new();
    let (model, sides) = (view.model(), view.sides()?);
    // who promises more than a trial keeps what the trial sets aside: that is told as `trial-without-effect`
    for side in sides.iter().filter(|side| side.above.kind(model) != ModuleKind::Trial) {
        found.extend(in_grant(view, side)?);
        for (term, bounds) in &side.bounds {
            found.extend(in_term(view, side, *term, bounds)?);
        }
    }
    Ok(found)
}

fn in_grant(view: &mut View<'_>, side: &Side) -> Result<Vec<Found>, NotProven> {
    let (layer, support) = (view.layer, view.support);
    let Side { above, node, statements, .. } = side;
    let (above, node) = (*above, *node);
    let region = view.compared_where(node, grant_is_above)?;
    let stronger = |law: &Statement, local: &Statement| match (&law.what, &local.what) {
        (What::Grade(due), What::Grade(given)) => {
            let rank = |grade: &Grade| match grade {
                Grade::May => Some(0),
                Grade::Right => Some(1),
                Grade::Must => Some(2),
                _ => None,
            };
            let layers = (law.layer, local.layer) == (above, layer);
            layers && rank(due).zip(rank(given)).is_some_and(|(due, given)| given > due)
        }
        _ => false,
    };
    let mut found = Vec::new();
    let groups = attribute(&mut view.diagrams, region, statements, stronger)?;
    for group in join(&mut view.diagrams, groups, statements, |_| true)? {
        let (law, local) = by_layer(layer, &group, statements);
        let word = |group| {
            let grades = grades_of(group, statements).into_iter().map(|grade| format!("`{}`", grade.word()));
            list(&grades.collect::<Vec<_>>())
        };
        let (due, given, name) = (word(&law), word(&local), view.name());
        let (one, other) = (speaker(view.model(), layer), speaker(view.model(), above));
        let single = grades_of(&law, statements).len() == 1 && grades_of(&local, statements).len() == 1;
        let message = if single {
            Text {
                en: format!("`{name}`: {} says {} where {} says {}", one.en, given.en, other.en, due.en),
                da: format!("`{name}`: {} siger {}, hvor {} siger {}", one.da, given.da, other.da, due.da),
            }
        } else {
            Text {
                en: format!("{} promises more of `{name}` than {} does", one.en, other.en),
                da: format!("{} lover mere om `{name}`, end {} gør", one.da, other.da),
            }
        };
        let diagnostic = view.diagnostic(NAME, Severity::Note, message);
        let diagnostic = label_group(view.model(), diagnostic, &local, statements);
        let diagnostic = label_group(view.model(), diagnostic, &law, statements);
        found.push(with_region(&mut view.diagrams, diagnostic, group.region, |case| {
            grant_is_above(&case.verdict(above, support), &case.verdict(layer, support))
        })?);
    }
    Ok(found)
}

fn in_term(
    view: &mut View<'_>,
    &Side { above, node, .. }: &Side,
    term: TermId,
    bounds: &[Statement],
) -> Result<Vec<Found>, NotProven> {
    let (layer, support) = (view.layer, view.support);
    let direction = view.model().terms[term.index()].more_is_better;
    let subject = &view.model().terms[term.index()];
    let is_above = move |law: &Verdict, local: &Verdict| {
        compare_terms(law, local, term, direction).is_above
            && passes_ceiling(law, local, term, subject).is_none()
    };
    let region = view.compared_where(node, is_above)?;
    let mut found = Vec::new();
    let groups = attribute(&mut view.diagrams, region, bounds, |_, _| true)?;
    for group in join(&mut view.diagrams, groups, bounds, |_| true)? {
        let model = view.model();
        let (law, local) = by_layer(layer, &group, bounds);
        let due = list(&bounds_of(&law, bounds, term));
        let given = list(&bounds_of(&local, bounds, term));
        let (name, of) = (&model.terms[term.index()].name, view.name());
        let other = speaker(model, above);
        let message = Text {
            en: format!("`{of}`: `{name}` is {} where {} says {}", given.en, other.en, due.en),
            da: format!("`{of}`: `{name}` er {}, hvor {} siger {}", given.da, other.da, due.da),
        };
        let diagnostic = view.diagnostic(NAME, Severity::Note, message).about(name);
        let diagnostic = label_group(model, diagnostic, &local, bounds);
        let diagnostic = label_group(model, diagnostic, &law, bounds);
        found.push(with_region(&mut view.diagrams, diagnostic, group.region, |case| {
            is_above(&case.verdict(above, support), &case.verdict(layer, support))
        })?);
    }
    Ok(found)
}
