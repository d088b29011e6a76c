//! A paragraph its source does not declare; raised where citations are resolved.

use crate::checks::Card;
use crate::ground::{Severity, text};

const NAME: &str = "unknown-paragraph";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "ukendt-paragraf",
        severity: Severity::Error,
        about: text!(
            en: "a paragraph that its source does not have",
            da: "en paragraf, som kilden ikke har"
        ),
        explanation: text!(
            en: "The cited source lists its paragraphs, and this one is not among them. A source that lists \
                 none is not asked. Correct the number, or add the `paragraf` to the header of the source.",
            da: "Den citerede kilde opregner sine paragraffer, og denne er ikke iblandt dem. En kilde uden \
                 opregning spørges ikke. Ret nummeret, eller tilføj `paragraf` i kildens hoved."
        ),
        definition: text!(
            en: "A cited source declares paragraphs, and the cited one is none of them.",
            da: "En kilde, der henvises til, opregner paragraffer, og den nævnte er ingen af dem."
        ),
        sections: "2",
        reason: text!(
            en: "A citation that leads nowhere is no legal basis, and a decision that repeats it is not reasoned \
                 (forvaltningsloven § 24).",
            da: "En henvisning, der ikke fører nogen steder hen, er ingen hjemmel, og en afgørelse, der gentager \
                 den, er ikke begrundet (forvaltningsloven § 24)."
        ),
        example: include_str!("../examples/unknown-paragraph.md"),
    }
}
