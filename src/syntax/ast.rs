//! The text of a policy as a tree: what was written, resolved to nothing yet.
//!
//! Promised by the parser: every span lies in the original file (also in literate Markdown), names are in Unicode
//! normal form C, dates exist in the calendar. Not promised: that a name means anything, that a value fits its
//! fact, that a rule has an effect, that a header stands first. An item that could not be read is a
//! [`ItemKind::Broken`], told once as a `syntax-error`.

mod condition;
mod matrix;
mod module;
mod promises;

pub(crate) use condition::{Condition, Op, Test, UnitWord, Value, ValueKind};
pub(crate) use matrix::{Mark, Matrix, MatrixCell, MatrixColumn, MatrixRow, Sign};
pub(crate) use module::{
    Citation, Complaint, Date, Edition, Module, ModuleKind, Paragraph, Period, Provision, Scope,
};
pub(crate) use promises::{
    Accept, Claim, ClaimKind, Example, Expectation, ExpectationKind, Guarantee, Offer, Silence,
};

use crate::ground::Span;

/// One file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct File {
    /// its items in their order
    pub items: Vec<Item>,
    /// nothing in it was told as a mistake of writing
    pub is_whole: bool,
}

/// One item: a header, a declaration, a rule or a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    /// what it is
    pub kind: ItemKind,
    /// the whole item
    pub span: Span,
}

/// The kinds of item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ItemKind {
    /// `lov`, `kommune` and the other words for who speaks
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
    /// `matrix`
    Matrix(Matrix),
    /// `sats`
    Rate(Rate),
    /// `opgave`
    Task(Task),
    /// `sagsskridt`
    Step(Step),
    /// `forløb`
    Offer(Offer),
    /// `garanti`
    Guarantee(Guarantee),
    /// `eksempel`
    Example(Example),
    /// `accepter`
    Accept(Accept),
    /// `intet serviceniveau for`
    Silence(Silence),
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Path {
    /// the names between the dots
    pub names: Vec<Name>,
    /// the whole path
    pub span: Span,
}

/// `oplysning alder "…": tal 0-120 år, typisk 35`
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// `fast`: nobody can change it
    pub fixed: bool,
}

/// The type of a fact or a term.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// `hverdage 0-60`: days on which the office is open, never turned into calendar days
    Workdays {
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ListValue {
    /// the word or dotted number
    pub name: Name,
    /// what it means
    pub title: Option<Quoted>,
}

/// `begreb x = CONDITION`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Concept {
    /// its name
    pub name: Name,
    /// its heading
    pub title: Option<Quoted>,
    /// what it stands for
    pub condition: Condition,
}

/// `antag "…": hvis CONDITION så CONDITION`, or `antag "…": CONDITION`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Assumption {
    /// why it is so
    pub title: Quoted,
    /// `hvis`
    pub when: Option<Condition>,
    /// what then holds
    pub then: Condition,
}

/// `art mentorstøtte "…": PARENT`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Kind {
    /// its name
    pub name: Name,
    /// its heading
    pub title: Option<Quoted>,
    /// the kind it belongs to
    pub parent: Option<Name>,
}

/// `støtte social-mentor "…": KIND`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Support {
    /// its name
    pub name: Name,
    /// its heading
    pub title: Option<Quoted>,
    /// the kind it belongs to
    pub kind: Option<Name>,
    /// how it stands to other supports
    pub relations: Vec<Relation>,
    /// `uden afgørelse`: given without a decision; where it is written
    pub without_decision: Option<Span>,
}

/// `svarer til X, Y`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Relation {
    /// which relation
    pub kind: RelationKind,
    /// to which supports
    pub supports: Vec<Name>,
}

/// How one support stands to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum RelationKind {
    /// `svarer til`: the same under another name
    Matches,
    /// `erstatter`: granting this meets a duty on the other
    Replaces,
    /// `supplerer`: both are meant
    Supplements,
    /// `udelukker`: never both
    Excludes,
}

