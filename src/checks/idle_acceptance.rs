//! An acceptance that accepts nothing.

use super::Card;
use super::accept::Void;
use crate::ground::{Diagnostic, Severity, Text, date_in_words, text};
use crate::model::{Accept, AcceptPlace};

pub(super) const NAME: &str = "idle-acceptance";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "virkningsløs-accept",
        severity: Severity::Warning,
        about: text!(
            en: "an acceptance that accepts nothing",
            da: "en accept, der ikke accepterer noget"
        ),
        explanation: text!(
            en: "An `accepter` without `når` accepts exactly one finding, one with `når` the citizens it names of every \
                 finding it fits. It accepts nothing where no finding fits, where several do and no `når` tells them \
                 apart, where it gives no reason, and after its last day, seen from the reference date. What keeps a \
                 text from being read cannot be accepted. Take it out, or say what is meant.",
            da: "En `accepter` uden `når` accepterer præcis ét fund, en med `når` de borgere, den nævner, af hvert \
                 fund, der passer. Den accepterer intet, hvor intet fund passer, hvor flere passer og intet `når` \
                 skiller dem, hvor den ikke giver en grund, og efter sin sidste dag, set fra referencedatoen. Det, der \
                 hindrer en tekst i at blive læst, kan ikke accepteres. Fjern den, eller skriv, hvad der er ment."
        ),
        definition: text!(
            en: "An `accepter` names what cannot be accepted, gives no reason, has a last day before \
                 the reference date, fits no finding (with `når`: takes nothing of any finding's \
                 region), or, without `når`, fits more than one.",
            da: "En `accepter` nævner noget, der ikke kan accepteres, giver ingen grund, har en \
                 sidste dag før referencedatoen, passer på intet fund (med `når`: tager intet af \
                 noget funds borgere) eller passer uden `når` på flere."
        ),
        sections: "8",
        reason: text!(
            en: "To live with a known fault is a decision that somebody answers for, with a reason and for a time. \
                 What is accepted without hitting anything hides what comes after.",
            da: "At leve med en kendt fejl er en beslutning, nogen står til ansvar for, med en grund og for en tid. \
                 En accept, der intet rammer, skjuler det, der kommer bagefter."
        ),
        example: include_str!("examples/idle-acceptance.md"),
    }
}

/// One that can accept nothing, whatever is found.
pub(super) fn void(accept: &Accept, void: Void) -> Diagnostic {
    let check = accept.check;
    let (message, help) = match void {
        Void::Never => (
            text!(en: "`{check}` cannot be accepted", da: "`{check}` kan ikke accepteres"),
            text!(
                en: "mend it: what is wrong in the text itself keeps everything else from being judged",
                da: "ret fejlen: det, der er galt i selve teksten, hindrer alt andet i at blive bedømt"
            ),
        ),
        Void::NoReason => (
            text!(en: "the acceptance gives no reason", da: "accepten giver ingen grund"),
            text!(en: "write why: `fordi \"…\"`", da: "skriv hvorfor: `fordi \"…\"`"),
        ),
        Void::Past(until) => {
            let Text { en, da } = date_in_words(until);
            (
                text!(en: "the acceptance ended on {en}", da: "accepten udløb {da}"),
                text!(
                    en: "mend what was found, or take the decision anew and write a later `indtil`",
                    da: "ret det, der er meldt, eller tag beslutningen igen og skriv et senere `indtil`"
                ),
            )
        }
    };
    tell(accept, message, help)
}

/// One that no finding fits, or one without `når` that several fit.
pub(super) fn fits(accept: &Accept, fitting: usize) -> Diagnostic {
    let check = accept.check;
    if fitting > 1 {
        let message = text!(
            en: "{fitting} findings of `{check}` fit this acceptance, which is meant for one",
            da: "{fitting} fund af `{check}` passer på denne accept, som er til ét"
        );
        let help = text!(
            en: "say which: `i` a department, `for` a rule, or `når` for the citizens that are meant",
            da: "skriv hvilket: `i` en afdeling, `for` en regel, eller `når` for de borgere, der er ment"
        );
        return tell(accept, message, help);
    }
    let message = text!(
        en: "no finding of `{check}` fits this acceptance",
        da: "intet fund af `{check}` passer på denne accept"
    );
    tell(
        accept,
        message,
        text!(en: "take it out, or correct what it names", da: "fjern den, eller ret det, den nævner"),
    )
}

fn tell(accept: &Accept, message: Text, help: Text) -> Diagnostic {
    let mut diagnostic = Diagnostic::new(NAME, Severity::Warning, message);
    if let AcceptPlace::Of(place) = &accept.place {
        diagnostic.module = Some(place.clone());
    }
    diagnostic.label(accept.span, text!(en: "accepts nothing", da: "accepterer intet")).help(help)
}
