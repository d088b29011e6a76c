//! `hjemmel compare`: shows where two municipalities treat twins differently.

use super::asking::{answered, workspace};
use crate::args::CompareArgs;
use crate::config::Config;
use crate::exit::{Failure, UNABLE};
use crate::language;
use crate::terminal::fitted;
use anstream::ColorChoice;
use hjemmel::export::{ReviewPage, Reviewed, review_formats};
use hjemmel::report::Look;
use hjemmel::{CompareAsked, Lang, Window, Workspace};
use std::path::{Path, PathBuf};

pub(crate) fn run(args: &CompareArgs, lang: Option<Lang>, color: ColorChoice) -> Result<u8, Failure> {
    let (second, paths) = second(args);
    let config = Config::find(&paths)?;
    let lang = language::choose(lang, config.language);
    compare(args, (second, &paths), &config, (lang, color)).map_err(|failure| failure.told_in(lang))
}

/// The second place, and where the policies are. With `--at` one place is enough, and what stands after it may be a path.
fn second(args: &CompareArgs) -> (&str, Vec<PathBuf>) {
    match args.second.as_deref() {
        Some(word) if args.at.is_some() && Path::new(word).exists() => {
            let more = args.paths.iter().filter(|path| *path != Path::new("."));
            (&args.first, [PathBuf::from(word)].into_iter().chain(more.cloned()).collect())
        }
        second => (second.unwrap_or(&args.first), args.paths.clone()),
    }
}

fn compare(
    args: &CompareArgs,
    (second, paths): (&str, &[PathBuf]),
    config: &Config,
    (lang, color): (Lang, ColorChoice),
) -> Result<u8, Failure> {
    let workspace = workspace(paths, config, &args.written)?;
    let workspace = match args.date {
        None => workspace,
        Some(day) => {
            let mut options = workspace.options().clone();
            options.window = Some(Window { from: day, to: day });
            Workspace::new(workspace.sources().iter().map(|(_, file)| file.clone()).collect(), options)
        }
    };
    let at = args.at.as_ref().map(|(fact, [one, other])| (fact.as_str(), [one.as_str(), other.as_str()]));
    let asked = CompareAsked { places: [&args.first, second], at, support: args.support.as_deref() };
    let compared = super::threads(None)?.install(|| workspace.compare(asked))?;
    let formats = review_formats();
    let format = formats.iter().find(|format| format.name == args.format).unwrap_or(&formats[0]);
    let width = fitted(Look::plain(lang)).width;
    let page = ReviewPage { what: Reviewed::Places(&compared), lang, width };
    let code = answered(&(format.render)(&page), args.written.out.as_deref(), color)?;
    Ok(if compared.open.is_empty() { code } else { UNABLE })
}
