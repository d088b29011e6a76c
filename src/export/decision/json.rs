//! Everything a case knows, for programs. The shape is a promise: `docs/decision.schema.json` describes it, and
//! `format_version` rises when it changes.

use super::{DecisionFormat, DecisionPage};
use crate::export::json::grant_name;
use crate::ground::iso_date;
use crate::queries::{
    Judgement, LayerReasons, LookedAt, Named, OpenQuestion, Outcome, Part, PartForce, PartReasons, Reasons,
    Role, RuleFate, RuleReasons, SpokenRule, SupportReasons, TermDecision, TermReasons,
};
use crate::verdict::Step;
use serde_json::{Value, json};

pub(super) const FORMAT: DecisionFormat = DecisionFormat { name: "json", render };

const FORMAT_VERSION: u32 = 1;

fn render(page: &DecisionPage<'_>) -> String {
    let reasons = page.reasons;
    let told = json!({
        "format_version": FORMAT_VERSION,
        "tool": env!("CARGO_PKG_NAME"),
        "version": env!("CARGO_PKG_VERSION"),
        "place": named(&reasons.place),
        "date": reasons.day.map(iso_date),
        "facts": each(&reasons.facts, |fact| json!({
            "fact": fact.fact.name,
            "title": fact.fact.title,
            "value": fact.value,
            "value_title": fact.value_title,
            "assessed": fact.assessed,
        })),
        "layers": each(&reasons.layers, layer_name),
        "decisions": each(&reasons.supports, |support| decision(page, support)),
        "questions": page.possible.map(|possible| each(&possible.questions, question)),
        "why_not": page.why_not.as_ref().map(super::why_not::told),
        "rules": each(&reasons.rules, |told| rule(reasons, told)),
        "concepts": each(&reasons.concepts, |concept| json!({
            "concept": concept.name,
            "of_law": concept.of_law,
            "meaning": judgement(&concept.meaning),
        })),
    });
    let mut text = serde_json::to_string_pretty(&told).unwrap_or_default();
    text.push('\n');
    text
}

fn each<T>(list: &[T], told: impl FnMut(&T) -> Value) -> Value {
    Value::Array(list.iter().map(told).collect())
}

fn named(named: &Named) -> Value {
    json!({ "name": named.name, "title": named.title })
}

/// The law has no name.
fn layer_name(layer: &Named) -> Value {
    if layer.name.is_empty() { json!({ "name": null, "title": null }) } else { named(layer) }
}

/// A fact that is still to be asked.
fn question(question: &OpenQuestion) -> Value {
    json!({
        "fact": question.fact,
        "title": question.title,
        "assessed": question.assessed,
        "supports": question.supports,
    })
}

/// What can be decided.
fn way(way: &Outcome) -> Value {
    json!({
        "grant": grant_name(way.grant),
        "duty": way.duty,
        "to_be_assessed": way.to_be_assessed,
        "recommended": way.recommended,
        "discouraged": way.discouraged,
        "terms": each(&way.terms, |(term, values)| json!({ "term": term, "values": values })),
    })
}

fn decision(page: &DecisionPage<'_>, told: &SupportReasons) -> Value {
    let (reasons, decision) = (page.reasons, &told.decision);
    let possible = page.possible.filter(|_| !told.certain);
    let possible =
        possible.and_then(|all| all.supports.iter().find(|possible| possible.support == told.support.name));
    json!({
        "support": told.support.name,
        "title": told.support.title,
        "role": match told.role {
            Role::Support => "support",
            Role::Kind => "kind",
            Role::Task => "task",
            Role::Step => "step",
        },
        "certain": told.certain,
        "grant": grant_name(decision.grant),
        "duty": decision.duty,
        "to_be_assessed": decision.to_be_assessed,
        "recommended": decision.recommended,
        "discouraged": decision.discouraged,
        "terms": each(&decision.terms, term),
        "rules": decision.rules,
        "layers": each(&told.layers, |layer| layer_reasons(reasons, layer)),
        "left_out": told.left_out,
        "possible": possible.map(|possible| each(&possible.decisions, way)),
    })
}

fn term(term: &TermDecision) -> Value {
    let ranges = term.ranges.as_ref().map(|ranges| each(ranges, |(low, high)| json!([low, high])));
    json!({
        "term": term.term,
        "title": term.title,
        "values": term.words,
        "told": term.told,
        "ranges": ranges,
        "internal": term.internal,
    })
}

