//! `hjemmel check`: reads the policies, checks them, prints the report.

use crate::args::{CheckArgs, FailOn, Stage};
use crate::baseline;
use crate::config::{Config, Level};
use crate::exit::{self, Failure};
use crate::files::{self, Files};
use crate::language;
use crate::outputs::{self, Outputs};
use crate::replace::{not_written, replace};
use crate::selection::selection;
use crate::stdin;
use crate::terminal::fitted;
use anstream::ColorChoice;
use hjemmel::report::{Look, Report};
use hjemmel::{Checked, Diagnostic, Edit, Label, Lang, Mended, Selection, Text, Workspace};
use rayon::ThreadPool;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::mem;
use std::path::{Path, PathBuf};

pub(crate) fn run(args: &CheckArgs, lang: Option<Lang>, color: ColorChoice) -> Result<u8, Failure> {
    if args.watch {
        return super::watch::run(args, lang, color);
    }
    let (places, lang) = places(args, lang)?;
    check(args, places, lang, color).map_err(|failure| failure.told_in(lang))
}

/// The workspaces of the paths, and the language to tell them in.
pub(super) fn places(args: &CheckArgs, lang: Option<Lang>) -> Result<(Vec<Place>, Lang), Failure> {
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
    let mut places = vec![Place { folder: None, paths: args.paths.clone(), config }];
    if !inner.is_empty() {
        let place = |folder: PathBuf| {
            let paths = vec![folder];
            Ok(Place { folder: Some(files::shown(&paths[0])), config: Config::find(&paths)?, paths })
        };
        places = inner.into_iter().map(place).collect::<Result<_, Failure>>()?;
    }
    // a document has one language
    let lang = language::choose(lang, places.iter().find_map(|place| place.config.language));
    Ok((places, lang))
}

/// A workspace that is checked: the paths asked about in it, and its folder where there are several.
#[derive(Clone)]
pub(super) struct Place {
    pub(super) folder: Option<String>,
    paths: Vec<PathBuf>,
    pub(super) config: Config,
}

/// What was found in a workspace, and which files were asked about.
#[derive(Clone)]
pub(super) struct Checking {
    pub(super) workspace: Workspace,
    pub(super) checked: Checked,
    asked: BTreeSet<String>,
}

/// What was found in all of them.
#[derive(Clone)]
pub(super) struct Found {
    pub(super) places: Vec<Place>,
    pub(super) all: Vec<Checking>,
    pub(super) lang: Lang,
}

/// How a workspace is checked.
type Check<'a> = dyn FnMut(&Place, &Workspace) -> Checked + Send + 'a;

/// Checks the workspaces for a report to people.
pub(super) fn checked_all(
    args: &CheckArgs,
    places: Vec<Place>,
    lang: Lang,
    check: &mut Check<'_>,
) -> Result<Found, Failure> {
    let outputs = Outputs::planned(None, &[], false)?;
    let (texts, threads) = read(args, &places)?;
    checked_for(args, (places, texts), &outputs, (&threads, check), lang)
}

/// The texts of each workspace, and as many threads as they need.
fn read(args: &CheckArgs, places: &[Place]) -> Result<(Vec<Texts>, ThreadPool), Failure> {
    let texts: Vec<Texts> = places.iter().map(|place| Texts::read(args, place)).collect::<Result<_, _>>()?;
    let threads = super::threads_for(args.judging.jobs, texts.iter().map(|texts| &texts.workspace))?;
    Ok((texts, threads))
}

fn checked_for(
    args: &CheckArgs,
    (places, texts): (Vec<Place>, Vec<Texts>),
    outputs: &Outputs<'_>,
    (threads, check): (&ThreadPool, &mut Check<'_>),
    lang: Lang,
) -> Result<Found, Failure> {
    if let ([_, _, ..], Some(_)) = (&places[..], &args.baseline) {
        let many = places.len();
        return Err(Failure::from(Text {
            en: format!("a baseline is of one workspace, and here are {many}: check one at a time"),
            da: format!("en baseline er for én regelsamling, og her er {many}: kontrollér én ad gangen"),
        }));
    }
    let mut all = Vec::new();
    for (place, texts) in places.iter().zip(texts) {
        let selection = selection(&args.select, &args.ignore, &place.config.severities)?;
        let (workspace, checked, asked) =
            checked(args, (place, texts), &selection, outputs, (threads, &mut *check), lang)?;
        all.push(Checking { workspace, checked, asked });
    }
    Ok(Found { places, all, lang })
}

/// How the reader sees it.
pub(super) fn look(lang: Lang, color: ColorChoice) -> Look {
    fitted(Look::plain(lang)).color(color != ColorChoice::Never)
}

/// The reports on what was found.
pub(super) fn reports<'a>(args: &CheckArgs, found: &'a Found) -> Vec<Report<'a>> {
    let report = |(one, place): (&'a Checking, &Place)| {
        let mut report = Report::new(&one.workspace, one.checked.clone());
        report.folder.clone_from(&place.folder);
        report.asked = Some(one.asked.clone());
        report.fails_from = args.fail_on.or(place.config.fail_on).unwrap_or(FailOn::Error).least();
        report
    };
    found.all.iter().zip(&found.places).map(report).collect()
}

