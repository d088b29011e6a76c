//! What each rule says of each support, before anyone asks where.

use crate::ground::Span;
use crate::model::{
    EffectKind, Formula, Grade, Layer, Model, Place, Question, RuleId, RuleSet, SupportId, TermId, ValueSet,
    asked_in, distance,
};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The parts of a rule that can be set aside one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Part {
    Grade,
    Term(TermId),
    Precondition,
}

/// What one rule says of one support.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub rule: RuleId,
    pub layer: Layer,
    pub grades: Vec<SaidGrade>,
    pub bounds: Vec<SaidBound>,
    pub preconditions: Vec<SaidPrecondition>,
    /// what it sets aside of the rules it is an exception from, if anything
    pub aside: Option<SetsAside>,
}

impl SaidBound {
    /// Whether it can be compared: `snarest` only names its term.
    pub(crate) fn is_checkable(&self) -> bool {
        self.set != ValueSet::all()
    }
}

impl Said {
    /// The part of this rule that sets a part of a rule it is an exception from aside, where it is active.
    pub(crate) fn sets_aside(&self, part: Part) -> Option<Part> {
        match (self.aside.as_ref()?, part) {
            (SetsAside::Everything, _) => Some(Part::Grade),
            (SetsAside::Parts { terms, .. }, Part::Term(term)) => terms.contains(&term).then_some(part),
            (SetsAside::Parts { precondition, .. }, Part::Precondition) => precondition.then_some(part),
            (SetsAside::Parts { .. }, Part::Grade) => None,
        }
    }

    /// Whether it says ret or skal.
    pub(crate) fn makes_due(&self) -> bool {
        self.grades.iter().any(|said| matches!(said.grade, Grade::Right | Grade::Must))
    }

    /// Whether this rule, where its grade is active, makes a kan from further up give way.
    pub(crate) fn displaces(&self, grade: &SaidGrade) -> bool {
        let is_nearer = |own: &SaidGrade| {
            own.distance < grade.distance && !matches!(own.grade, Grade::Should | Grade::ShouldNot)
        };
        grade.grade == Grade::May && self.grades.iter().any(is_nearer)
    }

    /// Whether the rule has a part for the support, and does not only set others' parts aside.
    pub(crate) fn has_part(&self) -> bool {
        !(self.grades.is_empty() && self.bounds.is_empty() && self.preconditions.is_empty())
    }

    /// The parts this rule has for the support, each once.
    pub(crate) fn parts(&self) -> BTreeSet<Part> {
        let mut parts: BTreeSet<Part> = self.bounds.iter().map(|bound| Part::Term(bound.term)).collect();
        if !self.grades.is_empty() {
            parts.insert(Part::Grade);
        }
        if !self.preconditions.is_empty() {
            parts.insert(Part::Precondition);
        }
        parts
    }
}

/// A grade and how far above the support its target stands: 0 is the support itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SaidGrade {
    pub grade: Grade,
    pub duty: bool,
    pub distance: usize,
    pub span: Span,
}

/// A bound on a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SaidBound {
    pub term: TermId,
    /// the days on which it holds
    pub days: ValueSet,
    /// [`ValueSet::all`] for `snarest`, which bounds nothing
    pub set: ValueSet,
    /// `som loft`
    pub ceiling: bool,
    pub words: String,
    pub span: Span,
}

/// A precondition: where the formula fails, the support cannot be granted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SaidPrecondition {
    pub formula: Formula,
    pub span: Span,
}

/// What an exception sets aside of the rule it excepts from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum SetsAside {
    /// every part, where its own grade (or `bortfalder`) is not itself set aside
    Everything,
    /// these terms and, if set, the precondition, where the same part of the exception is not itself set aside
    Parts { terms: BTreeSet<TermId>, precondition: bool },
}

/// All that is said in one place, support by support.
#[derive(Clone, Debug)]
pub(crate) struct Statements {
    /// who is heard
    pub place: Place,
    /// every support, and every kind that carries a statement of its own; sorted
    pub judged: Vec<SupportId>,
    /// the supports below each kind that is judged or asked about
    pub members: BTreeMap<SupportId, Vec<SupportId>>,
    /// what is asked, each after what its answer rests on
    pub questions: Vec<Question>,
    said: BTreeMap<SupportId, Vec<Said>>,
    /// for each rule the exceptions from it
    exceptions: BTreeMap<RuleId, RuleSet>,
    /// for each question the rules its answer rests on
    resting_on: BTreeMap<Question, Vec<RuleId>>,
    /// for each layer those that bind it, the highest first
    binding: BTreeMap<Layer, Vec<Layer>>,
    /// the rules heard, each after the exceptions from it
    pub exceptions_first: Vec<RuleId>,
    /// those with an error: they say nothing, and who knows what they were meant to say
    pub with_error: Vec<RuleId>,
}

