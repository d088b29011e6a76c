//! Loops of kinds, concepts, exceptions and decisions: told, then cut.

use super::loops::{Loop, loops};
use crate::ground::{Diagnostic, Severity, Span, Text, list, text};
use crate::model::{
    ConceptId, Doubt, Formula, Model, Question, RuleId, RuleSet, SupportId, asked_in, used_concepts,
    without_doubt,
};
use std::collections::{BTreeMap, BTreeSet};

/// A loop is drawn up to this many steps.
const DRAWN: usize = 12;

/// Cuts every loop, so that no later room runs in one, and tells it.
pub(crate) fn untangle(model: &mut Model) -> Vec<Diagnostic> {
    let mut findings = kinds(model);
    findings.extend(concepts(model));
    findings.extend(exceptions(model));
    findings.extend(decisions(model));
    findings
}

/// One thing in a loop, as the finding shows it.
struct Step<'a> {
    name: &'a str,
    span: Span,
}

fn kinds(model: &mut Model) -> Vec<Diagnostic> {
    let parent = |support: &crate::model::Support| support.parent.map(|parent| parent.index());
    let links: Vec<Vec<usize>> =
        model.supports.iter().map(|support| parent(support).into_iter().collect()).collect();
    let mut findings = Vec::new();
    for found in loops(&links) {
        let steps =
            steps(&found, |at| model.supports.get(at).map(|kind| Step { name: &kind.name, span: kind.span }));
        findings.push(tell(
            &steps,
            |name| text!(en: "the art `{name}` lies below itself", da: "arten `{name}` ligger under sig selv"),
            |name| text!(en: "below `{name}`", da: "ligger under `{name}`"),
            text!(en: "let one of them stand at the top", da: "lad en af dem stå øverst"),
        ));
        for member in found.members {
            if let Some(kind) = model.supports.get_mut(member) {
                kind.parent = None;
            }
        }
    }
    findings
}

fn concepts(model: &mut Model) -> Vec<Diagnostic> {
    let used = |concept: &crate::model::Concept| used_concepts(&concept.formula);
    let links: Vec<Vec<usize>> =
        model.concepts.iter().map(|concept| used(concept).iter().map(|id| id.index()).collect()).collect();
    let (mut findings, mut doubt) = (Vec::new(), Doubt::default());
    for found in loops(&links) {
        let step = |at: usize| {
            model.concepts.get(at).map(|concept| Step { name: &concept.name, span: concept.span })
        };
        findings.push(tell(
            &steps(&found, step),
            |name| text!(en: "the begreb `{name}` is defined by itself", da: "begrebet `{name}` er defineret ved sig selv"),
            |name| text!(en: "uses `{name}`", da: "bruger `{name}`"),
            text!(
                en: "define one of them by facts alone",
                da: "definér et af dem alene ved oplysninger"
            ),
        ));
        let told = findings.last().map(Diagnostic::told_at).unwrap_or_default();
        doubt.concepts.extend(found.members.iter().map(|member| (ConceptId(*member as u32), told)));
    }
    doubt.spread(model);
    findings
}

fn exceptions(model: &mut Model) -> Vec<Diagnostic> {
    let links = links_of(model);
    let mut findings = Vec::new();
    for found in loops(&links) {
        let steps = steps(&found, |at| {
            model.rules.get(at).map(|rule| Step { name: &rule.name, span: rule.name_span })
        });
        let mut finding = tell(
            &steps,
            |name| text!(en: "the rule `{name}` is an exception from itself", da: "reglen `{name}` er undtagelse fra sig selv"),
            |name| text!(en: "exception from `{name}`", da: "undtagelse fra `{name}`"),
            text!(en: "remove one of the exceptions", da: "fjern en af undtagelserne"),
        );
        finding.rules = steps.iter().map(|step| step.name.to_owned()).collect();
        finding.rules.sort();
        let first = found.way.first().and_then(|at| model.rules.get(*at));
        let module = first.and_then(|rule| model.modules.get(rule.module.index()));
        finding.module = module.map(|module| module.name.clone());
        let told = finding.told_at();
        findings.push(finding);
        for member in &found.members {
            if let Some(rule) = model.rules.get_mut(*member) {
                rule.exception_to.retain(|target| found.members.binary_search(&target.index()).is_err());
                rule.has_error = true;
                rule.faults.push(told);
            }
        }
    }
    findings
}

/// What each rule is an exception from, as far as that may run in a circle. Where every rule that hangs together with one
/// is an exception from later rules only, as the rows of a table are, there is no circle.
fn links_of(model: &Model) -> Vec<Vec<usize>> {
    let many = model.rules.len();
    // for each rule with which earlier one it hangs together; a stretch hangs together when one rule excepts from it
    let mut heads: Vec<usize> = (0..many).collect();
    let head = |heads: &[usize], mut at: usize| {
        while heads[at] != at {
            at = heads[at];
        }
        at
    };
    let mut covered = RuleSet::empty();
    let mut join = |one: usize, other: usize| {
        let (one, other) = (head(&heads, one), head(&heads, other));
        heads[one.max(other)] = one.min(other);
    };
    for (at, rule) in model.rules.iter().enumerate() {
        for stretch in rule.exception_to.stretches() {
            join(at, stretch.start as usize);
            covered.add(stretch.start..stretch.end - 1, |own| join(own.index(), own.index() + 1));
        }
    }
    let backwards = |at: &usize| {
        let first = model.rules[*at].exception_to.stretches().first();
        first.is_some_and(|stretch| stretch.start as usize <= *at)
    };
    let tangled: BTreeSet<usize> = (0..many).filter(backwards).map(|at| head(&heads, at)).collect();
    let links = |at: usize| {
        let all = model.rules[at].exception_to.iter().map(|id| id.index());
        if tangled.contains(&head(&heads, at)) { all.collect() } else { Vec::new() }
    };
    (0..many).map(links).collect()
}

