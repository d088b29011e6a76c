//! `hjemmel check`: reads the policies, checks them, prints the report.

use crate::args::{CheckArgs, Stage};
use crate::config::Config;
use crate::exit::{self, Failure};
use crate::files::{self, Files};
use crate::language;
use crate::replace::{not_written, replace};
use crate::selection::selection;
use crate::stdin;
use crate::terminal::fitted;
use anstream::ColorChoice;
use hjemmel::report::{Look, Report};
use hjemmel::{Edit, Label, Lang, Mended, Options, Selection, Text, Workspace};
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

pub(crate) fn run(args: &CheckArgs, lang: Option<Lang>, color: ColorChoice) -> Result<u8, Failure> {
    let places = if from_stdin(args) {
        vec![stdin::folder_of(args.stdin_filename.as_deref())]
    } else {
        args.paths.clone()
    };
    let config = Config::find(&places)?;
    let inner = match (&config.folder, args.paths.as_slice()) {
        (None, [folder]) if !from_stdin(args) => files::workspaces(folder),
        _ => Vec::new(),
    };
    if inner.is_empty() {
        let lang = language::choose(lang, config.language);
        return check(args, &config, lang, color).map_err(|failure| failure.told_in(lang));
    }
    each(args, inner, lang, color)
}

/// Checks every workspace below a folder that is none itself, one after the other.
fn each(
    args: &CheckArgs,
    folders: Vec<PathBuf>,
    lang: Option<Lang>,
    color: ColorChoice,
) -> Result<u8, Failure> {
    if args.format == "json" {
        let many = folders.len();
        return Err(Failure::from(Text {
            en: format!("a JSON report is about one workspace, and here are {many}: check one at a time"),
            da: format!("en JSON-rapport er om én regelsamling, og her er {many}: kontrollér én ad gangen"),
        }));
    }
    let mut codes = Vec::new();
    for folder in folders {
        let config = Config::find(std::slice::from_ref(&folder))?;
        let lang = language::choose(lang, config.language);
        if args.format == "human" && args.show.is_none() {
            let blank = if codes.is_empty() { "" } else { "\n" };
            super::print(&format!("{blank}{}\n", files::shown(&folder)), color)?;
        }
        let args = CheckArgs { paths: vec![folder], ..args.clone() };
        codes.push(check(&args, &config, lang, color).map_err(|failure| failure.told_in(lang))?);
    }
    let worst = [exit::FINDINGS, exit::UNABLE].into_iter().find(|code| codes.contains(code));
    Ok(worst.unwrap_or(exit::CLEAN))
}

fn check(args: &CheckArgs, config: &Config, lang: Lang, color: ColorChoice) -> Result<u8, Failure> {
    let selection = selection(&args.select, &args.ignore)?;
    let Files { sources, asked } = texts(args, config)?;
    let mut options = Options::default();
    options.window = args.window.or(config.window);
    options.reference_date = args.reference_date.or(config.reference_date);
    options.budget = args.budget.unwrap_or(options.budget);
    let threads = super::threads(args.jobs)?;
    let format = hjemmel::report::format(&args.format).unwrap_or(&hjemmel::report::formats()[0]);
    let look = fitted(Look::plain(lang)).color(color != ColorChoice::Never);
    let workspace = Workspace::new(sources, options);
    if let Some(stage) = args.show {
        let shown = threads.install(|| match stage {
            Stage::Tree => workspace.show_tree(),
            Stage::Model => workspace.show_model(),
        });
        super::print(&shown, color)?;
        return Ok(exit::CLEAN);
    }
    let (workspace, checked) = if args.fix {
        let mended = threads.install(|| fixed(&workspace, &selection, &asked));
        written(&workspace, &mended, &asked, from_stdin(args), lang)?;
        let sources = mended.sources.iter().map(|(_, file)| file.clone()).collect();
        (Workspace::new(sources, workspace.options().clone()), mended.left)
    } else {
        let checked = threads.install(|| workspace.check());
        (workspace, checked)
    };
    // a format that shows no fixes need not wait for them to be tried
    let checked = match format.name {
        "short" => checked,
        _ => threads.install(|| workspace.prove_fixes(checked)),
    };
    let (page, worst, proven) = threads.install(|| {
        let mut checked = checked.select(selection);
        let is_asked = |label: &Label| asked.contains(&workspace.sources().file(label.span.file).name);
        checked.findings.retain(|finding| finding.labels.is_empty() || finding.labels.iter().any(is_asked));
        let report = Report::new(&workspace, checked);
        ((format.render)(&report, look), report.worst(), report.proven)
    });
    if args.fix && from_stdin(args) {
        // standard output is for the text
        let _ = anstream::AutoStream::new(io::stderr().lock(), color).write_all(page.as_bytes());
    } else {
        super::print(&page, color)?;
    }
    Ok(match (args.fail_on.fails(worst), proven) {
        (true, _) => exit::FINDINGS,
        (false, false) => exit::UNABLE,
        (false, true) => exit::CLEAN,
    })
}

