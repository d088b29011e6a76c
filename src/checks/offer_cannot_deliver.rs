//! An offer that is never enough for those who have a claim to what it delivers; found beside `offer-below-terms`.

use super::Card;
use crate::ground::{Severity, text};

pub(super) const NAME: &str = "offer-cannot-deliver";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "forløb-kan-ikke-levere",
        severity: Severity::Error,
        about: text!(en: "an offer that never gives what is due", da: "et forløb, der aldrig giver det, borgeren har krav på"),
        explanation: text!(
            en: "Some citizen has a claim (ret or skal) to a support the offer delivers, and no value it offers of some term meets \
                 what is due: whatever is bought, it is not enough. Compared with the law and with each municipality, \
                 where what is due is strictest; what one provider offers in the same case is one finding.",
            da: "En borger har krav (ret eller skal) på en støtte, som forløbet leverer, og ingen værdi, det tilbyder af et \
                 vilkår, er nok: uanset hvad der købes, er det for lidt. Der sammenlignes med loven og med hver kommune, \
                 hvor kravet er strengest; det, én leverandør udbyder i samme tilfælde, er ét fund."
        ),
        definition: text!(
            en: "The offer delivers a support that is due, stands on that day, and every value it \
                 offers of a term is worse than what is due.",
            da: "Forløbet leverer en støtte, der er krav på, gælder den dag, og enhver værdi, det \
                 tilbyder af et vilkår, er ringere end det, der er krav på."
        ),
        sections: "10",
        reason: text!(
            en: "Whoever buys help from others still owes the citizen what the law and the service level promise. \
                 This offer can never fulfil it.",
            da: "Den, der køber hjælpen hos andre, skylder stadig borgeren det, loven og serviceniveauet lover. \
                 Dette forløb kan aldrig opfylde det."
        ),
        example: include_str!("examples/offer-cannot-deliver.md"),
    }
}
