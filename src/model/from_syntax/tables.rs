//! Tables: one rule for each row.

use super::FEWEST_APART;
use super::conditions::{self, all};
use super::lexicon::Lexicon;
use super::modules::period;
use super::names::{Sort, Space};
use super::problems::{Problems, error};
use super::rules::{Draft, Place, Resolved};
use super::silence::{row_about_nothing, table_about_nothing};
use super::vocabulary::title;
use crate::ground::{Diagnostic, Span, text};
use crate::model::{Bound, Effect, EffectKind, Grade, Rule, RuleSet, TermId};
use crate::syntax::ast::{self, ColumnKind};
use rayon::prelude::*;

/// What the cells of a named column say.
#[derive(Clone, Copy, Debug)]
enum Meaning<'a> {
    /// a test of this fact or concept
    Condition(&'a ast::Name),
    /// a bound of this term
    Term(TermId),
    /// the heading means nothing, which is told once
    Unknown,
}

/// A table as its rows need it.
struct Reading<'a> {
    table: &'a ast::Table,
    name: String,
    clauses: Resolved,
    /// by column; nothing where the column has no tests
    meanings: Vec<Option<Meaning<'a>>>,
    /// what is wrong in the clauses, and so in every row
    faults: Vec<Span>,
    /// what is wrong in the headings of columns, and so in every row with something below them
    faults_of_columns: Vec<Span>,
}

impl Lexicon<'_> {
    /// A table: its rows as rules, and the problems of its clauses and of each row.
    pub(super) fn table<'a>(
        &self,
        table: &'a ast::Table,
        place: Place<'_>,
        problems: &mut Problems,
    ) -> Vec<Draft<'a>> {
        let name = place.full(&table.name.text);
        let mut own = Problems::of_rule(place.module_name, &name);
        let clauses = self.clauses(&table.clauses, place, &mut own);
        let mut of_columns = Problems::of_rule(place.module_name, &name);
        let meanings = table.columns.iter().map(|column| self.meaning(column, &mut of_columns)).collect();
        let about = |kind: &ColumnKind| matches!(kind, ColumnKind::Support | ColumnKind::Task);
        if !table.columns.iter().any(|column| about(&column.kind)) {
            // a column that means nothing may have been meant as `støtte`, and is told
            if of_columns.failed() {
                own.follow_all(of_columns.faults());
            } else {
                own.tell(table_about_nothing(&name, table.name.span));
            }
        }
        let (faults, faults_of_columns) = (own.faults().to_vec(), of_columns.faults().to_vec());
        problems.take(of_columns);
        problems.take(own);
        let reading = Reading { table, name, clauses, meanings, faults, faults_of_columns };
        let read = |(index, row): (usize, &ast::Row)| self.row(&reading, row, index + 1, place);
        let rows: Vec<(Draft<'a>, Problems)> = if self.names.looks_apart() {
            table.rows.par_iter().enumerate().with_min_len(FEWEST_APART).map(read).collect()
        } else {
            table.rows.iter().enumerate().map(read).collect()
        };
        let mut drafts = Vec::with_capacity(rows.len());
        for (draft, of_row) in rows {
            problems.take(of_row);
            drafts.push(draft);
        }
        drafts
    }

    fn meaning<'a>(&self, column: &'a ast::Column, problems: &mut Problems) -> Option<Meaning<'a>> {
        let ColumnKind::Named(name) = &column.kind else { return None };
        let wanted = [Sort::Fact, Sort::Concept, Sort::Term];
        if !self.names.is_known(&name.text) {
            problems.tell(self.names.unknown_column(name, &wanted));
            return Some(Meaning::Unknown);
        }
        Some(match self.names.find(&[Space::Conditions], name, &wanted, problems) {
            Some((Sort::Term, term)) => Meaning::Term(TermId(term)),
            Some(_) => Meaning::Condition(name),
            None => Meaning::Unknown,
        })
    }

    fn row<'a>(
        &self,
        reading: &Reading<'a>,
        row: &ast::Row,
        number: usize,
        place: Place<'_>,
    ) -> (Draft<'a>, Problems) {
        let name = match &row.name {
            Some(name) => format!("{}.{}", reading.name, name.text),
            None => format!("{}.{number}", reading.name),
        };
        let mut problems = Problems::of_rule(place.module_name, &name);
        problems.follow_all(&reading.faults);
        if row.broken {
            problems.follow(row.span);
        }
        let name_span = row.name.as_ref().map_or(row.span, |name| name.span);
        let mut when = reading.clauses.when.clone();
        let mut when_span = name_span;
        if let Some(condition) = &row.when {
            when.extend(self.readable_parts(condition, &mut problems));
            when_span = conditions::span(condition);
        }
        let mut thresholds = self.thresholds(row.when.as_ref());
        let mut of_effects = Problems::of_rule(place.module_name, &name);
        let mut bounds = Vec::new();
        for ast::Cell { column, test, ceiling } in &row.cells {
            match reading.meanings.get(*column).copied().flatten() {
                Some(Meaning::Condition(fact)) => {
                    if let Some(span) = ceiling {
                        problems.tell(ceiling_of_a_fact(&fact.text, *span));
                    }
                    when.extend(self.comparison(fact, test, &mut problems));
                    thresholds.extend(self.lines(fact, test));
                    when_span =
                        if row.when.is_none() && when_span == name_span { test.span } else { when_span };
                }
                Some(Meaning::Term(term)) => {
                    bounds.extend(self.bound(term, test, *ceiling, &mut of_effects));
                }
                Some(Meaning::Unknown) => of_effects.follow_all(&reading.faults_of_columns),
                None => {}
            }
        }
        // a table has many rows, and most of them draw few lines
        thresholds.shrink_to_fit();
        let says_something = row.grade.is_some() || !bounds.is_empty();
        if says_something && row.supports.is_empty() && !row.broken && reading.faults.is_empty() {
            of_effects.tell(row_about_nothing(&name, name_span, is_about_tasks(reading.table)));
        }
        let effects = self.row_effects(reading.table, row, bounds, &mut of_effects);
        let half_read = row.broken || row.supports.is_empty() || of_effects.failed();
        problems.join(of_effects);
        let basis = self.basis(&row.basis, &mut problems);
        let valid = row.valid.and_then(|valid| period(Some(valid), &mut problems));
        let clauses = &reading.clauses;
        let rule = Rule {
            name,
            title: title(reading.table.title.as_ref()),
            module: place.module,
            places: clauses.places.clone(),
            when: all(when),
            valid: valid.unwrap_or_else(|| clauses.valid.clone()),
            basis: if row.basis.is_empty() { clauses.basis.clone() } else { basis },
            effects: if row.broken { Vec::new() } else { effects },
            thresholds,
            asks: Vec::new(),
            exception_to: RuleSet::default(),
            responsible: clauses.responsible.clone(),
            deviable: clauses.deviable.clone(),
            reason: clauses.reason.clone(),
            has_error: problems.failed(),
            faults: problems.faults().to_vec(),
            of_table: true,
            half_read,
            name_span,
            when_span,
            span: row.span,
        };
        let draft = Draft {
            rule,
            exception_to: &reading.table.clauses.exception_to,
            table: Some(reading.name.clone()),
            first_row_wins: reading.table.clauses.first_row_wins,
        };
        (draft, problems)
    }

    /// The row's grade and terms for each support. Without a grade the terms stand alone; without both nothing is
    /// said.
    fn row_effects(
        &self,
        table: &ast::Table,
        row: &ast::Row,
        bounds: Vec<Bound>,
        problems: &mut Problems,
    ) -> Vec<Effect> {
        let grade = row.grade.map(|(grade, _, _)| grade);
        let supports = if is_about_tasks(table) {
            self.performed(&row.supports, &[], grade, problems)
        } else {
            self.given(&row.supports, grade, problems)
        };
        if is_about_tasks(table) {
            fits_tasks(row, &bounds, problems);
        }
        let first_cell = row.cells.first().map_or(row.span, |cell| cell.test.span);
        let (kind, span): (EffectKind, Span) = match row.grade {
            Some((grade, duty, span)) => (EffectKind::Grade { grade, duty }, span),
            None if bounds.is_empty() => return Vec::new(),
            None => (EffectKind::Terms, first_cell),
        };
        let effect =
            |support| Effect { kind: kind.clone(), support: Some(support), bounds: bounds.clone(), span };
        supports.into_iter().map(effect).collect()
    }
}

