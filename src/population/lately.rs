//! What was made for a day, as long as it is of use: the memory is bounded, however many days there are.

use crate::ground::Day;
use std::collections::BTreeMap;
use std::sync::Arc;

/// So many days are kept.
const KEPT: usize = 64;

/// Things by their day; the one that was asked for longest ago goes first.
#[derive(Debug)]
pub(super) struct Lately<T> {
    asked: u64,
    made: BTreeMap<Day, (u64, Arc<T>)>,
}

impl<T> Default for Lately<T> {
    fn default() -> Self {
        Lately { asked: 0, made: BTreeMap::new() }
    }
}

impl<T> Lately<T> {
    /// What is kept for a day, else what is made for it now.
    pub(super) fn get(&mut self, day: Day, make: impl FnOnce() -> T) -> Arc<T> {
        self.asked += 1;
        if let Some((asked, kept)) = self.made.get_mut(&day) {
            *asked = self.asked;
            return Arc::clone(kept);
        }
        if self.made.len() >= KEPT
            && let Some(oldest) = self.made.iter().min_by_key(|(_, (asked, _))| *asked).map(|(day, _)| *day)
        {
            self.made.remove(&oldest);
        }
        let made = Arc::new(make());
        self.made.insert(day, (self.asked, Arc::clone(&made)));
        made
    }
}

#[cfg(test)]
mod tests {
    use super::{KEPT, Lately};

    #[test]
    fn the_day_asked_for_longest_ago_goes_first() {
        let mut lately = Lately::default();
        for day in 0..10 * KEPT as i64 {
            assert_eq!(*lately.get(day, || day), day);
            // this one is asked for all the time
            assert_eq!(*lately.get(0, || panic!("it was kept")), 0);
            assert!(lately.made.len() <= KEPT);
        }
        assert_eq!(*lately.get(1, || -1), -1, "it went long ago");
    }
}
