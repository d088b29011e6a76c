//! `hjemmel check`: reads the policies, checks them, prints the report.

use crate::args::{CheckArgs, Stage};
use crate::config::Config;
use crate::exit::{self, Failure};
use crate::files::{self, Files};
use crate::language;
use crate::selection::selection;
use crate::stdin;
use crate::terminal::fitted;
use anstream::ColorChoice;
use hjemmel::report::{Look, Report};
use hjemmel::{Label, Lang, Options, Text, Workspace};

pub(crate) fn run(args: &CheckArgs, lang: Option<Lang>, color: ColorChoice) -> Result<u8, Failure> {
    let places = if from_stdin(args) {
        vec![stdin::folder_of(args.stdin_filename.as_deref())]
    } else {
        args.paths.clone()
    };
    let config = Config::find(&places)?;
    let lang = language::choose(lang, config.language);
    check(args, &config, lang, color).map_err(|failure| failure.told_in(lang))
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
    let (page, worst, proven) = threads.install(|| {
        let mut checked = workspace.check().select(selection);
        let is_asked = |label: &Label| asked.contains(&workspace.sources().file(label.span.file).name);
        checked.findings.retain(|finding| finding.labels.is_empty() || finding.labels.iter().any(is_asked));
        let report = Report::new(&workspace, checked);
        ((format.render)(&report, look), report.worst(), report.proven)
    });
    super::print(&page, color)?;
    Ok(match (args.fail_on.fails(worst), proven) {
        (true, _) => exit::FINDINGS,
        (false, false) => exit::UNABLE,
        (false, true) => exit::CLEAN,
    })
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
