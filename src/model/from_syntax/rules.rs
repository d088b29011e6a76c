//! Rules: their clauses and effects.

use super::conditions::{self, all};
use super::lexicon::Lexicon;
use super::modules::period;
use super::names::{Sort, Space};
use super::problems::Problems;
use super::silence::empty_rule;
use super::vocabulary::title;
use crate::ground::Span;
use crate::model::{
    Bound, Citation, DepartmentId, Effect, EffectKind, Formula, ModuleId, Rule, RuleSet, SupportId, ValueSet,
};
use crate::syntax::ast;

/// A rule whose exceptions are still paths: all rules have to be known before one can name another.
pub(super) struct Draft<'a> {
    pub(super) rule: Rule,
    pub(super) exception_to: &'a [ast::Path],
    /// `Slagelse.unge`, for a row
    pub(super) table: Option<String>,
    /// among the table's rows, where the first row counts: later rows give way
    pub(super) first_row_wins: bool,
}

/// The clauses of a rule or table, resolved.
#[derive(Clone, Debug)]
pub(super) struct Resolved {
    pub(super) places: Vec<DepartmentId>,
    pub(super) when: Vec<Formula>,
    pub(super) valid: ValueSet,
    pub(super) basis: Vec<Citation>,
    pub(super) responsible: Option<String>,
    pub(super) deviable: Formula,
    pub(super) reason: Option<String>,
}

/// Where a rule, table or row stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    pub(super) module: ModuleId,
    pub(super) module_name: &'a str,
}

impl Place<'_> {
    /// `Slagelse.unge`
    pub(super) fn full(&self, name: &str) -> String {
        format!("{}.{name}", self.module_name)
    }
}

