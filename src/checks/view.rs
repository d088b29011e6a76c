//! One support in one place, with everything a check needs to look at it.

use super::accept;
use super::tasks::Found;
use crate::diagram::{Diagrams, Leaves, NO, Node, NotProven, YES, doubtful, exceptions_from, unsettled};
use crate::evaluate::Case;
use crate::ground::{Diagnostic, Severity, Span, Text};
use crate::model::{
    FactId, Formula, Grade, Model, Profile, RelationKind, Role, RuleId, SupportId, TermId, ValueSet,
};
use crate::verdict::{Layer, Part, Said, Statements, Verdict};
use std::collections::BTreeSet;
use std::rc::Rc;

/// One support as a place's own layer speaks of it, and the layers that bind it.
pub(crate) struct View<'a> {
    pub diagrams: Diagrams<'a>,
    pub support: SupportId,
    /// the place's own layer
    pub layer: Layer,
    pub leaves: Leaves,
    /// the layers that bind it with their verdict diagrams, the law first
    pub above: Vec<(Layer, Node)>,
    /// the layer beside each of these, once some check has asked
    sides: Option<Rc<[Side]>>,
    /// the verdict diagram of the law as it is heard here
    pub law: Node,
    /// the layer's own verdict diagram
    pub own: Node,
    /// where a rule with an error may have meant to set something in the layer aside
    pub unsettled: Node,
    /// the same in the layers that bind it
    pub unsettled_above: Node,
    /// where a rule with an error may have meant to say something, in whichever layer
    pub incomparable: Node,
    /// where the support is spoken of for its own sake: of a task as part of a support where some `ved` names both,
    /// everything else is told of the task
    concern: Node,
}

/// A place's own layer beside another one.
pub(crate) struct Side {
    /// the other layer
    pub above: Layer,
    /// its verdict diagram
    pub node: Node,
    /// what the other layer says, and then what the own one does
    pub statements: Vec<Statement>,
    /// those of them that bound a term, for each term the own layer bounds
    pub bounds: Vec<(TermId, Vec<Statement>)>,
}

/// One thing one rule says of the support, and where it counts.
#[derive(Clone, Debug)]
pub(crate) struct Statement {
    pub rule: RuleId,
    pub layer: Layer,
    pub what: What,
    /// `som loft`
    pub ceiling: bool,
    pub firm: bool,
    /// a bound in the author's own words
    pub words: String,
    pub region: Node,
    pub span: Span,
}

/// What a statement says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// a grade that stands
    Grade(Grade),
    /// an active bound
    Bound(TermId, ValueSet),
    /// an active precondition that fails
    Blocks,
}

impl<'a> View<'a> {
    /// Builds the diagrams of one support. `others` are rules a check will also ask about, `formulas` what else.
    pub(crate) fn new(
        model: &'a Model,
        statements: &'a Statements,
        support: SupportId,
        others: &[RuleId],
        formulas: &[Formula],
        budget: u64,
    ) -> Result<Self, NotProven> {
        let mut rules = View::rules(model, statements, support);
        rules.extend(others);
        let rules: Vec<RuleId> = rules.into_iter().collect();
        let formulas: Vec<&Formula> = formulas.iter().collect();
        View::on(Diagrams::new(model, statements, &rules, &formulas, budget)?, support)
    }

    /// The rules that a view of a support asks about.
    pub(crate) fn rules(model: &Model, statements: &Statements, support: SupportId) -> BTreeSet<RuleId> {
        let concerned = concerned(model, statements, support);
        let heard = concerned.iter().flat_map(|id| statements.about(*id)).map(|said| said.rule);
        heard.chain(doubtful(model, statements, support)).collect()
    }

    /// The same on diagrams that were made for these rules, and maybe for others.
    pub(crate) fn on(mut diagrams: Diagrams<'a>, support: SupportId) -> Result<Self, NotProven> {
        let (model, statements) = (diagrams.model, diagrams.statements);
        for support in concerned(model, statements, support) {
            diagrams.prepare(support)?;
        }
        let in_doubt = doubtful(model, statements, support);
        let (mut leaves, layer) = (Leaves::new(), statements.own());
        let own = diagrams.verdict(layer, support, &mut leaves)?;
        let mut above = Vec::new();
        for layer in statements.above(layer) {
            above.push((*layer, diagrams.verdict(*layer, support, &mut leaves)?));
        }
        let law = match layer {
            Layer::Law => own,
            Layer::Module(_) => above.first().map_or(Node::leaf(0), |(_, law)| *law),
        };
        let incomparable = unsettled(&mut diagrams, &in_doubt)?;
        let from = |layers: &[Layer]| exceptions_from(model, &statements.place, &in_doubt, layers);
        let unsettled_above = unsettled(&mut diagrams, &from(statements.above(layer)))?;
        let unsettled = unsettled(&mut diagrams, &from(&[layer]))?;
        let concern = concern(&mut diagrams, support)?;
        Ok(View {
            diagrams,
            support,
            layer,
            leaves,
            above,
            sides: None,
            law,
            own,
            unsettled,
            unsettled_above,
            incomparable,
            concern,
        })
    }

