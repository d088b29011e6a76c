//! Moves a tree to where its text stands now. Every node is taken apart field by field, so that a new one does not
//! compile before its places move too.

use super::ast::{
    Accept, Assumption, Cell, Citation, Claim, ClaimKind, Clauses, Column, ColumnKind, Complaint, Concept,
    Condition, Date, Department, Deviable, Edition, Effect, EffectKind, Example, Expectation, Fact,
    Guarantee, Item, ItemKind, Kind, ListValue, Matrix, MatrixCell, MatrixColumn, MatrixRow, Module, Name,
    Offer, Paragraph, Path, Period, Provision, Quoted, Rate, Relation, Row, Rule, Scope, Sign, Silence, Step,
    Support, Table, Task, Term, TermBound, Test, Type, Unit, Value,
};
use crate::ground::{FileId, Span};

/// From where to where.
#[derive(Clone, Copy)]
pub(super) enum Way {
    /// as far as `from` is from `to`, in this file
    To { from: u32, file: FileId, to: u32 },
    /// all to one place: what is left of a tree is what it says
    Nowhere,
}

/// What has places in it.
pub(super) trait Places {
    /// Moves them.
    fn go(&mut self, way: Way);
}

impl Places for Span {
    fn go(&mut self, way: Way) {
        *self = match way {
            Way::To { from, file, to } => {
                Span { file, start: self.start - from + to, end: self.end - from + to }
            }
            Way::Nowhere => Span::default(),
        };
    }
}

impl<T: Places> Places for Vec<T> {
    fn go(&mut self, way: Way) {
        self.iter_mut().for_each(|one| one.go(way));
    }
}

impl<T: Places> Places for Option<T> {
    fn go(&mut self, way: Way) {
        self.iter_mut().for_each(|one| one.go(way));
    }
}

/// Moves several things along one way.
fn all(way: Way, parts: &mut [&mut dyn Places]) {
    parts.iter_mut().for_each(|part| part.go(way));
}

impl Places for Item {
    fn go(&mut self, way: Way) {
        let Item { kind, span } = self;
        span.go(way);
        match kind {
            ItemKind::Module(module) => module.go(way),
            ItemKind::Fact(fact) => fact.go(way),
            ItemKind::Concept(concept) => concept.go(way),
            ItemKind::Assumption(assumption) => assumption.go(way),
            ItemKind::Kind(kind) => kind.go(way),
            ItemKind::Support(support) => support.go(way),
            ItemKind::Term(term) => term.go(way),
            ItemKind::Unit(unit) => unit.go(way),
            ItemKind::Department(department) => department.go(way),
            ItemKind::Rule(rule) => rule.go(way),
            ItemKind::Table(table) => table.go(way),
            ItemKind::Matrix(matrix) => matrix.go(way),
            ItemKind::Rate(rate) => rate.go(way),
            ItemKind::Task(task) => task.go(way),
            ItemKind::Step(step) => step.go(way),
            ItemKind::Offer(offer) => offer.go(way),
            ItemKind::Guarantee(guarantee) => guarantee.go(way),
            ItemKind::Example(example) => example.go(way),
            ItemKind::Accept(accept) => accept.go(way),
            ItemKind::Silence(Silence { supports }) => supports.go(way),
            ItemKind::Broken { keyword: _, name } => name.go(way),
        }
    }
}

impl Places for Name {
    fn go(&mut self, way: Way) {
        let Name { text: _, span } = self;
        span.go(way);
    }
}

impl Places for Quoted {
    fn go(&mut self, way: Way) {
        let Quoted { text: _, span } = self;
        span.go(way);
    }
}

impl Places for Path {
    fn go(&mut self, way: Way) {
        let Path { names, span } = self;
        all(way, &mut [names, span]);
    }
}

impl Places for Date {
    fn go(&mut self, _: Way) {
        let Date { day: _ } = self;
    }
}

impl Places for Period {
    fn go(&mut self, way: Way) {
        let Period { from, to, span } = self;
        all(way, &mut [from, to, span]);
    }
}

impl Places for Module {
    fn go(&mut self, way: Way) {
        let Module {
            kind: _,
            name,
            title,
            declares: _,
            editions,
            paragraphs,
            guiding: _,
            adopted,
            adopted_by,
            revised,
            scope,
            applies_in,
            valid,
            complaint,
        } = self;
        all(way, &mut [name, title, editions, paragraphs, adopted, adopted_by, revised]);
        all(way, &mut [scope, applies_in, valid, complaint]);
    }
}

impl Places for Complaint {
    fn go(&mut self, way: Way) {
        let Complaint { to, through, which, within: _, after, basis } = self;
        all(way, &mut [to, through, which, after, basis]);
    }
}

impl Places for Scope {
    fn go(&mut self, way: Way) {
        let Scope { condition, kinds, span } = self;
        all(way, &mut [condition, kinds, span]);
    }
}

