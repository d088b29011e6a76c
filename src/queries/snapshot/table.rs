//! A canonical diagram as a table that people read: rows, or where there would be too many of them, one step after the
//! other, which is as exact.

use super::MeaningDecision;
use crate::diagram::{Canonical, Way};
use crate::model::{DATE, Domain, FactId, Model, ValueSet};
use crate::queries::code;
use std::collections::{BTreeMap, BTreeSet};

/// More rows than these nobody reads: then the questions are listed, each once.
const MOST_ROWS: u64 = 200;

/// A fact that is asked, and its values.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct MeaningFact {
    /// its name
    pub name: String,
    /// its values, as a policy declares them
    pub values: String,
}

/// Of whom what is decided.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MeaningTable {
    /// the facts that matter, in the order in which they are asked: by name, the date last
    pub facts: Vec<String>,
    /// rows or steps
    pub shape: Shape,
    /// what stands at their ends, each once
    pub ends: Vec<Ending>,
}

/// How a table is told.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Shape {
    /// every citizen is in one row: for each fact its values, empty where it does not matter; and the end
    Rows(Vec<(Vec<String>, usize)>),
    /// how many rows there would be, and the questions instead; the first one is asked first
    Stages(u64, Vec<Stage>),
}

/// A question and what leads where.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stage {
    /// the fact
    pub fact: String,
    /// its values, and where they lead
    pub ways: Vec<(String, To)>,
}

/// Where an answer leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum To {
    /// to another stage, by its place
    Stage(usize),
    /// to an end, by its place
    End(usize),
}

/// What a row ends in.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ending {
    /// whether there can be such a citizen
    Exists(bool),
    /// what is decided of them
    Decided(MeaningDecision),
}

/// A diagram as a table; `ends` are what its leaves stand for.
pub(super) fn table(model: &Model, form: &Canonical, ends: Vec<Ending>) -> MeaningTable {
    let asked = asked(&[form]);
    let mut columns: Vec<FactId> = asked.into_iter().collect();
    columns.sort_by_key(|id| (*id == DATE, &model.facts[id.index()].name));
    let paths = form.paths();
    let mut telling = Telling { model, form, kept: BTreeMap::new(), ends, told: Vec::new() };
    let shape = match form.start {
        Some(start) if paths > MOST_ROWS => {
            let (mut stages, mut places) = (Vec::new(), BTreeMap::new());
            telling.stages(start, &mut stages, &mut places);
            Shape::Stages(paths, stages)
        }
        start => {
            let (mut rows, mut cells) = (Vec::new(), vec![String::new(); columns.len()]);
            if let Some(start) = start {
                telling.rows(start, &columns, &mut cells, &mut rows);
            }
            Shape::Rows(rows)
        }
    };
    let facts = columns.iter().map(|id| model.facts[id.index()].name.clone()).collect();
    MeaningTable { facts, shape, ends: telling.told }
}

struct Telling<'a> {
    model: &'a Model,
    form: &'a Canonical,
    /// where the end of a leaf is told
    kept: BTreeMap<u32, usize>,
    ends: Vec<Ending>,
    told: Vec<Ending>,
}

impl Telling<'_> {
    /// The ends are numbered as they are met.
    fn end(&mut self, leaf: u32) -> usize {
        let next = self.told.len();
        let place = *self.kept.entry(leaf).or_insert(next);
        if place == next {
            self.told.push(self.ends[leaf as usize].clone());
        }
        place
    }

    fn rows(
        &mut self,
        way: Way,
        columns: &[FactId],
        cells: &mut [String],
        rows: &mut Vec<(Vec<String>, usize)>,
    ) {
        let at = match way {
            Way::Ask(at) => at,
            Way::End(leaf) => {
                let end = self.end(leaf);
                return rows.push((cells.to_vec(), end));
            }
        };
        let form = self.form;
        let inquiry = &form.inquiries[at];
        let column = columns.iter().position(|fact| *fact == inquiry.fact).unwrap_or_default();
        for (set, way) in &inquiry.ways {
            cells[column] = self.cell(inquiry.fact, set);
            self.rows(*way, columns, cells, rows);
        }
        cells[column].clear();
    }

    /// A stage before those it leads to.
    fn stages(&mut self, way: Way, stages: &mut Vec<Stage>, places: &mut BTreeMap<usize, usize>) -> To {
        let at = match way {
            Way::Ask(at) => at,
            Way::End(leaf) => return To::End(self.end(leaf)),
        };
        if let Some(known) = places.get(&at) {
            return To::Stage(*known);
        }
        let (form, place) = (self.form, stages.len());
        let inquiry = &form.inquiries[at];
        places.insert(at, place);
        stages.push(Stage { fact: self.model.facts[inquiry.fact.index()].name.clone(), ways: Vec::new() });
        for (set, way) in &inquiry.ways {
            let to = self.stages(*way, stages, places);
            let words = self.cell(inquiry.fact, set);
            stages[place].ways.push((words, to));
        }
        To::Stage(place)
    }

    fn cell(&self, fact: FactId, set: &ValueSet) -> String {
        values(&self.model.facts[fact.index()].domain, set)
    }
}