impl Statements {
    /// Sorts out every rule that is heard in a place. Rules with an error say nothing.
    pub(crate) fn of(model: &Model, place: Place) -> Self {
        Statements::judging(model, place, &BTreeSet::new())
    }

    /// The same, where more supports are judged than those that rules speak of.
    pub(crate) fn judging(model: &Model, place: Place, more: &BTreeSet<SupportId>) -> Self {
        let rules = place.rules(model);
        let exceptions = exceptions(model, &place, &rules);
        let judged: BTreeSet<SupportId> =
            judged(model, &rules).into_iter().chain(more.iter().copied()).collect();
        let judged: Vec<SupportId> = judged.into_iter().collect();
        let leaves = || model.support_ids().filter(|id| !model.supports[id.index()].is_kind);
        let below =
            |kind: SupportId| leaves().filter(|leaf| distance(model, *leaf, kind).is_some()).collect();
        let (questions, resting_on) = questions(model, &place);
        let asked = questions.iter().map(|question| question.support);
        let spoken: BTreeSet<SupportId> = judged.iter().copied().chain(asked).collect();
        let kinds = spoken.iter().filter(|id| model.supports[id.index()].is_kind);
        let members = kinds.map(|kind| (*kind, below(*kind))).collect();
        let about = |id: SupportId| rules.iter().filter_map(|rule| said_by(model, *rule, id)).collect();
        let said: BTreeMap<SupportId, Vec<Said>> = spoken.iter().map(|id| (*id, about(*id))).collect();
        let exceptions_first = exceptions_first(model, &rules, &exceptions);
        let with_error = rules.iter().copied().filter(|id| model.rule(*id).has_error).collect();
        let binding = place.layers.iter().map(|layer| (*layer, place.above(model, *layer))).collect();
        Statements {
            place,
            judged,
            members,
            questions,
            said,
            exceptions,
            resting_on,
            binding,
            exceptions_first,
            with_error,
        }
    }

    /// The place's own layer.
    pub(crate) fn own(&self) -> Layer {
        self.place.own()
    }

    /// The layers that bind a layer of the place, the highest first.
    pub(crate) fn above(&self, layer: Layer) -> &[Layer] {
        self.binding.get(&layer).map_or(&[], Vec::as_slice)
    }

    /// Whether a kan of one layer gives way to what another says.
    pub(crate) fn gives_way(&self, layer: Layer, to: Layer) -> bool {
        layer == to || self.above(layer).contains(&to)
    }

    /// The same, as if one rule said nothing.
    pub(crate) fn without(&self, rule: RuleId) -> Self {
        let mut less = self.clone();
        less.said.values_mut().for_each(|all| all.retain(|said| said.rule != rule));
        less
    }

    /// A support, and what lies below it where it is a kind.
    pub(crate) fn with_members(&self, support: SupportId) -> Vec<SupportId> {
        let members = self.members.get(&support).into_iter().flatten();
        std::iter::once(&support).chain(members).copied().collect()
    }

    /// What all rules say of one judged support, in the order of the rules.
    pub(crate) fn about(&self, support: SupportId) -> &[Said] {
        self.said.get(&support).map_or(&[], Vec::as_slice)
    }

    /// What one rule says of one judged support.
    pub(crate) fn by(&self, rule: RuleId, support: SupportId) -> Option<&Said> {
        let all = self.about(support);
        all.binary_search_by_key(&rule, |said| said.rule).ok().map(|at| &all[at])
    }

