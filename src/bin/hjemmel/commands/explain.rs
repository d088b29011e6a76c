//! `hjemmel explain`: prints a check's card, or the list of them all.

use super::checks::named;
use crate::args::ExplainArgs;
use crate::config::Config;
use crate::exit::{self, Failure};
use crate::language;
use crate::terminal::fitted;
use anstream::ColorChoice;
use hjemmel::Lang;
use hjemmel::report::{Look, card, cards};

pub(crate) fn run(args: &ExplainArgs, lang: Option<Lang>, color: ColorChoice) -> Result<u8, Failure> {
    let config = Config::find(&[".".into()])?;
    let lang = language::choose(lang, config.language);
    let look = fitted(Look::plain(lang)).color(color != ColorChoice::Never);
    let page = match &args.check {
        None => cards(&hjemmel::checks(), look),
        Some(word) => card(&named(word).map_err(|unknown| Failure::from(unknown).told_in(lang))?, look),
    };
    super::print(&page, color)?;
    Ok(exit::CLEAN)
}
