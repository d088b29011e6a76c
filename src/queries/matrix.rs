//! An overview of a municipality: target groups against supports, and who falls between two stools.

use super::graph::of_support;
use super::place;
use crate::diagram::{Decisions, Leaves, NO, Node, NotProven};
use crate::ground::{Text, text, titled};
use crate::model::{DepartmentId, Domain, FactId, Formula, Model, ModuleId, Place, SupportId, ValueSet};
use crate::verdict::{Grant, Matter, Statements};

/// What an overview is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct MatrixAsked<'a> {
    /// the municipality or institution
    pub municipality: &'a str,
    /// the fact whose values are the rows; without it, the list that most of the municipality's rules ask
    pub rows: Option<&'a str>,
    /// only the citizens this department serves
    pub department: Option<&'a str>,
    /// what the municipality itself says, the law and others not heard
    pub own_only: bool,
}

/// Target groups against supports.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Matrix {
    /// a heading
    pub title: Text,
    /// what the groups are
    pub groups: String,
    /// the supports: name and title
    pub columns: Vec<(String, String)>,
    /// the groups that no citizen there can be is in, or none that is asked about
    pub nobody: Vec<MatrixGroup>,
    /// one for each other group
    pub rows: Vec<MatrixRow>,
}

/// A value of the fact.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MatrixGroup {
    /// as the language writes it
    pub value: String,
    /// the same for people; empty where it has no title
    pub title: String,
}

/// What one target group gets.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct MatrixRow {
    /// which
    pub group: MatrixGroup,
    /// one for each support
    pub cells: Vec<MatrixCell>,
    /// the supports, by their columns, that are due to somebody here and closed to them; and whether to all
    pub grey_zone: Vec<(usize, bool)>,
}

/// What a group gets of one support.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MatrixCell {
    /// the strongest that some citizen of the group gets; nothing where that is undecided
    pub grant: Option<Grant>,
    /// whether all of them get it
    pub for_all: bool,
}

/// What a citizen can get, the strongest first. What is undecided counts for more than a refusal.
const STRONGEST_FIRST: [Option<Grant>; 6] = [
    Some(Grant::Must),
    Some(Grant::Right),
    Some(Grant::May),
    None,
    Some(Grant::Forbidden),
    Some(Grant::None),
];

/// Looks at every group and every support.
///
/// # Errors
/// An unknown municipality, fact or department; a fact whose values are no list; the budget ran out.
pub(crate) fn matrix(model: &Model, asked: MatrixAsked<'_>, budget: u64) -> Result<Matrix, Text> {
    let module = place::municipality(model, asked.municipality)?;
    let rows = match asked.rows {
        Some(name) => listed(model, place::fact(model, name)?)?,
        None => most_asked(model, module)?,
    };
    let department = asked.department.map(|name| place::department(model, module, name)).transpose()?;
    let here = Place::of(model, module);
    let here = if asked.own_only { Place { layers: vec![here.own()] } } else { here };
    let statements = Statements::of(model, here);
    let looking = Looking { model, statements: &statements, fact: rows, department, budget };
    looking.matrix(title(model, module, department, asked.own_only)).map_err(|NotProven| {
        let name = &model.modules[module.index()].name;
        text!(
            en: "not proven: the budget ran out before the overview of `{name}` was known; a larger `--budget` may help",
            da: "ikke bevist: beregningsrammen slap op, før oversigten over `{name}` var kendt; prøv med en større `--budget`"
        )
    })
}

fn title(model: &Model, module: ModuleId, department: Option<DepartmentId>, own_only: bool) -> Text {
    let module = &model.modules[module.index()];
    let mut name = titled(&module.title, &module.name).to_owned();
    if let Some(department) = department.map(|id| &model.departments[id.index()]) {
        name = format!("{name}, {}", titled(&department.title, &department.name));
    }
    if own_only {
        return text!(en: "{name}: who gets what by its own rules", da: "{name}: hvem får hvad efter egne regler");
    }
    text!(en: "{name}: who gets what", da: "{name}: hvem får hvad")
}

/// A fact that has a row for each value.
fn listed(model: &Model, id: FactId) -> Result<FactId, Text> {
    let fact = &model.facts[id.index()];
    if matches!(fact.domain, Domain::List { .. } | Domain::YesNo) {
        return Ok(id);
    }
    let name = &fact.name;
    Err(text!(
        en: "`{name}` is no list: the rows are the values of a list or of a ja/nej",
        da: "`{name}` er ingen liste: rækkerne er værdierne af en liste eller af et ja/nej"
    ))
}

/// The list that most rules of a module ask, the first declared of several.
fn most_asked(model: &Model, module: ModuleId) -> Result<FactId, Text> {
    let name = &model.modules[module.index()].name;
    model.most_asked_list(module).ok_or_else(|| {
        text!(
            en: "no rule of `{name}` asks a list: name the rows with `--rows`",
            da: "ingen regel i `{name}` spørger om en liste: angiv rækkerne med `--rows`"
        )
    })
}

struct Looking<'a> {
    model: &'a Model,
    statements: &'a Statements,
    fact: FactId,
    department: Option<DepartmentId>,
    budget: u64,
}

/// What one support is to each group: the cell, none where nobody is; and whether it is due and closed, to all of them.
struct Column {
    cells: Vec<Option<MatrixCell>>,
    grey_zone: Vec<Option<bool>>,
}

