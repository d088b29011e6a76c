//! `hjemmel config`: the settings that hold, and where each comes from; the schema for editors.

use crate::args::{ConfigArgs, ConfigCommand, FailOn, ListFormat, ShowArgs};
use crate::config::{Config, EDITION, Glob, Levels, schema};
use crate::exit::{self, Failure};
use crate::files::{self, shown};
use crate::language::{self, Origin};
use anstream::ColorChoice;
use clap::ValueEnum;
use hjemmel::{Lang, Text, Window, iso_date};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write;

/// `docs/config.md` describes the page of this version.
const FORMAT_VERSION: u32 = 1;

pub(crate) fn run(args: &ConfigArgs, lang: Option<Lang>) -> Result<u8, Failure> {
    match &args.command {
        ConfigCommand::Show(args) => show(args, lang),
        ConfigCommand::Schema => {
            super::print(&schema(), ColorChoice::Never)?;
            Ok(exit::CLEAN)
        }
    }
}

/// One setting: its key, its value, where that comes from.
struct Setting {
    key: String,
    /// what it is only about
    files: Option<String>,
    /// nothing where it is not set and there is no fixed value
    value: Option<Value>,
    /// what holds instead
    instead: Text,
    from: Origin,
    /// how many files a pattern names
    named: Option<usize>,
}

fn show(args: &ShowArgs, lang: Option<Lang>) -> Result<u8, Failure> {
    let config = Config::find(std::slice::from_ref(&args.path))?;
    let (spoken, _) = language::chosen(lang, &config);
    let settings = settings(args, lang, &config);
    let page = match args.format {
        ListFormat::Human => page(&settings, &config, spoken),
        ListFormat::Json => json_page(&settings, &config),
    };
    super::print(&page, ColorChoice::Never)?;
    Ok(exit::CLEAN)
}

fn settings(args: &ShowArgs, lang: Option<Lang>, config: &Config) -> Vec<Setting> {
    let one =
        |key: &'static str, flag: Option<Value>, set: Option<Value>, other: Option<Value>, instead: Text| {
            let from = if flag.is_some() {
                Origin::Flag(format!("--{}", key.replace('_', "-")))
            } else {
                set.as_ref().map_or(Origin::Default, |_| config.origin(key))
            };
            Setting {
                key: key.to_owned(),
                files: None,
                value: flag.or(set).or(other),
                instead,
                from,
                named: None,
            }
        };
    let nothing = || Text::same("");
    let day = |day| Value::from(iso_date(day));
    let window = |window: Window| Value::from(format!("{}..{}", iso_date(window.from), iso_date(window.to)));
    let level =
        |level: FailOn| level.to_possible_value().map_or(Value::Null, |value| Value::from(value.get_name()));
    let (spoken, from) = language::chosen(lang, config);
    let spoken = if spoken == Lang::Da { "da" } else { "en" };
    let mut all = vec![
        one(
            "edition",
            None,
            config.lines.get("edition").map(|_| EDITION.into()),
            Some(EDITION.into()),
            nothing(),
        ),
        Setting { from, ..one("language", None, None, Some(spoken.into()), nothing()) },
        one(
            "window",
            args.window.map(window),
            config.window.map(window),
            None,
            Text {
                en: "the years of the policies' dates".to_owned(),
                da: "de år, reglernes datoer ligger i".to_owned(),
            },
        ),
        one(
            "reference_date",
            args.reference_date.map(day),
            config.reference_date.map(day),
            None,
            Text { en: "none: nothing has ended".to_owned(), da: "ingen: intet er udløbet".to_owned() },
        ),
        one(
            "fail_on",
            args.fail_on.map(level),
            config.fail_on.map(level),
            Some(level(FailOn::Error)),
            nothing(),
        ),
    ];
    let places = places(args, config);
    let named = |glob: &Glob| Some(places.iter().filter(|place| glob.holds(place)).count());
    for (key, globs, da, en) in [
        ("paths.include", &config.paths.include, "alle", "all"),
        ("paths.exclude", &config.paths.exclude, "ingen", "none"),
    ] {
        if globs.is_empty() {
            all.push(Setting {
                key: key.to_owned(),
                ..one("paths", None, None, None, Text { en: en.to_owned(), da: da.to_owned() })
            });
        }
        all.extend(globs.iter().map(|glob| Setting {
            key: key.to_owned(),
            files: None,
            value: Some(glob.text.clone().into()),
            instead: nothing(),
            from: config.at(glob.line),
            named: named(glob),
        }));
    }
    let level = |files: Option<&Glob>, levels: &Levels, all: &mut Vec<Setting>| {
        all.extend(levels.iter().map(|(check, (level, line))| Setting {
            key: format!("severity.{check}"),
            files: files.map(|glob| glob.text.clone()),
            value: Some(level.name().into()),
            instead: nothing(),
            from: config.at(*line),
            named: files.and_then(named),
        }));
    };
    all.extend(config.approval.set.iter().map(|(class, (roles, line))| Setting {
        key: format!("approval.{class}"),
        files: None,
        value: Some(roles.join(", ").into()),
        instead: nothing(),
        from: config.at(*line),
        named: None,
    }));
    level(None, &config.severities.everywhere, &mut all);
    for (glob, levels) in &config.severities.somewhere {
        level(Some(glob), levels, &mut all);
    }
    all
}

