//! A municipality promises more than the law: lawful, and worth knowing.

use super::cause::{attribute, join};
use super::undercut::{by_layer, of_term};
use super::view::{Statement, View, What, with_region};
use super::words::{bounds_of, grade_word, grades_of, label_group};
use super::{Card, tasks::Found};
use crate::diagram::NotProven;
use crate::ground::{Severity, Text, list, text};
use crate::verdict::{Layer, Verdict, compare_terms, grant_is_above};

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
    }
}

pub(crate) fn find(view: &mut View<'_>) -> Result<Vec<Found>, NotProven> {
    let mut statements = view.statements(Layer::Law)?;
    statements.extend(view.statements(view.layer)?);
    let (layer, support) = (view.layer, view.support);
    let mut found = Vec::new();
    let region = view.both_where(grant_is_above)?;
    let stronger = |law: &Statement, local: &Statement| match (&law.what, &local.what) {
        (What::Grade(due), What::Grade(given)) => {
            let rank = |grade: &crate::model::Grade| match grade {
                crate::model::Grade::May => Some(0),
                crate::model::Grade::Right => Some(1),
                crate::model::Grade::Must => Some(2),
                _ => None,
            };
            let layers = law.layer == Layer::Law && local.layer != Layer::Law;
            layers && rank(due).zip(rank(given)).is_some_and(|(due, given)| given > due)
        }
        _ => false,
    };
    let groups = attribute(&mut view.diagrams, region, &statements, stronger)?;
    for group in join(&mut view.diagrams, groups, &statements, |_| true)? {
        let (law, local) = by_layer(&group, &statements);
        let word = |group| {
            let grades =
                grades_of(group, &statements).into_iter().map(|grade| format!("`{}`", grade_word(grade)));
            list(&grades.collect::<Vec<_>>())
        };
        let (due, given, name) = (word(&law), word(&local), view.name());
        let single = grades_of(&law, &statements).len() == 1 && grades_of(&local, &statements).len() == 1;
        let message = if single {
            Text {
                en: format!("`{name}`: the municipality says {} where the law says {}", given.en, due.en),
                da: format!("`{name}`: kommunen siger {}, hvor loven siger {}", given.da, due.da),
            }
        } else {
            text!(
                en: "the municipality promises more of `{name}` than the law does",
                da: "kommunen lover mere om `{name}`, end loven gør"
            )
        };
        let diagnostic = view.diagnostic(NAME, Severity::Note, message);
        let diagnostic = label_group(view.model(), diagnostic, &local, &statements);
        let diagnostic = label_group(view.model(), diagnostic, &law, &statements);
        found.push(with_region(&mut view.diagrams, diagnostic, group.region, |case| {
            grant_is_above(&case.verdict(Layer::Law, support), &case.verdict(layer, support))
        })?);
    }
    for term in view.terms() {
        let direction = view.model().terms[term.index()].more_is_better;
        let is_above =
            move |law: &Verdict, local: &Verdict| compare_terms(law, local, term, direction).is_above;
        let region = view.both_where(is_above)?;
        let bounds = of_term(&statements, term);
        let across =
            |law: &Statement, local: &Statement| law.layer == Layer::Law && local.layer != Layer::Law;
        let groups = attribute(&mut view.diagrams, region, &bounds, across)?;
        for group in join(&mut view.diagrams, groups, &bounds, |_| true)? {
            let model = view.model();
            let (law, local) = by_layer(&group, &bounds);
            let due = list(&bounds_of(&law, &bounds, term));
            let given = list(&bounds_of(&local, &bounds, term));
            let (name, of) = (&model.terms[term.index()].name, view.name());
            let message = Text {
                en: format!("`{of}`: `{name}` is {} where the law says {}", given.en, due.en),
                da: format!("`{of}`: `{name}` er {}, hvor loven siger {}", given.da, due.da),
            };
            let diagnostic = view.diagnostic(NAME, Severity::Note, message);
            let diagnostic = label_group(model, diagnostic, &local, &bounds);
            let diagnostic = label_group(model, diagnostic, &law, &bounds);
            found.push(with_region(&mut view.diagrams, diagnostic, group.region, |case| {
                is_above(&case.verdict(Layer::Law, support), &case.verdict(layer, support))
            })?);
        }
    }
    Ok(found)
}
