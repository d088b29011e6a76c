//! The words of an interview.

use super::DAY_FROM;
use super::answer::is_numbered;
use hjemmel::{Answers, Day, OpenQuestion, Possible, Text, iso_date};

/// More values of a question than these are not told apart in `hvorfor`.
const FEW: usize = 6;

fn text(en: impl Into<String>, da: impl Into<String>) -> Text {
    Text { en: en.into(), da: da.into() }
}

/// The day, where nobody told it.
pub(super) fn day(day: Day) -> Text {
    let day = iso_date(day);
    text(format!("The day is {day} ({DAY_FROM})."), format!("Dagen er {day} ({DAY_FROM})."))
}

/// What can be typed.
pub(super) fn greeting(possible: &Possible) -> Vec<Text> {
    if possible.questions.is_empty() {
        return vec![text("Nothing needs to be asked.", "Der er intet at spørge om.")];
    }
    vec![text(
        "Answer each question, or write: ? (don't know) · why · back · stop",
        "Svar på hvert spørgsmål, eller skriv: ? (ved ikke) · hvorfor · tilbage · stop",
    )]
}

/// A question and what can be answered.
pub(super) fn question(question: &OpenQuestion) -> Vec<Text> {
    let mut lines = vec![Text::same(&question.title)];
    if question.assessed {
        lines.push(text(
            "  An assessment: answer only when it has been made.",
            "  Et skøn: svar kun, når det er udøvet.",
        ));
    }
    match &question.answers {
        Answers::OneOf(values) => {
            let numbered = is_numbered(values);
            let widest = values.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
            let line = |(at, (name, title)): (usize, &(String, String))| {
                let number = if numbered { format!("{:>4}  ", at + 1) } else { "  ".to_owned() };
                Text::same(format!("{number}{name:<widest$}  {title}").trim_end())
            };
            lines.extend(values.iter().enumerate().map(line));
        }
        Answers::Range { words, .. } => {
            let (en, da) = (&words.en, &words.da);
            lines.push(text(format!("  ({en})"), format!("  ({da})")));
        }
        _ => {}
    }
    lines
}

/// What stands before the reader's answer.
pub(super) fn prompt(question: &OpenQuestion) -> Text {
    match &question.answers {
        Answers::OneOf(values) if is_numbered(values) => {
            let most = values.len();
            Text::same(format!("{} [1-{most}]:", question.fact))
        }
        Answers::YesNo => Text::same(format!("{} [ja/nej]:", question.fact)),
        _ => Text::same(format!("{}:", question.fact)),
    }
}

/// What hangs on a question.
pub(super) fn why(question: &OpenQuestion, possible: &Possible) -> Vec<Text> {
    let titled = possible.supports.iter().filter(|support| question.supports.contains(&support.support));
    let titles: Vec<&str> = titled.map(|support| support.title.as_str()).collect();
    let titles = titles.join(", ");
    let mut lines = vec![text(format!("On this hangs: {titles}"), format!("Herpå beror: {titles}"))];
    if question.ways.len() <= FEW {
        for way in &question.ways {
            let (source, left) = (&way.values.source, way.left);
            lines.push(if left == possible.supports.len() {
                text(format!("  {source}: settles it"), format!("  {source}: så er alt afgjort"))
            } else {
                text(
                    format!("  {source}: {left} possible decisions left"),
                    format!("  {source}: {left} mulige afgørelser tilbage"),
                )
            });
        }
    }
    lines
}

/// An empty line is no answer.
pub(super) fn empty() -> Text {
    text("(An answer, please, or ? if it is not known.)", "(Skriv et svar, eller ? hvis det ikke vides.)")
}

pub(super) fn yes_or_no() -> Text {
    text("(Please answer ja or nej.)", "(Svar ja eller nej.)")
}

pub(super) fn none_of(most: usize, numbered: bool) -> Text {
    if numbered {
        return text(
            format!("(Please write a number from 1 to {most}, or a value as it stands.)"),
            format!("(Skriv et tal fra 1 til {most} eller en værdi, som den står.)"),
        );
    }
    text("(Please write one of the values as it stands.)", "(Skriv en af værdierne, som den står.)")
}

pub(super) fn taken_back(fact: &str) -> Text {
    text(
        format!("(The answer to `{fact}` is taken back.)"),
        format!("(Svaret på `{fact}` er taget tilbage.)"),
    )
}

pub(super) fn nothing_to_take_back() -> Text {
    text("(Nothing has been answered yet.)", "(Der er ikke svaret på noget endnu.)")
}

pub(super) fn end_of_input() -> Text {
    text("(No more answers.)", "(Ikke flere svar.)")
}
