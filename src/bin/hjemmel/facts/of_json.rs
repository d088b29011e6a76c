//! Facts as a JSON object. serde_json would keep the last of two equal keys, so the pairs are read one by one; and it
//! tells no lines of what it has read, so the lines are counted as it reads.

use super::{Given, nested, number};
use hjemmel::Text;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::cell::{Cell, RefCell};
use std::fmt;
use std::io::{self, Read};

/// The facts of a text; what is `null` is not known.
pub(super) fn read(text: &str, name: &str) -> Result<Vec<Given>, Text> {
    let reading =
        Reading { name, line: Cell::new(1), given: RefCell::default(), problem: RefCell::default() };
    let mut json =
        serde_json::Deserializer::from_reader(Counted { rest: text.as_bytes(), line: &reading.line });
    let end = json.deserialize_any(Object(&reading)).and_then(|()| json.end());
    if let Err(error) = end {
        return Err(reading.problem.take().unwrap_or_else(|| unreadable(name, &error)));
    }
    Ok(reading.given.take())
}

fn unreadable(name: &str, error: &serde_json::Error) -> Text {
    let (words, line) = (error.to_string(), error.line());
    let what = words.rsplit_once(" at line ").map_or(words.as_str(), |(what, _)| what);
    Text { en: format!("{name}:{line}: {what}"), da: format!("{name}:{line}: ugyldig JSON: {what}") }
}

struct Reading<'a> {
    name: &'a str,
    /// the line that is being read
    line: Cell<usize>,
    given: RefCell<Vec<Given>>,
    /// what we have to say of it ourselves
    problem: RefCell<Option<Text>>,
}

impl Reading<'_> {
    fn place(&self) -> String {
        format!("{}:{}", self.name, self.line.get())
    }

    fn fail<E: Error>(&self, problem: Text) -> E {
        let words = E::custom(&problem.en);
        self.problem.replace(Some(problem));
        words
    }
}

/// serde_json asks for one byte at a time.
struct Counted<'a> {
    rest: &'a [u8],
    line: &'a Cell<usize>,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let (Some((first, rest)), Some(place)) = (self.rest.split_first(), buffer.first_mut()) else {
            return Ok(0);
        };
        self.line.set(self.line.get() + usize::from(*first == b'\n'));
        self.rest = rest;
        *place = *first;
        Ok(1)
    }
}

struct Object<'a>(&'a Reading<'a>);

impl<'de> Visitor<'de> for Object<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of facts, {\"alder\": 24}")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            let place = self.0.place();
            if let Some(first) = self.0.given.borrow().iter().find(|given| given.name == name) {
                let other = &first.place;
                return Err(self.0.fail(Text {
                    en: format!("{place}: `{name}` is given twice, first in {other}"),
                    da: format!("{place}: `{name}` er oplyst to gange, først i {other}"),
                }));
            }
            let value = Value { reading: self.0, place: &place, name: &name };
            let (word, is_fraction) = map.next_value_seed(value)?;
            self.0.given.borrow_mut().push(Given {
                name,
                word: word.unwrap_or_default(),
                place,
                is_fraction,
            });
        }
        self.0.given.borrow_mut().retain(|given| !given.word.is_empty());
        Ok(())
    }
}

/// One value as the language writes it; nothing where it is not known.
struct Value<'a> {
    reading: &'a Reading<'a>,
    place: &'a str,
    name: &'a str,
}

type Word = (Option<String>, bool);

impl<'de> DeserializeSeed<'de> for Value<'_> {
    type Value = Word;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Word, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Value<'_> {
    type Value = Word;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("one value")
    }

    fn visit_bool<E: Error>(self, holds: bool) -> Result<Word, E> {
        Ok((Some(if holds { "ja" } else { "nej" }.to_owned()), false))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Word, E> {
        Ok((Some(value.to_string()), false))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Word, E> {
        Ok((Some(value.to_string()), false))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Word, E> {
        let (word, is_fraction) = number(&value.to_string());
        Ok((Some(word), is_fraction))
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<Word, E> {
        if word.is_empty() {
            let (place, name) = (self.place, self.name);
            return Err(self.reading.fail(Text {
                en: format!("{place}: `{name}` is empty: leave it out, or write null, where it is not known"),
                da: format!("{place}: `{name}` er tom: udelad den, eller skriv null, hvor den ikke kendes"),
            }));
        }
        Ok((Some(word.to_owned()), false))
    }

    fn visit_unit<E: Error>(self) -> Result<Word, E> {
        Ok((None, false))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<Word, A::Error> {
        Err(self.reading.fail(nested(self.place, self.name)))
    }

    fn visit_map<A: MapAccess<'de>>(self, _: A) -> Result<Word, A::Error> {
        Err(self.reading.fail(nested(self.place, self.name)))
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    fn words(text: &str) -> Vec<(String, String, String)> {
        let given = read(text, "b.json").unwrap();
        given.into_iter().map(|given| (given.place, given.name, given.word)).collect()
    }

    #[test]
    fn values_become_the_words_of_the_language() {
        let text = "{\n  \"alder\": 24, \"timer\": 0.5,\n  \"syg\": true,\n\n  \"dato\": \"2016-01-01\", \"ydelse\": null\n}\n";
        let expected = [
            ("b.json:2", "alder", "24"),
            ("b.json:2", "timer", "0,5"),
            ("b.json:3", "syg", "ja"),
            ("b.json:5", "dato", "2016-01-01"),
        ];
        let got = words(text);
        let got: Vec<_> = got.iter().map(|(a, b, c)| (a.as_str(), b.as_str(), c.as_str())).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let problem = |text: &str| read(text, "b.json").unwrap_err().en;
        assert_eq!(problem("{\"a\": 1,\n\"a\": 1}"), "b.json:2: `a` is given twice, first in b.json:1");
        assert_eq!(problem("{\n\"a\": null,\n\"a\": 1}"), "b.json:3: `a` is given twice, first in b.json:2");
        assert_eq!(
            problem("{\"a\": 1,\n\n\"b\": [1]}"),
            "b.json:3: `b` is a list or a table: a fact has one value"
        );
        assert_eq!(
            problem("{\"b\": {\"c\": 1}}"),
            "b.json:1: `b` is a list or a table: a fact has one value"
        );
        assert_eq!(problem("{\"a\": 1,\n\"b\" 2}"), "b.json:2: expected `:`");
        assert!(problem("[1]").starts_with("b.json:1: invalid type: sequence, expected an object of facts"));
        assert_eq!(problem("{\"a\": 1}\n{}"), "b.json:2: trailing characters");
    }
}
