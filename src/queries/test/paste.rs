//! An example written out: a citizen, as far as it matters, and what is decided.

use crate::model::{DATE, Domain, FactId, Model, ModuleId, Profile, SupportId, ValueSet};
use crate::verdict::{Decision, Grant};

/// The text of an example; nothing where what is decided cannot be claimed.
pub(super) fn example(
    model: &Model,
    title: &str,
    place: ModuleId,
    (profile, facts): (&Profile, &[FactId]),
    (support, name, decision): (SupportId, &str, &Decision),
) -> Option<String> {
    let claims = claims(model, support, name, decision)?;
    let place = &model.modules[place.index()].name;
    let mut lines = vec![format!("eksempel \"{title}\" {{"), format!("    i {place}")];
    let given: Vec<String> = facts.iter().map(|fact| given(model, *fact, profile)).collect();
    if !given.is_empty() {
        lines.push(format!("    givet {}", given.join(" og ")));
    }
    lines.extend(claims.iter().map(|claim| format!("    {claim}")));
    lines.push("}\n".to_owned());
    Some(lines.join("\n"))
}

/// `alder er 24`, `udskrives`, `ikke ledig`
fn given(model: &Model, id: FactId, profile: &Profile) -> String {
    let fact = &model.facts[id.index()];
    let value = fact.domain.spell_bare(profile.0[id.index()]);
    let name = if id == DATE { "dato" } else { &fact.name };
    match value.as_str() {
        "ja" => name.to_owned(),
        "nej" => format!("ikke {name}"),
        _ => format!("{name} er {value}"),
    }
}

/// What is decided, as claims.
fn claims(model: &Model, id: SupportId, name: &str, decision: &Decision) -> Option<Vec<String>> {
    let support = &model.supports[id.index()];
    if !support.is_given() {
        return done(name, decision);
    }
    let granted = match decision.grant? {
        Grant::May => "kan give",
        Grant::Right => "ret til",
        Grant::Must => "skal give",
        Grant::Forbidden if !support.is_kind => return Some(vec![format!("så afslag {name}")]),
        Grant::Forbidden | Grant::None => return Some(vec![format!("så ikke {name}")]),
    };
    if support.is_kind {
        // the terms and the advice of a kind are those of what lies below it
        return Some(vec![format!("så {granted} {name}")]);
    }
    let mut terms = Vec::new();
    for (id, set) in &decision.terms {
        let term = &model.terms[id.index()];
        let set = set.as_ref()?.intersection(&term.domain.all());
        if set != term.domain.all() && !set.is_empty() {
            let exactly = if claimed_exactly(&term.domain, &set) { "netop " } else { "" };
            terms.push(format!("{} {exactly}{}", term.name, term.domain.bound_in_words(&set)));
        }
    }
    let terms = if terms.is_empty() { String::new() } else { format!(" med {}", terms.join(", ")) };
    let mut claims = vec![format!("så {granted} {name}{terms}")];
    let flags = [
        (decision.recommended, "bør give"),
        (decision.discouraged, "bør ikke give"),
        (decision.to_be_assessed, "skal vurdere"),
    ];
    claims.extend(flags.iter().filter(|(said, _)| *said).map(|(_, words)| format!("så {words} {name}")));
    Some(claims)
}

/// The same of a task or a step.
fn done(name: &str, decision: &Decision) -> Option<Vec<String>> {
    let advice = [(decision.recommended, "bør udføre"), (decision.discouraged, "bør ikke udføre")];
    let mut claims: Vec<String> =
        advice.iter().filter(|(said, _)| *said).map(|(_, words)| format!("så {words} {name}")).collect();
    let grant = match decision.grant? {
        Grant::May => "kan udføre",
        Grant::Right | Grant::Must => "skal udføre",
        Grant::Forbidden => "må ikke udføre",
        Grant::None if claims.is_empty() => "ikke",
        // what is only advised is not said not to be done
        Grant::None => return Some(claims),
    };
    claims.insert(0, format!("så {grant} {name}"));
    Some(claims)
}

/// Whether an example says of these values that they are all: of a single one nothing else is left, and what has gaps
/// cannot be written.
fn claimed_exactly(domain: &Domain, set: &ValueSet) -> bool {
    match domain.written_ranges(set).as_slice() {
        [(low, high)] => low != high && domain.is_ordered(),
        _ => false,
    }
}

/// Whether what is claimed of the values of a term holds where others are decided.
pub(super) fn holds_of_a_term(domain: &Domain, was: &ValueSet, is: &ValueSet) -> bool {
    let was = was.intersection(&domain.all());
    if claimed_exactly(domain, &was) {
        domain.is_the_same(&was, is)
    } else {
        is.intersection(&domain.all()).is_subset(&was)
    }
}

/// Whether what is claimed of a task of which this was decided fails where something else is.
pub(super) fn fails_of_a_task(was: &Decision, is: &Decision) -> bool {
    let is_granted = |decision: &Decision| decision.grant.is_none_or(Grant::is_granted);
    let of_grant = match was.grant {
        Some(Grant::None) => !was.recommended && !was.discouraged && is_granted(is),
        grant => is.grant != grant,
    };
    of_grant || (was.recommended && !is.recommended) || (was.discouraged && !is.discouraged)
}
