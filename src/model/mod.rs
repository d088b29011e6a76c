//! What the policies say once every name is resolved and every value fits its type.
//!
//! In: the trees of all files. Out: one [`Model`] of the whole workspace, and findings for names, types, values and
//! sources that do not fit. Never true here: a reference to a name, a spelling, a value outside its domain; what
//! could not be resolved makes its rule [`Rule::has_error`] and is told once.

mod align;
mod asks;
mod doubt;
mod from_syntax;
mod place;
mod print;
mod promises;
mod rule_set;
mod spelling;
mod values;

pub(crate) use align::aligned;
pub(crate) use asks::{Question, asked_in, distance};
pub(crate) use doubt::{Doubt, used_concepts, without_doubt};
pub(crate) use from_syntax::{are_names_alike, from_syntax, nearest, stem_of};
pub(crate) use place::{Layer, Place};
pub(crate) use print::print;
pub(crate) use promises::{Accept, AcceptPlace, Claim, ClaimKind, Done, Example, Guarantee, Offer, Promises};
pub(crate) use rule_set::RuleSet;
pub(crate) use values::ValueSet;

use crate::ground::{Day, Span, Window};
pub(crate) use crate::syntax::ast::{Grade, ModuleKind, RelationKind};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) struct $name(pub(crate) u32);
        impl $name {
            /// as an index
            pub(crate) fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}
ids! {
    /// A fact; [`DATE`] is the built-in `dato`.
    FactId
    /// A named condition.
    ConceptId
    /// A support or a kind of support.
    SupportId
    /// A term of a grant.
    TermId
    /// A module.
    ModuleId
    /// A department of a municipality.
    DepartmentId
    /// A rule, or a row of a table.
    RuleId
}

/// The fact `dato`, which every model has.
pub(crate) const DATE: FactId = FactId(0);

/// Everything said in a workspace.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    pub facts: Vec<Fact>,
    pub concepts: Vec<Concept>,
    pub assumptions: Vec<Assumption>,
    /// supports, kinds, tasks, steps and pairs of a task and a support in one list, sorted by name
    pub supports: Vec<Support>,
    pub terms: Vec<Term>,
    /// sorted by name
    pub units: Vec<Unit>,
    /// sorted by name
    pub modules: Vec<Module>,
    pub departments: Vec<Department>,
    /// sorted by module, then place in the sources
    pub rules: Vec<Rule>,
    /// what the rules should come to
    pub promises: Promises,
    /// the supports whose decision something other than a rule asks about
    pub asked: Vec<SupportId>,
    /// the days every check looks at: the given window, or the years in which the policies' dates lie
    pub window: Window,
    /// the day against which "ended" is judged
    pub reference: Option<Day>,
}

impl Model {
    pub(crate) fn rule_ids(&self) -> impl Iterator<Item = RuleId> + use<> {
        (0..self.rules.len() as u32).map(RuleId)
    }

    pub(crate) fn support_ids(&self) -> impl Iterator<Item = SupportId> + use<> {
        (0..self.supports.len() as u32).map(SupportId)
    }

