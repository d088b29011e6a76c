//! Rules that belong to nobody; raised where headers are read.

use crate::checks::Card;
use crate::ground::{Severity, text};

const NAME: &str = "unclear-header";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "uklart-hoved",
        severity: Severity::Error,
        about: text!(
            en: "rules in a file that does not say whose they are",
            da: "regler i en fil, der ikke siger, hvis de er"
        ),
        explanation: text!(
            en: "Rules, tables and departments belong to the lov or kommune whose header begins their file. \
                 Without a header, below a kilde, which is only cited, or with two headers it is unclear who \
                 speaks. Rules without an owner are not checked. A region that names no municipality, and an institution \
                 that names none or two, speak in no known place.",
            da: "Regler, tabeller og afdelinger hører til den lov eller kommune, hvis hoved begynder filen. \
                 Uden et hoved, under en kilde, som kun citeres, eller med to hoveder er det uklart, hvem der \
                 taler. Regler uden ejer kontrolleres ikke. En region, der ikke nævner nogen kommune, og en \
                 institution, der ingen nævner eller to, gælder intet kendt sted."
        ),
        definition: text!(
            en: "Rules, tables or departments stand in a file with no header, with two, or with one \
                 that has no say; a region names no municipality; an institution names none or more \
                 than one.",
            da: "Regler, tabeller eller afdelinger står i en fil uden hoved, med to eller med et, der \
                 intet har at sige; en region nævner ingen kommune; en institution nævner ingen eller \
                 mere end én."
        ),
        sections: "3",
        reason: text!(
            en: "A rule binds because of who made it: a law, a municipality, a trial. Without a sender it has no \
                 rank and binds nobody.",
            da: "En regel binder i kraft af, hvem der har fastsat den: en lov, en kommune, et forsøg. Uden afsender \
                 har den ingen rang og binder ingen."
        ),
        example: include_str!("../examples/unclear-header.md"),
    }
}
