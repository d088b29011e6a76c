//! Text that does not follow the language; raised where it is read.

use crate::checks::Card;
use crate::ground::{Severity, text};

const NAME: &str = "syntax-error";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "læsefejl",
        severity: Severity::Error,
        about: text!(
            en: "text that cannot be read",
            da: "tekst, der ikke kan læses"
        ),
        explanation: text!(
            en: "The text does not follow the language at this place. The rest of the item is left out, the \
                 rest of the file is read and checked. A rule that cannot be read counts as covering its \
                 citizens in gap and unserved-right, so that one misspelling does not look like a hole in the \
                 policy; nothing else is asked of it.",
            da: "Teksten følger ikke sproget på dette sted. Resten af punktet udelades, resten af filen læses \
                 og kontrolleres. En regel, der ikke kan læses, regnes i gap og unserved-right for at dække \
                 sine borgere, så en slåfejl ikke ligner et hul i politikken; ellers spørges der ikke til den."
        ),
        definition: text!(
            en: "At this place the text is none of what the grammar of the language allows. The rest \
                 of the file is read.",
            da: "På dette sted er teksten intet af det, sprogets grammatik tillader. Resten af filen \
                 læses."
        ),
        sections: "1",
        reason: text!(
            en: "What cannot be read cannot be checked, and decides nothing here. The rest of the text is checked \
                 all the same.",
            da: "Det, der ikke kan læses, kan ikke kontrolleres og afgør intet her. Resten af teksten kontrolleres \
                 alligevel."
        ),
        example: include_str!("../examples/syntax-error.md"),
    }
}
