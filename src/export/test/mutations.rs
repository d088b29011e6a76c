//! Which small changes of rules the tests notice, in plain lines: how many, then those that nothing notices.

use super::Page;
use crate::ground::{Lang, Sources, Text, text};
use crate::queries::{Fate, Mutation, Operator};

/// Changes as text of some width.
pub fn mutations_page(mutations: &[Mutation], sources: &Sources, lang: Lang, width: usize) -> String {
    let mut page = Page { text: String::new(), lang, width };
    let number =
        |wanted: fn(&Fate) -> bool| mutations.iter().filter(|mutation| wanted(&mutation.fate)).count();
    let caught = number(|fate| matches!(fate, Fate::Caught(_)));
    let same = number(|fate| *fate == Fate::Same);
    let untold = number(|fate| *fate == Fate::Survived(None));
    let survived = number(|fate| matches!(fate, Fate::Survived(Some(_))));
    let (all, counted) = (mutations.len(), caught + survived);
    let percent = (caught * 100).checked_div(counted).unwrap_or(100);
    page.line(
        "",
        "",
        &text!(
            en: "{all} small changes of the rules: the tests notice {caught} of {counted} ({percent} %)",
            da: "{all} små ændringer af reglerne: {caught} af {counted} opdages ({percent} %)"
        ),
    );
    if same > 0 {
        page.line(
            "  ",
            "",
            &text!(
                en: "{same} more change nothing for anybody and are left out",
                da: "{same} mere ændrer intet for nogen og er udeladt"
            ),
        );
    }
    if untold > 0 {
        page.line("  ", "", &text!(
            en: "{untold} more no example could show: what they touch is undecided, not granted, or nothing an example claims",
            da: "{untold} mere kan intet eksempel vise: det, de rører, er uafgjort, gives ikke eller er noget, et eksempel ikke siger"
        ));
    }
    for mutation in mutations {
        if let Fate::Survived(Some(example)) = &mutation.fate {
            page.text.push('\n');
            survivor(&mut page, mutation, example, sources);
        }
    }
    page.text
}

fn survivor(page: &mut Page, mutation: &Mutation, example: &str, sources: &Sources) {
    page.line("", "", &Text::same(&mutation.rule));
    page.line("  ", "", &Text::same(super::place(sources, mutation.span)));
    let (operator, words) = (operator(mutation.operator), &mutation.words);
    let change =
        Text { en: format!("{}: {}", operator.en, words.en), da: format!("{}: {}", operator.da, words.da) };
    page.line("  ", "", &change);
    page.line(
        "  ",
        "",
        &text!(
            en: "nothing notices; this would:",
            da: "det opdager intet eksempel; dette ville:"
        ),
    );
    for line in example.lines() {
        page.text.push_str(format!("    {line}").trim_end());
        page.text.push('\n');
    }
}

fn operator(operator: Operator) -> Text {
    match operator {
        Operator::ShiftBoundary => text!(en: "a boundary moves", da: "en grænse flyttes"),
        Operator::DropCondition => text!(en: "a condition goes", da: "en betingelse falder væk"),
        Operator::WidenCell => text!(en: "a cell says nothing", da: "en celle siger intet"),
        Operator::SwapAndOr => text!(en: "og and eller change places", da: "og og eller byttes om"),
        Operator::DropNot => text!(en: "an ikke goes", da: "et ikke falder væk"),
        Operator::DropPrecondition => text!(en: "a precondition goes", da: "en forudsætning falder væk"),
        Operator::SwapGrade => text!(en: "another grade", da: "en anden grad"),
        Operator::ShiftTerm => text!(en: "a term moves", da: "et vilkår flyttes"),
        Operator::DropException => text!(en: "an exception is none", da: "en undtagelse er ingen"),
        Operator::LiftDate => text!(en: "a period goes", da: "en periode falder væk"),
        Operator::DropRule => text!(en: "a rule goes", da: "en regel falder væk"),
    }
}