impl Looking<'_> {
    fn matrix(&self, title: Text) -> Result<Matrix, NotProven> {
        let model = self.model;
        let is_given = |id: &SupportId| {
            let support = &model.supports[id.index()];
            !support.is_kind && support.is_given()
        };
        let supports = model.support_ids().filter(is_given);
        let mut supports: Vec<SupportId> = supports.collect();
        supports.sort_by_key(|id| model.supports[id.index()].span);
        let mut columns: Vec<(SupportId, Column)> = Vec::new();
        for support in supports {
            let column = self.column(support)?;
            let says = |cell: &Option<MatrixCell>| cell.is_some_and(|cell| cell.grant != Some(Grant::None));
            if column.cells.iter().any(says) || column.grey_zone.iter().any(Option::is_some) {
                columns.push((support, column));
            }
        }
        let fact = &model.facts[self.fact.index()];
        let group = |value: i64| MatrixGroup {
            value: fact.domain.spell_bare(value),
            title: value_title(&fact.domain, value),
        };
        let row = |(at, value): (usize, i64)| MatrixRow {
            group: group(value),
            cells: columns.iter().filter_map(|(_, column)| column.cells[at]).collect(),
            grey_zone: columns
                .iter()
                .enumerate()
                .filter_map(|(number, (_, column))| Some((number, column.grey_zone[at]?)))
                .collect(),
        };
        let all: Vec<MatrixRow> = self.values().into_iter().enumerate().map(row).collect();
        let (rows, empty): (Vec<MatrixRow>, Vec<MatrixRow>) =
            all.into_iter().partition(|row| columns.is_empty() || !row.cells.is_empty());
        let nobody = empty.into_iter().map(|row| row.group).collect();
        let named = |(id, _): &(SupportId, Column)| {
            let support = &model.supports[id.index()];
            (support.name.clone(), titled(&support.title, &support.name).to_owned())
        };
        Ok(Matrix {
            title,
            groups: titled(&fact.title, &fact.name).to_owned(),
            nobody,
            rows,
            columns: columns.iter().map(named).collect(),
        })
    }

    fn values(&self) -> Vec<i64> {
        let (low, high) = self.model.facts[self.fact.index()].domain.bounds();
        (low..=high).collect()
    }

    fn column(&self, support: SupportId) -> Result<Column, NotProven> {
        let groups: Vec<Formula> = self
            .values()
            .into_iter()
            .map(|value| Formula::Test(self.fact, ValueSet::range(value, value)))
            .collect();
        let served = self.department.map(|id| &self.model.departments[id.index()].scope);
        let asked: Vec<&Formula> = groups.iter().chain(served).collect();
        let mut diagrams = of_support(self.model, self.statements, support, &asked, self.budget)?;
        let mut decisions = Decisions::new();
        let decided = diagrams.decision(support, &mut decisions)?;
        let mut regions = Vec::new();
        for grant in STRONGEST_FIRST {
            regions.push((grant, diagrams.decided_where(decided, &decisions, |d| d.grant == grant)?));
        }
        let grey = self.grey_zone(&mut diagrams, support)?;
        let mut everyone = diagrams.possible;
        if let Some(served) = served {
            let served = diagrams.formula(served)?;
            everyone = diagrams.store.and(everyone, served)?;
        }
        let mut column = Column { cells: Vec::new(), grey_zone: Vec::new() };
        for group in &groups {
            let group = diagrams.formula(group)?;
            let group = diagrams.store.and(group, everyone)?;
            let mut got = Vec::new();
            for (grant, region) in &regions {
                if diagrams.store.and(group, *region)? != NO {
                    got.push(*grant);
                }
            }
            let cell = |grant: &Option<Grant>| MatrixCell { grant: *grant, for_all: got.len() == 1 };
            column.cells.push(got.first().map(cell));
            let between = diagrams.store.and(group, grey)?;
            column.grey_zone.push((between != NO).then_some(between == group));
        }
        Ok(column)
    }

    /// Where the support is due in some layer and closed or contradicted in some layer.
    fn grey_zone(
        &self,
        diagrams: &mut crate::diagram::Diagrams<'_>,
        support: SupportId,
    ) -> Result<Node, NotProven> {
        let mut leaves = Leaves::new();
        let (mut due, mut closed) = (NO, NO);
        for layer in &self.statements.place.layers {
            let verdict = diagrams.verdict(*layer, support, &mut leaves)?;
            let clashes = |leaf: u32| leaves.get(leaf).is_contradicted(Matter::Grant);
            let is_due = |leaf: u32| u32::from(leaves.get(leaf).grant().is_due() || clashes(leaf));
            let is_closed = |leaf: u32| u32::from(leaves.get(leaf).is_closed() || clashes(leaf));
            let here = diagrams.store.map(verdict, &mut |leaf| is_due(leaf))?;
            due = diagrams.store.or(due, here)?;
            let here = diagrams.store.map(verdict, &mut |leaf| is_closed(leaf))?;
            closed = diagrams.store.or(closed, here)?;
        }
        diagrams.store.and(due, closed)
    }
}

fn value_title(domain: &Domain, value: i64) -> String {
    let Domain::List { values, .. } = domain else { return String::new() };
    let named = usize::try_from(value).ok().and_then(|index| values.get(index));
    named.map(|named| named.title.clone()).unwrap_or_default()
}
