//! A range or comparison without a value; raised where values are coded.

use crate::checks::Card;
use crate::ground::{Severity, text};

const NAME: &str = "empty-range";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "tomt-interval",
        severity: Severity::Error,
        about: text!(
            en: "a range or comparison that no value fits",
            da: "et interval eller en sammenligning, som ingen værdi passer på"
        ),
        explanation: text!(
            en: "The range runs from the greater end to the lesser, or the comparison leaves nothing: `alder \
                 fra 30 til 18`, `under 0`. Such a rule would apply to nobody.",
            da: "Intervallet går fra den største ende til den mindste, eller sammenligningen levner intet: \
                 `alder fra 30 til 18`, `under 0`. Sådan en regel ville ikke gælde for nogen."
        ),
        definition: text!(
            en: "A range runs from a greater end to a lesser, or a comparison leaves no value of its \
                 fact or term.",
            da: "Et interval går fra en større ende til en mindre, eller en sammenligning levner \
                 ingen værdi af sin oplysning eller sit vilkår."
        ),
        sections: "1",
        reason: text!(
            en: "A bound without a value bounds everyone out. The two ends have most likely changed places.",
            da: "En grænse uden en værdi lukker alle ude. De to ender er formentlig byttet om."
        ),
        example: include_str!("../examples/empty-range.md"),
    }
}
