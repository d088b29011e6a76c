//! Declared words: facts, concepts, kinds, supports, terms, units, departments, rates, tasks and steps.

use super::addresses::Sort;
use super::html::Html;
use super::items::Items;
use super::phrases::{days, plain};
use super::view::{Entry, Link, Row};
use super::words::Label;
use crate::ground::{Text, date_in_words, text};
use crate::syntax::ast::{
    Assumption, Concept, Department, Fact, Item, ItemKind, ListValue, Name, Rate, RelationKind, Support,
    Term, Type, Unit,
};

/// An item that declares a word, as an entry; nothing where it is no such item.
pub(super) fn entry(items: &Items<'_>, item: &Item) -> Option<Entry> {
    let (name, title, sort, rows) = match &item.kind {
        ItemKind::Fact(fact) => (&fact.name, fact.title.as_ref(), Sort::Fact, fact_rows(items, fact)),
        ItemKind::Concept(one) => (&one.name, one.title.as_ref(), Sort::Concept, concept_rows(items, one)),
        ItemKind::Kind(kind) => {
            (&kind.name, kind.title.as_ref(), Sort::Support, parent(items, kind.parent.as_ref()))
        }
        ItemKind::Support(one) => (&one.name, one.title.as_ref(), Sort::Support, support_rows(items, one)),
        ItemKind::Term(term) => (&term.name, term.title.as_ref(), Sort::Term, term_rows(items, term)),
        ItemKind::Unit(unit) => (&unit.name, unit.title.as_ref(), Sort::Unit, unit_rows(items, unit)),
        ItemKind::Department(one) => {
            (&one.name, one.title.as_ref(), Sort::Department, department_rows(items, one))
        }
        ItemKind::Rate(rate) => (&rate.name, rate.title.as_ref(), Sort::Rate, rate_rows(items, rate)),
        ItemKind::Task(task) => {
            (&task.name, task.title.as_ref(), Sort::Support, parent(items, task.kind.as_ref()))
        }
        ItemKind::Step(step) => (&step.name, step.title.as_ref(), Sort::Support, Vec::new()),
        ItemKind::Assumption(assumption) => return Some(assumed(items, item, assumption)),
        _ => return None,
    };
    let phrases = &items.phrases;
    let address = match sort {
        Sort::Department => phrases.addresses.department(phrases.module, &name.text),
        _ => phrases.addresses.word(sort, &name.text),
    };
    let more = address.map(|address| Link {
        href: phrases.href(address),
        words: phrases.say(&text!(en: "where it is used", da: "hvor det bruges")),
        more: Html::default(),
    });
    Some(Entry {
        sort: items.say(&sort_word(&item.kind)),
        more,
        ..self::blank(items, item, items.title(title, &name.text), &name.text, rows)
    })
}

fn blank(items: &Items<'_>, item: &Item, title: Html, name: &str, rows: Vec<Row>) -> Entry {
    Entry {
        id: items.phrases.addresses.id(item.span).unwrap_or_default().to_owned(),
        sort: String::new(),
        title,
        name: name.to_owned(),
        rows,
        more: None,
        findings: items.findings.told_in(item.span, &items.phrases),
        mentions: items.findings.mentioned_in(item.span, &items.phrases, false),
        uses: Vec::new(),
    }
}

fn assumed(items: &Items<'_>, item: &Item, assumption: &Assumption) -> Entry {
    let phrases = &items.phrases;
    let mut html = Html::default();
    if let Some(when) = &assumption.when {
        html.push(&phrases.say(&text!(en: "if ", da: "hvis ")));
        html.push(&phrases.inline(when));
        html.push(&phrases.say(&text!(en: ", then ", da: ", så ")));
    }
    html.push(&phrases.inline(&assumption.then));
    let rows = vec![items.row(Label::Means, html)];
    let title = phrases.danish(&assumption.title.text);
    Entry { sort: items.say(&sort_word(&item.kind)), ..blank(items, item, title, "", rows) }
}

/// What a declared word is.
pub(super) fn sort_word(kind: &ItemKind) -> Text {
    match kind {
        ItemKind::Fact(_) => text!(en: "fact", da: "oplysning"),
        ItemKind::Concept(_) => text!(en: "concept", da: "begreb"),
        ItemKind::Kind(_) => text!(en: "kind of support", da: "art"),
        ItemKind::Support(_) => text!(en: "support", da: "støtte"),
        ItemKind::Term(_) => text!(en: "term", da: "vilkår"),
        ItemKind::Unit(_) => text!(en: "unit", da: "enhed"),
        ItemKind::Department(_) => text!(en: "department", da: "afdeling"),
        ItemKind::Rate(_) => text!(en: "rate", da: "sats"),
        ItemKind::Task(_) => text!(en: "task", da: "opgave"),
        ItemKind::Step(_) => text!(en: "procedural step", da: "sagsskridt"),
        ItemKind::Assumption(_) => text!(en: "assumption", da: "antagelse"),
        _ => Text::default(),
    }
}

fn fact_rows(items: &Items<'_>, fact: &Fact) -> Vec<Row> {
    let mut rows = type_rows(items, &fact.kind);
    if let Some(typical) = &fact.typical {
        let words = items.phrases.written(typical.span);
        rows.push(items.row(Label::Typical, items.phrases.danish(&plain(words))));
    }
    let mut remarks = Vec::new();
    if fact.assessed {
        remarks.push(items.say(&text!(en: "assessed by a person", da: "et skøn")));
    }
    if fact.fixed {
        remarks.push(items.say(&text!(en: "nobody can change it", da: "ingen kan ændre det")));
    }
    if !remarks.is_empty() {
        rows.push(items.row(Label::Note, Html::text(&remarks.join(", "))));
    }
    rows
}