    /// The supports that replace a support: `erstatter` it, or a kind it lies below.
    pub(crate) fn replacing(&self, support: SupportId) -> impl Iterator<Item = SupportId> + '_ {
        self.support_ids().filter(move |id| {
            self.supports[id.index()].related(RelationKind::Replaces).any(|other| other == support)
        })
    }

    pub(crate) fn fact_ids(&self) -> impl Iterator<Item = FactId> + use<> {
        (0..self.facts.len() as u32).map(FactId)
    }

    pub(crate) fn rule(&self, id: RuleId) -> &Rule {
        &self.rules[id.index()]
    }

    /// The days of the window on which a rule can apply.
    pub(crate) fn days_of(&self, rule: &Rule) -> ValueSet {
        self.all_days_of(rule).intersection(&ValueSet::range(self.window.from, self.window.to))
    }

    /// The days on which a rule is in force, looked at or not: its own, and some edition of some source it cites.
    pub(crate) fn all_days_of(&self, rule: &Rule) -> ValueSet {
        self.own_days_of(rule).intersection(&self.cited_days_of(rule))
    }

    /// The days a rule itself means to hold: its own and its module's `gyldig`, and for a rule in a lov or
    /// bekendtgørelse some edition of that. An undated trial has none.
    pub(crate) fn own_days_of(&self, rule: &Rule) -> ValueSet {
        let own = &self.modules[rule.module.index()];
        if own.is_undated_trial() {
            return ValueSet::empty();
        }
        let days = own.valid.iter().fold(rule.valid.clone(), |days, valid| days.intersection(valid));
        match own.kind {
            ModuleKind::Law | ModuleKind::Order => days.intersection(&own.in_force),
            _ => days,
        }
    }

    /// The days on which some edition of some source it cites is in force; always, where it cites nothing.
    pub(crate) fn cited_days_of(&self, rule: &Rule) -> ValueSet {
        let sources =
            rule.basis.iter().map(|citation| self.modules[citation.source.index()].in_force.clone());
        sources.reduce(|days, more| days.union(&more)).unwrap_or_else(ValueSet::all)
    }
}

/// One citizen on one day: a value for every fact, by its id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Profile(pub(crate) Vec<i64>);

/// Something known about a citizen.
#[derive(Clone, Debug, Hash)]
pub(crate) struct Fact {
    pub name: String,
    pub title: String,
    pub domain: Domain,
    /// `skøn`: assessed by a person
    pub assessed: bool,
    /// `fast`: nobody can change it
    pub fixed: bool,
    /// the value a witness has unless the region demands another
    pub typical: i64,
}

/// The values of a fact or a term, all coded as whole numbers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Domain {
    /// 0 is nej, 1 is ja
    YesNo,
    /// the index of the value
    List { values: Vec<ListValue>, ordered: bool },
    /// scaled by ten to the power of `decimals`
    Number { low: i64, high: i64, decimals: u8, unit: Option<String> },
    /// thirds of a day: dag 3, uge 21, måned 91, år 1092
    Duration { low: i64, high: i64 },
    /// days since 1970-01-01
    Date { low: i64, high: i64 },
    /// øre
    Money { low: i64, high: i64 },
}

impl Domain {
    /// Every value there is.
    pub(crate) fn all(&self) -> ValueSet {
        match self {
            Domain::YesNo => ValueSet::range(0, 1),
            Domain::List { values, .. } => ValueSet::range(0, values.len() as i64 - 1),
            Domain::Number { low, high, .. }
            | Domain::Duration { low, high }
            | Domain::Date { low, high }
            | Domain::Money { low, high } => ValueSet::range(*low, *high),
        }
    }
}

/// One value of a list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ListValue {
    pub name: String,
    pub title: String,
}

/// A condition over facts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Formula {
    Always,
    Never,
    Test(FactId, ValueSet),
    Concept(ConceptId),
    /// `har krav på X` (due), `kan få X`: what is decided of a support, in a rule of the law what the law says of it
    Decided {
        support: SupportId,
        due: bool,
    },
    Not(Box<Formula>),
    And(Vec<Formula>),
    Or(Vec<Formula>),
}

/// `begreb`
#[derive(Clone, Debug)]
pub(crate) struct Concept {
    pub name: String,
    pub formula: Formula,
    pub span: Span,
}

/// `antag`: what holds of every citizen there can be.
#[derive(Clone, Debug)]
pub(crate) struct Assumption {
    pub title: String,
    pub formula: Formula,
    pub span: Span,
}

/// A support, a kind of support, a task, a step, or a task as part of one support.
#[derive(Clone, Debug)]
pub(crate) struct Support {
    pub name: String,
    pub title: String,
    pub is_kind: bool,
    pub role: Role,
    /// the kind it belongs to, for a pair its task; the model has no loops here
    pub parent: Option<SupportId>,
    /// how it stands to other supports; a kind stands for itself and every support below it, and `udelukker` stands on
    /// both sides; sorted
    pub relations: Vec<(RelationKind, SupportId)>,
    /// `uden afgørelse`: given without a decision
    pub without_decision: bool,
    pub span: Span,
}

