//! `hjemmel graph`: draws the decision on a support, or what depends on what.

use super::asking::{answered, workspace};
use crate::args::GraphArgs;
use crate::config::Config;
use crate::exit::Failure;
use crate::language;
use crate::terminal::fitted;
use anstream::ColorChoice;
use hjemmel::report::Look;
use hjemmel::{Asked, Lang};

pub(crate) fn run(args: &GraphArgs, lang: Option<Lang>, color: ColorChoice) -> Result<u8, Failure> {
    let config = Config::find(&args.paths)?;
    let lang = language::choose(lang, config.language);
    graph(args, &config, lang, color).map_err(|failure| failure.told_in(lang))
}

fn graph(args: &GraphArgs, config: &Config, lang: Lang, color: ColorChoice) -> Result<u8, Failure> {
    let workspace = workspace(&args.paths, config, &args.written)?;
    let formats = hjemmel::export::graph_formats();
    let format = formats.iter().find(|format| format.name == args.format).unwrap_or(&formats[0]);
    let width = fitted(Look::plain(lang)).width;
    let asked = Asked {
        support: args.support.as_deref(),
        municipality: args.municipality.as_deref(),
        on: args.depends.as_deref(),
    };
    let page = super::threads(None)?
        .install(|| workspace.graph(asked).map(|graph| (format.render)(&graph, lang, width)))?;
    answered(&page, args.written.out.as_deref(), color)
}
