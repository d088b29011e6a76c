//! A value of the wrong type; raised where values are coded.

use crate::checks::Card;
use crate::ground::{Severity, text};

const NAME: &str = "type-mismatch";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "forkert-slags",
        severity: Severity::Error,
        about: text!(
            en: "a value of the wrong kind",
            da: "en værdi af forkert slags"
        ),
        explanation: text!(
            en: "A fact or term is compared with a value of another type: a number with a word, a duration \
                 without its unit, a list without order by `mindst`, a decimal where only whole numbers are. \
                 Write the value as the declaration says.",
            da: "En oplysning eller et vilkår sammenlignes med en værdi af en anden type: et tal med et ord, \
                 en varighed uden enhed, en liste uden rækkefølge med `mindst`, et decimaltal, hvor der kun er \
                 hele tal. Skriv værdien, som definitionen siger."
        ),
        definition: text!(
            en: "A value is not of the type of the fact, term or rate it is compared with, or a \
                 comparison asks for an order its values do not have.",
            da: "En værdi er ikke af samme type som den oplysning, det vilkår eller den sats, den \
                 sammenlignes med, eller en sammenligning kræver en rækkefølge, som værdierne ikke \
                 har."
        ),
        sections: "1",
        reason: text!(
            en: "A number compared with a yes, or hours bounded by months, says nothing that can be decided by.",
            da: "Et tal sammenlignet med et ja, eller timer begrænset i måneder, siger intet, der kan afgøres \
                 efter."
        ),
        example: include_str!("../examples/type-mismatch.md"),
    }
}
