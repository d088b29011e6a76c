//! Facts as TOML: one `name = value` on each line.

use super::{Given, nested, number};
use hjemmel::Text;
use toml::de::{DeTable, DeValue};

/// The facts of a text, in their order.
pub(super) fn read(text: &str, name: &str) -> Result<Vec<Given>, Text> {
    let line = |at: usize| text.get(..at).unwrap_or_default().matches('\n').count() + 1;
    let table = DeTable::parse(text).map_err(|error| {
        let line = line(error.span().map_or(0, |span| span.start));
        let what = error.message();
        Text { en: format!("{name}:{line}: {what}"), da: format!("{name}:{line}: ugyldig TOML: {what}") }
    })?;
    let mut given = Vec::new();
    for (key, value) in table.get_ref() {
        let at = key.span().start;
        let (key, place) = (key.get_ref().to_string(), format!("{name}:{}", line(at)));
        let (word, is_fraction) = match value.get_ref() {
            DeValue::String(word) => (word.to_string(), false),
            DeValue::Integer(number) if number.radix() == 10 => (number.as_str().to_owned(), false),
            DeValue::Integer(number) => (number.to_string(), false),
            DeValue::Float(float) => number(float.as_str()),
            DeValue::Boolean(holds) => (if *holds { "ja" } else { "nej" }.to_owned(), false),
            DeValue::Datetime(date) => (date.to_string(), false),
            DeValue::Array(_) | DeValue::Table(_) => return Err(nested(&place, &key)),
        };
        given.push((at, Given { name: key, word, place, is_fraction }));
    }
    given.sort_by_key(|(at, _)| *at);
    Ok(given.into_iter().map(|(_, given)| given).collect())
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn values_become_the_words_of_the_language() {
        let text = "# en borger\nalder = 24\ntimer = 0.5\nsyg = true\ndato = 2016-01-01\nydelse = \"SU\"\n";
        let given = read(text, "b.toml").unwrap();
        let got: Vec<_> =
            given.iter().map(|one| format!("{} {} {}", one.place, one.name, one.word)).collect();
        let expected = [
            "b.toml:2 alder 24",
            "b.toml:3 timer 0,5",
            "b.toml:4 syg ja",
            "b.toml:5 dato 2016-01-01",
            "b.toml:6 ydelse SU",
        ];
        assert_eq!(got, expected);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let problem = |text: &str| read(text, "b.toml").unwrap_err().en;
        assert_eq!(problem("a = 1\na = 2"), "b.toml:2: duplicate key");
        assert_eq!(problem("a = 1\nb = [1]"), "b.toml:2: `b` is a list or a table: a fact has one value");
        assert_eq!(problem("[b]\nc = 1"), "b.toml:1: `b` is a list or a table: a fact has one value");
    }
}
