//! Decisions that rest on decisions: which rules ask what, and what an answer rests on.

use super::{
    Concept, EffectKind, FactId, Formula, Grade, Layer, Model, Place, Rule, RuleId, RuleSet, SupportId,
    used_concepts,
};
use std::collections::{BTreeMap, BTreeSet};

/// What is asked of a support by `har krav på` and `kan få`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Question {
    pub support: SupportId,
    /// what the law says of it, and not what is decided
    pub of_law: bool,
}

/// The supports a formula asks about, concepts opened. Concepts may run in a circle here.
pub(crate) fn asked_in(concepts: &[Concept], formula: &Formula) -> BTreeSet<SupportId> {
    let (mut asked, mut seen) = (BTreeSet::new(), BTreeSet::new());
    let mut open = vec![formula];
    while let Some(formula) = open.pop() {
        match formula {
            Formula::Always | Formula::Never | Formula::Test(..) => {}
            Formula::Decided { support, .. } => {
                asked.insert(*support);
            }
            Formula::Concept(id) => {
                if seen.insert(*id) {
                    open.extend(concepts.get(id.index()).map(|concept| &concept.formula));
                }
            }
            Formula::Not(inner) => open.push(inner),
            Formula::And(parts) | Formula::Or(parts) => open.extend(parts),
        }
    }
    asked
}

/// The same of everything in a rule that may ask.
pub(super) fn asked_by(concepts: &[Concept], rule: &Rule) -> Vec<SupportId> {
    let preconditions = rule.effects.iter().filter_map(|effect| match &effect.kind {
        EffectKind::Precondition(formula) => Some(formula),
        _ => None,
    });
    let formulas = [&rule.when, &rule.deviable].into_iter().chain(preconditions);
    let asked: BTreeSet<SupportId> = formulas.flat_map(|formula| asked_in(concepts, formula)).collect();
    asked.into_iter().collect()
}

/// The facts that decide whether a rule applies and what it demands, concepts opened.
pub(super) fn facts_asked_by(concepts: &[Concept], rule: &Rule) -> BTreeSet<FactId> {
    let preconditions = rule.effects.iter().filter_map(|effect| match &effect.kind {
        EffectKind::Precondition(formula) => Some(formula),
        _ => None,
    });
    let mut open: Vec<&Formula> = std::iter::once(&rule.when).chain(preconditions).collect();
    let (mut facts, mut seen) = (BTreeSet::new(), BTreeSet::new());
    while let Some(formula) = open.pop() {
        match formula {
            Formula::Always | Formula::Never | Formula::Decided { .. } => {}
            Formula::Test(fact, _) => {
                facts.insert(*fact);
            }
            Formula::Concept(id) => {
                if seen.insert(*id) {
                    open.extend(concepts.get(id.index()).map(|concept| &concept.formula));
                }
            }
            Formula::Not(inner) => open.push(inner),
            Formula::And(parts) | Formula::Or(parts) => open.extend(parts),
        }
    }
    facts
}

/// The concepts that ask something, themselves or by way of others.
pub(super) fn asking(concepts: &[Concept]) -> BTreeSet<super::ConceptId> {
    let mut users: BTreeMap<super::ConceptId, Vec<super::ConceptId>> = BTreeMap::new();
    let mut open = Vec::new();
    for (index, concept) in concepts.iter().enumerate() {
        let id = super::ConceptId(index as u32);
        for used in used_concepts(&concept.formula) {
            users.entry(used).or_default().push(id);
        }
        // what it asks itself, its concepts unopened
        if !asked_in(&[], &concept.formula).is_empty() {
            open.push(id);
        }
    }
    let mut asking = BTreeSet::new();
    while let Some(id) = open.pop() {
        if asking.insert(id) {
            open.extend(users.get(&id).into_iter().flatten());
        }
    }
    asking
}

/// How many kinds up from `support` one meets `target`: 0 for itself.
pub(crate) fn distance(model: &Model, support: SupportId, target: SupportId) -> Option<usize> {
    let path = std::iter::successors(Some(support), |at| model.supports[at.index()].parent);
    path.take(model.supports.len()).position(|at| at == target)
}

