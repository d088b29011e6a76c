//! The reader of `hjemmel.toml`, and the schema that editors know it by: each takes what the other takes.

use super::schema::schema;
use super::{Config, Level, read};
use hjemmel::Severity;
use serde_json::Value;
use std::fs;
use std::path::Path;

fn problems(text: &str) -> Vec<String> {
    match read::read("h.toml", text) {
        Ok(_) => Vec::new(),
        Err(failure) => failure.reasons.into_iter().map(|reason| reason.en).collect(),
    }
}

fn config(text: &str) -> Config {
    read::read("h.toml", text).unwrap()
}

#[test]
fn a_whole_file_is_read() {
    let text = "\u{feff}edition = 1\r\nlanguage = \"da\"\r\nwindow = \"2015-01-01..2019-12-31\"\r\nreference_date = 2026-01-01\r\n\
                fail_on = \"never\"\r\n[paths]\r\nexclude = [\"kladder\"]\r\n[severity]\r\nhul = \"note\"\r\n";
    let config = config(text);
    assert_eq!(config.lines["fail_on"], 5);
    assert!(!config.paths.hold("kladder/a.hjemmel") && config.paths.hold("a.hjemmel"));
    assert_eq!(config.severities.everywhere["gap"], (Level::Told(Severity::Note), 9));
    assert!(config.reference_date.is_some() && config.window.is_some());
}

#[test]
fn what_is_gone_is_narrowed_and_what_is_new_is_widened_where_nothing_else_is_said() {
    use hjemmel::ChangeClass;
    let few = config("[approval]\nnarrowed = \"jurist\"\nwidened = [\"økonomi\", \"leder\"]\n").approval;
    assert_eq!(few.roles(ChangeClass::Gone), ["jurist"]);
    assert_eq!(few.roles(ChangeClass::New), ["leder", "økonomi"]);
    assert_eq!(few.roles(ChangeClass::Mixed), ["jurist", "leder", "økonomi"]);
    assert_eq!(few.roles(ChangeClass::Basis), [""; 0]);
    let all = config("[approval]\ngone = \"byråd\"\nmixed = \"leder\"\nnarrowed = \"jurist\"\n").approval;
    assert_eq!(all.roles(ChangeClass::Gone), ["byråd"]);
    assert_eq!(all.roles(ChangeClass::Mixed), ["leder"]);
    assert_eq!(all.all_roles(), ["byråd", "jurist", "leder"]);
}

#[test]
fn the_narrower_path_wins_and_then_the_graver_level() {
    let text = "[severity]\ngap = \"note\"\n[severity.\"kommuner/**\"]\nhul = \"off\"\n[severity.\"kommuner/a\"]\ngap = \"error\"\n\
                [severity.\"*/b\"]\ngap = \"off\"\n[severity.\"b/*\"]\ngap = \"warning\"\n[severity.\"*/c\"]\noverlap = \"off\"\n";
    let severities = config(text).severities;
    let of = |place: &str| severities.of("gap", Some(place)).map(Level::name);
    assert_eq!(of("lov.hjemmel"), Some("note"));
    assert_eq!(of("kommuner/b.hjemmel"), Some("off"));
    assert_eq!(of("kommuner/a/b.hjemmel"), Some("error"));
    assert_eq!(of("b/b"), Some("warning"));
    assert_eq!(of("x/c"), Some("note"));
    assert_eq!(severities.of("gap", None).map(Level::name), Some("note"));
    assert_eq!(severities.of("undercut", Some("a")), None);
}

#[test]
fn a_check_is_off_everywhere_where_no_path_turns_it_on() {
    let off = |text: &str| config(text).severities.off_everywhere().collect::<Vec<_>>();
    assert_eq!(off("[severity]\ngap = \"off\"\n[severity.a]\ngap = \"off\""), ["gap"]);
    assert_eq!(off("[severity]\ngap = \"off\"\n[severity.a]\ngap = \"note\""), [""; 0]);
    assert_eq!(off("[severity.a]\ngap = \"off\""), [""; 0]);
}

