//! `hjemmel test`: runs the examples and guarantees of policies.

use super::asking::{answered, workspace};
use crate::args::TestArgs;
use crate::config::Config;
use crate::exit::{self, Failure};
use crate::language;
use crate::terminal::fitted;
use anstream::ColorChoice;
use hjemmel::export::{coverage_page, mutations_page, test_formats};
use hjemmel::report::Look;
use hjemmel::{Lang, TestOutcome, TestsAsked, Text};
use std::io::Write;

pub(crate) fn run(args: &TestArgs, lang: Option<Lang>, color: ColorChoice) -> Result<u8, Failure> {
    let config = Config::find(&args.paths)?;
    let lang = language::choose(lang, config.language);
    test(args, &config, lang, color).map_err(|failure| failure.told_in(lang))
}

fn test(args: &TestArgs, config: &Config, lang: Lang, color: ColorChoice) -> Result<u8, Failure> {
    let workspace = workspace(&args.paths, config, &args.written)?;
    let threads = super::threads(None)?;
    let width = fitted(Look::plain(lang)).width;
    let coverage = args.coverage.then(|| threads.install(|| workspace.coverage(args.missing))).transpose()?;
    if let (true, Some(coverage)) = (args.missing, &coverage) {
        let page = coverage_page(coverage, workspace.sources(), lang, width, true);
        return answered(&page, args.written.out.as_deref(), color);
    }
    let formats = test_formats();
    let format = formats.iter().find(|format| format.name == args.format).unwrap_or(&formats[0]);
    let asked = TestsAsked { filter: args.filter.as_deref() };
    let tested = threads.install(|| workspace.test(asked));
    if tested.tests.is_empty() {
        return Err(nothing(args.filter.as_deref(), tested.unread).into());
    }
    let mutations = args.mutate.then(|| threads.install(|| workspace.mutate())).transpose()?;
    let mut measured = String::new();
    if let Some(coverage) = &coverage {
        measured.push('\n');
        measured.push_str(&coverage_page(coverage, workspace.sources(), lang, width, false));
    }
    if let Some(mutations) = &mutations {
        measured.push('\n');
        measured.push_str(&mutations_page(mutations, workspace.sources(), lang, width));
    }
    let mut page = (format.render)(&tested, workspace.sources(), lang, width);
    let out = args.written.out.as_deref();
    let apart = out.is_some() || format.name != formats[0].name;
    if !apart {
        page.push_str(&measured);
    }
    answered(&page, out, color)?;
    if apart {
        // what is for programs stays whole
        let _ = anstream::stderr().lock().write_all(measured.as_bytes());
    }
    let unproven = tested.tests.iter().any(|test| test.outcome == TestOutcome::NotProven);
    let covered = coverage.zip(args.min).is_none_or(|(coverage, least)| coverage.percent() >= least);
    Ok(if unproven {
        exit::UNABLE
    } else if tested.is_passed() && covered {
        exit::CLEAN
    } else {
        exit::FINDINGS
    })
}

/// A run without tests shows nothing: it is an error.
fn nothing(filter: Option<&str>, unread: usize) -> Text {
    match filter {
        _ if unread > 0 => Text {
            en: "there is no `eksempel` and no `garanti` that can be read; `hjemmel check` says what is wrong"
                .to_owned(),
            da: "der er intet `eksempel` og ingen `garanti`, der kan læses; `hjemmel check` siger, hvad der er galt"
                .to_owned(),
        },
        None => Text {
            en: "there is no `eksempel` and no `garanti` to test".to_owned(),
            da: "der er intet `eksempel` og ingen `garanti` at prøve".to_owned(),
        },
        Some(words) => Text {
            en: format!("no example or guarantee holds `{words}` in its name or place"),
            da: format!("intet eksempel og ingen garanti har `{words}` i sit navn eller sted"),
        },
    }
}
