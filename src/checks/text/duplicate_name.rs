//! A name given twice; raised where names are entered.

use crate::checks::Card;
use crate::ground::{Severity, text};

const NAME: &str = "duplicate-name";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "dobbelt-navn",
        severity: Severity::Error,
        about: text!(
            en: "a name that is given twice",
            da: "et navn, der er givet to gange"
        ),
        explanation: text!(
            en: "Two things have the same name where a name must mean one thing: facts, concepts and terms; \
                 supports and kinds; modules; departments of a municipality; rules of a module; rows of a \
                 table; values of a list; paragraphs of a source. The first counts.",
            da: "To ting har samme navn, hvor et navn skal betyde én ting: oplysninger, begreber og vilkår; \
                 støtter og arter; moduler; en kommunes afdelinger; et moduls regler; en tabels rækker; en \
                 listes værdier; en kildes paragraffer. Den første gælder."
        ),
        definition: text!(
            en: "Two declarations of one space have the same name: facts, concepts, terms and rates; \
                 supports, arts, tasks and steps; modules; units; departments of a municipality; \
                 rules of a module; rows of a table; values of a list; paragraphs of a source.",
            da: "To definitioner i samme rum har samme navn: oplysninger, begreber, vilkår og satser; \
                 støtter, arter, opgaver og sagsskridt; moduler; enheder; en kommunes afdelinger; et \
                 moduls regler; en tabels rækker; en listes værdier; en kildes paragraffer."
        ),
        sections: "1",
        reason: text!(
            en: "Rules are cited by their names, in decisions and by each other. A name for two things points at \
                 neither.",
            da: "Regler nævnes ved navn, i afgørelser og af hinanden. Et navn på to ting peger på ingen af dem."
        ),
        example: include_str!("../examples/duplicate-name.md"),
    }
}
