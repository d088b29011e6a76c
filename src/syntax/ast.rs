//! The text of a policy as a tree: what was written, resolved to nothing yet.
//!
//! Promised by the parser: every span lies in the original file (also in literate Markdown), names are in Unicode
//! normal form C, dates exist in the calendar. Not promised: that a name means anything, that a value fits its
//! fact, that a rule has an effect, that a header stands first. An item that could not be read is a
//! [`ItemKind::Broken`], told once as a `syntax-error`.

mod condition;

pub(crate) use condition::{Condition, Op, Test, UnitWord, Value, ValueKind};

use crate::ground::{Day, Span};

/// One file.
#[derive(Clone, Debug)]
pub(crate) struct File {
    /// its items in their order
    pub items: Vec<Item>,
}

/// One item: a header, a declaration, a rule or a table.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    /// what it is
    pub kind: ItemKind,
    /// the whole item
    pub span: Span,
}

/// The kinds of item.
#[derive(Clone, Debug)]
pub(crate) enum ItemKind {
    /// `lov`, `kilde`, `kommune`
    Module(Module),
    /// `oplysning`
    Fact(Fact),
    /// `begreb`
    Concept(Concept),
    /// `antag`
    Assumption(Assumption),
    /// `art`
    Kind(Kind),
    /// `støtte`
    Support(Support),
    /// `vilkår`
    Term(Term),
    /// `enhed`
    Unit(Unit),
    /// `afdeling`
    Department(Department),
    /// `regel`
    Rule(Rule),
    /// `tabel`
    Table(Table),
    /// an item that could not be read: its keyword, and its name if that much was clear
    Broken {
        /// the item word it begins with
        keyword: String,
        /// the name behind it
        name: Option<Name>,
    },
}

/// A word the author chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    /// in normal form C
    pub text: String,
    /// where
    pub span: Span,
}

/// A text in double quotes, without them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Quoted {
    /// between the quotes
    pub text: String,
    /// with the quotes
    pub span: Span,
}

/// `Module.rule`, `Module.table.rule` or a bare name: one to three names.
#[derive(Clone, Debug)]
pub(crate) struct Path {
    /// the names between the dots
    pub names: Vec<Name>,
    /// the whole path
    pub span: Span,
}

/// What kind of speaker a module is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum ModuleKind {
    /// `lov`: national law
    Law,
    /// `kilde`: a source that is only cited
    Source,
    /// `kommune`: a municipality
    Municipality,
}

/// A header: `lov LAB "…" { … }`. Without braces it says whose file this is, or declares nothing more.
#[derive(Clone, Debug)]
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
}

/// `omfatter CONDITION: KINDS`: to whom, and what, is promised.
#[derive(Clone, Debug)]
pub(crate) struct Scope {
    /// to whom
    pub condition: Condition,
    /// kinds (or supports) promised
    pub kinds: Vec<Name>,
    /// the clause
    pub span: Span,
}

/// `udgave "…" eli "…" gyldig fra … til …`
#[derive(Clone, Debug)]
pub(crate) struct Edition {
    /// its name
    pub title: Quoted,
    /// European Legislation Identifier
    pub eli: Option<Quoted>,
    /// when in force
    pub valid: Option<Period>,
}

/// `paragraf § 31 b "…" { klage ja  afløses af LAB-2020 § 167 }`
#[derive(Clone, Debug)]
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
#[derive(Clone, Copy, Debug)]
pub(crate) struct Date {
    /// days since 1970-01-01
    pub day: Day,
}

/// `fra DATE til DATE`; either end may be left out, not both.
#[derive(Clone, Copy, Debug)]
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
#[derive(Clone, Debug)]
pub(crate) struct Citation {
    /// the module cited, already carried over from the one before it in a list
    pub source: Name,
    /// what of it; nothing is the whole source
    pub provision: Option<Provision>,
    /// where
    pub span: Span,
}