    /// Everything these rules and formulas rest on: the rules, the exceptions from them, the
    /// exceptions from those, the rules that what they ask rests on, and so on, sorted; and all that is asked, each after what it rests on.
    pub(crate) fn closure(
        &self,
        model: &Model,
        rules: &[RuleId],
        formulas: &[&Formula],
    ) -> (RuleSet, Vec<Question>) {
        let mut all: RuleSet = rules.iter().copied().collect();
        let mut pending: Vec<RuleId> = rules.to_vec();
        let mut asked: BTreeSet<Question> = BTreeSet::new();
        let of_formulas = formulas.iter().flat_map(|formula| asked_in(&model.concepts, formula));
        let mut open: Vec<Question> =
            of_formulas.map(|support| Question { support, of_law: false }).collect();
        loop {
            if let Some(rule) = pending.pop() {
                for stretch in self.exceptions_of(rule).stretches() {
                    all.add(stretch.clone(), |new| pending.push(new));
                }
                open.extend(model.questions_of(rule));
            } else if let Some(question) = open.pop() {
                if asked.insert(question) {
                    let rests_on = self.resting_on.get(&question).into_iter().flatten();
                    for rule in rests_on {
                        all.add(rule.0..rule.0 + 1, |new| pending.push(new));
                    }
                }
            } else {
                break;
            }
        }
        let questions = self.questions.iter().filter(|question| asked.contains(question));
        (all, questions.copied().collect())
    }

    /// Whether the answer to a question rests on a rule.
    pub(crate) fn rests_on(&self, question: Question, rule: RuleId) -> bool {
        self.resting_on.get(&question).is_some_and(|rules| rules.binary_search(&rule).is_ok())
    }

    /// The exceptions from a rule that are heard.
    pub(crate) fn exceptions_of(&self, rule: RuleId) -> &RuleSet {
        static NONE: RuleSet = RuleSet::empty();
        self.exceptions.get(&rule).unwrap_or(&NONE)
    }

    /// What the exceptions from a rule say of a support, as far as they set something aside there.
    pub(crate) fn exceptions_from<'s>(
        &'s self,
        said: &Said,
        support: SupportId,
    ) -> impl Iterator<Item = &'s Said> + use<'s> {
        let all = self.about(support);
        let within = move |stretch: &Range<u32>| {
            let from = all.partition_point(|said| said.rule.0 < stretch.start);
            let to = all.partition_point(|said| said.rule.0 < stretch.end);
            &all[from..to]
        };
        let stretches = self.exceptions_of(said.rule).stretches().iter();
        stretches.flat_map(within).filter(|exception| exception.aside.is_some())
    }
}

/// What is asked in a place, each question after those its answer rests on, and the rules it rests on. There are no
/// loops here; a chain may be long.
fn questions(model: &Model, place: &Place) -> (Vec<Question>, BTreeMap<Question, Vec<RuleId>>) {
    let resting_on = model.questions_in(place);
    let (mut order, mut entered) = (Vec::new(), BTreeSet::new());
    for start in resting_on.keys() {
        let mut pending = vec![(*start, false)];
        while let Some((question, left)) = pending.pop() {
            if left {
                order.push(question);
            } else if entered.insert(question) {
                pending.push((question, true));
                let rules = resting_on.get(&question).into_iter().flatten();
                let asked = rules.flat_map(|rule| model.questions_of(*rule));
                pending.extend(asked.map(|asked| (asked, false)));
            }
        }
    }
    (order, resting_on)
}

/// Every support, and every kind that some of the rules puts a grade of its own on.
fn judged(model: &Model, rules: &[RuleId]) -> Vec<SupportId> {
    let own = |kind: &EffectKind| {
        matches!(
            kind,
            EffectKind::Grade {
                grade: Grade::Must | Grade::Right | Grade::Should | Grade::ShouldNot | Grade::MustAssess,
                ..
            }
        )
    };
    let rules = rules.iter().map(|id| model.rule(*id)).filter(|rule| !rule.has_error);
    let effects = rules.flat_map(|rule| &rule.effects).filter(|effect| own(&effect.kind));
    let leaves = model.support_ids().filter(|id| !model.supports[id.index()].is_kind);
    let judged: BTreeSet<SupportId> = effects.filter_map(|effect| effect.support).chain(leaves).collect();
    judged.into_iter().collect()
}

/// The judged supports a grade on a target speaks of: with kan and må ikke on a kind each support below it, with any
/// grade on a task the task and its pairs, else the target itself.
pub(crate) fn spoken_of(model: &Model, grade: Grade, target: SupportId) -> Vec<SupportId> {
    if !model.supports[target.index()].is_given() {
        return model.support_ids().filter(|id| distance(model, *id, target).is_some()).collect();
    }
    if model.supports[target.index()].is_kind && matches!(grade, Grade::May | Grade::MustNot) {
        let leaves = model.support_ids().filter(|id| !model.supports[id.index()].is_kind);
        return leaves.filter(|leaf| distance(model, *leaf, target).is_some()).collect();
    }
    vec![target]
}