/// The whole report for people.
pub(super) fn drawn(args: &CheckArgs, found: &Found, color: ColorChoice) -> String {
    let look = look(found.lang, color).each(args.all);
    (hjemmel::report::formats()[0].render)(&reports(args, found), look)
}

fn check(args: &CheckArgs, places: Vec<Place>, lang: Lang, color: ColorChoice) -> Result<u8, Failure> {
    let outputs = Outputs::planned(args.format.as_deref(), &args.output, args.statistics)?;
    let (texts, threads) = read(args, &places)?;
    if let Some(stage) = args.show {
        for Texts { workspace, .. } in &texts {
            let shown = threads.install(|| match stage {
                Stage::Tree => workspace.show_tree(),
                Stage::Model => workspace.show_model(),
            });
            super::print(&shown, color)?;
        }
        return Ok(exit::CLEAN);
    }
    let check: &mut Check<'_> = &mut |_, workspace| workspace.check();
    let found = checked_for(args, (places, texts), &outputs, (&threads, check), lang)?;
    let (reports, look) = (reports(args, &found), look(lang, color).each(args.all));
    let (page, files) =
        threads.install(|| ((outputs.stdout.render)(&reports, look), outputs.rendered(&reports, look)));
    outputs::write(&files)?;
    if args.fix && from_stdin(args) {
        // standard output is for the text
        let _ = anstream::AutoStream::new(io::stderr().lock(), color).write_all(page.as_bytes());
    } else {
        super::print(&page, color)?;
    }
    let fails = |report: &Report<'_>| {
        report.worst().zip(report.fails_from).is_some_and(|(worst, from)| worst >= from)
    };
    Ok(match (reports.iter().any(fails), reports.iter().all(|report| report.proven)) {
        (true, _) => exit::FINDINGS,
        (false, false) => exit::UNABLE,
        (false, true) => exit::CLEAN,
    })
}

/// The texts of a workspace, and which of them the reader asked about.
struct Texts {
    workspace: Workspace,
    /// without the texts
    files: Files,
}

impl Texts {
    fn read(args: &CheckArgs, place: &Place) -> Result<Texts, Failure> {
        let mut files = texts(args, place)?;
        let options = args.judging.options(place.config.window, place.config.reference_date);
        Ok(Texts { workspace: Workspace::new(mem::take(&mut files.sources), options), files })
    }

    /// A file's path from the folder of the configuration.
    fn place(&self, finding: &Diagnostic) -> Option<&str> {
        let file = finding.labels.first()?.span.file;
        self.files.place(&self.workspace.sources().file(file).name)
    }
}