fn ceiling_of_a_fact(name: &str, span: Span) -> Diagnostic {
    let message = text!(
        en: "`{name}` is known about the citizen, so it has no ceiling",
        da: "`{name}` er en oplysning om borgeren og har intet loft"
    );
    error("type-mismatch", message)
        .label(span, text!(en: "not on a fact", da: "ikke om en oplysning"))
        .help(text!(en: "remove `som loft`", da: "fjern `som loft`"))
        .fix(span, "")
}

/// Whether the table has a column `opgave`.
fn is_about_tasks(table: &ast::Table) -> bool {
    table.columns.iter().any(|column| matches!(column.kind, ColumnKind::Task))
}

/// Tells a grade or a bound that nothing that is done can have.
fn fits_tasks(row: &ast::Row, bounds: &[Bound], problems: &mut Problems) {
    if let Some((Grade::Right | Grade::MustAssess, _, span)) = row.grade {
        let message = text!(
            en: "a task is nobody's right, and is not assessed",
            da: "ingen har ret til en opgave, og den vurderes ikke"
        );
        let help = text!(
            en: "write `kan`, `skal`, `bør`, `bør ikke` or `må ikke`",
            da: "skriv `kan`, `skal`, `bør`, `bør ikke` eller `må ikke`"
        );
        let label = text!(en: "not for a task", da: "ikke om en opgave");
        problems.tell(error("type-mismatch", message).label(span, label).help(help));
    }
    if let Some(bound) = bounds.first() {
        let message = text!(
            en: "a task has no terms; they belong to the støtte it is part of",
            da: "en opgave har ingen vilkår; de hører til den støtte, den er en del af"
        );
        let label = text!(en: "a term of a task", da: "et vilkår for en opgave");
        let help = text!(en: "empty the cell", da: "tøm cellen");
        problems.tell(error("type-mismatch", message).label(bound.span, label).help(help));
    }
}
