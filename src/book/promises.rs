//! Offers, guarantees, examples, accepted findings and silence.

use super::addresses::Sort;
use super::html::Html;
use super::items::{Draft, Items};
use super::phrases::{done_words, grade_words, plain};
use super::view::Badge;
use super::words::Label;
use crate::ground::{Span, date_in_words, text};
use crate::queries::TestOutcome;
use crate::syntax::ast::{
    Accept, Claim, ClaimKind, Example, Expectation, ExpectationKind, Grade, Guarantee, Name, Offer, Silence,
};

pub(super) fn offer(items: &Items<'_>, offer: &Offer) -> Draft {
    let mut rows = Vec::new();
    if !offer.delivers.is_empty() {
        rows.push(items.row(Label::Delivers, supports(items, &offer.delivers)));
    }
    if !offer.performs.is_empty() {
        rows.push(items.row(Label::Performs, supports(items, &offer.performs)));
    }
    if !offer.terms.is_empty() {
        rows.push(items.row(Label::Terms, items.phrases.bounds(&offer.terms)));
    }
    rows.extend(items.clauses(&offer.clauses));
    Draft {
        sort: text!(en: "offer", da: "forløb"),
        title: items.title(offer.title.as_ref(), &offer.name.text),
        name: offer.name.text.clone(),
        rows,
        ..Draft::default()
    }
}

fn supports(items: &Items<'_>, names: &[Name]) -> Html {
    let names: Vec<&str> = names.iter().map(|name| name.text.as_str()).collect();
    items.phrases.words(Sort::Support, &names)
}

fn support(items: &Items<'_>, name: &Name) -> Html {
    items.phrases.word(Sort::Support, &name.text)
}

fn places(items: &Items<'_>, names: &[Name]) -> Html {
    let one = |name: &Name| items.phrases.leading(items.phrases.addresses.place(&name.text), &name.text);
    Html::joined(&names.iter().map(one).collect::<Vec<_>>(), ", ")
}

pub(super) fn guarantee(items: &Items<'_>, guarantee: &Guarantee) -> Draft {
    let mut rows = Vec::new();
    if !guarantee.places.is_empty() {
        rows.push(items.row(Label::Places, places(items, &guarantee.places)));
    }
    if let Some(when) = &guarantee.when {
        rows.push(items.row(Label::When, items.phrases.condition(when)));
    }
    Draft {
        sort: text!(en: "guarantee", da: "garanti"),
        title: items.title(guarantee.title.as_ref(), &guarantee.name.text),
        name: guarantee.name.text.clone(),
        badge: badge(items, guarantee.name.span),
        effects: guarantee.claims.iter().map(|one| claim(items, one)).collect(),
        rows,
        ..Draft::default()
    }
}

/// Whether all tests of an item hold; nothing where it was not run.
fn badge(items: &Items<'_>, name: Span) -> Option<Badge> {
    let mut worst: Option<&TestOutcome> = None;
    for test in items.tests.iter().filter(|test| test.span == name) {
        if worst.is_none_or(|worst| *worst == TestOutcome::Passed) {
            worst = Some(&test.outcome);
        }
    }
    let (look, words) = match worst? {
        TestOutcome::Passed => ("passed", text!(en: "holds", da: "holder")),
        TestOutcome::Failed(_) => ("error", text!(en: "does not hold", da: "holder ikke")),
        TestOutcome::OfNobody => ("error", text!(en: "about nobody", da: "handler om ingen")),
        TestOutcome::InDoubt(_) => ("warning", text!(en: "in doubt", da: "i tvivl")),
        TestOutcome::NotProven => ("warning", text!(en: "not proven", da: "ikke bevist")),
    };
    Some(Badge { look, words: items.say(&words) })
}

fn grade(items: &Items<'_>, grade: Grade) -> Html {
    items.phrases.grade(grade, &grade_words(grade))
}

