//! Columns that are carried through as they are.

use serde_json::Value;

/// The values of a column that says nothing to the rules.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kept {
    Text(Vec<Option<String>>),
    Whole(Vec<Option<i64>>),
    Real(Vec<Option<f64>>),
    YesNo(Vec<Option<bool>>),
    /// values of JSON, as they are written
    Json(Vec<Option<String>>),
}

/// What a kept column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeptKind {
    Text,
    Whole,
    Real,
    YesNo,
    Json,
}

fn picked<T: Clone>(all: &[Option<T>], rows: &[usize]) -> Vec<Option<T>> {
    rows.iter().map(|row| all[*row].clone()).collect()
}

impl Kept {
    /// Some of the rows.
    pub(super) fn only(&self, rows: &[usize]) -> Kept {
        match self {
            Kept::Text(all) => Kept::Text(picked(all, rows)),
            Kept::Whole(all) => Kept::Whole(picked(all, rows)),
            Kept::Real(all) => Kept::Real(picked(all, rows)),
            Kept::YesNo(all) => Kept::YesNo(picked(all, rows)),
            Kept::Json(all) => Kept::Json(picked(all, rows)),
        }
    }

    /// One value as words; nothing where there is none.
    pub(super) fn words(&self, row: usize) -> Option<String> {
        match self {
            Kept::Text(all) => all[row].clone(),
            Kept::Whole(all) => all[row].map(|value| value.to_string()),
            Kept::Real(all) => all[row].map(|value| value.to_string()),
            Kept::YesNo(all) => all[row].map(|value| value.to_string()),
            Kept::Json(all) => all[row].as_ref().map(|json| match serde_json::from_str(json) {
                Ok(Value::String(words)) => words,
                _ => json.clone(),
            }),
        }
    }

    /// One value as JSON.
    pub(super) fn json(&self, row: usize) -> String {
        let text = |words: &str| Value::from(words).to_string();
        let json = match self {
            Kept::Text(all) => all[row].as_deref().map(text),
            Kept::Whole(_) | Kept::YesNo(_) => self.words(row),
            Kept::Real(all) => all[row].map(|value| Value::from(value).to_string()),
            Kept::Json(all) => all[row].clone(),
        };
        json.unwrap_or_else(|| "null".to_owned())
    }
}
