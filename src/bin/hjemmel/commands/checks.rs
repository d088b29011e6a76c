//! `hjemmel checks`: lists the checks; and how a check is found by the word a reader uses for it.

use crate::args::{ChecksArgs, ListFormat};
use crate::config::Config;
use crate::exit::{self, Failure};
use crate::language;
use crate::nearest::nearest;
use crate::terminal::fitted;
use anstream::ColorChoice;
use hjemmel::report::{Look, cards, cards_json};
use hjemmel::{Card, Lang, Text};

pub(crate) fn run(args: &ChecksArgs, lang: Option<Lang>, color: ColorChoice) -> Result<u8, Failure> {
    let config = Config::find(&[".".into()])?;
    let lang = language::choose(lang, config.language);
    let look = fitted(Look::plain(lang)).color(color != ColorChoice::Never);
    let checks = hjemmel::checks();
    let page = match args.format {
        ListFormat::Human => cards(&checks, look),
        ListFormat::Json => cards_json(&checks),
    };
    super::print(&page, color)?;
    Ok(exit::CLEAN)
}

/// The check of that name, in either language.
pub(crate) fn named(word: &str) -> Result<Card, Text> {
    let checks = hjemmel::checks();
    let word = word.trim();
    let plain = word.to_lowercase();
    if let Some(card) = checks.iter().find(|card| card.name == plain || card.danish == plain) {
        return Ok(card.clone());
    }
    let names = checks.iter().flat_map(|card| [card.name, card.danish]);
    Err(match nearest(&plain, names) {
        Some(near) => Text {
            en: format!("there is no check `{word}`, did you mean `{near}`?"),
            da: format!("der er ingen kontrol `{word}`, mente du `{near}`?"),
        },
        None => Text {
            en: format!("there is no check `{word}`; `hjemmel checks` lists them"),
            da: format!("der er ingen kontrol `{word}`; `hjemmel checks` viser dem alle"),
        },
    })
}