fn claim(items: &Items<'_>, claim: &Claim) -> Html {
    let phrases = &items.phrases;
    let mut html = Html::default();
    match &claim.kind {
        ClaimKind::Exists { at_least, kind } => {
            html.push(
                &phrases.say(&text!(en: "some support is given of ", da: "der gives en støtte af arten ")),
            );
            html.push(&support(items, kind));
            html.push(&phrases.say(&text!(en: ", at least ", da: ", mindst ")));
            html.push(&grade(items, *at_least));
        }
        ClaimKind::AtLeast { grade: least, support: name } => {
            html.push(&phrases.say(&text!(en: "at least ", da: "mindst ")));
            html.push(&grade(items, *least));
            html.push_text(" ");
            html.push(&support(items, name));
        }
        ClaimKind::AtMost { grade: most, support: name } => {
            html.push(&phrases.say(&text!(en: "at most ", da: "højst ")));
            html.push(&grade(items, *most));
            html.push_text(" ");
            html.push(&support(items, name));
        }
        ClaimKind::NotGranted { support: name } => {
            html.push(&phrases.say(&text!(en: "not given: ", da: "gives ikke: ")));
            html.push(&support(items, name));
        }
        ClaimKind::NotBoth(one, other) => {
            html.push(&phrases.say(&text!(en: "never both ", da: "aldrig både ")));
            html.push(&support(items, one));
            html.push(&phrases.say(&text!(en: " and ", da: " og ")));
            html.push(&support(items, other));
        }
        ClaimKind::Terms { support: name, terms } => {
            html.push(&support(items, name));
            html.push(&phrases.say(&text!(en: " is given with ", da: " gives med ")));
            html.push(&phrases.bounds(terms));
        }
    }
    html
}

pub(super) fn example(items: &Items<'_>, example: &Example) -> Draft {
    let mut rows = Vec::new();
    if let Some(place) = &example.place {
        rows.push(items.row(Label::Places, places(items, std::slice::from_ref(place))));
    }
    if let Some(given) = &example.given {
        rows.push(items.row(Label::Given, items.phrases.condition(given)));
    }
    Draft {
        sort: text!(en: "example", da: "eksempel"),
        title: items.phrases.danish(&example.title.text),
        name: String::new(),
        badge: badge(items, example.title.span),
        effects: example.expects.iter().map(|one| expectation(items, one)).collect(),
        rows,
        ..Draft::default()
    }
}

fn expectation(items: &Items<'_>, expected: &Expectation) -> Html {
    let phrases = &items.phrases;
    let mut html = match expected.kind {
        ExpectationKind::Grade(decided) => grade(items, decided),
        ExpectationKind::Perform(decided) => phrases.grade(decided, &done_words(decided)),
        ExpectationKind::NotGranted => Html::element(
            "b",
            &[("class", "grade none")],
            &phrases.say(&text!(en: "not given", da: "gives ikke")),
        ),
        ExpectationKind::Refused => Html::element(
            "b",
            &[("class", "grade forbidden")],
            &phrases.say(&text!(en: "refused", da: "afslag")),
        ),
    };
    html.push_text(" ");
    html.push(&support(items, &expected.support));
    if let Some(at) = &expected.at {
        html.push(&phrases.say(&text!(en: " in ", da: " ved ")));
        html.push(&support(items, at));
    }
    if !expected.terms.is_empty() {
        html.push(&phrases.say(&text!(en: " with ", da: " med ")));
        html.push(&phrases.bounds(&expected.terms));
    }
    html
}

pub(super) fn accept(items: &Items<'_>, accept: &Accept) -> Draft {
    let phrases = &items.phrases;
    let mut rows = Vec::new();
    if let Some(place) = &accept.place {
        rows.push(items.row(Label::Places, phrases.danish(phrases.written(place.span))));
    }
    if let Some(rule) = &accept.rule {
        rows.push(items.row(Label::About, phrases.paths(std::slice::from_ref(rule))));
    }
    if let Some(when) = &accept.when {
        rows.push(items.row(Label::When, phrases.condition(when)));
    }
    if let Some(reason) = &accept.reason {
        rows.push(items.row(Label::Because, phrases.danish(&reason.text)));
    }
    if let Some(until) = accept.until {
        rows.push(items.row(Label::Until, phrases.say(&date_in_words(until.day))));
    }
    Draft {
        sort: text!(en: "accepted finding", da: "accepteret fund"),
        title: phrases.danish(&plain(&accept.check.text)),
        name: String::new(),
        rows,
        ..Draft::default()
    }
}

pub(super) fn silence(items: &Items<'_>, silence: &Silence) -> Draft {
    let title = text!(en: "No level of service on purpose", da: "Intet serviceniveau, med vilje");
    Draft {
        sort: text!(en: "silence", da: "tavshed"),
        title: items.phrases.say(&title),
        rows: vec![items.row(Label::About, supports(items, &silence.supports))],
        ..Draft::default()
    }
}
