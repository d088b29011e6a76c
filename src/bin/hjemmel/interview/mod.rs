//! An interview: what is asked next, what was answered, and the way back.

mod answer;
mod page;
mod words;

pub(crate) use page::{page, reasons, saved};

use crate::exit::Failure;
use answer::Typed;
use hjemmel::{Day, Lang, OpenQuestion, Possible, Text, Workspace};
use std::io::{self, BufRead, Write};

/// The fact that is the day.
pub(crate) const DAY: &str = "dato";

/// Where a configured day comes from.
const DAY_FROM: &str = "reference_date, hjemmel.toml";

/// What one asks about.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) workspace: &'a Workspace,
    pub(crate) municipality: &'a str,
    pub(crate) support: Option<&'a str>,
    /// the day, where nobody told it and the configuration does
    pub(crate) configured: Option<Day>,
    pub(crate) lang: Lang,
}

impl Asked<'_> {
    fn possible(&self, facts: &[(String, String)]) -> Result<Possible, Text> {
        self.workspace.possible(self.municipality, facts, self.support)
    }
}

/// One answer: the question's fact, and what was known of it by it; nothing where it was passed over.
type Answered = (String, Option<String>);

/// What is known so far.
struct Interview {
    /// what was known from the start
    given: Vec<(String, String)>,
    answers: Vec<Answered>,
}

/// Where an interview ends: what is known, and what can be decided.
pub(crate) struct Ended {
    pub(crate) facts: Vec<(String, String)>,
    pub(crate) possible: Possible,
}

/// Asks until every decision is settled, nothing is left that was not passed over, or the reader stops.
pub(crate) fn held(
    asked: Asked<'_>,
    given: Vec<(String, String)>,
    input: &mut dyn BufRead,
    output: &mut dyn Write,
) -> Result<Ended, Failure> {
    let mut interview = Interview { given, answers: Vec::new() };
    let mut possible = asked.possible(&interview.facts())?;
    let mut said: Vec<Text> = asked.configured.map(words::day).into_iter().collect();
    said.extend(words::greeting(&possible));
    while let Some(question) = interview.next(&possible) {
        said.push(Text::same(""));
        said.extend(words::question(question));
        tell(output, asked.lang, &said);
        said.clear();
        prompt(output, asked.lang, question);
        let Some(line) = line(input)? else {
            tell(output, asked.lang, &[Text::same(""), words::end_of_input()]);
            break;
        };
        match answer::read(&line, question) {
            Typed::Nothing => said.push(words::empty()),
            Typed::Stop => break,
            Typed::Why => said.extend(words::why(question, &possible)),
            Typed::Back => match interview.answers.pop() {
                Some((fact, _)) => {
                    said.push(words::taken_back(&fact));
                    possible = asked.possible(&interview.facts())?;
                }
                None => said.push(words::nothing_to_take_back()),
            },
            Typed::Skip => interview.answers.push((question.fact.clone(), None)),
            Typed::Unfit(why) => said.push(why),
            Typed::Value(value) => {
                interview.answers.push((question.fact.clone(), Some(value)));
                match asked.possible(&interview.facts()) {
                    Ok(now) => possible = now,
                    Err(why) => {
                        interview.answers.pop();
                        said.push(why);
                    }
                }
            }
        }
    }
    tell(output, asked.lang, &said);
    Ok(Ended { facts: interview.facts(), possible })
}

impl Interview {
    fn facts(&self) -> Vec<(String, String)> {
        let answered = self.answers.iter().filter_map(|(fact, value)| Some((fact.clone(), value.clone()?)));
        self.given.iter().cloned().chain(answered).collect()
    }

    /// The most decisive question that was not passed over.
    fn next<'a>(&self, possible: &'a Possible) -> Option<&'a OpenQuestion> {
        let is_passed = |question: &&OpenQuestion| {
            self.answers.iter().any(|(fact, value)| *fact == question.fact && value.is_none())
        };
        possible.questions.iter().find(|question| !is_passed(question))
    }
}

/// One line of the reader's; nothing at the end of the input.
fn line(input: &mut dyn BufRead) -> Result<Option<String>, Text> {
    let mut bytes = Vec::new();
    let read = input.read_until(b'\n', &mut bytes);
    let count = read.map_err(|error| Text {
        en: format!("the answer cannot be read: {error}"),
        da: format!("svaret kan ikke læses: {error}"),
    })?;
    Ok((count > 0).then(|| String::from_utf8_lossy(&bytes).trim().to_owned()))
}

/// Shows lines to the reader. One who has closed the other end hears nothing more; the answers still count.
fn tell(output: &mut dyn Write, lang: Lang, lines: &[Text]) {
    for line in lines {
        let _ = writeln!(output, "{}", line.get(lang));
    }
}

fn prompt(output: &mut dyn Write, lang: Lang, question: &OpenQuestion) {
    let _: io::Result<()> = write!(output, "{} ", words::prompt(question).get(lang));
    let _ = output.flush();
}
