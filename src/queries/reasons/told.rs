//! What the evaluator recorded, in names.

use super::heard::{
    LayerReasons, MemberReasons, Part, PartForce, PartReasons, RuleFate, RuleReasons, SpokenRule, TermReasons,
};
use super::judgement::{concepts, judgement};
use super::sources::{cited, sources};
use super::{Named, Reasons, Role, SupportReasons, facts};
use crate::diagram::doubtful;
use crate::evaluate::{self, Case, Concepts, Force, Heard, Judged, Outcome, Reasoned, Told};
use crate::ground::iso_date;
use crate::model::{DATE, Grade, Model, ModuleId, RuleId, SupportId, TermId, ValueSet};
use crate::queries::decide::{in_words, term_in_words};
use crate::verdict::{Grant, Layer, Matter, Said, Step};
use std::collections::BTreeMap;

/// The case of some judged supports.
pub(in crate::queries) fn told(case: &Case<'_>, module: ModuleId, judged: &[SupportId]) -> Reasons {
    let model = case.model;
    let mut teller = Teller { case, rules: BTreeMap::new(), concepts: Concepts::new() };
    let supports = judged.iter().map(|support| teller.support(*support)).collect();
    let home = &model.modules[module.index()];
    let basis = teller.rules.keys().flat_map(|rule| &model.rule(*rule).basis);
    let sources = sources(case, basis);
    Reasons {
        sources,
        place: Named::new(&home.name, &home.title),
        day: case.value(DATE),
        facts: facts(case),
        layers: case.statements.place.deciding(model).map(|layer| named(model, layer)).collect(),
        supports,
        rules: teller.rules.into_values().collect(),
        concepts: concepts(model, &teller.concepts),
    }
}

/// The law has no name of its own.
fn named(model: &Model, layer: Layer) -> Named {
    match layer {
        Layer::Law => Named { name: String::new(), title: String::new() },
        Layer::Module(module) => {
            let module = &model.modules[module.index()];
            Named::new(&module.name, &module.title)
        }
    }
}

struct Teller<'a> {
    case: &'a Case<'a>,
    rules: BTreeMap<RuleId, RuleReasons>,
    concepts: Concepts,
}

