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
    }
}