fn step(step: Step) -> &'static str {
    match step {
        Step::Silent => "silent",
        Step::Decides => "decides",
        Step::Strengthens => "strengthens",
        Step::Refuses => "refuses",
        Step::Narrows => "narrows",
        Step::Confirms => "confirms",
        Step::Withholds => "withholds",
        Step::Displaced => "displaced",
        Step::Settled => "settled",
        Step::Undecided => "undecided",
        Step::TooLate => "too-late",
    }
}

fn layer_reasons(reasons: &Reasons, told: &LayerReasons) -> Value {
    let sides = told.contradiction.as_ref();
    json!({
        "layer": reasons.layers.get(told.layer).map_or(Value::Null, layer_name),
        "grant": match told.grant {
            None => "contradicted",
            grant => grant_name(grant),
        },
        "step": step(told.step),
        "blocked": told.blocked,
        "contradiction": sides.map(|(giving, refusing)| json!({ "giving": giving, "refusing": refusing })),
        "terms": each(&told.terms, term_reasons),
        "rules": each(&told.rules, spoken),
        "members": each(&told.members, |member| json!({
            "support": member.support,
            "grant": grant_name(Some(member.grant)),
        })),
    })
}

fn term_reasons(told: &TermReasons) -> Value {
    json!({ "own": term(&told.own), "step": step(told.step), "contradiction": told.contradiction })
}

fn spoken(told: &SpokenRule) -> Value {
    json!({ "rule": told.rule, "parts": each(&told.parts, part) })
}

fn part(told: &PartReasons) -> Value {
    let (force, by) = match &told.force {
        PartForce::Idle => ("idle", None),
        PartForce::Active => ("active", None),
        PartForce::SetAside(by) => ("set-aside", Some(by)),
        PartForce::GivesWay(to) => ("gives-way", Some(to)),
        PartForce::OtherDay => ("other-day", None),
        PartForce::Open => ("open", None),
    };
    let by = by.cloned().unwrap_or_default();
    match &told.part {
        Part::Grade { word, duty, of } => {
            json!({ "part": "grade", "grade": word, "duty": duty, "of": of, "force": force, "by": by })
        }
        Part::Term { term, words, ceiling } => {
            json!({ "part": "term", "term": term, "values": words, "ceiling": ceiling, "force": force, "by": by })
        }
        Part::Precondition(judged) => {
            let condition = judged.as_ref().map(judgement);
            json!({ "part": "precondition", "condition": condition, "force": force, "by": by })
        }
    }
}

fn rule(reasons: &Reasons, told: &RuleReasons) -> Value {
    let (fate, days, asks) = match &told.fate {
        RuleFate::Applies => ("applies", None, None),
        RuleFate::OtherDay(days) => ("other-day", Some(each(days, |(from, to)| json!([from, to]))), None),
        RuleFate::OtherDepartment => ("other-department", None, None),
        RuleFate::Unanswered(support) => ("unanswered", None, Some(support)),
        RuleFate::Fails => ("fails", None, None),
        RuleFate::Open => ("open", None, None),
    };
    json!({
        "rule": told.name,
        "title": told.title,
        "layer": reasons.layers.get(told.layer).map_or(Value::Null, layer_name),
        "module": named(&told.module),
        "provisions": told.provisions,
        "fate": fate,
        "days": days,
        "unanswered": asks,
        "department": told.department.as_ref().map(judgement),
        "condition": told.condition.as_ref().map(judgement),
        "exception_to": told.exception_to,
        "deviable": told.deviable,
        "reason": told.reason,
    })
}

fn judgement(judged: &Judgement) -> Value {
    let holds = judged.holds;
    match &judged.tested {
        LookedAt::Always => json!({ "holds": holds, "always": true }),
        LookedAt::Fact { condition, value } => json!({
            "holds": holds,
            "fact": condition.fact,
            "op": condition.comparison.name(),
            "values": condition.values,
            "value": value,
        }),
        LookedAt::Concept { name, of_law } => json!({ "holds": holds, "concept": name, "of_law": of_law }),
        LookedAt::Decided { support, due, grant } => json!({
            "holds": holds,
            "decided": support,
            "asked": if *due { "due" } else { "granted" },
            "grant": grant.map(|grant| grant_name(Some(grant))),
        }),
        LookedAt::Department { name, scope } => {
            json!({ "holds": holds, "department": name, "scope": judgement(scope) })
        }
        LookedAt::Not(inner) => json!({ "holds": holds, "not": judgement(inner) }),
        LookedAt::All(parts) => json!({ "holds": holds, "all": each(parts, judgement) }),
        LookedAt::Any(parts) => json!({ "holds": holds, "any": each(parts, judgement) }),
    }
}