    /// The model.
    pub(crate) fn model(&self) -> &'a Model {
        self.diagrams.model
    }

    /// The support's name.
    pub(crate) fn name(&self) -> &'a str {
        &self.model().supports[self.support.index()].name
    }

    /// Where the layer's own verdict has a property, among the profiles that exist, and no rule with an error may
    /// have meant to except from what makes it so.
    pub(crate) fn own_where(&mut self, holds: impl Fn(&Verdict) -> bool) -> Result<Node, NotProven> {
        let leaves = &self.leaves;
        let region = self.diagrams.store.map(self.own, &mut |leaf| u32::from(holds(leaves.get(leaf))))?;
        self.settled(region)
    }

    /// The part of a region in which profiles exist, and no rule with an error may have meant to except from what the
    /// layer says.
    pub(crate) fn settled(&mut self, region: Node) -> Result<Node, NotProven> {
        let region = self.diagrams.store.without(region, self.unsettled)?;
        let region = self.diagrams.store.and(region, self.concern)?;
        self.diagrams.store.and(region, self.diagrams.possible)
    }

    /// Where the verdict of a layer above and the layer's own stand in a relation, among the profiles that exist, and
    /// no rule with an error may have meant to say something there.
    pub(crate) fn compared_where(
        &mut self,
        above: Node,
        holds: impl Fn(&Verdict, &Verdict) -> bool,
    ) -> Result<Node, NotProven> {
        let leaves = &self.leaves;
        let region = self
            .diagrams
            .store
            .zip(above, self.own, &mut |above, own| u32::from(holds(leaves.get(above), leaves.get(own))))?;
        let region = self.diagrams.store.without(region, self.incomparable)?;
        let region = self.diagrams.store.and(region, self.concern)?;
        self.diagrams.store.and(region, self.diagrams.possible)
    }

    /// Where the place's own layer gives what replaces the support at least as strongly as a layer above gives the
    /// support itself.
    pub(crate) fn replaced(&mut self, above: Node) -> Result<Node, NotProven> {
        let mut region = NO;
        for other in self.model().replacing(self.support) {
            let met = self.replaced_by(other, above)?;
            region = self.diagrams.store.or(region, met)?;
        }
        Ok(region)
    }

    /// The same for one support that replaces this one.
    pub(crate) fn replaced_by(&mut self, other: SupportId, above: Node) -> Result<Node, NotProven> {
        let given = self.diagrams.verdict(self.layer, other, &mut self.leaves)?;
        let leaves = &self.leaves;
        self.diagrams
            .store
            .zip(above, given, &mut |above, given| u32::from(meets(leaves.get(above), leaves.get(given))))
    }

    /// The layer beside each one that binds it, the law first.
    pub(crate) fn sides(&mut self) -> Result<Rc<[Side]>, NotProven> {
        if let Some(sides) = &self.sides {
            return Ok(Rc::clone(sides));
        }
        let mut sides = Vec::new();
        for (above, node) in self.above.clone() {
            sides.push(self.beside(above, node)?);
        }
        let sides: Rc<[Side]> = sides.into();
        self.sides = Some(Rc::clone(&sides));
        Ok(sides)
    }

    /// The layer beside another one with that verdict diagram.
    pub(crate) fn beside(&mut self, above: Layer, node: Node) -> Result<Side, NotProven> {
        let mut statements = self.statements(above)?;
        statements.extend(self.statements(self.layer)?);
        let bounds = self.terms().into_iter().map(|term| (term, of_term(&statements, term))).collect();
        Ok(Side { above, node, statements, bounds })
    }

    /// The terms that occur in the layer's verdict, sorted.
    pub(crate) fn terms(&self) -> Vec<TermId> {
        let said =
            self.diagrams.statements.about(self.support).iter().filter(|said| said.layer == self.layer);
        let terms: BTreeSet<TermId> = said.flat_map(|said| &said.bounds).map(|bound| bound.term).collect();
        terms.into_iter().collect()
    }

    /// Everything the rules of one layer say of the support; for a kind also what they say of its members.
    pub(crate) fn statements(&mut self, layer: Layer) -> Result<Vec<Statement>, NotProven> {
        let supports = self.diagrams.statements.with_members(self.support);
        self.statements_on(layer, &supports)
    }

    /// Everything the rules of one layer say of some supports, bounds only on the one in this view.
    pub(crate) fn statements_on(
        &mut self,
        layer: Layer,
        supports: &[SupportId],
    ) -> Result<Vec<Statement>, NotProven> {
        let statements = self.diagrams.statements;
        let mut list = Vec::new();
        for support in supports.iter().copied() {
            let speaks = |said: &&Said| said.layer == layer && said.has_part();
            for said in statements.about(support).iter().filter(speaks) {
                let deviable = &self.model().rule(said.rule).deviable;
                let deviable = self.diagrams.formula_in(said.rule, deviable)?;
                let mut pieces = Vec::new();
                for grade in &said.grades {
                    let region = self.diagrams.stands(said, grade, support)?;
                    pieces.push((What::Grade(grade.grade), region, grade.span, "", false));
                }
                let bounds = said.bounds.iter().filter(|bound| bound.is_checkable());
                for bound in bounds.filter(|_| support == self.support) {
                    let region = self.diagrams.bound(said, bound, support)?;
                    let what = What::Bound(bound.term, bound.set.clone());
                    pieces.push((what, region, bound.span, &bound.words, bound.ceiling));
                }
                for precondition in &said.preconditions {
                    let active = self.diagrams.active(said, Part::Precondition, support)?;
                    let met = self.diagrams.formula_in(said.rule, &precondition.formula)?;
                    let region = self.diagrams.store.without(active, met)?;
                    pieces.push((What::Blocks, region, precondition.span, "", false));
                }
                for (what, region, span, words, ceiling) in pieces {
                    let soft = self.diagrams.store.and(region, deviable)?;
                    let firm = self.diagrams.store.without(region, deviable)?;
                    for (region, firm) in [(firm, true), (soft, false)] {
                        if region != NO {
                            list.push(Statement {
                                rule: said.rule,
                                layer,
                                what: what.clone(),
                                ceiling,
                                firm,
                                words: words.to_owned(),
                                region,
                                span,
                            });
                        }
                    }
                }
            }
        }
        Ok(list)
    }

    /// A finding about the support in this view.
    pub(crate) fn diagnostic(&self, check: &'static str, severity: Severity, message: Text) -> Diagnostic {
        let mut diagnostic = Diagnostic::new(check, severity, message);
        diagnostic.support = Some(self.name().to_owned());
        if let Layer::Module(module) = self.layer {
            diagnostic.module = Some(self.model().modules[module.index()].name.clone());
        }
        diagnostic
    }
}

