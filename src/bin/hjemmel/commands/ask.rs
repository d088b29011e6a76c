//! `hjemmel ask`: asks what is not known, the most decisive first, and ends in the decision.

use super::asking::{answered, workspace};
use crate::args::AskArgs;
use crate::config::Config;
use crate::exit::{self, Failure};
use crate::files;
use crate::interview::{Asked, DAY, held, page, reasons, saved};
use crate::language;
use crate::replace::{not_written, replace};
use anstream::ColorChoice;
use hjemmel::{Lang, Outcome, Text, iso_date};
use std::io::{self, Write};
use std::mem;
use std::process;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Held while something is written: an interruption waits until it is whole.
static WRITING: Mutex<()> = Mutex::new(());

pub(crate) fn run(args: &AskArgs, lang: Option<Lang>, color: ColorChoice) -> Result<u8, Failure> {
    let config = Config::find(&args.paths)?;
    let lang = language::choose(lang, config.language);
    ask(args, &config, lang, color).map_err(|failure| failure.told_in(lang))
}

fn ask(args: &AskArgs, config: &Config, lang: Lang, color: ColorChoice) -> Result<u8, Failure> {
    let workspace = workspace(&args.paths, config, &args.written)?;
    let is_told = args.date.is_some() || args.fact.iter().any(|(fact, _)| fact == DAY);
    let configured = config.reference_date.filter(|_| !is_told);
    let day = args.date.or(configured).map(|day| (DAY.to_owned(), iso_date(day)));
    let given = args.fact.iter().cloned().chain(day).collect();
    end_on_interruption(lang)?;
    let asked = Asked {
        workspace: &workspace,
        municipality: &args.municipality,
        support: args.support.as_deref(),
        configured,
        lang,
    };
    let (ended, reasons) = super::threads(None)?.install(|| {
        let ended = held(asked, given, &mut io::stdin().lock(), &mut io::stderr())?;
        let reasons = reasons(&ended, asked)?;
        Ok::<_, Failure>((ended, reasons))
    })?;
    // from here on an interruption comes too late
    mem::forget(writing());
    if let Some(path) = &args.save {
        replace(path, &saved(&ended)).map_err(|error| not_written(&files::shown(path), &error))?;
    }
    let code = answered(&page(&ended, &reasons, asked), args.written.out.as_deref(), color)?;
    let mut settled = ended.possible.supports.iter().filter(|support| support.decisions.len() == 1);
    let is_undecided = settled.any(|support| support.decisions.iter().any(Outcome::is_undecided));
    Ok(if is_undecided { exit::FINDINGS } else { code })
}

fn writing() -> MutexGuard<'static, ()> {
    WRITING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Ctrl-C ends with a line; what was answered is not kept.
fn end_on_interruption(lang: Lang) -> Result<(), Text> {
    let set = ctrlc::set_handler(move || {
        let _whole = writing();
        let words =
            Text { en: "interrupted: nothing is saved".to_owned(), da: "afbrudt: intet er gemt".to_owned() };
        let _ = writeln!(io::stderr(), "\n{}", words.get(lang));
        process::exit(exit::INTERRUPTED.into());
    });
    set.map_err(|error| Text {
        en: format!("Ctrl-C cannot be heard: {error}"),
        da: format!("Ctrl-C kan ikke høres: {error}"),
    })
}
