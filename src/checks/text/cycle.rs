//! Things defined by themselves; raised where dependencies are ordered.

use crate::checks::Card;
use crate::ground::{Severity, text};

const NAME: &str = "cycle";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "ring",
        severity: Severity::Error,
        about: text!(
            en: "things that are defined by themselves",
            da: "noget, der er defineret ved sig selv"
        ),
        explanation: text!(
            en: "Concepts that use each other, kinds below each other, or rules that are exceptions from each \
                 other go round in a loop, and none of them means anything. The labels draw the loop in order: \
                 cut it anywhere.",
            da: "Begreber, der bruger hinanden, arter, der ligger under hinanden, eller regler, der er \
                 undtagelser fra hinanden, går i ring, og ingen af dem betyder noget. Mærkerne tegner ringen i \
                 rækkefølge: bryd den ét sted."
        ),
        definition: text!(
            en: "A begreb is used in its own meaning, an art lies below itself, a rule is an \
                 exception from itself, or a decision in one place rests on itself, directly or \
                 through others.",
            da: "Et begreb indgår i sin egen betydning, en art ligger under sig selv, en regel er \
                 undtagelse fra sig selv, eller en afgørelse ét sted hviler på sig selv, direkte \
                 eller gennem andre."
        ),
        sections: "2, 5",
        reason: text!(
            en: "A rule whose meaning rests on itself has none, and nothing can be decided by it.",
            da: "En regel, hvis mening hviler på den selv, har ingen, og intet kan afgøres efter den."
        ),
        example: include_str!("../examples/cycle.md"),
    }
}