impl Places for Edition {
    fn go(&mut self, way: Way) {
        let Edition { title, eli, valid } = self;
        all(way, &mut [title, eli, valid]);
    }
}

impl Places for Paragraph {
    fn go(&mut self, way: Way) {
        let Paragraph { provision, title, appeal: _, successor, span } = self;
        all(way, &mut [provision, title, successor, span]);
    }
}

impl Places for Provision {
    fn go(&mut self, way: Way) {
        let Provision { chapter: _, number: _, last: _, subsection: _, item: _, span } = self;
        span.go(way);
    }
}

impl Places for Citation {
    fn go(&mut self, way: Way) {
        let Citation { source, provision, span } = self;
        all(way, &mut [source, provision, span]);
    }
}

impl Places for Fact {
    fn go(&mut self, way: Way) {
        let Fact { name, title, assessed: _, kind, typical, fixed: _ } = self;
        all(way, &mut [name, title, kind, typical]);
    }
}

impl Places for Type {
    fn go(&mut self, way: Way) {
        match self {
            Type::YesNo => {}
            Type::List { values, ordered: _ } => values.go(way),
            Type::Number { low, high, decimals: _, unit } => all(way, &mut [low, high, unit]),
            Type::Duration { low, high } | Type::Workdays { low, high } | Type::Money { low, high } => {
                all(way, &mut [low, high]);
            }
            Type::Date(period) => period.go(way),
        }
    }
}

impl Places for ListValue {
    fn go(&mut self, way: Way) {
        let ListValue { name, title } = self;
        all(way, &mut [name, title]);
    }
}

impl Places for Value {
    fn go(&mut self, way: Way) {
        let Value { kind: _, span } = self;
        span.go(way);
    }
}

impl Places for Test {
    fn go(&mut self, way: Way) {
        let Test { op: _, values, span } = self;
        all(way, &mut [values, span]);
    }
}

impl Places for Condition {
    fn go(&mut self, way: Way) {
        match self {
            Condition::Always(span) => span.go(way),
            Condition::Test { fact, test, span } => all(way, &mut [fact, test, span]),
            Condition::Name(name) => name.go(way),
            Condition::Not(inner, span) => {
                inner.go(way);
                span.go(way);
            }
            Condition::And(parts) | Condition::Or(parts) => parts.go(way),
            Condition::Decided { support, due: _, span } => all(way, &mut [support, span]),
        }
    }
}

impl Places for Concept {
    fn go(&mut self, way: Way) {
        let Concept { name, title, condition } = self;
        all(way, &mut [name, title, condition]);
    }
}

impl Places for Assumption {
    fn go(&mut self, way: Way) {
        let Assumption { title, when, then } = self;
        all(way, &mut [title, when, then]);
    }
}

impl Places for Kind {
    fn go(&mut self, way: Way) {
        let Kind { name, title, parent } = self;
        all(way, &mut [name, title, parent]);
    }
}

impl Places for Support {
    fn go(&mut self, way: Way) {
        let Support { name, title, kind, relations, without_decision } = self;
        all(way, &mut [name, title, kind, relations, without_decision]);
    }
}

impl Places for Relation {
    fn go(&mut self, way: Way) {
        let Relation { kind: _, supports } = self;
        supports.go(way);
    }
}

impl Places for Term {
    fn go(&mut self, way: Way) {
        let Term { name, title, kind, more_is_better: _, internal: _ } = self;
        all(way, &mut [name, title, kind]);
    }
}

impl Places for Unit {
    fn go(&mut self, way: Way) {
        let Unit { name, title, successor, successor_from } = self;
        all(way, &mut [name, title, successor, successor_from]);
    }
}

impl Places for Department {
    fn go(&mut self, way: Way) {
        let Department { name, title, scope } = self;
        all(way, &mut [name, title, scope]);
    }
}

impl Places for Rule {
    fn go(&mut self, way: Way) {
        let Rule { name, title, clauses, effects } = self;
        all(way, &mut [name, title, clauses, effects]);
    }
}

impl Places for Clauses {
    fn go(&mut self, way: Way) {
        let Clauses {
            basis,
            valid,
            places,
            when,
            exception_to,
            responsible,
            referred_to,
            deviable,
            reason,
            reading,
            first_row_wins: _,
        } = self;
        all(way, &mut [basis, valid, places, when, exception_to]);
        all(way, &mut [responsible, referred_to, deviable, reason, reading]);
    }
}

impl Places for Deviable {
    fn go(&mut self, way: Way) {
        let Deviable { when } = self;
        when.go(way);
    }
}

