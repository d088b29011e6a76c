//! What an engine writes otherwise than the next: names, words, types.

use crate::queries::{SheetKind, SheetValue};

/// One engine's way of writing.
pub(super) struct Dialect {
    pub(super) name: &'static str,
    /// around names
    quote: char,
    /// what begins a sign in words that would end them otherwise
    escape: Escape,
    /// bytes of a name; the engine would cut a longer one in silence
    longest_name: Option<usize>,
    /// columns of one query
    pub(super) most_columns: Option<usize>,
    /// each step is computed once: the engine would write it into each place that uses it
    pub(super) materialized: bool,
    /// `CREATE OR REPLACE` may change the columns
    pub(super) replaces: bool,
    text: &'static str,
    whole: &'static str,
}

enum Escape {
    Doubled,
    Backslash,
}

pub(super) const DUCKDB: Dialect = Dialect {
    name: "duckdb",
    quote: '"',
    escape: Escape::Doubled,
    longest_name: None,
    most_columns: None,
    materialized: false,
    replaces: true,
    text: "VARCHAR",
    whole: "BIGINT",
};

pub(super) const SPARK: Dialect = Dialect {
    name: "spark",
    quote: '`',
    escape: Escape::Backslash,
    longest_name: None,
    most_columns: None,
    materialized: false,
    replaces: true,
    text: "STRING",
    whole: "BIGINT",
};

pub(super) const POSTGRES: Dialect = Dialect {
    name: "postgres",
    quote: '"',
    escape: Escape::Doubled,
    longest_name: Some(63),
    most_columns: Some(1600),
    materialized: true,
    replaces: false,
    text: "TEXT",
    whole: "BIGINT",
};

impl Dialect {
    /// A name as the engine keeps it: as it is, or cut where it is too long, with a mark that tells it from others cut
    /// alike.
    pub(super) fn kept(&self, name: &str) -> String {
        const MARK: usize = 9;
        let Some(longest) = self.longest_name.filter(|longest| name.len() > *longest) else {
            return name.to_owned();
        };
        let mut end = longest - MARK;
        while !name.is_char_boundary(end) {
            end -= 1;
        }
        let hash = name
            .bytes()
            .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        format!("{}~{hash:08x}", &name[..end])
    }

    /// A name, quoted.
    pub(super) fn name(&self, name: &str) -> String {
        let doubled: String = self
            .kept(name)
            .chars()
            .flat_map(|sign| std::iter::repeat_n(sign, if sign == self.quote { 2 } else { 1 }))
            .collect();
        format!("{0}{doubled}{0}", self.quote)
    }

    /// The name of a table, its schema before it.
    pub(super) fn table(&self, name: &str) -> String {
        name.split('.').map(|part| self.name(part)).collect::<Vec<_>>().join(".")
    }

    /// Words in quotation marks.
    pub(super) fn words(&self, words: &str) -> String {
        let escaped = match self.escape {
            Escape::Doubled => words.replace('\'', "''"),
            Escape::Backslash => words.replace('\\', "\\\\").replace('\'', "\\'"),
        };
        format!("'{escaped}'")
    }

    /// A value.
    pub(super) fn value(&self, value: &SheetValue) -> String {
        match value {
            SheetValue::Number(number) => number.clone(),
            SheetValue::Day(day) => format!("DATE '{day}'"),
            SheetValue::Word(word) => self.words(word),
            SheetValue::Truth(holds) => truth(*holds).to_owned(),
        }
    }

    /// The type of a column.
    pub(super) fn kind(&self, kind: &SheetKind) -> String {
        match kind {
            SheetKind::YesNo => "BOOLEAN".to_owned(),
            SheetKind::List | SheetKind::Words => self.text.to_owned(),
            SheetKind::Number(0) | SheetKind::Duration => self.whole.to_owned(),
            SheetKind::Number(decimals) => format!("DECIMAL(18, {decimals})"),
            SheetKind::Money => "DECIMAL(18, 2)".to_owned(),
            SheetKind::Day => "DATE".to_owned(),
        }
    }
}

pub(super) fn truth(holds: bool) -> &'static str {
    if holds { "TRUE" } else { "FALSE" }
}
