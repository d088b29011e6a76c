//! Work on many things by several threads.

use rayon::prelude::*;

/// Works on shares of things side by side. For so few that they are one share no thread is asked.
pub(super) fn in_shares<'a, T: Sync, R: Send>(
    things: &'a [T],
    fewest: usize,
    work: impl Fn(&'a [T]) -> R + Sync + Send,
) -> Vec<R> {
    if things.len() <= fewest {
        return vec![work(things)];
    }
    let share = things.len().div_ceil(2 * rayon::current_num_threads()).max(fewest);
    things.par_chunks(share).map(work).collect()
}