impl Support {
    /// Whether it is given, rather than done.
    pub(crate) fn is_given(&self) -> bool {
        self.role == Role::Support
    }

    /// The supports it stands to in a relation.
    pub(crate) fn related(&self, kind: RelationKind) -> impl Iterator<Item = SupportId> + '_ {
        self.relations.iter().filter(move |(own, _)| *own == kind).map(|(_, other)| *other)
    }
}

/// What a thing that rules speak of is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Role {
    /// a support or a kind of support
    Support,
    /// a task inside a support, below no kind
    Task,
    /// a task as part of one support: `vækning ved social-mentor`; the support, and the task is the parent
    Pair(SupportId),
    /// a procedural duty
    Step,
}

/// `enhed`: who carries out.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    pub name: String,
    pub title: String,
    /// `afløses af`: the unit that takes over, and its first day
    pub successor: Option<(String, Day)>,
    pub span: Span,
}

/// A term of a grant: hours, duration, contact.
#[derive(Clone, Debug, Hash)]
pub(crate) struct Term {
    pub name: String,
    pub title: String,
    pub domain: Domain,
    /// `mere er bedre`, `mindre er bedre`, or neither
    pub more_is_better: Option<bool>,
    /// `internt`: no matter between the authority and the citizen, and so no part of a letter
    pub internal: bool,
}

/// Who speaks.
#[derive(Clone, Debug)]
pub(crate) struct Module {
    pub name: String,
    pub title: String,
    pub kind: ModuleKind,
    /// `status`: a level that only guides (the default) or binds
    pub guiding: bool,
    /// when some edition is in force; always, where none is declared
    pub in_force: ValueSet,
    /// `gælder i`: the municipalities of a trial or a region, the one an institution is under
    pub applies_in: Vec<ModuleId>,
    /// `gyldig`: the days on which its rules can apply; nothing where it does not say
    pub valid: Option<ValueSet>,
    /// `vedtaget`
    pub adopted: Option<Day>,
    /// something in its header could not be read or resolved
    pub has_error: bool,
    pub editions: Vec<Edition>,
    pub paragraphs: Vec<Paragraph>,
    pub scope: Option<Scope>,
    /// `klage til`: how its decisions are appealed
    pub complaint: Option<Complaint>,
    /// `intet serviceniveau for`, and where
    pub silent_on: Vec<(SupportId, Span)>,
    pub span: Span,
}

impl Module {
    /// Whether this is a trial that does not say both where and when: it speaks nowhere.
    pub(crate) fn is_undated_trial(&self) -> bool {
        self.kind == ModuleKind::Trial && (self.applies_in.is_empty() || self.valid.is_none())
    }
}

/// An edition of a source.
#[derive(Clone, Debug, Hash)]
pub(crate) struct Edition {
    pub title: String,
    pub eli: Option<String>,
    pub from: Option<Day>,
    pub to: Option<Day>,
}

/// A declared paragraph.
#[derive(Clone, Debug)]
pub(crate) struct Paragraph {
    /// `§ 31 b`, as fmt writes it
    pub name: String,
    pub title: String,
    pub appeal: Option<bool>,
    pub successor: Option<String>,
    /// the module the successor stands in
    pub successor_source: Option<ModuleId>,
    pub span: Span,
}

/// `klage til`: how the decisions of a law are appealed, in its author's words.
#[derive(Clone, Debug)]
pub(crate) struct Complaint {
    /// who decides on it
    pub to: String,
    /// `gennem`: who receives it
    pub through: Option<String>,
    /// `som`: what they do with it first
    pub which: Option<String>,
    /// `inden`: `4 uger`
    pub within: Option<String>,
    /// `efter`: what the deadline is counted from
    pub after: Option<String>,
    /// `hjemmel`
    pub basis: Vec<Citation>,
}

/// `omfatter`: to whom, and what, a municipality promises.
#[derive(Clone, Debug)]
pub(crate) struct Scope {
    pub formula: Formula,
    pub kinds: Vec<SupportId>,
    pub span: Span,
}