/// Whether a grant of what replaces a support is as strong as the grant of the support that is asked for.
pub(crate) fn meets(asked: &Verdict, given: &Verdict) -> bool {
    given.grant().is_granted() && given.grant() >= asked.grant()
}

/// Whether a layer gives what replaces a support as strongly as the layer above gives it.
pub(crate) fn is_replaced(case: &Case<'_>, own: Layer, above: Layer, support: SupportId) -> bool {
    let asked = case.verdict(above, support);
    case.model.replacing(support).any(|other| meets(&asked, &case.verdict(own, other)))
}

/// The statements that bound a term.
pub(crate) fn of_term(statements: &[Statement], term: TermId) -> Vec<Statement> {
    let bounds = |what: &What| matches!(what, What::Bound(other, _) if *other == term);
    statements.iter().filter(|statement| bounds(&statement.what)).cloned().collect()
}

/// What a view of a support looks at: itself, what lies below it, what replaces it and what excludes it.
fn concerned(model: &Model, statements: &Statements, support: SupportId) -> Vec<SupportId> {
    let mut concerned = statements.with_members(support);
    concerned.extend(model.replacing(support));
    concerned.extend(model.supports[support.index()].related(RelationKind::Excludes));
    concerned
}

fn concern(diagrams: &mut Diagrams<'_>, support: SupportId) -> Result<Node, NotProven> {
    if !matches!(diagrams.model.supports[support.index()].role, Role::Pair(_)) {
        return Ok(YES);
    }
    let mut concern = NO;
    for said in diagrams.statements.about(support) {
        if said.grades.iter().any(|grade| grade.distance == 0) {
            let active = diagrams.active(said, Part::Grade, support)?;
            concern = diagrams.store.or(concern, active)?;
        }
    }
    Ok(concern)
}

