//! A claim that fails, in words: what was claimed, and what is decided.

use super::{below, grant_of, is_so_done, is_within};
use crate::evaluate::{self, Case};
use crate::ground::{Text, text};
use crate::model::{Bound, ClaimKind, Done, Grade, SupportId, TermId};
use crate::verdict::Grant;

/// What a claim comes to for one citizen of whom it fails.
pub(crate) struct Told {
    /// `` `X` is `kan`, not `ret` ``
    pub words: Text,
    /// the supports that fail it
    pub supports: Vec<SupportId>,
    /// nothing for the grant
    pub term: Option<TermId>,
    /// nothing can be decided
    pub undecided: bool,
    /// the parts of a task of which it is as claimed, where it fails of others
    pub so: Vec<SupportId>,
}

/// A grant as it is decided.
pub(crate) fn decided(grant: Option<Grant>) -> Text {
    match grant {
        None => text!(
            en: "left undecided, because the rules contradict each other",
            da: "uafgjort, fordi reglerne modsiger hinanden"
        ),
        Some(Grant::Forbidden) => text!(en: "refused", da: "afslået"),
        Some(Grant::None) => text!(en: "not granted", da: "ikke givet"),
        Some(Grant::May) => Text::same("`kan`"),
        Some(Grant::Right) => Text::same("`ret`"),
        Some(Grant::Must) => Text::same("`skal`"),
    }
}

/// Tells why a claim fails for one citizen.
pub(crate) fn tell(case: &Case<'_>, claim: &ClaimKind) -> Told {
    let name = |id: SupportId| &case.model.supports[id.index()].name;
    let is = |id: SupportId, (en, da): (&str, &str), grants: &dyn Fn(Option<Grant>) -> bool| {
        let (supports, grant) = told_by(case, id, grants);
        let (of, got) = (name(supports.first().copied().unwrap_or(id)), decided(grant));
        let of = if supports.len() > 1 { name(id) } else { of };
        let words = Text { en: format!("`{of}` is {}{en}", got.en), da: format!("`{of}` er {}{da}", got.da) };
        Told { words, supports, term: None, undecided: grant.is_none(), so: Vec::new() }
    };
    let nobody = |_: Option<Grant>| false;
    match claim {
        ClaimKind::AtLeast(grade, id) => {
            let word = grade.word();
            let (en, da) = match grade {
                Grade::May => (String::new(), String::new()),
                _ => (format!(", not at least `{word}`"), format!(", ikke mindst `{word}`")),
            };
            is(*id, (&en, &da), &nobody)
        }
        ClaimKind::AtMost(grade, id) => {
            let (word, most) = (grade.word(), grant_of(*grade));
            let (en, da) = (format!(", not at most `{word}`"), format!(", ikke højst `{word}`"));
            is(*id, (&en, &da), &|grant| grant.is_none_or(|grant| grant > most))
        }
        ClaimKind::Exactly(grade, id) => {
            let (word, most) = (grade.word(), grant_of(*grade));
            let (en, da) = (format!(", not `{word}`"), format!(", ikke `{word}`"));
            is(*id, (&en, &da), &|grant| grant.is_none_or(|grant| grant > most))
        }
        ClaimKind::NotGranted(id) => {
            is(*id, (" and should not be granted", " og skulle ikke gives"), &|grant| {
                grant.is_none_or(Grant::is_granted)
            })
        }
        ClaimKind::Refused(id) => {
            is(*id, (", not refused", ", ikke afslået"), &|grant| grant != Some(Grant::Forbidden))
        }
        ClaimKind::Said(grade, id) => {
            let (word, of) = (grade.word(), name(*id));
            let words = text!(
                en: "nobody says `{word}` of `{of}`",
                da: "ingen siger `{word}` om `{of}`"
            );
            Told { words, supports: below(case.model, *id), term: None, undecided: false, so: Vec::new() }
        }
        ClaimKind::NotBoth(one, other) => not_both(case, *one, *other),
        ClaimKind::Within(id, bound) => of_a_term(case, *id, bound, false),
        ClaimKind::Just(id, bound) => of_a_term(case, *id, bound, true),
        ClaimKind::Done(done) => of_a_task(case, done),
    }
}

/// Of the supports a name stands for, the first that is so, with its grant; where none is, all of them and the
/// strongest grant.
fn told_by(
    case: &Case<'_>,
    name: SupportId,
    is_so: &dyn Fn(Option<Grant>) -> bool,
) -> (Vec<SupportId>, Option<Grant>) {
    let mut list = below(case.model, name);
    if case.statements.judged.contains(&name) && !list.contains(&name) {
        list.push(name);
    }
    let grants: Vec<(SupportId, Option<Grant>)> =
        list.iter().map(|id| (*id, evaluate::decision(case, *id).grant)).collect();
    if let Some((id, grant)) = grants.iter().find(|(_, grant)| is_so(*grant)) {
        return (vec![*id], *grant);
    }
    let strongest = grants.iter().filter_map(|(_, grant)| *grant).max();
    let undecided = grants.iter().any(|(_, grant)| grant.is_none());
    let strongest = strongest.filter(|grant| !undecided || grant.is_granted());
    (list, if undecided { strongest } else { Some(strongest.unwrap_or(Grant::None)) })
}

