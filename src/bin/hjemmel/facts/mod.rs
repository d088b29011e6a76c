//! What a reader tells of a citizen: a JSON or TOML file, standard input, words on the command line.

mod of_json;
mod of_toml;

use crate::args::DecideArgs;
use crate::config::Config;
use crate::exit::Failure;
use crate::files::{text, text_of_stdin};
use hjemmel::{Day, Problem, Text, iso_date};
use std::path::Path;

/// What a fact without a file is said in.
const FLAG: &str = "--fact";
/// What standard input is called.
const STDIN: &str = "<stdin>";

/// One fact as the language writes it.
#[derive(Debug)]
struct Given {
    name: String,
    word: String,
    /// where it was said: `borger.json:3`
    place: String,
    /// a number with a fraction: a list value like 2.10 is no number
    is_fraction: bool,
}

/// All that is known of a citizen.
#[derive(Debug)]
pub(crate) struct Facts {
    given: Vec<Given>,
    /// the day comes from the configuration: nobody asked for it
    pub(crate) day_is_configured: bool,
}

impl Facts {
    /// What is told, each fact once; the day is that of `--date`, of the facts, or of the configuration.
    pub(crate) fn read(args: &DecideArgs, config: &Config) -> Result<Facts, Failure> {
        let mut given = match args.facts.as_deref() {
            None => Vec::new(),
            Some(path) if path == Path::new("-") => of_text(&text_of_stdin(STDIN)?, STDIN, None)?,
            Some(path) => {
                let name = crate::files::shown(path);
                let ending = path.extension().and_then(|ending| ending.to_str());
                of_text(&text(path, &name)?, &name, ending)?
            }
        };
        let (place, is_fraction) = (FLAG.to_owned(), false);
        for (name, word) in &args.fact {
            let (name, word) = (name.clone(), word.clone());
            given.push(Given { name, word, place: place.clone(), is_fraction });
        }
        let problems: Vec<Text> =
            given.iter().enumerate().filter_map(|(at, one)| twice(&given[..at], one)).collect();
        if !problems.is_empty() {
            return Err(Failure::new(problems));
        }
        let mut facts = Facts { given, day_is_configured: false };
        facts.settle_day(args.date, config.reference_date)?;
        Ok(facts)
    }

    fn settle_day(&mut self, asked: Option<Day>, configured: Option<Day>) -> Result<(), Text> {
        let known = self.given.iter().find(|given| given.name == "dato");
        let day = match (known, asked) {
            (Some(known), Some(asked)) if known.word != iso_date(asked) => {
                let (place, word, asked) = (&known.place, &known.word, iso_date(asked));
                return Err(Text {
                    en: format!("`dato` is {word} in {place}, and `--date` says {asked}"),
                    da: format!("`dato` er {word} i {place}, og `--date` siger {asked}"),
                });
            }
            (Some(_), _) => return Ok(()),
            (None, Some(asked)) => asked,
            (None, None) => {
                self.day_is_configured = true;
                configured.ok_or_else(|| Text {
                    en: "the day is not known: write `--date 2016-01-01`, the fact `dato`, or `reference_date` in hjemmel.toml".to_owned(),
                    da: "dagen er ikke oplyst: skriv `--date 2016-01-01`, oplysningen `dato` eller `reference_date` i hjemmel.toml".to_owned(),
                })?
            }
        };
        let place = "--date".to_owned();
        self.given.push(Given { name: "dato".to_owned(), word: iso_date(day), place, is_fraction: false });
        Ok(())
    }

    /// As the library takes them.
    pub(crate) fn words(&self) -> Vec<(String, String)> {
        self.given.iter().map(|given| (given.name.clone(), given.word.clone())).collect()
    }

    /// Why the case cannot be decided, with the place of the fact that is to blame.
    pub(crate) fn told(&self, problems: Vec<Problem>) -> Failure {
        let told = problems.into_iter().map(|problem| {
            let Some(given) = problem.given.and_then(|at| self.given.get(at)) else { return problem.words };
            let (place, Text { en, da }) = (&given.place, &problem.words);
            let hint = |words: &str| if given.is_fraction { format!("; {words}") } else { String::new() };
            Text {
                en: format!("{place}: {en}{}", hint("a value of a list is written in quotes")),
                da: format!("{place}: {da}{}", hint("en værdi af en liste skrives i anførselstegn")),
            }
        });
        Failure::new(told.collect())
    }
}

/// What two places say of one fact.
fn twice(before: &[Given], one: &Given) -> Option<Text> {
    let first = before.iter().find(|other| other.name == one.name)?;
    let (name, place, other) = (&one.name, &one.place, &first.place);
    Some(Text {
        en: format!("{place}: `{name}` is given twice, first in {other}"),
        da: format!("{place}: `{name}` er oplyst to gange, først i {other}"),
    })
}

/// The facts of a text; without a known ending it is JSON where it begins like JSON.
fn of_text(text: &str, name: &str, ending: Option<&str>) -> Result<Vec<Given>, Text> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match ending {
        Some("json") => of_json::read(text, name),
        Some("toml") => of_toml::read(text, name),
        None if name == STDIN && text.trim_start().starts_with('{') => of_json::read(text, name),
        None if name == STDIN => of_toml::read(text, name),
        _ => Err(Text {
            en: format!("`{name}` ends neither in `.json` nor in `.toml`"),
            da: format!("`{name}` ender hverken på `.json` eller `.toml`"),
        }),
    }
}

/// A number as the language writes it: a comma before its decimals.
fn number(word: &str) -> (String, bool) {
    (word.replace('.', ","), word.contains('.'))
}

/// A value that holds other values.
fn nested(place: &str, name: &str) -> Text {
    Text {
        en: format!("{place}: `{name}` is a list or a table: a fact has one value"),
        da: format!("{place}: `{name}` er en liste eller en tabel: en oplysning har én værdi"),
    }
}
