//! What is told of a file that is no saved version, or a damaged one.

use super::VERSION;
use crate::files::shown;
use crate::snapshots::ENDING;
use hjemmel::Text;
use serde_json::error::Category;
use std::path::Path;

/// Whether a path is a snapshot's, which is there to be read by people.
pub(super) fn for_people(path: &Path) -> Option<Text> {
    let name = shown(path);
    name.ends_with(ENDING).then(|| Text {
        en: format!(
            "`{name}` is a snapshot for people and holds no rules: `hjemmel snapshot --check` compares the policies with it; what `diff` can read is saved by `hjemmel snapshot --save FILE`"
        ),
        da: format!(
            "`{name}` er et aftryk til mennesker og rummer ingen regler: `hjemmel snapshot --check` sammenligner reglerne med det; det, `diff` kan læse, gemmes af `hjemmel snapshot --save FIL`"
        ),
    })
}

pub(super) fn neither(name: &str) -> Text {
    Text {
        en: format!(
            "`{name}` is neither a policy (`.hjemmel`, `.hjemmel.md`) nor a version that `hjemmel snapshot --save` wrote"
        ),
        da: format!(
            "`{name}` er hverken en regelfil (`.hjemmel`, `.hjemmel.md`) eller en version, som `hjemmel snapshot --save` har skrevet"
        ),
    }
}

pub(super) fn no_json(name: &str, error: &serde_json::Error) -> Text {
    let (line, column) = (error.line(), error.column());
    let advice = Text {
        en: "fetch the file again from where it was saved".to_owned(),
        da: "hent filen igen derfra, hvor den blev gemt".to_owned(),
    };
    match error.classify() {
        Category::Eof => Text {
            en: format!(
                "{name}:{line}:{column}: the saved version is incomplete and ends here: {}",
                advice.en
            ),
            da: format!(
                "{name}:{line}:{column}: den gemte version er ufuldstændig og slutter her: {}",
                advice.da
            ),
        },
        _ => Text {
            en: format!("{name}:{line}:{column}: this is no JSON, so no saved version: {}", advice.en),
            da: format!(
                "{name}:{line}:{column}: dette er ikke JSON, altså ingen gemt version: {}",
                advice.da
            ),
        },
    }
}

pub(super) fn newer(name: &str, line: usize, version: u64) -> Text {
    Text {
        en: format!(
            "{name}:{line}: the version was saved by a newer hjemmel (`format_version` {version}, and this program reads {VERSION}): update hjemmel"
        ),
        da: format!(
            "{name}:{line}: versionen er gemt af en nyere hjemmel (`format_version` {version}, og dette program læser {VERSION}): opdatér hjemmel"
        ),
    }
}

pub(super) fn changed(name: &str, line: usize, policy: Option<&str>) -> Text {
    let (en, da) = match policy {
        Some(policy) => {
            (format!("`{policy}` in this saved version"), format!("`{policy}` i denne gemte version"))
        }
        None => ("this saved version".to_owned(), "denne gemte version".to_owned()),
    };
    Text {
        en: format!(
            "{name}:{line}: {en} was changed after it was saved, or damaged: fetch the file again, or save the version anew with `hjemmel snapshot --save`"
        ),
        da: format!(
            "{name}:{line}: {da} er rettet, efter at den blev gemt, eller beskadiget: hent filen igen, eller gem versionen på ny med `hjemmel snapshot --save`"
        ),
    }
}
