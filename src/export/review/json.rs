//! A review for programs. The shape is a promise: `docs/review.schema.json` describes it, and `format_version` rises
//! when it changes.

use super::{Approved, FindingsMoved, Needed, ReviewFormat, ReviewPage, Reviewed};
use crate::export::json::grant_name;
use crate::ground::{RegionBox, Sources, Span, Window, Witness, iso_date};
use crate::queries::{
    Cause, CauseKind, ChangeClass, ChangedPart, ChangedPlace, ComparedSide, DecisionChange, Diff, Difference,
    Outcome, People, PlacesCompared, Silence, TermState,
};
use serde_json::{Map, Value, json};

pub(super) const FORMAT: ReviewFormat = ReviewFormat { name: "json", render };

const FORMAT_VERSION: u32 = 1;

fn render(page: &ReviewPage<'_>) -> String {
    let mut told = json!({
        "format_version": FORMAT_VERSION,
        "tool": env!("CARGO_PKG_NAME"),
        "version": env!("CARGO_PKG_VERSION"),
    });
    let more = match page.what {
        Reviewed::Versions { diff, sources, names, findings, approvals } => {
            let mut told = versions(diff, sources, names, findings);
            told["approvals"] = approvals.map_or(Value::Null, |needed| each(needed, approval));
            told
        }
        Reviewed::Places(compared) => places(compared),
    };
    if let (Some(told), Value::Object(more)) = (told.as_object_mut(), more) {
        told.extend(more);
    }
    let mut text = serde_json::to_string_pretty(&told).unwrap_or_default();
    text.push('\n');
    text
}

fn window(window: Window) -> Value {
    json!({ "from": iso_date(window.from), "to": iso_date(window.to) })
}

fn each<T>(list: &[T], told: impl FnMut(&T) -> Value) -> Value {
    Value::Array(list.iter().map(told).collect())
}

fn versions(
    diff: &Diff,
    sources: [&Sources; 2],
    names: [&str; 2],
    findings: Option<FindingsMoved<'_>>,
) -> Value {
    json!({
        "kind": "versions",
        "window": window(diff.window),
        "before": names[0],
        "after": names[1],
        "compared": diff.compared,
        "hash": diff.hash,
        "changes": each(&diff.changes, |change| one_change(change, sources)),
        "new_places": diff.new_places,
        "gone_places": diff.gone_places,
        "only_before": region(&diff.only_before),
        "only_after": region(&diff.only_after),
        "unread": { "before": diff.unread.0, "after": diff.unread.1 },
        "open": each(&diff.open, |(place, support)| json!({ "place": place, "support": support })),
        "findings": findings.map(|moved| json!({
            "introduced": each(moved.introduced, |finding| json!({
                "check": finding.check,
                "severity": finding.severity.name(),
                "fingerprint": finding.fingerprint(),
                "module": finding.module,
                "support": finding.support,
                "rules": finding.rules,
                "message": { "da": finding.message.da, "en": finding.message.en },
            })),
            "resolved": each(moved.resolved, |known| json!({
                "check": known.check,
                "module": known.module,
                "support": known.support,
                "about": known.about,
            })),
            "remaining": moved.remaining,
            "proven": moved.proven,
        })),
    })
}

fn approval(needed: &Needed) -> Value {
    let approved = |one: &Approved| json!({ "by": one.by, "date": one.date, "reason": one.reason });
    json!({
        "role": needed.role,
        "classes": each(&needed.classes, |(class, number)| {
            json!({ "class": class_name(*class), "changes": number })
        }),
        "approved": needed.approved.as_ref().map(approved),
    })
}

fn one_change(change: &DecisionChange, sources: [&Sources; 2]) -> Value {
    json!({
        "class": class_name(change.class),
        "support": change.support,
        "title": change.title,
        "parts": each(&change.parts, part),
        "days": change.days.map(window),
        "causes": each(&change.causes, |one| cause(one, sources)),
        "places": each(&change.places, place),
    })
}

fn class_name(class: ChangeClass) -> &'static str {
    match class {
        ChangeClass::Narrowed => "narrowed",
        ChangeClass::Gone => "gone",
        ChangeClass::Mixed => "mixed",
        ChangeClass::Terms => "terms",
        ChangeClass::Widened => "widened",
        ChangeClass::New => "new",
        ChangeClass::Basis => "basis",
    }
}

