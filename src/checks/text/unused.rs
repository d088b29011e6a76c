//! A word nothing uses; raised where names are resolved.

use crate::checks::Card;
use crate::ground::{Severity, text};

const NAME: &str = "unused";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "ubrugt",
        severity: Severity::Note,
        about: text!(
            en: "a word that is declared and that nothing uses",
            da: "et ord, der er defineret, og som intet bruger"
        ),
        explanation: text!(
            en: "A fact, concept, kind, støtte, term, sats, opgave, sagsskridt, unit or department is declared, and no \
                 rule, condition or promise names it. A støtte is used where a rule speaks of an art above it. Take the \
                 word out, or use it where it was meant: often another word stands there that is spelt almost alike. \
                 Nothing is told while something in the policies cannot be read.",
            da: "En oplysning, et begreb, en art, en støtte, et vilkår, en sats, en opgave, et sagsskridt, en enhed eller \
                 en afdeling er defineret, og ingen regel, betingelse eller garanti nævner ordet. En støtte er brugt, hvor \
                 en regel taler om en art over den. Tag ordet ud, eller brug det, hvor det var ment: ofte står der et \
                 andet ord, som næsten staves ens. Der meldes intet, så længe noget ikke kan læses."
        ),
        definition: text!(
            en: "A declared oplysning, begreb, vilkår, sats, art, støtte, opgave, sagsskridt, enhed \
                 or afdeling is named by nothing but its own declaration; a støtte also by nothing \
                 that speaks of an art above it. Asked only where there is a rule and everything can \
                 be read.",
            da: "En defineret oplysning, et begreb, et vilkår, en sats, en art, en støtte, en opgave, \
                 et sagsskridt, en enhed eller en afdeling er ikke nævnt af andet end sin egen \
                 definition; en støtte heller ikke af noget, der taler om en art over den. Der \
                 spørges kun, hvor der er en regel, og alt kan læses."
        ),
        sections: "6",
        reason: text!(
            en: "A word nobody uses may be what is left of a rule that was forgotten.",
            da: "Et ord, ingen bruger, kan være det, der er tilbage af en regel, som er glemt."
        ),
        example: include_str!("../examples/unused.md"),
    }
}
