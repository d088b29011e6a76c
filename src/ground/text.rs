//! A text is a pair: every message exists in Danish and in English, side by side.

use std::fmt::Display;

/// The language a reader has chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Lang {
    /// Danish
    Da,
    /// English
    #[default]
    En,
}

/// One message in both languages.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Text {
    /// the English words
    pub en: String,
    /// the Danish words
    pub da: String,
}

impl Text {
    /// The same words in both languages: names, quotations, figures.
    pub fn same(words: impl Display) -> Self {
        let words = words.to_string();
        Text { en: words.clone(), da: words }
    }

    /// The words in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Da => &self.da,
            Lang::En => &self.en,
        }
    }
}

/// A [`Text`] from two format strings that share their variables: `text!(en: "…{name}…", da: "…{name}…")`.
macro_rules! text {
    (en: $en:literal, da: $da:literal $(,)?) => {
        $crate::ground::Text { en: format!($en), da: format!($da) }
    };
}
pub(crate) use text;

/// `1 rule`, `2 rules` and `1 regel`, `2 regler`.
pub(crate) fn count(number: usize, one: &Text, many: &Text) -> Text {
    let noun = if number == 1 { one } else { many };
    Text { en: format!("{number} {}", noun.en), da: format!("{number} {}", noun.da) }
}

/// `a`, `a and b`, `a, b and c`; `og` in Danish. Each item stands as given.
pub(crate) fn list<T: Display>(items: &[T]) -> Text {
    let join = |and: &str| match items {
        [] => String::new(),
        [one] => one.to_string(),
        [start @ .., last] => {
            let start: Vec<String> = start.iter().map(ToString::to_string).collect();
            format!("{} {and} {last}", start.join(", "))
        }
    };
    Text { en: join("and"), da: join("og") }
}

/// The title, or the name where there is none.
pub(crate) fn titled<'a>(title: &'a str, name: &'a str) -> &'a str {
    if title.is_empty() { name } else { title }
}

/// A number with its thousands apart: `1.000.000`, in English `1,000,000`.
pub fn grouped(number: u64, lang: Lang) -> String {
    let digits = number.to_string();
    let mark = match lang {
        Lang::Da => '.',
        Lang::En => ',',
    };
    let mut words = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            words.push(mark);
        }
        words.push(digit);
    }
    words
}
