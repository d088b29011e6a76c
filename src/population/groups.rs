//! Citizens by department, or by a fact.

use super::batch::{Batch, NOT_KNOWN};
use super::decider::Decider;
use crate::ground::{Text, text, titled};
use crate::model::{Domain, FactId, ValueSet, nearest};
use std::collections::BTreeMap;

/// What citizens are counted by.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Grouping {
    /// the departments of the place
    Departments,
    /// the values of a fact, by its place
    Fact(usize),
}

/// Some groups, and who is in each.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct GroupColumn {
    /// what the groups are called, for people; the last two are *none* and *not known*
    pub titles: Vec<Text>,
    /// for each group whether each citizen is in it
    pub members: Vec<Vec<bool>>,
}

impl Decider {
    /// The list that most of the place's own rules ask: who its target groups are.
    pub fn target_groups(&self) -> Option<Grouping> {
        self.model().most_asked_list(self.place()).map(|fact| Grouping::Fact(fact.index()))
    }

    /// Whether the place has departments.
    pub fn has_departments(&self) -> bool {
        self.model().departments.iter().any(|department| department.module == self.place())
    }

    /// `afdeling`, or a fact by name.
    ///
    /// # Errors
    /// A name nobody declared.
    pub fn grouping(&self, name: &str) -> Result<Grouping, Text> {
        if matches!(name, "afdeling" | "department") {
            return Ok(Grouping::Departments);
        }
        let names = || self.model().facts.iter().map(|fact| fact.name.as_str());
        if let Some(at) = names().position(|other| other == name) {
            return Ok(Grouping::Fact(at));
        }
        Err(match nearest(name, names()) {
            Some(near) => text!(
                en: "there is no fact `{name}`, did you mean `{near}`?",
                da: "der er ingen oplysning `{name}`, mente du `{near}`?"
            ),
            None => text!(
                en: "there is no fact `{name}`; departments are `afdeling`",
                da: "der er ingen oplysning `{name}`; afdelingerne hedder `afdeling`"
            ),
        })
    }

    /// What the groups are, for people.
    pub fn grouping_title(&self, grouping: &Grouping) -> Text {
        match grouping {
            Grouping::Departments => text!(en: "Department", da: "Afdeling"),
            Grouping::Fact(fact) => {
                let fact = &self.model().facts[*fact];
                Text::same(titled(&fact.title, &fact.name))
            }
        }
    }

    /// Who is in which group.
    pub fn groups(&self, grouping: &Grouping, batch: &Batch) -> GroupColumn {
        match grouping {
            Grouping::Departments => self.by_department(batch),
            Grouping::Fact(fact) => self.by_fact(FactId(*fact as u32), batch),
        }
    }

    fn by_department(&self, batch: &Batch) -> GroupColumn {
        let all = self.model().departments.iter().enumerate();
        let own: BTreeMap<usize, usize> = all
            .filter(|(_, department)| department.module == self.place())
            .enumerate()
            .map(|(group, (at, _))| (at, group))
            .collect();
        let mut members = vec![vec![false; batch.rows()]; own.len() + 2];
        let (none, open) = (own.len(), own.len() + 1);
        self.by_day(batch, |compiled, batch, rows| {
            let served = compiled.served(batch);
            for row in 0..batch.rows() {
                let there = rows.map_or(row, |rows| rows[row]);
                let (mut any, mut perhaps) = (false, false);
                for (department, served) in &served {
                    let Some(group) = own.get(&department.index()) else { continue };
                    members[*group][there] = served[row] == Some(true);
                    any |= served[row] == Some(true);
                    perhaps |= served[row].is_none();
                }
                members[none][there] = !any && !perhaps;
                members[open][there] = !any && perhaps;
            }
        });
        let title = |at: &usize| {
            let department = &self.model().departments[*at];
            Text::same(titled(&department.title, &department.name))
        };
        let mut titles: Vec<Text> = own.keys().map(title).collect();
        titles.push(text!(en: "no department", da: "ingen afdeling"));
        titles.push(text!(en: "department not known", da: "afdelingen kendes ikke"));
        GroupColumn { titles, members }
    }

    fn by_fact(&self, fact: FactId, batch: &Batch) -> GroupColumn {
        let domain = &self.model().facts[fact.index()].domain;
        let stretches = || {
            let own = self.within().classes.of(fact);
            own.map_or_else(|| vec![domain.bounds().0], |own| own.starts.clone())
        };
        let (starts, mut titles): (Vec<i64>, Vec<Text>) = match domain {
            Domain::YesNo | Domain::List { .. } => {
                let (low, high) = domain.bounds();
                let title =
                    |value: i64| domain.title(value).map_or_else(|| domain.spell(value), str::to_owned);
                (low..=high).map(|value| (value, Text::same(title(value)))).unzip()
            }
            _ => {
                let starts = stretches();
                let end = |at: usize| starts.get(at + 1).map_or(domain.bounds().1, |next| next - 1);
                let words = |at: usize| domain.bound_in_words(&ValueSet::range(starts[at], end(at)));
                let titles = (0..starts.len()).map(|at| Text::same(words(at))).collect();
                (starts, titles)
            }
        };
        let mut members = vec![vec![false; batch.rows()]; starts.len() + 2];
        let open = starts.len() + 1;
        for row in 0..batch.rows() {
            let value = batch.column(fact.index()).map_or(NOT_KNOWN, |column| column[row]);
            let group = match value {
                NOT_KNOWN => open,
                value => starts.partition_point(|start| *start <= value).saturating_sub(1),
            };
            members[group][row] = true;
        }
        titles.push(text!(en: "none", da: "ingen"));
        titles.push(text!(en: "not known", da: "ikke oplyst"));
        GroupColumn { titles, members }
    }
}
