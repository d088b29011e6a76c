//! How the program ends: 0 clean, 1 findings, 2 it could not do its work.

use hjemmel::{Lang, Text};
use std::io::Write;
use std::panic;
use std::process::{self, ExitCode};
use std::sync::Mutex;

/// Nothing found that counts.
pub(crate) const CLEAN: u8 = 0;
/// Findings at or above `--fail-on`.
pub(crate) const FINDINGS: u8 = 1;
/// The work could not be done, or an answer is not proven.
pub(crate) const UNABLE: u8 = 2;
/// Ctrl-C ended it: what a shell calls it.
pub(crate) const INTERRUPTED: u8 = 130;

/// Why the work could not be done: one line for each reason.
#[derive(Debug)]
pub(crate) struct Failure {
    /// the language to tell it in, once that is known better than by flag and environment
    pub(crate) lang: Option<Lang>,
    pub(crate) reasons: Vec<Text>,
}

impl Failure {
    pub(crate) fn new(reasons: Vec<Text>) -> Self {
        Failure { lang: None, reasons }
    }

    /// Tells it in this language.
    pub(crate) fn told_in(self, lang: Lang) -> Self {
        Failure { lang: Some(lang), ..self }
    }
}

impl From<Text> for Failure {
    fn from(reason: Text) -> Self {
        Failure::new(vec![reason])
    }
}

/// Runs the program so that no panic reaches the reader: on whatever thread it comes, it is told as what it is and ends the
/// program. Nothing is unwound, so the programs people download can do without what unwinding needs.
pub(crate) fn guarded(lang: Lang, run: impl FnOnce() -> Result<u8, Failure>) -> ExitCode {
    let telling = Mutex::new(());
    panic::set_hook(Box::new(move |info| {
        // who comes second waits here for the end
        let _first = telling.lock();
        let place = info.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
        let version = env!("CARGO_PKG_VERSION");
        let bug = Text {
            en: format!(
                "a bug in hjemmel {version}, please report it with the policies that show it: {place}"
            ),
            da: format!(
                "en fejl i hjemmel {version}, meld den gerne sammen med de regler, der viser den: {place}"
            ),
        };
        tell(lang, &[bug]);
        process::exit(UNABLE.into());
    }));
    let code = run().unwrap_or_else(|failure| {
        tell(failure.lang.unwrap_or(lang), &failure.reasons);
        UNABLE
    });
    ExitCode::from(code)
}

/// One line for each remark, on standard error: the work is done all the same.
pub(crate) fn remark(lang: Lang, remarks: &[Text]) {
    let word = match lang {
        Lang::Da => "bemærk",
        Lang::En => "note",
    };
    let mut stderr = anstream::stderr().lock();
    for remark in remarks {
        let _ = writeln!(stderr, "\u{1b}[1m{word}\u{1b}[0m: {}", remark.get(lang));
    }
}

/// One line for each reason, on standard error.
pub(crate) fn tell(lang: Lang, reasons: &[Text]) {
    let word = match lang {
        Lang::Da => "fejl",
        Lang::En => "error",
    };
    let mut stderr = anstream::stderr().lock();
    for reason in reasons {
        let _ = writeln!(stderr, "\u{1b}[1;31m{word}\u{1b}[0m: {}", reason.get(lang));
    }
}
