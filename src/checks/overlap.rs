//! Two rules of one layer bound the same term differently, and both can be met.

use super::boundary;
use super::cause::{Group, attribute, join};
use super::view::{Statement, View, What, with_region};
use super::words::{bound_in_words, bounds_of, label_group, two_apply};
use super::{Card, tasks::Found};
use crate::diagram::{NO, NotProven};
use crate::ground::{Severity, Text, list, text};
use crate::model::{TermId, ValueSet};
use crate::verdict::{Matter, common};

const NAME: &str = "overlap";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "overlap",
        severity: Severity::Warning,
        about: text!(
            en: "rules of one layer bound the same term differently for the same citizen",
            da: "regler i samme lag sætter samme vilkår forskelligt for samme borger"
        ),
        explanation: text!(
            en: "Two rules set different bounds on one term of one support, and some values satisfy both. The \
                 decision takes what they have in common, which neither rule says by itself. A rule that is silent \
                 on the term does not differ.",
            da: "To regler sætter forskellige grænser for samme vilkår i samme støtte, og nogle værdier opfylder dem \
                 begge. Afgørelsen tager det, de har tilfælles, som ingen af reglerne siger alene. En regel, der \
                 intet siger om vilkåret, er ikke forskellig fra den anden."
        ),
        definition: text!(
            en: "Two active bounds of different rules of one layer on one term of one support differ \
                 and have a value in common, and the term is not contradicted.",
            da: "To grænser, der virker, fra forskellige regler i ét lag for samme vilkår i samme \
                 støtte er forskellige og har en værdi tilfælles, og vilkåret er ikke i modstrid."
        ),
        sections: "6",
        reason: text!(
            en: "Two answers to one question are one too many, also where both can be met: the citizen will be told \
                 the one, and refused the other.",
            da: "To svar på ét spørgsmål er ét for meget, også hvor begge kan opfyldes: borgeren får det ene at \
                 vide og afslag på det andet."
        ),
        example: include_str!("examples/overlap.md"),
    }
}

fn clash(term: TermId, one: &Statement, other: &Statement) -> bool {
    match (&one.what, &other.what) {
        (What::Bound(first, a), What::Bound(second, b)) => {
            *first == term
                && first == second
                && one.rule != other.rule
                && a != b
                && !a.intersection(b).is_empty()
        }
        _ => false,
    }
}

pub(crate) fn find(view: &mut View<'_>) -> Result<Vec<Found>, NotProven> {
    let statements = view.statements(view.layer)?;
    let mut found = Vec::new();
    for term in view.terms() {
        let mut region = NO;
        for (index, one) in statements.iter().enumerate() {
            for other in statements[index + 1..].iter().filter(|other| clash(term, one, other)) {
                let both = view.diagrams.store.and(one.region, other.region)?;
                region = view.diagrams.store.or(region, both)?;
            }
        }
        let contradicted = view.own_where(|own| own.is_contradicted(Matter::Term(term)))?;
        region = view.diagrams.store.without(region, contradicted)?;
        region = view.settled(region)?;
        let groups = attribute(&mut view.diagrams, region, &statements, |a, b| clash(term, a, b))?;
        for group in join(&mut view.diagrams, groups, &statements, |_| true)? {
            let model = view.model();
            let name = &model.terms[term.index()].name;
            let values = list(&bounds_of(&group, &statements, term));
            let shared = shared(view, &group, &statements)?;
            let message = Text {
                en: format!("the rules set `{name}` differently: {}", values.en),
                da: format!("reglerne sætter `{name}` forskelligt: {}", values.da),
            };
            let mut diagnostic = view.diagnostic(NAME, Severity::Warning, message).about(name);
            diagnostic = diagnostic.help(if shared.is_empty() {
                text!(
                    en: "write the same bound, or say when each rule applies",
                    da: "skriv samme grænse, eller skriv, hvornår hver regel gælder"
                )
            } else {
                let both = bound_in_words(model, term, &shared);
                text!(
                    en: "only `{both}` satisfies them all; write the same bound, or say when each rule applies",
                    da: "kun `{both}` opfylder dem alle; skriv samme grænse, eller skriv, hvornår hver regel gælder"
                )
            });
            let diagnostic = label_group(model, diagnostic, &group, &statements);
            let rules = group.rules(&statements);
            let mut told =
                with_region(&mut view.diagrams, diagnostic, group.region, |case| two_apply(case, &rules))?;
            boundary::name_shared(model, &mut told, &rules);
            found.push(told);
        }
    }
    Ok(found)
}

/// The values that satisfy all bounds of a group; none where no citizen meets them all.
fn shared(view: &mut View<'_>, group: &Group, statements: &[Statement]) -> Result<ValueSet, NotProven> {
    let mut meeting = group.region;
    let mut sets: Vec<&ValueSet> = Vec::new();
    for statement in group.statements.iter().map(|index| &statements[*index]) {
        if let What::Bound(_, set) = &statement.what {
            meeting = view.diagrams.store.and(meeting, statement.region)?;
            sets.push(set);
        }
    }
    Ok(common(sets.into_iter()).filter(|_| meeting != NO).unwrap_or_default())
}
