//! `--baseline`: what is known, as a file that reads well in a pull request. It holds no place in a text, no path and no day.

use crate::exit::Failure;
use crate::files::{shown, text};
use hjemmel::{Known, KnownBox, Reach, Text};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The form of the file; another number is another form.
const VERSION: i64 = 1;

const HEAD: &str = "# What `hjemmel check` found and is known: nothing here fails a run, and what reaches further is told as new.\n\
                    # Written by `hjemmel check --baseline FILE --write-baseline`; docs/config.md tells more.\n";

/// Everything that is known, or why it cannot be read.
pub(crate) fn read(path: &Path) -> Result<Vec<Known>, Failure> {
    let name = shown(path);
    if !path.exists() {
        return Err(Failure::from(Text {
            en: format!("`{name}` does not exist; `--write-baseline` makes it"),
            da: format!("`{name}` findes ikke; `--write-baseline` laver den"),
        }));
    }
    let text = text(path, &name)?;
    parse(&name, &text).map_err(|problem| {
        let Text { en, da } = problem;
        Text {
            en: format!("{en}; `--write-baseline` writes it anew"),
            da: format!("{da}; `--write-baseline` skriver den på ny"),
        }
        .into()
    })
}

/// The file's text.
pub(crate) fn written(known: &[Known]) -> String {
    let mut page = format!("{HEAD}version = {VERSION}\n");
    for one in known {
        page.push_str("\n[[known]]\n");
        let named = [
            ("check", Some(&one.check)),
            ("module", one.module.as_ref()),
            ("support", one.support.as_ref()),
            ("about", one.about.as_ref()),
        ];
        for (key, value) in named {
            if let Some(value) = value {
                let _ = writeln!(page, "{key} = {}", quoted(value));
            }
        }
        match &one.reach {
            Reach::Region(boxes) => list(&mut page, "region", boxes.iter().map(box_in_toml)),
            Reach::Rules(rules) => list(&mut page, "rules", rules.iter().map(|rule| quoted(rule))),
            Reach::Message(words, times) => {
                let _ = writeln!(page, "message = {}", quoted(words));
                if *times > 1 {
                    let _ = writeln!(page, "times = {times}");
                }
            }
        }
    }
    page
}

/// One entry a line, so that a line that comes or goes is all that differs.
fn list(page: &mut String, key: &str, entries: impl Iterator<Item = String>) {
    let _ = writeln!(page, "{key} = [");
    for entry in entries {
        let _ = writeln!(page, "    {entry},");
    }
    page.push_str("]\n");
}

fn box_in_toml(known: &KnownBox) -> String {
    let is_bare = |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    let fact = |(name, values): (&String, &Vec<String>)| {
        let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
        let name = if is_bare(name) { name.clone() } else { quoted(name) };
        format!("{name} = [{}]", values.join(", "))
    };
    if known.is_empty() {
        return "{}".to_owned();
    }
    format!("{{ {} }}", known.iter().map(fact).collect::<Vec<_>>().join(", "))
}

/// A basic string, whatever stands in it.
fn quoted(word: &str) -> String {
    let mut text = String::from("\"");
    for letter in word.chars() {
        match letter {
            '"' | '\\' => text.extend(['\\', letter]),
            letter if letter.is_control() => {
                let _ = write!(text, "\\u{:04X}", u32::from(letter));
            }
            letter => text.push(letter),
        }
    }
    text + "\""
}

fn parse(name: &str, text: &str) -> Result<Vec<Known>, Text> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let line = |at: usize| text.get(..at).unwrap_or_default().matches('\n').count() + 1;
    let wrong = |at: usize, what: Text| {
        let (at, Text { en, da }) = (line(at), what);
        Text {
            en: format!("{name}:{at}: this is no baseline: {en}"),
            da: format!("{name}:{at}: dette er ingen baseline: {da}"),
        }
    };
    let table = DeTable::parse(text)
        .map_err(|error| wrong(error.span().map_or(0, |span| span.start), Text::same(error.message())))?;
    let table = table.into_inner();
    let version = table.get("version").map(|version| (version.span().start, version.get_ref().as_integer()));
    match version.map(|(at, version)| (at, version.and_then(|number| number.as_str().parse::<i64>().ok()))) {
        Some((_, Some(VERSION))) => {}
        Some((at, Some(other))) => {
            let at = line(at);
            return Err(Text {
                en: format!(
                    "{name}:{at}: this is a baseline of version {other}, and this program reads version {VERSION}"
                ),
                da: format!(
                    "{name}:{at}: dette er en baseline af version {other}, og dette program læser version {VERSION}"
                ),
            });
        }
        _ => {
            let what =
                Text { en: "`version = 1` is missing".to_owned(), da: "`version = 1` mangler".to_owned() };
            return Err(wrong(0, what));
        }
    }
    let mut all = BTreeSet::new();
    for (key, value) in &table {
        match (key.get_ref().as_ref(), value.get_ref()) {
            ("version", _) => {}
            ("known", DeValue::Array(entries)) => {
                for entry in entries {
                    all.insert(known(entry).map_err(|(at, what)| wrong(at, what))?);
                }
            }
            (other, _) => return Err(wrong(key.span().start, unread(other))),
        }
    }
    Ok(all.into_iter().collect())
}

