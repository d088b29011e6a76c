//! Which days are looked at when nobody says so: the years in which the policies' own dates lie.

use crate::ground::{Day, Window, year_of};
use crate::syntax::ast::{self, ColumnKind, Condition, EffectKind, ItemKind, ValueKind};

/// The years of the first to the last date written; with no date at all, one day.
pub(super) fn of_policies(files: &[ast::File]) -> Window {
    let mut dates = Dates::default();
    for item in files.iter().flat_map(|file| &file.items) {
        dates.item(&item.kind);
    }
    if dates.0.is_empty() {
        let rates = files.iter().flat_map(|file| &file.items).filter_map(|item| match &item.kind {
            ItemKind::Rate(rate) => Some(rate),
            _ => None,
        });
        dates.0.extend(rates.flat_map(|rate| &rate.values).map(|(date, _)| date.day));
    }
    match (dates.0.iter().min(), dates.0.iter().max()) {
        (Some(first), Some(last)) => Window { from: year_of(*first).0, to: year_of(*last).1 },
        _ => Window { from: 0, to: 0 },
    }
}

#[derive(Default)]
struct Dates(Vec<Day>);

impl Dates {
    fn item(&mut self, item: &ItemKind) {
        match item {
            ItemKind::Module(module) => {
                module.editions.iter().for_each(|edition| self.period(edition.valid));
                self.0.extend(module.adopted.iter().chain(&module.revised).map(|date| date.day));
                self.condition(module.scope.as_ref().map(|scope| &scope.condition));
            }
            ItemKind::Concept(concept) => self.condition(Some(&concept.condition)),
            ItemKind::Assumption(assumption) => {
                self.condition(assumption.when.as_ref());
                self.condition(Some(&assumption.then));
            }
            ItemKind::Department(department) => self.condition(department.scope.as_ref()),
            ItemKind::Rule(rule) => {
                self.clauses(&rule.clauses);
                for effect in &rule.effects {
                    match &effect.kind {
                        EffectKind::Grade { only_when, .. } => self.condition(only_when.as_ref()),
                        EffectKind::Precondition(condition) => self.condition(Some(condition)),
                        EffectKind::Terms | EffectKind::Lapses | EffectKind::Perform { .. } => {}
                    }
                }
            }
            ItemKind::Table(table) => self.table(table),
            ItemKind::Matrix(matrix) => {
                self.clauses(&matrix.clauses);
                for column in &matrix.columns {
                    self.period(column.valid);
                    self.condition(column.when.as_ref());
                }
                if matrix.fact.as_ref().is_some_and(|fact| fact.text == "dato") {
                    matrix.rows.iter().for_each(|row| self.test(&row.test));
                }
            }
            // the days of a `sats` count only where no other date stands; those of a unit's end do
            ItemKind::Unit(unit) => self.0.extend(unit.successor_from.map(|date| date.day)),
            ItemKind::Offer(offer) => self.clauses(&offer.clauses),
            ItemKind::Guarantee(guarantee) => self.condition(guarantee.when.as_ref()),
            ItemKind::Example(example) => self.condition(example.given.as_ref()),
            ItemKind::Fact(_)
            | ItemKind::Kind(_)
            | ItemKind::Support(_)
            | ItemKind::Term(_)
            | ItemKind::Rate(_)
            | ItemKind::Task(_)
            | ItemKind::Step(_)
            | ItemKind::Accept(_)
            | ItemKind::Silence(_)
            | ItemKind::Broken { .. } => {}
        }
    }

    fn clauses(&mut self, clauses: &ast::Clauses) {
        self.period(clauses.valid);
        self.condition(clauses.when.as_ref());
        self.condition(clauses.deviable.as_ref().and_then(|deviable| deviable.when.as_ref()));
    }

    fn table(&mut self, table: &ast::Table) {
        self.clauses(&table.clauses);
        let is_date = |column: usize| {
            matches!(
                table.columns.get(column).map(|column| &column.kind),
                Some(ColumnKind::Named(name)) if name.text == "dato"
            )
        };
        for row in &table.rows {
            self.period(row.valid);
            self.condition(row.when.as_ref());
            for cell in row.cells.iter().filter(|cell| is_date(cell.column)) {
                self.test(&cell.test);
            }
        }
    }

    fn period(&mut self, period: Option<ast::Period>) {
        let ends = period.map(|period| [period.from, period.to]).into_iter().flatten().flatten();
        self.0.extend(ends.map(|date| date.day));
    }

    fn condition(&mut self, condition: Option<&Condition>) {
        match condition {
            Some(Condition::Test { fact, test, .. }) if fact.text == "dato" => self.test(test),
            Some(Condition::Not(inner, _)) => self.condition(Some(inner)),
            Some(Condition::And(parts) | Condition::Or(parts)) => {
                parts.iter().for_each(|part| self.condition(Some(part)));
            }
            Some(
                Condition::Always(_)
                | Condition::Test { .. }
                | Condition::Name(_)
                | Condition::Decided { .. },
            )
            | None => {}
        }
    }

    fn test(&mut self, test: &ast::Test) {
        let days = test.values.iter().filter_map(|value| match value.kind {
            ValueKind::Date(day) => Some(day),
            ValueKind::Word(_) | ValueKind::Number { .. } | ValueKind::Sum(_) | ValueKind::Soonest => None,
        });
        self.0.extend(days);
    }
}
