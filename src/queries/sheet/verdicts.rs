//! What each layer says of a support, and what is decided: `docs/semantics.md`, sections 3 to 5.
//!
//! A grant is a number: -1 må ikke, 0 nothing, 1 kan, 2 ret, 3 skal, and -9 where it is left undecided.

use super::SheetPhase;
use super::columns::Builder;
use super::expr::{Expr, all, any, at_least, first, greatest, is, known, not};
use super::rules::UNDECIDED;
use super::terms::Signs;
use crate::ground::{Text, text, titled};
use crate::model::{Grade, Layer, Question, SupportId, TermId};
use crate::verdict::{Part, Said};
use std::collections::BTreeMap;

const FORBIDDEN: i64 = -1;

/// What one layer says of a support.
#[derive(Clone)]
pub(super) struct Heard {
    /// who says it
    pub(super) name: String,
    /// the grant, contradictions aside
    grant: Expr,
    /// the same, undecided where the layer contradicts itself
    pub(super) settled: Expr,
    contradicted: Expr,
    speaks: Expr,
    closed: Expr,
    recommended: Expr,
    discouraged: Expr,
    to_be_assessed: Expr,
    duty: Expr,
    /// what must be known
    certain: Vec<Expr>,
    /// what must be true for all to be known that matters; never itself not known
    conditions: Vec<Expr>,
    /// its bounds on each term
    pub(super) bounds: BTreeMap<TermId, Vec<HeardBound>>,
    says_nothing: bool,
}

impl Heard {
    /// Whether nothing it says rests on what is not known.
    fn is_known(&self) -> Expr {
        all(std::iter::once(known(self.certain.clone())).chain(self.conditions.clone()))
    }
}

/// A bound, whether it is active and whether it is firm.
#[derive(Clone)]
pub(super) struct HeardBound {
    pub(super) active: Expr,
    pub(super) firm: Expr,
    pub(super) set: crate::model::ValueSet,
    pub(super) told: String,
}

/// What is decided of a support.
#[derive(Clone)]
pub(super) struct Decided {
    /// whether nothing in it rests on what is not known; not known itself of a row that is nobody
    pub(super) certain: Expr,
    /// not known where it is not certain
    pub(super) grant: Expr,
    pub(super) recommended: Expr,
    pub(super) discouraged: Expr,
    pub(super) to_be_assessed: Expr,
    pub(super) duty: Expr,
    /// the signs of the values that are left, -1 where that is left undecided
    pub(super) terms: BTreeMap<TermId, (Signs, Expr)>,
}

/// The grades that stand.
#[derive(Default)]
struct Standing(Vec<(Grade, Expr, Expr)>);

impl Standing {
    fn any(&self, grades: &[Grade]) -> Expr {
        let wanted = self.0.iter().filter(|(grade, ..)| grades.contains(grade));
        any(wanted.map(|(_, stands, _)| stands.clone()).collect::<Vec<_>>())
    }

    fn firmly(&self, grades: &[Grade]) -> Expr {
        let wanted = self.0.iter().filter(|(grade, ..)| grades.contains(grade));
        any(wanted.map(|(_, stands, firm)| all([stands.clone(), firm.clone()])).collect::<Vec<_>>())
    }
}

