//! The words for rules that say nothing although they were meant to.

use super::problems::error;
use crate::ground::{Diagnostic, Span, text};

/// A rule without an effect.
pub(super) fn empty_rule(name: &str, span: Span) -> Diagnostic {
    let message = text!(en: "the rule `{name}` says nothing", da: "reglen `{name}` siger ikke noget");
    error("empty-rule", message)
        .label(span, text!(en: "no grade and no terms", da: "hverken grad eller vilkår"))
        .help(text!(
            en: "write what it says: `kan give …`, `skal give …`, `gælder for …`",
            da: "skriv, hvad den siger: `kan give …`, `skal give …`, `gælder for …`"
        ))
}

/// A row with a grade or terms and an empty `støtte` or `opgave` cell.
pub(super) fn row_about_nothing(name: &str, span: Span, is_about_tasks: bool) -> Diagnostic {
    if is_about_tasks {
        let message =
            text!(en: "the row `{name}` names no opgave", da: "rækken `{name}` nævner ingen opgave");
        return error("empty-rule", message)
            .label(span, text!(en: "about which opgave?", da: "om hvilken opgave?"))
            .help(text!(en: "fill its `opgave` cell", da: "udfyld cellen under `opgave`"));
    }
    let message = text!(en: "the row `{name}` names no støtte", da: "rækken `{name}` nævner ingen støtte");
    error("empty-rule", message)
        .label(span, text!(en: "about which støtte?", da: "om hvilken støtte?"))
        .help(text!(en: "fill its `støtte` cell", da: "udfyld cellen under `støtte`"))
}

/// A table without a `støtte` column.
pub(super) fn table_about_nothing(name: &str, span: Span) -> Diagnostic {
    let message = text!(
        en: "the table `{name}` has no column `støtte`, so its rows say nothing",
        da: "tabellen `{name}` har ingen kolonne `støtte`, så dens rækker siger ikke noget"
    );
    error("empty-rule", message)
        .label(span, text!(en: "about which støtte?", da: "om hvilken støtte?"))
        .help(text!(en: "add a column `støtte`", da: "tilføj en kolonne `støtte`"))
}
