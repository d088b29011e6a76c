//! A value its fact or term cannot have; raised where values are coded.

use crate::checks::Card;
use crate::ground::{Severity, text};

const NAME: &str = "out-of-domain";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "uden-for-værdierne",
        severity: Severity::Error,
        about: text!(
            en: "a value that its fact or term cannot have",
            da: "en værdi, som oplysningen eller vilkåret ikke kan have"
        ),
        explanation: text!(
            en: "The value has the right type but lies outside what is declared: `alder over 130` where alder \
                 is 0-120, a word that is not in the list. Correct the value or declare more. Dates outside \
                 the window are no mistake.",
            da: "Værdien har den rigtige type, men ligger uden for det definerede: `alder over 130`, hvor \
                 alder er 0-120, eller et ord, der ikke er i listen. Ret værdien, eller udvid definitionen. \
                 Datoer uden for perioden er ingen fejl."
        ),
        definition: text!(
            en: "A value has the type of its fact, term or list and is none of the declared values. \
                 Dates outside the window are none of these.",
            da: "En værdi har samme type som sin oplysning, sit vilkår eller sin liste og er ingen af \
                 de definerede værdier. Datoer uden for perioden hører ikke herunder."
        ),
        sections: "1",
        reason: text!(
            en: "A value that no citizen can have makes a rule that reaches nobody. It is most often a slip.",
            da: "En værdi, ingen borger kan have, gør en regel, der ikke når nogen. Oftest er det en fejlskrift."
        ),
        example: include_str!("../examples/out-of-domain.md"),
    }
}
