//! The days on which a difference holds, where they are the same for everybody: regions and the window in, a span of days
//! out.

use crate::evaluate::day_from_words;
use crate::ground::{Comparison, Condition, RegionBox, Window};

/// The days that all boxes of a region have, where each is bound to the same days without a break.
pub(super) fn days(region: &[RegionBox], is_whole: bool, window: Window) -> Option<Window> {
    let mut each = region.iter().map(|conditions| {
        let mut of_days = conditions.iter().filter(|condition| condition.is_of_days());
        of_days.next().and_then(|condition| bound(condition, window))
    });
    let days = each.next()??;
    (is_whole && each.all(|other| other == Some(days))).then_some(days)
}

fn bound(condition: &Condition, window: Window) -> Option<Window> {
    let values: Option<Vec<_>> = condition.values.iter().map(|value| day_from_words(value)).collect();
    match (condition.comparison, values?.as_slice()) {
        (Comparison::Is, &[day]) => Some(Window { from: day, to: day }),
        (Comparison::AtLeast, &[from]) => Some(Window { from, ..window }),
        (Comparison::AtMost, &[to]) => Some(Window { to, ..window }),
        (Comparison::Between, &[from, to]) => Some(Window { from, to }),
        _ => None,
    }
}
