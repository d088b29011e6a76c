//! A command line that cannot be read: clap tells it in English, we in Danish.

use crate::args::{Args, Unfit};
use crate::config::Config;
use crate::exit::{UNABLE, tell};
use crate::language;
use anstream::ColorChoice;
use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use hjemmel::{Lang, Text};
use std::error::Error;
use std::ffi::OsString;
use std::process::ExitCode;

/// Tells what is wrong with the command line, or prints the help that was asked for.
pub(crate) fn told(error: &clap::Error, words: &[OsString]) -> ExitCode {
    let is_help = !error.use_stderr() || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
    if is_help || language(words) == Lang::En {
        let _ = error.print();
        return ExitCode::from(if error.use_stderr() { UNABLE } else { 0 });
    }
    let help = format!("hvad der kan skrives: `hjemmel {}--help`", command(words));
    let text = Text { en: error.to_string(), da: format!("{}\n{help}", sentence(error)) };
    tell(Lang::Da, &[text]);
    ExitCode::from(UNABLE)
}

/// The command that was written, with a space behind it; nothing where none was.
fn command(words: &[OsString]) -> String {
    let commands = Args::command();
    let names: Vec<&str> = commands.get_subcommands().map(clap::Command::get_name).collect();
    let written = words.iter().skip(1).find_map(|word| names.iter().find(|name| word == *name));
    written.map_or(String::new(), |name| format!("{name} "))
}

/// The reader's language, from a command line that could not be read as a whole.
fn language(words: &[OsString]) -> Lang {
    let flag = value(words, "--lang").and_then(|word| crate::args::lang(&word).ok());
    language::choose(flag, Config::find(&[".".into()]).ok().and_then(|config| config.language))
}

/// Heeds `--color` also where the command line cannot be read, and for what goes to standard error.
pub(crate) fn choose_color(words: &[OsString]) {
    match value(words, "--color").as_deref() {
        Some("always") => ColorChoice::Always.write_global(),
        Some("never") => ColorChoice::Never.write_global(),
        _ => {}
    }
}

/// What a flag is given, both ways to write it.
fn value(words: &[OsString], flag: &str) -> Option<String> {
    let words: Vec<_> = words.iter().map(|word| word.to_string_lossy()).collect();
    let at = words.iter().position(|word| {
        word.strip_prefix(flag).is_some_and(|rest| rest.is_empty() || rest.starts_with('='))
    })?;
    match words[at].split_once('=') {
        Some((_, value)) => Some(value.to_owned()),
        None => words.get(at + 1).map(ToString::to_string),
    }
}

fn sentence(error: &clap::Error) -> String {
    let word = |kind| match error.get(kind) {
        Some(ContextValue::String(word)) => Some(word.clone()),
        Some(ContextValue::Strings(words)) => Some(words.join("`, `")),
        _ => None,
    };
    let own = word(ContextKind::InvalidArg).unwrap_or_default();
    let value = word(ContextKind::InvalidValue).unwrap_or_default();
    let meant = |kind| {
        word(kind).map_or(String::new(), |near| {
            let near = near.replace("`, `", "` eller `");
            format!(", mente du `{near}`?")
        })
    };
    match error.kind() {
        ErrorKind::UnknownArgument if own.starts_with('-') => {
            format!("ukendt flag `{own}`{}", meant(ContextKind::SuggestedArg))
        }
        ErrorKind::UnknownArgument => format!("`{own}` er et ord for meget"),
        ErrorKind::InvalidSubcommand => {
            let own = word(ContextKind::InvalidSubcommand).unwrap_or_default();
            format!("ukendt kommando `{own}`{}", meant(ContextKind::SuggestedSubcommand))
        }
        ErrorKind::InvalidValue if value.is_empty() => format!("`{own}` mangler en værdi"),
        ErrorKind::InvalidValue => {
            let values = word(ContextKind::ValidValue);
            let values = values.map_or(String::new(), |values| format!("; mulige værdier: `{values}`"));
            format!("`{value}` kan ikke bruges til `{own}`{values}")
        }
        ErrorKind::ValueValidation => {
            let why = error.source().and_then(|why| why.downcast_ref::<Unfit>());
            let why = why.map_or(String::new(), |Unfit(why)| format!(": {}", why.da));
            format!("`{value}` kan ikke bruges til `{own}`{why}")
        }
        ErrorKind::MissingRequiredArgument => format!("`{own}` mangler"),
        ErrorKind::ArgumentConflict => match word(ContextKind::PriorArg).filter(|prior| *prior != own) {
            Some(prior) => format!("`{own}` og `{prior}` kan ikke skrives sammen"),
            None => format!("`{own}` kan kun skrives én gang"),
        },
        _ => format!("kommandolinjen kan ikke læses: {}", error.kind()),
    }
}
