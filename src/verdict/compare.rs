//! Law above municipality, part by part.

use super::{Grant, Matter, Verdict, common};
use crate::model::{Grade, Term, TermId, ValueSet};

/// How a municipality's bounds on a term relate to the law's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) struct TermComparison {
    /// a firm rule has nothing in common with the law, and not because it is better
    pub disjoint_firmly: bool,
    /// the same, and only rules that `kan fraviges`
    pub disjoint_softly: bool,
    /// something in common, and reaches past the law on the worse side
    pub leaves_room_for_less: bool,
    /// starts or ends past the law on the better side
    pub is_above: bool,
}

/// Whether the local grant is lower than the law's: `Some(firm)` says it is, and whether by a firm rule.
pub(crate) fn grant_is_under(law: &Verdict, local: &Verdict) -> Option<bool> {
    if law.is_contradicted(Matter::Grant) || local.is_contradicted(Matter::Grant) {
        return None;
    }
    let (due, given) = (law.grant(), local.grant());
    let speaks = local.speaks_of_grant() && law.speaks_of_grant();
    // a kan the municipality hedges with a precondition takes nothing that the law gives
    let hedged = given == Grant::None && due == Grant::May;
    let lower = speaks && given < due && !hedged && law.is_of_its_own();
    let refuses_assessment = given == Grant::Forbidden && law.is_to_be_assessed();
    let blocks = local.blocked && due.is_due();
    if !(lower || refuses_assessment || blocks) {
        return None;
    }
    Some(local.is_firm())
}

/// Whether the local grant is lawfully stronger than the law's.
pub(crate) fn grant_is_above(law: &Verdict, local: &Verdict) -> bool {
    let contradicted = law.is_contradicted(Matter::Grant) || local.is_contradicted(Matter::Grant);
    !contradicted && local.is_of_its_own() && law.grant().is_granted() && local.grant() > law.grant()
}

/// Compares the bounds of both layers on one term; `more_is_better` is the term's declared direction.
pub(crate) fn compare_terms(
    law: &Verdict,
    local: &Verdict,
    term: TermId,
    more_is_better: Option<bool>,
) -> TermComparison {
    let mut answer = TermComparison::default();
    let (Some(required), Some(bounds)) = (law.term(term), local.terms.get(&term)) else { return answer };
    let ceiling = law.ceilings.contains_key(&term);
    let compare_sets = |law: &ValueSet, local: &ValueSet, firm: bool, more_is_better: Option<bool>| {
        compare_sets(law, local, firm, ceiling, more_is_better)
    };
    let together = common(bounds.iter().map(|(set, _)| set)).unwrap_or_default();
    if !together.is_empty() {
        // what a rule that may be departed from adds is a warning: departing from it leaves the firm bounds
        let firmly = common(bounds.iter().filter(|(_, firm)| *firm).map(|(set, _)| set));
        let firm =
            firmly.is_some_and(|set| compare_sets(&required, &set, true, more_is_better).disjoint_firmly);
        return compare_sets(&required, &together, firm, more_is_better);
    }
    for (set, firm) in bounds {
        let alone = compare_sets(&required, set, *firm, more_is_better);
        answer.disjoint_firmly |= alone.disjoint_firmly;
        answer.disjoint_softly |= alone.disjoint_softly;
        answer.leaves_room_for_less |= alone.leaves_room_for_less;
    }
    answer
}

/// A law that contradicts itself in the term has no value left, and nothing departs from it.
fn compare_sets(
    law: &ValueSet,
    local: &ValueSet,
    firm: bool,
    ceiling: bool,
    more_is_better: Option<bool>,
) -> TermComparison {
    let (Some((law_low, law_high)), Some((low, high))) = (law.bounds(), local.bounds()) else {
        return TermComparison::default();
    };
    let (entirely_better, worse, is_above) = match more_is_better {
        // what ends past a ceiling is no generosity
        Some(true) => (low > law_high, low < law_low, low > law_low || !ceiling && high > law_high),
        Some(false) => (high < law_low, high > law_high, high < law_high || !ceiling && low < law_low),
        None => (false, !local.is_subset(law), false),
    };
    let disjoint = law.intersection(local).is_empty() && !entirely_better;
    TermComparison {
        disjoint_firmly: disjoint && firm,
        disjoint_softly: disjoint && !firm,
        leaves_room_for_less: !disjoint && !entirely_better && worse,
        is_above: is_above && !disjoint,
    }
}

/// Whether a municipality's bounds on a term reach past the law's ceiling: `Some(firm)` says they do, and whether its
/// firm rules do alone. Bounds that have nothing in common are the contradiction's news.
pub(crate) fn passes_ceiling(law: &Verdict, local: &Verdict, term: TermId, subject: &Term) -> Option<bool> {
    // a law that contradicts itself has no value left
    if law.term(term).is_none_or(|set| set.is_empty()) {
        return None;
    }
    let ceiling = common(law.ceilings.get(&term)?.iter())?;
    let bounds = local.terms.get(&term)?;
    let together = common(bounds.iter().map(|(set, _)| set))?;
    let firmly = common(bounds.iter().filter(|(_, firm)| *firm).map(|(set, _)| set));
    reaches_past(&ceiling, &together, subject)
        .then(|| firmly.is_some_and(|set| reaches_past(&ceiling, &set, subject)))
}

/// Whether a set ends past a ceiling on the better side. A set that is open on that side promises nothing there,
/// unless it also begins past the ceiling.
pub(crate) fn reaches_past(ceiling: &ValueSet, set: &ValueSet, subject: &Term) -> bool {
    let (Some((least, most)), Some((low, high))) = (ceiling.bounds(), set.bounds()) else { return false };
    let (first, last) = subject.domain.bounds();
    match subject.more_is_better {
        Some(true) => high > most && (high < last || low > most),
        Some(false) => low < least && (low > first || high < least),
        None => false,
    }
}

/// How what a layer says departs from what a guidance recommends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Departure {
    /// given or recommended, where the guidance advises against
    Discouraged,
    /// refused or advised against, where the guidance gives or recommends
    Refused,
    /// only kan, where the guidance says ret or skal
    Weaker,
}

/// Whether a layer departs from a guidance. Who contradicts itself says nothing to compare, and silence departs from
/// nothing; of a kind only what the guidance says of the kind itself counts, the rest is told of its members.
pub(crate) fn departure(guidance: &Verdict, own: &Verdict) -> Option<Departure> {
    if guidance.is_contradicted(Matter::Grant) || own.is_contradicted(Matter::Grant) {
        return None;
    }
    let says_itself = [Grade::Right, Grade::Must, Grade::Should, Grade::ShouldNot];
    if guidance.members.is_some() && !says_itself.into_iter().any(|grade| guidance.stands(grade)) {
        return None;
    }
    let is_due = guidance.stands(Grade::Right) || guidance.stands(Grade::Must);
    if guidance.is_only_advised_against() {
        return own.speaks_for().then_some(Departure::Discouraged);
    }
    if !guidance.speaks_for() || guidance.speaks_against() {
        return None;
    }
    match own.grant() {
        Grant::Forbidden | Grant::None if own.speaks_against() => Some(Departure::Refused),
        Grant::May if is_due && guidance.grant().is_due() => Some(Departure::Weaker),
        _ => None,
    }
}
