//! The keys of `hjemmel.toml`.

use crate::nearest::nearest;
use hjemmel::Text;

/// A key, and a line that sets it.
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) example: &'static str,
}

const fn key(name: &'static str, example: &'static str) -> Key {
    Key { name, example }
}

/// The keys at the top, in the order in which they are told.
pub(super) const TOP: [Key; 8] = [
    key("edition", "edition = 1"),
    key("language", "language = \"da\""),
    key("window", "window = \"2015-01-01..2019-12-31\""),
    key("reference_date", "reference_date = \"2026-01-01\""),
    key("fail_on", "fail_on = \"warning\""),
    key("paths", "paths.exclude = [\"kladder\"]"),
    key("severity", "severity.above-law = \"off\""),
    key("approval", "approval.narrowed = \"jurist\""),
];

/// Those of `[paths]`.
pub(super) const PATHS: [Key; 2] = [
    key("include", "include = [\"kommuner\", \"lov/*.hjemmel\"]"),
    key("exclude", "exclude = [\"kladder\"]"),
];

/// Those of `[approval]`: what a change is for the citizens it is about, the worst first.
pub(super) const APPROVAL: [Key; 7] = [
    key("narrowed", "narrowed = \"jurist\""),
    key("gone", "gone = \"jurist\""),
    key("mixed", "mixed = [\"jurist\", \"økonomi\"]"),
    key("terms", "terms = \"jurist\""),
    key("widened", "widened = \"økonomi\""),
    key("new", "new = \"økonomi\""),
    key("basis", "basis = \"jurist\""),
];

/// The level of one check.
pub(super) const LEVEL: Key = key("severity", "gap = \"warning\"");

/// The levels of some checks in some files.
pub(super) const SOMEWHERE: Key = key("severity", "[severity.\"kommuner/slagelse/**\"]");

/// What is written for a key by those who know other words for it.
const OTHER_WORDS: [(&str, &str); 15] = [
    ("udgave", "edition"),
    ("sprog", "language"),
    ("lang", "language"),
    ("vindue", "window"),
    ("periode", "window"),
    ("dato", "reference_date"),
    ("fail-on", "fail_on"),
    ("stier", "paths"),
    ("alvor", "severity"),
    ("rules", "severity"),
    ("checks", "severity"),
    ("overrides", "severity"),
    ("ignore", "paths.exclude"),
    ("exclude", "paths.exclude"),
    ("godkendelse", "approval"),
];

/// A key that is none, and which one was meant.
pub(super) fn unknown(at: &str, key: &str, table: &str, keys: &[Key]) -> Text {
    let other =
        OTHER_WORDS.iter().find(|(word, _)| table.is_empty() && *word == key).map(|(_, meant)| *meant);
    let near = other.or_else(|| nearest(key, keys.iter().map(|key| key.name)));
    if let Some(near) = near {
        return Text {
            en: format!("{at}: unknown key `{key}`, did you mean `{near}`?"),
            da: format!("{at}: ukendt nøgle `{key}`, mente du `{near}`?"),
        };
    }
    let all: Vec<String> = keys.iter().map(|key| format!("`{table}{}`", key.name)).collect();
    let all = all.join(", ");
    Text {
        en: format!("{at}: unknown key `{table}{key}`; the keys are {all}"),
        da: format!("{at}: ukendt nøgle `{table}{key}`; nøglerne er {all}"),
    }
}