/// `oplysning alder "…": tal 0-120 år, typisk 35`
#[derive(Clone, Debug)]
pub(crate) struct Fact {
    /// its name
    pub name: Name,
    /// the question or heading
    pub title: Option<Quoted>,
    /// `skøn`: assessed by a person
    pub assessed: bool,
    /// its type
    pub kind: Type,
    /// `typisk`
    pub typical: Option<Value>,
}

/// The type of a fact or a term.
#[derive(Clone, Debug)]
pub(crate) enum Type {
    /// `ja/nej`
    YesNo,
    /// `{ a "…" b }`, or `i rækkefølge { … }`
    List {
        /// the values
        values: Vec<ListValue>,
        /// `i rækkefølge`
        ordered: bool,
    },
    /// `tal 0-37, 1 decimal`, with an optional unit word
    Number {
        /// least
        low: Value,
        /// greatest
        high: Value,
        /// digits after the comma
        decimals: u8,
        /// a word shown after the number: `år`
        unit: Option<Name>,
    },
    /// `varighed 0 dage-5 år`
    Duration {
        /// least
        low: Value,
        /// greatest
        high: Value,
    },
    /// `kr 0-100000`
    Money {
        /// least
        low: Value,
        /// greatest
        high: Value,
    },
    /// `dato fra … til …`
    Date(Period),
}

/// One value of a list.
#[derive(Clone, Debug)]
pub(crate) struct ListValue {
    /// the word or dotted number
    pub name: Name,
    /// what it means
    pub title: Option<Quoted>,
}

/// `begreb x = CONDITION`
#[derive(Clone, Debug)]
pub(crate) struct Concept {
    /// its name
    pub name: Name,
    /// its heading
    pub title: Option<Quoted>,
    /// what it stands for
    pub condition: Condition,
}

/// `antag "…": hvis CONDITION så CONDITION`, or `antag "…": CONDITION`
#[derive(Clone, Debug)]
pub(crate) struct Assumption {
    /// why it is so
    pub title: Quoted,
    /// `hvis`
    pub when: Option<Condition>,
    /// what then holds
    pub then: Condition,
}

/// `art mentorstøtte "…": PARENT`
#[derive(Clone, Debug)]
pub(crate) struct Kind {
    /// its name
    pub name: Name,
    /// its heading
    pub title: Option<Quoted>,
    /// the kind it belongs to
    pub parent: Option<Name>,
}

/// `støtte social-mentor "…": KIND`
#[derive(Clone, Debug)]
pub(crate) struct Support {
    /// its name
    pub name: Name,
    /// its heading
    pub title: Option<Quoted>,
    /// the kind it belongs to
    pub kind: Option<Name>,
}

/// `vilkår timer "…": TYPE, mere er bedre`
#[derive(Clone, Debug)]
pub(crate) struct Term {
    /// its name
    pub name: Name,
    /// its heading
    pub title: Option<Quoted>,
    /// its type
    pub kind: Type,
    /// `mere er bedre` is true, `mindre er bedre` is false
    pub more_is_better: Option<bool>,
}

/// `enhed X "…"`
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    /// its name
    pub name: Name,
    /// its heading
    pub title: Option<Quoted>,
}

/// `afdeling X "…" omfatter CONDITION`
#[derive(Clone, Debug)]
pub(crate) struct Department {
    /// its name
    pub name: Name,
    /// its heading
    pub title: Option<Quoted>,
    /// whom it serves; nothing is everyone
    pub scope: Option<Condition>,
}

/// `regel r "…" { CLAUSES EFFECTS }`
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    /// its name
    pub name: Name,
    /// its heading
    pub title: Option<Quoted>,
    /// its clauses
    pub clauses: Clauses,
    /// what it says
    pub effects: Vec<Effect>,
}