/// Decisions that rest on themselves, place by place: in one municipality another's rules are not heard.
fn decisions(model: &mut Model) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    if model.rules.iter().all(|rule| rule.asks.is_empty()) {
        return findings;
    }
    for place in model.places() {
        let resting = model.questions_in(&place);
        let questions: Vec<Question> = resting.keys().copied().collect();
        let number = |question: Question| questions.binary_search(&question).ok();
        // for each question what the rules it rests on ask, and which rule does
        let asked: Vec<Vec<(usize, RuleId)>> = resting
            .values()
            .map(|rules| {
                let of = |rule: &RuleId| {
                    let rule = *rule;
                    model.questions_of(rule).filter_map(number).map(move |at| (at, rule)).collect::<Vec<_>>()
                };
                rules.iter().flat_map(of).collect()
            })
            .collect();
        let links: Vec<Vec<usize>> =
            asked.iter().map(|asked| asked.iter().map(|(at, _)| *at).collect()).collect();
        let mut asking: BTreeMap<RuleId, Vec<Span>> = BTreeMap::new();
        for found in loops(&links) {
            let next = found.way.iter().skip(1).chain(found.way.first());
            let who = found.way.iter().zip(next).filter_map(|(at, next)| {
                let (_, rule) = asked.get(*at)?.iter().find(|(asked, _)| asked == next)?;
                Some((*rule, questions.get(*next)?.support))
            });
            let finding = tell_decisions(model, &who.collect::<Vec<_>>());
            let told = finding.told_at();
            findings.push(finding);
            let inside = |at: &usize| found.members.binary_search(at).is_ok();
            let members = found.members.iter().filter_map(|at| asked.get(*at)).flatten();
            for (_, rule) in members.filter(|(at, _)| inside(at)) {
                asking.entry(*rule).or_default().push(told);
            }
        }
        for (id, told) in asking {
            let asks = |formula: &Formula| !asked_in(&model.concepts, formula).is_empty();
            let Some(rule) = model.rules.get(id.index()) else { continue };
            let when = if asks(&rule.when) { without_doubt(&rule.when, &asks) } else { rule.when.clone() };
            if let Some(rule) = model.rules.get_mut(id.index()) {
                (rule.when, rule.has_error) = (when, true);
                rule.faults.extend(told);
                rule.asks.clear();
            }
        }
    }
    findings
}

/// The finding for one loop: each rule and the support it asks about.
fn tell_decisions(model: &Model, who: &[(RuleId, SupportId)]) -> Diagnostic {
    let name = |support: SupportId| model.supports.get(support.index()).map_or("?", |s| s.name.as_str());
    // the way ends where it begins: the last one asks about the first
    let first = who.last().map_or("?", |(_, support)| name(*support));
    let by_way: Vec<String> = who
        .split_last()
        .map(|(_, others)| others.iter().take(DRAWN).map(|(_, s)| format!("`{}`", name(*s))).collect())
        .unwrap_or_default();
    let mut message = text!(
        en: "what is decided of `{first}` rests on itself",
        da: "hvad der afgøres om `{first}`, afhænger af sig selv"
    );
    if !by_way.is_empty() {
        let by_way = list(&by_way);
        message.en.push_str(&format!(", by way of {}", by_way.en));
        message.da.push_str(&format!(" via {}", by_way.da));
    }
    let mut finding = Diagnostic::new("cycle", Severity::Error, message).help(text!(
        en: "let one of the rules ask about facts instead",
        da: "lad en af reglerne spørge til oplysninger i stedet"
    ));
    for (rule, support) in who.iter().take(DRAWN) {
        let Some(rule) = model.rules.get(rule.index()) else { continue };
        let asked = name(*support);
        let own = &rule.name;
        let label = text!(en: "`{own}` asks about `{asked}`", da: "`{own}` spørger til `{asked}`");
        finding = finding.label(rule.when_span, label);
        finding.rules.push(own.clone());
        finding.module =
            finding.module.or_else(|| model.modules.get(rule.module.index()).map(|m| m.name.clone()));
    }
    finding.rules.sort();
    finding.rules.dedup();
    finding
}

fn steps<'a>(found: &Loop, step: impl Fn(usize) -> Option<Step<'a>>) -> Vec<Step<'a>> {
    found.way.iter().filter_map(|at| step(*at)).collect()
}

/// The finding for one loop: a label at each thing names the next.
fn tell(
    steps: &[Step<'_>],
    message: impl Fn(&str) -> Text,
    next: impl Fn(&str) -> Text,
    help: Text,
) -> Diagnostic {
    let first = steps.first().map(|step| step.name).unwrap_or_default();
    let mut message = message(first);
    let by_way: Vec<String> =
        steps.iter().skip(1).take(DRAWN).map(|step| format!("`{}`", step.name)).collect();
    if !by_way.is_empty() {
        let by_way = list(&by_way);
        message.en.push_str(&format!(", by way of {}", by_way.en));
        message.da.push_str(&format!(" via {}", by_way.da));
    }
    let finding = Diagnostic::new("cycle", Severity::Error, message).help(help);
    let names = steps.iter().skip(1).chain(steps.first()).map(|step| step.name);
    steps
        .iter()
        .zip(names)
        .take(DRAWN)
        .fold(finding, |finding, (step, name)| finding.label(step.span, next(name)))
}