/// Adds region and witness to a finding, once for each part of the region that is accepted and once for what is
/// left; `claim` is what the plain evaluator must confirm of the witnesses.
///
/// Where it does not, one of the two is wrong, and nothing is shown as found.
pub(crate) fn with_region(
    diagrams: &mut Diagrams<'_>,
    diagnostic: Diagnostic,
    region: Node,
    claim: impl Fn(&Case<'_>) -> bool,
) -> Result<Found, NotProven> {
    let mut found = Vec::new();
    for piece in accept::pieces(diagrams, &diagnostic, region)? {
        found.push(accept::told(with_piece(diagrams, diagnostic.clone(), piece.0, &claim)?, piece));
    }
    Ok(Found::Several(found))
}

fn with_piece(
    diagrams: &mut Diagrams<'_>,
    mut diagnostic: Diagnostic,
    region: Node,
    claim: &impl Fn(&Case<'_>) -> bool,
) -> Result<Found, NotProven> {
    let boxes = diagrams.cover(region)?;
    let Some(profile) = diagrams.witness(region)? else { return Ok(Found::Disagreement) };
    diagnostic.region = boxes.iter().map(|cells| diagrams.box_in_words(cells)).collect();
    let told = diagnostic.region.iter().flatten().map(|condition| condition.fact.as_str());
    let matters = facts_named(diagrams.model, told);
    Ok(confirmed(diagrams, diagnostic, &profile, &matters, claim))
}

/// A key that puts provisions in the order of the law: `§ 2` before `§ 31 b`, `§ 96, stk. 3` before `§ 96 c`.
fn order_of_provision(provision: &str) -> String {
    let digits_end = |word: &str| word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    let padded = |word: &str| {
        let (digits, rest) = word.split_at(digits_end(word));
        // a comma sorts before the blank and the letter of the next paragraph
        let rest = rest.replace(',', "\u{1}");
        if digits.is_empty() { rest } else { format!("{digits:0>6}{rest}") }
    };
    let words: Vec<String> = provision.split(' ').map(padded).collect();
    words.join(" ").replace("\u{1} ", "\u{1}")
}

/// Where a rule has an active grade through one of the supports it speaks of. A rule with an error is taken to reach
/// everyone its condition and its departments leave.
pub(crate) fn reach(
    diagrams: &mut Diagrams<'_>,
    rule: RuleId,
    targets: Vec<SupportId>,
) -> Result<Node, NotProven> {
    if diagrams.model.rule(rule).has_error {
        return diagrams.would_apply(rule);
    }
    let mut reach = NO;
    for target in targets {
        let node = match diagrams.statements.by(rule, target) {
            Some(said) => diagrams.active(said, Part::Grade, target)?,
            None => diagrams.applies(rule)?,
        };
        reach = diagrams.store.or(reach, node)?;
    }
    Ok(reach)
}

/// Whether a rule without an error reaches the citizen in that way.
pub(crate) fn reaches(case: &Case<'_>, rule: RuleId, targets: Vec<SupportId>) -> bool {
    !case.model.rule(rule).has_error
        && targets.into_iter().any(|target| match case.statements.by(rule, target) {
            Some(said) => case.is_active(said, Part::Grade, target),
            None => case.applies(rule),
        })
}

/// The facts with these names.
pub(crate) fn facts_named<'n>(model: &Model, names: impl Iterator<Item = &'n str>) -> Vec<FactId> {
    let names: BTreeSet<&str> = names.collect();
    model.fact_ids().filter(|id| names.contains(model.facts[id.index()].name.as_str())).collect()
}

/// The finding with its witness, if the plain evaluator confirms the claim.
pub(crate) fn confirmed(
    diagrams: &Diagrams<'_>,
    mut diagnostic: Diagnostic,
    profile: &Profile,
    matters: &[FactId],
    claim: impl Fn(&Case<'_>) -> bool,
) -> Found {
    let case = Case::new(diagrams.model, diagrams.statements, profile);
    diagnostic.witness = Some(diagrams.witness_in_words(profile, matters));
    if case.exists() && claim(&case) { Found::Told(Box::new(diagnostic)) } else { Found::Disagreement }
}

/// The full names and the sources of rules, sorted, each once, into a finding.
pub(crate) fn name_rules(
    model: &Model,
    diagnostic: &mut Diagnostic,
    rules: impl IntoIterator<Item = RuleId>,
) {
    for id in rules {
        let rule = model.rule(id);
        diagnostic.rules.push(rule.name.clone());
        diagnostic.basis.extend(rule.basis.iter().map(|citation| citation.text.clone()));
    }
    diagnostic.rules.sort();
    diagnostic.rules.dedup();
    diagnostic.basis.sort_by_cached_key(|basis| order_of_provision(basis));
    diagnostic.basis.dedup();
}
