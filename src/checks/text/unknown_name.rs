//! A word nobody declared; raised where names are resolved.

use crate::checks::Card;
use crate::ground::{Severity, text};

const NAME: &str = "unknown-name";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "ukendt-navn",
        severity: Severity::Error,
        about: text!(
            en: "a word that nothing in the workspace declares",
            da: "et ord, som intet i samlingen definerer"
        ),
        explanation: text!(
            en: "A rule, table, condition or header uses a word that is not declared, or that names something \
                 of another sort: a begreb where a støtte must stand. Correct the word or declare it. Words of \
                 a municipality, its departments and rules, are unknown in other municipalities.",
            da: "En regel, en tabel, en betingelse eller et hoved bruger et ord, der ikke er defineret, eller \
                 som betegner noget af en anden slags: et begreb, hvor der skal stå en støtte. Ret ordet, \
                 eller definér det. En kommunes egne ord, dens afdelinger og regler, er ukendte i andre \
                 kommuner."
        ),
        definition: text!(
            en: "A word stands where a declared word of some sort is wanted, and no declaration that \
                 is heard there has that name and that sort.",
            da: "Et ord står, hvor der skal stå et defineret ord af en bestemt slags, og ingen \
                 definition, der gælder dér, har det navn og den slags."
        ),
        sections: "6",
        reason: text!(
            en: "A word that nothing declares may be a slip for another. Nobody can decide by it, and what the rule \
                 would have said is left out.",
            da: "Et ord, der intet sted er fastlagt, kan være en fejlskrift for et andet. Ingen kan afgøre noget \
                 efter det, og det, reglen ville have sagt, er udeladt."
        ),
        example: include_str!("../examples/unknown-name.md"),
    }
}