/// `vilkår timer "…": TYPE, mere er bedre`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Term {
    /// its name
    pub name: Name,
    /// its heading
    pub title: Option<Quoted>,
    /// its type
    pub kind: Type,
    /// `mere er bedre` is true, `mindre er bedre` is false
    pub more_is_better: Option<bool>,
    /// `internt`: no matter between the authority and the citizen
    pub internal: bool,
}

/// `enhed X "…" { afløses af Y fra DATE }`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unit {
    /// its name
    pub name: Name,
    /// its heading
    pub title: Option<Quoted>,
    /// `afløses af`: the unit that takes over
    pub successor: Option<Name>,
    /// the first day of the successor
    pub successor_from: Option<Date>,
}

/// `afdeling X "…" omfatter CONDITION`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Department {
    /// its name
    pub name: Name,
    /// its heading
    pub title: Option<Quoted>,
    /// whom it serves; nothing is everyone
    pub scope: Option<Condition>,
}

/// `regel r "…" { CLAUSES EFFECTS }`
#[derive(Clone, Debug, PartialEq, Eq)]
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
#[derive(Clone, Debug, PartialEq, Eq)]
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

impl Grade {
    /// As a policy writes it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Grade::May => "kan",
            Grade::Right => "ret",
            Grade::Must => "skal",
            Grade::MustNot => "må ikke",
            Grade::Should => "bør",
            Grade::ShouldNot => "bør ikke",
            Grade::MustAssess => "skal vurdere",
        }
    }
}

/// What a rule says.
#[derive(Clone, Debug, PartialEq, Eq)]
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
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// `kan udføre vækning ved social-mentor`: the supports are tasks or steps
    Perform {
        /// `kan`, `skal`, `må ikke`, `bør` or `bør ikke`
        grade: Grade,
        /// `ved`: as part of these supports only
        at: Vec<Name>,
    },
}

/// `varighed mindst 6 måneder`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TermBound {
    /// which term
    pub term: Name,
    /// how it is bounded
    pub bound: Test,
    /// `som loft`: more than this may not be given
    pub ceiling: bool,
    /// `netop`: of an example, that just these values are decided
    pub exactly: bool,
    /// where
    pub span: Span,
}

/// `tabel t "…" { CLAUSES | … | }`
#[derive(Clone, Debug, PartialEq, Eq)]
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    /// what its cells hold
    pub kind: ColumnKind,
    /// where
    pub span: Span,
}

/// What the cells of a column hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ColumnKind {
    /// `regel`
    Rule,
    /// `støtte`
    Support,
    /// `opgave`: tasks, whose grade is `udføre`
    Task,
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
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// cells of named columns that are not empty
    pub cells: Vec<Cell>,
    /// the row, pipes included
    pub span: Span,
    /// some cell could not be read; the finding is told elsewhere
    pub broken: bool,
}

/// A cell under the name of a fact or a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    /// which of the columns
    pub column: usize,
    /// what it compares with
    pub test: Test,
    /// `som loft`, and where: only a term has ceilings
    pub ceiling: Option<Span>,
}

/// `sats folkepensionsalder "…": år { fra 2004-01-01: 65 år  fra 2019-07-01: 65 år 6 måneder }`: a value that changes with the date
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rate {
    /// its name
    pub name: Name,
    /// its heading
    pub title: Option<Quoted>,
    /// the word behind the colon: `tal`, `kr`, `varighed`, or the unit of a number
    pub unit: Option<Name>,
    /// from which day which value
    pub values: Vec<(Date, Value)>,
}

/// `opgave vækning "…": KIND`: a task inside a support
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Task {
    /// its name
    pub name: Name,
    /// its heading
    pub title: Option<Quoted>,
    /// the kind of support it belongs to
    pub kind: Option<Name>,
}

/// `sagsskridt skriftlig-aftale "…"`: a procedural duty
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    /// its name
    pub name: Name,
    /// its heading
    pub title: Option<Quoted>,
}