impl Teller<'_> {
    fn name(&self, rule: RuleId) -> String {
        self.case.model.rule(rule).name.clone()
    }

    fn names(&self, rules: &[RuleId]) -> Vec<String> {
        rules.iter().map(|rule| self.name(*rule)).collect()
    }

    fn support(&mut self, id: SupportId) -> SupportReasons {
        let model = self.case.model;
        let support = &model.supports[id.index()];
        let reasoned: Reasoned<Judged> = evaluate::reasons(self.case, id, &mut self.concepts);
        let layers = reasoned.layers.iter().enumerate();
        let layers = layers.filter_map(|(at, (told, steps))| self.layer(id, at, told, steps)).collect();
        let left_out = doubtful(model, self.case.statements, id);
        SupportReasons {
            support: Named::new(&support.name, &support.title),
            role: match support.role {
                crate::model::Role::Support if support.is_kind => Role::Kind,
                crate::model::Role::Support => Role::Support,
                crate::model::Role::Task | crate::model::Role::Pair(_) => Role::Task,
                crate::model::Role::Step => Role::Step,
            },
            certain: reasoned.certain,
            decision: in_words(model, reasoned.decided()),
            layers,
            left_out: self.names(&left_out),
        }
    }

    /// What one layer says; nothing where it has no rule about the support or what lies below it.
    fn layer(
        &mut self,
        support: SupportId,
        at: usize,
        told: &Told<Judged>,
        steps: &[(Matter, Step)],
    ) -> Option<LayerReasons> {
        let spoken = |(id, member): &(SupportId, Told<Judged>)| {
            let grant = member.verdict.grant();
            let support = self.case.model.supports[id.index()].name.clone();
            (grant != Grant::None).then_some(MemberReasons { support, grant })
        };
        let members: Vec<MemberReasons> = told.members.iter().filter_map(spoken).collect();
        let statements = self.case.statements;
        let said = statements.about(support).iter().filter(|said| said.layer == told.layer);
        let said: Vec<&Said> = said.collect();
        let rules: Vec<SpokenRule> =
            said.iter().zip(&told.rules).map(|(said, heard)| self.rule(at, said, heard)).collect();
        let step = |matter: Matter| {
            steps.iter().find(|(of, _)| *of == matter).map_or(Step::Silent, |(_, step)| *step)
        };
        // an art may be spoken of through what is blocked below it
        let says_nothing = matches!(step(Matter::Grant), Step::Silent | Step::TooLate);
        if rules.is_empty() && members.is_empty() && says_nothing {
            return None;
        }
        let contradicted = told.verdict.is_contradicted(Matter::Grant);
        let terms = told.verdict.terms.keys().map(|term| TermReasons {
            own: self.own(told, *term),
            step: step(Matter::Term(*term)),
            contradiction: self.at_odds(&said, told, *term),
        });
        Some(LayerReasons {
            layer: at,
            grant: (!contradicted).then(|| told.verdict.grant()),
            step: step(Matter::Grant),
            blocked: told.verdict.blocked,
            contradiction: contradicted.then(|| self.sides(&said, told)),
            terms: terms.collect(),
            rules,
            members,
        })
    }

    fn own(&self, told: &Told<Judged>, term: TermId) -> crate::queries::TermDecision {
        let contradicted = told.verdict.is_contradicted(Matter::Term(term));
        term_in_words(self.case.model, term, told.verdict.term(term).filter(|_| !contradicted))
    }

    /// The rules that give what others refuse, and those others.
    fn sides(&self, said: &[&Said], told: &Told<Judged>) -> (Vec<String>, Vec<String>) {
        let (mut giving, mut refusing) = (Vec::new(), Vec::new());
        for (said, heard) in said.iter().zip(&told.rules).filter(|(_, heard)| heard.firm == Some(true)) {
            let standing =
                said.grades.iter().zip(&heard.grades).filter(|(_, force)| **force == Force::Active);
            for (grade, _) in standing {
                match grade.grade {
                    Grade::May | Grade::Right | Grade::Must => giving.push(said.rule),
                    Grade::MustNot => refusing.push(said.rule),
                    Grade::Should | Grade::ShouldNot | Grade::MustAssess => {}
                }
            }
            refusing.extend(fails(heard).then_some(said.rule));
        }
        // an art that is due, and every support below it is closed
        for (id, member) in &told.members {
            let said = self.case.statements.about(*id).iter().filter(|said| said.layer == told.layer);
            for (said, heard) in said.zip(&member.rules) {
                let forbids = said
                    .grades
                    .iter()
                    .zip(&heard.grades)
                    .any(|(grade, force)| grade.grade == Grade::MustNot && *force == Force::Active);
                let blocks = heard.firm == Some(true) && fails(heard);
                refusing.extend((forbids || blocks).then_some(said.rule));
            }
        }
        giving.dedup();
        refusing.sort_unstable();
        refusing.dedup();
        (self.names(&giving), self.names(&refusing))
    }

    /// The rules whose bounds on a term have nothing in common.
    fn at_odds(&self, said: &[&Said], told: &Told<Judged>, term: TermId) -> Vec<String> {
        if !told.verdict.is_contradicted(Matter::Term(term)) {
            return Vec::new();
        }
        let firm = said.iter().zip(&told.rules).filter(|(_, heard)| heard.firm == Some(true));
        let bounding = firm.filter(|(said, heard)| {
            let mut bounds = said.bounds.iter().zip(&heard.bounds);
            bounds.any(|(bound, force)| bound.term == term && bound.is_checkable() && *force == Force::Active)
        });
        bounding.map(|(said, _)| self.name(said.rule)).collect()
    }

    fn rule(&mut self, layer: usize, said: &Said, heard: &Heard<Judged>) -> SpokenRule {
        if !self.rules.contains_key(&said.rule) {
            let reasons = self.fate(layer, heard);
            self.rules.insert(said.rule, reasons);
        }
        let model = self.case.model;
        let mut parts = Vec::new();
        for (at, grade) in said.grades.iter().enumerate() {
            let of = said_of(model, said.rule, grade.span);
            let part = Part::Grade {
                word: grade.grade.word(),
                duty: grade.duty,
                of: of.filter(|_| grade.distance > 0),
            };
            parts.push(PartReasons { part, force: self.force(heard.grades.get(at)) });
        }
        for (at, bound) in said.bounds.iter().enumerate() {
            let term = model.terms[bound.term.index()].name.clone();
            let part = Part::Term { term, words: bound.words.clone(), ceiling: bound.ceiling };
            parts.push(PartReasons { part, force: self.force(heard.bounds.get(at)) });
        }
        for at in 0..said.preconditions.len() {
            let heard = heard.preconditions.get(at);
            let judged = heard.and_then(|(_, judged)| judged.as_ref());
            let part = Part::Precondition(judged.map(|judged| judgement(model, judged)));
            parts.push(PartReasons { part, force: self.force(heard.map(|(force, _)| force)) });
        }
        SpokenRule { rule: self.name(said.rule), applies: heard.fate.holds() != Some(false), parts }
    }

    fn force(&self, force: Option<&Force>) -> PartForce {
        match force {
            None => PartForce::Idle,
            Some(Force::Active) => PartForce::Active,
            Some(Force::SetAside(by)) => PartForce::SetAside(self.names(by)),
            Some(Force::GivesWay(to)) => PartForce::GivesWay(self.names(to)),
            Some(Force::OtherDay) => PartForce::OtherDay,
            Some(Force::Open) => PartForce::Open,
        }
    }

    fn fate(&self, layer: usize, heard: &Heard<Judged>) -> RuleReasons {
        let model = self.case.model;
        let rule = model.rule(heard.rule);
        let module = &model.modules[rule.module.index()];
        let told = |judged: &Judged| judgement(model, judged);
        RuleReasons {
            name: rule.name.clone(),
            title: rule.title.clone(),
            layer,
            module: Named::new(&module.name, &module.title),
            provisions: rule.basis.iter().map(|citation| citation.text.clone()).collect(),
            cited: cited(model, &rule.basis),
            fate: match heard.fate.outcome {
                Outcome::Applies => RuleFate::Applies,
                // no rule with an error is among what is said: those are told apart
                Outcome::HasError | Outcome::OtherDay => RuleFate::OtherDay(days(&model.all_days_of(rule))),
                Outcome::OtherDepartment => RuleFate::OtherDepartment,
                Outcome::Unanswered(support) => {
                    RuleFate::Unanswered(model.supports[support.index()].name.clone())
                }
                Outcome::Fails => RuleFate::Fails,
                Outcome::Open => RuleFate::Open,
            },
            department: heard.fate.department.as_ref().map(told),
            condition: heard.fate.when.as_ref().map(told),
            exception_to: self.names(&Vec::from_iter(rule.exception_to.iter())),
            deviable: heard.firm == Some(false),
            reason: rule.reason.clone(),
        }
    }
}

/// Whether an active precondition of the rule fails.
fn fails(heard: &Heard<Judged>) -> bool {
    let failed = |judged: &Option<Judged>| judged.as_ref().is_some_and(|judged| judged.holds == Some(false));
    heard.preconditions.iter().any(|(force, judged)| *force == Force::Active && failed(judged))
}

/// What the statement that stands here is said of.
fn said_of(model: &Model, rule: RuleId, span: crate::ground::Span) -> Option<String> {
    let effect = model.rule(rule).effects.iter().find(|effect| effect.span == span)?;
    effect.support.map(|target| model.supports[target.index()].name.clone())
}

fn days(days: &ValueSet) -> Vec<(Option<String>, Option<String>)> {
    let end = |day: i64, open: i64| (day != open).then(|| iso_date(day));
    let ranges = days.ranges().iter();
    ranges.map(|(from, to)| (end(*from, ValueSet::MIN), end(*to, ValueSet::MAX))).collect()
}
