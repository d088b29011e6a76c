//! `hjemmel explain`: prints a check's card, or all their names.

use crate::args::ExplainArgs;
use crate::config::Config;
use crate::exit::{self, Failure};
use crate::language;
use crate::nearest::nearest;
use anstream::ColorChoice;
use hjemmel::report::{Look, card, cards};
use hjemmel::{Lang, Text};

pub(crate) fn run(args: &ExplainArgs, lang: Option<Lang>, color: ColorChoice) -> Result<u8, Failure> {
    let config = Config::find(&[".".into()])?;
    let lang = language::choose(lang, config.language);
    let look = Look::plain(lang).color(color != ColorChoice::Never);
    let checks = hjemmel::checks();
    let page = match &args.check {
        None => cards(checks.iter().map(|check| (check.name, &check.about)), look),
        Some(name) => match checks.iter().find(|check| check.name == name) {
            Some(check) => card(check.name, check.severity, &check.about, &check.explanation, look),
            None => return Err(Failure::from(unknown(name, &checks)).told_in(lang)),
        },
    };
    super::print(&page, color)?;
    Ok(exit::CLEAN)
}

fn unknown(name: &str, checks: &[hjemmel::Card]) -> Text {
    match nearest(name, checks.iter().map(|check| check.name)) {
        Some(near) => Text {
            en: format!("there is no check `{name}`, did you mean `{near}`?"),
            da: format!("der er ingen kontrol `{name}`, mente du `{near}`?"),
        },
        None => Text {
            en: format!("there is no check `{name}`; `hjemmel explain` lists them"),
            da: format!("der er ingen kontrol `{name}`; `hjemmel explain` viser dem alle"),
        },
    }
}
