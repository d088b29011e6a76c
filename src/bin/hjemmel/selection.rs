//! `--select` and `--ignore`, and what `hjemmel.toml` turns off: which checks are told.

use crate::commands::named;
use crate::config::Severities;
use crate::exit::Failure;
use hjemmel::{Selection, Text};

/// The selection, or all names that are no checks.
pub(crate) fn selection(
    select: &[String],
    ignore: &[String],
    set: &Severities,
) -> Result<Selection, Failure> {
    let mut problems = Vec::new();
    let mut names = |words: &[String]| -> Vec<&'static str> {
        let found = words.iter().filter(|word| !word.trim().is_empty()).map(|word| named(word));
        found
            .filter_map(|found| found.map_err(|unknown| problems.push(unknown)).ok())
            .map(|card| card.name)
            .collect()
    };
    let (selected, ignored) = (names(select), names(ignore));
    let off: Vec<&str> = set.off_everywhere().collect();
    let is_wanted =
        |name: &&'static str| if select.is_empty() { !off.contains(name) } else { selected.contains(name) };
    let is_told = |name: &&'static str| is_wanted(name) && !ignored.contains(name);
    let (told, left_out): (Vec<_>, Vec<_>) =
        hjemmel::checks().iter().map(|card| card.name).partition(is_told);
    if problems.is_empty() && told.is_empty() {
        problems.push(Text {
            en: "`--select` and `--ignore` leave no check to tell".to_owned(),
            da: "`--select` og `--ignore` levner ingen kontrol at melde".to_owned(),
        });
    }
    if problems.is_empty() { Ok(Selection { told, left_out }) } else { Err(Failure::new(problems)) }
}
