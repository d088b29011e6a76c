//! Ages in words beside a support: `til unge under 30 år` is a condition that only its author need confirm.

use super::lexicon::Lexicon;
use super::measures::{Edge, Unit, measured};

/// The condition on the age that words state, where they state one.
pub(super) fn condition(words: &str, lexicon: &Lexicon) -> Option<String> {
    let age = &lexicon.age()?.name;
    let found = measured(words).measures;
    let mut of_years =
        found.iter().filter(|measure| measure.unit == Some(Unit::Year) && measure.per.is_none());
    let (measure, None) = (of_years.next()?, of_years.next()) else { return None };
    let whole = |hundredths: i64| (hundredths % 100 == 0).then_some(hundredths / 100);
    let low = whole(measure.low)?;
    Some(match (measure.edge, measure.high) {
        (_, Some(high)) => format!("{age} fra {low} til {}", whole(high)?),
        // a bare number of years may be how long something lasts
        (Edge::Exact, None) => return None,
        (edge, None) => format!("{age} {}{low}", edge.word()),
    })
}
