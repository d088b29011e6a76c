//! What a decision rests on: the rules whose word counts, and the facts they were settled by.

use crate::queries::{
    FactReasons, Judgement, LayerReasons, Part, PartForce, PartReasons, Reasons, RuleFate, RuleReasons,
    SourceReasons, SpokenRule, SupportReasons,
};
use crate::verdict::{Grant, Step};

/// What one decision rests on.
pub(super) struct Weight<'a> {
    /// the rules that count, the law's first
    pub rules: Vec<&'a RuleReasons>,
    /// of a support nobody gives: the rules that would have given it, and the facts that keep them from it
    pub failing: Vec<(&'a RuleReasons, Vec<String>)>,
    /// the rules that say whether it is given
    pub deciding: Vec<&'a RuleReasons>,
    /// the facts that count, by name
    facts: Vec<String>,
}

/// What the decision on a support rests on.
pub(super) fn weight<'a>(reasons: &'a Reasons, support: &'a SupportReasons) -> Weight<'a> {
    let mut weight =
        Weight { rules: Vec::new(), failing: Vec::new(), deciding: Vec::new(), facts: Vec::new() };
    for layer in &support.layers {
        let first = weight.rules.len();
        for spoken in &layer.rules {
            let Some(rule) = reasons.rule(&spoken.rule) else { continue };
            let counting: Vec<&PartReasons> =
                spoken.parts.iter().filter(|part| counts(support, layer, part)).collect();
            if !counting.is_empty() {
                weight.counts(reasons, rule, &counting);
            }
        }
        // what says whether it is given goes before what bounds its terms
        let deciding: Vec<&str> = weight.deciding.iter().map(|rule| rule.name.as_str()).collect();
        weight.rules[first..].sort_by_key(|rule| !deciding.contains(&rule.name.as_str()));
    }
    let is_refused = matches!(support.decision.grant, Some(Grant::None));
    let spoken = support.layers.iter().flat_map(|layer| &layer.rules);
    for spoken in spoken.filter(|spoken| is_refused && would_give(spoken)) {
        let Some(rule) = reasons.rule(&spoken.rule) else { continue };
        let kept = match rule.fate {
            RuleFate::Fails => &rule.condition,
            RuleFate::OtherDepartment => &rule.department,
            _ => &None,
        };
        let facts = kept.as_ref().map(|judged| reasons.settling(judged)).unwrap_or_default();
        if !facts.is_empty() {
            weight.take(facts.clone());
            weight.failing.push((rule, facts));
        }
    }
    if weight.deciding.is_empty() {
        weight.deciding = weight.failing.iter().map(|(rule, _)| *rule).collect();
    }
    weight
}

/// Whether what a rule says stands in the decision: no other rule has set it aside, and no other layer displaced it.
fn counts(support: &SupportReasons, layer: &LayerReasons, told: &PartReasons) -> bool {
    let stands = |step: Step| {
        matches!(
            step,
            Step::Decides
                | Step::Strengthens
                | Step::Refuses
                | Step::Confirms
                | Step::Narrows
                | Step::Withholds
        )
    };
    let is_granted = support.decision.grant.is_some_and(Grant::is_granted);
    let is_internal =
        |name: &str| support.decision.terms.iter().any(|term| term.term == name && term.internal);
    told.force == PartForce::Active
        && match &told.part {
            Part::Term { term, .. } => {
                is_granted
                    && !is_internal(term)
                    && layer.terms.iter().any(|told| told.own.term == *term && stands(told.step))
            }
            Part::Grade { word, .. } => match *word {
                "kan" | "skal" | "ret" => is_granted && stands(layer.step),
                "må ikke" => !is_granted && stands(layer.step),
                _ => true,
            },
            Part::Precondition(_) => layer.step != Step::Settled,
        }
}

fn would_give(spoken: &SpokenRule) -> bool {
    let gives = |told: &PartReasons| match &told.part {
        Part::Grade { word, .. } => matches!(*word, "kan" | "skal" | "ret"),
        Part::Term { .. } | Part::Precondition(_) => false,
    };
    !spoken.applies && spoken.parts.iter().any(gives)
}

impl<'a> Weight<'a> {
    fn counts(&mut self, reasons: &Reasons, rule: &'a RuleReasons, parts: &[&PartReasons]) {
        let preconditions = parts.iter().filter_map(|told| match &told.part {
            Part::Precondition(judged) => judged.as_ref(),
            Part::Grade { .. } | Part::Term { .. } => None,
        });
        let judged: Vec<&Judgement> =
            rule.condition.iter().chain(&rule.department).chain(preconditions).collect();
        judged.into_iter().for_each(|judged| self.take(reasons.settling(judged)));
        self.rules.push(rule);
        if parts.iter().any(|told| !matches!(told.part, Part::Term { .. })) {
            self.deciding.push(rule);
        }
    }

    fn take(&mut self, facts: Vec<String>) {
        let new: Vec<String> = facts.into_iter().filter(|fact| !self.facts.contains(fact)).collect();
        self.facts.extend(new);
    }

    /// The facts of weight, in the order of the policies.
    pub(super) fn facts<'b>(&self, reasons: &'b Reasons) -> Vec<&'b FactReasons> {
        reasons.facts.iter().filter(|fact| self.facts.contains(&fact.fact.name)).collect()
    }

    /// What the rules say of why, each once.
    pub(super) fn considerations(&self) -> Vec<&'a str> {
        let mut all: Vec<&str> = self.rules.iter().filter_map(|rule| rule.reason.as_deref()).collect();
        let mut seen = Vec::new();
        all.retain(|reason| {
            !seen.contains(reason) && {
                seen.push(*reason);
                true
            }
        });
        all
    }

    /// The sources cited by the rules of the letter.
    pub(super) fn sources<'b>(&self, reasons: &'b Reasons) -> Vec<&'b SourceReasons> {
        let rules = self.rules.iter().chain(self.failing.iter().map(|(rule, _)| rule));
        let cited: Vec<&str> =
            rules.flat_map(|rule| &rule.cited).map(|cited| cited.source.as_str()).collect();
        reasons.sources.iter().filter(|source| cited.contains(&source.source.name.as_str())).collect()
    }
}