/// Some values, all of them, as they stand in a cell.
pub(super) fn values(domain: &Domain, set: &ValueSet) -> String {
    let all = domain.all();
    match domain {
        Domain::List { .. } => {
            let (inside, outside) = (code::names(domain, set), code::names(domain, &set.complement_in(&all)));
            if inside.is_empty() {
                return "ingen værdi".to_owned();
            }
            // two values are sooner read than what is left of three
            match inside.len() > 2
                && outside.len() <= 3
                && outside.len() < inside.len()
                && !outside.is_empty()
            {
                true => format!("ikke {}", outside.join(", ")),
                false => inside.join(", "),
            }
        }
        Domain::YesNo => match set.ranges() {
            [(0, 0)] => "nej".to_owned(),
            [(1, 1)] => "ja".to_owned(),
            [] => "ingen værdi".to_owned(),
            _ => "ja, nej".to_owned(),
        },
        _ => {
            let ranges = domain.written_ranges(&set.intersection(&all));
            let (least, greatest) = domain.bounds();
            let (least, greatest) = domain.written(least, greatest).unwrap_or((least, greatest));
            let is_date = matches!(domain, Domain::Date { .. });
            let told = ranges.iter().map(|(low, high)| {
                let (first, last) = (domain.spell_bare(*low), domain.spell_bare(*high));
                match (low == high, *low <= least, *high >= greatest) {
                    (_, true, true) => "alle værdier".to_owned(),
                    (true, _, _) => first,
                    (_, true, _) if is_date => format!("til {last}"),
                    (_, _, true) if is_date => format!("fra {first}"),
                    (_, true, _) => format!("højst {last}"),
                    (_, _, true) => format!("mindst {first}"),
                    _ => format!("fra {first} til {last}"),
                }
            });
            let told: Vec<String> = told.collect();
            if told.is_empty() { "ingen værdi".to_owned() } else { told.join(" eller ") }
        }
    }
}

/// The facts that some diagrams ask but the date, whose values are the days looked at.
pub(super) fn facts(model: &Model, forms: &[&Canonical]) -> Vec<MeaningFact> {
    let asked = asked(forms).into_iter().filter(|id| *id != DATE);
    let told = asked.map(|id| {
        let fact = &model.facts[id.index()];
        let (low, high) = fact.domain.bounds();
        let ends = || format!("{} til {}", fact.domain.spell_bare(low), fact.domain.spell(high));
        let (is_open, names) = (low == ValueSet::MIN, code::names(&fact.domain, &fact.domain.all()));
        let values = match &fact.domain {
            Domain::YesNo => "ja, nej".to_owned(),
            Domain::List { .. } => names.join(", "),
            Domain::Number { .. } if is_open => "tal".to_owned(),
            Domain::Number { .. } => format!("tal fra {}", ends()),
            Domain::Duration { .. } if is_open => "varighed".to_owned(),
            Domain::Duration { .. } => format!("varighed fra {}", ends()),
            Domain::Money { .. } if is_open => "kroner".to_owned(),
            Domain::Money { .. } => format!("kroner fra {}", ends()),
            Domain::Date { .. } => "dato".to_owned(),
        };
        MeaningFact { name: fact.name.clone(), values }
    });
    let mut facts: Vec<MeaningFact> = told.collect();
    facts.sort();
    facts
}

fn asked(forms: &[&Canonical]) -> BTreeSet<FactId> {
    forms.iter().flat_map(|form| &form.inquiries).map(|inquiry| inquiry.fact).collect()
}
