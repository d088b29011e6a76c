//! What a reader types: a value, or a word to the interview.

use super::words;
use hjemmel::{Answers, OpenQuestion, Text};

/// A line, understood.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Typed {
    Nothing,
    Skip,
    Back,
    Why,
    Stop,
    /// as the language writes it; whether it is in its domain the library knows
    Value(String),
    Unfit(Text),
}

/// Reads a line as an answer to a question. A value of a list that is called like a command is that value.
pub(super) fn read(line: &str, question: &OpenQuestion) -> Typed {
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Answers::OneOf(values) = &question.answers
        && let Some((name, _)) = values.iter().find(|(name, _)| *name == line)
    {
        return Typed::Value(name.clone());
    }
    match line.to_lowercase().as_str() {
        "" => return Typed::Nothing,
        "?" | "ved ikke" | "don't know" | "dont know" => return Typed::Skip,
        "tilbage" | "back" => return Typed::Back,
        "hvorfor" | "why" => return Typed::Why,
        "stop" => return Typed::Stop,
        _ => {}
    }
    match &question.answers {
        Answers::OneOf(values) => one_of(&line, values),
        Answers::Range { unit, .. } => {
            let bare = unit.as_ref().and_then(|unit| line.strip_suffix(unit.as_str()));
            Typed::Value(bare.map_or(line.as_str(), str::trim_end).to_owned())
        }
        _ => match line.to_lowercase().as_str() {
            "ja" | "j" | "yes" | "y" => Typed::Value("ja".to_owned()),
            "nej" | "n" | "no" => Typed::Value("nej".to_owned()),
            _ => Typed::Unfit(words::yes_or_no()),
        },
    }
}

/// Whether the values are shown with numbers: not where a value is a whole number itself.
pub(super) fn is_numbered(values: &[(String, String)]) -> bool {
    values.iter().all(|(name, _)| name.parse::<u64>().is_err())
}

fn one_of(line: &str, values: &[(String, String)]) -> Typed {
    let numbered = is_numbered(values);
    let number = line.parse::<usize>().ok().filter(|_| numbered);
    let by_number = number.and_then(|number| values.get(number.checked_sub(1)?));
    let is_named = |(name, title): &&(String, String)| {
        name.to_lowercase() == line.to_lowercase() || title.to_lowercase() == line.to_lowercase()
    };
    match by_number.or_else(|| values.iter().find(is_named)) {
        Some((name, _)) => Typed::Value(name.clone()),
        None => Typed::Unfit(words::none_of(values.len(), numbered)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Typed, is_numbered, one_of};

    fn values(names: &[&str]) -> Vec<(String, String)> {
        names.iter().map(|name| ((*name).to_owned(), format!("Det er {name}"))).collect()
    }

    #[test]
    fn a_value_is_meant_by_number_by_name_and_by_title() {
        let list = values(&["2.1", "2.10", "uden-for"]);
        let value = |word: &str| Typed::Value(word.to_owned());
        assert_eq!(one_of("2", &list), value("2.10"));
        assert_eq!(one_of("2.10", &list), value("2.10"));
        assert_eq!(one_of("Uden-For", &list), value("uden-for"));
        assert_eq!(one_of("det er 2.1", &list), value("2.1"));
        assert!(matches!(one_of("4", &list), Typed::Unfit(_)));
        assert!(matches!(one_of("0", &list), Typed::Unfit(_)));
    }

    #[test]
    fn values_that_are_numbers_have_no_others() {
        let list = values(&["1", "3"]);
        assert!(!is_numbered(&list));
        assert!(matches!(one_of("2", &list), Typed::Unfit(_)));
        assert_eq!(one_of("3", &list), Typed::Value("3".to_owned()));
    }
}