/// The path of every policy below the folder, from there.
fn places(args: &ShowArgs, config: &Config) -> Vec<String> {
    let Some(folder) = &config.folder else { return Vec::new() };
    let (top, mut found) = (files::as_given(folder, &args.path), BTreeMap::new());
    files::find(&top, &mut found, &mut Vec::new(), None);
    found.values().map(|path| shown(path.strip_prefix(&top).unwrap_or(path))).collect()
}

fn page(settings: &[Setting], config: &Config, lang: Lang) -> String {
    let none = Text {
        en: "no hjemmel.toml here or above".to_owned(),
        da: "ingen hjemmel.toml her eller ovenover".to_owned(),
    };
    let file = config.file.clone().unwrap_or_else(|| none.get(lang).to_owned());
    let rows: Vec<[String; 3]> = settings.iter().map(|setting| row(setting, lang)).collect();
    let wide = |at: usize| rows.iter().map(|row| row[at].chars().count()).max().unwrap_or(0);
    let (keys, values) = (wide(0), wide(1));
    let mut page = format!("{file}\n\n");
    let mut about = None;
    for (setting, [key, value, from]) in settings.iter().zip(&rows) {
        if let Some(files) = setting.files.as_ref().filter(|files| Some(*files) != about) {
            let named = setting.named.map_or(String::new(), |named| format!(" ({})", count(named, lang)));
            let words = Text { en: "in".to_owned(), da: "i".to_owned() };
            let _ = writeln!(page, "{} {files}{named}", words.get(lang));
            about = Some(files);
        }
        let _ = writeln!(page, "{key:keys$}  {value:values$}  {from}");
    }
    page
}

fn row(setting: &Setting, lang: Lang) -> [String; 3] {
    let value = match &setting.value {
        None => setting.instead.get(lang).to_owned(),
        Some(Value::String(word)) => word.clone(),
        Some(other) => other.to_string(),
    };
    let mut from = setting.from.in_words(lang);
    if let Some(named) = setting.named.filter(|_| setting.files.is_none()) {
        let _ = write!(from, " ({})", count(named, lang));
    }
    let deeper = if setting.files.is_some() { "  " } else { "" };
    [format!("{deeper}{}", setting.key), value, from]
}

fn count(files: usize, lang: Lang) -> String {
    let words = match files {
        0 => Text { en: "no file".to_owned(), da: "ingen fil".to_owned() },
        1 => Text { en: "1 file".to_owned(), da: "1 fil".to_owned() },
        many => Text { en: format!("{many} files"), da: format!("{many} filer") },
    };
    words.get(lang).to_owned()
}

fn json_page(settings: &[Setting], config: &Config) -> String {
    let one = |setting: &Setting| {
        let from = match &setting.from {
            Origin::Default => json!({ "kind": "default" }),
            Origin::File { name, line } => json!({ "kind": "file", "name": name, "line": line }),
            Origin::Flag(name) => json!({ "kind": "flag", "name": name }),
            Origin::Environment(name) => json!({ "kind": "environment", "name": name }),
        };
        json!({
            "key": setting.key,
            "in": setting.files,
            "value": setting.value,
            "from": from,
            "files": setting.named,
        })
    };
    let settings: Vec<Value> = settings.iter().map(one).collect();
    let page = json!({ "format_version": FORMAT_VERSION, "file": config.file, "settings": settings });
    format!("{page:#}\n")
}