fn part(part: &ChangedPart) -> Value {
    let flag = |name: &str, now: bool| json!({ "part": name, "before": !now, "after": now });
    match part {
        ChangedPart::Grant { before, after } => {
            json!({ "part": "grant", "before": grant_name(*before), "after": grant_name(*after) })
        }
        ChangedPart::ToBeAssessed(now) => flag("to_be_assessed", *now),
        ChangedPart::Recommended(now) => flag("recommended", *now),
        ChangedPart::Discouraged(now) => flag("discouraged", *now),
        ChangedPart::Duty(now) => flag("duty", *now),
        ChangedPart::Term { term, title, before, after } => json!({
            "part": "term", "term": term, "title": title, "before": state(before), "after": state(after),
        }),
        ChangedPart::Basis { lost, gained } => json!({ "part": "basis", "lost": lost, "gained": gained }),
    }
}

fn state(state: &TermState) -> Value {
    match state {
        TermState::Unbounded => json!({ "state": "unbounded" }),
        TermState::Undecided => json!({ "state": "undecided" }),
        TermState::Bounded { values, told } => {
            json!({ "state": "bounded", "values": values, "told": told })
        }
    }
}

fn cause(cause: &Cause, [before, after]: [&Sources; 2]) -> Value {
    let kind = match cause.kind {
        CauseKind::Removed => "removed",
        CauseKind::Changed => "changed",
        CauseKind::Added => "added",
        CauseKind::Rebased => "rebased",
    };
    json!({
        "rule": cause.rule,
        "module": cause.module,
        "kind": kind,
        "before": at(cause.before, before),
        "after": at(cause.after, after),
        "basis": cause.basis,
    })
}

fn at(span: Option<Span>, sources: &Sources) -> Value {
    span.map_or(Value::Null, |span| {
        let file = sources.file(span.file);
        let position = file.position(span.start);
        json!({ "file": file.name, "line": position.line, "column": position.column })
    })
}

fn place(place: &ChangedPlace) -> Value {
    json!({
        "place": place.place,
        "region": region(&place.region),
        "is_whole": place.is_whole,
        "witness": witness(&place.witness),
        "before": outcome(&place.before),
        "after": outcome(&place.after),
        "rules_before": place.rules_before,
        "rules_after": place.rules_after,
        "basis_before": place.basis_before,
        "basis_after": place.basis_after,
        "people": place.people.map(people),
    })
}

fn people(people: People) -> Value {
    json!({ "reached": people.reached, "open": people.open, "of": people.of })
}

fn region(boxes: &[RegionBox]) -> Value {
    each(boxes, |conditions| {
        each(conditions, |condition| {
            json!({
                "fact": condition.fact,
                "op": condition.comparison.name(),
                "values": condition.values,
                "source": condition.source,
            })
        })
    })
}

fn witness(witness: &Witness) -> Value {
    let facts: Map<String, Value> =
        witness.iter().map(|fact| (fact.fact.clone(), Value::from(fact.value.clone()))).collect();
    Value::Object(facts)
}

fn outcome(outcome: &Outcome) -> Value {
    json!({
        "grant": grant_name(outcome.grant),
        "duty": outcome.duty,
        "to_be_assessed": outcome.to_be_assessed,
        "recommended": outcome.recommended,
        "discouraged": outcome.discouraged,
        "terms": each(&outcome.terms, |(term, values)| json!({ "term": term, "values": values })),
    })
}

fn places(compared: &PlacesCompared) -> Value {
    json!({
        "kind": "places",
        "window": window(compared.window),
        "places": compared.places,
        "at": compared.at.as_ref().map(|(fact, values)| json!({ "fact": fact, "values": values })),
        "compared": compared.compared,
        "differences": each(&compared.differences, difference),
        "unread": compared.unread,
        "open": compared.open,
    })
}

fn difference(difference: &Difference) -> Value {
    json!({
        "class": class_name(difference.class),
        "support": difference.support,
        "title": difference.title,
        "parts": each(&difference.parts, part),
        "days": difference.days.map(window),
        "region": region(&difference.region),
        "is_whole": difference.is_whole,
        "witness": witness(&difference.witness),
        "sides": each(&difference.sides, side),
    })
}

fn side(side: &ComparedSide) -> Value {
    let silence = match side.silence {
        Silence::Speaks => "speaks",
        Silence::Silent => "silent",
        Silence::OnPurpose => "on-purpose",
    };
    json!({ "silence": silence, "outcome": outcome(&side.outcome), "rules": side.rules, "basis": side.basis })
}
