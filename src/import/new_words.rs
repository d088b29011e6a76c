//! A column that nobody has declared: hours, lengths, amounts, ages and groups become a term or a fact of the table.

use super::cells::{fits, is_name};
use super::columns::Target;
use super::lexicon::{Lexicon, Thing};
use super::measures::{Measure, Per, Unit, measured};
use super::rows::Body;
use super::values::is_silent;
use super::words::{slug, telling};
use crate::model::{Domain, ListValue};

/// Most that a list of values of a new fact may have.
const MOST_VALUES: usize = 15;

const HOURS: &str = "timer";
const LENGTH: &str = "varighed";

/// What a column becomes by what stands in its cells; its fact or term is added to the lexicon.
pub(super) fn target(heading: &str, index: usize, body: &[Body], lexicon: &mut Lexicon) -> Option<Target> {
    let cells: Vec<String> =
        body.iter().map(|row| row.words(index)).filter(|words| !is_silent(words)).collect();
    let is_free = |name: &String| is_name(name) && !lexicon.is_condition_word(name);
    let own = slug(heading).filter(is_free);
    let words = telling(heading);
    let thing =
        |name: String, domain: Domain| Thing { name, title: heading.to_owned(), domain, is_new: true };
    let read: Vec<Vec<Measure>> = cells.iter().map(|words| measured(words).measures).collect();
    let counted = read.iter().filter(|measures| !measures.is_empty()).count();
    let is_group = heading.to_lowercase().contains("gruppe");
    // a word here and there, `efter aftale`, does not make a column of figures another
    if !is_group && counted * 2 > cells.len() {
        let measures: Vec<Measure> = read.into_iter().flatten().collect();
        if heading.to_lowercase().contains("alder") {
            let years = Some("år".to_owned());
            let fact = thing(own?, Domain::Number { low: 0, high: 120, decimals: 0, unit: years });
            return Some(Target::Fact(added(fact, &mut lexicon.facts)));
        }
        let domain = of_measures(&measures, &words)?;
        // the short names that such terms have everywhere
        let usual = match &domain {
            Domain::Number { .. } => Some(HOURS),
            Domain::Duration { .. } => Some(LENGTH),
            _ => None,
        };
        let usual = usual.map(str::to_owned).filter(is_free);
        if matches!(domain, Domain::Number { .. }) {
            add_length(&measures, lexicon);
        }
        return Some(Target::Term(added(thing(usual.or(own)?, domain), &mut lexicon.terms)));
    }
    let fact = thing(own?, Domain::List { values: values(&cells, heading)?, ordered: false });
    Some(Target::Fact(added(fact, &mut lexicon.facts)))
}

/// Adds a thing and gives its name back.
fn added(thing: Thing, to: &mut Vec<Thing>) -> String {
    to.push(thing);
    to.last().map(|thing| thing.name.clone()).unwrap_or_default()
}

fn is_length(unit: Option<Unit>) -> bool {
    matches!(unit, Some(Unit::Day | Unit::Week | Unit::Month | Unit::Year))
}

/// What quantities below a heading with these words measure.
fn of_measures(measures: &[Measure], heading: &[String]) -> Option<Domain> {
    let about = |word: &str| heading.iter().any(|own| own == word);
    let of = |holds: fn(Option<Unit>) -> bool| {
        let counts = measures.iter().any(|measure| holds(measure.unit));
        counts && measures.iter().all(|measure| measure.unit.is_none() || holds(measure.unit))
    };
    if about("time") || of(|unit| unit == Some(Unit::Hour)) {
        let hours = measures.iter().filter(|measure| !is_length(measure.unit));
        let most = hours.map(|measure| measure.high.unwrap_or(measure.low)).max();
        let weekly = about("uge") || measures.iter().any(|measure| measure.per == Some(Per::Week));
        let high = if weekly && most <= Some(3700) { 370 } else { 10_000 };
        return Some(Domain::Number { low: 0, high, decimals: 1, unit: None });
    }
    if of(|unit| unit == Some(Unit::Krone)) {
        return Some(Domain::Money { low: 0, high: 10_000_000 });
    }
    of(is_length).then_some(Domain::Duration { low: 0, high: 5 * 1092 })
}

/// Lengths that stand among hours are said of a term of their own.
fn add_length(measures: &[Measure], lexicon: &mut Lexicon) {
    let has_length = lexicon.terms.iter().any(|term| matches!(term.domain, Domain::Duration { .. }));
    if has_length
        || lexicon.is_condition_word(LENGTH)
        || !measures.iter().any(|measure| is_length(measure.unit))
    {
        return;
    }
    let domain = Domain::Duration { low: 0, high: 5 * 1092 };
    lexicon.terms.push(Thing { name: LENGTH.to_owned(), title: "Varighed".to_owned(), domain, is_new: true });
}

/// The values of a list that cells give: few and short, below a heading about a group. Any other column of words may be
/// who is responsible, or what it is called: read as a condition it would change who the rule is about.
fn values(cells: &[String], heading: &str) -> Option<Vec<ListValue>> {
    let parts = cells
        .iter()
        .flat_map(|words| words.split([',', ';', '/']))
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let parts: Vec<&str> = parts.collect();
    let value = |part: &&str| {
        let dotted = part.contains('.') && part.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let name = if dotted { Some((*part).to_owned()) } else { slug(part) };
        let is_short = part.split_whitespace().count() <= 3;
        name.filter(|name| is_short && fits("a", name))
    };
    let all: Option<Vec<String>> = parts.iter().map(value).collect();
    let mut names: Vec<String> = Vec::new();
    for name in all? {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let about_group = heading.to_lowercase().contains("gruppe");
    let fits = names.len() > 1 && names.len() <= MOST_VALUES && about_group;
    let title = |name: &String| {
        parts.iter().find(|part| slug(part).as_ref() == Some(name)).copied().unwrap_or_default()
    };
    fits.then(|| {
        names.iter().map(|name| ListValue { name: name.clone(), title: title(name).to_owned() }).collect()
    })
}
