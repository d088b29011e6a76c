//! Which language the reader gets.

use hjemmel::Lang;
use std::env;

/// The flag, then HJEMMEL_LANG, then hjemmel.toml, then the locale, else English.
pub(crate) fn choose(flag: Option<Lang>, configured: Option<Lang>) -> Lang {
    let named = || env::var("HJEMMEL_LANG").ok().and_then(|word| crate::args::lang(word.trim()).ok());
    flag.or_else(named).or(configured).unwrap_or_else(locale)
}

/// The first of the locale variables that is set decides.
fn locale() -> Lang {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| env::var(name).ok().filter(|v| !v.is_empty()));
    match set {
        Some(locale) if locale == "da" || locale.starts_with("da_") || locale.starts_with("da.") => Lang::Da,
        _ => Lang::En,
    }
}
