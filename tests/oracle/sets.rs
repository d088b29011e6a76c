//! Sets of values of a term as bits, and how one stands to another.

/// The place of the least value of a set.
pub(crate) fn least(set: u64) -> u32 {
    set.trailing_zeros()
}

/// The place of the greatest value of a set.
pub(crate) fn greatest(set: u64) -> u32 {
    63 - set.leading_zeros()
}

/// All of a set is better than all of the law's.
pub(crate) fn all_better(set: u64, law: u64, more_is_better: Option<bool>) -> bool {
    match more_is_better {
        Some(true) => least(set) > greatest(law),
        Some(false) => greatest(set) < least(law),
        None => false,
    }
}

/// A set reaches past the law's on the worse side.
pub(crate) fn reaches_past_on_worse_side(set: u64, law: u64, more_is_better: Option<bool>) -> bool {
    match more_is_better {
        Some(true) => least(set) < least(law),
        Some(false) => greatest(set) > greatest(law),
        None => set & !law != 0,
    }
}

/// A set starts or, where there is no ceiling, ends past the law's on the better side.
pub(crate) fn past_on_better_side(set: u64, law: u64, more_is_better: Option<bool>, ceiling: bool) -> bool {
    match more_is_better {
        Some(true) => least(set) > least(law) || !ceiling && greatest(set) > greatest(law),
        Some(false) => greatest(set) < greatest(law) || !ceiling && least(set) < least(law),
        None => false,
    }
}

/// A set ends past a ceiling on the better side; one that is open there only if it begins past it too. `last` is the
/// greatest value of the domain.
pub(crate) fn reaches_past(set: u64, ceiling: u64, last: u32, more_is_better: Option<bool>) -> bool {
    set != 0
        && match more_is_better {
            Some(true) => {
                let open = greatest(set) == last && least(set) <= greatest(ceiling);
                greatest(set) > greatest(ceiling) && !open
            }
            Some(false) => {
                let open = least(set) == 0 && greatest(set) >= least(ceiling);
                least(set) < least(ceiling) && !open
            }
            None => false,
        }
}