impl Places for Effect {
    fn go(&mut self, way: Way) {
        let Effect { kind, supports, terms, span } = self;
        match kind {
            EffectKind::Grade { grade: _, duty: _, only_when } => only_when.go(way),
            EffectKind::Terms | EffectKind::Lapses => {}
            EffectKind::Precondition(condition) => condition.go(way),
            EffectKind::Perform { grade: _, at } => at.go(way),
        }
        all(way, &mut [supports, terms, span]);
    }
}

impl Places for TermBound {
    fn go(&mut self, way: Way) {
        let TermBound { term, bound, ceiling: _, exactly: _, span } = self;
        all(way, &mut [term, bound, span]);
    }
}

impl Places for Table {
    fn go(&mut self, way: Way) {
        let Table { name, title, clauses, columns, rows } = self;
        all(way, &mut [name, title, clauses, columns, rows]);
    }
}

impl Places for Column {
    fn go(&mut self, way: Way) {
        let Column { kind, span } = self;
        match kind {
            ColumnKind::Named(name) => name.go(way),
            ColumnKind::Prose(prose) => prose.go(way),
            ColumnKind::Rule
            | ColumnKind::Support
            | ColumnKind::Task
            | ColumnKind::When
            | ColumnKind::Grade
            | ColumnKind::Basis
            | ColumnKind::Valid => {}
        }
        span.go(way);
    }
}

impl Places for Row {
    fn go(&mut self, way: Way) {
        let Row { name, supports, when, grade, basis, valid, cells, span, broken: _ } = self;
        grade.iter_mut().for_each(|(_, _, span)| span.go(way));
        all(way, &mut [name, supports, when, basis, valid, cells, span]);
    }
}

impl Places for Cell {
    fn go(&mut self, way: Way) {
        let Cell { column: _, test, ceiling } = self;
        all(way, &mut [test, ceiling]);
    }
}

impl Places for Matrix {
    fn go(&mut self, way: Way) {
        let Matrix { name, title, clauses, signs, fact, columns, rows } = self;
        all(way, &mut [name, title, clauses, signs, fact, columns, rows]);
    }
}

impl Places for Sign {
    fn go(&mut self, way: Way) {
        let Sign { sign, grade: _, duty: _ } = self;
        sign.go(way);
    }
}

impl Places for MatrixColumn {
    fn go(&mut self, way: Way) {
        let MatrixColumn { supports, basis, when, valid, broken: _ } = self;
        all(way, &mut [supports, basis, when, valid]);
    }
}

impl Places for MatrixRow {
    fn go(&mut self, way: Way) {
        let MatrixRow { test, cells, broken: _ } = self;
        all(way, &mut [test, cells]);
    }
}

impl Places for MatrixCell {
    fn go(&mut self, way: Way) {
        let MatrixCell { column: _, mark: _, span } = self;
        span.go(way);
    }
}

impl Places for Rate {
    fn go(&mut self, way: Way) {
        let Rate { name, title, unit, values } = self;
        all(way, &mut [name, title, unit]);
        values.iter_mut().for_each(|(date, value)| all(way, &mut [date, value]));
    }
}

impl Places for Task {
    fn go(&mut self, way: Way) {
        let Task { name, title, kind } = self;
        all(way, &mut [name, title, kind]);
    }
}

impl Places for Step {
    fn go(&mut self, way: Way) {
        let Step { name, title } = self;
        all(way, &mut [name, title]);
    }
}

impl Places for Offer {
    fn go(&mut self, way: Way) {
        let Offer { name, title, clauses, delivers, performs, terms } = self;
        all(way, &mut [name, title, clauses, delivers, performs, terms]);
    }
}

impl Places for Guarantee {
    fn go(&mut self, way: Way) {
        let Guarantee { name, title, places, when, claims } = self;
        all(way, &mut [name, title, places, when, claims]);
    }
}

impl Places for Claim {
    fn go(&mut self, way: Way) {
        let Claim { kind, span } = self;
        match kind {
            ClaimKind::Exists { at_least: _, kind } => kind.go(way),
            ClaimKind::AtLeast { grade: _, support }
            | ClaimKind::AtMost { grade: _, support }
            | ClaimKind::NotGranted { support } => support.go(way),
            ClaimKind::NotBoth(one, other) => all(way, &mut [one, other]),
            ClaimKind::Terms { support, terms } => all(way, &mut [support, terms]),
        }
        span.go(way);
    }
}

impl Places for Example {
    fn go(&mut self, way: Way) {
        let Example { title, place, given, expects } = self;
        all(way, &mut [title, place, given, expects]);
    }
}

impl Places for Expectation {
    fn go(&mut self, way: Way) {
        let Expectation { kind: _, support, at, terms, span } = self;
        all(way, &mut [support, at, terms, span]);
    }
}

impl Places for Accept {
    fn go(&mut self, way: Way) {
        let Accept { check, place, rule, when, reason, until } = self;
        all(way, &mut [check, place, rule, when, reason, until]);
    }
}
