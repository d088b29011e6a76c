//! Which language the reader gets, and where a setting comes from.

use crate::config::Config;
use hjemmel::{Lang, Text};
use std::env;

const VARIABLE: &str = "HJEMMEL_LANG";

/// Where the value of a setting comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    Default,
    File { name: String, line: usize },
    Flag(String),
    Environment(&'static str),
}

impl Origin {
    pub(crate) fn in_words(&self, lang: Lang) -> String {
        match self {
            Origin::Default => {
                Text { en: "default".to_owned(), da: "standard".to_owned() }.get(lang).to_owned()
            }
            Origin::File { name, line } => format!("{name}:{line}"),
            Origin::Flag(name) => name.clone(),
            Origin::Environment(name) => (*name).to_owned(),
        }
    }
}

/// The flag, then HJEMMEL_LANG, then hjemmel.toml, then the locale, else English.
pub(crate) fn choose(flag: Option<Lang>, configured: Option<Lang>) -> Lang {
    flag.or_else(named).or(configured).or_else(|| locale().map(|(lang, _)| lang)).unwrap_or(Lang::En)
}

/// The same, and where it comes from.
pub(crate) fn chosen(flag: Option<Lang>, config: &Config) -> (Lang, Origin) {
    let from = if flag.is_some() {
        Origin::Flag("--lang".to_owned())
    } else if named().is_some() {
        Origin::Environment(VARIABLE)
    } else if config.language.is_some() {
        config.origin("language")
    } else {
        locale().map_or(Origin::Default, |(_, name)| Origin::Environment(name))
    };
    (choose(flag, config.language), from)
}

fn named() -> Option<Lang> {
    env::var(VARIABLE).ok().and_then(|word| crate::args::lang(word.trim()).ok())
}

/// The first of the locale variables that is set decides.
fn locale() -> Option<(Lang, &'static str)> {
    let set = |name: &'static str| Some((env::var(name).ok().filter(|value| !value.is_empty())?, name));
    let (value, name) = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set)?;
    let is_danish = value == "da" || value.starts_with("da_") || value.starts_with("da.");
    Some((if is_danish { Lang::Da } else { Lang::En }, name))
}
