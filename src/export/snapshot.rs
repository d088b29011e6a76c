//! What a place's policies mean, as a page that a lawyer reads and git compares line by line. It is Danish whatever
//! language a reader has: the file is one and the same for everybody.

use super::matrix::escaped;
use crate::ground::{digest, iso_date};
use crate::queries::{Ending, MeaningDecision, MeaningTable, PlaceMeaning, Shape, Stage, To, grant_in_words};
use std::collections::BTreeSet;
use std::fmt::Write;

/// A place's page.
pub fn snapshot(place: &PlaceMeaning) -> String {
    let mut page = format!("# {}: hvad der afgøres for hvem\n\n", escaped(&place.place));
    page.push_str(
        "Skrevet af `hjemmel snapshot --accept` og rettes ikke i hånden. Siden siger, hvad reglerne betyder, \
         hvordan de end er skrevet.\n\n",
    );
    let (from, to) = (iso_date(place.window.from), iso_date(place.window.to));
    let _ = writeln!(page, "- kontrolkode: `{}`\n- dage: {from} til {to}", place.hash);
    if place.unread {
        page.push_str("- regler med fejl er udeladt\n");
    }
    if !place.facts.is_empty() {
        page.push_str("\n## Oplysninger, der spørges om\n\n");
        for fact in &place.facts {
            let _ = writeln!(page, "- {}: {}", escaped(&fact.name), escaped(&fact.values));
        }
    }
    if let Some(existing) = &place.citizens_there_can_be {
        page.push_str("\n## Borgere, der kan findes\n\n");
        table(&mut page, existing, true);
    }
    for support in &place.tables {
        let kind = if support.is_kind { " (art)" } else { "" };
        let _ = write!(page, "\n## {}{kind}\n\n", escaped(&support.support));
        table(&mut page, &support.table, support.is_given);
    }
    if place.tables.is_empty() {
        page.push_str("\nIntet afgøres for nogen.\n");
    }
    if !place.named.is_empty() {
        page.push_str("\n## Navngivne borgere\n");
    }
    for citizen in &place.named {
        let _ = write!(page, "\n### {}\n\n", escaped(&citizen.title));
        for (support, is_given, all) in &citizen.decided {
            let told: Vec<String> = all.iter().map(|one| in_a_line(one, *is_given)).collect();
            let told = match told.as_slice() {
                [] => "ingen borger passer".to_owned(),
                all => all.join(", eller "),
            };
            let _ = writeln!(page, "- {}: {told}", escaped(support));
        }
    }
    for open in &place.open {
        let what = if open.is_empty() { "hvilke borgere der kan findes" } else { open };
        let _ = write!(page, "\nIkke bevist: {}\n", escaped(what));
    }
    page
}

fn table(page: &mut String, table: &MeaningTable, is_given: bool) {
    match &table.shape {
        Shape::Rows(rows) => {
            let is_of_existence = matches!(table.ends.first(), Some(Ending::Exists(_)));
            let last: &[&str] =
                if is_of_existence { &["findes"] } else { &["afgørelse", "vilkår", "hjemmel"] };
            let mut heads: Vec<String> = table.facts.iter().map(|fact| escaped(fact)).collect();
            heads.extend(last.iter().map(|head| (*head).to_owned()));
            line(page, &heads);
            line(page, &vec!["---".to_owned(); heads.len()]);
            for (cells, end) in rows {
                let mut cells: Vec<String> = cells.iter().map(|cell| escaped(cell)).collect();
                cells.extend(table.ends.get(*end).map(|end| ending(end, is_given)).unwrap_or_default());
                line(page, &cells);
            }
        }
        Shape::Stages(rows, stages) => {
            let _ = writeln!(page, "Som tabel ville det være {rows} rækker. Trin for trin er det:\n");
            let names = names(stages, table, is_given);
            for (stage, name) in stages.iter().zip(&names) {
                let _ = writeln!(page, "- trin {name}, {}", escaped(&stage.fact));
                for (values, to) in &stage.ways {
                    let _ =
                        writeln!(page, "  - {}: {}", escaped(values), leads(*to, &names, table, is_given));
                }
            }
        }
    }
}