/// The texts with the fixes made that are wanted: of the checks that are told, in the files that were asked about.
fn fixed(workspace: &Workspace, selection: &Selection, asked: &BTreeSet<String>) -> Mended {
    let in_asked = |edit: &Edit| asked.contains(&workspace.sources().file(edit.span.file).name);
    workspace
        .mend(&|finding| !selection.left_out.contains(&finding.check) && finding.fixes.iter().all(in_asked))
}

/// Writes every text that was changed and says how many findings are gone; a text from standard input is printed.
fn written(
    before: &Workspace,
    mended: &Mended,
    asked: &BTreeSet<String>,
    is_stdin: bool,
    lang: Lang,
) -> Result<(), Failure> {
    let mut changed = Vec::new();
    let mut problems = Vec::new();
    for ((_, old), (_, new)) in before.sources().iter().zip(mended.sources.iter()) {
        if old.text != new.text {
            changed.push(format!("`{}`", new.name));
        }
        if old.text != new.text
            && !is_stdin
            && let Err(error) = replace(Path::new(&new.name), &new.text)
        {
            problems.push(not_written(&new.name, &error));
        }
    }
    if !problems.is_empty() {
        return Err(Failure::new(problems));
    }
    if is_stdin {
        let asked = mended.sources.iter().filter(|(_, file)| asked.contains(&file.name));
        let text: String = asked.map(|(_, file)| file.text.as_str()).collect();
        super::print(&text, ColorChoice::AlwaysAnsi)?;
    }
    let told = match (mended.fixed.len(), changed.join(", ")) {
        (0, _) => {
            Text { en: "nothing to fix for sure".to_owned(), da: "intet kan rettes med sikkerhed".to_owned() }
        }
        (1, files) => {
            Text { en: format!("1 finding fixed in {files}"), da: format!("1 fund rettet i {files}") }
        }
        (many, files) => Text {
            en: format!("{many} findings fixed in {files}"),
            da: format!("{many} fund rettet i {files}"),
        },
    };
    let _ = writeln!(io::stderr().lock(), "{}", told.get(lang));
    Ok(())
}

fn from_stdin(args: &CheckArgs) -> bool {
    args.paths.iter().any(|path| path.as_os_str() == "-")
}

fn texts(args: &CheckArgs, config: &Config) -> Result<Files, Failure> {
    let workspace = config.folder.as_deref();
    match (from_stdin(args), &args.stdin_filename) {
        (true, _) if args.paths.len() > 1 => Err(Failure::from(Text {
            en: "`-` stands alone: its workspace is the one around `--stdin-filename`".to_owned(),
            da: "`-` står alene: dens regelsamling er den omkring `--stdin-filename`".to_owned(),
        })),
        (true, path) => stdin::read(path.as_deref(), workspace),
        (false, Some(_)) => Err(Failure::from(Text {
            en: "`--stdin-filename` names the text of `-`: write `hjemmel check -`".to_owned(),
            da: "`--stdin-filename` navngiver teksten fra `-`: skriv `hjemmel check -`".to_owned(),
        })),
        (false, None) => files::read(&args.paths, workspace),
    }
}
