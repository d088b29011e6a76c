//! Words of a document beside the names of a policy.

use super::grid::one_line;

/// Words that say nothing of what a column is about.
const IDLE: [&str; 34] = [
    "af",
    "antal",
    "at",
    "borger",
    "borgeren",
    "borgerens",
    "borgerne",
    "de",
    "dem",
    "den",
    "der",
    "det",
    "efter",
    "en",
    "er",
    "et",
    "for",
    "fra",
    "hvad",
    "hvilken",
    "i",
    "med",
    "og",
    "om",
    "på",
    "per",
    "pr",
    "skal",
    "som",
    "til",
    "ved",
    "støtten",
    "støttens",
    "eller",
];

/// A name for words: `Ret- og pligtmentor` is `ret-og-pligtmentor`; nothing where they begin with no letter.
pub(super) fn slug(words: &str) -> Option<String> {
    let mut name = String::new();
    for letter in one_line(words).chars() {
        if letter.is_alphanumeric() {
            name.extend(letter.to_lowercase());
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    let name = name.trim_end_matches('-');
    name.starts_with(char::is_alphabetic).then(|| name.to_owned())
}

/// The letters and digits alone, in lower case: what is hyphenated, quoted or spaced otherwise is the same.
pub(super) fn squeezed(words: &str) -> String {
    words.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The telling words of a text, each in one form, sorted.
pub(super) fn telling(words: &str) -> Vec<String> {
    let lower = words.to_lowercase();
    let parts = lower.split(|letter: char| !letter.is_alphanumeric());
    let mut found: Vec<String> =
        parts.filter(|word| !word.is_empty() && !IDLE.contains(word)).map(in_one_form).collect();
    found.sort();
    found.dedup();
    found
}

/// `ugentlige`, `ugen` and `uge` are one word.
fn in_one_form(word: &str) -> String {
    for (start, form) in [("ugentlig", "uge"), ("månedlig", "måned"), ("årlig", "år"), ("daglig", "dag")]
    {
        if word.starts_with(start) {
            return form.to_owned();
        }
    }
    let form = match word {
        "t" | "time" | "timer" | "timers" | "timetal" => "time",
        "uge" | "uger" | "ugen" | "ugers" => "uge",
        "dag" | "dage" | "dagen" => "dag",
        "måned" | "måneder" | "måneden" | "mdr" | "md" => "måned",
        "år" | "året" | "års" => "år",
        "længde" | "varighed" | "varigheden" => "varighed",
        _ => return crate::model::stem_of(word).to_owned(),
    };
    form.to_owned()
}

/// How well the heading of a column fits a name with its title; 0 is not at all.
pub(super) fn fit(heading: &str, name: &str, title: &str) -> u8 {
    let of_heading = squeezed(heading);
    if of_heading == squeezed(name) || of_heading == squeezed(title) {
        return 4;
    }
    if slug(heading).is_some_and(|slug| crate::model::are_names_alike(&slug, name)) {
        return 3;
    }
    let (heading, name, title) = (telling(heading), telling(name), telling(title));
    if heading.is_empty() {
        return 0;
    }
    if heading == name || heading == title {
        return 3;
    }
    let holds = |large: &[String], small: &[String]| small.iter().all(|word| large.contains(word));
    if !name.is_empty() && holds(&heading, &name) {
        return 2;
    }
    if holds(&title, &heading) { 1 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_of_words() {
        assert_eq!(slug("Ret- og pligtmentor").as_deref(), Some("ret-og-pligtmentor"));
        assert_eq!(slug("”Støtte” (§ 85)").as_deref(), Some("støtte-85"));
        assert_eq!(slug("2-årig"), None);
    }

    #[test]
    fn headings_fit_the_names_they_mean() {
        assert_eq!(fit("Ugentlige timer", "timer", "Timer om ugen"), 3);
        assert_eq!(fit("Mål-gruppe", "målgruppe", ""), 4);
        assert_eq!(fit("Timer i alt", "timer", "Timer om ugen"), 2);
        assert_eq!(fit("Timer i alt", "timer-i-alt", "Timer i alt"), 4);
        assert_eq!(fit("Varighed af støtten", "varighed", "Varighed i alt"), 3);
        assert_eq!(fit("Opgaver", "timer", "Timer om ugen"), 0);
    }
}
