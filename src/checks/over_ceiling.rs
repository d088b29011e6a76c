//! A place gives more than the law allows.

use super::cause::{attribute, join};
use super::undercut::by_layer;
use super::view::{Side, Statement, View, What, with_region};
use super::words::{bounds_of, label_group, speaker};
use super::{Card, tasks::Found};
use crate::diagram::NotProven;
use crate::ground::{Severity, Text, list, text};
use crate::model::{SupportId, TermId};
use crate::verdict::{Statements, Verdict, passes_ceiling, reaches_past};

pub(crate) const NAME: &str = "over-ceiling";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "over-loftet",
        severity: Severity::Error,
        about: text!(
            en: "a municipality gives more than the law allows",
            da: "kommunen giver mere, end loven tillader"
        ),
        explanation: text!(
            en: "The law marks a bound `som loft`: more than this may not be given. The local bound ends past it on the \
                 better side. What a local rule leaves open on that side promises nothing and is no breach; the law's \
                 ceiling applies. It is an error, or a warning where only rules that `kan fraviges` reach past.",
            da: "Loven har en grænse `som loft`: mere end det må ikke gives. Den lokale grænse ender på den anden side \
                 af loftet. Hvad en lokal regel lader stå åbent til den side, lover ikke noget og er intet brud; lovens \
                 loft gælder. Det er en fejl, eller en advarsel, hvor kun regler, der `kan fraviges`, når forbi."
        ),
        definition: text!(
            en: "The law has active bounds `som loft` on a term with a direction and is not \
                 contradicted in it; the local values end past what these bounds allow on the better \
                 side; and if they are open on that side, they start past it too.",
            da: "Loven har grænser `som loft`, der virker, for et vilkår med en retning og modsiger \
                 sig ikke selv i det; de lokale værdier ender på den bedre side af det, loftet \
                 tillader; og er de åbne til den side, begynder de også på den anden side af loftet."
        ),
        sections: "6",
        reason: text!(
            en: "Where the law sets a ceiling, the municipality has no authority to give more: it is not free to be \
                 generous with it.",
            da: "Hvor loven sætter et loft, har kommunen ikke hjemmel til at give mere: her er den ikke fri til at \
                 være gavmild."
        ),
        example: include_str!("examples/over-ceiling.md"),
    }
}

/// Whether some rule heard in a place sets a ceiling on the support.
pub(crate) fn is_asked(statements: &Statements, support: SupportId) -> bool {
    statements.about(support).iter().flat_map(|said| &said.bounds).any(|bound| bound.ceiling)
}

pub(crate) fn find(view: &mut View<'_>) -> Result<Vec<Found>, NotProven> {
    let mut found = Vec::new();
    for side in view.sides()?.iter() {
        for (term, bounds) in &side.bounds {
            found.extend(in_term(view, side, *term, bounds)?);
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
    let (layer, support, model) = (view.layer, view.support, view.model());
    let subject = &model.terms[term.index()];
    let past = |law: &Verdict, local: &Verdict| passes_ceiling(law, local, term, subject);
    let clash = |law: &Statement, local: &Statement| match (&law.what, &local.what) {
        (What::Bound(_, ceiling), What::Bound(_, set)) => {
            (law.layer, local.layer) == (above, layer) && law.ceiling && reaches_past(ceiling, set, subject)
        }
        _ => false,
    };
    let mut found = Vec::new();
    for wanted in [true, false] {
        let severity = if wanted { Severity::Error } else { Severity::Warning };
        let region = view.compared_where(node, |law, local| past(law, local) == Some(wanted))?;
        let groups = attribute(&mut view.diagrams, region, bounds, clash)?;
        for group in join(&mut view.diagrams, groups, bounds, |s| s.layer == layer)? {
            let (law, local) = by_layer(layer, &group, bounds);
            let limit = list(&bounds_of(&law, bounds, term));
            let given = list(&bounds_of(&local, bounds, term));
            let (name, of, other) = (&subject.name, view.name(), speaker(model, above));
            let message = Text {
                en: format!(
                    "`{of}`: `{name}` is {}, and {} sets a ceiling at {}",
                    given.en, other.en, limit.en
                ),
                da: format!("`{of}`: `{name}` er {}, og {} sætter loft ved {}", given.da, other.da, limit.da),
            };
            let help = Text {
                en: format!("bound the local rule by {}", limit.en),
                da: format!("begræns den lokale regel til {}", limit.da),
            };
            let diagnostic = view.diagnostic(NAME, severity, message).help(help).about(name);
            let diagnostic = label_group(model, diagnostic, &local, bounds);
            let diagnostic = label_group(model, diagnostic, &law, bounds);
            found.push(with_region(&mut view.diagrams, diagnostic, group.region, |case| {
                past(&case.verdict(above, support), &case.verdict(layer, support)) == Some(wanted)
            })?);
        }
    }
    Ok(found)
}
