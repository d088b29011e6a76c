//! How the values of flags are written.

use crate::nearest::nearest;
use crate::outputs::Output;
use hjemmel::{Day, Lang, Text, Window};
use std::fmt;
use std::path::PathBuf;

/// Why a value does not fit, in both languages.
#[derive(Debug)]
pub(crate) struct Unfit(pub(crate) Text);

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.en)
    }
}

impl std::error::Error for Unfit {}

fn unfit(en: &str, da: &str) -> Unfit {
    Unfit(Text { en: en.to_owned(), da: da.to_owned() })
}

/// `sarif=hjemmel.sarif`
pub(super) fn output(word: &str) -> Result<Output, Unfit> {
    let (name, file) = word.split_once('=').map(|(name, file)| (name.trim(), file)).unwrap_or_default();
    if name.is_empty() || file.is_empty() {
        return Err(unfit(
            "an output is written sarif=hjemmel.sarif",
            "et output skrives sarif=hjemmel.sarif",
        ));
    }
    let names = hjemmel::report::formats().iter().map(|format| format.name);
    let format = hjemmel::report::format(name).ok_or_else(|| match nearest(name, names.clone()) {
        Some(near) => {
            unfit(&format!("did you mean the format `{near}`?"), &format!("mente du formatet `{near}`?"))
        }
        None => {
            let names = names.collect::<Vec<_>>().join("`, `");
            unfit(&format!("the formats are `{names}`"), &format!("formaterne er `{names}`"))
        }
    })?;
    Ok(Output { format, to: PathBuf::from(file) })
}

/// A number of steps.
pub(super) fn steps(word: &str) -> Result<u64, Unfit> {
    let number = word.parse().ok().filter(|number| *number > 0);
    number.ok_or_else(|| unfit("write a whole number from 1", "skriv et helt tal fra 1"))
}

/// A part of a hundred.
pub(super) fn percent(word: &str) -> Result<usize, Unfit> {
    let number = word.parse().ok().filter(|number| *number <= 100);
    number.ok_or_else(|| unfit("write a number from 0 to 100", "skriv et tal fra 0 til 100"))
}

/// A number of threads.
pub(super) fn jobs(word: &str) -> Result<u16, Unfit> {
    let number = word.parse().ok().filter(|number| (1..=1024).contains(number));
    number.ok_or_else(|| unfit("write a number from 1 to 1024", "skriv et tal fra 1 til 1024"))
}

/// A number of rows, written `1000000`, `1.000.000` or `1_000_000`.
#[cfg(feature = "population")]
pub(super) fn rows(word: &str) -> Result<u64, Unfit> {
    let number = word.replace(['.', '_'], "").parse().ok().filter(|number| *number > 0);
    number.ok_or_else(|| unfit("write a whole number from 1 on", "skriv et helt tal fra 1 og op"))
}

/// `da` or `en`.
pub(crate) fn lang(word: &str) -> Result<Lang, Unfit> {
    match word {
        "da" => Ok(Lang::Da),
        "en" => Ok(Lang::En),
        _ => Err(unfit("da or en", "skriv da eller en")),
    }
}

/// `alder=29,30`
pub(super) fn line(word: &str) -> Result<(String, [String; 2]), Unfit> {
    let told = fact(word).ok().and_then(|(name, values)| {
        let (one, other) = values.split_once(',')?;
        let values = [one, other].map(|value| value.trim().to_owned());
        (!values.iter().any(String::is_empty)).then_some((name, values))
    });
    told.ok_or_else(|| {
        unfit(
            "a fact and its two values are written alder=29,30",
            "en oplysning og dens to værdier skrives alder=29,30",
        )
    })
}

/// `alder=24`
pub(super) fn fact(word: &str) -> Result<(String, String), Unfit> {
    let (name, value) =
        word.split_once('=').map(|(name, value)| (name.trim(), value.trim())).unwrap_or_default();
    if name.is_empty() || value.is_empty() {
        return Err(unfit("a fact is written alder=24", "en oplysning skrives alder=24"));
    }
    Ok((name.to_owned(), value.to_owned()))
}

/// `2015-08-24`
pub(crate) fn day(word: &str) -> Result<Day, Unfit> {
    let mut parts = word.splitn(3, '-');
    let mut part = |digits: usize| {
        parts.next().filter(|part| part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let (year, month, day) = (part(4), part(2), part(2));
    let numbers = (|| Some((year?.parse().ok()?, month?.parse().ok()?, day?.parse().ok()?)))();
    let found = numbers.and_then(|(year, month, day)| hjemmel::day_of(year, month, day));
    found.ok_or_else(|| unfit("a date is written 2015-08-24", "en dato skrives 2015-08-24"))
}

/// `2015-01-01..2019-12-31`
pub(crate) fn window(word: &str) -> Result<Window, Unfit> {
    let form =
        || unfit("a window is written 2015-01-01..2019-12-31", "en periode skrives 2015-01-01..2019-12-31");
    let (from, to) = word.split_once("..").ok_or_else(form)?;
    let window = Window { from: day(from.trim())?, to: day(to.trim())? };
    if window.from > window.to {
        return Err(unfit("the window ends before it begins", "perioden slutter, før den begynder"));
    }
    Ok(window)
}