/// Texts, and where each is refused: a line number and a word of what is said.
const REFUSED: [(&str, &str); 32] = [
    ("[approval]\nsmaller = \"jurist\"", "h.toml:2: unknown key `approval.smaller`"),
    (
        "approval.narrowed = 1",
        "h.toml:1: `narrowed` cannot be `1`; write for example `narrowed = \"jurist\"`",
    ),
    ("approval = \"jurist\"", "h.toml:1: `approval` cannot be `\"jurist\"`"),
    ("udgave = 1", "h.toml:1: unknown key `udgave`, did you mean `edition`?"),
    ("edition = 2", "h.toml:1: `edition` cannot be `2`; write for example `edition = 1`"),
    ("edition = \"1\"", "h.toml:1: `edition` cannot be `\"1\"`"),
    ("\n\nlanguge = \"da\"", "h.toml:3: unknown key `languge`, did you mean `language`?"),
    (
        "language = \"dansk\"",
        "h.toml:1: `language` cannot be `\"dansk\"`; write for example `language = \"da\"`",
    ),
    ("language = [\n\"da\"]", "h.toml:1: `language` cannot be `[ …`"),
    ("window = 2015", "h.toml:1: `window` cannot be `2015`"),
    ("window = \"2015\"", "h.toml:1: `window` cannot be"),
    ("window = {from=2015-01-01}", "h.toml:1: `window` cannot be"),
    ("reference_date = 2015", "h.toml:1: `reference_date` cannot be"),
    ("reference_date = \"1. maj 2015\"", "h.toml:1: `reference_date` cannot be"),
    ("reference_date = 2015-01-01T10:00:00", "h.toml:1: `reference_date` cannot be"),
    (
        "fail_on = \"warnings\"",
        "h.toml:1: `fail_on` cannot be `\"warnings\"`; write for example `fail_on = \"warning\"`",
    ),
    ("fail_on = true", "h.toml:1: `fail_on` cannot be `true`"),
    ("fail-on = \"error\"", "h.toml:1: unknown key `fail-on`, did you mean `fail_on`?"),
    ("paths = \"a\"", "h.toml:1: `paths` cannot be"),
    ("[paths]\nexclud = []", "h.toml:2: unknown key `exclud`, did you mean `exclude`?"),
    (
        "[paths]\nfarve = []",
        "h.toml:2: unknown key `paths.farve`; the keys are `paths.include`, `paths.exclude`",
    ),
    (
        "[paths]\nexclude = \"a\"",
        "h.toml:2: `exclude` cannot be `\"a\"`; write for example `exclude = [\"kladder\"]`",
    ),
    ("paths.exclude = [\n\"a\",\n7]", "h.toml:3: `exclude` cannot be `7`"),
    ("paths.include = [\"a\\\\b\"]", "h.toml:1: `a\\b` is no pattern of paths"),
    ("severity = \"off\"", "h.toml:1: `severity` cannot be"),
    ("[severity]\ngaap = \"off\"", "h.toml:2: there is no check `gaap`, did you mean `gap`?"),
    ("[severity]\nGap = \"off\"", "h.toml:2: there is no check `Gap`, did you mean `gap`?"),
    (
        "[severity]\n\"kommuner/a\" = \"off\"",
        "h.toml:2: there is no check `kommuner/a`; `hjemmel checks` lists them",
    ),
    (
        "[severity]\ngap = \"warn\"",
        "h.toml:2: `gap` cannot be `\"warn\"`; write for example `gap = \"warning\"`",
    ),
    ("[severity.\"a/**\"]\nhull = \"off\"", "h.toml:2: there is no check `hull`, did you mean `hul`?"),
    ("[severity]\nundercut = \"off\"", "h.toml:2: `undercut` cannot be `off`: where somebody gets less"),
    (
        "[severity.a]\nsyntax-error = \"warning\"",
        "h.toml:2: `syntax-error` cannot be `warning`: what cannot be read",
    ),
];

/// What only the reader can tell.
const REFUSED_BY_THE_READER: [(&str, &str); 4] = [
    ("window = \"2019-12-31..2015-01-01\"", "h.toml:1: `window` cannot be"),
    ("reference_date = \"2015-02-30\"", "h.toml:1: `reference_date` cannot be"),
    ("paths.include = [\"a[\"]", "h.toml:1: `a[` is no pattern of paths"),
    ("[severity]\ngap = \"off\"\nhul = \"note\"", "h.toml:3: `gap` (`hul`) is set twice, first in line 2"),
];

#[test]
fn what_is_wrong_is_told_with_its_line() {
    for (text, words) in REFUSED.iter().chain(&REFUSED_BY_THE_READER) {
        let problems = problems(text);
        assert!(problems.len() == 1 && problems[0].starts_with(words), "{text}\n{problems:#?}");
    }
}

#[test]
fn everything_that_is_wrong_is_told_in_its_order() {
    let told =
        problems("fail_on = 1\nfarve = 2\n[severity]\nsyntax-error = \"off\"\nx = 1\n[paths]\na = 1\n");
    let lines: Vec<&str> = told.iter().map(|problem| &problem[..9]).collect();
    assert_eq!(lines, ["h.toml:1:", "h.toml:2:", "h.toml:4:", "h.toml:5:", "h.toml:7:"], "{told:#?}");
    let told = problems("language =\nwindow = 1\nwindow = 2\n");
    assert!(
        told.len() == 2 && told[0].starts_with("h.toml:1: ") && told[1].starts_with("h.toml:3: "),
        "{told:#?}"
    );
}

