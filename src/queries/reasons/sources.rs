//! What the rules rest on: provisions, the sources they stand in, and how decisions after those are appealed.

use super::Named;
use crate::evaluate::Case;
use crate::model::{Citation, Complaint, DATE, Edition, Model, ModuleId};

/// A provision that a rule cites.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CitedProvision {
    /// with its source: `LAB § 31 b, stk. 2`
    pub text: String,
    /// the name of its source, one of [`Reasons::sources`](super::Reasons::sources)
    pub source: String,
    /// `klage ja`, `klage nej`; nothing where the declared paragraphs do not say one thing
    pub appeal: Option<bool>,
}

/// A source that some rule cites, as it is on the day.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SourceReasons {
    /// the source
    pub source: Named,
    /// the edition in force on the day, where one is declared
    pub edition: Option<String>,
    /// `klage til`, where the source says
    pub complaint: Option<ComplaintReasons>,
}

/// How decisions after a source are appealed, in the words of the policy.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ComplaintReasons {
    /// who decides on it
    pub to: String,
    /// who receives it
    pub through: Option<String>,
    /// what they do with it first
    pub which: Option<String>,
    /// the deadline: `4 uger`
    pub within: Option<String>,
    /// what the deadline is counted from
    pub after: Option<String>,
    /// what all this rests on
    pub basis: Vec<CitedProvision>,
}

/// What a rule cites.
pub(super) fn cited(model: &Model, basis: &[Citation]) -> Vec<CitedProvision> {
    let one = |citation: &Citation| {
        let source = &model.modules[citation.source.index()];
        let said = |index: &usize| source.paragraphs.get(*index).and_then(|paragraph| paragraph.appeal);
        let mut said = citation.paragraphs.iter().map(said);
        let first = said.next().flatten();
        CitedProvision {
            text: citation.text.clone(),
            source: source.name.clone(),
            appeal: first.filter(|_| said.all(|other| other == first)),
        }
    };
    basis.iter().map(one).collect()
}

/// The sources cited, each once, in the order of the policies; and those their `klage til` rests on.
pub(super) fn sources<'a>(case: &Case<'_>, cited: impl Iterator<Item = &'a Citation>) -> Vec<SourceReasons> {
    let model = case.model;
    let mut ids: Vec<ModuleId> = cited.map(|citation| citation.source).collect();
    let complaints = ids.iter().filter_map(|id| model.modules[id.index()].complaint.as_ref());
    let further: Vec<ModuleId> =
        complaints.flat_map(|complaint| &complaint.basis).map(|citation| citation.source).collect();
    ids.extend(further);
    ids.sort_unstable();
    ids.dedup();
    ids.into_iter().map(|id| source(case, id)).collect()
}

fn source(case: &Case<'_>, id: ModuleId) -> SourceReasons {
    let module = &case.model.modules[id.index()];
    let in_force = |edition: &&Edition| {
        let day = case.value(DATE);
        day.is_some_and(|day| {
            edition.from.is_none_or(|from| from <= day) && edition.to.is_none_or(|to| day <= to)
        })
    };
    SourceReasons {
        source: Named::new(&module.name, &module.title),
        edition: module.editions.iter().find(in_force).map(|edition| edition.title.clone()),
        complaint: module.complaint.as_ref().map(|complaint| told(case.model, complaint)),
    }
}

fn told(model: &Model, complaint: &Complaint) -> ComplaintReasons {
    ComplaintReasons {
        to: complaint.to.clone(),
        through: complaint.through.clone(),
        which: complaint.which.clone(),
        within: complaint.within.clone(),
        after: complaint.after.clone(),
        basis: cited(model, &complaint.basis),
    }
}