/// What is found in a workspace, and is to be told.
fn checked(
    args: &CheckArgs,
    (place, mut texts): (&Place, Texts),
    selection: &Selection,
    outputs: &Outputs<'_>,
    (threads, check): (&ThreadPool, &mut Check<'_>),
    lang: Lang,
) -> Result<(Workspace, Checked, BTreeSet<String>), Failure> {
    exit::remark(lang, &idle_patterns(&place.config, &texts));
    let (workspace, asked) = (&texts.workspace, &texts.files.asked);
    let checked = if args.fix {
        let mended = threads.install(|| fixed(&texts, selection, &place.config));
        written(workspace, &mended, asked, from_stdin(args), lang)?;
        let sources = mended.sources.iter().map(|(_, file)| file.clone()).collect();
        texts.workspace = Workspace::new(sources, workspace.options().clone());
        mended.left
    } else {
        threads.install(|| check(place, workspace))
    };
    let workspace = &texts.workspace;
    // formats that show no fixes need not wait for them to be tried
    let checked =
        if outputs.shows_fixes() { threads.install(|| workspace.prove_fixes(checked)) } else { checked };
    let named = if args.select.is_empty() { &[][..] } else { &selection.told };
    let checked = place.config.severities.settle(checked, named, |finding| texts.place(finding));
    let checked = match &args.baseline {
        Some(file) => {
            threads.install(|| against(args, file, workspace, &texts.files.asked, checked, lang))?
        }
        None => checked,
    };
    let mut checked = checked.select(selection.clone());
    let is_asked =
        |label: &Label| texts.files.asked.contains(&workspace.sources().file(label.span.file).name);
    checked.findings.retain(|finding| finding.labels.is_empty() || finding.labels.iter().any(is_asked));
    Ok((texts.workspace, checked, texts.files.asked))
}

/// The texts with the fixes made that are wanted: of what is told, in the files that were asked about.
fn fixed(texts: &Texts, selection: &Selection, config: &Config) -> Mended {
    let (workspace, asked) = (&texts.workspace, &texts.files.asked);
    let in_asked = |edit: &Edit| asked.contains(&workspace.sources().file(edit.span.file).name);
    let is_told = |finding: &Diagnostic| {
        let level = config.severities.of(finding.check, texts.place(finding));
        !selection.left_out.contains(&finding.check) && level != Some(Level::Off)
    };
    workspace.mend(&|finding| is_told(finding) && finding.fixes.iter().all(in_asked))
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

/// What was found, divided by what is known; that is written down first, if so asked.
fn against(
    args: &CheckArgs,
    file: &Path,
    workspace: &Workspace,
    asked: &BTreeSet<String>,
    checked: Checked,
    lang: Lang,
) -> Result<Checked, Failure> {
    if !args.write_baseline {
        let known = baseline::read(file)?;
        return Ok(workspace.against(checked, &known));
    }
    if asked.len() < workspace.sources().iter().count() {
        return Err(Failure::from(Text {
            en: "a baseline is of the whole workspace: leave out the paths".to_owned(),
            da: "en baseline er for hele regelsamlingen: udelad stierne".to_owned(),
        }));
    }
    let name = files::shown(file);
    let before = if file.exists() { baseline::read(file).unwrap_or_default() } else { Vec::new() };
    let now = workspace.known(&checked);
    let text = baseline::written(&now);
    replace(file, &text).map_err(|error| not_written(&name, &error))?;
    let all = checked.findings.len();
    let since = workspace.against(checked.clone(), &before);
    let (new, gone) =
        (since.findings.len(), since.compared.as_ref().map_or(0, |compared| compared.gone.len()));
    let (findings, nye) =
        (if all == 1 { "finding" } else { "findings" }, if new == 1 { "nyt" } else { "nye" });
    exit::remark(
        lang,
        &[Text {
            en: format!("`{name}` is written: {all} {findings} ({new} new, {gone} gone)"),
            da: format!("`{name}` er skrevet: {all} fund ({new} {nye}, {gone} væk)"),
        }],
    );
    Ok(workspace.against(checked, &now))
}

/// Patterns in the configuration that name no file.
fn idle_patterns(config: &Config, texts: &Texts) -> Vec<Text> {
    let sources = texts.workspace.sources().iter();
    let places: Vec<&str> = sources.filter_map(|(_, file)| texts.files.place(&file.name)).collect();
    let set = config.severities.somewhere.iter().map(|(glob, _)| glob).chain(&config.paths.include);
    let idle = set.filter(|glob| !places.iter().any(|place| glob.holds(place)));
    let told = idle.map(|glob| {
        let (at, glob) = (config.at(glob.line).in_words(Lang::En), &glob.text);
        Text {
            en: format!("{at}: no policy lies in `{glob}`"),
            da: format!("{at}: ingen regler ligger i `{glob}`"),
        }
    });
    told.collect()
}

fn from_stdin(args: &CheckArgs) -> bool {
    args.paths.iter().any(|path| path.as_os_str() == "-")
}

fn texts(args: &CheckArgs, place: &Place) -> Result<Files, Failure> {
    match (from_stdin(args), &args.stdin_filename) {
        (true, _) if args.paths.len() > 1 => Err(Failure::from(Text {
            en: "`-` stands alone: its workspace is the one around `--stdin-filename`".to_owned(),
            da: "`-` står alene: dens regelsamling er den omkring `--stdin-filename`".to_owned(),
        })),
        (true, path) => stdin::read(path.as_deref(), &place.config),
        (false, Some(_)) => Err(Failure::from(Text {
            en: "`--stdin-filename` names the text of `-`: write `hjemmel check -`".to_owned(),
            da: "`--stdin-filename` navngiver teksten fra `-`: skriv `hjemmel check -`".to_owned(),
        })),
        (false, None) => files::read(&place.paths, &place.config),
    }
}