/// Whether a rule has a part for a support, or is one that may set such a part aside.
fn touches(model: &Model, rule: &Rule, support: SupportId) -> bool {
    rule.effects.iter().any(|effect| match (&effect.kind, effect.support) {
        (EffectKind::Lapses, _) => true,
        (_, Some(target)) => distance(model, support, target).is_some(),
        (_, None) => false,
    })
}

fn has_part(model: &Model, rule: &Rule, support: SupportId) -> bool {
    let subject = &model.supports[support.index()];
    let (is_kind, is_given) = (subject.is_kind, subject.is_given());
    rule.effects.iter().any(|effect| {
        let Some(far) = effect.support.and_then(|target| distance(model, support, target)) else {
            return false;
        };
        match &effect.kind {
            EffectKind::Grade { grade: Grade::May | Grade::MustNot, .. } if is_given => !is_kind,
            EffectKind::Grade { .. } => far == 0 || !is_given,
            EffectKind::Terms => true,
            EffectKind::Precondition(_) => !is_kind,
            _ => false,
        }
    })
}

impl Model {
    /// What a rule asks.
    pub(crate) fn questions_of(&self, rule: RuleId) -> impl Iterator<Item = Question> {
        let of_law = Layer::of(self, rule) == Some(Layer::Law);
        self.rule(rule).asks.iter().map(move |support| Question { support: *support, of_law })
    }

    /// Everything asked in a place, and for each question the rules its answer rests on.
    pub(crate) fn questions_in(&self, place: &Place) -> BTreeMap<Question, Vec<RuleId>> {
        let rules = place.rules(self);
        let mut questions = BTreeMap::new();
        let mut open: Vec<Question> = rules.iter().flat_map(|rule| self.questions_of(*rule)).collect();
        open.extend(self.asked.iter().map(|support| Question { support: *support, of_law: false }));
        if open.is_empty() {
            return questions;
        }
        let mut exceptions: BTreeMap<RuleId, RuleSet> = BTreeMap::new();
        for rule in rules.iter().filter(|rule| !self.rule(**rule).has_error) {
            for base in self.rule(*rule).exception_to.iter() {
                let layers = Layer::of(self, *rule).zip(Layer::of(self, base));
                if layers.is_some_and(|(own, base)| place.may_except(self, own, base)) {
                    exceptions.entry(base).or_default().push(*rule);
                }
            }
        }
        let deciding: BTreeSet<Layer> = place.deciding(self).collect();
        let decides = |rule: &&RuleId| Layer::of(self, **rule).is_some_and(|layer| deciding.contains(&layer));
        let deciding: Vec<RuleId> = rules.iter().filter(decides).copied().collect();
        while let Some(question) = open.pop() {
            if questions.contains_key(&question) {
                continue;
            }
            let rests_on = self.rests_on(question, &deciding, &exceptions);
            open.extend(rests_on.iter().flat_map(|rule| self.questions_of(*rule)));
            questions.insert(question, rests_on);
        }
        questions
    }

    fn rests_on(
        &self,
        question: Question,
        rules: &[RuleId],
        exceptions: &BTreeMap<RuleId, RuleSet>,
    ) -> Vec<RuleId> {
        let is_kind = self.supports[question.support.index()].is_kind;
        let is_member = |id: &SupportId| {
            !self.supports[id.index()].is_kind && distance(self, *id, question.support).is_some()
        };
        let members = self.support_ids().filter(|id| is_kind && is_member(id));
        let own: Vec<SupportId> = std::iter::once(question.support).chain(members).collect();
        let mut found = BTreeSet::new();
        for support in own {
            let speaks = |id: &&RuleId| {
                let rule = self.rule(**id);
                let asked = !question.of_law || Layer::of(self, **id) == Some(Layer::Law);
                asked && !rule.has_error && has_part(self, rule, support)
            };
            let mut open: Vec<RuleId> = rules.iter().filter(speaks).copied().collect();
            let mut of_support: BTreeSet<RuleId> = open.iter().copied().collect();
            while let Some(rule) = open.pop() {
                let from = exceptions.get(&rule).into_iter().flat_map(RuleSet::iter);
                let from = from.filter(|id| touches(self, self.rule(*id), support));
                open.extend(from.filter(|id| of_support.insert(*id)));
            }
            found.extend(of_support);
        }
        found.into_iter().collect()
    }
}
