//! `hjemmel fmt`: writes policies in the one style of the language.
//!
//! A file is replaced as a whole or not at all, and one that cannot be read is left as it is and told.

use crate::args::FmtArgs;
use crate::config::Config;
use crate::exit::{self, Failure};
use crate::files;
use crate::language;
use crate::replace::{not_written, replace};
use crate::stdin;
use crate::terminal::fitted;
use anstream::ColorChoice;
use hjemmel::report::{Look, Report};
use hjemmel::{Lang, Options, SourceFile, Text, Workspace};
use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};
use similar::TextDiff;
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

/// Longer than this no diff is thought about; after it, larger pieces are shown as changed.
const PATIENCE: Duration = Duration::from_secs(5);

pub(crate) fn run(args: &FmtArgs, lang: Option<Lang>, color: ColorChoice) -> Result<u8, Failure> {
    // the paths may belong to several workspaces: then none of them chooses the language
    let configured = Config::find(&args.paths).ok().and_then(|config| config.language);
    let lang = language::choose(lang, configured);
    format(args, lang, color).map_err(|failure| failure.told_in(lang))
}

fn format(args: &FmtArgs, lang: Lang, color: ColorChoice) -> Result<u8, Failure> {
    let is_stdin = args.paths.iter().any(|path| path.as_os_str() == "-");
    if is_stdin && args.paths.len() > 1 {
        return Err(Failure::from(Text {
            en: "`-` stands alone: standard input is formatted by itself".to_owned(),
            da: "`-` står alene: standardinput formateres for sig".to_owned(),
        }));
    }
    if !is_stdin && args.stdin_filename.is_some() {
        return Err(Failure::from(Text {
            en: "`--stdin-filename` names the text of `-`: write `hjemmel fmt -`".to_owned(),
            da: "`--stdin-filename` navngiver teksten fra `-`: skriv `hjemmel fmt -`".to_owned(),
        }));
    }
    let read = if is_stdin {
        stdin::read(args.stdin_filename.as_deref(), &Config::default())?.sources
    } else {
        files::each(&args.paths)?
    };
    let threads = super::threads(None)?;
    let formatted: Vec<_> =
        threads.install(|| read.par_iter().map(|file| hjemmel::format(&file.name, &file.text)).collect());
    let (mut page, mut broken, mut unwritten, mut changes) = (String::new(), Vec::new(), Vec::new(), false);
    for (file, formatted) in read.iter().zip(formatted) {
        let Ok(formatted) = formatted else {
            broken.push(file.clone());
            continue;
        };
        let is_changed = formatted != file.text;
        changes |= is_changed;
        if args.diff && is_changed {
            page.push_str(&diff(&file.name, &file.text, &formatted));
        } else if is_stdin && !args.check && !args.diff {
            page = formatted;
        } else if is_changed {
            if !args.check
                && let Err(error) = replace(Path::new(&file.name), &formatted)
            {
                unwritten.push(not_written(&file.name, &error));
                continue;
            }
            page.push_str(&file.name);
            page.push('\n');
        }
    }
    super::print(&page, ColorChoice::AlwaysAnsi)?;
    let is_broken = !broken.is_empty();
    if is_broken {
        let look = fitted(Look::plain(lang)).color(color != ColorChoice::Never);
        threads.install(|| tell(broken, look, color));
    }
    if !unwritten.is_empty() {
        return Err(Failure::new(unwritten));
    }
    let would_change = changes && (args.check || args.diff);
    Ok(if is_broken || would_change { exit::FINDINGS } else { exit::CLEAN })
}

/// Tells, on standard error, what cannot be read: standard output is for texts and names.
fn tell(broken: Vec<SourceFile>, look: Look, color: ColorChoice) {
    let workspace = Workspace::new(broken, Options::default());
    let format = hjemmel::report::formats()[0];
    let page = (format.render)(&[Report::new(&workspace, workspace.unformatted())], look);
    let mut stderr = anstream::AutoStream::new(io::stderr().lock(), color);
    let _ = stderr.write_all(page.as_bytes());
}

/// A unified diff.
fn diff(name: &str, before: &str, after: &str) -> String {
    let diff = TextDiff::configure().timeout(PATIENCE).diff_lines(before, after);
    diff.unified_diff().header(name, name).to_string()
}
