//! Headers: who speaks, since when, and on what sources.

use super::{Condition, Name, Quoted};
use crate::ground::{Day, Span};

/// What kind of speaker a module is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum ModuleKind {
    /// `lov`: national law
    Law,
    /// `kilde`: a source that is only cited
    Source,
    /// `kommune`: a municipality
    Municipality,
    /// `bekendtgørelse`: an order, which speaks together with the law
    Order,
    /// `forsøg`: a trial, which speaks in the municipalities it names
    Trial,
    /// `region`
    Region,
    /// `institution`, under a municipality
    Institution,
    /// `vejledning`: recommends, never binds
    Guidance,
    /// `leverandør`: offers, never rules
    Provider,
}

impl ModuleKind {
    /// Whether it decides cases: a kommune or an institution.
    pub(crate) fn decides(self) -> bool {
        matches!(self, ModuleKind::Municipality | ModuleKind::Institution)
    }
}

/// A header: `lov LAB "…" { … }`. Without braces it says whose file this is, or declares nothing more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Module {
    /// the item word
    pub kind: ModuleKind,
    /// the module's name
    pub name: Name,
    /// the full title
    pub title: Option<Quoted>,
    /// whether braces follow: the declaring header rather than a repeated one
    pub declares: bool,
    /// `udgave`
    pub editions: Vec<Edition>,
    /// `paragraf`
    pub paragraphs: Vec<Paragraph>,
    /// `status vejledende` is true, `status bindende` is false
    pub guiding: Option<bool>,
    /// `vedtaget DATE`
    pub adopted: Option<Date>,
    /// `vedtaget … af "…"`
    pub adopted_by: Option<Quoted>,
    /// `revideres DATE`
    pub revised: Option<Date>,
    /// `omfatter CONDITION: KINDS`
    pub scope: Option<Scope>,
    /// `gælder i`: the municipalities of a trial or a region, the municipality of an institution
    pub applies_in: Vec<Name>,
    /// `gyldig`: when the module itself speaks
    pub valid: Option<Period>,
    /// `klage til`
    pub complaint: Option<Complaint>,
}

/// `klage til "…" gennem "…" som "…" inden 4 uger efter "…" hjemmel RSL § 60`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Complaint {
    /// who decides on it
    pub to: Quoted,
    /// `gennem`: who receives it
    pub through: Option<Quoted>,
    /// `som`: what they do with it first
    pub which: Option<Quoted>,
    /// `inden`, spelt one way: `4 uger`
    pub within: Option<String>,
    /// `efter`: what the deadline is counted from
    pub after: Option<Quoted>,
    /// `hjemmel`
    pub basis: Vec<Citation>,
}

/// `omfatter CONDITION: KINDS`: to whom, and what, is promised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scope {
    /// to whom
    pub condition: Condition,
    /// kinds (or supports) promised
    pub kinds: Vec<Name>,
    /// the clause
    pub span: Span,
}

/// `udgave "…" eli "…" gyldig fra … til …`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Edition {
    /// its name
    pub title: Quoted,
    /// European Legislation Identifier
    pub eli: Option<Quoted>,
    /// when in force
    pub valid: Option<Period>,
}

/// `paragraf § 31 b "…" { klage ja  afløses af LAB-2020 § 167 }`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Paragraph {
    /// which
    pub provision: Provision,
    /// its heading
    pub title: Option<Quoted>,
    /// `klage ja`, `klage nej`
    pub appeal: Option<bool>,
    /// `afløses af`
    pub successor: Option<Citation>,
    /// the clause
    pub span: Span,
}

/// A calendar date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Date {
    /// days since 1970-01-01
    pub day: Day,
}

/// `fra DATE til DATE`; either end may be left out, not both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Period {
    /// first day
    pub from: Option<Date>,
    /// last day, included
    pub to: Option<Date>,
    /// where
    pub span: Span,
}

/// `§ 31 b, stk. 2, nr. 1`, `§§ 42-44`, `kap. 10-12`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Provision {
    /// a chapter (`kap.`) and not a paragraph (`§`)
    pub chapter: bool,
    /// number and letter: `31 b`
    pub number: String,
    /// the last of a range: `44` in `§§ 42-44`
    pub last: Option<String>,
    /// stykke
    pub subsection: Option<u32>,
    /// nummer
    pub item: Option<u32>,
    /// where
    pub span: Span,
}

/// A provision of a source. In `LAB § 93, § 31 b` the second citation has no source of its own and means LAB.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Citation {
    /// the module cited, already carried over from the one before it in a list
    pub source: Name,
    /// what of it; nothing is the whole source
    pub provision: Option<Provision>,
    /// where
    pub span: Span,
}
