//! The columns of a sheet as they come about: names nobody else has, and the step in which each can be computed.

use super::expr::{Expr, first};
use super::rules::PartKey;
use super::verdicts::{Decided, Heard};
use super::{Sheet, SheetColumn, SheetOutput, SheetPhase, SheetStep};
use crate::ground::{Text, text};
use crate::model::{ConceptId, DepartmentId, FactId, Layer, Model, Question, RuleId, SupportId};
use crate::verdict::Statements;
use std::collections::{BTreeMap, BTreeSet};

/// Where a column stands: how many rounds of questions lie below it, what it is, and what of its kind it rests on.
type Position = (usize, SheetPhase, usize);

/// No concept that says who there can be asks what is decided.
const EXISTENCE: Position = (0, SheetPhase::Existence, 0);

pub(super) struct Builder<'a> {
    pub(super) model: &'a Model,
    pub(super) statements: &'a Statements,
    /// the facts that are asked
    pub(super) asked: BTreeSet<FactId>,
    /// whether there can be such a citizen: nothing where there can
    pub(super) existence: Expr,
    pub(super) concepts: BTreeMap<(ConceptId, bool), Expr>,
    pub(super) departments: BTreeMap<DepartmentId, Expr>,
    pub(super) rules: BTreeMap<RuleId, Expr>,
    pub(super) parts: BTreeMap<PartKey, Expr>,
    pub(super) heard: BTreeMap<(Layer, SupportId), Heard>,
    pub(super) decided: BTreeMap<SupportId, Decided>,
    pub(super) answers: BTreeMap<Question, Expr>,
    columns: Vec<(Position, SheetColumn)>,
    positions: BTreeMap<String, Position>,
    taken: BTreeSet<String>,
    known: BTreeMap<(SheetPhase, Expr), Expr>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(model: &'a Model, statements: &'a Statements) -> Self {
        let mut builder = Builder {
            model,
            statements,
            asked: BTreeSet::from([crate::model::DATE]),
            existence: Expr::Nothing,
            concepts: BTreeMap::new(),
            departments: BTreeMap::new(),
            rules: BTreeMap::new(),
            parts: BTreeMap::new(),
            heard: BTreeMap::new(),
            decided: BTreeMap::new(),
            answers: BTreeMap::new(),
            columns: Vec::new(),
            positions: BTreeMap::new(),
            // an engine does not tell `A` from `a`
            taken: model.facts.iter().map(|fact| fact.name.to_lowercase()).collect(),
            known: BTreeMap::new(),
        };
        let name = builder.free("umulig");
        builder.positions.insert(name.clone(), EXISTENCE);
        builder.existence = Expr::Column(name);
        builder
    }

    /// A column of its own for an expression; none where the expression is a column, or as short as one.
    pub(super) fn column(&mut self, phase: SheetPhase, name: &str, expr: Expr, note: Text) -> Expr {
        let short = |expr: &Expr| matches!(expr, Expr::Constant(_) | Expr::Number(_) | Expr::Column(_));
        let is_short = match &expr {
            Expr::Not(inner) => short(inner),
            expr => short(expr),
        };
        if is_short {
            return expr;
        }
        self.own_column(phase, name, expr, note)
    }

    /// The same, however short: a reader looks for it.
    pub(super) fn own_column(&mut self, phase: SheetPhase, name: &str, expr: Expr, note: Text) -> Expr {
        if phase == SheetPhase::Active
            && let Some(known) = self.known.get(&(phase, expr.clone()))
        {
            return known.clone();
        }
        let below = expr.columns().into_iter().filter_map(|name| self.positions.get(name)).max();
        let position = match below {
            None => (0, phase, 0),
            Some((round, what, nth)) if *what == phase => (*round, phase, nth + 1),
            Some((round, what, _)) if *what < phase => (*round, phase, 0),
            Some((round, ..)) => (round + 1, phase, 0),
        };
        let name = self.free(name);
        self.positions.insert(name.clone(), position);
        let column = Expr::Column(name.clone());
        self.known.insert((phase, expr.clone()), column.clone());
        self.columns.push((position, SheetColumn { name, expr, note }));
        column
    }

    /// A name nobody has.
    fn free(&mut self, name: &str) -> String {
        let numbered = |number: usize| match number {
            1 => name.to_owned(),
            _ => format!("{name} ({number})"),
        };
        let free = (1..).map(numbered).find(|name| !self.taken.contains(&name.to_lowercase()));
        let free = free.unwrap_or_default();
        self.taken.insert(free.to_lowercase());
        free
    }

    /// The column that tells who is nobody, once every fact that is asked is known.
    fn exist(&mut self) {
        let excluded = self.excluded();
        let why = first(self.bad_cells().into_iter().chain(excluded), Expr::Nothing);
        let Expr::Column(name) = self.existence.clone() else { return };
        let note = text!(
            en: "why the row is nobody; NULL where somebody can be so",
            da: "hvorfor rækken ikke kan være nogen; NULL, hvor den kan"
        );
        self.columns.push((EXISTENCE, SheetColumn { name, expr: why, note }));
    }

    /// The sheet: only the columns that something that comes out rests on.
    pub(super) fn finish(
        mut self,
        place: (String, String),
        outputs: Vec<SheetOutput>,
    ) -> Result<Sheet, Text> {
        self.exist();
        let mut names = BTreeSet::new();
        if let Some(twice) = outputs.iter().find(|output| !names.insert(output.name.to_lowercase())) {
            let name = &twice.name;
            return Err(text!(
                en: "two columns would be called `{name}`, and an engine does not tell capitals from small letters",
                da: "to kolonner ville hedde `{name}`, og en database skelner ikke mellem store og små bogstaver"
            ));
        }
        let mut used: BTreeSet<String> = BTreeSet::new();
        let by_name: BTreeMap<&str, &Expr> =
            self.columns.iter().map(|(_, column)| (column.name.as_str(), &column.expr)).collect();
        let mut open: Vec<&str> = outputs.iter().flat_map(|output| output.expr.columns()).collect();
        while let Some(name) = open.pop() {
            if used.insert(name.to_owned()) {
                open.extend(by_name.get(name).into_iter().flat_map(|expr| expr.columns()));
            }
        }
        let mut steps: BTreeMap<Position, Vec<SheetColumn>> = BTreeMap::new();
        let inputs = self.inputs();
        for (position, column) in self.columns.into_iter().filter(|(_, column)| used.contains(&column.name)) {
            steps.entry(position).or_default().push(column);
        }
        let steps = steps.into_iter().map(|((_, what, _), columns)| SheetStep { what, columns }).collect();
        Ok(Sheet { place, inputs, steps, outputs })
    }
}
