//! A rule that says nothing; raised where rules and tables are resolved.

use crate::checks::Card;
use crate::ground::{Severity, text};

const NAME: &str = "empty-rule";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "tom-regel",
        severity: Severity::Error,
        about: text!(
            en: "a rule or row that says nothing",
            da: "en regel eller en række, der ikke siger noget"
        ),
        explanation: text!(
            en: "A rule has no effect, or a row has a grade or terms but names no støtte. Whoever wrote it meant to say \
                 something, and nobody is told. A row with a støtte and an empty grade is silent on purpose and is no \
                 mistake.",
            da: "En regel har ingen virkning, eller en række har en grad eller vilkår, men nævner ingen støtte. Den, der \
                 skrev den, ville sige noget, og ingen får det at vide. En række med en støtte og en tom grad er tavs \
                 med vilje og er ingen fejl."
        ),
        definition: text!(
            en: "A regel has no effect, or a row has a grade or terms and names no støtte or opgave.",
            da: "En regel har ingen virkning, eller en række har en grad eller vilkår og nævner ingen \
                 støtte eller opgave."
        ),
        sections: "2",
        reason: text!(
            en: "A provision that decides nothing looks as if it did. What was meant is missing.",
            da: "En bestemmelse, der intet afgør, ser ud, som om den gjorde det. Det, der var meningen, mangler."
        ),
        example: include_str!("../examples/empty-rule.md"),
    }
}