fn taken_by_schema(schema: &jsonschema::Validator, text: &str) -> bool {
    let table: toml::Table = text.parse().unwrap();
    let value: Value = serde_json::to_value(plain(toml::Value::Table(table))).unwrap();
    schema.is_valid(&value)
}

/// As editors give it to a schema: a date is its text.
fn plain(value: toml::Value) -> toml::Value {
    match value {
        toml::Value::Datetime(date) => toml::Value::String(date.to_string()),
        toml::Value::Array(all) => toml::Value::Array(all.into_iter().map(plain).collect()),
        toml::Value::Table(all) => {
            toml::Value::Table(all.into_iter().map(|(key, value)| (key, plain(value))).collect())
        }
        other => other,
    }
}

fn validator() -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(&schema()).unwrap();
    assert!(jsonschema::meta::is_valid(&schema));
    jsonschema::draft202012::new(&schema).unwrap()
}

#[test]
fn the_schema_refuses_what_the_reader_refuses() {
    let schema = validator();
    for (text, _) in REFUSED {
        assert!(!taken_by_schema(&schema, text), "{text}");
    }
    for (text, _) in REFUSED_BY_THE_READER {
        assert!(taken_by_schema(&schema, text), "no editor can know: {text}");
    }
}

/// Every key with every kind of value, alone and two at a time: reader and schema agree.
#[test]
fn reader_and_schema_agree_on_every_pair_of_lines() {
    let keys = ["edition", "language", "window", "reference_date", "fail_on", "paths", "severity", "x"];
    let paths = ["paths.include", "paths.exclude", "paths.x"];
    let checks = ["gap", "hul", "undercut", "under-loven", "syntax-error", "idle-acceptance", "x", "\"a/*\""];
    let values = [
        "1",
        "2",
        "true",
        "1.5",
        "\"da\"",
        "\"en\"",
        "\"off\"",
        "\"note\"",
        "\"warning\"",
        "\"error\"",
        "\"never\"",
        "\"2015-01-01..2019-12-31\"",
        "\"2015-01-01 .. 2019-12-31\"",
        "2015-01-01",
        "\"2015-01-01\"",
        "[]",
        "[1]",
        "[\"a\"]",
        "[\"a/\", \"./b/**\"]",
        "[\"/a\"]",
        "[\"../a\"]",
        "[\"..\"]",
        "[\"...\"]",
        "[\".a\"]",
        "[\".\"]",
        "[\"\"]",
        "[\"a//b\"]",
        "[\"a:b\"]",
        "{}",
        "{ gap = \"note\" }",
        "{ gap = 1 }",
        "{ \"a/**\" = { gap = \"off\" } }",
        "{ \"/a\" = { gap = \"off\" } }",
        "{ \"a/**\" = { undercut = \"off\" } }",
        "{ exclude = [\"a\"] }",
    ];
    let names = keys.iter().chain(&paths).map(|key| (*key).to_owned());
    let names: Vec<String> = names
        .chain(checks.iter().map(|check| format!("severity.{check}")))
        .chain(checks.iter().map(|check| format!("severity.\"a/*\".{check}")))
        .collect();
    let lines: Vec<String> =
        names.iter().flat_map(|name| values.iter().map(move |value| format!("{name} = {value}\n"))).collect();
    let schema = validator();
    let (mut taken, mut refused) = (0, 0);
    let firsts = ["", "edition = 1\n", "fail_on = 1\n", "severity.\"b\".gap = \"off\"\n"];
    for text in lines.iter().flat_map(|line| firsts.iter().map(move |first| format!("{first}{line}"))) {
        if text.parse::<toml::Table>().is_err() {
            continue;
        }
        let problems = problems(&text);
        assert_eq!(problems.is_empty(), taken_by_schema(&schema, &text), "{text}{problems:#?}");
        if problems.is_empty() { taken += 1 } else { refused += 1 }
    }
    assert!(taken > 150 && refused > 1000, "{taken} taken, {refused} refused");
}

#[test]
fn the_schema_in_docs_is_the_programs() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/hjemmel.schema.json");
    if std::env::var_os("HJEMMEL_ACCEPT").is_some() {
        fs::write(&path, schema()).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(written == schema(), "docs/hjemmel.schema.json is old: HJEMMEL_ACCEPT=1 cargo test schema");
}