/// `afdeling`
#[derive(Clone, Debug)]
pub(crate) struct Department {
    pub name: String,
    pub title: String,
    pub module: ModuleId,
    pub scope: Formula,
    pub span: Span,
}

/// A rule, or a row of a table: when it applies and what it then says.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    /// `Slagelse.unge.s7`
    pub name: String,
    pub title: String,
    pub module: ModuleId,
    /// a row of a table, or a column's cells of a matrix
    pub of_table: bool,
    /// `gælder i`: the departments, empty for the whole module
    pub places: Vec<DepartmentId>,
    /// `når`, for a row together with its table's and its fact cells; [`Formula::Always`] when there is none
    pub when: Formula,
    /// `gyldig`
    pub valid: ValueSet,
    /// `hjemmel`
    pub basis: Vec<Citation>,
    pub effects: Vec<Effect>,
    /// the supports whose decision it asks about, sorted
    pub asks: Vec<SupportId>,
    /// `undtagelse fra`, expanded to rules; in a table where the first row counts, a row's earlier rows are
    /// exceptions from it
    pub exception_to: RuleSet,
    /// `ansvarlig`: an enhed or a department
    pub responsible: Option<String>,
    /// `kan fraviges`, where; [`Formula::Never`] when it may not
    pub deviable: Formula,
    pub reason: Option<String>,
    /// something in it could not be read or resolved: it counts as covering in `gap` and `unserved-right`, and as
    /// absent everywhere else
    pub has_error: bool,
    /// what made it so: the places in which that is told
    pub faults: Vec<Span>,
    /// some of what it says could not be read: it may have meant to speak of any support
    pub half_read: bool,
    /// the name, for labels
    pub name_span: Span,
    /// the condition as written, else the name
    pub when_span: Span,
    /// the lines its own condition draws
    pub thresholds: Vec<Threshold>,
    pub span: Span,
}

/// A line that a condition draws through an ordered fact: `over 30`, `højst 30`, an end of `18-29`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Threshold {
    pub fact: FactId,
    /// the rule begins here; else it ends here
    pub above: bool,
    /// what would be written anew to move it
    pub span: Span,
    /// the value it takes in when moved outwards by a step, and what is then written
    pub gains: Option<(i64, String)>,
    /// the value it leaves out when moved inwards by a step, and what is then written
    pub loses: Option<(i64, String)>,
}

/// A cited provision.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Citation {
    pub source: ModuleId,
    /// which of the source's declared paragraphs are meant
    pub paragraphs: Vec<usize>,
    /// as fmt writes it, with the source's name: `LAB § 31 b, stk. 2`
    pub text: String,
    pub span: Span,
}

/// What a rule says about one support or kind.
#[derive(Clone, Debug)]
pub(crate) struct Effect {
    pub kind: EffectKind,
    /// nothing only in [`EffectKind::Lapses`]
    pub support: Option<SupportId>,
    pub bounds: Vec<Bound>,
    pub span: Span,
}

/// The kinds of effect.
#[derive(Clone, Debug)]
pub(crate) enum EffectKind {
    /// a grade; `duty` is `som pligt`. `kan give … kun når C` is a grade and a precondition
    Grade { grade: Grade, duty: bool },
    /// terms without a grade
    Terms,
    /// `forudsætning`: where the formula fails the support cannot be granted
    Precondition(Formula),
    /// `bortfalder`
    Lapses,
}

/// The values a rule allows a term.
#[derive(Clone, Debug)]
pub(crate) struct Bound {
    pub term: TermId,
    /// the days on which it holds: a bound with a `sats` is one bound for each of its values
    pub days: ValueSet,
    /// [`ValueSet::all`] for `snarest`, which names the term and bounds nothing that can be checked
    pub set: ValueSet,
    /// `som loft`: more than this may not be given
    pub ceiling: bool,
    /// the author's own words without the term's name: `mindst 6 måneder`
    pub words: String,
    /// as written: `varighed mindst 6 måneder`, or the cell
    pub span: Span,
}
