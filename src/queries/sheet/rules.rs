//! Conditions, whether each rule applies, and what of it no exception sets aside: `docs/semantics.md`, section 2.

use super::SheetPhase;
use super::columns::Builder;
use super::expr::{Expr, all, any, at_least, is, not};
use crate::ground::{Text, text, titled};
use crate::model::{DATE, Formula, Layer, Question, RuleId, SupportId, TermId, ValueSet};
use crate::verdict::{Part, Said, SaidGrade};
use std::collections::BTreeMap;

/// A part of a rule about a support.
pub(super) type PartKey = (RuleId, Part, SupportId);

/// What is undecided, among the numbers that stand for grants.
pub(super) const UNDECIDED: i64 = -9;

impl Builder<'_> {
    /// A condition; what it asks is what is decided here, or what the law says.
    pub(super) fn formula(&mut self, formula: &Formula, of_law: bool) -> Expr {
        match formula {
            Formula::Always => Expr::Constant(true),
            Formula::Never => Expr::Constant(false),
            Formula::Test(fact, set) => self.test(*fact, set),
            Formula::Concept(id) => {
                let concept = &self.model.concepts[id.index()];
                let of_law =
                    of_law && !crate::model::asked_in(&self.model.concepts, &concept.formula).is_empty();
                if let Some(known) = self.concepts.get(&(*id, of_law)) {
                    return known.clone();
                }
                let meaning = self.formula(&concept.formula, of_law);
                let heard = if of_law { " (loven)" } else { "" };
                let name = format!("begreb {}{heard}", concept.name);
                let column = self.own_column(SheetPhase::Concepts, &name, meaning, Text::default());
                self.concepts.insert((*id, of_law), column.clone());
                column
            }
            Formula::Decided { support, due } => {
                match self.answers.get(&Question { support: *support, of_law }) {
                    Some(answer) => at_least(answer, if *due { 2 } else { 1 }),
                    None => Expr::Constant(false),
                }
            }
            Formula::Not(inner) => not(self.formula(inner, of_law)),
            Formula::And(parts) => {
                all(parts.iter().map(|part| self.formula(part, of_law)).collect::<Vec<_>>())
            }
            Formula::Or(parts) => {
                any(parts.iter().map(|part| self.formula(part, of_law)).collect::<Vec<_>>())
            }
        }
    }

    /// The same of a condition in a rule: a rule of the law asks the law.
    pub(super) fn formula_in(&mut self, rule: RuleId, formula: &Formula) -> Expr {
        let of_law = Layer::of(self.model, rule) == Some(Layer::Law);
        self.formula(formula, of_law)
    }

    /// Whether the day is one of these.
    pub(super) fn on_days(&mut self, days: &ValueSet) -> Expr {
        let window = ValueSet::range(self.model.window.from, self.model.window.to);
        let days = days.intersection(&window);
        if days == window {
            return Expr::Constant(true);
        }
        if days.is_empty() { Expr::Constant(false) } else { self.test(DATE, &days) }
    }

    /// Whether a rule applies.
    pub(super) fn rule(&mut self, id: RuleId) -> Expr {
        if let Some(known) = self.rules.get(&id) {
            return known.clone();
        }
        let model = self.model;
        let rule = model.rule(id);
        let mut parts = vec![self.on_days(&model.days_of(rule))];
        if !rule.places.is_empty() {
            let mut served = Vec::new();
            for place in &rule.places {
                let department = &model.departments[place.index()];
                let scope = self.formula(&department.scope, false);
                let name = format!("afdeling {}", department.name);
                let note = Text::same(titled(&department.title, &department.name));
                let known = self.departments.get(place).cloned();
                let column = known.unwrap_or_else(|| self.column(SheetPhase::Concepts, &name, scope, note));
                self.departments.insert(*place, column.clone());
                served.push(column);
            }
            parts.push(any(served));
        }
        for question in model.questions_of(id) {
            // nothing that asks what is left undecided applies
            parts.push(match self.answers.get(&question) {
                Some(answer) => not(is(answer, UNDECIDED)),
                None => Expr::Constant(false),
            });
        }
        parts.push(self.formula_in(id, &rule.when));
        let basis: Vec<&str> = rule.basis.iter().map(|citation| citation.text.as_str()).collect();
        let mut told = vec![titled(&rule.title, &rule.name).to_owned()];
        if told[0] == rule.name {
            told.clear();
        }
        told.extend((!basis.is_empty()).then(|| basis.join(", ")));
        let column = self.own_column(SheetPhase::Rules, &rule.name, all(parts), Text::same(told.join("; ")));
        self.rules.insert(id, column.clone());
        column
    }

    /// Whether a part of a rule applies and no exception sets it aside.
    pub(super) fn active(&mut self, said: &Said, part: Part, support: SupportId) -> Expr {
        let key = (said.rule, part, support);
        if let Some(known) = self.parts.get(&key) {
            return known.clone();
        }
        let applies = self.rule(said.rule);
        let mut aside: BTreeMap<RuleId, Expr> = BTreeMap::new();
        let statements = self.statements;
        for exception in statements.exceptions_from(said, support) {
            if let Some(own) = exception.sets_aside(part) {
                let speaks = self.active(exception, own, support);
                aside.insert(exception.rule, speaks);
            }
        }
        let by: Vec<&str> = aside.keys().map(|rule| self.model.rule(*rule).name.as_str()).collect();
        let by = by.join(", ");
        let note = text!(en: "unless set aside by {by}", da: "medmindre {by} sætter det ud af kraft");
        let name = &self.model.rule(said.rule).name;
        let active = all([applies, not(any(aside.into_values()))]);
        let column = self.column(SheetPhase::Active, &format!("{name} aktiv"), active, note);
        self.parts.insert(key, column.clone());
        column
    }

    /// Whether an active grade also stands.
    pub(super) fn stands(&mut self, said: &Said, grade: &SaidGrade, support: SupportId) -> Expr {
        let active = self.active(said, Part::Grade, support);
        let statements = self.statements;
        let mut nearer = Vec::new();
        let mut names = Vec::new();
        for other in statements.about(support) {
            if statements.gives_way(said.layer, other.layer) && other.displaces(grade) {
                nearer.push(self.active(other, Part::Grade, support));
                names.push(self.model.rule(other.rule).name.as_str());
            }
        }
        let by = names.join(", ");
        let note = text!(en: "unless it gives way to {by}", da: "medmindre det viger for {by}");
        let name = format!("{} står", self.model.rule(said.rule).name);
        self.column(SheetPhase::Active, &name, all([active, not(any(nearer))]), note)
    }

    /// Whether a rule may not be departed from.
    pub(super) fn firm(&mut self, rule: RuleId) -> Expr {
        let deviable = self.formula_in(rule, &self.model.rule(rule).deviable);
        let name = format!("{} fast", self.model.rule(rule).name);
        let note = text!(en: "may not be departed from", da: "kan ikke fraviges");
        self.column(SheetPhase::Active, &name, not(deviable), note)
    }

    /// The parts of a rule about a support, each with whether it is active.
    pub(super) fn active_parts(&mut self, said: &Said, support: SupportId) -> Vec<(Part, Expr)> {
        let parts = said.parts().into_iter();
        parts.map(|part| (part, self.active(said, part, support))).collect()
    }

    /// A term's name.
    pub(super) fn term_name(&self, term: TermId) -> &str {
        &self.model.terms[term.index()].name
    }
}