/// The clauses a rule and a table share.
#[derive(Clone, Debug, Default)]
pub(crate) struct Clauses {
    /// `hjemmel`
    pub basis: Vec<Citation>,
    /// `gyldig`
    pub valid: Option<Period>,
    /// `gælder i`
    pub places: Vec<Name>,
    /// `når`
    pub when: Option<Condition>,
    /// `undtagelse fra`
    pub exception_to: Vec<Path>,
    /// `ansvarlig`
    pub responsible: Option<Name>,
    /// `henvises til`
    pub referred_to: Option<Name>,
    /// `kan fraviges`, with its `hvis`
    pub deviable: Option<Deviable>,
    /// `fordi "…"`
    pub reason: Option<Quoted>,
    /// `tolkning "…"`
    pub reading: Option<Quoted>,
    /// `første række gælder`, in a table
    pub first_row_wins: bool,
}

/// `kan fraviges` or `kan fraviges hvis CONDITION`
#[derive(Clone, Debug)]
pub(crate) struct Deviable {
    /// `hvis`
    pub when: Option<Condition>,
}

/// The word a grade is written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Grade {
    /// `kan give`
    May,
    /// `ret til`
    Right,
    /// `skal give`
    Must,
    /// `må ikke give`
    MustNot,
    /// `bør give`
    Should,
    /// `bør ikke give`
    ShouldNot,
    /// `skal vurdere`
    MustAssess,
}

/// What a rule says.
#[derive(Clone, Debug)]
pub(crate) struct Effect {
    /// what
    pub kind: EffectKind,
    /// about which supports or kinds (none in `bortfalder`)
    pub supports: Vec<Name>,
    /// `med TERM BOUND, …`, or the bounds of `gælder for`
    pub terms: Vec<TermBound>,
    /// where
    pub span: Span,
}

/// The kinds of effect.
#[derive(Clone, Debug)]
pub(crate) enum EffectKind {
    /// a grade
    Grade {
        /// which
        grade: Grade,
        /// `som pligt`: the citizen must take part
        duty: bool,
        /// `kun når`
        only_when: Option<Condition>,
    },
    /// `gælder for X: …`
    Terms,
    /// `forudsætning for X: CONDITION`
    Precondition(Condition),
    /// `bortfalder`
    Lapses,
}

/// `varighed mindst 6 måneder`
#[derive(Clone, Debug)]
pub(crate) struct TermBound {
    /// which term
    pub term: Name,
    /// how it is bounded
    pub bound: Test,
    /// where
    pub span: Span,
}

/// `tabel t "…" { CLAUSES | … | }`
#[derive(Clone, Debug)]
pub(crate) struct Table {
    /// its name
    pub name: Name,
    /// its heading
    pub title: Option<Quoted>,
    /// clauses that hold for every row
    pub clauses: Clauses,
    /// the columns
    pub columns: Vec<Column>,
    /// the rows that could be read, and those that could not
    pub rows: Vec<Row>,
}

/// A column's heading.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    /// what its cells hold
    pub kind: ColumnKind,
    /// where
    pub span: Span,
}

/// What the cells of a column hold.
#[derive(Clone, Debug)]
pub(crate) enum ColumnKind {
    /// `regel`
    Rule,
    /// `støtte`
    Support,
    /// `når`
    When,
    /// `grad`
    Grade,
    /// `hjemmel`
    Basis,
    /// `gyldig`
    Valid,
    /// the name of a fact (a test) or of a term (a bound); the model decides which
    Named(Name),
    /// `"…"`: prose, not read
    Prose(Quoted),
}

/// One row.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// the rule's name
    pub name: Option<Name>,
    /// the supports or kinds
    pub supports: Vec<Name>,
    /// the row's condition
    pub when: Option<Condition>,
    /// the grade, whether `som pligt`, and where; an empty cell is silence
    pub grade: Option<(Grade, bool, Span)>,
    /// the row's own sources, in place of the table's
    pub basis: Vec<Citation>,
    /// the row's own period, in place of the table's
    pub valid: Option<Period>,
    /// cells of named columns: the column's index and its test
    pub cells: Vec<(usize, Test)>,
    /// the row, pipes included
    pub span: Span,
    /// some cell could not be read; the finding is told elsewhere
    pub broken: bool,
}
