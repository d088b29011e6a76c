//! Which columns a place's decisions have.

use crate::model::{Domain, Grade, Model, SupportId, TermId};
use crate::verdict::Statements;
use std::collections::BTreeSet;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CellKind {
    /// words of the language
    Text,
    /// numbers with so many decimals
    Number(u8),
    /// days since 1970-01-01
    Day,
}

/// One column of decisions.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Column {
    /// its name
    pub name: String,
    /// what it holds
    pub kind: CellKind,
}

/// A term that some rule of the place bounds.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TermShape {
    /// its name
    pub name: String,
    /// the same for people
    pub title: String,
    /// its unit, of a number that has one
    pub unit: Option<String>,
    /// kroner
    pub is_money: bool,
    /// the least and the greatest value, scaled by the decimals of its columns
    pub bounds: (i64, i64),
    /// what its columns hold
    pub kind: CellKind,
    /// whether it has two columns, `.fra` and `.til`
    pub is_range: bool,
    pub(super) id: TermId,
}

/// What is told of one support.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SupportShape {
    /// its name
    pub name: String,
    /// the same for people
    pub title: String,
    /// whether it is a support or a kind, and no task or step
    pub is_given: bool,
    /// whether something beside the grant and the terms can be said
    pub has_also: bool,
    /// its terms
    pub terms: Vec<TermShape>,
    /// whether the rules are told
    pub has_rules: bool,
    pub(super) id: SupportId,
}

impl SupportShape {
    /// What the place can say of a support; nothing where no rule speaks of it.
    pub(super) fn of(model: &Model, statements: &Statements, id: SupportId, rules: bool) -> Option<Self> {
        let all = statements.with_members(id);
        if !all.iter().any(|id| statements.about(*id).iter().any(|said| said.has_part())) {
            return None;
        }
        let said = statements.about(id);
        let bounds = said.iter().flat_map(|said| &said.bounds).filter(|bound| bound.is_checkable());
        let terms: BTreeSet<TermId> = bounds.map(|bound| bound.term).collect();
        let advice = [Grade::MustAssess, Grade::Should, Grade::ShouldNot];
        let advised =
            said.iter().flat_map(|said| &said.grades).any(|said| said.duty || advice.contains(&said.grade));
        let support = &model.supports[id.index()];
        Some(SupportShape {
            name: support.name.clone(),
            title: crate::ground::titled(&support.title, &support.name).to_owned(),
            is_given: support.is_given(),
            has_also: advised || !terms.is_empty(),
            terms: terms.into_iter().map(|id| term(model, id)).collect(),
            has_rules: rules,
            id,
        })
    }

    /// Its columns, in their order.
    pub fn columns(&self) -> Vec<Column> {
        let name = &self.name;
        let text = |name: String| Column { name, kind: CellKind::Text };
        let mut columns = vec![text(name.clone())];
        columns.extend(self.has_also.then(|| text(format!("{name}.også"))));
        for term in &self.terms {
            let (kind, term_name) = (term.kind, &term.name);
            if term.is_range {
                columns.push(Column { name: format!("{name}.{term_name}.fra"), kind });
                columns.push(Column { name: format!("{name}.{term_name}.til"), kind });
            } else {
                columns.push(Column { name: format!("{name}.{term_name}"), kind });
            }
        }
        columns.extend(self.has_rules.then(|| text(format!("{name}.regler"))));
        columns
    }
}

fn term(model: &Model, id: TermId) -> TermShape {
    let term = &model.terms[id.index()];
    let kind = match &term.domain {
        Domain::YesNo | Domain::List { .. } | Domain::Duration { .. } => CellKind::Text,
        Domain::Number { decimals, .. } => CellKind::Number(*decimals),
        Domain::Money { .. } => CellKind::Number(2),
        Domain::Date { .. } => CellKind::Day,
    };
    let unit = match &term.domain {
        Domain::Number { unit, .. } => unit.clone(),
        _ => None,
    };
    TermShape {
        name: term.name.clone(),
        title: crate::ground::titled(&term.title, &term.name).to_owned(),
        unit,
        is_money: matches!(term.domain, Domain::Money { .. }),
        bounds: term.domain.bounds(),
        kind,
        is_range: !matches!(term.domain, Domain::YesNo | Domain::List { .. }),
        id,
    }
}