fn not_both(case: &Case<'_>, one: SupportId, other: SupportId) -> Told {
    let granted = |id: &SupportId| evaluate::decision(case, *id).grant.is_none_or(Grant::is_granted);
    let second: Vec<SupportId> = below(case.model, other).into_iter().filter(granted).collect();
    let first = below(case.model, one).into_iter().filter(granted);
    let pair = first.flat_map(|one| second.iter().map(move |other| (one, *other)));
    let (one, other) = pair.clone().find(|(one, other)| one != other).unwrap_or((one, other));
    let (first, second) = (&case.model.supports[one.index()].name, &case.model.supports[other.index()].name);
    let undecided = [one, other].iter().any(|id| evaluate::decision(case, *id).grant.is_none());
    let words = if undecided {
        text!(
            en: "both `{first}` and `{second}` may be granted: the rules contradict each other",
            da: "både `{first}` og `{second}` kan blive givet: reglerne modsiger hinanden"
        )
    } else {
        text!(en: "both `{first}` and `{second}` are granted", da: "både `{first}` og `{second}` gives")
    };
    Told { words, supports: vec![one, other], term: None, undecided, so: Vec::new() }
}

/// A claim about a term: the first support of which something else is decided.
fn of_a_term(case: &Case<'_>, id: SupportId, bound: &Bound, is_just: bool) -> Told {
    let term = &case.model.terms[bound.term.index()];
    let otherwise = |id: &SupportId| !is_within(&evaluate::decision(case, *id), &term.domain, bound, is_just);
    let support = below(case.model, id).into_iter().find(otherwise).unwrap_or(id);
    let decision = evaluate::decision(case, support);
    let of = &case.model.supports[support.index()].name;
    let got = match decision.terms.get(&bound.term) {
        None => text!(en: "without a bound", da: "uden grænse"),
        Some(None) => decided(None),
        Some(Some(set)) => Text::same(format!("`{}`", term.domain.bound_in_words(set))),
    };
    let (en, da) = if is_just { ("not just", "ikke netop") } else { ("not", "ikke") };
    let words = Text {
        en: format!("`{}` of `{of}` is {}, {en} `{}`", term.name, got.en, bound.words),
        da: format!("`{}` for `{of}` er {}, {da} `{}`", term.name, got.da, bound.words),
    };
    let undecided = decision.terms.get(&bound.term) == Some(&None);
    Told { words, supports: vec![support], term: Some(bound.term), undecided, so: Vec::new() }
}

/// A claim about a task: the first of what it speaks of that is decided otherwise.
fn of_a_task(case: &Case<'_>, done: &Done) -> Told {
    let is_so = |id: &SupportId| is_so_done(&evaluate::decision(case, *id), done.grade);
    let (so, otherwise): (Vec<SupportId>, Vec<SupportId>) = done.of.iter().copied().partition(is_so);
    let Some(first) = otherwise.first() else {
        let name = &done.name;
        let words = text!(
            en: "`{name}` means nothing: there is no støtte of this kind",
            da: "`{name}` betyder intet: der er ingen støtte af den art"
        );
        return Told { words, supports: so, term: None, undecided: false, so: Vec::new() };
    };
    let name = &case.model.supports[first.index()].name;
    let grant = evaluate::decision(case, *first).grant;
    let (is, claimed) = (done_in_words(grant), done.grade.map(Grade::word));
    let words = match (grant, claimed) {
        (Some(Grant::None), Some(word)) | (_, Some(word @ ("bør" | "bør ikke"))) => {
            text!(en: "nobody says `{word}` of `{name}`", da: "ingen siger `{word}` om `{name}`")
        }
        (_, Some(word)) => Text {
            en: format!("`{name}` is {}, not `{word}`", is.en),
            da: format!("`{name}` er {}, ikke `{word}`", is.da),
        },
        (_, None) => Text {
            en: format!("`{name}` is {}, and should be neither `kan` nor `skal`", is.en),
            da: format!("`{name}` er {} og skulle hverken være `kan` eller `skal`", is.da),
        },
    };
    let is_open = grant.is_none() && !matches!(claimed, Some("bør" | "bør ikke"));
    Told { words, supports: vec![*first], term: None, undecided: is_open, so }
}

/// What is decided of a task.
fn done_in_words(grant: Option<Grant>) -> Text {
    match grant {
        Some(Grant::Forbidden) => Text::same("`må ikke`"),
        _ => decided(grant),
    }
}