/// The values of a fact or a term.
fn type_rows(items: &Items<'_>, kind: &Type) -> Vec<Row> {
    let phrases = &items.phrases;
    let range = |low: &str, high: &str, more: &str| {
        let (low, high) = (low.trim(), high.trim());
        phrases.say(&text!(en: "from {low} to {high}{more}", da: "fra {low} til {high}{more}"))
    };
    let value = match kind {
        Type::YesNo => phrases.say(&text!(en: "yes or no", da: "ja eller nej")),
        Type::List { values, ordered } => return vec![list_row(items, values, *ordered)],
        Type::Number { low, high, unit, .. } => {
            let unit = unit.as_ref().map(|unit| format!(" {}", unit.text)).unwrap_or_default();
            range(phrases.written(low.span), phrases.written(high.span), &unit)
        }
        Type::Duration { low, high } | Type::Money { low, high } => {
            range(phrases.written(low.span), phrases.written(high.span), "")
        }
        Type::Workdays { low, high } => {
            range(phrases.written(low.span), phrases.written(high.span), " hverdage")
        }
        Type::Date(period) => phrases.period(period),
    };
    vec![items.row(Label::Values, value)]
}

/// The most values that stand in a line.
const IN_A_LINE: usize = 12;

fn list_row(items: &Items<'_>, values: &[ListValue], ordered: bool) -> Row {
    let phrases = &items.phrases;
    let titled = values.iter().any(|value| value.title.is_some());
    let one = |value: &ListValue| {
        let mut html = phrases.danish(&plain(&value.name.text));
        if let Some(title) = &value.title {
            html.push_text(" – ");
            html.push(&phrases.danish(&title.text));
        }
        html
    };
    let all: Vec<Html> = values.iter().map(one).collect();
    let mut html = match titled || all.len() > IN_A_LINE {
        true => Html::list("values", &all),
        false => Html::joined(&all, ", "),
    };
    if ordered {
        html.push(&phrases.say(&text!(en: " (in this order)", da: " (i denne rækkefølge)")));
    }
    items.row(Label::Values, html)
}

fn concept_rows(items: &Items<'_>, concept: &Concept) -> Vec<Row> {
    vec![items.row(Label::Means, items.phrases.condition(&concept.condition))]
}

fn parent(items: &Items<'_>, parent: Option<&Name>) -> Vec<Row> {
    let row = |name: &Name| items.row(Label::Kind, items.phrases.word(Sort::Support, &name.text));
    parent.map(row).into_iter().collect()
}

fn support_rows(items: &Items<'_>, support: &Support) -> Vec<Row> {
    let mut rows = parent(items, support.kind.as_ref());
    for relation in &support.relations {
        let words = match relation.kind {
            RelationKind::Matches => text!(en: "the same as ", da: "svarer til "),
            RelationKind::Replaces => text!(en: "in place of ", da: "erstatter "),
            RelationKind::Supplements => text!(en: "beside ", da: "supplerer "),
            RelationKind::Excludes => text!(en: "never together with ", da: "udelukker "),
        };
        let names: Vec<&str> = relation.supports.iter().map(|name| name.text.as_str()).collect();
        let mut html = items.phrases.say(&words);
        html.push(&items.phrases.words(Sort::Support, &names));
        rows.push(items.row(Label::Relation, html));
    }
    if support.without_decision.is_some() {
        let words = text!(en: "given without a decision", da: "gives uden afgørelse");
        rows.push(items.row(Label::Note, items.phrases.say(&words)));
    }
    rows
}

fn term_rows(items: &Items<'_>, term: &Term) -> Vec<Row> {
    let mut rows = type_rows(items, &term.kind);
    let better = match term.more_is_better {
        Some(true) => Some(text!(en: "more", da: "mere")),
        Some(false) => Some(text!(en: "less", da: "mindre")),
        None => None,
    };
    rows.extend(better.map(|words| items.row(Label::Better, items.phrases.say(&words))));
    if term.internal {
        let words = text!(en: "a matter between authorities", da: "et anliggende mellem myndigheder");
        rows.push(items.row(Label::Note, items.phrases.say(&words)));
    }
    rows
}

fn unit_rows(items: &Items<'_>, unit: &Unit) -> Vec<Row> {
    let Some(successor) = &unit.successor else { return Vec::new() };
    let mut html = items.phrases.word(Sort::Unit, &successor.text);
    if let Some(from) = unit.successor_from {
        html.push_text(" ");
        html.push(&items.phrases.say(&days(Some(from.day), None)));
    }
    vec![items.row(Label::Successor, html)]
}

fn department_rows(items: &Items<'_>, department: &Department) -> Vec<Row> {
    let scope = department.scope.as_ref().map(|scope| items.phrases.condition(scope));
    let everybody = || items.phrases.say(&text!(en: "everybody", da: "alle"));
    vec![items.row(Label::Serves, scope.unwrap_or_else(everybody))]
}

fn rate_rows(items: &Items<'_>, rate: &Rate) -> Vec<Row> {
    let one = |(date, value): &(crate::syntax::ast::Date, crate::syntax::ast::Value)| {
        let Text { en, da } = date_in_words(date.day);
        let mut html = items.phrases.say(&text!(en: "from {en}: ", da: "fra {da}: "));
        html.push(&items.phrases.danish(items.phrases.written(value.span).trim()));
        html
    };
    let all: Vec<Html> = rate.values.iter().map(one).collect();
    vec![items.row(Label::Values, Html::list("values", &all))]
}
