//! A small policy as plain data, close to its text. Facts, supports and terms are told by index, rules by name.

use super::guidance::Performed;
use super::matrices::Matrix;
use super::words::{RATE, Words, rate_name};
use hjemmel::Day;

/// `dato` is always the first fact.
pub(crate) const DATE: usize = 0;

/// The modules: a lov, and a lov or bekendtgørelse that speaks with it; a forsøg and a region that may name the kommuner; two kommuner of which
/// the second only has rules of its own; an institution; a vejledning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Speaker {
    Law,
    OtherLaw,
    Trial,
    Region,
    Town,
    OtherTown,
    Home,
    Guide,
}

impl Speaker {
    pub(crate) const ALL: [Speaker; 8] = [
        Speaker::Law,
        Speaker::OtherLaw,
        Speaker::Trial,
        Speaker::Region,
        Speaker::Town,
        Speaker::OtherTown,
        Speaker::Home,
        Speaker::Guide,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Speaker::Law => "Lov",
            Speaker::OtherLaw => "Loven-om-andet",
            Speaker::Trial => "Lempet",
            Speaker::Region => "Regionen",
            Speaker::Town => "Byen",
            Speaker::OtherTown => "Naboby",
            Speaker::Home => "Hjemmet",
            Speaker::Guide => "Håndbog",
        }
    }

    pub(crate) fn is_law(self) -> bool {
        matches!(self, Speaker::Law | Speaker::OtherLaw)
    }

    /// The layer it speaks in.
    pub(crate) fn layer(self) -> Layer {
        if self.is_law() { Layer::Law } else { Layer::Of(self) }
    }
}

/// Who says one verdict: all lov together, or one module below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layer {
    Law,
    Of(Speaker),
}

