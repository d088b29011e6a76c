//! `hjemmel matrix`: shows who gets what in a municipality.

use super::asking::{answered, workspace};
use crate::args::{Heard, MatrixArgs};
use crate::config::Config;
use crate::exit::Failure;
use crate::language;
use crate::terminal::fitted;
use anstream::ColorChoice;
use hjemmel::report::Look;
use hjemmel::{Lang, MatrixAsked};

pub(crate) fn run(args: &MatrixArgs, lang: Option<Lang>, color: ColorChoice) -> Result<u8, Failure> {
    let config = Config::find(&args.paths)?;
    let lang = language::choose(lang, config.language);
    matrix(args, &config, lang, color).map_err(|failure| failure.told_in(lang))
}

fn matrix(args: &MatrixArgs, config: &Config, lang: Lang, color: ColorChoice) -> Result<u8, Failure> {
    let workspace = workspace(&args.paths, config, &args.written)?;
    let formats = hjemmel::export::matrix_formats();
    let format = formats.iter().find(|format| format.name == args.format).unwrap_or(&formats[0]);
    let width = fitted(Look::plain(lang)).width;
    let asked = MatrixAsked {
        municipality: &args.municipality,
        rows: args.rows.as_deref(),
        department: args.department.as_deref(),
        own_only: args.layer == Heard::Kommune,
    };
    let page = super::threads(None)?
        .install(|| workspace.matrix(asked).map(|matrix| (format.render)(&matrix, lang, width)))?;
    answered(&page, args.written.out.as_deref(), color)
}
