//! `hjemmel export`: the decisions for another engine.

use super::asking::{answered, workspace};
use crate::args::{ExportArgs, ExportCommand, SqlArgs};
use crate::config::Config;
use crate::exit::Failure;
use crate::language;
use anstream::ColorChoice;
use hjemmel::export::{SqlPage, sql_dialects};
use hjemmel::{Lang, SheetAsked};

pub(crate) fn run(args: &ExportArgs, lang: Option<Lang>, color: ColorChoice) -> Result<u8, Failure> {
    let ExportCommand::Sql(args) = &args.command;
    let config = Config::find(&args.paths)?;
    let lang = language::choose(lang, config.language);
    sql(args, &config, lang, color).map_err(|failure| failure.told_in(lang))
}

fn sql(args: &SqlArgs, config: &Config, lang: Lang, color: ColorChoice) -> Result<u8, Failure> {
    let workspace = workspace(&args.paths, config, &args.written)?;
    let mut asked = SheetAsked::of(&args.municipality);
    asked.support = args.support.as_deref();
    asked.rules = args.rules;
    // long chains of conditions are followed by recursion, and these threads have the room
    let sheet = super::threads(None)?.install(|| workspace.sheet(asked))?;
    let page = SqlPage { sheet: &sheet, from: &args.from, key: &args.key, lang };
    let dialects = sql_dialects();
    let dialect = dialects.iter().find(|dialect| dialect.name == args.dialect).unwrap_or(&dialects[0]);
    answered(&(dialect.render)(&page)?, args.written.out.as_deref(), color)
}
