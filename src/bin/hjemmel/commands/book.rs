//! `hjemmel book`: writes the policies as a site that needs no server.

use crate::args::BookArgs;
use crate::config::Config;
use crate::exit::{self, Failure};
use crate::files;
use crate::folder::{self, Former};
use crate::language;
use crate::selection::selection;
use anstream::ColorChoice;
use hjemmel::report::Report;
use hjemmel::{BookAsked, Diagnostic, Lang, Severity, Text, Workspace};
use std::mem;

pub(crate) fn run(args: &BookArgs, lang: Option<Lang>) -> Result<u8, Failure> {
    let config = Config::find(&args.paths)?;
    let lang = language::choose(lang, config.language);
    book(args, &config, lang).map_err(|failure| failure.told_in(lang))
}

fn book(args: &BookArgs, config: &Config, lang: Lang) -> Result<u8, Failure> {
    // before the work: a folder that holds something else stays as it is
    let former = Former::of(&args.out)?;
    let mut files = files::read(&args.paths, config)?;
    let selection = selection(&[], &[], &config.severities)?;
    let options = args.judging.options(config.window, config.reference_date);
    let workspace = Workspace::new(mem::take(&mut files.sources), options);
    let (checked, book) = super::threads(args.judging.jobs)?.install(|| {
        let place = |finding: &Diagnostic| {
            let file = finding.labels.first()?.span.file;
            files.place(&workspace.sources().file(file).name)
        };
        let checked = config.severities.settle(workspace.check(), &[], place).select(selection);
        let book = workspace.book(&checked, BookAsked::new(lang).title(args.title.as_deref()));
        (checked, book)
    });
    let book = book?;
    folder::put(&args.out, &former, &book.files)?;
    let report = Report::new(&workspace, checked);
    super::print(told(args, &report, book.files.len()).get(lang), ColorChoice::Never)?;
    let fails = report.worst().zip(args.fail_on.least()).is_some_and(|(worst, least)| worst >= least);
    Ok(match (fails, report.proven) {
        (true, _) => exit::FINDINGS,
        (false, false) => exit::UNABLE,
        (false, true) => exit::CLEAN,
    })
}

fn told(args: &BookArgs, report: &Report<'_>, files: usize) -> Text {
    let out = files::shown(&args.out);
    let count = |severity: Severity| report.count(severity);
    let (errors, warnings, notes) = (count(Severity::Error), count(Severity::Warning), count(Severity::Note));
    Text {
        en: format!(
            "wrote {files} files to `{out}`: open `{out}/index.html`\n\
             found: {errors} errors, {warnings} warnings, {notes} notes\n"
        ),
        da: format!(
            "skrev {files} filer i `{out}`: åbn `{out}/index.html`\n\
             fund: {errors} fejl, {warnings} advarsler, {notes} bemærkninger\n"
        ),
    }
}
