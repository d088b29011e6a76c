//! A guarantee that does not hold.

use super::claim_words::{Promise, look, place_name};
use super::{Card, tasks::Found};
use crate::diagram::NotProven;
use crate::ground::{Diagnostic, Severity, text};
use crate::model::{Guarantee, Model};
use crate::verdict::Statements;

pub(super) const NAME: &str = "failed-guarantee";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "brudt-garanti",
        severity: Severity::Error,
        about: text!(en: "a guarantee that does not hold", da: "en garanti, der ikke holder"),
        explanation: text!(
            en: "A `garanti` says what every decision must come to for the citizens it names: that something of a kind \
                 is granted, that a grade is reached or not passed, that two supports are never both granted, that a \
                 term keeps within a bound. What is decided there is something else. One finding for each claim, with \
                 what is decided for one of the citizens and the rules it rests on. A guarantee that no citizen can \
                 meet promises nothing, which is a warning.",
            da: "En `garanti` siger, hvad enhver afgørelse skal føre til for de borgere, den nævner: at noget af en \
                 art gives, at en grad nås eller ikke overskrides, at to støtter aldrig gives samtidig, at et vilkår \
                 holder sig inden for en grænse. Afgørelsen er en anden. Ét fund for hvert løfte, med det, der er \
                 afgjort for en af borgerne, og de regler, det hviler på. En garanti, som ingen borger kan opfylde \
                 betingelsen i, lover intet; det er en advarsel."
        ),
        definition: text!(
            en: "A claim of the guarantee fails, in one of its places, for a citizen the assumptions \
                 allow who meets its `når` (error); or no such citizen meets it (warning).",
            da: "Et løfte i garantien svigter, et af dens steder, for en borger, som antagelserne \
                 tillader, og som opfylder dens `når` (fejl); eller ingen sådan borger opfylder det \
                 (advarsel)."
        ),
        sections: "9",
        reason: text!(
            en: "A guarantee is what the council or the law requires of all the rules together. One citizen for \
                 whom it fails is enough to break it.",
            da: "En garanti er det, kommunalbestyrelsen eller loven kræver af alle reglerne tilsammen. Én borger, \
                 som den svigter, er nok til at bryde den."
        ),
        example: include_str!("examples/failed-guarantee.md"),
    }
}

/// Looks at one guarantee in one place.
pub(crate) fn find(
    model: &Model,
    statements: &Statements,
    guarantee: &Guarantee,
    budget: u64,
) -> Result<Vec<Found>, NotProven> {
    let name = &guarantee.name;
    let promise = Promise {
        check: NAME,
        name,
        given: &guarantee.when,
        claims: &guarantee.claims,
        fails: text!(en: "the guarantee `{name}` does not hold", da: "garantien `{name}` holder ikke"),
        label: text!(en: "promised here", da: "lovet her"),
        help: text!(
            en: "change a rule so that the promise holds, or narrow the guarantee",
            da: "ret reglerne, så løftet holder, eller indsnævr garantien"
        ),
    };
    if let Some(found) = look(model, statements, &promise, budget)? {
        return Ok(found);
    }
    let message = text!(
        en: "the guarantee `{name}` promises nothing: no citizen meets its `når`",
        da: "garantien `{name}` lover intet: ingen borger opfylder dens `når`"
    );
    let mut diagnostic = Diagnostic::new(NAME, Severity::Warning, message)
        .label(guarantee.span, text!(en: "for nobody", da: "for ingen"))
        .help(text!(
            en: "correct its `når`, or look at the assumptions and the days that are looked at",
            da: "ret dens `når`, eller se på antagelserne og den periode, der ses på"
        ));
    diagnostic.module = place_name(model, statements);
    Ok(vec![Found::Told(Box::new(diagnostic))])
}