impl Builder<'_> {
    /// Answers all that is asked by what these supports rest on.
    pub(super) fn answer(&mut self, supports: &[SupportId]) -> Result<(), Text> {
        let all = supports.iter().flat_map(|support| self.statements.with_members(*support));
        let about = all.flat_map(|support| self.statements.about(support)).map(|said| said.rule);
        let rules: Vec<_> = about.collect();
        let (_, questions) = self.statements.closure(self.model, &rules, &[]);
        for question in questions {
            let answer = self.answer_to(question)?;
            self.answers.insert(question, answer);
        }
        Ok(())
    }

    fn answer_to(&mut self, question: Question) -> Result<Expr, Text> {
        if !question.of_law {
            return Ok(self.decided(question.support)?.grant);
        }
        let heard = self.heard(Layer::Law, question.support)?;
        let name = format!("lovens svar: {}", self.support_name(question.support));
        let note = text!(
            en: "what the law answers where it is asked; NULL where that is not known",
            da: "hvad loven svarer, hvor den bliver spurgt; NULL, hvor det ikke vides"
        );
        let answer = first([(heard.is_known(), heard.settled)], Expr::Nothing);
        Ok(self.column(SheetPhase::Decisions, &name, answer, note))
    }

    fn support_name(&self, support: SupportId) -> String {
        self.model.supports[support.index()].name.clone()
    }

    fn layer_name(&self, layer: Layer) -> String {
        match layer {
            Layer::Law => "loven".to_owned(),
            Layer::Module(module) => self.model.modules[module.index()].name.clone(),
        }
    }

    /// What one layer says of a support.
    pub(super) fn heard(&mut self, layer: Layer, support: SupportId) -> Result<Heard, Text> {
        if let Some(heard) = self.heard.get(&(layer, support)) {
            return Ok(heard.clone());
        }
        let statements = self.statements;
        // those that set others aside first: a chain of exceptions may be long
        for rule in &statements.exceptions_first {
            if let Some(said) = statements.by(*rule, support).filter(|said| said.layer == layer) {
                self.active_parts(said, support);
            }
        }
        let mut standing = Standing::default();
        let (mut certain, mut conditions) = (Vec::new(), Vec::new());
        let (mut blocked, mut duty) = (Vec::new(), Vec::new());
        let mut bounds: BTreeMap<TermId, Vec<HeardBound>> = BTreeMap::new();
        for said in statements.about(support).iter().filter(|said| said.layer == layer) {
            let firm = self.firm(said.rule);
            let parts = self.active_parts(said, support);
            let any_active = any(parts.iter().map(|(_, active)| active.clone()).collect::<Vec<_>>());
            // whether it is firm matters only where some part of it is active
            if !matches!(firm, Expr::Constant(_)) {
                conditions.push(first([(any_active, known([firm.clone()]))], Expr::Constant(true)));
            }
            certain.extend(parts.into_iter().filter(|(part, _)| *part != Part::Precondition).map(|(_, a)| a));
            for grade in &said.grades {
                let active = self.active(said, Part::Grade, support);
                let stands = self.stands(said, grade, support);
                certain.push(stands.clone());
                duty.extend(grade.duty.then_some(active));
                standing.0.push((grade.grade, stands, firm.clone()));
            }
            let fails = self.failing(said, support);
            certain.extend(fails.iter().cloned());
            blocked.push(all([any(fails), firm.clone()]));
            for bound in said.bounds.iter().filter(|bound| bound.is_checkable()) {
                let active = self.active(said, Part::Term(bound.term), support);
                let active = all([active, self.on_days(&bound.days)]);
                let told = format!("{}: {}", self.model.rule(said.rule).name, bound.words);
                let heard = HeardBound { active, firm: firm.clone(), set: bound.set.clone(), told };
                bounds.entry(bound.term).or_default().push(heard);
            }
        }
        let mut members = Vec::new();
        for member in statements.members.get(&support).into_iter().flatten() {
            let member = self.heard(layer, *member)?;
            certain.extend(member.certain.iter().cloned());
            conditions.extend(member.conditions.iter().cloned());
            members.push(member);
        }
        let heard = self.verdict(layer, support, &standing, any(blocked), &members);
        let heard = Heard { duty: any(duty), certain, conditions, bounds, ..heard };
        self.heard.insert((layer, support), heard.clone());
        Ok(heard)
    }

    /// Where a precondition of a rule fails, each by itself.
    fn failing(&mut self, said: &Said, support: SupportId) -> Vec<Expr> {
        let mut fails = Vec::new();
        for precondition in &said.preconditions {
            let active = self.active(said, Part::Precondition, support);
            let met = self.formula_in(said.rule, &precondition.formula);
            let name = format!("{} spærrer", self.model.rule(said.rule).name);
            let note = text!(en: "its precondition fails", da: "dens forudsætning er ikke opfyldt");
            fails.push(self.column(SheetPhase::Active, &name, all([active, not(met)]), note));
        }
        fails
    }

    /// The grant of a layer, and whether it contradicts itself in it.
    fn verdict(
        &mut self,
        layer: Layer,
        support: SupportId,
        standing: &Standing,
        blocked: Expr,
        members: &[Heard],
    ) -> Heard {
        use Grade::{May, Must, MustNot, Right};
        let of = format!("{}: {}", self.layer_name(layer), self.support_name(support));
        let title = &self.model.supports[support.index()];
        let title = Text::same(titled(&title.title, &title.name));
        let spared = text!(en: "a firm precondition fails", da: "en forudsætning, der ikke kan fraviges, er ikke opfyldt");
        let blocked = self.column(SheetPhase::Layers, &format!("spærret, {of}"), blocked, spared);
        let own = first(
            [
                (standing.any(&[MustNot]), Expr::Number(FORBIDDEN)),
                (standing.any(&[Must]), Expr::Number(3)),
                (standing.any(&[Right]), Expr::Number(2)),
                (all([standing.any(&[May]), not(blocked.clone())]), Expr::Number(1)),
            ],
            Expr::Number(0),
        );
        let mut grant = own;
        if !members.is_empty() {
            let strongest = greatest(members.iter().map(|member| member.grant.clone()).collect());
            grant = match grant {
                Expr::Number(0) => strongest,
                own => {
                    let name = format!("af sig selv, {of}");
                    let own = self.column(SheetPhase::Layers, &name, own, title.clone());
                    first([(is(&own, 0), strongest.clone())], greatest(vec![own, strongest]))
                }
            };
        }
        let due = standing.firmly(&[Right, Must]);
        let all_closed = match members {
            [] => Expr::Constant(false),
            members => all(members.iter().map(|member| member.closed.clone()).collect::<Vec<_>>()),
        };
        let contradicted = any([
            all([standing.firmly(&[MustNot]), standing.firmly(&[May, Right, Must])]),
            all([blocked.clone(), due.clone()]),
            all([due, all_closed]),
        ]);
        let says_nothing = grant == Expr::Number(0);
        let (grant, settled) = match &contradicted {
            Expr::Constant(false) => {
                let column = self.column(SheetPhase::Layers, &of, grant, title);
                (column.clone(), column)
            }
            contradicted => {
                let settled = first([(contradicted.clone(), Expr::Number(UNDECIDED))], grant.clone());
                (grant, self.column(SheetPhase::Layers, &of, settled, title))
            }
        };
        let speaks = any(std::iter::once(standing.any(&[May, Right, Must, MustNot]))
            .chain(members.iter().map(|member| member.speaks.clone())));
        let closed = any([blocked, is(&grant, FORBIDDEN)]);
        Heard {
            name: self.layer_name(layer),
            closed,
            grant,
            settled,
            contradicted,
            speaks,
            recommended: standing.any(&[Grade::Should]),
            discouraged: standing.any(&[Grade::ShouldNot]),
            to_be_assessed: standing.any(&[Grade::MustAssess]),
            duty: Expr::Constant(false),
            certain: Vec::new(),
            conditions: Vec::new(),
            bounds: BTreeMap::new(),
            says_nothing,
        }
    }

    /// What is decided of a support: the layers heard one after the other, the highest first.
    pub(super) fn decided(&mut self, support: SupportId) -> Result<Decided, Text> {
        if let Some(decided) = self.decided.get(&support) {
            return Ok(decided.clone());
        }
        let name = self.support_name(support);
        let deciding: Vec<Layer> = self.statements.place.deciding(self.model).collect();
        let mut layers = Vec::new();
        for layer in deciding {
            layers.push(self.heard(layer, support)?);
        }
        let is_known = all(layers.iter().map(Heard::is_known).collect::<Vec<_>>());
        let nobody = not(known([self.existence.clone()]));
        let certain = first([(nobody, is_known)], Expr::Nothing);
        let note = text!(
            en: "nothing in it rests on what is not known; NULL where the row is nobody",
            da: "intet i den beror på, hvad der ikke vides; NULL, hvor rækken ikke kan være nogen"
        );
        let certain = self.own_column(SheetPhase::Decisions, &format!("afklaret: {name}"), certain, note);
        let grant = self.folded(&name, &layers);
        let title = &self.model.supports[support.index()];
        let title = Text::same(titled(&title.title, &title.name));
        let grant = first([(certain.clone(), grant)], Expr::Nothing);
        let grant = self.own_column(SheetPhase::Decisions, &format!("afgørelse: {name}"), grant, title);
        let of = |said: fn(&Heard) -> &Expr| {
            any(layers.iter().map(|layer| said(layer).clone()).collect::<Vec<_>>())
        };
        let (recommended, discouraged) = (of(|layer| &layer.recommended), of(|layer| &layer.discouraged));
        let (to_be_assessed, duty) = (of(|layer| &layer.to_be_assessed), of(|layer| &layer.duty));
        let terms = self.terms(support, &layers)?;
        let decided = Decided { certain, grant, recommended, discouraged, to_be_assessed, duty, terms };
        self.decided.insert(support, decided.clone());
        Ok(decided)
    }

    /// The grant that layers decide together.
    fn folded(&mut self, name: &str, layers: &[Heard]) -> Expr {
        let mut decided = Expr::Number(0);
        let mut speaks: Vec<Expr> = Vec::new();
        let name = format!("hidtil: {name}");
        for layer in layers.iter().filter(|layer| !layer.says_nothing) {
            decided = match self.column(SheetPhase::Decisions, &name, decided, Text::default()) {
                Expr::Number(0) => layer.settled.clone(),
                above => {
                    let above = &above;
                    let given = &layer.settled;
                    let spoken = any(speaks.clone());
                    let contradicts = match &layer.contradicted {
                        Expr::Constant(false) => Expr::Constant(false),
                        _ => is(given, UNDECIDED),
                    };
                    let stays =
                        any([is(above, UNDECIDED), is(above, FORBIDDEN), all([contradicts.clone(), spoken])]);
                    first(
                        [
                            (stays, above.clone()),
                            (contradicts, Expr::Number(UNDECIDED)),
                            (all([is(given, FORBIDDEN), not(at_least(above, 2))]), Expr::Number(FORBIDDEN)),
                        ],
                        greatest(vec![above.clone(), given.clone()]),
                    )
                }
            };
            speaks.push(layer.speaks.clone());
        }
        decided
    }
}
