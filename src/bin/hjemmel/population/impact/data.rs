//! The counts for programs: as JSON, and as CSV.

use super::report::{Report, Told, ends};
use super::tally::{Group, Sum};
use crate::population::to_text::quoted;
use hjemmel::population::{TermShape, Word};
use serde_json::{Map, Value, json};

const FORMAT_VERSION: u32 = 1;

fn name(word: Word) -> &'static str {
    word.word().unwrap_or("intet")
}

fn count(told: Told) -> Value {
    match told {
        Told::Number(number) => number.into(),
        Told::Few => Value::Null,
    }
}

/// Counts that are too small are null.
pub(super) fn json(report: &Report<'_>) -> String {
    let groupings = (0..report.plan.groupings.len()).map(|at| {
        let groups = report.groups(at);
        let groups: Vec<Value> =
            groups.iter().map(|(title, told)| group(report, report.words(title), told)).collect();
        json!({ "grouping": report.grouping(at), "groups": groups })
    });
    let told = json!({
        "format_version": FORMAT_VERSION,
        "tool": env!("CARGO_PKG_NAME"),
        "version": env!("CARGO_PKG_VERSION"),
        "place": report.plan.decider.place_title(),
        "date": report.plan.decider.day_of_all().map(hjemmel::iso_date),
        "synthetic": report.seed.is_some(),
        "seed": report.seed,
        "bad_rows": report.bad,
        "at_least": report.at_least,
        "all": group(report, &report.say("everybody", "alle"), &report.tally.all),
        "groupings": groupings.collect::<Vec<_>>(),
    });
    let mut text = serde_json::to_string_pretty(&told).unwrap_or_default();
    text.push('\n');
    text
}

fn group(report: &Report<'_>, title: &str, group: &Group) -> Value {
    let supports = (0..report.plan.supports.len()).map(|support| {
        let told = report.row(group, support);
        let words: Map<String, Value> =
            Word::ALL.iter().zip(told).map(|(word, told)| (name(*word).to_owned(), count(told))).collect();
        let shape = report.plan.shape(support);
        json!({ "support": shape.name, "title": shape.title, "decisions": words })
    });
    let sums = report.plan.terms.iter().zip(&group.sums).map(|(term, [due, may])| {
        json!({
            "term": term.name,
            "title": term.title,
            "due": sum(report, term, due),
            "may": sum(report, term, may),
        })
    });
    json!({
        "group": title,
        "citizens": count(report.told(group.citizens)),
        "due": count(report.told(group.due)),
        "granted": count(report.told(group.granted)),
        "contradicted": count(report.told(group.contradicted)),
        "open": count(report.told(group.open)),
        "supports": supports.collect::<Vec<_>>(),
        "sums": sums.collect::<Vec<_>>(),
    })
}

fn sum(report: &Report<'_>, term: &TermShape, sum: &Sum) -> Value {
    if sum.grants > 0 && sum.grants < report.at_least {
        return Value::Null;
    }
    let (least, greatest) = ends(term, sum);
    json!({ "grants": sum.grants, "least": least, "greatest": greatest, "without_greatest": count(report.told(sum.open)) })
}

/// One line for each group, support and word.
pub(super) fn csv(report: &Report<'_>) -> String {
    let mut page = report
        .say("grouping,group,support,decision,citizens\n", "inddeling,gruppe,støtte,afgørelse,borgere\n");
    let all = report.say("everybody", "alle");
    lines(report, &mut page, "", &all, &report.tally.all);
    for grouping in 0..report.plan.groupings.len() {
        let title = report.grouping(grouping);
        for (group, counts) in report.groups(grouping) {
            lines(report, &mut page, &title, report.words(group), counts);
        }
    }
    page
}

fn lines(report: &Report<'_>, page: &mut String, grouping: &str, group: &str, counts: &Group) {
    for support in 0..report.plan.supports.len() {
        let told = report.row(counts, support);
        for (word, told) in Word::ALL.iter().zip(told).filter(|(_, told)| *told != Told::Number(0)) {
            let number = match told {
                Told::Number(number) => number.to_string(),
                Told::Few => format!("<{}", report.at_least),
            };
            let cells = [grouping, group, &report.plan.shape(support).name, name(*word)];
            let cells: Vec<String> = cells.iter().map(|cell| quoted(cell, ',')).collect();
            page.push_str(&format!("{},{number}\n", cells.join(",")));
        }
    }
}