impl Lexicon<'_> {
    /// A rule.
    pub(super) fn rule<'a>(
        &self,
        rule: &'a ast::Rule,
        span: Span,
        place: Place<'_>,
    ) -> (Draft<'a>, Problems) {
        let name = place.full(&rule.name.text);
        let mut problems = Problems::of_rule(place.module_name, &name);
        let clauses = self.clauses(&rule.clauses, place, &mut problems);
        let mut of_effects = Problems::of_rule(place.module_name, &name);
        let effects: Vec<Effect> =
            rule.effects.iter().flat_map(|effect| self.effect(effect, &mut of_effects)).collect();
        if rule.effects.is_empty() {
            of_effects.tell(empty_rule(&name, rule.name.span));
        }
        let half_read = of_effects.failed();
        problems.join(of_effects);
        let when_span = rule.clauses.when.as_ref().map_or(rule.name.span, conditions::span);
        let resolved = Rule {
            name,
            title: title(rule.title.as_ref()),
            module: place.module,
            places: clauses.places,
            when: all(clauses.when),
            valid: clauses.valid,
            basis: clauses.basis,
            effects,
            thresholds: self.thresholds(rule.clauses.when.as_ref()),
            asks: Vec::new(),
            exception_to: RuleSet::default(),
            responsible: clauses.responsible,
            deviable: clauses.deviable,
            reason: clauses.reason,
            has_error: problems.failed(),
            faults: problems.faults().to_vec(),
            of_table: false,
            half_read,
            name_span: rule.name.span,
            when_span,
            span,
        };
        let exception_to = &rule.clauses.exception_to;
        (Draft { rule: resolved, exception_to, table: None, first_row_wins: false }, problems)
    }

    /// What stands for a rule or table that could not be read: it covers everyone and says nothing.
    pub(super) fn unreadable<'a>(
        &self,
        keyword: &str,
        name: Option<&ast::Name>,
        span: Span,
        place: Place<'_>,
    ) -> Draft<'a> {
        let name_span = name.map_or(span, |name| name.span);
        let rule = Rule {
            name: place.full(name.map_or(keyword, |name| &name.text)),
            title: String::new(),
            module: place.module,
            places: Vec::new(),
            when: Formula::Always,
            valid: ValueSet::all(),
            basis: Vec::new(),
            effects: Vec::new(),
            thresholds: Vec::new(),
            asks: Vec::new(),
            exception_to: RuleSet::default(),
            responsible: None,
            deviable: Formula::Never,
            reason: None,
            has_error: true,
            faults: vec![span],
            of_table: false,
            half_read: true,
            name_span,
            when_span: name_span,
            span,
        };
        Draft { rule, exception_to: &[], table: None, first_row_wins: false }
    }

    /// The clauses a rule and a table share. What is wrong in them is left out, so that the rule covers more.
    pub(super) fn clauses(
        &self,
        clauses: &ast::Clauses,
        place: Place<'_>,
        problems: &mut Problems,
    ) -> Resolved {
        let deviable = match &clauses.deviable {
            None => Formula::Never,
            Some(ast::Deviable { when: None, .. }) => Formula::Always,
            Some(ast::Deviable { when: Some(when), .. }) => {
                self.formula(when, problems).unwrap_or(Formula::Never)
            }
        };
        let organisation = [Space::Departments(place.module), Space::Units];
        for name in clauses.responsible.iter().chain(&clauses.referred_to) {
            self.names.find(&organisation, name, &[Sort::Unit, Sort::Department], problems);
        }
        Resolved {
            places: self.places(&clauses.places, place, problems),
            when: clauses.when.as_ref().map(|when| self.readable_parts(when, problems)).unwrap_or_default(),
            valid: period(clauses.valid, problems).unwrap_or_else(ValueSet::all),
            basis: self.basis(&clauses.basis, problems),
            responsible: clauses.responsible.as_ref().map(|name| name.text.clone()),
            deviable,
            reason: clauses.reason.as_ref().map(|reason| reason.text.clone()),
        }
    }

    /// The departments of `gælder i`; where one is wrong, the rule counts for the whole module.
    fn places(&self, names: &[ast::Name], place: Place<'_>, problems: &mut Problems) -> Vec<DepartmentId> {
        let own = [Space::Departments(place.module)];
        let found: Vec<Option<DepartmentId>> = names
            .iter()
            .map(|name| self.names.find(&own, name, &[Sort::Department], problems))
            .map(|found| found.map(|(_, index)| DepartmentId(index)))
            .collect();
        found.into_iter().collect::<Option<_>>().unwrap_or_default()
    }

    /// One effect for each support it speaks about, and one more for a `kun når`.
    fn effect(&self, effect: &ast::Effect, problems: &mut Problems) -> Vec<Effect> {
        let supports = match &effect.kind {
            ast::EffectKind::Perform { grade, at } => {
                self.performed(&effect.supports, at, Some(*grade), problems)
            }
            ast::EffectKind::Grade { grade, .. } => self.given(&effect.supports, Some(*grade), problems),
            _ => self.supports(&effect.supports, problems),
        };
        let bounds = self.bounds(&effect.terms, problems);
        let span = effect.span;
        let each = |kind: EffectKind, bounds: Vec<Bound>| {
            let of = move |support: SupportId| Effect {
                kind: kind.clone(),
                support: Some(support),
                bounds: bounds.clone(),
                span,
            };
            supports.iter().copied().map(of).collect::<Vec<_>>()
        };
        match &effect.kind {
            ast::EffectKind::Grade { grade, duty, only_when } => {
                let mut effects = each(EffectKind::Grade { grade: *grade, duty: *duty }, bounds);
                if let Some(condition) = only_when.as_ref().and_then(|when| self.formula(when, problems)) {
                    effects.extend(each(EffectKind::Precondition(condition), Vec::new()));
                }
                effects
            }
            ast::EffectKind::Terms => each(EffectKind::Terms, bounds),
            ast::EffectKind::Precondition(condition) => match self.formula(condition, problems) {
                Some(condition) => each(EffectKind::Precondition(condition), Vec::new()),
                None => Vec::new(),
            },
            ast::EffectKind::Perform { grade, .. } => {
                each(EffectKind::Grade { grade: *grade, duty: false }, Vec::new())
            }
            ast::EffectKind::Lapses => {
                vec![Effect { kind: EffectKind::Lapses, support: None, bounds: Vec::new(), span }]
            }
        }
    }
}