fn line(page: &mut String, cells: &[String]) {
    let cells: Vec<&str> = cells.iter().map(|cell| if cell.is_empty() { "–" } else { cell }).collect();
    let _ = writeln!(page, "| {} |", cells.join(" | "));
}

/// What the stages are called: after all that they lead to, so that a change renames only the stages that lead to it.
fn names(stages: &[Stage], table: &MeaningTable, is_given: bool) -> Vec<String> {
    const SHORTEST: usize = 4;
    let mut whole = vec![String::new(); stages.len()];
    let mut pending: Vec<usize> = (0..stages.len()).collect();
    while let Some(at) = pending.last().copied() {
        let next = |(_, to): &(String, To)| match to {
            To::Stage(next) if whole[*next].is_empty() => Some(*next),
            _ => None,
        };
        let open: Vec<usize> = stages[at].ways.iter().filter_map(next).collect();
        if open.is_empty() {
            let ways = stages[at].ways.iter();
            let ways: Vec<String> = ways
                .map(|(values, to)| format!("{values}: {}", leads(*to, &whole, table, is_given)))
                .collect();
            whole[at] = digest(&format!("{}\n{}", stages[at].fact, ways.join("\n")));
            pending.pop();
        } else {
            pending.extend(open);
        }
    }
    let are_apart = |length: &usize| {
        let short: BTreeSet<&str> = whole.iter().map(|name| &name[..*length]).collect();
        short.len() == whole.len()
    };
    let length = whole.iter().map(String::len).max().unwrap_or_default();
    let length = (SHORTEST..length).find(are_apart).unwrap_or(length);
    whole.iter().map(|name| name[..length].to_owned()).collect()
}

/// Where a way leads.
fn leads(to: To, names: &[String], table: &MeaningTable, is_given: bool) -> String {
    match to {
        To::Stage(next) => format!("trin {}", names[next]),
        To::End(end) => match table.ends.get(end) {
            Some(Ending::Decided(decision)) => in_a_line(decision, is_given),
            Some(end) => ending(end, is_given).concat(),
            None => String::new(),
        },
    }
}

/// An end as cells.
fn ending(end: &Ending, is_given: bool) -> Vec<String> {
    match end {
        Ending::Exists(exists) => vec![if *exists { "ja" } else { "nej" }.to_owned()],
        Ending::Decided(decision) => {
            let (decided, terms) = (decided(decision, is_given), terms(decision));
            [decided.join("; "), terms.join("; "), decision.basis.join("; ")]
                .map(|cell| escaped(&cell))
                .into()
        }
    }
}

/// A decision in one line: `ret til støtten; timer højst 3 (Mentorlov § 3)`.
fn in_a_line(decision: &MeaningDecision, is_given: bool) -> String {
    let mut all = decided(decision, is_given);
    all.extend(terms(decision));
    let basis = match decision.basis.as_slice() {
        [] => String::new(),
        all => format!(" ({})", all.join("; ")),
    };
    escaped(&format!("{}{basis}", all.join("; ")))
}

fn decided(decision: &MeaningDecision, is_given: bool) -> Vec<String> {
    let outcome = &decision.outcome;
    let mut all = vec![grant_in_words(outcome.grant, is_given).da];
    for (is_said, words) in [
        (outcome.duty, "som pligt for borgeren"),
        (outcome.to_be_assessed, "skal vurderes"),
        (outcome.recommended, "anbefales"),
        (outcome.discouraged, "frarådes"),
    ] {
        if is_said {
            all.push(words.to_owned());
        }
    }
    all
}

fn terms(decision: &MeaningDecision) -> Vec<String> {
    let told = decision.outcome.terms.iter().map(|(term, values)| match values {
        Some(values) => format!("{term} {values}"),
        None => format!("{term} uafklaret"),
    });
    told.collect()
}
