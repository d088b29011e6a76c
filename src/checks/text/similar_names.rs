//! Two words that are almost the same; raised where names are resolved.

use crate::checks::Card;
use crate::ground::{Severity, text};

const NAME: &str = "similar-names";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "lignende-navne",
        severity: Severity::Warning,
        about: text!(
            en: "two declared words that are almost the same",
            da: "to definerede ord, der er næsten ens"
        ),
        explanation: text!(
            en: "Two words of the same sort differ by a hyphen, an ending, a letter or two letters exchanged, or one is \
                 the other with a word added (supports, units, departments). A reader takes them for each other, and a \
                 rule on the one does not reach the other. The same holds of the values of one list, but two forms of one word \
                 may be two values. Numbered names are no slip, and supports between which a \
                 relation is declared are known to be two.",
            da: "To ord af samme slags afviger ved en bindestreg, en endelse, et bogstav eller to ombyttede bogstaver, \
                 eller det ene er det andet med et ord til (støtter, enheder, afdelinger). En læser forveksler dem, og en \
                 regel om det ene når ikke det andet. Det samme gælder værdierne i én liste, men to former af ét ord \
                 kan være to værdier. Nummererede navne er ingen fejl, og støtter, mellem hvilke et \
                 forhold er angivet, er kendt som to."
        ),
        definition: text!(
            en: "Two declared words of one sort begin or end alike and are equal but for hyphens, or \
                 have as many parts and differ in one by a slip (an ending, a letter or two); or, of \
                 støtter, enheder and afdelinger, one is the other with a first or last part more. \
                 Two values of one list the same way, but not two forms of one word. Not two støtter \
                 with a relation between them.",
            da: "To definerede ord af én slags begynder eller ender ens og er ens bortset fra \
                 bindestreger, eller har lige mange led og afviger i ét ved en slåfejl (en endelse, \
                 et bogstav eller to); eller, om støtter, enheder og afdelinger, det ene er det andet \
                 med et led mere forrest eller bagest. To værdier i én liste på samme måde, dog ikke \
                 to former af ét ord. Ikke to støtter, mellem hvilke et forhold er skrevet."
        ),
        sections: "6",
        reason: text!(
            en: "Two words for one thing, or one word too near another: a rule on the first does not reach those \
                 who were meant by the second.",
            da: "To ord for én ting, eller et ord for tæt på et andet: en regel om det første når ikke dem, der var \
                 ment med det andet."
        ),
        example: include_str!("../examples/similar-names.md"),
    }
}