/// The exceptions from each rule that are heard in a place.
fn exceptions(model: &Model, place: &Place, rules: &[RuleId]) -> BTreeMap<RuleId, RuleSet> {
    let mut exceptions: BTreeMap<RuleId, RuleSet> = BTreeMap::new();
    for exception in rules {
        let rule = model.rule(*exception);
        let own = Layer::of(model, *exception).filter(|_| !rule.has_error);
        let mut before = None;
        for target in rule.exception_to.iter() {
            let module = model.rule(target).module;
            let heard = match before {
                Some((known, heard)) if known == module => heard,
                _ => {
                    let layers = own.zip(Layer::of(model, target));
                    layers.is_some_and(|(own, base)| place.may_except(model, own, base))
                }
            };
            before = Some((module, heard));
            if heard {
                exceptions.entry(target).or_default().push(*exception);
            }
        }
    }
    exceptions
}

/// Rules, each after the exceptions from it. The model has no loops here; a chain may be long.
fn exceptions_first(model: &Model, rules: &[RuleId], exceptions: &BTreeMap<RuleId, RuleSet>) -> Vec<RuleId> {
    let mut order = Vec::with_capacity(rules.len());
    let mut entered = vec![false; model.rules.len()];
    for start in rules {
        let mut pending = vec![(*start, false)];
        while let Some((rule, left)) = pending.pop() {
            if left {
                order.push(rule);
            } else if !std::mem::replace(&mut entered[rule.index()], true) {
                pending.push((rule, true));
                let above = exceptions.get(&rule).into_iter().flat_map(RuleSet::iter);
                pending.extend(above.filter(|id| !entered[id.index()]).map(|id| (id, false)));
            }
        }
    }
    order
}

fn said_by(model: &Model, id: RuleId, support: SupportId) -> Option<Said> {
    let rule = &model.rules[id.index()];
    let layer = Layer::of(model, id)?;
    if rule.has_error {
        return None;
    }
    let is_kind = model.supports[support.index()].is_kind;
    let aside = sets_aside(model, id, support);
    let mut said = Said { rule: id, layer, grades: vec![], bounds: vec![], preconditions: vec![], aside };
    let mut touches = rule.effects.iter().any(|effect| matches!(effect.kind, EffectKind::Lapses));
    for effect in &rule.effects {
        let Some(distance) = effect.support.and_then(|target| distance(model, support, target)) else {
            continue;
        };
        touches = true;
        let bounds = effect.bounds.iter().map(|b| SaidBound {
            term: b.term,
            days: b.days.clone(),
            set: b.set.clone(),
            ceiling: b.ceiling,
            words: b.words.clone(),
            span: b.span,
        });
        match &effect.kind {
            EffectKind::Grade { grade, duty } => {
                let of_a_task = !model.supports[support.index()].is_given();
                let of_each_member = of_a_task || matches!(grade, Grade::May | Grade::MustNot);
                let speaks =
                    if is_kind { distance == 0 && !of_each_member } else { distance == 0 || of_each_member };
                if speaks {
                    said.grades.push(SaidGrade { grade: *grade, duty: *duty, distance, span: effect.span });
                    said.bounds.extend(bounds);
                }
            }
            EffectKind::Terms => said.bounds.extend(bounds),
            EffectKind::Precondition(formula) if !is_kind => {
                said.preconditions.push(SaidPrecondition { formula: formula.clone(), span: effect.span });
            }
            EffectKind::Precondition(_) | EffectKind::Lapses => {}
        }
    }
    touches.then_some(said)
}

fn sets_aside(model: &Model, exception: RuleId, support: SupportId) -> Option<SetsAside> {
    let about = |target: Option<SupportId>| target.is_some_and(|t| distance(model, support, t).is_some());
    let (mut graded, mut everything, mut precondition) = (false, false, false);
    let mut terms = BTreeSet::new();
    for effect in &model.rules[exception.index()].effects {
        match &effect.kind {
            EffectKind::Lapses => everything = true,
            EffectKind::Grade { .. } => {
                graded = true;
                everything |= about(effect.support);
            }
            EffectKind::Terms if about(effect.support) => terms.extend(effect.bounds.iter().map(|b| b.term)),
            EffectKind::Precondition(_) if about(effect.support) => precondition = true,
            EffectKind::Terms | EffectKind::Precondition(_) => {}
        }
    }
    if everything {
        return Some(SetsAside::Everything);
    }
    let parts = !graded && (precondition || !terms.is_empty());
    parts.then_some(SetsAside::Parts { terms, precondition })
}
