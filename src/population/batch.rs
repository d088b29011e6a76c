//! Some citizens, column by column.

use crate::model::FactId;

/// The value of a fact that is not known.
pub const NOT_KNOWN: i64 = i64::MIN;

/// Coded values of some citizens: for each fact one for each citizen, or nothing where it is known of nobody.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    rows: usize,
    columns: Vec<Option<Vec<i64>>>,
}

impl Batch {
    /// Citizens of whom nothing is known yet, where there are so many facts.
    pub fn new(facts: usize, rows: usize) -> Self {
        Batch { rows, columns: vec![None; facts] }
    }

    /// How many citizens.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Puts the column of a fact. A column of another length, or of a fact there is not, is none.
    pub fn put(&mut self, fact: usize, values: Vec<i64>) {
        if values.len() == self.rows
            && let Some(column) = self.columns.get_mut(fact)
        {
            *column = Some(values);
        }
    }

    /// The values of a fact.
    pub fn column(&self, fact: usize) -> Option<&[i64]> {
        self.columns.get(fact)?.as_deref()
    }

    /// One value.
    pub(super) fn value(&self, fact: FactId, row: usize) -> Option<i64> {
        self.column(fact.index()).map(|column| column[row]).filter(|value| *value != NOT_KNOWN)
    }

    /// All that is known of one citizen.
    pub(super) fn row(&self, row: usize) -> Vec<Option<i64>> {
        (0..self.columns.len() as u32).map(|fact| self.value(FactId(fact), row)).collect()
    }

    /// Some of the citizens.
    #[must_use]
    pub fn only(&self, rows: &[usize]) -> Batch {
        let pick = |column: &Vec<i64>| rows.iter().map(|row| column[*row]).collect();
        Batch { rows: rows.len(), columns: self.columns.iter().map(|c| c.as_ref().map(pick)).collect() }
    }
}
