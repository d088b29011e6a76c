//! Grades: `Kan`, `skal gives`, `må ikke`, `Ret og pligt`.

/// What may stand behind a grade without saying more.
const VERBS: [&str; 12] = [
    "give", "gives", "tilbyde", "tilbydes", "bevilge", "bevilges", "yde", "ydes", "have", "tildeles", "til",
    "opgave",
];

/// A cell as a grade of the language.
pub(super) fn grade(words: &str) -> Option<&'static str> {
    let lower = words.to_lowercase();
    let all: Vec<&str> =
        lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let grade = match all.as_slice() {
        ["skal", "vurdere" | "vurderes"] => "skal vurdere",
        ["må", "ikke", rest @ ..] if is_idle(rest) => "må ikke",
        ["kan", "ikke", rest @ ..] if is_idle(rest) => "må ikke",
        ["bør", "ikke", rest @ ..] if is_idle(rest) => "bør ikke",
        ["bør", rest @ ..] if is_idle(rest) => "bør",
        ["skal", "som", "pligt"] | ["ret", "og", "pligt"] | ["pligt"] => "skal som pligt",
        ["skal", rest @ ..] if is_idle(rest) => "skal",
        ["kan", rest @ ..] if is_idle(rest) => "kan",
        ["ret", rest @ ..] if is_idle(rest) => "ret",
        _ => return None,
    };
    Some(grade)
}

fn is_idle(words: &[&str]) -> bool {
    words.iter().all(|word| VERBS.contains(word))
}

/// Whether a heading is about grades: `Skal/kan`, `Grad`, `Kan eller må ikke`.
pub(super) fn is_heading(heading: &str) -> bool {
    let lower = heading.to_lowercase();
    let words: Vec<&str> =
        lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let of_grades = ["kan", "skal", "må", "ikke", "bør", "ret", "eller", "og", "pligt", "opgave"];
    matches!(words.as_slice(), ["grad"] | ["grad", "af", "forpligtelse"] | ["forpligtelse"])
        || words.len() > 1
            && words.iter().any(|word| ["kan", "skal"].contains(word))
            && words.iter().all(|word| of_grades.contains(word))
}

/// Whether a cell is a mark: `x`, `X`, `ja`, a tick.
pub(super) fn is_mark(words: &str) -> bool {
    matches!(words.trim().to_lowercase().as_str(), "x" | "(x)" | "ja" | "✓" | "✔" | "•" | "☒" | "☑" | "√")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_are_read() {
        for (words, expected) in [
            ("Kan", Some("kan")),
            ("Skal.", Some("skal")),
            ("MÅ IKKE gives", Some("må ikke")),
            ("skal vurderes", Some("skal vurdere")),
            ("Ret og pligt", Some("skal som pligt")),
            ("skal, hvis borgeren ønsker det", None),
            ("Forsøg", None),
        ] {
            assert_eq!(grade(words), expected, "{words}");
        }
        assert!(is_heading("Skal/kan") && is_heading("Grad") && !is_heading("Kan") && !is_heading("Opgaver"));
    }
}