impl Layer {
    pub(crate) fn hears(self, speaker: Speaker) -> bool {
        self == speaker.layer()
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Policy {
    /// first and last day of the window
    pub(crate) window: (Day, Day),
    pub(crate) facts: Vec<Fact>,
    pub(crate) concepts: Vec<(String, Cond)>,
    pub(crate) assumptions: Vec<Assumption>,
    pub(crate) supports: Vec<Support>,
    pub(crate) terms: Vec<Term>,
    /// `udgave … gyldig` of the lov
    pub(crate) law_editions: Vec<Period>,
    pub(crate) other_law_editions: Vec<Period>,
    /// the second lov is a bekendtgørelse
    pub(crate) order: bool,
    pub(crate) trial: Option<Trial>,
    /// the kommuner the region names
    pub(crate) region: Option<Vec<Speaker>>,
    /// who says `vedtaget`
    pub(crate) adopted: Vec<Speaker>,
    /// the kommune the institution is under
    pub(crate) home: Option<Speaker>,
    /// the vejledning is there
    pub(crate) guide: bool,
    /// what a leverandør performs
    pub(crate) performed: Vec<Performed>,
    /// `udgave … gyldig` of the kilde
    pub(crate) source_editions: Vec<Period>,
    /// whose paragraph `afløses af` whose
    pub(crate) successors: Vec<(Basis, Basis)>,
    /// the day from which it is judged what has ended
    pub(crate) reference: Option<Day>,
    /// `status bindende` of the first kommune
    pub(crate) binding: bool,
    /// `omfatter C: KINDS`
    pub(crate) scope: Option<(Cond, Vec<usize>)>,
    pub(crate) departments: Vec<(String, Option<Cond>)>,
    pub(crate) items: Vec<Item>,
    /// rates, relations and what else is declared beside the rules
    pub(crate) words: Words,
}

/// The header of the forsøg: without a kommune or a period it speaks nowhere.
#[derive(Clone, Debug)]
pub(crate) struct Trial {
    pub(crate) towns: Vec<Speaker>,
    pub(crate) valid: Option<Period>,
}

impl Trial {
    pub(crate) fn is_undated(&self) -> bool {
        self.towns.is_empty() || self.valid.is_none()
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Fact {
    pub(crate) name: String,
    pub(crate) domain: Domain,
    pub(crate) typical: Option<i64>,
    /// `skøn`
    pub(crate) assessed: bool,
    /// `fast`
    pub(crate) fixed: bool,
}

/// Values are counted from the least one; a date is its day.
#[derive(Clone, Debug)]
pub(crate) enum Domain {
    YesNo,
    List {
        values: Vec<String>,
        ordered: bool,
    },
    Number {
        low: i64,
        high: i64,
    },
    /// øre
    Money {
        low: i64,
        high: i64,
    },
    /// a number with one digit after the comma, in tenths
    Decimal {
        low: i64,
        high: i64,
    },
    /// thirds of a day; only whole days and whole months are values
    Duration {
        low: i64,
        high: i64,
    },
    Date {
        low: Day,
        high: Day,
    },
}

impl Domain {
    pub(crate) fn values(&self) -> Vec<i64> {
        match self {
            Domain::YesNo => vec![0, 1],
            Domain::List { values, .. } => (0..values.len() as i64).collect(),
            Domain::Number { low, high }
            | Domain::Money { low, high }
            | Domain::Decimal { low, high }
            | Domain::Date { low, high } => (*low..=*high).collect(),
            Domain::Duration { low, high } => {
                (*low..=*high).filter(|thirds| thirds % 3 == 0 || thirds % 91 == 0).collect()
            }
        }
    }

    pub(crate) fn ordered(&self) -> bool {
        !matches!(self, Domain::YesNo | Domain::List { ordered: false, .. })
    }

    /// A value as the language writes it.
    pub(crate) fn word(&self, value: i64) -> String {
        if value >= RATE {
            return rate_name((value - RATE) as usize);
        }
        match self {
            Domain::YesNo => if value == 1 { "ja" } else { "nej" }.to_owned(),
            Domain::List { values, .. } => values[value as usize].clone(),
            Domain::Number { .. } => value.to_string(),
            Domain::Money { .. } => format!("{},{:02} kr", value / 100, value % 100),
            Domain::Decimal { .. } => format!("{},{}", value / 10, value % 10),
            Domain::Duration { .. } if value % 91 == 0 => format!("{} måned", value / 91),
            Domain::Duration { .. } => format!("{} dage", value / 3),
            Domain::Date { .. } => hjemmel::iso_date(value),
        }
    }

    /// The value a word stands for; a date or number may lie outside the domain.
    pub(crate) fn value(&self, word: &str) -> Option<i64> {
        match self {
            Domain::YesNo => ["nej", "ja"].iter().position(|known| *known == word).map(|at| at as i64),
            Domain::List { values, .. } => values.iter().position(|known| known == word).map(|at| at as i64),
            Domain::Number { .. } => word.parse().ok(),
            Domain::Money { .. } => scaled(word.strip_suffix(" kr")?, 2),
            Domain::Decimal { .. } => scaled(word, 1),
            Domain::Duration { .. } => {
                let (number, unit) = word.split_once(' ')?;
                Some(number.parse::<i64>().ok()? * if unit == "dage" { 3 } else { 91 })
            }
            Domain::Date { .. } => {
                let mut parts = word.split('-');
                let year = parts.next()?.parse().ok()?;
                let month = parts.next()?.parse().ok()?;
                hjemmel::day_of(year, month, parts.next()?.parse().ok()?)
            }
        }
    }
}

fn scaled(word: &str, decimals: usize) -> Option<i64> {
    let (whole, rest) = word.split_once(',').unwrap_or((word, ""));
    format!("{whole}{rest:0<decimals$}").parse().ok()
}

#[derive(Clone, Debug)]
pub(crate) struct Assumption {
    pub(crate) when: Option<Cond>,
    pub(crate) then: Cond,
}

/// A støtte or an art; the parent is an art and stands earlier in the list.
#[derive(Clone, Debug)]
pub(crate) struct Support {
    pub(crate) name: String,
    pub(crate) is_kind: bool,
    pub(crate) parent: Option<usize>,
    pub(crate) sort: Sort,
}

/// What stands in the list of supports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// a støtte or an art
    Support,
    /// an opgave, and the art it belongs to
    Task(Option<usize>),
    /// a sagsskridt
    Step,
    /// an opgave `ved` a støtte; the opgave is its parent, and it stands behind all others
    Pair(usize, usize),
}

#[derive(Clone, Debug)]
pub(crate) struct Term {
    pub(crate) name: String,
    pub(crate) domain: Domain,
    pub(crate) more_is_better: Option<bool>,
}

/// Both ends included; an open end is nothing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Period {
    pub(crate) from: Option<Day>,
    pub(crate) to: Option<Day>,
}

impl Period {
    pub(crate) fn holds(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

#[derive(Clone, Debug)]
pub(crate) enum Cond {
    Always,
    Test(usize, Test),
    /// a bare ja/nej fact
    Fact(usize),
    Concept(usize),
    /// `har krav på X` (due), `kan få X`
    Decided(usize, bool),
    Not(Box<Cond>),
    And(Vec<Cond>),
    Or(Vec<Cond>),
}

#[derive(Clone, Debug)]
pub(crate) struct Test {
    pub(crate) op: Op,
    pub(crate) values: Vec<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Op {
    Is,
    IsNot,
    Under,
    Over,
    AtLeast,
    AtMost,
    Between,
}

impl Test {
    /// The test on a day: rates have the values of the day.
    pub(crate) fn on(&self, words: &Words, day: Day) -> Test {
        let values = self.values.iter().map(|value| words.on(*value, day)).collect();
        Test { op: self.op, values }
    }

    pub(crate) fn holds(&self, value: i64) -> bool {
        let first = self.values[0];
        match self.op {
            Op::Is => self.values.contains(&value),
            Op::IsNot => !self.values.contains(&value),
            Op::Under => value < first,
            Op::Over => value > first,
            Op::AtLeast => value >= first,
            Op::AtMost => value <= first,
            Op::Between => first <= value && value <= self.values[1],
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) enum Item {
    Rule(Rule),
    Table(Table),
    Matrix(Matrix),
}

#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub(crate) speaker: Speaker,
    pub(crate) name: String,
    pub(crate) clauses: Clauses,
    pub(crate) effects: Vec<Effect>,
}

/// Tables are the first kommune's.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) clauses: Clauses,
    pub(crate) first_row_wins: bool,
    pub(crate) rows: Vec<Row>,
}

#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) targets: Vec<usize>,
    pub(crate) when: Option<Cond>,
    /// the grade and `som pligt`; an empty cell bounds terms only
    pub(crate) grade: Option<(Grade, bool)>,
    pub(crate) bounds: Vec<(usize, Test)>,
    pub(crate) tests: Vec<(usize, Test)>,
    pub(crate) basis: Vec<Basis>,
    pub(crate) valid: Option<Period>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Basis {
    Law,
    OtherLaw,
    Source,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Clauses {
    pub(crate) basis: Vec<Basis>,
    pub(crate) valid: Option<Period>,
    pub(crate) places: Vec<usize>,
    pub(crate) when: Option<Cond>,
    pub(crate) fault: Option<Fault>,
    /// full names of rules, rows or tables
    pub(crate) exception_to: Vec<String>,
    pub(crate) responsible: bool,
    pub(crate) deviable: Option<Deviable>,
    /// `fordi`
    pub(crate) reason: bool,
}

/// What makes a rule one with an error in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// `når C og ubekendt`: C is what can be read
    WhenAnd,
    /// `når C eller ubekendt`: nothing of it can be read
    WhenOr,
    /// `undtagelse fra Byen.ubekendt`
    Exception,
    /// `ansvarlig Ubekendt`
    Responsible,
    /// `kan give ubekendt`, in a rule
    Effect,
    /// a sign that no `tegn` explains
    Sign,
}

/// `kan fraviges`, or `kan fraviges hvis C`
#[derive(Clone, Debug)]
pub(crate) struct Deviable(pub(crate) Option<Cond>);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Grade {
    May,
    Right,
    Must,
    MustNot,
    Should,
    ShouldNot,
    MustAssess,
}

#[derive(Clone, Debug)]
pub(crate) struct Effect {
    pub(crate) kind: EffectKind,
    pub(crate) targets: Vec<usize>,
    pub(crate) bounds: Vec<(usize, Test)>,
}

#[derive(Clone, Debug)]
pub(crate) enum EffectKind {
    Grade {
        grade: Grade,
        duty: bool,
        only_when: Option<Cond>,
    },
    Terms,
    Precondition(Cond),
    Lapses,
    /// `kan udføre T ved X`, as it is written; a flat rule has grades on the pairs
    Perform {
        grade: Grade,
        at: Vec<usize>,
    },
}

impl Policy {
    /// The editions of a source.
    pub(crate) fn editions(&self, basis: Basis) -> &[Period] {
        match basis {
            Basis::Law => &self.law_editions,
            Basis::OtherLaw => &self.other_law_editions,
            Basis::Source => &self.source_editions,
        }
    }

    /// Some edition of a source is in force; a source without editions always is.
    pub(crate) fn in_force(&self, basis: Basis, day: Day) -> bool {
        let editions = self.editions(basis);
        editions.is_empty() || editions.iter().any(|edition| edition.holds(day))
    }

    /// The modules that are there.
    pub(crate) fn speakers(&self) -> Vec<Speaker> {
        let there = |speaker: &Speaker| match speaker {
            Speaker::Trial => self.trial.is_some(),
            Speaker::Region => self.region.is_some(),
            Speaker::Home => self.home.is_some(),
            Speaker::Guide => self.guide,
            _ => true,
        };
        Speaker::ALL.into_iter().filter(there).collect()
    }

    /// The layers heard where a module is at home, the highest first.
    pub(crate) fn layers(&self, place: Speaker) -> Vec<Layer> {
        let names = |towns: &[Speaker]| towns.contains(&place);
        let mut layers = match place {
            Speaker::Home => self.layers(self.home.unwrap_or(Speaker::Town)),
            Speaker::Guide => Vec::new(),
            _ => vec![Layer::Law],
        };
        if matches!(place, Speaker::Town | Speaker::OtherTown) {
            if self.trial.as_ref().is_some_and(|trial| names(&trial.towns)) {
                layers.push(Layer::Of(Speaker::Trial));
            }
            if self.region.as_ref().is_some_and(|towns| names(towns)) {
                layers.push(Layer::Of(Speaker::Region));
            }
        }
        if !place.is_law() {
            layers.push(Layer::Of(place));
        }
        layers
    }

    /// The layers that bind a layer of a place: those above it, but a region binds nobody, and the law alone binds a
    /// forsøg and a region.
    pub(crate) fn binding(&self, place: Speaker, layer: Layer) -> Vec<Layer> {
        let layers = self.layers(place);
        let above = layers.into_iter().take_while(|above| *above != layer);
        above
            .filter(|above| match (above, layer) {
                (_, Layer::Of(Speaker::Guide)) => false,
                (Layer::Law, _) => true,
                (Layer::Of(Speaker::Region), _) => false,
                (_, layer) => !matches!(layer, Layer::Of(Speaker::Trial | Speaker::Region)),
            })
            .collect()
    }

    /// A citizen's profile makes a condition true that asks for no decision.
    pub(crate) fn holds(&self, cond: &Cond, profile: &[i64]) -> bool {
        match cond {
            Cond::Always => true,
            Cond::Test(fact, test) => test.on(&self.words, profile[DATE]).holds(profile[*fact]),
            Cond::Fact(fact) => profile[*fact] == 1,
            Cond::Concept(concept) => self.holds(&self.concepts[*concept].1, profile),
            Cond::Decided(..) => unreachable!("who a citizen is rests on no decision"),
            Cond::Not(inner) => !self.holds(inner, profile),
            Cond::And(parts) => parts.iter().all(|part| self.holds(part, profile)),
            Cond::Or(parts) => parts.iter().any(|part| self.holds(part, profile)),
        }
    }

    /// A condition that may be missing: then it holds.
    pub(crate) fn holds_if_any(&self, cond: Option<&Cond>, profile: &[i64]) -> bool {
        cond.is_none_or(|cond| self.holds(cond, profile))
    }

    /// No assumption excludes the profile.
    pub(crate) fn exists(&self, profile: &[i64]) -> bool {
        (0..self.assumptions.len()).all(|at| self.assumes(at, profile))
    }

    /// One assumption does not exclude the profile.
    pub(crate) fn assumes(&self, at: usize, profile: &[i64]) -> bool {
        let assumption = &self.assumptions[at];
        !self.holds_if_any(assumption.when.as_ref(), profile) || self.holds(&assumption.then, profile)
    }

    /// Every combination of values, those that do not exist too.
    pub(crate) fn profiles(&self) -> Vec<Vec<i64>> {
        let mut profiles = vec![Vec::new()];
        for fact in &self.facts {
            let values = fact.domain.values();
            profiles = profiles
                .into_iter()
                .flat_map(|start: Vec<i64>| {
                    values.iter().map(move |value| start.iter().copied().chain([*value]).collect::<Vec<_>>())
                })
                .collect();
        }
        profiles
    }

    /// `kind` is a kind above `support`.
    pub(crate) fn is_above(&self, kind: usize, support: usize) -> bool {
        let mut next = self.supports[support].parent;
        while let Some(parent) = next {
            if parent == kind {
                return true;
            }
            next = self.supports[parent].parent;
        }
        false
    }

    /// `kind` is `support` or a kind above it.
    pub(crate) fn is_at_or_above(&self, kind: usize, support: usize) -> bool {
        kind == support || self.is_above(kind, support)
    }

    /// A støtte or an art, and no opgave or sagsskridt.
    pub(crate) fn is_given(&self, support: usize) -> bool {
        self.supports[support].sort == Sort::Support
    }

    /// The supports (not kinds) below a kind, at any depth.
    pub(crate) fn members(&self, kind: usize) -> Vec<usize> {
        (0..self.supports.len())
            .filter(|support| !self.supports[*support].is_kind && self.is_above(kind, *support))
            .collect()
    }
}