type Wrong = (usize, Text);

fn unread(key: &str) -> Text {
    Text { en: format!("`{key}` cannot be read"), da: format!("`{key}` kan ikke læses") }
}

fn known(entry: &Spanned<DeValue<'_>>) -> Result<Known, Wrong> {
    let at = entry.span().start;
    let DeValue::Table(table) = entry.get_ref() else { return Err((at, unread("known"))) };
    let mut words: BTreeMap<&str, String> = BTreeMap::new();
    let mut reach = None;
    let mut times = 1;
    for (key, value) in table {
        let key = key.get_ref().as_ref();
        let wrong = || (value.span().start, unread(key));
        match key {
            "check" | "module" | "support" | "about" | "message" => {
                words.insert(key, value.get_ref().as_str().ok_or_else(wrong)?.to_owned());
            }
            "times" => {
                let number = value.get_ref().as_integer().and_then(|number| number.as_str().parse().ok());
                times = number.filter(|times| *times > 0).ok_or_else(wrong)?;
            }
            "rules" if reach.is_none() => {
                let rules = strings(value).filter(|rules| !rules.is_empty()).ok_or_else(wrong)?;
                reach = Some(Reach::Rules(rules.into_iter().collect()));
            }
            "region" if reach.is_none() => {
                let boxes = value.get_ref().as_array().filter(|boxes| !boxes.is_empty()).ok_or_else(wrong)?;
                let boxes: Option<BTreeSet<KnownBox>> = boxes.iter().map(box_of).collect();
                reach = Some(Reach::Region(boxes.ok_or_else(wrong)?));
            }
            _ => return Err(wrong()),
        }
    }
    let message = words.remove("message").map(|words| Reach::Message(words, times));
    let (Some(check), Some(reach)) = (words.remove("check"), reach.xor(message)) else {
        return Err((
            at,
            Text {
                en: "an entry has `check`, and one of `region`, `rules` and `message`".to_owned(),
                da: "en post har `check` og ét af `region`, `rules` og `message`".to_owned(),
            },
        ));
    };
    let mut word = |key| words.remove(key);
    Ok(Known { check, module: word("module"), support: word("support"), about: word("about"), reach })
}

fn box_of(value: &Spanned<DeValue<'_>>) -> Option<KnownBox> {
    let facts = value.get_ref().as_table()?.iter();
    facts.map(|(fact, values)| Some((fact.get_ref().to_string(), strings(values)?))).collect()
}

fn strings(value: &Spanned<DeValue<'_>>) -> Option<Vec<String>> {
    let values = value.get_ref().as_array()?.iter();
    values.map(|value| Some(value.get_ref().as_str()?.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::{parse, written};
    use hjemmel::{Known, Reach};

    fn known(about: &str, reach: Reach) -> Known {
        let word = |word: &str| Some(word.to_owned());
        Known { check: "gap".to_owned(), module: word("Byen"), support: None, about: word(about), reach }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let set = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let one = [
            ("målgruppe".to_owned(), vec!["2.13".to_owned()]),
            ("alder".to_owned(), vec!["..17".to_owned()]),
        ];
        let all = vec![
            known(
                "a \"b\" \\ \u{7} æ",
                Reach::Region([one.into_iter().collect(), [].into_iter().collect()].into()),
            ),
            known("b", Reach::Rules(set(&["A.a", "A.b"]))),
            known("c", Reach::Message("unknown `x`\n".to_owned(), 3)),
        ];
        let text = written(&all);
        assert_eq!(parse("b.toml", &text).unwrap(), all);
        assert_eq!(parse("b.toml", &text.replace('\n', "\r\n")).unwrap(), all);
    }

    #[test]
    fn what_is_no_baseline_is_told_with_its_line() {
        let problem = |text: &str| parse("b.toml", text).unwrap_err().en;
        let entry = |words: &str| format!("version = 1\n[[known]]\ncheck = \"gap\"\n{words}\n");
        assert!(problem("").starts_with("b.toml:1: this is no baseline: `version = 1` is missing"));
        assert!(problem("# x\nversion = 7").starts_with("b.toml:2: this is a baseline of version 7"));
        for (words, line, what) in [
            ("", 2, "an entry has"),
            ("rules = [\"a\"]\nmessage = \"b\"", 2, "an entry has"),
            ("rules = []", 4, "`rules`"),
            ("region = []", 4, "`region`"),
            ("region = [{ a = 1 }]", 4, "`region`"),
            ("message = 1", 4, "`message`"),
            ("message = \"a\"\ntimes = 0", 5, "`times`"),
            ("file = \"a\"", 4, "`file`"),
        ] {
            let problem = problem(&entry(words));
            assert!(problem.starts_with(&format!("b.toml:{line}: this is no baseline: {what}")), "{problem}");
        }
    }
}
