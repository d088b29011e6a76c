//! An example that comes out otherwise.

use super::claim_words::{Promise, look, place_name};
use super::{Card, tasks::Found};
use crate::diagram::NotProven;
use crate::ground::{Diagnostic, Severity, text};
use crate::model::{Example, Model};
use crate::verdict::Statements;

pub(super) const NAME: &str = "failed-example";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "fejlet-eksempel",
        severity: Severity::Error,
        about: text!(
            en: "an example that is decided otherwise",
            da: "et eksempel, der afgøres anderledes"
        ),
        explanation: text!(
            en: "An `eksempel` says what is decided for citizens of whom these facts are given. It holds if it holds \
                 whatever is true of the facts it leaves out, so far as the assumptions leave them open. One finding for each \
                 `så` and each bound of a `med` (with `netop` just these values), with those citizens for whom it comes out otherwise, what is decided \
                 for one of them, and the rules that rests on. Where the rules contradict each other nothing is \
                 decided. Of a task or a step (`så skal udføre handleplan`) a claim holds of everything a rule with the same words would \
                 speak of: the task and each støtte inside which rules tell it apart, or those `ved` names. An example that is given what no citizen can be shows nothing and fails as well.",
            da: "Et `eksempel` siger, hvad der afgøres for borgere, om hvem disse oplysninger er givet. Det holder, hvis \
                 det holder, uanset hvad der gælder om de oplysninger, det ikke nævner, så vidt antagelserne lader dem \
                 stå åbne. Ét fund for hvert `så` og hver grænse i et `med` (med `netop` netop de værdier), med de borgere, for hvem det bliver \
                 anderledes, det, der er afgjort for en af dem, og de regler, det hviler på. Hvor reglerne modsiger \
                 hinanden, er intet afgjort. Om en opgave eller et sagsskridt (`så skal udføre handleplan`) gælder en påstand alt det, en \
                 regel med de samme ord ville tale om: opgaven og hver støtte, som reglerne nævner den ved, eller dem, `ved` nævner. Et eksempel om en borger, der ikke kan findes, viser intet og fejler også."
        ),
        definition: text!(
            en: "A claim of the example fails for some citizen the assumptions allow who is as its \
                 `givet` says, whatever is open; or there is no such citizen.",
            da: "En påstand i eksemplet svigter for en borger, som antagelserne tillader, og som er, \
                 som `givet` siger, hvad der end er åbent; eller der er ingen sådan borger."
        ),
        sections: "9",
        reason: text!(
            en: "An example is what the authors agreed on. When a change of the rules breaks it, either the rules \
                 or the agreement has changed, and somebody should say which.",
            da: "Et eksempel er det, man blev enige om. Når en ændring af reglerne bryder det, er enten reglerne \
                 eller enigheden ændret, og nogen bør sige hvilken."
        ),
        example: include_str!("examples/failed-example.md"),
    }
}

/// Looks at one example, in its place.
pub(crate) fn find(
    model: &Model,
    statements: &Statements,
    example: &Example,
    budget: u64,
) -> Result<Vec<Found>, NotProven> {
    let title = &example.title;
    let promise = Promise {
        check: NAME,
        name: title,
        given: &example.given,
        claims: &example.claims,
        fails: text!(en: "the example \"{title}\" fails", da: "eksemplet \"{title}\" holder ikke"),
        label: text!(en: "expected here", da: "ventet her"),
        help: text!(
            en: "correct the rules, or what the example expects",
            da: "ret reglerne, eller det, eksemplet venter"
        ),
    };
    if let Some(found) = look(model, statements, &promise, budget)? {
        return Ok(found);
    }
    let message = text!(
        en: "the example \"{title}\" shows nothing: there can be no such citizen",
        da: "eksemplet \"{title}\" viser intet: sådan en borger kan ikke findes"
    );
    let mut diagnostic = Diagnostic::new(NAME, Severity::Error, message)
        .label(example.span, text!(en: "of nobody", da: "om ingen"))
        .help(text!(
            en: "correct what is `givet`, or look at the assumptions and the days that are looked at",
            da: "ret det, der er `givet`, eller se på antagelserne og den periode, der ses på"
        ));
    diagnostic.module = place_name(model, statements);
    Ok(vec![Found::Told(Box::new(diagnostic))])
}
