//! What each column of a table is about.

use super::grades;
use super::grid::GridCell;
use super::lexicon::Lexicon;
use super::new_words;
use super::rows::Body;
use super::supports;
use super::values::is_silent;
use super::words::fit;
use crate::ground::{Text, text};

/// What a column becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    Rule,
    Support,
    When,
    Grade,
    /// a mark in it means this grade
    Mark(&'static str),
    Basis,
    Valid,
    Fact(String),
    Term(String),
    Prose,
}

/// A column of the document.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub heading: String,
    pub notes: Vec<String>,
    pub target: Target,
}

/// The columns, each with what it becomes. Facts and terms that only the table has are added to the lexicon.
pub(super) fn recognised(
    heading: &[GridCell],
    body: &[Body],
    lexicon: &mut Lexicon,
    told: &mut Vec<Text>,
) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for (index, cell) in heading.iter().enumerate() {
        let words = cell.line();
        let filled =
            body.iter().map(|row| row.words(index)).filter(|words| !is_silent(words)).collect::<Vec<_>>();
        let mut target =
            if words.is_empty() { Target::Prose } else { target(&words, &filled, lexicon, told) };
        let taken = |target: &Target| columns.iter().any(|column| column.target == *target);
        if target != Target::Prose && taken(&target) {
            told.push(text!(
                en: "»{words}« would be a second column of the same kind, and is kept as prose",
                da: "»{words}« ville være endnu en kolonne af samme slags og er beholdt som tekst"
            ));
            target = Target::Prose;
        }
        columns.push(Column { heading: words, notes: cell.notes.clone(), target });
    }
    if !columns.iter().any(|column| column.target == Target::Support) {
        find_supports(&mut columns, body, lexicon);
    }
    for (index, column) in columns.iter_mut().enumerate() {
        if column.target == Target::Prose && !column.heading.is_empty() {
            column.target = new_words::target(&column.heading, index, body, lexicon).unwrap_or(Target::Prose);
        }
    }
    columns
}

fn target(heading: &str, filled: &[String], lexicon: &Lexicon, told: &mut Vec<Text>) -> Target {
    let word = heading.to_lowercase();
    let word = word.trim_end_matches([':', '.', '?']);
    if grades::is_heading(heading) {
        return Target::Grade;
    }
    if let Some(grade) = grades::grade(heading).filter(|_| filled.iter().all(|cell| grades::is_mark(cell))) {
        return Target::Mark(grade);
    }
    // a word of the workspace goes before a word of ours, and ours before what only resembles one of the workspace
    if let Some(known) = of_known_word(heading, CLEARLY, lexicon, told) {
        return known;
    }
    match word {
        "støtte" | "type" | "tilbud" | "ydelse" | "indsats" | "støttetype" | "mentortype" | "tilbudstype"
        | "foranstaltning" | "hjælp" | "ydelser" | "indsatser" | "støtteform" | "navn" => Target::Support,
        "hjemmel" | "lovgrundlag" | "lovhjemmel" | "paragraf" | "paragraffer" | "lov" | "§" | "§§"
        | "retsgrundlag" | "bestemmelse" | "lovgivning" => Target::Basis,
        "gyldig" | "gyldighed" | "gyldighedsperiode" | "gælder fra" | "gyldig fra" | "i kraft"
        | "ikrafttræden" => Target::Valid,
        "regel" | "nr" | "nummer" | "#" | "række" | "id" | "løbenr" => Target::Rule,
        "når" | "hvis" | "betingelse" | "betingelser" | "kriterium" | "kriterier" => Target::When,
        _ => of_known_word(heading, NEARLY, lexicon, told).unwrap_or(Target::Prose),
    }
}

/// How well a heading must fit a name.
pub(super) const CLEARLY: u8 = 3;
const NEARLY: u8 = 2;

/// The fact or term that a heading names best.
pub(super) fn of_known_word(
    heading: &str,
    least: u8,
    lexicon: &Lexicon,
    told: &mut Vec<Text>,
) -> Option<Target> {
    let facts = lexicon
        .facts
        .iter()
        .map(|fact| (fit(heading, &fact.name, &fact.title), Target::Fact(fact.name.clone())));
    let terms = lexicon
        .terms
        .iter()
        .map(|term| (fit(heading, &term.name, &term.title), Target::Term(term.name.clone())));
    let concepts = lexicon.concepts.iter().map(|name| (fit(heading, name, ""), Target::Fact(name.clone())));
    let mut found: Vec<(u8, Target)> =
        facts.chain(terms).chain(concepts).filter(|(fit, _)| *fit >= least).collect();
    found.sort_by_key(|(fit, _)| std::cmp::Reverse(*fit));
    match found.as_slice() {
        [] => None,
        [(best, _), (next, _), ..] if best == next => {
            let same = found.iter().filter(|(fit, _)| fit == best).filter_map(|(_, target)| named(target));
            let names = same.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            told.push(text!(
                en: "»{heading}« may be any of {names}: it is kept as prose",
                da: "»{heading}« kan være {names}: kolonnen er beholdt som tekst"
            ));
            None
        }
        [(_, target), ..] => Some(target.clone()),
    }
}

pub(super) fn named(target: &Target) -> Option<&str> {
    match target {
        Target::Fact(name) | Target::Term(name) => Some(name),
        _ => None,
    }
}

/// Where no heading says so, the supports stand where most cells name one; else in the first column.
fn find_supports(columns: &mut [Column], body: &[Body], lexicon: &Lexicon) {
    let known =
        |index: usize| body.iter().filter(|row| supports::is_known(&row.words(index), lexicon)).count();
    // what is about the citizen or tells more of the support does not name it
    let others =
        ["gruppe", "borger", "alder", "time", "varighed", "bemærk", "beskriv", "opgave", "ansvar", "formål"];
    let may_name = |column: &Column| {
        let heading = column.heading.to_lowercase();
        column.target == Target::Prose && !others.iter().any(|word| heading.contains(word))
    };
    let free: Vec<usize> = (0..columns.len()).filter(|index| may_name(&columns[*index])).collect();
    let best = free.iter().copied().max_by_key(|index| (known(*index), std::cmp::Reverse(*index)));
    if let Some(index) = best {
        columns[index].target = Target::Support;
    }
}
